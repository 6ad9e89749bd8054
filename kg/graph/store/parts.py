"""A store's folder in, the parts that it is made of out: two kinds of files of record, who is whom, and the index.

`articles/`  each article's Turtle and text, `record.py`
`graphs/`    named graphs beside the articles', `additions.py`
`identity/`  who is whom, `identities.py`
`index/`     what queries are asked of, made of the others, `index.py`; its journal tells what it has still to take in,
             and `account.py` what was given for each article, `dispatches.py` which of them are printings of one
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kg.graph.names import Namespaces
from kg.graph.store.account import Account
from kg.graph.store.additions import Additions
from kg.graph.store.dispatches import Dispatches
from kg.graph.store.identities import Identities
from kg.graph.store.index import Index
from kg.graph.store.journal import Journal
from kg.graph.store.record import Record


@dataclass(frozen=True, slots=True)
class Parts:
    """What a store consists of, for those who read, write and mend it."""

    path: Path
    names: Namespaces
    record: Record
    additions: Additions
    identities: Identities
    index: Index
    journal: Journal
    account: Account
    dispatches: Dispatches

    @classmethod
    def of(cls, path: Path, names: Namespaces) -> Self:
        """The parts of the store in a folder; nothing is read or written."""
        record = Record(path / "articles")
        return cls(
            path,
            names,
            record,
            Additions(path / "graphs", names),
            Identities(path, names),
            Index(path / "index"),
            Journal(path / "index" / "journal"),
            Account(path / "index" / "account.sqlite", record),
            Dispatches(path / "index" / "dispatches.sqlite"),
        )

    def is_empty(self) -> bool:
        """Whether there is nothing that an index could be made of."""
        return not any(self.record) and not any(self.additions)
