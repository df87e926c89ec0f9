"""Taking a package in: as a new story, merged into the one that is here, or as a copy beside it. No Qt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as change_package
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.services.story_handoff import arrival_reason
from studio.store.media_files import media_files
from studio.store.package_reading import (
    KnownStory,
    ReadPackage,
    add_package,
    find_known,
    home_notices,
    package_media,
    read_package,
    with_originals,
)
from studio.store.packages import note_version
from studio.store.shared_versions import forget_shared
from studio.store.workspace import now_here
from studio.story.foreign_story import as_changed_there, confirm_anew, cover_same_files
from studio.story.three_way_merge import MergedStory, merge_stories

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.story.three_way_merge import Path as FieldPath
    from studio.story.three_way_merge import Side


@dataclass(frozen=True, slots=True)
class TakingPlan:
    """A package that was read, and what is here already.

    Attributes:
        package: as read, its media not yet.
        known: what the workspace has of its story.
        texts: language of what the log says.
        by: who takes it in; "" where nobody wants to be named.
    """

    package: ReadPackage
    known: KnownStory
    texts: MessageTexts
    by: str = ""

    @property
    def reason(self) -> str:
        """What has to be confirmed here, in words; "" for nothing."""
        return arrival_reason(self.package, self.texts)

    @property
    def group(self) -> str:
        """Who sent it."""
        return self.package.contents.group or self.texts.text("handoff.somebody")

    @property
    def notices(self) -> tuple[WorkNotice, ...]:
        """One for each file that the sender kept at home."""
        return home_notices(self.package)

    def merge_into(self, here: Story, choices: Mapping[FieldPath, Side] | None = None) -> MergedStory:
        """Merge the package into the story here; left is here, right is there.

        Args:
            here: as it is now.
            choices: what was chosen about conflicts.

        Raises:
            UserError: the package says nonsense about its covers.
        """
        base = self.known.base
        there = with_originals(self.package, here, *((base,) if base is not None else ()))
        merged = merge_stories(base, here, as_changed_there(there, here), choices)
        # Not ours to change by a merge: when it was made is what our file says, and saving tells when it was changed.
        story = replace(cover_same_files(merged.story, here), created=here.created, modified=here.modified)
        when = now_here().isoformat(timespec="seconds")
        reason = self.texts.text("handoff.merged_reason", group=self.group)
        return MergedStory(confirm_anew(here, story, when, self.by, reason), merged.conflicts)


@dataclass(slots=True)
class TakenMemory:
    """Choices of merges that were left before they were done, by package: who comes back goes on where they were."""

    choices: dict[bytes, dict[FieldPath, Side]] = field(default_factory=dict)


def plan_taking(workspace: Workspace, source: Path, texts: MessageTexts, by: str = "") -> TakingPlan:
    """Read a package and look for its story here. Nothing is written.

    Raises:
        UserError: no package, damaged, of a newer format; or the workspace is not there.
    """
    package = read_package(source)
    known = find_known(workspace, package)
    # The address of another story here is that one's: what goes out under it would take the place of its page.
    taken = set(workspace.story_folders()) - {known.other}
    former = tuple(name for name in package.story.former_folders if name not in taken)
    package = change_package(package, story=replace(package.story, former_folders=former))
    return TakingPlan(package, known, texts, by)


def take_as_story(workspace: Workspace, plan: TakingPlan, progress: Progress) -> str:
    """Make a story of a package: it is new here, or is to be a copy beside the one that is here; its folder.

    Raises:
        UserError: damaged, or no room; nothing was taken in.
        WorkCancelled: likewise.
    """
    package = plan.package
    if plan.known.other or plan.known.same:
        # Old links lead to the story that is here; a copy beside it is at an address of its own.
        package = change_package(package, story=replace(package.story, former_folders=()))
    return add_package(workspace, package, progress, plan.reason, plan.by)


def fetch_media(workspace: Workspace, plan: TakingPlan, merged: Story, progress: Progress) -> None:
    """Bring the media of a package into the story it is merged into, before the story itself is changed.

    Args:
        workspace: where the story is.
        plan: of the package.
        merged: the story as it will be: media that it does not show stay in the package.
        progress: called with the bytes done and in all.

    Raises:
        UserError: damaged, or no room; nothing was taken in.
        WorkCancelled: likewise.
    """
    with package_media(workspace, plan.package, plan.known.other, media_files(merged), progress):
        pass


def note_merged(workspace: Workspace, plan: TakingPlan) -> None:
    """Remember that all of the package is here now: the next merge begins from it."""
    note_version(workspace.story_dir(plan.known.other), plan.package.text, "in")


def is_withdrawn_there(before: Story, after: Story) -> bool:
    """Whether a merge brought the news that the story was taken back: nobody may miss that."""
    return after.status == "withdrawn" and before.status != "withdrawn"


def forget_merged(workspace: Workspace, plan: TakingPlan) -> None:
    """The merge was undone: the package may come in again, and the next merge does not begin from it."""
    with suppress(OSError):
        forget_shared(workspace.story_dir(plan.known.other), plan.package.text, "in")


def merge_on_disk(
    workspace: Workspace, plan: TakingPlan, choices: Mapping[FieldPath, Side], progress: Progress
) -> MergedStory:
    """Merge a package into a story that is not open anywhere, media first. With conflicts left nothing is written.

    Raises:
        UserError: damaged, no room, or the story cannot be read or written; nothing was taken in.
        WorkCancelled: likewise.
    """
    folder = plan.known.other
    merged = plan.merge_into(workspace.load(folder), choices)
    if not merged.conflicts:
        with package_media(workspace, plan.package, folder, media_files(merged.story), progress):
            workspace.save(folder, merged.story)
        note_merged(workspace, plan)
    return merged
