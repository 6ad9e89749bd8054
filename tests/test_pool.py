"""Real worker processes: what ends a query, what outlives it, and who waits for whom."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sources
from waiting import PATIENCE, is_alive, wait_for

from kg.errors import QueryError, ServiceError, StoreError
from kg.service.limits import MB, Limits
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.spool import Spool
from kg.service.worker import Ask

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?{v} {{ {'1 ' * 1000} }}" for v in "abcd") + " }"
DOUBLING = "BIND('0123456789abcdef' AS ?x0) " + " ".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(40))


def running(test: Callable[[Pool], Coroutine[Any, Any, None]], source: Any = sources.Own, **limits: float) -> None:
    async def at_work(pool: Pool) -> None:
        async with pool.at_work():
            await test(pool)

    with Pool(source, Limits(**{"workers": 1, "timeout": PATIENCE, **limits})) as pool:
        asyncio.run(at_work(pool))


async def answer(pool: Pool, query: str = "ASK {}", **options: Any) -> bytes:
    return b"".join([chunk async for chunk in pool.run(Ask(query, "json"), **options)])


async def refusal(pool: Pool, query: str, **options: Any) -> tuple[int, str]:
    with pytest.raises(RefusedError) as error:
        await answer(pool, query, **options)
    return error.value.status, error.value.message


def test_a_query_beyond_its_time_is_ended_and_the_next_one_answered() -> None:
    async def test(pool: Pool) -> None:
        assert await refusal(pool, ENDLESS, timeout=0.5) == (503, "the query was ended after 0.5 seconds: ask for less")
        assert b"true" in await answer(pool)

    running(test)


def test_a_query_beyond_its_memory_ends_its_worker_alone() -> None:
    async def test(pool: Pool) -> None:
        status, said = await refusal(pool, f"SELECT (STRLEN(?x40) AS ?n) {{ {DOUBLING} }}")
        assert (status, "256 MB" in said) == (503, True)
        assert b"true" in await answer(pool)

    running(test, memory=2**28)


def test_a_worker_that_dies_is_replaced_and_its_client_told() -> None:
    async def test(pool: Pool) -> None:
        for _ in range(3):
            assert (await refusal(pool, "die"))[0] == 503
        assert b"true" in await answer(pool)

    running(test, sources.Mortal)


def test_an_error_comes_back_as_it_was_raised() -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(QueryError, match="not\nSPARQL: x"):
            await answer(pool, "x")

    running(test, sources.Wrong)


def test_a_bug_is_an_error_and_its_worker_goes_on() -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(ServiceError, match="its log says why"):
            await answer(pool, "bug")
        assert b"true" in await answer(pool)
        assert pool.state()["workers_replaced_total"] == 0

    running(test, sources.Mortal)


def test_without_what_starts_workers_there_are_new_ones() -> None:
    async def test(pool: Pool) -> None:
        pool._forkserver._process.kill()
        pool._forkserver._process.wait()
        with pytest.raises(RefusedError):
            await answer(pool, "die")
        assert b"true" in await answer(pool)

    running(test, sources.Mortal)


def test_a_long_query_leaves_its_seat_to_others() -> None:
    async def test(pool: Pool) -> None:
        long = asyncio.create_task(answer(pool, ENDLESS))
        await asyncio.sleep(0.05)
        assert b"true" in await answer(pool)
        assert (await refusal(pool, ENDLESS, timeout=0.5))[0] == 503
        assert not long.done()
        long.cancel()
        with suppress(asyncio.CancelledError):
            await long

    running(test, quick=0.1)


def test_an_answer_that_no_disk_has_room_for_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def chunks() -> AsyncGenerator[bytes]:
        for _ in range(100):
            yield b"x" * 2**16

    async def read() -> None:
        async with Spool(2**30).ahead(chunks()) as rest:
            await asyncio.sleep(0.1)
            async for _ in rest:
                pass

    monkeypatch.setattr("os.pwrite", lambda *_: 1)  # a full disk takes a part
    with pytest.raises(OSError, match="No space left"):
        asyncio.run(asyncio.wait_for(read(), PATIENCE))


def test_who_stops_reading_ends_the_query() -> None:
    async def test(pool: Pool) -> None:
        task = asyncio.create_task(answer(pool, ENDLESS))
        await asyncio.sleep(0.1)
        task.cancel()
        assert b"true" in await answer(pool)  # by the worker that has taken the only seat

    running(test, quick=PATIENCE)


def test_the_line_and_one_client_have_their_limits() -> None:
    async def test(pool: Pool) -> None:
        first = [asyncio.create_task(answer(pool, client=c)) for c in "ab"]
        await asyncio.sleep(0)
        assert await refusal(pool, "ASK {}", client="a") == (
            429,
            "too many queries of yours at once: wait for their answers",
        )
        assert (await refusal(pool, "ASK {}", client="c"))[0] == 503
        assert [b"true" in text for text in await asyncio.gather(*first)] == [True, True]

    running(test, sources.Own, queue=2, per_client=1)


def test_an_answer_beyond_its_size_is_ended() -> None:
    async def test(pool: Pool) -> None:
        assert (await refusal(pool, "SELECT"))[0] == 413
        assert (await refusal(pool, "SELECT"))[0] == 413

    running(test, sources.Long, result=2**20)


def test_what_opens_nothing_is_said_at_once() -> None:
    with pytest.raises(StoreError, match="nothing here"):
        Pool(sources.nothing)


def test_a_worker_that_cannot_open_its_source_is_gone_at_once() -> None:
    with pytest.raises(ServiceError, match="no worker starts"):
        Pool(sources.broken)


def test_too_many_open_files_end_no_other_work(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(pool: Pool) -> None:
        assert b"true" in await answer(pool)
        forkserver = pool._forkserver
        with monkeypatch.context() as patch:
            patch.setattr("socket.socketpair", full)
            with pytest.raises(RefusedError):
                await answer(pool, "die")
            with pytest.raises(ServiceError, match="Too many open files"):
                await answer(pool)
        assert b"true" in await answer(pool)
        assert pool._forkserver is forkserver

    def full() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    running(test, sources.Mortal)


def test_a_worker_gets_a_part_of_the_memory_that_there_is() -> None:
    assert 512 * MB <= Limits().memory <= 2048 * MB


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc to see processes in")
def test_no_worker_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import asyncio, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import sources, test_pool
from kg.service.limits import Limits
from kg.service.pool import Pool
async def test(pool):
    async with pool.at_work():
        work = asyncio.create_task(test_pool.answer(pool, test_pool.ENDLESS))
        while not pool._idle:  # the other worker is there, too
            await asyncio.sleep(0.01)
        print(pool._forkserver._process.pid, flush=True)
        await work
with Pool(sources.Own, Limits(workers=2)) as pool:
    asyncio.run(test(pool))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout
    forkserver = int(server.stdout.readline())
    workers = list(map(int, Path(f"/proc/{forkserver}/task/{forkserver}/children").read_text().split()))
    assert len(workers) >= 2 and all(map(is_alive, workers))
    server.send_signal(signal.SIGKILL)
    server.wait()
    server.stdout.close()
    wait_for(lambda: not any(map(is_alive, [forkserver, *workers])))
