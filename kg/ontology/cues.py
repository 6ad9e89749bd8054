"""The words of a term in, cues out: what heads them, what is fixed, which preposition brings the object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import DataError
from kg.model import KG
from kg.ontology.turtle import Description, literals
from kg.ontology.vocabulary import Cue

CONSTRUCTIONS = ("verb", "inverseVerb", "patientVerb", "noun", "inverseNoun", "action")
_OF_EVENTS = ("tells", "agentIs", "patientIs", "absorbs", "directed", "local")
_OF_RELATIONS = ("construction", "counterExample", "neverBetween", "precedes")
_KNOWN = (*CONSTRUCTIONS, *_OF_EVENTS, *_OF_RELATIONS, "colour")  # what may be said of a relation or an event


class Compiler:
    """Cue strings in, `Cue`s out; knows which words of a language are prepositions and reflexive pronouns."""

    def __init__(self, words: dict[str, dict[str, frozenset[str]]]) -> None:
        self.prepositions = words.get("Preposition", {})
        self.reflexives = words.get("ReflexivePronoun", {})

    def cues(self, path: Path, iri: str, about: Description) -> dict[str, tuple[Cue, ...]]:
        """The cues of a term by construction. Raises `DataError` with the file, the term and what is not understood."""
        if strange := sorted(p for p in about if p.startswith(KG) and p.removeprefix(KG) not in _KNOWN):
            raise DataError(f"{path}: <{iri}>: <{strange[0]}> means nothing here: one of {', '.join(_KNOWN)} would")
        found = {c: tuple(self._compile(path, iri, literals(about, KG + c))) for c in CONSTRUCTIONS}
        return {construction: cues for construction, cues in found.items() if cues}

    def _compile(self, path: Path, iri: str, texts: Iterable[tuple[str, str]]) -> Iterator[Cue]:
        for text, language in texts:
            words = text.replace("'", "' ").split()
            reflexive = bool(words) and words[0] in self.reflexives.get(language, ())
            words = words[reflexive:]
            preposition = words[-1] if len(words) > 1 and words[-1] in self.prepositions.get(language, ()) else None
            words = words[:-1] if preposition else words
            if not words or not language:
                raise DataError(f"{path}: <{iri}>: the cue {text!r}@{language or '?'} needs a word and a language tag")
            yield Cue(text, language, tuple(words), preposition, reflexive)
