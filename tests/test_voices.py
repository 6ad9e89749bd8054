"""kg.text.voices: whom the first person in quotes stands for."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "« Je pars demain », a déclaré Paul Durand.", ["Je | paul-durand"]),
        ("fr", "« Je quitte ma ville », a déclaré Paul Durand.", ["ma | paul-durand"]),
        ("fr", "« Nous partons demain », a déclaré Airbus.", ["Nous | airbus"]),
        ("fr", "Paul Durand : « J'ai vu le feu. Je suis sorti. »", ["J' | paul-durand", "Je | paul-durand"]),
        ("fr", "Paul Durand : « J'ai vu le feu.\nJe suis sorti. »", ["J' | paul-durand", "Je | paul-durand"]),
        ("fr", "« Non ! », a dit Léa Roux. L'envie naît chez Paul Durand : « Je suis là. »", ["Je | paul-durand"]),
        ("fr", "« Non ! », a dit Léa Roux. « Tout bouge » Paul Durand : « Je suis là. »", ["Je | paul-durand"]),
        ("en", "“I leave tomorrow,” Paul Durand said.", ["I | paul-durand"]),
    ],
)
def test_who_says_i_is_who_is_quoted(language: str, text: str, expected: list[str]) -> None:
    found = tell(text, language).mentions()
    assert [line for line in expected if line not in found] == []


@pytest.mark.parametrize("title", ["", "« On voyait tout » "])
def test_several_say_we_for_themselves(title: str) -> None:
    told = tell(title + "Paul Durand et Anne Martin : « Nous avons vu le feu. »")
    (we,) = (m for m in told.reading.mentions if told.reading.article.words(m.span) == "Nous")
    assert [told.id(span) for span in (we.span, *we.together)] == ["paul-durand", "anne-martin"]


@pytest.mark.parametrize(
    "text", ["« Nous partons », a déclaré Paul Durand.", "Je suis là. Paul Durand attend.", "« Je pars. » Il pleut."]
)
def test_a_first_person_of_nobody_known(text: str) -> None:
    assert not {"Nous", "Je"} & {line.split(" | ")[0] for line in tell(text).mentions()}
