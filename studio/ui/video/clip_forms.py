"""Fields of the side panel that write into the clip while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import column, describe, label

if TYPE_CHECKING:
    from studio.story.model import Video
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing


@dataclass(frozen=True, slots=True)
class ClipField:
    """A text of the clip: its name in the model; ``tall`` ones hold several lines."""

    name: str
    tall: bool = False


class ClipForm(QWidget):
    """Labelled text fields bound to the clip that is worked on.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
        fields: which texts.
    """

    def __init__(self, tools: WindowTools, editing: ClipEditing, fields: tuple[ClipField, ...]) -> None:
        super().__init__()
        self._tools = tools
        self._editing = editing
        self.inputs: dict[str, QLineEdit | QPlainTextEdit] = {}
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tools.theme.px(10))
        for field in fields:
            made = self._make(field)
            self.inputs[field.name] = made
            name = label(tools.t(f"clip.{field.name}"), "strong")
            name.setBuddy(made)
            inside.addLayout(column(name, made, gap=tools.theme.px(3)))
        self.setLayout(inside)

    def _make(self, field: ClipField) -> QLineEdit | QPlainTextEdit:
        hint = self._tools.t(f"clip.{field.name}_hint")
        made: QLineEdit | QPlainTextEdit
        if field.tall:
            made = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(self._tools.theme.px(72))
            made.textChanged.connect(lambda: self._editing.set(**{field.name: self.text(field.name)}))
        else:
            made = QLineEdit()
            made.textChanged.connect(lambda text: self._editing.set(**{field.name: text}))
        made.setPlaceholderText(hint)
        describe(made, self._tools.t(f"clip.{field.name}"), hint)
        return made

    def text(self, name: str) -> str:
        """What is in a field."""
        made = self.inputs[name]
        return made.text() if isinstance(made, QLineEdit) else made.toPlainText()

    def show_video(self, video: Video | None, *, locked: bool) -> None:
        """Show a clip; a field that says the same already is left alone, so that the cursor stays."""
        for name, made in self.inputs.items():
            made.setReadOnly(locked)
            made.setEnabled(video is not None)
            value = str(getattr(video, name)) if video is not None else ""
            if self.text(name) == value:
                continue
            made.blockSignals(True)
            if isinstance(made, QLineEdit):
                made.setText(value)
                made.setCursorPosition(0)
            else:
                made.setPlainText(value)
            made.blockSignals(False)

    def mark_passage(self, name: str, start: int, end: int) -> None:
        """Put the focus into a field and select a part of it (nothing: all)."""
        made = self.inputs[name]
        go_to(made)
        length = len(self.text(name))
        first, last = (start, min(end, length)) if end > start else (0, length)
        if isinstance(made, QLineEdit):
            made.setSelection(first, last - first)
            return
        cursor = made.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(last, cursor.MoveMode.KeepAnchor)
        made.setTextCursor(cursor)


def switch(tools: WindowTools, editing: ClipEditing, name: str, *, inverse: bool = False) -> QCheckBox:
    """A box to tick, bound to a plain field of the clip; ``inverse`` ticks it where the field is False."""
    made = QCheckBox(tools.t(f"clip.{name}"))
    describe(made, made.text().replace("\n", " "), tools.t(f"clip.{name}_tip"))
    made.toggled.connect(lambda on: editing.set(**{name: on != inverse}))
    return made


def show_switch(made: QCheckBox, on: bool, *, locked: bool) -> None:
    """Tick it, or not, without writing that into the story."""
    made.blockSignals(True)
    made.setChecked(on)
    made.blockSignals(False)
    made.setEnabled(not locked)
