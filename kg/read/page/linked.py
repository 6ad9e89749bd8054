"""The JSON-LD of a page in, the one article of schema.org that it describes out, if it describes one."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_LARGEST = 1 << 20  # characters of one script, and of all: what holds more is data of the site's own
_DEEPEST = 4  # lists and graphs in one another
_WRAPPED = re.compile(r"^\s*(?:/[/*]\s*)?<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]|--)>(?:\s*\*/)?\s*$")
_COMMA = re.compile(r",\s*(?=[}\]])")
_FIELD = re.compile(r'"(headline|datePublished)"\s*:\s*"((?:[^"\\\n]|\\.)*)"')
_TYPE = re.compile(r'"@type"\s*:\s*"(\w+)"')
# schema.org, "Article" and what is below it, as far as news is told in it
_ARTICLES = frozenset(
    {
        *("Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle"),
        *("OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "Report", "BlogPosting"),
        "LiveBlogPosting",
    }
)
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})

Object = dict[str, Any]


def objects(scripts: Iterable[str]) -> list[Object]:
    """The objects that the scripts of a page describe, in order; of a broken one what can be told without doubt."""
    found: list[Object] = []
    left = _LARGEST
    for script in scripts:
        left -= len(script)
        if left < 0:
            break
        found += _spread(_loaded(script), 0)
    return found


def article(found: list[Object], addresses: frozenset[str]) -> Object | None:
    """The article that a page is about: the only one, or the one that has its address."""
    articles = [item for item in found if _types(item) & _ARTICLES]
    if len({text(item, "headline") for item in articles}) > 1:
        articles = [item for item in articles if addresses & set(_addresses(item))]
    return max(articles, key=len, default=None)


def is_list(found: list[Object]) -> bool:
    """Whether a page says that it is a list of others."""
    return any(_types(item) & _LISTS for item in found)


def text(item: Object | None, key: str) -> str | None:
    """The string under a key, without entities and markup; the first of several."""
    value = (item or {}).get(key)
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    return " ".join(entities.unescape(value).split()) or None if isinstance(value, str) else None


def address(item: Object | None) -> str | None:
    """Where an article says that it stands."""
    return next(_addresses(item), None) if item else None


def publisher(item: Object | None, found: list[Object]) -> str | None:
    """The name of an article's publisher, which may be described elsewhere in the page."""
    value = (item or {}).get("publisher")
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and not one.startswith(("http:", "https:", "#")):
            return " ".join(one.split()) or None
        if isinstance(one, dict):
            named = one if "name" in one else _described(one.get("@id"), found)
            if name := text(named, "name"):
                return name
    return None


def is_for_all(item: Object | None) -> bool:
    """False where an article says that it must be paid for."""
    return str((item or {}).get("isAccessibleForFree", True)).lower() not in ("false", "no")


def _loaded(script: str) -> Any:
    script = _WRAPPED.sub("", script).strip().rstrip(";")
    for attempt in (script, _COMMA.sub("", script), entities.unescape(script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(script)


def _salvaged(script: str) -> Object | None:
    """What a script that is no JSON says once and without contradiction."""
    kinds = set(_TYPE.findall(script)) & _ARTICLES
    fields: dict[str, set[str]] = {}
    for key, value in _FIELD.findall(script):
        fields.setdefault(key, set()).add(value)
    sure = {key: values.pop() for key, values in fields.items() if len(values) == 1 and "\\" not in min(values)}
    return {"@type": min(kinds), **sure} if kinds and len(fields.get("headline", ())) < 2 else None


def _spread(value: Any, depth: int) -> Iterator[Object]:
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _spread(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            if key in value and depth < _DEEPEST:
                yield from _spread(value[key], depth + 1)


def _types(item: Object) -> frozenset[str]:
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def _addresses(item: Object) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            yield value.split("#")[0]


def _described(id: Any, found: list[Object]) -> Object | None:
    return next((one for one in found if id and one.get("@id") == id and "name" in one), None)
