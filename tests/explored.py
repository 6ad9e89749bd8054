"""A folder in, the store in it that the explorer's tests look at out: dispatches with readings written by hand.

No model is loaded. The graphs pass through `kg.graph.rdf`, as read ones do, so that they have what the contract has.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg import resources
from kg.graph.names import Namespaces
from kg.graph.rdf import triples, turtle
from kg.graph.store import Store
from kg.model import (
    EVENT,
    KG,
    WIKIDATA,
    Article,
    Entity,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionType,
    Provenance,
    Quotation,
    Reading,
    Span,
    Statement,
    Time,
)

NAMES = Namespaces()
HOSTILE = "<img src=x onerror=alert(1)>"
SCRIPT = "<script>document.title = 'hacked'</script>"
BOLD = '"><b onclick=alert(2)>Bold</b>'
MEMBERS = 230  # more than the server sends at once
_PROVENANCE = Provenance("0", "by hand")


class Dispatch:
    """A text, and what somebody finds in it by its words."""

    def __init__(self, id: str, language: str, title: str, day: date, text: str, publisher: str = "Dateline") -> None:
        self.article = Article(id, text, language, title, day, url=f"https://news.example/{id}?a=1&b=2")
        self.publisher = Entity(publisher.lower().replace(" ", "-"), frozenset({KG + "Media"}), publisher)
        self.mentions: dict[Span, Mention] = {}
        self.entities: dict[Span, Entity] = {}
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.quotations: list[Quotation] = []
        self.times: list[Time] = []
        self.place: Span | None = None

    def at(self, words: str, nth: int = 0) -> Span:
        """Where the words stand: the first time, a later one, or the last one (-1)."""
        start = -1 if nth >= 0 else self.article.text.rindex(words)
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        return Span(start, start + len(words))

    def evidence(self, words: str) -> Evidence:
        """The words as evidence, in the sentence that they stand in: one a full stop."""
        span = self.at(words)
        return Evidence(
            span, self.article.text.count(". ", 0, span.start) + self.article.text.count("\n", 0, span.start)
        )

    def who(
        self, words: str, entity: Entity, *, type: MentionType = MentionType.NAME, nth: int = 0, of: Span | None = None
    ) -> Span:
        """The words as a mention of an entity."""
        span = self.at(words, nth)
        self.mentions[span] = Mention(span, type, min(entity.kinds), antecedent=of)
        self.entities[span] = entity
        return span

    def when(self, words: str, begin: date, end: date | None = None, *, nth: int = 0) -> Time:
        """The words as a time expression."""
        self.times.append(Time(self.at(words, nth), begin, end or begin))
        return self.times[-1]

    def says(self, subject: Span, name: str, object: Span, words: str, **more: object) -> Statement:
        """A statement whose evidence are the words."""
        told = Statement(subject, KG + name, object, f"by-hand:{name}", self.evidence(words), **more)  # type: ignore[arg-type]
        self.statements.append(told)
        return told

    def tells(self, name: str, trigger: str, words: str, **more: object) -> Event:
        """An event whose evidence are the words."""
        told = Event(EVENT + name, self.at(trigger), f"by-hand:{trigger}", self.evidence(words), **more)  # type: ignore[arg-type]
        self.events.append(told)
        return told

    def quotes(self, content: str, cue: str, words: str, speaker: Span | None, **more: object) -> None:
        """A quotation whose evidence are the words."""
        told = Quotation(self.at(content), self.at(cue), self.evidence(words), speaker, **more)  # type: ignore[arg-type]
        self.quotations.append(told)

    def put(self, store: Store) -> None:
        """Store it."""
        reading = Reading(
            self.article,
            tuple(self.mentions.values()),
            tuple(self.statements),
            tuple(self.events),
            tuple(self.quotations),
            tuple(self.times),
            dateline_place=self.place,
            issued=self.article.issued,
        )
        graph = triples(reading, self.entities, _PROVENANCE, NAMES, publisher=self.publisher)
        store.put(self.article, turtle(graph, NAMES, self.article.id))


def entity(id: str, kind: str, label: str, *others: str, wikidata: str = "") -> Entity:
    """Who or what it is."""
    links = frozenset({WIKIDATA + wikidata} if wikidata else ())
    return Entity(id, frozenset({KG + kind}), label, frozenset(others), links)


IRAQ = entity("iraq", "Country", "Irak", wikidata="Q796")
STATES = entity("united-states", "Country", "États-Unis", "USA", wikidata="Q30")
PENTAGON = entity("pentagon", "Organization", "Pentagone", wikidata="Q11209")
PARNELL = entity("sean-parnell", "Person", "Sean Parnell")
SOUDANI = entity("mohammed-al-soudani", "Person", "Mohammed al-Soudani")
COALITION = entity("coalition", "Coalition", "coalition internationale")
ISLAMIC_STATE = entity("islamic-state", "ArmedGroup", "État islamique")
BAGHDAD = entity("baghdad", "City", "Bagdad")
NAME, NOMINAL, PRONOUN, METONYM = MentionType


def irak() -> Dispatch:
    """The French sample: nested and crossing stretches, a plan, a denial, metonyms and pronouns."""
    text = (resources.root() / "samples" / "irak.txt").read_text(encoding="utf-8")
    told = Dispatch("irak", "fr", "La coalition quitte l'Irak", date(2025, 10, 2), text)
    told.place = told.who("BAGDAD", BAGHDAD)
    coalition = told.who("coalition internationale", COALITION, type=NOMINAL)
    told.who("groupe terroriste", ISLAMIC_STATE, type=NOMINAL)
    told.who("État islamique", ISLAMIC_STATE)
    iraq = told.who("Irak", IRAQ)
    parnell = told.who("Sean Parnell", PARNELL)
    told.who("porte-parole", PARNELL, type=NOMINAL, of=parnell)
    pentagon = told.who("Pentagone", PENTAGON)
    told.who("lui", PARNELL, type=PRONOUN, of=parnell)
    states = told.who("États-Unis", STATES)
    soudani = told.who("Mohammed al-Soudani", SOUDANI)
    told.who("premier ministre irakien", SOUDANI, type=NOMINAL, of=soudani)
    told.who("irakien", IRAQ, type=NOMINAL, nth=1)
    led = told.who("coalition", COALITION, type=NOMINAL, nth=2)
    washington = told.who("Washington", STATES, type=METONYM)
    tuesday = told.when("mardi", date(2025, 9, 30))
    told.when("Le 18 septembre", date(2025, 9, 18))
    told.when("En juillet", date(2025, 7, 1), date(2025, 7, 31))
    year = told.when("en 2014", date(2014, 1, 1), date(2014, 12, 31))
    title = told.at("porte-parole")
    told.says(parnell, "spokespersonOf", pentagon, "Sean Parnell, porte-parole du Pentagone", title=title)
    told.says(soudani, "headOfGovernmentOf", iraq, "premier ministre irakien Mohammed al-Soudani", confidence=0.95)
    told.says(states, "leaderOf", led, "coalition, dirigée par les États-Unis", attributed_to=parnell)
    told.says(washington, "founderOf", led, "Washington avait constitué la coalition en 2014", time=year)
    leaving = "coalition internationale qui combat le groupe terroriste État islamique* va retirer une partie de ses"
    told.tells(
        "RETREAT", "retirer", leaving, agents=(coalition,), places=(iraq,), factuality=Factuality.PLANNED,
        attributed_to=parnell, time=tuesday,
    )  # fmt: skip
    told.tells(
        "AID", "aide", "aide de cette coalition", agents=(coalition,), factuality=Factuality.DENIED,
        attributed_to=soudani,
    )  # fmt: skip
    said = "La " + leaving + " soldats d'Irak"
    told.quotes(said, "a annoncé", said + ", a annoncé", parnell, time=tuesday)
    able = "son pays pouvait se défendre sans l'aide de cette coalition"
    told.quotes(able, "avait affirmé", "avait affirmé que " + able, soudani)
    return told


def launch() -> Dispatch:
    """An English one of letters that JavaScript counts twice, with all standings."""
    text = (
        "🛰️ KOUROU, Nov 3 (Dateline) - The agency 𝕆𝕣𝕓𝕚𝕥𝕒 👩‍🚀 may buy the rocket maker Valle\u0301e, "
        "its chief Ana Kovač said.\n“We will not leave Kourou 🚀,” Kovač told reporters on Monday. "
        "Former director Jean Élie-Marchand opposed the plan.\n"
        "Vallée is not owned by the Pentagon, he added."
    )
    told = Dispatch("launch", "en", "Orbita may buy 𝕍allée 🚀", date(2025, 11, 3), text, "Harbour Echo")
    orbita = told.who("𝕆𝕣𝕓𝕚𝕥𝕒", entity("orbita", "Organization", "𝕆𝕣𝕓𝕚𝕥𝕒", "Orbita"))
    maker = entity("vallee", "Company", "Vallée")
    vallee = told.who("Valle\u0301e", maker)
    again = told.who("Vallée", maker)
    kovac = told.who("Ana Kovač", entity("ana-kovac", "Person", "Ana Kovač"))
    told.who("Kovač", entity("ana-kovac", "Person", "Ana Kovač"), nth=1)
    elie = told.who("Jean Élie-Marchand", entity("jean-elie-marchand", "Person", "Jean Élie-Marchand"))
    pentagon = told.who("Pentagon", PENTAGON)
    told.who("he", entity("jean-elie-marchand", "Person", "Jean Élie-Marchand"), type=PRONOUN, nth=-1, of=elie)
    monday = told.when("on Monday", date(2025, 11, 3))
    told.says(kovac, "leaderOf", vallee, "Valle\u0301e, its chief Ana Kovač", title=told.at("chief"))
    told.says(elie, "leaderOf", again, "Former director Jean Élie-Marchand", former=True, title=told.at("director"))
    buys = "𝕆𝕣𝕓𝕚𝕥𝕒 👩‍🚀 may buy the rocket maker Valle\u0301e"
    told.says(orbita, "ownerOf", vallee, buys, factuality=Factuality.POSSIBLE, attributed_to=kovac)
    told.says(
        pentagon, "ownerOf", again, "Vallée is not owned by the Pentagon", factuality=Factuality.DENIED,
        attributed_to=elie,
    )  # fmt: skip
    told.tells(
        "ACQUIRE", "buy", buys, agents=(orbita,), patients=(vallee,), factuality=Factuality.POSSIBLE,
        attributed_to=kovac, time=monday,
    )  # fmt: skip
    stays = "We will not leave Kourou 🚀"
    told.quotes(stays, "told", f"“{stays},” Kovač told", kovac, direct=True, time=monday)
    return told


def hostile() -> Dispatch:
    """Names and words that are markup to whoever does not escape them."""
    text = f"{SCRIPT} said {HOSTILE}, a member of {BOLD}, on 1 May 2024.\n&lt;i&gt; {{{{7*7}}}} javascript:alert(3)"
    told = Dispatch("hostile", "en", SCRIPT, date(2024, 5, 1), text, "<b>Press</b>")
    name = told.who(HOSTILE, entity("img", "Person", HOSTILE))
    bold = told.who(BOLD, entity("bold", "Organization", BOLD))
    told.when("on 1 May 2024", date(2024, 5, 1))
    told.says(name, "memberOf", bold, f"{HOSTILE}, a member of {BOLD}")
    told.quotes(SCRIPT, "said", SCRIPT + " said", name)
    return told


def union() -> Dispatch:
    """A long one: a union with more members than are sent at once."""
    firms = [f"Firm {number:03}" for number in range(MEMBERS)]
    text = "\n".join(f"{firm} is a member of the Grand Union." for firm in firms)
    told = Dispatch("union", "en", "Who is in the Grand Union", date(2025, 1, 15), text)
    whole = entity("grand-union", "Organization", "Grand Union")
    for nth, firm in enumerate(firms):
        member = told.who(firm, entity(firm.lower().replace(" ", "-"), "Company", firm))
        told.says(member, "memberOf", told.who("Grand Union", whole, nth=nth), f"{firm} is a member of the Grand Union")
    return told


def make(folder: Path) -> Path:
    """The store of all four, and its index."""
    with Store.open(folder, create=True, writable=True, names=NAMES) as store:
        for told in (irak(), launch(), hostile(), union()):
            told.put(store)
        store.commit()
    return folder
