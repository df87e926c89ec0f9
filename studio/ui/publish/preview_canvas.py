"""Draws the screen of a phone from top to bottom: text, pictures, icons, and the places that can be clicked.

Lengths are those of a phone whose screen is ``WIDTH`` wide; the canvas is drawn at whatever scale the window has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QTextDocument,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from studio.ui.core.window_theme import UI_FAMILY

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QLinearGradient

    from studio.base.lucide_icons import LucideIcons

# A phone's width in design pixels: all lengths of the previews are on this scale.
WIDTH = 320.0
ICONS = (
    "arrow-left",
    "battery-full",
    "bookmark",
    "camera",
    "chart-no-axes-column",
    "chevron-left",
    "chevron-right",
    "clapperboard",
    "download",
    "ellipsis",
    "ellipsis-vertical",
    "forward",
    "globe",
    "heart",
    "house",
    "lock",
    "message-circle",
    "mic",
    "paperclip",
    "phone",
    "play",
    "repeat-2",
    "search",
    "send",
    "share",
    "signal",
    "smile",
    "square-plus",
    "store",
    "thumbs-up",
    "tv-minimal-play",
    "user",
    "users",
    "wifi",
    "x",
)
"""What is drawn on phones: read all at once, as each reading of the package costs 50 ms."""
DESK_ICONS = ("rotate-cw", "upload", "trash-2", "image-plus", "layout-template", "circle-x", "triangle-alert", "check")
Weight = Literal[400, 500, 600, 700, 800]
_ENDLESS = 100_000.0


@dataclass(frozen=True, slots=True)
class ActionSpot:
    """A place that does something: ``action`` is what the phone is asked to do, ``name`` what a tooltip says."""

    box: QRectF
    action: str
    name: str


class ScreenCanvas:
    """A painter with the few strokes that app screens are made of. Also runs without drawing, to measure.

    Args:
        painter: at design scale; None only measures.
        icons: where icons come from.
    """

    def __init__(self, painter: QPainter | None, icons: LucideIcons) -> None:
        self.painter = painter
        self._icons = icons
        self.spots: list[ActionSpot] = []
        self.kept: dict[str, QTextDocument] = {}
        """Long texts that were set to be measured, and need not be set again to be drawn."""
        self.y = 0.0

    def measure(self) -> ScreenCanvas:
        """A canvas that draws nothing, to learn how high something will be before its ground is drawn."""
        return ScreenCanvas(None, self._icons)

    def down(self, by: float) -> None:
        """Move on."""
        self.y += by

    def add_hotspot(self, box: QRectF, action: str, name: str) -> None:
        """Make a place do something."""
        self.spots.append(ActionSpot(box, action, name))

    # ------------------------------------------------------------------------------------------- shapes

    def box(self, box: QRectF, color: str | QColor, radius: float = 0.0, edge: str = "") -> None:
        """A filled box."""
        if self.painter is None:
            return
        self.painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(color))
        self.painter.drawRoundedRect(box, radius, radius)

    def shade(self, box: QRectF, gradient: QLinearGradient) -> None:
        """A box filled with a gradient."""
        if self.painter is not None:
            self.painter.fillRect(box, gradient)

    def round(self, x: float, y: float, side: float, color: str) -> None:
        """A disc; x and y are its top left."""
        self.box(QRectF(x, y, side, side), color, side / 2)

    def rule(self, y: float, color: str, x: float = 0.0, width: float = WIDTH) -> None:
        """A hairline."""
        self.box(QRectF(x, y, width, 0.8), color)

    def icon(self, name: str, x: float, y: float, side: float, color: str, *, filled: bool = False) -> None:
        """A Lucide icon."""
        if self.painter is None:
            return
        svg = self._icons.icon_svg(name).replace("currentColor", color)
        if filled:
            svg = svg.replace('fill="none"', f'fill="{color}"', 1)
        QSvgRenderer(QByteArray(svg.encode())).render(self.painter, QRectF(x, y, side, side))

    def picture(self, image: QImage | None, box: QRectF, ground: str, radius: float = 0.0) -> None:
        """A picture that fills the box, cut at its edges; the bare ground while there is none."""
        if self.painter is None:
            return
        self.painter.save()
        if radius:
            shape = QPainterPath()
            shape.addRoundedRect(box, radius, radius)
            self.painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        self.painter.fillRect(box, QColor(ground))
        if image is not None and not image.isNull():
            share = max(box.width() / image.width(), box.height() / image.height())
            width, height = box.width() / share, box.height() / share
            part = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
            self.painter.drawImage(box, image, part)
        self.painter.restore()

    # ------------------------------------------------------------------------------------------- text

    @staticmethod
    def font(size: float, weight: Weight = 400) -> QFont:
        """The interface font at a size."""
        font = QFont(UI_FAMILY)
        font.setPixelSize(max(1, round(size * 4)))  # Qt rounds sizes: drawn four times as large, then scaled down
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def draw_line(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        color: str,
        *,
        weight: Weight = 400,
        width: float = WIDTH,
        align: Literal["left", "center", "right"] = "left",
    ) -> float:
        """One line of text, elided at ``width``; y is its top.

        Returns:
            Its width.
        """
        font = self.font(size, weight)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * 4)
        wide = metrics.horizontalAdvance(shown) / 4
        if self.painter is not None:
            left = x + {"left": 0.0, "center": (width - wide) / 2, "right": width - wide}[align]
            self.painter.save()
            self.painter.translate(left, y)
            self.painter.scale(0.25, 0.25)
            self.painter.setFont(font)
            self.painter.setPen(QColor(color))
            self.painter.drawText(QPointF(0, metrics.ascent()), shown)
            self.painter.restore()
        return wide

    def flow(
        self,
        html: str,
        x: float,
        width: float,
        size: float,
        color: str,
        *,
        weight: Weight = 400,
        lines: int = 0,
        leading: float = 1.32,
        y: float | None = None,
    ) -> float:
        """Text with marks, wrapped, from the current place on.

        Args:
            html: what ``studio.preview.post_markup`` makes.
            x: left edge.
            width: where it wraps.
            size: of the letters.
            color: of plain text.
            weight: of plain text.
            lines: show at most so many; 0 for all.
            leading: line height.
            y: its top; None is the current place, which then moves on.

        Returns:
            Its height.
        """
        document = self._document(html, width, size, weight, leading)
        height = document.size().height() / 4
        if lines:
            height = min(height, lines * size * leading + 2)
        if self.painter is not None:
            self.painter.save()
            self.painter.translate(x, self.y if y is None else y)
            self.painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
            self.painter.scale(0.25, 0.25)
            # A document is drawn in the colours of a palette, whatever pen the painter has.
            context = QAbstractTextDocumentLayout.PaintContext()
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Text, QColor(color))
            context.palette = palette
            document.documentLayout().draw(self.painter, context)
            self.painter.restore()
        if y is None:
            self.y += height
        return height

    def _document(self, html: str, width: float, size: float, weight: Weight, leading: float) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font(size, weight))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        # Qt counts line heights in percent of the font's own, which is about 1.25 of its size.
        document.setHtml(f'<div style="line-height:{round(leading * 100 / 1.25)}%">{html}</div>')
        document.setTextWidth(width * 4)
        return document

    def width_of(self, html: str, size: float, weight: Weight = 400, most: float = WIDTH) -> float:
        """How wide a flow of text is at most ``most``."""
        document = self._document(html, most, size, weight, 1.32)
        # One more, or a rounding would break the last word off.
        return min(most, document.idealWidth() / 4 + 1)

    # ------------------------------------------------------------------------------------------- parts

    def avatar(self, image: QImage, x: float, y: float, side: float, ring: str = "") -> None:
        """The group's mark in a circle, with a ring as for new stories."""
        if ring and self.painter is not None:
            self.painter.setPen(QPen(QColor(ring), 1.8))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawEllipse(QRectF(x - 3, y - 3, side + 6, side + 6))
        self.picture(image, QRectF(x, y, side, side), "#ffffff", side / 2)

    def dots(self, count: int, at: int, y: float, on: str, off: str) -> None:
        """The dots of a carousel, centred."""
        if count < 2:
            return
        step = 9.0
        left = (WIDTH - step * (count - 1)) / 2
        for number in range(count):
            side = 5.5 if number == at else 4.5
            self.round(left + number * step - side / 2, y - side / 2, side, on if number == at else off)
