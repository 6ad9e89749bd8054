"""Ties in, groups of nodes out that a coarser drawing takes for one: stars, each a node and some of its neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.view.ties import Floats, Numbers, Ties

WORTH = 0.7  # of the nodes that a coarser drawing may have at most
_OPEN, _SUN, _PLANET = 0, 1, 2


def stars(ties: Ties, communities: Numbers, chance: Floats) -> Numbers:
    """The star of each node, numbered from 0; none reaches into two communities where the others are few enough.

    The suns are chosen by `chance`, a number a node from 0 to 1, so that none is tied to another and every other node
    to one at least (Luby 1986); it goes round the sun that it is tied to most strongly. Where that leaves too many,
    since hubs have gone round one of their many leaves, they are chosen by degree.
    """
    within = ties.only(communities[ties.heads] == communities[ties.tails])
    for those, first in ((within, chance), (ties, chance), (ties, ties.degrees() + chance)):
        star = _stars(those, first)
        if star.max() < WORTH * ties.count:
            break
    return star


def _stars(ties: Ties, chance: Floats) -> Numbers:
    is_sun = _suns(ties, chance)
    round_it = ~is_sun[ties.heads] & is_sun[ties.tails]
    planets, suns = ties.heads[round_it], ties.tails[round_it]
    order = np.lexsort((suns, -ties.strength[round_it], planets))
    planet, first = np.unique(planets[order], return_index=True)
    star = np.arange(ties.count)
    star[planet] = suns[order][first]
    return np.unique(star, return_inverse=True)[1]


def _suns(ties: Ties, chance: Floats) -> NDArray[np.bool_]:
    state = np.full(ties.count, _OPEN)
    while (state == _OPEN).any():
        rival = (state[ties.heads] == _OPEN) & (state[ties.tails] == _OPEN)
        highest = np.full(ties.count, -1.0)
        np.maximum.at(highest, ties.heads[rival], chance[ties.tails[rival]])
        sun = (state == _OPEN) & (chance > highest)
        state[sun] = _SUN
        state[ties.tails[sun[ties.heads]]] = _PLANET
    suns: NDArray[np.bool_] = state == _SUN
    return suns
