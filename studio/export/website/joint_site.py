"""The sites of many groups as one website: ``kim-studio export A --also B --site --out DIR``.

Each group has its whole site in a folder of its own, with its imprint, contacts and media, so two stories of one
address never meet. Before them stand shared pages (``joint_front.py``). Whom any group protects no other names: all are
asked who that is before the first page is made. Groups are built one after the other, and of each only what lists show
is kept, so that thousands fit into memory.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from studio import __version__
from studio.base.atomic_files import disk_error
from studio.base.errors import UserError
from studio.base.folders import PROFILE
from studio.base.progress import PartProgress
from studio.export.planning.content_keys import key_of
from studio.export.running.export_folders import taking_turns
from studio.export.website.joint_front import TAKEN, GroupShelf, JointFront, joint_entry, joint_group
from studio.export.website.joint_leaving import note_leaving, take_down_group
from studio.export.website.joint_place import JointPlace
from studio.export.website.site_library import BuiltSite, build_site, look_first, restore_lists
from studio.export.website.site_memory import SiteMemory, light_entry, stored_entries, stored_folders, stored_notices
from studio.export.website.site_notices import joint_notice, notice_entry
from studio.export.website.site_pages import FEED
from studio.export.website.site_place import refuse_unsafe_place
from studio.export.website.site_recall import recall_site
from studio.export.website.site_search import words_of
from studio.export.website.site_sorting import LeftOut
from studio.export.website.site_writer import SiteWriter
from studio.posts.catalog import load_catalog, outlet_digest
from studio.posts.template_context import group_values
from studio.posts.web_addresses import site_address
from studio.release.cross_story_protection import index_neighbours
from studio.store.story_shelf import today_of
from studio.story.model import Group
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.website.site_sorting import FirstLook
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
    site: str = "",
) -> BuiltSite:
    """Make the website of many groups, or bring it up to date.

    What may no longer be shown comes down before anything is made: a group that was on the site and is not among
    ``workspaces``, a story that is blocked by now. Both are named in ``left_out``, and a notice stands where they were.
    A group whose site cannot be made is named there too and is on no shared page; the others go on.

    Args:
        workspaces: open; reading is enough.
        templates: the built-in packs.
        texts: language of warnings.
        out: the site's folder.
        progress: in groups.
        jobs: 1 or 2 processes for the pictures.
        site: address at which it will be found; "" for none. Groups without a website of their own have theirs below.

    Raises:
        UserError: ``site.bad_address``; ``site.same_group``: two workspaces are of one group; ``site.in_workspace``;
            the folder holds another site, or files that are not ours, or cannot be written.
        WorkCancelled: from ``progress``; the next run goes on.
    """
    refuse_twins(workspaces)
    refuse_unsafe_place(out, [each.path for each in workspaces])
    address = shared_address(site)
    try:
        with taking_turns(out, texts, progress):
            return _JointRun(workspaces, templates, texts, out, address).build_all(progress, jobs)
    except OSError as error:
        raise disk_error(error, out / "index.html") from error


def shared_address(site: str) -> str:
    """The address below which every page of the site has its own, without ``/`` at its end; "" for none.

    Args:
        site: as it was typed; https where no scheme is.

    Raises:
        UserError: ``site.bad_address``: it names no computer, or has what belongs in no published address: a user and
            a password, a query, an anchor.
    """
    address = site_address(Group(site=site))
    with suppress(ValueError):  # brackets without a partner, a port that is no number
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
        named = re.fullmatch(r"[\w.-]*\w|\[[0-9a-f:.]+\]", f"[{host}]" if ":" in host else host)
        # One word is a computer of the house only where somebody wrote out how it is asked.
        typed = urlsplit(site.strip() if "://" in site else f"//{site.strip()}").netloc
        bare = "@" not in typed and not parts.netloc.endswith(":") and not re.search(r"[?#]", address)
        if named and bare and ("." in host or "://" in site):
            return address
    if site.strip():
        raise UserError("site.bad_address", address=site)
    return ""


def refuse_twins(workspaces: Sequence[Workspace]) -> None:
    """Refuse two workspaces of one group: which of them its address leads to would depend on their order.

    Raises:
        UserError: ``site.same_group``; ``joint.none_found``: there is no profile. Without it nobody knows which group
            this is, and its pages would come down as those of one that left.
    """
    seen: dict[str, Workspace] = {}
    for each in workspaces:
        if not (each.path / PROFILE).is_file():
            raise UserError("joint.none_found", place=str(each.path))
        if each.group.id and each.group.id in seen:
            one = seen[each.group.id]
            raise UserError("site.same_group", group=each.group.name, one=str(one.path), other=str(each.path))
        seen[each.group.id] = each


class _JointRun:
    """One run."""

    def __init__(
        self, workspaces: Sequence[Workspace], templates: Path, texts: MessageTexts, out: Path, site: str
    ) -> None:
        self._templates, self._texts, self._out, self._site = templates, texts, out, site
        self._catalog = load_catalog(templates, None)
        self._group = joint_group([each.group for each in workspaces], site)
        self._writer = SiteWriter(out, self._group.id, (), own_place=False)
        self._front = JointFront(self._catalog, self._writer, self._group)
        self._left: list[LeftOut] = []
        self._written = self._removed = 0
        self._now = max(each.clock().isoformat(timespec="seconds") for each in workspaces)
        keys = [each.group.id or slugify(each.group.name) for each in workspaces]
        sites, writer = joint_addresses(keys, workspaces, self._had()), self._writer
        self._placed = dict(zip(sites, workspaces, strict=True))
        self._leaving = sorted(writer.sites.keys() - sites.keys())
        note_leaving(writer, self._leaving, self._now)
        writer.down = {address: note for address, note in writer.down.items() if address not in sites}
        writer.sites = {**writer.sites, **sites}
        writer.titles |= {address: group_values(each.group)["name"] for address, each in self._placed.items()}
        self._sites = sites

    def _had(self) -> dict[str, str]:
        """Addresses that groups have or had; one that comes back is found where it was."""
        return {**{address: note.group for address, note in self._writer.down.items()}, **self._writer.sites}

    def build_all(self, progress: Progress, jobs: int) -> BuiltSite:
        """Take down what has to go, make what changed, write what the groups share."""
        place, touched = self._protected_everywhere(progress)
        firsts = self._take_down(place, touched, progress)
        shelves: list[GroupShelf] = []
        for number, (address, workspace) in enumerate(self._placed.items()):
            part = PartProgress(progress, number, number + 1, len(self._placed) + 1)
            joint = replace(self._place_of(place, address), first=firsts.pop(address, None))
            try:
                args = (workspace, self._templates, self._texts, self._out / address, part)
                site = build_site(*args, jobs=jobs, joint=joint)
            except UserError as error:
                self._left.append(LeftOut(address, error, taken_down=False))
                continue
            self._left += [replace(one, folder=f"{address}/{one.folder}") for one in site.left_out]
            self._written, self._removed = self._written + site.written, self._removed + site.removed
            shelves.append(_shelf(site, workspace))
        self._write_front(shelves)
        progress.report(1, 1, self._out.name)
        count = sum(len(shelf.entries) for shelf in shelves)
        return BuiltSite(self._out, count, self._written, self._removed, tuple(self._left))

    def _place_of(self, place: JointPlace, address: str) -> JointPlace:
        return replace(place, others=replace(place.others, address=address))

    def _protected_everywhere(self, progress: Progress) -> tuple[JointPlace, list[str]]:
        """Whom any group protects, and the addresses of groups of which something is not as the site has it.

        A story that is as it was when the site was last built is not read for it.
        """
        found, whole = [], {}
        for address, workspace in self._placed.items():
            progress.report(0, 1, address)
            catalog = load_catalog(self._templates, workspace.templates_dir)
            place, folders = JointPlace(index_neighbours(()), "", self._site), workspace.story_folders()
            at = self._out / address
            told = recall_site(workspace, at, catalog, self._texts, folders, place, ask_only=True)
            found += [replace(each, folder=f"{address}/{each.folder}") for each in told.neighbours]
            whole[address] = told.memory.abroad if told.is_whole else ""
        protected = key_of("protected", [(each.folder, each.person) for each in found])
        touched = [address for address, abroad in whole.items() if abroad != protected]
        return JointPlace(index_neighbours(found), protected, self._site), touched

    def _take_down(self, place: JointPlace, touched: Sequence[str], progress: Progress) -> dict[str, FirstLook]:
        """Groups that left and stories that may not be shown, then every list that names them."""
        stale = self._writer.stale or bool(self._leaving)
        if touched or self._leaving:
            self._writer.stale = True  # until the shared pages are written: this run may be stopped
            self._writer.note_now()
        for address in self._leaving:
            left, removed = take_down_group(self._out, address, self._front, place.others)
            self._left.append(left)
            self._removed += removed
        firsts = {}
        for address in touched:
            progress.report(0, 1, address)
            with suppress(UserError):  # said when its site is to be made
                args = (self._placed[address], self._templates, self._texts, self._out / address)
                firsts[address] = look_first(*args, self._place_of(place, address))
        if stale or any(first.went for first in firsts.values()):
            self._write_lists()
            forgotten = [address for address, first in firsts.items() if self._restore(place, address, first)]
            if forgotten:
                self._write_lists()
        return firsts

    def _restore(self, place: JointPlace, address: str, first: FirstLook) -> bool:
        args = (self._placed[address], self._templates, self._texts, self._out / address)
        with suppress(UserError):  # said when its site is to be made
            return restore_lists(*args, self._place_of(place, address), first)
        return False

    def _write_lists(self) -> None:
        """The shared pages as this computer remembers the groups' lists, without what came down."""
        shelves = []
        for address, workspace in self._placed.items():
            place = self._out / address
            stands = SiteWriter(place, "", (), own_place=False)
            shown = (each for each in stored_entries(place) if f"{each['folder']}/index.html" in stands.before)
            entries = [each for each in shown if each["folder"] not in stands.down]
            at = f"{self._site}/{address}/" if self._site else ""
            zone = workspace.group.time_zone
            down = [notice_entry(folder, note, at, zone) for folder, note in stands.down.items()]
            shelves.append(_listed(place, workspace, entries, [*stored_notices(place), *down], {}))
        self._front.write(shelves, self._writer.down)
        self._writer.take_out(self._writer.before, lists_follow=True)

    def _write_front(self, shelves: Sequence[GroupShelf]) -> None:
        writer, workspaces = self._writer, self._placed.values()
        memory = SiteMemory(self._out, _front_key(self._catalog, self._group, workspaces, self._texts))
        left = key_of("left", writer.down)
        stamps = [(each.address, key_of("entries", (each.group, each.entries, each.notices, left))) for each in shelves]
        writer.sites = self._sites
        writer.titles = {address: writer.titles[address] for address in self._sites}
        if memory.is_whole(stamps) and not writer.stale:
            return
        self._front.write(shelves, writer.down)
        self._removed += writer.commit_site()
        self._written += writer.written
        memory.save((), stamps, writer.file_names())


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


def _shelf(site: BuiltSite, workspace: Workspace) -> GroupShelf:
    """What the shared pages need of a group's stories, without the texts that its memory holds."""
    made = [entry for entry in site.entries if "i" in entry]
    stored = stored_folders(site.folder) if made else frozenset()
    rest = {each["folder"]: (words_of(each), each["content"]) for each in made if each["folder"] not in stored}
    return _listed(site.folder, workspace, site.entries, site.notices, rest)


def _listed(
    place: Path,
    workspace: Workspace,
    entries: Iterable[dict[str, Any]],
    notices: Sequence[dict[str, Any]],
    unstored: Mapping[str, tuple[str, str]],
) -> GroupShelf:
    name = group_values(workspace.group)["name"]
    listed = [joint_entry(light_entry(entry), place.name, name) for entry in entries]
    newest = sorted(notices, key=lambda entry: (entry["order"], entry["folder"]), reverse=True)[:FEED]
    told = [joint_notice(entry, place.name, name) for entry in newest]
    return GroupShelf(place, workspace.group, listed, unstored, told)


def _front_key(catalog: OutletCatalog, front: object, workspaces: Iterable[Workspace], texts: MessageTexts) -> str:
    """A hash of all that goes into the shared pages alike."""
    pack = outlet_digest(catalog.outlet("website"), catalog.common)
    days = sorted({str(today_of(each)) for each in workspaces})
    return key_of("joint site", (__version__, front, pack, days, texts.language))
