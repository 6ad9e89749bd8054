"""A store in, an HTTP service out."""

from __future__ import annotations

from kg.service.app import app
from kg.service.server import serve

__all__ = ["app", "serve"]
