"""Labelled fields that show a record of the story and tell what is typed; without an undo of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from studio.group import typed_values
from studio.story.date_formats import parse_date
from studio.ui.widgets.basic_parts import column, describe, label, restyle
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.write.page_fields import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ui.core.desk_context import WindowTools


class LabelledEntry(QWidget):
    """A label with a field that grows with its text.

    Args:
        tools: what every part is given.
        name: the label, and the accessible name.
        hint: shown while the field is empty.
        tall: it may hold several lines.
        headless: no label above (it stands elsewhere).
    """

    edited = Signal(str)

    def __init__(
        self,
        tools: WindowTools,
        name: str,
        hint: str = "",
        *,
        tall: bool = False,
        headless: bool = False,
        tip: str = "",
    ) -> None:
        super().__init__()
        px = tools.theme.px
        self.setProperty("look", "clear")
        self.field = TextField(one_line=not tall, look="field", least=px(56) if tall else 0)
        self.field.setPlaceholderText(hint)
        describe(self.field, name, tip or hint or name)
        self.field.edited.connect(self.edited)
        head = label(name, "strong")
        head.setBuddy(self.field)
        if headless:  # showing it here would open a window of its own: it has no parent yet
            head.hide()
        self._unread = self._doubt = ""
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        self.setLayout(column(head, self.field, self.trouble, gap=px(3)))

    def show_value(self, text: str, *, locked: bool = False) -> None:
        """Show a value; what is being typed and says the same is left alone."""
        self.field.setReadOnly(locked)
        self.field.show_text(text)

    def text(self) -> str:
        """What stands there."""
        return self.field.text()

    def tell_unread(self, text: str) -> None:
        """Say why what stands there is not taken; "" when it is."""
        self._unread = text
        self._show_trouble()

    def tell_doubt(self, text: str) -> None:
        """Say why what stands there cannot be right, though it is kept; "" when nothing speaks against it."""
        self._doubt = text
        self._show_trouble()

    def _show_trouble(self) -> None:
        text = self._unread or self._doubt
        restyle(self.field, "wrong", value=bool(text))
        self.field.setAccessibleDescription(text)
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


class DateEntry(LabelledEntry):
    """A day as people write it here, ``20/11/2026``; kept and set as ISO 8601."""

    day_edited = Signal(str)

    def __init__(self, tools: WindowTools, name: str, hint: str) -> None:
        super().__init__(tools, name, hint)
        self._no_day = tools.t("field.no_day")
        self.edited.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        day = read_day(text)
        self.tell_unread(self._no_day if text.strip() and not day else "")
        # A day that is half typed changes nothing in the record.
        if day or not text.strip():
            self.day_edited.emit(day)

    def show_value(self, text: str, *, locked: bool = False) -> None:
        """Show an ISO date, unless the field says the same already."""
        if read_day(self.text()) != text or not self.text():
            day = parse_date(text)
            self.tell_unread("")
            super().show_value(f"{day.day}/{day.month}/{day.year}" if day else text, locked=locked)
        self.field.setReadOnly(locked)


def read_day(text: str) -> str:
    """``20/11/2026`` or ``20.11.26`` as ISO 8601; an ISO date as it stands; "" for anything else."""
    day = typed_values.read_day(text)
    return "" if day is None else day.isoformat()


class LabelledChoice(QWidget):
    """A label with a list to choose from.

    Args:
        tools: what every part is given.
        name: the label.
        options: key and text of each entry.
    """

    chosen = Signal(str)

    def __init__(self, tools: WindowTools, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.box = combo_box()
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumContentsLength(8)
        # As wide as its longest entry, it would push the form apart.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        describe(self.box, name)
        head = label(name, "strong")
        head.setBuddy(self.box)
        self.setLayout(column(head, self.box, gap=tools.theme.px(3)))
        self.set_options(options)
        # Only what the user chooses: currentIndexChanged also comes when a record is shown.
        self.box.activated.connect(lambda at: self.chosen.emit(str(self.box.itemData(at))))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the entries, when they differ."""
        now = [(str(self.box.itemData(at)), self.box.itemText(at)) for at in range(self.box.count())]
        if now == list(options):
            return
        self.box.clear()
        for key, text in options:
            self.box.addItem(text, key)

    def show_value(self, key: str, *, locked: bool = False) -> None:
        """Show the chosen entry."""
        self.box.setCurrentIndex(max(0, self.box.findData(key)))
        self.box.setEnabled(not locked)


def make_tick(name: str, tip: str) -> QCheckBox:
    """A box to tick."""
    made = QCheckBox(name)
    describe(made, name, tip)
    return made


def pair(tools: WindowTools, *parts: QWidget) -> QVBoxLayout:
    """Fields beside each other where there is room (normal text), else one under the other."""
    from studio.ui.widgets.basic_parts import row

    wide = tools.theme.scale <= 1.3
    if not wide:
        return column(*parts, gap=tools.theme.px(10))
    line = row(*parts, gap=tools.theme.px(12))
    for number in range(len(parts)):
        line.setStretch(number, 1)
        line.setAlignment(parts[number], Qt.AlignmentFlag.AlignTop)
    return column(line, gap=0)
