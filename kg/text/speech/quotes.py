"""The quotes that no verb and no words of attribution go with in, who says them out.

A quote is said by the name before its colon, by who does what stands there ("X a rendu hommage à Y : « … »"), by
the name under it, by whoever was quoted right before it, or by who is said to speak in the sentence before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Mention, MentionType, Quotation, Span
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.mentions import span_of
from kg.text.nouns import kind_of
from kg.text.speech.contents import Said, is_clause, sentence_of
from kg.text.speech.sources import first_source
from kg.text.speech.speaking import Speaking, speaking_verbs
from kg.text.tokens import Token, Tokens

_DASHES = frozenset("—–-")
_FAR = 1  # sentences after which a quote is no more who's who was quoted before


def said_in_quotes(quotations: Sequence[Quotation], context: Context) -> Iterator[Said]:
    """What quotes say that none of the quotations holds, all in their order."""
    last: tuple[Span, Span, Span] | None = None  # the words quoted last, their cue, who said them
    for quote in context.quotes:
        tokens = context.tokens(quote)
        if held := _held(quote, quotations):
            last = (held.content, held.cue, held.speaker) if held.speaker else None
        elif is_clause(tokens) and (said := _said(tokens, last, context)):
            last = (quote, said.cue, said.speaker) if said.speaker else None
            yield said


def _held(quote: Span, quotations: Sequence[Quotation]) -> Quotation | None:
    """The last of the quotations, which are in order, that shares words with a quote."""
    place = bisect_left(quotations, quote.end, key=lambda one: one.content.start) - 1
    return quotations[place] if place >= 0 and quotations[place].content.overlaps(quote) else None


def _said(quote: Tokens, last: tuple[Span, Span, Span] | None, context: Context) -> Said | None:
    signed = _signed(quote, context) or _after_colon(quote, context)
    return signed or _continued(quote, last, context) or _after_speech(quote, context)


def _signed(quote: Tokens, context: Context) -> Said | None:
    """A quote under which its author's name stands, after a dash: "« … »\n— Victor Hugo"."""
    rest = context.doc[quote.end + 1 : quote.end + 8]
    dash = next((t for t in rest if not t.is_space), None)
    if dash is None or dash.text not in _DASHES or "\n" not in context.doc[quote.end : dash.i].text:
        return None
    speaker = _known(context.doc[dash.i + 1 : dash.i + 3], context)
    return Said(quote.start, quote.end, span_of(dash), speaker, dash) if speaker else None


def _after_colon(quote: Tokens, context: Context) -> Said | None:
    """ "Alain Fousseret : « … »" and "X a rendu hommage à Y : « … »"."""
    colon = colon_before(quote, context)
    if colon is None:
        return None
    if signs(colon, context) and (names := names_before(colon, context)):
        return Said(quote.start, quote.end, span_of(colon), names[0].span, colon)
    sentence, syntax = sentence_of(colon), context.lexicon.syntax
    before, root = context.doc[sentence.start : colon.i], sentence.root
    verbs = [t for t in before if t == root or (t.pos_ == "VERB" and not syntax.is_(t, "attributive"))]
    for verb in sorted(verbs, key=lambda t: (t != root, -t.i)):
        if speaker := _known(syntax.agents(verb), context):
            return Said(quote.start, quote.end, _cue(verb, context), speaker, verb)
    return None


def colon_before(quote: Tokens, context: Context) -> Token | None:
    """The colon that only the opening mark and blanks part from a quote."""
    place = quote.start - 2
    while place > 0 and context.doc[place].is_space:
        place -= 1
    return context.doc[place] if place > 0 and context.doc[place].text == ":" else None


def names_before(colon: Token, context: Context) -> list[Mention]:
    """The names that end at a colon, of which the last are coordinated: "A et B : « … »"."""
    name = context.mentions.at(context.doc[colon.i - 1])
    if name is None or name.span.end != span_of(context.doc[colon.i - 1]).end or name.type is not MentionType.NAME:
        return []
    first = context.lexicon.syntax.first_conjunct(context.tokens(name.span).root)
    return [m for m in context.referents(first) if m.type is MentionType.NAME] or [name]


def signs(colon: Token, context: Context) -> bool:
    """Whether no verb stands before a colon: whom something is done to there says nothing, as a rule."""
    before = context.doc[sentence_of(colon).start : colon.i]
    return not any(t.pos_ == "VERB" and not context.quote_of(span_of(t)) for t in before)


def _cue(verb: Token, context: Context) -> Span:
    parts = [verb, *(c for c in context.lexicon.syntax.children(verb, "auxiliary") if 0 < verb.i - c.i < 4)]
    return span_of(context.doc[min(t.i for t in parts) : verb.i + 1])


def _known(nouns: Iterable[Token], context: Context) -> Span | None:
    """The first of some nouns that stands for somebody or a body that was resolved."""
    return first_source([noun for noun in nouns if _speaks(noun, context)], context)


def _speaks(noun: Token, context: Context) -> bool:
    mention = context.referent(noun)
    kind = mention.kind if mention else kind_of(noun, context) if noun.pos_ == "NOUN" else None
    return kind is not None and any(context.is_a_kind(kind, agent) for agent in (PERSON, ORGANIZATION))


def _continued(quote: Tokens, last: tuple[Span, Span, Span] | None, context: Context) -> Said | None:
    """ "« … », a dit X. « … »": a quote right after another one that is a sentence by itself."""
    if last is None or not _opens_sentence(quote, context):
        return None
    content, cue, speaker = last
    end = max(content.end, cue.end)
    apart = context.sentence_number(quote[0]) - context.sentence_number(context.tokens(Span(end - 1, end))[0])
    return Said(quote.start, quote.end, cue, speaker, quote[0]) if 0 <= apart <= _FAR else None


def _opens_sentence(quote: Tokens, context: Context) -> bool:
    """Whether a quote begins a sentence, and so stands by itself: "… « Nous partons. »"."""
    before = [t for t in context.doc[sentence_of(quote[0]).start : quote.start - 1] if t.is_alpha]
    return not before and quote.text[:1].isupper()


def _after_speech(quote: Tokens, context: Context) -> Said | None:
    """ "X a répondu aux critiques. « … »": a quote after a sentence in which somebody is said to speak."""
    number = context.sentence_number(quote[0])
    if number == 0 or not _opens_sentence(quote, context):
        return None
    sentence = context.tokens(Span(context.sentence_starts[number - 1], context.sentence_starts[number - 1] + 1)).sent
    verbs: list[Speaking] = [one for one in speaking_verbs(sentence, context) if not context.quote_of(one.cue)]
    for speaking in reversed(verbs):
        if speaker := _known(context.lexicon.syntax.agents(speaking.verb), context):
            return Said(quote.start, quote.end, speaking.cue, speaker, quote[0])
    return None
