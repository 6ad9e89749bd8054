"""kg.link: mentions written by hand, and which of them are one entity."""

from __future__ import annotations

import pytest

from kg.gazetteer import Entry, Gazetteer
from kg.link import resolve
from kg.model import KG, Article, Entity, Mention, MentionType, Reading, Span

PERSON, PLACE, ORGANIZATION = KG + "Person", KG + "Place", KG + "Organization"
COUNTRY, COALITION, GOVERNMENT = KG + "Country", KG + "Coalition", KG + "Government"


def entry(id: str, kind: str, name: str, **more: object) -> Entry:
    return Entry(id, frozenset({kind}), {"fr": name}, frozenset({(name, "fr")}), **more)  # type: ignore[arg-type]


GAZETTEER = Gazetteer(
    [
        entry("iraq", COUNTRY, "Irak", same_as=frozenset({"http://www.wikidata.org/entity/Q796"})),
        entry("baghdad", KG + "City", "Bagdad", seat_of="iraq"),
        entry("florence", KG + "City", "Florence"),
        entry("clinton", KG + "City", "Clinton"),
    ]
)


def name(text: str, words: str, kind: str = PERSON, **more: object) -> Mention:
    return _mention(text, words, MentionType.NAME, kind, **more)


def nominal(text: str, words: str, kind: str, **more: object) -> Mention:
    return _mention(text, words, MentionType.NOMINAL, kind, **more)


def pronoun(text: str, words: str, **more: object) -> Mention:
    return _mention(text, words, MentionType.PRONOUN, PERSON, **more)


def _mention(text: str, words: str, type: MentionType, kind: str, **more: object) -> Mention:
    return Mention(at(text, words), type, kind, **more)  # type: ignore[arg-type]


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def entities(text: str, *mentions: Mention, id: str = "a") -> dict[Span, Entity]:
    return resolve(Reading(Article(id, text, "fr"), mentions), GAZETTEER)


def ids(text: str, *mentions: Mention, id: str = "a") -> list[str | None]:
    found = entities(text, *mentions, id=id)
    return [found[mention.span].id if mention.span in found else None for mention in mentions]


def test_a_surname_is_its_bearer() -> None:
    text = "Sean Parnell part. Parnell reste."
    assert (
        ids(text, name(text, "Sean Parnell"), Mention(Span(19, 26), MentionType.NAME, PERSON)) == ["sean-parnell"] * 2
    )


def test_the_order_of_names_does_not_matter() -> None:
    text = "Soudani part. Mohammed al-Soudani reste."
    assert ids(text, name(text, "Soudani"), name(text, "Mohammed al-Soudani")) == ["mohammed-al-soudani"] * 2


def test_a_surname_of_two_is_nobodys() -> None:
    text = "Bush, George W. Bush et Jeb Bush."
    people = [Mention(Span(0, 4), MentionType.NAME, PERSON), name(text, "George W. Bush"), name(text, "Jeb Bush")]
    assert ids(text, *people) == ["bush", "george-w-bush", "jeb-bush"]


def test_only_people_have_surnames() -> None:
    text = "Total, puis Elf Total."
    firms = [Mention(Span(0, 5), MentionType.NAME, ORGANIZATION), name(text, "Elf Total", ORGANIZATION)]
    assert ids(text, *firms) == ["total", "elf-total"]


def test_titles_are_no_part_of_a_name() -> None:
    text = "le général Sean Parnell"
    assert ids(text, name(text, text, name=at(text, "Sean Parnell"))) == ["sean-parnell"]


def test_a_name_of_the_gazetteer_is_its_entry() -> None:
    text = "L'Irak attend."
    found = entities(text, name(text, "Irak", COUNTRY, entry="iraq"))[at(text, "Irak")]
    assert (found.id, found.label, found.kinds) == ("iraq", "Irak", {COUNTRY})
    assert found.same_as == {"http://www.wikidata.org/entity/Q796"}


def test_a_person_who_is_called_as_a_city_is_not_the_city() -> None:
    text = "Florence attend."
    assert ids(text, name(text, "Florence")) == ["florence-person"]
    assert ids(text, name(text, "Florence", KG + "City")) == ["florence"]


def test_a_person_called_as_a_city_is_told_from_it_by_the_full_name() -> None:
    text = "Clinton part. Hillary Clinton reste."
    assert ids(text, name(text, "Clinton"), name(text, "Hillary Clinton")) == ["hillary-clinton"] * 2


def test_a_metonym_is_whom_it_stands_for_and_the_name_stays_a_place() -> None:
    text = "Bagdad annonce. À Bagdad."
    acting = _mention(text, "Bagdad", MentionType.METONYM, COUNTRY, entry="iraq")
    assert ids(text, acting, Mention(Span(18, 24), MentionType.NAME, KG + "City", entry="baghdad")) == [
        "iraq",
        "baghdad",
    ]


def test_what_stands_for_another_shares_its_entity() -> None:
    text = "Sean Parnell, porte-parole. Il part."
    who, office = name(text, "Sean Parnell"), at(text, "porte-parole")
    described = nominal(text, "porte-parole", PERSON, antecedent=who.span)
    assert ids(text, who, described, pronoun(text, "Il", antecedent=office)) == ["sean-parnell"] * 3


def test_a_pronoun_whose_antecedent_is_no_mention_has_no_entity() -> None:
    text = "Il part."
    assert ids(text, pronoun(text, "Il", antecedent=Span(3, 7))) == [None]


def test_a_pronoun_that_stands_for_itself_is_somebody_of_its_article_alone() -> None:
    (il,) = ids("Il part.", pronoun("Il part.", "Il"))
    assert il is not None and il.startswith("il-")


def test_antecedents_in_a_ring_end() -> None:
    text = "Il part, lui."
    one, other = pronoun(text, "Il", antecedent=at(text, "lui")), pronoun(text, "lui", antecedent=at(text, "Il"))
    assert ids(text, one, other) == [None, None]


def test_a_description_known_by_its_country_is_the_same_in_every_article() -> None:
    text = "la coalition irakienne"
    country = nominal(text, "irakienne", COUNTRY, entry="iraq")
    body = nominal(text, "coalition irakienne", COALITION, anchors=(country.span,))
    assert ids(text, body, country) == ids(text, body, country, id="b") == ["coalition-iraq", "iraq"]


def test_a_country_has_one_government_whatever_it_is_called() -> None:
    text = "le gouvernement irakien, les autorités irakiennes"
    first, second = nominal(text, "irakien", COUNTRY, entry="iraq"), nominal(text, "irakiennes", COUNTRY, entry="iraq")
    one = nominal(text, "gouvernement irakien", GOVERNMENT, anchors=(first.span,))
    other = nominal(text, "autorités irakiennes", GOVERNMENT, anchors=(second.span,))
    assert ids(text, one, other, first, second)[:2] == ["iraq-government"] * 2


def test_a_description_that_nothing_anchors_is_its_articles_alone() -> None:
    text = "une coalition"
    (one,), (other,) = (ids(text, nominal(text, "coalition", COALITION), id=id) for id in "ab")
    assert one != other and one is not None and one.startswith("coalition-")


def test_a_description_is_called_by_whose_it_is() -> None:
    text = "la coalition de lutte contre l'Irak"
    country = name(text, "Irak", COUNTRY, entry="iraq")
    body = nominal(text, "coalition", COALITION, anchors=(country.span,))
    assert entities(text, body, country)[body.span].label == "coalition (Irak)"


def test_the_longest_name_is_the_label_and_the_others_are_kept() -> None:
    text = "Sean Parnell part. Parnell reste."
    who = entities(text, name(text, "Sean Parnell"), Mention(Span(19, 26), MentionType.NAME, PERSON))[Span(0, 12)]
    assert (who.label, who.alt_labels) == ("Sean Parnell", {"Parnell"})


@pytest.mark.parametrize("order", [1, -1])
def test_entities_do_not_depend_on_the_order_of_mentions(order: int) -> None:
    text = "Bush, George W. Bush, l'Irak."
    mentions = [
        name(text, "George W. Bush"),
        name(text, "Irak", COUNTRY),
        Mention(Span(0, 4), MentionType.NAME, PERSON),
    ]
    assert sorted({e.id for e in entities(text, *mentions[::order]).values()}) == ["george-w-bush", "iraq"]
