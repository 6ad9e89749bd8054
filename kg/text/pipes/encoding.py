"""The embedded tokens of some docs in, each with what stands around it out: spaCy's convolutions, for reading alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy
from thinc.api import Model

from kg.text.pipes.maxout import BLOCK, Floats, Layer, blocks

NAME = re.compile(
    r"with_array\((?:residual\(expand_window>>maxout>>layernorm>>dropout\)>>)*"
    r"residual\(expand_window>>maxout>>layernorm>>dropout\)\)"
)


class Encoding:
    """spaCy's `MaxoutWindowEncoder`: layers that see a token with its two neighbours, docs apart by empty columns."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Take the weights of a model whose name is as `NAME` tells."""
        self._gap: int = model.attrs["pad"]
        nodes = [node for node in model.walk(order="dfs_pre") if node.name in ("maxout", "layernorm")]
        self._layers = [Layer(*pair) for pair in zip(nodes[::2], nodes[1::2], strict=True)]
        self._width = self._layers[0].width

    @staticmethod
    def fits(model: Model[Any, Any]) -> bool:
        """Whether a model is built as this class takes it to be."""
        if not NAME.fullmatch(model.name):
            return False
        windows = [node.attrs["window_size"] for node in model.walk() if node.name == "expand_window"]
        return set(windows) == {1} and model.attrs["pad"] >= len(windows)

    def __call__(self, rows: Floats, lengths: Sequence[int]) -> list[Floats]:
        """The rows of tokens of docs that are so long, one array a doc."""
        starts = numpy.cumsum([1 + self._gap, *(length + self._gap for length in lengths)])
        columns = numpy.zeros((self._width, -(-int(starts[-1]) // BLOCK) * BLOCK + 2), dtype=numpy.float32)
        ends = numpy.cumsum([0, *lengths])
        docs = list(zip(starts.tolist(), lengths, ends.tolist(), strict=False))
        for start, length, first in docs:
            columns[:, start : start + length] = rows[first : first + length].T
        columns = self._encoded(columns)
        return [numpy.ascontiguousarray(columns[:, start : start + length].T) for start, length, _ in docs]

    def _encoded(self, columns: Floats) -> Floats:
        """What the layers make of columns, between one at each end that stays empty."""
        windows = numpy.empty((3 * self._width, BLOCK), dtype=numpy.float32)
        products = numpy.empty((self._layers[0].height, BLOCK), dtype=numpy.float32)
        for layer in self._layers:
            after = numpy.zeros_like(columns)
            for block in blocks(columns.shape[1] - 2):
                for side in range(3):
                    windows[side * self._width : (side + 1) * self._width] = columns[:, block.start + side :][:, :BLOCK]
                middle = slice(block.start + 1, block.stop + 1)
                numpy.add(layer(windows, products), columns[:, middle], out=after[:, middle])
            columns = after
        return columns
