"""What an article says about its language, and its text, in; a language that can be read out."""

from __future__ import annotations

import re
from dataclasses import replace

from kg import plugins
from kg.errors import Reason, SourceError
from kg.model import Article

LANGUAGES = "kg.languages"
UNSAID = frozenset({"mis", "mul", "und", "zxx"})  # tags of ISO 639-2 that name no language
_SAMPLE = 5000  # characters that are looked at; a headline is mostly enough


def settled(article: Article) -> Article:
    """The article with the language that it says, or else with the one that its text is in.

    Raises `SourceError` for a language that is not read.
    """
    if article.language:
        return article
    try:
        return replace(article, language=_detected(article.text))
    except SourceError as error:
        raise error.at(article.where or article.id, article.id) from error


def known(tag: str) -> str:
    """The language of a BCP 47 tag ("fr" for "fr-BE"), where it is one that is read; else raises `SourceError`."""
    language = re.split("[-_]", tag.strip().lower())[0]
    if language not in plugins.names(LANGUAGES):
        raise SourceError(f"language {tag!r:.60} is not read: {_choice()}", reason=Reason.LANGUAGE)
    return language


def _detected(text: str) -> str:
    import py3langid  # its model takes half a second, and articles that say their language do not need it

    # among all the languages it knows, so that what is not read is not taken for what resembles it
    language, _ = py3langid.classify(text[:_SAMPLE])
    if language not in plugins.names(LANGUAGES):
        said = f"language not recognised, it looks like {language!r}: say --language {_choice()} if it is"
        raise SourceError(said, reason=Reason.LANGUAGE)
    return str(language)


def _choice() -> str:
    return " or ".join(plugins.names(LANGUAGES))
