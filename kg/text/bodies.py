"""Names in, the common nouns beside them out: countries by their people, bodies by whose they are or as before.

"le gouvernement irakien" is a body known by its country; "la coalition" the one spoken of before; "le groupe terroriste
État islamique" a description that the name after it explains; "le pays" the country last named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import KG, Mention, MentionType, Span
from kg.text.agreement import is_plural
from kg.text.classed import classify, named_subject
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.mentions import span_of
from kg.text.nouns import describe, is_definite, noun_phrase
from kg.text.tokens import Token, Tokens

_PLAIN = frozenset({ORGANIZATION, KG + "Company"})  # too many to know one by its common noun alone
_COUNTRY = KG + "Country"
_NAMING = frozenset({"ADJ", "NOUN", "PROPN"})
_ROLES = ("subject", "passive_subject", "object", "agent", "prepositional_object")
_TELLING = _NAMING | {"VERB", "ADP", "NUM", "PRON"}  # what may say which country is meant
_NEAR = 6  # tokens within which a noun's complement says what it is


@dataclass(frozen=True, slots=True)
class _Body:
    tokens: Tokens
    kind: str


def find_demonyms(context: Context) -> None:
    """Adjectives and nouns of nationality stand for their country: "irakien", "les Américains", "South Koreans"."""
    for start, end, entry in context.gazetteer.find_demonyms(context.words, language=context.lexicon.language.code):
        tokens = context.doc[start:end]
        if context.mentions.free(tokens) and all(token.pos_ in _NAMING for token in tokens):
            mention = Mention(span_of(tokens), MentionType.NOMINAL, sorted(entry.kinds)[0], entry=entry.id)
            context.mentions.add(tokens, mention)


def find_bodies(context: Context) -> None:
    """Bodies spoken of by a common noun: by the name beside it, by whose or against whom they are, or as before."""
    found = [_Body(noun_phrase(context, start, end), kinds[0]) for start, end, kinds in _heads(context)]
    classify(context, [(body.tokens, body.kind) for body in found])
    lands = [mention for mention in context.mentions if mention.kind == _COUNTRY]
    for body in found:
        if name := _name_beside(context, body) or named_subject(context, body.tokens.root):
            describe(context, body.tokens, name.kind, name)
        elif land := _land(body, lands, context):
            describe(context, body.tokens, _COUNTRY, land)
    earlier = _named_bodies(context)
    _anchor_names(context)
    for body in found:
        known = earlier[body.tokens.root.lemma_.lower()]
        is_open = context.mentions.at(body.tokens.root) is None and context.is_a_kind(body.kind, ORGANIZATION)
        if is_open and (described := _described(context, body, known)):
            insort(known, described, key=lambda mention: mention.span)


def _heads(context: Context) -> Iterator[tuple[int, int, list[str]]]:
    """Head nouns that no name holds; in the plural only those that the ontology gives in the plural."""
    doc, listed = context.doc, context.lexicon.ontology.head_nouns.get(context.lexicon.language.code, {})
    offices = {token: start for start, end, _ in context.positions for token in range(start, end)}
    for start, end, kinds in context.head_nouns:
        tokens = doc[start:end]
        if start in offices and offices[start] == offices.get(end - 1):  # "chief executive" is no government
            continue
        singular = not is_plural(tokens.root) or tokens.text.lower() in listed
        if singular and tokens[0].pos_ in {"NOUN", "PROPN", "ADJ"} and context.mentions.free(tokens):
            yield start, end, kinds


def _name_beside(context: Context, body: _Body) -> Mention | None:
    """The name that follows a description without a word in between: "le groupe terroriste État islamique"."""
    after = context.doc[body.tokens.end : body.tokens.end + 1]
    name = context.mentions.at(after[0]) if len(after) and after[0].sent == body.tokens.sent else None
    fits = name is not None and name.type is MentionType.NAME and not context.is_a(name, PERSON)
    return name if name and fits and context.is_a(name, PLACE) == context.is_a_kind(body.kind, PLACE) else None


def _is_told(noun: Token, context: Context) -> bool:
    """Whether words after a noun tell which one is meant; a mark or what is coordinated with it does not."""
    told = (child for child in noun.rights if child.pos_ in _TELLING)
    return any(not context.lexicon.syntax.is_(child, "conjunct") for child in told)


def _land(body: _Body, lands: list[Mention], context: Context) -> Mention | None:
    """The country that "le pays" is: the one last spoken of before it."""
    noun = body.tokens.root
    if body.kind != _COUNTRY or not is_definite(noun) or _is_told(noun, context):
        return None
    before = bisect_right(lands, body.tokens.start_char, key=lambda land: land.span.end)
    return lands[before - 1] if before else None


def _named_bodies(context: Context) -> dict[str, list[Mention]]:
    """The names that begin with a common noun or follow one, by that noun: "la Cour suprême" is later "la cour"."""
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in context.mentions:
        first = context.tokens(mention.span)[0]
        known = mention.type is MentionType.NAME or mention.antecedent
        if known and context.lexicon.head_nouns.at(context.doc, first.i):
            named[first.lemma_.lower()].append(mention)
    return named


def _anchor_names(context: Context) -> None:
    """Names that begin with a common noun and that nobody knows are known by whose they are: "sa Cour suprême".

    Without an owner they take up a longer name before them: "la Cour suprême américaine … la Cour suprême".
    """
    earlier: dict[str, list[Mention]] = defaultdict(list)  # first word, folded -> names that begin with it
    for mention in list(context.mentions):
        tokens = context.tokens(mention.span)
        body = bool(context.lexicon.head_nouns.at(context.doc, tokens.start)) and context.is_a(mention, ORGANIZATION)
        if mention.type is MentionType.NAME and body and not mention.entry and not mention.antecedent:
            anchors = tuple(a for a in _anchors(context, tokens.root) if a != mention.span)
            longer = None if anchors else _longer_name(context, mention, earlier[tokens[0].lower_])
            context.mentions.replace(replace(mention, anchors=anchors, antecedent=longer))
        if mention.type is MentionType.NAME:
            earlier[tokens[0].lower_].append(mention)


def _longer_name(context: Context, mention: Mention, earlier: list[Mention]) -> Span | None:
    """The last of some names before a mention that begins with the mention's words."""
    words = context.article.words(mention.span).casefold()
    begins = (m.root for m in reversed(earlier) if context.article.words(m.span).casefold().startswith(words + " "))
    return next(begins, None)


def _described(context: Context, body: _Body, known: list[Mention]) -> Mention | None:
    """The mention of a body that no name explains, if it is known which one is meant: the last before it that fits."""
    head, start = body.tokens.root, body.tokens.start_char
    mention = Mention(span_of(body.tokens), MentionType.NOMINAL, body.kind, anchors=_anchors(context, head))
    before = known[: bisect_left(known, start, key=lambda m: m.span.start)]
    earlier = (m for m in reversed(before) if m.span.end <= start)
    last = next((m for m in earlier if not mention.anchors or _shares_anchor(context, m, mention)), None)
    if last and (is_definite(head) or mention.anchors or not last.anchors):
        mention = replace(mention, antecedent=last.root, anchors=())
    takes_part = any(context.lexicon.syntax.is_(head, role) for role in _ROLES)
    if mention.antecedent or mention.anchors or (body.kind not in _PLAIN and (takes_part or is_definite(head))):
        return context.mentions.add(body.tokens, mention)
    return None


def _anchors(context: Context, head: Token) -> tuple[Span, ...]:
    """Whose a body is, or against whom: "gouvernement irakien", "coalition de lutte contre l'État islamique"."""
    syntax, found = context.lexicon.syntax, list(context.owners(head))
    located = context.lexicon.words("LocationPreposition")
    for preposition, complement in syntax.obliques(head):
        if not found and preposition not in located:
            found += context.referents(complement)
        if not found and complement.i - head.i < _NEAR and not context.mentions.at(complement):
            found += context.owners(complement)
            found += [m for _, inner in syntax.obliques(complement) for m in context.referents(inner)]
    return tuple(m.root for m in dict.fromkeys(found) if m.type is not MentionType.PRONOUN)


def _shares_anchor(context: Context, one: Mention, other: Mention) -> bool:
    first = context.mentions.by_span.get(one.root, one)
    return bool(_identities(context, first) & _identities(context, other))


def _identities(context: Context, mention: Mention) -> set[str]:
    anchors = (context.mentions.by_span.get(span) for span in mention.anchors)
    return {a.entry or context.article.words(a.span) for a in anchors if a}
