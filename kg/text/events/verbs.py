"""Verbs and predicative adjectives in, what they tell of out: by whom and to whom, in every voice."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention
from kg.ontology import EventType
from kg.text.context import Context
from kg.text.events.happening import Happening, Side, demands, fits
from kg.text.events.parties import addressed, affected, parties
from kg.text.lexicon import Carried, is_event
from kg.text.nameless import participant, participants
from kg.text.syntax import Syntax
from kg.text.tokens import Token


def by_verbs(context: Context) -> Iterator[Happening]:
    """What the verbs of an article tell of, each of one thing: that of its most demanding cue."""
    for sentence in context.sentences:
        for word in sentence:
            if word.pos_ in {"VERB", "AUX"} or (word.pos_ == "ADJ" and context.lexicon.syntax.is_predicate(word)):
                yield from _by_verb(word, context)


def _by_verb(verb: Token, context: Context) -> Iterator[Happening]:
    some = filter(is_event, context.carried_by(verb))
    syntax = context.lexicon.syntax
    for carried in sorted(some, key=demands):
        wanted = carried.cue.preposition
        if wanted is None or _brought(verb, wanted, syntax) or clause_with(verb, wanted, context) is not None:
            subject, object = _sides(verb, carried, context)
            if fits(carried, subject, object, context):
                yield _happening(verb, carried, subject, object, context)
                return


def _sides(verb: Token, carried: Carried[EventType], context: Context) -> tuple[Side, Side]:
    """The words that do it and those it is done to, as the grammar of the verb has them, and who they are."""
    syntax, fixed = context.lexicon.syntax, carried.cue.words[1:]
    done = [word for word in syntax.patients(verb) if word.lemma_.lower() not in fixed]
    doers = syntax.agents(syntax.predicate_verb(verb)) if carried.construction != "patientVerb" else done
    early = [word for word in doers if word.i < verb.i]
    if early and not syntax.is_passive(verb):  # "Macron a nommé Castex ministre": of two subjects, the later is none
        late = [word for word in doers if word.i > verb.i and word.head == verb]
        doers, done = early if late else doers, late or done
    wanted, directed = carried.cue.preposition, carried.meaning.directed
    reached = _brought(verb, wanted, syntax) if wanted else []
    doer = Side(doers, parties(doers, context, directed=directed))
    return doer, Side(done or reached, _undergoers(done, reached, context, directed=directed))


def _undergoers(done: list[Token], reached: list[Token], context: Context, *, directed: bool) -> list[Mention]:
    """Whom it is done to: the object, else what a preposition brings, else whoever is behind either."""
    for far in (False, True) if directed else (False,):
        if found := parties(done, context, directed=far) or parties(reached, context, directed=far):
            return found
    return []


def _happening(verb: Token, carried: Carried[EventType], subject: Side, object: Side, context: Context) -> Happening:
    kind, cue = carried.meaning, carried.cue.text
    if carried.construction == "inverseVerb":  # whoever dies, or wins an election, is the patient
        patient = subject if subject.words else object
        return Happening(kind, verb, "verb", cue, [], patient.mentions, tuple(patient.words))
    patients = object.mentions or _further(verb, carried, context)
    return Happening(kind, verb, "verb", cue, subject.mentions, patients, tuple(object.words))


def _further(verb: Token, carried: Carried[EventType], context: Context) -> list[Mention]:
    """Whom it is done to where no object says so: by a preposition, a fixed word, or the clause that says what."""
    kind, syntax = carried.meaning, context.lexicon.syntax
    fixed = [word for word in syntax.patients(verb) if word.lemma_.lower() in carried.cue.words[1:]]
    if not kind.directed:
        # "faire six morts", "causer la mort de six personnes"
        return [m for word in fixed for m in _counted(word, context)]
    found = addressed(verb, context) or parties(fixed, context, directed=True) or _in_clause(verb, context)
    return found or (affected(verb, context) if kind.local else [])


def _counted(noun: Token, context: Context) -> list[Mention]:
    """Whom a noun that is a word of a cue stands for: whoever it is a complement of, else itself."""
    below = [n for p, n in context.lexicon.syntax.obliques(noun) if p in context.lexicon.words("PositionPreposition")]
    own = [] if below else [participant(noun, context)]
    return participants(below, context) or [m for m in own if m]


def _in_clause(verb: Token, context: Context) -> list[Mention]:
    """Whom the clause below a verb is about: "demanded that X leave", "a refusé de rencontrer X"."""
    syntax = context.lexicon.syntax
    for clause in syntax.children(verb, "clause"):
        if clause.pos_ not in {"VERB", "AUX", "ADJ"} or clause.i < verb.i:
            continue
        own = [s for kind in ("subject", "passive_subject") for s in syntax.children(clause, kind)]
        words = own or syntax.patients(clause)
        if found := parties(words, context, directed=True) or addressed(clause, context) or affected(clause, context):
            return found
    return []


def _brought(verb: Token, preposition: str, syntax: Syntax) -> list[Token]:
    """The nouns that a preposition brings after a verb, or the pronoun before it."""
    return [n for n in syntax.brought_by(verb, preposition) if n.i > verb.i or n.pos_ == "PRON"]


def clause_with(verb: Token, word: str, context: Context) -> Token | None:
    """The clause below a verb that a word opens, none of purpose: "refuse to leave", "accepter de partir"."""
    syntax = context.lexicon.syntax
    clauses = [*syntax.children(verb, "clause")]
    if word not in context.lexicon.words("PurposeWord"):
        clauses += syntax.children(verb, "adverbial")
    for clause in clauses:
        if clause.i > verb.i and any(syntax.lemma(c) == word and c.i < clause.i for c in clause.children):
            return clause
    return None
