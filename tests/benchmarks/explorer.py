"""How quick the explorer is in a real Chromium, and how heavy: figures of one run.

    python -m tests.benchmarks.explorer [STORE] [--triples 1000000] [--rounds 7]

Server and browser share two processors, and WebGL is drawn in software, as on a machine without a GPU. Without a STORE,
one of so many triples is made by `newsgraph.py`. Printed are, as medians with the longest in brackets:

- for each page, with an empty cache, the time from the request to the first paint and to its content;
- the time from the request of an entity's page to its neighbourhood drawn, and from a press on a neighbour of many to
  200 nodes more: to the end of the frame that shows them;
- the time from a key in the search box to what it finds;
- what each page weighs compressed, as it comes over the wire, and all that is not data together.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests find what they share

from browser import chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MANY = 200
TYPED = "mar"
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    const entry = list.getEntriesByName("first-contentful-paint")[0];
    if (entry) done(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
# when the frame after the one that has it has been made: in the one, it is drawn
SEEN = """() => {
    if (!(%s)) return 0;
    window.seen ??= requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));
    return window.drawn ?? 0;
}"""
CONTENT = "document.querySelector('main h1') && !document.querySelector('main[aria-busy]')"
NETWORK = (
    "document.querySelector('.graph-canvas canvas') && document.querySelector('.graph-table summary')?.textContent"
)
KEYS = """() => {
    const input = document.getElementById("search");
    const list = document.getElementById("search-list");
    let pressed = 0;
    window.waits = [];
    input.addEventListener("input", () => (pressed = performance.now()));
    const found = () => list.children.length && window.waits.push(performance.now() - pressed);
    new MutationObserver(found).observe(list, { childList: true });
    input.focus();
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    told = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with stored(told.store, told.triples) as store, serving("--store", store) as (url, _), chromium() as browser:
        asked = Asked(url)
        pages = asked.pages()
        for name, path in pages.items():
            print_paints(browser, name, url + path, told.rounds)
        print_neighbourhood(browser, asked, told.rounds)
        print_search(browser, url, told.rounds)
        print_weights(browser, url, pages)


@contextmanager
def stored(store: Path | None, triples: int) -> Iterator[Path]:
    """The store that is named, or one that is made and goes away."""
    if store:
        yield store
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "store"
        script = Path(__file__).with_name("newsgraph.py")
        subprocess.run([sys.executable, script, made, "--triples", str(triples)], check=True, stdout=subprocess.DEVNULL)
        yield made


class Asked:
    """A server, and what is in its graph to be looked at."""

    def __init__(self, url: str) -> None:
        self.url = url
        known = self.get("search", limit=100)["results"]
        self.known = [one["iri"] for one in known]

    def get(self, path: str, **parameters: object) -> Any:
        """What the API says."""
        with urlopen(f"{self.url}/api/{path}?{urlencode(parameters)}") as response:
            return json.load(response)

    def pages(self) -> dict[str, str]:
        """A page of each kind, by its name."""
        article = self.get("articles", limit=1)["items"][0]["iri"]
        entity = f"/entity/?iri={self.known[0]}"
        return {
            "first page": "/",
            "entity": entity,
            "its network": f"{entity}&tab=network",
            "article": f"/article/?iri={article}",
            "query": "/query",
        }

    def crowded(self) -> tuple[str, str]:
        """An entity with at least `MANY` neighbours, and the one beside it that has the fewest."""
        for iri in self.known:
            told = self.get("neighbours", entity=iri, limit=MANY)
            if told["total"] >= MANY:
                others = (node for node in told["nodes"] if node["iri"] != iri)
                return iri, min(others, key=lambda node: (node["degree"], node["iri"]))["iri"]
        raise SystemExit(f"none of the best known in the store has {MANY} neighbours")


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page at an address, with an empty cache."""
    with browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 800}) as context:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        yield page


def seen(page: Page, what: str) -> float:
    """The milliseconds of the page's clock, which begins with its request, when there is something to be seen."""
    return float(page.wait_for_function(SEEN % what, polling="raf").json_value())


def print_paints(browser: Browser, name: str, address: str, rounds: int) -> None:
    """How soon a page shows anything, and how soon what it is for."""
    paints, contents = [], []
    for _ in range(rounds):
        with opened(browser, address) as page:
            contents.append(seen(page, NETWORK if name == "its network" else CONTENT))
            paints.append(page.evaluate(PAINTED))
    print(f"{name}: first paint {told(paints)}, content {told(contents)}", flush=True)


def print_neighbourhood(browser: Browser, asked: Asked, rounds: int) -> None:
    """How soon many nodes are drawn, with the page and by a press."""
    crowd, beside = asked.crowded()
    whole, pressed, nodes = [], [], set()
    for _ in range(rounds):
        with opened(browser, f"{asked.url}/entity/?iri={crowd}&tab=network") as page:
            whole.append(seen(page, NETWORK))
        with opened(browser, f"{asked.url}/entity/?iri={beside}&tab=network") as page:
            seen(page, NETWORK)
            page.locator(".graph-table summary").click()
            name = page.evaluate(f"async () => (await (await fetch('/api/entity?iri={crowd}')).json()).label")
            button = page.get_by_role("button", name=next(iter(name.values()))).first
            before = page.evaluate("() => { window.seen = window.drawn = undefined; return performance.now(); }")
            button.click()
            pressed.append(seen(page, "document.getElementById('announcer').textContent") - before)
            nodes.add(page.locator("#announcer").inner_text())
    print(f"neighbourhood of {MANY}: with its page {told(whole)}; by a press {told(pressed)} ({', '.join(nodes)})")


def print_search(browser: Browser, url: str, rounds: int) -> None:
    """How soon a key finds something, the patience of the box included."""
    with opened(browser, url) as page:
        seen(page, CONTENT)
        page.evaluate(KEYS)
        for _ in range(rounds):
            for place, letter in enumerate(TYPED):
                before = page.evaluate("() => window.waits.length")
                page.keyboard.type(letter)
                page.wait_for_function("(before) => window.waits.length > before", arg=before)
                assert page.evaluate("() => document.getElementById('search').value.length") == place + 1
            page.locator("#search").fill("")
        waits = page.evaluate("() => window.waits")
    print(f"a key in the search box: {told(waits)}", flush=True)


def print_weights(browser: Browser, url: str, pages: dict[str, str]) -> None:
    """What comes over the wire, headers included; data is what the API answers."""
    parts: dict[str, int] = {}
    for name, path in pages.items():
        loaded: dict[str, int] = {}
        with opened(browser, "about:blank") as page:
            weigh(page, loaded)
            page.goto(url + path)
            seen(page, CONTENT)
            page.wait_for_load_state("networkidle")
        data = sum(size for address, size in loaded.items() if "/api/" in address)
        print(f"{name} weighs {kilobytes(sum(loaded.values()) - data)}, and {kilobytes(data)} of data")
        parts |= {address: size for address, size in loaded.items() if "/static/" in address}
    print(f"all pages together weigh {kilobytes(sum(parts.values()))} without data")


def weigh(page: Page, loaded: dict[str, int]) -> None:
    """Note what each address sends."""
    names: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
    ended = "Network.loadingFinished"
    session.on(ended, lambda told: loaded.update({names.get(told["requestId"], ""): int(told["encodedDataLength"])}))
    session.send("Network.enable")


def told(times: list[float]) -> str:
    """Milliseconds: the median, and the longest."""
    return f"{statistics.median(times):.0f} ms ({max(times):.0f})"


def kilobytes(size: float) -> str:
    """Bytes as kilobytes."""
    return f"{size / 1000:.0f} KB"


if __name__ == "__main__":
    main()
