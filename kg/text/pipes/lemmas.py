"""Tagged docs in, their lemmas written: worked out once for each word with its part of speech and its features."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from kg.text.pipes.columns import columns, write

_OF_RULES = {  # these look at nothing else; by name, for to import a language takes seconds
    "spacy.pipeline.lemmatizer.Lemmatizer",
    "spacy.lang.en.lemmatizer.EnglishLemmatizer",
    "spacy.lang.fr.lemmatizer.FrenchLemmatizer",
}
_MOST = 50_000


class Lemmas:
    """A pipe that asks a lemmatizer of spaCy for what it was not asked before, and writes a doc's lemmas at once."""

    def __init__(self, plain: Lemmatizer) -> None:
        """Keep the pipe of spaCy."""
        self.plain = plain
        self._known: dict[bytes, int] = {}
        self._lock = Lock()  # spaCy's pipe looks into its cache twice, which we empty

    @staticmethod
    def fits(pipe: Any) -> bool:
        """Whether a pipe looks at nothing but words, parts of speech and features."""
        name = f"{type(pipe).__module__}.{type(pipe).__qualname__}"
        return name in _OF_RULES and pipe.mode in ("rule", "lookup")

    def __call__(self, doc: Doc) -> Doc:
        """Write the lemmas of a doc; where some are given, spaCy's pipe says which of them stay."""
        *attributes, lemmas = columns([doc], "ORTH", "POS", "MORPH", "LEMMA")
        with self._lock:
            if lemmas.any() or not len(doc):
                return self.plain(doc)
            found = self._asked(doc, numpy.stack(attributes, axis=1))
        write([doc], ["LEMMA"], numpy.array([found], dtype=numpy.uint64))
        return doc

    def _asked(self, doc: Doc, attributes: NDArray[numpy.uint64]) -> list[int]:
        """The lemmas of a doc's tokens by their attributes, a row a token."""
        if len(self._known) > _MOST:
            self._known, self.plain.cache = {}, {}
        known = self._known
        keys: list[bytes] = attributes.view(f"V{attributes.itemsize * attributes.shape[1]}").ravel().tolist()
        for place, key in enumerate(keys):
            if key not in known:
                known[key] = doc.vocab.strings.add(self.plain.lemmatize(doc[place])[0])
        return [known[key] for key in keys]
