"""The verbs of a sentence in, what is said by them out, with who says it.

What is said is a clause ("X a déclaré que …", "X affirme avoir …"), stands before or around the verb ("…, indique un
communiqué publié par X"), after a colon, or in quotes that the verb judges by ("X juge la situation « intenable »").
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.context import Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL
from kg.text.negation import is_negated
from kg.text.speech.clauses import with_clause
from kg.text.speech.contents import Said, is_clause, quote_after, sentence_of
from kg.text.speech.insertions import fronted, inserted
from kg.text.speech.speaking import Speaking, is_reflexive, said_by, speaker_of, speaking_verbs
from kg.text.tokens import Token, Tokens

_FAR = 25  # tokens between a verb and the colon after which its words stand


def said_by_verbs(sentence: Tokens, context: Context) -> Iterator[Said]:
    """What the verbs of a sentence say: of each the first construction that it stands in."""
    for speaking in speaking_verbs(sentence, context):
        # what the quoted say that others say is theirs to tell
        if not (_is_unsaid(speaking.verb, context) or context.quote_of(speaking.cue)):
            constructions = (with_clause, fronted, inserted, _announced, _judged)
            yield from [said for find in constructions if (said := find(speaking, context))][:1]


def _is_unsaid(verb: Token, context: Context) -> bool:
    """Whether nobody says it: "n'a pas dit que", "rien n'indique que"."""
    lexicon = context.lexicon
    if any(lexicon.has("NegativePronoun", subject) for subject in lexicon.syntax.children(verb, "subject")):
        return True
    negations = [c for c in verb.children if lexicon.has("NegationWord", c)]
    quoted = any(context.quote_of(span_of(word)) for word in negations)  # “No,” he said
    return not quoted and is_negated(verb, context)


def _announced(speaking: Speaking, context: Context) -> Said | None:
    """ "X a déclaré : « … »": the quote after the colon is what is said, however far it runs."""
    rest = context.doc[speaking.last.i + 1 : min(speaking.last.i + _FAR, sentence_of(speaking.verb).end)]
    colon = next((t for t in rest if t.text == ":"), None)
    if colon is None or colon.i + 1 >= len(context.doc):
        return None
    quote = quote_after(colon.i + 1, context)
    opened = context.doc[colon.i + 1].text in context.lexicon.words("QuotationOpener")
    plain = colon.i == speaking.last.i + 1 and not speaking.only_quotes and is_clause(rest[1:])
    if not (quote or opened or plain):
        return None
    speaker = speaker_of(speaking, context)
    end = quote.end if quote is not None else sentence_of(speaking.verb).end
    return said_by(colon.i + 1, end, speaking, speaker) if speaker else None


def _judged(speaking: Speaking, context: Context) -> Said | None:
    """ "X a jugé la situation « intenable »": the quote in what hangs on a verb of opinion, or right after a verb of
    speech, is what is said.
    """
    openers, after = context.lexicon.words("QuotationOpener"), speaking.last.i + 1
    beside = not speaking.only_quotes and after < len(context.doc) and context.doc[after].text in openers
    is_opinion = context.lexicon.has("OpinionVerb", speaking.verb) or speaking.last != speaking.verb
    if not beside and (not is_opinion or is_reflexive(speaking, context)):
        return None
    for opener in context.doc[speaking.last.i + 1 : sentence_of(speaking.verb).end]:
        if opener.text in openers and (quote := quote_after(opener.i, context)):
            if _governor(quote) != speaking.verb or _is_title(quote, context):
                return None
            speaker = speaker_of(speaking, context)
            return said_by(quote.start, quote.end, speaking, speaker) if speaker else None
    return None


def _governor(quote: Tokens) -> Token | None:
    """The verb that a quote hangs on, words inside it left out."""
    above = (t for t in quote.root.ancestors if not quote.start <= t.i < quote.end)
    return next((t for t in above if t.pos_ in VERBAL), None)


def _is_title(quote: Tokens, context: Context) -> bool:
    """Whether quoted words are what something is called: they begin with a capital and tell nothing."""
    mention = context.mentions.by_span.get(span_of(quote))
    return mention is not None or (quote.text[:1].isupper() and not is_clause(quote))
