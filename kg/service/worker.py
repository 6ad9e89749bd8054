"""A source and pieces of work in, their bytes out: what runs in a process of its own, one work at a time.

Works come as frames over a socket, answers go back as frames: a letter, a length, bytes. A worker ends by itself when
the server does.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from kg.errors import KGError, ServiceError
from kg.graph import nesting
from kg.graph.answer import Answer

HEAD = struct.Struct("!cI")
READY, PART, LAST, FAILED, LEAVING = b"r", b"p", b"l", b"f", b"x"
CHUNK = 2**16
_STACK = 2**28  # bytes of address space: Oxigraph goes as deep as a query does, and is killed where the stack ends
_NICE = 1  # how much less of the processor work gets than the server, and than a worker that is on its way
_GROWN = 2**28  # bytes that a worker may have taken for its work, for it may never give them back


class Source(Protocol):
    """What can be asked: a `Store`, a `Dataset`."""

    def query(
        self, text: str, *, default_graph: Sequence[str], named_graphs: Sequence[str], base: str | None
    ) -> Answer:
        """The answer to a query, of these graphs where any is given. Raises `QueryError`."""
        ...


class Work(Protocol):
    """What a worker can do with its source: a value that can be pickled.

    A `KGError` that it raises is raised again in the server, as long as nothing of its answer has been sent.
    """

    def __call__(self, source: Any, file: IO[bytes]) -> None:
        """Do it and write the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A query whose answer is wanted in a format of `Answer.write`."""

    query: str
    format: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None  # of relative IRIs

    def __call__(self, source: Source, file: IO[bytes]) -> None:
        """Raises `QueryError`."""
        nesting.refuse(self.query)
        graphs = {"default_graph": self.default_graphs, "named_graphs": self.named_graphs}
        answer = source.query(self.query, **graphs, base=self.base)
        answer.write(file, self.format)


def work(channel: socket.socket, server: socket.socket, opening: Callable[[], Any], memory: int) -> None:
    """Do what comes over the channel until the server is gone; never returns. `memory` in bytes."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_DATA, memory + _STACK)
    with suppress(OSError):  # where the whole machine runs out of memory, Linux is to take a worker and not the server
        Path("/proc/self/oom_score_adj").write_text("1000")
    threading.stack_size(_STACK)
    threading.Thread(target=_work, args=(channel, opening), daemon=True).start()
    watch = select.poll()
    watch.register(server, 0)  # told of its end alone, which comes while Oxigraph computes, too
    watch.poll()
    os._exit(0)


def _limit(resource_: int, most: int) -> None:
    hard = resource.getrlimit(resource_)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource_, (most, most))


def _work(channel: socket.socket, opening: Callable[[], Any]) -> None:
    try:
        _serve(channel, opening)
    except ConnectionError:  # the server waits no more
        pass
    except KGError as error:
        _send(channel, FAILED, pickle.dumps(error))
    except BaseException:
        traceback.print_exc()
    finally:  # or else the process would stay, with nobody in it who works
        os._exit(1)


def _serve(channel: socket.socket, opening: Callable[[], Any]) -> None:
    source = opening()
    os.nice(_NICE)
    _send(channel, READY, struct.pack("!I", os.getpid()))
    most = _taken() + _GROWN
    with channel.makefile("rb") as file:
        while head := file.read(HEAD.size):
            task: Work = pickle.loads(file.read(HEAD.unpack(head)[1]))
            _do(task, source, channel, most)


def _do(task: Work, source: Any, channel: socket.socket, most: int) -> None:
    outbox = _Outbox(channel)
    try:
        task(source, outbox)  # type: ignore[arg-type]
    except KGError as error:
        _send(channel, FAILED, pickle.dumps(error))
    except (MemoryError, ConnectionError):  # too much for this worker, or nobody there to tell
        os._exit(1)
    except Exception:
        traceback.print_exc()
        _send(channel, FAILED, pickle.dumps(ServiceError("the server failed on this request; its log says why")))
    else:
        outbox.end(LEAVING if _taken() > most else LAST)


def _taken() -> int:
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken if sys.platform == "darwin" else taken * 1024


def _send(channel: socket.socket, kind: bytes, data: bytes) -> None:
    channel.sendall(HEAD.pack(kind, len(data)) + data)


class _Outbox:
    """A file whose bytes go over the channel, in parts of a size worth sending."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        if len(self._waiting) >= CHUNK:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        pass

    def end(self, kind: bytes) -> None:
        _send(self._channel, kind, bytes(self._waiting))

    def _pass_on(self) -> None:
        for start in range(0, len(self._waiting), CHUNK):
            _send(self._channel, PART, bytes(self._waiting[start : start + CHUNK]))
        self._waiting.clear()
