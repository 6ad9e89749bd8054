"""A verb of speech in, what its clause says out: "X a déclaré que …", "X affirme avoir …", "X accuse Y de …"."""

from __future__ import annotations

from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.speech.contents import Said, sentence_of
from kg.text.speech.speaking import Speaking, is_gerund, said_by, speaker_of
from kg.text.syntax import is_relative
from kg.text.tokens import Token

_SAYING = frozenset({"VERB", "AUX", "NOUN", "ADJ"})


def with_clause(speaking: Speaking, context: Context) -> Said | None:
    """ "X a déclaré que …": the clause is what is said, without the word that opens it."""
    clause = None if speaking.only_quotes else _clause(speaking, context) or _loose_clause(speaking, context)
    if clause is None or not (tokens := _trimmed(clause, speaking, context)):
        return None
    end = _to_its_verb(tokens[-1].i + 1, speaking, context)
    start = next((t.i for t in tokens if t.pos_ not in {"ADV", "PUNCT"}), tokens[0].i)
    if not _opens_clause(context.doc[start], context):  # but « précise rapidement que »
        start = tokens[0].i
    if _opens_clause(context.doc[start], context):
        start += 1
    elif not _stands_alone(clause, speaking, context):
        return None
    elif context.doc[start].pos_ not in VERBAL and _marks(context.doc[start], clause, context):
        start += 1
    speaker = speaker_of(speaking, context)
    impersonal = _is_impersonal(speaking.verb, context)
    return said_by(start, end, speaking, speaker) if speaker or impersonal else None


def _is_impersonal(verb: Token, context: Context) -> bool:
    """Whether nobody is said to say it: "il a été annoncé que", "it is said that"."""
    syntax = context.lexicon.syntax
    kinds = ("passive_subject", "subject", "expletive")
    return syntax.is_passive(verb) and any(c.pos_ == "PRON" for kind in kinds for c in syntax.children(verb, kind))


def _clause(speaking: Speaking, context: Context) -> Token | None:
    """The clause that hangs on a verb and stands after it."""
    syntax, doc = context.lexicon.syntax, context.doc
    words = [*doc[speaking.verb.i : speaking.last.i + 1]]
    if context.lexicon.has("AccusationVerb", speaking.verb):  # "accused X of lying"
        words += syntax.children(speaking.verb, "preposition")
    found = [c for word in words for c in syntax.children(word, "clause") if c.i > speaking.last.i]
    return next((c for c in found if c.pos_ in _SAYING), None)


def _loose_clause(speaking: Speaking, context: Context) -> Token | None:
    """The clause that a word right after the verb opens, or after what parts them, wherever the parser hung it."""
    for token in context.doc[speaking.last.i + 1 : sentence_of(speaking.verb).end]:
        if token.pos_ in VERBAL or token.text == ":":
            return None
        if _opens_clause(token, context):
            clause = token.head
            return clause if clause.i > token.i and clause.pos_ in _SAYING else None
    return None


def _opens_clause(token: Token, context: Context) -> bool:
    if token.pos_ == "PRON" and not context.lexicon.syntax.is_(token, "marker"):
        return False
    return context.lexicon.has("Complementizer", token)


def _stands_alone(clause: Token, speaking: Speaking, context: Context) -> bool:
    """Whether a clause that no word opens says something: "dit être parti" does, "menace de partir" does not.

    What is over is said and not intended: "claims to have won".
    """
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    if any("Inf" in feature(helper, "VerbForm") for helper in _perfect(clause, context)):
        return True
    if any(syntax.children(clause, "subject")) or any(syntax.children(clause, "passive_subject")):
        return True
    if clause.pos_ not in VERBAL and not any(syntax.children(clause, "copula")):
        return False
    if any(syntax.children(clause, "marker")):
        return lexicon.has("AccusationVerb", speaking.verb)
    return not lexicon.has("IntentionVerb", speaking.verb)


def _marks(word: Token, clause: Token, context: Context) -> bool:
    return word in list(context.lexicon.syntax.children(clause, "marker"))


def _perfect(clause: Token, context: Context) -> list[Token]:
    """The auxiliaries of a clause's verb that follow the word which opens it: "to have won", "d'avoir gagné"."""
    syntax = context.lexicon.syntax
    markers = [m.i for m in syntax.children(clause, "marker") if m.pos_ not in VERBAL]
    helpers = [c for c in syntax.children(clause, "auxiliary") if c.pos_ in VERBAL]
    return [c for c in helpers if markers and min(markers) < c.i < clause.i]


def _trimmed(clause: Token, speaking: Speaking, context: Context) -> list[Token]:
    """The words of a clause but for what the parser hung there by mistake: what the speaker adds, and the verb of the
    sentence that a relative clause stands in ("X, qui a dit que …, est venu").
    """
    doc = context.doc
    start, end = max(clause.left_edge.i, speaking.last.i + 1), min(clause.right_edge.i + 1, sentence_of(clause).end)
    tokens = list(doc[start:end])
    in_relative = _in_relative(speaking, context)
    for place, token in enumerate(tokens):
        if token.i <= clause.i or doc[token.i - 1].text != ",":
            continue
        if _adds(token, context) or (in_relative and token.pos_ in VERBAL and "Fin" in feature(token, "VerbForm")):
            return tokens[:place]
    return tokens


def _to_its_verb(end: int, speaking: Speaking, context: Context) -> int:
    """The end of a clause that parsers broke off before a verb: "que X partira et le mouvement | pourrait …"."""
    if context.doc[end - 1].text == "," or _in_relative(speaking, context):
        return end
    for token in context.doc[end : min(end + 4, sentence_of(speaking.verb).end)]:
        if token.pos_ in VERBAL and "Fin" in feature(token, "VerbForm"):
            above = {token.i, *(t.i for t in token.ancestors)}
            return max(end, token.right_edge.i + 1) if speaking.verb.i in above and token != speaking.verb else end
        if token.pos_ not in {"ADV", "PRON"}:
            return end
    return end


def _in_relative(speaking: Speaking, context: Context) -> bool:
    return any(is_relative(s) for s in context.lexicon.syntax.children(speaking.verb, "subject"))


def _adds(token: Token, context: Context) -> bool:
    """Whether a gerund of speech, or the adverb before it, begins what a speaker adds: "…, ajoutant que …"."""
    verb = token if token.pos_ == "VERB" else token.head
    return 0 <= verb.i - token.i < 3 and is_gerund(verb) and context.lexicon.has("SpeechVerb", verb)
