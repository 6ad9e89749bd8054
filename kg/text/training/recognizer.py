"""Articles with their names marked in, the French model's recogniser taught by them out.

It goes on from the recogniser that came with the model, which has read Wikipedia: what it knows of names it keeps, what
it learns is which of them news mark, and how far.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed

from kg.text.pipes.tuning import RECOGNIZER
from kg.text.training.corpus import parts

EPOCHS = 7
_SENTENCES = (1, 2, 4, 8)  # so many an example: names stand in headlines by themselves and in long paragraphs
_BATCH = 12
_DROPOUT = 0.2
_FIRST_RATE, _LAST_RATE = 1e-3, 2e-4


def train(nlp: Pipeline, docs: Sequence[Doc], *, epochs: int = EPOCHS, seed: int = 5) -> Iterator[str]:
    """Teach a pipeline's recogniser the entities of some docs, and say how it goes, a line an epoch.

    The same docs and the same seed give the same weights on the same machine.
    """
    fix_random_seed(seed)
    shuffled = random.Random(seed)
    runs = ((doc, shuffled.choice(_SENTENCES)) for doc in docs)
    examples = [_example(part.as_doc()) for doc, sentences in runs for part in parts(doc, sentences)]
    optimizer = Adam(_FIRST_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    for epoch in range(epochs):
        optimizer.learn_rate = _FIRST_RATE + (_LAST_RATE - _FIRST_RATE) * epoch / max(epochs - 1, 1)
        shuffled.shuffle(examples)
        losses: dict[str, float] = {}
        with nlp.select_pipes(enable=RECOGNIZER):
            for first in range(0, len(examples), _BATCH):
                nlp.update(examples[first : first + _BATCH], sgd=optimizer, drop=_DROPOUT, losses=losses)
        yield f"epoch {epoch + 1} of {epochs}: loss {losses[RECOGNIZER]:.0f}"
    _average(nlp, optimizer)


def _example(gold: Doc) -> Example:
    plain = gold.copy()
    plain.set_ents([], default="missing")  # "outside" would be a finding
    return Example(plain, gold)


def _average(nlp: Pipeline, optimizer: Optimizer) -> None:
    """Take the mean of the weights along the way for the last ones, which are less steady."""
    model = nlp.get_pipe(RECOGNIZER).model  # type: ignore[attr-defined]
    with model.use_params(optimizer.averages):
        weights = model.to_bytes()
    model.from_bytes(weights)
