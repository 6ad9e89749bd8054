"""Bodies and buildings in, where they are and which state they are of out: "Cour d'appel de Paris", "armée turque"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention, MentionType
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Tokens

_COUNTRY = KG + "Country"
_STATELESS = (KG + "InternationalOrganization", KG + "Coalition")  # of many countries, whatever their name says
_OF_NO_STATE = (KG + "ArmedGroup", KG + "Party", KG + "Media", KG + "Company")  # "Forces démocratiques syriennes"
_OF_STATES = ("StateBodyNoun", "FederalNoun")  # a state is in no country, it is one: "l'État français"
_OF_PEOPLES = (KG + "ArmedGroup", KG + "Company", KG + "Media", KG + "Organization")


def by_seats(context: Context) -> Iterator[Found]:
    """Where bodies are and which state they belong to, as far as their own words and those beside them say it."""
    for mention in context.mentions:
        if _is_body(mention, context):
            tokens = context.tokens(mention.span)
            for construction, owner in (*_states(mention, tokens, context), *_seats(mention, tokens, context)):
                for relation in built_by(construction, context):
                    yield Found(relation, mention, owner, tokens, "apposition", construction, presupposed=True)


def _is_body(mention: Mention, context: Context) -> bool:
    if mention.type not in {MentionType.NAME, MentionType.NOMINAL} or mention.kind == _COUNTRY:
        return False
    return context.is_a(mention, ORGANIZATION) or (mention.type is MentionType.NAME and context.is_a(mention, PLACE))


def _states(body: Mention, tokens: Tokens, context: Context) -> Iterator[tuple[str, Mention]]:
    """The state or the body that a body is a part of: "le Parlement israélien", "le bureau X du gouvernement"."""
    lexicon = context.lexicon
    heads = [tokens[0], tokens.root, tokens[-1]] if body.type is MentionType.NAME else [tokens.root]
    of_state = body.kind not in _OF_NO_STATE and not any(context.is_a(body, kind) for kind in _STATELESS)
    if of_state and any(head.lower_ in lexicon.words("StateBodyNoun") for head in heads):
        yield from (("BodyOfState", m) for m in _owners(body, tokens, context)[:1] if m.kind == _COUNTRY)
    if any(lexicon.has("OfficeNoun", head) for head in heads):
        owners = [m for m in _owners(body, tokens, context) if m.type is not MentionType.PRONOUN]
        yield from (("BodyOfState", m) for m in owners[:1] if context.is_a(m, ORGANIZATION))


def _owners(body: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """Whose a body is, by the words inside its name or beside it; of a name, the nearest to its end first."""
    inside = [m for m in context.mentions.between(body.span.start, body.span.end) if m.span != body.span]
    outside = [m for m in context.owners(tokens.root) if m.span != body.span]
    if body.type is MentionType.NOMINAL:
        return [*inside, *outside]
    after = [m for m in outside if m.span.start >= body.span.end]
    return [*after, *reversed(inside), *outside]


def _seats(body: Mention, tokens: Tokens, context: Context) -> Iterator[tuple[str, Mention]]:
    if body.type is MentionType.NAME and not any(context.is_a(body, kind) for kind in _STATELESS):
        yield from (("NameWithPlace", m) for m in _named_seat(body, tokens, context))
        yield from (("NameWithPlace", m) for m in _place_after(tokens, context))
        yield from (("BodyOfPeople", m) for m in _people(body, tokens, context) or _lands(body, tokens, context))


def _named_seat(body: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """The place at the end of a name, or in English at its start: "aéroport de Bruxelles", "Brussels Airport"."""
    seated, state = (context.lexicon.words(name) for name in ("SeatedNoun", "StateBodyNoun"))
    head, last, root = tokens[0].lower_, tokens[-1].lower_, tokens.root.lower_
    if seated.isdisjoint((head, last, root)):
        return []
    inside = [m for m in context.mentions.between(body.span.start, body.span.end) if m.span != body.span]
    named = [m for m in inside if m.type is MentionType.NAME and context.is_a(m, PLACE)]
    at_end = [m for m in named if m.span.end == body.span.end and (head in seated or root in seated)]
    at_start = [m for m in named if m.span.start == body.span.start and last in seated]
    of_state = not state.isdisjoint((head, last, root))
    return [m for m in at_end or at_start if not (of_state and m.kind == _COUNTRY)][:1]


def _place_after(tokens: Tokens, context: Context) -> list[Mention]:
    """The place right after a building's or a school's name: "mosquée Al-Nour de Gao", "Wiley College, Texas".

    With neither a comma nor a preposition it stands as in an address: "Chelsea College London".
    """
    doc, at, lexicon = context.doc, tokens.end, context.lexicon
    named = doc[max(tokens.start - 1, tokens.sent.start) : tokens.end]
    if not any(token.lower_ in lexicon.words("SeatedNoun") for token in named) or at >= len(doc):
        return []
    comma = doc[at].text in {",", "("}
    at += comma
    links = lexicon.words("SeatPreposition") | lexicon.words("PartitivePreposition")
    linked = at < len(doc) and lexicon.syntax.lemma(doc[at]) in links
    at += linked
    while linked and at < len(doc) and doc[at].pos_ == "DET":
        at += 1
    place = context.mentions.at(doc[at]) if at < tokens.sent.end else None
    fits = place is not None and context.is_a(place, PLACE) and context.tokens(place.span).start == at
    return [place] if place and fits and (place.type is MentionType.NAME or place.anchors) else []


def _people(body: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """The country whose people a body is of: "Hezbollah libanais", "la société belge Lampiris"."""
    if body.kind not in _OF_PEOPLES or any(context.lexicon.has(name, tokens[0]) for name in _OF_STATES):
        return []
    last = context.demonym(tokens[-1])
    before = context.doc[max(tokens.start - 1, tokens.sent.start) : tokens.start]
    beside = [m for token in before if (m := context.demonym(token))]
    around = context.mentions.between(tokens.sent.start_char, tokens.sent.end_char)
    described = [m for m in around if m.root == body.span and m.type is MentionType.NOMINAL]
    nouns = [context.tokens(m.span) for m in described]
    syntax = context.lexicon.syntax
    telling = [
        t for t in nouns if tokens.start - t.end in {0, 1} or (t.start > tokens.end and syntax.is_predicate(t.root))
    ]
    told = [m for t in telling for m in context.possessors(t.root) if m.entry]
    return ([last] if last else beside or told)[:1]


def _lands(body: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """The country or the town whose a body is said to be: "Germany's Volkswagen", "Sydney's Royal Hospital"."""
    syntax, at = context.lexicon.syntax, context.mentions.at
    seated = tokens[-1].lower_ in context.lexicon.words("SeatedNoun")
    if not (seated or body.kind in _OF_PEOPLES) or context.lexicon.has("StateBodyNoun", tokens[-1]):
        return []
    owners = [at(child) for child in tokens.root.children if syntax.is_(child, "possessive")]
    named = [m for m in owners if m and m.type is MentionType.NAME and m.span.end < body.span.start]
    return [m for m in named if m.entry and context.is_a(m, PLACE)][:1]
