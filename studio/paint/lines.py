"""Breaks text into lines and measures the ink, with Qt's shaping.

Everything here happens at one size, ``EM`` pixels to the em, and is scaled when painted. So a text breaks the same way
at every output size and on every screen, and trying another size only means trying another width.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLine

    from studio.paint.art import Align, TextBox

EM = 100.0
"""Size at which text is laid out, in pixels."""
SLACK = 0.01
"""Rounding allowed when a length is compared with a box, in pixels at EM."""

_FALLBACK = ("Noto Sans Javanese", "Noto Naskh Arabic")
_COLOR_EMOJI = ("Segoe UI Emoji", "Noto Color Emoji", "Apple Color Emoji")
_JOINED = re.compile("[\u0600-\u08ff\ua980-\ua9df\ufb50-\ufdff\ufe70-\ufeff]")
_NO_ITALICS = re.compile(
    "[\u0600-\u08ff\u200b\u200d\u2190-\u2bff\ua980-\ua9df\ufb50-\ufdff\ufe0f\ufe70-\ufeff\U0001f000-\U0001faff]+"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# A new Javanese cluster begins at a letter, digit or sign that no pangkon (U+A9C0) ties to the one before.
_JAVANESE_BREAK = re.compile("(?<=[\ua980-\ua9bf\ua9c1-\ua9df])(?=[\ua984-\ua9b2\ua9d0-\ua9d9])")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its font at EM, alignment and line height (``pitch``, in pixels at EM)."""

    font: QFont
    align: Align
    pitch: float
    ascent: float
    descent: float
    cap: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph, in pixels at EM.

    Attributes:
        layout: keeps Qt's data of the line alive.
        start, end: the characters of the paragraph.
        left, right: edges of the ink, measured from the left of the measure.
        above, below: reach of the ink above and below the baseline.
    """

    layout: QTextLayout
    line: QTextLine
    start: int
    end: int
    left: float
    right: float
    above: float
    below: float


def style_of(box: TextBox, *, color_emoji: bool, weight: int = 0, italic: bool = False) -> Style:
    """The style of a box; ``weight`` and ``italic`` override it for headings and quotations in a flow.

    Args:
        box: the box.
        color_emoji: take the system's coloured emoji where there are; a PDF cannot embed those.
        weight: 100 to 900, or 0 for the box's own.
        italic: slanted even when the box is not.
    """
    installed = set(QFontDatabase.families())
    emoji = [name for name in _COLOR_EMOJI if color_emoji and name in installed]
    font = QFont([box.family, *_FALLBACK, *emoji, "Noto Emoji"])
    font.setPixelSize(round(EM))
    font.setWeight(QFont.Weight(_weight(weight or box.weight)))
    font.setItalic(italic or box.italic)
    font.setKerning(True)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if box.spacing and not _JOINED.search(box.text):
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, box.spacing * EM)
    metrics = QFontMetricsF(font)
    return Style(
        font=font,
        align=box.align,
        pitch=box.lead * EM,
        ascent=-metrics.tightBoundingRect("dl").top(),
        descent=metrics.tightBoundingRect("pg").bottom(),
        cap=metrics.capHeight(),
    )


def _weight(number: int) -> int:
    """The nearest weight that exists as a font file, so that Qt never thickens one itself."""
    return min(900, max(100, round(number / 100) * 100))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without control characters and empty ones; Javanese gets its break opportunities."""
    clean = (_CONTROL.sub("", part).strip() for part in re.split("[\n\u2029]", text))
    return [_JAVANESE_BREAK.sub("\u200b", part) for part in clean if part]


def is_right_to_left(text: str) -> bool:
    """Direction by the first strong character (Unicode UAX 9, rules P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def break_lines(
    text: str, style: Style, width: float, *, anywhere: bool, right_to_left: bool | None = None
) -> list[Line]:
    """Break one paragraph.

    Args:
        text: without line breaks.
        style: how to set it.
        width: the measure, in pixels at EM.
        anywhere: a word wider than the measure is broken between letters, else it sticks out.
        right_to_left: direction; None finds it out.

    Returns:
        The lines, each positioned at (0, 0) with its alignment in the measure.
    """
    rtl = is_right_to_left(text) if right_to_left is None else right_to_left
    layout = QTextLayout(text, style.font)
    if style.font.italic():
        layout.setFormats(_upright(text))
    layout.setTextOption(_option(style.align, anywhere=anywhere, rtl=rtl))
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        found.append(line)
    layout.endLayout()
    boxes: dict[tuple[str, QFont.Style, int], tuple[float, float, float, float]] = {}
    return [_measure(layout, line, boxes) for line in found]


def _upright(text: str) -> list[QTextLayout.FormatRange]:
    """Keeps scripts without italics upright; Qt would slant them, beyond the bounds that it tells."""
    ranges = []
    for match in _NO_ITALICS.finditer(text):
        upright = QTextLayout.FormatRange()
        upright.start, upright.length = match.start(), match.end() - match.start()
        form = QTextCharFormat()
        form.setFontItalic(False)
        upright.format = form
        ranges.append(upright)
    return ranges


def _option(align: Align, *, anywhere: bool, rtl: bool) -> QTextOption:
    flags = {
        "left": Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft,
        "center": Qt.AlignmentFlag.AlignHCenter,
        "right": Qt.AlignmentFlag.AlignRight,
        "justify": Qt.AlignmentFlag.AlignJustify,
    }
    modes = QTextOption.WrapMode
    option = QTextOption(flags[align])
    option.setWrapMode(modes.WrapAtWordBoundaryOrAnywhere if anywhere else modes.WordWrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setUseDesignMetrics(True)
    return option


def _measure(
    layout: QTextLayout, line: QTextLine, boxes: dict[tuple[str, QFont.Style, int], tuple[float, float, float, float]]
) -> Line:
    """The line with the bounds of its ink; ``boxes`` keeps the bounds of the glyphs met so far.

    The bounds that Qt gives for a run are those of the font, which for Arabic are twice as high as its letters.
    """
    start = line.textStart()
    edges: list[tuple[float, float, float, float]] = []
    for run in line.glyphRuns():
        font = run.rawFont()
        for glyph, origin in zip(run.glyphIndexes(), run.positions(), strict=True):
            key = (font.familyName(), font.style(), glyph)
            if key not in boxes:
                rect = font.boundingRect(glyph)
                boxes[key] = (rect.left(), rect.top(), rect.right(), rect.bottom())
            left, top, right, bottom = boxes[key]
            if right > left and bottom > top:
                x, y = origin.x(), origin.y()
                edges.append((x + left, y + top, x + right, y + bottom))
    end = start + line.textLength()
    if not edges:
        return Line(layout, line, start, end, 0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    baseline = line.ascent()
    return Line(layout, line, start, end, min(lefts), max(rights), baseline - min(tops), max(bottoms) - baseline)


def fits_across(line: Line, width: float) -> bool:
    """Whether the line's ink is no wider than the measure."""
    return line.right - line.left <= width + SLACK


def nudge(line: Line, width: float) -> float:
    """How far to move a line so that no overhang (an italic f, a j) leaves the measure."""
    if line.left < 0:
        return -line.left
    return min(0.0, width - line.right)


def advance(upper: Line, lower: Line, pitch: float) -> float:
    """Distance of two baselines: the line height, or more where tall scripts would touch."""
    return max(pitch, upper.below + lower.above + 0.04 * EM)


def elide(text: str, style: Style, width: float, *, right_to_left: bool) -> tuple[Line, int] | None:
    """The longest beginning of ``text`` that fits one line together with an ellipsis.

    Args:
        text: what is left of a paragraph.
        style: how to set it.
        width: the measure, in pixels at EM.
        right_to_left: direction of the paragraph.

    Returns:
        The line and the number of characters shown, ending at a word where there is one; None when not even the
        ellipsis fits.
    """
    words = [match.end() for match in re.finditer("[^\\s\u200b]+", text)]
    first = words[0] if words else 0
    for ends in (words, _clusters(text[:first])):
        best = None
        low, high = 0, len(ends) - 1
        while low <= high:
            middle = (low + high) // 2
            lines = break_lines(
                text[: ends[middle]].rstrip(" ,;:–—-") + "…", style, width, anywhere=False, right_to_left=right_to_left
            )
            if len(lines) == 1 and fits_across(lines[0], width):
                best, low = (lines[0], ends[middle]), middle + 1
            else:
                high = middle - 1
        if best:
            return best
    return None


def _clusters(word: str) -> list[int]:
    """Ends of the letters of a word, each with its marks; 0 stands for the bare ellipsis."""
    marks = ("Mn", "Mc", "Me", "Cf")
    return [0, *(i for i in range(1, len(word)) if unicodedata.category(word[i]) not in marks)]
