"""A date as wires write it in metadata in, a day out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from kg import ontology, resources
from kg.errors import Reason, SourceError
from kg.model import KG

_MONTHS = 12
_NITF = re.compile(r"(\d{8})(\d{6}(?:Z|[+-]\d{4})?)")  # 20250301000000-0500: NITF 3.1's way where no time is known
_LONGEST = 100  # characters of a date
_MAIL = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_TIME = (  # "à 14h30", "10:05 AM (CET)": a time of day, in whatever words
    r"(?:[\s,–—|@-]*(?:[^\W\d_]{1,2}\s)?\d{1,2}\s?[h:]\s?(?:\d\d)?(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?\(?[A-Z]{2,5}\)?)?)?"
)

_FIGURES = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}")  # "05/10/2025 12h30"


def parse(text: str) -> date:
    """The day of an ISO 8601 date or date and time, or of RFC 5322's (mail), in the zone it is written in.

    Raises `SourceError` for anything else: a day that is only nearly right would be worse than none.
    """
    stamp = text.strip()
    if found := _of_mail(stamp) if _MAIL.match(stamp) else _of_iso(stamp):
        return found.date()
    raise SourceError(f"{text!r:.60} is not a date: write it like 2025-10-01", reason=Reason.METADATA)


def first(*stamps: str | None) -> datetime | None:
    """The first of some dates of a wire or a feed that is one, at midnight where it has no time; None where none is.

    Read are ISO 8601, also in the ways of W3C-DTF and NITF, and RFC 822 as RSS has it. What is no day (a month alone,
    a date in words) is passed over: the text itself may tell.
    """
    for stamp in stamps:
        said = (stamp or "").strip()[:_LONGEST]
        divided = f"{undivided[1]}T{undivided[2]}" if (undivided := _NITF.fullmatch(said)) else said
        if found := _of_iso(divided) or _of_mail(said):
            return found
    return None


def in_utc(time: datetime) -> str:
    """A time to the second, as all of them are written, so that they can be compared; without a zone it is UTC's."""
    try:
        told = time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except OverflowError:  # on the first or the last day of the calendar
        told = time
    return told.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def written(text: str) -> date | None:
    """The day of a text that is nothing but a date, in words or in figures, with or without a time; else None.

    The words are those of `ontology/times.ttl`. "01/10/2025" is none: half of the world reads January.
    """
    stamp = text.strip().rstrip(".")
    try:
        return parse(stamp)
    except SourceError:
        found = _pattern().fullmatch(stamp) if re.search(r"\b\d{4}\b", stamp) else None
    if not found:
        return None
    said = {name: value for name, value in found.groupdict().items() if value}
    month = _months()[(said.get("month") or said["first"]).casefold().rstrip(".")]
    try:
        return date(int(said.get("year") or said["last"]), month, int(said.get("day") or said["second"]))
    except ValueError:  # the 31st of June
        return None


def is_day_first(stamps: Iterable[str]) -> bool | None:
    """Whether the day stands before the month in the figures of dates; None where none shows it, or not all the same.

    "25/10/2025" shows it, for there is no 25th month; "05/10/2025" is understood only beside such a one.
    """
    found = [match for stamp in stamps if (match := _FIGURES.fullmatch(stamp.strip()))]
    shown = {int(match[1]) > _MONTHS for match in found if max(int(match[1]), int(match[3])) > _MONTHS}
    return shown.pop() if len(shown) == 1 else None


def may_be_in_figures(text: str) -> bool:
    """Whether a text is a date in figures, or none at all."""
    return not text.strip() or _FIGURES.fullmatch(text.strip()) is not None


def in_figures(text: str, *, day_first: bool) -> date | None:
    """The day of a date in figures, whose order is known; None for what is none."""
    if not (found := _FIGURES.fullmatch(text.strip())):
        return None
    day, month = (found[1], found[3]) if day_first else (found[3], found[1])
    try:
        return date(int(found[4]), int(month), int(day))
    except ValueError:  # of another order than the others
        return None


def _of_iso(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp)
    except (ValueError, OverflowError):  # a zone or a second of twenty digits
        return None


def _of_mail(stamp: str) -> datetime | None:
    try:
        return parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@cache
def _pattern() -> re.Pattern[str]:
    """A day in words: "mercredi 1er octobre 2025", "October 1st, 2025"."""
    about = ontology.read_turtle(resources.root() / "ontology" / "times.ttl")
    named = {kind: _alternatives(_of(about, kind)) for kind in ("DayOfWeek", "OrdinalSuffix")}
    month, suffix = _alternatives(_months()), f"(?:{named['OrdinalSuffix']})?"
    day = rf"(?P<day>\d{{1,2}}){suffix}\.?\s(?P<month>{month})\.?,?\s(?P<year>\d{{4}})"
    turned = rf"(?P<first>{month})\.?\s(?P<second>\d{{1,2}}){suffix},?\s(?P<last>\d{{4}})"
    return re.compile(rf"(?:(?:{named['DayOfWeek']})\.?,?\s)?(?:{day}|{turned}){_TIME}", re.IGNORECASE)


@cache
def _months() -> dict[str, int]:
    about = ontology.read_turtle(resources.root() / "ontology" / "times.ttl")
    return {
        word.casefold().rstrip("."): int(number)
        for subject in about.values()
        if "http://www.w3.org/2006/time#MonthOfYear" in ontology.iris(subject, ontology.RDF + "type")
        for number, _ in ontology.literals(subject, ontology.RDF + "value")
        for word in _said(subject)
    }


def _of(about: dict[str, ontology.Description], kind: str) -> list[str]:
    return [
        word.rstrip(".")
        for subject in about.values()
        if any(iri.endswith(f"#{kind}") for iri in ontology.iris(subject, ontology.RDF + "type"))
        for word in _said(subject)
    ]


def _said(subject: ontology.Description) -> list[str]:
    return [word for name in ("word", "exactWord") for word, _ in ontology.literals(subject, KG + name)]


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))
