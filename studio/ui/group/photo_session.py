"""A record of the group that has photos as a story session: what the photo desk works with, and the desk itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.group.group_records import GroupEdit
from studio.story.record_base import Record
from studio.ui.core.desk_context import DeskContext
from studio.ui.core.media_pasting import take_pasted
from studio.ui.widgets.basic_parts import button, column, edges, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.group.group_records import GroupRecords
    from studio.services.photo_preview import CropUse
    from studio.store.product_shelf import ProductShelf
    from studio.store.workspace import Workspace
    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.ui.core.story_session import StorySession
    from studio.ui.group.group_context import GroupContext
    from studio.ui.group.group_session import GroupSession
    from studio.ui.library.thumbnail_store import ThumbnailStore
    from studio.ui.photo.photo_desk import PhotoDesk

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class PhotoRecord(Generic[R]):
    """Where a record lies, what stands for it while there is none, and how it becomes a story and back."""

    place: str
    start: R
    story_of: Callable[[R], Story]
    with_photos: Callable[[R, Story], R]


class PhotoSession(QObject, Generic[R]):
    """Turns edits of the photos of a story into edits of the record; undo and saving are those of the group.

    Args:
        session: the group's records.
        folder: what the shelf calls the record.
        kind: how it is read and changed.
    """

    changed = Signal(object)
    """The story of the record, after every edit."""

    def __init__(self, session: GroupSession, folder: str, kind: PhotoRecord[R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = kind
        self.folder = folder
        self._last = self.record
        session.changed.connect(self._on_records)

    @property
    def record(self) -> R | None:
        """The record as it is now; None when it was taken out."""
        return self._session.records.record(self._kind.place, type(self._kind.start))

    @property
    def story(self) -> Story:
        """The record as a story."""
        return self._kind.story_of(self.record or self._kind.start)

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed."""
        return self._session.read_only

    def edit(self, edit: StoryEdit) -> None:
        """Change the photos; whatever else the edit changes stays as it is."""
        kind = self._kind

        def apply(records: GroupRecords) -> GroupRecords:
            record = records.record(kind.place, type(kind.start))
            # Taken out meanwhile: nothing is left to put photos in.
            if record is None:
                return records
            return records.with_record(kind.place, kind.with_photos(record, edit.apply(kind.story_of(record))))

        self._session.edit(GroupEdit(edit.label, apply, f"{kind.place}/{edit.merge}" if edit.merge else ""))

    def break_merge(self) -> None:
        """See ``DocumentSession.break_merge``."""
        self._session.break_merge()

    def hold(self) -> None:
        """See ``DocumentSession.hold``."""
        self._session.hold()

    def abandon(self) -> None:
        """See ``DocumentSession.abandon``."""
        self._session.abandon()

    def _on_records(self, _: object) -> None:
        # An edit of another record is no news to this one's desk.
        if self.record != self._last:
            self._last = self.record
            self.changed.emit(self.story)


@dataclass(frozen=True)
class PhotoBench(Generic[R]):
    """What the desk for the photos of a record needs.

    Args:
        context: what a page works with.
        shelf: where the photos lie.
        thumbs: their small pictures.
        session: the record as a story.
        bring_in: adds photos.
        back: what leads back to the form; ``back_text`` is the code of its words.
        uses: the shapes that are wanted of a photo.
    """

    context: GroupContext
    shelf: ProductShelf
    thumbs: ThumbnailStore
    session: PhotoSession[R]
    bring_in: Callable[[Sequence[Path]], None]
    back: Callable[..., None]
    back_text: str
    uses: tuple[CropUse, ...] = ()


def make_photo_page(bench: PhotoBench[R]) -> tuple[QWidget, PhotoDesk]:
    """The photo desk of stories with its side panel and a way back."""
    from studio.ui.photo.photo_desk import PhotoDesk

    context, theme = bench.context, bench.context.tools.theme
    desk_context = DeskContext(
        tools=context.tools,
        # The desk asks only for what ``StoryShelf`` and ``PhotoSession`` have.
        workspace=cast("Workspace", bench.shelf),
        session=cast("StorySession", bench.session),
        thumbs=bench.thumbs,
        go=bench.back,
        show_place=bench.back,
        bring_in=bench.bring_in,
        take_mime=lambda data: take_pasted(
            context.tools, context.workspace, data, bench.bring_in, context.tools.dialogs.explain, bench.session
        ),
        toast=lambda text: context.toast(text, True),
        focus_mode=lambda _: None,
    )
    desk = PhotoDesk(desk_context, onward=bench.back_text, uses=bench.uses)
    desk.side_panel.setFixedWidth(theme.px(320))
    back = button(theme, context.t(bench.back_text), bench.back, icon="arrow-left")
    body = row(desk, desk.side_panel, gap=0)
    body.setStretch(0, 1)
    page = QWidget()
    whole = column(row(back, 1, edges=edges(theme, 16, 6)), body, gap=0)
    whole.setStretch(1, 1)
    page.setLayout(whole)
    return page, desk
