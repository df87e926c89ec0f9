"""The writing desk: puts the fields, the text, the bars and the side panel together and ties them to the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from studio.services.notice_kinds import no_kinds
from studio.story.body import plain_text
from studio.story.edits import StoryEdit, set_field
from studio.story.model import Group
from studio.story.text import reading_minutes, word_count
from studio.ui.widgets.basic_parts import column, edges, label, restyle
from studio.ui.write.block_editor import ask_link
from studio.ui.write.body_editor import BodyEdit
from studio.ui.write.context_menu import text_menu
from studio.ui.write.editor_toolbar import ICONS, ToolBar, make_actions
from studio.ui.write.find_bar import FindBar
from studio.ui.write.place_revealing import focus_shown, reveal
from studio.ui.write.question_starters import QuestionStarters
from studio.ui.write.story_header import StoryHeader
from studio.ui.write.suggestion_mode import SuggestionMode
from studio.ui.write.writing_panel import Lengths, SidePanel, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QPoint
    from PySide6.QtGui import QKeyEvent

    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.story.body import BlockKind
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.core.background_jobs import JobRunner
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.dialogs.dialog_service import DialogService
    from studio.ui.write.answers_highlighter import AnswersHighlighter
    from studio.ui.write.comment_marks import CommentMarks
    from studio.ui.write.second_language import SecondLanguage
    from studio.ui.write.spelling_marks import SpellingMarks

COUNT_AFTER_MS = 250
"""Counting words waits for a pause in typing."""
_ZOOM_STEP = 1.1
_KIND_CODES: tuple[BlockKind, ...] = ("paragraph", "heading", "quote", "bullet", "number")


class WriteDesk(QWidget):
    """The desk.

    Args:
        session: the open story.
        texts: for what it says.
        theme: for how it looks.
        dialogs: for what it asks.
        lengths: works out how long each outlet's text is; None hides that card.
        jobs: where that is done; None does it at once.
        zoom: size of the text alone, 1.0 is normal.
        group: the profile now.
        kinds: of notices; None has none.
    """

    focus_mode_changed = Signal(bool)
    """Everything but the text is to be hidden, or shown again."""
    zoom_changed = Signal(float)
    files_offered = Signal(object)
    """Files were pasted that are no text: a ``QMimeData``."""
    place_asked = Signal(object)

    def __init__(
        self,
        session: StorySession,
        texts: MessageTexts,
        theme: WindowTheme,
        dialogs: DialogService,
        *,
        lengths: Lengths | None = None,
        jobs: JobRunner | None = None,
        zoom: float = 1.0,
        group: Callable[[], Group] = Group,
        kinds: NoticeKinds | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._dialogs = dialogs
        self._session = session
        self._busy = False
        self._skipped = False
        self.spelling: SpellingMarks | None = None
        self.opening: AnswersHighlighter | None = None
        self.comments: CommentMarks | None = None
        self.languages: SecondLanguage | None = None
        """Look through the text, if the desk was given them."""
        self._group = group
        self.rewriting = SuggestionMode(texts, theme, self)
        self._kinds = kinds or no_kinds(group)
        self._build(SidePanel(texts, theme, lengths, jobs, kinds=self._kinds), zoom)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._counting.timeout.connect(self.count)
        self._connect()
        session.changed.connect(self._follow)
        self._open()

    # -------------------------------------------------------------------------------------------- building

    def _build(self, side_panel: SidePanel, zoom: float) -> None:
        texts, theme = self._texts, self._theme
        theme.icons.load(ICONS)
        self.actions_by_code = make_actions(texts, theme, self)
        self.bar = ToolBar(texts, theme, self.actions_by_code)
        self.header = StoryHeader(texts, theme, group=self._group)
        self._starters: QuestionStarters | None = None
        self.home = self.body = BodyEdit(theme, texts.text("write.body.hint"), zoom)
        self.body.setAccessibleName(texts.text("write.body"))
        self.body.set_header(self.header)
        self.find_bar = FindBar(texts, theme, self.header, self.body)
        self.side_panel = side_panel
        self._leave_hint = label(texts.text("write.focus.leave"), "muted")
        self._leave_hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._leave_hint.setContentsMargins(0, theme.px(4), 0, theme.px(8))
        self._leave_hint.hide()
        self.sheet = QFrame()
        self.sheet.setObjectName("writeSheet")
        self.sheet.setLayout(column(self.bar, self.rewriting.bar, self.find_bar, self.body, self._leave_hint, gap=0))
        self._outer = column(self.sheet, gap=0, edges=edges(theme, 20, 18))
        self.setLayout(self._outer)

    def tab_chain(self) -> list[QWidget]:
        """From field to field as a story is written: headline, summary, questions, text; then what is filled in.

        The find bar comes first while it is open, the buttons of the tool bar last.
        """
        asked = [self._starters] if self._starters is not None else []
        return [
            self.find_bar,
            *self.header.first_fields(),
            *asked,
            self.body,
            *self.header.last_fields(),
            self.bar,
        ]

    def begin(self) -> None:
        """The cursor goes where a story begins: into its headline; a notice begins with the kinds of service."""
        self.body.verticalScrollBar().setValue(0)
        if self._starters is None or not self._starters.begin_notice(self._session.story):
            self.header.headline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def starters(self) -> QuestionStarters:
        """The questions of an empty story, made when they are first wanted."""
        if self._starters is None:
            made = self._starters = QuestionStarters(self._texts, self._theme, self._kinds)
            made.hide()
            self.header.add_below(made)
            made.edit_made.connect(self._edit)
            made.undo_asked.connect(self._session.undo)
            made.redo_asked.connect(self._session.redo)
            made.draft_asked.connect(self.insert_draft)
            made.skipped.connect(self._skip)
            made.asking_changed.connect(self._show_parts)
        return self._starters

    def _connect(self) -> None:
        for made in (p.edit_made for p in (self.header, self.side_panel, self.find_bar)):
            made.connect(self._edit)
        for part in (self.header, self.side_panel, self.body):
            part.undo_asked.connect(self._session.undo)
            part.redo_asked.connect(self._session.redo)
        self.header.left_downwards.connect(self.body.setFocus)
        self.header.entered.connect(lambda _field: self.body.verticalScrollBar().setValue(0))
        self.body.left_upwards.connect(self.header.headline.setFocus)
        self.body.edited.connect(self._edit_body)
        self.body.state_changed.connect(self._show_state)
        self.body.menu_asked.connect(self._open_menu)
        self.body.files_offered.connect(self.files_offered)
        self.body.viewport().installEventFilter(self)
        self.side_panel.insert_asked.connect(self.insert_draft)
        self.find_bar.closed.connect(self.body.setFocus)
        self.rewriting.switched.connect(partial(_show_mode, self))
        self._connect_actions()

    def _connect_actions(self) -> None:
        link = partial(ask_link, self.body, self._texts, self._dialogs)
        for code, handler in _handlers(self, self._session, link).items():
            self.actions_by_code[code].triggered.connect(lambda _=False, handler=handler: self._run(handler))

    def _run(self, handler: Callable[[], object]) -> None:
        handler()
        self._show_state()

    # -------------------------------------------------------------------------------------------- the session

    def _open(self) -> None:
        story = self._session.story
        self._busy = True
        self.body.load(story.body)
        self.header.show_story(story)
        self.side_panel.show_story(story)
        self._busy = False
        read_only = self._session.read_only
        self.body.setReadOnly(read_only)
        self.header.set_read_only(read_only)
        self.side_panel.set_read_only(read_only)
        self._show_parts()
        self._show_state()
        self.count()

    def _edit(self, edit: object) -> None:
        """An edit made by hand in a field."""
        self._busy = True
        self._session.edit(self.rewriting.as_suggestion(cast("StoryEdit", edit)))
        self._busy = False
        self._show_story(self._session.story, lead=False)  # an answer fills in other fields, too

    def _edit_body(self, label: str, merge: str) -> None:
        edit = self.rewriting.as_suggestion(StoryEdit(label, set_field("body", self.body.markdown).apply, merge))
        self._skipped = True
        self._busy = True
        self._session.edit(edit)
        self._busy = False
        self._show_parts()
        self._counting.start()
        if self.find_bar.isVisible():
            self.find_bar.show_story(self._session.story)
        self.side_panel.show_story(self._session.story)

    def _follow(self, story: Story) -> None:
        """The story changed somewhere else: show it."""
        if not self._busy:
            self._show_story(story)

    def _show_story(self, story: Story, *, lead: bool = True) -> None:
        """Show it, and (``lead``) go to the field that changed when the user is at this desk."""
        story = self.rewriting.shown_story(story)
        changed = self.header.show_story(story) + self.side_panel.show_story(story)
        if self.body.show_markdown(story.body):
            changed.append(self.body)
        self._show_parts()
        self._show_state()
        self._counting.start()
        self.find_bar.show_story(story)
        if lead and len(changed) == 1 and self._has_focus():
            focus_shown(changed[0], self.side_panel, self._starters)

    def _has_focus(self) -> bool:
        """Whether the user is in one of the fields of the desk (the find bar keeps the focus it has)."""
        focus: QWidget | None = QApplication.focusWidget()
        if focus is None or self.find_bar.isAncestorOf(focus):
            return False
        return self.isAncestorOf(focus) or self.side_panel.isAncestorOf(focus)

    # -------------------------------------------------------------------------------------------- commands

    def insert_draft(self) -> None:
        """Put the first draft from the answers into the text: all there is when it is empty, else first."""
        drafted = self._kinds.first_draft(self._session.story, self._starters.notice.headline if self._starters else "")
        if drafted is not None:
            self._edit(drafted.edit)
            self.body.setFocus()
            self.place_asked.emit(drafted.place)

    def set_zoom(self, zoom: float) -> None:
        """Set the size of the text alone."""
        self.body.set_zoom(zoom)
        self.zoom_changed.emit(self.body.text_style.zoom)

    def set_focus_mode(self, on: bool) -> None:
        """Show nothing but the text, or everything again."""
        action = self.actions_by_code["focus"]
        action.setChecked(on)
        self.bar.setVisible(not on)
        self._outer.setContentsMargins(*((0, 0, 0, 0) if on else edges(self._theme, 20, 18)))
        restyle(self.sheet, "bare", on)
        self._leave_hint.setVisible(on)
        self.header.set_quiet(on)
        self.body.set_typewriter(on)
        self.body.setFocus()
        self.focus_mode_changed.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the focus mode."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.actions_by_code["focus"].isChecked():
            self.set_focus_mode(False)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel change the size of the text."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.body.text_style.zoom * (_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP))
            return True
        return super().eventFilter(watched, event)

    # -------------------------------------------------------------------------------------------- showing

    def count(self) -> None:
        """Count the words and letters of the text now."""
        self._counting.stop()
        text = plain_text(self.body.mirror.blocks)
        words, minutes = word_count(text), reading_minutes(text) if text.strip() else 0
        self.side_panel.show_counts(words, len(text.replace("\n", "")), minutes)
        shown = self._texts.text("write.numbers", words=number(words, self._texts), minutes=minutes)
        self.bar.show_numbers(shown)

    def _show_state(self) -> None:
        """Check and enable the commands as the cursor and the history stand."""
        actions, body, session = self.actions_by_code, self.body, self._session
        kind, look = body.kind, body.typing_format
        for code in _KIND_CODES:
            actions[code].setChecked(code == kind)
        actions["bold"].setChecked(look.bold)
        actions["italic"].setChecked(look.italic)
        actions["link"].setChecked(bool(look.link))
        actions["undo"].setEnabled(bool(session.undo_label))
        actions["redo"].setEnabled(bool(session.redo_label))
        for command in (*_KIND_CODES, "bold", "italic", "link", "plain", "replace"):
            actions[command].setEnabled(not session.read_only and not self.rewriting.on)

    def _show_parts(self) -> None:
        """Questions stand where there is no text yet, and then not in the side panel too."""
        starting = self.body.mirror.empty and not self._skipped and not self._session.read_only
        asking = False
        if starting or self._starters is not None:
            if starting:
                self.starters.show_story(self._session.story)
            self.starters.setVisible(starting)
            asking = starting and self.starters.asking
        self.side_panel.show_answers(not asking)

    def _skip(self) -> None:
        self._skipped = True
        self._show_parts()
        self.body.setFocus()

    def _open_menu(self, place: QPoint) -> None:
        fill = self.spelling.fill if self.spelling is not None else None
        text_menu(self.body, self.actions_by_code, self._texts, fill).exec(place)

    def reveal(self, place: TextPlace) -> None:
        """Lead to a text of the story: the focus goes there, its words are selected."""
        if self.actions_by_code["focus"].isChecked():
            self.set_focus_mode(False)
        if self.languages is None or not self.languages.reveal(place):
            reveal(self.header, self.side_panel, self._starters, self.body, self._session.story, place)


def _switch_mode(desk: WriteDesk) -> None:
    """Begin or end suggesting; in a story that is open for reading only the button stays as it was."""
    if desk._session.read_only:
        desk._session.refused.emit()
    desk.rewriting.switch(on=not desk.rewriting.on and not desk._session.read_only)
    desk.actions_by_code["suggest"].setChecked(desk.rewriting.on)


def _show_mode(desk: WriteDesk, on: bool) -> None:
    """What is typed becomes suggestions, or text again: only the texts can be rewritten then, not the facts."""
    locked = on or desk._session.read_only
    desk.header.set_read_only(locked)
    desk.side_panel.set_read_only(locked)
    for field in (desk.header.headline, desk.header.summary):
        field.setReadOnly(desk._session.read_only)
    desk.actions_by_code["suggest"].setChecked(on)
    desk._show_story(desk._session.story, lead=False)


def _handlers(desk: WriteDesk, session: StorySession, link: Callable[[], object]) -> dict[str, Callable[[], object]]:
    """What the commands of the desk do, by their codes."""
    actions, body = desk.actions_by_code, desk.body
    handlers: dict[str, Callable[[], object]] = {
        "undo": session.undo,
        "redo": session.redo,
        "bold": lambda: body.toggle_look("bold"),
        "italic": lambda: body.toggle_look("italic"),
        "link": link,
        "find": lambda: desk.find_bar.open(session.story, replacing=False),
        "replace": lambda: desk.find_bar.open(session.story, replacing=True),
        "focus": lambda: desk.set_focus_mode(actions["focus"].isChecked()),
        "spelling": lambda: desk.spelling.next() if desk.spelling is not None else None,
        "zoom_in": lambda: desk.set_zoom(body.text_style.zoom * _ZOOM_STEP),
        "zoom_out": lambda: desk.set_zoom(body.text_style.zoom / _ZOOM_STEP),
        "zoom_reset": lambda: desk.set_zoom(1.0),
        "comment": lambda: desk.comments.add() if desk.comments is not None else None,
        "reword": lambda: desk.comments.add(suggesting=True) if desk.comments is not None else None,
        "suggest": partial(_switch_mode, desk),
        "plain": lambda: body.paste_plain(QGuiApplication.clipboard().text()),
    }
    handlers |= {kind: partial(body.set_block_kind, kind) for kind in _KIND_CODES}
    return {code: partial(_run, desk, code, handler) for code, handler in handlers.items()}


def _run(desk: WriteDesk, code: str, handler: Callable[[], object]) -> None:
    """Do what a command does, unless a translation stands in the place of the text and takes it."""
    if desk.languages is None or not desk.languages.takes(code):
        handler()
