"""A network that waits in a spool in, the lines of its GEXF file out, one element after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.view import days
from kg.view.gexf import edges, nodes
from kg.view.gexf.columns import Column
from kg.view.looks import Looks
from kg.view.spool import Spool

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta>
<creator>Dateline</creator>
</meta>
"""
_DYNAMIC = ' mode="dynamic" timeformat="date" timerepresentation="interval"'


def lines(spool: Spool, looks: Looks, *, static: bool) -> Iterator[str]:
    """The file; it is dynamic if some edge has days, and it is not to be `static`."""
    of_nodes, of_edges = spool.shapes()
    arrays = spool.arrays()
    dynamic = not static and bool((arrays.spells != days.ALWAYS).any())
    directed = {shape.directed for shape in of_edges}
    node_columns, edge_columns = nodes.columns_of(of_nodes), edges.columns_of(of_edges)
    yield f'{_HEAD}<graph{_default(directed)} idtype="string"{_DYNAMIC if dynamic else ""}>\n'
    yield from _declared("node", node_columns)
    yield from _declared("edge", edge_columns)
    yield f'<nodes count="{arrays.count}">\n'
    yield from nodes.lines(spool, looks, node_columns, dynamic=dynamic)
    yield f'</nodes>\n<edges count="{len(arrays.edges)}">\n'
    yield from edges.lines(spool, edge_columns, dynamic=dynamic, mixed=len(directed) > 1)
    yield "</edges>\n</graph>\n</gexf>\n"


def _default(directed: set[bool]) -> str:
    # Gephi drops an undirected edge where the default is directed: a mixed graph has no default, its edges say it
    if len(directed) > 1:
        return ""
    return f' defaultedgetype="{"undirected" if False in directed else "directed"}"'


def _declared(kind: str, columns: Mapping[str, Column]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for column in columns.values():
        yield f'<attribute id="{column.title}" title="{column.title}" type="{column.type}"/>\n'
    yield "</attributes>\n"
