"""Mentions in, entities out: which mentions of an article stand for one thing, and what it is called everywhere."""

from kg.link.resolution import publisher, resolve

__all__ = ["publisher", "resolve"]
