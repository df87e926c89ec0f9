"""Small square pictures of photos and clips, made in the worker and kept in ``.studio/thumbs`` (a cache)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from studio.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.ui.jobs import Runner

SIDE = 256
_MOST_KEPT = 600
_VIDEO = frozenset({".mp4", ".mov", ".m4v", ".3gp", ".mkv", ".webm", ".avi", ".mts", ".mpg", ".mpeg"})


class Thumbs(QObject):
    """Gives thumbnails at once when it has them, and says when one it lacked is there.

    Args:
        workspace: where media and cache are.
        jobs: where they are made.
    """

    ready = Signal(str, str)
    """Folder of the story and media file."""

    def __init__(self, workspace: Workspace, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._kept: dict[tuple[str, str], QPixmap | None] = {}
        self._asked: set[tuple[str, str]] = set()

    def get(self, folder: str, file: str) -> QPixmap | None:
        """The thumbnail of a media file, None when there is none yet: ``ready`` then comes later."""
        if not (folder and file):
            return None
        key = (folder, file)
        if key not in self._kept and key not in self._asked:
            self._asked.add(key)
            work = partial(_make, self._workspace.media_path(folder, file), self._cache(file))
            self._jobs.start("", work, done=partial(self._keep, key), failed=self._ignore, lane="quick", quiet=True)
        return self._kept.get(key)

    def _cache(self, file: str) -> Path:
        return self._workspace.path / ".studio" / "thumbs" / f"{file}.jpg"

    def _keep(self, key: tuple[str, str], image: QImage | None) -> None:
        self._asked.discard(key)
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = None if image is None else QPixmap.fromImage(image)
        if image is not None:
            self.ready.emit(*key)

    def _ignore(self, error: Exception) -> None:
        """A photo without a thumbnail keeps its blank card; what is wrong with it is said when it comes in."""
        if not isinstance(error, UserError):
            raise error


def _make(source: Path, cache: Path, progress: Progress) -> QImage | None:
    """Read the cached thumbnail or make it; None when the file cannot be shown. In the worker."""
    progress.report(0, 1, source.name)
    with suppress(OSError):
        kept = QImage()
        if kept.loadFromData(cache.read_bytes()):
            return kept
    try:
        image = _frame(source) if source.suffix.lower() in _VIDEO else _photo(source)
    except UserError:
        return None
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_name(f".{cache.name}")
        if image.save(str(part), quality=85):
            part.replace(cache)
    return image


def _photo(source: Path) -> QImage:
    from studio.photo.preview import quick_preview

    return square(*quick_preview(source, SIDE * 3 // 2))


def _frame(source: Path) -> QImage:
    from studio.ui.video.frame import first_frame

    found = first_frame(source, SIDE * 3 // 2)
    return square(*found)


def square(width: int, height: int, rgb: bytes) -> QImage:
    """The middle of a picture (for tall ones a little above it) as a square of ``SIDE`` pixels at most."""
    image = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
    side = min(width, height)
    cut = image.copy(QRect((width - side) // 2, (height - side) // 3, side, side))
    if side <= SIDE:
        return cut
    return cut.scaled(SIDE, SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
