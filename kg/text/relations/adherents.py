"""Words for the people of a party in, whose they are out: "la députée socialiste X", "le sénateur (LR) X".

A party's word ("socialiste") means the party of the land that the article speaks of; where no source says that this
land has a party of that word, or two lands are as likely, nothing is stated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.gazetteer import Entry
from kg.model import KG, Factuality, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL
from kg.text.nameless import participant
from kg.text.nouns import name_before_comma, noun_phrase
from kg.text.relations.bearers import bearers
from kg.text.relations.found import Found, built_by
from kg.text.relations.lands import country_of
from kg.text.tokens import Token

_COUNTRY, _PARTY, _LEADS = KG + "Country", KG + "Party", KG + "leaderOf"


def by_adherents(context: Context) -> Iterator[Found]:
    """Who is of which party, or of the opposition, by what they are called."""
    lands = _Lands.of(context)
    for token in context.doc:
        if parties := context.gazetteer.parties(token.text, language=context.lexicon.language.code):
            yield from _of_party(token, parties, lands, context)
        elif context.lexicon.has("OppositionNoun", token):
            yield from _of_opposition(token, context)
    for mention in list(context.mentions):
        if mention.kind == _PARTY and mention.type is MentionType.NAME and lands.may_speak_of(mention, context):
            yield from _beside(mention, context)


@dataclass(frozen=True, slots=True)
class _Lands:
    """How often an article names each country, places in it included."""

    counts: Counter[str]

    @classmethod
    def of(cls, context: Context) -> _Lands:
        entries = (m.entry for m in context.mentions if m.entry in context.gazetteer.entries)
        return cls(Counter(land for entry in entries if entry and (land := country_of(entry, context))))

    def may_speak_of(self, party: Mention, context: Context) -> bool:
        """Whether a party's name can be that of this land's: "le Parti démocrate" of Korea is not that of America."""
        entry = context.gazetteer.entries.get(party.entry or "")
        return entry is None or entry.party_of is None or not self.counts or self.counts[entry.party_of] > 0

    def party(self, parties: list[Entry], near: set[str]) -> Entry | None:
        """The party whose land the words around it name, else the land that the article names most often."""
        fitting = [p for p in parties if p.party_of in near]
        top = self.counts.most_common(2)
        clear = len(top) == 1 or (len(top) == 2 and top[0][1] > top[1][1])
        if not fitting and top and clear:
            fitting = [p for p in parties if p.party_of == top[0][0]]
        if not fitting and len(parties) == 1:  # a word of one land alone: it is enough that the land is spoken of
            fitting = [p for p in parties if self.counts[p.party_of or ""]]
        return fitting[0] if len(fitting) == 1 else None


def _of_party(token: Token, parties: list[Entry], lands: _Lands, context: Context) -> Iterator[Found]:
    held = context.mentions.at(token)
    people = [] if held and held.entry else list(dict.fromkeys(_people(token, context)))
    party = lands.party(parties, _near(token, context)) if people else None
    if party is None:
        return
    tokens = context.doc[token.i : token.i + 1]
    new = Mention(span_of(tokens), MentionType.NOMINAL, sorted(party.kinds)[0], entry=party.id)
    if held and held.span == new.span:
        context.mentions.replace(new)
    mention = context.mentions.add(tokens, new)
    yield from _found(people, mention, token, token.lower_, context)


def _near(token: Token, context: Context) -> set[str]:
    """The countries that the sentence of a party's word names."""
    span = span_of(token.sent)
    entries = (m.entry for m in context.mentions.between(span.start, span.end) if m.entry in context.gazetteer.entries)
    return {land for entry in entries if entry and (land := country_of(entry, context))}


def _found(
    people: list[Mention], body: Mention, token: Token, cue: str, context: Context, construction: str = "PersonOfParty"
) -> Iterator[Found]:
    carrier = context.doc[token.i : token.i + 1]
    for person in people:
        for relation in built_by(construction, context):
            yield Found(relation, person, body, carrier, "apposition", cue, True, Factuality.ASSERTED, lasting=True)


def _people(token: Token, context: Context) -> list[Mention]:
    """Whom a party's word is said of: the name after it, the bearers of the noun it qualifies, or its own."""
    if len(token.text) == 1:  # an initial means a party only in brackets
        return _before_bracket(token, context)
    if after := _named_at(token.i + 1, context):
        return [after, *_coordinated(after, context)] if is_plural(token) else [after]
    if token.pos_ in {"NOUN", "PROPN"} and any(child.pos_ == "DET" for child in token.lefts):
        return _persons(m for m, _ in bearers(context.doc[token.i : token.i + 1], context))
    noun = _qualified(token, context)
    if noun is None:
        return []
    name = context.mentions.at(noun)
    if name and name.type is MentionType.NAME:
        return _persons([name]) if noun.i > token.i else []
    return _persons(m for m, _ in bearers(noun_phrase(context, noun.i, noun.i + 1), context))


def _qualified(token: Token, context: Context) -> Token | None:
    """The noun for somebody that an adjective stands beside, whatever the parser hung it on."""
    doc, sentence = context.doc, token.sent
    beside = [doc[i] for i in (token.i - 1, token.i + 1, token.i + 2) if sentence.start <= i < sentence.end]
    near = [token.head, *beside] if token.head != token and abs(token.head.i - token.i) < 5 else beside
    return next((noun for noun in near if noun.pos_ in {"NOUN", "PROPN"} and _is_person(noun, context)), None)


def _is_person(noun: Token, context: Context) -> bool:
    mention = context.mentions.at(noun)
    if mention and mention.type is MentionType.NAME:
        return mention.kind == PERSON
    named = any(context.lexicon.has(name, noun) for name in ("PersonNoun", "RoleNoun", "CandidateWord"))
    return named or bool(context.offices_at(noun))


def _persons(found: Iterable[Mention]) -> list[Mention]:
    return [mention for mention in found if mention.kind == PERSON]


def _named_at(at: int, context: Context) -> Mention | None:
    """The person's name that begins at a token."""
    mention = context.mentions.at(context.doc[at]) if at < len(context.doc) else None
    fits = mention is not None and mention.type is MentionType.NAME and mention.kind == PERSON
    return mention if mention and fits and context.tokens(mention.span).start == at else None


def _coordinated(name: Mention, context: Context) -> list[Mention]:
    root = context.tokens(name.span).root
    return [m for m in context.referents(root) if m != name and m.kind == PERSON and m.type is MentionType.NAME]


def _before_bracket(token: Token, context: Context) -> list[Mention]:
    """Whose name an initial follows in brackets: "John Doe (R-Texas)"."""
    at, doc = token.i - 1, context.doc
    closed = token.i + 1 < len(doc) and doc[token.i + 1].text in {")", "-", "–", ","}
    name = context.mentions.at(doc[at - 1]) if at > 0 and doc[at].text in {"(", ","} and closed else None
    return _persons([name]) if name and name.type is MentionType.NAME else []


def _beside(party: Mention, context: Context) -> Iterator[Found]:
    """Who is of a party that is named beside an office: "la sénatrice PS X", "X, député (LR)", "Labour MP X"."""
    tokens = context.tokens(party.span)
    start, end = tokens.start - 1, tokens.end
    if start >= 0 and end < len(context.doc) and (context.doc[start].text, context.doc[end].text) == ("(", ")"):
        start, end = start - 1, end + 1
    while start > tokens.sent.start and _links(context.doc[start], context):
        start -= 1
    for office in (start, end):
        if tokens.sent.start <= office < tokens.sent.end and (noun := _office(office, context)) is not None:
            named = _named_at(noun.i + 1, context) or (office == start and _named_at(end, context)) or None
            named = named or _name_just_before(noun, context)
            people = [named] if named else _persons(m for m, _ in bearers(context.doc[noun.i : noun.i + 1], context))
            yield from _found(people, party, tokens.root, "party", context)
            return


def _name_just_before(noun: Token, context: Context) -> Mention | None:
    """The person's name that a comma parts from an office: "Y, assistant de X, députée LR" says it of X."""
    doc, at = context.doc, noun.i - 1
    while at > noun.sent.start and doc[at].pos_ in {"DET", "ADJ"}:
        at -= 1
    name = context.mentions.at(doc[at - 1]) if at > noun.sent.start and doc[at].text == "," else None
    return name if name and name.type is MentionType.NAME and name.kind == PERSON else None


def _links(token: Token, context: Context) -> bool:
    """Whether a word stands between an office and the party that it is of: "la députée du Labour"."""
    return token.pos_ == "DET" or context.lexicon.syntax.lemma(token) in context.lexicon.words("PositionPreposition")


def _office(at: int, context: Context) -> Token | None:
    """The noun at a token where it is an office, but none that leads what stands beside it."""
    noun = context.doc[at]
    told = noun.pos_ in {"NOUN", "PROPN"} and _is_person(noun, context)
    return noun if told and not _leads(noun, context) else None


def _leads(noun: Token, context: Context) -> bool:
    """Whether a noun is an office that leads what stands beside it."""
    return any(_LEADS in office.implies for office in context.offices_at(noun))


def _of_opposition(token: Token, context: Context) -> Iterator[Found]:
    """Who is of the opposition: "ces deux candidats d'opposition", "X, figure de l'opposition", "opposition MP X"."""
    noun = _whose(token, context)
    if noun is None or not (_is_person(noun, context) or context.lexicon.has("FigureNoun", noun)):
        return
    people = _persons(_opponents(noun, context))
    body = _opposition(token, context) if people else None
    if body is not None:
        construction = "LeaderOfOpposition" if _leads(noun, context) else "PersonOfParty"
        yield from _found(people, body, noun, noun.lower_, context, construction)


def _opposition(token: Token, context: Context) -> Mention | None:
    """The body without a name that the opposition is, inside an office's words too: "le chef de l'opposition"."""
    held = context.mentions.at(token)
    if held is None or held.kind != PERSON:
        return participant(token, context)
    return context.mentions.add(token.doc[token.i : token.i + 1], Mention(span_of(token), MentionType.NOMINAL, _PARTY))


def _opponents(noun: Token, context: Context) -> list[Mention]:
    """Whom a noun for somebody of the opposition speaks of, each of them where it takes up several."""
    said, mention = context.doc[noun.i : noun.i + 1], context.mentions.at(noun)
    if noun.pos_ in VERBAL:  # "X, figure de l'opposition": taken for a verb
        name = name_before_comma(context, said)
        return [name] if name else []
    people = [mention] if mention and mention.kind == PERSON else [m for m, _ in bearers(said, context)]
    return [*people, *(context.mentions.by_span[span] for m in people for span in m.together)]


def _whose(token: Token, context: Context) -> Token | None:
    """The noun that "d'opposition" or "opposition" before it says something of."""
    doc, belonging = context.doc, context.lexicon.words("PositionPreposition")
    before = token.i - 1
    while before > token.sent.start and doc[before].pos_ in {"DET", "ADJ"}:
        before -= 1
    if before > token.sent.start and context.lexicon.syntax.lemma(doc[before]) in belonging:
        at = before - 1
        while at > token.sent.start and doc[at].pos_ == "ADJ":
            at -= 1
        return doc[at]
    compounds = context.lexicon.language.labels.get("compound")
    return doc[token.i + 1] if compounds and token.i + 1 < token.sent.end else None
