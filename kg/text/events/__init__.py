"""What happens in a text: by triggers that the ontology knows, with who, whom, where, when and how many."""

from kg.text.events.told import find_events

__all__ = ["find_events"]
