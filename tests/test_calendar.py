from __future__ import annotations

from datetime import date

import pytest

from kg.text import calendar
from kg.text.calendar import DAY, MONTH, WEEK, YEAR, Period, Unit, weekday_unit

QUARTER, DECADE, WEEKEND = Unit(months=3), Unit(months=120), Unit(days=7, first=5, length=2)
MONTH_END = ((4, 7, 7), (21, 31, 31), (9, 12, 12))


def days(begin: str, end: str | None = None) -> Period:
    return Period(date.fromisoformat(begin), date.fromisoformat(end or begin))


@pytest.mark.parametrize(
    ("unit", "day", "step", "expected"),
    [
        (WEEK, "2025-10-01", 0, days("2025-09-29", "2025-10-05")),
        (WEEK, "2025-10-01", -1, days("2025-09-22", "2025-09-28")),
        (WEEKEND, "2025-10-01", 0, days("2025-10-04", "2025-10-05")),
        (MONTH, "2024-01-31", 1, days("2024-02-01", "2024-02-29")),
        (QUARTER, "2025-01-15", -1, days("2024-10-01", "2024-12-31")),
        (YEAR, "2025-10-01", 1, days("2026-01-01", "2026-12-31")),
        (DECADE, "1999-12-31", 0, days("1990-01-01", "1999-12-31")),
    ],
)
def test_a_unit_around_a_day(unit: Unit, day: str, step: int, expected: Period) -> None:
    assert unit.around(date.fromisoformat(day), step) == expected


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert MONTH.after(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert MONTH.after(date(2025, 3, 5), -3) == date(2024, 12, 5)


def test_no_year_zero() -> None:
    with pytest.raises(ValueError, match="no year 0"):
        calendar.add_months(date(1, 1, 1), -1)


@pytest.mark.parametrize(
    ("tense", "expected"), [(-1, days("2025-09-25")), (1, days("2025-10-02")), (0, days("2025-10-02"))]
)
def test_thursday_seen_from_a_wednesday(tense: int, expected: Period) -> None:
    assert calendar.nearest_day(date(2025, 10, 1), tense, weekday=3) == expected


def test_a_day_much_nearer_on_the_other_side_is_meant() -> None:
    found = calendar.nearest_day(date(2025, 10, 1), -1, day=3, month=11)
    assert found == days("2025-11-03")


def test_leap_days_are_found_years_away() -> None:
    found = calendar.nearest_day(date(2019, 3, 22), -1, day=29, month=2)
    assert found == days("2016-02-29")


def test_the_month_that_the_tense_asks_for() -> None:
    novembers = [MONTH.around(date(year, 11, 1)) for year in (2024, 2025, 2026)]
    assert calendar.nearest_of(date(2025, 10, 1), -1, novembers) == days("2024-11-01", "2024-11-30")
    assert calendar.nearest_of(date(2025, 10, 1), 1, novembers) == days("2025-11-01", "2025-11-30")


@pytest.mark.parametrize(
    ("whole", "unit", "ordinal", "count", "expected"),
    [
        ("2021", WEEK, 1, 1, days("2021-01-04", "2021-01-10")),
        ("2016", WEEK, -1, 1, days("2016-12-26", "2017-01-01")),
        ("2021", MONTH, -1, 4, days("2021-09-01", "2021-12-31")),
        ("2024", QUARTER, 2, 1, days("2024-04-01", "2024-06-30")),
        ("2024", DAY, -1, 1, days("2024-12-31")),
        ("2024", QUARTER, 5, 1, None),
    ],
)
def test_the_nth_unit(whole: str, unit: Unit, ordinal: int, count: int, expected: Period | None) -> None:
    assert calendar.nth(YEAR.around(date(int(whole), 1, 1)), unit, ordinal, count) == expected


def test_the_end_of_a_week_a_month_a_year_and_a_decade() -> None:
    day = date(2020, 2, 5)
    ends = [calendar.slice_of(unit.around(day), MONTH_END) for unit in (WEEK, MONTH, YEAR, DECADE)]
    assert [end.begin.isoformat() for end in ends if end and end.begin] == [
        "2020-02-06",
        "2020-02-21",
        "2020-09-01",
        "2026-09-01",
    ]
    assert ends[1] == days("2020-02-21", "2020-02-29")


@pytest.mark.parametrize(("year", "expected"), [(2018, "2018-04-01"), (2019, "2019-04-21"), (2024, "2024-03-31")])
def test_easter(year: int, expected: str) -> None:
    assert calendar.easter(year).isoformat() == expected


def test_the_nth_weekday_of_a_month() -> None:
    assert calendar.nth(MONTH.around(date(2010, 11, 1)), weekday_unit(3), 4) == days("2010-11-25")
    assert calendar.nth(MONTH.around(date(2021, 5, 1)), weekday_unit(0), -1) == days("2021-05-31")
    assert calendar.nth(MONTH.around(date(2021, 5, 1)), weekday_unit(0), 6) is None


def test_words_that_leave_no_choice() -> None:
    assert calendar.nearest_day(date(2025, 10, 1), -2, day=3, month=11) == days("2024-11-03")


def test_lengths_of_time() -> None:
    both = YEAR.times(2).plus(MONTH.times(3))
    assert (both.after(date(2025, 10, 1), -1), both.grain) == (date(2023, 7, 1), MONTH)
    assert Unit(working=4).after(date(2025, 10, 1), 1) == date(2025, 10, 7)
    assert [unit.grain for unit in (DAY, WEEK, YEAR, Unit(working=3), WEEK.plus(DAY))] == [DAY, WEEK, YEAR, DAY, DAY]
