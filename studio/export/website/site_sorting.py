"""Which stories belong on a website, which do not and why, and which of those are on it and have to come down first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.folders import is_plain_name
from studio.release.cross_story_protection import refuse_named, withdrawal_beside
from studio.release.release_gate import is_harmless, judge_here, withdrawal_of
from studio.story import date_formats
from studio.story.publishing import correction_due, story_as_told
from studio.story.story_status import PUBLIC
from studio.story.withdrawal import hidden_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.export.website.site_writer import SiteWriter
    from studio.release.cross_story_protection import Neighbours
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.story.withdrawal import StoryWithdrawal

NO_STORIES = frozenset({"cari", "topik", "potensi"})
"""Folders of a site that are no story's."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that is not on the site, or not as a whole.

    Attributes:
        folder: the story's folder.
        why: the reason, as an error that explains itself.
        taken_down: it was on the site until now.
        expected: it is being written and never was public: nobody looks for it.
    """

    folder: str
    why: UserError
    taken_down: bool = False
    expected: bool = False


@dataclass(slots=True)
class SortedStories:
    """What the stories that were looked at have to do with the site.

    Attributes:
        looked_at: folders of all of them.
        public: those that belong on it, as far as one can tell before they are exported.
        withdrawn: folders of those that were taken back, and what may be said of it.
        left_out: what does not belong on it, and why.
        exposing: folders of public ones that will be refused, as they name somebody who is protected.
        anew: public ones whose page is made anew from them, and whether they hide anybody: by name or under a cover.
        former: of each story, its addresses of before that may lead on to it.
        led: of each story, all its addresses of before, also those that may not lead to it any more.
    """

    looked_at: tuple[str, ...]
    public: list[str] = field(default_factory=list)
    withdrawn: list[tuple[str, StoryWithdrawal]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    exposing: set[str] = field(default_factory=set)
    anew: dict[str, bool] = field(default_factory=dict)
    former: list[tuple[str, str, str]] = field(default_factory=list)
    led: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def joined_with(self, other: SortedStories) -> SortedStories:
        """Both together."""
        return SortedStories(
            (*self.looked_at, *other.looked_at),
            [*self.public, *other.public],
            [*self.withdrawn, *other.withdrawn],
            [*self.left_out, *other.left_out],
            self.exposing | other.exposing,
            {**self.anew, **other.anew},
            [*self.former, *other.former],
            {**self.led, **other.led},
        )


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What a run found before it made anything.

    Attributes:
        stamps: of all stories, when they were looked at.
        found: those that are not as the site has them.
        went: folders that came down; from each some page is gone that readers could see until now.
    """

    stamps: tuple[tuple[str, str], ...]
    found: SortedStories
    went: frozenset[str]


def sort_stories(workspace: Workspace, folders: Sequence[str], neighbours: Neighbours) -> SortedStories:
    """Look at stories before anything is made of them.

    Judged for the list of what is left out and for what comes down first; the exporter's gate decides, as a story can
    change in between.
    """
    found = SortedStories(tuple(folders))
    for folder, story in workspace.load_each(folders):
        if isinstance(story, UserError):
            found.left_out.append(LeftOut(folder, story))
            continue
        found.led[folder] = tuple(name for name in story.former_folders if is_plain_name(name))
        if (told := withdrawal_of(story, workspace.group, folder)) is not None:
            _take_back(workspace, folder, story, withdrawal_beside(told, story, workspace.group, neighbours), found)
        elif story.status not in PUBLIC:
            found.left_out.append(
                LeftOut(folder, UserError("site.draft", story=folder), expected=not story.publications)
            )
        else:
            _sort_public(workspace, folder, story, neighbours, found)
    return found


def _take_back(workspace: Workspace, folder: str, story: Story, told: StoryWithdrawal, found: SortedStories) -> None:
    code = "site.withdrawn_moved" if told.moved else "site.withdrawn"
    day = date_formats.short_date(told.when) or "–"
    found.left_out.append(LeftOut(folder, UserError(code, story=folder, when=day, page=f"{told.address}/index.html")))
    found.withdrawn.append((folder, told))
    # Where the page itself had to move, no other address may lead to it either.
    found.former += [] if told.moved else former_pages(workspace, told.address, story, told.title)


def _sort_public(workspace: Workspace, folder: str, story: Story, neighbours: Neighbours, found: SortedStories) -> None:
    verdict = judge_here(workspace, story, folder)
    if verdict.blocks and not verdict.refusals:  # what refuses it is for the export to say, with every hit
        count = len(verdict.blocks)
        found.left_out.append(LeftOut(folder, UserError("site.blocked", story=folder, count=count)))
        return
    found.public.append(folder)
    shown = story
    refused = bool(verdict.refusals)
    if not refused and correction_due(story):  # readers have what was told them, and it is that which must not expose
        shown = story_as_told(story)
        refused = bool(judge_here(workspace, shown, folder).refusals)
    if refused or named_beside(workspace, shown, folder, neighbours) is not None:
        found.exposing.add(folder)
    elif shown is story:
        covers = (*(each.covers for each in story.photos), *(each.covers for each in story.videos))
        found.anew[folder] = bool(hidden_people(story)) or any(covers)


def named_beside(workspace: Workspace, story: Story, folder: str, neighbours: Neighbours) -> UserError | None:
    """Why a story may not stand beside the others: it names whom one of them protects."""
    try:
        refuse_named(story, folder, workspace.group, neighbours)
    except UserError as error:
        return error
    return None


def former_pages(workspace: Workspace, folder: str, story: Story, title: str) -> list[tuple[str, str, str]]:
    """The former addresses of a story that may lead on to it: none that leads to a protected person."""
    names = (name for name in story.former_folders if name not in {folder, "_situs"} and is_plain_name(name))
    return [(name, folder, title) for name in names if is_harmless(story, workspace.group, folder=name)]


def pages_to_remove(
    writer: SiteWriter, found: SortedStories, folders: Sequence[str], notices: Mapping[str, object]
) -> frozenset[str]:
    """Folders on the site that may no longer be shown, whatever else a run makes.

    Args:
        writer: of the site; pages of withdrawn stories were put.
        found: all stories that are not as the site has them.
        folders: of all stories.
        notices: folders in which a notice stands instead of a story.
    """
    pages = {name.partition("/")[0] for name in writer.before if name.endswith("/index.html") and name.count("/") == 1}
    back = {told.address for _, told in found.withdrawn}
    told = {address for address in back if writer.has_already(f"{address}/index.html")}
    blocked = {left.folder for left in found.left_out} | found.exposing
    led = {name for names in found.led.values() for name in names}
    led_to_blocked = {name for folder in blocked for name in found.led.get(folder, ())} - {*folders}
    # Withdrawn stories have their pages that lead on made again.
    led_to_blocked -= {old for old, folder, _ in found.former if folder in told}
    lost = pages - {*folders} - led - back
    return frozenset((pages & (blocked | led_to_blocked) | lost) - told - notices.keys() - NO_STORIES)
