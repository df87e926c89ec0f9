"""The fact box on the writing desk: day, hours and place of a notice or an event, as chips that open to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from studio.story.edits import StoryEdit, set_field
from studio.story.hour_reading import shown_hours, typed_hours
from studio.story.model import ANNOUNCED
from studio.story.occasion import set_days
from studio.ui.widgets.basic_parts import column, describe, edges, label
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.squeezed_button import SqueezedButton
from studio.ui.write.date_button import DateField, place_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.story.model import Group, Story
    from studio.ui.core.window_theme import WindowTheme


class TextChip(SqueezedButton):
    """Says a value; Enter, Space or a click opens a line to type another. What is typed counts at once.

    Args:
        texts: for what it says.
        theme: for how it looks.
        name: ``hours`` or ``place``: names its texts, ``write.fact.<name>``.
    """

    typed = Signal(str)

    def __init__(self, texts: MessageTexts, theme: WindowTheme, name: str, look: str = "chip") -> None:
        super().__init__()
        self._texts, self._theme, self._name = texts, theme, name
        self._shown = ""
        self._popup: QFrame | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(texts.text(f"write.fact.{name}.type"))
        describe(self.line, texts.text(f"write.fact.{name}"), texts.text(f"write.fact.{name}.type"))
        self.line.textEdited.connect(self.typed)
        self.setProperty("look", look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _=False: self.open())
        self.show_value("")

    def show_value(self, shown: str) -> bool:
        """Show a value; whether it was another one."""
        changed = shown != self._shown
        self._shown = shown
        title = self._texts.text(f"write.fact.{self._name}")
        # A single ``&`` would be taken for the mark of a key, and vanish.
        self.setText(shown.replace("&", "&&") or self._texts.text(f"write.fact.{self._name}.none"))
        self.setProperty("empty", not shown)
        describe(self, f"{title}: {shown}" if shown else title)
        self.style().unpolish(self)
        self.style().polish(self)
        return changed

    def open(self) -> None:
        """Open the line, with what there is selected."""
        if self._popup is None:
            self._popup = QFrame(self, Qt.WindowType.Popup)
            self._popup.setObjectName("datePopup")
            self.line.setMinimumWidth(self._theme.px(260))
            self._popup.setLayout(column(self.line, gap=0, edges=edges(self._theme, 10, 10)))
            self.line.returnPressed.connect(self._popup.hide)
        self.line.setText(self._shown)
        self.line.selectAll()
        self._popup.move(place_at(self, self._popup, self._theme.px(4)))
        self._popup.show()
        self.line.setFocus()

    @property
    def opened(self) -> bool:
        """Whether the line is open."""
        return self._popup is not None and self._popup.isVisible()


class HoursField(TextChip):
    """The hours of a notice or an event; ``changed`` gives the edit."""

    changed = Signal(object)

    def __init__(self, texts: MessageTexts, theme: WindowTheme, group: Callable[[], Group], look: str = "chip") -> None:
        super().__init__(texts, theme, "hours", look)
        self._group = group
        self.typed.connect(self._save_hours)

    def show_hours(self, hours: str) -> bool:
        """Show hours as a story keeps them; whether they were others."""
        return self.show_value(shown_hours(hours, self._group().time_zone))

    def _save_hours(self, text: str) -> None:
        self.changed.emit(set_field("hours", typed_hours(text, self._group().time_zone)))


def days_edit(picked: str) -> StoryEdit:
    """The edit for what a ``DateField`` picked: a day, or the first and last of several."""
    first, _, last = picked.partition("/")
    return set_days(first, last)


class FactBox(QWidget):
    """Day, hours and place as chips, under a title. It shows a story and tells edits."""

    edit_made = Signal(object)

    def __init__(
        self, texts: MessageTexts, theme: WindowTheme, group: Callable[[], Group], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "clear")
        self.date = DateField(texts, theme, look="chip", none=texts.text("write.fact.date.none"))
        self.hours = HoursField(texts, theme, group)
        self.place = TextChip(texts, theme, "place")
        for chip, icon in zip(self.chips(), ("calendar", "clock", "map-pin"), strict=True):
            chip.setIcon(theme.icon(icon, "muted"))
            chip.setIconSize(theme.icon_size() * 0.8)
        self.date.picked.connect(lambda picked: self.edit_made.emit(days_edit(picked)))
        self.hours.changed.connect(self.edit_made)
        self.place.typed.connect(lambda text: self.edit_made.emit(set_field("place", " ".join(text.split()))))
        flow = FlowLayout(theme.px(6), theme.px(6))
        for chip in self.chips():
            flow.addWidget(chip)
        chips = QWidget()
        chips.setProperty("look", "clear")
        chips.setLayout(flow)
        title = label(texts.text("write.facts"), "strong")
        hint = label(texts.text("write.facts.hint"), "muted", wrap=True)
        self.setLayout(column(title, chips, hint, gap=theme.px(4)))

    def chips(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        """The chips in the order of the Tab key."""
        return (self.date, self.hours, self.place)

    def show_story(self, story: Story) -> None:
        """Show a story's facts; hidden for one that has no fact box."""
        self.setVisible(story.kind in ANNOUNCED)
        self.date.show_days(story.date, story.date_end)
        self.hours.show_hours(story.hours)
        self.place.show_value(story.place)
