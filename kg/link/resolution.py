"""The mentions of a reading in, an entity for each out; the same names give the same entities in every article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg import ontology
from kg.gazetteer import Entry, Gazetteer
from kg.link.names import compatible, digest, full_cores, is_common, slug
from kg.link.people import full_names
from kg.model import KG, Article, Entity, Mention, MentionType, Reading, Span

_PERSON, _PLACE, _REGION = KG + "Person", KG + "Place", KG + "Region"
_MANY = frozenset({_PERSON, KG + "Organization", KG + "Company"})


def resolve(reading: Reading, gazetteer: Gazetteer) -> dict[Span, Entity]:
    """The entity of every mention, by the mention's span.

    A mention that stands for another shares its entity; a pronoun whose antecedent is no mention has none, and one that
    stands for itself, as that of a speaker whom nothing else names, has its own.
    """
    return _Resolution(reading, gazetteer).entities()


def publisher(article: Article, gazetteer: Gazetteer) -> Entity | None:
    """Who published an article, where its metadata say so: a known medium, or one called by that name."""
    name = (article.publisher or "").strip()
    if not name:
        return None
    if entry := gazetteer.named(name, language=article.language):
        return Entity(entry.id, entry.kinds, _label(entry, article, name), same_as=entry.same_as)
    return Entity(slug(name), frozenset({KG + "Media"}), name)


class _Resolution:
    """One article's mentions on their way to entities."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer) -> None:
        self.reading = reading
        self.article: Article = reading.article
        self.gazetteer = gazetteer
        self.by_span = {mention.span: mention for mention in reading.mentions}
        named = [mention for mention in reading.mentions if mention.type is MentionType.NAME]
        people = {self._words(m) for m in named if m.kind == _PERSON}
        self.full_names = full_names(people, self.article.language)
        self.bodies = full_cores(self._words(m) for m in named if m.kind != _PERSON)

    def entities(self) -> dict[Span, Entity]:
        ids = {m.span: identity for m in self.reading.mentions if (identity := self._identity(self._root(m)))}
        groups: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.reading.mentions:
            if mention.span in ids:
                groups[ids[mention.span]].append(mention)
        entities = {identity: self._entity(identity, mentions) for identity, mentions in groups.items()}
        return {span: entities[identity] for span, identity in ids.items()}

    def _words(self, mention: Mention) -> str:
        return self.article.words(mention.name or mention.span)

    def _root(self, mention: Mention) -> Mention:
        return mention.origin(self.by_span)

    def _identity(self, root: Mention) -> str | None:
        """The identifier of what a mention that stands for itself names."""
        if entry := self._entry(root):
            return entry.id
        if root.type is MentionType.NAME:
            return self._named(root)
        is_speaker = root.type is MentionType.PRONOUN and root.antecedent is None  # whom only a pronoun tells of
        return self._described(root) if is_speaker or root.type is MentionType.NOMINAL else None

    def _entry(self, root: Mention) -> Entry | None:
        if root.entry:
            return self.gazetteer.entries[root.entry]
        if root.type is not MentionType.NAME:
            return None
        entry = self.gazetteer.named(self._full(root), language=self.article.language)
        if entry is None or entry.weak:  # of weak names the reader has said where they are the entry's
            return None
        return entry if _may_be(root.kind, entry) else None

    def _full(self, root: Mention) -> str:
        """The words of a name, or of somebody's whole name where the article has it: "Poutine" is Vladimir Poutine."""
        words = self._words(root)
        return self.full_names[words] if root.kind == _PERSON else words

    def _named(self, root: Mention) -> str:
        words = self._full(root)
        if root.kind != _PERSON:
            if is_common(words, self.article.language):  # many countries have a « Cour suprême »
                return self._described(root)
            words = self.bodies[words]
        identity = slug(words)
        return f"{identity}-{slug(_local(root.kind))}" if identity in self.gazetteer.entries else identity

    def _described(self, root: Mention) -> str:
        """A body known by its noun and by whose it is; one that nothing anchors is this article's alone."""
        anchors = [anchor for span in root.anchors if (anchor := self._anchor(span))]
        if anchors and self._is_unique(root):
            return f"{anchors[0]}-{slug(_local(root.kind))}"
        if anchors and (direction := self._direction(root)):
            return f"{anchors[0]}-{slug(direction)}"
        words = slug(self._without_anchors(root))
        if anchors:
            return "-".join([words, *sorted(set(anchors))])
        many = root.kind in _MANY and root.type is MentionType.NOMINAL
        place = f" {root.span.start}" if many else ""  # two men, or two firms, of one article are two
        return f"{words}-{digest(self.article.id + place)}"

    def _anchor(self, span: Span) -> str | None:
        mention = self.by_span.get(span)
        root = self._root(mention) if mention else None
        return self._identity(root) if root and not root.anchors else None

    def _direction(self, root: Mention) -> str | None:
        """On which side of a country a region lies: the longest direction that its words name."""
        if root.kind != _REGION:
            return None
        directions = ontology.load().directions.get(self.article.language or "", {})
        words = slug(self._without_anchors(root)).split("-")
        named = [d for d in directions if _holds(words, slug(d).split("-"))]
        return directions[max(named, key=lambda d: (len(d), d))] if named else None

    def _without_anchors(self, root: Mention) -> str:
        words, position = [], root.span.start
        for anchor in sorted(a for a in root.anchors if a in root.span):
            words.append(self.article.text[position : anchor.start])
            position = anchor.end
        return "".join([*words, self.article.text[position : root.span.end]])

    def _entity(self, identity: str, mentions: list[Mention]) -> Entity:
        names = [self._words(m) for m in mentions if m.type is MentionType.NAME]
        if entry := self.gazetteer.entries.get(identity):
            label = _label(entry, self.article, _fullest(names, default=identity))
            return Entity(identity, entry.kinds, label, _others(names, label), entry.same_as)
        root = self._root(mentions[0])
        named = names and not is_common(self._words(root), self.article.language)
        label = _fullest(names) if named else self._description(root)
        described = [self._words(m) for m in mentions if m.type is MentionType.NOMINAL and m.anchors]
        return Entity(identity, frozenset({root.kind}), label, _others([*names, *described], label))

    def _description(self, root: Mention) -> str:
        """What a body is called that has no name: its words, and in brackets whose it is, if they do not say it."""
        if self._is_unique(root):
            words = ontology.load().labels.get(root.kind, {}).get(self.article.language or "", self._words(root))
        elif all(anchor in root.span for anchor in root.anchors):
            return self._words(root)
        else:
            words = self._words(root)
        owners = sorted({self._label(span) for span in root.anchors})
        return f"{words} ({', '.join(owners)})" if owners else words

    def _label(self, span: Span) -> str:
        root = self._root(self.by_span[span])
        entry = self._entry(root)
        return (entry.labels.get(self.article.language or "") if entry else None) or self._words(root)

    def _is_unique(self, root: Mention) -> bool:
        return bool(root.anchors) and root.kind in ontology.load().one_each


def _holds(words: list[str], some: list[str]) -> bool:
    return any(words[start : start + len(some)] == some for start in range(len(words)))


def _fullest(names: Iterable[str], default: str = "") -> str:
    """The longest of some names, in capitals only where none is not: "Harbour City", not "HARBOUR CITY"."""
    return max(sorted(names), key=lambda name: (not name.isupper(), len(name)), default=default)


def _may_be(kind: str, entry: Entry) -> bool:
    """Whether a name that the gazetteer knows, read as of some sort, is the entry's.

    A place may be read as an organization, which acts for it, and a place of one sort is none of another.
    """
    if (kind == _PERSON) != (_PERSON in entry.kinds):
        return False
    is_place = all(ontology.load().is_a(sort, _PLACE) for sort in {kind, *entry.kinds})
    return not is_place or compatible(frozenset({kind}), entry.kinds)


def _label(entry: Entry, article: Article, name: str) -> str:
    """What an entry is called in an article's language, else in any, else as the article does."""
    return entry.labels.get(article.language or "") or entry.labels.get("") or name


def _others(names: Iterable[str], label: str) -> frozenset[str]:
    """The other names, but for those that differ in nothing but capitals."""
    return frozenset(name for name in names if name.casefold() != label.casefold())


def _local(iri: str) -> str:
    return iri.removeprefix(KG)
