"""Sets rows, paragraphs and pictures one below the other on A4 pages of the office, a new page where one is full."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.documents.office_paper import INK, MARGIN, PAGE, SOFT, paper_page, text_box
from studio.posts.colors import contrast_ratio, readable_color

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.story.model import Group

TOP, BOTTOM = 58.0, PAGE[1] - 52.0
ROOM = PAGE[0] - 2 * MARGIN
"""Width between the margins, in points."""
_ROW = 1.3
_STRIPE = "#f1f5f3"


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table on paper: its head, its share of the width (all make 1), and whether numbers stand in it."""

    title: str
    share: float
    number: bool = False


@dataclass
class PaperPages:
    """Pages as they fill up.

    Attributes:
        group: whose colours.
        title: stands at the head of every page.
        page_word: puts a page's number and how many there are into words.
    """

    group: Group
    title: str
    page_word: Callable[[int, int], str]
    _pages: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _top: float = TOP
    _boxes: int = 0

    def name(self) -> str:
        """A fresh id of a text box."""
        self._boxes += 1
        return f"k{self._boxes}"

    def whole_page(self, svg: str) -> None:
        """A page that is made elsewhere."""
        self.break_page()
        self._pages.append(svg)

    def break_page(self) -> None:
        """Go on with a new page, unless this one is empty."""
        if self._parts:
            self._pages.append("".join(self._parts))
            self._parts, self._top = [], TOP

    def take_room(self, height: float, more: float = 0.0) -> float:
        """Room of a height, on a new page where this one has less than that and ``more``; its upper edge."""
        if self._top + height + more > BOTTOM:
            self.break_page()
        top = self._top
        self._top += height
        return top

    def add_parts(self, *parts: str) -> None:
        """Parts that stand in the room taken."""
        self._parts += parts

    def heading(self, text: str, *, keep: float = 60.0) -> None:
        """A heading that stays with what follows it."""
        if self._parts and self._top > TOP:
            self._top += 14
        top = self.take_room(26, keep)
        color = readable_color(self.group.colors.main, "#ffffff")
        self.add_parts(text_box(self.name(), top, 20, text, 15, weight=800, lines=1, color=color))

    def paragraph(self, text: str, size: float = 10, *, color: str = INK, gap: float = 6) -> None:
        """Words across the page; long ones go on over several boxes."""
        for piece in _pieces(text, size):
            lines = line_count(piece, size, ROOM)
            high = lines * size * _ROW + 2
            top = self.take_room(high)
            self.add_parts(text_box(self.name(), top, high, piece, size, lead=_ROW, color=color, min=size * 0.8))
        self._top += gap

    def table(self, columns: Sequence[PaperColumn], rows: Sequence[Sequence[str]]) -> None:
        """A table whose head is repeated on every page. Each row is as high as its longest cell, at most six lines."""
        self._table_head(columns, 30)
        for number, row in enumerate(rows):
            lines = [line_count(text, 9, ROOM * column.share - 10) for column, text in zip(columns, row, strict=True)]
            high = min(6, max(lines)) * 9 * _ROW + 7
            before = len(self._pages)
            top = self.take_room(high)
            # The row has taken its room on the new page already: that is given back, as the head comes first there.
            if len(self._pages) > before:
                self._top = TOP
                self._table_head(columns, 0)
                top = self.take_room(high)
            if number % 2:
                stripe = f'<rect x="{MARGIN}" y="{top:.1f}" width="{ROOM:.1f}" height="{high:.1f}" fill="{_STRIPE}"/>'
                self.add_parts(stripe)
            self._cells(columns, row, top + 3.5, high - 6, INK, 400)
        self._top += 8

    def _table_head(self, columns: Sequence[PaperColumn], keep: float) -> None:
        top = self.take_room(20, keep)
        main = self.group.colors.main
        self.add_parts(f'<rect x="{MARGIN}" y="{top:.1f}" width="{ROOM:.1f}" height="18" fill="{main}"/>')
        self._cells(columns, [column.title for column in columns], top + 3, 13, head_ink(main), 700)

    def _cells(
        self, columns: Sequence[PaperColumn], row: Sequence[str], top: float, high: float, color: str, weight: int
    ) -> None:
        left = float(MARGIN)
        for column, text in zip(columns, row, strict=True):
            width = ROOM * column.share
            if text:
                look = {"color": color, "weight": weight, "align": "right" if column.number else "left", "lead": _ROW}
                box = text_box(self.name(), top, high, text, 9, left=left + 5, width=width - 10, min=6, **look)
                self.add_parts(box)
            left += width

    def finish(self) -> list[str]:
        """All pages, with head and number; those made elsewhere as they are."""
        self.break_page()
        count = len(self._pages)
        return [
            page if page.startswith("<svg") else paper_page(self.group, self._head(), page, self._foot(number, count))
            for number, page in enumerate(self._pages, 1)
        ]

    def _head(self) -> str:
        return text_box("kepala", 26, 16, self.title, 10, weight=600, lines=1, color=SOFT)

    def _foot(self, number: int, count: int) -> str:
        words = self.page_word(number, count)
        return text_box("kaki", PAGE[1] - 34, 14, words, 9, weight=500, lines=1, align="right", color=SOFT)


def line_count(text: str, size: float, width: float) -> int:
    """About how many lines a text needs: a sign of the sans font is half as wide as it is high."""
    fits = max(4, int(width / (size * 0.53)))
    return sum(1 + _broken(line, fits) for line in text.splitlines() or [""])


def _broken(line: str, fits: int) -> int:
    """How often a line is broken when no word is."""
    breaks = used = 0
    for word in line.split():
        need = len(word) + (1 if used else 0)
        if used and used + need > fits:
            breaks, used, need = breaks + 1, 0, len(word)
        used += need
        breaks, used = breaks + used // (fits + 1), used % (fits + 1)
    return breaks


def _pieces(text: str, size: float) -> list[str]:
    """Paragraphs, long ones in pieces of some lines, so that each fits a page."""
    most = int(ROOM / (size * 0.53)) * 12
    pieces: list[str] = []
    for line in (line for line in text.splitlines() if line.strip()):
        words, piece = line.split(), ""
        for word in words:
            if len(piece) + len(word) > most:
                pieces.append(piece)
                piece = ""
            piece = f"{piece} {word}".strip()
        pieces.append(piece)
    return pieces


def head_ink(color: str) -> str:
    """What is read well on a colour: white where it can be (WCAG 4.5), else ink."""
    return "#ffffff" if contrast_ratio("#ffffff", color) >= 4.5 else INK
