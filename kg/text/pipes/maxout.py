"""Columns of features in, columns of a maxout layer with layer normalization out: thinc's layers for reading alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
from numpy.typing import NDArray
from thinc.api import Model

Floats = NDArray[numpy.float32]
BLOCK = 192  # columns in a product: what it is worked out from stays in a core's own cache


def blocks(length: int, size: int = BLOCK) -> Iterator[slice]:
    """The pieces of at most a size in so many columns or rows."""
    return (slice(start, min(start + size, length)) for start in range(0, length, size))


class Layer:
    """The weights of `Maxout(normalize=True)`, a block for each piece, so that the greatest is taken column by column.

    Tokens stand in columns: what is summed up for a token, its mean and variance, then adds whole rows.
    """

    def __init__(self, maxout: Model[Any, Any], normalize: Model[Any, Any]) -> None:
        """Copy the weights of the two layers of thinc."""
        weights: NDArray[Any] = numpy.asarray(maxout.get_param("W"))
        bias: NDArray[Any] = numpy.asarray(maxout.get_param("b"))
        self.width, pieces, inputs = weights.shape
        self.height = pieces * self.width
        self._weights = numpy.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(self.height, inputs)
        self._bias = numpy.ascontiguousarray(bias.T).reshape(-1, 1)
        self._gain, self._shift = (numpy.asarray(normalize.get_param(name))[:, numpy.newaxis] for name in "Gb")
        self._mean = numpy.full(self.width, 1 / self.width, dtype=numpy.float32)

    def __call__(self, columns: Floats, products: Floats | None = None) -> Floats:
        """What the layer makes of `BLOCK` columns; `products` may bring the room for what it multiplies."""
        products = numpy.matmul(self._weights, columns, out=products)
        products += self._bias
        greatest: Floats
        greatest, *others = products.reshape(-1, self.width, columns.shape[1])
        for other in others:
            numpy.maximum(greatest, other, out=greatest)
        greatest -= self._mean @ greatest
        variance = numpy.einsum("ij,ij->j", greatest, greatest) * self._mean[0] + numpy.float32(1e-8)
        greatest *= variance ** numpy.float32(-0.5)
        greatest *= self._gain
        greatest += self._shift
        return greatest
