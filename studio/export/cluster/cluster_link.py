"""The way from this computer to a cluster: connecting, which workers fit, and noticing that it is gone."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio import __version__
from studio.base.errors import UserError, WorkNotice
from studio.base.installation import installer_kind
from studio.export.cluster.worker_tasks import WorkerFacts, forget_run, packs_digest, shows_page, tell_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from distributed import Client, Security

CLIPS = "klip"
"""The resource of a worker that takes clips: ffmpeg uses every core, so a computer makes one at a time."""
_CONNECT_SECONDS = 15
_FIRST_WORKER_SECONDS = 20
LOST_SECONDS = 30.0
"""How long a cluster may be without scheduler or workers before the rest is made here."""
_LOOK_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class ClusterKeys:
    """Files of a cluster that speaks TLS only: who may take part, and who we are (PEM)."""

    ca: Path
    certificate: Path
    key: Path

    def security(self) -> Security:
        """As Dask takes them: nothing goes unencrypted, and both sides show their certificate."""
        from distributed import Security

        own = {
            f"tls_{part}_{what}": str(path)
            for part in ("client", "scheduler", "worker")
            for what, path in (("cert", self.certificate), ("key", self.key))
        }
        return Security(tls_ca_file=str(self.ca), require_encryption=True, **own)


class ClusterLink:
    """A cluster that is connected. Made by ``open_cluster``; shared by the threads of a run.

    Args:
        client: of Dask.
        address: of the scheduler.
        tell: hears, once each, of what is wrong with the cluster.
        patience: seconds without scheduler or workers after which it counts as lost.
    """

    def __init__(
        self, client: Client, address: str, tell: Callable[[WorkNotice], None], patience: float = LOST_SECONDS
    ) -> None:
        self.client = client
        self.address = address
        self.here = threading.Lock()
        """Held while something is made on this computer after all: one thing at a time."""
        self._tell = tell
        self._told: set[str] = set()
        self._patience = patience
        self._lock = threading.Lock()
        self._unfit: set[str] = set()
        self._looked = 0.0
        self._seen_alive = time.monotonic()
        self._workers: dict[str, dict[str, Any]] = {}
        self.lost = False

    @property
    def dashboard(self) -> str:
        """The address of the cluster's own page; "" when it has none."""
        try:
            shown = self.client.run_on_scheduler(shows_page)
        except Exception:  # a scheduler of Dask's own, without the studio, has one as a rule
            shown = True
        return str(self.client.dashboard_link) if shown else ""

    def warn_once(self, code: str, **facts: object) -> None:
        """Say what is wrong, once."""
        notice = WorkNotice(code, {"address": self.address, **facts})
        with self._lock:
            if repr(notice) in self._told:
                return
            self._told.add(repr(notice))
        self._tell(notice)

    def sort_workers(self) -> None:
        """Ask the workers that are there what they are; those that cannot do our work get none."""
        told: dict[str, WorkerFacts | BaseException] = self.client.run(tell_facts, on_error="return")
        for worker, facts in told.items():
            if not isinstance(facts, WorkerFacts):
                self.refuse_worker(worker, "cluster.no_studio")
            elif (facts.version, facts.packs) != (__version__, packs_digest()):
                self.refuse_worker(worker, "cluster.other_version", version=facts.version)
            elif not facts.paints:
                self.refuse_worker(worker, "cluster.no_paint")

    def refuse_worker(self, worker: str, code: str, **facts: object) -> None:
        """Give a worker nothing any more."""
        with self._lock:
            known = worker in self._unfit
            self._unfit.add(worker)
        if not known:
            self.warn_once(code, worker=worker, own=__version__, **facts)

    def choose_workers(self) -> list[str] | None:
        """Which workers may be asked; None for any. An empty list: nobody can do our work."""
        workers = self.workers()
        with self._lock:
            return [each for each in workers if each not in self._unfit] if self._unfit else None

    def workers(self) -> dict[str, dict[str, Any]]:
        """The workers there are, by address, as they were a moment ago."""
        if time.monotonic() - self._looked > _LOOK_EVERY:
            self._count_workers()
        return self._workers

    def makes_clips(self) -> bool:
        """Whether any worker says that it takes clips; where none does, whoever is free makes them."""
        return any(CLIPS in (each.get("resources") or {}) for each in self.workers().values())

    def is_alive(self) -> bool:
        """Whether it may still be waited for; once it is lost it stays so."""
        if not self.lost:
            self._count_workers()
            if time.monotonic() - self._seen_alive > self._patience:
                self.give_up()
        return not self.lost

    def give_up(self) -> None:
        """Count on it no longer: the rest is made here."""
        self.lost = True
        self.warn_once("cluster.lost")

    def _count_workers(self) -> None:
        self._looked = time.monotonic()
        workers: dict[str, dict[str, Any]] = {}
        if self.client.status == "running":
            # A scheduler that just died is found out by its not answering.
            with suppress(Exception):
                workers = dict(self.client.sync(self.client.scheduler.identity, n_workers=-1)["workers"])
        self._workers = workers
        if any(each not in self._unfit for each in workers):
            self._seen_alive = time.monotonic()


@contextmanager
def open_cluster(
    address: str,
    tell: Callable[[WorkNotice], None],
    *,
    keys: ClusterKeys | None = None,
    patience: float = LOST_SECONDS,
    connect: float = _CONNECT_SECONDS,
    first_worker: float = _FIRST_WORKER_SECONDS,
) -> Iterator[ClusterLink]:
    """Connect to a cluster for a ``with``.

    Args:
        address: of the scheduler, ``tcp://HOST:PORT`` or ``tls://HOST:PORT``.
        tell: hears of what is wrong with it.
        keys: for a cluster that speaks TLS.
        patience: see ``ClusterLink``.
        connect: seconds to wait for the scheduler.
        first_worker: seconds to wait for a worker.

    Raises:
        UserError: ``cluster.not_installed``, ``cluster.unreachable``, ``cluster.wrong_scheduler``,
            ``cluster.no_workers``.
    """
    client = _connect(address, keys, connect)
    try:
        _require_same_dask(client, address)
        try:
            client.wait_for_workers(1, timeout=first_worker)
        except TimeoutError:
            raise UserError("cluster.no_workers", address=address) from None
        link = ClusterLink(client, address, tell, patience)
        link.sort_workers()
        if link.choose_workers() == []:
            raise UserError("cluster.no_fit_workers", address=address)
        yield link
    finally:
        with suppress(Exception):  # a scheduler that is gone needs no good-bye
            client.close(timeout=5)


def forget_on_workers(link: ClusterLink, secret: str) -> None:
    """Have the workers delete what they kept for a run."""
    if not link.lost:
        with suppress(Exception):  # who is gone keeps nothing; who cannot delete it loses it when it ends
            link.client.run(forget_run, secret, on_error="ignore", wait=True)


def require_dask() -> None:
    """Make sure that the extra is installed.

    Raises:
        UserError: ``cluster.not_installed``.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UserError("cluster.not_brought" if installer_kind() else "cluster.not_installed") from error
    # What is wrong is told by us, once and in the user's language.
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def require_address(address: str, keys: ClusterKeys | None) -> None:
    """Make sure that an address of a scheduler can be meant.

    Raises:
        UserError: ``cluster.bad_address``, ``cluster.keys_missing``: it speaks TLS, and there is no certificate.
    """
    protocol, found, place = address.partition("://")
    if not (found and place and protocol in {"tcp", "tls", "inproc"}):
        raise UserError("cluster.bad_address", address=address)
    if protocol == "tls" and keys is None:
        raise UserError("cluster.keys_missing", file="--tls-ca, --tls-cert, --tls-key")


def _connect(address: str, keys: ClusterKeys | None, seconds: float) -> Client:
    require_dask()
    require_address(address, keys)
    import warnings

    from distributed import Client

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # another version is told below
            return Client(
                address,
                timeout=seconds,
                set_as_default=False,
                name="kim-studio",
                security=keys.security() if keys else None,
            )
    except Exception as error:  # whatever another version or a stranger on that port answers
        raise UserError("cluster.unreachable", address=address, reason=_first_line(error)) from error


def _first_line(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return (said[0] if said else type(error).__name__)[:200]


def _require_same_dask(client: Client, address: str) -> None:
    import distributed

    try:
        told = client.get_versions()
        theirs = str(told["scheduler"]["packages"]["distributed"])
    except Exception as error:
        raise UserError("cluster.unreachable", address=address, reason=_first_line(error)) from error
    if theirs != distributed.__version__:
        raise UserError("cluster.wrong_scheduler", address=address, theirs=theirs, ours=distributed.__version__)
