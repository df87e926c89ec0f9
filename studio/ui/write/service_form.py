"""The fields of a notice's kind: each question with the field for its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.story.service_answers import answer_service, service_answer
from studio.ui.widgets.basic_parts import clear, column, describe, label
from studio.ui.write.date_button import DateField
from studio.ui.write.edit_card import EditCard
from studio.ui.write.page_fields import TextField

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.story.model import Story
    from studio.story.service_kinds import ServiceKind
    from studio.ui.core.window_theme import WindowTheme


class ServiceForm(EditCard):
    """Shows the answers of a story and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
        kinds: those of the workspace.
        columns: fields beside each other.
        own: only fields whose answers are in no other part of the desk.
    """

    def __init__(
        self, texts: MessageTexts, theme: WindowTheme, kinds: NoticeKinds, columns: int, *, own: bool = False
    ) -> None:
        super().__init__(texts, theme, "clear")
        self._kinds, self._columns, self._own = kinds, columns, own
        self.kind: ServiceKind | None = None
        self.fields: dict[str, TextField | DateField] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(10))
        self.setLayout(self._grid)

    def words(self, kind: ServiceKind, name: str, part: str = "ask") -> str:
        """The kind's own words for a question or its hint, else those all kinds share; "" where there are none."""
        texts = self._texts
        asked = kind.asks.get(name)
        own = getattr(asked, part) if asked is not None else {}
        code = f"service.{part}.{name}"
        return own.get(texts.language) or own.get("id") or (texts.text(code) if texts.has_text(code) else "")

    def show_story(self, story: Story, kind: ServiceKind | None) -> list[QWidget]:
        """Show a story of this kind; the fields that said something else."""
        if kind != self.kind:
            self._build(kind)
        changed: list[QWidget] = []
        for name, field in self.fields.items():
            answer = service_answer(story, name)
            other = field.show_days(answer) if isinstance(field, DateField) else field.show_text(answer)
            if other:
                changed.append(field)
        return changed

    def _build(self, kind: ServiceKind | None) -> None:
        clear(self._grid)
        self.kind, self.fields = kind, {}
        if kind is None:
            return
        for at, name in enumerate(kind.own_fields() if self._own else kind.fields):
            self.fields[name] = field = self._answer_field(kind, name)
            question = label(self.words(kind, name), "muted" if self._own else "strong", wrap=True)
            question.setBuddy(field)
            cell = QWidget()
            cell.setProperty("look", "clear")
            cell.setLayout(column(question, field, gap=self._theme.px(3)))
            self._grid.addWidget(cell, at // self._columns, at % self._columns, Qt.AlignmentFlag.AlignTop)

    def _answer_field(self, kind: ServiceKind, name: str) -> TextField | DateField:
        def tell(text: str) -> None:
            self.emit_edit(answer_service(kind, name, text, self._kinds.group(), self._kinds.today()))

        if name == "until":
            day = DateField(self._texts, self._theme, look="chip", name="write.valid_until", today=self._kinds.today)
            day.picked.connect(lambda picked: tell(picked.rpartition("/")[2]))
            return day
        made = TextField(one_line=False, look="answer")
        made.setPlaceholderText(self.words(kind, name, "hint"))
        describe(made, self.words(kind, name))
        made.edited.connect(tell)
        self.pass_on(made)
        return made

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.setEnabled(not on)
            else:
                field.setReadOnly(on)
