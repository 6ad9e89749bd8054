"""Docs in, what is said of their tokens out as columns of numbers; and columns in, written into docs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc


def columns(docs: Sequence[Doc], *names: str) -> list[NDArray[numpy.uint64]]:
    """Attributes of the tokens of docs, one after the other: an array for each name."""
    attributes: list[int | str] = list(names)
    return list(numpy.concatenate([doc.to_array(attributes).reshape(-1, len(names)) for doc in docs]).T)


def write(docs: Sequence[Doc], names: Sequence[str], values: NDArray[numpy.uint64]) -> None:
    """Give the tokens of docs the values of some attributes: a row a name, a column a token."""
    start = 0
    for doc in docs:
        if len(doc):
            doc.from_array(list(names), values[:, start : start + len(doc)].T)  # type: ignore[arg-type]
        start += len(doc)
