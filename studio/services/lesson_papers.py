"""Papers of lessons for whoever asks: which lesson, for whom, in which language."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.locale_forms import long_day
from studio.base.media_types import media_name
from studio.documents.lesson_papers import Certificate, LessonSheet, write_certificate, write_handout
from studio.export.planning.group_logo import logo_file, ready_logo
from studio.group.lessons import in_language, sources_in
from studio.story.date_formats import local_day

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.group.lessons import LessonProgress
    from studio.services.lesson_shelf import LessonShelf, StoredLesson
    from studio.store.workspace import Workspace
    from studio.story.model import Group


LESSON_PICTURE = (1440, 600)
"""Pixels of a lesson's picture on the screen: twice its own units, as screens may have two for each."""


def paint_lesson_picture(stored: StoredLesson, file: str, language: str) -> bytes:
    """A picture of a lesson as pixels of ``LESSON_PICTURE``: three bytes each, rows from the top. Needs Qt's fonts.

    Raises:
        UserError: ``lesson.*`` or ``paint.*``: the picture is broken, or of another shape than 12:5.
    """
    from studio.paint.image import paint_rgb

    return paint_rgb(stored.picture(file, language), *LESSON_PICTURE).rgb


def write_lesson_handout(path: Path, stored: StoredLesson, group: Group, texts: MessageTexts) -> tuple[WorkNotice, ...]:
    """Write a lesson to print and take along, as PDF. Needs a Qt application.

    Raises:
        UserError: ``lesson.*``, or the disk refuses.
    """
    lesson, language = stored.lesson, texts.language
    if path.suffix.lower() != ".pdf":
        raise UserError("lesson.handout_kind", file=path.name)
    parts = stored.parts(language)
    sheet = LessonSheet(
        title=in_language(lesson.title, language),
        summary=in_language(lesson.summary, language),
        parts=parts,
        pictures={part.picture: stored.picture(part.picture, language) for part in parts if part.picture},
        asks=in_language(lesson.asks, language),
        sources=sources_in(lesson, language),
    )
    return write_handout(path, sheet, group, texts)


def write_member_certificate(
    path: Path, workspace: Workspace, progress: LessonProgress, shelf: LessonShelf, texts: MessageTexts
) -> None:
    """Write what a member has learned as a card (``.png``) or a page (``.pdf``). Needs a Qt application.

    Lessons that are no longer there are left out: nobody could say what they were.

    Raises:
        UserError: ``lesson.certificate_none`` where nothing was learned, ``lesson.certificate_kind``, the disk refuses.
    """
    if media_name(path) not in {"image/png", "application/pdf"}:
        raise UserError("lesson.certificate_kind", file=path.name)
    learned = []
    for stored in shelf.lessons:
        done = progress.done.get(stored.lesson.id)
        if done is not None:
            day = local_day(done.when, workspace.group.time_zone)
            told = long_day(day, texts.language) if day is not None else ""
            learned.append((in_language(stored.lesson.title, texts.language), told))
    if not learned:
        raise UserError("lesson.certificate_none", member=progress.member)
    logo = ready_logo(workspace)
    picture = f"data:image/png;base64,{base64.b64encode(logo_file(logo)).decode()}" if logo is not None else ""
    write_certificate(path, Certificate(progress.member, learned, picture), workspace.group, texts)
