"""Articles as they come in, those that are to be read out: what is in the store already is told without reading it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.errors import SourceError, StoreError, Withdrawn
from kg.graph.store import Store
from kg.graph.store.account import given
from kg.graph.store.citing import article_of
from kg.graph.store.record import reader
from kg.model import Article, Version, is_outdated
from kg.pipeline.duplicates import Duplicates
from kg.pipeline.outcome import Outcome, Status
from kg.pipeline.shard import Extractor, Result, provenance
from kg.read import languages, versions

_ANY = ("",)  # stands in the account for a reader that nobody asked for


class Intake:
    """Decides for each article whether it is read, and keeps account of what was given for those that were.

    `changed_only` leaves be what another reader, such as an earlier version, made of the same article; `since` leaves
    out what was issued before that day; `keep_duplicates` reads each printing of a dispatch.
    """

    def __init__(
        self,
        store: Store,
        extractor: Extractor | None = None,
        *,
        changed_only: bool = False,
        since: date | None = None,
        keep_duplicates: bool = False,
    ) -> None:
        self._store, self._extractor = store, extractor
        self._changed_only, self._since, self._keep_duplicates = changed_only, since, keep_duplicates
        self._duplicates = Duplicates(store)
        # for the articles that are being read, by identifier: the version that came last, and what was given for it
        self._given: dict[str, tuple[Version | None, bytes]] = {}
        self._readers: dict[str, tuple[str, ...]] = {}  # by language

    def take(self, article: Article) -> tuple[Outcome | None, list[Article]]:
        """What became of an article, if that is known, and the articles that are to be read now, with their languages.

        The account is asked first: to tell a language takes ten times as long as that. Raises `SourceError` for a
        language that is not read, and for what is older than the version that the store has.
        """
        known = self._newest(article)
        if known and is_outdated(article.version, known):
            raise versions.refusal(known).at(article.where, article.id)
        outcome, unread = self._taken(article)
        if outcome and outcome.status != Status.PASSED_OVER:
            self._note_version(article)
        return outcome, unread

    def withdraw(self, item: Withdrawn) -> tuple[SourceError, list[Article]]:
        """Take out an item that its publisher took back, and have no older version of it come in any more.

        Gives what is to be said of it, and the articles for which it stood, which are to be read now.
        """
        version, account = Version(*item.version), self._store.parts.account
        known = self._newest(Article(item.id, "", version=version))
        if known and version < known:
            return versions.refusal(known).at(item.where, item.id), []
        account.note_version(item.id, version)
        self._given.pop(item.id, None)
        self._store.remove(item.id)
        return item, self._expecting(self._duplicates.withdrawn(item.id))

    def is_wanted(self, result: Result) -> bool:
        """Whether a result is to be stored: while it was made, a newer version may have been, or a withdrawal come."""
        article = result.article
        if is_outdated(article.version, self._store.parts.account.newest(article.id)):
            return False
        self._note_version(article)
        return True

    def _newest(self, article: Article) -> Version | None:
        """The newest version that the store was given, by its account, or else by what its record says."""
        parts = self._store.parts
        known = parts.account.newest(article.id)
        if known or not article.version or article.id not in self._store:
            return known
        try:
            return article_of(parts.record.load(parts.record.path(article.id)), "", article.id).version
        except StoreError:  # a damaged file, which is put right by what is given
            return None

    def _note_version(self, article: Article) -> None:
        if article.version:
            self._store.parts.account.note_version(article.id, article.version)

    def _taken(self, article: Article) -> tuple[Outcome | None, list[Article]]:
        if self._since and article.issued and article.issued < self._since:
            return Outcome.of(article, Status.PASSED_OVER, f"issued on {article.issued}"), []
        digest, account = given(article), self._store.parts.account
        if self._given.get(article.id) == (article.version, digest):  # a feed may have an entry 100,000 times
            return Outcome.of(article, Status.UNCHANGED), []
        noted = account.find(article.id, digest)
        if noted and self._is_enough(noted.language, noted.reader) and account.is_untouched(article.id, noted):
            return Outcome.of(article, Status.UNCHANGED), []
        if not self._keep_duplicates and self._duplicates.stands(article, digest):
            return Outcome.of(article, Status.UNCHANGED), []
        article = replace(article, language=noted.language) if noted else languages.settled(article)
        if made_by := self._current(article):
            account.note(article.id, digest, article.language or "", made_by)
            return Outcome.of(article, Status.UNCHANGED), []
        return self._met(article, digest)

    def _met(self, article: Article, digest: bytes) -> tuple[Outcome | None, list[Article]]:
        root, released = (None, []) if self._keep_duplicates else self._duplicates.meet(article, digest)
        self._expecting(released)
        if root is None:
            self._given[article.id] = article.version, digest
            return None, [article, *released]
        return Outcome.of(article, Status.DUPLICATE, f"the same dispatch as {root}", same_as=root), released

    def _expecting(self, released: list[Article]) -> list[Article]:
        self._given.update((one.id, (one.version, given(one))) for one in released)
        return released

    def stored(self, result: Result) -> None:
        """Keep account of an article whose graph is in the store now; one that was taken back meanwhile goes again."""
        article = result.article
        if (known := self._store.parts.account.newest(article.id)) and known.withdrawn:
            self._store.remove(article.id)
            return
        self._duplicates.apart(article.id) if self._keep_duplicates else self._duplicates.stored(article.id)
        version, digest = self._given.get(article.id, (None, b""))
        if digest and version == article.version:
            del self._given[article.id]
            made_by = provenance(article.language or "", None if result.note else self._extractor)
            self._store.parts.account.note(article.id, digest, article.language or "", reader(made_by))

    def failed(self, error: SourceError) -> list[Article]:
        """Let go of an article that could not be read; gives those for which it was to stand, which are read now."""
        self._given.pop(error.id, None)
        return self._duplicates.failed(error.id) if error.id and not self._keep_duplicates else []

    def finish(self) -> None:
        """Leave the store so that the next run finds all in order. Raises `StoreError`."""
        self._duplicates.finish()

    def _is_enough(self, language: str, made_by: tuple[str, ...]) -> bool:
        return self._changed_only or made_by == self._reader(language)

    def _current(self, article: Article) -> tuple[str, ...] | None:
        """Who made the graph that the store holds of this very article, if that is enough."""
        made_by = self._reader(article.language or "")
        if made_by and self._store.is_current(article, made_by):
            return made_by
        return _ANY if self._changed_only and self._store.is_current(article, None) else None

    def _reader(self, language: str) -> tuple[str, ...]:
        if language not in self._readers:
            try:
                self._readers[language] = reader(provenance(language, self._extractor))
            except SourceError:  # nobody reads the language: it is said when the article's turn comes
                self._readers[language] = ()
        return self._readers[language]
