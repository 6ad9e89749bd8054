"""Whole runs: two processes with other hash seeds and another order of articles leave the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import resources

pytestmark = pytest.mark.model


def run(store: Path, *, seed: str, reverse: bool) -> dict[str, bytes]:
    """The files of a store into which the samples were ingested, file by file."""
    samples = sorted((resources.root() / "samples").glob("*.[tj]*"), reverse=reverse)
    command = [sys.executable, "-m", "kg", "ingest", *map(str, samples), "--store", str(store), "--date", "2025-10-01"]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.glob("articles/**/*.*"))}


def test_two_runs_leave_the_same_bytes(tmp_path: Path) -> None:
    one = run(tmp_path / "one", seed="1", reverse=False)
    assert one == run(tmp_path / "other", seed="2", reverse=True)
    assert sum(name.endswith(".ttl") for name in one) >= 10
