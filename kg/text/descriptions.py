"""Names in, the common nouns beside them out: what an article calls its people and bodies without naming them.

"le gouvernement irakien" is a body known by its country; "la coalition" the one spoken of before; "le premier ministre
irakien Mohammed al-Soudani" a description that the name after it explains.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token
from spacy.tokens import Span as Tokens

from kg.model import Mention, MentionType, Span
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context, span_of


def find_descriptions(context: Context) -> None:
    """Add demonyms, bodies and office holders to the mentions of an article."""
    _demonyms(context)
    _bodies(context)
    _holders(context)


def _demonyms(context: Context) -> None:
    """Adjectives and nouns of nationality stand for their country: "irakien", "les Américains"."""
    for token in context.doc:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or not context.mentions.free(context.doc[token.i : token.i + 1]):
            continue
        if entry := context.gazetteer.demonym(token.text, context.lexicon.language.code):
            kind = sorted(entry.kinds)[0]
            mention = Mention(span_of(token), MentionType.NOMINAL, kind, entry=entry.id)
            context.mentions.add(context.doc[token.i : token.i + 1], mention)


def _bodies(context: Context) -> None:
    """Organisations spoken of by a common noun, each known by what it belongs to or is about, or by an earlier one."""
    doc = context.doc
    earlier: dict[str, list[Mention]] = {}
    for start, end, kinds in context.lexicon.head_nouns.find(doc):
        tokens, kind = _noun_phrase(context, start, end), kinds[0]
        if not _is_body(context, tokens, kind) or not context.mentions.free(doc[start:end]):
            continue
        mention = Mention(span_of(tokens), MentionType.NOMINAL, kind, anchors=_anchors(context, tokens.root))
        mention = _resolved(context, tokens, mention, earlier.setdefault(doc[start].lemma_.lower(), []))
        if mention.antecedent or mention.anchors or _definite(tokens[0]):
            earlier[doc[start].lemma_.lower()].append(context.mentions.add(tokens, mention))


def _is_body(context: Context, tokens: Tokens, kind: str) -> bool:
    vocabulary = context.lexicon.ontology
    acts = vocabulary.is_a(kind, ORGANIZATION) and not vocabulary.is_a(kind, PLACE)
    return acts and tokens[0].pos_ in {"NOUN", "PROPN", "ADJ"} and not _is_plural(tokens.root)


def _is_plural(token: Token) -> bool:
    return "Plur" in token.morph.get("Number") and "Sing" not in token.morph.get("Number")


def _definite(token: Token) -> bool:
    return any("Def" in child.morph.get("Definite") for child in token.children)


def _noun_phrase(context: Context, start: int, end: int) -> Tokens:
    """A noun with the adjectives that touch it on the right: "coalition internationale", "gouvernement irakien"."""
    doc = context.doc
    while end < len(doc) and doc[end].pos_ == "ADJ" and start <= doc[end].head.i < end and doc[end].text[0].islower():
        end += 1
    return doc[start:end]


def _anchors(context: Context, head: Token) -> tuple[Span, ...]:
    """Whose a body is, or against whom: "gouvernement irakien", "coalition de lutte contre l'État islamique"."""
    syntax, found = context.lexicon.syntax, list(context.owners(head))
    for _, complement in syntax.obliques(head):
        if not found and complement.i - head.i < 3:
            found += [m for _, inner in syntax.obliques(complement) for m in context.referents(inner)]
    return tuple(m.antecedent or m.span for m in dict.fromkeys(found) if m.type is not MentionType.PRONOUN)


def _resolved(context: Context, tokens: Tokens, mention: Mention, earlier: list[Mention]) -> Mention:
    """The description with what it stands for: the name beside it, or the last body of its noun and its anchor."""
    if name := _name_beside(context, tokens, mention.kind):
        return replace(mention, antecedent=name.antecedent or name.span, anchors=())
    fitting = [m for m in earlier if not mention.anchors or _shared_anchor(context, m, mention)]
    if fitting and (_definite(tokens.root) or mention.anchors or not fitting[-1].anchors):
        return replace(mention, antecedent=fitting[-1].antecedent or fitting[-1].span, anchors=())
    return mention


def _shared_anchor(context: Context, one: Mention, other: Mention) -> bool:
    first = context.mentions.by_span.get(one.antecedent or one.span, one)
    return bool(_identities(context, first) & _identities(context, other))


def _identities(context: Context, mention: Mention) -> set[str]:
    anchors = (context.mentions.by_span.get(span) for span in mention.anchors)
    return {a.entry or context.article.words(a.span) for a in anchors if a}


def _name_beside(context: Context, tokens: Tokens, kind: str) -> Mention | None:
    """The name that follows a description without a word in between: "le groupe terroriste État islamique"."""
    doc = context.doc
    if tokens.end >= len(doc) or doc[tokens.end].sent != tokens[0].sent:
        return None
    name = context.mentions.at(doc[tokens.end])
    if name is None or name.type is not MentionType.NAME or context.is_a(name, PERSON) != (kind == PERSON):
        return None
    return None if context.is_a(name, PLACE) else name


def _holders(context: Context) -> None:
    """People spoken of by their office: with their name beside it, or by the office alone once they were named."""
    doc = context.doc
    named: dict[str, Mention] = {}
    for start, end, positions in context.lexicon.positions.find(doc):
        if not context.mentions.free(doc[start:end]):
            continue
        tokens = _noun_phrase(context, start, end)
        name = holder(context, tokens)
        key = positions[0].iri
        if name is not None:
            named[key] = name
        elif _definite(tokens.root) and not _is_plural(tokens.root) and not context.owners(tokens.root):
            name = named.get(key)
        if name is not None:
            antecedent = name.antecedent or name.span
            context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, PERSON, antecedent=antecedent))


def holder(context: Context, tokens: Tokens) -> Mention | None:
    """The person whose office some tokens name, where name and office stand beside each other.

    "Sean Parnell, porte-parole du Pentagone", "le premier ministre irakien Mohammed al-Soudani", "Pentagon spokesman
    Sean Parnell".
    """
    return _following(context, tokens) or _apposed(context, tokens.root)


def _following(context: Context, tokens: Tokens) -> Mention | None:
    after = tokens.end
    if after < len(context.doc) and context.doc[after].sent == tokens[0].sent:
        return _person(context, context.doc[after])
    return None


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
    is_name = mention is not None and mention.type is MentionType.NAME and context.is_a(mention, PERSON)
    return mention if is_name else None
