"""Everything Dateline raises on purpose; a message says what, where, and what would be right."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class KGError(Exception):
    """The root of all errors that a user can cause and can mend."""


class DataError(KGError):
    """A file of `ontology/`, `queries/` or `languages/` is malformed."""


class UnknownTerm(DataError):  # noqa: N818
    """A name that the ontology does not define."""


class Reason(StrEnum):
    """Why an article or a file was not read, in a word for programs: what `kg ingest --report` calls `reason`."""

    NOT_FOUND = "not-found"
    UNREADABLE = "unreadable"  # the system does not let it be read: rights, a loop of links, a disk that fails
    CHANGED = "changed"  # it became another file while it was read
    EMPTY = "empty"
    FORMAT = "format"  # no format that is read
    MALFORMED = "malformed"  # it says that it is of a format, and is not
    ENCODING = "encoding"
    TOO_LARGE = "too-large"
    BOMB = "bomb"  # small, and made to become huge: entities, compression, nesting
    UNSAFE = "unsafe"  # it asks for what is none of its business: a file outside, another's address
    LANGUAGE = "language"
    METADATA = "metadata"  # a date, an address or an identifier that is none
    ID_TAKEN = "id-taken"  # another article has the same identifier
    NOT_INSTALLED = "not-installed"  # an extra is needed that reads the format
    WITHDRAWN = "withdrawn"  # its publisher canceled it, or withholds it: no fault
    SUPERSEDED = "superseded"  # a newer version of it is known: no fault
    REFUSED = "refused"  # the web site does not want it read, or the address is not public
    NO_ANSWER = "no-answer"  # the web site fails
    TOO_SLOW = "too-slow"
    MEMORY = "memory"
    BROKEN = "broken"  # the reader is at fault


class SourceError(KGError):
    """An article cannot be read; `reason` says why in a word, `where` in which file, line or address it stands.

    `id` is the article's, as far as it is known.
    """

    def __init__(self, message: str, *, reason: Reason = Reason.UNREADABLE, where: str = "", id: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.where = where
        self.id = id

    def at(self, where: str, id: str = "") -> Self:
        """The same error on one line that begins with where it happened; one that has its place keeps it."""
        said = " ".join(str(self).split("\n"))
        message = said if self.where else f"{where}: {said}"
        return type(self)(message, reason=self.reason, where=self.where or where, id=self.id or id)

    def __reduce__(self) -> tuple[object, ...]:  # workers send it, and keyword arguments are not pickled by themselves
        return _source_error, (type(self), str(self), self.reason, self.where, self.id)


class PassedOver(SourceError):  # noqa: N818
    """A file among others that holds no article, as a picture or a style sheet in a folder: counted, and no fault."""


class Withdrawn(SourceError):  # noqa: N818
    """An item that its publisher took back: what the store has of it goes, and nothing of it comes any more.

    `version` is that which says so (`kg.model.Version`): a newer one may come back.
    """

    def __init__(self, message: str, *, version: tuple[int, str, bool], where: str = "", id: str = "") -> None:
        super().__init__(message, reason=Reason.WITHDRAWN, where=where, id=id)
        self.version = version

    def at(self, where: str, id: str = "") -> Self:
        """As `SourceError` has it."""
        said = SourceError(str(self), where=self.where, id=self.id).at(where, id)
        return type(self)(str(said), version=self.version, where=said.where, id=said.id)


def _source_error(kind: type[SourceError], message: str, reason: Reason, where: str, id: str) -> SourceError:
    return kind(message, reason=reason, where=where, id=id)


class StoreError(KGError):
    """A store is missing, locked, or not of a kind this version reads."""


class StoreInUse(StoreError):  # noqa: N818
    """A store that somebody else is writing into."""


class QueryError(KGError):
    """A query is wrong, unknown or not allowed."""


class UnknownGraph(QueryError):  # noqa: N818
    """A graph is asked for or taken away that is not there."""


class UnknownThing(QueryError):  # noqa: N818
    """Something is asked for of which the graph says nothing."""


class NotWritable(QueryError):  # noqa: N818
    """A graph is to be changed that may not be changed this way."""


class ServiceError(KGError):
    """A server cannot be started, or a remote one does not answer as it should."""


class TryLater(ServiceError):  # noqa: N818
    """A remote server is too busy to answer; `after` is how many seconds it asks to wait, if it says so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class PluginError(KGError):
    """Two plug-ins bear one name, or one does not load."""
