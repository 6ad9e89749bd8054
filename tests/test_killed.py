"""Changes to a store that are killed at every one of their steps in, a store that agrees with itself out."""

from __future__ import annotations

import subprocess
import sys
from itertools import groupby
from pathlib import Path

from test_additions import LEADS, MINE, OTHER, add
from test_store import article, litter, put

from kg.graph.store import Store

# one process without threads (Oxigraph starts some) forks a child a step, which dies before its nth change of a folder
KILLED = """
import os, shutil, signal, sys
sys.path[:0] = [{root!r}, {tests!r}]
from test_additions import LEADS, MINE, OTHER, Store, article, graph, fact
from kg.graph.store import Put

def change(store):
    store.put(article("a1", "Bea"), graph(article("a1", "Bea"))); store.commit()
    store.remove("a1"); store.commit()
    store.put_graph("urn:new", [OTHER, LEADS])
    store.put_graph(MINE, [OTHER, fact("cleo", "leaderOf", "borel")])
    store.remove_graph(MINE)
    store.put_all([Put(one, graph(one)) for one in (article("a3"), article("a1", "Cleo"), article("a4"))])

def dying_at(step):
    steps = iter(range(step))
    def counted(call):
        def counting(*arguments, **options):
            if "dir_fd" not in options and next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)
        return counting
    for name in ("link", "rename", "replace", "unlink"):
        setattr(os, name, counted(getattr(os, name)))

def killed(step, base):
    shutil.copytree(base, f"{{base}}-{{step}}")
    if not (child := os.fork()):
        dying_at(step)
        with Store.open(f"{{base}}-{{step}}", writable=True) as store:
            change(store)
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL

step = 0
while killed(step, sys.argv[1]):
    step += 1
"""


def test_changes_that_are_killed_at_any_step_have_happened_or_have_not(tmp_path: Path) -> None:
    tests = Path(__file__).parent
    (script := tmp_path / "killed.py").write_text(KILLED.format(root=str(tests.parent), tests=str(tests)))
    put(tmp_path / "s", article("a1"), article("a2"))
    add(tmp_path / "s", MINE, [LEADS, OTHER])
    subprocess.run([sys.executable, script, tmp_path / "s"], check=True)
    killed = sorted(tmp_path.glob("s-*"), key=lambda path: int(path.name[2:]))
    seen = []
    for path in killed:
        with Store.open(path) as store:
            assert list(store.differences()) == [] and litter(path) == [], path.name
            seen.append((len(list(store.articles())), *sorted(len(list(store.graph(iri))) for iri in store.graphs())))
    states = [state for state, _ in groupby(seen)]  # a group is whole on the disk before its first file is in place
    assert states == [(2, 2), (1, 2), (1, 2, 2), (1, 2), (4, 2)] and len(seen) > 30
