"""A parsed article in, its names out: the model's, the gazetteer's and the constructions', with one reading a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.gazetteer import Entry, fold
from kg.model import Mention, MentionType
from kg.text.context import PERSON, Context, span_of

_SURE = 3
_MARKS = frozenset("'\"«»“”()[],.;:!?-–—/*")


@dataclass(frozen=True, slots=True)
class _Name:
    """A candidate: tokens from start to end, what they may be, and how far the source is to be trusted."""

    start: int
    end: int
    kind: str
    entry: Entry | None = None
    weight: int = 1  # how many readings of the model's it outweighs

    def covers(self, other: _Name) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: _Name) -> bool:
        return self.start < other.end and other.start < self.end


def find_names(context: Context) -> None:
    """Add every name of the article to its mentions."""
    doc, code = context.doc, context.lexicon.language.code
    found = context.gazetteer.find([token.text for token in doc], language=code)
    known = [_Name(start, end, _kind(entry, context), entry, _SURE) for start, end, entry in found]
    headed = list(_headed(context, known))
    tagged = [name for name in _tagged(context) if not any(h.overlaps(name) for h in headed)]
    names = _one_reading(doc, _chosen(doc, known, tagged) + headed, context)
    for name in [*names, *_repeated(doc, names)]:
        _add(context, name)
    _bracketed(context)


def _kind(entry: Entry, context: Context) -> str:
    """The most special class of an entry."""
    return max(sorted(entry.kinds), key=lambda kind: len(context.lexicon.ontology.parents.get(kind, ())))


def _add(context: Context, name: _Name) -> None:
    tokens = context.doc[name.start : name.end]
    entry = name.entry.id if name.entry else None
    context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NAME, name.kind, entry=entry))


def _tagged(context: Context) -> Iterator[_Name]:
    """The model's names, without what is no part of a name at their edges."""
    doc, kinds = context.doc, context.lexicon.language.kinds
    for ent in doc.ents:
        start, end = _trimmed(ent, context)
        office = next((stop for stop, _ in context.lexicon.positions.at(doc, start)), None) if start < end else None
        if office and kinds.get(ent.label_) == PERSON and not _is_no_part(doc[min(office, end - 1)], ent, context):
            start = office
        elif office:  # "ministre de l'Économie" is no body, "président de la France" no name
            continue
        if ent.label_ in kinds and end > start and _is_name(doc[start:end], context):
            yield _Name(start, end, _refined(doc[start:end], kinds[ent.label_], context))


def _trimmed(ent: Tokens, context: Context) -> tuple[int, int]:
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and _is_no_part(doc[start], ent, context):
        start += 1
    while start < end and (doc[end - 1].text in _MARKS or doc[end - 1].is_space):
        end -= 1
    breaks = [i for i in range(start, end) if "\n" in doc[i].text]
    return start, breaks[0] if breaks else end


def _is_no_part(token: Token, ent: Tokens, context: Context) -> bool:
    """Whether a token before a name is none of it: an article, a preposition, a mark, a title of a person."""
    is_person = context.lexicon.language.kinds.get(ent.label_) == PERSON
    plain = token.pos_ in {"DET", "ADP"} or token.is_space or token.text in _MARKS
    return plain or (is_person and context.lexicon.has("Honorific", token))


def _is_name(tokens: Tokens, context: Context) -> bool:
    """A name has a capital, and is neither a demonym nor one common noun that opens its sentence."""
    capitals = [token for token in tokens if token.text[0].isupper()]
    if not capitals or any(context.gazetteer.demonym(t.text, context.lexicon.language.code) for t in tokens[:1]):
        return False
    return len(tokens) > 1 or not (tokens[0].is_sent_start and tokens[0].pos_ not in {"PROPN", "NOUN"})


def _refined(tokens: Tokens, kind: str, context: Context) -> str:
    """A class that a name's own head noun tells: "Cour suprême" is a court, whatever the model says."""
    if kind == PERSON:
        return kind
    told = next((meaning for _, meaning in context.lexicon.head_nouns.at(tokens.doc, tokens.start)), None)
    told = told if len(tokens) > 1 else None
    return told or kind


def _headed(context: Context, known: list[_Name]) -> Iterator[_Name]:
    """Names that a common noun introduces: "l'opération Inherent Resolve", "la société belge Lampiris"."""
    doc = context.doc
    for start, end, kinds in context.lexicon.head_nouns.find(doc):
        after = end
        if doc[start].pos_ != "NOUN" or doc[start].text[0].isupper():
            continue
        if after < len(doc) and context.gazetteer.demonym(doc[after].text, context.lexicon.language.code):
            after += 1
        stop = after
        while stop < len(doc) and doc[stop].text[0].isupper() and not doc[stop].is_sent_start:
            stop += 1
        name = _Name(after, stop, kinds[0], weight=_SURE)
        if (
            stop > after
            and not any(name.overlaps(k) for k in known)
            and _introduces(doc[start], doc[after:stop], context)
        ):
            yield name


def _introduces(head: Token, name: Tokens, context: Context) -> bool:
    """Whether a common noun is a class for the name after it: the name is no person's and of the same sentence."""
    kinds = context.lexicon.language.kinds
    return not any(kinds.get(token.ent_type_) == PERSON for token in name) and head.sent == name[0].sent


def _chosen(doc: Doc, known: list[_Name], tagged: list[_Name]) -> list[_Name]:
    """The gazetteer's names, but for those inside a longer name that the model saw: "Université de Paris"."""
    inside = {t: [k for k in known if t.covers(k)] for t in tagged}
    longer = [t for t, some in inside.items() if some and all(_is_longer(doc, t, k) for k in some)]
    kept = [k for k in known if not any(t.overlaps(k) for t in longer)]
    return sorted(
        [*kept, *longer, *(t for t in tagged if t not in longer and not any(t.overlaps(k) for k in kept))],
        key=lambda name: name.start,
    )


def _is_longer(doc: Doc, tagged: _Name, known: _Name) -> bool:
    """Whether the model's name says more than the known one at or inside it."""
    if tagged.start < known.start:
        return True
    following = doc[known.end] if known.end < tagged.end else None
    return following is not None and following.text[0].isupper()


def _one_reading(doc: Doc, names: list[_Name], context: Context) -> list[_Name]:
    """Every name with the class that the whole article gives it; the gazetteer's names keep theirs."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        votes.setdefault(_key(doc, name), Counter())[name.kind] += name.weight
    surnames = {doc[n.end - 1].text for n in names if n.kind == PERSON and n.end - n.start > 1}
    read = []
    for name in names:
        kind = max(sorted(votes[_key(doc, name)].items()), key=lambda vote: (vote[1], _depth(vote[0], context)))[0]
        if name.end - name.start == 1 and doc[name.start].text in surnames and not name.entry:
            kind = PERSON
        read.append(name if name.entry else replace(name, kind=kind))
    return read


def _depth(kind: str, context: Context) -> int:
    return len(context.lexicon.ontology.parents.get(kind, ()))


def _key(doc: Doc, name: _Name) -> str:
    return fold(doc[name.start : name.end].text)


def _repeated(doc: Doc, names: list[_Name]) -> Iterator[_Name]:
    """Further places in which a name of the article stands and the model did not see it."""
    taken = {i for name in names for i in range(name.start, name.end)}
    by_first: dict[str, list[tuple[tuple[str, ...], _Name]]] = {}
    for name in sorted(names, key=lambda n: n.start - n.end):
        words = tuple(token.text for token in doc[name.start : name.end])
        if len(words) > 1 or len(words[0]) > 3:
            by_first.setdefault(words[0], []).append((words, name))
    for token in doc:
        for words, name in by_first.get(token.text, ()):
            end = token.i + len(words)
            fits = tuple(t.text for t in doc[token.i : end]) == words
            if fits and token.text[0].isupper() and taken.isdisjoint(range(token.i, end)):
                taken.update(range(token.i, end))
                yield replace(name, start=token.i, end=end)
                break


def _bracketed(context: Context) -> None:
    """A short form in brackets after a name stands for it: "l'opération Inherent Resolve (OIR)"."""
    doc, mentions = context.doc, context.mentions
    for bracket in doc[1:-2]:
        if bracket.text != "(" or doc[bracket.i + 2].text != ")":
            continue
        full, short = mentions.at(doc[bracket.i - 1]), doc[bracket.i + 1 : bracket.i + 2]
        known = mentions.at(short[0])
        if full is None or context.is_a(full, PERSON) or (known and known.entry):
            continue
        if not _shortens(short[0], full, context):
            continue
        alias = Mention(span_of(short), MentionType.NAME, full.kind, antecedent=full.root)
        mentions.add(short, alias)
        mentions.replace(alias)


def _shortens(short: Token, full: Mention, context: Context) -> bool:
    """Whether the letters of a word of capitals stand in this order in the name and the word before it."""
    first = context.tokens(full.span)[0]
    words = iter(fold(context.doc[max(first.i - 1, first.sent.start) : short.i - 1].text))
    return short.text.isupper() and 1 < len(short) < 9 and all(letter in words for letter in fold(short.text))
