"""The fields about a photo or a clip, made from their one table, as both desks have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from studio.ui.core.focus_order import go_to, mark_words
from studio.ui.widgets.basic_parts import column, describe, label, row
from studio.ui.widgets.growing_text import GrowingText
from studio.ui.widgets.origin_field import OriginField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

    from studio.story.media_fields import MediaField
    from studio.story.model import Photo, Video
    from studio.ui.core.desk_context import WindowTools

Desk = Literal["photodesk", "clip"]
"""Beginning of the codes of a desk's words: the same field asks for other things about a photo than about a clip."""


class DetailsForm(QObject):
    """Makes the fields, shows what they hold and tells what is written; its owner lays them out.

    Args:
        tools: what every part is given.
        desk: whose words name them.
        fields: which, in order.
    """

    changed = Signal(str, object)
    """Name of a field, and its new value; only by the user."""

    def __init__(self, tools: WindowTools, desk: Desk, fields: Sequence[MediaField], parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._desk = tools, desk
        self._item: Photo | Video | None = None
        self._showing = False
        self._shown: dict[str, str] = {}
        """What each text was set to or reported last. Some show a little else: a space that does not break."""
        self.inputs: dict[str, QLineEdit | GrowingText] = {}
        self.origin: OriginField | None = None
        self.checked: CheckedLine | None = None
        for field in fields:
            if field.look == "origin":
                self.origin = OriginField(tools)
                self.origin.chosen.connect(lambda answer: self._field_changed("source_type", answer))
            elif field.look == "tick":
                code = f"{desk}.{field.name}"
                self.checked = CheckedLine(tools, tools.t(code), tools.t(f"{code}_tip"))
                self.checked.box.toggled.connect(lambda on, name=field.name: self._field_changed(name, on))
            else:
                self.inputs[field.name] = self._make_input(field)

    def _make_input(self, field: MediaField) -> QLineEdit | GrowingText:
        made: QLineEdit | GrowingText
        made = GrowingText(*field.lines, paragraphs=field.paragraphs) if field.look == "text" else QLineEdit()
        made.textChanged.connect(lambda _="", name=field.name: self._tell_text(name))
        self.ask(field.name, made, field.name)
        return made

    def ask(self, name: str, made: QLineEdit | GrowingText, words: str) -> None:
        """Say what belongs into a field, by the hint whose code begins with ``words``."""
        hint = self._tools.t(f"{self._desk}.{words}_hint")
        made.setPlaceholderText(hint)
        describe(made, self._tools.t(f"{self._desk}.{name}"), hint)

    def part(self, name: str, look: str = "muted") -> QVBoxLayout | QWidget:
        """What is laid out for a field: a text below its name, or the question that has its own words.

        Args:
            name: of the field.
            look: of a text's name.
        """
        if name == "source_type" and self.origin is not None:
            return self.origin
        if name == "people_checked" and self.checked is not None:
            return self.checked
        made = self.inputs[name]
        title = label(self._tools.t(f"{self._desk}.{name}"), look)
        title.setBuddy(made)
        return column(title, made, gap=self._tools.theme.px(3))

    # ------------------------------------------------------------------------------------------- showing and telling

    def show_item(self, item: Photo | Video | None, *, locked: bool) -> None:
        """Show a photo or clip; a field that says the same already is left alone, so that the cursor stays."""
        self._item, self._showing = item, True
        for name, made in self.inputs.items():
            made.setReadOnly(locked)
            made.setEnabled(item is not None)
            self._show_text(name, made, str(getattr(item, name)) if item is not None else "")
        if item is not None and self.origin is not None:
            self.origin.show_item(item, locked=locked)
        if item is not None and self.checked is not None:
            self.checked.box.setChecked(item.people_checked)
            self.checked.box.setEnabled(not locked)
        self._showing = False

    def _show_text(self, name: str, made: QLineEdit | GrowingText, text: str) -> None:
        if self._shown.get(name) == text:
            return
        self._shown[name] = text
        if made.text() == text:
            return
        if isinstance(made, QLineEdit):
            made.setText(text)
            # setText leaves the cursor at the end, so that a long text would show its end.
            made.setCursorPosition(0)
        else:
            made.setPlainText(text)

    def write_text(self, name: str, text: str) -> None:
        """Put a text into a field for the user, as if it were typed."""
        made = self.inputs[name]
        (made.setText if isinstance(made, QLineEdit) else made.setPlainText)(text)

    def _tell_text(self, name: str) -> None:
        text = self.inputs[name].text()
        if not self._showing and self._shown.get(name) != text:
            self._shown[name] = text
            self._field_changed(name, text)

    def _field_changed(self, name: str, value: object) -> None:
        if not self._showing and self._item is not None and getattr(self._item, name) != value:
            self.changed.emit(name, value)

    # ------------------------------------------------------------------------------------------- leading there

    def field_widget(self, name: str) -> QWidget | None:
        """The widget of a field; None for one that is not asked for here."""
        if name == "source_type" and self.origin is not None:
            return self.origin.box
        if name == "people_checked" and self.checked is not None:
            return self.checked.box
        return self.inputs.get(name)

    def reveal(self, name: str, start: int, end: int) -> bool:
        """Put the focus into a field and mark a part of its text; whether it is asked for here."""
        made = self.field_widget(name)
        if made is None:
            return False
        go_to(made)
        if end > start:
            mark_words(made, start, end)
        return True


class CheckedLine(QWidget):
    """A box to tick, with words that wrap; a click on them ticks it as well.

    Args:
        tools: what every part is given.
        words: what is said by ticking it.
        tip: what is to be done before.
    """

    def __init__(self, tools: WindowTools, words: str, tip: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        describe(self.box, words, tip)
        self.words: QLabel = label(words, wrap=True)
        self.words.setBuddy(self.box)
        whole = row(self.box, self.words, gap=tools.theme.px(6))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.box)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words were clicked: the label lets them through."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
