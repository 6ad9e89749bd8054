"""Who is with, against, allied to or banned by whom: each construction in both languages, and what states nothing."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from told import tell

pytestmark = pytest.mark.model

STANCES = ("supports", "opposes", "fights", "alliedWith", "bannedIn")

HELD = [
    # one list against another, wherever the parser hung its parts
    (
        "fr",
        "La crise entre l'Arabie saoudite, l'Égypte et le Bahreïn contre le Qatar dure.",
        ["saudi-arabia opposes qatar", "egypt opposes qatar", "bahrain opposes qatar"],
    ),
    ("en", "The war between Russia and Ukraine goes on.", ["russia fights ukraine"]),
    # all that is coordinated before an aside
    (
        "fr",
        "Le Hezbollah et d'autres milices, alliés à l'Iran, combattent en Syrie.",
        ["hezbollah alliedWith iran", "* alliedWith iran"],
    ),
    (
        "en",
        "Hezbollah and other Shiite militias, allied with Iran, are fighting in Syria.",
        ["hezbollah alliedWith iran", "* alliedWith iran"],
    ),
    # groups that nobody names, as sides of a verb
    ("fr", "Les rebelles soutenus par la Turquie ont pris Al-Bab.", ["turkey supports *"]),
    ("fr", "Les forces qui luttent contre Boko Haram ont progressé.", ["* fights boko-haram"]),
    ("en", "Rebels backed by Turkey took Al-Bab.", ["turkey supports *"]),
    # who is not among those who do it
    (
        "fr",
        "Mariano Rajoy est soutenu par le Parlement, sauf Podemos.",
        ["* supports mariano-rajoy", "podemos supports mariano-rajoy Denied"],
    ),
    (
        "en",
        "Mariano Rajoy is supported by all parties except Podemos.",
        ["* supports mariano-rajoy", "podemos supports mariano-rajoy Denied"],
    ),
    # attacks laid to somebody, armed groups driven back
    (
        "fr",
        "La Turquie souffre. Le pays est frappé par des attentats liés à l'État islamique ou à la rébellion kurde.",
        ["islamic-state fights turkey", "rebellion-kurde* fights turkey"],
    ),
    ("en", "Turkey has been hit by attacks claimed by the PKK.", ["pkk fights turkey"]),
    ("fr", "La coalition a réussi à repousser Boko Haram.", ["coalition* fights boko-haram"]),
    ("en", "The coalition managed to repel Boko Haram.", ["coalition* fights boko-haram"]),
    # bans by way of an access, and of what a common noun names
    ("fr", "Tous les accès à l'encyclopédie Wikipédia ont été bloqués en Turquie.", ["wikipedia bannedIn turkey"]),
    ("fr", "Les sites Facebook et YouTube ont été fermés en Turquie.", ["facebook bannedIn turkey", "youtube *"]),
    ("en", "Turkish authorities blocked access to Wikipedia.", ["wikipedia bannedIn turkey"]),
    ("en", "Facebook and YouTube were shut down in Turkey.", ["facebook bannedIn turkey", "youtube bannedIn turkey"]),
    # results contested, sides stood by
    ("fr", "Jean Ping a contesté la victoire d'Ali Bongo.", ["jean-ping opposes ali-bongo*"]),
    ("fr", "La France se tient aux côtés de l'Ukraine.", ["france supports ukraine"]),
    ("en", "Critics of Donald Trump protested.", ["critics-* opposes donald-trump"]),
]

ECHOES = [
    ("fr", "La guerre opposant les partisans de Salva Kiir à ceux de Riek Machar a débuté."),
    ("fr", "Ils ont fui les combats entre les partisans de Salva Kiir et ceux de Riek Machar."),
    ("en", "The war pitting supporters of Salva Kiir against those of Riek Machar began."),
    ("en", "Residents fled fighting between supporters of Salva Kiir and those of Riek Machar."),
]

NOTHING = [
    ("fr", "Les opposants russes ont manifesté."),  # who they are, not whom they oppose
    ("fr", "Manon Brunet a battu son adversaire."),  # a rival of the day
    ("fr", "Une réunion entre la France et l'Allemagne a eu lieu."),
    ("fr", "Il a lu Wikipédia en Turquie."),
    ("fr", "La police a repoussé les manifestants."),
    ("en", "The Syrian allies met in Geneva."),
    ("en", "The talks between France and Germany went on."),
    ("en", "He read Wikipedia in Turkey."),
    ("en", "The company blocked the road in Turkey."),
]


def stances(text: str, language: str) -> list[str]:
    return [line for line in tell(text, language).statements() if line.split()[1] in STANCES]


@pytest.mark.parametrize(("language", "text", "expected"), HELD)
def test_stances(language: str, text: str, expected: list[str]) -> None:
    assert matches(sorted(stances(text, language)), expected)


def matches(lines: list[str], patterns: list[str]) -> bool:
    """Whether there are as many lines as patterns, and a line for each."""
    return len(lines) == len(patterns) and all(any(fnmatchcase(line, p) for line in lines) for p in patterns)


@pytest.mark.parametrize(("language", "text"), ECHOES)
def test_a_pronoun_takes_a_group_up_for_another(language: str, text: str) -> None:
    lines = stances(text, language)
    assert matches(lines, ["* supports salva-kiir*", "* supports riek-machar", "* fights *"])
    fighting = next(line.split() for line in lines if " fights " in line)
    assert {line.split()[0] for line in lines if " supports " in line} == {fighting[0], fighting[2]}


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_no_stances(language: str, text: str) -> None:
    assert stances(text, language) == []
