"""A happening in, how many and how much out: dead and wounded, troops, euros; numbers in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.model import Bound, Quantity
from kg.text.context import Context
from kg.text.events.happening import Happening
from kg.text.mentions import span_of
from kg.text.nouns import noun_phrase
from kg.text.tokens import Token

_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[\s\u00a0\u202f]")
_BOUNDS = {"AtLeastWord": Bound.AT_LEAST, "AtMostWord": Bound.AT_MOST, "AboutWord": Bound.ABOUT}
_MARKED = 4  # "no fewer than": a bound has at most so many words
_LONG = 7  # a number has at most so many words


def quantities(found: Happening, context: Context) -> tuple[Quantity, ...]:
    """What is counted in an event, in its order: its patients, what is fixed beside its verb, sums of money."""
    seen = {noun.i: noun for noun in _nouns(found, context) if not context.is_time(noun)}
    counted = (seen[place] for place in sorted(seen) if not context.lexicon.has("MeasureWord", seen[place]))
    return tuple(q for noun in counted if (q := _quantity(noun, context)))


def _nouns(found: Happening, context: Context) -> Iterator[Token]:
    syntax, verb = context.lexicon.syntax, found.trigger
    counted = [*found.words]
    if found.construction == "verb":
        counted += [*syntax.patients(verb), *(n for _, n in syntax.obliques(verb) if _is_money(n, context))]
    for word in counted:
        yield from syntax.conjuncts(word) if word in found.words else [word]


def _is_money(noun: Token, context: Context) -> bool:
    return any(context.lexicon.has("CurrencyWord", word) for word in noun.subtree)


def _quantity(noun: Token, context: Context) -> Quantity | None:
    """The number before a noun; one of thousands or millions is of what comes after them: "10 millions d'euros"."""
    numerals = context.lexicon.ontology.numerals.get(context.lexicon.language.code, {})
    head = noun
    if noun.lemma_.lower() in numerals or noun.lower_ in numerals:
        below = [n for _, n in context.lexicon.syntax.obliques(noun)]
        head = below[0] if below else noun
    words = _number_words(head, numerals)
    value = _value(words, numerals) if words else None
    if value is None or (head == noun and noun.lower_ in numerals and not words):
        return None
    money = context.lexicon.has("CurrencyWord", head)
    span = span_of(noun_phrase(context, head.i, head.i + 1))
    whole = span_of(words[0]).cover(span)
    bound = _bound(words, context)
    return Quantity(value, whole, unit=span if money else None, counted=None if money else span, bound=bound)


def _bound(number: Sequence[Token], context: Context) -> Bound | None:
    """What the words before a number, or its own, make of it: "au moins douze", "une dizaine"."""
    doc, first = number[0].doc, number[0].sent.start
    for end in (number[0].i, number[-1].i + 1):
        said = {doc[start:end].text.lower().replace("’", "'") for start in range(max(first, end - _MARKED), end)}
        for name, bound in _BOUNDS.items():
            if not said.isdisjoint(context.lexicon.words(name)):
                return bound
    return None


def _number_words(noun: Token, numerals: dict[str, int]) -> list[Token]:
    """The words of the number that stands before a noun, adjectives between them left out."""
    found: list[Token] = []
    place = noun.i - 1
    while place >= noun.sent.start and noun.i - place <= _LONG:
        word = noun.doc[place]
        if _is_numeral(word, numerals):
            found.insert(0, word)
        elif word.pos_ not in {"ADP", "ADJ", "SPACE", "SYM"} or (found and word.pos_ != "SPACE"):
            break
        place -= 1
    return found if any(word.pos_ != "DET" or _DIGITS.match(word.text) for word in found) else []


def _is_numeral(word: Token, numerals: dict[str, int]) -> bool:
    return bool(_DIGITS.match(word.text)) or word.lower_ in numerals or word.lemma_.lower() in numerals


def _value(words: list[Token], numerals: dict[str, int]) -> Decimal | None:
    """The number that words say: "deux cent mille", "3,5 millions", "22 000"."""
    total, current, digits = Decimal(0), Decimal(0), False
    for word in words:
        text = _MARKS.sub("", word.text)
        if _DIGITS.match(text):
            number = _in_digits(text)
            if number is None:
                return None
            current = current * 1000 + number if digits and len(text) == 3 else current + number
            digits = True
            continue
        value, digits = numerals.get(word.lower_, numerals.get(word.lemma_.lower(), 0)), False
        if value >= 1000:
            total, current = total + max(current, Decimal(1)) * value, Decimal(0)
        elif value == 100:
            current = max(current, Decimal(1)) * value
        else:
            current += value
    return total + current


def _in_digits(text: str) -> Decimal | None:
    """A number in digits: "1,200" and "1.200" have thousands, "3,5" and "3.5" a fraction; "12-14" is none."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return Decimal(re.sub(r"[.,]", "", text))
    return Decimal(text.replace(",", ".")) if re.fullmatch(r"\d+([.,]\d+)?", text) else None
