"""An address of the explorer in, what a function of the graph finds for it, as JSON, out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import UnknownThing
from kg.graph.exploring.explored import Explored
from kg.service import parameters
from kg.service.answered import Answered
from kg.service.parameters import Parameter
from kg.service.pool import Pool

JSON = "application/json"


class Explorable(Protocol):
    """A source that the explorer can ask: a `Served` store, a `Dataset`."""

    def explored(self) -> Explored:
        """It as it is now."""
        ...


def explored(source: Explorable) -> Explored:
    """What the explorer asks. Raises `UnknownThing` for a source without pages, such as a plain `Store`."""
    if not hasattr(source, "explored"):
        raise UnknownThing("there are no pages of what is served here: open it as Served or as a Dataset")
    return source.explored()


@dataclass(frozen=True, slots=True)
class Address:
    """What answers a path: a function of the module level, which gets what is explored and the values of these
    parameters by name, and gives what JSON can hold. A `KGError` that it raises is told with its status:
    `UnknownThing` as 404, any other `QueryError` as 400.
    """

    found: Callable[..., object]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tell:
    """The work in a worker: what a function finds, as JSON."""

    found: Callable[..., object]
    values: Mapping[str, Any]

    def __call__(self, source: Explorable, file: IO[bytes]) -> None:
        """Raises what the function raises."""
        told = self.found(explored(source), **self.values)
        file.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def routes(pool: Pool, addresses: Mapping[str, Address]) -> Iterator[Route]:
    """The routes of addresses by their paths."""
    for path, address in addresses.items():
        yield Route(path, _Endpoint(pool, address).answer, methods=["GET"])


class _Endpoint:
    def __init__(self, pool: Pool, address: Address) -> None:
        self._pool, self._address = pool, address

    async def answer(self, request: Request) -> Response:
        """Raises `RefusedError`, and as `Address` says."""
        values = parameters.values(request, self._address.parameters, self._pool.limits)
        return Answered(self._pool, Tell(self._address.found, values), JSON)
