"""Breaks text into lines and measures the ink, with Qt's shaping.

Everything here happens at one size, ``EM`` pixels to the em, and is scaled when painted. So a text breaks the same way
at every output size and on every screen, and trying another size only means trying another width.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from studio.base.font_table import EMOJI, FAMILIES, FontFamily, family_covers, family_of, pick_family
from studio.base.utf16_positions import code_points_before, utf16_units
from studio.story.drawn import letter_clusters, visible_cluster

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLine

    from studio.paint.art import Align, TextBox

EM = 100.0
"""Size at which text is laid out, in pixels."""
LINE_BREAK = "\u2028"
"""Ends a line where it stands; it has no width and nothing is drawn for it."""
SLACK = 0.01
"""Rounding allowed when a length is compared with a box, in pixels at EM."""

_SQUARE = 1.1
"""Width in em that is assumed for a letter that no family has."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# Scripts written without spaces. A new cluster begins at a letter or digit that no virama ties to the one before:
# Balinese (adeg adeg U+1B44), Javanese (pangkon U+A9C0), Kawi (conjoiner U+11F42).
_SYLLABLE_BREAK = re.compile(
    "(?<=[\u1b00-\u1b43\u1b45-\u1b7f])(?=[\u1b05-\u1b33\u1b45-\u1b4c\u1b50-\u1b59])"
    "|(?<=[\ua980-\ua9bf\ua9c1-\ua9df])(?=[\ua984-\ua9b2\ua9d0-\ua9d9])"
    "|(?<=[\U00011f00-\U00011f41\U00011f43-\U00011f59])(?=[\U00011f04-\U00011f33\U00011f50-\U00011f59])"
)


LIGATURES = QFont.Tag("liga")
"""Optional ligatures. Scripts whose letters join keep theirs; to Latin they are only an ornament."""


@dataclass(frozen=True, slots=True)
class SettingStyle:
    """How a text is set: its font at EM, alignment and line height (``pitch``, in pixels at EM).

    ``family`` is that of ``font``; letters it lacks come from the other families of the table.
    """

    font: QFont
    family: FontFamily
    align: Align
    pitch: float
    ascent: float
    descent: float
    cap: float


@dataclass(frozen=True, slots=True)
class TextLine:
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


def style_of(box: TextBox, *, weight: int = 0, italic: bool = False) -> SettingStyle:
    """The style of a box; ``weight`` and ``italic`` override it for headings and quotations in a flow.

    Qt may add no font of its own choice: what a computer has installed changes nothing.

    Args:
        box: the box.
        weight: 100 to 900, or 0 for the box's own.
        italic: slanted even when the box is not.
    """
    family = family_of(box.family)
    chosen, slanted = _nearest_weight(family, weight or box.weight), family.italics and (italic or box.italic)
    font = _font_at_em(family, chosen, slanted=slanted)
    # Letters of Arabic and other joined scripts would be torn apart by spacing.
    if box.spacing and not any(run.family.joined for run in font_runs(box.text, family)):
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, box.spacing * EM)
    ascent, descent, cap = _letter_reach(family, chosen, slanted=slanted)
    return SettingStyle(font, family, box.align, box.lead * EM, ascent, descent, cap)


def _font_at_em(family: FontFamily, weight: int, *, slanted: bool) -> QFont:
    font = QFont(family.own_name)
    font.setPixelSize(round(EM))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(slanted)
    font.setKerning(True)
    # Hinting fits letters to the pixels of one size; laid out at EM, they would be wrong at all others.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # No merging: letters that the family lacks would come from whatever fonts this computer has.
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoFontMerging)
    # Qt writes no letters behind a ligature into a PDF: "Profil" would be searched, copied and read aloud as "Pro l".
    font.setFeature(LIGATURES, 0)
    return font


@lru_cache(maxsize=4096)
def letter_width(letter: str, family_name: str, weight: int) -> float:
    """How far one letter moves the pen, in em; a letter that the family lacks is measured in the one that has it.

    Sums of it are near the width of a line of a plain alphabet, and above that of scripts whose letters join.
    """
    wanted = family_of(family_name)
    family = _family_for(letter, wanted)
    if family is None:  # nothing to see, or an empty square, which is wider than Qt says
        return _SQUARE if visible_cluster(letter) else 0.0
    metrics = QFontMetricsF(_font_at_em(family, _nearest_weight(family, weight), slanted=False))
    return metrics.horizontalAdvance(letter) / EM


@lru_cache(maxsize=64)
def _letter_reach(family: FontFamily, weight: int, *, slanted: bool) -> tuple[float, float, float]:
    """Ascent, descent and height of capitals of a font at EM.

    By the ink of real letters: the metrics of a font leave room that differs from family to family.
    """
    metrics = QFontMetricsF(_font_at_em(family, weight, slanted=slanted))
    ascent, descent = metrics.tightBoundingRect("dl").top(), metrics.tightBoundingRect("pg").bottom()
    return -ascent, descent, metrics.capHeight()


def _nearest_weight(family: FontFamily, number: int) -> int:
    """The nearest weight that exists as a font file, so that Qt never thickens one itself."""
    return min(family.weights, key=lambda weight: (abs(weight - number), -weight))


@dataclass(frozen=True, slots=True)
class FontRun:
    """Characters of a text that are set in one family; ``start`` and ``end`` count as Qt does, in UTF-16 units."""

    start: int
    end: int
    family: FontFamily


@lru_cache(maxsize=512)
def font_runs(text: str, family: FontFamily) -> tuple[FontRun, ...]:
    """The parts of a text that ``family`` has no letters for, each with the family that has them."""
    if family_covers(family, visible_cluster(text)):
        return ()
    runs: list[FontRun] = []
    at, chosen = 0, family
    for _, cluster in letter_clusters(text):
        end = at + utf16_units(cluster)
        chosen = _family_for(cluster, family) or chosen
        if chosen is not family:
            # Neighbours of one family become one run: shaping must see a complete word at once.
            if runs and runs[-1].end == at and runs[-1].family is chosen:
                runs[-1] = FontRun(runs[-1].start, end, chosen)
            else:
                runs.append(FontRun(at, end, chosen))
        at = end
    return tuple(runs)


def _family_for(cluster: str, family: FontFamily) -> FontFamily | None:
    """The family for one letter with its marks; None for what is not drawn, and goes with its neighbour."""
    shown = visible_cluster(cluster)
    if not shown:
        return None
    # U+FE0F asks for the coloured picture of a sign that also exists as a plain letter.
    first = family_of(EMOJI) if "\ufe0f" in cluster else family  # asked for as a picture
    return pick_family(shown, (first, family, *FAMILIES)) or pick_family(shown[0], (family, *FAMILIES))


def text_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without control characters and empty ones.

    Scripts without spaces get break opportunities.
    """
    clean = (_CONTROL.sub("", part).strip() for part in re.split("[\n\u2029]", text))
    return [_SYLLABLE_BREAK.sub("\u200b", part) for part in clean if part]


def is_right_to_left(text: str) -> bool:
    """Direction by the first strong character (Unicode UAX 9, rules P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def is_left_to_right(text: str) -> bool:
    """Whether every letter is written from left to right, and words are parted by spaces."""
    return "\u200b" not in text and not any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text)


def break_lines(
    text: str,
    style: SettingStyle,
    width: float,
    *,
    anywhere: bool,
    right_to_left: bool | None = None,
    most: int | None = None,
) -> list[TextLine]:
    """Break one paragraph.

    Args:
        text: without line breaks.
        style: how to set it.
        width: the measure, in pixels at EM.
        anywhere: a word wider than the measure is broken between letters, else it sticks out.
        right_to_left: direction; None finds it out.
        most: give up where it takes more lines than these; measuring their ink is what costs.

    Returns:
        The lines, each positioned at (0, 0) with its alignment in the measure; none where it gave up.
    """
    rtl = is_right_to_left(text) if right_to_left is None else right_to_left
    layout = QTextLayout(text, style.font)
    if runs := font_runs(text, style.family):
        layout.setFormats([_run_format(run, style.font.weight()) for run in runs])
    layout.setTextOption(_text_option(style.align, anywhere=anywhere, rtl=rtl))
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        found.append(line)
        if most is not None and len(found) > most:
            return []
    layout.endLayout()
    boxes: dict[tuple[str, QFont.Style, int], tuple[float, float, float, float]] = {}
    return [_measure_line(layout, line, text, boxes) for line in found]


def _run_format(run: FontRun, weight: int) -> QTextLayout.FormatRange:
    """A run in its own family, upright where that has no italics: Qt would slant it beyond the bounds that it tells."""
    made = QTextLayout.FormatRange()
    made.start, made.length = run.start, run.end - run.start
    form = QTextCharFormat()
    form.setFontFamilies([run.family.own_name])
    form.setFontWeight(_nearest_weight(run.family, weight))
    form.setFontStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoFontMerging)
    form.setFontFeatures({LIGATURES: int(run.family.joined)})
    if not run.family.italics:
        form.setFontItalic(False)
    made.format = form
    return made


def _text_option(align: Align, *, anywhere: bool, rtl: bool) -> QTextOption:
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
    # Widths of the outlines, not of the screen's pixels: otherwise breaks would depend on the screen.
    option.setUseDesignMetrics(True)
    return option


def _measure_line(
    layout: QTextLayout,
    line: QTextLine,
    text: str,
    boxes: dict[tuple[str, QFont.Style, int], tuple[float, float, float, float]],
) -> TextLine:
    """The line with the bounds of its ink; ``boxes`` keeps the bounds of the glyphs met so far.

    The bounds that Qt gives for a run are those of the font, which for Arabic are twice as high as its letters.
    """
    start = code_points_before(text, line.textStart())
    edges: list[tuple[float, float, float, float]] = []
    for run in line.glyphRuns():
        font = run.rawFont()
        name, slant = font.familyName(), font.style()
        for glyph, origin in zip(run.glyphIndexes(), run.positions(), strict=True):
            key = (name, slant, glyph)
            if key not in boxes:
                rect = font.boundingRect(glyph)
                boxes[key] = (rect.left(), rect.top(), rect.right(), rect.bottom())
            left, top, right, bottom = boxes[key]
            if right > left and bottom > top:
                x, y = origin.x(), origin.y()
                edges.append((x + left, y + top, x + right, y + bottom))
    end = code_points_before(text, line.textStart() + line.textLength())
    if not edges:
        return TextLine(layout, line, start, end, 0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    baseline = line.ascent()
    return TextLine(layout, line, start, end, min(lefts), max(rights), baseline - min(tops), max(bottoms) - baseline)


def fits_across(line: TextLine, width: float) -> bool:
    """Whether the line's ink is no wider than the measure."""
    return line.right - line.left <= width + SLACK


def overhang_shift(line: TextLine, width: float) -> float:
    """How far to move a line so that no overhang (an italic f, a j) leaves the measure."""
    if line.left < 0:
        return -line.left
    return min(0.0, width - line.right)


def baseline_advance(upper: TextLine, lower: TextLine, pitch: float) -> float:
    """Distance of two baselines: the line height, or more where tall scripts would touch."""
    return max(pitch, upper.below + lower.above + 0.04 * EM)


def elide_text(text: str, style: SettingStyle, width: float, *, right_to_left: bool) -> tuple[TextLine, int] | None:
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
    # Complete words first; only when not even one fits is the first word cut between letters.
    for ends in (words, _cluster_ends(text[:first])):
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


def _cluster_ends(word: str) -> list[int]:
    """Ends of the letters of a word, each with its marks; 0 stands for the bare ellipsis."""
    marks = ("Mn", "Mc", "Me", "Cf")
    return [0, *(i for i in range(1, len(word)) if unicodedata.category(word[i]) not in marks)]
