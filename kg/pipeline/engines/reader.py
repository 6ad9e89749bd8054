"""What holds for all shards in, a process that reads them out: the end of the one who hands them over."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection

from kg.errors import KGError, Reason, SourceError
from kg.pipeline.engines.queue import Shard
from kg.pipeline.engines.worker import Setting, Word
from kg.pipeline.limits import too_slow
from kg.pipeline.shard import Result

_CODE = "import sys; sys.path[:] = {path!r}; from kg.pipeline.engines.worker import run; run({fd})"
_GRACE = 30.0  # seconds, in which models are loaded, for one
_FITS = 100_000  # bytes that a socket takes from us though nobody listens: Linux has room for twice as many
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Reader:
    """A process that reads; `shards` are those that it has in hand, the first the one that it reads."""

    def __init__(self, setting: Setting) -> None:
        self.shards: deque[Shard] = deque()
        self.is_ready = False
        self._setting = setting
        self._heard = time.monotonic()
        self._is_slow = False
        self._kept = b""  # the second shard, until the first is done
        ours, theirs = socket.socketpair()
        self.channel = Connection(ours.detach())
        with theirs:
            code = _CODE.format(path=sys.path, fd=theirs.fileno())
            self._process = subprocess.Popen(
                [sys.executable, "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ | _ONE_THREAD,
            )
        self._send(pickle.dumps(setting))

    def give(self, shard: Shard) -> None:
        """Hand a shard over; at once, if that cannot take longer than a moment, whatever the process does."""
        if not self.shards:
            self._heard = time.monotonic()
        self.shards.append(shard)
        data = pickle.dumps(list(shard.articles))
        if len(self.shards) == 1 or len(data) <= _FITS:
            self._send(data)
        else:  # who holds Python's lock as it reads does not listen, and would hold us as well
            self._kept = data

    def _send(self, data: bytes) -> None:
        with suppress(ConnectionError):  # it is dead, which is heard when it is listened to
            self.channel.send_bytes(data)

    def hear(self) -> Result | KGError | Word:
        """What it says. Raises `EOFError` where it is gone."""
        try:
            word: Result | KGError | Word = self.channel.recv()
        except OSError as error:
            raise EOFError from error
        self._heard = time.monotonic()
        if word == Word.READY:
            self.is_ready = True
        elif isinstance(word, Word):
            self.shards.popleft()
            if self._kept and word == Word.DONE:
                self._send(self._kept)
                self._kept = b""
        elif isinstance(word, Result | SourceError):
            self.shards[0].articles.popleft()
        return word

    def end_if_slow(self) -> None:
        """End it where it has said nothing for so long that its own clock must have failed."""
        limits = self._setting.limits
        longest = max((limits.patience(article) for shard in self.shards for article in shard.articles), default=0)
        # an extractor takes the time that it takes
        if self.shards and not self._setting.extractor and time.monotonic() - self._heard > longest + _GRACE:
            self._is_slow = True
            self._process.kill()

    def end(self) -> None:
        """End it, whatever it does."""
        self.channel.close()
        self._process.kill()
        self._process.wait()

    def verdict(self, seconds: float) -> SourceError:
        """Why it died, where that is an article's fault, which had so many `seconds`."""
        code = self._process.wait()
        if self._is_slow:
            return too_slow(seconds)
        if code == -signal.SIGKILL:
            return SourceError(
                "the process that read it was killed, as where memory runs out: cut it in parts", reason=Reason.MEMORY
            )
        how = f"signal {-code}" if code < 0 else f"status {code}"
        return SourceError(f"the process that read it died of it ({how}): please report it", reason=Reason.BROKEN)
