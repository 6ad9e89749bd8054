"""A reader without a model, which does to its process what a text says, here and in the processes that read."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

from kg.errors import DataError
from kg.model import Article, Reading
from kg.pipeline import shard
from kg.pipeline.engines import reader

NOBODY = SimpleNamespace(load=lambda: None, resolve=lambda reading, known: {}, publisher=lambda article, known: None)
_CODE = reader._CODE.replace("from kg", "import reading_as_told as told; told.install(); from kg", 1)


def install() -> None:
    """Have this process, and those that it starts, read so."""
    shard.text.read = read
    shard.gazetteer = shard.link = NOBODY  # type: ignore[assignment]
    reader._CODE = _CODE


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    for article in articles:
        match article.text.split():
            case ["die", number]:
                os.kill(os.getpid(), int(number))
            case ["die", "once", path] if not Path(path).exists():
                Path(path).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            case ["exit"]:
                os._exit(3)
            case ["break"]:
                raise ZeroDivisionError("by zero")
            case ["malformed"]:
                raise DataError("ontology/kg.ttl:7: not Turtle")
            case ["sleep", seconds]:
                time.sleep(float(seconds))
            case ["until", path]:
                while not Path(path).exists():
                    time.sleep(0.01)
            case ["spin", seconds]:
                end = time.process_time() + float(seconds)
                while time.process_time() < end:
                    pass
            case ["block", path, _]:  # the timer, as code that is no Python does
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
                note(path)
                time.sleep(600)
            case ["hold", path, _]:  # all threads, as code does that does not give Python's lock back
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
                note(path)
                ctypes.PyDLL(None).sleep(600)
            case ["grow", size]:
                grow(int(size))
        yield Reading(article)


def note(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("x")


def grow(size: int) -> None:
    kept = []
    while len(kept) < size:
        kept.append(b"x" * 10_000_000)
        time.sleep(0.002)
