"""The explorer as somebody uses it, in a real Chromium: each page is left without an error or a request elsewhere."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from xml.etree import ElementTree

import explored
import pytest
from browser import FOUND, Visits, is_drawn, search, serving, tab_to

from kg import resources
from kg.graph.store import Store

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: it is in the extra dev")
expect = api.expect
Visit = Callable[..., Any]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FOREIGN = (
    "/entity/?iri=https%3A%2F%2Fw3id.org%2Fdateline%2Fentity%2Firaq&tab=network"  # as IRIs of other bases are asked
)
PAGES = ["/", "/entity/united-states", "/entity/img", "/article/irak", "/article/hostile", "/query", FOREIGN]
LIT = "(name) => [...(CSS.highlights.get(name) ?? [])].map(String)"
ARE_LIT = f"([name, words]) => String(({LIT})(name)) === String(words)"
WRONG = """() => {
    console.error("an error");
    fetch("http://elsewhere.example/").catch(() => {});
    setTimeout(() => { throw new Error("nobody catches"); });
}"""


def wait_lit(page: Any, name: str, *words: str) -> None:
    """Wait until these words of an article are lit, and no others."""
    page.wait_for_function(ARE_LIT, arg=[name, list(words)])


def test_what_goes_wrong_is_noticed(browser: Any, site: str) -> None:
    visits = Visits(browser, site)
    page = visits("/")
    with page.expect_event("pageerror"), page.expect_console_message(lambda told: "policy" in told.text):
        page.evaluate(WRONG)  # a page that is left before its timers run tells of nothing
    with pytest.raises(api.Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://elsewhere.example/")
    with pytest.raises(AssertionError):
        visits.close()
    for words in ("an error", "policy: connect-src refuses", "nobody catches", "asked elsewhere"):
        assert any(words in wrong for wrong in visits.wrong)


# ---------------------------------------------------------------- search and entities


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kovac", "Ana Kovač"),
        ("ETATS unis", "États-Unis"),
        ("élie marchand", "Jean Élie-Marchand"),
        ("orbita", "𝕆𝕣𝕓𝕚𝕥𝕒"),
    ],
)
def test_search_forgives(visit: Visit, typed: str, name: str) -> None:
    page = visit("/")
    search(page, typed)
    expect(page.locator(FOUND).first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page).to_have_title(re.compile(f"^{name}"))


def test_nothing_found_says_what_to_do(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("combobox").first.fill("nobody of that name")
    expect(page.locator(".search-note")).to_contain_text("Nothing is called “nobody of that name” here")


def test_a_near_name_is_asked_about_before_it_is_told(visit: Visit) -> None:
    page = visit("/")
    search(page, "parnlel")
    note = page.locator(".search-note")
    expect(note).to_contain_text("Nothing is called “parnlel”. Did you mean")
    assert note.bounding_box()["y"] < page.locator(FOUND).first.bounding_box()["y"]


def test_entity_to_its_words_in_the_article(visit: Visit) -> None:
    page = visit("/entity/sean-parnell")
    card = page.locator(".statement-card", has_text="Pentagone")
    expect(card.locator("mark")).to_have_text("Sean Parnell, porte-parole du Pentagone")
    card.locator(".card-source a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La coalition quitte l'Irak")
    wait_lit(page, "place", "Sean Parnell, porte-parole du Pentagone")
    expect(page.locator("[aria-current=true]")).to_contain_text("Pentagone")


def test_neighbours_expand_and_show_their_words(visit: Visit) -> None:
    page = visit("/entity/pentagon?tab=network")
    table = page.locator(".graph-table")
    table.locator("summary").click()
    expect(table).not_to_contain_text("Ana Kovač")
    table.get_by_role("button", name="Vallée").first.click()
    expect(table).to_contain_text("Ana Kovač")
    row = table.locator("tbody tr", has_text="Ana Kovač")
    row.get_by_role("button").last.click()
    expect(page.locator(".graph-selection mark")).to_have_text("Valle\u0301e, its chief Ana Kovač")
    is_drawn(page.locator(".graph-canvas"), (0.01, 1))


def test_a_crowd_is_limited_and_says_so(visit: Visit) -> None:
    page = visit("/entity/grand-union?tab=network")
    expect(page.locator(".graph-notice")).to_contain_text("230")


# ---------------------------------------------------------------- articles


@pytest.mark.parametrize("id", ["irak", "launch", "hostile"])
def test_each_card_lights_its_words(visit: Visit, site: str, id: str) -> None:
    page = visit(f"/article/{id}")
    with urlopen(f"{site}/api/article?iri={explored.NAMES.article_iri(id)}") as response:
        article = json.load(response)
    told = [one for kind in ("statements", "events", "quotations") for one in article[kind]]
    wanted = sorted(evidence["text"] for one in told for evidence in one["evidence"])
    page.wait_for_function("(count) => document.querySelectorAll('.told-item').length === count", arg=len(told))
    assert page.locator(".column p").all_text_contents() == article["text"].splitlines()
    found = []
    for button in page.locator(".told-show").all():
        button.focus()
        found += page.evaluate(LIT, "told")
    assert sorted(found) == wanted


def test_hovering_and_choosing_go_both_ways(visit: Visit) -> None:
    page = visit("/article/irak")
    page.locator(".told-item", has_text="“aide”").hover()
    wait_lit(page, "told", "aide de cette coalition")
    wait_lit(page, "core", "aide")
    page.get_by_role("button", name=re.compile("^retreat: planned")).click()
    card = page.locator("[aria-current=true]")
    expect(card).to_contain_text("planned")
    expect(card.locator(".told-show")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("^retreat: planned"))).to_be_focused()
    page.locator(".moment", has_text="mardi").click()
    expect(page.locator(".article-note")).to_contain_text("30 September 2025")
    page.locator(".column a", has_text="Washington").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("États-Unis")


def test_a_place_far_down_is_scrolled_to(visit: Visit) -> None:
    text = explored.union().article.text
    start = text.index("Firm 200 is")
    page = visit(f"/article/union#char={start},{start + 8}")
    wait_lit(page, "place", "Firm 200")
    expect(page.locator(".column p", has_text="Firm 200")).to_be_in_viewport()
    page.locator(".told-show").nth(20).click()
    expect(page.locator(".column p", has_text="Firm 020")).to_be_in_viewport()


def test_layers_by_keyboard(visit: Visit) -> None:
    page = visit("/article/irak")
    expect(page.locator(".column a")).not_to_have_count(0)
    page.get_by_role("checkbox", name="names").focus()
    page.keyboard.press("Space")
    expect(page.locator(".column a")).to_have_count(0)
    page.get_by_role("checkbox", name="events").press("Space")
    expect(page.locator(".trigger")).to_have_count(0)
    expect(page.locator(".told-events").first).to_be_hidden()
    page.reload()
    expect(page.get_by_role("checkbox", name="names")).not_to_be_checked()
    expect(page.locator(".quoted")).not_to_have_count(0)


# ---------------------------------------------------------------- queries


def test_a_packaged_query_as_table_graph_and_files(visit: Visit) -> None:
    page = visit("/query?name=networks/relations")  # which asks at once
    expect(page.locator("table")).to_contain_text("Kovač")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert {"source", "target"} <= set(rows[0])
    with page.expect_download() as download:
        page.get_by_role("button", name="GEXF").click()
    nodes = ElementTree.parse(download.value.path()).iter("{http://gexf.net/1.3}node")
    assert "Sean Parnell" in {node.get("label") for node in nodes}
    page.get_by_role("tab", name="Graph").click()
    is_drawn(page.locator(".graph-canvas"))


# ---------------------------------------------------------------- everywhere


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_not_blank_and_fit_a_phone(visit: Visit, path: str) -> None:
    page = visit(path, **PHONE)
    expect(page.locator("main[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    is_drawn(page, (0.01, 0.7))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]  # type: ignore[index]


def test_light_and_dark(visit: Visit) -> None:
    page = visit("/article/irak", color_scheme="dark")
    expect(page.locator(".column p")).not_to_have_count(0)
    brightness = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)[0]"
    page.wait_for_function(f"() => {brightness} < 60")
    page.locator("#footer select").last.select_option("light")
    page.wait_for_function(f"() => {brightness} > 200")
    page.reload()
    page.wait_for_function(f"() => {brightness} > 200")


def test_in_the_language_of_the_reader(visit: Visit) -> None:
    page = visit("/article/irak", locale="fr-CA")
    expect(page.get_by_role("checkbox", name="citations")).to_be_visible()
    page.locator("#footer select").first.select_option("en")
    expect(page.get_by_role("checkbox", name="quotations")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(page.url.replace("article/irak", ""))
    expect(page.get_by_role("combobox").first).to_have_attribute("placeholder", "Search a name")


def test_all_messages_in_both_languages() -> None:
    folder = Path(resources.__file__).parent / "service" / "static" / "messages"
    french, english = (json.loads((folder / f"{code}.json").read_text(encoding="utf-8")) for code in ("fr", "en"))
    assert french.keys() == english.keys()
    slots = re.compile(r"\{\w+\}")
    for key, text in french.items():
        assert set(slots.findall(str(text))) == set(slots.findall(str(english[key]))), key


def test_french_is_set_as_in_print(visit: Visit) -> None:
    page = visit("/entity/iraq", locale="fr-FR")
    expect(page.locator("html")).to_have_attribute("lang", "fr")  # which it has once its messages are there
    say = "async (iso) => (await import('/static/base/i18n.js')).day(iso)"
    assert [page.evaluate(say, iso) for iso in ("2025-10-01", "2025-10-11")] == ["1er octobre 2025", "11 octobre 2025"]
    folder = Path(resources.__file__).parent / "service" / "static" / "messages"
    texts = re.sub(r"\{\"one|\"other\": ", "", (folder / "fr.json").read_text(encoding="utf-8"))
    assert not re.findall(r"\w'\w| [;?!»]|« |[^\"] :", texts)


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    search(page, "parnell")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(page, ".statement-card .card-source a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator(".told-item")).not_to_have_count(0)
    tab_to(page, ".column [data-stop]")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    for _ in range(40):
        if page.evaluate("() => document.activeElement.matches('.sign-events')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=true] .told-show")).to_be_focused()
    wait_lit(page, "core", "retirer")


def test_what_looks_like_markup_is_a_name(visit: Visit) -> None:
    page = visit("/")
    search(page, "<img")
    expect(page.locator(FOUND).first).to_contain_text(explored.HOSTILE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(explored.HOSTILE)
    expect(page.locator(".statement-card")).to_contain_text(explored.BOLD)
    page.goto(page.url.replace("entity/img", "article/hostile"))
    expect(page.get_by_role("heading", level=1)).to_have_text(explored.SCRIPT)
    expect(page.locator(".column")).to_contain_text(explored.SCRIPT)
    expect(page.locator(".column")).to_contain_text("&lt;i&gt; {{7*7}} javascript:alert(3)")
    page.goto(page.url.replace("article/hostile", "entity/bold?tab=network"))
    expect(page.locator(".graph-canvas canvas").first).to_be_visible()
    assert page.locator("img, main script, main b").count() == 0
    expect(page).to_have_title(f"{explored.BOLD} · Dateline")


@pytest.mark.parametrize("path", ["/entity/nobody", "/article/none"])
def test_what_is_not_there(visit: Visit, path: str) -> None:
    page = visit(path, excused="404")
    expect(page.get_by_role("alert")).to_contain_text("There is nothing of that name here")


def test_an_article_without_its_text_and_a_server_that_is_gone(browser: Any, tmp_path: Path) -> None:
    with (
        Store.open(explored.make(tmp_path / "store")) as store,
        (tmp_path / "graph.nq").open("wb") as file,
    ):
        store.export(file, "nquads")
    with serving("--data", tmp_path / "graph.nq", "--union") as (url, process):
        visits = Visits(browser, url)
        page = visits("/article/launch", excused="ERR_")
        expect(page.locator(".empty-title")).to_contain_text("text of this article is not kept")
        expect(page.locator(".column p").last).to_have_text("Vallée is not owned by the Pentagon")
        page.locator(".told-item", has_text="denied").hover()
        wait_lit(page, "told", "Vallée is not owned by the Pentagon")
        process.kill()
        process.wait()
        page.get_by_role("link", name="Vallée").first.click()
        expect(page.get_by_role("alert")).to_contain_text("Is kg serve still running?")
        visits.close()


def test_without_scripts_it_says_so_in_both_languages(visit: Visit) -> None:
    page = visit("/entity/iraq", java_script_enabled=False)
    assert [each.get_attribute("lang") for each in page.locator(".noscript p").all()] == ["en", "fr"]
    expect(page.locator("#search")).to_be_hidden()
