"""What a timeline shows, and where each time and each piece is on it. No painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from studio.story.model import Cut
    from studio.ui.core.window_theme import WindowTheme
    from studio.video.job import CoverBox

RULER, MARKS = 20, 10
"""Design pixels of the times above and of the covers and subtitles below."""
_ROWS, _LOW_ROWS = (48, 34), (30, 22)
"""Design pixels of pictures and sound: usually, and where there is little room."""
HANDLE = 9
_MOST_ZOOM = 60.0


@dataclass(frozen=True, slots=True)
class TimelineTracks:
    """What the timeline shows of a clip.

    Attributes:
        seconds: length of the original.
        cuts: kept pieces, in the order of the result.
        chosen: number of the piece that is worked on.
        covers: stretches that are covered.
        cues: stretches with subtitles.
        poster: time of the cover picture, or None.
        locked: nothing can be changed.
        hidden: what is covered in the pictures, and when.
        size: width and height of the original in pixels.
    """

    seconds: float = 0.0
    cuts: tuple[Cut, ...] = ()
    chosen: int = 0
    covers: tuple[tuple[float, float], ...] = ()
    cues: tuple[tuple[float, float], ...] = ()
    poster: float | None = None
    locked: bool = False
    hidden: tuple[CoverBox, ...] = ()
    size: tuple[int, int] = (1, 1)


class TimelineScale:
    """Times and pixels of a timeline.

    Args:
        theme: lengths.
    """

    def __init__(self, theme: WindowTheme) -> None:
        self._theme = theme
        self.tracks = TimelineTracks()
        self.at = 0.0
        self.zoom = 1.0
        self.left = 0.0
        self.width = 1
        self.low = False

    @property
    def _strip(self) -> int:
        return (_LOW_ROWS if self.low else _ROWS)[0]

    @property
    def _wave(self) -> int:
        return (_LOW_ROWS if self.low else _ROWS)[1]

    def height(self) -> int:
        """Pixels of all rows."""
        return self._theme.px(RULER + self._strip + self._wave + MARKS + 8)

    def zoom_by(self, factor: float) -> None:
        """Show a shorter stretch (above 1) or a longer one, around the playhead."""
        before = self.x_of(self.at)
        self.zoom = min(_MOST_ZOOM, max(1.0, self.zoom * factor))
        self.left = self._held(self.at - (before - self._margin()) / max(1.0, self._wide()) * self.span())

    def scroll(self, by: float) -> None:
        """Show what lies ``by`` seconds later."""
        self.left = self._held(self.left + by)

    def follow(self, seconds: float) -> None:
        """Put the playhead there, and keep it in view."""
        self.at = seconds
        if self.zoom > 1 and not self.left <= seconds <= self.left + self.span():
            self.left = self._held(seconds - self.span() * 0.1)

    def _margin(self) -> int:
        return self._theme.px(HANDLE)

    def _wide(self) -> float:
        return float(max(1, self.width - 2 * self._margin()))

    def span(self) -> float:
        """Seconds that are in view."""
        return max(0.01, self.tracks.seconds) / self.zoom

    def _held(self, left: float) -> float:
        return min(max(0.0, left), max(0.0, self.tracks.seconds - self.span()))

    def x_of(self, seconds: float) -> float:
        """Where a time is, in pixels of this widget."""
        return self._margin() + (seconds - self.left) / self.span() * self._wide()

    def time_of(self, x: float) -> float:
        """Which time is at a pixel; held inside the clip."""
        at = self.left + (x - self._margin()) / self._wide() * self.span()
        return min(max(0.0, at), self.tracks.seconds)

    def _row(self, top: float, height: float) -> QRectF:
        px = self._theme.px
        return QRectF(self._margin(), px(top), self._wide(), px(height))

    def _area(self, cut: Cut) -> QRectF:
        body = self._body()
        return QRectF(QPointF(self.x_of(cut.start), body.top()), QPointF(self.x_of(cut.end), body.bottom()))

    def _body(self) -> QRectF:
        return self._row(RULER, self._strip + self._wave)

    def tag_of(self, number: int) -> QRectF | None:
        """Where the number of a piece stands, clear of the chosen piece's handle; None where it has no room."""
        cuts, chosen, px = self.tracks.cuts, self.tracks.chosen, self._theme.px
        if len(cuts) < 2:
            return None
        area = self._area(cuts[number])
        left = area.left()
        if number != chosen and 0 <= chosen < len(cuts) and not self.tracks.locked:
            handle = self.x_of(cuts[chosen].end)
            if handle - px(22) < left < handle + px(HANDLE):
                left = handle + px(HANDLE)
        tag = QRectF(left + px(4), area.top() + px(3), px(18), px(16))
        return tag if number == chosen or tag.right() <= area.right() else None
