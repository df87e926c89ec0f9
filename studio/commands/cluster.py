"""``kim-studio worker`` and ``kim-studio scheduler``: the computers of a district as one (extra ``kabupaten``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from studio.export.cluster.cluster_link import ClusterKeys

KeyOption = Annotated[Path | None, typer.Option()]
_THIS_COMPUTER = frozenset({"127.0.0.1", "localhost", "::1"})


def worker(
    address: Annotated[str, typer.Option("--scheduler", show_default=False)],
    host: Annotated[str, typer.Option()] = "",
    count: Annotated[int, typer.Option(min=1, max=64)] = 1,
    clips: Annotated[int, typer.Option(min=0, max=64)] = 1,
    apart: Annotated[bool, typer.Option("--apart")] = False,
    room: Annotated[Path | None, typer.Option()] = None,
    tls_ca: KeyOption = None,
    tls_cert: KeyOption = None,
    tls_key: KeyOption = None,
) -> None:
    """Work for a scheduler until Ctrl+C or SIGTERM."""
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.export.cluster.cluster_servers import WorkerWish, run_workers

    words, keys = user_texts(), keys_or_exit(tls_ca, tls_cert, tls_key)
    wish = WorkerWish(address, host, count, clips, apart, room, keys)
    with explain_errors(words):
        run_workers(wish, lambda name: print_result(words.text("cluster.works", worker=name, address=address)))


def scheduler(
    host: Annotated[str, typer.Option(show_default=False)],
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8786,
    dashboard: Annotated[str, typer.Option()] = "",
    tls_ca: KeyOption = None,
    tls_cert: KeyOption = None,
    tls_key: KeyOption = None,
) -> None:
    """Be the scheduler of a cluster until Ctrl+C or SIGTERM."""
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.export.cluster.cluster_servers import run_scheduler

    words, keys = user_texts(), keys_or_exit(tls_ca, tls_cert, tls_key)

    def tell(address: str) -> None:
        print_result(words.text("cluster.schedules", address=address))
        if keys is None and host not in _THIS_COMPUTER:
            print_result(words.text("cluster.open_door"))

    with explain_errors(words):
        run_scheduler(host, port, dashboard, keys, tell)


def keys_or_exit(ca: Path | None, certificate: Path | None, key: Path | None) -> ClusterKeys | None:
    """The three files of a cluster that speaks TLS; None where none is named, and an end where one is missing."""
    from studio.base.errors import UserError
    from studio.commands.common import explain_errors, user_texts

    if ca is None and certificate is None and key is None:
        return None
    from studio.export.cluster.cluster_link import ClusterKeys

    with explain_errors(user_texts()):
        if ca is None or certificate is None or key is None:
            raise UserError("cluster.keys_missing", file="--tls-ca, --tls-cert, --tls-key")
        for path in (ca, certificate, key):
            if not path.is_file():
                raise UserError("cluster.keys_missing", file=str(path))
        return ClusterKeys(ca, certificate, key)
