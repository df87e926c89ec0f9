"""``kim-studio lessons``: read a lesson, print it, have its task checked, and show what was learned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    opened_to_write,
    print_result,
    print_table,
    print_trouble,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.services.lesson_shelf import LessonShelf, StoredLesson
    from studio.services.lesson_tasks import CheckedTask
    from studio.store.workspace import Workspace

_WRONG = frozenset(
    {
        *("lesson.unknown", "lesson.handout_kind", "lesson.certificate_kind"),
        *("lesson.no_member", "lesson.no_workspace", "lesson.one_wish"),
        *("export.unknown_story", "export.unlike_story", "export.renamed_story"),
    }
)


@dataclass(frozen=True, slots=True)
class LessonWish:
    """What is asked of ``run_lessons``.

    Attributes:
        lesson: its id; "" for all.
        handout: the PDF to write, of the lesson or of all.
        check: workspace and story whose task is checked.
        member: who learns: a passed task is noted for them; whose certificate it is.
        certificate: the file to write (``.png``, ``.pdf``), for ``workspace``.
        workspace: the group: its own lessons, its name on papers.
    """

    lesson: str = ""
    handout: Path | None = None
    check: tuple[Path, str] | None = None
    member: str = ""
    certificate: Path | None = None
    workspace: Path | None = None


def run_lessons(wish: LessonWish) -> int:
    """Do what is asked.

    Returns:
        0 when it is done (a checked task: when all of it is), 1 when something is left or refused, 2 for wrong usage.
    """
    words = user_texts()
    with explain_errors(words):
        try:
            if sum(each is not None for each in (wish.check, wish.handout, wish.certificate)) > 1:
                raise UserError("lesson.one_wish")
            if wish.check is not None:
                return _check(wish, *wish.check, words)
            if wish.certificate is not None:
                return _certificate(wish, wish.certificate, words)
            return _show(wish, words)
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE if error.code in _WRONG else PARTLY


def _shelf(workspace: Path | None, words: MessageTexts) -> LessonShelf:
    from studio.services.lesson_shelf import load_lessons
    from studio.store.workspace import open_workspace

    if workspace is not None:
        with open_workspace(workspace, write=False):
            pass  # a folder that is none, or not there, is said before lessons are looked for in it
    shelf = load_lessons(workspace)
    for problem in shelf.problems:
        print_trouble(words.explain(problem))
    return shelf


def _chosen(shelf: LessonShelf, lesson: str) -> StoredLesson:
    found = shelf.find(lesson)
    if found is None:
        raise UserError("lesson.unknown", lesson=lesson, known=", ".join(each.lesson.id for each in shelf.lessons))
    return found


def _show(wish: LessonWish, words: MessageTexts) -> int:
    """Print the list or a lesson, or write the hand-out."""
    from studio.group.lessons import in_language, sources_in

    shelf, language = _shelf(wish.workspace, words), words.language
    if wish.handout is not None:
        lessons = (_chosen(shelf, wish.lesson),) if wish.lesson else shelf.lessons
        return max(_handout(lessons, wish, wish.handout, words), PARTLY if shelf.problems else DONE)
    if not wish.lesson:
        _print_list(wish, shelf, words)
        return PARTLY if shelf.problems else DONE
    stored = _chosen(shelf, wish.lesson)
    print_result(f"# {in_language(stored.lesson.title, language)}\n")
    for part in stored.parts(language):
        print_result(f"[{part.text}]\n" if part.picture else f"{part.text}\n")
    print_result(f"## {words.text('lesson.task')}\n\n{in_language(stored.lesson.asks, language)}\n")
    print_result(
        f"## {words.text('lesson.sources')}\n\n"
        + "\n".join(f"- {each}" for each in sources_in(stored.lesson, language))
    )
    return DONE


def _print_list(wish: LessonWish, shelf: LessonShelf, words: MessageTexts) -> None:
    """All lessons; with a member and a workspace also which of them that member has done."""
    from studio.group.lessons import LessonProgress, in_language, progress_place
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import open_workspace

    done = None
    if wish.member:
        if wish.workspace is None:
            raise UserError("lesson.no_workspace")
        with open_workspace(wish.workspace, write=False) as opened:
            known = GroupFolder(opened).read(progress_place(wish.member), LessonProgress)
        done = known.done if known is not None else {}
    heads = ["id", "title", "desk", *(["state"] if done is not None else []), "task"]
    rows = [
        (
            each.lesson.id,
            in_language(each.lesson.title, words.language),
            words.text(f"desk.{each.lesson.desks[0]}"),
            *([words.text("lesson.done" if each.lesson.id in done else "lesson.not_done")] if done is not None else []),
            in_language(each.lesson.asks, words.language),
        )
        for each in shelf.lessons
    ]
    print_table([words.text(f"lesson.head.{name}") for name in heads], rows)


def _handout(lessons: Sequence[StoredLesson], wish: LessonWish, target: Path, words: MessageTexts) -> int:
    from studio.base.progress import SilentProgress
    from studio.paint.qt_application import ensure_gui
    from studio.services.lesson_papers import write_lesson_handouts
    from studio.store.workspace import open_workspace
    from studio.story.model import Group

    ensure_gui()
    group = Group()
    if wish.workspace is not None:
        with open_workspace(wish.workspace, write=False) as opened:
            group = opened.group
    notices = write_lesson_handouts(target, lessons, group, words, SilentProgress())
    for notice in notices:
        print_trouble(words.explain(notice))
    print_result(words.text("lesson.written", file=str(target)))
    return PARTLY if notices else DONE


def _check(wish: LessonWish, place: Path, story: str, words: MessageTexts) -> int:
    """Check the task of one lesson or of all on a story; note what was passed where a member is named."""
    from studio.store.workspace import open_workspace

    shelf = _shelf(place, words)
    lessons = (_chosen(shelf, wish.lesson),) if wish.lesson else shelf.lessons
    if wish.member:
        with opened_to_write(place, words, take_over=False) as opened:
            return _check_story(opened, story, lessons, wish.member, words)
    with open_workspace(place, write=False) as opened:
        return _check_story(opened, story, lessons, "", words)


def _check_story(
    opened: Workspace, name: str, lessons: Sequence[StoredLesson], member: str, words: MessageTexts
) -> int:
    from studio.base.progress import SilentProgress
    from studio.export.running.story_exporter import chosen_stories
    from studio.group.lessons import in_language
    from studio.services.lesson_tasks import check_task, look_at_story, note_learned, step_words
    from studio.store.group_folder import GroupFolder

    folder = chosen_stories(opened, (name,))[0]
    asked = [stored.lesson for stored in lessons]
    matter = look_at_story(opened, folder, opened.load(folder), asked, SilentProgress())
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    left: list[CheckedTask] = []
    for stored in lessons:
        checked = check_task(stored.lesson, matter)
        title = in_language(stored.lesson.title, words.language)
        print_result(f"{words.text('lesson.done' if checked.done else 'lesson.not_done')}\t{stored.lesson.id}\t{title}")
        for step in checked.steps:
            print_result(f"  [{'x' if step.met else ' '}] {step_words(step, words)}")
        if not checked.done:
            left.append(checked)
        elif member:
            note_learned(GroupFolder(opened), member, checked, folder, now)
            print_result("  " + words.text("lesson.noted", member=member, title=title))
    return PARTLY if left else DONE


def _certificate(wish: LessonWish, target: Path, words: MessageTexts) -> int:
    from studio.group.lessons import LessonProgress, progress_place
    from studio.paint.qt_application import ensure_gui
    from studio.services.lesson_papers import write_member_certificate
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import open_workspace

    if not wish.member or wish.workspace is None:
        raise UserError("lesson.no_member")
    ensure_gui()
    shelf = _shelf(wish.workspace, words)
    with open_workspace(wish.workspace, write=False) as opened:
        known = GroupFolder(opened).read(progress_place(wish.member), LessonProgress)
        write_member_certificate(target, opened, known or LessonProgress(member=wish.member), shelf, words)
    print_result(words.text("lesson.written", file=str(target)))
    return DONE
