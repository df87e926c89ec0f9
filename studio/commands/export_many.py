"""``kim-studio export A --also B``, and ``--scheduler``: many workspaces in one run, here or on a cluster."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base import paths
from studio.base.errors import UserError
from studio.base.log import start_log
from studio.commands.common import DONE, PARTLY, WRONG_USE, explain_errors, print_trouble, progress_bar, user_texts
from studio.commands.export import WRONG_NAMES, export_all, print_manifests, print_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.export.cluster.cluster_link import ClusterKeys
    from studio.export.running.story_exporter import ExportedStory
    from studio.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ManyWish:
    """What ``kim-studio export`` was asked for beyond one workspace.

    Attributes:
        workspaces: the first, and those of ``--also``.
        stories: folder names; only of a single workspace.
        outlets: ids.
        out: where to; of several workspaces each gets a folder of its name there.
        jobs: processes, without a cluster.
        frugal: clips with less memory.
        expired: notices that are over, too.
        scheduler: address of a cluster; "" for this computer.
        keys: for a cluster that speaks TLS.
    """

    workspaces: tuple[Path, ...]
    stories: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    out: Path | None = None
    jobs: int = 1
    frugal: bool = False
    expired: bool = False
    scheduler: str = ""
    keys: ClusterKeys | None = None


@dataclass(frozen=True, slots=True)
class _ExportPlace:
    workspace: Workspace
    out: Path | None


def run_export_many(wish: ManyWish, *, as_json: bool) -> int:
    """Export and report, one workspace after the other.

    Returns:
        As ``run_export``; 1 also when a workspace cannot be opened (the others are exported), 2 when stories are named
        for several.
    """
    words = user_texts()
    # A workspace that is named twice, perhaps by a link, is exported once.
    folders = tuple(dict.fromkeys(path.resolve() for path in wish.workspaces))
    names = [folder.name for folder in folders]
    if wish.stories and len(folders) > 1:
        print_trouble(words.text("export.also_stories"))
        return WRONG_USE
    # Below --out each workspace has a folder of its name; of two with one name the second would write over the first.
    if wish.out is not None and len(set(names)) < len(names):
        print_trouble(words.text("export.also_names"))
        return WRONG_USE
    with explain_errors(words), ExitStack() as held:
        places, missing = _open_all(folders, wish, words, held)
        try:
            done = _export_places(places, wish, words)
        except UserError as error:
            # A story or outlet nobody knows is a slip of the typist; whatever else comes is not, and keeps its
            # own way out.
            if error.code not in WRONG_NAMES:
                raise
            print_trouble(words.explain(error))
            return WRONG_USE
        return _report(places, done, wish, words, as_json=as_json, missing=missing)


def _open_all(
    folders: Sequence[Path], wish: ManyWish, words: MessageTexts, held: ExitStack
) -> tuple[list[_ExportPlace], bool]:
    from studio.store.workspace import open_workspace

    places: list[_ExportPlace] = []
    missing = False
    for folder in folders:
        try:
            opened = held.enter_context(open_workspace(folder, write=False))
        except UserError as error:
            print_trouble(words.explain(error))
            missing = True
            continue
        apart = wish.out is not None and len(folders) > 1
        places.append(_ExportPlace(opened, wish.out / folder.name if wish.out is not None and apart else wish.out))
    return places, missing


def _export_places(places: Sequence[_ExportPlace], wish: ManyWish, words: MessageTexts) -> list[list[ExportedStory]]:
    if wish.scheduler:
        return _export_on_cluster(places, wish, words)
    return [
        export_all(
            each.workspace,
            wish.stories,
            wish.outlets,
            each.out,
            wish.jobs,
            words,
            frugal=wish.frugal,
            expired=wish.expired,
        )
        for each in places
    ]


def _export_on_cluster(
    places: Sequence[_ExportPlace], wish: ManyWish, words: MessageTexts
) -> list[list[ExportedStory]]:
    from studio.export.cluster.cluster_link import open_cluster
    from studio.export.cluster.cluster_run import WorkspaceWish, export_on_cluster
    from studio.export.running.exported_versions import keep_exported_version

    start_log(paths.log_dir())

    def tell(notice: WorkNotice) -> None:
        print_trouble(words.explain(notice))

    wishes = [WorkspaceWish(each.workspace, wish.stories, wish.outlets, each.out, wish.expired) for each in places]
    done: list[list[ExportedStory]] = [[] for _ in places]
    with open_cluster(wish.scheduler, tell, keys=wish.keys) as link, progress_bar(words.text("cli.exporting")) as bar:
        page = link.dashboard
        print_trouble(words.text("cluster.connected", address=wish.scheduler, workers=len(link.workers())))
        if page:
            print_trouble(words.text("cluster.dashboard", page=page))
        for each in export_on_cluster(wishes, link, words, bar, frugal=wish.frugal):
            done[wishes.index(each.wish)].append(each.exported)
            keep_exported_version(each.wish.workspace, each.exported)
    for place, own in zip(places, done, strict=True):
        # A cluster gives stories back as they get done; they are told in the order they were asked for.
        order = wish.stories or place.workspace.story_folders()
        own.sort(key=lambda exported: order.index(exported.folder))
    return done


def _report(
    places: Sequence[_ExportPlace],
    done: Sequence[Sequence[ExportedStory]],
    wish: ManyWish,
    words: MessageTexts,
    *,
    as_json: bool,
    missing: bool,
) -> int:
    worst = PARTLY if missing else DONE
    if as_json:
        print_manifests([exported for own in done for exported in own])
    for place, own in zip(places, done, strict=True):
        out = place.out or place.workspace.exports_dir()
        worst = max(worst, print_report(place.workspace, own, out, words, table=not as_json, named=bool(wish.stories)))
    return worst
