"""Lessons as data: what ``assets/lessons/<id>/pelajaran.toml`` holds, the parts of a text, and who has learned what.

Reading files is up to the caller (``services.lesson_shelf``); docs/format.md, "Lessons", describes the folder.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Collection

FORMAT = 1
LESSONS = "lessons"
"""Folder of the records of progress below ``group/``: one file for each member."""
LessonDesk = Literal["write", "photo", "video", "check", "publish"]
BothLanguages = dict[str, str]
"""A text by language, ``id`` and ``en``; what is missing is shown in Indonesian."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[a-z0-9-]+\.svg)\)")


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lesson.

    Attributes:
        order: place in the list.
        desks: where it belongs, the first one first.
        task: the name of the check that looks at the member's own story (``checks.lesson_tasks.TASKS``).
        title, summary, asks: its name, one line about it, and what is to be done.
        sources: where it comes from, by language.
        findings: codes of findings whose "Mengapa?" opens it.
        minutes: how long it takes to read.
    """

    title: BothLanguages
    summary: BothLanguages
    asks: BothLanguages
    task: str
    desks: Annotated[tuple[LessonDesk, ...], msgspec.Meta(min_length=1)]
    sources: dict[str, tuple[str, ...]]
    order: Annotated[int, msgspec.Meta(ge=1)] = 99
    format: int = FORMAT
    id: str = ""
    findings: tuple[str, ...] = ()
    minutes: Annotated[int, msgspec.Meta(ge=1, le=30)] = 3


def read_lesson(text: str, lesson: str, tasks: Collection[str]) -> Lesson:
    """A lesson from its TOML.

    Args:
        text: of ``pelajaran.toml``.
        lesson: the name of its folder.
        tasks: the names of checks there are.

    Raises:
        UserError: ``lesson.broken``: the first thing that is wrong; ``lesson.newer`` for a later format.
    """

    def broken(detail: str) -> UserError:
        return UserError("lesson.broken", lesson=lesson, detail=detail)

    try:
        found = msgspec.convert(tomllib.loads(text), Lesson)
    except (ValueError, RecursionError) as error:  # no TOML, a wrong field, or nested too deeply
        raise broken(str(error)) from error
    if found.format != FORMAT:
        raise UserError("lesson.newer", lesson=lesson, format=found.format)
    if not _ID.fullmatch(lesson):
        raise broken("id")
    for name in ("title", "summary", "asks"):
        if not getattr(found, name).get("id", "").strip():
            raise broken(f"{name}.id")
    if not found.sources.get("id"):
        raise broken("sources.id")
    if found.task not in tasks:
        raise broken(f"task: {found.task}")
    return replace(found, id=lesson)


def in_language(words: BothLanguages, language: str) -> str:
    """The words in a language, in Indonesian where there are none."""
    return words.get(language) or words["id"]


def sources_in(lesson: Lesson, language: str) -> tuple[str, ...]:
    """Where a lesson comes from, in a language."""
    return lesson.sources.get(language) or lesson.sources["id"]


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A piece of a lesson: Markdown, or with ``picture`` a file of its folder that ``text`` describes."""

    text: str
    picture: str = ""


def lesson_parts(markdown: str) -> tuple[LessonPart, ...]:
    """The text and the pictures of a lesson in order; a picture stands alone in its line: ``![words](file.svg)``."""
    parts: list[LessonPart] = []
    text: list[str] = []

    def close() -> None:
        if told := "\n".join(text).strip():
            parts.append(LessonPart(told))
        text.clear()

    for line in markdown.splitlines():
        if found := _PICTURE.fullmatch(line.strip()):
            close()
            parts.append(LessonPart(found["alt"], found["file"]))
        else:
            text.append(line)
    close()
    return tuple(parts)


class LearnedLesson(Record, frozen=True, kw_only=True):
    """When the check of a task was passed, and the folder of the story it was done on."""

    when: str
    story: str = ""


class LessonProgress(Record, frozen=True, kw_only=True):
    """What a member has learned: lessons by id."""

    member: str
    done: dict[str, LearnedLesson] = msgspec.field(default_factory=dict)
    modified: str = ""


def progress_place(member: str) -> str:
    """Where a member's record lies below ``group/``; the name itself is in the file, however it is written."""
    name = unicodedata.normalize("NFC", " ".join(member.split())).casefold()
    return f"{LESSONS}/{sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}.json"


def with_learned(progress: LessonProgress, lesson: str, when: str, story: str) -> LessonProgress:
    """The record with a lesson that was just passed; the first time counts."""
    if lesson in progress.done:
        return progress
    return replace(progress, done={**progress.done, lesson: LearnedLesson(when=when, story=story)})
