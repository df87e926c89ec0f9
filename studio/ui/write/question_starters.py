"""Questions instead of an empty page: what to write, then the six questions in the words of that kind of story.

The answers are the story's own 5W+1H answers, so they are saved as they are typed and are in the side panel later.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, cast, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from studio.story.edits import set_answer, set_field
from studio.story.lead_draft import draft_body
from studio.story.model import Group
from studio.story.occasion import answer_question, begin_story
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, picture, row
from studio.ui.write.fact_chips import FactBox
from studio.ui.write.page_fields import FlowLayout, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.base.i18n import MessageTexts
    from studio.story.edits import StoryEdit
    from studio.story.model import Story, StoryKind
    from studio.ui.core.window_theme import WindowTheme

AnswerName = Literal["what", "who", "where", "when", "why", "how"]
Service = Literal["posyandu", "vaccination", "aid", "disaster"]
ANSWERS: tuple[AnswerName, ...] = get_args(AnswerName)
KIND_ICONS: Mapping[StoryKind, str] = {
    "news": "newspaper",
    "event": "calendar-days",
    "notice": "megaphone",
    "profile": "user-pen",
    "factcheck": "search-check",
}
_SERVICES: tuple[Service, ...] = get_args(Service)
WIDE_SCALE = 1.3
"""Up to this text size there is room for two things beside each other."""


def question_text(texts: MessageTexts, kind: StoryKind, service: str, name: AnswerName, part: str = "") -> str:
    """The words of a question (or of its ``.hint``) for a kind of story, and a service where it has its own."""
    known = texts.codes()
    codes = (f"write.ask.{service}.{name}{part}", f"write.ask.{kind}.{name}{part}", f"write.ask.news.{name}{part}")
    return texts.text(next((code for code in codes if code in known), codes[-1]))


def service_of(story: Story, texts: MessageTexts) -> str:
    """Which service a notice is about: the one whose name is a tag of it; "" for another."""
    return next((s for s in _SERVICES if texts.text(f"write.service.{s}").casefold() in _folded(story.tags)), "")


def _folded(tags: tuple[str, ...]) -> set[str]:
    return {tag.casefold() for tag in tags}


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
        parent: QWidget | None = None,
        *,
        group: Callable[[], Group] = Group,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._group = group
        self._story: Story | None = None
        self.asking = False
        self.setProperty("look", "clear")
        self.tiles: dict[StoryKind | Literal["blank"], QPushButton] = {}
        self.chips: dict[Service, QPushButton] = {}
        self.questions = {name: self._question(name) for name in ANSWERS}
        self._choice = self._build_choice()
        self._form = self._build_form()
        self._form.hide()
        self.setLayout(column(self._choice, self._form, gap=0, edges=(0, theme.px(6), 0, theme.px(18))))

    # -------------------------------------------------------------------------------------------- layout

    def _build_choice(self) -> QWidget:
        px = self._theme.px
        flow = FlowLayout(px(10), px(10))
        for kind, icon in KIND_ICONS.items():
            self.tiles[kind] = self._tile(icon, f"write.kind.{kind}")
            self.tiles[kind].clicked.connect(lambda _=False, kind=kind: self._begin(kind))
            flow.addWidget(self.tiles[kind])
        self.tiles["blank"] = self._tile("file-text", "write.kind.blank")
        self.tiles["blank"].clicked.connect(lambda _=False: self.skipped.emit())
        flow.addWidget(self.tiles["blank"])
        made = QWidget()
        made.setProperty("look", "clear")
        tiles = QWidget()
        tiles.setProperty("look", "clear")
        tiles.setLayout(flow)
        made.setLayout(column(label(self._texts.text("write.start"), "title"), tiles, gap=px(10)))
        return made

    def _tile(self, icon: str, code: str) -> QPushButton:
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
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setFixedWidth(theme.px(199))
        return made

    def _build_form(self) -> QWidget:
        theme, texts = self._theme, self._texts
        self._icon = QLabel()
        self._title = label("", "title")
        self._change = button(theme, texts.text("write.start.change"), self._show_choice, look="link")
        chips = FlowLayout(theme.px(6), theme.px(6))
        for service in _SERVICES:
            self.chips[service] = button(theme, texts.text(f"write.service.{service}"), look="chip")
            self.chips[service].setCheckable(True)
            self.chips[service].clicked.connect(lambda _=False, service=service: self._choose_service(service))
            chips.addWidget(self.chips[service])
        self._chips = QWidget()
        self._chips.setProperty("look", "clear")
        self._chips.setLayout(chips)
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
        self.facts = FactBox(texts, theme, self._group)
        self.facts.edit_made.connect(self.edit_made)
        made.setLayout(column(head, self._chips, grid, self.facts, hint, feet, gap=theme.px(10)))
        return made

    def _question(self, name: AnswerName) -> QuestionField:
        question = QuestionField(name, self._theme)
        question.field.edited.connect(lambda text: self.edit_made.emit(answer_edit(name, text, self._group())))
        question.field.undo_asked.connect(self.undo_asked)
        question.field.redo_asked.connect(self.redo_asked)
        return question

    # -------------------------------------------------------------------------------------------- behaviour

    def show_story(self, story: Story) -> None:
        """Show a story's answers."""
        new = self._story is None or self._story.id != story.id
        kind_changed = self._story is None or self._story.kind != story.kind or self._story.tags != story.tags
        self._story = story
        if new:
            self._ask(has_answers(story) or story.kind != "news")
        if new or kind_changed:
            self._set_words(story)
        for name, question in self.questions.items():
            question.field.show_text(getattr(story.answers, name))
        self.facts.show_story(story)
        self.compose.setEnabled(bool(draft_body(story)) if self.asking else False)

    def _set_words(self, story: Story) -> None:
        texts = self._texts
        service = service_of(story, texts) if story.kind == "notice" else ""
        self._icon.setPixmap(self._theme.pixmap(KIND_ICONS[story.kind], "accent", 20))
        self._title.setText(texts.text(f"write.kind.{story.kind}"))
        self._chips.setVisible(story.kind == "notice")
        for name, chip in self.chips.items():
            chip.setChecked(name == service)
        for asked, question in self.questions.items():
            words = question_text(texts, story.kind, service, asked)
            question.ask(words, question_text(texts, story.kind, service, asked, ".hint"))

    def _begin(self, kind: StoryKind) -> None:
        self.edit_made.emit(begin_story(kind, self._group(), date.today()))
        self._ask(True)
        if self._story is not None:
            self.show_story(self._story)
        self.questions["what"].field.setFocus()

    def _show_choice(self) -> None:
        self._ask(False)
        self.tiles["news"].setFocus()

    def _ask(self, on: bool) -> None:
        self.asking = on
        self._choice.setVisible(not on)
        self._form.setVisible(on)
        self.asking_changed.emit()

    def _choose_service(self, service: Service) -> None:
        """A service is a tag, and a category where there is none yet."""
        story = cast("Story", self._story)
        names = [self._texts.text(f"write.service.{each}") for each in _SERVICES]
        kept = tuple(tag for tag in story.tags if tag not in names)
        wanted = self._texts.text(f"write.service.{service}")
        tags = kept if wanted in story.tags else (wanted, *kept)
        self.edit_made.emit(set_field("tags", tags))
        if not story.category and wanted in tags:
            self.edit_made.emit(set_field("category", self._texts.text(f"write.service.{service}.category")))
        self._set_words(cast("Story", self._story))

    def tab_chain(self) -> list[QWidget]:
        """The controls in the order of the Tab key."""
        fields: list[QWidget] = [question.field for question in self.questions.values()]
        return [
            *self.tiles.values(),
            self._change,
            *self.chips.values(),
            *fields,
            *self.facts.chips(),
            self.compose,
            self.skip,
        ]


def answer_edit(name: AnswerName, text: str, group: Group) -> StoryEdit:
    """The edit for an answer: that to "when" and "where" fills in the fact box, too."""
    if name == "when" or name == "where":  # noqa: PLR1714 - mypy narrows this form only
        return answer_question(name, text, group, date.today())
    return set_answer(name, text)


def has_answers(story: Story) -> bool:
    """Whether at least one of the six questions has an answer."""
    return any(getattr(story.answers, name).strip() for name in ANSWERS)
