"""`ontology/times.ttl` in, the grammar of a language's time expressions out, checked as it loads.

A pattern is a row of words and {slots}; `[x]` may be left out, `(x|y)` is a choice, and what is written without a space
must stand without one in the text. A slot holds words of that slot, or what another pattern gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import DataError
from kg.model import KG
from kg.ontology import RDF, Description, iris, literals, read_turtle
from kg.text.calendar import Unit
from kg.text.time_chart import Grammar, Node, Rule
from kg.text.time_constructions import CONSTRUCTIONS, slots
from kg.text.time_yearly import Feast

_ELEMENT = re.compile(r"(\s*)(?:\{(\w+)(?::(\w+))?\}|(\d+|[^\W\d_]+|[^\w\s{}]))")
_TIMES = "https://w3id.org/dateline/time#"
_TIME = "http://www.w3.org/2006/time#"
_UNIT = {
    "months": _TIME + "months",
    "days": _TIME + "days",
    "first": KG + "firstDay",
    "length": KG + "length",
    "working": KG + "workingDays",
}
_FEAST = {name: KG + name for name in Feast._fields}
_FILLED_BY_CODE = frozenset({"number", "digits", "twodigits", "year", "compact", "units", "period"})
_CORE_SLOTS = frozenset({"weekday", "month", "unit", "season", "feast", "decade"})
_EVERY_LANGUAGE = "mul"  # ISO 639-2: several languages


@cache
def load(language: str) -> Grammar:
    """The grammar of a language ("fr", "en"); of one that the file does not know, a grammar that reads nothing.

    Raises `DataError` with file and term for what cannot be understood.
    """
    path = resources.root() / "ontology" / "times.ttl"
    return compile_grammar(path, read_turtle(path), language)


def compile_grammar(path: Path, about: dict[str, Description], language: str) -> Grammar:
    """The grammar that a file's descriptions make in a language. Raises `DataError` like `load`."""
    compiler = _Compiler(path, about, language)
    told = (tag for d in about.values() for name in ("word", "pattern") for _, tag in literals(d, KG + name))
    for iri in about if language in told else ():
        compiler.add(iri)
    verbs = literals(about.get(KG + "ForwardVerb", {}), KG + "word")
    return Grammar(
        compiler.root,
        frozenset(_words(compiler.root)),
        frozenset(compiler.core),
        frozenset(text for text, tag in verbs if tag == language),
    )


class _Compiler:
    """Descriptions in, the tree of all patterns out."""

    def __init__(self, path: Path, about: dict[str, Description], language: str) -> None:
        self.path, self.about, self.language = path, about, language
        self.root = Node()
        self.core: set[str] = set()
        self.order = 0
        self.slot_of = {iri: slot for iri, d in about.items() for slot, _ in literals(d, KG + "slot")}
        given = (text for d in about.values() for text, _ in literals(d, KG + "gives"))
        self.filled = _FILLED_BY_CODE.union(self.slot_of.values(), given)

    def add(self, iri: str) -> None:
        """Puts the words or the patterns of a term into the tree."""
        self.order += 1
        about = self.about[iri]
        kinds = iris(about, RDF + "type")
        if KG + "TimePattern" in kinds:
            self._add_patterns(iri, about)
        for kind in kinds:
            if kind in self.slot_of:
                self._add_words(iri, about, self.slot_of[kind])

    def _add_words(self, iri: str, about: Description, slot: str) -> None:
        value = self._value(iri, slot)
        for predicate, mark, ending in (("word", "", ""), ("exactWord", "=", ""), ("pluralWord", "", "s")):
            rule = Rule(slot + ending, self.order, lambda: value)
            for text in self._texts(about, predicate):
                self._insert(iri, text, rule, mark, core=slot in _CORE_SLOTS or _says(about, "tellsTime"))

    def _value(self, iri: str, slot: str) -> Any:
        """What a word stands for: a unit, a part, a season, a feast, or a number."""
        match slot:
            case "unit":
                return Unit(**{name: self._number(iri, predicate) for name, predicate in _UNIT.items()})
            case "feast":
                return Feast(**{name: self._number(iri, predicate) for name, predicate in _FEAST.items()})
            case "season":
                return self._number(iri, KG + "month"), self._number(iri, KG + "day")
            case "part":
                return tuple(self._stretch(iri, text) for text, _ in literals(self.about[iri], KG + "stretch"))
        return self._number(iri, RDF + "value")

    def _number(self, iri: str, predicate: str) -> int:
        text = next((text for text, _ in literals(self.about.get(iri, {}), predicate)), "0")
        if not re.fullmatch(r"-?\d+", text):
            raise self._error(iri, f"<{predicate}> should be a whole number, not {text!r}")
        return int(text)

    def _stretch(self, iri: str, text: str) -> tuple[int, ...]:
        if not (match := re.fullmatch(r"(\d+)-(\d+)/(\d+)", text)):
            raise self._error(iri, f"the stretch {text!r} should read like 1-10/31")
        return tuple(int(number) for number in match.groups())

    def _add_patterns(self, iri: str, about: Description) -> None:
        name = _construction(iris(about, KG + "means"))
        if name not in CONSTRUCTIONS:
            raise self._error(
                iri, f"kg:means should be one of {', '.join(f'times:{_camel(c)}' for c in CONSTRUCTIONS)}"
            )
        gives = next((text for text, _ in literals(about, KG + "gives")), "period")
        needed, known = slots(name)
        constants, guarded = self._constants(iri, known), _says(about, "mayContinue")
        rule = Rule(gives, self.order, CONSTRUCTIONS[name], known, constants, guarded)
        for text in self._texts(about, "pattern"):
            for variant in _variants(text):
                self._check(iri, variant, rule, needed)
                self._insert(iri, variant, rule, core="{" not in variant or _says(about, "tellsTime"))

    def _constants(self, iri: str, known: frozenset[str]) -> dict[str, Any]:
        about = self.about[iri]
        numbers = {name: self._number(iri, KG + name) for name in known if any(literals(about, KG + name))}
        return numbers | {name: self._value(term, name) for name in known for term in iris(about, KG + name)}

    def _check(self, iri: str, variant: str, rule: Rule, needed: frozenset[str]) -> None:
        named = [(match[2], match[3] or match[2]) for match in _ELEMENT.finditer(variant) if match[2]]
        if missing := needed - {name for _, name in named} - set(rule.constants):
            raise self._error(iri, f"the pattern {variant!r} lacks a slot for {', '.join(sorted(missing))}")
        for slot, name in named:
            if slot not in self.filled or (name != slot and name not in rule.known):
                raise self._error(iri, f"the slot {{{slot}:{name}}} of {variant!r} is not known")

    def _insert(self, iri: str, text: str, rule: Rule, mark: str = "", *, core: bool) -> None:
        elements = list(_ELEMENT.finditer(text))
        if "".join(match.group() for match in elements) != text or not elements:
            raise self._error(iri, f"{text!r} holds what is neither a word nor a {{slot}}")
        if core:
            self.core.update(_forms(max((match[4] or "" for match in elements), key=len)))
        for bare in (False, True):
            node = self.root
            for previous, match in zip([None, *elements], elements, strict=False):
                node = _step(node, match, _is_glued(previous, match), rule, mark, bare)
            if rule not in node.rules:
                node.rules.append(rule)

    def _texts(self, about: Description, predicate: str) -> Iterator[str]:
        return (text for text, tag in literals(about, KG + predicate) if tag in (self.language, _EVERY_LANGUAGE))

    def _error(self, iri: str, message: str) -> DataError:
        return DataError(f"{self.path}: <{iri}>: {message}")


def _says(about: Description, predicate: str) -> bool:
    return ("true", "") in literals(about, KG + predicate)


def _construction(meanings: tuple[str, ...]) -> str:
    name = meanings[0].removeprefix(_TIMES) if meanings else ""
    return re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), name)


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def _is_glued(previous: re.Match[str] | None, match: re.Match[str]) -> bool:
    """Whether no space may stand before an element; some newsrooms write "l' an" and "31 , 1994"."""
    return previous is not None and not match[1] and previous[4] != "'" and match[4] != ","


def _step(node: Node, match: re.Match[str], glued: bool, rule: Rule, mark: str, bare: bool) -> Node:
    """The node for one more word or slot; a slot that the rule does not ask for has no name."""
    if match[2]:
        name = match[3] or match[2]
        return node.slots.setdefault(match[2], {}).setdefault((name if name in rule.known else "", glued), Node())
    word = match[4] if mark else _forms(match[4])[-1 if bare else 0]
    return node.words.setdefault(("~" if glued else "") + mark + word, Node())


def _forms(word: str | None) -> tuple[str, ...]:
    """A word in lower case, and without accents, as hasty writers and capitals leave them out.

    Words of three letters or fewer would become other words ("à", "dès", "été").
    """
    folded = (word or "").casefold()
    plain = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", folded))
    return (folded, plain) if len(folded) > 3 else (folded,)


def _words(node: Node) -> Iterator[str]:
    """All words of a tree, in lower case."""
    following = [child for children in node.slots.values() for child in children.values()]
    for child in [*node.words.values(), *following]:
        yield from _words(child)
    yield from (key.lstrip("~").removeprefix("=").casefold() for key in node.words)


def _variants(pattern: str) -> list[str]:
    """The pattern without brackets, in all the ways that they allow, in the order of the file."""
    if not (match := re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", pattern)):
        return [pattern.strip()]
    options = match[2].split("|") if match[1] is None else [*match[1].split("|"), ""]
    before, after = pattern[: match.start()], pattern[match.end() :]
    found: dict[str, None] = {}
    for option in options:
        lonely = not option and (before.endswith(" ") or not before)
        found |= dict.fromkeys(_variants(before + option + (after.removeprefix(" ") if lonely else after)))
    return list(found)
