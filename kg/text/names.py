"""A parsed article in, its names out: the model's, the gazetteer's and the constructions', with one reading a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kg.gazetteer import Entry
from kg.model import KG, Mention, MentionType
from kg.text.abutting import parted, without_land
from kg.text.aliases import join_aliases
from kg.text.body_words import ends_as_body, find_ended, is_legal_form
from kg.text.candidates import SURE, Candidate, Taken, key_of
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.headed import find_introduced, with_heads
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.recurrence import everywhere
from kg.text.short_names import shorten
from kg.text.tokens import Doc, Token, Tokens
from kg.text.vouching import vouched

_SHORT_FORM = 2  # letters of a legal form that may be those of somebody's name: "SA", "Co"
_COMPANY = KG + "Company"
_MEDIA = KG + "Media"
_BUSINESSES = (_COMPANY, _MEDIA)
_MARKS = frozenset("'\"«»“”()[],.;:!?-–—/*")


def find_names(context: Context) -> None:
    """Add every name of the article to its mentions."""
    doc, code = context.doc, context.lexicon.language.code
    found = context.gazetteer.find(context.words, language=code)
    tagged = list(_tagged(context))
    known = [Candidate(start, end, _kind(entry, context), entry, SURE) for start, end, entry in found]
    known = vouched(known, tagged, context)
    headed = list(find_introduced(context, known))
    introduced = Taken.by(headed)
    tagged = [name for name in tagged if not introduced.under(name)]
    names = with_heads(context, [*_chosen(known, tagged, context), *headed])
    names = parted(context, find_ended(context, names))
    names = _one_reading(doc, names, context)
    for name in everywhere(doc, names):
        _add(context, name)
    shorten(context)
    join_aliases(context)


def _kind(entry: Entry, context: Context) -> str:
    """The most special class of an entry."""
    return max(sorted(entry.kinds), key=lambda kind: len(context.lexicon.ontology.parents.get(kind, ())))


def _add(context: Context, name: Candidate) -> None:
    tokens = context.doc[name.start : name.end]
    entry = name.entry.id if name.entry else None
    context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NAME, name.kind, entry=entry))


def _tagged(context: Context) -> Iterator[Candidate]:
    """The model's names, without what is no part of a name at their edges."""
    doc, kinds = context.doc, context.lexicon.language.kinds
    fields = {token: stop for first, stop, _ in context.positions for token in range(first + 1, stop)}
    for ent in doc.ents:
        start, end = _trimmed(ent, context)
        office = next((stop for stop, _ in context.lexicon.positions.at(doc, start)), None) if start < end else None
        if office and kinds.get(ent.label_) == PERSON and not _is_no_part(doc[min(office, end - 1)], ent, context):
            start = office
        elif office:  # "ministre de l'Économie" is no body, "président de la France" no name
            continue
        if ent.label_ in kinds and end > start and _is_name(doc[start:end], context):
            end = max(end, fields.get(start, 0))  # "ministre des Affaires étrangères"
            if start in fields and _is_of_a_people(doc[fields[start] : end], context):  # "président du Conseil italien"
                end = fields[start]
            yield Candidate(start, end, _refined(doc[start:end], kinds[ent.label_], context))


def _trimmed(ent: Tokens, context: Context) -> tuple[int, int]:
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and _is_no_part(doc[start], ent, context):
        start += 1
    while start < end and (doc[end - 1].text in _MARKS or doc[end - 1].is_space or doc[end - 1].pos_ == "PART"):
        end -= 1
    breaks = [i for i in range(start, end) if "\n" in doc[i].text]
    return start, breaks[0] if breaks else end


def _is_no_part(token: Token, ent: Tokens, context: Context) -> bool:
    """Whether a token before a name is none of it: a mark, an article or a preposition in small letters, a title.

    What has a capital stays: "La Courneuve", "Le Monde"; so does a particle before a family name: "de Gaulle".
    """
    if token.is_space or token.text in _MARKS:
        return True
    if context.lexicon.language.kinds.get(ent.label_) == PERSON:
        return context.lexicon.has("Honorific", token)
    return token.pos_ in {"DET", "ADP"} and (token.is_lower or bool(token.is_sent_start))


def _is_name(tokens: Tokens, context: Context) -> bool:
    """A name has a capital, and is neither a demonym nor one common noun that opens its sentence."""
    capitals = any(not token.is_lower for token in tokens)
    if not capitals or any(context.gazetteer.demonym(t.text, context.lexicon.language.code) for t in tokens[:1]):
        return False
    return len(tokens) > 1 or not (tokens[0].is_sent_start and tokens[0].pos_ not in {"PROPN", "NOUN"})


def _refined(tokens: Tokens, kind: str, context: Context) -> str:
    """A class that a name's own head noun tells: "Cour suprême" is a court, and so is "Supreme Court"."""
    if len(tokens) == 1:
        return kind
    if is_legal_form(tokens[-1], context) and (kind != PERSON or len(tokens[-1]) > _SHORT_FORM):
        return _COMPANY
    if kind in {PERSON, PLACE} and ends_as_body(tokens, context):
        return ORGANIZATION
    if kind == PERSON and not context.lexicon.has("NamesakeNoun", tokens[0]):
        return kind
    ends = (tokens.start, tokens.end - 1) if context.lexicon.language.labels.get("compound") else (tokens.start,)
    told = (meaning for at in ends for _, meaning in context.lexicon.head_nouns.at(tokens.doc, at))
    return next(told, kind)


def _chosen(known: list[Candidate], tagged: list[Candidate], context: Context) -> list[Candidate]:
    """The gazetteer's names, but for those inside a longer name that the model saw: "Université de Paris"."""
    at = Taken.by(known)
    tagged = [without_land(_without_owner(name, at, context), at, context) for name in tagged]
    inside = {name: [k for k in at.under(name) if name.covers(k)] for name in tagged}
    tagged = [name for name in tagged if not (inside[name] and _is_description(name, inside[name], context))]
    longer = {name: name for name in tagged if inside[name] and all(_is_longer(name, k, context) for k in inside[name])}
    for name in longer:
        if (k := inside[name][0]).start == name.start and _is_of_a_people(context.doc[k.end : name.end], context):
            longer[name] = replace(k, end=name.end)
    over = Taken.by(longer)
    kept = [k for k in known if not over.under(k) and not _is_product(k, context)]
    still = Taken.by(kept)
    rest = (name for name in tagged if name not in longer and not still.under(name))
    return sorted([*kept, *longer.values(), *rest], key=lambda name: name.start)


def _is_longer(tagged: Candidate, known: Candidate, context: Context) -> bool:
    """Whether the model's name says more than the known one at or inside it."""
    if tagged.start < known.start or (tagged.end > known.end and context.doc[known.end].pos_ == "ADJ"):
        return True
    following = context.doc[known.end] if known.end < tagged.end else None
    return following is not None and following.text[0].isupper()


def _without_owner(tagged: Candidate, known: Taken, context: Context) -> Candidate:
    """A field of office without the country after it: "ministre de la Santé du Qatar" holds two names."""
    doc, owner = context.doc, known.by_token.get(tagged.end - 1)
    if owner is None or not tagged.start < owner.start < owner.end <= tagged.end:
        return tagged
    is_field = any(_ends_before(context, start, tagged.start) for start in range(tagged.start)[-4:])
    if tagged.kind == PERSON or not context.is_a_kind(owner.kind, PLACE) or not is_field:
        return tagged
    end = owner.start
    while end > tagged.start and doc[end - 1].pos_ in {"ADP", "DET"}:
        end -= 1
    return replace(tagged, end=end) if end > tagged.start else tagged


def _ends_before(context: Context, start: int, name: int) -> bool:
    """Whether an office begins at a token and goes on to the name, but for a preposition and an article."""
    ends = (end for end, _ in context.lexicon.positions.at(context.doc, start))
    return any(all(token.pos_ in {"ADP", "DET"} for token in context.doc[end:name]) for end in ends)


def _is_description(tagged: Candidate, known: list[Candidate], context: Context) -> bool:
    """Whether a run of words only says whose a body is: "armée de la Russie", but not "ministère de la Défense"."""
    tokens = context.doc[tagged.start : tagged.end]
    named = {i for k in known for i in range(k.start, k.end)}
    plain = all(token.is_lower for token in tokens if token.i not in named)
    return plain and tokens[0].i not in named and not context.lexicon.has("NamingNoun", tokens[0])


def _is_of_a_people(rest: Tokens, context: Context) -> bool:
    """Whether what follows a name only says whose it is: "Hezbollah libanais"."""
    return len(rest) == 1 and context.gazetteer.demonym(rest.text, context.lexicon.language.code) is not None


def _is_product(name: Candidate, context: Context) -> bool:
    """Whether the model reads what a company or a medium offers and the words make use of it: "sur Facebook"."""
    tokens = context.doc[name.start : name.end]
    offered = {token.ent_type_ for token in tokens} <= context.lexicon.language.products
    if not offered or not _is_business(name.kind, context) or context.lexicon.syntax.is_(tokens.root, "subject"):
        return False
    return (context.is_a_kind(name.kind, _MEDIA) and not _undergoes(tokens.root, context)) or _is_used(tokens, context)


def _undergoes(name: Token, context: Context) -> bool:
    """Whether something is done to what a name names, to which it belongs: "l'accès à Wikipédia a été bloqué"."""
    syntax = context.lexicon.syntax
    noun = syntax.first_conjunct(name)
    for _ in range(2):
        bare = not any(syntax.children(noun, "case"))
        if noun.head.pos_ == "NOUN" and (bare or context.lexicon.has("AccessNoun", noun.head)):
            noun = syntax.first_conjunct(noun.head)
    if syntax.is_(noun, "passive_subject"):
        return True
    return noun != name and syntax.is_(noun, "object") and context.lexicon.has("BlockVerb", noun.head)


def _is_used(name: Tokens, context: Context) -> bool:
    """Whether what a name names is a means, or says of which kind a thing is: "via Twitter", "son compte Twitter"."""
    syntax = context.lexicon.syntax
    first = syntax.first_conjunct(name.root)
    if all(token.pos_ not in VERBAL for token in name.sent):  # a list to share a page by
        return True
    if any(context.lexicon.has("MeansPreposition", case) for case in (*syntax.children(first, "case"), first.head)):
        return True
    before = name[0].nbor(-1) if name.start > name.sent.start else None
    is_kind = before is not None and before.pos_ == "NOUN" and "Plur" not in feature(before, "Number")
    return before is not None and is_kind and not context.lexicon.has("NamesakeNoun", before)


def _one_reading(doc: Doc, names: list[Candidate], context: Context) -> list[Candidate]:
    """Every name with the class that the whole article gives it; the gazetteer's names keep theirs."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        votes.setdefault(key_of(doc, name), Counter())[name.kind] += name.weight
    surnames = {doc[n.end - 1].text for n in names if n.kind == PERSON and n.end - n.start > 1}
    read = []
    for name in names:
        kind = max(sorted(votes[key_of(doc, name)].items()), key=lambda vote: (vote[1], _depth(vote[0], context)))[0]
        if name.end - name.start == 1 and doc[name.start].text in surnames and not name.entry:
            kind = PERSON
        read.append(name if name.entry else replace(name, kind=kind))
    return read


def _is_business(kind: str, context: Context) -> bool:
    return any(context.is_a_kind(kind, business) for business in _BUSINESSES)


def _depth(kind: str, context: Context) -> int:
    return len(context.lexicon.ontology.parents.get(kind, ()))
