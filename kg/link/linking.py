"""Profiles and the items elsewhere that bear their names in, the links that are sure enough out, with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.link import matching
from kg.link.matching import PERSON, Reason
from kg.link.names import compatible, is_common, is_name
from kg.link.people import parse
from kg.model import WIKIDATA, Candidate, Link, Profile

_LABEL, _OTHER_NAME, _KIND, _COUNTRY, _DAY, _ALONE = 0.5, 0.4, 0.2, 0.2, 0.2, 0.1
_MARGIN = 0.1  # by which the best must lead the next


def unlinked(profiles: Iterable[Profile]) -> list[Profile]:
    """Those that no source links to Wikidata and that have a name to ask for, the most told of first."""
    open_ = [p for p in profiles if not any(iri.startswith(WIKIDATA) for iri in p.same_as) and asked_names(p)]
    return sorted(open_, key=lambda profile: (-len(profile.articles), profile.iri))


def asked_names(profile: Profile) -> list[str]:
    """The names by which something elsewhere may be known: no surnames by themselves, no descriptions."""
    names = sorted(name for name in profile.names if is_name(name) and not is_common(name))
    if PERSON not in profile.kinds:
        return names
    return [name for name in names if not parse(name).is_single] or names


def link(
    profile: Profile, found: Mapping[str, Iterable[Candidate]], countries: Mapping[str, str], *, threshold: float
) -> Link | None:
    """The item that an entity most probably is; None where none reaches the threshold, or none leads clearly.

    `found` has the candidates of each name, `countries` the items of the countries among the entities. A link is
    never more than a close match: names, sorts, countries and days do not tell two namesakes apart for certain.
    """
    candidates = _best_named(asked_names(profile), found)
    judged = {
        item: reasons for item, candidate in candidates.items() if (reasons := _judge(profile, candidate, countries))
    }
    if len(judged) == 1:
        judged = {item: [*reasons, Reason(_ALONE, "nothing else of that name")] for item, reasons in judged.items()}
    scores = ((matching.total(reasons), item) for item, reasons in judged.items())
    ranked = sorted(scores, key=lambda pair: (-pair[0], pair[1]))
    if not ranked or ranked[0][0] < threshold or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    score, item = ranked[0]
    return Link(profile.iri, item, score, "; ".join(map(str, judged[item])))


def _best_named(names: Iterable[str], found: Mapping[str, Iterable[Candidate]]) -> dict[str, Candidate]:
    """Each item once, as the one that bears a name as its label, where any of the names is."""
    best: dict[str, Candidate] = {}
    for name in names:
        for candidate in found.get(name, ()):
            if candidate.item not in best or candidate.preferred:
                best[candidate.item] = candidate
    return best


def _judge(profile: Profile, candidate: Candidate, countries: Mapping[str, str]) -> list[Reason]:
    """What speaks for a candidate; nothing where something rules it out."""
    reasons = [Reason(_LABEL, "label") if candidate.preferred else Reason(_OTHER_NAME, "another name")]
    if candidate.kinds and not compatible(profile.kinds, candidate.kinds):
        return []
    if candidate.kinds:
        reasons.append(Reason(_KIND, "same sort of thing"))
    for reason in (*_days(profile, candidate), *_countries(profile, candidate, countries)):
        if reason.weight == matching.RULED_OUT:
            return []
        reasons.append(reason)
    return reasons


def _days(profile: Profile, candidate: Candidate) -> Iterator[Reason]:
    ours = matching.days(profile)
    for relation in sorted({relation for relation, _ in candidate.days} & ours.keys()):
        theirs = frozenset(day for other, day in candidate.days if other == relation)
        agree = matching.agree(ours[relation], theirs)
        yield Reason(_DAY, "same day") if agree else Reason(matching.RULED_OUT, "other days")


def _countries(profile: Profile, candidate: Candidate, countries: Mapping[str, str]) -> Iterator[Reason]:
    ours = {countries[iri] for _, iri in profile.relations if iri in countries}
    if ours and candidate.countries:
        shared = ours & candidate.countries
        yield Reason(_COUNTRY, "same country") if shared else Reason(-_COUNTRY, "other countries")
