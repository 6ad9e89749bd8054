"""Articles in, those that another one stands for out: the same dispatch on ten sites is one article with ten sources.

One printing stands for another where it has every sentence of it (`kg.read.likeness`) and comes before it: it is the
earlier one, or of the same day and fuller, or of the lesser address. What stands is therefore the same whatever came
first, as long as no more than `_MOST` others are alike: each points at the first of all that have its sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kg.errors import StoreError
from kg.graph.store import Store
from kg.graph.store.citing import article_of
from kg.graph.store.dispatches import Dispatches, DispatchesLost, Printing
from kg.model import Article
from kg.read import likeness

_DAYS = 3  # how far two printings of a dispatch are apart, at most
_MOST = 20  # alike ones that are compared word by word
_Asked = ParamSpec("_Asked")
_Told = TypeVar("_Told")


def _lasting(
    method: Callable[Concatenate[Duplicates, _Asked], _Told],
) -> Callable[Concatenate[Duplicates, _Asked], _Told]:
    """The method, done again where the file of printings is found damaged, with one that is made again of the record.

    What was being read then is not in it: the next run compares it with the record once more.
    """

    @wraps(method)
    def lasting(self: Duplicates, /, *args: _Asked.args, **named: _Asked.kwargs) -> _Told:
        try:
            return method(self, *args, **named)
        except DispatchesLost:
            self._ready, self._is_whole = False, False
            return method(self, *args, **named)

    return lasting


@dataclass(slots=True)
class Duplicates:
    """The printings of a store, kept while articles come in.

    What is decided of an article before it is read holds once it is stored; where it cannot be read, those for which
    it was to stand are given back.
    """

    store: Store
    _ready: bool = False
    _is_whole: bool = True  # all that was met in this run is in it
    _reading: set[str] = field(default_factory=set)

    @_lasting
    def stands(self, article: Article, given: bytes) -> str | None:
        """The stored article that stands for this one, if that was found when it was given just so before."""
        if not article.url:
            return None
        self._prepare()
        printing = self._known.find(article.id)
        if printing and printing.of and printing.given == given and (root := self._root(article.id)) in self.store:
            return root
        return None

    @_lasting
    def meet(self, article: Article, given: bytes) -> tuple[str | None, list[Article]]:
        """The article that stands for this one, None where it is to be read; and those that are to be read besides.

        For these the article stood as long as it said something else.
        """
        if not article.url and not self._known.path.exists():
            return None, []
        self._prepare()
        changed, released = set[str](), list[Article]()
        known = self._known.find(article.id)
        if not known or known.given != given:
            changed, released = self._forget(article.id)
            changed |= self._place(article, given)
        self._reading.add(article.id)
        again = [one for orphan in released for one in self._again(orphan)]
        while not self._is_there(root := self._root(article.id)):
            again += self.failed(root)
        again = [one for one in again if one.id != article.id]
        for head in sorted(changed | {root} - {article.id}):
            self._gather(head)
        if root == article.id:
            return None, again
        self._reading.discard(article.id)
        return root, again

    @_lasting
    def stored(self, id: str) -> None:
        """Have a stored article name the sources of those for which it stands, which have no graph of their own."""
        if self._ready:
            self._reading.discard(id)
            root = self._root(id)
            if root != id or self._known.standing(id):  # or else it names its own, which it was read with
                self._gather(root)

    @_lasting
    def failed(self, id: str) -> list[Article]:
        """Forget an article that could not be read; gives those that are to be read in its place."""
        if not self._ready:
            return []
        self._reading.discard(id)
        _, released = self._forget(id)
        return [one for orphan in released for one in self._again(orphan)]

    @_lasting
    def withdrawn(self, id: str) -> list[Article]:
        """Forget an article that was taken back; gives those for which it stood and nobody does now."""
        if not self._known.path.exists():
            return []
        self._prepare()
        self._reading.discard(id)
        heads, released = self._forget(id)
        for head in sorted(heads):
            self._gather(head)
        return [one for orphan in released for one in self._again(orphan)]

    @_lasting
    def apart(self, id: str) -> None:
        """Let a stored article be one of its own, whatever it is like."""
        if self._known.path.exists():
            heads, _ = self._forget(id)
            for head in heads:
                self._gather(head)

    @_lasting
    def finish(self) -> None:
        """Leave everything so that the next run need not compare it with the files. Raises `StoreError`."""
        if self._ready:
            self.store.commit()
            if self._is_whole:
                self._known.leave(self.store.parts.index.newest())
            self._ready = False

    @property
    def _known(self) -> Dispatches:
        return self.store.parts.dispatches

    def _place(self, article: Article, given: bytes) -> set[str]:
        """Find who stands for an article, and for whom it stands; gives those that stand for fewer from now on."""
        first, changed = article, set[str]()
        keys = likeness.keys(article.text) if article.url else ()
        if not keys or self._known.has_address(article.url or "", but=article.id):
            return changed
        self._known.put(Printing(article, given), keys)
        if not (alike := list(self._alike(article, keys))):
            return changed
        mine = likeness.content(article)
        for other in alike:
            if _rank(other.article) > _rank(article):
                held = self._known.find(other.of) if other.of else None
                if not (held and _rank(held.article) < _rank(article)) and _covers(mine, other.article):
                    changed |= {self._root(other.article.id)} - {other.article.id}
                    self._known.point(other.article.id, article.id)
            elif _rank(other.article) < _rank(first) and likeness.covers(likeness.content(other.article), mine):
                first = other.article
        if first is not article:
            self._known.point(article.id, first.id)
        return changed

    def _again(self, orphan: Article) -> Iterator[Article]:
        """Find anew who stands for one that has lost who did; it comes back where it is to be read."""
        printing = self._known.find(orphan.id)
        if printing is None or printing.of:
            return
        mine, keys = likeness.content(orphan), likeness.keys(orphan.text)
        before = [other.article for other in self._alike(orphan, keys) if _rank(other.article) < _rank(orphan)]
        standing = [other for other in before if likeness.covers(likeness.content(other), mine)]
        if standing:
            self._known.point(orphan.id, min(standing, key=_rank).id)
            self._gather(self._root(orphan.id))
        elif orphan.id not in self.store:
            yield orphan

    def _alike(self, article: Article, keys: tuple[int, ...]) -> Iterator[Printing]:
        yield from self._known.alike(article, keys, shared=likeness.SHARED, days=_DAYS, most=_MOST)

    def _forget(self, id: str) -> tuple[set[str], list[Article]]:
        """Take an article out: gives who stood for it, and those for which it stood, who have nobody now."""
        printing = self._known.find(id)
        orphans = [other.article for other in self._known.standing(id)]
        heads = {self._root(id)} - {id} if printing else set()
        for orphan in orphans:
            self._known.point(orphan.id, None)
        self._known.remove(id)
        return heads, orphans

    def _gather(self, root: str) -> None:
        """Bring what is stored in line: the root names all sources, and the others are stored no more."""
        printing = self._known.find(root)
        if printing is None or root not in self.store:
            return
        under = list(self._under(root))
        addresses = [url for one in (printing.article, *under) for url in (one.url, *one.sources) if url]
        self.store.cite(root, addresses)
        for other in under:
            if other.id in self.store:
                self.store.remove(other.id)

    def _is_there(self, id: str) -> bool:
        return id in self._reading or id in self.store

    def _under(self, id: str) -> Iterator[Article]:
        for other in self._known.standing(id):
            yield other.article
            yield from self._under(other.article.id)

    def _root(self, id: str) -> str:
        while (printing := self._known.find(id)) and printing.of:
            id = printing.of
        return id

    def _prepare(self) -> None:
        if not self._ready:
            if not self._known.is_sound(self.store.parts.index.newest()):
                self._catch_up()
            self._known.begin()
            self._ready = True

    def _catch_up(self) -> None:
        """Compare what is known with the files: a run may have been killed, or others may have written."""
        self.store.commit()
        for printing in self._known:
            if self._root(printing.article.id) not in self.store:
                self._known.remove(printing.article.id)
        for id in self.store.articles():
            if self._known.find(id) is None:
                self._learn(id)
        for head in self._known.heads():
            self._gather(self._root(head))

    def _learn(self, id: str) -> None:
        """Know a stored article by its files, as far as they tell."""
        try:
            article = article_of(
                self.store.parts.record.load(self.store.parts.record.path(id)), self.store.text(id), id
            )
        except (StoreError, UnicodeDecodeError):  # a damaged file tells nothing; it is told of elsewhere
            return
        if article.url and (keys := likeness.keys(article.text)):
            self._known.put(Printing(article, b""), keys, several=bool(article.sources))


def _covers(mine: likeness.Content, other: Article) -> bool:
    return likeness.covers(mine, likeness.content(other))


def _rank(article: Article) -> tuple[date, int, str, str]:
    """Who stands for whom: the least does."""
    return article.issued or date.max, -len(article.text), article.url or "", article.id
