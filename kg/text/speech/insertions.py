"""A verb of speech inside or after what is said in, that out: "« … », a dit X", "Iraq, X said, is …"."""

from __future__ import annotations

from kg.model import Span
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.speech.contents import Said, is_clause, is_finite, quote_before, sentence_of
from kg.text.speech.sources import first_source, is_anonymous, source
from kg.text.speech.speaking import Speaking, is_gerund, is_reflexive, said_by, with_clitic
from kg.text.tokens import Token, Tokens

_ENDS = frozenset({",", "?", "!", "…", "...", "–", "—"})
_MANY = 4  # words after an insertion from which on they are the rest of what is said


def fronted(speaking: Speaking, context: Context) -> Said | None:
    """ "China supports Russia," Sean Parnell said": what is said stands first, then who says it, then the verb."""
    syntax, verb = context.lexicon.syntax, speaking.verb
    subjects = [c for c in syntax.children(verb, "subject") if c.i < verb.i]
    if not subjects:
        return None
    edge = subjects[0].left_edge.i
    quote = quote_before(edge, context)
    clauses = [c for c in syntax.children(verb, "clause") if c.i < edge]
    told = quote is not None and (is_clause(quote) or _opens_with_quote(context.doc[edge], context))
    if not told and (speaking.only_quotes or not (clauses or _is_parted(edge, speaking, context))):
        return None
    speaker = first_source(subjects, context)
    return _around(speaking, context.doc[edge], quote, speaker, context) if speaker else None


def _is_parted(edge: int, speaking: Speaking, context: Context) -> bool:
    """Whether commas part who speaks and the verb from the sentence: "Iraq, Sean Parnell said, is waiting"."""
    doc, after = context.doc, speaking.last.i + 1
    return edge > 0 and doc[edge - 1].text == "," and after < len(doc) and doc[after].text == ","


def inserted(speaking: Speaking, context: Context) -> Said | None:
    """ "« … », a déclaré X" and "…, indique un communiqué publié par X": what stands before is what is said."""
    first = with_clitic(speaking.first, context)
    before = context.doc[first.i - 1] if first.i > sentence_of(speaking.verb).start else None
    closers = context.lexicon.words("QuotationCloser")
    if before is None or not (before.text in closers or before.text in _ENDS):
        return None
    if is_gerund(speaking.verb) or (
        context.lexicon.syntax.is_passive(speaking.verb) and not is_reflexive(speaking, context)
    ):
        return None
    quote = quote_before(first.i, context)
    pronoun = _inverted(speaking, context)
    if speaking.only_quotes and quote is None and pronoun is None:
        return None
    speaker = source(pronoun, context) if pronoun is not None else None
    speaker = speaker or first_source(_postposed(speaking.verb, first, context), context)
    if speaker is None and before.text == "," and not speaking.only_quotes:
        speaker = first_source(_parted(speaking, context), context)
    if speaker is None and before.text in closers and _opens_with_quote(first, context):
        speaker = first_source(_nouns_after(speaking, context), context)
    if speaker is None and not (pronoun is not None and is_anonymous(pronoun, context)):
        return None
    return _around(speaking, first, quote, speaker, context)


def _start(quote: Tokens | None, verb: Token) -> int:
    """Where what is said before a verb begins: with its quote after a colon, or before the sentence; else with that."""
    if quote is None:
        return sentence_of(verb).start
    alone = quote.start < sentence_of(verb).start or (quote.start > 2 and quote.doc[quote.start - 2].text == ":")
    return quote.start if alone else sentence_of(verb).start


def _opens_with_quote(verb: Token, context: Context) -> bool:
    """Whether no word stands outside the quote between a sentence's first word and a verb: none can be its subject."""
    openers = context.lexicon.words("QuotationOpener")
    before = context.doc[sentence_of(verb).start : verb.i - 1]
    opener = next((t.i for t in before if t.text in openers), sentence_of(verb).start)
    return not any(t.is_alpha for t in context.doc[sentence_of(verb).start : opener])


def _inverted(speaking: Speaking, context: Context) -> Token | None:
    """The pronoun that a hyphen binds to a verb or its auxiliary: "a-t-il dit"."""
    near = context.doc[speaking.first.i + 1 : min(speaking.last.i + 4, sentence_of(speaking.verb).end)]
    letters = context.lexicon.words("EuphonicLetter")
    return next((t for t in near if t.text.startswith("-") and t.pos_ == "PRON" and t.lower_ not in letters), None)


def _around(
    speaking: Speaking, first: Token, quote: Tokens | None, speaker: Span | None, context: Context
) -> Said | None:
    """What stands before an insertion; with what follows it where that is the rest of it: "Méry, dit-il, a menti"."""
    start, sentence = _start(quote, speaking.verb), sentence_of(speaking.verb)
    after = max(speaking.last.i + 1, context.tokens(speaker).end if speaker else 0)
    rest = next((t.i + 1 for t in context.doc[after : sentence.end] if t.text == ","), sentence.end)
    remainder = [t for t in context.doc[rest : sentence.end] if t.is_alpha]
    if (
        quote is None
        and len(remainder) >= _MANY
        and rest - after < _MANY
        and not is_finite(context.doc[start : first.i])
    ):
        return said_by(start, sentence.end, speaking, speaker)
    opened = rest < sentence.end and context.doc[rest].text in context.lexicon.words("QuotationOpener")
    if opened and sentence.end - rest > first.i - start:
        return said_by(rest, sentence.end, speaking, speaker)
    return said_by(start, first.i, speaking, speaker) if first.i > start else None


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


def _nouns_after(speaking: Speaking, context: Context) -> list[Token]:
    """The noun right after a verb that follows a closed quote, whatever the parser took it for."""
    rest = context.doc[speaking.last.i + 1 : sentence_of(speaking.verb).end]
    for token in rest:
        if token.pos_ in {"NOUN", "PROPN"} and not context.is_time(token):
            return [token]
        if token.pos_ not in {"DET", "ADJ", "ADV", "NUM"} and not context.is_time(token):
            return []
    return []


def _parted(speaking: Speaking, context: Context) -> list[Token]:
    """Who stands between a verb and a comma, both inside a sentence: "La guerre, a dit X, est finie"."""
    for noun in _nouns_after(speaking, context):
        mention = context.mentions.at(noun)
        end = context.tokens(mention.span).end if mention else noun.i + 1
        known = mention and (context.is_a(mention, PERSON) or context.is_a(mention, ORGANIZATION))
        if known and end < len(context.doc) and context.doc[end].text in {",", "."}:
            return [noun]
    return []
