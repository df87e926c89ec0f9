"""The sites of many groups as one website: ``kim-studio export A --also B --site --out DIR``.

Each group has its whole site in a folder of its own, with its imprint, contacts and media, so two stories of one
address never meet. Before them stand shared pages (``joint_front.py``). Whom any group protects no other names: all are
asked who that is before the first page is made. Groups are built one after the other, and of each only what lists show
is kept, so that thousands fit into memory.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio import __version__
from studio.base.atomic_files import disk_error
from studio.base.errors import UserError
from studio.base.progress import PartProgress
from studio.export.planning.content_keys import key_of
from studio.export.running.export_folders import taking_turns
from studio.export.website.joint_front import TAKEN, GroupShelf, JointFront, joint_entry, joint_group
from studio.export.website.joint_place import JointPlace
from studio.export.website.site_library import BuiltSite, LeftOut, build_site
from studio.export.website.site_memory import SiteMemory, light_entry, stored_folders
from studio.export.website.site_recall import recall_site
from studio.export.website.site_search import words_of
from studio.export.website.site_writer import SiteWriter
from studio.posts.catalog import load_catalog, outlet_digest
from studio.posts.template_context import group_values
from studio.release.joined_stories import index_neighbours
from studio.store.story_shelf import today_of
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.posts.catalog import OutletCatalog
    from studio.store.workspace import Workspace


def build_joint_site(
    workspaces: Sequence[Workspace],
    templates: Path,
    texts: MessageTexts,
    out: Path,
    progress: Progress,
    *,
    jobs: int = 1,
) -> BuiltSite:
    """Make the website of many groups, or bring it up to date.

    A group that was on the site and is not among ``workspaces`` is taken down, and named in ``left_out``. A group whose
    site cannot be made is named there too and is on no shared page; the others go on.

    Args:
        workspaces: open; reading is enough.
        templates: the built-in packs.
        texts: language of warnings.
        out: the site's folder.
        progress: in groups.
        jobs: 1 or 2 processes for the pictures.

    Raises:
        UserError: ``site.same_group``: two workspaces are of one group; the folder holds another site, or files that
            are not ours, or cannot be written.
        WorkCancelled: from ``progress``; the next run goes on.
    """
    refuse_twins(workspaces)
    try:
        with taking_turns(out, texts, progress):
            return _build_joint_site(workspaces, templates, texts, out, progress, jobs)
    except OSError as error:
        raise disk_error(error, out / "index.html") from error


def refuse_twins(workspaces: Sequence[Workspace]) -> None:
    """Refuse two workspaces of one group: which of them its address leads to would depend on their order.

    Raises:
        UserError: ``site.same_group``.
    """
    seen: dict[str, Workspace] = {}
    for each in workspaces:
        if each.group.id and each.group.id in seen:
            one = seen[each.group.id]
            raise UserError("site.same_group", group=each.group.name, one=str(one.path), other=str(each.path))
        seen[each.group.id] = each


def _build_joint_site(
    workspaces: Sequence[Workspace], templates: Path, texts: MessageTexts, out: Path, progress: Progress, jobs: int
) -> BuiltSite:
    catalog = load_catalog(templates, None)
    front = joint_group([each.group for each in workspaces])
    writer = SiteWriter(out, front.id, (), own_place=False)
    before = writer.sites
    sites = joint_addresses([each.group.id or slugify(each.group.name) for each in workspaces], workspaces, before)
    writer.note_sites({**before, **sites})
    written = 0
    left, removed = _take_down_groups(out, {name: before[name] for name in before.keys() - sites.keys()})
    placed = dict(zip(sites, workspaces, strict=True))
    place = _protected_everywhere(placed, templates, texts, out)
    shelves: list[GroupShelf] = []
    for number, (address, workspace) in enumerate(placed.items()):
        part = PartProgress(progress, number, number + 1, len(placed) + 1)
        joint = replace(place, others=replace(place.others, address=address))
        try:
            site = build_site(workspace, templates, texts, out / address, part, jobs=jobs, joint=joint)
        except UserError as error:
            left.append(LeftOut(address, error, taken_down=False))
            continue
        left += [replace(one, folder=f"{address}/{one.folder}") for one in site.left_out]
        written, removed = written + site.written, removed + site.removed
        shelves.append(_shelf(site, workspace))
    memory = SiteMemory(out, _front_key(catalog, front, workspaces, texts))
    stamps = [(shelf.address, key_of("entries", (shelf.group, shelf.entries))) for shelf in shelves]
    writer.sites = sites
    if not memory.is_whole(stamps):
        JointFront(catalog, catalog.outlet("website"), writer, front).write(shelves)
        removed += writer.commit_site()
        written += writer.written
        memory.save((), stamps, writer.file_names())
    progress.report(1, 1, out.name)
    return BuiltSite(out, sum(len(shelf.entries) for shelf in shelves), written, removed, tuple(left))


def joint_addresses(keys: Sequence[str], workspaces: Sequence[Workspace], before: Mapping[str, str]) -> dict[str, str]:
    """The folder of each group's site, in order, and the key of the group: the one it had, else one after its name.

    Args:
        keys: of the groups.
        workspaces: of the groups.
        before: folders and keys of the groups that were on the site.
    """
    had = {key: address for address, key in before.items()}
    made: dict[str, str] = {}
    for key, workspace in zip(keys, workspaces, strict=True):
        stem, number = slugify(group_values(workspace.group)["name"]), 1
        address = had.get(key, stem)
        while address in made or (key not in had and (address in before or address in TAKEN)):
            number += 1
            address = f"{stem}-{number}"
        made[address] = key
    return made


def _take_down_groups(out: Path, gone: Mapping[str, str]) -> tuple[list[LeftOut], int]:
    left, removed = [], 0
    for address, group in sorted(gone.items()):
        removed += SiteWriter(out / address, group, (), own_place=False).take_down()
        left.append(LeftOut(address, UserError("site.group_left", group=address), taken_down=True))
    return left, removed


def _protected_everywhere(
    placed: Mapping[str, Workspace], templates: Path, texts: MessageTexts, out: Path
) -> JointPlace:
    """Whom any group protects; a story that is as it was when the site was last built is not read for it."""
    found = []
    for address, workspace in placed.items():
        catalog = load_catalog(templates, workspace.templates_dir)
        place = JointPlace(index_neighbours(()), "")
        told = recall_site(workspace, out / address, catalog, texts, workspace.story_folders(), place, ask_only=True)
        found += [replace(each, folder=f"{address}/{each.folder}") for each in told.neighbours]
    return JointPlace(index_neighbours(found), key_of("protected", [(each.folder, each.person) for each in found]))


def _shelf(site: BuiltSite, workspace: Workspace) -> GroupShelf:
    """What the shared pages need of a group's stories, without the texts that its memory holds."""
    name = group_values(workspace.group)["name"]
    made = [entry for entry in site.entries if "i" in entry]
    stored = stored_folders(site.folder) if made else frozenset()
    rest = {each["folder"]: (words_of(each), each["content"]) for each in made if each["folder"] not in stored}
    entries = [joint_entry(light_entry(entry), site.folder.name, name) for entry in site.entries]
    return GroupShelf(site.folder, workspace.group, entries, rest)


def _front_key(catalog: OutletCatalog, front: object, workspaces: Iterable[Workspace], texts: MessageTexts) -> str:
    """A hash of all that goes into the shared pages alike."""
    pack = outlet_digest(catalog.outlet("website"), catalog.common)
    days = sorted({str(today_of(each)) for each in workspaces})
    return key_of("joint site", (__version__, front, pack, days, texts.language))
