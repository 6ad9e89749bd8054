"""Bytes of a text in, the text out, by what they say of themselves: a byte order mark, or that they are UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import IO

from kg.errors import Reason, SourceError
from kg.read.files import opening

_MARKS = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = "cp1252"
# The encodings that pages may be in, and no other codec of Python's, by its name for them: the legacy encodings of the
# WHATWG Encoding Standard ("Names and labels"), and as what it has them decoded where that differs.
_LEGACY = {
    **{
        name: name
        for name in ("cp866", "koi8-r", "koi8-u", "mac-roman", "cp874", "mac-cyrillic", "euc_jp", "iso2022_jp")
    },
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
    **{"iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs"},
    **{"shift_jis": "cp932", "cp932": "cp932", "euc_kr": "cp949", "cp949": "cp949"},
    **{"ascii": _WESTERN, "iso8859-1": _WESTERN},
}
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))  # a last ^Z is DOS's, an escape a wire's
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FOREIGN = re.compile(rb"[\xc0-\xff]{3}")  # no Western language puts three such letters in a row; Russian hardly others


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes, without a byte order mark.

    A mark decides, then what is UTF-8 is; then the encoding that is `declared`, as a page or a server does; then
    UTF-16 by its zeros; then Windows-1252 (with it Latin-1), where that gives a text of a Western language. Raises
    `SourceError` with the byte that is wrong for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _western(data, error)
    if _controls(data) * 10 > len(data):
        raise SourceError("not text: mostly control characters", reason=Reason.ENCODING)
    return text


def recoded(file: IO[bytes]) -> opening.Stream:
    """A stream in UTF-8 without a mark, for who takes it line by line: UTF-16 and UTF-32 are recoded on the way.

    What is wrong in them is U+FFFD then. Only the first bytes are looked at to tell them.
    """
    stream = opening.stream(file)
    head = stream.head()
    mark, encoding = next((each for each in _MARKS if head.startswith(each[0])), (b"", _unmarked(head)))
    stream.read(len(mark))
    if not encoding or encoding == "utf-8":
        return stream
    return opening.stream(_Recoded(stream, encoding))


class _Recoded:
    """A stream of an encoding as UTF-8, piece by piece."""

    def __init__(self, file: opening.Readable, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        while not self._ready and (data := self._file.read(1 << 15)):
            self._ready = self._decoder.decode(data).encode("utf-8", "replace")
        some, self._ready = self._ready[:size], self._ready[size:]
        return some


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _clean(data.decode(encoding))
    except UnicodeDecodeError as error:
        said = f"not {encoding.upper()}: {error.reason} at byte {error.start}"
        raise SourceError(said, reason=Reason.ENCODING) from error


def _clean(text: str) -> str:
    if "\0" in text:
        raise SourceError(f"not text: a NUL character at {text.index(chr(0))}", reason=Reason.ENCODING)
    return text


def _wide(data: bytes) -> str:
    encoding = _unmarked(data)
    if encoding and len(data) % 2 == 0:
        return _strict(data, encoding)
    raise SourceError(
        f"not text: a NUL at byte {data.index(0)}; an article is plain text in UTF-8", reason=Reason.ENCODING
    )


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: of Latin letters every other byte is zero, and the last byte is one of a pair."""
    for encoding, zeros, others in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        # « ’ » is U+2019, of which one byte looks like a control character
        if zeros.count(0) * 4 > len(zeros) * 3 and not others.count(0) and _controls(others) * 10 < len(others):
            return encoding
    return None


def _declared(data: bytes, declared: str | None) -> str | None:
    try:
        codec = _LEGACY.get(codecs.lookup(declared or "").name, _WESTERN)
        return None if codec == _WESTERN else data.decode(codec)
    except (LookupError, ValueError):  # an encoding that nobody knows, a name with a NUL, what it is not
        return None


def _western(data: bytes, error: UnicodeDecodeError) -> str:
    if _SURROGATE.match(data, error.start):
        raise SourceError(
            f"half a character (a lone surrogate) at byte {error.start}", reason=Reason.ENCODING
        ) from error
    broken = data.decode("utf-8", "replace").count("\ufffd")
    plausible = not _controls(data) and not _FOREIGN.search(data) and len(_SEQUENCE.findall(data)) <= broken
    try:
        if plausible:
            return data.decode(_WESTERN)
    except UnicodeDecodeError:  # one of the five bytes that it leaves free
        pass
    raise SourceError(
        f"neither UTF-8 nor Windows-1252: byte {error.start} is 0x{data[error.start]:02X}: convert it to UTF-8",
        reason=Reason.ENCODING,
    ) from error


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))
