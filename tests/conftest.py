"""What several tests start from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import browser, site, visit  # noqa: F401
from hypothesis import HealthCheck, settings

# how long a case takes, or to draw one, says more of what else runs beside it
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def nobodys_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Names that whoever runs the tests has added are not read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_NAMES", str(tmp_path_factory.mktemp("names")))
        yield


@pytest.fixture
def shared() -> Path:
    """The folder with the specification and the seed, beside a checkout; what needs it skips without."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """The command, in this process: arguments in; exit status, standard output and standard error out."""
    from kg.cli import main

    for module in ("terminal", "sending", "linking"):
        monkeypatch.setattr(f"kg.cli.{module}._EVERY", math.inf)  # what takes long on a busy machine says so

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return run
