"""A user's file of names in, checked and kept for every later run; what was added can be listed and removed."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg import ontology, resources
from kg.errors import DataError, SourceError
from kg.gazetteer.columns import turtle
from kg.gazetteer.reading import packaged, read
from kg.ontology import SKOS


@dataclass(frozen=True, slots=True)
class Added:
    """A file of names that stands among the user's own."""

    name: str  # what `remove` calls it
    entries: int
    names: int


def add(file: Path) -> Added:
    """Check a Turtle or CSV file and keep it; one of that name that was added before is replaced.

    Raises `SourceError` where there is no such file, `DataError` with the place of what is wrong in it.
    """
    home = resources.names_home()
    if not file.is_file():
        raise SourceError(f"{file}: no such file")
    name = re.sub(r"[^\w.-]+", "-", file.stem)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, f"{name}.ttl")
        _write(file, made)
        others = [path for path in resources.own_names() if path.name != made.name]
        try:
            read(packaged(), classes=ontology.load().parents, own=[*others, made])
        except DataError as error:
            raise DataError(str(error).replace(str(made), str(file))) from error
        home.mkdir(parents=True, exist_ok=True)
        shutil.move(made, home / made.name)
    return _added(home / made.name)


def added() -> list[Added]:
    """The files that were added, by name."""
    return [_added(path) for path in resources.own_names()]


def remove(name: str) -> None:
    """Forget a file of names. Raises `SourceError` where none of that name was added."""
    files = {path.stem: path for path in resources.own_names()}
    if name not in files:
        there = f"there are {', '.join(files)}" if files else "there is none"
        raise SourceError(f"{name}: no names of that name were added: {there}")
    files[name].unlink()


def _write(file: Path, made: Path) -> None:
    if file.suffix.lower() == ".ttl":
        shutil.copyfile(file, made)
    elif file.suffix.lower() in {".csv", ".tsv"}:
        known = read(packaged(), classes=ontology.load().parents)
        made.write_text(turtle(file, known), encoding="utf-8")
    else:
        raise DataError(f"{file}: names come in a .ttl (Turtle) or a .csv file")


def _added(path: Path) -> Added:
    about = ontology.read_turtle(path)
    labels = (SKOS + "prefLabel", SKOS + "altLabel")
    return Added(path.stem, len(about), sum(len(one.get(label, ())) for one in about.values() for label in labels))
