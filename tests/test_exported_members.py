from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import kg


def test_all_is_sorted_and_there() -> None:
    assert sorted(kg.__all__) == kg.__all__
    assert all(hasattr(kg, name) for name in kg.__all__)


def test_nothing_public_is_left_out() -> None:
    own = {name for name, value in vars(kg).items() if getattr(value, "__module__", "").startswith("kg")}
    assert {name for name in own if not name.startswith("_")} == set(kg.__all__)


def test_the_import_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'rdflib', 'networkx', 'starlette', 'pyoxigraph', 'click', 'rich', 'numpy'}"
    code = f"import sys, kg; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_module_says_what_goes_in_and_what_comes_out() -> None:
    modules = list(Path(kg.__file__).parent.rglob("*.py"))
    assert modules
    assert [str(path) for path in modules if not path.read_text(encoding="utf-8").startswith('"""')] == []


def test_no_file_holds_two_things() -> None:
    modules = Path(kg.__file__).parent.rglob("*.py")
    lengths = {str(path): path.read_text(encoding="utf-8").count("\n") for path in modules}
    assert {path: length for path, length in lengths.items() if length > 300} == {}
