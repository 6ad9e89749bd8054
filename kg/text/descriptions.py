"""Names in, the common nouns beside them out: what an article calls its people and bodies without naming them.

"le gouvernement irakien" is a body known by its country; "la coalition" the one spoken of before; "le premier ministre
irakien Mohammed al-Soudani" a description that the name after it explains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import KG, Mention, MentionType, Span
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context, span_of
from kg.text.morphology import feature

_PLAIN = frozenset({ORGANIZATION, KG + "Company"})  # too many to know one by its common noun alone
_STOPS = frozenset(",;.)(")
_COUNTRY = KG + "Country"
_NAMING = frozenset({"ADJ", "NOUN", "PROPN"})
_ROLES = ("subject", "passive_subject", "object", "agent", "prepositional_object")
_FAR = 12  # tokens that an office with its complement and a name may take
_NEAR = 6  # tokens within which a noun's complement says what it is


def find_descriptions(context: Context) -> None:
    """Add demonyms, bodies and office holders to the mentions of an article."""
    _demonyms(context)
    _bodies(context)
    _holders(context)


def _demonyms(context: Context) -> None:
    """Adjectives and nouns of nationality stand for their country: "irakien", "les Américains", "South Koreans"."""
    words = [token.text for token in context.doc]
    for start, end, entry in context.gazetteer.find_demonyms(words, language=context.lexicon.language.code):
        tokens = context.doc[start:end]
        if context.mentions.free(tokens) and all(token.pos_ in _NAMING for token in tokens):
            mention = Mention(span_of(tokens), MentionType.NOMINAL, sorted(entry.kinds)[0], entry=entry.id)
            context.mentions.add(tokens, mention)


def _bodies(context: Context) -> None:
    """Bodies spoken of by a common noun: by the name beside it, by whose or against whom they are, or as before."""
    found = [_Body(noun_phrase(context, start, end), kinds[0]) for start, end, kinds in _heads(context)]
    for body in found:
        if name := _name_beside(context, body):
            antecedent = name.antecedent or name.span
            mention = Mention(span_of(body.tokens), MentionType.NOMINAL, name.kind, antecedent=antecedent)
            context.mentions.add(body.tokens, mention)
        elif body.kind == _COUNTRY and _definite(body.tokens.root) and not any(body.tokens.root.rights):
            _land(context, body)
    earlier = _named_bodies(context)
    for body in found:
        known = earlier[body.tokens.root.lemma_.lower()]
        if context.mentions.at(body.tokens.root) is None and context.is_a_kind(body.kind, ORGANIZATION):
            known += _described(context, body, [m for m in known if m.span.end <= body.tokens.start_char])


def nameless(context: Context, noun: Token) -> Mention | None:
    """Somebody whom the article does not name: "un responsable", "des témoins"; the same word again is the same one."""
    if noun.pos_ == "PROPN":  # whoever speaks under a name that no model saw is taken for a person
        words = [noun, *(c for c in context.lexicon.syntax.children(noun, "flat") if c.text[0].isupper())]
        name = context.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
        return context.mentions.add(name, Mention(span_of(name), MentionType.NAME, PERSON))
    if noun.pos_ != "NOUN" or not (kind := _kind_of_source(context, noun)):
        return None
    tokens = noun_phrase(context, noun.i, noun.i + 1)
    same = [m for m in context.mentions if m.type is MentionType.NOMINAL and _is_again(context, m, noun)]
    antecedent = (same[-1].antecedent or same[-1].span) if same and _definite(noun) else None
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, kind, antecedent=antecedent))


def _kind_of_source(context: Context, noun: Token) -> str | None:
    lexicon = context.lexicon
    if lexicon.has("PersonNoun", noun) or any(lexicon.positions.at(context.doc, noun.i)):
        return PERSON
    return next((kind for _, kind in lexicon.head_nouns.at(context.doc, noun.i)), None)


def _is_again(context: Context, mention: Mention, noun: Token) -> bool:
    tokens = context.tokens(mention.span)
    return tokens.root.lemma_ == noun.lemma_ and tokens.start < noun.i


def _named_bodies(context: Context) -> dict[str, list[Mention]]:
    """The names that begin with a common noun or follow one, by that noun: "la Cour suprême" is later "la cour"."""
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in context.mentions:
        first = context.tokens(mention.span)[0]
        if (mention.type is MentionType.NAME or mention.antecedent) and any(
            context.lexicon.head_nouns.at(context.doc, first.i)
        ):
            named[first.lemma_.lower()].append(mention)
    return named


def _land(context: Context, body: _Body) -> None:
    """ "le pays" is the country last named before it."""
    before = [m for m in context.mentions if m.span.end <= body.tokens.start_char and m.kind == _COUNTRY]
    named = [m for m in before if m.type is not MentionType.PRONOUN and context.mentions.at(body.tokens.root) is None]
    if named:
        antecedent = named[-1].antecedent or named[-1].span
        mention = Mention(span_of(body.tokens), MentionType.NOMINAL, _COUNTRY, antecedent=antecedent)
        context.mentions.add(body.tokens, mention)


@dataclass(frozen=True, slots=True)
class _Body:
    tokens: Tokens
    kind: str


def _heads(context: Context) -> Iterator[tuple[int, int, list[str]]]:
    """Head nouns that no name holds; in the plural only those that the ontology gives in the plural."""
    doc, listed = context.doc, context.lexicon.ontology.head_nouns.get(context.lexicon.language.code, {})
    offices = [(start, end) for start, end, _ in context.lexicon.positions.find(doc)]
    for start, end, kinds in context.lexicon.head_nouns.find(doc):
        tokens = doc[start:end]
        if any(first <= start and end <= last for first, last in offices):  # "chief executive" is no government
            continue
        singular = not _is_plural(tokens.root) or tokens.text.lower() in listed
        if singular and tokens[0].pos_ in {"NOUN", "PROPN", "ADJ"} and context.mentions.free(tokens):
            yield start, end, kinds


def _described(context: Context, body: _Body, earlier: list[Mention]) -> Iterator[Mention]:
    """The mention of a body that no name explains, if it is known which one is meant."""
    head = body.tokens.root
    mention = Mention(span_of(body.tokens), MentionType.NOMINAL, body.kind, anchors=_anchors(context, head))
    fitting = sorted((m for m in earlier if not mention.anchors or _shares_anchor(context, m, mention)), key=_place)
    if fitting and (_definite(head) or mention.anchors or not fitting[-1].anchors):
        mention = replace(mention, antecedent=fitting[-1].antecedent or fitting[-1].span, anchors=())
    takes_part = any(context.lexicon.syntax.is_(head, role) for role in _ROLES)
    if mention.antecedent or mention.anchors or (body.kind not in _PLAIN and (takes_part or _definite(head))):
        yield context.mentions.add(body.tokens, mention)


def _place(mention: Mention) -> Span:
    return mention.span


def _is_plural(token: Token) -> bool:
    return "Plur" in feature(token, "Number") and "Sing" not in feature(token, "Number")


def _definite(token: Token) -> bool:
    return any("Def" in feature(child, "Definite") for child in token.children)


def noun_phrase(context: Context, start: int, end: int) -> Tokens:
    """A noun with the adjectives that touch it on the right: "coalition internationale", "gouvernement irakien"."""
    doc = context.doc
    while end < len(doc) and doc[end].pos_ == "ADJ" and start <= doc[end].head.i < end and doc[end].text[0].islower():
        end += 1
    return doc[start:end]


def _anchors(context: Context, head: Token) -> tuple[Span, ...]:
    """Whose a body is, or against whom: "gouvernement irakien", "coalition de lutte contre l'État islamique"."""
    syntax, found = context.lexicon.syntax, list(context.owners(head))
    for _, complement in syntax.obliques(head):
        if not found and complement.i - head.i < _NEAR and not context.mentions.at(complement):
            found += context.owners(complement)
            found += [m for _, inner in syntax.obliques(complement) for m in context.referents(inner)]
    return tuple(m.antecedent or m.span for m in dict.fromkeys(found) if m.type is not MentionType.PRONOUN)


def _shares_anchor(context: Context, one: Mention, other: Mention) -> bool:
    first = context.mentions.by_span.get(one.antecedent or one.span, one)
    return bool(_identities(context, first) & _identities(context, other))


def _identities(context: Context, mention: Mention) -> set[str]:
    anchors = (context.mentions.by_span.get(span) for span in mention.anchors)
    return {a.entry or context.article.words(a.span) for a in anchors if a}


def _name_beside(context: Context, body: _Body) -> Mention | None:
    """The name that follows a description without a word in between: "le groupe terroriste État islamique"."""
    after = context.doc[body.tokens.end : body.tokens.end + 1]
    name = context.mentions.at(after[0]) if len(after) and after[0].sent == body.tokens.sent else None
    fits = name is not None and name.type is MentionType.NAME and not context.is_a(name, PERSON)
    return name if name and fits and context.is_a(name, PLACE) == context.is_a_kind(body.kind, PLACE) else None


def _holders(context: Context) -> None:
    """People spoken of by their office: with their name beside it, or by the office alone once they were named."""
    doc = context.doc
    named: dict[str, tuple[Mention, set[str | Span]]] = {}  # office -> who held it last, and of what
    for start, end, positions in context.lexicon.positions.find(doc):
        if not context.mentions.free(doc[start:end]):
            continue
        tokens = noun_phrase(context, start, end)
        name = holder(context, tokens)
        key, places = positions[0].iri, {context.identity(m) for m in context.owners(tokens.root)}
        if name is not None:
            named[key] = name, places
        elif key in named and _definite(tokens.root) and not _is_plural(tokens.root) and places <= named[key][1]:
            name = named[key][0]
        if name is not None:
            antecedent = name.antecedent or name.span
            context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, PERSON, antecedent=antecedent))


def holder(context: Context, tokens: Tokens) -> Mention | None:
    """The person whose office some tokens name, where name and office stand beside each other.

    "Sean Parnell, porte-parole du Pentagone", "le premier ministre irakien Mohammed al-Soudani", "Pentagon spokesman
    Sean Parnell".
    """
    return _following(context, tokens) or _apposed(context, tokens.root) or _before_comma(context, tokens)


def _following(context: Context, tokens: Tokens) -> Mention | None:
    doc, after = context.doc, tokens.end
    if after < len(doc) and doc[after].sent == tokens.sent and (person := _person(context, doc[after])):
        return person
    return _between_commas(context, tokens)


def _between_commas(context: Context, tokens: Tokens) -> Mention | None:
    """ "La porte-parole de l'ONU, Alessandra Vellucci, …": a name between commas after an office and its complement."""
    if not _definite(tokens.root):
        return None
    rest = context.doc[tokens.end : min(tokens.end + _FAR, tokens.sent.end)]
    comma = next((t.i for t in rest if t.text == "," or t.pos_ in {"VERB", "AUX", "PUNCT"}), None)
    if comma is None or context.doc[comma].text != "," or comma + 1 >= tokens.sent.end:
        return None
    person = _person(context, context.doc[comma + 1])
    closing = None if person is None else next((t for t in rest if t.idx >= person.span.end), None)
    return person if closing is not None and closing.text == "," else None


def _before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """A name, a comma, an office: "Abbas Akhoundi, le ministre iranien des Transports, a …"."""
    name = name_before_comma(context, tokens)
    return _as_person(context, name) if name else None


def name_before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """The name that a comma parts from a noun phrase which can only be its apposition."""
    doc, start = context.doc, tokens.start
    while start > tokens.sent.start and doc[start - 1].pos_ in {"DET", "ADJ"}:
        start -= 1
    if start - 2 < tokens.sent.start or doc[start - 1].text != ",":
        return None
    rest = doc[tokens.end : tokens.sent.end]
    stop = next((t for t in rest if t.text in _STOPS or t.pos_ in {"VERB", "AUX"}), None)
    if start < tokens.start and (stop is None or stop.text not in _STOPS):
        return None
    name = context.mentions.at(doc[start - 2])
    return name if name and name.type is MentionType.NAME else None


def _apposed(context: Context, office: Token) -> Mention | None:
    syntax = context.lexicon.syntax
    if syntax.is_(office, "apposition") and not any(syntax.children(office, "case")):
        first = syntax.first_conjunct(office)
        if first.head.i < first.i and (person := _person(context, first.head)):
            return person
    for name in syntax.appositions(office):
        if not any(syntax.children(name, "case")) and (person := _person(context, name)):
            return person
    return None


def _person(context: Context, token: Token) -> Mention | None:
    mention = context.mentions.at(token)
    return _as_person(context, mention) if mention and mention.type is MentionType.NAME else None


def _as_person(context: Context, mention: Mention) -> Mention | None:
    """A name as a person's; one of two words that no source is sure of is a person beside an office."""
    if not mention.entry and mention.kind in {PLACE, ORGANIZATION} and " " in context.article.words(mention.span):
        mention = replace(mention, kind=PERSON)
        context.mentions.replace(mention)
    return mention if context.is_a(mention, PERSON) else None
