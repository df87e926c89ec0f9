"""What becomes of the site of a group that has left: its pages go, and where each stood a notice says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.export.website.site_notices import LEFT
from studio.export.website.site_sorting import NO_STORIES, LeftOut
from studio.export.website.site_writer import DownNote, SiteWriter
from studio.release.cross_story_protection import find_likely_named
from studio.story.model import Story

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.export.website.joint_front import JointFront
    from studio.release.cross_story_protection import NeighbourIndex


def note_leaving(writer: SiteWriter, gone: Iterable[str], now: str) -> None:
    """Note groups that leave, before anything of them is touched.

    Args:
        writer: of the site of all.
        gone: folders of their sites.
        now: ISO 8601.
    """
    for address in gone:
        known = writer.down.get(address)
        name, group = writer.titles.get(address, ""), writer.sites[address]
        writer.down[address] = known or DownNote(now, LEFT, group, name)


def take_down_group(out: Path, address: str, front: JointFront, others: NeighbourIndex) -> tuple[LeftOut, int]:
    """Take a group's pages down.

    The gate found each address harmless when its page was made; one that names whom another group protects by now
    stays empty.

    Args:
        out: the site of all.
        address: folder of the group's site.
        front: fills the notices.
        others: whom the groups protect that are on the site.

    Returns:
        What to say of it, and how many files went.

    Raises:
        UserError: the folder cannot be written, or holds another group's site.
    """
    note = front.writer.down[address]
    writer = SiteWriter(out / address, note.group, (), own_place=False)
    pages = {name.partition("/")[0] for name in writer.before if name.count("/") == 1 and name.endswith("/index.html")}
    told = {name for name in pages - NO_STORIES if not find_likely_named(Story(id=""), name, others)}
    writer.down = {name: DownNote(note.when, LEFT) for name in sorted(told)}
    try:
        for name in ("", *sorted(told)):
            writer.put_text(f"{name}/index.html".lstrip("/"), front.fill_notice(f"{address}/{name}".rstrip("/"), note))
    except UserError:  # a template that is broken keeps nothing up
        writer.forget_puts()
    return LeftOut(
        address, UserError("site.group_left", group=note.name or address), taken_down=True
    ), writer.commit_site()
