"""The guide of ``docs/panduan``: its pages, which of them goes with what the window shows, and looking for words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.paths import guide_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PLACE_PAGES: Mapping[str, str] = {
    "welcome": "mulai",
    "write": "menulis",
    "photo": "foto",
    "video": "video",
    "check": "periksa",
    "publish": "terbitkan",
    "calendar": "layanan-dan-kalender",
    "group": "kelompok",
}
"""The page that F1 opens, by where one stands: a desk, or a place of the window."""
_AROUND = 60
"""Letters that an excerpt shows on each side of what was looked for."""
_NUMBER = re.compile(r"^\d+-")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[]|^\s*(?:\d+\.|-)\s", re.MULTILINE)
"""What of Markdown is no word of the page."""


@dataclass(frozen=True)
class GuidePage:
    """A page: a file of Markdown, ``03-foto.md``.

    Attributes:
        file: its name; links of other pages lead to it.
        source: its text.
        folder: where its pictures lie, as the text names them.
    """

    file: str
    source: str
    folder: Path

    @property
    def code(self) -> str:
        """What it is called by: its file without number and ending."""
        return _NUMBER.sub("", self.file.removesuffix(".md"))

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.sections[0].heading

    @cached_property
    def sections(self) -> tuple[GuideSection, ...]:
        """Its headings with what stands below each, in order; the first is the page's own."""
        parts = re.split(r"^#+ +", self.source, flags=re.MULTILINE)[1:]
        found = (part.partition("\n") for part in parts)
        return tuple(
            GuideSection(number, head.strip(), " ".join(_MARKS.sub("", body).split()))
            for number, (head, _, body) in enumerate(found)
        )


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A heading of a page and the words below it, without marks; ``number`` counts from 0."""

    number: int
    heading: str
    text: str

    @property
    def anchor(self) -> str:
        """The name of its place in the page's HTML."""
        return f"bagian-{self.number}"


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A section that holds every word looked for, and a line of it to tell by."""

    page: GuidePage
    section: GuideSection
    excerpt: str


def load_guide(folder: Path | None = None) -> tuple[GuidePage, ...]:
    """All pages in their order.

    Args:
        folder: another one than the studio's own.

    Raises:
        UserError: ``guide.missing``: the installation is incomplete.
    """
    try:
        home = folder or guide_dir()
        files = sorted(home.glob("[0-9]*.md"))
        pages = tuple(GuidePage(path.name, path.read_text(encoding="utf-8"), home) for path in files)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("guide.missing") from error
    if not pages:
        raise UserError("guide.missing")
    return pages


def find_page(pages: Sequence[GuidePage], name: str) -> GuidePage | None:
    """The page with this code, number or file name; None for none."""
    wanted = name.strip().casefold()
    for number, page in enumerate(pages, 1):
        if wanted in {page.code, page.file, str(number)}:
            return page
    return None


def search_guide(pages: Sequence[GuidePage], words: str) -> tuple[GuideHit, ...]:
    """The sections in which every word occurs, those that have them in their heading first.

    Capitals and accents do not count, and a word may be part of a longer one: "potong" finds "memotong".
    """
    wanted = [_fold_letters(word) for word in words.split()]
    if not wanted:
        return ()
    found: list[tuple[int, GuideHit]] = []
    for page in pages:
        for section in page.sections:
            heading, text = _fold_letters(section.heading), _fold_letters(section.text)
            if all(word in heading or word in text for word in wanted):
                missing = sum(word not in heading for word in wanted)
                found.append((missing, GuideHit(page, section, _excerpt(section.text, wanted))))
    return tuple(hit for _, hit in sorted(found, key=lambda each: each[0]))


def without_pictures(page: GuidePage) -> str:
    """A page to read in a terminal: its Markdown, with what pictures show in brackets and links as their words."""
    shown = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"[\1]", page.source)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", shown).replace("**", "").replace("`", "").strip()


def _fold_letters(text: str) -> str:
    """Without capitals and accents, and as long as before: places in it are places in the text."""
    plain = (unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)


def _excerpt(text: str, wanted: Sequence[str]) -> str:
    folded = _fold_letters(text)
    at = min((place for word in wanted if (place := folded.find(word)) >= 0), default=0)
    begin, end = max(0, at - _AROUND), min(len(text), at + 2 * _AROUND)
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    if end < len(text):
        end = text.rfind(" ", begin, end) if " " in text[begin:end] else end
    return f"{'… ' * bool(begin)}{text[begin:end].strip()}{' …' * (end < len(text))}"


def page_html(page: GuidePage, width_of: Callable[[str], int], *, prefix: str = "") -> str:
    """A page as the HTML that Qt's text documents know; its pictures keep the addresses they have in the file.

    Args:
        page: to show.
        width_of: pixels that the picture of an address is shown in.
        prefix: before the names of its anchors, where pages stand together.
    """
    reader = _reader()
    tokens = reader.parse(page.source)
    number = 0
    for token in tokens:
        if token.type == "heading_open":
            token.meta["anchor"] = f"{prefix}bagian-{number}"
            number += 1
    return str(reader.renderer.render(tokens, reader.options, {"width_of": width_of}))


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("heading_open", _heading)
    reader.add_render_rule("image", _picture)
    reader.add_render_rule("paragraph_open", _paragraph)
    return reader


def _heading(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    token = tokens[at]
    return f'<{token.tag}><a name="{escape(token.meta["anchor"])}"></a>'


def _paragraph(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """One with a picture has a class of its own: lines far apart would be as far apart as the picture is high."""
    first = next(iter(tokens[at + 1].children or ()), None)
    shows = first is not None and first.type == "image"
    return "" if tokens[at].hidden else '<p class="picture">' if shows else "<p>"


def _picture(_: object, tokens: Sequence[Token], at: int, __: object, env: Mapping[str, Callable[[str], int]]) -> str:
    """The picture, and below it what it shows: Qt reads no alternative text to anybody."""
    token = tokens[at]
    source = str(token.attrGet("src") or "")
    caption = f'<span class="caption">{escape(token.content)}</span>'
    return f'<img src="{escape(source)}" width="{env["width_of"](source)}"><br>{caption}'
