"""``kim-studio export A --also B --site``: the groups of a district as one website."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from studio.base import paths
from studio.base.errors import UserError
from studio.commands.common import PARTLY, WRONG_USE, explain_errors, print_trouble, progress_bar, user_texts
from studio.commands.export import print_site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_joint_site(
    workspaces: Sequence[Path], out: Path | None, address: str, *, jobs: int, alone: bool, as_json: bool
) -> int:
    """Make the website of several workspaces, or bring it up to date.

    Args:
        workspaces: their folders; one that is named twice counts once.
        out: where to.
        address: at which it will be found; "" for none.
        jobs: processes, 1 or 2.
        alone: nothing was named beside it that a site of everything cannot follow.
        as_json: print what became of the site as JSON.

    Returns:
        As ``run_site``; 1 also when a workspace cannot be opened: then nothing is changed, as the site would lose that
        group, and nobody could say whom it protects.
    """
    from studio.export.website.joint_site import build_joint_site
    from studio.store.workspace import open_workspace

    words = user_texts()
    if not alone or out is None:
        print_trouble(words.text("export.site_alone" if not alone else "site.joint_out"))
        return WRONG_USE
    with explain_errors(words), ExitStack() as held:
        opened, missing = [], False
        for folder in dict.fromkeys(path.resolve() for path in workspaces):
            try:
                opened.append(held.enter_context(open_workspace(folder, write=False)))
            except UserError as error:
                print_trouble(words.explain(error))
                missing = True
        if missing:
            print_trouble(words.text("site.joint_missing"))
            return PARTLY
        with progress_bar(words.text("phone.site_job")) as progress:
            site = build_joint_site(opened, paths.templates_dir(), words, out, progress, jobs=jobs, site=address)
        return print_site(site, opened, words, as_json=as_json)
