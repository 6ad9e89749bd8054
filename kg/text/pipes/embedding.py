"""Tokens in, what a model's embedding says of each out: worked out once a word, for nothing else decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vectors import Mode  # type: ignore[import-not-found]
from thinc.api import Model

from kg.text.pipes.maxout import BLOCK, Floats, Layer, blocks

NAME = re.compile(
    r"extract_features>>list2ragged>>with_array\((?:ints-getitem>>hashembed\|)+ints-getitem>>hashembed\)"
    r"(?:\|static_vectors)?>>with_array\(maxout>>layernorm>>dropout\)>>ragged2list"
)
_OF_A_TOKEN: list[int | str] = ["ORTH", "NORM", "SPACY"]  # these decide those below, and the vector
_OF_A_WORD = {"ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}
_MOST = 30_000  # words: 12 MB of rows, 5 of keys; a thousand dispatches have 25,000


class Embedding:
    """spaCy's `MultiHashEmbed` for reading: the rows of words it met are kept, new ones are worked out in blocks.

    Blocks of one size, for a product of matrices may differ in its last bits with the number of their rows, and what
    is said of a word must not depend on the words that were met with it.
    """

    def __init__(self, model: Model[Any, Any], vocab: Any) -> None:
        """Take the weights of a model whose name is as `NAME` tells."""
        nodes = {node.name: node for node in model.walk()}
        self._columns: list[str] = nodes["extract_features"].attrs["columns"]
        self._hashed = next(node for name, node in nodes.items() if name.startswith("with_array(ints-getitem"))
        static = nodes.get("static_vectors")
        self._projection = None if static is None else static.get_param("W")
        self._layer = Layer(nodes["maxout"], nodes["layernorm"])
        self._vectors = vocab.vectors
        self._lock = Lock()
        self._places: dict[bytes, int] = {}
        self._rows = numpy.empty((_MOST, self._layer.width), dtype=numpy.float32)

    @staticmethod
    def fits(model: Model[Any, Any], vocab: Any) -> bool:
        """Whether a model is built as this class takes it to be."""
        if not NAME.fullmatch(model.name):
            return False
        nodes = {node.name: node for node in model.walk()}
        words = set(nodes["extract_features"].attrs["columns"]) <= _OF_A_WORD
        default = vocab.vectors.mode == Mode.default and getattr(vocab.vectors, "attr", "ORTH") in ("ORTH", 65)
        return words and (default or "static_vectors" not in nodes)

    def __call__(self, docs: Sequence[Doc]) -> Floats:
        """A row for each token of some docs, one after the other."""
        words = numpy.concatenate([doc.to_array(_OF_A_TOKEN).reshape(-1, len(_OF_A_TOKEN)) for doc in docs])
        keys: list[bytes] = words.view(f"V{words.itemsize * len(_OF_A_TOKEN)}").ravel().tolist()
        with self._lock:
            if new := self._new(keys):
                self._learn(new, docs)
            return self._rows[[self._places[key] for key in keys]]

    def _new(self, keys: list[bytes]) -> dict[bytes, int]:
        """The words that have no row yet, each with a place where it stands; all, if there is no room for the new."""
        new = {key: place for place, key in enumerate(keys) if key not in self._places}
        if len(self._places) + len(new) <= len(self._rows):
            return new
        self._places.clear()
        new = {key: place for place, key in enumerate(keys)}
        if len(new) > len(self._rows):
            self._rows = numpy.empty((len(new), self._layer.width), dtype=numpy.float32)
        return new

    def _learn(self, new: dict[bytes, int], docs: Sequence[Doc]) -> None:
        """Work the rows of new words out; none counts as known before, for a clock may end the reading anywhere."""
        first = len(self._places)
        columns: list[int | str] = ["ORTH", *self._columns]
        attributes = numpy.concatenate([doc.to_array(columns) for doc in docs])[list(new.values())]
        for block in blocks(len(new)):
            self._rows[first + block.start : first + block.stop] = self._embedded(attributes[block])
        self._places.update((key, first + number) for number, key in enumerate(new))

    def _embedded(self, attributes: NDArray[numpy.uint64]) -> Floats:
        """The rows of at most a block of words, worked out as if there were a whole one."""
        full = numpy.zeros((BLOCK, attributes.shape[1]), dtype=numpy.uint64)
        full[: len(attributes)] = attributes
        parts = [numpy.ascontiguousarray(part) for part in self._parts(full)]
        return self._layer(numpy.vstack(parts))[:, : len(attributes)].T

    def _parts(self, attributes: NDArray[numpy.uint64]) -> Iterator[Floats]:
        yield self._hashed.predict(numpy.ascontiguousarray(attributes[:, 1:])).T
        if self._projection is not None:
            rows = self._vectors.find(keys=attributes[:, 0])
            projected = self._projection @ numpy.ascontiguousarray(self._vectors.data[rows].T)
            projected[:, rows < 0] = 0
            yield projected
