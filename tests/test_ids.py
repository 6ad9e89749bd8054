from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import ids


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.news.example/monde/2025/l-été-à-paris.html", "news.example-monde-2025-l-ete-a-paris-"),
        ("http://news.example:8080/?p=7", "news.example-"),
        ("https://news.example/%C3%A9t%C3%A9/", "news.example-ete-"),
        ("http://[", "http-"),
        ("https://новости.example/../../etc/passwd", "example-etc-passwd-"),
    ],
)
def test_the_id_of_an_address_is_readable(url: str, words: str) -> None:
    id = ids.of_url(url)
    assert id.startswith(words) and len(id) == len(words) + 8


def test_addresses_that_differ_have_other_ids_and_fragments_do_not_count() -> None:
    one, other = "https://news.example/a?id=1", "https://news.example/a?id=2"
    assert ids.of_url(one) != ids.of_url(other)
    assert ids.of_url(one) == ids.of_url(one + "#top")


@given(st.text())
def test_the_id_of_anything_is_safe(text: str) -> None:
    for url in (text, f"https://{text}", f"https://news.example/{text}"):
        id = ids.of_url(url)
        assert 0 < len(id) <= 120 and id.isascii() and not set(id) & set("/\\\0\n :") and ".." not in id
    name = ids.of_name(text)
    assert not set(name) & set("/\\\0\n") and len(name) <= 1000


@given(st.text())
def test_an_id_that_is_given_is_kept(text: str) -> None:
    try:
        assert set(ids.given(text)) <= set(text)
    except SourceError as error:
        assert "no id" in str(error)
