"""Addresses of the web in, articles out: what `--fetch` does, with whoever it asks and however long that takes."""

from kg.read.fetching.fetcher import Fetcher
from kg.read.fetching.pages import fetch

__all__ = ["Fetcher", "fetch"]
