"""The commands that say who is whom, `kg resolve`, and who is who elsewhere, `kg link`; thin: parse, call, print."""

from __future__ import annotations

import re
from math import isnan
from pathlib import Path
from typing import Any

import click

from kg.cli.commands import _store, commands


class _Score(click.FloatRange):
    """A number from one to another; "nan" lies in every range of click's."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number. Raises `click.BadParameter` for what is none, or outside."""
        score = float(super().convert(value, param, ctx))
        if isnan(score):
            self.fail(f"{value!r} is no number", param, ctx)
        return score


@commands.group(invoke_without_command=True, subcommand_metavar="[merge|apart|undo|list] ...")
@_store
@click.option(
    "--threshold",
    default=0.8,
    show_default=True,
    type=_Score(0.5, 1),
    metavar="SCORE",
    help="Merge what scores as much.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be merged, and write nothing.")
@click.option(
    "--show", default=50, show_default=True, type=click.IntRange(0), metavar="N", help="Lines to show; 0: all."
)
@click.pass_context
def resolve(context: click.Context, store: str, threshold: float, dry_run: bool, show: int) -> None:
    """Merge entities that are one under several names.

    Every proposal has a score and its reasons: names, spellings and initials, shared offices and neighbours, days and
    Wikidata items that agree or do not. What reaches the threshold is merged, the rest is yours to decide. Your
    decisions are kept in the store (identity/decisions.ttl) and hold for every later run. The articles' own files stay
    as they are, so that every merge can be undone exactly.

    \b
    Examples:
      kg resolve --store news --dry-run
      kg resolve --store news
      kg resolve merge mohammed-al-soudani mohammed-shia-al-sudani --store news
      kg resolve apart george-bush george-w-bush --store news
      kg resolve undo george-bush george-w-bush --store news
      kg resolve list --store news
    """
    if context.invoked_subcommand is None:
        from kg.cli.resolving import resolve

        return resolve(Path(store), threshold=threshold, dry_run=dry_run, shown=show)
    if dry_run:
        raise click.UsageError(f"--dry-run shows what would be merged: `{context.invoked_subcommand}` has none")
    context.default_map = {context.invoked_subcommand: {"store": store}}  # --store may stand before or after the word


def _decision(name: str, help: str) -> None:
    @resolve.command(name, help=help)
    @click.argument("one")
    @click.argument("other")
    @_store
    def decision(one: str, other: str, store: str) -> None:
        from kg.cli.resolving import decide

        decide(Path(store), name, one, other)


_decision("merge", "Make two entities one, whatever their score. ONE and OTHER are identifiers, IRIs or names.")
_decision("apart", "Keep two entities apart, whatever their score. ONE and OTHER are identifiers, IRIs or names.")
_decision("undo", "Forget what was decided of two entities. ONE and OTHER are identifiers, IRIs or names.")


@resolve.command("list")
@_store
def list_(store: str) -> None:
    """List what was decided, and which entities others stand for."""
    from kg.cli.resolving import show

    show(Path(store))


def _codes(context: click.Context, option: click.Parameter, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Language tags as RDF has them (Turtle, production LANGTAG)."""
    if wrong := [code for code in codes if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code)]:
        raise click.BadParameter(f"{wrong[0]!r} is no code of a language: fr is one", context, option)
    return codes


@commands.command()
@_store
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint of Wikidata's shape.")
@click.option(
    "--language",
    multiple=True,
    callback=_codes,
    metavar="CODE",
    help="Languages of names, an option each.  [default: fr, en, mul]",
)
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N", help="Ask for the N most told of; 0: for all.")
@click.option(
    "--threshold",
    default=0.7,
    show_default=True,
    type=_Score(0, 1),
    metavar="SCORE",
    help="Link what scores as much.",
)
@click.option(
    "--pause", default=1.0, show_default=True, type=click.FloatRange(0), metavar="SECONDS", help="Between two requests."
)
@click.option(
    "--show", default=50, show_default=True, type=click.IntRange(0), metavar="N", help="Lines to show; 0: all."
)
@click.option("--forget", is_flag=True, help="Remove all links, and ask nobody.")
def link(
    store: str,
    endpoint: str | None,
    language: tuple[str, ...],
    limit: int,
    threshold: float,
    pause: float,
    show: int,
    forget: bool,
) -> None:
    """Look entities up at Wikidata, or an endpoint like it.

    The names of those that have no identifier there are sent to the endpoint, in batches and with pauses; its answers
    are kept in the store (cache/), so that a run that was broken off goes on where it was.

    What has the name, the sort, the country and the days of an entity becomes its skos:closeMatch, with a score and
    the reasons; never its skos:exactMatch, which only a source that can be named gives. --forget takes it all back.

    \b
    Examples:
      kg link --store news --endpoint https://query.wikidata.org/sparql --limit 100
      kg query 'SELECT ?who ?item { ?who skos:closeMatch ?item }' --store news
      kg link --store news --forget
    """
    from kg.cli import linking

    if forget:
        return linking.forget(Path(store))
    if not endpoint:
        raise click.UsageError("say whom to ask: --endpoint https://query.wikidata.org/sparql")
    languages = language or ("fr", "en", "mul")
    linking.link(Path(store), endpoint, languages=languages, limit=limit, threshold=threshold, pause=pause, shown=show)
