"""Texts in, what XML can hold of them out: clean, as attribute values, as identifiers."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what an attribute's value cannot hold as it is: of XML 1.0, section 3.3.3, blanks that would be read as spaces, too
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def clean(text: str) -> str:
    """A text without the characters that XML does not allow: most control characters, lone surrogates."""
    return text if text.isprintable() else _NOT_XML.sub("", text)


def is_special(text: str) -> bool:
    """Whether a text is to be escaped before it can be the value of an attribute."""
    if text.isprintable():  # most are, and that is told faster
        return "&" in text or "<" in text or ">" in text or '"' in text
    return _SPECIAL.search(text) is not None


def escaped(text: str) -> str:
    """A text as the value of an attribute between double quotes, clean."""
    if not is_special(text):
        return text
    text = clean(text)
    for character, written in _WRITTEN.items():  # & first
        text = text.replace(character, written)
    return text


def escaped_all(texts: list[str]) -> list[str]:
    """Texts as values of attributes: most have nothing to escape, which one search in all of them tells."""
    return [escaped(text) for text in texts] if is_special("".join(texts)) else texts


def flat(text: str) -> str:
    """A text in one line, clean."""
    return " ".join(clean(text).split())


def identifier(text: str) -> str:
    """A text as an id: what XML does not allow is percent-encoded, so that no id becomes another's; never empty."""
    if text.isascii() and text.isprintable():
        return text or "%"
    return _NOT_XML.sub(lambda found: f"%{ord(found[0]):02X}", text)
