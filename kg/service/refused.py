"""What is wrong with a request in, the exception that is answered with a status and one line out."""

from __future__ import annotations

from collections.abc import Mapping


class RefusedError(Exception):
    """A request that is not answered: the status, one clear line, and headers that go with it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message, headers)  # all of it, so that it can be pickled
        self.status, self.message, self.headers = status, message, dict(headers or {})


def later(message: str) -> RefusedError:
    """A refusal of what may well be answered in a moment."""
    return RefusedError(503, message, {"Retry-After": "1"})
