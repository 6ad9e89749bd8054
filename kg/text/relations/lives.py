"""People's names in, when and where they were born and died out, as brackets and appositions beside the names say it.

"Ali Ba (né le 3 mai 1980 à Dakar)", "Ali Ba (Dakar, 1950 - Paris, 2010)", "Ali Ba, 34 ans, né à Dakar".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.model import Factuality, Mention, MentionType, Time
from kg.text.context import PERSON, PLACE, Context
from kg.text.morphology import VERBAL, feature
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Token, Tokens

_BIRTH, _DEATH = "BirthBeside", "DeathBeside"
_LIFE = range(1, 120)  # years that somebody may have lived
_AGE = 5  # tokens that an age may take between a name and what follows it: ", 34 ans ,"
_FAR = 25  # tokens that a bracket may take
_STOPS = frozenset(").;(")


def by_lives(context: Context) -> Iterator[Found]:
    """Births and deaths told beside the names of people."""
    starts = {context.tokens(time.span).start: time for time in context.times}
    for person, construction, target, carrier in _predicated(context):
        for relation in built_by(construction, context):
            yield Found(relation, person, target, carrier, "predicate", construction)
    for name in context.mentions:
        if name.type is MentionType.NAME and context.is_a(name, PERSON):
            after = _beside(context.tokens(name.span), context)
            for construction, target, carrier in (*_told(after, starts, context), *_lived(after, starts, context)):
                for relation in built_by(construction, context):
                    yield Found(relation, name, target, carrier, "apposition", construction, True, Factuality.ASSERTED)


def _predicated(context: Context) -> Iterator[tuple[Mention, str, Mention | Time, Tokens]]:
    """ "X est mort à Lyon mardi", where the model takes the participle for an adjective."""
    syntax, inside = context.lexicon.syntax, context.lexicon.words("InsidePreposition")
    heads: dict[int, list[Time]] = defaultdict(list)
    for time in context.times:
        if time.begin and time.end:
            heads[context.tokens(time.span).root.head.i].append(time)
    for token in context.doc:
        word = _word_of_life(token, context) if token.pos_ in {"ADJ", "NOUN"} else ""
        if not word or not any(child.pos_ == "AUX" for child in token.lefts):
            continue
        carrier = context.doc[token.i : token.i + 1]
        places = context.mentions_of(noun for p, noun in syntax.obliques(token) if p in inside)
        times = heads.get(token.i, [])
        for person in context.mentions_of(syntax.subjects(token)):
            yield from ((person, word, m, carrier) for m in places if context.is_a(m, PLACE))
            yield from ((person, word, time, carrier) for time in times[:1])


def _beside(name: Tokens, context: Context) -> Tokens:
    """What stands in a bracket or after a comma right after a name, up to where it ends."""
    doc, start = context.doc, name.end
    if start >= name.sent.end or doc[start].text not in {"(", ","}:
        return doc[start:start]
    far = min(start + _FAR, name.sent.end)
    stop = next((t.i for t in doc[start + 1 : far] if t.text in _STOPS), far)
    return doc[start:stop]


def _told(beside: Tokens, starts: dict[int, Time], context: Context) -> Iterator[tuple[str, Mention | Time, Tokens]]:
    """What words of birth and death say, at once or after an age: the first day and the first place of each."""
    kind, taken, carrier = "", set(), beside
    for token in beside[1:]:
        word = _word_of_life(token, context)
        if word and (beside[0].text == "(" or "Fin" not in feature(token, "VerbForm")):
            kind, carrier = word, context.doc[token.i : token.i + 1]
        elif token.pos_ in VERBAL or (not kind and (token.i - beside.start > _AGE or token.pos_ == "PROPN")):
            return
        target = _time(token, starts) or _place(token, context)
        if kind and target and (kind, type(target)) not in taken:
            taken.add((kind, type(target)))
            yield kind, target, carrier


def _word_of_life(token: Token, context: Context) -> str:
    if token.lower_ in context.lexicon.words("BirthWord"):
        return _BIRTH
    return _DEATH if token.lower_ in context.lexicon.words("DeathWord") else ""


def _time(token: Token, starts: dict[int, Time]) -> Time | None:
    time = starts.get(token.i)
    return time if time and time.begin and time.end and _days(time.begin, time.end) <= 366 else None


def _place(token: Token, context: Context) -> Mention | None:
    """The place that begins at a token, right after a preposition of place."""
    place = context.mentions.at(token)
    if place is None or place.type is not MentionType.NAME or not context.is_a(place, PLACE):
        return None
    tokens = context.tokens(place.span)
    at = tokens.start - 1 - (context.doc[tokens.start - 1].pos_ == "DET")
    inside = context.lexicon.syntax.lemma(context.doc[at]) in context.lexicon.words("InsidePreposition")
    return place if inside and tokens.start == token.i else None


def _days(begin: date, end: date) -> int:
    return (end - begin).days


def _lived(beside: Tokens, starts: dict[int, Time], context: Context) -> Iterator[tuple[str, Mention | Time, Tokens]]:
    """A bracket with nothing but two days, and maybe two places: "(1950-2010)", "(Dakar, 1950 - Paris, 2010)"."""
    if len(beside) < 2 or beside[0].text != "(":
        return
    inside = [t for t in beside[1:] if not t.is_punct and not context.is_time(t)]
    places = [m for t in inside if (m := context.mentions.at(t)) and context.is_a(m, PLACE)]
    times = [starts[t.i] for t in beside if t.i in starts]
    if len(places) != len(inside) or len(places) not in {0, 2}:
        return
    ends = _ends(times)
    if ends and ends[0].begin and ends[1].begin and ends[1].begin.year - ends[0].begin.year in _LIFE:
        yield from zip((_BIRTH, _DEATH), ends, (beside, beside), strict=True)
        yield from zip((_BIRTH, _DEATH)[: len(places)], places, (beside, beside), strict=False)


def _ends(times: list[Time]) -> tuple[Time, Time] | None:
    """The day, month or year of the birth and of the death: two times, or both ends of one that runs over a life."""
    if len(times) == 2:
        return times[0], times[1]
    if len(times) != 1 or not times[0].begin or not times[0].end:
        return None
    time, begin, end = times[0], times[0].begin, times[0].end
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31):  # years
        return replace(time, end=date(begin.year, 12, 31)), replace(time, begin=date(end.year, 1, 1))
    return replace(time, end=begin), replace(time, begin=end)
