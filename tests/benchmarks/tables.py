"""Rows of tables a second, against those who only take them apart: `python tests/benchmarks/tables.py [--rows N]`.

Prints rows a second of processor time of `kg.read` and of the csv module and pyarrow alone, their ratio, and how much
memory each took at most.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet as pq

from kg.read import parquet, tables
from kg.read.sources import Source

WORDS = 'Le ministre a dit "non", mardi à Paris. ' * 50  # 2,000 characters, an article's length


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        print(*measured(WAYS[asked.child[0]], Path(asked.child[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        csv_file, parquet_file = write(Path(folder), asked.rows)
        compare("csv", run("csv module", csv_file), run("csv", csv_file))
        compare("parquet", run("pyarrow", parquet_file), run("parquet", parquet_file))


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    """The same rows in both formats."""
    names = "id", "text", "date", "url"
    cells = ((str(n), f"{n} {WORDS}", "2024-01-02", f"https://example.org/{n}") for n in range(rows))
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(names)
        with pq.ParquetWriter(folder / "t.parquet", pa.schema([(name, pa.string()) for name in names])) as made:
            while some := list(islice(cells, 1000)):
                lines.writerows(some)
                made.write_table(pa.table(dict(zip(names, zip(*some, strict=True), strict=True))))
    return folder / "t.csv", folder / "t.parquet"


def csv_module(path: Path) -> Iterable[object]:
    """The rows of a file of CSV, and nothing made of them."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def pyarrow(path: Path) -> Iterable[object]:
    """The rows of a Parquet file, and nothing made of them."""
    for batch in pq.ParquetFile(path).iter_batches(1000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def ours(read: Callable[..., Iterable[object]]) -> Callable[[Path], Iterable[object]]:
    """A reader of `kg.read` on a file."""

    def articles(path: Path) -> Iterable[object]:
        with path.open("rb") as file:
            yield from read(file, Source(where=path.name, suffix=path.suffix[1:], id=path.stem))

    return articles


WAYS = {"csv module": csv_module, "pyarrow": pyarrow, "csv": ours(tables.read), "parquet": ours(parquet.read)}


def measured(way: Callable[[Path], Iterable[object]], path: Path) -> tuple[float, int]:
    """Rows a second of processor time, and megabytes of memory at most."""
    start = time.process_time()
    rows = sum(1 for _ in way(path))
    took = time.process_time() - start
    return rows / took, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) >> 10


def run(way: str, path: Path) -> tuple[float, int]:
    """The same in a process of its own, whose memory nothing else has used."""
    command = [sys.executable, __file__, "--child", way, str(path)]
    rate, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(rate), int(memory)


def compare(name: str, bare: tuple[float, int], read: tuple[float, int]) -> None:
    print(
        f"{name}: {read[0]:,.0f} rows/s, {read[1]} MB; taken apart alone {bare[0]:,.0f} rows/s, {bare[1]} MB; ", end=""
    )
    print(f"ratio {read[0] / bare[0]:.2f}")


if __name__ == "__main__":
    main()
