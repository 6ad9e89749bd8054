"""A Ray cluster's address in, the cluster out: all of Ray that the house touches, without its noise."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from kg.errors import PluginError, ServiceError
from kg.pipeline.engines.guard import guarded

_MEMORY = 200_000_000  # bytes for what is under way between processes of this machine; what has no room goes to disk
_PATIENCE = 10.0  # seconds in which a cluster's address must answer
_ENDING = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
_QUIET = {  # read by Ray when it is imported or started
    "RAY_USAGE_STATS_ENABLED": "0",  # it would tell its makers
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # what it warns of otherwise
}


@contextmanager
def joined(address: str | None, cores: int | None) -> Iterator[None]:
    """Be part of the cluster at an address, or of one of this machine alone, with so many cores, that ends with it.

    Who is part of a cluster already stays in that. Raises `PluginError` where Ray is not installed, `ServiceError`
    where there is no such cluster.
    """
    ray = _ray()
    if ray.is_initialized():
        yield
        return
    with _silence(ray), nullcontext() if address else guarded() as folder:
        try:
            with _own_signals(ray):
                _join(ray, address, _own(cores, folder) if folder else {})
            yield
        finally:
            ray.shutdown()


def _own(cores: int | None, folder: str) -> dict[str, object]:
    """How a cluster of this machine alone is started."""
    return {"num_cpus": cores, "include_dashboard": False, "object_store_memory": _MEMORY, "_temp_dir": folder}


def _join(ray: Any, address: str | None, own: dict[str, object]) -> None:
    try:
        _knock(address or "")
        ray.init(address or "local", log_to_driver=False, logging_level="critical", **own)
    except Exception as error:  # no cluster, other versions, no address; one that does not start is a bare Exception
        why = next(iter(str(error).strip().splitlines()), type(error).__name__)
        where = f"the Ray cluster at {address}" if address else "Ray on this machine"
        raise ServiceError(f"{where} does not answer: {why[:300]}") from error


@contextmanager
def _silence(ray: Any) -> Iterator[None]:
    """Ray prints paragraphs on standard output for each worker that dies, unless told as its own debugger tells it."""
    printing = ray._private.worker
    printing._worker_logs_enabled = False
    try:
        yield
    finally:
        printing._worker_logs_enabled = True


def _knock(address: str) -> None:
    """Raise `OSError` where nobody listens: Ray would try for minutes, and then end the process."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


@contextmanager
def _own_signals(ray: Any) -> Iterator[None]:
    """What says that this process is to end waits for Ray's start, and is heard by whose process it is, not by Ray.

    Ray would exit by a handler of its own, in the middle of that: some of what it does then swallows it, some aborts.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []

    def hear(number: int, frame: object) -> None:
        heard.append(number)
        for each in before:
            signal.signal(each, signal.SIG_DFL)  # a second one ends it at once

    before = {number: handler for number in _ENDING if callable(handler := signal.getsignal(number))}
    kept, ray._private.utils.set_sigterm_handler = ray._private.utils.set_sigterm_handler, lambda handler: None
    for number in before:
        signal.signal(number, hear)
    try:
        yield
    finally:
        ray._private.utils.set_sigterm_handler = kept
        for number, handler in before.items():
            signal.signal(number, handler)
        for last in heard:
            signal.raise_signal(last)


def remote(actor: type) -> Any:
    """A class as Ray makes actors of it, each on one core; one that dies stays dead."""
    return _ray().remote(num_cpus=1, max_restarts=0)(actor)


def sent(value: object) -> Any:
    """A reference to a value that is sent once to each machine. Raises `ServiceError` for what cannot be sent."""
    try:
        return _ray().put(value)
    except (TypeError, AttributeError) as error:
        raise ServiceError(f"cannot be sent to other machines: {error}") from error


def cores() -> int:
    """How many the cluster has by now, and at least one."""
    return max(1, int(_ray().cluster_resources().get("CPU", 1)))


def done(refs: Sequence[Any], seconds: float) -> list[Any]:
    """All that have come, after waiting for the first of them."""
    ray = _ray()
    ready, _ = ray.wait(list(refs), num_returns=1, timeout=seconds)
    if ready:
        ready, _ = ray.wait(list(refs), num_returns=len(refs), timeout=0)
    return list(ready)


def got(ref: Any) -> Any:
    """What a reference stands for; None where who made it, or its machine, is gone.

    Raises `PluginError` where an actor cannot be made on its machine, because Dateline is not installed there.
    """
    ray = _ray()
    try:
        return ray.get(ref)
    except ray.exceptions.RayActorError as error:
        if error.actor_init_failed:
            raise PluginError(_not_there(error)) from error
    except ray.exceptions.RayTaskError as error:
        raise PluginError(_not_there(error)) from error
    except ray.exceptions.RayError:  # lost with its machine, or never fetched from it
        pass
    return None


def kill(actor: Any) -> None:
    """End an actor's process, if it is still there."""
    with suppress(Exception):  # whatever it is, it is gone
        _ray().kill(actor)


def _not_there(error: Exception) -> str:
    said = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"a machine of the cluster cannot read ({said[-1][:200]}): install dateline-kg there as it is here"


def _ray() -> Any:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise PluginError("Ray is not installed: pip install 'dateline-kg[ray]'") from error
    return ray
