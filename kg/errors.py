"""Everything Dateline raises on purpose; a message says what, where, and what would be right."""


class KGError(Exception):
    """The root of all errors that a user can cause and can mend."""


class DataError(KGError):
    """A file of `ontology/`, `queries/` or `languages/` is malformed."""


class UnknownTerm(DataError):  # noqa: N818
    """A name that the ontology does not define."""


class SourceError(KGError):
    """An article cannot be read."""


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
