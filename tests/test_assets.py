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
OWN = sorted(path for path in STATIC.rglob("*.js") if path.parent.name != "vendor")
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


def test_text_is_sent_compressed_to_those_who_take_it() -> None:
    content = (STATIC / "app.js").read_bytes()
    packed = get("/static/app.js", Accept_Encoding="br, gzip;q=0.5")
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", content)
    for refusing in ("identity", "gzip;q=0", "gzip; q=0.0", "br"):
        plain = get("/static/app.js", Accept_Encoding=refusing)
        assert "content-encoding" not in plain.headers and plain.body == content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_what_a_browser_has_is_not_sent_again() -> None:
    first = get("/static/style.css").headers
    assert (first["content-type"], first["cache-control"]) == ("text/css; charset=utf-8", "no-cache")
    tag = first["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = get("/static/style.css", If_None_Match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get("/static/style.css", If_None_Match='"other"').status == 200


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
    assert re.findall(r"from \"(?!/static/)|import\(\s*\"(?!/static/)", script) == []


def test_all_that_is_said_is_said_in_both_languages() -> None:
    assert set(MESSAGES) == {"en", "fr"} and MESSAGES["en"].keys() == MESSAGES["fr"].keys()
    for key, text in MESSAGES["en"].items():
        assert _names(text) == _names(MESSAGES["fr"][key]), key


def _names(text: str | dict[str, str]) -> set[str]:
    return {
        name for form in ([text] if isinstance(text, str) else text.values()) for name in re.findall(r"\{(\w+)\}", form)
    }


def test_all_that_is_asked_for_is_said_and_all_that_is_said_is_asked_for() -> None:
    scripts = "\n".join(path.read_text() for path in OWN)
    whole = set(re.findall(r"\bt\(\s*\"([\w.-]+)\"", scripts))
    patterns = [re.escape(text) for text in re.findall(r"\bt\(\s*`([^`]+)`", scripts)]
    made = [re.compile(re.sub(r"\\\$\\\{.*?\\\}", r"[\\w-]+", pattern)) for pattern in patterns]
    assert whole - MESSAGES["en"].keys() == set()
    assert {key for key in MESSAGES["en"].keys() - whole if not any(each.fullmatch(key) for each in made)} == set()
