"""Scenes of the video desk for ``kim-studio screenshots``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from studio.story import clips
from studio.story.cover_path import with_path
from studio.story.model import Box, Cover, CoverKeyframe, Cue
from studio.ui.video.clip_shelf import SHOW
from studio.ui.video.video_desk import VideoDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QScrollArea, QWidget

_PATIENCE = 5.0
_WAY = tuple(
    CoverKeyframe(at=at, box=Box(x, y, 0.16, 0.2), doubt=doubt)
    for at, x, y, doubt in (
        (0.0, 0.2, 0.2, ""),
        (1.2, 0.34, 0.3, ""),
        (2.4, 0.48, 0.26, "crossed"),
        (3.2, 0.55, 0.3, ""),
        (4.6, 0.7, 0.5, ""),
    )
)
"""A cover that moves, with a part to be checked under the playhead."""
_CUES = (
    Cue(start=0.6, end=2.4, text="Padi menguning di tepi jalan desa."),
    Cue(start=2.5, end=3.4, text="Warga menunggu panen raya pekan depan di sawah."),
    Cue(start=3.5, end=5.0, text="Semoga harganya baik."),
)


def settle_clip(desk: QWidget) -> None:
    """Let the first frame arrive: it is read in a thread."""
    if isinstance(desk, VideoDesk):
        _until(lambda: desk.view.stage.has_image or desk.state.video is None)


def video_scenes(desk: QWidget, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Subtitles, covers, the result with a safe zone, sound, details, the video of photos. The story stays as it is."""
    if not isinstance(desk, VideoDesk) or desk.state.video is None:
        return
    steps = _edit(desk)
    desk.side_panel.show_page("cues")
    desk.player.seek(2.6)
    settle_clip(desk)
    yield "video-cues", shell
    desk.editing.add_cover(Cover(box=Box(0.5, 0.12, 0.24, 0.2)))
    desk.side_panel.show_page("covers")
    yield "video-covers", shell
    desk.editing.edit(clips.change_path(desk.state.video_id, 0, lambda cover: with_path(cover, _WAY)))
    settle_clip(desk)
    path = desk.side_panel.covers.path
    cast("QScrollArea", desk.side_panel.stack.currentWidget()).ensureWidgetVisible(path, 0, 0)
    yield "video-path", shell
    desk.editor.set_shape("9:16")
    desk.view.result.setChecked(True)
    desk.programme.seek(4.6)
    desk.view.zone.setCurrentIndex(desk.view.zone.findData("tiktok"))
    desk.view.zone.activated.emit(desk.view.zone.currentIndex())
    desk.side_panel.show_page("words")
    yield "video-result", shell
    desk.view.result.setChecked(False)
    for page in ("sound", "about"):
        desk.side_panel.show_page(page)
        yield f"video-{page}", shell
    desk.open(SHOW)
    desk.show_page.player.set_muted(True)
    desk.show_page.preview.make_preview()
    desk.show_page.player.pause()
    desk.show_page.player.seek(1.5)
    _until(lambda: desk.show_page.stage.has_image)
    yield "video-photos", shell
    desk.open(desk.state.video_id)
    desk.side_panel.show_page("picture")
    desk.editor.set_shape("")
    for _ in range(steps + 2):
        desk.state.session.undo()


def _edit(desk: VideoDesk) -> int:
    """Something to look at; the number of steps."""
    editing = desk.editing
    editing.set(title="Asep Hidayat", title_detail="Petani, Dusun Karanganyar", title_card="Pasar Minggu Pagi")
    editing.set_cues(_CUES, 1)
    editing.state.move_to(3.0)
    editing.split()
    return 3


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not there() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
