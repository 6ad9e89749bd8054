"""Where things and people belong: each construction in both languages, and what must state nothing."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model

HELD = [
    # a part of a country, whatever words name it, is one place
    ("fr", "Le sud-est de la Turquie est calme.", "turkey-southeast locatedIn turkey"),
    ("fr", "L'est syrien est calme.", "syria-east locatedIn syria"),
    ("fr", "La partie nord de la Syrie est calme.", "syria-north locatedIn syria"),
    ("fr", "Des combats ont lieu au nord du Mali.", "mali-north locatedIn mali"),
    ("fr", "Il vit en Ukraine orientale.", "ukraine-east locatedIn ukraine"),
    ("en", "The north of Syria is calm.", "syria-north locatedIn syria"),
    ("en", "North-eastern Syria is calm.", "syria-northeast locatedIn syria"),
    ("en", "Iraq's north is calm.", "iraq-north locatedIn iraq"),
    # chains of places
    ("fr", "Une usine a ouvert à Douai, en France.", "douai locatedIn france"),
    ("fr", "Un match a eu lieu à Lyon (France).", "lyon locatedIn france"),
    ("fr", "Des camps ont brûlé à Banki en territoire nigérian.", "banki locatedIn nigeria"),
    ("fr", "Mossoul, dans le nord de l'Irak, est prise.", "mosul locatedIn iraq-north"),
    ("fr", "Le Mali souffre. L'armée est dans le nord du pays, à Kidal.", "kidal locatedIn mali"),
    ("en", "The rally took place in Lyon, France.", "lyon locatedIn france"),
    ("en", "He was seen in Mosul, in northern Iraq.", "mosul locatedIn iraq-north"),
    # a common noun with the country
    ("fr", "L'Iran change. Machhad, la seconde ville du pays, est calme.", "mashhad locatedIn iran"),
    ("fr", "La ville turque de Viranşehir est calme.", "viransehir locatedIn turkey"),
    ("en", "The northern Iraqi city of Mosul fell.", "mosul locatedIn iraq-north"),
    ("en", "The Greek island of Lesbos is calm.", "lesbos locatedIn greece"),
    # names that hold a place, and buildings with one beside them
    ("fr", "La cour d'appel de Paris a tranché.", "cour-d-appel-de-paris locatedIn paris"),
    ("fr", "Il enseigne au Chelsea College of Art à Londres.", "chelsea-college-of-art locatedIn london"),
    ("fr", "L'institut Nazareth, un lycée mixte à Bordeaux, ferme.", "institut-nazareth locatedIn bordeaux"),
    ("en", "She teaches at the University of Oslo.", "university-of-oslo locatedIn oslo"),
    ("en", "Brussels Airport is closed.", "brussels-airport locatedIn brussels"),
    ("en", "He taught at Wiley College in Houston.", "wiley-college locatedIn houston"),
    # a demonym on a body's name
    ("fr", "Le Hezbollah libanais a démenti.", "hezbollah locatedIn lebanon"),
    ("fr", "La société belge Lampiris ferme.", "lampiris locatedIn belgium"),
    ("en", "Lebanese Hezbollah denied it.", "hezbollah locatedIn lebanon"),
    # bodies of a state
    ("fr", "Le gouvernement irakien a protesté.", "iraq-government partOf iraq"),
    ("fr", "Le Parlement israélien a voté.", "knesset partOf israel"),
    ("fr", "L'armée syrienne bombarde la ville.", "armee-syria partOf syria"),
    ("en", "The Supreme Court of Canada ruled.", "supreme-court-of-canada partOf canada"),
    ("en", "The Turkish army advanced.", "army-turkey partOf turkey"),
]


@pytest.mark.parametrize(("language", "text", "expected"), HELD)
def test_what_is_where(language: str, text: str, expected: str) -> None:
    assert expected in tell(text, language).statements()


LIVES = [
    ("fr", "Ali Ba (né le 3 mai 1980 à Dakar) chante.", ["ali-ba bornIn dakar", "ali-ba bornOn 1980-05-03"]),
    ("fr", "Jean Marchal (1950-2010) peignait.", ["jean-marchal bornOn 1950-01-01", "jean-marchal diedOn 2010-01-01"]),
    (
        "fr",
        "Jean Marchal (Lyon, 1950 - Paris, 2010) peignait.",
        ["jean-marchal bornIn lyon", "jean-marchal diedIn paris"],
    ),
    ("fr", "Karim Diallo, 34 ans, né à Lyon, a été élu.", ["karim-diallo bornIn lyon"]),
    ("fr", "Le chanteur Louis Delmas est mort à Marseille.", ["louis-delmas diedIn marseille"]),
    ("fr", "Louis Delmas n'est pas mort à Marseille.", ["louis-delmas diedIn marseille Denied"]),
    ("fr", "Karim Diallo est né à Lyon, en France.", ["karim-diallo bornIn france", "karim-diallo bornIn lyon"]),
    ("en", "John Wells (born 12 May 1970 in Oslo) sings.", ["john-wells bornIn oslo", "john-wells bornOn 1970-05-12"]),
    ("en", "Ann Roe (1950–2010) painted.", ["ann-roe bornOn 1950-01-01", "ann-roe diedOn 2010-01-01"]),
    ("fr", "La chanteuse belge Axelle Maes est arrivée.", ["axelle-maes citizenOf belgium"]),
    ("fr", "L'ancien joueur brésilien Rai Silva est là.", ["rai-silva citizenOf brazil"]),
    ("fr", "Le Français Paul Roy a gagné.", ["paul-roy citizenOf france"]),
    ("fr", "Anis Amri, un Tunisien de 24 ans, est suspecté.", ["anis-amri citizenOf tunisia"]),
    ("fr", "Paul Roy n'est pas français.", ["paul-roy citizenOf france Denied"]),
    ("fr", "Karim Sy, de nationalité sénégalaise, est arrivé.", ["karim-sy citizenOf senegal"]),
    ("en", "French journalist Paul Roy was arrested.", ["paul-roy citizenOf france"]),
    ("en", "Anis Amri, a 24-year-old Tunisian, fled.", ["anis-amri citizenOf tunisia"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), LIVES)
def test_lives(language: str, text: str, expected: list[str]) -> None:
    assert set(expected) <= set(tell(text, language).statements())


NOWHERE = [
    ("fr", "Le convoi a été attaqué à l'est de Bagdad."),
    ("fr", "Kilis, ville frontalière de la Syrie, est calme."),
    ("fr", "Gaza, Israël et le Liban sont calmes."),
    ("fr", "Le match de Lyon contre la France est annulé."),
    ("fr", "Paul Roy, d'origine tunisienne, est arrivé."),
    ("fr", "La frontière nord de l'Irak est fermée."),
    ("en", "The convoy was hit to the north of Iraq."),
    ("en", "Iraq's northern border is closed."),
    ("en", "Gaza, Israel and Lebanon are calm."),
]


@pytest.mark.parametrize(("language", "text"), NOWHERE)
def test_what_is_nowhere(language: str, text: str) -> None:
    assert tell(text, language).statements() == []


def test_a_part_of_a_country_is_the_same_in_every_article_and_language() -> None:
    said = {("fr", "Le nord de l'Irak est calme."), ("fr", "Le nord irakien a peur."), ("en", "Northern Iraq is calm.")}
    assert {tell(text, language).statements()[0] for language, text in said} == {"iraq-north locatedIn iraq"}


def test_an_office_says_nothing_of_a_nationality() -> None:
    assert tell("Le ministre français Paul Roy a parlé.").statements() == ["paul-roy ministerOf france"]
