from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from kg.cli.stopping import Stopped, Stopping

Command = Callable[..., tuple[int, str, str]]
TESTS = Path(__file__).parent
CODE = f"""
import sys
sys.path[:0] = {[str(TESTS), str(TESTS.parent)]!r}
import reading_as_told
reading_as_told.install()
from kg.cli import main
sys.exit(main(sys.argv[1:]))
"""


def ingest(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CODE, "ingest", str(folder / "wire.jsonl"), "--store", str(folder / "s")]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stored(folder: Path) -> int:
    return len(list(folder.glob("s/articles/??/*.ttl")))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": str(n), "text": f"sleep 0.0{n % 10}", "language": "fr"}) for n in range(60)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    return tmp_path


@pytest.mark.parametrize(("number", "jobs"), [(signal.SIGINT, "1"), (signal.SIGTERM, "2")])
def test_a_run_that_is_told_to_end_does_so_between_articles_and_goes_on_with_the_next(
    wire: Path, kg: Command, number: int, jobs: str
) -> None:
    running = ingest(wire, "--jobs", jobs, "--report", str(wire / "report"))
    wait_for(lambda: stored(wire) > 3)
    running.send_signal(number)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (128 + number, "kg: stopped: the same command goes on from here\n")
    read = int(out.splitlines()[1].split()[0])
    assert 3 < read == stored(wire) < 60
    assert all(json.loads(line)["status"] == "read" for line in (wire / "report").read_text().splitlines())
    assert kg("query", "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }", "--store", wire / "s")[1].split() == [
        "n",
        f"{read}",
    ]
    out, err = ingest(wire, "--jobs", jobs).communicate(timeout=60)
    assert [int(count) for count in out.splitlines()[1].split()[:2]] == [60 - read, read]


def test_a_second_signal_ends_a_run_at_once(wire: Path) -> None:
    (wire / "wire.jsonl").write_text("")
    slow = "import time, kg.graph.store as s; s.Store.commit = lambda self: time.sleep(60)"
    code = CODE.replace("from kg.cli", f"{slow}\nfrom kg.cli")
    command = [sys.executable, "-c", code, "ingest", str(wire / "wire.jsonl"), "--store", str(wire / "s")]
    with subprocess.Popen(command) as running:
        wait_for(lambda: (wire / "s" / "lock").exists())
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        assert running.wait(5) == -signal.SIGINT


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


def test_what_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stopping():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
