"""The two programs of a cluster that stay up: scheduler and worker. Both end by Ctrl+C or SIGTERM.

Neither listens anywhere but at the address it was given: whoever reaches a port of Dask can have code run there
(docs/district.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.base.errors import UserError
from studio.export.cluster.cluster_link import CLIPS, ClusterKeys, require_address, require_dask
from studio.export.cluster.worker_tasks import APART

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETUP = "studio.export.cluster.worker_setup"
_PATIENCE = 30
"""Seconds that a scheduler has to answer a worker."""
PORT = 8786
"""Where schedulers of Dask are looked for."""


@dataclass(frozen=True, slots=True)
class WorkerWish:
    """Workers of one computer.

    Attributes:
        scheduler: its address.
        host: the address of this computer at which others fetch from it; "" for the one that leads to the scheduler.
        count: how many, each with one task at a time.
        clips: how many of them take clips.
        apart: whether files come over the wire even where the folders are seen.
        room: where they keep what they work on; None for the system's place for temporary files.
        keys: for a cluster that speaks TLS.
    """

    scheduler: str
    host: str = ""
    count: int = 1
    clips: int = 1
    apart: bool = False
    room: Path | None = None
    keys: ClusterKeys | None = None


def run_workers(wish: WorkerWish, tell: Callable[[str], None]) -> None:
    """Work for a scheduler until asked to stop; a worker that dies is begun anew.

    Args:
        wish: which workers.
        tell: hears the address of each worker that has begun.

    Raises:
        UserError: ``cluster.not_installed``, ``cluster.unreachable``, ``cluster.wrong_scheduler``,
            ``cluster.scheduler_gone``.
    """
    require_dask()
    require_address(wish.scheduler, wish.keys)
    asyncio.run(_serve_workers(wish, tell))


async def _serve_workers(wish: WorkerWish, tell: Callable[[str], None]) -> None:
    from distributed import Nanny

    await _require_same_dask(wish)
    protocol = "tls" if wish.keys else "tcp"
    host = wish.host or _own_address(wish.scheduler)
    common: dict[str, Any] = {
        "nthreads": 1,
        "host": host,
        "protocol": protocol,
        "preload": [SETUP],
        "local_directory": str(wish.room) if wish.room else None,
        "security": wish.keys.security() if wish.keys else None,
        "env": {APART: "1" if wish.apart else "", "DASK_LOGGING__DISTRIBUTED": "error"},
        "silence_logs": logging.ERROR,
        # Measurements about itself, which each worker serves: at that address too, not at all of the computer.
        "dashboard": False,
        "dashboard_address": f"{host}:0",
        "death_timeout": 30,
    }
    async with AsyncExitStack() as stack:
        nannies = [
            Nanny(wish.scheduler, resources={CLIPS: 1} if number < wish.clips else None, **common)
            for number in range(wish.count)
        ]
        for nanny in nannies:
            try:
                await stack.enter_async_context(nanny)
            except Exception as error:  # whatever a stranger on that port answers
                raise UserError("cluster.unreachable", address=wish.scheduler, reason=str(error)[:200]) from error
            tell(str(nanny.worker_address))
        ended = [asyncio.ensure_future(nanny.finished()) for nanny in nannies]
        if not await _until_asked(ended):
            raise UserError("cluster.scheduler_gone", address=wish.scheduler)


async def _require_same_dask(wish: WorkerWish) -> None:
    """A worker of another version would be let in, and every export would refuse that scheduler."""
    import distributed
    from distributed.core import rpc

    keys = wish.keys.security().get_connection_args("worker") if wish.keys else {}
    try:
        async with rpc(wish.scheduler, connection_args=keys, timeout=_PATIENCE) as there:
            told = await there.versions()
        theirs = str(told["packages"]["distributed"])
    except Exception as error:  # whatever a stranger on that port answers
        raise UserError("cluster.unreachable", address=wish.scheduler, reason=str(error)[:200]) from error
    if theirs != distributed.__version__:
        ours = distributed.__version__
        raise UserError("cluster.wrong_scheduler", address=wish.scheduler, theirs=theirs, ours=ours)


def run_scheduler(host: str, port: int, dashboard: str, keys: ClusterKeys | None, tell: Callable[[str], None]) -> None:
    """Be the scheduler of a cluster until asked to stop.

    Args:
        host: the address at which it listens, and at no other.
        port: TCP port; 0 for any that is free.
        dashboard: ``HOST:PORT`` of its page, "" for none.
        keys: TLS, and only for who has a certificate of the same authority; None for anybody.
        tell: hears its address.

    Raises:
        UserError: ``cluster.not_installed``, ``cluster.cannot_listen``.
    """
    require_dask()
    asyncio.run(_serve_scheduler(host, port, dashboard, keys, tell))


async def _serve_scheduler(
    host: str, port: int, dashboard: str, keys: ClusterKeys | None, tell: Callable[[str], None]
) -> None:
    from distributed import Scheduler

    facts: dict[str, Any] = {"security": keys.security()} if keys else {}
    # Without an address of its own the page would listen everywhere: then there is no server for it at all.
    facts |= {"dashboard": bool(dashboard), "dashboard_address": dashboard or f"{host}:0"}
    try:
        scheduler = await Scheduler(host=host, port=port, protocol="tls" if keys else "tcp", **facts)
    except OSError as error:
        place = f"{host}:{port}"
        raise UserError("cluster.cannot_listen", place=place, reason=error.strerror or str(error)) from error
    try:
        tell(scheduler.address)
        await _until_asked([asyncio.ensure_future(scheduler.finished())])
    finally:
        await scheduler.close()


def _own_address(scheduler: str) -> str:
    """The address of this computer that leads to the scheduler."""
    from distributed.comm import get_address_host
    from distributed.utils import get_ip

    return str(get_ip(get_address_host(scheduler)))


async def _until_asked(ended: list[asyncio.Future[Any]]) -> bool:
    """Wait until one of these has ended, or somebody asks us to stop (True)."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: there Ctrl+C is a KeyboardInterrupt
            loop.add_signal_handler(number, asked.set)
    waits = asyncio.ensure_future(asked.wait())
    await asyncio.wait([waits, *ended], return_when=asyncio.FIRST_COMPLETED)
    for each in (waits, *ended):
        each.cancel()
    return asked.is_set()
