from __future__ import annotations

import gzip
import os
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.cli import main
from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import Defaults, ids, read
from kg.read.fetching import Fetcher, fetch, web
from kg.read.fetching.addresses import Address, Rule, is_public
from kg.read.fetching.web import Web

LOOPBACK = ip_address("127.0.0.1")
PAGE = b"<html lang='fr'><head><title>Le port</title></head><body><p>" + b"Le port de Nantes a rouvert lundi. " * 9
Say = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server of our own: what it says at each path, and what it was asked."""

    server: ThreadingHTTPServer
    pages: dict[str, Say] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.server_port

    def socket_of(self, context: ssl.SSLContext) -> None:
        """From now on it speaks TLS."""
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def url(self, path: str, host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


def say(body: bytes = b"", status: int = 200, **headers: str) -> Say:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            here.pages.get(self.path, say(status=404))(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # who is given up closes the connection

    server = Server(("127.0.0.1", 0), Handler)
    here = Site(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


def looked_up(host: str, port: int) -> list[Address]:
    """Every name is this machine's, but for those that say what they are."""
    return [ip_address("10.0.0.1")] if host == "inside.example" else [LOOPBACK]


@dataclass
class Clock:
    now: float = 1_750_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(tmp_path: Path, clock: Clock) -> Fetcher:
    """One that may go to this machine, as nothing but a test can make it."""
    rule = Rule(looked_up, lambda address: address == LOOPBACK, ports=None)
    return Fetcher(tmp_path / "web", web=Web(rule), sleep=clock.sleep, clock=clock)


def problem(fetcher: Fetcher, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetcher.get(url)
    assert str(caught.value).startswith(url) and "\n" not in str(caught.value)
    return caught.value


# ---- where it goes


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fec0::1", "fc00::1",
     "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
     "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::", "2001:0:7f00:1::", "2001:db8::1", "::127.0.0.1", "5f00::1",
     "100::1", "192.0.0.8", "192.88.99.1", "3fff::1"],
)  # fmt: skip
def test_no_such_address_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_these_are(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "10.0.0.1", "169.254.169.254",
     "192.168.0.1", "[fc00::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "0.0.0.0"],
)  # fmt: skip
def test_the_rule_for_everybody_refuses_what_is_not_public(host: str) -> None:
    assert problem(Fetcher(), f"http://{host}/").reason == Reason.REFUSED


def test_a_name_that_leads_inside_is_refused() -> None:
    rule = Rule(lambda host, port: [ip_address("8.8.8.8"), ip_address("127.0.0.1")])
    assert problem(Fetcher(web=Web(rule)), "http://rebound.example/").reason == Reason.REFUSED


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", Reason.METADATA),
        ("file:///etc/passwd", Reason.METADATA),
        ("http://", Reason.METADATA),
        ("http://[", Reason.METADATA),
        ("http://a b/", Reason.METADATA),
        ("http://a\r\nHost: b/", Reason.METADATA),
        ("http://user:word@news.example/", Reason.REFUSED),
        ("http://news.example:22/", Reason.REFUSED),
        ("http://news.example:99999/", Reason.METADATA),
    ],
)
def test_what_is_no_address_to_fetch(url: str, reason: Reason) -> None:
    with pytest.raises(SourceError) as caught:
        Rule().checked(url)
    assert caught.value.reason == reason


def test_an_address_is_written_as_servers_want_it() -> None:
    assert Rule().checked("https://Café.example:443/é à?q=ü#x") == (
        "https://xn--caf-dma.example:443/%C3%A9%20%C3%A0?q=%C3%BC"
    )


def test_a_redirect_inside_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = say(status=302, Location=site.url("/", "inside.example"))
    assert problem(fetcher, site.url("/")).reason == Reason.REFUSED


def test_redirects_are_followed_and_end(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/a": say(status=301, Location="/b"), "/b": say(b"fin"), "/loop": say(status=302, Location="/loop")}
    page = fetcher.get(site.url("/a"))
    assert (page.url, page.body, page.type) == (site.url("/b"), b"fin", "text/html")
    assert problem(fetcher, site.url("/loop")).reason == Reason.NO_ANSWER
    assert site.paths().count("/loop") == 6


def test_the_name_is_looked_up_once_and_sent_along(site: Site, tmp_path: Path, clock: Clock) -> None:
    asked: list[str] = []

    def once(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [LOOPBACK]

    site.pages["/"] = say(b"x")
    rule = Rule(once, lambda address: address == LOOPBACK, ports=None)
    Fetcher(web=Web(rule), sleep=clock.sleep, clock=clock).get(site.url("/"))
    assert asked == ["news.example"] * 2  # robots.txt, and the page
    assert site.asked[1][1]["host"] == f"news.example:{site.port}"
    assert site.asked[1][1]["user-agent"].startswith("Dateline/") and "cookie" not in site.asked[1][1]


def test_proxies_of_the_environment_are_not_asked(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/"] = say(b"x")
    assert fetcher.get(site.url("/")).body == b"x"


# ---- limits


def test_a_large_page_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = say(b" " * (33 << 20))
    assert problem(fetcher, site.url("/")).reason == Reason.TOO_LARGE


def test_a_page_that_unpacks_to_much_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = say(gzip.compress(b" " * (33 << 20)), Content_Encoding="gzip")
    assert problem(fetcher, site.url("/")).reason == Reason.BOMB
    site.pages["/twice"] = say(b"", Content_Encoding="gzip, gzip")
    assert problem(fetcher, site.url("/twice")).reason == Reason.MALFORMED
    site.pages["/none"] = say(b"not packed", Content_Encoding="gzip")
    assert problem(fetcher, site.url("/none")).reason == Reason.MALFORMED


def test_what_is_packed_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = say(gzip.compress(b"bonjour"), Content_Encoding="gzip")
    assert fetcher.get(site.url("/")).body == b"bonjour"


@pytest.mark.parametrize("heads", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "], ids=["body", "headers"])
def test_who_answers_byte_by_byte_is_given_up(
    site: Site, fetcher: Fetcher, clock: Clock, heads: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(heads)
        with suppress(OSError):  # who asked has left
            for _ in range(10_000):
                time.sleep(0.01)
                clock.now += 1  # it goes by this clock
                request.wfile.write(b"x")

    monkeypatch.setattr(web, "time", SimpleNamespace(monotonic=clock))
    site.pages["/"] = slowly
    assert problem(fetcher, site.url("/")).reason == Reason.TOO_SLOW


def test_who_does_not_answer_or_talks_nonsense(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = lambda request: request.wfile.write(b"nonsense\r\n\r\n") and None
    assert problem(fetcher, site.url("/")).reason == Reason.NO_ANSWER
    assert problem(fetcher, "http://news.example:1/").reason == Reason.NO_ANSWER
    assert problem(fetcher, site.url("/nowhere")).reason == Reason.NO_ANSWER


# ---- manners


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (say(b"User-agent: *\nDisallow: /in/"), "/in/a", False),
        (say(b"User-agent: *\nDisallow: /in/"), "/a", True),
        (say(b"User-agent: dateline\nDisallow: /\n\nUser-agent: *\nAllow: /"), "/a", False),
        (say(status=404), "/a", True),
        (say(status=403), "/a", True),
        (say(status=500), "/a", False),
        (say(status=302, Location="http://inside.example/"), "/a", False),
        (say(status=302, Location="/rules"), "/a", False),
    ],
)
def test_robots_txt(site: Site, fetcher: Fetcher, robots: Say, path: str, allowed: bool) -> None:
    site.pages |= {"/robots.txt": robots, path: say(b"x"), "/rules": say(b"User-agent: *\nDisallow: /")}
    if allowed:
        assert fetcher.get(site.url(path)).body == b"x"
    else:
        assert problem(fetcher, site.url(path)).reason == Reason.REFUSED
        assert path not in site.paths()


def test_robots_txt_is_asked_for_once(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages |= {"/robots.txt": say(b"User-agent: *\nCrawl-delay: 7"), "/a": say(b"a"), "/b": say(b"b")}
    for path in ("/a", "/b", "/a"):
        fetcher.get(site.url(path))
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert clock.slept == [7.0, 7.0]


def test_a_busy_server_is_waited_for_once(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    answers = [say(status=503, Retry_After="3"), say(b"x")]
    site.pages["/"] = lambda request: answers.pop(0)(request)
    assert fetcher.get(site.url("/")).body == b"x" and clock.slept == [3.0]
    site.pages["/long"] = say(status=429, Retry_After="3600")
    assert "3600 s" in str(problem(fetcher, site.url("/long")))


# ---- what is kept


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def once(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match") == '"1"' and request.headers.get("If-Modified-Since") == "Mon"
        say(b"" if known else b"x", 304 if known else 200, ETag='"1"', Last_Modified="Mon")(request)

    site.pages["/"] = once
    assert [fetcher.get(site.url("/")).body for _ in range(2)] == [b"x", b"x"]
    assert "if-none-match" in site.asked[-1][1]


def test_an_etag_is_sent_back_as_it_came(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = say(b"x", ETag='"\xe9\xff"')
    assert [fetcher.get(site.url("/")).body for _ in range(2)] == [b"x", b"x"]
    assert site.asked[-1][1]["if-none-match"] == '"\xe9\xff"'


def test_what_cannot_be_kept_is_read_all_the_same(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "web").write_text("no folder")
    site.pages["/"] = say(b"x", Cache_Control="max-age=60")
    assert [fetcher.get(site.url("/")).body for _ in range(2)] == [b"x", b"x"] and len(site.paths()) == 2


def test_what_is_fresh_is_not_asked_for(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages["/"] = say(b"x", Cache_Control="public, max-age=60")
    for seconds, times in ((0, 1), (59, 1), (61, 2)):
        clock.now += seconds
        fetcher.get(site.url("/"))
        assert site.paths() == ["/"] * times


def test_what_is_not_to_be_kept_is_not(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    site.pages["/"] = say(b"x", Cache_Control="no-store", ETag='"1"')
    fetcher.get(site.url("/"))
    assert not [path for path in (tmp_path / "web").rglob("*") if path.is_file()]


def test_a_broken_file_of_the_cache_does_no_harm(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    site.pages["/"] = say(b"x", Cache_Control="max-age=60")
    fetcher.get(site.url("/"))
    for path in (tmp_path / "web").rglob("*.page"):
        path.write_bytes(b"{")
    assert fetcher.get(site.url("/")).body == b"x" and len(site.paths()) == 2


def test_pages_that_nobody_asks_for_go(site: Site, fetcher: Fetcher, tmp_path: Path, clock: Clock) -> None:
    site.pages["/"] = say(b"x", Cache_Control="max-age=60")
    old = {}
    for number, days in enumerate((0, 89, 91)):
        path = tmp_path / "web" / "00" / f"{number}.page"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")
        os.utime(path, (clock.now - days * 86400,) * 2)
        old[days] = path
    fetcher.get(site.url("/"))
    assert {days for days, path in old.items() if path.exists()} == {0, 89}


def test_the_cache_has_an_end(
    site: Site, fetcher: Fetcher, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.read.fetching.cache._MOST", 10)
    site.pages["/"] = say(b"x", Cache_Control="max-age=60")
    (tmp_path / "web" / "00").mkdir(parents=True)
    for number in range(5):
        path = tmp_path / "web" / "00" / f"{number}.page"
        path.write_bytes(b"1234")
        os.utime(path, (clock.now - number,) * 2)
    fetcher.get(site.url("/"))
    assert sorted(path.name for path in (tmp_path / "web" / "00").glob("?.page")) == ["0.page", "1.page"]


# ---- articles


def feed(site: Site, *items: str) -> Say:
    return say(f"<rss><channel><language>fr</language>{''.join(items)}</channel></rss>".encode())


def entry(url: str, text: str = "Teaser") -> str:
    day = "Wed, 05 Mar 2025 10:00:00 GMT"
    return f"<item><link>{url}</link><description>{text}</description><pubDate>{day}</pubDate></item>"


def test_a_feed_gives_the_pages_that_it_names(site: Site, fetcher: Fetcher) -> None:
    url = site.url("/port")
    site.pages |= {
        "/feed": feed(site, entry(url)),
        "/port": say(b"Le port de Nantes a rouvert.", Content_Type="text/plain"),
    }
    (article,) = fetch(site.url("/feed"), fetcher)
    assert isinstance(article, Article) and article.text == "Le port de Nantes a rouvert."
    assert (article.id, article.url, str(article.issued)) == (ids.of_url(url), url, "2025-03-05")


def test_where_the_page_is_not_to_be_had_the_entry_is_the_article(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = feed(site, entry(site.url("/port")))
    error, article = fetch(site.url("/feed"), fetcher)
    assert isinstance(error, SourceError) and str(error).startswith(site.url("/port"))
    assert isinstance(article, Article) and article.text == "Teaser"


def test_no_more_pages_than_allowed(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = feed(site, *(entry(site.url(f"/{n}")) for n in range(5)))
    list(fetch(site.url("/feed"), fetcher, limit=2))
    assert site.paths() == ["/feed", "/0", "/1"]


def test_a_page_is_an_article(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a.txt"] = say("Été.".encode(), Content_Type="text/plain; charset=utf-8")
    (article,) = fetch(site.url("/a.txt"), fetcher)
    assert isinstance(article, Article) and (article.id, article.text) == (ids.of_url(site.url("/a.txt")), "Été.")


def test_a_server_says_the_encoding_of_a_page(site: Site, fetcher: Fetcher) -> None:
    words = [
        "Le préfet a rouvert mercredi à Nantes le port, dont les grues tournent à nouveau depuis l’été dernier.",
        "« Nous tiendrons nos promesses », a déclaré la ministre devant les élus de la région, avant de repartir.",
        "Trois cents personnes y travaillent, et le maire en attend deux cents de plus avant la fin de l’année.",
    ]
    prose = "".join(f"<p>{each}</p>" for each in words)
    page = f"<html lang='fr'><title>Le port</title><body><article><h1>Le port</h1>{prose}</article></body></html>"
    site.pages["/a"] = say(page.encode("cp1252"), Content_Type="text/html; charset=windows-1252")
    (article,) = fetch(site.url("/a"), fetcher)
    assert isinstance(article, Article) and (article.text, article.title) == ("\n\n".join(words), "Le port")
    site.pages["/none"] = say(b"<html><p>Rien</p></html>", Content_Type="text/html; charset=utf-8")
    (error,) = fetch(site.url("/none"), fetcher)
    assert isinstance(error, SourceError) and str(error).startswith(site.url("/none"))


def test_what_cannot_be_had_is_one_line(site: Site, fetcher: Fetcher) -> None:
    (error,) = fetch(site.url("/nowhere"), fetcher)
    assert isinstance(error, SourceError) and error.reason == Reason.NO_ANSWER


def test_addresses_are_asked_only_where_that_is_wanted(site: Site, fetcher: Fetcher) -> None:
    url = site.url("/a.txt")
    (error,) = read([url])
    assert "--fetch" in str(error) and not site.asked
    site.pages["/a.txt"] = say(b"Le port a rouvert.", Content_Type="text/plain")
    (article,) = read([url, url], defaults=Defaults(language="fr"), fetched=lambda url: fetch(url, fetcher))
    assert isinstance(article, Article) and article.where == url


def test_the_command_asks_nobody_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "--fetch", "http://127.0.0.1/", "--store", str(tmp_path / "s")]) == 1
    assert "only public addresses are fetched" in capsys.readouterr().out


# ---- who it talks to


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """One of our own making for news.example, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not installed")
    path = tmp_path / "own.pem"
    name = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *name]
    subprocess.run([*made, "-keyout", path, "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return path


def test_https_is_with_the_host_that_was_named(
    site: Site, fetcher: Fetcher, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _, name, __: names.append(name)
    site.socket_of(context)
    site.pages["/"] = say(b"x")
    url = site.url("/").replace("http:", "https:")
    assert problem(fetcher, url).reason == Reason.NO_ANSWER  # nobody vouches for the certificate
    monkeypatch.setattr(web, "_trust", lambda: ssl.create_default_context(cafile=certificate))
    fresh = Fetcher(web=fetcher._web, sleep=lambda _: None)
    assert fresh.get(url).body == b"x" and set(names) == {"news.example"}
    assert "not valid for" in str(problem(fresh, url.replace("news.example", "other.example")))


def test_what_is_known_of_a_feed_is_left_out(site: Site, fetcher: Fetcher) -> None:
    known: dict[str, set[str]] = {}
    site.pages |= {f"/{n}": say(b"Une page assez longue.", Content_Type="text/plain") for n in range(3)}
    for numbers, found in (((0, 1), 2), ((0, 1), 0), ((2, 0, 1), 1), ((2,), 0), ((2, 0), 1)):
        site.pages["/feed"] = feed(site, *(entry(site.url(f"/{n}")) for n in numbers))
        assert len(list(fetch(site.url("/feed"), fetcher, known=known))) == found


def test_a_page_that_was_not_to_be_had_is_tried_again(site: Site, fetcher: Fetcher) -> None:
    known: dict[str, set[str]] = {}
    site.pages |= {"/feed": feed(site, entry(site.url("/1"))), "/1": say(status=500)}
    assert [len(list(fetch(site.url("/feed"), fetcher, known=known))) for _ in range(2)] == [2, 2]
    site.pages["/1"] = say(b"Une page assez longue.", Content_Type="text/plain")
    assert [len(list(fetch(site.url("/feed"), fetcher, known=known))) for _ in range(2)] == [1, 0]


def test_a_page_that_has_not_changed_is_no_news(site: Site, fetcher: Fetcher) -> None:
    known: dict[str, set[str]] = {}
    site.pages["/a"] = say(b"Une page.", Content_Type="text/plain")
    assert [len(list(fetch(site.url("/a"), fetcher, known=known))) for _ in range(2)] == [1, 0]
