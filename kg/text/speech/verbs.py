"""The verbs of a sentence in, what is said by them out, with who says it.

What is said is a clause ("X a déclaré que …", "X affirme avoir …"), stands before or around the verb ("…, indique un
communiqué publié par X"), after a colon, or in quotes that the verb judges by ("X juge la situation « intenable »").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import MentionType, Span
from kg.text.context import ORGANIZATION, PERSON, Context, span_of
from kg.text.factuality import is_negated
from kg.text.morphology import VERBAL, feature
from kg.text.speech.contents import Said, is_clause, quote_after, quote_before
from kg.text.speech.sources import first_source, is_anonymous, source
from kg.text.syntax import is_relative

_SAYING = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
_ENDS = frozenset({",", "?", "!", "…", "...", "–", "—"})
_FAR = 25  # tokens between a verb and the colon after which its words stand
_MANY = 4  # words after an insertion from which on they are the rest of what is said


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


def said_by_verbs(sentence: Tokens, context: Context) -> Iterator[Said]:
    """What the verbs of a sentence say: of each the first construction that it stands in."""
    for speaking in speaking_verbs(sentence, context):
        # what the quoted say that others say is theirs to tell
        if not (_is_unsaid(speaking.verb, context) or context.quote_of(speaking.cue)):
            constructions = (_with_clause, _fronted, _inserted, _announced, _judged)
            yield from [said for find in constructions if (said := find(speaking, context))][:1]


def _is_unsaid(verb: Token, context: Context) -> bool:
    """Whether nobody says it: "n'a pas dit que", "rien n'indique que"."""
    subjects = context.lexicon.syntax.children(verb, "subject")
    return is_negated(verb, context) or any(context.lexicon.has("NegativePronoun", s) for s in subjects)


def speaking_verbs(sentence: Tokens, context: Context) -> Iterator[Speaking]:
    """The verbs of speech of a sentence, those of several words included: "faire savoir"."""
    lexicon, after = context.lexicon, sentence.start
    for token in sentence:
        if token.i < after or token.pos_ not in VERBAL:
            continue
        if phrase := next(lexicon.speech_phrases.at(context.doc, token.i), None):
            after = phrase[0]
            yield _speaking(token, context.doc[after - 1], context, only_quotes=False)
        elif token.pos_ == "VERB" and lexicon.has("SpeechVerb", token):
            yield _speaking(token, token, context, only_quotes=False)
        elif token.pos_ == "VERB" and _quotes(token, context):
            yield _speaking(token, token, context, only_quotes=True)


def _quotes(verb: Token, context: Context) -> bool:
    """Whether a verb may say what is quoted beside it; one that depends on another does something: "pour finir"."""
    lexicon = context.lexicon
    free = "Inf" not in feature(verb, "VerbForm") or lexicon.has("ModalVerb", verb.head)
    return free and (lexicon.has("QuoteVerb", verb) or lexicon.has("OpinionVerb", verb))


def _speaking(verb: Token, last: Token, context: Context, *, only_quotes: bool) -> Speaking:
    syntax = context.lexicon.syntax
    above = [verb.head] if context.lexicon.has("ModalVerb", verb.head) else []  # "peut-on lire"
    helpers = [c for c in (*syntax.children(verb, "auxiliary"), *above) if c.pos_ in VERBAL]
    parts = [verb, *(c for c in helpers if 0 < verb.i - c.i < 4), *_auxiliary_before(verb, context)]
    return Speaking(verb, min(parts, key=lambda token: token.i), last, only_quotes)


def _auxiliary_before(verb: Token, context: Context) -> list[Token]:
    """The auxiliary that nothing but a bound pronoun and adverbs part from a participle: "a-t-il enfin confié"."""
    bound = False
    for token in reversed(context.doc[max(verb.sent.start, verb.i - 5) : verb.i]):
        if token.pos_ == "AUX" and bound:
            return [token]
        if not (token.pos_ == "ADV" or token.text.startswith("-")):
            return []
        bound = bound or token.text.startswith("-")
    return []


def _said(start: int, end: int, speaking: Speaking, speaker: Span | None) -> Said:
    return Said(start, end, speaking.cue, speaker, speaking.verb)


def _with_clause(speaking: Speaking, context: Context) -> Said | None:
    """ "X a déclaré que …": the clause is what is said, without the word that opens it."""
    clause = None if speaking.only_quotes else _clause(speaking, context) or _loose_clause(speaking, context)
    if clause is None or not (tokens := _trimmed(clause, speaking, context)):
        return None
    end = tokens[-1].i + 1
    start = next((t.i for t in tokens if t.pos_ not in {"ADV", "PUNCT"}), tokens[0].i)  # « précise rapidement que »
    if _opens_clause(context.doc[start], context):
        start += 1
    elif not _stands_alone(clause, speaking, context):
        return None
    elif any(marker.i == start for marker in context.lexicon.syntax.children(clause, "marker")):
        start += 1
    speaker = _speaker(speaking, context)
    impersonal = context.lexicon.syntax.is_passive(speaking.verb)
    return _said(start, end, speaking, speaker) if speaker or impersonal else None


def _clause(speaking: Speaking, context: Context) -> Token | None:
    """The clause that hangs on a verb and stands after it."""
    syntax, doc = context.lexicon.syntax, context.doc
    words = doc[speaking.verb.i : speaking.last.i + 1]
    found = [c for word in words for c in syntax.children(word, "clause") if c.i > speaking.last.i]
    return next((c for c in found if c.pos_ in _SAYING), None)


def _loose_clause(speaking: Speaking, context: Context) -> Token | None:
    """The clause that a word right after the verb opens, or after what parts them, wherever the parser hung it."""
    for token in context.doc[speaking.last.i + 1 : speaking.verb.sent.end]:
        if token.pos_ in VERBAL or token.text == ":":
            return None
        if _opens_clause(token, context):
            clause = token.head
            return clause if clause.i > token.i and clause.pos_ in _SAYING else None
    return None


def _opens_clause(token: Token, context: Context) -> bool:
    if token.pos_ == "PRON" and not context.lexicon.syntax.is_(token, "marker"):
        return False
    return token.pos_ == "SCONJ" or context.lexicon.has("Complementizer", token)


def _stands_alone(clause: Token, speaking: Speaking, context: Context) -> bool:
    """Whether a clause that no word opens says something: "dit être parti" does, "menace de partir" does not."""
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    if any(syntax.children(clause, "subject")) or any(syntax.children(clause, "passive_subject")):
        return True
    if clause.pos_ not in VERBAL and not any(syntax.children(clause, "copula")):
        return False
    if any(syntax.children(clause, "marker")):
        return lexicon.has("AccusationVerb", speaking.verb)
    return not lexicon.has("IntentionVerb", speaking.verb)


def _trimmed(clause: Token, speaking: Speaking, context: Context) -> list[Token]:
    """The words of a clause but for what the parser hung there by mistake: what the speaker adds, and the verb of the
    sentence that a relative clause stands in ("X, qui a dit que …, est venu").
    """
    syntax, doc = context.lexicon.syntax, context.doc
    tokens = sorted((t for t in clause.subtree if t.i > speaking.last.i), key=lambda t: t.i)
    in_relative = any(is_relative(s) for s in syntax.children(speaking.verb, "subject"))
    for place, token in enumerate(tokens):
        if token.i <= clause.i or doc[token.i - 1].text != ",":
            continue
        if _adds(token, context) or (in_relative and token.pos_ in VERBAL and "Fin" in feature(token, "VerbForm")):
            return tokens[:place]
    return tokens


def _adds(token: Token, context: Context) -> bool:
    """Whether a gerund of speech, or the adverb before it, begins what a speaker adds: "…, ajoutant que …"."""
    verb = token if token.pos_ == "VERB" else token.head
    return 0 <= verb.i - token.i < 3 and _is_gerund(verb) and context.lexicon.has("SpeechVerb", verb)


def _is_gerund(verb: Token) -> bool:
    progressive = "Prog" in feature(verb, "Aspect") or "Pres" in feature(verb, "Tense")
    return "Part" in feature(verb, "VerbForm") and progressive and not any(c.pos_ == "AUX" for c in verb.children)


def _speaker(speaking: Speaking, context: Context) -> Span | None:
    """Who says it; what a gerund adds is said by whoever spoke before it: "X a dit que …, ajoutant que …"."""
    syntax, verb = context.lexicon.syntax, speaking.verb
    if _is_gerund(verb) and not any(syntax.children(verb, "subject")) and not _follows_noun(verb):
        before = context.doc[verb.sent.start : verb.i]
        others = [t for t in before if t.pos_ == "VERB" and context.lexicon.has("SpeechVerb", t)]
        for main in sorted(others, key=lambda t: (_is_gerund(t), -t.i)):
            if speaker := first_source(_agents(main, context), context):
                return speaker
    return first_source(_agents(verb, context), context)


def _agents(verb: Token, context: Context) -> list[Token]:
    """Who speaks by a verb, "il" too, which parsers may take for nobody."""
    syntax, lexicon = context.lexicon.syntax, context.lexicon
    found = syntax.agents(verb) or _noun_before(verb, context)
    if found or syntax.is_passive(verb) or lexicon.has("ImpersonalVerb", verb):
        return found
    return [c for c in syntax.children(verb, "expletive") if lexicon.has("ThirdPersonPronoun", c)]


def _noun_before(verb: Token, context: Context) -> list[Token]:
    """The name right before a verb that parsers left without a subject."""
    place = verb.i - 1
    while place > verb.sent.start and context.doc[place].pos_ in {"AUX", "ADV"}:
        place -= 1
    name = context.mentions.at(context.doc[place]) if place >= verb.sent.start else None
    root = context.tokens(name.span).root if name and name.type is MentionType.NAME else None
    finite = "Fin" in feature(verb, "VerbForm") or place < verb.i - 1
    return [root] if root is not None and finite and root.head.pos_ not in {"ADP"} and _is_bare(root, context) else []


def _is_bare(noun: Token, context: Context) -> bool:
    return not any(context.lexicon.syntax.children(noun, "case"))


def _follows_noun(verb: Token) -> bool:
    return verb.i > verb.sent.start and verb.nbor(-1).pos_ in {"NOUN", "PROPN", "ADJ"}


def _fronted(speaking: Speaking, context: Context) -> Said | None:
    """ "China supports Russia," Sean Parnell said": what is said stands first, then who says it, then the verb."""
    syntax, verb = context.lexicon.syntax, speaking.verb
    subjects = [c for c in syntax.children(verb, "subject") if c.i < verb.i]
    if not subjects:
        return None
    edge = min(token.i for token in subjects[0].subtree)
    quote = quote_before(edge, context)
    clauses = [c for c in syntax.children(verb, "clause") if c.i < edge]
    if not (quote and is_clause(quote)) and (speaking.only_quotes or not clauses):
        return None
    speaker = first_source(subjects, context)
    return _said(_start(quote, verb), edge, speaking, speaker) if speaker else None


def _start(quote: Tokens | None, verb: Token) -> int:
    """Where what is said before a verb begins: after a colon with its quote, else with the sentence."""
    colon = quote is not None and quote.start > 2 and quote.doc[quote.start - 2].text == ":"
    return quote.start if quote is not None and colon else verb.sent.start


def _inserted(speaking: Speaking, context: Context) -> Said | None:
    """ "« … », a déclaré X" and "…, indique un communiqué publié par X": what stands before is what is said."""
    first = _with_clitic(speaking.first, context)
    before = context.doc[first.i - 1] if first.i > speaking.verb.sent.start else None
    closers = context.lexicon.words("QuotationCloser")
    if before is None or not (before.text in closers or before.text in _ENDS):
        return None
    if _is_gerund(speaking.verb) or (
        context.lexicon.syntax.is_passive(speaking.verb) and not _is_reflexive(speaking, context)
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


def _opens_with_quote(verb: Token, context: Context) -> bool:
    """Whether no word stands outside the quote between a sentence's first word and a verb: none can be its subject."""
    openers = context.lexicon.words("QuotationOpener")
    before = context.doc[verb.sent.start : verb.i - 1]
    opener = next((t.i for t in before if t.text in openers), verb.sent.start)
    return not any(t.is_alpha for t in context.doc[verb.sent.start : opener])


def _with_clitic(first: Token, context: Context) -> Token:
    """A verb's first word, or the reflexive pronoun before it: "se souvient-il"."""
    before = context.doc[first.i - 1] if first.i > first.sent.start else first
    return before if before.lower_ in context.lexicon.words("ReflexivePronoun") else first


def _is_reflexive(speaking: Speaking, context: Context) -> bool:
    return _with_clitic(speaking.first, context) != speaking.first


def _inverted(speaking: Speaking, context: Context) -> Token | None:
    """The pronoun that a hyphen binds to a verb or its auxiliary: "a-t-il dit"."""
    near = context.doc[speaking.first.i + 1 : min(speaking.last.i + 4, speaking.verb.sent.end)]
    letters = context.lexicon.words("EuphonicLetter")
    return next((t for t in near if t.text.startswith("-") and t.pos_ == "PRON" and t.lower_ not in letters), None)


def _around(
    speaking: Speaking, first: Token, quote: Tokens | None, speaker: Span | None, context: Context
) -> Said | None:
    """What stands before an insertion; with what follows it where that is the rest of it: "Méry, dit-il, a menti"."""
    start, sentence = _start(quote, speaking.verb), speaking.verb.sent
    after = max(speaking.last.i + 1, context.tokens(speaker).end if speaker else 0)
    rest = next((t.i + 1 for t in context.doc[after : sentence.end] if t.text == ","), sentence.end)
    remainder = [t for t in context.doc[rest : sentence.end] if t.is_alpha]
    if quote is None and len(remainder) >= _MANY and rest - after < _MANY and not _is_sentence(start, first.i, context):
        return _said(start, sentence.end, speaking, speaker)
    opened = rest < sentence.end and context.doc[rest].text in context.lexicon.words("QuotationOpener")
    if opened and sentence.end - rest > first.i - start:
        return _said(rest, sentence.end, speaking, speaker)
    return _said(start, first.i, speaking, speaker) if first.i > start else None


def _is_sentence(start: int, end: int, context: Context) -> bool:
    """Whether words have a finite verb that nothing above them governs."""
    words = context.doc[start:end]
    return any(t.pos_ in VERBAL and "Fin" in feature(t, "VerbForm") for t in words)


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
    rest = context.doc[speaking.last.i + 1 : speaking.verb.sent.end]
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


def _announced(speaking: Speaking, context: Context) -> Said | None:
    """ "X a déclaré : « … »": the quote after the colon is what is said, however far it runs."""
    rest = context.doc[speaking.last.i + 1 : min(speaking.last.i + _FAR, speaking.verb.sent.end)]
    colon = next((t for t in rest if t.text == ":"), None)
    if colon is None or colon.i + 1 >= len(context.doc):
        return None
    quote = quote_after(colon.i + 1, context)
    opened = context.doc[colon.i + 1].text in context.lexicon.words("QuotationOpener")
    plain = colon.i == speaking.last.i + 1 and not speaking.only_quotes and is_clause(rest[1:])
    if not (quote or opened or plain):
        return None
    speaker = _speaker(speaking, context)
    end = quote.end if quote is not None else speaking.verb.sent.end
    return _said(colon.i + 1, end, speaking, speaker) if speaker else None


def _judged(speaking: Speaking, context: Context) -> Said | None:
    """ "X a jugé la situation « intenable »": the quote in what hangs on a verb of opinion is what is said."""
    is_opinion = context.lexicon.has("OpinionVerb", speaking.verb) or speaking.last != speaking.verb
    if not is_opinion or _is_reflexive(speaking, context):
        return None
    openers = context.lexicon.words("QuotationOpener")
    for opener in context.doc[speaking.last.i + 1 : speaking.verb.sent.end]:
        if opener.text in openers and (quote := quote_after(opener.i, context)):
            if _governor(quote) != speaking.verb or _is_title(quote, context):
                return None
            speaker = _speaker(speaking, context)
            return _said(quote.start, quote.end, speaking, speaker) if speaker else None
    return None


def _governor(quote: Tokens) -> Token | None:
    """The verb that a quote hangs on, words inside it left out."""
    above = (t for t in quote.root.ancestors if not quote.start <= t.i < quote.end)
    return next((t for t in above if t.pos_ in VERBAL), None)


def _is_title(quote: Tokens, context: Context) -> bool:
    """Whether quoted words are what something is called: they begin with a capital and tell nothing."""
    mention = context.mentions.by_span.get(span_of(quote))
    return mention is not None or (quote.text[:1].isupper() and not is_clause(quote))
