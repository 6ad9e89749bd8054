"""A source served from a thread of this process, and a client that asks it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from httpx import Client
from waiting import PATIENCE

from kg.service import app
from kg.service.limits import Limits
from kg.service.pool import Pool
from kg.service.settings import Settings
from kg.service.token import Token

SECRET = "so5ecret"
BEARER = {"Authorization": f"Bearer {SECRET}"}
WRITABLE = Settings(token=Token(SECRET))


@contextmanager
def served(opening: Callable[[], object], settings: Settings = WRITABLE, **limits: float) -> Iterator[Client]:
    """A client of one worker with the source."""
    bounds = Limits(**{"workers": 1, "timeout": PATIENCE, **limits})  # type: ignore[arg-type]
    with Pool(opening, bounds) as pool, answering(pool, settings) as client:
        yield client


@contextmanager
def answering(pool: Pool, settings: Settings = WRITABLE) -> Iterator[Client]:
    """A client of workers; to it the server is http://testserver/."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app(pool, settings=settings), log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            with Client(base_url=url, headers={"Host": "testserver"}, timeout=PATIENCE) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def asked(client: Client, query: str) -> str:
    """The answer to a query as CSV, or what was wrong with it."""
    response = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv, text/turtle;q=0.5"})
    return " ".join(response.text.split())
