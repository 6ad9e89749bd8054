"""The sample pages in, how much of their articles is found, how much else with it, and how fast, out.

    python -m tests.benchmarks.boilerplate [--corpus articles.jsonl]

Precision and recall count paragraphs, letter by letter; each paragraph of a page that is no article is a wrong one.
Processor time is that of one process. `--corpus` dresses the articles of a file (JSONL, `text`) in a page of 80 KB,
with menus and scripts, and reads them; then pages of as much in a language that is not read.
"""

from __future__ import annotations

import argparse
import html as entities
import io
import json
import time
import tomllib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import trafilatura

from kg.errors import SourceError
from kg.read import html
from kg.read.page import body
from kg.read.sources import Source

PAGES = Path(__file__).parents[1] / "pages"
WAYS = {
    "fast, precision": {"fast": True, "favor_precision": True},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
    "balanced": {},
    "recall": {"favor_recall": True},
}
FOREIGN = (
    "Eine Fähre mit 86 Fahrgästen ist am frühen Freitag vor der Insel auf Grund gelaufen, teilte die Küstenwache mit."
)


def read(data: bytes) -> list[str]:
    """The paragraphs that a page's article is read as."""
    (item,) = html.read(io.BytesIO(data), Source("page", "html", "page"))
    return [] if isinstance(item, SourceError) else item.text.split("\n\n")


def alone(data: bytes) -> list[str]:
    """What Trafilatura gives by itself, as it comes."""
    return (trafilatura.extract(data, include_comments=False) or "").splitlines()


def measured(way: Callable[[bytes], list[str]]) -> str:
    """Precision, recall, milliseconds a page."""
    right = found = wanted = 0
    pages = [(path.read_bytes(), tomllib.loads(path.with_suffix(".toml").read_text())) for path in PAGES.glob("*.html")]
    start = time.process_time()
    for data, expected in pages:
        paragraphs = [" ".join(paragraph.split()).removeprefix("- ") for paragraph in way(data)]
        told = {" ".join(paragraph.split()) for paragraph in expected.get("paragraphs", ())}
        right += len(told.intersection(paragraphs))
        found += len(paragraphs)
        wanted += len(told)
    spent = (time.process_time() - start) / len(pages) * 1000
    return f"{right / found:9.3f} {right / wanted:7.3f} {spent:8.1f}"


def dressed(text: str, site: str = "quotidien") -> bytes:
    """A text as a newspaper's page has it."""
    page = (PAGES / f"{site}.html").read_text()
    told = "".join(f"<p>{entities.escape(line)}</p>" for line in text.splitlines() if line.strip())
    menu = '<li class="menu__item"><a href="/x/y/z" class="lnk">Une rubrique</a><span class="i"></span></li>' * 200
    page = page.replace("</h1>", f"</h1>{told}")
    page = page.replace(
        "</head>", f"<style>{'.a{color:red}' * 2000}</style><script>{'abc def ' * 3000}</script></head>"
    )
    return page.replace("<body", f'<body data-x=""><nav class="Nav"><ul>{menu}</ul></nav><div', 1).encode()


def texts(corpus: Path) -> Iterator[str]:
    """The articles of a file."""
    with corpus.open() as file:
        yield from (json.loads(line)["text"] for line in file)


def speed(pages: list[bytes]) -> float:
    """Pages a second."""
    start = time.process_time()
    for page in pages:
        read(page)
    return len(pages) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    read(dressed(FOREIGN))  # what is loaded once
    print(f"{'':24}precision  recall  ms/page")
    for name, settings in WAYS.items():
        body.SETTINGS = settings
        print(f"{name:24}{measured(read)}")
    print(f"{'Trafilatura alone':24}{measured(alone)}")
    body.SETTINGS = WAYS["fast, precision"]
    if options.corpus:
        pages = [dressed(text) for text in islice(texts(options.corpus), 300)]
        foreign = [dressed("\n".join([FOREIGN] * 12), "deutsch")] * 300
        print(f"{speed(pages):.0f} pages of {sum(map(len, pages)) // len(pages) // 1000} KB a second")
        print(f"{speed(foreign):.0f} where their language is not read")


if __name__ == "__main__":
    main()
