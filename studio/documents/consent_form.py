"""The blank form on which a person agrees to be shown or quoted, to print, fill in by hand and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.documents.office_paper import MARGIN, PAGE, SOFT, paper_page, paper_rule, text_box, tick_square

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.story.model import Group

_LINES = ("name", "address", "child", "story")
_SCOPES = ("name", "photo", "voice", "quote", "print", "online")


def write_consent_form(path: Path, group: Group, texts: MessageTexts) -> None:
    """Write the form as a PDF of one A4 page.

    Needs a Qt application (``paint.qt_application``).

    Args:
        path: the file; it appears complete or not at all.
        group: who asks.
        texts: language.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    title = texts.text("consent.form.title")
    with finished_file(path) as part:
        paint_pdf([consent_svg(group, texts)], part, title=title, author=group.name)


def consent_svg(group: Group, texts: MessageTexts) -> str:
    """The form as SVG with text boxes."""

    def say(code: str, **facts: object) -> str:
        return texts.text(f"consent.form.{code}", **facts)

    parts = [
        text_box("grup", 30, 18, group.name or "KIM", 12, weight=700, lines=1, color=SOFT),
        text_box("judul", 52, 34, say("title"), 24, weight=800, lines=1),
        text_box("pengantar", 92, 62, say("intro", group=group.name or "KIM"), 11.5, lead=1.4),
    ]
    top = 176.0
    for code in _LINES:
        parts += [
            text_box(f"baris-{code}", top, 14, say(f"line.{code}"), 10, weight=600, lines=1, color=SOFT),
            paper_rule(top + 36),
        ]
        top += 52
    parts.append(text_box("untuk", top, 16, say("scope"), 12, weight=700, lines=1))
    top += 24
    half = (PAGE[0] - 2 * MARGIN) / 2
    for number, code in enumerate(_SCOPES):
        left = MARGIN + (number % 2) * half
        line = top + number // 2 * 24
        parts += [
            tick_square(line + 1, left),
            text_box(f"pilih-{code}", line, 14, say(f"scope.{code}"), 11, left=left + 20, width=half - 26, lines=1),
        ]
    top += 24 * ((len(_SCOPES) + 1) // 2) + 8
    parts += [
        text_box("batas", top, 14, say("limits"), 10, weight=600, lines=1, color=SOFT),
        paper_rule(top + 36),
        paper_rule(top + 62),
    ]
    top += 84
    parts.append(text_box("hak", top, 74, say("rights"), 10.5, lead=1.42))
    top += 92
    for number, code in enumerate(("signer", "keeper")):
        left = MARGIN + number * half
        parts += [
            text_box(f"tempat-{code}", top, 14, say("place_date"), 10, left=left, width=half - 24, lines=1, color=SOFT),
            paper_rule(top + 78, left, left + half - 24),
            text_box(f"nama-{code}", top + 84, 28, say(code), 10, left=left, width=half - 24, lead=1.25, color=SOFT),
        ]
    return paper_page(group, *parts)
