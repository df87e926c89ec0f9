"""The window of lessons: the list with what somebody has learned, one to read, its task checked on the open story."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.group.group_records import change_record
from studio.group.lessons import LessonProgress, in_language, progress_place, sources_in, with_learned
from studio.services.lesson_papers import paint_lesson_picture, write_lesson_handouts, write_member_certificate
from studio.services.lesson_tasks import check_task, look_at_story, progress_of, step_words
from studio.services.who_writes import choose_writer, writer_names
from studio.ui.dialogs.paper_button import PaperButton, PaperWords, choose_paper
from studio.ui.widgets.basic_parts import (
    button,
    card,
    clear,
    column,
    describe,
    edges,
    label,
    picture,
    row,
    scrolled,
)
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.lesson_page import LessonPage, picture_image
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.checks.lesson_steps import TaskStep
    from studio.services.lesson_shelf import LessonShelf, StoredLesson
    from studio.services.lesson_tasks import CheckedTask
    from studio.store.workspace import Workspace
    from studio.story.model import Group
    from studio.story.places import TextPlace
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.window_theme import WindowTheme

_LESSON = Qt.ItemDataRole.UserRole
_ALL_WORDS = PaperWords(
    "lesson.all_handouts", "lesson.all_handouts_tip", "lesson.all_handouts_job", "lesson.all_handouts_file"
)


class LessonsDialog(StyledDialog):
    """The lessons.

    Args:
        tools: what every part is given.
        stories: the open workspace, whose records keep what was learned, and the open story.
        shelf: the lessons.
        start: a lesson to open, or the desk whose lessons come first; "" takes them in their order.
    """

    def __init__(self, tools: WindowTools, stories: OpenWorkspace, shelf: LessonShelf, start: str) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._stories = stories
        self._shelf = shelf
        self._shown: StoredLesson | None = None
        self._pictures: dict[tuple[str, str], QImage] = {}
        self._job: BackgroundJob | None = None
        self._busy = self._just_checked = False
        self.place: TextPlace | None = None
        """Where the user wants to do something next; the dialog is accepted with it."""
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self.list = QListWidget()
        self.member = combo_box()
        self.learned = label("", "hint", wrap=True)
        self.head = label("", "page", wrap=True)
        self.line = label("", "hint", wrap=True)
        self.page = LessonPage(theme)
        self.asks = label("", wrap=True)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(theme.px(6))
        self.outcome = label("", "strong", wrap=True)
        self.sources = label("", "muted", wrap=True)
        self.check = button(theme, self._t("check"), self._check, look="primary", icon="list-checks")
        self.handout = button(theme, self._t("handout"), self._print, icon="printer")
        self.handouts = _all_handouts(tools, stories.workspace.group, shelf.lessons)
        self.certificate = button(theme, self._t("certificate"), self._certify, icon="award")
        self.shots = button(theme, tools.t("key.shots"), partial(_take_list, tools, stories), icon="clipboard-list")
        self._fill_members()
        self._fill_list(start)
        self._lay_out()
        self.list.currentItemChanged.connect(self._show_chosen)
        self.member.activated.connect(self._choose_member)
        self._show_progress()
        self._show_chosen()
        self.list.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"lesson.{code}", **facts)

    # ------------------------------------------------------------------------------------------------ building

    def _fill_list(self, start: str) -> None:
        chosen = self._shelf.find(start)
        first = [] if chosen is not None else [each for each in self._shelf.lessons if start in each.lesson.desks]
        first.sort(key=lambda each: each.lesson.desks[0] != start)
        for stored in (*first, *(each for each in self._shelf.lessons if each not in first)):
            item = QListWidgetItem(in_language(stored.lesson.title, self._tools.texts.language), self.list)
            item.setData(_LESSON, stored.lesson.id)
            item.setToolTip(in_language(stored.lesson.summary, self._tools.texts.language))
        self.list.setIconSize(self._tools.theme.icon_size(16))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("look", "framed")
        describe(self.list, self._t("list"), self._t("list_tip"))
        self.list.setCurrentRow(self._shelf.lessons.index(chosen) if chosen is not None else 0)

    def _fill_members(self) -> None:
        names = writer_names(self._tools.settings, self._stories.workspace.group)
        self.member.clear()
        self.member.addItems([*names, self._t("other_member")])
        now = self._tools.settings.text("author")
        self.member.setCurrentIndex(names.index(now) if now in names else -1)
        self.member.setPlaceholderText(self._t("who"))
        describe(self.member, self._t("member"), self._t("member_tip"))

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        left = QWidget()
        side = column(
            *(label(self._t("member"), "strong"), self.member, self.learned),
            self.list,
            self.handouts.button,
            gap=px(6),
            edges=(0, 0, px(4), 0),
        )
        side.setStretch(3, 1)
        left.setLayout(side)
        self.list.setMinimumHeight(px(150))
        narrow = scrolled(left)
        narrow.setFixedWidth(px(264))
        inside = QWidget()
        task = card(
            column(
                label(self._t("task"), "title"),
                self.asks,
                self.steps,
                self.outcome,
                row(self.check, 1),
                gap=px(8),
                edges=edges(theme, 16, 12),
            )
        )
        text = row(self.page, 1, gap=0)
        text.setStretch(0, 1000)
        inside.setLayout(
            column(*(self.head, self.line, text, task, self.sources, 1), gap=px(12), edges=(px(4), 0, px(10), px(10)))
        )
        self.area = scrolled(inside)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(self._show_outcome)
        bar.actionTriggered.connect(self._leave_outcome)
        # The keys of a page scroll it; its labels take no focus.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = row(narrow, self.area, gap=px(14))
        middle.setStretch(1, 1)
        foot = row(
            *(self.handout, self.shots, self.certificate, 1),
            button(theme, self._tools.t("dialog.close"), self.reject),
            gap=px(8),
        )
        whole = column(middle, foot, gap=px(12), edges=edges(theme, 18, 16))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(_room(theme))

    # ------------------------------------------------------------------------------------------------ a lesson

    def _show_chosen(self, *_: object) -> None:
        item = self.list.currentItem()
        self._shown = self._shelf.find(item.data(_LESSON)) if item is not None else None
        stored, language = self._shown, self._tools.texts.language
        if stored is None:
            return
        lesson = stored.lesson
        self.head.setText(in_language(lesson.title, language))
        desks = ", ".join(self._tools.t(f"desk.{desk}") for desk in lesson.desks)
        self.line.setText(f"{self._t('minutes', n=lesson.minutes)} · {desks} · {in_language(lesson.summary, language)}")
        self.asks.setText(in_language(lesson.asks, language))
        self.sources.setText(f"{self._t('sources')}: {'; '.join(sources_in(lesson, language))}")
        try:
            parts = stored.parts(language)
            pictures = {part.picture: self._picture(stored, part.picture) for part in parts if part.picture}
        except UserError as error:
            self._tools.dialogs.explain(error)
            parts, pictures = (), {}
        self.page.show_lesson(parts, pictures)
        self.area.setAccessibleName(self.head.text())
        self.area.setAccessibleDescription(" ".join(part.text for part in parts))
        self._just_checked = False
        self._show_steps(())
        story = self._stories.session
        self.check.setEnabled(story is not None)
        self.outcome.setText("" if story is not None else self._t("no_story"))
        self.area.verticalScrollBar().setValue(0)

    def _picture(self, stored: StoredLesson, file: str) -> QImage:
        key = (stored.lesson.id, file)
        if key not in self._pictures:
            self._pictures[key] = picture_image(paint_lesson_picture(stored, file, self._tools.texts.language))
        return self._pictures[key]

    # ------------------------------------------------------------------------------------------------ the task

    def _check(self) -> None:
        """Look at the open story as it is now; what is read of clips waits in a worker."""
        session, stored = self._stories.session, self._shown
        if session is None or stored is None or self._busy:
            return
        # Not disabled meanwhile: the focus would go on to another button.
        self._busy = True
        self.outcome.setText(self._t("checking"))
        workspace, folder, story = self._stories.workspace, session.folder, session.story
        self._job = self._tools.jobs.start(
            self._t("checking"),
            lambda told: check_task(stored.lesson, look_at_story(workspace, folder, story, (stored.lesson,), told)),
            done=self._checked,
            failed=self._failed,
            owner=self,
            lane="quick",  # an export may go on for an hour
        )

    def stop(self) -> None:
        """Stop what goes on; called when the dialog closes."""
        self.handouts.stop()
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: UserError) -> None:
        self._busy = False
        self.outcome.setText(self._tools.texts.explain(error))

    def _checked(self, task: CheckedTask) -> None:
        self._busy = False
        if self._shown is None or task.lesson != self._shown.lesson.id:
            return  # another lesson was opened meanwhile
        self._show_steps(task.steps)
        if not task.done:
            self.outcome.setText(self._t("left", n=sum(not step.met for step in task.steps)))
        elif not self._member():
            self.outcome.setText(self._t("passed_nobody"))
        elif self._stories.group.read_only:
            self.outcome.setText(self._t("passed_read_only"))
        else:
            self._note(task)
            self.outcome.setText(self._t("passed", name=self._member()))
        self._just_checked = True
        self._show_outcome()

    def _show_outcome(self, *_: int) -> None:
        """Bring what the check said into view: once steps have their places, and again when these grow."""
        if self._just_checked:
            QTimer.singleShot(0, self.check, lambda: self.area.ensureWidgetVisible(self.check))

    def _leave_outcome(self, *_: int) -> None:
        """Whoever scrolls looks at something else."""
        self._just_checked = False

    def _show_steps(self, steps: tuple[TaskStep, ...]) -> None:
        clear(self.steps)
        theme = self._tools.theme
        for step in steps:
            icon, tone = ("circle-check", "ok") if step.met else ("circle", "warn")
            words = step_words(step, self._tools.texts)
            line = row(picture(theme, icon, tone), label(words, wrap=True), gap=theme.px(8))
            line.setStretch(1, 1)
            if not step.met and step.place is not None:
                go = button(theme, self._t("go"), partial(self._go_to_task, step.place), look="chip")
                describe(go, f"{self._t('go')}: {words}", self._t("go"))
                line.addWidget(go)
            self.steps.addLayout(line)

    def _go_to_task(self, place: TextPlace) -> None:
        self.place = place
        self.accept()

    # ------------------------------------------------------------------------------------------------ who learns

    def _member(self) -> str:
        """Whose lessons these are; "" while nobody is chosen."""
        at = self.member.currentIndex()
        return self.member.currentText() if 0 <= at < self.member.count() - 1 else ""

    def _choose_member(self, at: int) -> None:
        name: str | None = self.member.itemText(at)
        if at == self.member.count() - 1:
            name = self._tools.dialogs.ask_text(self._t("member"), self._tools.t("writer.name"))
        if name and name.strip():
            choose_writer(self._tools.settings, self._stories.workspace.path, name)
        self._fill_members()
        self._show_progress()
        self._show_chosen()

    def _progress(self) -> LessonProgress:
        return progress_of(self._stories.group.records, self._member())

    def _note(self, task: CheckedTask) -> None:
        session, member = self._stories.session, self._member()
        story = session.folder if session is not None else ""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self._stories.group.edit(
            change_record(
                progress_place(member),
                LessonProgress(member=member),
                lambda record: with_learned(record, task.lesson, now, story),
                "edit.group.lessons",
            )
        )
        self._stories.group.flush()
        self._show_progress()

    def _show_progress(self) -> None:
        done = self._progress().done if self._member() else {}
        for at in range(self.list.count()):
            item = self.list.item(at)
            learned = item.data(_LESSON) in done
            item.setIcon(
                self._tools.theme.icon("circle-check" if learned else "circle", "ok" if learned else "muted", 16)
            )
            state = self._t("done" if learned else "not_done")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {state}")
        known = sum(each.lesson.id in done for each in self._shelf.lessons)
        self.learned.setText(self._t("learned", n=known, of=len(self._shelf.lessons)))
        self.certificate.setEnabled(bool(known))
        self.certificate.setToolTip(self._t("certificate_tip" if known else "certificate_later"))

    # ------------------------------------------------------------------------------------------------ papers

    def _print(self) -> None:
        if self._shown is not None:
            _save_handout(self._tools, self._stories.workspace.group, self._shown)

    def _certify(self) -> None:
        _save_certificate(self._tools, self._stories.workspace, self._progress(), self._shelf)


def _take_list(tools: WindowTools, stories: OpenWorkspace) -> None:
    """The list of pictures to take along, on top of the lessons."""
    from studio.ui.dialogs.shots_dialog import show_shots

    show_shots(tools, stories)


def _room(theme: WindowTheme) -> QSize:
    """As large as a small laptop's screen lets it be."""
    screen = QApplication.primaryScreen().availableSize()
    return QSize(min(theme.px(1080), screen.width() - 26), min(theme.px(680), screen.height() - 60))


def _save_certificate(tools: WindowTools, workspace: Workspace, progress: LessonProgress, shelf: LessonShelf) -> None:
    target = choose_paper(tools, tools.t("lesson.certificate"), f"{tools.t('lesson.certificate_file')}.pdf")
    if target is None:
        return
    try:
        write_member_certificate(target, workspace, progress, shelf, tools.texts)
    except UserError as error:
        tools.dialogs.explain(error)
        return
    tools.dialogs.tell(tools.t("lesson.title"), tools.t("lesson.written", file=str(target)))


def _save_handout(tools: WindowTools, group: Group, stored: StoredLesson) -> None:
    """Ask where to, and write the hand-out of one lesson."""
    target = choose_paper(tools, tools.t("lesson.handout"), f"{stored.lesson.id}.pdf")
    if target is None:
        return
    try:
        notices = write_lesson_handouts(target, (stored,), group, tools.texts, SilentProgress())
    except UserError as error:
        tools.dialogs.explain(error)
        return
    _tell_written(tools, target, notices)


def _all_handouts(
    tools: WindowTools, group: Group, lessons: Sequence[StoredLesson]
) -> PaperButton[Sequence[WorkNotice]]:
    """The button that writes all lessons as one PDF, with the name of the group on each."""

    def write(target: Path, progress: Progress) -> Sequence[WorkNotice]:
        return write_lesson_handouts(target, lessons, group, tools.texts, progress)

    return PaperButton(tools, _ALL_WORDS, "files", write, partial(_tell_written, tools), len(lessons))


def _tell_written(tools: WindowTools, target: Path, notices: Sequence[WorkNotice]) -> None:
    for notice in notices:
        tools.dialogs.explain(notice)
    tools.dialogs.tell(tools.t("lesson.title"), tools.t("lesson.written", file=str(target)))


def show_lessons(tools: WindowTools, stories: OpenWorkspace, start: str) -> TextPlace | None:
    """Show the lessons; where the user wants to go then, None for nowhere.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        start: as in ``LessonsDialog``.
    """
    from studio.services.lesson_shelf import load_lessons

    shelf = load_lessons(stories.workspace.path)
    session = stories.session
    if session is not None and not session.read_only:
        session.flush()  # clips are looked at where they lie, in the folder of the story
    for problem in shelf.problems:
        tools.dialogs.explain(problem)
    dialog = LessonsDialog(tools, stories, shelf, start)
    place = dialog.place if tools.dialogs.show(dialog) else None
    dialog.stop()
    dialog.deleteLater()
    return place
