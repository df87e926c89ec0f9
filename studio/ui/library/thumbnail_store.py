"""Small square pictures of photos and clips, made in the worker and kept in ``.studio/thumbs`` (a cache)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from studio.base.atomic_files import write_cache
from studio.base.errors import UserError
from studio.store.previews import forget_cards, forget_covered, forget_previews, thumb_path
from studio.ui.core.background_jobs import ignore_failure

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.story_shelf import StoryShelf
    from studio.story.model import Cover, Photo, Story, Video
    from studio.ui.core.background_jobs import JobRunner
    from studio.ui.core.story_session import StorySession

_MOST_KEPT = 200
"""Of 256 kB each."""


class ThumbnailStore(QObject):
    """Gives thumbnails at once when it has them, and says when one it lacked is there.

    A photo or clip with covers is shown with them, and its thumbnail is not kept on disk.

    Args:
        workspace: where media and cache are.
        jobs: where they are made.
    """

    ready = Signal(str, str)
    """Folder of the story and media file."""
    tried = Signal(str, str)
    """The same, after ``ready``, and also where no thumbnail could be made: the next one can be asked for."""

    def __init__(self, workspace: StoryShelf, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._kept: dict[tuple[str, str], QPixmap | None] = {}
        self._asked: set[tuple[str, str]] = set()
        self._session: StorySession | None = None
        self._covers: dict[str, tuple[Cover, ...]] = {}

    def follow(self, session: StorySession) -> None:
        """Take the covers of the open story from the window, which knows them before the disk does."""
        self.let_go()
        self._session, self._covers = session, _covers(session.story)
        forget_covered(self._workspace.path, session.story)
        session.changed.connect(self._on_story)

    def let_go(self) -> None:
        """The open story is closed: nothing has its pictures open any more, so those of covered ones can go."""
        if self._session is not None:
            forget_covered(self._workspace.path, self._session.story)
            forget_cards(self._workspace.path)
            self._session = None

    def _on_story(self, story: Story) -> None:
        # Sessions that were followed before stay connected until they are gone.
        if self._session is None or self.sender() is not self._session:
            return
        before, self._covers = self._covers, _covers(story)
        for file in before.keys() | self._covers.keys():
            if before.get(file, ()) != self._covers.get(file, ()):
                forget_previews(self._workspace.path, file, copies=False)
                key = (self._session.folder, file)
                self._kept.pop(key, None)
                self._asked.discard(key)
                self.get(*key)

    def _known(self, folder: str, file: str) -> tuple[Cover, ...] | None:
        """The covers of a file of the open story; None for those of other stories."""
        if self._session is None or folder != self._session.folder:
            return None
        return self._covers.get(file, ())

    @property
    def waiting(self) -> int:
        """How many were asked for and are not there yet."""
        return len(self._asked)

    def get(self, folder: str, file: str, *, ask: bool = True) -> QPixmap | None:
        """The thumbnail of a media file, None when there is none yet: ``ready`` then comes later.

        Args:
            folder: its story.
            file: its name in ``media/``; "" for none.
            ask: have it made when there is none yet.
        """
        if not (folder and file):
            return None
        key = (folder, file)
        if ask and key not in self._kept and key not in self._asked:
            self._asked.add(key)
            known = self._known(folder, file)
            work = partial(_make, self._workspace, folder, file, known)
            done = partial(self._keep_thumbnail, key, known)
            self._jobs.start("", work, done=done, failed=ignore_failure, lane="quick", quiet=True)
        return self._kept.get(key)

    def _keep_thumbnail(self, key: tuple[str, str], covers: tuple[Cover, ...] | None, image: QImage | None) -> None:
        if covers is not None and covers != self._known(*key):
            return  # made before the covers changed: the right one is on its way
        self._asked.discard(key)
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = None if image is None else QPixmap.fromImage(image)
        if image is not None:
            self.ready.emit(*key)
        self.tried.emit(*key)


def _covers(story: Story) -> dict[str, tuple[Cover, ...]]:
    """Media file -> what is hidden in it, wherever the story shows it."""
    found: dict[str, tuple[Cover, ...]] = {}
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    for item in items:
        found[item.file] = (*found.get(item.file, ()), *item.covers)
    return found


def _make(
    workspace: StoryShelf, folder: str, file: str, known: tuple[Cover, ...] | None, progress: Progress
) -> QImage | None:
    """Read the cached thumbnail or make it; None when the file cannot be shown. In the worker.

    Args:
        workspace: where it lies.
        folder: its story.
        file: its name in ``media/``.
        known: its covers; None reads them from the story.
        progress: of the job.
    """
    from studio.services.media_pictures import THUMB_SIDE, square_picture

    source, cache = workspace.media_path(folder, file), thumb_path(workspace.path, file)
    progress.report(0, 1, source.name)
    try:
        hidden = _covers(workspace.load(folder)).get(file, ()) if known is None else known
        if hidden:
            forget_previews(workspace.path, file, copies=False)
        elif (kept := _read(cache)) is not None:
            return kept
        pixels, packed = square_picture(source, THUMB_SIDE, hidden)
    except UserError:
        return None
    if not hidden:
        write_cache(cache, packed)
    image = QImage(pixels.rgb, pixels.width, pixels.height, pixels.width * 3, QImage.Format.Format_RGB888)
    # Of this format Qt makes a pixmap without converting it, which would take the window's time.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _read(cache: Path) -> QImage | None:
    with suppress(OSError):
        kept = QImage()
        if kept.loadFromData(cache.read_bytes()):
            return kept
    return None
