"""The ontology's cues and words in, indexes over tokens out: by head lemma for verbs, by first word for phrases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeGuard, TypeVar

from kg import ontology
from kg.model import KG
from kg.ontology import Cue, EventType, Ontology, Position, Relation
from kg.text import languages
from kg.text.languages import Language
from kg.text.splitting import splitter
from kg.text.syntax import Syntax
from kg.text.tokens import Doc, Token

T = TypeVar("T")
Meaning = Relation | EventType
M = TypeVar("M", bound=Meaning, covariant=True)

_NONE: frozenset[str] = frozenset()
_INFLECTED = frozenset({"VERB", "NOUN"})


_Entry = tuple[int, tuple[str, ...], T]  # a phrase of several words: its rank, the words after the second, its meaning


class Phrases(Generic[T]):
    """Word sequences that mean something; a word stands for itself and for every form that has it as lemma."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        alone: dict[str, list[T]] = defaultdict(list)
        longer: dict[str, dict[str, list[_Entry[T]]]] = defaultdict(lambda: defaultdict(list))
        for rank, (words, meaning) in enumerate(sorted(entries, key=lambda entry: -len(entry[0]))):
            if len(words) == 1:
                alone[words[0]].append(meaning)
            else:
                longer[words[0]][words[1]].append((rank, tuple(words[2:]), meaning))
        self._alone, self._longer = dict(alone), {first: dict(some) for first, some in longer.items()}
        self._firsts = frozenset(alone) | frozenset(longer)

    def at(self, doc: Doc, start: int) -> Sequence[tuple[int, T]]:
        """The phrases that begin at a token, longest first of each of its forms, as (end, meaning)."""
        forms, found = doc.tokens[start].forms, list[tuple[int, T]]()
        if self._firsts.isdisjoint(forms):  # at most tokens
            return ()
        seconds = doc.tokens[start + 1].forms if start + 1 < len(doc.tokens) else ()
        for first in forms:
            for _, rest, meaning in self._beginning(first, seconds):
                end = start + 2 + len(rest)
                if not rest or _goes_on(doc.tokens[start + 2 : end], rest):
                    found.append((end, meaning))
            found += ((start + 1, meaning) for meaning in self._alone.get(first, ()))
        return found

    def _beginning(self, first: str, seconds: Sequence[str]) -> list[_Entry[T]]:
        """The phrases of a first word and one of some second ones, longest first."""
        by_second = self._longer.get(first, {})
        some = [entry for second in seconds if second in by_second for entry in by_second[second]]
        return sorted(some, key=_rank) if len(seconds) > 1 else some

    def find(self, doc: Doc) -> Iterator[tuple[int, int, list[T]]]:
        """The longest phrases of a doc from left to right, none inside another, with all that each means."""
        after = 0
        for start in self.starts(doc):
            if start >= after and (found := self.at(doc, start)):
                after = max(end for end, _ in found)
                yield start, after, [meaning for end, meaning in found if end == after]

    def starts(self, doc: Doc) -> list[int]:
        """The tokens at which a phrase may begin: few, and the rest need not be asked one by one."""
        return [token.i for token in doc if not self._firsts.isdisjoint(token.forms)]


def _rank(entry: _Entry[T]) -> int:
    return entry[0]


def _goes_on(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether words stand one after the other, as they are or as forms of them."""
    return len(tokens) == len(words) and all(word in token.forms for token, word in zip(tokens, words, strict=True))


@dataclass(frozen=True, slots=True)
class Carried(Generic[M]):
    """What a cue carries, and by which construction."""

    meaning: M
    construction: str
    cue: Cue


def is_event(carried: Carried[Meaning]) -> TypeGuard[Carried[EventType]]:
    """Whether a cue tells of an event."""
    return isinstance(carried.meaning, EventType)


def is_relation(carried: Carried[Meaning]) -> TypeGuard[Carried[Relation]]:
    """Whether a cue carries a relation."""
    return isinstance(carried.meaning, Relation)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the ontology says about the words of one language, ready for lookup."""

    language: Language
    ontology: Ontology
    syntax: Syntax
    verbs: dict[str, tuple[Carried[Meaning], ...]]  # head lemma -> what it may carry, longest cue first
    nouns: Phrases[Carried[Meaning]]
    positions: Phrases[Position]
    head_nouns: Phrases[str]
    directions: Phrases[str]
    attributions: Phrases[str]
    speech_phrases: Phrases[str]

    def has(self, name: str, token: Token) -> bool:
        """Whether a token, as it stands or as a lemma, is of a word class."""
        return name in (self.classes(token) if token.classes is None else token.classes)

    def words(self, name: str) -> frozenset[str]:
        """The words of a class of `ontology/words.ttl`."""
        return self.ontology.words(name, self.language.code)

    def classes(self, token: Token) -> frozenset[str]:
        """All word classes of a token, as it stands or as a lemma."""
        if token.classes is None:
            endings = self.language.lemma_endings if token.pos_ in _INFLECTED else ()
            token.classes = _classes_of(token.forms, endings, self.language.code)
        return token.classes

    def phrases(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        """Where phrases of a word class stand ("rule out"), as (start, end, class)."""
        some = _classes(self.language.code)[1]
        return ((start, end, name) for start in some.starts(doc) for end, name in some.at(doc, start))

    def word_class(self, iri: str) -> str | None:
        """The name of a word class by its IRI; None for the IRI of anything else."""
        name = iri.removeprefix(KG)
        return name if name in self.ontology.word_classes else None

    def lemmas(self, token: Token) -> tuple[str, ...]:
        """A token's dictionary forms: the model's, and what its lemmatizer may have left unfinished."""
        lemma = token.forms[-1]
        if token.pos_ not in _INFLECTED:
            return (lemma,)
        return (lemma, *(lemma + ending for ending in self.language.lemma_endings))

    def carried_by(self, verb: Token) -> Iterator[Carried[Meaning]]:
        """The relations and event types that a verb may carry, as far as it and its fixed words go."""
        some = [carried for lemma in self.lemmas(verb) for carried in self.verbs.get(lemma, ())]
        if not some:
            return
        reflexive = self.is_reflexive(verb)
        some = [carried for carried in some if carried.cue.reflexive == reflexive]
        below = frozenset(form for token in _own(verb) for form in token.forms) if _has_more_words(some) else _NONE
        for carried in some:
            if len(carried.cue.words) == 1 or below.issuperset(carried.cue.words[1:]):
                yield carried

    def is_reflexive(self, verb: Token) -> bool:
        """Whether a verb has a reflexive pronoun: "s'emparer"."""
        pronouns = self.words("ReflexivePronoun")
        return any(child.lower_ in pronouns for child in verb.children)


def _has_more_words(some: Iterable[Carried[Meaning]]) -> bool:
    return any(len(carried.cue.words) > 1 for carried in some)


def _own(verb: Token) -> Iterator[Token]:
    """What hangs on a verb, without the verbs that its complements bring and what hangs on those."""
    for child in verb.children:
        if child.pos_ != "VERB" or verb.pos_ == "VERB":
            yield child
        if child.pos_ != "VERB":
            yield from _own(child)


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, compiled once. Raises what `ontology.load` and `languages.language` raise."""
    vocabulary, spec = ontology.load(), languages.language(code)
    parts = splitter(languages.model(code), code)

    def split(text: str) -> list[str]:
        return list(parts.split(text).texts)

    events = [*vocabulary.event_types.values(), *vocabulary.conditional_events]
    meanings: list[Meaning] = [*vocabulary.relations.values(), *events]
    carried = [
        Carried(meaning, construction, cue)
        for meaning in meanings
        for construction, cues in meaning.cues.items()
        for cue in cues
        if cue.language == code
    ]
    return Lexicon(
        language=spec,
        ontology=vocabulary,
        syntax=Syntax(spec, vocabulary.words("AgentPreposition", code)),
        verbs=_by_head(c for c in carried if c.construction in _VERBAL),
        nouns=Phrases((split(" ".join(c.cue.words)), c) for c in carried if c.construction not in _VERBAL),
        positions=Phrases(_titles(vocabulary, code, split)),
        head_nouns=Phrases((split(noun), kind) for noun, kind in vocabulary.head_nouns.get(code, {}).items()),
        directions=Phrases((split(words), name) for words, name in vocabulary.directions.get(code, {}).items()),
        attributions=_phrases(vocabulary, "AttributionPreposition", code, split),
        speech_phrases=_phrases(vocabulary, "SpeechPhrase", code, split),
    )


@cache
def _classes(code: str) -> tuple[dict[str, frozenset[str]], Phrases[str]]:
    """The word classes of a language by their single words, and their phrases."""
    vocabulary = ontology.load()
    words: dict[str, set[str]] = defaultdict(set)
    phrases = []
    for name in sorted(vocabulary.word_classes):
        for entry in sorted(vocabulary.words(name, code)):
            if " " in entry:
                phrases.append((_WORD.findall(entry), name))
            else:
                words[entry].add(name)
    return {word: frozenset(names) for word, names in words.items()}, Phrases(phrases)


@lru_cache(maxsize=1 << 14)  # most words of a text are among the most frequent ones of its language
def _classes_of(forms: tuple[str, ...], endings: tuple[str, ...], code: str) -> frozenset[str]:
    """The word classes of forms of a word, of which the last is the lemma, perhaps without its ending."""
    words = _classes(code)[0]
    whole = (*forms, *(forms[-1] + ending for ending in endings))
    found = [words[form] for form in whole if form in words]
    return _NONE.union(*found) if found else _NONE  # one set for all words that are of no class


_WORD = re.compile(r"[\w-]+['’]?")


_VERBAL = frozenset({"verb", "inverseVerb", "patientVerb"})


def _by_head(carried: Iterable[Carried[Meaning]]) -> dict[str, tuple[Carried[Meaning], ...]]:
    heads: dict[str, list[Carried[Meaning]]] = defaultdict(list)
    for one in carried:
        heads[one.cue.words[0]].append(one)
    return {head: tuple(sorted(some, key=lambda c: -len(c.cue.words))) for head, some in heads.items()}


def _phrases(vocabulary: Ontology, name: str, code: str, split: Callable[[str], list[str]]) -> Phrases[str]:
    return Phrases((split(words), words) for words in sorted(vocabulary.words(name, code)))


def _titles(vocabulary: Ontology, code: str, split: Callable[[str], list[str]]) -> Iterator[tuple[list[str], Position]]:
    for position in vocabulary.positions.values():
        for form in sorted(position.forms.get(code, ())):
            yield split(form), position
