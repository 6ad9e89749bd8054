"""A tagged Doc in, the same with moods that its verbs' endings prove; the model takes rare forms for common ones.

« achèverait » is tagged an imperfect, yet no imperfect holds the whole infinitive.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.gazetteer import fold
from kg.text.languages import Language

VERBAL = frozenset({"VERB", "AUX"})  # parts of speech


def feature(token: Token, name: str) -> list[str]:
    """The values of a morphological feature, none where the token has none of it."""
    return list(token.morph.get(name, []))


def mend(doc: Doc, language: Language) -> Doc:
    """Set the features of verbs whose form is their infinitive and an ending that the language file explains."""
    for token in doc:
        if language.endings and token.pos_ in VERBAL and (features := _proved(token, language)):
            kept = [f"{name}={value}" for name in ("Number", "Person") for value in feature(token, name)[:1]]
            token.set_morph("|".join([features, *kept]))  # type: ignore[attr-defined]
    return doc


def _proved(verb: Token, language: Language) -> str | None:
    stem, form = fold(verb.lemma_).removesuffix("e"), fold(verb.text)  # « achèverait » comes from « achever »
    if not stem.endswith("r") or not form.startswith(stem):
        return None
    return next((features for features, some in language.endings.items() if form[len(stem) :] in some), None)
