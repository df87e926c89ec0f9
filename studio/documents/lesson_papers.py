"""Papers of lessons: the hand-out to print, and the certificate as a card (PNG) or a page (PDF)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.base.errors import UserError, WorkNotice
from studio.base.paths import templates_dir
from studio.documents.certificates import certificate_values
from studio.documents.office_paper import MARGIN, PAGE, SOFT, paper_page, paper_rule, text_box
from studio.story.body import parse_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.lessons import LessonPart
    from studio.story.model import Group

CERTIFICATE_CARD = (1080, 1350)
"""Pixels of the card, 4:5."""
_CERTIFICATE_PAGE = (1240, 1754)
"""A4 in the same template's units."""
_LARGEST, _SMALLEST = 10.6, 8.9
"""Points of the text: a lesson is to fit on one sheet of paper, whose price a group feels."""
_GUTTER = 20
_PICTURE_WIDTH = 400
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_FLOW_MARKS = {"heading": "## ", "quote": "> ", "bullet": "- ", "number": "- ", "paragraph": ""}


@dataclass(frozen=True, slots=True)
class LessonSheet:
    """What stands on a hand-out, in the language of the reader.

    Attributes:
        title, summary: of the lesson.
        parts: its text; pictures are taken from ``pictures``.
        pictures: SVG by file.
        asks: the task.
        sources: where it comes from.
    """

    title: str
    summary: str
    parts: Sequence[LessonPart]
    pictures: dict[str, str]
    asks: str
    sources: Sequence[str]


def write_handouts(
    path: Path, sheets: Iterable[LessonSheet], title: str, group: Group, texts: MessageTexts
) -> tuple[WorkNotice, ...]:
    """Write lessons as a PDF for a meeting, each on pages of its own. Needs a Qt application.

    Args:
        path: the file; it appears complete or not at all.
        sheets: what stands on them; taken one by one, as each is drawn.
        title: of the document.
        group: whose name is in the margin.
        texts: language.

    Returns:
        A notice where a text was too long for a document.

    Raises:
        UserError: it cannot be written there, or a picture is broken.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_flows

    pages = (_handout_pages(sheet, group, texts) for sheet in sheets)
    with finished_file(path) as part:
        lost = paint_flows(pages, part, title=title, author=group.name)
    return (
        (WorkNotice("lesson.too_long", {"file": path.name}),) if any(box.box.startswith("isi") for box in lost) else ()
    )


def _handout_pages(sheet: LessonSheet, group: Group, texts: MessageTexts) -> tuple[str, str]:
    """The first page of a hand-out, and the one that follows where it is long."""
    shown = next((sheet.pictures[part.picture] for part in sheet.parts if part.picture in sheet.pictures), "")
    drawn, height = _picture(shown, 100) if shown else ("", 0.0)
    first = paper_page(
        group,
        text_box("grup", 24, 14, group.name or "KIM Studio", 9.5, weight=600, lines=1, color=SOFT),
        text_box("judul", 40, 34, sheet.title, 22, weight=800, lines=1),
        text_box("ringkasan", 74, 16, sheet.summary, 10.5, lines=1, color=SOFT),
        drawn,
        *_columns(112 + height, handout_text(sheet, texts), 150),
        *_task_plate(sheet.asks, group, texts),
        *_name_line(texts),
    )
    following = paper_page(
        group,
        text_box("judul", 24, 16, sheet.title, 10, weight=600, lines=1, color=SOFT),
        *_columns(50, "@sisa@", 66),
        *_name_line(texts),
    )
    return first, following


def handout_text(sheet: LessonSheet, texts: MessageTexts) -> str:
    """The text of a hand-out, one paragraph a line, as ``paint.flow`` reads it; its sources at the end."""
    told = "\n\n".join(part.text for part in sheet.parts if not part.picture)
    lines = [f"{_FLOW_MARKS[block.kind]}{' '.join(block.text.split())}" for block in parse_markdown(told)]
    return "\n".join((*lines, f"## {texts.text('lesson.sources')}", *(f"- {each}" for each in sheet.sources)))


def _columns(top: float, text: str, foot: float) -> tuple[str, str]:
    """Two columns of the text, from ``top`` down to ``foot`` points above the edge of the page."""
    width = (PAGE[0] - 2 * MARGIN - _GUTTER) / 2
    style: dict[str, Any] = {"min": _SMALLEST, "font": "IBM Plex Serif", "lead": 1.3, "flow": "isi", "width": width}
    room = PAGE[1] - foot - top
    return (
        text_box("isi", top, room, text, _LARGEST, **style),
        text_box("isi-2", top, room, "", _LARGEST, left=MARGIN + width + _GUTTER, **style),
    )


def _task_plate(asks: str, group: Group, texts: MessageTexts) -> tuple[str, ...]:
    """The task, framed: what the reader does next."""
    top, width = PAGE[1] - 138, PAGE[0] - 2 * MARGIN
    return (
        f'<rect x="{MARGIN}" y="{top}" width="{width:.2f}" height="78" rx="8" fill="#f3f6f4"/>'
        f'<rect x="{MARGIN}" y="{top}" width="6" height="78" rx="3" fill="{group.colors.accent}"/>',
        text_box("tugas", top + 7, 16, texts.text("lesson.task"), 11, left=MARGIN + 18, weight=800, lines=1),
        text_box("tugas-isi", top + 25, 50, asks, 10.5, left=MARGIN + 18, width=width - 36, lead=1.25),
    )


def _name_line(texts: MessageTexts) -> tuple[str, ...]:
    top = PAGE[1] - 44
    half = (PAGE[0] - 2 * MARGIN) / 2
    return (
        text_box("tulis-nama", top, 14, texts.text("lesson.write_name"), 9.5, width=60, lines=1, color=SOFT),
        paper_rule(top + 13, MARGIN + 62, MARGIN + half - 10),
        text_box(
            "tulis-hari",
            top,
            14,
            texts.text("lesson.write_day"),
            9.5,
            left=MARGIN + half,
            width=60,
            lines=1,
            color=SOFT,
        ),
        paper_rule(top + 13, MARGIN + half + 62),
    )


def _picture(svg: str, top: float) -> tuple[str, float]:
    """A picture of a lesson as part of a page as wide as its text, and its height in points."""
    inside, view = _INSIDE.search(svg), _VIEW.search(svg)
    if inside is None or view is None:
        raise UserError("paint.svg", detail="viewBox")
    width, height = float(view[1]), float(view[2])
    scale = _PICTURE_WIDTH / max(1.0, width)
    left = (PAGE[0] - _PICTURE_WIDTH) / 2
    return f'<g transform="translate({left:.2f} {top}) scale({scale:.5f})">{inside[1]}</g>', height * scale


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who learned what: titles of lessons, each with the day its task was passed, in words."""

    member: str
    lessons: Sequence[tuple[str, str]]
    logo: str = ""
    """Data URI of the group's logo, "" draws initials."""


def write_certificate(path: Path, made: Certificate, group: Group, texts: MessageTexts) -> None:
    """Write a certificate: a card as ``.png``, else a PDF of one A4 page. Needs a Qt application.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.image import paint_png
    from studio.paint.pdf import paint_pdf

    with finished_file(path) as part:
        if path.suffix.lower() == ".png":
            paint_png(certificate_svg(made, group, texts, CERTIFICATE_CARD), *CERTIFICATE_CARD, part)
        else:
            svg = certificate_svg(made, group, texts, _CERTIFICATE_PAGE)
            paint_pdf([svg], part, title=texts.text("lesson.certificate.title"), author=group.name)


def certificate_svg(made: Certificate, group: Group, texts: MessageTexts, size: tuple[int, int]) -> str:
    """The certificate as SVG with text boxes, from the parts all cards share (``_common/cards/bagian.j2``)."""
    from studio.posts.environment import CompiledTemplates
    from studio.posts.packs import TemplateSearchPath
    from studio.posts.service_files import icon_shapes

    words = {name: texts.text(f"lesson.certificate.{name}", n=len(made.lessons)) for name in ("title", "given", "told")}
    values = {
        **certificate_values(group, made.logo, size),
        "words": words,
        "member": made.member,
        "lessons": [{"title": title, "day": day} for title, day in made.lessons],
        "icon": icon_shapes("graduation-cap"),
    }
    common = templates_dir() / "_common"
    filled = CompiledTemplates().fill(TemplateSearchPath(common, common), "_common/sertifikat.svg.j2", values)
    return filled.text.strip()
