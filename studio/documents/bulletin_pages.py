"""A bulletin of several stories as A5 pages: masthead, articles in two columns over the pages, notices, imprint.

Units are points. Nothing stands within 12 mm of an edge, where printers of offices do not reach.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from studio.documents.office_paper import INK, SOFT, text_box
from studio.documents.report_pages import head_ink
from studio.paint.imposition import SAFE_MARGIN
from studio.paint.sheet import typeset_sheet
from studio.posts.colors import readable_color
from studio.posts.draft_mark import draft_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.paint.sheet import PaintSheet
    from studio.posts.draft_mark import MarkPlace
    from studio.story.model import Group

WIDE, HIGH = 419.53, 595.28
"""A5."""
_EDGE = SAFE_MARGIN * 72 / 25.4
_ROOM = WIDE - 2 * _EDGE
_GUTTER = 14.0
_COLUMN = (_ROOM - _GUTTER) / 2
_MASTHEAD, _RUNNING, _FOOT = 78.0, 20.0, 15.0
_GAP = 14.0
_LEAD = 1.3
SIZES = (12.5, 11.75, 11.0, 10.25, 9.5, 9.0)
"""Type of the articles in points, largest first: the first with which all of it has room is taken."""
_LEAST_ON_FOUR = 9.5
"""Smaller type is set only when there are no more pages to go to."""
LEAD_PHOTO, SMALL_PHOTO = (_ROOM, _ROOM * 9 / 16), (126.0, 84.0)
"""Width and height of the photo of the first story and of the others."""
_FEWEST_LINES = 4
"""An article begins on a page only where as many lines of it have room."""
_CONTINUED = 64
"""Letters of a headline above its continuation: one line."""
_MOST_NOTICES = 300.0
"""Height of the box with notices, at most: half the last page."""
_TINT, _RULE = "#eef4f1", "#b9c5c0"


@dataclass(frozen=True, slots=True)
class BulletinArticle:
    """A story as it is printed. ``text`` is that of a flow (``studio.paint.flow``), ``photo`` a data URI or ""."""

    headline: str
    label: str
    meta: str
    text: str
    photo: str = ""
    caption: str = ""
    draft: bool = False
    hyphens: bool = True


@dataclass(frozen=True, slots=True)
class BulletinNotice:
    """A notice that is not over: what, and when and where."""

    headline: str
    facts: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class BulletinFrame:
    """What stands around the articles.

    Attributes:
        title: of the bulletin.
        issue: its number and month in words.
        group: who makes it.
        imprint: lines on the last page.
        words: by code (``_common/labels.toml``, "bulletin").
        logo: data URI or "".
        saving: without grounds of colour, to save ink.
        mark: where the mark of a draft lies on its page.
    """

    title: str
    issue: str
    group: Group
    imprint: tuple[str, ...]
    words: Mapping[str, str]
    logo: str = ""
    saving: bool = False
    mark: MarkPlace = "across"


@dataclass(frozen=True, slots=True)
class LaidBulletin:
    """The pages, each as layers from below; the size of the type; headlines of what had no room, or not all of it."""

    pages: tuple[tuple[PaintSheet, ...], ...]
    size: float
    cut: tuple[str, ...] = ()


def lay_out(
    articles: Sequence[BulletinArticle], notices: Sequence[BulletinNotice], frame: BulletinFrame, pages: int = 0
) -> LaidBulletin:
    """Lay a bulletin out at the largest type with which all of it has room. Needs a Qt application.

    Args:
        articles: in order.
        notices: for the box on the last page.
        frame: what stands around them.
        pages: 4 or 8; 0 takes four where that is enough with type of 9.5 points, else eight.
    """
    for count in (pages,) if pages else (4, 8):
        last = count == (pages or 8)
        sizes = [size for size in SIZES if last or size >= _LEAST_ON_FOUR]
        filled = _PageFiller(frame, notices, count, sizes[-1])
        # The last number of pages is taken in any case, with what has no room named.
        if filled.place_all(articles, all_the_same=last):
            return _enlarged(filled, articles, notices, frame, sizes[:-1]).finish()
    return filled.finish()


def _enlarged(
    filled: _PageFiller,
    articles: Sequence[BulletinArticle],
    notices: Sequence[BulletinNotice],
    frame: BulletinFrame,
    sizes: Sequence[float],
) -> _PageFiller:
    """As many pages filled with the largest type of ``sizes`` that fits, else as they are."""
    low, high = 0, len(sizes) - 1
    while low <= high:
        middle = (low + high) // 2
        tried = _PageFiller(frame, notices, filled.count, sizes[middle])
        if tried.place_all(articles):
            filled, high = tried, middle - 1
        else:
            low = middle + 1
    return filled


@lru_cache(maxsize=512)
def _text_height(text: str, size: float, width: float, weight: int, lead: float) -> float:
    """How high a text is in a box of this width, set as ``_PageFiller._text`` sets it."""
    look: dict[str, object] = {"min": size * 0.7, "width": width, "weight": weight, "lead": lead, "balance": 1}
    box = text_box("tinggi", 0, 5000, text, size, left=0, **look)
    (setting,) = typeset_sheet(_svg(box)).settings
    top, bottom = setting.block()
    return bottom - top


@dataclass(slots=True)
class _Page:
    """A page that is being filled: its drawing, its columns, whether something on it is a draft."""

    parts: list[str] = field(default_factory=list)
    columns: list[PaintSheet] = field(default_factory=list)
    draft: bool = False


class _PageFiller:
    """Fills pages from top to bottom with articles, at one size of type."""

    def __init__(self, frame: BulletinFrame, notices: Sequence[BulletinNotice], count: int, size: float) -> None:
        self._frame = frame
        self._size = size
        self._color = readable_color(frame.group.colors.main, "#ffffff")
        self._pages = [_Page() for _ in range(count)]
        self._cut: list[str] = []
        self._left_out: list[str] = []  # notices: another size of type would not bring them in
        self._at = 0
        for number in range(count):
            self._draw_frame(number)
        self._end = self._draw_back(notices)
        self._top = _EDGE + _MASTHEAD

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def place_all(self, articles: Sequence[BulletinArticle], *, all_the_same: bool = False) -> bool:
        """Place all articles in order; whether all have room. It stops where one has none, or goes on regardless."""
        for number, article in enumerate(articles):
            if self._cut and not all_the_same:
                return False
            self._place_article(article, lead=number == 0)
        return not self._cut

    def finish(self) -> LaidBulletin:
        """The pages."""
        self._draw_notes()
        cut = tuple(dict.fromkeys((*self._cut, *self._left_out)))
        return LaidBulletin(tuple(self._layers(page) for page in self._pages), self._size, cut)

    # ------------------------------------------------------------------------------------------ articles

    def _bottom(self) -> float:
        return self._end if self._at == len(self._pages) - 1 else HIGH - _EDGE - _FOOT

    def _next_page(self) -> bool:
        """Go on with the next page; False where there is none."""
        if self._at + 1 >= len(self._pages):
            return False
        self._at += 1
        self._top = _EDGE + _RUNNING
        return True

    def _place_article(self, article: BulletinArticle, *, lead: bool) -> None:
        begun = self._top > _EDGE + _MASTHEAD or (self._at and self._top > _EDGE + _RUNNING)
        least = _FEWEST_LINES * self._size * _LEAD
        head = self._head_height(article, lead=lead)
        if self._top + (_GAP if begun else 0) + head + least > self._bottom():
            begun = False
            if not self._next_page() or self._top + head + least > self._bottom():
                self._cut.append(article.headline)
                return
        if begun:
            rule = self._top + _GAP / 2
            self._draw(f'<rect x="{_EDGE:.2f}" y="{rule:.2f}" width="{_ROOM:.2f}" height="0.8" fill="{_RULE}"/>')
            self._top += _GAP
        self._draw_head(article, lead=lead)
        self._top += head
        self._flow(article)

    def _flow(self, article: BulletinArticle) -> None:
        rest = article.text
        while rest:
            room = self._bottom() - self._top
            made = typeset_sheet(self._columns_svg(rest, room, article), continued=True)
            shown = [setting for setting in made.settings if setting.lines]
            page = self._pages[self._at]
            page.draft = page.draft or article.draft
            stuck = made.rest == rest
            if not stuck:
                page.columns.append(made)
            rest = made.rest
            if not rest:
                self._top = max(setting.block()[1] for setting in shown) if shown else self._top
                return
            if not self._next_page():
                self._cut.append(article.headline)
                self._top = self._bottom()  # what comes after it has no room either
                return
            self._draw_continued(article)

    def _columns_svg(self, text: str, room: float, article: BulletinArticle) -> str:
        style: dict[str, object] = {
            **{"min": self._size, "font": "IBM Plex Serif", "lead": _LEAD, "flow": "isi", "width": _COLUMN},
            **{"balance": 1, "hyphens": int(article.hyphens)},
        }
        right = _EDGE + _COLUMN + _GUTTER
        height = max(1.0, room)
        return _svg(
            text_box("isi", self._top, height, text, self._size, left=_EDGE, **style),
            text_box("isi-2", self._top, height, "", self._size, left=right, **style),
        )

    def _head_size(self, *, lead: bool) -> float:
        return max(24.0, self._size * 2) if lead else max(15.0, self._size * 1.4)

    def _beside(self, article: BulletinArticle, *, lead: bool) -> bool:
        return bool(article.photo) and not lead

    def _head_rows(self, article: BulletinArticle, *, lead: bool) -> tuple[float, float]:
        """Size of the headline and height of it, on as many lines as it takes."""
        width = _ROOM - (SMALL_PHOTO[0] + 12 if self._beside(article, lead=lead) else 0)
        size, most = self._head_size(lead=lead), 4 if lead else 5
        while size > 10 and _text_height(article.headline, size, width, 800, 1.1) > (most + 0.4) * size * 1.1:
            size -= 1
        return size, _text_height(article.headline, size, width, 800, 1.1) + 3

    def _head_height(self, article: BulletinArticle, *, lead: bool) -> float:
        words = (13 if article.label else 0) + self._head_rows(article, lead=lead)[1] + (14 if article.meta else 0)
        if not article.photo:
            return words + 5
        if lead:
            return words + LEAD_PHOTO[1] + self._caption_height(article, _ROOM) + 8
        return max(words, SMALL_PHOTO[1] + self._caption_height(article, SMALL_PHOTO[0])) + 7

    def _caption_height(self, article: BulletinArticle, width: float) -> float:
        if not article.caption:
            return 0.0
        return min(3 * 9.2, _text_height(article.caption, 7.4, width, 400, 1.2)) + 4

    def _draw_head(self, article: BulletinArticle, *, lead: bool) -> None:
        beside = self._beside(article, lead=lead)
        left = _EDGE + (SMALL_PHOTO[0] + 12 if beside else 0)
        width = _EDGE + _ROOM - left
        top, key = self._top, f"a{self._at}-{round(self._top)}"
        self._pages[self._at].draft |= article.draft
        if article.label:
            self._text(f"{key}-r", left, top, width, 11, article.label, 8, weight=800, uppercase=1, spacing=0.06)
            top += 13
        size, high = self._head_rows(article, lead=lead)
        look: dict[str, object] = {
            "weight": 800,
            "lead": 1.1,
            "min": size * 0.7,
            "color": INK,
            "lines": 0,
            "balance": 1,
        }
        self._text(f"{key}-j", left, top, width, high, article.headline, size, **look)
        top += high
        if article.meta:
            self._text(f"{key}-m", left, top, width, 11, article.meta, 8.2, color=SOFT)
            top += 14
        if article.photo:
            place = (_EDGE, self._top, *SMALL_PHOTO) if beside else (_EDGE, top, *LEAD_PHOTO)
            self._draw_photo(article, place, key)

    def _draw_photo(self, article: BulletinArticle, place: tuple[float, float, float, float], key: str) -> None:
        x, y, width, height = place
        self._draw(
            f'<image x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none"'
            f" href={quoteattr(article.photo)}/>"
        )
        if article.caption:
            high = self._caption_height(article, width)
            look = {"color": SOFT, "lines": 3, "lead": 1.2, "min": 5.5}
            self._text(f"{key}-k", x, y + height + 3, width, high, article.caption, 7.4, **look)

    def _draw_continued(self, article: BulletinArticle) -> None:
        short = shorten(article.headline, _CONTINUED, placeholder="…")
        words = self._frame.words.get("continued", "{headline}").format(headline=short)
        self._text(f"s{self._at}", _EDGE, self._top, _ROOM, 12, words, 8.6, weight=700, color=SOFT)
        self._top += 17

    # ------------------------------------------------------------------------------------------ around them

    def _draw(self, part: str, page: int | None = None) -> None:
        self._pages[self._at if page is None else page].parts.append(part)

    def _text(
        self, name: str, left: float, top: float, width: float, height: float, text: str, size: float, **look: object
    ) -> None:
        page = look.pop("page", None)
        given = {"lines": 1, "color": self._color, **look}
        made = text_box(name, round(top, 2), round(height, 2), text, size, left=round(left, 2), width=width, **given)
        self._draw(made, page if isinstance(page, int) else None)

    def _draw_frame(self, number: int) -> None:
        frame, last = self._frame, number == len(self._pages) - 1
        if number == 0:
            self._draw_masthead()
        else:
            running = f"{frame.title} · {frame.issue}" if frame.issue else frame.title
            self._text("jalan", _EDGE, _EDGE, _ROOM, 11, running, 7.8, weight=600, color=SOFT, page=number)
            self._draw(
                f'<rect x="{_EDGE:.2f}" y="{_EDGE + 13:.2f}" width="{_ROOM:.2f}" height="0.8" fill="{_RULE}"/>', number
            )
        if not last:
            # Outside, where a thumb turns the pages: right on odd ones, left on even ones.
            look: dict[str, object] = {"align": "right" if number % 2 == 0 else "left", "weight": 700, "color": SOFT}
            self._text("halaman", _EDGE, HIGH - _EDGE - 11, _ROOM, 11, str(number + 1), 8.6, page=number, **look)

    def _draw_masthead(self) -> None:
        frame, top = self._frame, _EDGE
        ground = frame.group.colors.main
        ink, soft = (self._color, SOFT) if frame.saving else (head_ink(ground), head_ink(ground))
        high = _MASTHEAD - 16
        if frame.saving:
            line = f'<rect x="{_EDGE:.2f}" y="{top + high:.2f}" width="{_ROOM:.2f}" height="1.6" fill="{ink}"/>'
        else:
            line = (
                f'<rect x="{_EDGE:.2f}" y="{top:.2f}" width="{_ROOM:.2f}" height="{high:.2f}" rx="4" fill="{ground}"/>'
            )
        self._draw(line, 0)
        left = _EDGE + (0 if frame.saving else 12)
        if frame.logo:
            self._draw(
                f'<image x="{left:.2f}" y="{top + 9:.2f}" width="44" height="44" href={quoteattr(frame.logo)}/>', 0
            )
            left += 54
        width = _EDGE + _ROOM - 12 - left
        self._text("nama", left, top + 6, width, 32, frame.title, 27, weight=800, color=ink, valign="middle", page=0)
        under = " · ".join(part for part in (frame.group.name, frame.group.village, frame.issue) if part)
        self._text("terbitan", left, top + 40, width, 14, under, 9.4, weight=500, color=soft, page=0)

    def _draw_back(self, notices: Sequence[BulletinNotice]) -> float:
        """Imprint and notices at the foot of the last page; where the articles on it have to end."""
        page = len(self._pages) - 1
        lines = self._frame.imprint
        top = HIGH - _EDGE - 12 - len(lines) * 10.4 - 4
        self._draw(f'<rect x="{_EDGE:.2f}" y="{top:.2f}" width="{_ROOM:.2f}" height="1.2" fill="{INK}"/>', page)
        head = self._frame.words.get("imprint", "")
        self._text("redaksi", _EDGE, top + 4, _ROOM, 11, head, 8.6, weight=800, page=page)
        for number, line in enumerate(lines):
            self._text(f"i{number}", _EDGE, top + 16 + number * 10.4, _ROOM, 10, line, 7.8, color=SOFT, page=page)
        return self._draw_notices(notices, top - 10, page) - 8 if notices else top - 8

    def _draw_notices(self, notices: Sequence[BulletinNotice], end: float, page: int) -> float:
        inside, left = _ROOM - 20, _EDGE + 10
        shown: list[tuple[BulletinNotice, float, float]] = []
        used = 22.0
        for notice in notices:
            head = _text_height(notice.headline, 10, inside, 700, 1.16) + 2
            told = _text_height(notice.facts, 8.8, inside, 400, 1.16) + 2 if notice.facts else 0.0
            if used + head + told + 6 > _MOST_NOTICES:
                self._left_out.append(notice.headline)
                continue
            shown.append((notice, head, told))
            used += head + told + 6
        top = end - used
        ground = "#ffffff" if self._frame.saving else _TINT
        self._draw(
            f'<rect x="{_EDGE:.2f}" y="{top:.2f}" width="{_ROOM:.2f}" height="{used:.2f}" rx="5" fill="{ground}"'
            f' stroke="{self._color}" stroke-width="0.9"/>',
            page,
        )
        words = self._frame.words.get("services", "")
        self._text("layanan", left, top + 6, inside, 13, words, 10.5, weight=800, page=page)
        at = top + 22
        for number, (notice, head, told) in enumerate(shown):
            look: dict[str, object] = {"lines": 0, "lead": 1.16, "page": page, "balance": 1}
            self._text(f"l{number}", left, at, inside, head + 1, notice.headline, 10, weight=700, color=INK, **look)
            self._text(f"k{number}", left, at + head, inside, max(1.0, told) + 1, notice.facts, 8.8, color=SOFT, **look)
            self._pages[page].draft |= notice.draft
            at += head + told + 6
        return top

    def _draw_notes(self) -> None:
        """Pages that nothing came to are for notes: an empty one looks like a fault of the printer."""
        empty = self._at == 0 and self._top == _EDGE + _MASTHEAD
        for number in range(0 if empty else self._at + 1, len(self._pages)):
            last = number == len(self._pages) - 1
            top = _EDGE + (_RUNNING if number else _MASTHEAD)
            end = self._end if last else HIGH - _EDGE - _FOOT
            rows = int((end - top - 24) // 24)
            if rows < 2:
                continue
            words = self._frame.words.get("notes", "")
            self._text(f"c{number}", _EDGE, top, _ROOM, 14, words, 11, weight=800, page=number)
            for row in range(1, rows + 1):
                y = top + 18 + row * 24
                self._draw(
                    f'<rect x="{_EDGE:.2f}" y="{y:.2f}" width="{_ROOM:.2f}" height="0.5" fill="{_RULE}"/>', number
                )

    def _layers(self, page: _Page) -> tuple[PaintSheet, ...]:
        base = typeset_sheet(_svg(*page.parts))
        mark = (typeset_sheet(_svg(draft_word(WIDE, HIGH, self._frame.mark))),) if page.draft else ()
        return (base, *page.columns, *mark)


def _svg(*parts: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">{"".join(parts)}</svg>'
