"""Names in, what their last word tells out: "Granby High School" is a body, "Acme Stores Inc." a company.

English names of bodies say at their end what they are, and other languages borrow them as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.gazetteer import fold
from kg.text.candidates import Candidate, Taken
from kg.text.context import ORGANIZATION, Context
from kg.text.tokens import Token, Tokens

_ANY_LANGUAGE = "mul"  # BCP 47's
_INITIALS = 3  # so many capitals may be those of a name
_LONGEST = 6  # words of a name before the one that says what it is


def is_legal_form(token: Token, context: Context) -> bool:
    """Whether a word is that of a company's legal form: "Inc", "GmbH"."""
    return fold(token.text) in context.lexicon.ontology.words("LegalForm", _ANY_LANGUAGE)


def ends_as_body(tokens: Tokens, context: Context) -> bool:
    """Whether the last word of a name, or the last before an "of", says that it is a body's: "College of Art"."""
    filler = context.lexicon.ontology.words("NameFiller", _ANY_LANGUAGE)
    ends = [t for t in tokens[1:] if t.i + 1 == tokens.end or t.nbor(1).lower_ in filler]
    return any(_is_body_word(token, context) for token in ends)


def find_ended(context: Context, names: Sequence[Candidate]) -> list[Candidate]:
    """The names, with the runs of capitals that end with a word for a body, where no name goes beyond them."""
    taken = Taken.by(names)
    new = (one for one in _runs(context) if not any(_is_same(one, name) for name in taken.under(one)))
    whole = [one for one in new if all(one.covers(name) for name in taken.under(one))]
    again = Taken.by(whole)
    return sorted([*(name for name in names if not again.under(name)), *whole], key=lambda name: name.start)


def _is_same(one: Candidate, other: Candidate) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _runs(context: Context) -> Iterator[Candidate]:
    """Runs of words in capitals that end with a word for a body, and begin with a word that is a name's."""
    doc = context.doc
    for token in doc:
        if _is_body_word(token, context) and not _goes_on(token):
            start = token.i
            while start > max(token.sent.start, token.i - _LONGEST) and _is_capital(doc[start - 1]):
                start -= 1
            while start < token.i and doc[start].pos_ in {"DET", "ADP", "PRON"}:
                start += 1
            if start < token.i:
                yield Candidate(start, token.i + 1, ORGANIZATION)


def _goes_on(token: Token) -> bool:
    """Whether the words in capitals go on after a token: "Kleiner Bank Holdings"."""
    return token.i + 1 < token.sent.end and _is_capital(token.nbor(1))


def _is_capital(token: Token) -> bool:
    """Whether a word has a capital and is not shouted; two or three capitals alone are initials: "JFK High School"."""
    return token.text[0].isupper() and (len(token) <= _INITIALS or any(letter.islower() for letter in token.text))


def _is_body_word(token: Token, context: Context) -> bool:
    return token.is_title and fold(token.text) in context.lexicon.ontology.words("BodyWord", _ANY_LANGUAGE)
