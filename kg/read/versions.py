"""What an item of a wire says of its version and of its standing in, which of its versions counts out.

A wire sends an item several times under one identifier: corrected, with more in it, or to take it back. The higher
number is the newer version, and of two without numbers, or with the same, the later one. Numbers and times are

NewsML-G2  `version` of the item, `itemMeta/versionCreated`; standing: `itemMeta/pubStatus` (IPTC NewsCodes, stat:)
ninjs      `version`, `versioncreated`, `pubstatus`, which its schema maps to those (https://github.com/iptc/newsinjson)
NewsML 1   `RevisionId`: of two, "the one whose RevisionId has the larger value must be the more recent revision"
           (NewsML 1.2, RevisionId); `ThisRevisionCreated`, `Status` (http://cv.iptc.org/newscodes/status1/)
NITF       `du-key/@generation`, which "increments with each instance of a story", else its `version`; `date.issue`;
           `docdata/@management-status` (NITF 3.6, du-key and docdata)
"""

from __future__ import annotations

from kg.errors import Reason, SourceError, Withdrawn
from kg.model import Version
from kg.read import days, ids

WITHDRAWN = {"canceled", "cancelled", "withheld"}  # of the IPTC's publishing statuses those that take an article back
_DIGITS = 18  # what SQLite has room for
_LAST = 10**_DIGITS  # who takes an item back without a number means all of its versions
_LATEST = "~"  # after every time


def version(number: str | None, *stamps: str | None) -> Version | None:
    """The version of an item by its number and the first of some times that is one; None where it says neither."""
    known, time = _number(number), _time(*stamps)
    return Version(known or 0, time) if known is not None or time else None


def withdrawn(status: str, id: str, number: str | None = None, *stamps: str | None) -> Withdrawn:
    """What is said of an item whose status takes it back. Raises `SourceError` where it does not say which it is."""
    known = _number(number)
    version = Version(_LAST if known is None else known, _time(*stamps) or _LATEST, withdrawn=True)
    return Withdrawn(f"{status} by its publisher: nothing of it is kept", version=version, id=ids.given(id))


def refusal(known: Version, place: str = "") -> SourceError:
    """Why a version of an item is not read, where a newer one is known, which was met in some `place`."""
    where = f", in {place}" if place else ""
    if known.withdrawn:
        return SourceError(f"taken back by its publisher{where}: not read", reason=Reason.WITHDRAWN)
    number = f" ({known.number})" if known.number else ""
    return SourceError(f"a newer version{number} was met before{where}: not read", reason=Reason.SUPERSEDED)


def _number(said: str | None) -> int | None:
    said = (said or "").strip()
    return int(said) if said.isdecimal() and len(said) <= _DIGITS else None


def _time(*stamps: str | None) -> str:
    """The first that is a time, as all are written that are compared; one without a zone counts as UTC."""
    found = days.first(*stamps)
    return days.in_utc(found) if found else ""
