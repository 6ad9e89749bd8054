"""What is typed to choose a network in, what is wanted of it out: options that the commands which draw share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import click

from kg.cli.gathering import gathered
from kg.cli.parameters import pairs
from kg.cli.source import is_named

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store
    from kg.view.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A network that somebody wants, as it was typed; `parameters` are those of its query (`name=value`)."""

    network: str = "relations"
    since: str | None = None
    until: str | None = None
    entity: str | None = None
    depth: int = 1
    min_weight: float = 0
    parameters: Sequence[str] = ()

    def said(self) -> str | None:
        """The first option or parameter that was typed, for commands that have no network to cut."""
        return next(iter(self._typed()), None)

    def none(self) -> str:
        """What to tell where nothing is drawn."""
        cuts = [typed for typed in self._typed() if typed != "--network"]
        return f"the network is empty: nothing in the graph is so{' with ' * bool(cuts)}{' and '.join(cuts)}"

    def _typed(self) -> list[str]:
        named = ["--" + field.name.replace("_", "-") for field in fields(self) if is_named(field.name)]
        return [*self.parameters, *(option for option in named if option != "--parameters")]

    def drawn(self, source: Store | Endpoint) -> Spool:
        """The network, to be closed. Raises `QueryError` for what is not there."""
        from kg.view.cutting import Cut
        from kg.view.drawing import drawn

        days = {"since": self.since, "until": self.until}
        values = dict(pairs(self.parameters))
        if twice := [day for day, said in days.items() if said and day in values]:
            raise click.UsageError(f"--{twice[0]} and {twice[0]}=…: say it once")
        cut = Cut(**days, entity=self.entity, depth=self.depth, min_weight=self.min_weight)
        return drawn(source, self.network, values, cut)


# options that choose a network and cut it, and KEY=VALUE
network_options = gathered(
    "wanted",
    Wanted,
    click.option(
        "--network", default="relations", show_default=True, metavar="NAME|FILE.rq", help="Which network (kg queries)."
    ),
    click.option("--since", metavar="DAY", help="What is told from this day on: 2025-01-31."),
    click.option("--until", metavar="DAY", help="What is told up to this day."),
    click.option("--entity", metavar="NAME", help="Only what is near somebody: a name, an identifier or an IRI."),
    click.option("--depth", type=click.IntRange(1), default=1, show_default=True, help="How many steps are near."),
    click.option("--min-weight", type=click.FloatRange(0), default=0, metavar="W", help="Only edges of this weight."),
    click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]..."),
)
