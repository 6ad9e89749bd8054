"""What the explorer is made of: sent as browsers want it, kept apart from what stands in articles, all of it ours."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from httpx import ASGITransport, AsyncClient, Headers
from starlette.applications import Starlette
from starlette.routing import Route

from kg.service import assets

STATIC = Path(assets.__file__).parent / "static"
OWN = sorted(path for path in STATIC.rglob("*.js") if "vendor" not in path.parts)
MESSAGES = {path.stem: json.loads(path.read_text()) for path in sorted((STATIC / "messages").glob("*.json"))}
APP = Starlette(routes=[Route("/", assets.shell), Route("/static/{name:path}", assets.static)])


class Sent(NamedTuple):
    status: int
    headers: Headers
    body: bytes  # as it came, compressed or not


def get(path: str, **headers: str) -> Sent:
    async def sent() -> Sent:
        transport = ASGITransport(APP)
        async with AsyncClient(transport=transport, base_url="http://testserver") as client:
            named = {name.replace("_", "-"): value for name, value in {"Accept_Encoding": "", **headers}.items()}
            async with client.stream("GET", path, headers=named) as response:
                body = b"".join([chunk async for chunk in response.aiter_raw()])
                return Sent(response.status_code, response.headers, body)

    return asyncio.run(sent())


def test_the_shell_may_load_what_is_ours_alone() -> None:
    policy = get("/").headers["content-security-policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert (said["default-src"], said["script-src"], said["style-src"]) == ("'none'", "'self'", "'self'")
    assert "unsafe" not in policy and said["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.html")), ids=lambda path: path.name)
def test_no_page_has_a_script_a_style_or_a_listener_in_it(path: Path) -> None:
    html = path.read_text()
    assert re.findall(r"<script(?![^>]* src=\"/static/)[^>]*>", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html, re.IGNORECASE) == []
    assert "<noscript>" in html and "/sparql" in html and re.search(r"<html lang=", html)


def test_what_the_shell_names_is_there() -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', get("/").body.decode())
    assert len(named) > 5 and {get(address).status for address in named} == {200}


def test_a_page_tells_its_browser_what_its_scripts_will_import_and_ask() -> None:
    links = dict(re.findall(r"<([^>]+)>; rel=(\w+)", get("/").headers["link"]))
    assert links.pop("/api/vocabulary") == "preload"
    assert {"/static/pages/home.js", "/static/parts/listing.js", "/static/base/dom.js"} <= set(links)
    assert {get(address).status for address in links} == {200} and set(links.values()) == {"modulepreload"}
    network = assets.modules("graph/scene.js")
    assert "vendor/graph.js" in network and "graph/scene.js" not in assets.modules("pages/entity.js")


def test_text_is_sent_compressed_to_those_who_take_it() -> None:
    content = (STATIC / "app" / "app.js").read_bytes()
    packed = get("/static/app/app.js", Accept_Encoding="br, gzip;q=0.5")
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", content)
    for refusing in ("identity", "gzip;q=0", "gzip; q=0.0", "br"):
        plain = get("/static/app/app.js", Accept_Encoding=refusing)
        assert "content-encoding" not in plain.headers and plain.body == content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_what_a_browser_has_is_not_sent_again() -> None:
    first = get("/static/base/style.css").headers
    assert (first["content-type"], first["cache-control"]) == ("text/css; charset=utf-8", "no-cache")
    tag = first["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = get("/static/base/style.css", If_None_Match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get("/static/base/style.css", If_None_Match='"other"').status == 200


ELSEWHERE = [
    "",
    "../assets.py",
    "..%2fassets.py",
    "%2e%2e/assets.py",
    "..\\assets.py",
    "/etc/passwd",
    "%00",
    "messages",
]


@pytest.mark.parametrize("path", [*ELSEWHERE, "nothing.js"])
def test_nothing_else_is_sent(path: str) -> None:
    assert get("/static/" + path).status == 404


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_scripts_write_no_markup_and_ask_nobody_else(path: Path) -> None:
    script = path.read_text()
    assert re.findall(r"(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script) == []
    assert re.findall(r"(?:fetch|import|get|post|open)\(\s*[\"'`]https?:", script) == []
    modules = re.findall(r"^(?:import|export)\b[^;(]*?\bfrom \"([^\"]+)\"", script, re.MULTILINE)
    modules += re.findall(r"\bimport\(\"([^\"]+)\"", script)
    assert [name for name in modules if not name.startswith(("/static/", "./"))] == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_modules_import_from_their_own_folder_and_those_above_it(path: Path) -> None:
    """As the README of `static/` lists them."""
    layers = re.findall(r"^\| `(\w+)/` \|", (STATIC / "README.md").read_text(), re.MULTILINE)
    assert layers[0] == "vendor" and {folder.name for folder in STATIC.iterdir() if folder.is_dir()} == set(layers)
    own = layers.index(path.relative_to(STATIC).parts[0])
    named = re.findall(r"\"/static/([\w/.-]+\.js)\"", path.read_text())
    assert {name for name in named if layers.index(name.split("/")[0]) > own} == set()
    pages = [name.removesuffix(".js").split("/")[:2] for name in named if name.startswith("pages/")]
    own_page = path.relative_to(STATIC).with_suffix("").parts[:2]
    assert own_page[0] == "app" or all(tuple(page) == own_page for page in pages)


def test_all_that_is_said_is_said_in_both_languages() -> None:
    assert set(MESSAGES) == {"en", "fr"} and MESSAGES["en"].keys() == MESSAGES["fr"].keys()
    for key, text in MESSAGES["en"].items():
        assert _names(text) == _names(MESSAGES["fr"][key]), key


def _names(text: str | dict[str, str]) -> set[str]:
    return {
        name for form in ([text] if isinstance(text, str) else text.values()) for name in re.findall(r"\{(\w+)\}", form)
    }


def test_all_that_is_asked_for_is_said_and_all_that_is_said_is_asked_for() -> None:
    scripts, said = "\n".join(path.read_text() for path in OWN), MESSAGES["en"].keys()
    patterns = [re.escape(text) for text in re.findall(r"\bt\(\s*`([^`]+)`", scripts)]
    made = [re.compile(re.sub(r"\\\$\\\{.*?\\\}", r"[\\w.-]+", pattern)) for pattern in patterns]
    assert set(re.findall(r"\bt\(\s*\"([\w.-]+)\"", scripts)) - said == set()
    asked = set(re.findall(r"\"([\w.-]+)\"", scripts))
    assert {key for key in said - asked if not any(each.fullmatch(key) for each in made)} == set()


def _themes() -> dict[str, dict[str, str]]:
    """The colours by name of each rule that sets them: light, dark by the system, dark by choice."""
    rules = re.findall(r"(:root[^{]*) \{\s*color-scheme: \w+;([^}]*)\}", (STATIC / "base" / "style.css").read_text())
    return {selector: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule)) for selector, rule in rules}


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_light_and_dark_can_be_read() -> None:
    light, by_system, by_choice = _themes().values()
    assert by_system == by_choice and by_choice.keys() == light.keys() and by_choice["paper"] != light["paper"]
    inks = ["ink", "quiet", "link", "accent", "asserted", "planned", "possible", "denied", "attributed", "former"]
    for theme in (light, by_choice):
        pairs = [(ink, paper) for ink in inks for paper in ("paper", "raised", "sunken")] + [("mark-ink", "mark")]
        faint = {pair: _contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs}
        assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}
        assert _contrast(theme["focus"], theme["paper"]) > 3
