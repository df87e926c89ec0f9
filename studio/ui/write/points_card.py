"""The key points of a story as ticks, on the side panel of the writing desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from studio.story.body import parse_markdown
from studio.story.edits import set_points
from studio.story.key_points import point_choices, taken_points
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, row
from studio.ui.widgets.wrapped_label import WrappedLabel
from studio.ui.write.edit_card import EditCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.base.i18n import MessageTexts
    from studio.story.key_points import PointChoice
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme

POINTS_AFTER_MS = 400
"""Sentences are weighed in a pause of typing."""


class PointsCard(EditCard):
    """Shows the sentences that short posts have as bullets, and lets one choose others; hidden where there are none.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme)
        self._story: Story | None = None
        self._locked = False
        self._choices: tuple[PointChoice, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._in_sight: set[str] = set()
        self.boxes: dict[str, QCheckBox] = {}
        self._told = label("", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(7))
        self.more = button(theme, "", self._fold, look="link")
        self.more.setCheckable(True)
        self.proposed = button(theme, texts.text("write.points.proposed"), self._propose_points, look="link")
        title = label(texts.text("write.points"), "title")
        parts = (title, self._told, self._lines, row(self.more, 1), row(self.proposed, 1))
        self.setLayout(column(*parts, gap=theme.px(7), edges=edges(theme, 16, 14)))
        self.hide()
        self._wait = QTimer(self, singleShot=True, interval=POINTS_AFTER_MS)
        self._wait.timeout.connect(self._rest)
        self._outdated = False

    def show_story(self, story: Story) -> list[QWidget]:
        """Show the points of a story; the boxes that were ticked otherwise."""
        before, self._story = self._story, story
        if before is not None and before.id == story.id and before.points != story.points:
            return self.refresh()
        if before is None or (before.body, before.headline) != (story.body, story.headline):
            self._wait.start()
        return []

    def _rest(self) -> None:
        """Sentences are not weighed behind another desk; the panel tells when it is seen again."""
        panel = self.parentWidget()
        self._outdated = panel is not None and not panel.isVisible()
        if not self._outdated:
            self.refresh()

    def catch_up(self) -> None:
        """The panel is seen: show what was not looked at."""
        if self._outdated:
            self.refresh()

    def refresh(self) -> list[QWidget]:
        """Show them now; the boxes that were ticked otherwise."""
        self._wait.stop()
        self._outdated = False
        story = self._story
        if story is None:
            return []
        self._choices = point_choices(parse_markdown(story.body), story.headline)
        chosen = set(taken_points(self._choices, story.points))
        # What was unticked stays in sight until the card is folded again: else it would vanish under the pointer.
        shown = [
            choice
            for choice in self._choices
            if self.more.isChecked() or choice.text in chosen or choice.mark in self._in_sight
        ]
        self._in_sight = {choice.mark for choice in shown}
        self._show_lines(shown)
        changed: list[QWidget] = []
        for choice in shown:
            box = self.boxes[choice.mark]
            if box.isChecked() != (choice.text in chosen):
                box.setChecked(choice.text in chosen)
                changed.append(box)
            box.setEnabled(not self._locked)
        self._tell_count(len(chosen), len(shown))
        return changed

    def _show_lines(self, shown: list[PointChoice]) -> None:
        """A line for each sentence; lines that are there already stay, and so does the focus."""
        marks = tuple(choice.mark for choice in shown)
        if marks == self._shown:
            return
        focused = next((mark for mark, box in self.boxes.items() if box.hasFocus()), None)
        clear(self._lines)
        self._shown, self.boxes = marks, {}
        for choice in shown:
            box = QCheckBox()
            describe(box, choice.text, self._texts.text("write.points.tip"))
            box.clicked.connect(self._tick)
            words = WrappedLabel(choice.text, box)
            line = row(box, words, gap=self._theme.px(6))
            line.setStretch(1, 1)
            line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
            self.boxes[choice.mark] = box
            self._lines.addLayout(line)
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def _tell_count(self, chosen: int, shown: int) -> None:
        own = self._story is not None and self._story.points is not None
        code = "told" if not own else "told_own" if chosen else "told_none"
        self._told.setText(self._texts.text(f"write.points.{code}"))
        every = len(self._choices)
        text = self._texts.text("write.points.fewer") if self.more.isChecked() else ""
        self.more.setText(text or self._texts.text("write.points.more", n=every))
        self.more.setVisible(shown < every or self.more.isChecked())
        self.proposed.setVisible(own and not self._locked)
        self.setVisible(every > 0)

    def _fold(self) -> None:
        self._in_sight = set()
        self.refresh()

    def _tick(self) -> None:
        """Keep what is ticked now; where nobody chose before, the proposed sentences go along."""
        ticked = {mark for mark, box in self.boxes.items() if box.isChecked()}
        self.emit_edit(set_points(choice.mark for choice in self._choices if choice.mark in ticked))

    def _propose_points(self) -> None:
        self.emit_edit(set_points(None))

    def set_read_only(self, on: bool) -> None:
        """Let nobody tick."""
        self._locked = on
        if self._shown or not self._wait.isActive():  # a story that was just opened is shown in a moment
            self.refresh()
