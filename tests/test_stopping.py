from __future__ import annotations

import json
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from waiting import PATIENCE, wait_for

from kg.cli.stopping import Stopped, Stopping

Command = Callable[..., tuple[int, str, str]]
TESTS = Path(__file__).parent
CODE = f"""
import sys
sys.path[:0] = {[str(TESTS), str(TESTS.parent)]!r}
import reading_as_told
reading_as_told.install()
from kg.cli import main, terminal
terminal._EVERY = 600.0  # a busy machine says how far it is
sys.exit(main(sys.argv[1:]))
"""


def ingest(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CODE, "ingest", str(folder / "wire.jsonl"), "--store", str(folder / "s")]
    piped = subprocess.PIPE
    return subprocess.Popen([*command, *options], stdout=piped, stderr=piped, text=True, cwd=folder)


def stored(folder: Path) -> int:
    return len(list(folder.glob("s/articles/??/*.ttl")))


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """Sixty articles of one length, the 31st of which is not read until there is a file `now`."""
    texts = ["until now" if n == 30 else f"sleep .0{n % 10}" for n in range(60)]
    lines = [json.dumps({"id": str(n), "text": text, "language": "fr"}) for n, text in enumerate(texts)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    return tmp_path


@pytest.mark.parametrize(("number", "jobs"), [(signal.SIGINT, "1"), (signal.SIGTERM, "2")])
def test_a_run_that_is_told_to_end_does_so_between_articles_and_goes_on_with_the_next(
    wire: Path, kg: Command, number: int, jobs: str
) -> None:
    running = ingest(wire, "--jobs", jobs, "--report", str(wire / "report"))
    wait_for(lambda: stored(wire) > 3)
    running.send_signal(number)
    out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 128 + number
    assert err.endswith("kg: stopped: the same command goes on from here\n")  # after how far it is, if it takes 10 s
    read = int(out.splitlines()[1].split()[0])
    assert 3 < read == stored(wire) <= 30
    assert all(json.loads(line)["status"] == "read" for line in (wire / "report").read_text().splitlines())
    assert kg("query", "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }", "--store", wire / "s")[1].split() == [
        "n",
        f"{read}",
    ]
    (wire / "now").touch()
    out, err = ingest(wire, "--jobs", jobs).communicate(timeout=PATIENCE)
    assert [int(count) for count in out.splitlines()[1].split()[:2]] == [60 - read, read]


LONG_END = """
import time
from pathlib import Path
from kg.cli.stopping import Stopping
from kg.graph.store import Store

def commit(store):
    Path("ending").touch()
    time.sleep(600)

def stop(self, number, frame, stop=Stopping._stop):
    stop(self, number, frame)
    Path("heard").touch()

Store.commit, Stopping._stop = commit, stop
"""


def test_a_second_signal_ends_a_run_at_once(wire: Path) -> None:
    (wire / "wire.jsonl").write_text("")
    code = CODE.replace("from kg.cli import main", f"{LONG_END}from kg.cli import main")
    command = [sys.executable, "-c", code, "ingest", str(wire / "wire.jsonl"), "--store", str(wire / "s")]
    with subprocess.Popen(command, cwd=wire) as running:
        try:
            wait_for((wire / "ending").exists)
            running.send_signal(signal.SIGINT)
            wait_for((wire / "heard").exists)
            assert running.poll() is None
            running.send_signal(signal.SIGINT)
            assert running.wait(PATIENCE) == -signal.SIGINT
        finally:
            running.kill()


def test_what_was_stopped_is_let_go_of_before_it_is_completed() -> None:
    left: list[weakref.ref[BytesIO]] = []

    def work() -> None:
        left.append(weakref.ref(file := BytesIO()))
        signal.raise_signal(signal.SIGTERM)
        file.close()

    def complete() -> None:
        assert left[0]() is None

    with pytest.raises(Stopped), Stopping() as stopping, stopping.completing(complete):
        work()


def test_a_plain_interrupt_that_a_library_raises_instead_says_which_signal_it_was() -> None:
    with pytest.raises(Stopped, match="SIGTERM"), Stopping() as stopping, stopping.completing(list):
        try:
            signal.raise_signal(signal.SIGTERM)
        except Stopped:
            raise KeyboardInterrupt from None


def test_what_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    told = signal.getsignal(signal.SIGTERM)  # the system's, or what another library wants
    try:
        with Stopping():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) != told
        assert signal.getsignal(signal.SIGTERM) == told
    finally:
        signal.signal(signal.SIGHUP, before)
