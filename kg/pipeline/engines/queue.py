"""Articles in as they come, shards out in the order in which they are best read: the longest first.

They are ordered within a window alone, so that no article waits for ever and no more than two windows are in memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Article
from kg.pipeline.engines.here import BATCH

_WINDOW = 512  # articles, at least
_PER_JOB = 4 * BATCH  # articles that are enough to order, where somebody would like to have a shard in hand
_ROOM = 4_000_000  # characters in a window
_SHARD = 60_000  # characters: a batch of news has a third as many
_EACH = 100  # characters that an article counts besides its own: an empty one is work, too


@dataclass(slots=True)
class Shard:
    """Articles of one language that are read together; a `suspect` is one whose reader has died once."""

    articles: deque[Article] = field(default_factory=deque)
    is_suspect: bool = False

    @property
    def size(self) -> int:
        """Characters, about."""
        return sum(map(_size, self.articles))


class Queue:
    """What waits to be read by so many `jobs`; `size` is in characters, about."""

    def __init__(self, jobs: int) -> None:
        self.size = 0
        self._enough = jobs * _PER_JOB
        self._most = max(_WINDOW, self._enough)
        self._window: list[Article] = []
        self._filled = 0
        self._shards: deque[Shard] = deque()

    @property
    def is_full(self) -> bool:
        """Whether it takes no more for now."""
        return self._filled >= _ROOM or len(self._window) >= self._most

    def put(self, article: Article) -> None:
        """Have an article wait for its turn."""
        self._window.append(article)
        self._filled += _size(article)
        self.size += _size(article)

    def put_back(self, shards: Iterable[Shard]) -> None:
        """Have shards go next, again."""
        for shard in shards:
            self._shards.appendleft(shard)
            self.size += shard.size

    def take(self, *, at_once: bool) -> Shard | None:
        """The next shard; None where there is none, or, unless one is wanted `at_once`, where too few wait."""
        if not self._shards and (at_once or self.is_full or len(self._window) >= self._enough):
            self._shards.extend(_cut(self._window))
            self._window, self._filled = [], 0
        if not self._shards:
            return None
        shard = self._shards.popleft()
        self.size -= shard.size
        return shard


def _cut(articles: list[Article]) -> list[Shard]:
    """Shards of no more articles and characters than a batch should have."""
    shards: list[Shard] = []
    size, language = 0, None
    for article in sorted(articles, key=lambda article: (article.language or "", -len(article.text))):
        size += _size(article)
        if not shards or len(shards[-1].articles) == BATCH or size > _SHARD or article.language != language:
            shards.append(Shard())
            size, language = _size(article), article.language
        shards[-1].articles.append(article)
    return shards


def _size(article: Article) -> int:
    return len(article.text) + _EACH
