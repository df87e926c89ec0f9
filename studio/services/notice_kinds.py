"""Kinds of notices for the window: which there are, and what their form becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.posts.service_files import ServiceKinds, kind_or_none, load_service_kinds
from studio.store.story_shelf import today_of
from studio.story.body import parse_markdown, to_markdown
from studio.story.claims import LedgerStamp
from studio.story.edits import StoryEdit, set_field
from studio.story.lead_draft import draft_body
from studio.story.places import TextPlace
from studio.story.service_answers import keep_valid
from studio.story.service_draft import compose_check, compose_notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story
    from studio.story.service_kinds import ServiceKind

__all__ = ["NO_KINDS", "NoticeDraft", "NoticeKinds", "ServiceKinds", "keep_end_of_use", "kinds_of", "no_kinds"]

NO_KINDS = ServiceKinds((), ())


def kinds_of(workspace: Workspace, stamp: Callable[[], LedgerStamp]) -> NoticeKinds:
    """Those of an open workspace, on the group's own calendar."""
    return NoticeKinds(workspace.path, lambda: workspace.group, stamp, lambda: date.fromisoformat(today_of(workspace)))


def no_kinds(group: Callable[[], Group]) -> NoticeKinds:
    """For a desk without a workspace."""
    return NoticeKinds(None, group, lambda: LedgerStamp(""))


def keep_end_of_use(workspace: Workspace, before: Story, after: Story) -> Story:
    """A notice whose day was moved by whatever edit, with the end of use that its kind gives it (``keep_valid``)."""
    kind = kind_or_none(workspace.path, after.service)
    return keep_valid(kind, before, after, workspace.group, date.fromisoformat(today_of(workspace)))


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """The edit, and where the user is led afterwards: the text, or the row of the ledger of a fact check."""

    edit: StoryEdit
    place: TextPlace


@dataclass(frozen=True)
class NoticeKinds:
    """The kinds of one workspace, read when they are first asked for.

    Attributes:
        workspace: its folder; None has no kinds.
        group: the profile now.
        stamp: who writes, and when: for the row of the ledger that a fact check opens.
        today: the group's day: "besok" and the end of use count from it.
    """

    workspace: Path | None
    group: Callable[[], Group]
    stamp: Callable[[], LedgerStamp]
    today: Callable[[], date] = date.today

    def all(self) -> ServiceKinds:
        """All of them, read anew: a file may have been added while the window is open."""
        return load_service_kinds(self.workspace) if self.workspace is not None else NO_KINDS

    def find(self, service: str) -> ServiceKind | None:
        """One kind; None for none that can be read."""
        return kind_or_none(self.workspace, service) if self.workspace is not None else None

    def first_draft(self, story: Story, picked: str) -> NoticeDraft | None:
        """The first draft of a story: by the kind of a notice where it has one, else from the six answers.

        Args:
            story: as it is now; what its text says already stays below the draft.
            picked: the headline that was chosen for a notice; one that was typed stays.

        Returns:
            None while nothing was answered.
        """
        kind = self.find(story.service)
        if kind is not None:
            edit, row = self.draft(kind, story, "" if story.headline.strip() else picked)
            return NoticeDraft(edit, TextPlace(f"claims/{row}/text")) if row else NoticeDraft(edit, TextPlace("body"))
        blocks = draft_body(story)
        if not blocks:
            return None
        after = to_markdown((*blocks, *parse_markdown(story.body)))
        return NoticeDraft(StoryEdit("edit.draft", set_field("body", after).apply), TextPlace("body"))

    def draft(self, kind: ServiceKind, story: Story, headline: str) -> tuple[StoryEdit, str]:
        """The draft of a story of this kind, as one step.

        Returns:
            The edit, and the id of the ledger's row that it opens; "" for none.
        """
        if kind.kind == "factcheck":
            return compose_check(kind, story, headline, self.group(), self.stamp())
        return compose_notice(kind, headline, self.group()), ""
