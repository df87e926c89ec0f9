"""The result on the screen: asks the export how it will look, and paints frames of it."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from studio.preview.result_facts import PAD_SHADE, CoverBox, crop_area, timed_boxes
from studio.services.group_profile import ready_mark
from studio.store.previews import cards_room
from studio.story.cover_geometry import box_shares, solid_color
from studio.story.geometry import PixelBox
from studio.ui.core.background_jobs import ignore_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.base.progress import Progress
    from studio.export.rendering.video_art import VideoArtist
    from studio.store.workspace import Workspace
    from studio.story.model import Story, Video
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.desk_state import DeskState
    from studio.video.clip import ClipFacts
    from studio.video.composition import FrameComposer, FrameComposition

SIZES: Mapping[str, tuple[int, int]] = {
    "9:16": (540, 960),
    "4:5": (648, 810),
    "1:1": (720, 720),
    "16:9": (960, 540),
}
"""Canvas of a format in the preview; "" is the shape of the original."""
FPS = 30
_UNKNOWN = "#808080"
"""Colour of a cover whose average colour is still being looked up."""
# Milliseconds that typing has to rest before the look is painted anew.
_PAUSE = 150
# Pixels of the longer side of a clip that is shown in its own shape.
_LONGEST = 960
# Overlays kept in memory: each subtitle is one.
_MOST_IMAGES = 60


def compose(frame: QImage, shown: FrameComposition, load: Callable[[str], QImage]) -> QImage:
    """A frame of the result.

    Args:
        frame: what the original shows, upright, in any size.
        shown: what is drawn of it and over it.
        load: reads an overlay's file.

    Returns:
        A picture of the composition's canvas.
    """
    canvas = QImage(shown.width, shown.height, QImage.Format.Format_RGB32)
    canvas.fill(Qt.GlobalColor.black)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if not frame.isNull():
        _draw_picture(painter, covered(frame, shown), shown)
    if shown.darkness:
        painter.fillRect(canvas.rect(), QColor(0, 0, 0, round(255 * shown.darkness)))
    for overlay in shown.overlays:
        painter.setOpacity(overlay.opacity)
        painter.drawImage(QPoint(overlay.x, overlay.y), load(overlay.file))
    painter.end()
    return canvas


def covered(frame: QImage, shown: FrameComposition) -> QImage:
    """The picture of the original with what is hidden in it at that time."""
    hidden = shown.covers_on(frame.width(), frame.height())
    if not hidden or frame.isNull():
        return frame
    image = frame.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for (left, top, right, bottom), color in hidden:
        painter.fillRect(QRect(left, top, right - left, bottom - top), QColor(color))
    painter.end()
    return image


def _draw_picture(painter: QPainter, frame: QImage, shown: FrameComposition) -> None:
    area = shown.area
    if area.ground is not None:
        painter.drawImage(QRectF(0, 0, shown.width, shown.height), _blurred(frame, shown, area.ground))
    left, top, right, bottom = area.place
    part = _crop_frame(frame, shown, area.source)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), _fit(part, right - left, bottom - top))


def _crop_frame(frame: QImage, shown: FrameComposition, box: PixelBox) -> QImage:
    """A part of the original, given in its pixels, out of a picture of it in any size."""
    across, down = frame.width() / shown.clip[0], frame.height() / shown.clip[1]
    left, top = round(box.left * across), round(box.top * down)
    return frame.copy(left, top, max(1, round(box.right * across) - left), max(1, round(box.bottom * down) - top))


def _fit(image: QImage, width: float, height: float) -> QImage:
    """Scaled well: drawing a picture smaller than half its size shimmers."""
    size = QSize(max(1, round(width)), max(1, round(height)))
    if image.width() < 1.5 * size.width():
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _blurred(frame: QImage, shown: FrameComposition, ground: PixelBox) -> QImage:
    """The background: cut to the canvas, made tiny and large again, a little darker. ffmpeg's blur looks the same."""
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    tiny = _crop_frame(frame, shown, ground).scaled(max(2, shown.width // 44), max(2, shown.height // 44), keep, smooth)
    middle = tiny.scaled(max(2, shown.width // 8), max(2, shown.height // 8), keep, smooth)
    shaded = middle.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(shaded)
    painter.fillRect(shaded.rect(), QColor(0, 0, 0, round(255 * PAD_SHADE)))
    painter.end()
    return shaded


class ResultPreview(QObject):
    """How the clip that is worked on will look in one format.

    Args:
        bench: what the desk works with.
        state: what the desk works on.
    """

    ready = Signal()
    """The look changed."""

    def __init__(self, bench: DeskContext, state: DeskState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._state = state
        self._artist: VideoArtist | None = None
        self._key: object = None
        self._asked: object = None
        self._images: dict[str, QImage] = {}
        self.shape = ""
        self.look: FrameComposer | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._paint)
        state.changed.connect(self.refresh)
        state.switched.connect(self._forget)

    def set_shape(self, shape: str) -> None:
        """Another format."""
        self.shape = shape
        self._paint()

    def size(self) -> tuple[int, int]:
        """The canvas in pixels."""
        clip = self._state.clip
        if self.shape in SIZES or clip is None:
            return SIZES.get(self.shape, SIZES["16:9"])
        share = _LONGEST / max(clip.width, clip.height)
        return max(2, round(clip.width * share / 2) * 2), max(2, round(clip.height * share / 2) * 2)

    def crop(self) -> QRectF | None:
        """What the format keeps of the original for the chosen piece, as fractions; None for everything."""
        clip, video = self._state.clip, self._state.video
        if clip is None or video is None or self.shape not in SIZES or video.reframe == "pad":
            return None
        cuts = self._state.cuts
        focus = (cuts[self._state.piece].focus if cuts else None) or video.focus
        wide, high = SIZES[self.shape]
        area = crop_area(clip.width, clip.height, wide / high, focus)
        return QRectF(*box_shares(area, clip.width, clip.height))

    def picture(self, frame: QImage, result: float, piece: int, seconds: float) -> QImage:
        """A frame of the result; the frame itself as long as the look is not known.

        Args:
            frame: what the original shows.
            result: time of the result in seconds, cards included.
            piece: number of the piece.
            seconds: time of the original.
        """
        if self.look is None:
            return frame
        number = min(round(result * FPS), self.look.job.frames - 1)
        return compose(frame, self.look.frame(number, piece, seconds), self._load)

    def loudness(self, result: float) -> float:
        """How much of the sound is left at a time of the result, 0..1: it fades with the picture."""
        return 1.0 if self.look is None else 1.0 - self.look.darkness_at(round(result * FPS))

    def covers(self) -> tuple[CoverBox, ...]:
        """What each cover hides now, and when: all of the pictures it begins and ends on.

        Until those were looked up, as long before and after as a picture of the clip may stand.
        """
        video, clip = self._state.video, self._state.clip
        if video is None:
            return ()
        known: dict[int, list[CoverBox]] = {}
        for box in self.look.job.covers if self.look is not None else ():
            known.setdefault(box.number, []).append(box)
        hold = 1.0 if clip is None else max(clip.hold, 1 / max(1.0, clip.fps))
        found: list[CoverBox] = []
        for number, cover in enumerate(video.covers):
            start = 0.0 if cover.start is None else cover.start - hold
            end = inf if cover.end is None else cover.end + hold
            made = known.get(number, [CoverBox(PixelBox(0, 0, 0, 0), start, end, _UNKNOWN)])
            stretch = min(box.start for box in made), max(box.end for box in made)
            color = solid_color(cover) if cover.style == "solid" else made[0].color
            found += timed_boxes(cover, self._state.size, stretch, color, number)
        return tuple(found)

    def _load(self, file: str) -> QImage:
        if file not in self._images:
            if len(self._images) >= _MOST_IMAGES:
                self._images.clear()
            # The format that QPainter draws without converting it at every frame.
            self._images[file] = QImage(file).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        return self._images[file]

    def _forget(self) -> None:
        self.look, self._key, self._asked = None, None, None
        self._images.clear()

    def refresh(self) -> None:
        """Look whether something changed; while the desk is not seen, nothing is painted."""
        if self._is_visible() and self._current_facts() != self._asked:
            self._pause.start()

    def _is_visible(self) -> bool:
        desk = self.parent()
        return not isinstance(desk, QWidget) or desk.isVisible()

    def _current_facts(self) -> object:
        video, clip = self._state.video, self._state.clip
        if video is None or clip is None:
            return None
        from studio.preview.clip_preview import visible_clip  # loaded by whoever read the clip

        workspace = self._bench.workspace  # its name, colours and mark may be changed on another desk
        story = self._state.session.story
        return visible_clip(video), clip.path, self.size(), story, workspace.group, workspace.logo.current_logo

    def _paint(self) -> None:
        now = self._current_facts()
        video, clip = self._state.video, self._state.clip
        if now is None or video is None or clip is None or now == self._asked:
            return
        self._asked = now
        session = self._state.session
        judge = partial(_is_draft, self._bench.workspace, session.story, session.folder)
        work = partial(_preview_composer, self._ready_artist(), session.story, judge, video, clip, self.size())
        jobs = self._bench.tools.jobs
        jobs.start("", work, done=partial(self._take_composer, now), failed=ignore_failure, lane="quick", quiet=True)

    def _ready_artist(self) -> VideoArtist:
        from studio.preview.clip_preview import faced_group, keeping_artist

        workspace = self._bench.workspace
        mark, group = ready_mark(workspace), faced_group(self._bench.session.story, workspace.group)
        if self._artist is None or (self._artist.group, self._artist.logo) != (group, mark):
            self._artist = keeping_artist(group, mark, cards_room(workspace.path))
        return self._artist

    def _take_composer(self, asked: object, found: FrameComposer) -> None:
        if asked == self._asked:
            self._key = asked
            self.look = found
            self.ready.emit()


def _preview_composer(
    artist: VideoArtist,
    story: Story,
    judge: Callable[[], bool],
    video: Video,
    clip: ClipFacts,
    size: tuple[int, int],
    progress: Progress,
) -> FrameComposer:
    from studio.preview.clip_preview import preview_result

    progress.report(0, 1, clip.path.name)
    return preview_result(story, video, clip, size, artist, draft=judge())


def _is_draft(workspace: Workspace, story: Story, folder: str) -> bool:
    from studio.release.release_gate import judge_here

    return judge_here(workspace, story, folder).draft
