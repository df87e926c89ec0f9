"""A template's SVG with its text set: ready to be painted on any paint device."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPainter, QTransform
from PySide6.QtSvg import QSvgRenderer

from studio.base.errors import UserError
from studio.paint.art import read_art
from studio.paint.fitting import TextSetting, set_box
from studio.paint.flow import TextFlow
from studio.paint.kept_art import kept_cells
from studio.paint.lines import EM, style_of, text_paragraphs
from studio.paint.qt_application import ensure_gui
from studio.story.syllables import without_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.paint.art import TemplateArt, TextBox

    BoxTurns = Mapping[str, QTransform]
    """How each text box is turned, by its element."""

_PAPER_DPI = 200
"""Dots to an inch of art that reaches paper as a picture: an A3 sheet of it takes 30 MB while it is painted."""
_PIXELS = QImage.Format.Format_ARGB32_Premultiplied
# A size in pixels cannot always have the exact ratio of the art; more than this is a wrong size.
_MOST_SKEW = 0.02
_HINTS = (
    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform
)


@dataclass(frozen=True, slots=True)
class TextOverflow:
    """Text that is not shown: it did not fit its box, or no font has its letters.

    For want of ``room`` it was cut with an ellipsis, or (in a flow) goes on with the next page; for want of a ``font``
    boxes stand for the letters, which ``text`` lists with spaces between.
    """

    box: str
    text: str
    reason: Literal["room", "font"] = "room"


@dataclass(frozen=True, slots=True)
class PaintSheet:
    """Art and text of one picture or page.

    Attributes:
        art: the template's SVG.
        settings: the text boxes, set.
        overflow: what did not fit, and letters that no font has.
        flow: name of the flow, "" when there is none; of several the first.
        rest: what did not fit that flow, for a page that goes on with it.
    """

    art: TemplateArt
    settings: tuple[TextSetting, ...]
    overflow: tuple[TextOverflow, ...]
    flow: str
    rest: str

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Paint the art and then the text.

        Args:
            painter: active on its device.
            target: where, in the painter's units.

        Raises:
            UserError: ``paint.svg`` when QtSvg cannot read the art; ``paint.ratio`` when the target's proportions are
                not the art's (2 % are accepted, for rounding).
        """
        self.paint_texts(painter, target, self.paint_art(painter, target))

    def paint_art(self, painter: QPainter, target: QRectF) -> BoxTurns:
        """Paint the art alone: all that lies below the text.

        Args and errors as for ``paint``.

        Returns:
            How each text box is turned, for ``paint_texts``.
        """
        across, down = target.width() / self.art.width, target.height() / self.art.height
        if abs(across / down - 1) > _MOST_SKEW:
            wanted = f"{target.width():g}×{target.height():g}"
            raise UserError("paint.ratio", art=f"{self.art.width:g}×{self.art.height:g}", wanted=wanted)
        if self.art.faded and isinstance(painter.device(), QPagedPaintDevice):
            return self._paint_pixels(painter, target)
        painter.setRenderHints(_HINTS)
        layers = self.art.layers if _fills_picture(painter, target) else ()
        turns: dict[str, QTransform] = {}
        for svg, kept in layers or ((self.art.svg, False),):
            if kept:
                for x, y, cell in kept_cells(svg, round(target.width()), round(target.height()), _HINTS):
                    painter.drawImage(x, y, cell)
                continue
            renderer = QSvgRenderer(QByteArray(svg))
            if not renderer.isValid():
                raise UserError("paint.svg", detail="QtSvg", line=1)
            renderer.render(painter, target)
            inside = (box.element for box in self.art.boxes if not layers or renderer.elementExists(box.element))
            turns |= {element: renderer.transformForElement(element) for element in inside}
        return turns

    def _paint_pixels(self, painter: QPainter, target: QRectF) -> BoxTurns:
        """Paint the art as a picture: on paper, where Qt would make a see-through gradient solid."""
        turn, paper = painter.transform(), _PAPER_DPI / painter.device().logicalDpiX()
        # A sheet may lie turned on its paper: what counts is how long its edges become there.
        across = target.width() * math.hypot(turn.m11(), turn.m12()) * min(1.0, paper)
        down = across * target.height() / target.width()
        image = QImage(round(across), round(down), _PIXELS)
        image.fill(Qt.GlobalColor.transparent)
        below = QPainter(image)
        try:
            turns = self.paint_art(below, QRectF(image.rect()))
        finally:
            below.end()
        painter.setRenderHints(_HINTS)
        painter.drawImage(target, image)
        # Turns of text boxes are in units of the art, whatever it was painted on.
        return turns

    def paint_texts(self, painter: QPainter, target: QRectF, turns: BoxTurns) -> None:
        """Paint the text over the art.

        Args:
            painter: active on its device.
            target: where the art lies, in the painter's units.
            turns: what ``paint_art`` returned for the same art.
        """
        painter.setRenderHints(_HINTS)
        painter.save()
        painter.translate(target.topLeft())
        painter.scale(target.width() / self.art.width, target.height() / self.art.height)
        for setting in self.settings:
            paint_setting(painter, turns[setting.box.element], setting)
        painter.restore()


def _fills_picture(painter: QPainter, target: QRectF) -> bool:
    """Whether a page is painted over all of a picture, so that pixels kept of another fit; in a PDF there are none."""
    device = painter.device()
    return (
        isinstance(device, QImage)
        and painter.transform().isIdentity()
        and target == QRectF(0, 0, device.width(), device.height())
    )


def typeset_sheet(svg: str, *, continued: bool = False) -> PaintSheet:
    """Set the text of a template's SVG.

    Args:
        svg: the filled template.
        continued: another page takes up what does not fit the flow: no ellipsis is drawn there, and elements with
            ``data-when="more"`` show.

    Returns:
        The sheet, to be painted as often as wanted.

    Raises:
        UserError: as ``read_art`` does.
    """
    ensure_gui()
    art = read_art(svg, more=continued)
    settings: list[TextSetting] = []
    for boxes in _group_boxes(art.boxes):
        if boxes[0].flow:
            settings += TextFlow(boxes).set(continued=continued)
        else:
            parts = text_paragraphs(boxes[0].text)
            settings.append(set_box(boxes[0], style_of(boxes[0]), parts))
    settings = _attach_boxes(_with_like_sizes(settings))
    lost = (TextOverflow(_box_name(box), " ".join(box.missing), "font") for box in art.boxes if box.missing)
    overflow = (*(TextOverflow(_box_name(s.box), _plain_text(s.rest)) for s in settings if s.rest), *lost)
    flow = next((box.flow for box in art.boxes if box.flow), "")
    rest = next((_plain_text(s.rest) for s in settings if flow and s.box.flow == flow and s.rest), "")
    return PaintSheet(art, tuple(settings), overflow, flow, rest)


def _group_boxes(boxes: Sequence[TextBox]) -> Iterator[list[TextBox]]:
    """Boxes of one flow together, others alone, in document order."""
    done: set[str] = set()
    for box in boxes:
        if not box.flow:
            yield [box]
        elif box.flow not in done:
            done.add(box.flow)
            columns = [other for other in boxes if other.flow == box.flow]
            for other in columns:
                if abs(other.width - box.width) > 0.5:
                    raise UserError("paint.box_columns", box=other.name, line=other.line, attribute="width")
            yield columns


def _with_like_sizes(settings: Sequence[TextSetting]) -> list[TextSetting]:
    """Boxes that match set anew, none larger than the smallest of them."""
    least: dict[str, float] = {}
    for setting in settings:
        if setting.box.match and setting.lines:
            least[setting.box.match] = min(setting.size, least.get(setting.box.match, setting.size))

    def fitted(setting: TextSetting) -> TextSetting:
        size = least.get(setting.box.match, setting.size)
        if setting.size <= size:
            return setting
        # It keeps its box: what it asked for is no less than what its neighbours allow.
        made = set_box(
            replace(setting.box, largest=size, smallest=size), setting.style, text_paragraphs(setting.box.text)
        )
        return replace(made, box=setting.box) if not made.rest else setting

    return [fitted(setting) for setting in settings]


def _attach_boxes(settings: Sequence[TextSetting]) -> list[TextSetting]:
    """Move boxes to the text they lie above or below, in document order; a box may hold on to one moved before."""
    moved: dict[str, TextSetting] = {}
    for setting in settings:
        box = setting.box
        target = moved.get(box.above or box.below)
        if target is None and (box.above or box.below):
            key = "above" if box.above else "below"
            raise UserError("paint.box_target", box=box.name, line=box.line, attribute=f"data-{key}")
        moved[box.name if box.name not in moved else box.element] = (
            setting if target is None else _move_beside(setting, target)
        )
    return list(moved.values())


def _move_beside(setting: TextSetting, target: TextSetting) -> TextSetting:
    box = setting.box
    if setting.lines and box.plate:
        _, top, _, height = setting.plate()
        bottom = top + height
    else:
        top, bottom = setting.block()
    upper, lower = target.block()
    if target.lines and target.box.plate:
        _, upper, _, tall = target.plate()
        lower = upper + tall
    shift = upper - box.gap - bottom if box.above else lower + box.gap - top
    return replace(setting, box=replace(box, y=box.y + shift))


def _box_name(box: TextBox) -> str:
    return box.flow or box.name


def _plain_text(text: str) -> str:
    return without_hyphens(text.replace("\u200b", ""))


def paint_setting(painter: QPainter, turn: QTransform, setting: TextSetting) -> None:
    """Paint one text box; ``turn`` is how it is turned, the painter is in units of the viewBox."""
    box = setting.box
    painter.save()
    painter.setTransform(turn, True)
    if box.plate and setting.lines:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(box.plate))
        painter.drawRoundedRect(QRectF(*setting.plate()), box.radius, box.radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(box.x, box.y)
    painter.scale(setting.size / EM, setting.size / EM)
    painter.setPen(QColor(box.color))
    for placed in setting.lines:
        placed.line.line.draw(painter, QPointF(placed.x, placed.baseline - placed.line.line.ascent()))
    painter.restore()
