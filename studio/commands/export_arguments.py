"""The arguments of ``kim-studio export``; what they ask for is in ``export.py`` and ``export_many.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.commands.cluster import KeyOption, keys_or_exit

WorkspaceArgument = Annotated[Path, typer.Argument(show_default=False)]


def export(
    workspace: WorkspaceArgument,
    stories: Annotated[list[str] | None, typer.Argument()] = None,
    outlet: Annotated[list[str] | None, typer.Option()] = None,
    out: Annotated[Path | None, typer.Option()] = None,
    site: Annotated[bool, typer.Option("--site")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=2)] = 1,
    frugal: Annotated[bool, typer.Option("--frugal")] = False,
    expired: Annotated[bool, typer.Option("--expired")] = False,
    also: Annotated[list[Path] | None, typer.Option()] = None,
    address: Annotated[str, typer.Option()] = "",
    cluster: Annotated[str, typer.Option("--scheduler")] = "",
    tls_ca: KeyOption = None,
    tls_cert: KeyOption = None,
    tls_key: KeyOption = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Export stories, or make the website of all."""
    from studio.commands.common import WRONG_USE, print_trouble, user_texts
    from studio.commands.export import run_export, run_site

    if address and not (site and also):
        print_trouble(user_texts().text("site.address_joint"))
        raise typer.Exit(WRONG_USE)
    if site:
        alone = not (stories or outlet or cluster)
        if also:
            from studio.commands.joint_site import run_joint_site

            all_of_them = (workspace, *also)
            raise typer.Exit(run_joint_site(all_of_them, out, address, jobs=jobs, alone=alone, as_json=json))
        raise typer.Exit(run_site(workspace, out, jobs=jobs, alone=alone, as_json=json))
    chosen = (tuple(stories or ()), tuple(outlet or ()))
    if also or cluster:
        from studio.commands.export_many import ManyWish, run_export_many

        keys = keys_or_exit(tls_ca, tls_cert, tls_key)
        wish = ManyWish((workspace, *(also or ())), *chosen, out, jobs, frugal, expired, cluster, keys)
        raise typer.Exit(run_export_many(wish, as_json=json))
    raise typer.Exit(run_export(workspace, *chosen, out, jobs=jobs, as_json=json, frugal=frugal, expired=expired))
