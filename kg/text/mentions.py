"""The mentions of one article, by span, by token and in their order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Mention, MentionType, Span
from kg.text.tokens import Doc, Token, Tokens


def span_of(tokens: Tokens | Token) -> Span:
    """The code points of a token or of a run of tokens."""
    if isinstance(tokens, Token):
        return tokens.span
    return Span(tokens.start_char, tokens.end_char)


@dataclass
class Mentions:
    """The mentions of one article by span and by token; a span has one mention, the first that was added."""

    doc: Doc
    by_span: dict[Span, Mention] = field(default_factory=dict)
    _by_token: dict[int, list[tuple[bool, Span]]] = field(default_factory=lambda: defaultdict(list))
    _in_order: list[Span] = field(default_factory=list)
    _by_lemma: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))  # of the head

    def add(self, tokens: Tokens, mention: Mention) -> Mention:
        """Add a mention that covers some tokens; where there is one already, that one stays."""
        if mention.span not in self.by_span:
            self.by_span[mention.span] = mention
            insort(self._in_order, mention.span)
            root = tokens.root
            insort(self._by_lemma[root.lemma_], mention.span)
            for token in tokens:
                self._by_token[token.i].append((token == root, mention.span))
        return self.by_span[mention.span]

    def add_pronoun(self, pronoun: Token, taken: Sequence[Mention], confidence: float) -> None:
        """Add a pronoun that stands for some mentions, all together; one that stands for none is no mention."""
        if taken:
            first, *others = taken
            mention = Mention(
                span_of(pronoun),
                MentionType.PRONOUN,
                first.kind,
                antecedent=first.root,
                together=tuple(other.root for other in others),
                confidence=confidence,
            )
            self.add(pronoun.doc[pronoun.i : pronoun.i + 1], mention)

    def replace(self, mention: Mention) -> None:
        """Put a mention in the place of the one with its span."""
        self.by_span[mention.span] = mention

    def at(self, token: Token) -> Mention | None:
        """The mention that a token heads, else the shortest that holds it."""
        entries = self._by_token.get(token.i)
        if not entries:
            return None
        if len(entries) == 1:
            return self.by_span[entries[0][1]]
        return self.by_span[min(entries, key=lambda entry: (not entry[0], entry[1].end - entry[1].start))[1]]

    def free(self, tokens: Tokens) -> bool:
        """Whether no mention holds any of the tokens yet."""
        return not any(self._by_token.get(token.i) for token in tokens)

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin at an offset or after it and end at another or before it, in their order."""
        first, last = bisect_left(self._in_order, Span(start, start)), bisect_left(self._in_order, Span(end, end))
        return [self.by_span[span] for span in self._in_order[first:last] if span.end <= end]

    def alike(self, noun: Token) -> Iterator[Mention]:
        """The mentions before a noun whose heads are forms of the same word, the last first."""
        spans = self._by_lemma.get(noun.lemma_, [])
        earlier = spans[: bisect_left(spans, Span(noun.idx, noun.idx))]
        return (self.by_span[span] for span in reversed(earlier) if span.end <= noun.idx)

    def __iter__(self) -> Iterator[Mention]:
        return iter([self.by_span[span] for span in self._in_order])
