"""Options that belong together in, one value that carries them out: for commands that share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar

_Command = TypeVar("_Command", bound=Callable[..., Any])


def gathered(name: str, kind: type, *options: Any) -> Callable[[_Command], _Command]:
    """Have a command take some options and get them as `name`, a dataclass whose fields are called as they are.

    Options of those names that the command has besides are gathered as well.
    """

    def gathering(command: _Command) -> _Command:
        @wraps(command)
        def called(**typed: Any) -> Any:
            value = kind(**{field.name: typed.pop(field.name) for field in fields(kind)})
            return command(**{name: value}, **typed)

        added: _Command = together(*options)(called)
        return added

    return gathering


def together(*options: Any) -> Callable[[Any], Any]:
    """Some options as one decorator; the help has them in this order."""

    def added(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return added
