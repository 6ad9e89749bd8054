"""What is typed about articles and how they are read in, values out: options that the commands which read share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.gathering import gathered, together

if TYPE_CHECKING:
    from datetime import date

    from kg.pipeline import Engine, Extractor
    from kg.read import Columns, Defaults


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of articles that do not say it themselves, and the columns of tables that do."""

    date: str | None = None
    language: str | None = None
    publisher: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    language_column: str | None = None
    url_column: str | None = None
    publisher_column: str | None = None

    @property
    def defaults(self) -> Defaults:
        """Raises `SourceError` for a language that is not read and for what is no day."""
        from kg.read import Defaults

        return Defaults.parse(language=self.language, date=self.date, publisher=self.publisher)

    @property
    def columns(self) -> Columns:
        """The columns by what they hold."""
        from kg.read import Columns

        return Columns(**{field.name: getattr(self, f"{field.name}_column") for field in fields(Columns)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which articles are read, of those that are met."""

    since: str | None = None
    changed_only: bool = False
    keep_duplicates: bool = False

    @property
    def first(self) -> date | None:
        """The day before which articles are passed over. Raises `SourceError` for what is no day."""
        from kg.read import days

        return days.parse(self.since) if self.since else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Who reads, and how much time and how many processes that may take; 0 `jobs`: one for each core."""

    jobs: int | None = None
    max_seconds: float | None = None
    engine: str = "local"
    address: str | None = None
    extractor: str | None = None
    endpoint: str | None = None
    model: str | None = None

    def check(self) -> None:
        """Raise `click.UsageError` for what does not go together."""
        if (self.extractor is None) != (self.model is None) or (self.endpoint and not self.extractor):
            raise click.UsageError(
                "a second reader needs --extractor NAME and --model NAME, and --endpoint goes with them"
            )
        if self.address and self.engine != "ray":
            raise click.UsageError("--address is a Ray cluster's: --engine ray goes with it")
        if self.extractor and self.engine == "ray":
            raise click.UsageError("a second reader keeps its answers on this machine: --engine local goes with it")

    def reader(self) -> Engine:
        """Processes of this machine, or a Ray cluster."""
        from kg.pipeline import Limits, local

        limits = Limits(seconds=self.max_seconds) if self.max_seconds else Limits()
        if self.engine == "ray":
            from kg.pipeline.engines.ray import Ray

            return Ray(self.address, self.jobs or None, limits)
        return local(1 if self.jobs is None else self.jobs, limits)

    def second_reader(self, folder: Path) -> Extractor | None:
        """The extractor, which keeps its answers in the folder of a store. Raises `PluginError`."""
        from kg import plugins

        if self.extractor is None:
            return None
        made: Extractor = plugins.load("kg.extractors", self.extractor)(
            endpoint=self.endpoint, model=self.model, cache=folder / "cache"
        )
        return made


def _processes(context: click.Context, option: click.Parameter, typed: str | None) -> int | None:
    """How many are asked for; 0: as many as there are cores."""
    if typed is None:
        return None
    if typed != "auto" and not typed.isdecimal():
        raise click.BadParameter(f"{typed!r} is no number of processes, nor auto")
    return 0 if typed == "auto" else int(typed)


told_options = gathered(
    "told",
    Told,
    click.option("--date", metavar="YYYY-MM-DD", help="The day of articles that do not say theirs."),
    click.option("--language", metavar="CODE", help="The language of articles that do not say theirs: fr or en."),
    click.option("--publisher", metavar="NAME", help="The publisher of articles that do not say theirs."),
)

# part of what is told; apart, for there are many of them
column_options = together(
    *(
        click.option(f"--{part}-column", metavar="NAME", help=f"A table's column of the {part}, if no name tells.")
        for part in ("text", "id", "title", "date", "language", "url", "publisher")
    )
)

choice_options = gathered(
    "choice",
    Choice,
    click.option("--since", metavar="YYYY-MM-DD", help="Pass over articles that were issued before this day."),
    click.option(
        "--changed-only", is_flag=True, help="Do not read anew what an earlier version read, if it is the same."
    ),
    click.option("--keep-duplicates", is_flag=True, help="Read every printing of one dispatch, not one for all."),
)

jobs_option = click.option(
    "--jobs",
    metavar="N",
    callback=_processes,
    help="Read in so many processes, by default one; auto: one for each core.",
)

means_options = gathered(
    "means",
    Means,
    jobs_option,
    click.option(
        "--max-seconds",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="What an article may take of a core; by default 60, and more if it has over 100,000 characters.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Who reads: processes of this machine, or a Ray cluster, by default with all its cores.",
    ),
    click.option("--address", metavar="HOST:PORT", help="The Ray cluster; auto: the one that this machine is part of."),
    click.option("--extractor", metavar="NAME", help="A second reader besides the built-in one: llm."),
    click.option(
        "--endpoint", metavar="URL", help="Where the second reader's model is asked: http://127.0.0.1:8080/v1"
    ),
    click.option("--model", metavar="NAME", help="The second reader's model, as its server calls it."),
)

report_option = click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Write a line of JSON for every article or file that was met.",
)

fetch_limit_option = click.option(
    "--fetch-limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Pages of a feed that are read at a time.",
)
