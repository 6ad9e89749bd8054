"""kg.text.speech: who says what, by which words, directly or not."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest
from told import Told, tell

pytestmark = pytest.mark.model


def quotations(told: Told) -> list[tuple[str, str, str, bool]]:
    words = told.reading.article.words
    return [(told.id(q.speaker), words(q.cue), words(q.content), q.direct) for q in told.reading.quotations]


@pytest.mark.parametrize(
    ("text", "cue", "content", "direct"),
    [
        ("Sean Parnell a déclaré que l'Irak attendait.", "a déclaré", "l'Irak attendait", False),
        ("« Nous partons », a dit Sean Parnell.", "a dit", "Nous partons", True),
        ("« Nous partons », a dit mardi Sean Parnell.", "a dit", "Nous partons", True),
        ("Sean Parnell a déclaré : « Nous partons. C'est fini. »", "a déclaré", "Nous partons. C'est fini", True),
        ("L'Irak attend, a dit Sean Parnell.", "a dit", "L'Irak attend", False),
        ("L'Irak attend, indique un communiqué de Sean Parnell.", "indique", "L'Irak attend", False),
        ("Selon Sean Parnell, l'Irak attend.", "Selon", "l'Irak attend", False),
        ("L'Irak attend, selon Sean Parnell.", "selon", "L'Irak attend", False),
        ("D'après Sean Parnell, l'Irak attend.", "D'après", "l'Irak attend", False),
    ],
)
def test_french(text: str, cue: str, content: str, direct: bool) -> None:
    assert quotations(tell(text)) == [("sean-parnell", cue, content, direct)]


@pytest.mark.parametrize(
    ("text", "cue", "content", "direct"),
    [
        ("Sean Parnell said that Iraq was waiting.", "said", "Iraq was waiting", False),
        ("“We are leaving,” said Sean Parnell.", "said", "We are leaving", True),
        ("Sean Parnell said: “We are leaving.”", "said", "We are leaving", True),
        ("According to Sean Parnell, Iraq is waiting.", "According to", "Iraq is waiting", False),
        ("Iraq is waiting, according to Sean Parnell.", "according to", "Iraq is waiting", False),
    ],
)
def test_english(text: str, cue: str, content: str, direct: bool) -> None:
    assert quotations(tell(text, "en")) == [("sean-parnell", cue, content, direct)]


@pytest.mark.parametrize(
    "text",
    [
        "Donald Tusk est à Paris. « Nous ne céderons pas », a assuré M. Tusk sur X.",
        "Donald Tusk est à Paris. « Nous ne céderons pas », a-t-il confié au Parisien.",
    ],
)
def test_a_title_or_a_pronoun_after_its_verb(text: str) -> None:
    assert [quotation[0] for quotation in quotations(tell(text))] == ["donald-tusk"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Salah ben Youssef a été arrêté samedi, selon son avocate, Leïla Trabelsi.", "fr"),
        ("Salah ben Youssef was arrested on Saturday, according to his lawyer, Leila Trabelsi.", "en"),
    ],
)
def test_whose_lawyer_speaks_is_no_speaker(text: str, language: str) -> None:
    assert [quotation[0] for quotation in quotations(tell(text, language))] != ["salah-ben-youssef"]
    assert len(quotations(tell(text, language))) == 1


def lines(text: str, language: str = "fr") -> list[str]:
    """The quotations in a text as "speaker | cue | content"."""
    return [f"{speaker} | {cue} | {content}" for speaker, cue, content, _ in quotations(tell(text, language))]


DURAND, PARNELL = "paul-durand", "sean-parnell"


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        # clauses, infinitives, verbs of several words, passives
        ("Paul Durand dit vouloir partir.", "dit", "vouloir partir"),
        ("Paul Durand affirme avoir vu la guerre.", "affirme", "avoir vu la guerre"),
        ("Paul Durand accuse la France de mentir.", "accuse", "mentir"),
        ("Paul Durand, qui a déclaré que la France partirait, est à Paris.", "a déclaré", "la France partirait"),
        ("Paul Durand a fait savoir que la guerre était finie.", "fait savoir", "la guerre était finie"),
        ("Il a été annoncé par Paul Durand que la guerre était finie.", "a été annoncé", "la guerre était finie"),
        ("Paul Durand précise rapidement que la guerre est finie.", "précise", "la guerre est finie"),
        # words before and around the verb
        ("« J'ai faim », sourit Paul Durand.", "sourit", "J'ai faim"),
        ("La guerre est finie, indique un communiqué publié par Paul Durand.", "indique", "La guerre est finie"),
        (
            "La guerre, a dit Paul Durand, est finie depuis longtemps.",
            "a dit",
            "La guerre, a dit Paul Durand, est finie depuis longtemps",
        ),
        (
            "« La guerre », explique Paul Durand, « est finie depuis que la France est partie. »",
            "explique",
            "est finie depuis que la France est partie",
        ),
        ('La guerre était finie" commentait Paul Durand.', "commentait", "La guerre était finie"),
        ("— Je pars demain, dit Paul Durand.", "dit", "Je pars demain"),
        # judged by
        ("Paul Durand a jugé la situation « intenable ».", "a jugé", "intenable"),
        ("Paul Durand a salué « une avancée historique ».", "a salué", "une avancée historique"),
        ("Paul Durand a mis en garde contre « une guerre totale ».", "a mis en garde", "une guerre totale"),
        ("Paul Durand s'est dit « attristé et choqué ».", "est dit", "attristé et choqué"),
        # words of attribution
        ("Pour Paul Durand, « la guerre est finie ».", "Pour", "la guerre est finie"),
        ("De l'avis de Paul Durand, la guerre est finie.", "De l'avis de", "la guerre est finie"),
        ("Aux yeux de Paul Durand, la guerre est finie.", "Aux yeux de", "la guerre est finie"),
        (
            "La guerre est, selon Paul Durand, finie depuis longtemps.",
            "selon",
            "La guerre est, selon Paul Durand, finie depuis longtemps",
        ),
        ("La guerre (selon Paul Durand) est finie.", "selon", "La guerre (selon Paul Durand) est finie"),
        # quotes alone
        ("Paul Durand : « La guerre est finie. »", ":", "La guerre est finie"),
        ("Paul Durand a rendu hommage à la France : « Elle a fini la guerre. »", "a rendu", "Elle a fini la guerre"),
        ("Paul Durand est à Paris.\n« La guerre est finie. »\n— Paul Durand", "—", "La guerre est finie"),
        ("Paul Durand a répondu aux critiques. « La guerre est finie. »", "a répondu", "La guerre est finie"),
        ("Paul Durand a déclaré : “La guerre est finie.”", "a déclaré", "La guerre est finie"),
        ('Paul Durand a déclaré : "La guerre est finie."', "a déclaré", "La guerre est finie"),
        ("Paul Durand a déclaré : ‹ La guerre est finie. ›", "a déclaré", "La guerre est finie"),
    ],
)
def test_french_constructions(text: str, cue: str, content: str) -> None:
    assert lines(text) == [f"{DURAND} | {cue} | {content}"]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Sean Parnell said Iraq was waiting.", "said", "Iraq was waiting"),
        ("Sean Parnell told Reuters that Iraq was waiting.", "told", "Iraq was waiting"),
        ("Sean Parnell pointed out that Iraq was waiting.", "pointed out", "Iraq was waiting"),
        ("Sean Parnell claimed to have won the vote.", "claimed", "have won the vote"),
        ("Sean Parnell accused Iraq of lying.", "accused", "lying"),
        ("Sean Parnell, who said that Iraq was waiting, is in Paris.", "said", "Iraq was waiting"),
        ("It was announced by Sean Parnell that Iraq was waiting.", "was announced", "Iraq was waiting"),
        ("Sean Parnell was quoted as saying that Iraq was waiting.", "saying", "Iraq was waiting"),
        ("In a statement, Sean Parnell said Iraq was waiting.", "said", "Iraq was waiting"),
        ("“We are leaving,” Sean Parnell said.", "said", "We are leaving"),
        ("“We are leaving,” Sean Parnell told reporters on Monday.", "told", "We are leaving"),
        ('"We are leaving," said Sean Parnell, a spokesman.', "said", "We are leaving"),
        ("“I am hungry,” smiled Sean Parnell.", "smiled", "I am hungry"),
        ("Sean Parnell is here. “No,” he said.", "said", "No"),
        ("Iraq is waiting, Sean Parnell said in a statement.", "said", "Iraq is waiting"),
        ("Iraq is waiting, said a statement released by Sean Parnell.", "said", "Iraq is waiting"),
        (
            "Iraq, Sean Parnell said, is waiting for help.",
            "said",
            "Iraq, Sean Parnell said, is waiting for help",
        ),
        (
            "“Iraq,” Sean Parnell said, “is waiting for help from its allies.”",
            "said",
            "is waiting for help from its allies",
        ),
        ("Sean Parnell tweeted: “We are leaving tomorrow.”", "tweeted", "We are leaving tomorrow"),
        ("Sean Parnell said: “We are leaving. It is over.”", "said", "We are leaving. It is over"),
        ("Sean Parnell: “We are leaving tomorrow.”", ":", "We are leaving tomorrow"),
        ("Sean Parnell rejected the criticism. “We did what we could.”", "rejected", "We did what we could"),
        ("Sean Parnell called the attack “a disgrace”.", "called", "a disgrace"),
        ("Sean Parnell hailed “a historic step”.", "hailed", "a historic step"),
        ("Sean Parnell described the situation as “very serious”.", "described", "very serious"),
        ("Sean Parnell warned of “a total war”.", "warned", "a total war"),
        ("For Sean Parnell, “the war is over.”", "For", "the war is over"),
        ("In the view of Sean Parnell, Iraq is waiting.", "In the view of", "Iraq is waiting"),
        (
            "Iraq, according to Sean Parnell, is waiting for help.",
            "according to",
            "Iraq, according to Sean Parnell, is waiting for help",
        ),
        ("Sean Parnell is in Paris. He said that Iraq was waiting.", "said", "Iraq was waiting"),
    ],
)
def test_english_constructions(text: str, cue: str, content: str) -> None:
    assert lines(text, "en") == [f"{PARNELL} | {cue} | {content}"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "« Nous partons », a dit Paul Durand. « Nous reviendrons demain matin. »",
            ["paul-durand | a dit | Nous partons", "paul-durand | a dit | Nous reviendrons demain matin"],
        ),
        (
            "en",
            "“Iraq is waiting,” Sean Parnell said. “We will help them soon.”",
            ["sean-parnell | said | Iraq is waiting", "sean-parnell | said | We will help them soon"],
        ),
        (
            "fr",
            "Paul Durand a dit que la guerre était finie, ajoutant que la France partirait.",
            ["paul-durand | a dit | la guerre était finie", "paul-durand | ajoutant | la France partirait"],
        ),
        (
            "en",
            "Sean Parnell said Iraq was waiting, adding that France would help.",
            ["sean-parnell | said | Iraq was waiting", "sean-parnell | adding | France would help"],
        ),
        (
            "fr",
            "Paul Durand a déclaré : « Nous partons.\nLa guerre est finie. »",
            ["paul-durand | a déclaré | Nous partons.\nLa guerre est finie"],
        ),
    ],
)
def test_what_goes_on(language: str, text: str, expected: list[str]) -> None:
    assert lines(text, language) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Le meurtrier a été arrêté, a-t-on appris de source policière.", "source-*"),
        ("Le meurtrier a été arrêté, a-t-on appris auprès de la préfecture.", "prefecture-*"),
        ("Le manque est constant, peut-on lire dans le communiqué de Turkey Blocks.", "turkey-blocks"),
        ("Selon la même source, trois hommes ont été tués.", "*source-*"),
        ("Le ministre a déclaré que trois hommes avaient été tués.", "ministre-*"),
        ("Un rapport indique que trois hommes ont été tués.", "rapport-*"),
        ("Il a précisé que trois hommes avaient été tués.", "il-*"),
        ("Je regrette que trois hommes aient été tués.", "je-*"),
        ("La police est formelle : « L'homme était seul au moment des faits. »", "police-*"),
    ],
)
def test_who_speaks_without_a_name(text: str, speaker: str) -> None:
    ((found, *_),) = quotations(tell(text))
    assert fnmatch(found, speaker)


def test_whoever_writes_is_one_and_the_same() -> None:
    told = tell("J'estime que la France partira. Je crains que la guerre ne dure.")
    assert len({told.id(q.speaker) for q in told.reading.quotations}) == 1


def test_words_that_nobody_is_named_for_are_not_the_articles() -> None:
    told = tell("Il a été annoncé que la Chine soutient la Russie.")
    (quotation,) = told.reading.quotations
    assert quotation.speaker is None
    assert {event.attributed_to for event in told.reading.events} == {quotation.content}
    assert set(told.reading.reported(quotation))


@pytest.mark.parametrize(
    "text",
    [
        "Rien n'indique que la guerre soit finie.",
        "Les prix varient selon les cas.",
        "Paul Durand se trouve dans le « triangle noir ».",
        "Paul Durand a décidé de quitter la France.",
        "Paul Durand a lu « Guerre et Paix ».",
    ],
)
def test_what_is_no_speech_in_french(text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sean Parnell did not say that Iraq was waiting.",
        "Nothing suggests that Iraq is waiting.",
        "The plan went ahead according to schedule.",
        "Sean Parnell read “War and Peace”.",
        "Sean Parnell wants to leave Iraq.",
        "Sean Parnell decided to leave Iraq.",
    ],
)
def test_what_is_no_speech_in_english(text: str) -> None:
    assert lines(text, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Sean Parnell n'a pas dit que l'Irak attendait.",
        "Sean Parnell a menacé de partir.",
        "Sean Parnell a dit adieu.",
        "Sean Parnell a visité le musée « Louvre » à Paris.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    assert quotations(tell(text)) == []


def test_sources_without_a_name_are_sources() -> None:
    (found,) = quotations(tell("Des témoins ont dit que la police tirait."))
    assert found[0].startswith("temoins-") and found[2] == "la police tirait"


def test_what_is_said_is_attributed_and_not_the_articles() -> None:
    told = tell("Selon Sean Parnell, la Chine soutient la Russie.")
    assert told.statements() == ["china supports russia by sean-parnell"]
    assert {told.id(event.attributed_to) for event in told.reading.events} == {"sean-parnell"}


def test_who_is_named_in_passing_is_the_articles_own_word() -> None:
    text = "« Nous partons », a dit Sean Parnell, porte-parole du Pentagone."
    assert tell(text).statements() == ["sean-parnell spokespersonOf pentagon"]


def test_a_quotation_reports_what_stands_in_it() -> None:
    reading = tell("La France est membre de l'OTAN. Selon Sean Parnell, la Chine soutient la Russie.").reading
    (quotation,) = reading.quotations
    assert {told.attributed_to for told in reading.reported(quotation)} == {quotation.speaker}


def test_evidence_covers_content_and_cue_and_stands_in_the_text() -> None:
    reading = tell("« Nous partons », a dit Sean Parnell.").reading
    (quotation,) = reading.quotations
    assert quotation.content in quotation.evidence.span and quotation.cue in quotation.evidence.span
