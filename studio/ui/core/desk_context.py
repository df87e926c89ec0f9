"""What every part of the window and each desk is given, and what a desk must have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QDate, QMimeData, SignalInstance
    from PySide6.QtWidgets import QWidget

    from studio.base.i18n import MessageTexts
    from studio.base.settings import UserSettings
    from studio.services.unfinished_exports import UnfinishedExport
    from studio.store.workspace import Workspace
    from studio.story.claims import LedgerStamp
    from studio.story.places import TextPlace
    from studio.ui.core.background_jobs import JobRunner
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.dialogs.dialog_service import DialogService
    from studio.ui.library.thumbnail_store import ThumbnailStore

DeskCode = Literal["write", "photo", "video", "check", "publish"]
DESKS: tuple[tuple[DeskCode, str], ...] = (
    ("write", "pencil-line"),
    ("photo", "image"),
    ("video", "video"),
    ("check", "list-checks"),
    ("publish", "send"),
)


class WindowDesk(Protocol):
    """A desk: the page in the middle; ``side_panel`` belongs to it. Both are made for one session."""

    side_panel: QWidget


@runtime_checkable
class RevealingDesk(Protocol):
    """A desk that can lead the user to a place: select the photo, mark the words, put the focus there."""

    def reveal(self, place: TextPlace) -> None:
        """Show this place, marked."""


@runtime_checkable
class HomelyDesk(Protocol):
    """A desk with a part that takes the focus of who comes to it: keys do something at once."""

    home: QWidget


@runtime_checkable
class BeginningDesk(Protocol):
    """A desk on which a new story is begun."""

    def begin(self) -> None:
        """Put the cursor where its first words go."""


@runtime_checkable
class IdentifyingDesk(Protocol):
    """A desk on which the group's name, colours or logo can be changed."""

    identity_changed: SignalInstance


@runtime_checkable
class QueueingDesk(Protocol):
    """A desk that has the export queue."""

    def queue_stories(self, folders: Sequence[str]) -> None:
        """Ask which outlets these stories are for, and put them into the queue."""

    def resume_export(self, found: UnfinishedExport) -> None:
        """Go on with an export that was cut off."""


@dataclass(frozen=True)
class WindowTools:
    """Passed on by constructors. Texts and theme stay the same for the life of a window (see ``theme``)."""

    texts: MessageTexts
    theme: WindowTheme
    dialogs: DialogService
    jobs: JobRunner
    settings: UserSettings

    def t(self, code: str, **facts: object) -> str:
        """The text for a code, in the user's language."""
        return self.texts.text(code, **facts)


def _learn_nothing(lesson: str) -> None:
    """Where a desk stands alone."""


@dataclass(frozen=True)
class DeskContext:
    """What a desk works with.

    Args:
        tools: texts, theme, questions, work, settings.
        workspace: for the places of media.
        session: the open story.
        thumbs: small pictures.
        go: shows another desk.
        show_place: shows the desk a place is fixed on, and leads the user there.
        bring_in: adds files to the open story.
        take_mime: the same for what was pasted.
        learn: opens a lesson by its id.
        from_phone: shows the code by which a phone sends files over the Wi-Fi; None where no story is open.
        recorder: opens the recorder for the open story; likewise.
        toast: a short word about a step that can be undone.
        focus_mode: hides everything around the page, or shows it again.
    """

    tools: WindowTools
    workspace: Workspace
    session: StorySession
    thumbs: ThumbnailStore
    go: Callable[[DeskCode], None]
    show_place: Callable[[TextPlace], None]
    bring_in: Callable[[Sequence[Path]], None]
    take_mime: Callable[[QMimeData], None]
    toast: Callable[[str], None]
    focus_mode: Callable[[bool], None]
    learn: Callable[[str], None] = _learn_nothing
    from_phone: Callable[[], None] | None = None
    recorder: Callable[[], None] | None = None

    def t(self, code: str, **facts: object) -> str:
        """The text for a code."""
        return self.tools.t(code, **facts)


def group_day(bench: DeskContext) -> QDate:
    """The day it is for the group, where an entry of a form begins."""
    from PySide6.QtCore import QDate, Qt

    from studio.store.story_shelf import today_of

    return QDate.fromString(today_of(bench.workspace), Qt.DateFormat.ISODate)


def now_stamp(bench: DeskContext) -> LedgerStamp:
    """Who works here, and the time."""
    from studio.story.claims import LedgerStamp

    return LedgerStamp(datetime.now().astimezone().isoformat(timespec="seconds"), bench.tools.settings.text("author"))
