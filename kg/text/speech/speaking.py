"""A sentence in, its verbs of speech out, those of several words included, and who speaks by each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import MentionType, Span
from kg.text.context import Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.nouns import kind_of
from kg.text.speech.contents import Said, sentence_of
from kg.text.speech.sources import first_source
from kg.text.tokens import Token, Tokens


@dataclass(frozen=True, slots=True)
class Speaking:
    """A verb of speech with the words that belong to it, from `first`, its auxiliary, to `last`, its particle."""

    verb: Token
    first: Token
    last: Token
    only_quotes: bool  # it has other senses where no quotation mark stands

    @property
    def cue(self) -> Span:
        """The words by which it is said."""
        return span_of(self.verb.doc[min(self.first.i, self.verb.i) : self.last.i + 1])


def said_by(start: int, end: int, speaking: Speaking, speaker: Span | None) -> Said:
    return Said(start, end, speaking.cue, speaker, speaking.verb)


def speaking_verbs(sentence: Tokens, context: Context) -> Iterator[Speaking]:
    """The verbs of speech of a sentence, those of several words included: "faire savoir"."""
    lexicon, after = context.lexicon, sentence.start
    for token in sentence:
        if token.i < after or token.pos_ not in VERBAL:
            continue
        if phrases := lexicon.speech_phrases.at(context.doc, token.i):
            after, _ = phrases[0]
            yield _speaking(token, context.doc[after - 1], context, only_quotes=False)
        elif token.pos_ == "VERB" and lexicon.has("SpeechVerb", token):
            yield _speaking(token, token, context, only_quotes=False)
        elif token.pos_ == "VERB" and _quotes(token, context):
            yield _speaking(token, token, context, only_quotes=True)


def _quotes(verb: Token, context: Context) -> bool:
    """Whether a verb may say what is quoted beside it; one that depends on another does something: "pour finir"."""
    lexicon = context.lexicon
    free = "Inf" not in feature(verb, "VerbForm") or _is_modal(verb.head, context)
    return free and (lexicon.has("QuoteVerb", verb) or lexicon.has("OpinionVerb", verb))


def _is_modal(verb: Token, context: Context) -> bool:
    return context.lexicon.has("ModalVerb", verb) or context.lexicon.has("AbilityVerb", verb)


def _speaking(verb: Token, last: Token, context: Context, *, only_quotes: bool) -> Speaking:
    syntax = context.lexicon.syntax
    above = [verb.head] if _is_modal(verb.head, context) else []  # "peut-on lire"
    helpers = [c for c in (*syntax.children(verb, "auxiliary"), *above) if c.pos_ in VERBAL]
    parts = [verb, *(c for c in helpers if 0 < verb.i - c.i < 4), *_auxiliary_before(verb, context)]
    return Speaking(verb, min(parts, key=lambda token: token.i), last, only_quotes)


def _auxiliary_before(verb: Token, context: Context) -> list[Token]:
    """The auxiliary that nothing but a bound pronoun and adverbs part from a participle: "a-t-il enfin confié"."""
    bound = False
    for token in reversed(context.doc[max(sentence_of(verb).start, verb.i - 5) : verb.i]):
        if token.pos_ == "AUX" and bound:
            return [token]
        if not (token.pos_ == "ADV" or token.text.startswith("-")):
            return []
        bound = bound or token.text.startswith("-")
    return []


def with_clitic(first: Token, context: Context) -> Token:
    """A verb's first word, or the reflexive pronoun before it: "se souvient-il"."""
    before = context.doc[first.i - 1] if first.i > sentence_of(first).start else first
    return before if before.lower_ in context.lexicon.words("ReflexivePronoun") else first


def is_reflexive(speaking: Speaking, context: Context) -> bool:
    return with_clitic(speaking.first, context) != speaking.first


def speaker_of(speaking: Speaking, context: Context) -> Span | None:
    """Who says it; what a gerund adds is said by whoever spoke before it: "X a dit que …, ajoutant que …"."""
    syntax, verb = context.lexicon.syntax, speaking.verb
    if is_gerund(verb) and not any(syntax.children(verb, "subject")) and not _follows_noun(verb):
        before = context.doc[sentence_of(verb).start : verb.i]
        others = [t for t in before if t.pos_ == "VERB" and context.lexicon.has("SpeechVerb", t)]
        for main in sorted(others, key=lambda t: (is_gerund(t), -t.i)):
            if speaker := first_source(_agents(main, context), context):
                return speaker
    return first_source(_agents(verb, context), context)


def _agents(verb: Token, context: Context) -> Sequence[Token]:
    """Who speaks by a verb, "il" too, which parsers may take for nobody."""
    syntax, lexicon = context.lexicon.syntax, context.lexicon
    found = syntax.agents(verb) or _quoted_as(verb, context) or _noun_before(verb, context)
    if found or syntax.is_passive(verb) or lexicon.has("ImpersonalVerb", verb):
        return found
    return [c for c in syntax.children(verb, "expletive") if lexicon.has("ThirdPersonPronoun", c)]


def _quoted_as(verb: Token, context: Context) -> list[Token]:
    """Who is quoted as saying something: the subject of the passive above."""
    syntax = context.lexicon.syntax
    above = next((t for t in verb.ancestors if t.pos_ == "VERB"), None)
    said_so = above is not None and is_gerund(verb) and context.lexicon.has("QuoteVerb", above)
    return list(syntax.children(above, "passive_subject")) if above is not None and said_so else []


def _noun_before(verb: Token, context: Context) -> list[Token]:
    """The name, or who a comma parts from another clause, right before a verb that parsers left without a subject."""
    doc, place = context.doc, verb.i - 1
    while place > sentence_of(verb).start and doc[place].pos_ in {"AUX", "ADV"}:
        place -= 1
    noun = doc[place]
    while noun.head.pos_ in {"NOUN", "PROPN"} and noun.head != noun and noun.head.i < place:
        noun = noun.head
    finite = "Fin" in feature(verb, "VerbForm") or place < verb.i - 1
    if (
        not finite
        or noun.pos_ not in {"NOUN", "PROPN"}
        or place < sentence_of(verb).start
        or not _is_bare(noun, context)
    ):
        return []
    name = context.mentions.at(noun)
    named = name is not None and name.type is MentionType.NAME
    start = noun.left_edge.i
    opens = start == sentence_of(verb).start or doc[start - 1].text == ","
    return [noun] if named or (opens and kind_of(noun, context)) else []


def _is_bare(noun: Token, context: Context) -> bool:
    return not any(context.lexicon.syntax.children(noun, "case"))


def _follows_noun(verb: Token) -> bool:
    return verb.i > sentence_of(verb).start and verb.nbor(-1).pos_ in {"NOUN", "PROPN", "ADJ"}


def is_gerund(verb: Token) -> bool:
    progressive = "Prog" in feature(verb, "Aspect") or "Pres" in feature(verb, "Tense")
    return "Part" in feature(verb, "VerbForm") and progressive and not any(c.pos_ == "AUX" for c in verb.children)
