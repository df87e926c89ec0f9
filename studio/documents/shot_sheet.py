"""A shot list on paper: boxes to tick beside large type, for a pocket and for the wall of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.documents.office_paper import MARGIN, PAGE, SOFT, paper_page, paper_rule, text_box, tick_square

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.story.model import Group

_LAST = PAGE[1] - 96
_SIZE_WIDTH = 82


@dataclass(frozen=True, slots=True)
class ShotSheet:
    """What stands on a page, in the language of the reader.

    Attributes:
        title: of the list.
        shots: how close, and of what.
        questions: to ask.
        care: what to take care of.
    """

    title: str
    shots: Sequence[tuple[str, str]]
    questions: Sequence[str]
    care: str


def write_sheets(path: Path, sheets: Sequence[ShotSheet], group: Group, texts: MessageTexts) -> None:
    """Write lists as PDF, each on its page. Needs a Qt application.

    Args:
        path: the file; it appears complete or not at all.
        sheets: one or more lists.
        group: whose colours and name they have.
        texts: language.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    title = sheets[0].title if len(sheets) == 1 else texts.text("shots.title")
    with finished_file(path) as part:
        paint_pdf((_page(sheet, group, texts) for sheet in sheets), part, title=title, author=group.name)


def _page(sheet: ShotSheet, group: Group, texts: MessageTexts) -> str:
    """The page of one list."""
    parts = [
        text_box("grup", 24, 14, group.name or "KIM Studio", 9.5, weight=600, lines=1, color=SOFT),
        text_box("judul", 40, 34, sheet.title, 23, weight=800, lines=1),
        text_box("berita", 80, 18, texts.text("shots.story"), 11, lines=1, color=SOFT),
        paper_rule(96, MARGIN + 60),
        *_rows(sheet.shots, sheet.questions, texts),
        f'<rect x="{MARGIN}" y="{_LAST + 12}" width="{PAGE[0] - 2 * MARGIN:.2f}" height="52" rx="8" fill="#fdf3dd"/>',
        text_box("jaga-kepala", _LAST + 18, 16, texts.text("shots.care"), 10.5, left=MARGIN + 14, weight=800, lines=1),
        text_box("jaga", _LAST + 34, 28, sheet.care, 10.5, left=MARGIN + 14, width=PAGE[0] - 2 * MARGIN - 28),
    ]
    return paper_page(group, *parts)


def _rows(shots: Sequence[tuple[str, str]], questions: Sequence[str], texts: MessageTexts) -> list[str]:
    """The boxes and their lines, as far apart as the page lets them be."""
    count = len(shots) + len(questions)
    step = min(48.0, (_LAST - 112 - 2 * 30) / max(1, count))
    top = 112.0
    parts = [text_box("gambar", top, 20, texts.text("shots.pictures"), 13, weight=800, lines=1)]
    top += 28
    for number, (size, words) in enumerate(shots):
        parts += [
            tick_square(top, MARGIN, 14),
            text_box(f"jarak-{number}", top, 18, size, 11, left=MARGIN + 24, width=_SIZE_WIDTH, weight=700, lines=1),
            text_box(
                f"bidik-{number}", top, step - 6, words, 11.5, left=MARGIN + 24 + _SIZE_WIDTH, font="IBM Plex Serif"
            ),
        ]
        top += step
    parts.append(text_box("tanya", top + 4, 20, texts.text("shots.questions"), 13, weight=800, lines=1))
    top += 30
    for number, words in enumerate(questions):
        asked = text_box(f"tanya-{number}", top, step - 6, words, 11.5, left=MARGIN + 24, font="IBM Plex Serif")
        parts += [tick_square(top, MARGIN, 14), asked]
        top += step
    return parts
