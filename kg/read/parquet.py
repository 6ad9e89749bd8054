"""A Parquet file in, an article a row out: only the columns that are needed are read, some rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import columns, limits
from kg.read.files.opening import Budget, spooled
from kg.read.sources import Source

if TYPE_CHECKING:
    from pyarrow import Field, Schema
    from pyarrow.parquet import ParquetFile

_ROWS = 8  # at a time: of long articles some ten megabytes, and more at a time are no faster
_BUFFER = 1 << 20  # bytes of a column that are read at a time; without one it would be all of them
_THRIFT = 16 << 20  # bytes of a string, and parts of a list, in what the file says of itself


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; a row that holds none is a `SourceError` with its number, and no end."""
    try:
        with spooled(file) as copy:
            yield from _articles(_opened(copy), source, copy.seek(0, os.SEEK_END))
    except SourceError as error:
        yield error.at(source.where)


def _opened(file: IO[bytes]) -> ParquetFile:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise SourceError(
            "Parquet needs pyarrow: pip install 'dateline-kg[parquet]'", reason=Reason.NOT_INSTALLED
        ) from error
    try:
        return parquet.ParquetFile(
            file, buffer_size=_BUFFER, thrift_string_size_limit=_THRIFT, thrift_container_size_limit=_THRIFT
        )
    except (ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        raise _malformed(error) from error


def _articles(table: ParquetFile, source: Source, packed: int) -> Iterator[Article | SourceError]:
    wanted = _columns(table.schema_arrow, source)
    budget = Budget(source, packed)  # a dictionary of one text is as many as there are rows, whatever a group's size
    before = 0  # rows of the groups that were read
    for group in range(table.num_row_groups):
        for row, cells in enumerate(_rows(table, group, wanted, packed), start=before + 1):
            where = f"{source.where}:{row}"
            if isinstance(cells, dict):
                budget.gave(sum(len(cell) for cell in cells.values() if isinstance(cell, str)))
            try:
                if isinstance(cells, SourceError):
                    raise cells
                yield columns.article(cells, where)
            except SourceError as error:
                yield error.at(where)
        before += table.metadata.row_group(group).num_rows


def _rows(
    table: ParquetFile, group: int, wanted: dict[str, str], packed: int
) -> Iterator[dict[str, Any] | SourceError]:
    """The cells of the rows of a group; where the group is broken, an error stands for the rest of it."""
    from pyarrow import ArrowException

    try:
        _measure(table, group, packed)
        names = list(wanted.values())
        for batch in table.iter_batches(_ROWS, row_groups=[group], columns=names, use_threads=False):
            cells = [_values(batch.column(name)) for name in names]
            for row in zip(*cells, strict=True):
                wrong = next((value for value in row if isinstance(value, SourceError)), None)
                yield wrong or dict(zip(wanted, row, strict=True))
    except SourceError as error:
        yield error
    except (ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        yield _malformed(error)


def _values(column: Any) -> list[Any]:
    """The cells of a column; one that is no text in UTF-8 is an error in its place."""
    try:
        return [_text(value) for value in column.to_pylist()]
    except UnicodeDecodeError:
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> Any:
    try:
        return _text(scalar.as_py())
    except UnicodeDecodeError as error:
        return SourceError(f"not UTF-8: byte {error.start}", reason=Reason.ENCODING)


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def _columns(schema: Schema, source: Source) -> dict[str, str]:
    """The names of the columns that are read.

    One whose name is usual and whose cells are something else (`published: bool`) is left out. Raises `SourceError`
    for one of text, and for one that the user names.
    """
    found: dict[str, str] = {}
    for part, place in columns.find(schema.names, source.columns).items():
        field = schema.field(place)
        if _fits(field, part):
            found[part] = field.name
        elif part == "text" or getattr(source.columns, part):
            raise SourceError(
                f"column {field.name!r:.60} holds {field.type!s:.60}: it is no {part}", reason=Reason.FORMAT
            )
    return found


def _fits(field: Field, part: str) -> bool:
    from pyarrow import types

    kind = field.type.value_type if types.is_dictionary(field.type) else field.type
    text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
    text = text or types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind)
    day = types.is_date(kind) or types.is_timestamp(kind)
    return text or (part == "id" and types.is_integer(kind)) or (part == "date" and day)


def _measure(table: ParquetFile, group: int, packed: int) -> None:
    """Raises `SourceError` where a group of rows becomes much more than the whole file.

    The columns of a group are not asked for theirs: on a broken file that ends the process, as pyarrow stands.
    """
    size = table.metadata.row_group(group).total_byte_size
    if size > max(limits.UNPACKED_FREELY, limits.RATIO * packed):
        raise SourceError(
            f"a group of rows becomes {size:,} bytes, more than {limits.RATIO} times the {packed:,} of the file",
            reason=Reason.BOMB,
        )


def _malformed(error: Exception) -> SourceError:
    said = " ".join(str(error).split())
    return SourceError(f"not Parquet that can be read: {said:.160}", reason=Reason.MALFORMED)
