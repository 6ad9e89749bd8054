"""A query and values for one of its variables in, the endpoint's rows for each value out; nothing is asked twice.

The values are asked in batches, with a pause between any two requests and a longer one whenever the endpoint says that
it is busy. What it answered is kept in a file, a line a value, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, ServiceError, TryLater
from kg.graph.answer import Row
from kg.graph.remote.endpoint import Endpoint
from kg.graph.sparql import Term
from kg.graph.store import disk

BATCH = 50  # values a request
_LONGEST = 600.0  # seconds that one waits for a busy endpoint at a time
_Rows = list[tuple[str | None, ...]]  # terms as N-Triples writes them


class Courtesy:
    """Asks an endpoint as it would like to be asked; `folder` is where answers are kept.

    `pause` is in seconds; a busy endpoint is asked again `patience` times, after as long as it says, or else after
    twice as long each time. `sleep` and `tell` (called with how many values of how many are known) are for tests and
    people.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        folder: Path,
        *,
        pause: float = 1.0,
        patience: int = 5,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[int, int], None] = lambda known, total: None,
    ) -> None:
        self.endpoint = endpoint
        self.path = folder / f"{hashlib.sha256(endpoint.url.encode()).hexdigest()[:16]}.jsonl"
        self.pause, self.patience, self.sleep, self.tell = pause, patience, sleep, tell
        self._known = _read(self.path)
        self._asked = False

    def rows(self, text: str, variable: str, values: Iterable[Term]) -> dict[Term, list[Row]]:
        """The rows of a query for each value of a variable, which must be one of its columns.

        Raises `ServiceError` where the endpoint fails, breaks off or stays busy, `QueryError` where it calls the query
        malformed.
        """
        query, wanted = hashlib.sha256(text.encode()).hexdigest()[:16], sorted(set(values), key=str)
        unknown = [value for value in wanted if (query, str(value)) not in self._known]
        for start in range(0, len(unknown), BATCH):
            self.tell(len(wanted) - len(unknown) + start, len(wanted))
            batch = unknown[start : start + BATCH]
            self._keep(query, batch, self._ask(text, variable, batch))
        return {value: [_row(row) for row in self._known[query, str(value)]] for value in wanted}

    def _ask(self, text: str, variable: str, batch: Sequence[Term]) -> dict[str, _Rows]:
        for attempt in range(self.patience + 1):
            if self._asked:
                self.sleep(self.pause)
            self._asked = True
            try:
                answer = self.endpoint.query(text, bindings={variable: batch})
                break
            except TryLater as busy:
                if attempt == self.patience:
                    raise
                told = busy.after if busy.after is not None else self.pause * 2 ** (attempt + 1)
                self.sleep(min(told, _LONGEST))
        if variable not in answer.variables:
            raise ServiceError(
                f"{self.endpoint.url}: its answer lacks the column {variable!r}: does it speak SPARQL 1.1?"
            )
        found: dict[str, _Rows] = defaultdict(list)
        try:
            for row in answer.rows():
                key = str(row[answer.variables.index(variable)])
                found[key].append(tuple(None if term is None else str(term) for term in row))
        except QueryError as torn:
            raise ServiceError(f"{self.endpoint.url}: its answer broke off: {torn}") from torn
        return found

    def _keep(self, query: str, batch: Sequence[Term], found: dict[str, _Rows]) -> None:
        # a line break before each line and not behind it, so that what a kill tore stays a line by itself
        lines = ["\n" + json.dumps([query, str(value), found.get(str(value), [])]) for value in batch]
        with disk.failing("write", self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
        self._known.update({(query, str(value)): found.get(str(value), []) for value in batch})


def _read(path: Path) -> dict[tuple[str, str], _Rows]:
    """What is kept; a line that a kill tore is as good as not there."""
    known: dict[tuple[str, str], _Rows] = {}
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return known
    for line in lines:
        try:
            query, value, rows = json.loads(line)
            known[query, value] = [tuple(row) for row in rows]
        except (ValueError, TypeError):
            continue
    return known


def _row(terms: Sequence[str | None]) -> Row:
    return tuple(None if term is None else _term(term) for term in terms)


def _term(text: str) -> Term | None:
    (quad,) = ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object if isinstance(quad.object, (ox.NamedNode, ox.Literal)) else None
