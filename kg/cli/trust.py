"""The commands that say whether and why to believe a store, `kg check` and `kg explain`; thin: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import commands

_store = click.option("--store", metavar="DIR", help="The folder that holds the graph, if it is not the first word.")


@commands.command()
@click.argument("words", nargs=-1, metavar="STORE")
@_store
def check(words: tuple[str, ...], store: str | None) -> int:
    """Verify all that a store holds against its own texts.

    Every offset must give the very words that the graph quotes, every article fit the shapes (ontology/shapes.ttl,
    in SHACL) and be as it was written, every relation hold between things that it admits, and no query of
    queries/checks find anything. A line a problem; the exit status is 1 where there is one.

    \b
    Example:
      kg check news
    """
    from kg.cli.trusting import check

    folder, _ = _folder(words, store, wanted=0)
    return 1 if check(folder) else 0


@commands.command()
@click.argument("words", nargs=-1, metavar="STORE WHAT")
@_store
@click.option("--refused", is_flag=True, help="WHAT is an article: all that was found in it and not stated.")
def explain(words: tuple[str, ...], store: str | None, refused: bool) -> int:
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
    from kg.cli import trusting

    folder, (what,) = _folder(words, store, wanted=1)
    return trusting.refused(folder, what) if refused else trusting.explain(folder, what)


def _folder(words: tuple[str, ...], store: str | None, *, wanted: int) -> tuple[Path, tuple[str, ...]]:
    """The store, by its option or as the first word, and the words that are wanted behind it."""
    named = words if store is None else (store, *words)
    if len(named) != wanted + 1:
        raise click.UsageError(f"{('STORE', 'STORE and WHAT')[wanted]} are wanted, and {len(named)} words are there")
    return Path(named[0]), named[1:]
