"""An article's times and layout in, the day that it is of out, for an article that comes without a date.

A wrong day is worse than none: only the head of an article says it, never a date that its prose happens to name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from kg.model import Span
from kg.text.time_meanings import Frame
from kg.text.times import Times
from kg.text.wire import Layout

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LINES = 6  # of the head at most
_MONTH, _RECENT = timedelta(31), timedelta(93)  # of 964 articles of Wikinews without their years, 94 in 100 were right
_OPENED = re.compile(r"\s*(?:$|[.–—|/(•-]|,\s*(?:\d|[^\W\d_a-zà-ÿ]))", re.MULTILINE)  # no prose goes on like this


def deduce_issued(times: Times, layout: Layout) -> date | None:
    """The article's day, or None.

    A full date is taken as it is: one that a line of the head is opened by, or the dateline's. A day and month without
    a year are the first after the latest past time that the text speaks of, if that is a day or a month and not long
    before: "1er octobre", where somebody "avait annoncé" in July 2025, is of 2025.
    """
    full = next(_headed(times, layout.text), None)
    if full or not layout.day:
        return full
    return next(_days(times, "period", layout.day, Frame()), None) or _after_latest(times, layout.day)


def _after_latest(times: Times, day: Span) -> date | None:
    past = (time for time in times.found(None) if times.tense(time.span) <= 0)
    latest = max(((time.begin, time.end) for time in past if time.begin and time.end), default=None)
    if not latest or latest[1] - latest[0] > _MONTH:
        return None
    found = next(_days(times, "period", day, Frame(near=latest[0], tense=2)), None)
    return found if found and found - latest[0] < _RECENT else None


def _headed(times: Times, text: str) -> Iterator[date]:
    """The days by which the article says that it appeared, and those that open a line of its head."""
    for line in islice(_LINE.finditer(text), _LINES):
        start = line.end() - len(line[0].lstrip())
        yield from _days(times, "issued", Span(*line.span()), Frame(), at=start)
        for time in times.readings("date", Span(*line.span()), Frame()):
            if time.begin and time.span.start == start and _OPENED.match(text, time.span.end):
                yield time.begin


def _days(times: Times, kind: str, within: Span, frame: Frame, at: int | None = None) -> Iterator[date]:
    for time in times.readings(kind, within, frame):
        if time.begin and time.begin == time.end and at in (None, time.span.start):
            yield time.begin
