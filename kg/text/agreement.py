"""Words in, what a pronoun must agree with out: their number, and the gender of a noun or of whoever bears a name."""

from __future__ import annotations

from collections.abc import Iterable

from kg.text.lexicon import Lexicon
from kg.text.morphology import feature
from kg.text.tokens import Token, Tokens

FEMININE, MASCULINE = "Fem", "Masc"


def is_plural(token: Token) -> bool:
    """Whether a word, or the article before it, is in the plural: "les États-Unis"."""
    articles = [child for child in token.children if child.pos_ == "DET" and child.i < token.i]
    own, shown = feature(token, "Number"), [number for article in articles for number in feature(article, "Number")]
    return "Sing" not in (*own, *shown) if "Plur" in own else "Plur" in shown


def gender(token: Token, *, is_person: bool = False) -> str | None:
    """The gender that a noun's article shows, else its own; a name's own is the model's guess and counts for nothing.

    Without an article that shows it, neither does that of a noun for one person, which often is both: "l'artiste".
    """
    articles = [g for child in token.lefts if child.pos_ in {"DET", "ADP"} for g in feature(child, "Gender")]
    guessed = token.pos_ == "PROPN" or (is_person and not is_plural(token))
    own = feature(token, "Gender") if not guessed else []
    return next(iter([*articles, *own]), None)


def gender_of_name(name: Tokens, lexicon: Lexicon) -> str | None:
    """The gender of a person's name, by the title before it, by the first name, or by what agrees with it."""
    before = name.doc[name.start - 1] if name.start > name.sent.start else None
    titles = [token for token in (before, name[0]) if token is not None]
    return (
        _listed(titles, ("FeminineTitle", "MasculineTitle"), lexicon)
        or _listed(_first_names(name), ("FeminineFirstName", "MasculineFirstName"), lexicon)
        or (FEMININE if _is_feminine_subject(name.root, lexicon) else None)
    )


def _listed(tokens: Iterable[Token | str], classes: tuple[str, str], lexicon: Lexicon) -> str | None:
    words = {token.lower() if isinstance(token, str) else token.lower_ for token in tokens}
    found = [sex for sex, name in zip((FEMININE, MASCULINE), classes, strict=True) if words & lexicon.words(name)]
    return found[0] if len(found) == 1 else None


def _first_names(name: Tokens) -> list[str]:
    """The first word of a name of several, and the first part of one that a hyphen binds: "Marie-Odile"."""
    first = name[0].text
    return [first] if "-" not in first.strip("-") else [first.split("-")[0]]


def _is_feminine_subject(subject: Token, lexicon: Lexicon) -> bool:
    """Whether the participle or the adjective that a subject governs is feminine: "Aïda Touihri est née à Lyon"."""
    verb = subject.head
    is_subject = lexicon.syntax.is_(subject, "subject") or lexicon.syntax.is_(subject, "passive_subject")
    object_before = any(child.i < verb.i for child in lexicon.syntax.children(verb, "object"))
    participle = verb.pos_ == "ADJ" or "Part" in feature(verb, "VerbForm")
    return is_subject and participle and not object_before and FEMININE in feature(verb, "Gender")
