"""The package as a user gets it: built, installed beside its dependencies, and run far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = ("ontology", "queries", "samples")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and with the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def home(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it; the dependencies are lent by the one that runs the tests."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, with_pip=False)
    python = str(home / "bin" / "python")
    (wheel,) = built.glob("*.whl")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    # a .pth inside the lending folder, such as that of an editable install, is not followed: kg is the wheel's
    Path(packages, "lent.pth").write_text(sysconfig.get_path("purelib"))
    return home


def run(home: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_DATA")}
    command = [str(home / "bin" / arguments[0]), *arguments[1:]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def data_files() -> set[str]:
    paths = (path for folder in DATA for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths}


def explorer_files() -> set[str]:
    paths = (path for path in (ROOT / "kg" / "service" / "static").rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_the_sdist_holds_the_data(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert data_files() | explorer_files() | {"LICENSE", "README.md", "Makefile", "tests/test_wheel.py"} <= names


def test_the_wheel_holds_the_data_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"kg/data/{name}" for name in data_files()} | explorer_files() | {"kg/py.typed"} <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"kg", "dateline_kg"}


def test_the_wheel_is_what_is_run(home: Path, tmp_path: Path) -> None:
    done = run(home, tmp_path, "python", "-c", "import kg.resources as r; print(r.__file__); print(r.root())")
    assert done.stderr == ""
    assert all(str(home) in line for line in done.stdout.splitlines())


@pytest.mark.model
def test_the_demo_works_outside_the_checkout_and_is_quick_the_second_time(home: Path, tmp_path: Path) -> None:
    first = run(home, tmp_path, "kg", "demo")
    assert first.returncode == 0, first.stderr
    assert "kg serve --store demo-store" in first.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo-store", "demo.gexf"]
    gexf = (tmp_path / "demo.gexf").read_bytes()
    second = run(home, tmp_path, "kg", "demo")
    samples = len(list((tmp_path / "demo-store" / "articles").glob("*/*.ttl")))
    assert second.stdout.splitlines()[3].split()[:2] == ["0", str(samples)]
    assert (second.returncode, (tmp_path / "demo.gexf").read_bytes()) == (0, gexf)
