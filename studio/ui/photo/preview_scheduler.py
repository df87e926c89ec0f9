"""Asks the engine for the pictures the desk shows: one at a time, always the newest, in the worker."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from studio.services import photo_preview as develop
from studio.services.photo_marks import without_words
from studio.store.previews import proof_path
from studio.ui.widgets.drawn_marks import pixels_pixmap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.errors import UserError
    from studio.base.pixel_data import Pixels
    from studio.base.progress import Progress
    from studio.services.photo_preview import CropUse
    from studio.story.model import Box, Cover, Photo, Point
    from studio.ui.core.background_jobs import JobState
    from studio.ui.core.desk_context import DeskContext

    Cuts = tuple[dict[str, Pixels], tuple[str, ...], Point]

T = TypeVar("T")
_PAUSE_MS = 60


class PreviewScheduler(QObject):
    """Keeps the big picture and the row of shapes up to date.

    Args:
        bench: media and worker.
        uses: the shapes.
    """

    picture = Signal(object)
    """A ``QPixmap``, or None where the photo cannot be shown."""
    troubled = Signal(str)
    """Why the photo cannot be shown."""
    shapes = Signal(object)
    """Key of the ratio -> pixels; empty where the photo cannot be shown."""
    colors = Signal(str, object)
    """Id of a photo, and the colour of each of its covers as the export burns it in."""
    guessed = Signal(str, object)
    """Id of a photo, and the ``Point`` the engine takes for its focus."""

    def __init__(self, bench: DeskContext, uses: tuple[CropUse, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._uses = bench, uses
        self._photo: Photo | None = None
        self._shown: Photo | None = None
        self._glanced = ""
        self._pictured = ""
        self._original = False
        self._shaped: Photo | None = None
        self._guess: tuple[str, tuple[Cover, ...], tuple[Box, ...], Point] | None = None
        self._busy = False
        self._held = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._start_next)

    @property
    def bare(self) -> bool:
        """Whether the picture shown last is not what is worked on: the photo as it came, or still the one before."""
        return self._original or (self._photo is not None and self._pictured != self._photo.id)

    def show_photo(self, photo: Photo) -> None:
        """Show this photo as it is now."""
        self._photo = photo
        self._timer.start()

    def show_nothing(self) -> None:
        """There is no photo; one that comes back is shown again."""
        self._photo = self._shown = self._shaped = None
        self._glanced = self._pictured = ""
        self._timer.stop()

    def finish(self) -> None:
        """Have everything shown before this returns, where work is done at once (pictures of the window)."""
        while self._timer.isActive():
            self._timer.stop()
            self._start_next()

    def show_original(self, *, held: bool) -> None:
        """Show the photo as it came while ``held``."""
        self._held = held
        self._shown = None
        self._timer.start(0)

    def _start_next(self) -> None:
        photo = self._photo
        if photo is None or self._busy:
            return
        bare = _bare(photo)
        # First a quick look, then the big picture, last the row of shapes.
        if photo.id != self._glanced:
            self._start(photo, partial(self._glance, photo), partial(self._take_glance, photo.id))
        elif bare != self._shown:
            done = partial(self._take_picture, bare, self._held)
            self._start(photo, partial(self._develop, photo, self._held), done)
        elif self._shaped is None or without_words(photo) != without_words(self._shaped):
            self._start(photo, partial(self._cut, photo), partial(self._take_shapes, photo))

    def _start(self, photo: Photo, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self._busy = True
        failed, ended = partial(self._failed, photo), partial(self._ended, photo)
        title = self._bench.t("photodesk.title")
        self._bench.tools.jobs.start(title, work, done=done, failed=failed, ended=ended, lane="quick", quiet=True)

    def _paths(self, photo: Photo) -> tuple[Path, Path]:
        source = self._bench.workspace.media_path(self._bench.session.folder, photo.file)
        return source, proof_path(self._bench.workspace.path, photo.file)

    def _glance(self, photo: Photo, progress: Progress) -> Pixels | None:
        return develop.first_look(*self._paths(photo), photo, progress)

    def _take_glance(self, photo_id: str, pixels: Pixels | None) -> None:
        self._glanced = photo_id
        if pixels is not None and self._is_shown(photo_id):
            self._pictured, self._original = photo_id, False
            self.picture.emit(pixels_pixmap(pixels))

    def _is_shown(self, photo_id: str) -> bool:
        """Whether a picture that has come is still of the photo that is to be shown."""
        return self._photo is not None and self._photo.id == photo_id

    def _develop(self, photo: Photo, original: bool, progress: Progress) -> Pixels:
        if original:
            return develop.original_photo(self._proof(photo, progress), progress)
        return develop.turned_photo(*self._paths(photo), photo, progress)

    def _cut(self, photo: Photo, progress: Progress) -> Cuts:
        mark = develop.mark_of(self._bench.workspace)
        proof = self._proof(photo, progress)
        colors = develop.cover_colors(proof, photo, progress)
        last = self._guess
        # Looking for the focus takes long, and these alone decide on it.
        known = last[3] if last is not None and last[:3] == (photo.id, photo.covers, photo.faces) else None
        focus = photo.focus or known or develop.automatic_focus(proof, photo)
        return develop.photo_shapes(proof, photo, self._uses, progress, mark, guess=focus), colors, focus

    def _proof(self, photo: Photo, progress: Progress) -> Path:
        return develop.proof_file(*self._paths(photo), progress, covered=bool(photo.covers))

    def _take_picture(self, bare: Photo, original: bool, pixels: Pixels) -> None:
        shown = self._is_shown(bare.id)
        # Let go, or another photo chosen meanwhile: then the picture is made anew.
        self._shown = bare if shown and original == self._held else None
        if shown:
            self._pictured, self._original = bare.id, original
            self.picture.emit(pixels_pixmap(pixels))

    def _take_shapes(self, photo: Photo, found: Cuts) -> None:
        self._shaped = photo if self._is_shown(photo.id) else None
        shapes, colors, focus = found
        if photo.focus is None:
            self._guess = (photo.id, photo.covers, photo.faces, focus)
            self.guessed.emit(photo.id, focus)
        if self._is_shown(photo.id):
            self.colors.emit(photo.id, colors)
            self.shapes.emit(shapes)

    def _ended(self, photo: Photo, state: JobState) -> None:
        """A photo that failed is not tried again until something of it changes."""
        self._busy = False
        if state == "failed":
            self._shown, self._shaped, self._glanced = _bare(photo), photo, photo.id
        self._timer.start(0)

    def _failed(self, photo: Photo, error: UserError) -> None:
        """Say why a photo cannot be shown; nothing is said of one that is not looked at any more."""
        if self._is_shown(photo.id):
            self._pictured, self._original = photo.id, False
            self.picture.emit(None)
            self.troubled.emit(self._bench.tools.texts.explain(error))
            self.shapes.emit({})


def _bare(photo: Photo) -> Photo:
    """What the big picture depends on."""
    # Automatic light is measured with the covers burned in.
    measured = photo.covers if photo.adjust.auto else ()
    bare = replace(without_words(photo), crop=None, crops={}, fits={})
    return replace(bare, covers=measured, focus=None, watermark=False)
