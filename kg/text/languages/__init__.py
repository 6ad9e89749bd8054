"""A language code in, what its model's labels mean and the model itself out; loaded once, on first use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg import plugins
from kg.errors import DataError, SourceError
from kg.model import KG

if TYPE_CHECKING:
    import spacy

GROUP = "kg.languages"
_taught: dict[str, Path] = {}  # language -> the recogniser that takes the place of ours


@dataclass(frozen=True, slots=True)
class Language:
    """How one model speaks of one language: its labels by construction."""

    code: str
    name: str
    model: str  # the Python package that holds the model
    distribution: str  # the name under which it is installed
    recognizer: str  # the folder beside the file with our own recogniser of names; "" to keep the model's
    join_hyphens: bool
    lemma_endings: tuple[str, ...]  # what a lemma that the model left as it stood may lack
    kinds: dict[str, str]  # entity label -> class IRI
    products: frozenset[str]  # entity labels of what a company offers, which may bear its name
    labels: dict[str, frozenset[str]]  # construction -> dependency labels
    relatives: frozenset[str]  # tags of relative pronouns that the model does not mark as such
    lemmas: dict[str, str]  # form -> lemma, where the model gives none
    endings: dict[str, tuple[str, ...]]  # features -> what a verb so marked adds to its infinitive
    stems: dict[str, str]  # end of an infinitive, without accents -> what takes its place before those endings

    def has(self, construction: str, label: str) -> bool:
        """Whether a dependency label means this construction."""
        return label in self.labels.get(construction, ())


def installed() -> list[str]:
    """The codes of the languages that can be read."""
    return sorted(plugins.names(GROUP))


@cache
def language(code: str) -> Language:
    """The labels of a language.

    Raises `SourceError` for a language without a plug-in, `DataError` for a malformed file.
    """
    if code not in plugins.names(GROUP):
        raise SourceError(f"language {code!r} is not supported: {', '.join(installed())} are")
    path = files(plugins.load(GROUP, code)) / f"{code}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Language(
            code=code,
            name=data["name"],
            model=data["model"],
            distribution=data["distribution"],
            recognizer=data.get("recognizer", ""),
            join_hyphens=data["join_hyphens"],
            lemma_endings=tuple(data["lemma_endings"]),
            kinds={label: KG + kind for label, kind in data["kinds"].items()},
            products=frozenset(data["products"]),
            labels={construction: frozenset(labels) for construction, labels in data["dependencies"].items()},
            relatives=frozenset(data.get("relatives", ())),
            lemmas=data.get("lemmas", {}),
            endings={features: tuple(some) for features, some in data.get("endings", {}).items()},
            stems=data.get("stems", {}),
        )
    except (tomllib.TOMLDecodeError, KeyError, OSError) as error:
        raise DataError(f"{path}: not a language file: {error}") from error


@cache
def model(code: str) -> spacy.language.Language:
    """The spaCy pipeline of a language. Raises `SourceError` when its package is not installed."""
    from kg.text.pipes.tuning import install, quicken

    nlp, folder = base_model(code), recognizer(code)
    if folder:
        install(nlp, folder)
    quicken(nlp)
    return nlp


def base_model(code: str) -> spacy.language.Language:
    """The pipeline of a language's package, with the recogniser of names that came with it, loaded anew."""
    from kg.text.pipes.tuning import tuned

    spec = language(code)
    try:
        return tuned(import_module(spec.model).load)
    except ImportError as error:
        raise SourceError(f"the {spec.name} model is not installed: pip install {spec.distribution}") from error


def read_with(code: str, folder: Path) -> None:
    """Let this process read a language with the recogniser of names in a folder, as one that was just taught."""
    _taught[code] = folder
    model.cache_clear()


def recognizer(code: str) -> Path | None:
    """The folder of the recogniser of names that takes the place of the model's own."""
    if code in _taught:
        return _taught[code]
    name = language(code).recognizer
    return Path(str(files(plugins.load(GROUP, code)))) / name if name else None


def models(code: str) -> tuple[str, ...]:
    """Name and version, or digest, of what reads a language, for the provenance of a graph; loads nothing."""
    packages = [f"{name} {metadata.version(name)}" for name in ("spacy", language(code).distribution)]
    folder = recognizer(code)
    return (*packages, f"{folder.name} {_digest(folder)}") if folder else tuple(packages)


@cache
def _digest(folder: Path) -> str:
    return sha256((folder / "model").read_bytes()).hexdigest()[:12]
