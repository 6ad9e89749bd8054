"""Tables in files, in, articles and clear lines out: CSV and its kin, and Parquet."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import limits, parquet, tables
from kg.read.sources import Columns, Source


def _csv(data: str | bytes, **columns: str) -> list[Article | SourceError]:
    file = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return list(tables.read(file, Source(where="f.csv", suffix="csv", id="f", columns=Columns(**columns))))


def _parquet(data: bytes | Mapping[str, Sequence[object]], **columns: str) -> list[Article | SourceError]:
    file = io.BytesIO(data if isinstance(data, bytes) else _written(data))
    return list(parquet.read(file, Source(where="f.parquet", suffix="parquet", id="f", columns=Columns(**columns))))


def _written(columns: Mapping[str, Sequence[object]], **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), file, **options)
    return file.getvalue()


def _told(results: list[Article | SourceError]) -> list[str]:
    """The ids of articles, and what is said of those that are none."""
    return [result.id if isinstance(result, Article) else str(result) for result in results]


def test_all_that_a_row_says() -> None:
    (article,) = _csv(
        "id,title,text,published_at,url,lang,publisher\n"
        '7,Un titre,"Il a dit ""oui"", hier.\n\nPuis rien.",2024-05-03T10:00:00+02:00,https://e.org/7,fr,L\'Écho\n'
    )
    assert article == Article(
        id="7",
        text='Il a dit "oui", hier.\n\nPuis rien.',
        language="fr",
        title="Un titre",
        issued=date(2024, 5, 3),
        publisher="L'Écho",
        url="https://e.org/7",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    rows = [["numéro", "titre", "texte"], ["1", "a", "Un, deux ; trois"], ["2", "b", "Quatre"]]
    table = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert [article.text for article in _csv(table)] == ["Un, deux ; trois", "Quatre"]


def test_a_first_line_says_the_delimiter() -> None:
    assert _told(_csv("sep=;\r\nid;text\r\na;un, deux\r\n")) == ["a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    table = "id;text\né1;L’été à Évian\né2;Ça va\n"
    assert [(a.id, a.text) for a in _csv(table.encode(encoding))] == [("é1", "L’été à Évian"), ("é2", "Ça va")]


def test_lines_of_old_macs() -> None:
    assert _told(_csv("id,text\ra,un\rb,deux\r")) == ["a", "b"]


def test_quotation_marks_with_backslashes() -> None:
    (article,) = _csv('id,text\n1,"Il a dit \\"oui\\", hier"\n')
    assert article.text == 'Il a dit "oui", hier'


def test_between_tabs_quotation_marks_may_mean_just_that() -> None:
    (article,) = _csv('id\ttitle\ttext\n1\t"Oui", dit-il\tRien.\n')
    assert (article.title, article.text) == ('"Oui", dit-il', "Rien.")


@pytest.mark.parametrize(
    "name", ["text", "Body", "article_text", "articleText", "Full Text", "Contenu", "TEXTE INTÉGRAL"]
)
def test_usual_names_of_columns(name: str) -> None:
    assert _told(_csv(f"id,{name}\na,Un\n")) == ["a"]


def test_of_several_usual_names_the_likeliest_is_taken() -> None:
    (article,) = _csv("article,content,text\nun,deux,trois\n")
    assert article.text == "trois"


def test_what_scrapers_call_text_is_the_text() -> None:
    (article,) = _csv("maintext,text,title,source_domain\nLe maire part.,,Brest,e.org\n")
    assert (article.text, article.publisher) == ("Le maire part.", "e.org")


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["05/10/2025 12h30", "25/10/2025"], ["2025-10-05", "2025-10-25"]),
        (["5.10.2025", "13.10.2025 08:00"], ["2025-10-05", "2025-10-13"]),
        (["10/05/2025", "10/25/2025", "25/10/2025 x"], ["2025-10-05", "2025-10-25", None]),
        (["", *["05/10/2025"] * 1000, "25/10/2025"], ["None", *["2025-10-05"] * 1000, "2025-10-25"]),
        (["05/10/2025", "06/10/2025"], [None, None]),  # nothing shows what they mean
        (["05/10/2025", "10/25/2025", "25/10/2025"], [None, None, None]),  # and here they do not agree
        (["25/10/2025", "10/25/2025", "2025-10-26"], [None, None, "2025-10-26"]),
    ],
)
def test_dates_in_figures_are_understood_where_one_shows_their_order(dates: list[str], days: list[str | None]) -> None:
    found = _csv("text;date\n" + "".join(f"Le maire part.;{date}\n" for date in dates))
    assert [str(item.issued) if isinstance(item, Article) else None for item in found] == days


def test_columns_that_are_named() -> None:
    (article,) = _csv("text,chapeau,n°\nnon,oui,9\n", text="chapeau", id="n°")
    assert (article.id, article.text) == ("9", "oui")


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        ("id,titre\n1,a\n", {}, "name it with --text-column: there are id, titre"),
        ("id,text\n1,a\n", {"text": "corps"}, "no column 'corps': there are id, text"),
        ("text,text\n1,a\n", {"text": "text"}, "2 columns 'text'"),
        ("", {}, "empty"),
        ("\n\n", {}, "empty"),
    ],
)
def test_a_table_without_what_is_needed_is_one_line(table: str, columns: dict[str, str], message: str) -> None:
    (error,) = _csv(table, **columns)
    assert isinstance(error, SourceError) and message in str(error) and str(error).startswith("f.csv: ")


def test_without_an_id_the_address_or_the_text_stands_for_it() -> None:
    first, second = _told(_csv("url,text\nhttps://www.e.org/a/le-titre.html,un\n,deux\n"))
    assert first.startswith("e.org-a-le-titre-")
    assert second == _told(_csv("text\nzéro\ndeux\n"))[1]  # wherever the row stands


def test_rows_that_hold_no_article_are_a_line_each() -> None:
    told = _csv('id,text,date\na,"un\ndeux",\nb,un\nc,un,,4\nd,,\ne,un,3/4/2024\nf,un,\n')
    assert _told(told) == [
        "a",
        "f.csv:4: 2 cells in 3 columns: a cell with a delimiter or a line end needs quotation marks",
        "f.csv:5: 4 cells in 3 columns: a cell with a delimiter or a line end needs quotation marks",
        "f.csv:6: no text in the row",
        "f.csv:7: '3/4/2024' is not a date: write it like 2025-10-01",
        "f",
    ]
    errors = [error for error in told if isinstance(error, SourceError)]
    assert [(error.where, error.reason) for error in errors] == [
        ("f.csv:4", Reason.MALFORMED),
        ("f.csv:5", Reason.MALFORMED),
        ("f.csv:6", Reason.EMPTY),
        ("f.csv:7", errors[3].reason),
    ]


def test_lines_of_delimiters_alone_are_no_rows() -> None:
    assert _told(_csv("id;text\na;un\n;\n\n;;;\nb;deux;;\n")) == ["a", "b"]


@pytest.mark.parametrize("row", ['a,"ouvert', 'a,"ouvert\nsuite', 'a,"un" deux'])
@pytest.mark.parametrize("rest", ["b,un\nc,deux\n", 'b,"un"\nc,"deux"\n'])
def test_a_wrong_quotation_mark_takes_its_own_row_only(row: str, rest: str) -> None:
    error, *others = _csv(f"id,text\n{row}\n{rest}")
    assert isinstance(error, SourceError) and str(error).startswith("f.csv:2: a quotation mark")
    assert _told(others) == ["b", "c"]


@pytest.mark.parametrize("cell", ["x" * 50_000_000, f"{'mot, ' * 18}\n" * 100_000], ids=["one line", "many lines"])
def test_a_huge_cell_is_one_line(cell: str) -> None:
    first, error, last = _csv(f'id,text\na,un\nb,"{cell}"\nc,deux\n')
    assert _told([first, last]) == ["a", "c"]
    assert isinstance(error, SourceError) and error.reason is Reason.TOO_LARGE and error.where == "f.csv:3"


_ENDLESS = """
import io
from pathlib import Path
from kg.read import tables
from kg.read.sources import Source

class File(io.RawIOBase):
    left = 400
    def readable(self): return True
    def readinto(self, buffer):
        self.left -= 1
        data = (b'id,text\\na,"' if self.left == 399 else b"mot " * 250_000 if self.left > 0 else b"")[: len(buffer)]
        buffer[: len(data)] = data
        return len(data)

print(*tables.read(io.BufferedReader(File(), 1 << 20), Source(where="f", suffix="csv", id="f")))
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux how much memory was used at most")
def test_a_quotation_mark_before_400_megabytes_takes_no_memory() -> None:
    run = subprocess.run([sys.executable, "-c", _ENDLESS], capture_output=True, text=True, check=True)
    told, kilobytes = run.stdout.splitlines()
    assert told == "f:2: a row of more than 8,388,608 bytes"
    assert int(kilobytes) < 200_000


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5), st.binary(max_size=40))
def test_nothing_makes_it_fall_over(rows: list[tuple[str, str]], noise: bytes) -> None:
    table = "id,text\n" + "".join(f"{id},{text}\n" for id, text in rows)
    for data in (table.encode("utf-8", "surrogatepass") + noise, noise):
        assert all(isinstance(result, Article | SourceError) for result in _csv(data))


def test_parquet_gives_what_csv_gives() -> None:
    days = [datetime(2024, 1, 2, 23), None]
    told = _parquet({"id": [1, 2], "text": ["un", "deux"], "published_at": days, "other": [[1], [2]]})
    assert told == _csv("id,text,date\n1,un,2024-01-02\n2,deux,\n")


def test_parquet_is_counted_over_groups_of_rows() -> None:
    columns = {"id": [0, 1, 2, 3, 4], "text": ["un", "deux", "trois", None, "cinq"]}
    told = _parquet(_written(columns, row_group_size=2))
    assert _told(told) == ["0", "1", "2", "f.parquet:4: no text in the row", "4"]


def test_parquet_with_bytes_that_are_no_text() -> None:
    told = _parquet({"id": ["a", "b"], "text": [b"caf\xe9", b"caf\xc3\xa9"]})
    assert _told(told) == ["f.parquet:1: not UTF-8: byte 3", "b"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": [["un"]]}, "f.parquet: column 'text' holds list<"),
        ({"text": [{"a": "un"}]}, "f.parquet: column 'text' holds struct<"),
        ({"titre": ["un"]}, "there are titre"),
    ],
)
def test_parquet_with_columns_of_other_types_is_one_line(columns: dict[str, Sequence[object]], message: str) -> None:
    (error,) = _parquet(columns)
    assert isinstance(error, SourceError) and message in str(error) and error.reason is Reason.FORMAT


def test_a_column_of_another_type_is_read_only_where_it_is_named() -> None:
    table = {"id": ["a"], "text": ["un"], "published": [True]}
    assert _told(_parquet(table)) == ["a"]
    assert _told(_parquet(table, date="published")) == ["f.parquet: column 'published' holds bool: it is no date"]


def test_parquet_that_is_cut_or_overwritten_is_one_line() -> None:
    whole = _written({"id": ["a", "b"], "text": ["un " * 100, "deux " * 100]})
    for data in (whole[:-30], whole[:20], b"", b"PAR1" * 5, whole[:40] + b"\xff" * 60 + whole[100:]):
        (error,) = _parquet(data)
        assert isinstance(error, SourceError) and error.reason is Reason.MALFORMED


def test_parquet_of_which_a_group_of_rows_is_broken_gives_the_others() -> None:
    data = bytearray(
        _written({"id": [1, 2, 3], "text": ["un", "deux", "trois"]}, row_group_size=1, use_dictionary=False)
    )
    start = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(1).data_page_offset
    data[start : start + 20] = b"\xff" * 20
    told = _told(_parquet(bytes(data)))
    assert told[0] == "1" and told[1].startswith("f.parquet:2: not Parquet") and told[2:] == ["3"]


def test_parquet_that_unpacks_to_a_thousand_times_its_size_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREELY", limits.MB)
    (error,) = _parquet(_written({"text": ["x" * 7_000_000]}, compression="zstd", use_dictionary=False))
    assert isinstance(error, SourceError) and error.reason is Reason.BOMB


def test_parquet_of_one_text_for_many_rows_is_not_read_on() -> None:
    text = pa.DictionaryArray.from_arrays([0] * 200, ["a " * 500_000])
    *rows, error = _parquet({"id": range(200), "text": text})
    assert isinstance(error, SourceError) and error.reason is Reason.BOMB and len(rows) == 67


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (error,) = _parquet(b"PAR1")
    assert isinstance(error, SourceError) and error.reason is Reason.NOT_INSTALLED
    assert "pip install 'dateline-kg[parquet]'" in str(error)
