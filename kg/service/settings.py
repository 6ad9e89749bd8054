"""What is on in a service, beyond reading: one value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import ServiceError
from kg.service.token import Token
from kg.service.watching import Exchange

_NAME = re.compile(r"\*|(?:\*\.)?[\w.:\[\]-]+")
_ORIGIN = re.compile(r"https?://[^/?#\s,]+|\*")


@dataclass(frozen=True, slots=True)
class Settings:
    """`union`: a query without FROM sees all graphs as one, and not the default graph alone. `token`: who brings it may
    write; nobody without one. `origins`: whose pages may ask from a browser, such as https://example.org, or `*` for
    anybody's. `names` are those that a server on loopback is asked by besides its own, behind a proxy. `observers` are
    told of each request.

    Raises `ServiceError` for what is no origin, or no name.
    """

    union: bool = True
    token: Token | None = None
    origins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    observers: tuple[Callable[[Exchange], None], ...] = ()

    def __post_init__(self) -> None:
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise ServiceError(f"{name}: not a name of a server: without scheme and path, as kg.example.org")
        for origin in self.origins:
            if not _ORIGIN.fullmatch(origin):
                raise ServiceError(f"{origin}: not an origin: scheme and host without a path, as https://example.org")
