"""Shards in over a socket, what each article became out, as it comes: what runs in a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from kg.errors import KGError, Reason, SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline.limits import Limits, resident
from kg.pipeline.shard import Extractor, results

WORN = 0.8  # of the memory that it may take: what a worker has taken it does not give back


class Word(Enum):
    """What a worker says besides results."""

    READY = "ready"
    DONE = "done"  # with a shard
    LEAVING = "leaving"  # done with a shard, and fit for no other


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all shards."""

    names: Namespaces
    extractor: Extractor | None
    limits: Limits


def run(fd: int) -> None:
    """Read what comes over a socket until its other end is gone; never returns."""
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a terminal sends them to all; the parent says when
        signal.signal(stop, signal.SIG_IGN)
    channel = Connection(fd)
    shards: SimpleQueue[Sequence[Article]] = SimpleQueue()
    setting: Setting = channel.recv()
    Thread(target=_listen, args=(channel, shards), daemon=True).start()
    try:
        channel.send(Word.READY)
        while (word := _read(shards.get(), channel, setting)) == Word.DONE:
            channel.send(word)
        channel.send(word)
        shards.get()  # until the parent closes the channel
    except ConnectionError:  # the parent is gone
        pass
    os._exit(0)


def _listen(channel: Connection, shards: SimpleQueue[Sequence[Article]]) -> None:
    """Take shards while another is read, and end the process with its parent, whatever it does."""
    try:
        while True:
            shards.put(channel.recv())
    finally:
        os._exit(0)


def _read(shard: Sequence[Article], channel: Connection, setting: Setting) -> Word:
    word = Word.DONE
    try:
        for result in results(shard, setting.names, setting.extractor, setting.limits):
            channel.send(result)
            if isinstance(result, SourceError) and result.reason in (Reason.TOO_SLOW, Reason.MEMORY):
                word = Word.LEAVING  # for it was interrupted in the middle of whatever it did
    except KGError as error:
        channel.send(error)
    return Word.LEAVING if resident() > WORN * setting.limits.memory else word
