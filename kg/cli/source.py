"""What a command reads in, a store or an endpoint that is open as long as it is wanted out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

endpoint_option: Callable[[_Command], _Command] = click.option(
    "--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead of a store; $KG_LOGIN is its login."
)


@contextmanager
def opened(source: Path | str) -> Iterator[Store | Endpoint]:
    """A store (a path) or an endpoint (a URL)."""
    from kg import resources
    from kg.graph.remote import Endpoint
    from kg.graph.remote.web import Login
    from kg.graph.store import Store

    if isinstance(source, str):
        yield Endpoint(source, login=Login.parse(resources.login() or ""))
    else:
        with Store.open(source) as store:
            yield store
