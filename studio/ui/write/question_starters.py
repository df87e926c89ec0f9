"""Questions instead of an empty page: what to write, then the six questions in the words of that kind of story.

The answers are the story's own 5W+1H answers, so they are saved as they are typed and are in the side panel later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from studio.story.edits import set_answer
from studio.story.lead_draft import draft_body
from studio.story.occasion import answer_question, begin_story
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, picture, row
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.fact_chips import FactBox
from studio.ui.write.notice_part import NoticePart
from studio.ui.write.page_fields import TextField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.story.edits import StoryEdit
    from studio.story.model import Story, StoryKind
    from studio.story.service_kinds import ServiceKind
    from studio.ui.core.window_theme import WindowTheme

AnswerName = Literal["what", "who", "where", "when", "why", "how"]
ANSWERS: tuple[AnswerName, ...] = get_args(AnswerName)
KIND_ICONS: Mapping[StoryKind, str] = {
    "news": "newspaper",
    "event": "calendar-days",
    "notice": "megaphone",
    "profile": "user-pen",
    "factcheck": "search-check",
}
WIDE_SCALE = 1.3
"""Up to this text size there is room for two things beside each other."""


def question_text(texts: MessageTexts, kind: StoryKind, name: AnswerName, part: str = "") -> str:
    """The words of a question (or of its ``.hint``) for a kind of story."""
    codes = (f"write.ask.{kind}.{name}{part}", f"write.ask.news.{name}{part}")
    return texts.text(next((code for code in codes if texts.has_text(code)), codes[-1]))


class QuestionField(QWidget):
    """A question and the field for its answer."""

    def __init__(self, name: AnswerName, theme: WindowTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setProperty("look", "clear")
        self.label = label("", "strong", wrap=True)
        self.field = TextField(one_line=False, look="answer")
        self.label.setBuddy(self.field)
        self.setLayout(column(self.label, self.field, gap=theme.px(3)))

    def ask(self, question: str, hint: str) -> None:
        """Set the words."""
        self.label.setText(question)
        self.field.setPlaceholderText(hint)
        describe(self.field, question)


class QuestionStarters(QFrame):
    """The tiles and the questions. It shows a story and tells edits."""

    edit_made = Signal(object)
    """An ``StoryEdit`` by hand."""
    draft_asked = Signal()
    skipped = Signal()
    """The user wants to write without questions."""
    undo_asked = Signal()
    redo_asked = Signal()
    asking_changed = Signal()
    """Questions are shown, or no longer."""

    def __init__(
        self,
        texts: MessageTexts,
        theme: WindowTheme,
        kinds: NoticeKinds,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._kinds = kinds
        self._story: Story | None = None
        self.asking = False
        self.setProperty("look", "clear")
        self.tiles: dict[StoryKind | Literal["service", "blank"], QPushButton] = {}
        self._picking = False
        self.questions = {name: self._question(name) for name in ANSWERS}
        self._choice = self._build_choice()
        self._form = self._build_form()
        self._form.hide()
        self.notice = self._build_notice(kinds)
        self.setLayout(column(self._choice, self._form, self.notice, gap=0, edges=(0, theme.px(6), 0, theme.px(18))))

    # -------------------------------------------------------------------------------------------- layout

    def _build_choice(self) -> QWidget:
        px = self._theme.px
        flow = FlowLayout(px(10), px(10))
        for kind, icon in KIND_ICONS.items():
            self.tiles[kind] = self._starter_tile(icon, f"write.kind.{kind}")
            self.tiles[kind].clicked.connect(lambda _=False, kind=kind: self._begin(kind))
            flow.addWidget(self.tiles[kind])
            if kind == "notice":
                self.tiles["service"] = self._starter_tile("hand-helping", "write.kind.service")
                self.tiles["service"].clicked.connect(lambda _=False: self.pick_service())
                flow.addWidget(self.tiles["service"])
        self.tiles["blank"] = self._starter_tile("file-text", "write.kind.blank")
        self.tiles["blank"].clicked.connect(lambda _=False: self.skipped.emit())
        flow.addWidget(self.tiles["blank"])
        made = QWidget()
        made.setProperty("look", "clear")
        tiles = QWidget()
        tiles.setProperty("look", "clear")
        tiles.setLayout(flow)
        made.setLayout(column(label(self._texts.text("write.start"), "title"), tiles, gap=px(10)))
        return made

    def _starter_tile(self, icon: str, code: str) -> QPushButton:
        theme = self._theme
        made = QPushButton()
        made.setObjectName("starter")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setAutoDefault(False)
        title, hint = self._texts.text(code), self._texts.text(f"{code}.hint")
        describe(made, f"{title}: {hint}")
        words = column(label(title, "strong"), label(hint, "muted", wrap=True), gap=theme.px(1))
        mark = picture(theme, icon, "accent", 22)
        made.setLayout(row(column(mark, 1), words, gap=theme.px(10), edges=edges(theme, 12, 11)))
        for child in made.findChildren(QLabel):
            # A click on the words is one on the tile.
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setFixedWidth(theme.px(199))
        return made

    def _build_form(self) -> QWidget:
        theme, texts = self._theme, self._texts
        self._icon = QLabel()
        self._title = label("", "title")
        self._change = button(theme, texts.text("write.start.change"), self._show_choice, look="link")
        self.services = button(theme, texts.text("write.service.open"), self.pick_service, look="chip")
        self.guided = button(theme, texts.text("write.service.guided"), self._check_guided, look="chip")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(10))
        columns = 2 if theme.scale <= WIDE_SCALE else 1
        for at, name in enumerate(ANSWERS):
            grid.addWidget(self.questions[name], at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        self.compose = button(theme, texts.text("write.start.draft"), self.draft_asked.emit, look="primary")
        self.skip = button(theme, texts.text("write.start.skip"), self.skipped.emit, look="link")
        made = QWidget()
        made.setProperty("look", "clear")
        head = row(self._icon, self._title, 1, self._change, gap=theme.px(8))
        feet = row(self.compose, self.skip, 1, gap=theme.px(12))
        hint = label(texts.text("write.start.hint"), "muted", wrap=True)
        self.facts = FactBox(texts, theme, self._kinds.group)
        self.facts.edit_made.connect(self.edit_made)
        made.setLayout(column(head, row(self.services, self.guided, 1), grid, self.facts, hint, feet, gap=theme.px(10)))
        return made

    def _build_notice(self, kinds: NoticeKinds) -> NoticePart:
        made = NoticePart(self._texts, self._theme, kinds)
        made.hide()
        made.edit_made.connect(self.edit_made)
        made.draft_asked.connect(self.draft_asked)
        made.skipped.connect(self.skipped)
        made.left.connect(self._show_choice)
        made.undo_asked.connect(self.undo_asked)
        made.redo_asked.connect(self.redo_asked)
        return made

    def _question(self, name: AnswerName) -> QuestionField:
        question = QuestionField(name, self._theme)
        question.field.edited.connect(lambda text: self.edit_made.emit(answer_edit(name, text, self._kinds)))
        question.field.undo_asked.connect(self.undo_asked)
        question.field.redo_asked.connect(self.redo_asked)
        return question

    # -------------------------------------------------------------------------------------------- behaviour

    def show_story(self, story: Story) -> None:
        """Show a story's answers."""
        new = self._story is None or self._story.id != story.id
        kind_changed = self._story is None or self._story.kind != story.kind
        self._story = story
        if new:
            self._picking = False
            self._ask(has_answers(story) or story.kind != "news")
        self.notice.show_story(story)
        self._show_form()
        if new or kind_changed:
            self._set_words(story)
        for name, question in self.questions.items():
            question.field.show_text(getattr(story.answers, name))
        self.facts.show_story(story)
        self.compose.setEnabled(bool(draft_body(story)) if self.asking else False)

    def _set_words(self, story: Story) -> None:
        texts = self._texts
        self._icon.setPixmap(self._theme.pixmap(KIND_ICONS[story.kind], "accent", 20))
        self._title.setText(texts.text(f"write.kind.{story.kind}"))
        self.services.setVisible(story.kind == "notice")
        self.guided.setVisible(story.kind == "factcheck")
        for asked, question in self.questions.items():
            words = question_text(texts, story.kind, asked)
            question.ask(words, question_text(texts, story.kind, asked, ".hint"))

    def _begin(self, kind: StoryKind) -> None:
        self.edit_made.emit(begin_story(kind, self._kinds.group(), self._kinds.today()))
        self._ask(True)
        if self._story is not None:
            self.show_story(self._story)
        self.questions["what"].field.setFocus()

    def pick_service(self) -> None:
        """Let the user choose what kind of service a notice is about."""
        self._picking = True
        self._ask(True)
        self.notice.show_kinds()

    def begin_notice(self, story: Story) -> bool:
        """Ask for the kind of service of a notice that was just begun; whether it is one."""
        if story.kind != "notice" or story.service or has_answers(story) or not self.isVisible():
            return False
        self.pick_service()
        return True

    def _check_guided(self) -> None:
        """The questions of a fact check whose answers open its row in the ledger."""
        self.pick_service()
        self.notice.choose_for("factcheck")

    def _show_choice(self) -> None:
        self._picking = False
        self._ask(False)
        self.tiles["news"].setFocus()

    def _ask(self, on: bool) -> None:
        self.asking = on
        self._choice.setVisible(not on)
        self._show_form()
        self.asking_changed.emit()

    def _show_form(self) -> None:
        """The form of a service where the story has one, else the six questions."""
        service = self._picking or self.notice.kind is not None
        self._form.setVisible(self.asking and not service)
        self.notice.setVisible(self.asking and service)

    def field_of(self, name: str) -> QWidget | None:
        """The field for an answer that is on the page now; None for one that is not asked."""
        if self.notice.kind is not None:
            return self.notice.form.fields.get(name)
        return self.questions[name].field if name in self.questions else None

    def tab_chain(self) -> list[QWidget]:
        """The controls in the order of the Tab key."""
        fields: list[QWidget] = [question.field for question in self.questions.values()]
        return [
            *self.tiles.values(),
            self._change,
            self.services,
            self.guided,
            *fields,
            *self.facts.chips(),
            self.compose,
            self.skip,
            *self.notice.tab_chain(),
        ]


def answer_edit(name: AnswerName, text: str, kinds: NoticeKinds, kind: ServiceKind | None = None) -> StoryEdit:
    """The edit for an answer: that to "when" and "where" fills in the fact box, too, as ``kind`` of a notice asks."""
    if name == "when" or name == "where":  # noqa: PLR1714 - mypy narrows this form only
        return answer_question(name, text, kinds.group(), kinds.today(), since=kind is not None and kind.since)
    return set_answer(name, text)


def has_answers(story: Story) -> bool:
    """Whether at least one of the six questions has an answer."""
    return any(getattr(story.answers, name).strip() for name in ANSWERS)
