"""Paints the cards of the list: thumbnail, headline in two lines, status, time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.services.listed_verdicts import claims_ready
from studio.services.story_list import status_text
from studio.ui.library.library_model import ROW, WHEN
from studio.ui.widgets.basic_parts import STATUS_TONES

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.services.story_list import StoryRow
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.widgets.basic_parts import Tone

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 84
_THUMB = 54


class CardDelegate(QStyledItemDelegate):
    """Paints a row as a card.

    Args:
        theme: colours and fonts.
        texts: statuses.
        thumb: gives the picture of a row, None when there is none (yet).
    """

    def __init__(
        self,
        theme: WindowTheme,
        texts: MessageTexts,
        thumb: Callable[[StoryRow], QPixmap | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._thumb = thumb
        self._fonts = {name: theme.font(name) for name in ("ui", "strong", "small", "tiny")}
        self._medium = theme.font("ui")
        self._medium.setWeight(QFont.Weight.Medium)
        self._blank = theme.pixmap("newspaper", "faint", 22)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all, so that ten thousand rows cost nothing."""
        return QSize(self._theme.px(220), self._theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        row: StoryRow | None = index.data(ROW)
        if row is None:
            return
        px = self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = option.rect.adjusted(px(8), px(2), -px(8), -px(2))
        selected = self._ground(painter, option, box)
        thumb = QRect(box.x() + px(10), box.y() + px(12), px(_THUMB), px(_THUMB))
        self._picture(painter, row, thumb)
        left = thumb.right() + px(12)
        words = QRect(left, box.y() + px(8), box.right() - left - px(8), px(38))
        self._headline(painter, index.data(), words, selected)
        self._foot(painter, row, index.data(WHEN), QRect(left, box.y() + px(52), words.width(), px(19)))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> bool:
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if not (selected or focused or state & QStyle.StateFlag.State_MouseOver):
            return False
        color = self._theme.color
        edge = "accent" if focused else "tint_edge"
        painter.setPen(QPen(color(edge), 2 if focused else 1) if selected or focused else Qt.PenStyle.NoPen)
        painter.setBrush(color("tint" if selected else "hover"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), self._theme.px(10), self._theme.px(10))
        return selected

    def _picture(self, painter: QPainter, row: StoryRow, box: QRect) -> None:
        theme = self._theme
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), theme.px(8), theme.px(8))
        found = self._thumb(row)
        if found is None:
            painter.fillPath(shape, theme.color("idle_bg"))
            mark = QRect(0, 0, theme.px(22), theme.px(22))
            mark.moveCenter(box.center())
            painter.drawPixmap(mark, self._blank)
            return
        painter.save()
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(box, found)
        painter.restore()

    def _headline(self, painter: QPainter, text: str, box: QRect, selected: bool) -> None:
        font = self._fonts["strong"] if selected else self._medium
        painter.setPen(self._theme.color("text"))
        # Laid out to find where the first line ends; the second one is shortened, which a layout cannot do.
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        rest = text[first.textLength() :]
        layout.endLayout()
        metrics = QFontMetrics(font)
        painter.setFont(font)
        step = self._theme.px(18)
        base = box.y() + metrics.ascent()
        if rest and first.textLength():
            painter.drawText(box.x(), base, text[: first.textLength()].rstrip())
            painter.drawText(
                box.x(), base + step, metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, box.width())
            )
        else:
            painter.drawText(box.x(), base, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))

    def _foot(self, painter: QPainter, row: StoryRow, when: str, box: QRect) -> None:
        text = self._texts.text("library.broken")
        tone: Tone = "bad"
        if not row.broken:
            text = status_text(self._texts, row.status, held=bool(row.held))
            # Not called ready in green before the gate was asked.
            unsure = row.held is None and claims_ready(row)
            tone = "bad" if row.held else "idle" if unsure else STATUS_TONES[row.status]
        left = self._pill(painter, text, tone, box)
        if row.past:
            left = self._pill(painter, self._texts.text("library.past"), "warn", box.adjusted(left - box.x(), 0, 0, 0))
        painter.setFont(self._fonts["small"])
        painter.setPen(self._theme.color("muted"))
        rest = QRect(left, box.y(), box.right() - left, box.height())
        shown = painter.fontMetrics().elidedText(when, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _pill(self, painter: QPainter, text: str, tone: Tone, box: QRect) -> int:
        """Paint a pill at the left of the box; where the next one begins."""
        theme, font = self._theme, self._fonts["tiny"]
        mark = QRect(box.x(), box.y(), QFontMetrics(font).horizontalAdvance(text) + theme.px(16), box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(QRectF(mark), box.height() / 2, box.height() / 2)
        painter.setFont(font)
        painter.setPen(theme.color("muted" if tone == "idle" else tone))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, text)
        return mark.right() + theme.px(6)
