"""What every page of "Kelompok" is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from studio.store.story_shelf import today_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.services.district_report import DistrictWork
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.group.group_session import GroupSession

GroupPageCode = Literal["profile", "map", "products", "report", "district"]
PAGES: tuple[tuple[GroupPageCode, str], ...] = (
    ("profile", "users"),
    ("map", "chart-no-axes-combined"),
    ("products", "store"),
    ("report", "file-chart-column"),
    ("district", "map"),
)
"""The pages in order, and the icon of each."""


@dataclass(frozen=True)
class GroupContext:
    """What a page works with.

    Args:
        tools: texts, theme, questions, work, settings; icons come from ``tools.theme``.
        workspace: the open workspace.
        session: the group's records: read ``session.records``, listen to ``session.changed``, call ``session.edit``.
            It saves by itself, keeps undo for all pages, and refuses edits when the workspace is read-only. It outlives
            the window: connect methods of widgets, never lambdas, so that a page that is gone is not called.
        open_place: shows where something is done: a desk (``"check"``), a page (``"group/products"``), a field of a
            page (``"group/profile/decree"``) or an action of the window (``"action/backup"``).
        toast: a short word at the foot of the window; with True it offers to undo.
        stories: the open story and the way to change one that is closed (``stories.edit_story``).
        group_changed: the name, region or look of the group (workspace.json) is another one now.
    """

    tools: WindowTools
    workspace: Workspace
    session: GroupSession
    open_place: Callable[[str], None]
    toast: Callable[[str, bool], None]
    stories: OpenWorkspace
    group_changed: Callable[[], None]

    @property
    def folder(self) -> GroupFolder:
        """Where files of the group lie: scans, proofs, photos."""
        return self.session.group_folder

    @property
    def today(self) -> date:
        """The day it is for the group, as the gate and the log of publications go by."""
        return date.fromisoformat(today_of(self.workspace))

    def t(self, code: str, **facts: object) -> str:
        """The text for a code, in the user's language."""
        return self.tools.t(code, **facts)


@runtime_checkable
class RevealingPage(Protocol):
    """A page that can lead the user to a part of it."""

    def reveal(self, field: str) -> None:
        """Show the part and put the focus there."""


@runtime_checkable
class FileTakingPage(Protocol):
    """A page that takes files dropped onto the window."""

    def take_files(self, names: list[str]) -> None:
        """Paths of the files."""


@runtime_checkable
class WorkingPage(Protocol):
    """A page with work that is in no file."""

    @property
    def work(self) -> DistrictWork:
        """That work."""


@runtime_checkable
class HomelyPage(Protocol):
    """A page with a part that takes the focus of who comes to it."""

    home: QWidget
