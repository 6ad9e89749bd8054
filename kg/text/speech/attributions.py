"""The words of attribution and the nouns of speech of a sentence in, what is said by them out, with who says it.

"Selon X, …", "…, selon X", "pour X, « … »"; "l'annonce de X selon laquelle …"; "la promesse de X que …".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, MentionType, Span
from kg.text.anaphors import is_possessive
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL
from kg.text.speech.contents import Said, is_clause, is_finite, sentence_of
from kg.text.speech.sources import is_speech, named_after, source
from kg.text.syntax import is_relative
from kg.text.tokens import Token, Tokens

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PARTING = frozenset(",;:")
_BRACKETS = {",": ",", "(": ")", "[": "]", "-": "-", "–": "–", "—": "—"}
_NEAR = 8  # tokens within which a relative pronoun's noun stands, and a viewpoint's comma


def said_by_attribution(sentence: Tokens, context: Context) -> Iterator[Said]:
    """What a sentence attributes by words other than verbs."""
    attributions, viewpoints = context.lexicon.attributions, context.lexicon.words("ViewpointPreposition")
    for token in sentence:
        found, views = attributions.at(context.doc, token.i), token.lower_ in viewpoints
        if not (found or views or is_speech(token, context)) or context.quote_of(token.span):
            continue
        if found:
            said = _attributed(token, found[0][0], sentence_of(token), context)
        elif views:
            said = _seen(token, sentence_of(token), context)
        else:
            said = _of_noun(token, context)
        if said:
            yield said


def _attributed(token: Token, end: int, sentence: Tokens, context: Context) -> Said | None:
    """ "Selon X, …" and "…, selon X": the rest of the sentence is what is said."""
    noun = _noun_of(token, end, sentence, context)
    if noun is not None and is_relative(noun):
        return _relative(token, noun, context)
    after = context.doc[end] if end < len(context.doc) else None
    known = context.referent(after) if after is not None and not is_possessive(after, context) else None
    if noun is not None and known is None and context.lexicon.has("MeasureNoun", noun):
        return None  # "selon les cas", "according to plan"
    speaker = known.span if known else source(noun, context) if noun is not None else None
    if speaker is None or (known is None and noun is not None and noun.pos_ == "ADV"):
        return None
    start, stop = _reach(token, end, speaker, sentence, context)
    return Said(start, stop, span_of(context.doc[token.i : end]), speaker, token) if start < stop else None


def _noun_of(token: Token, end: int, sentence: Tokens, context: Context) -> Token | None:
    """The noun that words of attribution bring, wherever the parser hung them."""
    inside = context.doc[end : min(end + 6, sentence.end)]
    noun = next((t for t in inside if token.i <= t.head.i < end and t.pos_ != "DET"), None)
    if noun is None and token.head.i >= end and token.head.pos_ in _NOMINAL:
        noun = token.head
    return noun if noun is not None else next((t for t in inside if t.pos_ in _NOMINAL), None)


def _reach(token: Token, end: int, speaker: Span, sentence: Tokens, context: Context) -> tuple[int, int]:
    """How far goes what a source is brought for: its brackets, what stands before it, or all of the sentence."""
    doc = context.doc
    last = max(end, *(context.tokens(span).end for span in (speaker, named_after(speaker, token, context))))
    if token.i - sentence.start < 2 or _begins_clause(token):
        return _after_source(last, sentence, context), sentence.end
    opener = doc[token.i - 1]
    closing = _BRACKETS.get(opener.text)
    comma = next((t for t in doc[last : sentence.end] if closing and t.text == closing), None)
    goes_on = comma is not None and _goes_on(doc[sentence.start : opener.i], doc[comma.i + 1 : sentence.end])
    return sentence.start, sentence.end if goes_on else opener.i + 1 - (closing is not None)


def _goes_on(before: Tokens, rest: Tokens) -> bool:
    """Whether what stands before a source in commas or brackets has its other part after it: its verb, or a place."""
    words = [t for t in rest if t.is_alpha]
    if not words or any(t.pos_ in {"CCONJ", "SCONJ", "PRON"} for t in rest[:2]):
        return False
    return not is_finite(before) or before[-1].pos_ in VERBAL or rest[0].pos_ == "ADP"


def _begins_clause(token: Token) -> bool:
    """Whether a source opens a clause inside a sentence: "…, mais, selon X, …"."""
    before = [t for t in token.doc[max(sentence_of(token).start, token.i - 2) : token.i] if t.text != ","]
    return bool(before) and before[-1].pos_ in {"CCONJ", "SCONJ"}


def _after_source(last: int, sentence: Tokens, context: Context) -> int:
    """Where what is said begins after its source: with the sentence's first words that are none of the source's."""
    commas = [t.i + 1 for t in sentence if t.text in _PARTING and t.i >= last]
    quote = next((t.i for t in context.doc[last : sentence.end] if _opens_quote(t, context)), sentence.end)
    root = sentence.root
    if root.i >= last and root.pos_ in VERBAL:
        lefts = [t for t in root.lefts if t.i >= last and not t.is_punct and t.i > min([*commas, last]) - 1]
        main = min([t.left_edge.i for t in lefts if t.left_edge.i >= last], default=root.i)
        commas = [c for c in commas if c <= main][-1:] or commas[:1]
    return min([*commas[:1], quote], default=last) if commas or quote < sentence.end else last


def _opens_quote(token: Token, context: Context) -> bool:
    if token.text not in context.lexicon.words("QuotationOpener") or token.i + 1 >= len(context.doc):
        return False
    quote = context.quote_of(span_of(context.doc[token.i + 1]))
    return quote is not None and is_clause(context.tokens(quote))


def _relative(token: Token, pronoun: Token, context: Context) -> Said | None:
    """ "Les déclarations de X selon lesquelles …", "l'ONU, pour qui …": a relative clause is what is said."""
    before = context.doc[max(sentence_of(token).start, token.i - _NEAR) : token.i]
    nouns = [t for t in before if t.pos_ in {"NOUN", "PROPN"}]
    speech = [t for t in nouns if is_speech(t, context)]
    head = context.lexicon.syntax.relative_head(pronoun)
    if speech or head is None or is_relative(head):
        head = next(reversed(speech or nouns), None)
    speaker = source(head, context) if head is not None else None
    stop = sentence_of(token).end
    end = next((t.i for t in context.doc[pronoun.i + 1 : stop] if t.text == ";"), stop)
    cue = span_of(context.doc[token.i : pronoun.i + 1])
    return Said(pronoun.i + 1, end, cue, speaker, token) if speaker else None


def _seen(token: Token, sentence: Tokens, context: Context) -> Said | None:
    """ "Pour X, « … »" and "Pour l'avocat, …": X thinks so; a name with no quote after it may be whom it is about."""
    near = context.doc[token.i + 1 : min(token.i + 1 + _NEAR, sentence.end)]
    if near and token.i > sentence.start and context.lexicon.has("RelativePronoun", near[0]):
        said = _relative(token, near[0], context) if is_finite(near[1:]) else None
        thinker = context.mentions.by_span.get(said.speaker) if said and said.speaker else None
        return said if thinker and _thinks(thinker, context) else None  # "les raisons pour lesquelles" think nothing
    if token.i - sentence.start > 1:
        return None
    comma = next((t for t in near if t.text == ","), None)
    nouns = [t for t in near[: comma.i - token.i - 1 if comma else 0] if t.pos_ in _NOMINAL]
    mention = context.referent(nouns[0]) if nouns else None
    if comma is None or mention is None or not _thinks(mention, context):
        return None
    quotes = context.quotes_at(span_of(context.doc[comma.i : sentence.end]))
    named = mention.type is not MentionType.NOMINAL
    if (named and not quotes) or not is_finite(context.doc[comma.i : sentence.end]):
        return None
    return Said(comma.i + 1, sentence.end, span_of(token), mention.span, token)


def _thinks(mention: Mention, context: Context) -> bool:
    return context.is_a(mention, PERSON) or context.is_a(mention, ORGANIZATION)


def _of_noun(noun: Token, context: Context) -> Said | None:
    """ "La promesse de X que …", "X's claim that …": the clause below a noun of speech."""
    for clause in noun.children:
        if clause.i <= noun.i or clause.pos_ not in VERBAL:
            continue
        tokens = list(context.doc[clause.left_edge.i : min(clause.right_edge.i + 1, sentence_of(clause).end)])
        opener = next((t for t in tokens if context.lexicon.has("Complementizer", t)), None)
        if opener is None or opener.i >= clause.i or opener.pos_ != "SCONJ" or context.possessor(noun) is None:
            continue
        speaker = source(noun, context)
        if speaker:
            return Said(opener.i + 1, tokens[-1].i + 1, span_of(noun), speaker, noun)
    return None
