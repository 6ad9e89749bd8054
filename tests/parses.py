"""Parses written by hand in `parses/*.conllu` in, Docs out: constructions are tested without a model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc as Parsed

from kg import gazetteer, ontology
from kg.model import Article
from kg.text import languages
from kg.text.context import Context
from kg.text.lexicon import Lexicon, Phrases
from kg.text.syntax import Syntax
from kg.text.tokens import Doc, Token
from kg.text.wire import layout

_FOLDER = Path(__file__).parent / "parses"


def parsed(text: str, language: str = "fr") -> Doc:
    """The Doc of one sentence of `parses/<language>.conllu`."""
    return _doc(_blocks(language)[text], language)


def word(doc: Doc, text: str) -> Token:
    """The one token of a doc that has this text."""
    (token,) = (token for token in doc if token.text == text)
    return token


def texts(tokens: Iterator[Token] | list[Token]) -> list[str]:
    return [token.text for token in tokens]


@cache
def syntax(language: str) -> Syntax:
    return Syntax(languages.language(language), ontology.load().words("AgentPreposition", language))


@cache
def lexicon(language: str) -> Lexicon:
    """The words and constructions of a language without cues, which a model's tokenizer would have to part."""
    nothing: Phrases = Phrases([])
    spec = languages.language(language)
    return Lexicon(spec, ontology.load(), syntax(language), {}, *[nothing] * 6)


def context(doc: Doc, language: str) -> Context:
    """A parsed article on its way, with no mention yet."""
    return Context(Article("case", doc.text, language), layout(doc.text), doc, lexicon(language), gazetteer.load())


@cache
def blank(language: str) -> spacy.language.Language:
    """A tokenizer alone."""
    return spacy.blank(language)


def annotated(language: str = "fr", **annotations: Any) -> Doc:
    """A doc of which a test itself says what the models would."""
    return Doc(Parsed(blank(language).vocab, **annotations))


@cache
def _blocks(language: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in (_FOLDER / f"{language}.conllu").read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            rows = found[line.removeprefix("# text = ")] = []
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return found


def _doc(rows: list[list[str]], language: str) -> Doc:
    _, forms, lemmas, tags, _, morphs, heads, labels, _, misc = zip(*rows, strict=True)
    return annotated(
        language,
        words=forms,
        lemmas=lemmas,
        pos=tags,
        morphs=[morph.replace("_", "") for morph in morphs],
        heads=[int(head) - 1 if head != "0" else place for place, head in enumerate(heads)],
        deps=labels,
        spaces=["SpaceAfter=No" not in some and place + 1 < len(rows) for place, some in enumerate(misc)],
    )
