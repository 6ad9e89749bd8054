"""What a command reads in, a store or an endpoint that is open as long as it is wanted out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

endpoint_option: Callable[[_Command], _Command] = click.option(
    "--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead of a store; $KG_LOGIN is its login."
)


def is_named(option: str) -> bool:
    """Whether somebody typed an option of the command that runs, and did not leave it to its default."""
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def chosen(store: str, endpoint: str | None) -> Path | str:
    """The store or the endpoint that a command is to read, never both. Raises `click.UsageError`."""
    if endpoint and is_named("store"):
        raise click.UsageError("--store and --endpoint: ask the one or the other")
    return endpoint or Path(store)


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
