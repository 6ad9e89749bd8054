"""The packaged vocabulary is complete and consistent, and a broken one is reported with file, term and cue."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ontology, resources
from kg.errors import DataError, UnknownTerm
from kg.model import EVENT, KG
from kg.ontology import OWL, RDF, RDFS, SCHEMA, SKOS, Cue, EventType, Relation

SHARED = Path(__file__).parents[2] / "shared"
HOME = resources.root() / "ontology"
LANGUAGES = {"fr", "en"}


def _names(text: str) -> list[str]:
    return text.split()


RELATIONS = _names("""
    spokespersonOf leaderOf memberOf employedBy founderOf ownerOf representativeOf headOfStateOf headOfGovernmentOf
    ministerOf subsidiaryOf partOf headquarteredIn locatedIn citizenOf residentOf bornIn diedIn spouseOf parentOf
    siblingOf successorOf fights alliedWith supports opposes designatedTerroristBy bannedIn foundedOn bornOn diedOn
""")
CLASSES = _names("""
    Person Organization Government ArmedForce ArmedGroup Coalition Company Party Legislature Court Media
    InternationalOrganization Place Country City Region Operation Document Event Article Statement Evidence
    Quotation Mention TimeExpression
""")
PROPERTIES = _names("""
    factuality former attributedTo roleTitle begin end timeText confidence rule evidence sentence eventType agent
    patient place trigger speaker quoteText direct cue reports refersTo mentionType issuedPrecision issuedInferred
    datelinePlace textSha256
""")
VALUES = _names("""
    Asserted Planned Possible Denied Name Nominal Pronoun Metonym
""")
EVENT_TYPES = _names("""
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
    COERCE ASSAULT APPOINT ELECT RESIGN ARREST TRIAL CONVICT ACQUIRE FOUND DIE INJURE DISASTER AWARD VOTE LAUNCH
    SPORT
""")
FILES = [
    *HOME.glob("relations/*.ttl"),
    *HOME.glob("events/*.ttl"),
    *(HOME / f"{name}.ttl" for name in ("kg", "events", "positions", "words", "speech")),
]

vocabulary = ontology.load()
terms = {iri: about for path in FILES for iri, about in ontology.read_turtle(path).items()}
OFFICES = {iri.removeprefix(KG) for iri in ontology.read_turtle(HOME / "relations/roles.ttl")}
relations = pytest.mark.parametrize("relation", vocabulary.relations.values(), ids=lambda relation: relation.name)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ontology.Ontology]]:
    """Load a vocabulary that is one file, `words.ttl`."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "ontology").mkdir()

    def load_text(turtle: str) -> ontology.Ontology:
        (tmp_path / "ontology/words.ttl").write_text(_PREFIXES + turtle, encoding="utf-8")
        monkeypatch.setenv("KG_DATA", str(tmp_path))
        _forget()
        return ontology.load()

    yield load_text
    monkeypatch.undo()
    _forget()


_NAMES = {"kg": KG, "owl": OWL, "rdfs": RDFS, "skos": SKOS, "schema": SCHEMA}
_PREFIXES = " ".join(f"@prefix {name}: <{iri}> ." for name, iri in _NAMES.items()) + "\n" * 4


def _forget() -> None:
    resources.root.cache_clear()
    ontology.load.cache_clear()


def _types(iri: str) -> tuple[str, ...]:
    return ontology.iris(terms[iri], RDF + "type")


def _of_type(kind: str) -> list[str]:
    return [iri for iri in terms if KG + kind in _types(iri)]


# What the contract names


def test_relations_are_the_contracts_and_more() -> None:
    names = {relation.name for relation in vocabulary.relations.values()}
    assert names >= set(RELATIONS)
    assert len(names - OFFICES) >= 45


def test_event_types_are_the_contracts() -> None:
    assert set(vocabulary.event_types) == {EVENT + name for name in EVENT_TYPES}


@pytest.mark.parametrize("name", [*CLASSES, *PROPERTIES, *VALUES])
def test_contracts_names_are_defined(name: str) -> None:
    assert _types(KG + name)


def test_every_name_in_the_contracts_text_is_defined() -> None:
    contract = SHARED / "CONTRACT.md"
    if not contract.is_file():
        pytest.skip("../shared/CONTRACT.md is not here")
    named = set(re.findall(r"kg:(\w+)", contract.read_text(encoding="utf-8")))
    assert {name for name in named if KG + name not in terms} == set()


def test_classes_stand_in_one_tree() -> None:
    assert vocabulary.is_a(KG + "Company", KG + "Organization")
    assert vocabulary.is_a(KG + "City", KG + "Place")
    assert not vocabulary.is_a(KG + "Country", KG + "Organization")


# What every term has


@pytest.mark.parametrize("iri", sorted(i for i in terms if i.startswith(KG)), ids=lambda iri: iri.removeprefix(KG))
def test_terms_are_labelled_and_explained_in_both_languages(iri: str) -> None:
    assert set(ontology.by_language(terms[iri], RDFS + "label")) == LANGUAGES
    assert set(ontology.by_language(terms[iri], RDFS + "comment")) == LANGUAGES


def test_event_types_are_defined_in_both_languages() -> None:
    for iri in vocabulary.event_types:
        assert set(ontology.by_language(terms[iri], SKOS + "prefLabel")) == LANGUAGES, iri
        assert set(ontology.by_language(terms[iri], SKOS + "definition")) == LANGUAGES, iri


def test_positions_are_named_in_both_languages() -> None:
    assert [p.name for p in vocabulary.positions.values() if set(p.labels) != LANGUAGES] == []


def test_no_term_stands_in_two_paragraphs() -> None:
    counts = Counter(i for path in FILES for i in ontology.read_turtle(path))
    assert [iri for iri, count in counts.items() if count > 1] == []


# Relations


@relations
def test_relations_have_examples_in_both_languages(relation: Relation) -> None:
    for sentences in (relation.examples, relation.counter_examples):
        counts = Counter(language for _, language in set(sentences))
        assert min(counts[language] for language in LANGUAGES) >= 2


@relations
def test_relations_hold_between_classes(relation: Relation) -> None:
    assert relation.domain and relation.domain <= set(vocabulary.parents)
    assert relation.range and relation.range <= {*vocabulary.parents, ontology.XSD_DATE}


@relations
def test_relations_have_something_that_tells_of_them(relation: Relation) -> None:
    implied = any(relation.iri in position.implies for position in vocabulary.positions.values())
    carried = {cue.language for cues in relation.cues.values() for cue in cues}
    assert implied or carried == LANGUAGES


def test_relations_have_fifteen_cues_where_the_language_has_them() -> None:
    poor = {r.name for r in vocabulary.relations.values() if _fewest_cues(r) < 15}
    assert poor <= OFFICES | FEW_CUES


FEW_CUES = set(
    _names("""
    alliedWith bannedIn bornIn bornOn capitalOf citizenOf diedIn diedOn foundedOn headquarteredIn locatedIn opposes
    residentOf
""")
)  # what is said in few ways


def _fewest_cues(relation: Relation) -> int:
    counts = Counter(cue.language for cues in relation.cues.values() for cue in cues)
    return min(counts[language] for language in LANGUAGES)


def test_no_company_is_a_member_of_another() -> None:
    member = vocabulary.relations[KG + "memberOf"]
    assert not vocabulary.admits(member, KG + "Company", KG + "Company")
    assert vocabulary.admits(member, KG + "Company", KG + "Coalition")


def test_relations_align_with_terms_that_schema_org_has() -> None:
    rdflib = pytest.importorskip("rdflib")
    aligned = {
        i
        for r in vocabulary.relations
        for p in (SKOS + "closeMatch", RDFS + "seeAlso")
        for i in ontology.iris(terms[r], p)
    }
    of_schema = {iri for iri in aligned if iri.startswith(SCHEMA)}
    assert {iri for iri in of_schema if iri not in rdflib.SDO} == set()


def test_days_are_data_and_the_others_are_things() -> None:
    for relation in vocabulary.relations.values():
        kind = "DatatypeProperty" if relation.range == {ontology.XSD_DATE} else "ObjectProperty"
        assert OWL + kind in _types(relation.iri), relation.name


def test_symmetric_relations() -> None:
    symmetric = {r.name for r in vocabulary.relations.values() if r.symmetric}
    assert symmetric >= {"spouseOf", "siblingOf", "alliedWith", "competitorOf", "borders"}
    assert symmetric.isdisjoint({"parentOf", "ownerOf", "subsidiaryOf", "adviserOf"})


def test_admits_subclasses_and_nothing_else() -> None:
    spouse, fights = vocabulary.relations[KG + "spouseOf"], vocabulary.relations[KG + "fights"]
    assert vocabulary.admits(fights, KG + "Coalition", KG + "ArmedGroup")
    assert not vocabulary.admits(spouse, KG + "Person", KG + "Company")


def test_a_nationality_beside_a_title_is_not_what_is_led() -> None:
    leads = vocabulary.relations[KG + "leaderOf"]
    assert not vocabulary.admits(leads, KG + "Person", KG + "Country")


# Cues and words


def _cues() -> Iterator[tuple[str, str, Cue]]:
    meanings: list[Relation | EventType] = [*vocabulary.relations.values(), *vocabulary.event_types.values()]
    for meaning in meanings:
        for construction, cues in meaning.cues.items():
            yield from ((meaning.name, construction, cue) for cue in cues)


def test_cues_are_compiled_into_head_preposition_and_reflexive() -> None:
    cues = {cue.text: cue for _, _, cue in _cues()}
    assert cues["s'emparer de"] == Cue("s'emparer de", "fr", ("emparer",), "de", True)
    assert cues["faire partie de"] == Cue("faire partie de", "fr", ("faire", "partie"), "de")
    assert cues["diriger"] == Cue("diriger", "fr", ("diriger",))


def test_no_cue_stands_twice_in_a_construction() -> None:
    counts = Counter((name, construction, cue.language, cue.text) for name, construction, cue in _cues())
    assert [cue for cue, count in counts.items() if count > 1] == []


def test_no_cue_of_events_means_two_types() -> None:
    meanings: dict[tuple[str, str, str], set[str]] = {}
    for name, construction, cue in _cues():
        if EVENT + name in vocabulary.event_types:
            meanings.setdefault((construction, cue.language, cue.text), set()).add(name)
    shared = {cue: names for cue, names in meanings.items() if len(names) > 1}
    # a noun such as "alliance" may tell of several kinds, a verb may not
    assert {cue for cue in shared if cue[0] != "noun"} == set()


def test_event_types_have_a_dozen_triggers_in_each_language() -> None:
    for event_type in vocabulary.event_types.values():
        counts = Counter(cue.language for cues in event_type.cues.values() for cue in cues)
        assert min(counts[language] for language in LANGUAGES) >= 12, event_type.name


def test_there_are_many_triggers() -> None:
    kinds = [*vocabulary.event_types.values(), *vocabulary.conditional_events]
    found = {(cue.language, cue.text) for kind in kinds for cues in kind.cues.values() for cue in cues}
    counts = Counter(language for language, _ in found)
    assert min(counts[language] for language in LANGUAGES) >= 1500


def test_triggers_ask_for_classes_that_there_are() -> None:
    asked = {iri for kind in vocabulary.conditional_events for iri in kind.agents | kind.patients}
    assert {iri for iri in asked if iri not in vocabulary.parents and iri not in _of_type("WordClass")} == set()


def test_words_stand_once_in_their_class() -> None:
    for iri in _of_type("WordClass"):
        words = list(ontology.literals(terms[iri], KG + "word"))
        assert len(words) == len(set(words)), iri


def test_words_and_forms_are_trimmed_and_tagged() -> None:
    literals = [text for about in terms.values() for text in _cue_texts(about)]
    assert all(language in LANGUAGES and text == " ".join(text.split()) and text for text, language in literals)


def _cue_texts(about: ontology.Description) -> Iterator[tuple[str, str]]:
    for name in ("word", "verb", "inverseVerb", "patientVerb", "noun", "inverseNoun", "action", "headNoun"):
        yield from ontology.literals(about, KG + name)
    yield from ontology.literals(about, SKOS + "altLabel")


def test_typographic_apostrophes_stay_out_of_cues() -> None:
    assert [cue.text for _, _, cue in _cues() if chr(0x2019) in cue.text] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_there_are_enough_words_of_speech(language: str) -> None:
    verbs = vocabulary.words("SpeechVerb", language) | vocabulary.words("QuoteVerb", language)
    assert len(verbs) >= 250
    assert len(vocabulary.words("SpeechNoun", language)) >= 150


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_verb_of_speech_does_or_does_not_need_quotation_marks(language: str) -> None:
    assert vocabulary.words("SpeechVerb", language).isdisjoint(vocabulary.words("QuoteVerb", language))


def test_words_of_an_unknown_language_are_none() -> None:
    assert vocabulary.words("SpeechVerb", "eo") == frozenset()


def test_words_of_an_unknown_class_are_an_error() -> None:
    with pytest.raises(UnknownTerm, match="no kg:WordClass kg:Nonsense"):
        vocabulary.words("Nonsense", "fr")


# Positions


def test_positions_imply_relations() -> None:
    implied = {iri for position in vocabulary.positions.values() for iri in position.implies}
    assert implied <= set(vocabulary.relations)


def test_there_are_many_positions_that_imply_something_of_something() -> None:
    telling = [p for p in vocabulary.positions.values() if p.implies and p.range and set(p.forms) >= LANGUAGES]
    assert len(telling) >= 400


def test_what_positions_imply_may_hold_of_their_range() -> None:
    idle = [
        (position.name, kind)
        for position in vocabulary.positions.values()
        for kind in position.range
        if not any(vocabulary.admits(vocabulary.relations[i], KG + "Person", kind) for i in position.implies)
    ]
    assert idle == []


HELD = (
    "spokespersonOf",
    "leaderOf",
    "headOfStateOf",
    "headOfGovernmentOf",
    "ministerOf",
    "representativeOf",
    "successorOf",
)


@pytest.mark.parametrize("name", HELD)
def test_offices_have_fifteen_cues_in_each_language(name: str) -> None:
    relation = vocabulary.relations[KG + name]
    counts = Counter(cue.language for cues in relation.cues.values() for cue in cues)
    assert min(counts[language] for language in LANGUAGES) >= 15


def test_a_form_names_one_position() -> None:
    counts = Counter((f, lang) for p in vocabulary.positions.values() for lang, forms in p.forms.items() for f in forms)
    assert [form for form, count in counts.items() if count > 1] == []


def test_forms_are_in_lower_case() -> None:
    forms = {form for p in vocabulary.positions.values() for some in p.forms.values() for form in some}
    assert {form for form in forms if form != form.lower()} == set()


def test_the_thing_held_decides_what_a_title_implies() -> None:
    position = next(p for p in vocabulary.positions.values() if p.name == "president")
    first = {kind: _first(position.implies, KG + kind) for kind in ("Country", "Company", "Person")}
    assert first == {"Country": KG + "headOfStateOf", "Company": KG + "leaderOf", "Person": None}


def _first(implies: tuple[str, ...], held: str) -> str | None:
    fitting = (i for i in implies if vocabulary.admits(vocabulary.relations[i], KG + "Person", held))
    return next(fitting, None)


@pytest.mark.parametrize("name", ["vice-president", "deputy-director", "expert", "lawyer", "witness"])
def test_deputies_and_experts_lead_nothing(name: str) -> None:
    position = next(p for p in vocabulary.positions.values() if p.name == name)
    assert KG + "leaderOf" not in position.implies


# Files


def test_files_are_turtle_without_blank_nodes() -> None:
    for path in FILES:
        quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        assert not any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad.subject, quad.object)), path


def test_samples_are_whole_articles() -> None:
    folder = resources.root() / "samples"
    lines = (line for path in folder.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines())
    rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows] + [path.read_text(encoding="utf-8") for path in folder.glob("*.txt")]
    assert Counter(row["language"] for row in rows) == {"fr": 5, "en": 3}
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(120 <= len(text.split()) <= 250 for text in texts)


# What is wrong is said


def test_broken_turtle_names_file_and_line(load: Callable[[str], ontology.Ontology]) -> None:
    with pytest.raises(DataError, match=r"words\.ttl:6: not Turtle"):
        load("\nkg:SpeechVerb a kg:WordClass kg:word .\n")


OWNS = " kg:owns a kg:Relation ; schema:domainIncludes kg:Person ; schema:rangeIncludes kg:Person ; "


def test_a_relation_without_a_range_is_an_error(load: Callable[[str], ontology.Ontology]) -> None:
    with pytest.raises(DataError, match=r"#owns>: a relation needs at least one <https://schema.org/rangeIncludes>"):
        load("kg:owns a kg:Relation ; schema:domainIncludes kg:Person ; schema:rangeInclude kg:Person .")


def test_a_relation_is_of_the_kinds_that_it_names_and_of_those_of_wider_ones(
    load: Callable[[str], ontology.Ontology],
) -> None:
    ends = "schema:domainIncludes kg:Person ; schema:rangeIncludes kg:Person"
    loaded = load(f"""kg:Ownership a owl:Class ; rdfs:subClassOf kg:Relation .
        kg:owns a kg:Relation, kg:Ownership ; {ends} . kg:knows a kg:Relation ; {ends} .
        kg:ownsAll a kg:Relation ; rdfs:subPropertyOf kg:owns ; {ends} .""")
    assert loaded.of_kind(KG + "Ownership") == [KG + "owns", KG + "ownsAll"]


def test_what_may_not_be_said_of_a_relation_is_an_error(load: Callable[[str], ontology.Ontology]) -> None:
    with pytest.raises(DataError, match=r"#owns>: <.*#nown> means nothing here"):
        load(OWNS + 'kg:nown "propriétaire"@fr .')


def test_a_cue_without_language_names_relation_and_cue(load: Callable[[str], ontology.Ontology]) -> None:
    with pytest.raises(DataError, match=r"words\.ttl: <.*#owns>: the cue 'posséder'@\? needs a word and a language"):
        load(OWNS + 'kg:verb "posséder" .')


def test_a_cue_of_a_reflexive_alone_is_an_error(load: Callable[[str], ontology.Ontology]) -> None:
    words = 'kg:ReflexivePronoun a kg:WordClass ; kg:word "se"@fr .'
    with pytest.raises(DataError, match="the cue 'se'@fr needs a word"):
        load(words + OWNS + 'kg:verb "se"@fr .')


def test_a_head_noun_of_two_classes_is_an_error(load: Callable[[str], ontology.Ontology]) -> None:
    with pytest.raises(DataError, match=r"head noun 'banque'@fr is already that of .*#Bench"):
        load('kg:Bench a owl:Class ; kg:headNoun "banque"@fr . kg:Firm a owl:Class ; kg:headNoun "banque"@fr .')


def test_a_small_vocabulary_loads(load: Callable[[str], ontology.Ontology]) -> None:
    loaded = load(OWNS + 'rdfs:label "owns"@en ; kg:verb "own"@en .')
    assert loaded.relations[KG + "owns"].cues == {"verb": (Cue("own", "en", ("own",)),)}


def test_data_without_queries_are_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DATA", str(tmp_path))
    resources.root.cache_clear()
    with pytest.raises(DataError, match="set KG_DATA"):
        resources.root()
    monkeypatch.undo()
    resources.root.cache_clear()


def test_words_without_a_language_are_of_all() -> None:
    assert all("nathalie" in vocabulary.words("FeminineFirstName", language) for language in ("fr", "en", "eo"))
