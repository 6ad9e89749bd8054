"""Names and descriptions in, what pronouns and metonyms stand for out.

Antecedents are ranked by salience (Lappin and Leass 1994): nearness, subjecthood and agreement, and, for those who
speak, who spoke last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from kg.model import Mention, MentionType, Quotation, Span
from kg.text.context import PERSON, PLACE, Context, span_of
from kg.text.morphology import feature
from kg.text.syntax import is_relative

_WINDOW = 3  # sentences back that a pronoun may look
_NEVER = -1.0
_FEMININE, _MASCULINE = "Fem", "Masc"
_NUMBERED = frozenset({"NOUN", "PROPN", "PRON", "DET"})
_Identities = frozenset[str | Span]


def resolve_pronouns(context: Context) -> None:
    """Add the third-person pronouns whose antecedent is clear to the mentions."""
    speaker: Mention | None = None
    women = _women(context)
    for sentence in context.sentences:
        for token in sentence:
            if _is_pronoun(token, context):
                _resolve(token, _antecedent(token, context, speaker, women), context)
            else:
                _resolve(token, _bound(token, context), context)
            if said_by := _speaker(token, context):
                speaker = said_by


def resolve_first_person(context: Context, quotations: Iterable[Quotation]) -> None:
    """Whoever says "je" in a quote is the one quoted."""
    for quotation in quotations:
        speaker = context.mentions.by_span.get(quotation.speaker) if quotation.speaker else None
        if quotation.direct and speaker and context.is_a(speaker, PERSON):
            for token in context.tokens(quotation.content):
                if token.pos_ == "PRON" and "1" in feature(token, "Person") and "Sing" in feature(token, "Number"):
                    _resolve(token, speaker, context)


def _resolve(pronoun: Token, antecedent: Mention | None, context: Context) -> None:
    """Let a pronoun stand for what another mention stands for."""
    if antecedent:
        span = antecedent.root
        mention = Mention(span_of(pronoun), MentionType.PRONOUN, antecedent.kind, antecedent=span)
        context.mentions.add(context.doc[pronoun.i : pronoun.i + 1], mention)


def _bound(token: Token, context: Context) -> Mention | None:
    """What syntax alone binds a pronoun to: a relative one to the noun before it, a reflexive one to its subject."""
    if token.pos_ != "PRON":
        return None
    if is_relative(token):
        return context.referent(token)
    if "Yes" in feature(token, "Reflex") or context.lexicon.has("ReflexivePronoun", token):
        subjects = context.lexicon.syntax.subjects(token.head) if token.head.pos_ in {"VERB", "AUX"} else []
        found = [m for subject in subjects for m in context.referents(subject)]
        return found[0] if len(found) == 1 else None
    return None


def resolve_metonyms(context: Context) -> None:
    """A seat of power that acts stands for whom it is the seat of: "Washington avait constitué une coalition"."""
    for mention in list(context.mentions):
        entry = context.gazetteer.entries.get(mention.entry or "")
        if entry and entry.seat_of and mention.type is MentionType.NAME and context.is_a(mention, PLACE):
            power = context.gazetteer.entries[entry.seat_of]
            if _acts(mention, context):
                kind = sorted(power.kinds)[0]
                context.mentions.replace(replace(mention, type=MentionType.METONYM, kind=kind, entry=power.id))


def _acts(mention: Mention, context: Context) -> bool:
    """Whether a mention is the subject of a verb, or a source: "Selon Moscou"."""
    tokens, lexicon = context.tokens(mention.span), context.lexicon
    head = lexicon.syntax.first_conjunct(tokens.root)
    before = context.doc[max(tokens.start - 3, tokens.sent.start) : tokens.start]
    said_by = any(end == tokens.start for token in before for end, _ in lexicon.attributions.at(context.doc, token.i))
    return said_by or (lexicon.syntax.is_(head, "subject") and head.head.pos_ == "VERB")


def _is_pronoun(token: Token, context: Context) -> bool:
    lexicon = context.lexicon
    if lexicon.has("ThirdPersonPossessive", token) and token.pos_ in {"DET", "PRON", "ADJ"}:
        return True
    if token.pos_ != "PRON" or is_relative(token) or not lexicon.has("ThirdPersonPronoun", token):
        return False
    impersonal = lexicon.syntax.is_(token, "expletive") or lexicon.has("ImpersonalVerb", token.head)
    return not impersonal and "Yes" not in feature(token, "Reflex")


def _speaker(token: Token, context: Context) -> Mention | None:
    """Who speaks by a verb of speech or after a word of attribution."""
    if token.pos_ == "VERB" and context.lexicon.has("SpeechVerb", token):
        found = [m for agent in context.lexicon.syntax.agents(token) for m in context.referents(agent)]
        return next((m for m in found if not context.is_a(m, PLACE)), None)
    if next(context.lexicon.attributions.at(context.doc, token.i), None):
        return context.referent(token.head) if token.head != token else None
    return None


def _antecedent(pronoun: Token, context: Context, speaker: Mention | None, women: _Identities) -> Mention | None:
    """The most salient mention before a pronoun that agrees with it; the last speaker for one who speaks."""
    if owner := _clause_subject(pronoun, context):
        return owner
    plural, speaks = _for_many(pronoun, context), _speaks(pronoun, context)
    if speaker and speaks and not plural and _agrees(speaker, pronoun, context, women):
        return speaker
    since = context.sentence_starts[max(0, context.sentence_number(pronoun) - _WINDOW)]
    before = [m for m in context.mentions.between(since, pronoun.idx) if m.type is not MentionType.PRONOUN]
    weights: dict[object, float] = defaultdict(float)
    last: dict[object, Mention] = {}
    for mention in before:
        if (salience := _salience(mention, pronoun, context, speaks, women)) > 0:
            key = context.identity(mention)
            weights[key] += salience
            last[key] = mention
    best = max(weights, key=lambda key: (weights[key], last[key].span), default=None)
    return last[best] if best is not None else None


def _salience(mention: Mention, pronoun: Token, context: Context, speaks: bool, women: _Identities) -> float:
    if not _agrees(mention, pronoun, context, women):
        return _NEVER
    tokens = context.tokens(mention.span)
    distance = context.sentence_number(pronoun) - context.sentence_number(tokens.root)
    if distance > _WINDOW or (distance == 0 and tokens.root.head == pronoun.head):
        return _NEVER
    if mention.type is MentionType.NOMINAL and (tokens.root.pos_ == "ADJ" or _is_beside_its_name(mention)):
        return _NEVER
    role = context.lexicon.syntax
    subject = role.is_(tokens.root, "subject") or role.is_(tokens.root, "passive_subject")
    score = (2.0 if subject else 1.0) * (1.5 if context.is_a(mention, PERSON) else 1.0) / (1 + distance)
    if _FEMININE in feature(pronoun, "Gender") and _is_woman(mention, context, women):
        score *= 2
    return score * (0.5 if speaks and context.is_a(mention, PLACE) else 1.0)


def _clause_subject(possessive: Token, context: Context) -> Mention | None:
    """The subject of the verb whose object a possessive belongs to: "la coalition achèverait ses missions"."""
    if not context.lexicon.has("ThirdPersonPossessive", possessive):
        return None
    verb = next((token for token in possessive.ancestors if token.pos_ == "VERB"), None)
    subjects = context.lexicon.syntax.subjects(verb) if verb is not None else []
    mentions = [m for s in subjects if s.i < possessive.i for m in context.referents(s)]
    fitting = [m for m in mentions if m.type is not MentionType.PRONOUN and _agrees(m, possessive, context)]
    return fitting[0] if fitting else None


def _is_beside_its_name(mention: Mention) -> bool:
    """Whether a description and the name it goes with are one phrase: "l'écrivain Paul Morel" counts once."""
    return mention.antecedent is not None and 0 <= mention.antecedent.start - mention.span.end < 3


def _speaks(pronoun: Token, context: Context) -> bool:
    """Whether a pronoun stands for a source: "Il a précisé", "selon lui"."""
    says = context.lexicon.has("SpeechVerb", pronoun.head) and context.lexicon.syntax.is_(pronoun, "subject")
    before = context.doc[max(0, pronoun.i - 3) : pronoun.i]
    return says or any(
        end == pronoun.i for token in before for end, _ in context.lexicon.attributions.at(context.doc, token.i)
    )


def _agrees(mention: Mention, pronoun: Token, context: Context, women: _Identities = frozenset()) -> bool:
    """Whether number and gender, as far as both show them, and personhood allow it."""
    tokens = context.tokens(mention.span)
    if _for_many(pronoun, context) != _is_plural(tokens.root):
        return False
    if context.lexicon.has("ThirdPersonPossessive", pronoun):
        return True
    if context.lexicon.has("PersonalPronoun", pronoun):
        return context.is_a(mention, PERSON)
    if _MASCULINE in feature(pronoun, "Gender") and _is_woman(mention, context, women):
        return False
    genders = feature(pronoun, "Gender"), feature(tokens.root, "Gender")
    return not (genders[0] and genders[1]) or genders[0] == genders[1] or context.is_a(mention, PERSON)


def _is_woman(mention: Mention, context: Context, women: _Identities) -> bool:
    return context.is_a(mention, PERSON) and context.identity(mention) in women


def _women(context: Context) -> _Identities:
    """Those of whom a description is in the feminine: "la chancelière". The masculine tells nothing."""
    described = (m for m in context.mentions if m.type is MentionType.NOMINAL)
    feminine = (m for m in described if _FEMININE in feature(context.tokens(m.span).root, "Gender"))
    return frozenset(context.identity(m) for m in feminine)


def _for_many(pronoun: Token, context: Context) -> bool:
    """Whether a pronoun takes up several, or a name in the plural; a possessive agrees with what is owned."""
    if context.lexicon.has("ThirdPersonPossessive", pronoun):
        return context.lexicon.has("PluralPossessor", pronoun)
    return _is_plural(pronoun)


def _is_plural(token: Token) -> bool:
    """Whether a word, or the article before it, is in the plural: "les États-Unis"."""
    numbers = {number for word in (token, *token.lefts) if word.pos_ in _NUMBERED for number in feature(word, "Number")}
    return "Plur" in numbers and ("Sing" not in numbers or "Plur" not in feature(token, "Number"))
