"""An address with a protocol in (s3://bucket/folder), its file system and the path there out: whatever fsspec knows.

How it is reached, with what keys, is told in the way of the protocol (`AWS_PROFILE` …) or in fsspec's configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg.errors import KGError, PluginError

_WEB = "http", "https"  # the web is asked with other manners: kg ingest --fetch


def is_elsewhere(path: str) -> bool:
    """Whether a path has a protocol, and not one of the web."""
    protocol, found, _ = path.partition("://")
    return bool(found) and protocol.isalnum() and protocol.lower() not in _WEB


def reached(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises `PluginError` where nobody knows its protocol."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise PluginError(f"{address}: its protocol needs fsspec: pip install 'dateline-kg[files]'") from error
    try:
        system, path = url_to_fs(address)
    except ImportError as error:  # "Install s3fs to access S3"
        raise PluginError(f"{address}: {error} (with pip)") from error
    except ValueError as error:
        raise PluginError(f"{address}: {error}") from error
    return system, str(path)


@contextmanager
def failing() -> Iterator[None]:
    """Turn whatever a protocol's library raises into an `OSError` that says it in a line."""
    try:
        yield
    except (KGError, MemoryError):
        raise
    except FileNotFoundError as error:
        raise FileNotFoundError("nothing there: no such file, folder or bucket") from error
    except Exception as error:  # each library has a tree of its own
        said = next(iter(str(error).strip().splitlines()), "")
        raise OSError(said[:200] or type(error).__name__) from error
