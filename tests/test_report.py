from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import Reason, SourceError
from kg.model import KG, Article
from kg.pipeline import Log, Outcome, Report, Status
from kg.pipeline.distinct import _FRESH, Distinct
from kg.pipeline.shard import Result

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def an_article(number: int) -> Article:
    return Article(id=f"a{number}", text="Text.", language="fr", where=f"wire.jsonl:{number}")


def read(number: int) -> Result:
    return Result(an_article(number), {"urn:e"}, Counter({KG + "Event": 2}), b"")


def failed(number: int, reason: Reason = Reason.BROKEN) -> SourceError:
    article = an_article(number)
    return SourceError(f"{article.id}: no", reason=reason, where=article.where, id=article.id)


def lines(path: Path) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_what_became_of_each_is_counted() -> None:
    report = Report()
    unchanged, same = (Outcome.of(an_article(n), s) for n, s in ((2, Status.UNCHANGED), (3, Status.DUPLICATE)))
    for one in (read(0), read(1), unchanged, same, failed(4), Outcome(Status.PASSED_OVER, "logo.png")):
        report.add(one)
    assert (report.articles, report.unchanged, report.duplicates, report.skipped, report.passed_over) == (2, 1, 1, 1, 1)
    assert (report.events, report.entities, report.seen) == (4, 1, 5)


def test_a_hundred_thousand_skipped_are_counted_and_the_first_are_told() -> None:
    report = Report()
    for number in range(100_000):
        report.add(failed(number, Reason.LANGUAGE if number % 10 else Reason.EMPTY))
    assert (report.skipped, report.reasons) == (100_000, {Reason.LANGUAGE: 90_000, Reason.EMPTY: 10_000})
    assert report.messages == [f"a{number}: no" for number in range(20)]


def test_a_log_has_a_line_each_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    with Log.opened(tmp_path / "log") as log:
        report = Report(log=log)
        for number in (1, 2, 3):
            report.expect(an_article(number))
        report.add(SourceError("4 is empty", reason=Reason.EMPTY, where="4.txt"))
        for one in (failed(3), read(1)):
            report.add(one)
        assert [line["id"] for line in lines(tmp_path / "log")] == ["a1"]
        report.add(read(2))
        assert [line["id"] for line in lines(tmp_path / "log")] == ["a1", "a2", "a3", ""]
    assert lines(tmp_path / "log")[1:] == [
        {"where": "wire.jsonl:2", "id": "a2", "status": "read", "reason": None, "message": ""},
        {"where": "wire.jsonl:3", "id": "a3", "status": "skipped", "reason": "broken", "message": "a3: no"},
        {"where": "4.txt", "id": "", "status": "skipped", "reason": "empty", "message": "4 is empty"},
    ]


def test_a_log_that_is_broken_off_has_what_was_done(tmp_path: Path) -> None:
    with Log.opened(tmp_path / "log") as log:
        for number in range(3):
            log.expect(an_article(number))
        log.add(Outcome.of(an_article(1), Status.READ))
    assert [line["id"] for line in lines(tmp_path / "log")] == ["a1"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_log_on_a_full_disk_is_an_error_that_names_it() -> None:
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"), Log.opened(Path("/dev/full")) as log:
        log.add(Outcome.of(an_article(1), Status.READ))


def test_a_line_that_a_disk_takes_in_parts_is_whole() -> None:
    class Narrow(BytesIO):
        def write(self, line: ReadableBuffer) -> int:
            return super().write(bytes(line)[:10])

    Log(file := Narrow()).add(Outcome.of(an_article(1), Status.READ))
    assert json.loads(file.getvalue())["id"] == "a1"


def test_two_articles_that_look_the_same_have_two_lines(tmp_path: Path) -> None:
    with Log.opened(tmp_path / "log") as log:
        for _ in range(2):
            log.expect(an_article(1))
        for status in (Status.READ, Status.UNCHANGED):
            log.add(Outcome.of(an_article(1), status))
    assert [line["status"] for line in lines(tmp_path / "log")] == ["read", "unchanged"]


def test_a_log_is_lines_of_json_whatever_the_names_are(tmp_path: Path) -> None:
    where = 'a "b"\n\u2028\ud800\x00.txt'
    with Log.opened(tmp_path / "log") as log:
        log.add(Outcome(Status.SKIPPED, where, reason=Reason.ENCODING, message="É"))
    (line,) = (tmp_path / "log").read_bytes().splitlines()
    assert json.loads(line)["where"] == where and "É".encode() in line


def test_different_ones_are_counted_once() -> None:
    distinct = Distinct()
    for start in range(0, 200_000, 100):
        distinct.add({f"urn:e{number}" for number in range(start, start + 150)})
    assert (len(distinct), 3 * _FRESH < 200_050) == (200_050, True)
    distinct.add({"urn:e1", "urn:new"})
    assert len(distinct) == 200_051
