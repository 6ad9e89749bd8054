from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

import pytest

from kg import plugins
from kg.errors import PluginError
from kg.read.text import read


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[metadata.EntryPoint]]:
    """A list of entry points that stands for all that is installed."""
    parts: list[metadata.EntryPoint] = []
    monkeypatch.setattr(plugins.metadata, "entry_points", lambda group: [p for p in parts if p.group == group])
    plugins._parts.cache_clear()
    yield parts
    plugins._parts.cache_clear()


def part(name: str, value: str) -> metadata.EntryPoint:
    return metadata.EntryPoint(name, value, "kg.readers")


def test_our_own_parts_come_in_by_the_same_door() -> None:
    assert {"csv", "html", "jsonl", "newsml", "txt", "warc"} < set(plugins.names("kg.readers"))
    assert plugins.names("kg.languages") == ("en", "fr")
    assert plugins.load("kg.readers", "txt") is read


def test_a_part_of_somebody_elses_is_found(installed: list[metadata.EntryPoint]) -> None:
    installed += [part("txt", "kg.read.text:read"), part("csv", "csv:reader")]
    assert plugins.names("kg.readers") == ("csv", "txt")


def test_two_parts_of_one_name_are_an_error(installed: list[metadata.EntryPoint]) -> None:
    installed += [part("txt", "kg.read.text:read"), part("txt", "other:read")]
    with pytest.raises(PluginError, match=r"two kg\.readers are called 'txt': kg\.read\.text:read and other:read"):
        plugins.names("kg.readers")


@pytest.mark.parametrize("value", ["no_such_module:read", "kg.read.text:no_such_function"])
def test_a_part_that_does_not_load_is_named(installed: list[metadata.EntryPoint], value: str) -> None:
    installed.append(part("csv", value))
    with pytest.raises(PluginError, match=f"{value} does not load: .*: mend or uninstall it"):
        plugins.load("kg.readers", "csv")


def test_a_name_that_nobody_bears_is_an_error_that_tells_the_others() -> None:
    with pytest.raises(PluginError, match=r"no kg\.readers entry point is called 'odt': there are .*, jsonl, .*, txt"):
        plugins.load("kg.readers", "odt")


def test_without_an_installation_there_are_no_parts(installed: list[metadata.EntryPoint]) -> None:
    with pytest.raises(PluginError, match=r"dateline-kg is not installed"):
        plugins.names("kg.readers")
