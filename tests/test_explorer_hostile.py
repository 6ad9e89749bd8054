"""A graph by somebody who means harm in, and all that can be clicked clicked: it is text, and leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import Visits, serving
from waiting import wait_for

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: it is in the extra dev")
expect = api.expect

GRAPH = Path(__file__).parent / "hostile.trig"
_SCRIPT = quote("javascript:alert(10)", safe="")
_ROWS = """SELECT ?source ?target ?constructor ?toString {
    ?source kg:memberOf|skos:prefLabel ?target
    BIND(<javascript:alert(1)> AS ?constructor)
    FILTER(?target != "toString:x")
}"""
# Addresses, and what is there once they are shown.
PAGES = {
    "/": ".home-article",
    "/entity/eve": ".statement-card",
    "/entity/eve?tab=events": ".timeline-bar",
    "/entity/eve?tab=network": ".graph-canvas canvas",
    f"/entity/?iri={_SCRIPT}": ".statement-card",
    "/article/evil": ".told-item",
    f"/query?query={quote(_ROWS)}": ".query-rows td",
}
# What came in as more than text: listeners, addresses that run, elements that we never make, classes of the shell.
WRONG = """() => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            const leads = /^(href|src|action|formaction)$/.test(name) && !/^(https?:|#|[/])/.test(value);
            if (leads || /^on|^srcdoc$/.test(name)) found.push(`${name}=${value}`);
        }
    }
    const never = "main :is(script, img, iframe, object, embed, b, u, i, .masthead, .visually-hidden:not(h2))";
    return [...found, ...[...document.querySelectorAll(never)].map((element) => element.outerHTML)];
}"""
# All that opens and all buttons, those too that come up by a click; nothing that leaves the page.
CLICK = """async () => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
    const clicked = new Set();
    for (let round = 0; round < 2; round += 1) {
        for (const button of document.querySelectorAll("main :is(button, [role=button], [role=tab], .told-item)")) {
            if (clicked.has(button) || !button.checkVisibility()) continue;
            clicked.add(button);
            button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
            await new Promise((done) => setTimeout(done));
        }
    }
    return clicked.size;
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The URL of the explorer on the hostile graph."""
    with serving("--data", GRAPH, "--union") as (url, _):
        yield url


def test_all_of_it_is_text(browser: Any, site: str) -> None:
    visits = Visits(browser, site)
    for path, there in PAGES.items():
        page = visits(path)
        page.on("dialog", lambda dialog: (visits.wrong.append(dialog.message), dialog.dismiss()))
        expect(page.locator(there).first).to_be_visible()
        assert page.evaluate(WRONG) == [], path
        assert page.evaluate(CLICK) > 0 or path == "/", path
        assert page.evaluate(WRONG) == [], path
        expect(page.locator("main .failure:has-text('failed')")).to_have_count(0)
        page.close()
    visits.close()


GO = """async (address) => (await import("/static/base/navigation.js")).navigate(address)"""


def _held(page: Any, session: Any) -> tuple[float, float]:
    """Listeners and nodes that are left, once what may be collected has been."""
    page.wait_for_timeout(100)  # what was left a moment ago is still being drawn
    session.send("HeapProfiler.collectGarbage")
    told = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return told["JSEventListeners"], told["Nodes"]


def test_pages_that_were_left_leave_nothing(browser: Any, site: str) -> None:
    visits = Visits(browser, site)
    page = visits("/")
    crowded: list[str] = []
    page.on("console", lambda told: crowded.append(told.text) if "WebGL contexts" in told.text else None)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def around() -> None:
        for path, there in [*PAGES.items(), *PAGES.items(), ("/", ".home-article")]:
            page.evaluate(GO, path)
            expect(page.locator(f"main:not([aria-busy]) {there}").first).to_be_visible()

    def is_no_more() -> bool:
        after = _held(page, session)
        return after[0] < listeners + 2 * len(PAGES) and after[1] < nodes * 1.1  # one a page at least would be more

    around()
    around()
    listeners, nodes = min(_held(page, session) for _ in range(8))
    around()
    wait_for(is_no_more)
    assert crowded == []
    visits.close()
