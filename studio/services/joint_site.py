"""The website of many groups as the window makes it: which workspaces, who would leave, the run, in words what came."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base import paths
from studio.base.errors import UserError
from studio.base.folders import PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.website.site_library import BuiltSite

_DEPTH = 3
"""Folders that are gone into for workspaces: a stick, a district, its groups."""
MOST_GROUPS = 5_000


@dataclass(frozen=True, slots=True)
class JointGroup:
    """A group of the list.

    Attributes:
        folder: of its workspace.
        name: as it is called; that of the folder while it cannot be opened.
        area: village and district.
        group: its id.
        problem: why its workspace cannot be opened.
    """

    folder: Path
    name: str
    area: str = ""
    group: str = ""
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class JointOutlook:
    """What a run would meet.

    Attributes:
        groups: as they were opened.
        leaving: names of groups that are on the site and not in the list: their pages would come down.
    """

    groups: tuple[JointGroup, ...]
    leaving: tuple[str, ...]


def find_workspaces(folders: Iterable[Path], progress: Progress) -> tuple[Path, ...]:
    """The workspaces that these folders are, or hold: in order, each once.

    Raises:
        UserError: ``joint.none_found``: there is none in any of them.
        WorkCancelled: from ``progress``.
    """
    given = [folder.parent if folder.name == PROFILE else folder for folder in folders]
    found = dict.fromkeys(each.resolve() for folder in given for each in _below(folder, _DEPTH, progress))
    if not found:
        raise UserError("joint.none_found", place=", ".join(str(folder) for folder in given))
    return tuple(found)[:MOST_GROUPS]


def _below(folder: Path, depth: int, progress: Progress) -> Iterator[Path]:
    progress.report(0, 1, folder.name)
    if (folder / PROFILE).is_file():
        yield folder
        return
    try:
        inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError:
        return
    for each in inside if depth else ():
        yield from _below(each, depth - 1, progress)


def look_at_groups(folders: Sequence[Path], out: Path | None, progress: Progress) -> JointOutlook:
    """Open each workspace for a moment, and see whom the site holds.

    Args:
        folders: of the workspaces.
        out: of the site; None while none is chosen.
        progress: in workspaces.

    Raises:
        UserError: ``out`` holds another site, or a workspace.
        WorkCancelled: from ``progress``.
    """
    from studio.export.website.site_place import refuse_unsafe_place
    from studio.export.website.site_writer import SiteWriter

    if out is not None:
        refuse_unsafe_place(out, folders)
    groups = []
    for number, folder in enumerate(folders):
        progress.report(number, len(folders), folder.name)
        groups.append(_look_into(folder))
    leaving: tuple[str, ...] = ()
    if out is not None and out.is_dir():
        writer = SiteWriter(out, "gabungan", (), own_place=False)
        here = {each.group for each in groups}
        leaving = tuple(writer.titles.get(name, name) for name, group in writer.sites.items() if group not in here)
    return JointOutlook(tuple(groups), leaving)


def _look_into(folder: Path) -> JointGroup:
    from studio.posts.template_context import group_values
    from studio.store.workspace import open_workspace

    try:
        if not (folder / PROFILE).is_file():
            raise UserError("joint.none_found", place=str(folder))
        with open_workspace(folder, write=False) as opened:
            group = opened.group
            area = ", ".join(filter(None, (group.village, group.district)))
            return JointGroup(folder, group_values(group)["name"], area, group.id)
    except UserError as error:
        return JointGroup(folder, folder.name, problem=error)


def make_joint_site(
    folders: Sequence[Path], out: Path, address: str, texts: MessageTexts, progress: Progress
) -> BuiltSite:
    """Make or renew the website, in a worker; see ``build_joint_site``.

    Raises:
        UserError: a workspace cannot be opened, then nothing is changed; and as there.
        WorkCancelled: the user stopped it; what was finished stays.
    """
    from studio.export.website.joint_site import build_joint_site
    from studio.store.workspace import open_workspace

    with ExitStack() as held:
        opened = [held.enter_context(open_workspace(folder, write=False)) for folder in folders]
        return build_joint_site(opened, paths.templates_dir(), texts, out, progress, site=address)


def joint_lines(site: BuiltSite, texts: MessageTexts) -> list[str]:
    """What is not on the site and why, a line each: first what came down now."""
    from studio.export.website.site_library import left_out_line

    told = sorted(
        (left for left in site.left_out if left.taken_down or not left.expected), key=lambda e: not e.taken_down
    )
    return [left_out_line(left, texts) for left in told]
