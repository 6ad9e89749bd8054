"""The command that reads articles, `ingest`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg import filesystems
from kg.cli.articles import (
    Choice,
    Means,
    Told,
    choice_options,
    column_options,
    fetch_limit_option,
    means_options,
    report_option,
    told_options,
)
from kg.cli.commands import _store, commands


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_store
@told_options
@report_option
@choice_options
@means_options
@click.option("--fetch", is_flag=True, help="Ask for PATHs that are addresses of the web: pages, and feeds.")
@fetch_limit_option
@column_options
def ingest(
    paths: tuple[str, ...],
    store: str,
    report: Path | None,
    fetch: bool,
    fetch_limit: int,
    told: Told,
    choice: Choice,
    means: Means,
) -> int:
    """Read articles into a store, which is made where there is none.

    A PATH is a file, a folder, or - for standard input. Formats are told by their content, then by their suffix: text,
    JSON and JSONL (text, and if known id, title, date, language, url, publisher), CSV, Parquet, HTML, feeds, NewsML,
    NITF, ninjs, WARC, PDF, Word, also in gzip, Zstandard and zip. Other files in a folder are passed over.

    \b
    Examples:
      kg ingest dispatch.txt --date 2025-10-01
      kg ingest 2024/ 2025/ --store news --jobs auto --report done.jsonl
      zcat wire.jsonl.gz | kg ingest - --store news
      kg ingest --fetch https://example.org/rss.xml --store news
      kg ingest s3://wires/2024 --store s3://graphs/news --engine ray --address auto

    Given again, what was read before and has not changed is passed over, unless an earlier version of this program
    read it: then it is read anew, but not with --changed-only. Ctrl-C and SIGTERM end a run after the article that is
    being stored; the same command goes on from there. The files are the same whatever --jobs and --engine are.

    What cannot be read is a line, and the others are read all the same. The exit status is 0 when all went well, 1 when
    something was skipped, 2 when the command could not run. A --report has where each article or file stands, its id,
    its status (read, unchanged, duplicate, superseded, withdrawn, skipped, passed-over), the reason in a word, and what
    is said of it. Of several versions of a wire's item the newest is kept; what its publisher cancels is taken out.

    With --fetch, a PATH may be the address of a page or of a feed, of which the newest pages are read: over http or
    https, from public addresses alone, as the site's robots.txt allows, and kept in the store (cache/web/).

    With fsspec installed, a PATH may be an address such as s3://bucket/2024, and so may the store: there, it is the
    articles' files without an index, which are a store once they are copied into a folder.

    With --extractor llm, a server that speaks OpenAI's chat completions is sent the text of every article and asked for
    statements; those that quote the article's own words are added. Its answers are kept in the store (cache/llm/), and
    without --endpoint nothing but them is used. The key of the server is $KG_LLM_KEY.
    """
    from kg.cli.reading import ingest_paths

    means.check()
    if filesystems.is_elsewhere(store) and (fetch or means.extractor):
        raise click.UsageError("what --fetch and --extractor are told is kept in the store: let it be a folder")
    limit = fetch_limit if fetch else None
    done = ingest_paths(paths, store, told, choice, means, log=report, fetch_limit=limit)
    return 1 if done.skipped else 0
