"""Which stories of a website are as they were when it was last built, and what is remembered of the others now.

A story's page depends on its own bytes and on what all pages share; and on whom the other stories protect, because no
page names a person whom another story hides. So what is remembered of any story holds only as long as that list, too.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from studio import __version__
from studio.base.errors import UserError
from studio.export.planning.content_keys import key_of
from studio.export.planning.group_logo import ready_logo
from studio.export.website.site_memory import RememberedStory, SiteMemory, light_entry
from studio.export.website.site_products import product_stamp
from studio.release.cross_story_protection import find_likely_named, protected_in, protected_makers
from studio.store.story_shelf import today_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_memory import RememberedProducts
    from studio.export.website.site_writer import SiteWriter
    from studio.posts.catalog import OutletCatalog
    from studio.release.cross_story_protection import NeighbourIndex, ProtectedNeighbour
    from studio.store.workspace import Workspace

NEVER_SHOWN = frozenset({"site.draft", "site.blocked"})
_SETTLED = NEVER_SHOWN | {"site.withdrawn", "site.withdrawn_moved"}
"""Reasons that hold for as long as a story is as it is."""


@dataclass(frozen=True, slots=True)
class RecalledSite:
    """What is known of a site's stories.

    Attributes:
        memory: of the site.
        stamps: folder and stamp of every story.
        known: those that are as they were.
        neighbours: whom stories and products protect.
        products: ``product_stamp``.
    """

    memory: SiteMemory
    stamps: tuple[tuple[str, str], ...]
    known: Mapping[str, RememberedStory]
    neighbours: tuple[ProtectedNeighbour, ...]
    products: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all has changed."""
        same = len(self.known) == len(self.stamps) and self.products == self.memory.products.stamp != ""
        return same and self.memory.is_whole(self.stamps)

    def settled(self) -> dict[str, RememberedStory]:
        """Those known stories that need no look although others have changed."""
        return {folder: told for folder, told in self.known.items() if not told.again}


def recall_site(
    workspace: Workspace,
    place: Path,
    catalog: OutletCatalog,
    texts: MessageTexts,
    folders: Sequence[str],
    joint: JointPlace | None = None,
    *,
    ask_only: bool = False,
) -> RecalledSite:
    """Look up what is known of a site's stories.

    Args:
        workspace: open; reading is enough.
        place: the site's folder.
        catalog: of outlets.
        texts: language of warnings.
        folders: of all stories.
        joint: where the site lies within that of many groups.
        ask_only: only ``neighbours`` are asked for.
    """
    memory = SiteMemory(place, _run_key(workspace, catalog, texts, joint))
    stamps = tuple((folder, _story_stamp(workspace, folder)) for folder in folders)
    seen = {folder: told for folder, stamp in stamps if (told := memory.recall(folder, stamp)) is not None}
    neighbours = list(protected_makers(workspace))
    asked = [folder for folder in folders if folder not in seen or seen[folder].protects]
    for folder, story in workspace.load_each(asked):
        if not isinstance(story, UserError):
            neighbours += protected_in(folder, story)
    beside = key_of("beside", [(each.folder, each.person) for each in neighbours])
    known = seen if memory.stands_beside(beside) else {}
    if joint is not None and not ask_only and not memory.stands_abroad(joint.protected):
        looked = joint.first.found.looked_at if joint.first and joint.first.stamps == stamps else None
        known = _apart_from(workspace, known, joint.others) if looked is None else _without(known, looked)
    return RecalledSite(memory, stamps, known, tuple(neighbours), product_stamp(workspace, catalog))


def _without(known: Mapping[str, RememberedStory], looked_at: Iterable[str]) -> dict[str, RememberedStory]:
    """Those known stories of which this run has found already that they are as they would be made now."""
    looked = frozenset(looked_at)
    return {folder: told for folder, told in known.items() if folder not in looked}


def _apart_from(
    workspace: Workspace, known: Mapping[str, RememberedStory], others: NeighbourIndex
) -> dict[str, RememberedStory]:
    """Those known stories that name nobody whom another group protects, and so are as they would be made now."""
    shown = [folder for folder, told in known.items() if told.entry]
    near = {
        folder
        for folder, story in workspace.load_each(shown)
        if isinstance(story, UserError) or find_likely_named(story, folder, others)
    }
    return {folder: told for folder, told in known.items() if folder not in near}


def remember_site(
    workspace: Workspace,
    recalled: RecalledSite,
    writer: SiteWriter,
    entries: Mapping[str, dict[str, Any]],
    left_out: Iterable[tuple[str, UserError, bool]],
    products: RememberedProducts,
    kept: Container[str],
    notices: Mapping[str, dict[str, Any]],
) -> None:
    """Keep what was made, once the site is written.

    Args:
        workspace: open.
        recalled: what was known before.
        writer: has written.
        entries: of the stories on the site, by folder.
        left_out: folders of stories that are left out, why, and whether that was expected.
        products: of the catalogue.
        kept: folders of stories that were left as they are.
        notices: what feeds tell of stories that were taken back, by folder.
    """
    recalled.memory.products = products
    reasons: dict[str, list[tuple[UserError, bool]]] = {}
    for folder, why, expected in left_out:
        reasons.setdefault(folder, []).append((why, expected))
    for folder, stamp in recalled.stamps:
        if folder in kept or not stamp or stamp != _story_stamp(workspace, folder):
            continue
        with suppress(UserError):
            told = _remembered(workspace, recalled.memory, writer, folder, entries.get(folder), reasons.get(folder, ()))
            if told is not None:
                told = replace(told, notice=notices.get(folder, {}))
                recalled.memory.remember_story(folder, stamp, told, entries.get(folder))
    recalled.memory.save([folder for folder, _ in recalled.stamps], recalled.stamps, writer.file_names())


def _remembered(
    workspace: Workspace,
    memory: SiteMemory,
    writer: SiteWriter,
    folder: str,
    entry: dict[str, Any] | None,
    why: Sequence[tuple[UserError, bool]],
) -> RememberedStory | None:
    """What to remember of a story; None where that would not hold until its bytes change."""
    if len(why) > 1 or not (why or entry) or (why and why[0][0].code not in _SETTLED):
        return None
    story = workspace.load(folder)
    if story.service:  # how old its source may be goes by the hour
        return None
    protects = any(True for _ in protected_in(folder, story))
    if why:
        error, expected = why[0]
        facts = {name: str(value) for name, value in error.facts.items()}
        again = error.code not in NEVER_SHOWN
        return RememberedStory(code=error.code, facts=facts, expected=expected, again=again, protects=protects)
    # Pages at other addresses, in other languages, in the list of what is over: made anew with any change.
    again = entry is None or entry["past"] or bool(entry.get("translations") or story.former_folders)
    files = memory.look_up(writer.names_below(folder))
    return RememberedStory(light_entry(entry or {}), files, again=again, protects=protects)


def _run_key(workspace: Workspace, catalog: OutletCatalog, texts: MessageTexts, joint: JointPlace | None) -> str:
    """A hash of all that goes into every page of the site alike."""
    from studio.posts.catalog import outlet_digest

    logo, own = ready_logo(workspace), workspace.templates_dir
    # Design families and what its packs share are in no pack's digest.
    facts = ((path, path.stat()) for path in sorted(own.rglob("*")) if path.is_file())
    files = [(path.relative_to(own).as_posix(), fact.st_size, fact.st_mtime_ns) for path, fact in facts]
    pack = outlet_digest(catalog.outlet("website"), catalog.common)
    group = (workspace.group, logo.digest if logo else "", today_of(workspace))
    address = None if joint is None else joint.site
    return key_of("site", (__version__, group, pack, files, texts.language, address))


def _story_stamp(workspace: Workspace, folder: str) -> str:
    """A hash of a story's bytes; "" when they cannot be read."""
    try:
        return sha256((workspace.story_dir(folder) / "story.json").read_bytes()).hexdigest()
    except OSError:
        return ""
