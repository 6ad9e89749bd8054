"""A spaCy pipeline in, one with the same output that costs less time out; for French, one with our own recogniser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy
from spacy.language import Language as Pipeline
from spacy.parts_of_speech import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc
from thinc.api import Model, use_ops
from threadpoolctl import threadpool_limits

from kg.text.pipes import vectors
from kg.text.pipes.attachment import Attachment
from kg.text.pipes.lemmas import Lemmas
from kg.text.pipes.recognition import Recognition
from kg.text.pipes.transitions import Component

RECOGNIZER = "ner"
_INDEX = "lemma_index"
_RULER, _TAGS = "attribute_ruler", "kg_tags_of_parts"
_OURS: dict[str, type[Attachment | Recognition | Lemmas]] = {
    "kg_attachment": Attachment,
    "kg_recognition": Recognition,
    "kg_lemmas": Lemmas,
}


def tuned(load: Callable[[], Pipeline]) -> Pipeline:
    """The pipeline that `load` gives, on numpy's own BLAS with one thread, its lemmatizer with sets for lists.

    The matrices of these models are small: threads cost more than they bring. The process keeps to one thread.
    """
    threadpool_limits(1, user_api="blas")
    with use_ops("numpy", use_blis=False), _charsets_kept():
        nlp = load()
    _index_lemmas(nlp)
    _tag_at_once(nlp)
    return nlp


@contextmanager
def _charsets_kept() -> Iterator[None]:
    """Let `re` work a set of characters out once, however many patterns are compiled in between.

    spaCy's French compiles the same few sets of letters some hundred times on import: 1.6 of its 2.3 seconds. Where
    Python has no such function, it takes its time.
    """
    compiler = sys.modules.get("re._compiler")
    plain = getattr(compiler, "_optimize_charset", None)
    if plain is None:
        yield
        return
    known: dict[object, object] = {}

    def optimize(charset: list[object], iscased: object = None, fixup: object = None, fixes: object = None) -> object:
        key = (tuple(charset), iscased, fixup, id(fixes))
        if key not in known:
            known[key] = plain(charset, iscased, fixup, fixes)
        return known[key]

    setattr(compiler, plain.__name__, optimize)
    try:
        yield
    finally:
        setattr(compiler, plain.__name__, plain)


def _index_lemmas(nlp: Pipeline) -> None:
    """Make sets of the lists of lemmas in which spaCy's lemmatizer looks every form up, one lemma after the other."""
    if "lemmatizer" not in nlp.pipe_names:
        return
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    if lookups.has_table(_INDEX):
        table = lookups.get_table(_INDEX)
        for part_of_speech in list(table):
            table[part_of_speech] = frozenset(table[part_of_speech])


def _tag_at_once(nlp: Pipeline) -> None:
    """Write tags that only repeat the part of speech as one column, where spaCy's ruler seeks and sets each by itself.

    The French ruler does little else: five sixths of its time. Its other rules, of spaces, still come after.
    """
    if _RULER not in nlp.pipe_names:
        return
    ruler: Any = nlp.get_pipe(_RULER)
    patterns = ruler.patterns
    if parts := [pattern["attrs"]["TAG"] for pattern in takewhile(_repeats_part, patterns)]:
        ruler.clear()
        ruler.add_patterns(patterns[len(parts) :])
        nlp.add_pipe(_TAGS, before=_RULER, config={"parts": parts})


def _repeats_part(pattern: dict[str, Any]) -> bool:
    """Whether all that a ruler's pattern does is to give every token of a part of speech a tag of that name."""
    tag = pattern["attrs"].get("TAG")
    return tag in IDS and pattern["patterns"] == [[{"POS": tag}]] and pattern["attrs"] == {"TAG": tag}


@Pipeline.factory(_TAGS)
def _tagger(nlp: Pipeline, name: str, parts: list[str]) -> Callable[[Doc], Doc]:
    """A pipe that gives each token of some parts of speech a tag of that name, for models that set no other."""
    column = numpy.zeros(max(IDS.values()) + 1, dtype=numpy.uint64)
    for part in parts:
        column[IDS[part]] = nlp.vocab.strings.add(part)
    return lambda doc: doc.from_array(["TAG"], column[doc.to_array("POS")])


def quicken(nlp: Pipeline) -> None:
    """Let a pipeline that will only read work its tokens' vectors out the quick way; a model of another build stays."""
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            if (reading := vectors.reading(node, nlp.vocab)) is None:
                continue
            if node is model:
                pipe.model = reading  # type: ignore[attr-defined]
            else:
                model.replace_node(node, reading)
    for name, pipe in list(nlp.pipeline):
        if kind := next((kind for kind, ours in _OURS.items() if ours.fits(pipe)), None):
            nlp.add_pipe(kind, before=name, config={"plain": name})
            nlp.remove_pipe(name)
            nlp.rename_pipe(kind, name)


@Pipeline.factory("kg_attachment")
def _attachment(nlp: Pipeline, name: str, plain: str) -> Component:
    """A parser that reads sentences side by side."""
    parser: Any = nlp.get_pipe(plain)
    return Component(parser, Attachment(parser))


@Pipeline.factory("kg_recognition")
def _recognition(nlp: Pipeline, name: str, plain: str) -> Component:
    """A recogniser of names that reads tokens side by side."""
    recognizer: Any = nlp.get_pipe(plain)
    return Component(recognizer, Recognition(recognizer))


@Pipeline.factory("kg_lemmas")
def _lemmas(nlp: Pipeline, name: str, plain: str) -> Lemmas:
    """A lemmatizer that is asked once a word."""
    lemmatizer: Any = nlp.get_pipe(plain)
    return Lemmas(lemmatizer)


def install(nlp: Pipeline, folder: Path) -> None:
    """Give the model's recogniser of names the weights in a folder, which `kg.text.training` writes."""
    nlp.get_pipe(RECOGNIZER).from_disk(folder, exclude=["vocab"])  # type: ignore[attr-defined]


def save(nlp: Pipeline, folder: Path) -> None:
    """Write the weights of a pipeline's recogniser for `install`."""
    nlp.get_pipe(RECOGNIZER).to_disk(folder, exclude=["vocab"])  # type: ignore[attr-defined]
