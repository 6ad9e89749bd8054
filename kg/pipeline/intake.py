"""Articles as they come in, those that are to be read out: what is in the store already is told without reading it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from kg.errors import SourceError
from kg.graph.store import Store
from kg.graph.store.account import given
from kg.graph.store.record import reader
from kg.model import Article
from kg.pipeline.shard import Extractor, Result, provenance
from kg.read import languages

_ANY = ("",)  # stands in the account for a reader that nobody asked for


@dataclass(frozen=True, slots=True)
class Intake:
    """Decides for each article whether it is read, and keeps account of what was given for those that were.

    `changed_only` leaves be what another reader, such as an earlier version, made of the same article; `since` leaves
    out what was issued before that day.
    """

    store: Store
    extractor: Extractor | None = None
    changed_only: bool = False
    since: date | None = None
    _given: dict[str, bytes] = field(default_factory=dict)  # for the articles that are being read, by identifier
    _readers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by language

    def is_wanted(self, article: Article) -> bool:
        """Whether an article is of the days that are; one that says no day is."""
        return not (self.since and article.issued and article.issued < self.since)

    def unread(self, article: Article) -> Article | None:
        """The article with its language, if it is to be read; None where the store holds what would be read of it.

        The account is asked first: to tell a language takes ten times as long as that. Raises `SourceError` for a
        language that is not read.
        """
        digest, account = given(article), self.store.account
        noted = account.find(article.id, digest)
        if noted and self._is_enough(noted.language, noted.reader) and account.is_untouched(article.id, noted):
            return None
        article = replace(article, language=noted.language) if noted else languages.settled(article)
        if made_by := self._current(article):
            account.note(article.id, digest, article.language or "", made_by)
            return None
        self._given[article.id] = digest
        return article

    def stored(self, result: Result) -> None:
        """Keep account of an article whose graph is in the store now."""
        language = result.article.language or ""
        if digest := self._given.pop(result.article.id, None):
            made_by = provenance(language, None if result.note else self.extractor)
            self.store.account.note(result.article.id, digest, language, reader(made_by))

    def _is_enough(self, language: str, made_by: tuple[str, ...]) -> bool:
        return self.changed_only or made_by == self._reader(language)

    def _current(self, article: Article) -> tuple[str, ...] | None:
        """Who made the graph that the store holds of this very article, if that is enough."""
        made_by = self._reader(article.language or "")
        if made_by and self.store.is_current(article, made_by):
            return made_by
        return _ANY if self.changed_only and self.store.is_current(article, None) else None

    def _reader(self, language: str) -> tuple[str, ...]:
        if language not in self._readers:
            try:
                self._readers[language] = reader(provenance(language, self.extractor))
            except SourceError:  # nobody reads the language: it is said when the article's turn comes
                self._readers[language] = ()
        return self._readers[language]
