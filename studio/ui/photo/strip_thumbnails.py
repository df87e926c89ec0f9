"""The thumbnails of the photo desk's strip: those in sight first, the others few at a time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from studio.story.model import Photo, Story
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.media.media_strip import MediaStrip

_AHEAD = 4
"""Thumbnails out of sight that are made at a time: whatever else is quick must not wait for 200 of them."""


class StripThumbnails(QObject):
    """Has thumbnails made and gives each to its item as it comes.

    Args:
        strip: its keys are ids of photos.
        bench: what a desk works with.
        parent: the desk.
    """

    def __init__(self, strip: MediaStrip, bench: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._strip, self._bench = strip, bench
        self._pictured: list[tuple[str, str]] = []
        self._ahead: deque[Photo] = deque()
        bench.thumbs.tried.connect(self._take_thumb)  # a method: thumbnails outlive the desk, a lambda would too
        for moved in (strip.horizontalScrollBar().valueChanged, strip.horizontalScrollBar().rangeChanged):
            moved.connect(self._show_thumbs)  # others are in sight now: it was scrolled, or the window grew

    def show_story(self, story: Story) -> None:
        """The strip shows these photos. A key in a caption changes none of their pictures, and costs nothing here."""
        pictured = [(photo.id, photo.file) for photo in story.photos]
        if pictured != self._pictured:
            self._pictured = pictured
            self._show_thumbs()

    def _show_thumbs(self, *_: object) -> None:
        """Ask for what is in sight."""
        thumbs, folder, sight = self._bench.thumbs, self._bench.session.folder, set(self._strip.keys_in_sight())
        ahead: deque[Photo] = deque()
        for photo in self._bench.session.story.photos:
            if self._strip.has_picture(photo.id):
                continue
            thumb = thumbs.get(folder, photo.file, ask=photo.id in sight)
            self._strip.show_thumb(photo.id, thumb)
            if thumb is None and photo.id not in sight:
                ahead.append(photo)
        self._ahead = ahead
        self._ask_ahead()

    def _take_thumb(self, folder: str, file: str) -> None:
        """One was made, or cannot be: it alone is shown, as going through 200 for each of 200 is felt."""
        session = self._bench.session
        thumb = self._bench.thumbs.get(folder, file, ask=False) if folder == session.folder else None
        if thumb is not None:
            for photo in session.story.photos:
                if photo.file == file:
                    self._strip.show_thumb(photo.id, thumb)
        self._ask_ahead()

    def _ask_ahead(self) -> None:
        """Have the next few out of sight made."""
        # Taken away meanwhile: where work is done at once, this is called again from within.
        ahead, self._ahead = self._ahead, deque()
        while ahead and self._bench.thumbs.waiting < _AHEAD:
            photo = ahead.popleft()
            if not self._strip.has_picture(photo.id):
                self._strip.show_thumb(photo.id, self._bench.thumbs.get(self._bench.session.folder, photo.file))
        self._ahead = ahead
