"""What stands above the text: kicker, headline, summary, and the line with place, date, names, category and tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from studio.story.edits import StoryEdit, set_field
from studio.story.model import ANNOUNCED, Group
from studio.story.typed_names import names_of
from studio.ui.widgets.basic_parts import column, describe, picture, row
from studio.ui.widgets.calm_inputs import completer
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.date_button import DateField
from studio.ui.write.fact_chips import HoursField, days_edit
from studio.ui.write.page_fields import LineField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme

LineName = Literal["kicker", "place", "byline", "category", "tags"]
_ICONS = {"place": "map-pin", "byline": "user-round", "category": "folder", "tags": "hash"}


def tags_of(typed: str) -> tuple[str, ...]:
    """Tags typed with commas, or as hashtags: ``irigasi, gotong royong`` or ``#irigasi #GotongRoyong``; no doubles."""
    tags = [" ".join(part.split()) for part in re.split("[,;#]", typed)]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class StoryHeader(QWidget):
    """The fields. It shows a story and tells edits; it does not know the session."""

    edit_made = Signal(object)
    """An ``StoryEdit`` by hand."""
    undo_asked = Signal()
    redo_asked = Signal()
    left_downwards = Signal()
    """The way down leads into the text."""
    entered = Signal(object)
    """A field got the focus: a widget."""

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
        self.setProperty("look", "clear")
        self.headline = self._text_field("headline")
        self.summary = self._text_field("summary")
        self.lines: dict[LineName, LineField] = {}
        for name in ("kicker", "place", "byline", "category", "tags"):
            self.lines[name] = self._line_field(name)
        self.lines["kicker"].setObjectName("kicker")
        self.date = DateField(texts, theme)
        self.date.picked.connect(lambda picked: self.edit_made.emit(days_edit(picked)))
        self.hours = HoursField(texts, theme, group, "inline")
        self.hours.changed.connect(self.edit_made)
        self._complete_category()
        self._lay_out()
        self._connect_ways()

    def _text_field(self, name: Literal["headline", "summary"]) -> TextField:
        field = TextField()
        field.setObjectName("storyHeadline" if name == "headline" else "storySummary")
        field.setPlaceholderText(self._texts.text(f"write.{name}.hint"))
        describe(field, self._texts.text(f"write.{name}"), self._texts.text(f"write.{name}.tip"))
        field.edited.connect(lambda text: self.edit_made.emit(set_field(name, " ".join(text.split()))))
        field.undo_asked.connect(self.undo_asked)
        field.redo_asked.connect(self.redo_asked)
        field.entered.connect(lambda: self.entered.emit(field))
        return field

    def _line_field(self, name: LineName) -> LineField:
        field = LineField(self._theme.px(60))
        field.setPlaceholderText(self._texts.text(f"write.{name}.hint"))
        describe(field, self._texts.text(f"write.{name}"), self._texts.text(f"write.{name}.tip"))
        # Not textChanged, which also tells of what ``show_story`` sets.
        field.textEdited.connect(lambda typed: self.edit_made.emit(line_edit(name, typed)))
        field.undo_asked.connect(self.undo_asked)
        field.redo_asked.connect(self.redo_asked)
        return field

    def _complete_category(self) -> None:
        names = [name.strip() for name in self._texts.text("write.category.list").split(",")]
        proposals = completer(QStringListModel(names, self), self)
        proposals.setFilterMode(Qt.MatchFlag.MatchContains)
        self.lines["category"].setCompleter(proposals)
        # A proposal is not typed: textEdited does not tell of it.
        proposals.activated.connect(lambda text: self.edit_made.emit(line_edit("category", str(text))))

    def _lay_out(self) -> None:
        px = self._theme.px
        flow = FlowLayout(px(16), px(4))
        flow.addWidget(self._with_icon("map-pin", self.lines["place"]))
        flow.addWidget(self._with_icon("calendar", self.date))
        self._hours = self._with_icon("clock", self.hours)
        flow.addWidget(self._hours)
        for name in ("byline", "category", "tags"):
            flow.addWidget(self._with_icon(_ICONS[name], self.lines[name]))
        self._meta = meta = QWidget()
        meta.setProperty("look", "clear")
        meta.setLayout(flow)
        self._body = column(
            self.lines["kicker"], self.headline, self.summary, -px(3), meta, gap=px(6), edges=(0, px(20), 0, px(16))
        )
        self.setLayout(self._body)

    def _with_icon(self, icon: str, field: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("look", "clear")
        mark: QLabel = picture(self._theme, icon, "muted", 14)
        frame.setLayout(row(mark, field, gap=self._theme.px(4)))
        return frame

    def _connect_ways(self) -> None:
        """Enter and the arrow keys go from field to field, and from the last into the text."""
        self.lines["kicker"].left_downwards.connect(self.headline.setFocus)
        self.headline.left_downwards.connect(self._below_headline)
        self.headline.left_upwards.connect(self.lines["kicker"].setFocus)
        self.summary.left_downwards.connect(self.left_downwards)
        self.summary.left_upwards.connect(self.headline.setFocus)
        for name in ("place", "byline", "category", "tags"):
            self.lines[name].left_downwards.connect(self.left_downwards)

    def _below_headline(self) -> None:
        """On to the summary, where it is shown."""
        if self.summary.isVisible():
            self.summary.setFocus()
        else:
            self.left_downwards.emit()

    def set_quiet(self, on: bool) -> None:
        """Show the headline alone, or all fields again."""
        for each in (self.lines["kicker"], self.summary, self._meta):
            each.setVisible(not on)

    def add_below(self, widget: QWidget) -> None:
        """Put something between the fields and the text."""
        self._body.addWidget(widget)

    def first_fields(self) -> list[QWidget]:
        """What is written before the text."""
        return [self.lines["kicker"], self.headline, self.summary]

    def last_fields(self) -> list[QWidget]:
        """What is filled in once it is written."""
        return [
            self.lines["place"],
            self.date,
            self.hours,
            *(self.lines[name] for name in ("byline", "category", "tags")),
        ]

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        for text in (self.headline, self.summary):
            text.setReadOnly(on)
        for line in self.lines.values():
            line.setReadOnly(on)
        self.date.setEnabled(not on)
        self.hours.setEnabled(not on)

    def show_story(self, story: Story) -> list[QWidget]:
        """Show a story; returns the fields that said something else."""
        changed: list[QWidget] = []
        texts = ((self.headline, story.headline), (self.summary, story.summary))
        changed += [field for field, text in texts if field.show_text(text)]
        for name, field in self.lines.items():
            # By what it means: a comma or blank that was just typed must not vanish.
            if line_value(name, field.text()) != getattr(story, name) and field.show_text(line_text(name, story)):
                changed.append(field)
        if self.date.show_days(story.date, story.date_end):
            changed.append(self.date)
        self._hours.setVisible(story.kind in ANNOUNCED or bool(story.hours))
        if self.hours.show_hours(story.hours):
            changed.append(self.hours)
        return changed


def line_value(name: LineName, typed: str) -> str | tuple[str, ...]:
    """What a field's text means to the story."""
    if name == "byline":
        return names_of(typed)
    return tags_of(typed) if name == "tags" else " ".join(typed.split())


def line_text(name: LineName, story: Story) -> str:
    """What a field says for a story."""
    value: str | tuple[str, ...] = getattr(story, name)
    return value if isinstance(value, str) else ", ".join(value)


def line_edit(name: LineName, typed: str) -> StoryEdit:
    """The edit for a field's text."""
    return set_field(name, line_value(name, typed))
