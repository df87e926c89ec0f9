"""A lesson's task on somebody's own story: its check, in words, and the record of what each member has learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.checks.lesson_steps import TaskMatter, is_done
from studio.checks.lesson_tasks import TASKS
from studio.group.lessons import LESSONS, LessonProgress, progress_place, with_learned
from studio.release.release_gate import judge_here
from studio.story.clips import kept_pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.checks.lesson_steps import TaskStep
    from studio.group.group_records import GroupRecords
    from studio.group.lessons import Lesson
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import Workspace
    from studio.story.model import Story, Video


_LISTENING = "sound"
_STRETCH = 30.0
"""Seconds of a clip listened to at once."""
_AUDIBLE = 10 ** (-50 / 20)
"""Level from which sound is heard: an empty room recorded by a phone lies at -60 dB."""
_HEARD_STEPS = 10
"""Steps of an envelope, a fifth of a second together: a click is no voice."""


@dataclass(frozen=True, slots=True)
class CheckedTask:
    """What the check of a lesson's task found in a story."""

    lesson: str
    steps: tuple[TaskStep, ...]

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return is_done(self.steps)


def look_at_story(
    workspace: Workspace, folder: str, story: Story, lessons: Collection[Lesson], progress: Progress
) -> TaskMatter:
    """What the checks look at: the story, what the rules found, and which clips can be heard. Reads files.

    Args:
        workspace: the story's.
        folder: of the story; "" while it has none.
        story: as it is now.
        lessons: whose tasks are checked; clips are only listened to for the one about sound.
        progress: told while clips are listened to.

    Raises:
        WorkCancelled: asked for through ``progress``.
    """
    found = judge_here(workspace, story, folder)
    heard = frozenset(
        video.id
        for video in (story.videos if folder and any(lesson.task == _LISTENING for lesson in lessons) else ())
        if _is_heard(workspace.media_path(folder, video.file), video, progress)
    )
    return TaskMatter(story, (*found.blocks, *found.warnings, *found.advice), heard)


def _is_heard(path: Path, video: Video, progress: Progress) -> bool:
    """Whether anything is heard in what is kept of a clip; a voice ends the search within its first half minute."""
    from studio.video.probe import probe_clip
    from studio.video.sound import loudness_envelope

    try:
        clip = probe_clip(path)
    except UserError:  # lost or broken: the checking desk says so
        return False
    if clip.sound is None:
        return False
    for piece in kept_pieces(video, clip.seconds):
        start = piece.start
        while start < piece.end:
            progress.report(start, piece.end, video.name)
            end = min(start + _STRETCH, piece.end)
            if (loudness_envelope(clip, start, end) > _AUDIBLE).sum() >= _HEARD_STEPS:
                return True
            start = end
    return False


def check_task(lesson: Lesson, matter: TaskMatter) -> CheckedTask:
    """Look at a story for the task of a lesson."""
    return CheckedTask(lesson.id, TASKS[lesson.task](matter))


def step_words(step: TaskStep, texts: MessageTexts) -> str:
    """A step of a task in words."""
    facts = dict(step.facts)
    missing = facts.get("missing")
    if isinstance(missing, tuple):
        facts["missing"] = ", ".join(texts.text(f"answers.{question}") for question in missing)
    code = f"lesson.step.{step.code}"
    # A step that is not met may say more than what is wanted: what is missing.
    open_code = f"{code}.open"
    return texts.text(open_code if not step.met and texts.has_text(open_code) else code, **facts)


def all_progress(records: GroupRecords) -> Mapping[str, LessonProgress]:
    """The record of each member, by where it lies."""
    return records.records(LESSONS, LessonProgress)


def progress_of(records: GroupRecords, member: str) -> LessonProgress:
    """What a member has learned so far; an empty record for somebody new."""
    return records.record(progress_place(member), LessonProgress) or LessonProgress(member=member)


def note_learned(folder: GroupFolder, member: str, task: CheckedTask, story: str, when: str) -> LessonProgress:
    """Enter a passed task into a member's record on the disk: how the command does it.

    Args:
        folder: the group's own files.
        member: whose record it is.
        task: that was checked; one with steps left is not entered.
        story: its folder.
        when: the moment, ISO 8601 with time zone.

    Raises:
        UserError: read-only, or the disk refuses.
    """
    place = progress_place(member)
    before = folder.read(place, LessonProgress) or LessonProgress(member=member)
    after = with_learned(before, task.lesson, when, story) if task.done else before
    if after is not before:
        folder.write(place, after)
    return after
