"""The explorer in a real Chromium: pages of a `kg serve` in, complaints about whatever goes wrong in them out."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import explored
import pytest
import waiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).parents[1]
PATIENCE = 1000 * waiting.PATIENCE  # ms
FOUND = "[role=option]"  # what a search finds
_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} refuses ${event.blockedURI}`))"""


@contextmanager
def serving(*arguments: object) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The URL of a `kg serve` with these arguments, and its process."""
    given = ["--port", "0", "--workers", "1", "--timeout", str(waiting.PATIENCE), *map(str, arguments)]
    command = [sys.executable, "-m", "kg", "serve", *given]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().partition("a page at ")[2].partition("/ ")[0]
            assert url, "kg serve does not start"
            waiting.wait_for(lambda: has_tables(url))
            yield url, process
        finally:
            process.terminate()


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A headless Chromium: the system's, or Playwright's own. Skips the test where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: it is in the extra dev")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as playwright:
        if not (path := found or playwright.chromium.executable_path) or not Path(path).exists():
            pytest.skip("no Chromium: apt install chromium, or python -m playwright install chromium")
        # no GPU: WebGL is drawn by SwiftShader, which newer versions must be told to trust
        drawn = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        # nothing elsewhere is found; Playwright could refuse it, and would then keep no file of a page for the next one
        alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        given = [*drawn, alone, *flags]
        browser = playwright.chromium.launch(executable_path=path, args=given, timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


def has_tables(url: str) -> bool:
    """Whether a server has made what searches and lists need: who cannot wait for that is told to come again."""
    try:
        for path in ("/api/search?limit=1", "/api/articles?limit=1"):
            urlopen(url + path).close()
    except HTTPError as error:
        error.close()
        return False
    return True


class Visits:
    """Pages of a site, those of the same options in one context, and all that went wrong in them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.wrong: list[str] = []
        self._browser = browser
        self._contexts: list[tuple[dict[str, Any], BrowserContext]] = []

    def __call__(self, path: str = "/", *, excused: str = "", **options: Any) -> Page:
        """The page at a path. `excused` are words of a console error that the test brings about; `options` are a
        context's: locale, color_scheme, viewport.
        """
        page = self._context(options).new_page()
        page.on("console", lambda told: self._told(told.type, f"{told.text} ({told.location.get('url')})", excused))
        page.on("pageerror", lambda error: self._told("error", str(error), excused))
        page.goto(self.url + path)
        return page

    def _context(self, options: dict[str, Any]) -> BrowserContext:
        for known, context in self._contexts:
            if known == options:
                return context
        context = self._browser.new_context(
            **{"locale": "en-GB", "viewport": {"width": 1200, "height": 800}, **options}
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_VIOLATIONS)
        context.on("request", lambda request: self._asked(request.url))
        self._contexts.append((options, context))
        return context

    def close(self) -> None:
        """Leave all pages. Raises `AssertionError` for what went wrong."""
        for _, context in self._contexts:
            context.close()
        assert self.wrong == []

    def _told(self, type: str, text: str, excused: str) -> None:
        if type == "error" and not (excused and excused in text):
            self.wrong.append(f"{type}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.url + "/", "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {url}")


def search(page: Page, words: str) -> None:
    """Type into the box at the top, and wait for what is found."""
    page.locator("main h1").wait_for()  # the scripts are there, then
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator(FOUND).first.wait_for()


def ink(png: bytes) -> tuple[int, float]:
    """How many colours a picture has, and what share of it is not of the most common one."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    colours = image.getcolors(2**24)
    return len(colours), 1 - max(colours)[0] / (image.width * image.height)


def is_drawn(what: Page | Locator, share: tuple[float, float] = (0.0, 1.0)) -> None:
    """Wait until there is more in a picture than a ground, and so much of it: what is there may not be drawn yet."""

    def enough() -> bool:
        colours, inked = ink(what.screenshot())
        return colours > 20 and share[0] < inked < share[1]

    waiting.wait_for(enough)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    page.locator(selector).first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


# One browser for a module and not for the session: Playwright keeps an event loop running in this thread as long as
# it is there, and tests elsewhere start their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the explorer on the store of `explored`."""
    with serving("--store", explored.make(tmp_path_factory.mktemp("explored") / "store")) as (url, _):
        yield url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens pages of the explorer, and fails when anything is wrong in them."""
    visits = Visits(browser, site)
    yield visits
    visits.close()
