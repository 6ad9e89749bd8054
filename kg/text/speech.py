"""Mentions in, reported speech out: who says what, by which words, directly or not.

Four constructions: a verb of speech with its clause ("X a déclaré que …"), one that stands inside or after what is said
("…, indique un communiqué publié par X"), words of attribution ("selon X, …"), and quotation marks beside any of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import Quotation, Span
from kg.text.anaphors import is_possessive
from kg.text.context import Context, span_of
from kg.text.negation import is_negated
from kg.text.sources import first_source, named_after, source

_EDGES = frozenset(",;:.—–-") | {"..."}


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said as a run of tokens, by which cue, and by whom."""

    start: int
    end: int
    cue: Span
    speaker: Span
    anchor: Token


def find_quotations(context: Context) -> list[Quotation]:
    """The reported speech of an article, in the order of its words."""
    # what the quoted say that others say is theirs to tell
    said = [one for s in context.sentences for one in _reported(s, context) if not context.quote_of(one.cue)]
    found = [quotation for one in said if (quotation := _quotation(one, context))]
    return sorted(_outermost(found), key=lambda q: (q.content, q.cue))


def _outermost(quotations: list[Quotation]) -> Iterator[Quotation]:
    """One quotation for one content: of two that overlap, the one with a speaker, then the longer."""
    taken: list[Span] = []
    for one in sorted(quotations, key=lambda q: (q.speaker is None, q.content.start - q.content.end, q.content)):
        place = bisect_left(taken, one.content)
        if not any(one.content.overlaps(neighbour) for neighbour in taken[max(place - 1, 0) : place + 1]):
            taken.insert(place, one.content)
            yield one


def _quotation(said: _Said, context: Context) -> Quotation | None:
    start, end = _without_marks(context, *_whole_quote(said, context))
    if end - start < 2:
        return None
    content = span_of(context.doc[start:end])
    quotes = context.quotes_at(content)
    direct = any(content in quote or (quote in content and _mostly(quote, content)) for quote in quotes)
    evidence = context.evidence(content, said.cue, at=said.anchor)
    return Quotation(content, said.cue, evidence, said.speaker, direct, context.time_of(said.anchor))


def _whole_quote(said: _Said, context: Context) -> tuple[int, int]:
    """What is said, widened to the quotes that it begins or ends in: a quote may run over several sentences."""
    words = span_of(context.doc[said.start : said.end])
    torn = [quote for quote in context.quotes_at(words) if quote not in words]
    if not torn:
        return said.start, said.end
    inside = context.tokens(torn[0].cover(torn[-1]))
    lead = [t for t in context.doc[said.start : inside.start] if t.is_alpha]
    return (min(said.start, inside.start) if lead else inside.start), max(said.end, inside.end)


def _mostly(part: Span, whole: Span) -> bool:
    return (part.end - part.start) * 10 > (whole.end - whole.start) * 9


def _without_marks(context: Context, start: int, end: int) -> tuple[int, int]:
    """A run of tokens without the commas and quotation marks at its edges, where those are not of a pair inside it."""
    openers, closers = context.lexicon.words("QuotationOpener"), context.lexicon.words("QuotationCloser")
    doc = context.doc
    while start < end and (doc[start].text in _EDGES or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in _EDGES or doc[end - 1].is_space):
        end -= 1
    if start < end and doc[start].text in openers and not _closes_inside(context, start, end):
        start += 1
        end -= doc[end - 1].text in closers
    elif start < end and doc[end - 1].text in closers and not any(t.text in openers for t in doc[start : end - 1]):
        end -= 1
    while start < end and doc[end - 1].text in _EDGES:
        end -= 1
    return start, end


def _closes_inside(context: Context, start: int, end: int) -> bool:
    closers = context.lexicon.words("QuotationCloser")
    return any(token.text in closers for token in context.doc[start + 1 : end - 1])


def _reported(sentence: Tokens, context: Context) -> Iterator[_Said]:
    for token in sentence:
        if token.pos_ == "VERB" and context.lexicon.has("SpeechVerb", token) and not is_negated(token, context):
            constructions = (_with_clause, _fronted, _inserted, _announced)
            yield from [said for find in constructions if (said := find(token, context))][:1]
            continue
        for end, _ in list(context.lexicon.attributions.at(context.doc, token.i))[:1]:
            if said := _attributed(token, end, sentence, context):
                yield said


def _with_clause(verb: Token, context: Context) -> _Said | None:
    """ "X a déclaré que …": the clause is what is said, without the word that opens it."""
    syntax = context.lexicon.syntax
    clauses = [c for c in syntax.children(verb, "clause") if c.i > verb.i and c.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}]
    if not clauses:
        return None
    tokens = sorted(clauses[0].subtree, key=lambda t: t.i)
    start, end = tokens[0].i, tokens[-1].i + 1
    if context.doc[start].pos_ == "SCONJ":
        start += 1
    elif not any(syntax.children(clauses[0], "subject")) and any(syntax.children(clauses[0], "marker")):
        if not context.lexicon.has("AccusationVerb", verb):
            return None  # "menace de partir" tells of a threat, "dit être parti" of a saying
        start += 1
    speaker = first_source(syntax.agents(verb), context)
    return _Said(start, end, _cue(verb, context), speaker, verb) if speaker else None


def _fronted(verb: Token, context: Context) -> _Said | None:
    """ "China supports Russia," Sean Parnell said": what is said stands first, then who says it, then the verb."""
    syntax = context.lexicon.syntax
    subjects = [c for c in syntax.children(verb, "subject") if c.i < verb.i]
    clauses = [c for c in syntax.children(verb, "clause") if subjects and c.i < subjects[0].i]
    if not clauses:
        return None
    edge = min(token.i for token in subjects[0].subtree)
    speaker = first_source(subjects, context)
    return _Said(verb.sent.start, edge, _cue(verb, context), speaker, verb) if speaker else None


def _inserted(verb: Token, context: Context) -> _Said | None:
    """ "« … », a déclaré X" and "…, indique un communiqué publié par X": what stands before is what is said."""
    first = min((verb, *context.lexicon.syntax.children(verb, "auxiliary")), key=lambda t: t.i)
    before = context.doc[first.i - 1] if first.i > verb.sent.start else None
    closers = context.lexicon.words("QuotationCloser")
    if before is None or not (before.text in closers or before.text == ",") or context.lexicon.syntax.is_passive(verb):
        return None
    speaker = first_source(_postposed(verb, first, context), context)
    return _Said(verb.sent.start, first.i, _cue(verb, context), speaker, verb) if speaker else None


def _announced(verb: Token, context: Context) -> _Said | None:
    """ "X a déclaré : « … »": the quote after the colon is what is said, however far it runs."""
    rest = context.doc[verb.i + 1 : verb.sent.end]
    colon = next((t for t in rest if t.text == ":"), None)
    openers = context.lexicon.words("QuotationOpener")
    if colon is None or colon.i + 1 >= len(context.doc) or context.doc[colon.i + 1].text not in openers:
        return None
    speaker = first_source(context.lexicon.syntax.agents(verb), context)
    return _Said(colon.i + 1, verb.sent.end, _cue(verb, context), speaker, verb) if speaker else None


def _postposed(verb: Token, first: Token, context: Context) -> list[Token]:
    """The nouns or the pronoun after a verb of speech, or its auxiliary, that may be its source, the likeliest first.

    A verb whose subject stands before it is no insertion: what follows is its object.
    """
    syntax = context.lexicon.syntax
    if any(subject.i < first.i for subject in syntax.children(verb, "subject")):
        return []
    parted = first.nbor(-1).text == ","  # after a quote alone, only a subject says who speaks
    kinds = ("subject", "object", "bare_oblique") if parted else ("subject",)
    after = [c for k in kinds for c in syntax.children(verb, k) if c.i > first.i and not context.is_time(c)]
    return sorted(after, key=lambda noun: context.referent(noun) is None)


def _attributed(token: Token, end: int, sentence: Tokens, context: Context) -> _Said | None:
    """ "Selon X, …" and "…, selon X": the rest of the sentence is what is said."""
    noun = next((t for t in context.doc[end : min(end + 6, sentence.end)] if token.i <= t.head.i < end), None)
    if noun is None and token.head.i >= end and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        noun = token.head
    after = context.doc[end] if end < len(context.doc) else None
    known = context.referent(after) if after is not None and not is_possessive(after, context) else None
    speaker = known.span if known else source(noun, context) if noun is not None else None
    if speaker is None:
        return None
    cue = span_of(context.doc[token.i : end])
    commas = [t.i for t in sentence if t.text == ","]
    if token.i - sentence.start < 2:
        last = max(end, *(context.tokens(span).end for span in (speaker, named_after(speaker, token, context))))
        begin = next((comma + 1 for comma in commas if comma >= last), last)
        return _Said(begin, sentence.end, cue, speaker, token)
    return _Said(sentence.start, token.i, cue, speaker, token)


def _cue(verb: Token, context: Context) -> Span:
    """The verb with the auxiliaries that stand right before it."""
    parts = [verb, *(c for c in context.lexicon.syntax.children(verb, "auxiliary") if 0 < verb.i - c.i < 4)]
    return span_of(context.doc[min(t.i for t in parts) : verb.i + 1])


def speaker_at(quotations: list[Quotation], span: Span, context: Context) -> Span | None:
    """Who says the words at a span, where somebody is reported to; words quoted from nobody known say so themselves."""
    place = bisect_right(quotations, span.start, key=lambda quotation: quotation.content.start) - 1
    if place >= 0 and span in quotations[place].content:
        return quotations[place].speaker
    quote = context.quote_of(span)
    return quote if quote != span else None
