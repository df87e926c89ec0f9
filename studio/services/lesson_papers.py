"""Papers of lessons for whoever asks: which lesson, for whom, in which language."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.locale_forms import long_day
from studio.base.media_types import media_name
from studio.documents.lesson_papers import Certificate, LessonSheet, write_certificate, write_handouts
from studio.export.planning.group_logo import logo_file, ready_logo
from studio.group.lessons import in_language, sources_in
from studio.story.date_formats import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
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


def write_lesson_handouts(
    path: Path, lessons: Sequence[StoredLesson], group: Group, texts: MessageTexts, progress: Progress
) -> tuple[WorkNotice, ...]:
    """Write lessons to print and take along, as one PDF. Needs a Qt application.

    Args:
        path: the file.
        lessons: one or more, in the order of the paper.
        group: whose name is on it.
        texts: language.
        progress: told lesson by lesson.

    Raises:
        UserError: ``lesson.*``, or the disk refuses.
        WorkCancelled: nothing is left.
    """
    if path.suffix.lower() != ".pdf":
        raise UserError("lesson.handout_kind", file=path.name)
    titles = [in_language(stored.lesson.title, texts.language) for stored in lessons]

    def sheets() -> Iterator[LessonSheet]:
        for number, stored in enumerate(lessons):
            progress.report(number, len(lessons), titles[number])
            yield _lesson_sheet(stored, texts.language)

    title = titles[0] if len(titles) == 1 else texts.text("lesson.title")
    return write_handouts(path, sheets(), title, group, texts)


def _lesson_sheet(stored: StoredLesson, language: str) -> LessonSheet:
    """A lesson as its hand-out shows it."""
    lesson, parts = stored.lesson, stored.parts(language)
    return LessonSheet(
        title=in_language(lesson.title, language),
        summary=in_language(lesson.summary, language),
        parts=parts,
        pictures={part.picture: stored.picture(part.picture, language) for part in parts if part.picture},
        asks=in_language(lesson.asks, language),
        sources=sources_in(lesson, language),
    )


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
