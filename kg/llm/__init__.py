"""A reading in, the same with what a language model adds to it out: the optional second reader.

The model, behind any server that speaks OpenAI's chat completions, is asked for statements in the ontology's closed
vocabulary; what the text does not bear out is dropped.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg import resources
from kg.llm.answers import Heard, contradicts, heard
from kg.llm.asking import Server
from kg.llm.requests import request, stretches
from kg.model import Mention, Reading, Span

__all__ = ["Extractor", "extractor"]

_log = logging.getLogger(__name__)


class Extractor:
    """Adds what a model states; `name` is the rule of its statements and tells its graphs from others."""

    def __init__(self, server: Server, model: str) -> None:
        self.server, self.model = server, model
        self.name = f"llm:{model}"

    def __call__(self, reading: Reading) -> Reading:
        """A reading with the model's statements behind its own. Raises `ServiceError` where it cannot be asked."""
        found: list[Heard] = []
        for stretch in stretches(reading):
            answer = self.server.answer(request(self.model, reading.article.words(stretch)))
            told = [one for one in answer["statements"] if isinstance(one, dict)]
            kept = [h for one in told if (h := heard(one, reading, stretch, self.name))]
            found += [h for h in kept if not any(contradicts(h.statement, reading, own) for own in reading.statements)]
            _log.info("%s: %d of %d statements kept", reading.article.id, len(kept), len(answer["statements"]))
        return _with(reading, found)


def extractor(*, endpoint: str | None, model: str, cache: Path) -> Extractor:
    """The extractor of a model behind an endpoint, with its answers kept below `cache`; the key is `$KG_LLM_KEY`."""
    return Extractor(Server(endpoint, cache / "llm", key=resources.llm_key()), model)


def _with(reading: Reading, found: Iterable[Heard]) -> Reading:
    added: dict[Span, Mention] = {}
    statements = list(reading.statements)
    for one in found:
        if not any(new.span.overlaps(old) and new.span != old for new in one.mentions for old in added):
            added.update({mention.span: mention for mention in one.mentions if mention.span not in added})
            statements += [one.statement] * (one.statement not in statements)
    mentions = sorted((*reading.mentions, *added.values()), key=lambda mention: mention.span)
    return replace(reading, mentions=tuple(mentions), statements=tuple(statements)) if found else reading
