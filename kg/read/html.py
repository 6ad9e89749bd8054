"""A page saved from the web in, the article in it out, with what the page states about itself.

A page without an article, as a site's first page, a list, an error or a beginning that is to be paid for, is an error
of its own (`Reason.EMPTY`): what stands there is no article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml.html import HtmlElement

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import languages
from kg.read.files import opening
from kg.read.page import body, stated, tongue, tree
from kg.read.page.stated import Stated
from kg.read.sources import Source

_SHORTEST = 60  # characters of an article: an agency's flash is hardly shorter
_UNDECLARED = 250  # of one in a page that does not say that it holds one: a notice about cookies is as long
_STUB = 700  # of one that must be paid for: what is shown before is one paragraph, or two
_LOST = 500  # characters, of which one may be lost, as happens when a site changes its programs
_LINKED = 0.5  # of the paragraphs of a list are links


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The article of a page, or the reason why there is none."""
    try:
        yield _article(opening.whole(file, tree.SIZE), source)
    except SourceError as error:
        yield error.at(source.where)


def _article(data: bytes, source: Source) -> Article:
    """The article of a page. Raises `SourceError` where there is none, or none in a language that is read."""
    text = tree.decoded(data, source.charset)
    page = tree.parsed(text)
    said = stated.read(page, text, source.url)
    language = tongue.of(page, said.language)
    if language:
        languages.known(language)  # most of the web's pages end here, before their text is looked for
    return Article(
        id=source.id,
        text="\n\n".join(_paragraphs(page, said)),
        language=language,
        title=body.clean(said.title or "") or None,
        issued=said.issued or source.issued,
        publisher=body.clean(said.publisher or "") or None,
        url=said.own or said.canonical,
        sources=(said.canonical,) if said.own and said.canonical and said.canonical != said.own else (),
        where=source.where,
    )


def _paragraphs(page: HtmlElement, said: Stated) -> list[str]:
    """The paragraphs of a page's article. Raises `SourceError` where it has none."""
    if said.is_list or said.is_home:
        raise _empty("a page that lists others")
    linked = set() if said.is_article else {body.clean(link.text_content()) for link in page.iter("a")}
    found = _untitled(body.paragraphs(page), said.title)
    held = body.plain(said.body) if said.body else []
    if _length(held) > 2 * _length(found):  # a page that a script fills
        found = held
    _check(found, said, linked)
    return found


def _check(found: list[str], said: Stated, linked: set[str]) -> None:
    length = _length(found)
    if not said.is_for_all and length < _STUB:
        raise _empty("only the beginning of an article that must be paid for")
    if length < (_SHORTEST if said.is_article else _UNDECLARED):
        raise _empty(f"{length} characters of text")
    if not said.is_article and sum(paragraph in linked for paragraph in found) > _LINKED * len(found):
        raise _empty("a page that lists others")
    if _LOST * (sum(paragraph.count("\ufffd") for paragraph in found) - 1) > length:
        raise SourceError("an encoding that is not known: characters are lost", reason=Reason.ENCODING)


def _empty(what: str) -> SourceError:
    return SourceError(f"no article in this page: {what}", reason=Reason.EMPTY)


def _length(found: list[str]) -> int:
    return sum(map(len, found))


def _untitled(found: list[str], title: str | None) -> list[str]:
    """The paragraphs without the title, where a page has it in its text."""
    return found[1:] if found and title and found[0].casefold() == body.clean(title).casefold() else found
