"""A model's `tok2vec` in, one with the same vectors out that costs less than half of the time, for reading alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.tokens import Doc
from thinc.api import Model

from kg.text.pipes.embedding import Embedding
from kg.text.pipes.encoding import Encoding
from kg.text.pipes.maxout import Floats

Vectors = Model[Sequence[Doc], list[Floats]]


def reading(model: Model[Any, Any], vocab: Any) -> Vectors | None:
    """What takes a layer's place, which has the vectors but does not learn; None for a layer of another build."""
    if len(model.layers) != 2 or not Embedding.fits(model.layers[0], vocab) or not Encoding.fits(model.layers[1]):
        return None
    embed, encode = Embedding(model.layers[0], vocab), Encoding(model.layers[1])

    def forward(_: Vectors, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[..., Any]]:
        if is_train:
            raise NotImplementedError("this pipeline only reads: kg.text.languages.base_model gives one that learns")
        return encode(embed(docs), [len(doc) for doc in docs]), lambda gradients: []

    return Model("vectors_for_reading", forward, dims={"nO": model.maybe_get_dim("nO")})
