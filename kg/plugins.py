"""A group of entry points in, the parts installed under it out: readers, languages, extractors, on first use."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any

from kg.errors import PluginError

DISTRIBUTION = "dateline-kg"


def version() -> str:
    """The version of Dateline that is installed."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError as error:
        raise _not_installed() from error


def names(group: str) -> tuple[str, ...]:
    """The names under a group such as `kg.readers`, sorted. Raises `PluginError` where two parts bear one name."""
    return tuple(sorted(_parts(group)))


def load(group: str, name: str) -> Any:
    """The object that an entry point names.

    Raises `PluginError` where there is none of that name or where it does not load.
    """
    parts = _parts(group)
    if name not in parts:
        raise PluginError(f"no {group} entry point is called {name!r}: there are {', '.join(sorted(parts))}")
    try:
        return parts[name].load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"{_described(parts[name])} does not load: {error}: mend or uninstall it") from error


@cache
def _parts(group: str) -> dict[str, metadata.EntryPoint]:
    parts: dict[str, metadata.EntryPoint] = {}
    for part in metadata.entry_points(group=group):
        if parts.setdefault(part.name, part) != part:
            raise PluginError(
                f"two {group} are called {part.name!r}: {_described(parts[part.name])} and {_described(part)}: "
                "uninstall one"
            )
    if not parts:
        raise _not_installed()
    return parts


def _described(part: metadata.EntryPoint) -> str:
    owner = f" of {part.dist.name}" if part.dist else ""
    return f"{part.value}{owner}"


def _not_installed() -> PluginError:
    return PluginError(f"{DISTRIBUTION} is not installed, so that its parts are unknown: pip install -e .")
