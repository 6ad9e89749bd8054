import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import gazetteer, ontology, resources
from kg.errors import DataError
from kg.gazetteer import ENTITY, fold
from kg.model import KG
from kg.ontology import SKOS

PREFIXES = """
PREFIX ent: <https://w3id.org/dateline/entity/>
PREFIX kg: <https://w3id.org/dateline/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CLASSES = {KG + name: None for name in ("City", "Country", "Organization")}


@pytest.fixture(scope="module")
def known():
    return gazetteer.load()


def found(words, language=None):
    tokens = words.split(" ") if isinstance(words, str) else words
    return [(start, end, entry.id) for start, end, entry in gazetteer.load().find(tokens, language=language)]


def read(folder, **files):
    for name, turtle in files.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    return gazetteer.read(sorted(folder.glob("*.ttl")), classes=CLASSES)


# ---------------------------------------------------------------- names in a text


def test_names_stand_where_their_tokens_do():
    words = "Les États-Unis et leurs alliés vont réduire leur présence en Irak , dit le porte-parole du Pentagone ."
    assert found(words) == [(1, 2, "united-states"), (10, 11, "iraq"), (16, 17, "pentagon")]


@pytest.mark.parametrize(
    "words",
    [
        "État islamique",
        "Etat islamique",
        "ÉTAT ISLAMIQUE",
        "ETAT ISLAMIQUE",
        "État Islamique",
        "Daech",
        "EI",
        "EIIL",
        "ISIS",
        "ISIL",
    ],
)
def test_a_name_is_found_in_all_its_spellings(words):
    assert found(f"contre l' {words} hier", "fr") == [(2, 2 + len(words.split()), "islamic-state")]


@pytest.mark.parametrize(
    "tokens",
    [["États-Unis"], ["États", "-", "Unis"], ["États", "Unis"], ["États‑Unis"], ["États‐", "Unis"], ["ETATS-UNIS"]],
)
def test_tokenisation_and_the_kind_of_hyphen_do_not_count(tokens):
    assert found(["les", *tokens, "!"]) == [(1, 1 + len(tokens), "united-states")]


@pytest.mark.parametrize(
    "tokens", [["Quai", "d'", "Orsay"], ["Quai", "d’Orsay"], ["quai", "d'Orsay"], ["Quai", "d", "’", "Orsay"]]
)
def test_the_kind_of_apostrophe_does_not_count(tokens):
    assert found(["le", *tokens]) == [(1, 1 + len(tokens), "quai-dorsay")]


@pytest.mark.parametrize("words", ["let us go", "les états unis par la loi", "une france", "au moyen orient"])
def test_a_capital_of_a_name_must_be_one_in_the_text(words):
    assert found(words) == []


@pytest.mark.parametrize("words", ["talibans", "Talibans", "TALIBANS", "houthis", "peshmergas"])
def test_a_name_without_capitals_needs_none(words):
    assert len(found(f"les {words} ont")) == 1


def test_initials_are_not_sought_among_capitals():
    assert found("WHO IS IT", "en") == []
    assert found("the WHO said IS fighters", "en") == [(1, 2, "world-health-organization"), (3, 4, "islamic-state")]


def test_full_stops_within_initials_fall():
    assert found("the U.S. and the U.K.", "en") == [(1, 2, "united-states"), (4, 5, "united-kingdom")]


def test_the_longest_name_wins():
    assert found("Guinée équatoriale , Guinée , Corée du Nord")[0] == (0, 2, "equatorial-guinea")
    assert [entry for _, _, entry in found("Soudan du Sud et Soudan")] == ["south-sudan", "sudan"]


def test_where_a_group_is_is_no_part_of_its_name():
    entries = [entry for _, _, entry in found("l' État islamique en Irak et en Syrie", "fr")]
    assert entries == ["islamic-state", "iraq", "syria"]


def test_articles_are_no_part_of_a_name():
    assert found("la France et l' Irak") == [(1, 2, "france"), (4, 5, "iraq")]
    assert found("à La Haye", "fr") == [(1, 3, "the-hague")]
    assert found("au Caire", "fr") == [(1, 2, "cairo")]


def test_a_name_fills_its_tokens():
    assert found("Irak-Syrie Franco-Suisse Vatican-II") == []


def test_no_name_goes_across_punctuation_or_paragraphs():
    assert found(["New", ",", "York"]) == found(["New", "\n\n", "York"]) == found(["New", ".", "York"]) == []
    assert found(["New", "\n", "York"]) == [(0, 3, "new-york")]


def test_a_name_of_one_language_is_none_of_another():
    assert found("Jordan Bardella", "fr") == []
    assert found("in Jordan today", "en") == [(1, 2, "jordan")]
    assert found("a dit UN mot", "fr") == []


def test_signs_within_a_name_are_words_of_it():
    assert found("sur Canal + et Canal+") == [(1, 3, "canal-plus"), (4, 5, "canal-plus")]


@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(["États", "-", "Unis", "New", "York", "’", "Irak", "\n\n"]), max_size=12
    )
)
def test_what_is_found_lies_in_the_text_and_in_order(words):
    spans = [(start, end) for start, end, _ in found(words)]
    assert all(0 <= start < end <= len(words) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


# ---------------------------------------------------------------- whose name it is


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Iran", "iran"),
        ("Irak", "iraq"),
        ("Niger", "niger"),
        ("Nigeria", "nigeria"),
        ("Autriche", "austria"),
        ("Australie", "australia"),
        ("République d’Irak", "iraq"),
        ("Republic of Iraq", "iraq"),
        ("RDC", "democratic-republic-of-the-congo"),
        ("UE", "european-union"),
        ("Congo-Brazzaville", "republic-of-the-congo"),
        ("Dominique", None),
        ("la Dominique", "dominica"),
        ("Suède", "sweden"),
        ("Macédoine", "north-macedonia"),
        ("Birmanie", "myanmar"),
        ("Burma", "myanmar"),
        ("Kiev", "kyiv"),
        ("Otan", "nato"),
        ("OTAN", "nato"),
        ("Agence France-Presse", "afp"),
        ("BBC", "bbc"),
        ("Maison Blanche", "white-house"),
        ("CPI", "international-criminal-court"),
    ],
)
def test_named(known, name, entry):
    assert getattr(known.named(name), "id", None) == entry


def test_a_preferred_name_goes_before_another(known):
    assert known.named("Washington").id == "washington"
    assert known.named("Géorgie").id == known.named("Georgia").id == "georgia"
    assert known.named("New York").id == "new-york"
    assert ("Washington", "en") in known.entries["washington-state"].names
    assert ("Géorgie", "fr") in known.entries["state-of-georgia"].names


def test_a_name_can_depend_on_the_language(known):
    assert known.named("Mexico", language="fr").id == "mexico-city"
    assert known.named("Mexico", language="en").id == "mexico"
    assert known.named("RSF", language="fr").id == "reporters-without-borders"


def test_what_stays_open_is_nobodys(known):
    assert known.named("Mexico") is None
    assert known.named("Congo") is None
    assert known.demonym("congolais", "fr") is None
    assert known.named("Nusquam") is None


def test_every_preferred_name_finds_its_entry(known):
    for entry in known.entries.values():
        for language, label in entry.labels.items():
            assert known.named(label, language=language or "fr") is entry, (entry.id, label)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


# ---------------------------------------------------------------- demonyms


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("irakien irakienne irakiens irakiennes Irakiens IRAKIENS", "iraq"),
        ("grec grecque grecs grecques Grecs", "greece"),
        ("turc turque turcs turques", "turkey"),
        ("belge belges", "belgium"),
        ("russe russes", "russia"),
        ("suisse suisses Suissesse Suissesses", "switzerland"),
        ("français française Français françaises", "france"),
        ("espagnol espagnole espagnols espagnoles", "spain"),
        ("allemand allemande", "germany"),
        ("afghan afghane afghanes", "afghanistan"),
        ("israélien israéliennes", "israel"),
        ("marocain marocaines", "morocco"),
        ("européen européenne européennes", "europe"),
        ("nigérien nigérienne", "niger"),
        ("nigérian nigériane", "nigeria"),
        ("nord-coréen nord‑coréennes Nord-Coréens", "north-korea"),
        ("burkinabè burkinabés", "burkina-faso"),
        ("philippin philippine", "philippines"),
        ("letton lettone lettonnes", "latvia"),
    ],
)
def test_french_demonyms_in_all_forms(known, words, country):
    assert {known.demonym(word, "fr").id for word in words.split()} == {country}


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Iraqi Iraqis", "iraq"),
        ("French Frenchmen", "france"),
        ("Polish Poles", "poland"),
        ("British Britons", "united-kingdom"),
    ],
)
def test_english_demonyms(known, words, country):
    assert {known.demonym(word, "en").id for word in words.split()} == {country}


def test_english_demonyms_have_their_capital_and_stay_english(known):
    assert known.demonym("polish", "en") is None
    assert known.demonym("Iraqi", "fr") is None


def test_demonyms_of_several_words_stand_in_a_text(known):
    spans = [
        (s, e, entry.id)
        for s, e, entry in known.find_demonyms(["two", "South", "Koreans", "and", "a", "Finn"], language="en")
    ]
    assert spans == [(1, 3, "south-korea"), (5, 6, "finland")]


def test_every_country_has_demonyms_in_both_languages(known):
    countries = [entry for entry in known.entries.values() if KG + "Country" in entry.kinds]
    assert len(countries) >= 195
    assert [c.id for c in countries if not c.demonyms.get("fr")] == []
    assert [c.id for c in countries if not c.demonyms.get("en")] == ["dominica", "vatican-city"]


def test_every_country_has_names_in_both_languages_a_code_and_a_capital(known):
    capital_of = {
        iri.removeprefix(ENTITY): about.get(KG + "capital")
        for iri, about in ontology.read_turtle(resources.root() / "ontology/gazetteer/countries.ttl").items()
    }
    countries = [entry for entry in known.entries.values() if KG + "Country" in entry.kinds]
    assert [c.id for c in countries if not c.labels.keys() >= {"fr", "en"}] == []
    assert [c.id for c in countries if len(c.code or "") != 2] == ["soviet-union", "yugoslavia"]
    states_of_one_city = {"djibouti", "monaco", "san-marino", "singapore", "vatican-city"}
    without = {c.id for c in countries if not capital_of[c.id]}
    assert without == states_of_one_city | {
        "palestine",
        "soviet-union",
        "yugoslavia",
    }  # whose is not agreed on, or gone
    nearly = ["denmark", "netherlands", "western-sahara"]  # Wikidata has a kingdom, or a state that claims a region
    assert [c.id for c in countries if not any("wikidata" in iri for iri in c.same_as)] == nearly


# ---------------------------------------------------------------- how many, and how sure


def test_there_are_25_000_names(known):
    """Spellings that differ in accents, hyphens or language alone count once, and demonyms not at all."""
    assert len({fold(text) for entry in known.entries.values() for text, _ in entry.names}) >= 25_000


@pytest.mark.parametrize("name", ["Bron", "Sens", "Die", "Orange", "Carrefour", "Vitré", "Le Port", "Reading"])
def test_a_town_called_like_a_word_or_a_person_is_weak_or_unknown(known, name):
    entry = known.named(name, language="fr")
    assert entry is None or entry.weak or KG + "City" not in entry.kinds


@pytest.mark.parametrize("name", ["Villeurbanne", "Zaporijia", "Mykolaïv", "Bobigny", "Matsudo"])
def test_a_town_called_like_nothing_else_is_not(known, name):
    assert known.named(name, language="fr").weak is False


@pytest.mark.parametrize("name", ["Springfield", "Saint-Martin-de-Belleville", "Central Province", "San Juan"])
def test_a_name_of_several_places_is_nobodys(known, name):
    assert known.named(name, language="en") is None or known.named(name, language="en").weak


def test_places_of_two_scripts_have_their_french_names(known):
    assert known.named("Tchernihiv", language="fr") is known.named("Chernihiv", language="en")
    assert known.named("Tcheboksary", language="fr") is known.named("Cheboksary", language="en")
    assert known.named("oblast de Tcherkassy", language="fr").id == "cherkasy-oblast"


def test_leaders_have_their_years_and_their_french_names(known):
    putin = known.named("Vladimir Poutine", language="fr")
    assert putin is known.named("Vladimir Putin", language="en")
    assert putin.same_as == {"http://www.wikidata.org/entity/Q7747"}
    assert [(t.of, t.begin.year, t.end) for t in known.named("Boris Johnson").tenures] == [
        ("united-kingdom", 2019, date(2022, 12, 31))
    ]
    assert known.named("Poutine") is None


def test_people_are_known_by_their_full_names_alone(known):
    people = [entry for entry in known.entries.values() if KG + "Person" in entry.kinds]
    assert len(people) >= 370
    assert [name for person in people for name, _ in person.names if len(fold(name).split()) < 2] == []


# ---------------------------------------------------------------- what is known of an entry


def test_seats_of_power(known):
    seats = "baghdad washington moscow kremlin elysee white-house downing-street quai-dorsay brussels"
    powers = "iraq united-states russia russia france united-states united-kingdom france european-union"
    assert [known.entries[seat].seat_of for seat in seats.split()] == powers.split()
    assert known.entries["pentagon"].seat_of is None


def test_an_entry_knows_where_it_is_and_who_it_is_elsewhere(known):
    iraq, baghdad = known.entries["iraq"], known.entries["baghdad"]
    assert iraq.same_as == {"http://www.wikidata.org/entity/Q796", "https://sws.geonames.org/99237/"}
    assert (baghdad.located_in, baghdad.kinds) == ("iraq", {KG + "City"})
    assert iraq.labels == {"fr": "Irak", "en": "Iraq"}


def test_every_identifier_names_its_source():
    for path in resources.files("ontology/gazetteer", ".ttl"):
        named = re.search(r"^# .*\(skos:exactMatch\): ", path.read_text(encoding="utf-8"), re.MULTILINE)
        for iri, about in ontology.read_turtle(path).items():
            linked = about.get(SKOS + "exactMatch", []) + about.get(SKOS + "closeMatch", [])
            sources = about.get("http://purl.org/dc/terms/source") or named
            assert not linked or sources, f"{path.name}: {iri}"


def test_identifiers_are_english_names_and_nobody_shares_one_elsewhere(known):
    assert [e for e in known.entries if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", e)] == []
    elsewhere = [iri for entry in known.entries.values() for iri in entry.same_as]
    assert len(elsewhere) == len(set(elsewhere))


def test_what_is_said_of_an_entry_that_means_nothing_is_an_error(tmp_path):
    with pytest.raises(DataError, match=r"a.ttl: .*entity/x>: <.*ns#seatof> means nothing here: one of .* would"):
        read(tmp_path, a='ent:x a kg:City ; skos:prefLabel "Ixe"@fr ; kg:seatof ent:x .')


def test_an_entry_stands_in_one_file_only():
    subjects = [iri for path in resources.files("ontology/gazetteer", ".ttl") for iri in ontology.read_turtle(path)]
    assert len(subjects) == len(set(subjects))
    assert all(iri.startswith(ENTITY) for iri in subjects)


# ---------------------------------------------------------------- reading


def test_what_two_files_say_of_an_entry_adds_up(tmp_path):
    known = read(tmp_path, a='ent:x a kg:City ; skos:prefLabel "Ixe"@fr .', b='ent:x skos:altLabel "Ixeville"@fr .')
    assert known.named("Ixe") is known.named("Ixeville") is known.entries["x"]


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ('ent:x a kg:City ; skos:altLabel "Ixe"@fr .', "a.ttl: .*entity/x>: an entry needs .* a skos:prefLabel"),
        (
            '<http://example.org/x> a kg:City ; skos:prefLabel "Ixe"@fr .',
            "a.ttl: <http://example.org/x>: an entry needs an IRI",
        ),
        ('ent:x a kg:Town ; skos:prefLabel "Ixe"@fr .', "a.ttl: .*entity/x>: <.*ns#Town> is no class"),
        ('ent:x skos:prefLabel "Ixe"@fr .', "a.ttl: .*entity/x>: an entry needs a class"),
        (
            'ent:x a kg:City ; skos:prefLabel "Ixe"@fr ; kg:seatOf ent:y .',
            "a.ttl: .*entity/x>: kg:seatOf .*entity/y> is no entry",
        ),
        ('ent:x a kg:City ; skos:prefLabel "Ixe"@fr ; kg:locatedIn ent:y .', "kg:locatedIn .*entity/y> is no entry"),
        ('ent:x a kg:Country ; skos:prefLabel "Ixe"@fr ; kg:capital ent:y .', "kg:capital .*entity/y> is no entry"),
        (
            'ent:x a kg:City ; skos:prefLabel "Ixe"@fr . ent:y a kg:City ; skos:prefLabel "IXE"@fr .',
            "a.ttl: .*entity/y>: the name 'IXE'@fr is already that of x",
        ),
        ("ent:x a kg:City", "a.ttl:[0-9]+: not Turtle"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(tmp_path, turtle, message):
    with pytest.raises(DataError, match=message):
        read(tmp_path, a=turtle)
