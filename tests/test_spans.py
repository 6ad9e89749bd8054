"""Offsets and pieces as the article page has them (spans.js), in Node and in Chromium, against what Python cuts."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

MODULE = Path(__file__).parents[1] / "kg" / "service" / "static" / "pages" / "article" / "spans.js"
# combining marks, letters of other planes, an emoji that is five code points and eight units, and a line's end
LETTERS = ["a", "b", " ", "é", "e\u0301", "ﬁ", "𝕆", "😀", "👩\u200d👩\u200d👧", "\u200f", "中", "\n"]
RUN = """async (module, cases) => {
  const { units, paragraphs, pieces, patchwork } = await import(module);
  return cases.map(({ text, spans }) => {
    const unit = units(text);
    const here = spans.map(([start, end], id) => ({ id, start: unit(start), end: unit(end) }));
    const flat = (ranges) => pieces(here, ranges).map((list) =>
      list.map(({ start, end, spans }) => [text.slice(start, end), spans.map(({ id }) => id)]));
    const quoted = spans.map(([start, end]) => ({ start, end, text: text.slice(unit(start), unit(end)) }));
    const patched = patchwork(quoted);
    const known = units(patched.text);
    return {
      words: quoted.map((one) => one.text),
      flat: flat([{ start: 0, end: text.length }])[0],
      patched: spans.map((span) => patched.text.slice(...span.map(patched.place).map(known))),
      lines: flat(paragraphs(text)),
    };
  });
}"""


def cases() -> list[dict[str, Any]]:
    """Texts with spans that nest, cross, touch and are empty."""
    chance = random.Random(6)
    made = []
    for _ in range(300):
        # blank lines would say that lines wrap
        text = re.sub(r"\n\s+", "\n", "".join(chance.choices(LETTERS, k=chance.randrange(40))))
        edges = [sorted(chance.choices(range(len(text) + 1), k=2)) for _ in range(chance.randrange(8))]
        made.append({"text": text, "spans": edges})
    return made


def wanted(text: str, spans: list[list[int]]) -> dict[str, Any]:
    """The same as RUN, a code point at a time."""
    order = sorted(range(len(spans)), key=lambda id: (spans[id][0], -spans[id][1]))
    over = [[id for id in order if spans[id][0] <= place < spans[id][1]] for place in range(len(text))]

    def flat(start: int, end: int) -> list[list[Any]]:
        edges = [edge for span in spans if span[0] < span[1] for edge in span if start < edge < end]
        cuts = sorted({start, *edges, end})
        return [[text[a:b], over[a]] for a, b in pairwise(cuts)]

    ends = [place for place, letter in enumerate(text) if letter == "\n"]
    lines = zip([0, *(place + 1 for place in ends)], [*ends, len(text)], strict=True)
    words = [text[start:end] for start, end in spans]
    kept = [flat(*line) for line in lines if text[slice(*line)].strip()]
    return {"words": words, "flat": flat(0, len(text)), "patched": words, "lines": kept}


def check(found: list[dict[str, Any]]) -> None:
    for case, one in zip(cases(), found, strict=True):
        assert one == wanted(**case)


def in_node(run: str, given: object) -> Any:
    """What a function of the module and a value answers in Node."""
    if not (node := shutil.which("node")):
        pytest.skip("no Node in the PATH")
    # as data, for a file would have to be called .mjs; cases come in and answers leave as JSON
    code = f"""import {{ readFileSync }} from "node:fs";
        const module = "data:text/javascript," + encodeURIComponent(readFileSync({json.dumps(str(MODULE))}, "utf8"));
        console.log(JSON.stringify(await ({run})(module, JSON.parse(readFileSync(0, "utf8")))));"""
    command = [node, "--input-type=module", "-e", code]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_node_cuts_as_python_does() -> None:
    check(in_node(RUN, cases()))


LONG = "word " * 30


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\nTwo.\n\nThree.", ["One.", "Two.", "Three."]),
        ("A line\nthat wraps.\n\nAnother\none.\n", ["A line\nthat wraps.", "Another\none.\n"]),
        (f"{LONG}\n{LONG}\n\n{LONG}\n\n", [LONG, LONG, LONG]),
        (" \n\n", []),
    ],
)
def test_paragraphs(text: str, found: list[str]) -> None:
    cut = "paragraphs(text).map(({ start, end }) => text.slice(start, end))"
    assert in_node(f"async (module, text) => (await import(module)).{cut}", text) == found


def test_chromium_cuts_as_python_does(browser: Any) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(path=MODULE, content_type="text/javascript"))
    page.goto("http://127.0.0.1/")
    check(page.evaluate(f"(cases) => ({RUN})('/spans.js', cases)", cases()))
    page.close()
