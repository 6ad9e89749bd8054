"""kg.text.context: the mentions of an article by span and by token, on parses written by hand."""

from __future__ import annotations

import pytest
from parses import annotated, context, parsed, texts, word

from kg.model import KG, Mention, MentionType, Span
from kg.text.context import Context
from kg.text.mentions import span_of
from kg.text.tokens import Tokens


def named(found: Context, tokens: Tokens, **more: object) -> Mention:
    mention = Mention(span_of(tokens), MentionType.NAME, KG + "Company", **more)  # type: ignore[arg-type]
    return found.mentions.add(tokens, mention)


@pytest.fixture
def led() -> Context:
    return context(parsed("La coalition dirigée par Washington combat Daech."), "fr")


def test_a_mention_stands_at_every_token_it_covers(led: Context) -> None:
    mention = named(led, led.doc[1:5])
    assert {led.mentions.at(token) for token in led.doc[1:5]} == {mention}
    assert led.mentions.at(led.doc[0]) is None


def test_the_mention_that_a_token_heads_goes_first(led: Context) -> None:
    headed, shorter = named(led, led.doc[2:5]), named(led, led.doc[1:3])
    assert (led.mentions.at(led.doc[1]), led.mentions.at(led.doc[2])) == (shorter, headed)


def test_a_span_has_one_mention(led: Context) -> None:
    first = named(led, led.doc[4:5], entry="washington")
    assert named(led, led.doc[4:5]) is first
    assert list(led.mentions) == [first]


def test_tokens_are_free_until_a_mention_holds_one(led: Context) -> None:
    named(led, led.doc[4:5])
    assert led.mentions.free(led.doc[0:4]) and not led.mentions.free(led.doc[3:6])


def test_a_mention_is_replaced_everywhere(led: Context) -> None:
    named(led, led.doc[4:5])
    other = Mention(span_of(led.doc[4:5]), MentionType.METONYM, KG + "Country", entry="united-states")
    led.mentions.replace(other)
    assert (led.mentions.at(led.doc[4]), list(led.mentions)) == (other, [other])


def test_mentions_of_the_same_noun_come_last_first() -> None:
    words = ["pays", "pays", "Nordex", "pays", "pays"]
    found = context(annotated(words=words, lemmas=words), "fr")
    first, second, _, again, _ = (named(found, found.doc[i : i + 1]) for i in range(5))
    assert list(found.mentions.alike(found.doc[3])) == [second, first]
    assert list(found.mentions.alike(found.doc[4])) == [again, second, first]


def test_quotes_at_a_span_share_words_with_it() -> None:
    found = context(annotated(words=["Il", "dit", "«", "Bonjour", "»", "et", "«", "Bonsoir", "»", "."]), "fr")
    first, second = found.quotes
    assert found.quotes_at(Span(first.end - 1, second.start + 1)) == [first, second]
    assert found.quotes_at(Span(first.end, second.start)) == []
    assert (found.quote_of(second), found.quote_of(Span(0, second.end))) == (second, None)


def test_what_stands_for_another_has_its_identity(led: Context) -> None:
    name = named(led, led.doc[6:7], entry="islamic-state")
    other = named(led, led.doc[4:5], antecedent=name.span)
    assert led.identity(other) == led.identity(name) == "islamic-state"


def test_a_relative_pronoun_is_referred_to_its_noun() -> None:
    found = context(parsed("Le groupe qui dirige Lampiris attaque Nordex."), "fr")
    mention = named(found, found.doc[1:2])
    assert found.referent(word(found.doc, "qui")) == mention


def test_coordinated_nouns_are_referred_to_together() -> None:
    found = context(parsed("Vallorbe et Nordex rachètent Lampiris et vendent."), "fr")
    both = [named(found, found.doc[0:1]), named(found, found.doc[2:3])]
    assert found.referents(found.doc[0]) == both


@pytest.mark.parametrize(
    ("language", "text", "noun"),
    [
        ("fr", "Vallorbe, président de Lampiris, parle.", "président"),
        ("en", "Vallorbe is the president of Lampiris.", "president"),
    ],
)
def test_whose_a_noun_is(language: str, text: str, noun: str) -> None:
    found = context(parsed(text, language), language)
    name = word(found.doc, "Lampiris")
    owner = named(found, found.doc[name.i : name.i + 1])
    assert found.owners(word(found.doc, noun)) == [owner]


def test_the_words_of_a_span(led: Context) -> None:
    assert texts(list(led.tokens(Span(3, 12)))) == ["coalition"]
    with pytest.raises(ValueError, match="outside the article"):
        led.tokens(Span(900, 901))
