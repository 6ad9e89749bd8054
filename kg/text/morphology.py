"""A tagged Doc in, the same with what a model leaves out: moods that endings prove, pronouns that a clause proves.

« achèverait » is tagged an imperfect, yet no imperfect holds the whole infinitive; an English "which" has no features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc
from spacy.tokens import Token as Parsed

from kg.gazetteer import fold
from kg.text import languages
from kg.text.languages import Language
from kg.text.tokens import Token

VERBAL = frozenset({"VERB", "AUX"})  # parts of speech
_COLUMNS: list[int | str] = ["TAG", "POS"]


def feature(token: Token, name: str) -> Sequence[str]:
    """The values of a morphological feature, none where the token has none of it."""
    return token.morph.get(name, ())


def mend(doc: Doc, language: Language) -> Doc:
    """Set the features of verbs whose form is their infinitive and an ending that the language file explains.

    And those of relative pronouns, which a tag and the clause they stand in tell from those that ask.
    """
    strings = doc.vocab.strings
    relatives = {strings[tag] for tag in language.relatives}
    verbal = {strings[part] for part in VERBAL} if language.endings else ()
    for place, (tag, part) in enumerate(doc.to_array(_COLUMNS).tolist()):
        if tag in relatives and _in_relative(token := doc[place], language):
            _set(token, "PronType=Rel", str(token.morph))
        if part in verbal and (proved := _proved((token := doc[place]).text, token.lemma_, language.code)):
            kept = (f"{name}={value}" for name in ("Number", "Person") for value in token.morph.get(name, [])[:1])
            _set(token, proved, *kept)
    return doc


def _set(token: Parsed, *features: str) -> None:
    token.set_morph("|".join(filter(None, features)))  # type: ignore[attr-defined]


def _in_relative(pronoun: Parsed, language: Language) -> bool:
    """Whether the nearest clause that a pronoun stands in is a relative one."""
    clause = next((token for token in pronoun.ancestors if token.pos_ in VERBAL), None)
    return clause is not None and language.has("relative", clause.dep_)


@lru_cache(maxsize=20_000)  # a language's verbs come again
def _proved(verb: str, lemma: str, code: str) -> str | None:
    """The features that an ending proves, where a form is a verb's stem and that ending."""
    form, language = fold(verb), languages.language(code)
    endings = {form.removeprefix(stem) for stem in _stems(fold(lemma), language) if form.startswith(stem)}
    return next((features for features, some in language.endings.items() if endings.intersection(some)), None)


def _stems(lemma: str, language: Language) -> Iterator[str]:
    """What a future is built on: the infinitive (« achèverait » comes from « achever »), or a stem of its own."""
    if (regular := lemma.removesuffix("e")).endswith("r"):
        yield regular
    yield from (lemma.removesuffix(end) + stem for end, stem in language.stems.items() if lemma.endswith(end))
