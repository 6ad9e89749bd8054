from __future__ import annotations

import pytest

from kg.errors import Reason, SourceError
from kg.read import markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un <b>mot</b>s cou<i>pé</i>.</p><p>Un autre.</p>", "Un mots coupé.\n\nUn autre."),
        ("Une ligne<br>une autre<br/><br/>un paragraphe", "Une ligne\nune autre\n\nun paragraphe"),
        ("  Espaces\n\t réduits  ", "Espaces réduits"),
        ("a < b & c &eacute;", "a < b & c é"),
        ("Avant<script>x()</script> après<style>y</style><!-- non -->", "Avant après"),
        ("<figure><img><figcaption>Photo</figcaption></figure>Texte", "Texte"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<ul><li>un<li>deux</ul>", "un\n\ndeux"),
        ("<pre>un\n  deux</pre>", "un\ndeux"),
        ("<p>&nbsp;</p><p> </p>", ""),
        ("", ""),
    ],
)
def test_paragraphs_and_lines(html: str, text: str) -> None:
    assert markup.html(html) == text


def test_deep_nesting_is_one_error() -> None:
    with pytest.raises(SourceError) as caught:
        markup.html("<div>" * 10_000 + "perdu")
    assert caught.value.reason == Reason.BOMB


def test_open_tags_without_number_are_read() -> None:
    assert markup.html("<p>x<b>" * 10_000).count("x") == 10_000


def test_half_a_character_is_an_error() -> None:
    with pytest.raises(SourceError) as caught:
        markup.html("a\ud800")
    assert caught.value.reason == Reason.ENCODING


def test_a_headline_is_one_line() -> None:
    assert markup.line("Grève :\n <b>l’accord</b> &amp; la suite") == "Grève : l’accord & la suite"
    assert markup.line("1 < 2") == "1 < 2"
