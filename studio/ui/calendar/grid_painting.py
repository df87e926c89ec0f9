"""Paints days and their lines. Colours say the kind of a line, and so do its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPen

from studio.base.locale_forms import FORMS
from studio.services.calendar_files import entry_words
from studio.story.series_days import market_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QPainter

    from studio.group.calendar_words import CalendarWords
    from studio.store.story_calendar import CalendarEntry, CalendarSpan
    from studio.ui.calendar.grid_geometry import DayCell, DayLine, GridGeometry
    from studio.ui.core.window_theme import WindowTheme

TONES: Mapping[str, tuple[str, str]] = {
    "event": ("accent", "tint"),
    "plan": ("info", "info_bg"),
    "late": ("bad", "bad_bg"),
    "done": ("ok", "ok_bg"),
    "ends": ("warn", "warn_bg"),
    "series": ("muted", "idle_bg"),
    "posted": ("ok", "ok_bg"),
}
"""Colour of words and ground of each kind of line; of a plan also what became of it."""


@dataclass(frozen=True, slots=True)
class GridLook:
    """What is marked: the month that is meant, the chosen day and line, and where a drag would end."""

    month: tuple[int, int]
    day: date
    entry: CalendarEntry | None
    target: date | None
    focused: bool


ICONS: Mapping[str, str] = {
    "event": "flag",
    "plan": "send",
    "late": "calendar-x",
    "done": "check-check",
    "ends": "hourglass",
    "series": "repeat",
    "posted": "check-check",
}
"""The sign of each kind in a narrow line, where there is no room for its word."""


def tone_of(entry: CalendarEntry) -> str:
    """The row of ``TONES`` for an entry."""
    return "late" if entry.late else "done" if entry.done else entry.kind


def paint_grid(
    painter: QPainter,
    span: CalendarSpan,
    geometry: GridGeometry,
    look: GridLook,
    theme: WindowTheme,
    words: CalendarWords,
) -> None:
    """Paint all of it."""
    _paint_weekdays(painter, geometry, theme, words)
    for cell in geometry.cells:
        _paint_cell(painter, cell, span, look, theme, words)
    _paint_weeks(painter, span, geometry, theme, words)
    chosen = geometry.cell_of(look.target or look.day)
    if chosen is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        color = theme.color("accent") if look.focused or look.target else theme.color("edge")
        painter.setPen(QPen(color, theme.px(2)))
        painter.drawRect(QRectF(chosen.rect).adjusted(1, 1, -1, -1))


def _paint_weekdays(painter: QPainter, geometry: GridGeometry, theme: WindowTheme, words: CalendarWords) -> None:
    painter.setFont(theme.font("tiny"))
    painter.setPen(theme.color("muted"))
    forms = FORMS[words.texts.language]
    room = geometry.cells[0].rect.width() - theme.px(8)
    metrics = QFontMetrics(theme.font("tiny"))
    # One name that is too long shortens all seven: whole and short ones side by side look like a mistake.
    whole = max(metrics.horizontalAdvance(name) for name in forms.weekdays) <= room
    for cell, name in zip(geometry.cells[:7], forms.weekdays if whole else forms.short_weekdays, strict=True):
        box = QRect(cell.rect.left() + theme.px(5), 0, cell.rect.width(), geometry.head)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)


def _paint_cell(
    painter: QPainter, cell: DayCell, span: CalendarSpan, look: GridLook, theme: WindowTheme, words: CalendarWords
) -> None:
    day, px = cell.day, theme.px
    inside = (day.year, day.month) == look.month
    ground = "tint" if look.target == day else "card" if inside else "bg"
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color(ground))
    painter.drawRect(QRectF(cell.rect).adjusted(0.5, 0.5, -0.5, -0.5))
    # Red as on any Indonesian wall calendar: Sundays and holidays, not what is only observed.
    off = day.weekday() == 6 or any(known.kind != "observance" for known in span.national.get(day, ()))
    number = QRect(cell.rect.left() + px(3), cell.rect.top() + px(3), px(24), px(21))
    color = "bad" if off and inside else "text" if inside else "muted"
    if day == span.today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(number, px(10), px(10))
        color = "on_accent"
    painter.setFont(theme.font("strong"))
    painter.setPen(theme.color(color))
    painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
    _paint_market_day(painter, cell, theme)
    for line in cell.lines:
        _paint_line(painter, line, look, theme, words, faint=not inside)


def _paint_market_day(painter: QPainter, cell: DayCell, theme: WindowTheme) -> None:
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("muted"))
    # The number of the day stands at the left, behind it how many lines had no room.
    taken = theme.px(52 if any(line.more for line in cell.lines) else 30)
    room = cell.rect.adjusted(taken, theme.px(3), -theme.px(5), 0)
    room.setHeight(theme.px(21))
    name = QFontMetrics(theme.font("small")).elidedText(market_day(cell.day), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def _paint_line(
    painter: QPainter, line: DayLine, look: GridLook, theme: WindowTheme, words: CalendarWords, *, faint: bool
) -> None:
    if line.more:
        painter.setFont(theme.font("tiny"))
        painter.setPen(theme.color("muted"))
        painter.drawText(line.rect, Qt.AlignmentFlag.AlignVCenter, f"+{line.more}")
    elif line.entry is None:
        color = theme.color("bad" if line.off else "muted")
        _paint_words(painter, line.rect.adjusted(theme.px(1), 0, 0, 0), line.national, color, theme)
    else:
        _paint_entry(painter, line.rect, line.entry, look, theme, words, faint=faint)


def _paint_entry(
    painter: QPainter,
    rect: QRect,
    entry: CalendarEntry,
    look: GridLook,
    theme: WindowTheme,
    words: CalendarWords,
    *,
    faint: bool,
) -> None:
    px, tone = theme.px, tone_of(entry)
    color, ground = TONES[tone]
    chosen = entry == look.entry and look.focused
    painter.setPen(QPen(theme.color(color), px(2)) if chosen else Qt.PenStyle.NoPen)
    fill = QColor(theme.color(ground))
    # Days of the months beside it are there to plan across, and step back behind those of the month.
    fill.setAlphaF(0.55 if faint else 1.0)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, px(4), px(4))
    room = rect.adjusted(px(5), 0, -px(3), 0)
    # High enough for its words on two lines; else the sign of its kind stands for them.
    if rect.height() > px(30):
        _paint_words(painter, room.adjusted(0, px(3), 0, -px(2)), entry_words(entry, words), theme.color(color), theme)
        return
    side = px(12)
    painter.drawPixmap(
        QRect(room.left(), room.center().y() - side // 2 + 1, side, side), theme.pixmap(ICONS[tone], color, 12)
    )
    title = " ".join(entry.story.headline.split()) or words.say("untitled")
    said = f"{entry.clock.replace(':', '.')} {title}" if entry.clock else title
    _paint_words(painter, room.adjusted(side + px(4), 0, 0, 0), said, theme.color(color), theme)


def _paint_words(painter: QPainter, room: QRect, text: str, color: QColor, theme: WindowTheme) -> None:
    """One line that ends with an ellipsis, or as many as there is room for."""
    font = theme.font("small")
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(color)
    lines = max(1, room.height() // metrics.lineSpacing())
    if lines == 1:
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
        return
    top = room.top()
    for said in wrapped_lines(text, metrics, room.width(), lines):
        painter.drawText(
            QRect(room.left(), top, room.width(), metrics.lineSpacing()), Qt.AlignmentFlag.AlignVCenter, said
        )
        top += metrics.lineSpacing()


def wrapped_lines(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Words over lines of a width; the last of them ends with an ellipsis where there is more."""
    lines: list[str] = []
    words = text.split()
    while words:
        if len(lines) == most - 1:
            return [*lines, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]
        count = 1
        while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
            count += 1
        whole = " ".join(words[:count])
        # Only a single word can be too long here; measured again, a line that just fits would be cut.
        lines.append(whole if count > 1 else metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width))
        words = words[count:]
    return lines


def _paint_weeks(
    painter: QPainter, span: CalendarSpan, geometry: GridGeometry, theme: WindowTheme, words: CalendarWords
) -> None:
    """Weeks in which nothing appeared and nothing is planned, along the left edge."""
    font = theme.font("tiny")
    painter.setFont(font)
    for cell in geometry.cells[::7]:
        if cell.day not in span.empty_weeks:
            continue
        band = QRect(0, cell.rect.top() + 1, geometry.gutter - theme.px(3), cell.rect.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn_bg"))
        painter.drawRoundedRect(band, theme.px(4), theme.px(4))
        painter.save()
        painter.translate(band.left(), band.bottom())
        painter.rotate(-90)
        painter.setPen(theme.color("warn"))
        said = QFontMetrics(font).elidedText(words.say("empty_week"), Qt.TextElideMode.ElideRight, band.height())
        painter.drawText(QRect(0, 0, band.height(), band.width()), Qt.AlignmentFlag.AlignCenter, said)
        painter.restore()
