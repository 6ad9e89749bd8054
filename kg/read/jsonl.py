"""Lines of JSON in, an article a line out: `text`, and where known id, title, date, language, url, publisher."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import encodings, fields, limits
from kg.read.sources import BLANK, Source


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; a line that holds none is a `SourceError` with its number, and no end."""
    for number, line in enumerate(lines(encodings.recoded(file)), start=1):
        if line.strip(BLANK):
            where = f"{source.where}:{number}"
            try:
                yield fields.article(parsed(text(line)), where)
            except SourceError as error:
                yield error.at(where)


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines; one that is too long is cut off behind the limit, and its rest is not kept."""
    while line := file.readline(limits.LINE + 1):
        rest = line
        while len(rest) > limits.MB and not rest.endswith(b"\n"):
            rest = file.readline(2 * limits.MB)
        yield line


def text(line: bytes) -> str:
    """The text of a line. Raises `SourceError` for one that is too long, and for what is no text."""
    if len(line) > limits.LINE:
        raise SourceError(f"a line of more than {limits.LINE // limits.MB} MB", reason=Reason.TOO_LARGE)
    return encodings.decode(line)


def parsed(text: str) -> dict[str, Any]:
    """The object that a text is in JSON. Raises `SourceError` for what is none, and what nobody could mean."""
    found = value(text)
    if not isinstance(found, dict):
        raise SourceError('not an object: a line reads {"id": "…", "text": "…"}', reason=Reason.MALFORMED)
    return found


def value(text: str) -> Any:
    """What a text is in JSON. Raises `SourceError` for what is none, and what nobody could mean."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON: {error.msg} at column {error.colno}", reason=Reason.MALFORMED) from error
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, a list in a list in a list…
        raise SourceError(f"not JSON that can be read: {error}", reason=Reason.MALFORMED) from error
