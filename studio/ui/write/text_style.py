"""How the text of a story looks while it is written.

What a text *is* is in properties of our own on Qt's formats (``KIND`` on blocks, ``BOLD`` and ``ITALIC`` on
characters, the address as anchor); how it looks follows from that and can be set again at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from studio.story.body import BlockKind, TextSpan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.ui.core.window_theme import WindowTheme

# Properties of our own: from UserProperty on Qt leaves the numbers to programs.
KIND = QTextFormat.Property.UserProperty.value + 1
BOLD = QTextFormat.Property.UserProperty.value + 2
ITALIC = QTextFormat.Property.UserProperty.value + 3

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
LIST_KINDS = frozenset({"bullet", "number"})
# Percent of the height of a line.
_LINE_HEIGHT = 132.0
_SPACE: Mapping[BlockKind, tuple[float, float, float]] = {
    "paragraph": (12, 12, 0),
    "heading": (20, 6, 0),
    "quote": (12, 12, 22),
    "bullet": (5, 5, 28),
    "number": (5, 5, 28),
}
"""Space above, space below, indent, in design pixels; between two blocks the larger space counts."""


def kind_of(block_format: QTextBlockFormat) -> BlockKind:
    """The kind that stands on the format of a block; a foreign one is a paragraph."""
    kind = block_format.stringProperty(KIND)
    return kind if kind in KINDS else "paragraph"


def span_of(text: str, char_format: QTextCharFormat) -> TextSpan:
    """The text with what stands on its format."""
    return TextSpan(
        text,
        bold=char_format.boolProperty(BOLD),
        italic=char_format.boolProperty(ITALIC),
        link=char_format.anchorHref(),
    )


class TextStyle:
    """Makes the formats of Qt for one theme at one size.

    Args:
        theme: colours and fonts.
        zoom: size of the story's text alone, 0.7 to 2.5; 1.0 is normal.
    """

    def __init__(self, theme: WindowTheme, zoom: float = 1.0) -> None:
        self._theme = theme
        self.zoom = zoom
        self._blocks = {kind: self._block_format(kind) for kind in KINDS}
        self._chars: dict[tuple[BlockKind, bool, bool, str], QTextCharFormat] = {}

    def px(self, size: float) -> int:
        """A length in the text, with text size and zoom."""
        return self._theme.px(size * self.zoom)

    def font(self) -> QFont:
        """The font of the running text."""
        font = self._theme.font("body")
        font.setPixelSize(max(8, round(font.pixelSize() * self.zoom)))
        return font

    def block_format(self, kind: BlockKind) -> QTextBlockFormat:
        """How a block of this kind stands."""
        return self._blocks[kind]

    def char_format(self, kind: BlockKind, span: TextSpan) -> QTextCharFormat:
        """How the characters of a span look in a block of this kind."""
        key = (kind, span.bold, span.italic, span.link)
        if key not in self._chars:
            self._chars[key] = self._char_format(kind, span)
        return self._chars[key]

    def _block_format(self, kind: BlockKind) -> QTextBlockFormat:
        above, below, indent = _SPACE[kind]
        found = QTextBlockFormat()
        found.setProperty(KIND, kind)
        found.setTopMargin(self.px(above))
        found.setBottomMargin(self.px(below))
        found.setLeftMargin(self.px(indent) if indent else 0)
        found.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return found

    def _char_format(self, kind: BlockKind, span: TextSpan) -> QTextCharFormat:
        found = QTextCharFormat()
        found.setForeground(self._theme.color("accent" if span.link else "text"))
        if kind == "heading":
            # One step larger than the text, whatever size that has.
            found.setProperty(QTextFormat.Property.FontSizeAdjustment.value, 1)
        if span.bold or kind == "heading":
            found.setFontWeight(QFont.Weight.Bold)
        if span.italic != (kind == "quote"):  # an emphasis inside a quote stands upright
            found.setFontItalic(True)
        if span.bold:
            found.setProperty(BOLD, True)
        if span.italic:
            found.setProperty(ITALIC, True)
        if span.link:
            found.setAnchor(True)
            found.setAnchorHref(span.link)
            found.setFontUnderline(True)
            found.setToolTip(span.link)
        return found
