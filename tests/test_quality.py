"""Quality is a number with a floor: `quality.json` may go up; lowering one is a decision that its commit explains."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED

SCORE = SHARED / "eval" / "score.py"
FLOORS: dict[str, dict[str, float]] = json.loads((Path(__file__).parent / "quality.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SCORE.is_file(), reason=f"{SCORE} is not there"),
]


@cache
def measured(task: str) -> dict[str, Any]:
    """What the public gold says of this reader."""
    command = [sys.executable, str(SCORE), "run", task, "--json", "--kg", f"{sys.executable} -m kg"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize(("task", "figure"), [(task, figure) for task, some in FLOORS.items() for figure in some])
def test_no_figure_falls_below_its_floor(task: str, figure: str) -> None:
    assert measured(task)["headline"][figure] >= FLOORS[task][figure]


@pytest.mark.parametrize("task", FLOORS)
def test_every_figure_has_a_floor(task: str) -> None:
    assert set(measured(task)["headline"]) == set(FLOORS[task])


@pytest.mark.parametrize("task", FLOORS)
def test_every_offset_is_right(task: str) -> None:
    notes = measured(task)["notes"]
    assert (notes["graphs"], notes["wrong_offsets"]) == (notes["articles"], 0)
