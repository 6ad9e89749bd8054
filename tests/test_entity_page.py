"""An entity's page as somebody uses it, in a real Chromium: what is chosen, gone into, and how narrow it may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kg.model import KG

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: it is in the extra dev")
expect = api.expect
Visit = Callable[..., Any]

SEEN = """(all) => all.map((one) =>
    [one.className, one.querySelector("svg").innerHTML, one.innerText, getComputedStyle(one).color])"""
NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


def test_a_standing_is_a_shape_a_word_and_a_colour(visit: Visit) -> None:
    page = visit("/entity/vallee")
    expect(page.locator(".statement-card")).to_have_count(4)
    told = page.locator(".standing").evaluate_all(SEEN)
    by_name = {name.split("-")[1]: rest for name, *rest in told}
    assert by_name.keys() == {"asserted", "former", "possible", "denied", "attributed"}
    assert all(len(set(column)) == len(by_name) for column in zip(*by_name.values(), strict=True))
    assert by_name["attributed"][1].startswith("according to")


def test_what_is_chosen_is_shown_and_stands_in_the_address(visit: Visit) -> None:
    page = visit("/entity/vallee")
    page.get_by_label("Standing").select_option("Denied")
    cards = page.locator(".statement-card")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("denied")
    expect(page).to_have_url(re.compile("factuality=Denied"))
    page.reload()
    expect(page.get_by_label("Standing")).to_have_value("Denied")
    expect(cards).to_have_count(1)
    page.get_by_label("Relation").select_option(KG + "leaderOf")
    expect(page.locator(".empty")).to_contain_text("No statement is so")
    page.get_by_role("button", name="Clear").click()
    expect(cards).to_have_count(4)
    expect(page).to_have_url(re.compile("/entity/vallee$"))


def test_there_is_more_where_there_is_more(visit: Visit) -> None:
    page = visit("/entity/grand-union")
    cards = page.locator(".statement-card")
    expect(cards).to_have_count(50)
    expect(page.locator(".count")).to_have_text("230 statements")
    page.get_by_role("button", name="More").click()
    expect(cards).to_have_count(100)
    expect(page.locator(".listing > li").nth(50)).to_be_focused()


def test_the_timeline_is_gone_into_by_keyboard(visit: Visit) -> None:
    page = visit("/entity/coalition?tab=events")
    bars = page.locator(".timeline-bar")
    expect(page.locator(".event-card")).to_have_count(2)
    bars.first.focus()
    first = bars.first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline-bar:focus")).to_have_count(1)
    expect(page.locator(".timeline-trail [aria-current]")).to_have_text(re.sub(":.*", "", first))
    page.keyboard.press("Escape")
    expect(page.locator(".timeline-bar:focus")).to_have_attribute("aria-label", first)


def test_tabs_are_gone_through_by_arrows(visit: Visit) -> None:
    page = visit("/entity/sean-parnell")
    page.get_by_role("tab", name="Statements").focus()
    for name in ("Events", "Quotes by"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
    expect(page.locator(".quotation-card")).to_contain_text("a annoncé")
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?tab=said$"))


def test_the_search_box_is_a_combobox(visit: Visit) -> None:
    page = visit("/entity/vallee")
    page.keyboard.press("/")
    page.keyboard.insert_text("firm 0")  # at once, for what is found of a part may come first
    box, options = page.get_by_role("combobox", name="Search"), page.locator("[role=option]")
    expect(options).to_have_count(10)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("firm 0")
    page.keyboard.type("07")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Firm 007")


def test_back_is_where_one_was(visit: Visit) -> None:
    page = visit("/entity/grand-union")
    expect(page.locator(".statement-card")).to_have_count(50)
    link = page.locator(".statement-card").nth(40).locator(".thing").first
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    link.click()
    expect(page.locator("h1")).to_contain_text("Firm")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Grand Union")
    page.wait_for_function("(place) => Math.abs(scrollY - place) < 2", arg=place)
    assert place > 1000


BASE = "https://w3id.org/dateline/"
IRIS = [
    *(
        ("entity", BASE + "entity/" + id)
        for id in ("ana", "élysée", "%C3%A9", "a%20b", "100%", "..", "a/../b", "a?b#c")
    ),
    *(("article", BASE + "article/" + id) for id in ("ana", "%C3%A9", "a%2Fb", "%2E", "2025-10-01")),
    ("entity", "https://example.org/élysée?a=1#it"),
    ("article", "urn:article:1"),
]


def test_an_address_leads_back_to_its_iri(visit: Visit) -> None:
    page = visit("/entity/vallee")
    expect(page.locator(".card").first).to_be_visible()
    back = """async (iris) => {
        const { articleAddress, entityAddress, place } = await import("/static/base/routes.js");
        const address = ([kind, iri]) => (kind === "article" ? articleAddress : entityAddress)(iri);
        return iris.map((each) => place(new URL(address(each), location.href))).map(({ page, iri }) => [page, iri]);
    }"""
    assert [tuple(pair) for pair in page.evaluate(back, IRIS)] == IRIS


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_a_day_is_the_same_day_everywhere(visit: Visit, zone: str) -> None:
    page = visit("/entity/vallee", timezone_id=zone)
    expect(page.locator(".card").first).to_be_visible()
    said = """async () => {
        const { day, period } = await import("/static/base/i18n.js");
        const periods = [["2025-07-01", "2025-07-31"], ["2024-01-01", "2025-12-31"], ["2025-02-27", "2025-03-01"]];
        return [day("2025-10-01"), ...periods.map(([begin, end]) => period(begin, end))];
    }"""
    assert [text.replace("\u2009", " ") for text in page.evaluate(said)] == [
        "1 October 2025",
        "July 2025",
        "2024 – 2025",
        "27 February – 1 March 2025",
    ]


@pytest.mark.parametrize(
    "path", ["/", "/entity/vallee", "/entity/coalition?tab=events", "/entity/sean-parnell?tab=said"]
)
def test_a_narrow_phone_never_scrolls_sideways(visit: Visit, path: str) -> None:
    page = visit(path, **NARROW)
    expect(page.locator(".card, .home-article").first).to_be_visible()
    page.wait_for_function("[document.documentElement.scrollWidth, innerWidth].every((width) => width === 320)")


def test_what_somebody_said_is_chosen_by_day(visit: Visit) -> None:
    page = visit("/entity/sean-parnell?tab=said&since=2026-01-01")
    expect(page.locator(".panel-said .empty")).to_contain_text("No quotation on these days")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".quotation-card").first).to_contain_text("Sean Parnell")
    expect(page).to_have_url(re.compile(r"\?tab=said$"))


def test_a_server_that_goes_while_a_part_is_fetched_does_not_answer(visit: Visit) -> None:
    page = visit("/entity/coalition", excused="ERR_FAILED")
    page.route("**/timeline.js", lambda route: route.abort())
    page.get_by_role("tab", name="Events").click()
    expect(page.locator(".panel-events .failure")).to_contain_text("The server does not answer")
    page.unroute("**/timeline.js")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".event-card").first).to_be_visible()
