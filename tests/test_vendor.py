"""What the explorer's pages are given from npm: small, licensed, and asking nobody else."""

import gzip
import json
import re
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
STATIC = Path(kg.__file__).parent / "service" / "static"
VENDOR = STATIC / "vendor"
SCRIPTS = sorted(VENDOR.glob("*.js"))


def test_every_package_in_a_bundle_has_its_licence_listed() -> None:
    banners = [path.read_text().split("*/", 1)[0] for path in SCRIPTS]
    packages = {name for banner in banners for name in re.findall(r"([@\w/.-]+ \d+\.\d+\.\d+)[,;]", banner)}
    blocks = (VENDOR / "LICENSES.txt").read_text().split("-" * 78)
    assert packages == {block.strip().split("\n", 1)[0] for block in blocks}
    assert all("Copyright" in block and "WARRANT" in block for block in blocks)


def test_exact_versions_are_asked_for_and_no_registry_is_named() -> None:
    tools = ROOT / "tools" / "vendor"
    manifest = json.loads((tools / "package.json").read_text())
    versions = [*manifest["dependencies"].values(), *manifest["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
    locked = json.loads((tools / "package-lock.json").read_text())["packages"]
    assert not any("resolved" in package for package in locked.values())
    assert all("integrity" in package for path, package in locked.items() if path)


@pytest.mark.parametrize("path", [*SCRIPTS, *VENDOR.glob("*.css")], ids=lambda path: path.name)
def test_no_other_server_is_named(path: Path) -> None:
    """Names of namespaces alone, which nobody asks for anything."""
    hosts = set(re.findall(r"(?:https?|wss?)://([\w.-]+)", path.read_text()))
    assert hosts <= {"www.w3.org"}
    assert not re.search(r"prefix\.?cc|linkeddata|dbpedia|\burl\((?!#)|sourceMappingURL|@import", path.read_text())


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_no_script_makes_scripts(path: Path) -> None:
    """What the Content-Security-Policy refuses is not even tried."""
    refused = r"\beval\(|(?<![\w.])Function\(|new Worker|javascript:|createElement\([\"']script|importScripts"
    assert not re.search(refused, path.read_text())


def test_the_whole_explorer_is_light() -> None:
    compressed = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in STATIC.rglob("*") if path.is_file()}
    assert sum(compressed.values()) <= 700_000
    assert sum(compressed[path] for path in SCRIPTS) <= 250_000
