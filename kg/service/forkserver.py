"""How a source is opened in, workers out: a process without threads that forks them, and kills them when told (as the
fork server of multiprocessing, which cannot be asked to kill).

It has the modules loaded that workers need, so that one that died is replaced in milliseconds; it does nothing else,
so that it listens at once; and it alone waits for them, so that no other process is ever killed by a stale number.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kg.service import worker

_ORDER = struct.Struct("!cI")  # what to do, and to which process
_FORK, _KILL, _LOWER = b"f", b"k", b"c"
_STEP = 8  # by which a worker grows nicer: once for its slot, and once more when its query takes long
_CODE = "import sys; sys.path[:] = {path!r}; from kg.service.forkserver import run; run({fd})"


class ForkServer:
    """The process, seen from the server. Methods raise `ConnectionError` or `ChildProcessError` where it is gone."""

    def __init__(self, opening: Callable[[], Any], *, memory: int) -> None:
        self._control, theirs = socket.socketpair()
        code = _CODE.format(path=sys.path, fd=theirs.fileno())
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        told = pickle.dumps((opening, memory))
        self._control.sendall(struct.pack("!I", len(told)) + told)

    def fork(self) -> socket.socket:
        """A new worker: the channel to it. Raises `OSError` where no file can be opened."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._check()
                socket.send_fds(self._control, [_ORDER.pack(_FORK, 0)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def kill(self, pid: int) -> None:
        """End a worker, whatever it does; one that has ended already is none."""
        self._check()
        self._control.sendall(_ORDER.pack(_KILL, pid))

    def lower_priority(self, pid: int) -> None:
        """Let a worker leave more of the processor to others, for good."""
        self._check()
        self._control.sendall(_ORDER.pack(_LOWER, pid))

    def _check(self) -> None:
        # its workers hold its end of the socket, too, which therefore takes orders when it is gone
        if self._process.poll() is not None:
            raise ChildProcessError("the process that starts workers is gone")

    def close(self) -> None:
        """End it and all its workers."""
        self._control.close()
        self._process.wait()


def run(fd: int) -> None:
    """The process itself, until its server is gone; its workers see that by themselves."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # a terminal sends these to all; the server says when it is over
        signal.signal(stop, signal.SIG_IGN)
    control = socket.socket(fileno=fd)
    size = struct.unpack("!I", _exactly(control, 4))[0]
    opening, memory = pickle.loads(_exactly(control, size))
    workers: set[int] = set()
    while True:
        order, fds, _, _ = socket.recv_fds(control, _ORDER.size, 1)
        if not order:
            return
        kind, pid = _ORDER.unpack(order)
        _reap(workers)
        if kind == _FORK:
            with socket.socket(fileno=fds[0]) as channel, suppress(OSError):  # no room for one more
                workers.add(_fork(channel, control, opening, memory))
        elif pid in workers:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL) if kind == _KILL else _lower_priority(pid)


def _lower_priority(pid: int) -> None:
    os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid) + _STEP)  # 19 is the most there is


def _fork(channel: socket.socket, control: socket.socket, opening: Callable[[], Any], memory: int) -> int:
    pid = os.fork()
    if not pid:
        try:
            worker.work(channel, control, opening, memory)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return pid


def _reap(workers: set[int]) -> None:
    with suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            workers.discard(pid)


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = channel.recv(size, socket.MSG_WAITALL)
    if len(data) < size:
        sys.exit()
    return data
