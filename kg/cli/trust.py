"""The commands that say whether and why to believe a store and the reader, `check`, `explain`, `eval`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import commands
from kg.cli.source import endpoint_option

_store = click.option("--store", metavar="DIR", help="The folder that holds the graph, if it is not the first word.")


@commands.command()
@click.argument("words", nargs=-1, metavar="STORE")
@_store
@endpoint_option
def check(words: tuple[str, ...], store: str | None, endpoint: str | None) -> int:
    """Verify all that a store holds against its own texts.

    Every offset must give the very words that the graph quotes, every article fit the shapes (ontology/shapes.ttl,
    in SHACL) and be as it was written, every relation hold between things that it admits, and no query of
    queries/checks find anything. A file of RDF (.ttl, .nq, .trig …, also .gz), whoever made it, has no texts: its
    graphs are held against the shapes and the relations' domains and ranges. A line a problem; the exit status is 1
    where there is one.

    At an endpoint, the queries alone are asked: its server has no texts.

    \b
    Examples:
      kg check news
      kg check export.nq
      kg check --endpoint http://127.0.0.1:3030/news/sparql
    """
    from kg.cli.trusting import check, check_endpoint

    if endpoint:
        if words or store:
            raise click.UsageError("a store and an endpoint are named: name one of them")
        return 1 if check_endpoint(endpoint) else 0
    folder, _ = _folder(words, store, wanted=0)
    return 1 if check(folder) else 0


@commands.command()
@click.argument("words", nargs=-1, metavar="STORE WHAT")
@_store
@click.option("--endpoint", metavar="URL", help="Not to be had: explaining needs the articles' texts.")
@click.option("--refused", is_flag=True, help="WHAT is an article: all that was found in it and not stated.")
def explain(words: tuple[str, ...], store: str | None, endpoint: str | None, refused: bool) -> int:
    """Say why a store states something, and what came near it.

    WHAT is the IRI of a statement, an event or a quotation, or "subject property object", with names as you would type
    them and * for any. The article is read again: the sentence, the words in it that carried each part, the rule, how
    the article stands to it, who says so, and what was almost stated and what stopped it. The exit status is 1 where
    nothing states it.

    \b
    Examples:
      kg explain news "Sean Parnell spokespersonOf Pentagon"
      kg explain news "* headOfStateOf France"
      kg explain news irak#statement-0d6f63cb35d8
      kg explain news irak --refused
    """
    if endpoint:
        raise click.UsageError("to explain, an article's text is read again, and no endpoint has texts: name the store")
    from kg.cli import trusting

    folder, (what,) = _folder(words, store, wanted=1)
    return trusting.refused(folder, what) if refused else trusting.explain(folder, what)


@commands.command("eval")
@click.argument("folders", nargs=-1, metavar="[GOLD]...")
@click.option("--texts", metavar="FILE", help="A .jsonl file with the texts of articles whose annotation lacks them.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def evaluate(folders: tuple[str, ...], texts: str | None, as_json: bool) -> int:
    """Measure how well the reader reads.

    Precision, recall and F1 of all that it reads, and whether its confidences mean what they say. A GOLD is a folder of
    annotated articles, one JSON file an article with its text, entities, relations, events, quotations and times.
    Without one, the example sentences of the ontology's relations are read; the exit status is 1 where a relation is
    found in a sentence that must not yield it.

    \b
    Examples:
      kg eval
      kg eval gold/dev --texts articles.jsonl
    """
    from kg.cli import evaluating

    if folders:
        evaluating.gold([Path(folder) for folder in folders], Path(texts) if texts else None, as_json=as_json)
        return 0
    return evaluating.examples(as_json=as_json)


def _folder(words: tuple[str, ...], store: str | None, *, wanted: int) -> tuple[Path, tuple[str, ...]]:
    """The store, by its option or as the first word, and the words that are wanted behind it."""
    named = words if store is None else (store, *words)
    if len(named) != wanted + 1:
        raise click.UsageError(f"{('STORE', 'STORE and WHAT')[wanted]} are wanted, and {len(named)} words are there")
    return Path(named[0]), named[1:]
