"""What somebody types in, the entities that bear such a name out, the best known first."""

from __future__ import annotations

from kg.graph.serving.explored import Explored


def search(explored: Explored, q: str, limit: int) -> dict[str, object]:
    """Entities whose names begin like what is typed, or have words that do."""
    return {"results": [], "more": False}
