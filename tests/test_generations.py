"""Changes to Oxigraph stores in, numbered states of them out."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store.generations import Generations


def quad(name: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p"), ox.Literal(name), ox.DefaultGraph())


def add(writer: Generations, *names: str) -> None:
    for store in writer.begin():
        store.extend(map(quad, names))


def read(reader: Generations) -> list[str]:
    return sorted(quad.object.value for quad in reader.read() or ox.Store() if isinstance(quad.object, ox.Literal))


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_readers_see_what_was_published_and_only_that(tmp_path: Path) -> None:
    writer, reader = Generations(tmp_path / "g", "one", "two"), Generations(tmp_path / "g", "one", "two")
    assert reader.newest() is None and reader.read() is None and not reader.is_sound()
    add(writer, "a")
    assert reader.read() is None
    writer.publish()
    assert read(reader) == ["a"] and reader.is_sound()
    add(writer, "b")
    assert read(reader) == ["a"]
    writer.publish()
    assert read(reader) == ["a", "b"] and reader.newest() == 2


def test_what_a_reader_has_open_stays_though_it_is_superseded_and_removed(tmp_path: Path) -> None:
    writer, reader = Generations(tmp_path, "one"), Generations(tmp_path, "one")
    add(writer, "a")
    writer.publish()
    opened = reader.read()
    for name in "bcde":
        add(writer, name)
        writer.publish()
    assert listing(tmp_path) == ["4", "5", "work"]
    assert [quad.object.value for quad in opened or ()] == ["a"]
    assert read(reader) == ["a", "b", "c", "d", "e"]


def test_what_is_not_published_is_lost_and_leaves_nothing(tmp_path: Path) -> None:
    writer = Generations(tmp_path, "one")
    add(writer, "a")
    writer.publish()
    add(writer, "b")
    writer.close()
    assert listing(tmp_path) == ["1"]
    add(writer, "c")
    writer.publish()
    assert read(writer) == ["a", "c"]


def test_afresh_begins_with_nothing(tmp_path: Path) -> None:
    writer = Generations(tmp_path, "one")
    add(writer, "a")
    writer.publish()
    (store,) = writer.begin(afresh=True)
    store.add(quad("b"))
    writer.publish()
    assert read(Generations(tmp_path, "one")) == ["b"]


def test_a_killed_writer_leaves_what_is_swept(tmp_path: Path) -> None:
    (tmp_path / "work" / "one").mkdir(parents=True)
    (tmp_path / "next").mkdir()
    writer = Generations(tmp_path, "one")
    writer.sweep()
    assert listing(tmp_path) == []
    add(writer, "a")
    writer.publish()
    assert read(writer) == ["a"]


def test_a_damaged_generation_is_told(tmp_path: Path) -> None:
    (tmp_path / "3" / "one").mkdir(parents=True)
    (tmp_path / "3" / "one" / "CURRENT").write_text("garbage\n")
    reader = Generations(tmp_path, "one")
    assert not reader.is_sound()
    with pytest.raises(OSError, match="3/one"):
        reader.read()
