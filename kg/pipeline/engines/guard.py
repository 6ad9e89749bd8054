"""A process that starts Ray in, what Ray leaves behind gone, also where that process is killed: a program of its own.

A run's own Ray ends with it, but for two agents, which look for their dead head for a minute, and a folder of logs and
sockets. The agents are told from others by /proc, as Linux has it; elsewhere the minute passes.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STAT = re.compile(r"\d+ \((.*)\) \S (\d+) (\d+) ", re.DOTALL)  # proc(5): name, state, parent, process group
_AGENT = re.compile(
    rb"^ray::\w+Agent|/ray/(?:dashboard|_private/runtime_env/agent)/"
)  # by its title, and before it has one
_LONG = 5.0  # seconds in which a head has died
_DEEP = (
    30  # characters of a folder for temporary files, at most: the path of a socket has 107 (unix(7)), Ray's own part 77
)
_LOOK = 0.5


@contextmanager
def guarded() -> Iterator[str]:
    """A folder for Ray. It goes, and what Ray starts in here ends, with this process, however that ends."""
    home = tempfile.gettempdir()
    folder = tempfile.mkdtemp(prefix="ray-", dir=home if len(home) <= _DEEP else "/tmp")
    # it is told of the end by the end of its input, and hears no Ctrl-C
    command = [sys.executable, "-I", __file__, str(os.getpgrp()), folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as guard:
        try:
            yield folder
        finally:
            guard.terminate()
            _end(_users(folder))
            shutil.rmtree(folder, ignore_errors=True)


def main(group: int, folder: str) -> None:
    """Wait for the end of standard input; end the agents of a process group that have no head, remove the folder."""
    sys.stdin.read()
    until = time.monotonic() + _LONG
    while time.monotonic() < until:
        _end(_users(folder))
        _end(_orphans(group))
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(_LOOK)


def _end(processes: Iterator[int]) -> None:
    for process in processes:
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)


def _users(folder: str) -> Iterator[int]:
    """Ray's processes that were given the folder: a worker that comes late would make it anew, a head dies slowly."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            command = (process / "cmdline").read_bytes()
            if b"/ray/" in command and os.fsencode(folder) in command:
                yield int(process.name)


def _orphans(group: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            _, parent, its_group = _told(folder)
            is_agent = _AGENT.search((folder / "cmdline").read_bytes())
            if its_group == group and is_agent and _told(folder.with_name(str(parent)))[0] != "raylet":
                yield int(folder.name)


def _told(folder: Path) -> tuple[str, int, int]:
    found = _STAT.match((folder / "stat").read_text(errors="replace"))
    return (found[1], int(found[2]), int(found[3])) if found else ("", 0, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
