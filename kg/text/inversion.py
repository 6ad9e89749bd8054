"""A parsed Doc in, the same with the subjects of inverted verbs out: « a-t-il dit », « a-t-on appris ».

The model takes the letter that only parts two vowels for a pronoun, and hangs the pronoun on it.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg import ontology
from kg.text.languages import Language

_SUBJECTS = ("subject", "passive_subject", "expletive")


def mend_inversions(doc: Doc, language: Language) -> Doc:
    """Give each pronoun after such a letter the place of a subject, and the letter none."""
    strings = doc.vocab.strings
    letters = {strings[letter] for letter in ontology.load().words("EuphonicLetter", language.code)}
    for place, lower in enumerate(doc.to_array("LOWER").tolist()[:-1]):
        if lower in letters:
            letter, pronoun = doc[place], doc[place + 1]
            if pronoun.pos_ == "PRON" and letter.sent == pronoun.sent:
                _mend(letter, pronoun, language)
    return doc


def _mend(letter: Token, pronoun: Token, language: Language) -> None:
    verb = letter.head if pronoun.head == letter else pronoun.head
    if verb in (letter, pronoun):
        return
    for child in [child for child in letter.children if child.i != pronoun.i]:
        child.head = verb
    pronoun.head, letter.head = verb, pronoun
    if not any(language.has(construction, pronoun.dep_) for construction in _SUBJECTS):
        pronoun.dep_ = min(language.labels["subject"])
    letter.dep_ = min(language.labels["unplaced"])
