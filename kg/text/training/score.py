"""Names marked by people and names found in, how well the ones match the others out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

from kg.model import Span
from kg.text.training.corpus import LABELS, Annotated

_ALL = "all"


def report(articles: Iterable[Annotated], findings: Iterable[Mapping[Span, str]]) -> Iterator[str]:
    """A line for each label and one for all: F1 of exact spans, and of what each article names, once an article."""
    exact: dict[str, Counter[str]] = {label: Counter() for label in (*LABELS.values(), _ALL)}
    distinct: dict[str, Counter[str]] = {label: Counter() for label in (*LABELS.values(), _ALL)}
    for article, found in zip(articles, findings, strict=True):
        text = article.text
        for label in LABELS.values():
            marked, seen = ({s for s, one in some.items() if one == label} for some in (article.names, found))
            _count(exact, label, marked, seen)
            _count(distinct, label, *({text[s.start : s.end].casefold() for s in some} for some in (marked, seen)))
    for label in exact:
        yield f"{label:4} exact {_f1(exact[label])}   distinct {_f1(distinct[label])}"


def _count(totals: dict[str, Counter[str]], label: str, marked: Set[object], seen: Set[object]) -> None:
    for key in (label, _ALL):
        totals[key] += Counter(right=len(marked & seen), marked=len(marked), seen=len(seen))


def _f1(counts: Counter[str]) -> str:
    right, marked, seen = counts["right"], max(counts["marked"], 1), max(counts["seen"], 1)
    return f"{2 * right / (marked + seen):.3f} (P {right / seen:.3f} R {right / marked:.3f})"
