"""A batch that breaks the reader in, its articles read one by one, without what was parsed of the batch."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence

import pytest

from kg.errors import Reason, SourceError
from kg.graph.names import Namespaces
from kg.model import Article, Reading
from kg.pipeline import shard


class Parsed:
    """What takes much memory."""


def test_what_was_parsed_of_a_broken_batch_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[weakref.ref[Parsed]] = []

    def read(articles: Sequence[Article]) -> Iterator[Reading]:
        assert not any(parsed() for parsed in held)
        parsed = Parsed()
        held.append(weakref.ref(parsed))
        for article in articles:
            if article.id == "b":
                raise SourceError("too much", reason=Reason.MEMORY)
            yield Reading(article)

    monkeypatch.setattr("kg.pipeline.shard.text.read", read)
    articles = [Article(id, "Un texte.", language="fr") for id in "abc"]
    found = [isinstance(result, SourceError) for result in shard.results(articles, Namespaces())]
    assert (found, len(held)) == ([False, True, False], 3)
