"""The lessons there are: those of the studio, of data packs, and a workspace's own on top by the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.checks.lesson_tasks import TASKS
from studio.group.lessons import LESSONS, in_language, lesson_parts, read_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.group.lessons import Lesson, LessonDesk, LessonPart

LESSON_FILE = "pelajaran.toml"
_TEXTS = {"id": "pelajaran.md", "en": "pelajaran.en.md"}
_LARGEST = 256 * 1024
_TRANSLATED = re.compile(r' data-text="[^"]*"(?=\s+data-text-en=)| data-text-en(?==)')
_TRANSLATION = re.compile(r'\s+data-text-en="[^"]*"')
_OUTSIDE = re.compile(r"<!|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)", re.IGNORECASE)
"""What would have a picture read other files or the network."""


@dataclass(frozen=True, slots=True)
class StoredLesson:
    """A lesson and the folder it lies in."""

    lesson: Lesson
    folder: Path

    def parts(self, language: str) -> tuple[LessonPart, ...]:
        """Its text and pictures in a language; in Indonesian where there is no translation.

        Raises:
            UserError: ``lesson.unreadable``: a file of it cannot be read.
        """
        name = _TEXTS.get(language, _TEXTS["id"])
        return lesson_parts(self._read(name if (self.folder / name).is_file() else _TEXTS["id"]))

    def picture(self, file: str, language: str) -> str:
        """The SVG of one of its pictures for ``studio.paint``, with its words in a language.

        Raises:
            UserError: ``lesson.unreadable``, or ``lesson.picture`` where it points out of itself.
        """
        svg = self._read(file)
        if _OUTSIDE.search(svg):
            raise UserError("lesson.picture", lesson=self.lesson.id, file=file)
        return _TRANSLATED.sub(_english, svg) if language == "en" else _TRANSLATION.sub("", svg)

    def _read(self, name: str) -> str:
        path = self.folder / name
        try:
            # A link in a folder from a stick may lead to the laptop's own files.
            if path.resolve().parent != self.folder.resolve() or path.stat().st_size > _LARGEST:
                raise UserError("lesson.unreadable", lesson=self.lesson.id, file=name)
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError("lesson.unreadable", lesson=self.lesson.id, file=name) from error


def _english(found: re.Match[str]) -> str:
    return " data-text" if found[0] == " data-text-en" else ""


@dataclass(frozen=True, slots=True)
class LessonShelf:
    """The lessons that can be read, in their order, and an error for each other folder."""

    lessons: tuple[StoredLesson, ...]
    problems: tuple[UserError, ...] = ()

    def find(self, lesson: str) -> StoredLesson | None:
        """The lesson with an id; None for one that is not there."""
        return next((each for each in self.lessons if each.lesson.id == lesson), None)

    def of_finding(self, code: str) -> StoredLesson | None:
        """The lesson that tells why a rule found something; None where there is none."""
        return next((each for each in self.lessons if code in each.lesson.findings), None)

    def of_desk(self, desk: LessonDesk) -> tuple[StoredLesson, ...]:
        """The lessons of a desk, those that belong to it first of all at the beginning."""
        found = [each for each in self.lessons if desk in each.lesson.desks]
        return tuple(sorted(found, key=lambda each: each.lesson.desks.index(desk) > 0))


def load_lessons(workspace: Path | None = None, shelf: DataShelf | None = None) -> LessonShelf:
    """All lessons.

    Args:
        workspace: its folder, whose ``lessons`` need not exist; None for the studio's alone.
        shelf: of data packs; None for this computer's.
    """
    packs = (program_shelf() if shelf is None else shelf).folders("lessons")
    folders = [assets_dir() / LESSONS, *packs, *([workspace / LESSONS] if workspace is not None else [])]
    found: dict[str, Path] = {}
    for folder in folders:
        found |= {path.parent.name: path.parent for path in sorted(folder.glob(f"[!.]*/{LESSON_FILE}"))}
    lessons: list[StoredLesson] = []
    problems: list[UserError] = []
    for name, folder in found.items():
        try:
            lessons.append(_read_folder(folder, name))
        except UserError as error:
            problems.append(error)
    return LessonShelf(tuple(sorted(lessons, key=lambda each: (each.lesson.order, each.lesson.id))), tuple(problems))


def _read_folder(folder: Path, name: str) -> StoredLesson:
    path = folder / LESSON_FILE
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("lesson.unreadable", lesson=name, file=LESSON_FILE)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("lesson.unreadable", lesson=name, file=LESSON_FILE) from error
    stored = StoredLesson(read_lesson(text, name, TASKS), folder)
    for part in stored.parts("id"):
        if part.picture:
            stored.picture(part.picture, "id")
    return stored


def finding_lesson(shelf: LessonShelf, code: str, language: str) -> tuple[str, str]:
    """Id and title of the lesson about a finding; two empty texts where there is none."""
    found = shelf.of_finding(code)
    return (found.lesson.id, in_language(found.lesson.title, language)) if found is not None else ("", "")
