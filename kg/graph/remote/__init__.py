"""Other people's servers: `Endpoint` asks one, `pushing.py` brings a store to one, `wikidata.py` looks names up."""

from kg.graph.remote.endpoint import Endpoint

__all__ = ["Endpoint"]
