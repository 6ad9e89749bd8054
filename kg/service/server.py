"""How a source is opened, a host and a port in; a server that answers until it is interrupted out."""

from __future__ import annotations

import errno
import ipaddress
import math
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn

from kg.errors import ServiceError
from kg.service.app import app
from kg.service.connection import patient
from kg.service.limits import Limits
from kg.service.pool import Pool
from kg.service.settings import Settings


def _announce(url: str) -> None:
    print(f"SPARQL at {url}sparql, a page at {url} (Ctrl-C stops)", flush=True)


def serve(
    opening: Callable[[], Any],
    *,
    limits: Limits | None = None,
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    announce: Callable[[str], None] = _announce,
) -> None:
    """Serve what `opening` opens (a function that can be pickled) until SIGINT or SIGTERM; port 0 takes any free one.

    `announce` is called with the server's URL once it listens. What is ingested meanwhile is seen by the next query.
    Raises `ServiceError` where the address cannot be had, and what `opening` raises where that is a `KGError`.
    """
    limits, settings = limits or Limits(), settings or Settings()
    with _listening(host, port) as listener, Pool(opening, limits) as pool:
        name, number = listener.getsockname()[:2]
        config = uvicorn.Config(
            app(pool, hosts=[*_hosts(host, name), *settings.names], settings=settings),
            http=patient(limits),
            h11_max_incomplete_event_size=limits.head,
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=math.ceil(limits.grace),
        )
        announce(f"http://{f'[{name}]' if ':' in name else name}:{number}/")
        with suppress(KeyboardInterrupt):  # which uvicorn raises once more when it has shut down
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise ServiceError(f"port {port}: a port is a number from 0, which takes any free one, to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise ServiceError(f"{host}:{port}: {_reason(error)}") from error
    except UnicodeError as error:  # too long for a name of the network, or with an empty part
        raise ServiceError(f"{host}: not the name of a machine") from error
    # an answer leaves in two parts, and the second would wait 40 ms for the first to be acknowledged; asyncio sees to
    # this for its own listeners alone
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "the port is in use: stop the other server, or take another port (0: any free one)"
    if error.errno == errno.EACCES:
        return "the port may not be used: take one above 1023"
    reason = str(error.strerror).partition(" (while")[0]  # Python repeats the address
    return f"cannot listen there ({reason}): is it an address of this machine?"


def _hosts(host: str, name: str) -> list[str]:
    if ipaddress.ip_address(name.partition("%")[0]).is_loopback:
        return sorted({host, name, f"[{name}]", "localhost", "127.0.0.1", "[::1]", "::1"})
    return ["*"]
