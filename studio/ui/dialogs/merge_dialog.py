"""The page of true conflicts: what both sides changed, in two columns, and which of them is to hold.

Everything else has been merged by then. Nothing is written before "Gabungkan"; whoever leaves finds their choices again
when they open the package another time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QTextBrowser

from studio.services.merge_words import conflict_name, value_words
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, restyle, row
from studio.ui.widgets.styled_dialog import StyledDialog
from studio.ui.widgets.word_view import view_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from studio.story.model import Story
    from studio.story.three_way_merge import MergeConflict, Path, Side
    from studio.ui.core.desk_context import WindowTools

Outcome = Literal["later", "merge", "copy"]
_KEYS: Mapping[Qt.Key, Side] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_B: "both",
    Qt.Key.Key_1: "left",
    Qt.Key.Key_2: "right",
    Qt.Key.Key_3: "both",
}
"""In the list: the arrow on whose side the words stand, or a number."""
_LIST_MOST = 340
"""Pixels of the list, however large letters are."""
_SHOWN_KEYS: Mapping[Side, str] = {"left": "Left", "right": "Right", "both": "B"}
_MARKS: Mapping[Side, str] = {"left": "◀", "right": "▶", "both": "◀▶"}


class _ConflictList(QListWidget):
    """The conflicts. Its keys decide; in the columns beside it arrows scroll and letters are only letters."""

    decided = Signal(str)
    """A side was chosen by key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, or what lists do."""
        side = _KEYS.get(Qt.Key(event.key()))
        if side is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.decided.emit(side)
        else:
            super().keyPressEvent(event)


class MergeDialog(StyledDialog):
    """Shows conflicts; afterwards ``outcome`` and ``choices`` tell what the user wants.

    Args:
        tools: what every part is given.
        conflicts: where the user has to choose.
        story: the merged story, for the names of photos and people.
        group: who sent the package.
        choices: what was chosen the last time.
        known: the last version both had is known.
    """

    def __init__(
        self,
        tools: WindowTools,
        conflicts: Sequence[MergeConflict],
        story: Story,
        group: str,
        choices: Mapping[Path, Side],
        *,
        known: bool,
    ) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._conflicts = tuple(conflicts)
        self._story = story
        paths = {conflict.path for conflict in conflicts}
        # The story may have changed since: what is no longer in conflict needs no choice.
        self.choices: dict[Path, Side] = {path: side for path, side in choices.items() if path in paths}
        self.outcome: Outcome = "later"
        self.sides: dict[Side, QPushButton] = {}
        self.columns: dict[str, QTextBrowser] = {}
        self.setWindowTitle(tools.t("merge.title", group=group))
        self.list = self._make_list()
        self._lay_out(group, known=known)
        self._show_choices()
        self.list.setCurrentRow(self._next_open(-1))
        self.list.setFocus()

    # ------------------------------------------------------------------------------------------- layout

    def _make_list(self) -> _ConflictList:
        made = _ConflictList()
        made.setProperty("look", "framed")
        # Large letters leave the columns their room: words of the list wrap.
        made.setFixedWidth(min(self._tools.theme.px(250), _LIST_MOST))
        made.setWordWrap(True)
        made.setMinimumHeight(self._tools.theme.px(80))
        describe(made, self._tools.t("merge.list"), self._tools.t("merge.keys"))
        for _ in self._conflicts:
            made.addItem(QListWidgetItem())
        made.currentRowChanged.connect(self._show)
        made.decided.connect(self.choose)
        return made

    def _lay_out(self, group: str, *, known: bool) -> None:
        theme, t = self._tools.theme, self._tools.t
        px = theme.px
        hint = label(t("merge.hint" if known else "merge.hint_no_base", group=group), "hint", wrap=True)
        both = self._side_button("both")
        columns = row(self._column("left", t("merge.here")), self._column("right", t("merge.there")), gap=px(12))
        for at in (0, 1):
            columns.setStretch(at, 1)
        self.careful = label("", "warn", wrap=True)
        below = row(self.careful, both, gap=px(8))
        below.setStretch(0, 1)
        right = column(columns, below, gap=px(8))
        right.setStretch(0, 1)
        middle = row(self.list, right, gap=px(12))
        middle.setStretch(1, 1)
        all_left = button(theme, t("merge.all_left"), lambda: self._choose_rest("left"), look="link")
        all_right = button(theme, t("merge.all_right"), lambda: self._choose_rest("right"), look="link")
        self.told = label("", "muted")
        self.merge = button(theme, t("merge.do"), lambda: self._end("merge"), look="primary", icon="git-merge")
        self.copy = button(theme, t("merge.copy"), lambda: self._end("copy"), icon="copy-plus")
        later = button(theme, t("merge.later"), self.reject)
        rest = row(self.told, all_left, all_right, 1, gap=px(8))
        foot = row(1, later, self.copy, self.merge, gap=px(8))
        head = label(t("merge.title", group=group), "page", wrap=True)
        keys = label(t("merge.keys"), "muted", wrap=True)
        whole = column(head, hint, keys, middle, rest, foot, gap=px(10), edges=edges(theme, 20, 18))
        whole.setStretch(3, 1)
        keys.setVisible(px(620) < self.screen().availableSize().height())  # else its room is for the columns
        self.setLayout(whole)
        resize_to_screen(self, px(1060), px(620))

    def _column(self, side: Side, title: str) -> QFrame:
        view = QTextBrowser()
        view.setTabChangesFocus(True)
        view.setMinimumHeight(self._tools.theme.px(40))
        describe(view, title)
        self.columns[side] = view
        theme = self._tools.theme
        head = label(title, "title")
        inside = column(head, view, self._side_button(side), gap=theme.px(8), edges=edges(theme, 12, 10))
        inside.setStretch(1, 1)
        return card(inside)

    def _side_button(self, side: Side) -> QPushButton:
        made = button(
            self._tools.theme,
            f"{_MARKS[side]}  {self._tools.t(f'merge.take_{side}')}",
            lambda: self.choose(side),
            key=_SHOWN_KEYS[side],
        )
        made.setAccessibleName(self._tools.t(f"merge.take_{side}"))
        made.setCheckable(True)
        self.sides[side] = made
        return made

    # ------------------------------------------------------------------------------------------- choosing

    def choose(self, side: Side) -> None:
        """Decide the conflict that is shown, and go on to the next that is open."""
        at = self.list.currentRow()
        if not 0 <= at < len(self._conflicts):
            return
        conflict = self._conflicts[at]
        if side != "both" or conflict.joins:
            self.choices[conflict.path] = side
            self._show_choices()
            following = self._next_open(at)
            self.list.setCurrentRow(following if following >= 0 else at)
        self._show(self.list.currentRow())

    def _choose_rest(self, side: Side) -> None:
        """The same for all that are still open; what protects a person is decided one by one."""
        for conflict in self._conflicts:
            if conflict.path not in self.choices and not conflict.careful:
                self.choices[conflict.path] = side
        self._show_choices()
        following = self._next_open(-1)
        self.list.setCurrentRow(following if following >= 0 else self.list.currentRow())
        self._show(self.list.currentRow())

    def _next_open(self, at: int) -> int:
        """The first conflict after ``at`` that nobody decided about, round the end; -1 for none."""
        count = len(self._conflicts)
        places = ((at + step) % count for step in range(1, count + 1))
        return next(
            (place for place in places if self._conflicts[place].path not in self.choices), -1 if at >= 0 else 0
        )

    def _end(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.accept()

    # ------------------------------------------------------------------------------------------- showing

    def _show_choices(self) -> None:
        for number, conflict in enumerate(self._conflicts):
            side = self.choices.get(conflict.path)
            mark = _MARKS[side] if side else "○"
            name = conflict_name(conflict, self._story, self._tools.texts)
            state = self._tools.t(f"merge.chosen_{side}" if side else "merge.open")
            item = self.list.item(number)
            item.setText(f"{mark}  {name}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {state}")
            item.setToolTip(state)
        done = len(self.choices)
        self.told.setText(self._tools.t("merge.told", done=done, all=len(self._conflicts)))
        self.merge.setEnabled(done == len(self._conflicts))

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self._conflicts):
            return
        conflict = self._conflicts[at]
        texts, theme, name = self._tools.texts, self._tools.theme, conflict.path[-1]
        left, right = (value_words(value, texts, name, self._story) for value in (conflict.left, conflict.right))
        # Said like the sides: a code of the file beside words of the window would be no comparison.
        known = isinstance(conflict.base, str)
        before = value_words(conflict.base, texts, name, self._story) if conflict.base else ""
        for side, text, other in (("left", left, right), ("right", right, left)):
            # Only words are compared word by word.
            if isinstance(conflict.left, str) and isinstance(conflict.right, str):
                self.columns[side].setHtml(view_html(before if known else other, text, theme, complete=True))
            else:
                self.columns[side].setPlainText(text)
        chosen = self.choices.get(conflict.path)
        for side, made in self.sides.items():
            made.setChecked(side == chosen)
            made.setText(f"{'✓' if side == chosen else _MARKS[side]}  {self._tools.t(f'merge.take_{side}')}")
            restyle(made, "look", "primary" if side == chosen else "")
        self.sides["both"].setEnabled(conflict.joins)
        self.sides["both"].setToolTip(self._tools.t("merge.take_both" if conflict.joins else "merge.not_both"))
        self.careful.setText(self._tools.t("merge.careful") if conflict.careful else "")
