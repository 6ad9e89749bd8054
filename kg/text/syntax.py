"""A parse in, who does what to whom out: constructions that hold for any model whose labels a language file explains.

Two families of labels are understood: those in which a noun carries its preposition (Universal Dependencies, de
Marneffe et al. 2021) and those in which the preposition carries its noun (ClearNLP, Choi and Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from kg.text.languages import Language
from kg.text.morphology import VERBAL, feature
from kg.text.tokens import Token

_Told = TypeVar("_Told")


def _once(tell: Callable[[Syntax, Token], _Told]) -> Callable[[Syntax, Token], _Told]:
    """What a language tells of a token, worked out once: neither changes, and the rules ask each some five times."""
    name = tell.__name__

    @wraps(tell)
    def told(syntax: Syntax, token: Token) -> _Told:
        if token.told is None:
            token.told = {}
        if name not in token.told:
            token.told[name] = tell(syntax, token)
        found: _Told = token.told[name]
        return found

    return told


@dataclass(frozen=True, slots=True)
class Syntax:
    """The constructions of one language."""

    language: Language
    agent_prepositions: frozenset[str] = frozenset()

    def lemma(self, token: Token) -> str:
        """A token's dictionary form in lower case, contractions undone."""
        return self.language.lemmas.get(token.lower_, token.lemma_.lower())

    def children(self, token: Token, construction: str) -> Sequence[Token]:
        """The dependents of a token in a construction."""
        if not token.children:  # as most have none
            return ()
        labels = self.language.labels.get(construction, ())
        return [child for child in token.children if child.dep_ in labels]

    def is_(self, token: Token, construction: str) -> bool:
        """Whether a token depends on its head in a construction."""
        return token.dep_ in self.language.labels.get(construction, ())

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """The token and what is coordinated with it, from left to right."""
        yield token
        for child in self.children(token, "conjunct"):
            stray = self.children(child, "case") and not self.children(token, "case")
            if (child.pos_ in VERBAL) == (token.pos_ in VERBAL) and not stray:
                yield from self.conjuncts(child)

    def first_conjunct(self, token: Token) -> Token:
        """The token that opens the coordination this one stands in."""
        while self.is_(token, "conjunct") and token.head != token:
            token = token.head
        return token

    @_once
    def obliques(self, token: Token) -> Sequence[tuple[str, Token]]:
        """What hangs on a verb or a noun by a preposition, as (the preposition's lemma, the noun)."""
        return tuple(self._obliques(token))

    def _obliques(self, token: Token) -> Iterator[tuple[str, Token]]:
        for child in token.children:
            if cases := [case for case in self.children(child, "case") if case.i < child.i]:
                yield self.lemma(cases[0]), child
            elif self.is_(child, "preposition"):
                yield from self._governed(child)

    def _governed(self, preposition: Token) -> Iterator[tuple[str, Token]]:
        for noun in self.children(preposition, "prepositional_object"):
            yield self.lemma(preposition), noun
        for inner in self.children(preposition, "preposition"):  # "out of", "together with"
            yield from self._governed(inner)

    def brought_by(self, verb: Token, preposition: str) -> Sequence[Token]:
        """The nouns that a verb, or a word fixed below it ("prendre la tête de"), brings by a preposition."""
        if self.is_agent(preposition) and self.is_passive(verb):
            return self.agents(verb)
        fixed = (c for c in verb.children if c.pos_ in {"NOUN", "ADV", "ADP"} and not self._is_subject(c))
        holders = [verb, *fixed]
        pairs = [(self.lemma(token), *pair) for token in holders for pair in self.obliques(token)]
        return [noun for holder, found, noun in pairs if preposition in (found, holder)]  # "auprès de" may be an adverb

    def _is_subject(self, token: Token) -> bool:
        return self.is_(token, "subject") or self.is_(token, "passive_subject")

    @_once
    def is_passive(self, verb: Token) -> bool:
        """Whether a verb's subject, or the noun it qualifies, is what the deed is done to."""
        if self.children(verb, "passive_auxiliary") or self.children(verb, "passive_subject"):
            return True
        past = "Past" in feature(verb, "Tense") and not self.children(verb, "auxiliary")
        if self.children(verb, "subject"):
            return past and self.is_aside(verb)
        return past and (self.qualifies(verb) or self._opens(verb))

    def is_aside(self, verb: Token) -> bool:
        """Whether a participle between commas was taken for a verb: « que le Hezbollah, allié à Damas, ne cède ».

        Its subject is told before it: what follows a comma in « », dit Thierry » is the verb of the clause.
        """
        bare = "Part" in feature(verb, "VerbForm") and not self.children(verb, "auxiliary")
        told_before = any(subject.i < verb.i for subject in self.children(verb, "subject"))
        return bare and told_before and verb.nbor(-1).text == ","

    def qualifies(self, verb: Token) -> bool:
        """Whether a verb is a participle that hangs on a noun: "une coalition dirigée par", "the group led by"."""
        return (
            "Part" in feature(verb, "VerbForm")
            and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}
            and (self.is_(verb, "participle") or self.is_(verb, "modifier"))
        )

    @_once
    def agents(self, verb: Token) -> Sequence[Token]:
        """Who does it, wherever the construction puts them; a subject may be shared or left to the main verb."""
        if self.is_passive(verb):
            by = [n for child in self.children(verb, "agent") for n in self._nouns(child)]
            return by or self._beside(verb) or self._displaced(verb) or self.hyphened(verb)
        return self.subjects(verb) or self._qualified(verb)

    def _beside(self, verb: Token) -> Sequence[Token]:
        """The agent of a passive that the parser took for any complement: "détenu par l'armée"."""
        return [noun for found, noun in self.obliques(verb) if self.is_agent(found)]

    def hyphened(self, verb: Token) -> Sequence[Token]:
        """The agent or the place of a participle that a hyphen ties to it: "Saudi-led", "a Lyon-based company"."""
        return [c for c in verb.children if c.i == verb.i - 2 and verb.nbor(-1).text == "-"]

    def _displaced(self, verb: Token) -> Sequence[Token]:
        """The agent of a passive that the parser hung on a noun: "considéré comme un danger par la Turquie"."""
        below = (pair for child in verb.children if child.i > verb.i for pair in self.obliques(child))
        return [noun for preposition, noun in below if self.is_agent(preposition)][:1]

    def is_agent(self, preposition: str) -> bool:
        """Whether a preposition brings who does it: "par", "by"."""
        return preposition in self.agent_prepositions

    def _qualified(self, verb: Token) -> Sequence[Token]:
        """What a participle is said of: the noun it hangs on, or the subject of the clause that it opens."""
        if self.qualifies(verb):
            if self.is_(verb.head, "conjunct") and "Plur" in feature(verb, "Number") and verb.nbor(-1).text == ",":
                return [self.first_conjunct(verb.head)]  # « le Hezbollah et des milices, alliés à l'Iran »
            return [verb.head if _agree(verb, verb.head) else self._agreeing(verb)]
        return self.subjects(verb.head) if self._opens(verb) else []

    def _agreeing(self, participle: Token) -> Token:
        """The last noun before a participle that agrees with it, where the parser chose one that does not."""
        before = participle.doc[participle.sent.start : participle.i]
        nouns = [token for token in before if token.pos_ in {"NOUN", "PROPN"} and _agree(participle, token)]
        return nouns[-1] if nouns else participle.head

    def _opens(self, verb: Token) -> bool:
        """« Créée en 1957, l'agence … »: a past participle that hangs on the main verb as a clause of its own."""
        participle = "Part" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense")
        return participle and self.is_(verb, "adverbial") and not self.children(verb, "auxiliary")

    @_once
    def subjects(self, verb: Token) -> Sequence[Token]:
        """The subjects of a verb, shared ones too: "A a fondé B et dirige C", "A veut diriger B"."""
        own = [c for kind in ("subject", "passive_subject") for c in self.children(verb, kind)] or self._loose(verb)
        if any(
            is_relative(child) and child.i < verb.i for child in own
        ):  # "qui dirige Renault": what follows is no subject
            own = [child for child in own if child.i < verb.i]
        own = own or [s for c in self.children(verb, "adverbial") if c.i < verb.i for s in self.children(c, "subject")]
        if own or verb.head == verb:
            return own
        if self.is_(verb, "open_clause") and (controllers := self._controllers(verb)):
            return controllers
        shared = self.is_(verb, "conjunct") or self.is_(verb, "open_clause")
        shared = shared or (self.is_(verb, "adverbial") and not _finite(verb))
        return self.subjects(verb.head) if shared and verb.head.pos_ in {"VERB", "AUX", "ADJ"} else []

    def _controllers(self, verb: Token) -> Sequence[Token]:
        """The object of the verb above, which does what an infinitive says: "a accusé X d'avoir attaqué Y"."""
        objects = [c for c in self.children(verb.head, "object") if c.i < verb.i and c.pos_ in {"NOUN", "PROPN"}]
        return objects if self.children(verb, "marker") else []

    def _loose(self, verb: Token) -> Sequence[Token]:
        """A noun before a finite verb that the parser could not place; with a preposition it would be no subject."""
        nouns = [c for c in self.children(verb, "unplaced") if c.i < verb.i and c.pos_ in {"NOUN", "PROPN", "PRON"}]
        nouns += [c for c in self.children(verb, "expletive") if c.i < verb.i and c.pos_ == "PROPN"]
        return [noun for noun in nouns if not self.children(noun, "case")] if _finite(verb) else []

    def _is_bare(self, child: Token, verb: Token) -> bool:
        """Whether a noun after a verb has no preposition: an object that the parser took for something else."""
        return child.i > verb.i and child.pos_ in {"NOUN", "PROPN"} and not self.children(child, "case")

    @_once
    def patients(self, verb: Token) -> Sequence[Token]:
        """Whom or what it is done to."""
        if not self.is_passive(verb):
            objects = [child for child in self.children(verb, "object") if child.pos_ not in {"VERB", "ADP"}]
            return objects or [child for child in self._loose_objects(verb) if self._is_bare(child, verb)]
        return self.subjects(verb) or self._qualified(verb)

    def _loose_objects(self, verb: Token) -> Iterator[Token]:
        """What the parser took for something else than an object: a time, or a second subject after "qui"."""
        yield from self.children(verb, "bare_oblique")
        subjects = list(self.children(verb, "subject"))
        if any(is_relative(child) and child.i < verb.i for child in subjects):
            yield from (child for child in subjects if child.i > verb.i)

    def _nouns(self, child: Token) -> Sequence[Token]:
        return list(self.children(child, "prepositional_object")) or [child]

    def appositions(self, noun: Token) -> Sequence[Token]:
        """The nouns that name a noun a second time."""
        return self.children(noun, "apposition")

    @_once
    def is_predicate(self, noun: Token) -> bool:
        """Whether a noun is what somebody is said to be: "X est président", "X is president"."""
        return bool(self.children(noun, "copula")) or (self.is_(noun, "attribute") and noun.head.pos_ in VERBAL)

    def predicate_verb(self, noun: Token) -> Token:
        """The verb that carries a predicate noun's tense and negation: the noun itself where the copula hangs on it."""
        return noun.head if self.is_(noun, "attribute") or self.is_named(noun) else noun

    @_once
    def is_named(self, noun: Token) -> bool:
        """Whether a noun is the subject to which a clause gives a name or a quality: "son père est X"."""
        verb = noun.head
        copular = self.is_predicate(verb) or any(child.i > verb.i for child in self.children(verb, "attribute"))
        is_subject = self.is_(noun, "subject") or self.is_(noun, "passive_subject")
        return is_subject and verb.i > noun.i and copular

    def relative_head(self, pronoun: Token) -> Token | None:
        """The noun that a relative pronoun stands for."""
        for token in (pronoun, *pronoun.ancestors):
            if self.is_(token, "relative"):
                return token.head
        return None


_WH = frozenset({"WP", "WDT", "WP$"})  # of the Penn Treebank, where a model has no features of pronouns


def is_relative(token: Token) -> bool:
    """Whether a token is a relative pronoun, or looks like one."""
    return "Rel" in feature(token, "PronType") or token.tag_ in _WH


def _agree(one: Token, other: Token) -> bool:
    """Whether two words do not differ in a gender or a number that both show."""
    pairs = ((feature(one, name), feature(other, name)) for name in ("Gender", "Number"))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _finite(verb: Token) -> bool:
    return "Fin" in feature(verb, "VerbForm") or any("Fin" in feature(c, "VerbForm") for c in verb.children)
