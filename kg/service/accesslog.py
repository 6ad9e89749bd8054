"""Requests and their answers in, a log of them out: a line of JSON each, without the words of any query."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path

from kg.errors import ServiceError
from kg.service.watching import Exchange


class AccessLog:
    """A log in a file, which may be moved away at any time, or on standard error for "-".

    What somebody asks is nobody else's: of a query there is a digest, by which equal ones are known, and its length.
    """

    def __init__(self, file: Path) -> None:
        """Raises `ServiceError` for a file that cannot be written."""
        try:
            handler = logging.StreamHandler() if str(file) == "-" else WatchedFileHandler(file, encoding="utf-8")
        except OSError as error:
            raise ServiceError(f"{file}: cannot write the log: {error.strerror}") from error
        self._log = logging.Logger(__name__)  # of its own: nobody else's settings apply
        self._log.addHandler(handler)

    def __call__(self, exchange: Exchange) -> None:
        """Write a line."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": exchange.client,
            "method": exchange.method,
            "path": exchange.path,
            "status": exchange.status,
            "bytes": exchange.size,
            "seconds": round(exchange.seconds, 6),
        }
        if exchange.asked is not None:
            asked = exchange.asked.encode(errors="replace")
            line |= {"query": hashlib.sha256(asked).hexdigest()[:16], "query_bytes": len(asked)}
        self._log.info("%s", json.dumps(line))

    def close(self) -> None:
        """Close the file."""
        for handler in self._log.handlers:
            handler.close()
