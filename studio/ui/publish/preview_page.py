"""The exported web page as Qt can set it: the very HTML of the export, its layout in the few rules that Qt knows."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, QUrl
from PySide6.QtGui import QTextDocument

from studio.base.font_table import OWN_SANS, OWN_SERIF
from studio.preview.post_markup import color_palette
from studio.ui.publish.preview_canvas import WIDTH

if TYPE_CHECKING:
    from studio.ui.publish.preview_canvas import ScreenCanvas
    from studio.ui.publish.preview_shown import PhoneState, ShownOutlet

_FOUR = 4
"""Drawn four times as large, then scaled down: Qt rounds the size of letters."""
_SIDE = 18
_SKIPPED = frozenset({"head", "script", "style", "svg", "template"})
_PLAIN = {"strong": "b", "b": "b", "em": "i", "i": "i", "del": "s", "ins": "b", "br": "br", "a": "a"}
_BLOCKS = {"p": "p", "li": "li", "ul": "ul", "ol": "ol", "blockquote": "blockquote"}
_AS_PARAGRAPH = {"figcaption": "caption", "dt": "dt", "dd": "dd", "h1": "h1", "h2": "h2", "h3": "h3"}
_DOT = " · "
_ROW = frozenset({"info", "tagar", "vonis"})
"""Classes whose parts stand beside each other on the page."""


class _HtmlSimplifier(HTMLParser):
    """Keeps what Qt knows, and gives the rest a class of its own."""

    def __init__(self, image_width: int) -> None:
        super().__init__(convert_charrefs=True)
        self._width = image_width
        self.out: list[str] = []
        self._closers: list[str] = []
        self._hidden = 0
        self._row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open."""
        given = {name: value or "" for name, value in attrs}
        kinds = given.get("class", "").split()
        if tag in _SKIPPED or "lompat" in kinds or "merek" in kinds or "kop" in kinds:
            self._hidden += 1
            self._closers.append("HIDDEN")
            return
        if tag in {"img", "video", "br", "meta", "link", "source", "hr"}:
            self._single(tag, given)
            # Unlike an image it has an end tag, which takes a closer off.
            if tag == "video":
                self._closers.append("")
            return
        opened, closer = self._opened(tag, kinds)
        if not self._hidden:
            self.out.append(opened)
        self._closers.append(closer)

    def _opened(self, tag: str, kinds: list[str]) -> tuple[str, str]:
        """What stands for a tag, and for its end."""
        kind = f' class="{kinds[0]}"' if kinds else ""
        if _ROW & set(kinds) and not self._row:
            self._row = len(self._closers) + 1
            return f"<p{kind}>", "ROW"
        if self._row:
            return ("<b>", "</b>") if tag == "strong" else ("", _DOT if tag in {"li", "span", "time", "p"} else "")
        if tag in _AS_PARAGRAPH:
            return f'<p class="{_AS_PARAGRAPH[tag]}">', "</p>"
        known = _PLAIN.get(tag) or _BLOCKS.get(tag)
        if known or (tag == "span" and kinds):
            return f"<{known or tag}{kind}>", f"</{known or tag}>"
        return ('<table width="100%"><tr><td class="kaki">', "</td></tr></table>") if tag == "footer" else ("", "")

    def _single(self, tag: str, given: dict[str, str]) -> None:
        source = given.get("src", "") if tag == "img" else given.get("poster", "")
        if self._hidden or not source or tag not in {"img", "video"}:
            return
        self.out.append(f'<p class="gambar"><img src="{escape(source)}" width="{self._width}"></p>')

    def handle_endtag(self, tag: str) -> None:
        """Close."""
        if not self._closers or tag in {"img", "br", "meta", "link", "source", "hr"}:
            return
        closer = self._closers.pop()
        if closer == "HIDDEN":
            self._hidden -= 1
        elif not self._hidden:
            if closer == "ROW":
                self._row = 0
                # No dot after the last part.
                while self.out and self.out[-1].strip() in {"", _DOT.strip()}:
                    self.out.pop()
                closer = "</p>"
            self.out.append(closer)

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._hidden:
            self.out.append(escape(" ".join(data.split()) if not data.strip() else data.replace("\n", " ")))


def simple_html(html: str, image_width: int) -> str:
    """The page's content with the tags and classes that ``_sheet`` dresses."""
    reader = _HtmlSimplifier(image_width)
    reader.feed(html)
    return "".join(reader.out)


def _sheet(s: ShownOutlet) -> str:
    colors = color_palette(s.group.colors.main, s.group.colors.accent)
    ink, quiet = s.pick("#16211e", "#e8edea"), s.pick("#55625d", "#a3afaa")
    link = colors["link"] if not s.night else colors["link_night"]
    serif = f'"{OWN_SERIF}"'
    head = serif if s.group.font == "serif" else f'"{OWN_SANS}"'

    def px(size: float) -> str:
        return f"{round(size * _FOUR)}px"

    sans = f'font-family: "{OWN_SANS}";'
    ground = s.pick("#f4f6f3", "#1c2326")
    bad = s.pick("#b3261e", "#ff9f95")
    rules = {
        "body, p, li, td, span": f"color: {ink}; font-size: {px(12.5)};",
        "p": f"font-family: {serif}; font-size: {px(14)}; line-height: 130%; margin: 0 0 {px(11)} 0;",
        "li": f"font-family: {serif}; font-size: {px(14)}; line-height: 125%;",
        "a": f"color: {link};",
        ".h1": f"font-family: {head}; font-size: {px(24)}; font-weight: 800; line-height: 104%; margin: 0 0 {px(8)} 0;",
        ".h2": f"font-family: {head}; font-size: {px(16)}; font-weight: 700; margin: {px(14)} 0 {px(5)} 0;",
        ".h3": f"font-family: {head}; font-size: {px(14)}; font-weight: 700;",
        ".rubrik": f"{sans} font-size: {px(10.5)}; font-weight: 700; color: {link}; margin: {px(14)} 0 {px(5)} 0;",
        ".pita": f"{sans} font-size: {px(10.5)}; font-weight: 600; margin-top: {px(16)};",
        ".ringkasan": f"{sans} font-size: {px(14)}; color: {quiet};",
        ".info, .info b, .caption, .penutup, .kapan, .tagar, .kredit": f"{sans} font-size: {px(11)}; color: {quiet};",
        ".gambar": f"margin: {px(6)} 0 {px(4)} 0; line-height: 100%;",
        ".teras": f"font-size: {px(15)};",
        ".titimangsa": f"{sans} font-weight: 700; font-size: {px(12)};",
        ".draf": f"{sans} font-size: {px(11)}; font-weight: 700; color: #ffffff; background-color: #b3261e;",
        ".vonis, .vonis b": f"{sans} font-size: {px(14)}; font-weight: 700; color: {bad};",
        ".berlaku": f"{sans} font-size: {px(13)}; background-color: {ground};",
        "blockquote": f"margin: {px(8)} 0 {px(8)} {px(14)};",
        ".dt": f"{sans} font-size: {px(11)}; color: {quiet}; margin: {px(6)} 0 0 0;",
        ".dd": f"{sans} font-size: {px(12.5)};",
        ".kaki": f"background-color: {ground}; padding: {px(12)};",
        ".kaki p": f"{sans} font-size: {px(11)}; color: {quiet}; margin: 0 0 {px(3)} 0;",
        ".kaki-nama": f"font-family: {head}; font-weight: 700; font-size: {px(13)};",
    }
    return " ".join(f"{names} {{ {rule} }}" for names, rule in rules.items())


def page_document(s: ShownOutlet) -> QTextDocument:
    """The page, set for a phone; four times its size."""
    across = (WIDTH - 2 * _SIDE) * _FOUR
    document = QTextDocument()
    document.setDocumentMargin(0)
    # Before setHtml: a document that is set already is not dressed anew.
    document.setDefaultStyleSheet(_sheet(s))
    for path, image in s.images.items():
        name = path.partition("/")[2]
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
    document.setHtml(simple_html(s.pictures.html if s.pictures else "", round(across)))
    document.setTextWidth(across)
    return document


def browser_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The bar of the browser, and the head of the site."""
    ink, quiet, ground = s.pick("#1f1f1f", "#e3e3e3"), s.pick("#5f6368", "#9aa0a6"), s.pick("#ffffff", "#14191c")
    c.box(QRectF(0, c.y, WIDTH, 46), s.pick("#ffffff", "#202124"))
    c.box(QRectF(44, c.y + 7, WIDTH - 88, 32), s.pick("#f1f3f4", "#303134"), 16)
    c.icon("house", 12, c.y + 13, 19, ink)
    c.icon("lock", 56, c.y + 16, 13, quiet)
    address = s.group.site.partition("://")[2] or s.group.site or "kim.id"
    c.draw_line(address, 74, c.y + 14, 12, ink, width=WIDTH - 128)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 13, 19, ink)
    c.down(46)
    colors = color_palette(s.group.colors.main, s.group.colors.accent)
    c.box(QRectF(0, c.y, WIDTH, 4), colors["main"])
    c.down(4)
    c.box(QRectF(0, c.y, WIDTH, 56), ground)
    c.picture(s.mark, QRectF(_SIDE, c.y + 10, 36, 36), "#ffffff", 9)
    c.draw_line(s.name, _SIDE + 46, c.y + 11, 14, s.pick("#16211e", "#e8edea"), weight=800, width=220)
    where = ", ".join(part for part in (s.group.village, s.group.regency) if part)
    c.draw_line(where, _SIDE + 46, c.y + 30, 11, s.pick("#55625d", "#a3afaa"), width=220)
    c.down(56)
    c.rule(c.y - 0.8, s.pick("#dde3df", "#2f393c"))


def page(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The article."""
    document = c.kept.setdefault("page", c.kept.get("page") or page_document(s))
    size: QSizeF = document.size()
    if c.painter is not None:
        c.painter.save()
        c.painter.translate(_SIDE, c.y + 8)
        c.painter.scale(1 / _FOUR, 1 / _FOUR)
        document.drawContents(c.painter)
        c.painter.restore()
    c.down(size.height() / _FOUR + 24)


def link_card(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """What a chat shows when someone shares the address."""
    card = next(iter(s.cards()), None)
    ink, quiet = s.pick("#111b21", "#e9edef"), s.pick("#667781", "#8696a0")
    c.down(24)
    left, width = 44.0, WIDTH - 56
    top = c.y
    inner = QRectF(left + 4, top + 4, width - 8, (width - 8) / 1.905)
    plate = inner.height() + 84
    c.box(QRectF(left, top, width, plate + 46), s.pick("#d9fdd3", "#005c4b"), 9)
    c.box(QRectF(left + 4, top + 4, width - 8, plate), s.pick("#c8f0c1", "#025144"), 7)
    c.picture(card.image if card else None, inner, s.pick("#e6e6e6", "#2a3942"), 7)
    c.y = inner.bottom() + 8
    c.flow(f"<b>{escape(s.story.headline)}</b>", left + 14, width - 28, 12.5, ink, lines=2)
    c.draw_line(s.story.summary, left + 14, inner.bottom() + 44, 11, quiet, width=width - 28)
    site = s.group.site.partition("://")[2] or "kim.id"
    c.draw_line(site, left + 14, inner.bottom() + 62, 10.5, quiet, width=width - 28)
    c.draw_line(f"{site}/…", left + 12, top + plate + 9, 12.5, s.pick("#027eb5", "#53bdeb"), width=width - 60)
    c.draw_line("09.41", left, top + plate + 26, 10, quiet, width=width - 9, align="right")
    c.y = top + plate + 66
