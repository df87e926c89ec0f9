"""People and consent on the desk: who is in the story, who is protected, what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.story import people
from studio.story.edits import new_id
from studio.story.model import Person
from studio.ui.check.consent_card import ConsentCard
from studio.ui.check.person_form import PersonForm
from studio.ui.core.focus_order import go_to
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, label, row, scrolled

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext


class PeoplePage(QWidget):
    """The people of the open story.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self.list = QListWidget()
        self.form = PersonForm(bench)
        self.consent = ConsentCard(bench, lambda: self.form.person_id)
        self._stack = QStackedWidget()
        self._lay_out()
        gone = QShortcut(QKeySequence(KEYS["remove"]), self.list)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self.remove)
        bench.session.changed.connect(self._show)
        self._show(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"people.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        locked = self._bench.session.read_only
        new = button(theme, self._t("new"), self.add, look="primary", icon="user-plus")
        self.blank = button(theme, self._t("blank"), self.consent.save_blank, icon="printer")
        describe(self.blank, self._t("blank"), self._t("blank_tip"))
        head = row(label(self._t("intro"), "hint", wrap=True), self.blank, new, gap=px(8))
        head.setStretch(0, 1)
        self.list.setProperty("look", "framed")
        self.list.setAccessibleName(self._t("list"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(px(196))
        self.list.setIconSize(theme.icon_size(16))
        self.list.currentRowChanged.connect(self._on_row)
        away = button(theme, self._t("remove"), self.remove, look="danger", icon="trash-2")
        away.setEnabled(not locked)
        inside = QWidget()
        inside.setLayout(column(self.form, self.consent, row(away, 1), 1, gap=px(12), edges=(0, 0, px(4), px(12))))
        body = row(self.list, scrolled(inside), gap=px(12))
        body.setStretch(1, 1)
        rows = QWidget()
        rows.setLayout(body)
        body.setContentsMargins(0, 0, 0, 0)
        start = self._start = button(theme, self._t("new"), self.add, look="primary", icon="user-plus")
        for each in (new, start):
            each.setEnabled(not locked)
        self._stack.addWidget(rows)
        self._stack.addWidget(empty(theme, "users", self._t("none"), self._t("none_hint"), start))
        whole = column(head, self._stack, gap=px(10), edges=edges(theme, 20, 12))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, story: Story) -> None:
        self._stack.setCurrentIndex(0 if story.people else 1)
        wanted = self.form.person_id if people.find_person(story, self.form.person_id) else ""
        wanted = wanted or (story.people[0].id if story.people else "")
        self.list.blockSignals(True)
        # Rows are changed, not made anew: this may be in the middle of a click on one.
        while self.list.count() > len(story.people):
            self.list.takeItem(self.list.count() - 1)
        for number, person in enumerate(story.people):
            if number >= self.list.count():
                self.list.addItem(QListWidgetItem())
            self._show_row(self.list.item(number), person)
            if person.id == wanted:
                self.list.setCurrentRow(number)
        self.list.blockSignals(False)
        self._show_person(story, wanted)

    def _show_row(self, item: QListWidgetItem, person: Person) -> None:
        theme = self._bench.tools.theme
        name = " ".join(person.name.split()) or self._t("unnamed")
        hidden = people.is_shielded(person)
        marks = [self._t(f"role.{person.role}")]
        marks += [self._t("age.child")] if person.age_group == "child" else []
        marks += [self._t("protected_mark")] if hidden else []
        item.setText(f"{name}\n{' · '.join(marks)}")
        item.setData(Qt.ItemDataRole.UserRole, person.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {', '.join(marks)}")
        item.setIcon(theme.icon("shield" if hidden else "user", "bad" if hidden else "muted", 16))

    def _on_row(self, number: int) -> None:
        item = self.list.item(number)
        if item is not None:
            self._show_person(self._bench.session.story, item.data(Qt.ItemDataRole.UserRole))

    def _show_person(self, story: Story, person_id: str) -> None:
        self.form.show_person(story, person_id)
        self.consent.show_person(story, people.find_person(story, person_id))

    def reveal(self, place: TextPlace) -> None:
        """Show a person and put the focus on the part that is meant."""
        parts = place.field.split("/")
        for number in range(self.list.count()):
            if len(parts) > 1 and self.list.item(number).data(Qt.ItemDataRole.UserRole) == parts[1]:
                self.list.setCurrentRow(number)
        name = parts[2] if len(parts) > 2 else "name"
        if name == "consent":
            go_to(self.consent.first)
        elif len(parts) > 1:
            go_to(self.form.field_of(name))
        else:
            go_to(self.list if self._stack.currentIndex() == 0 else self._start)

    # ------------------------------------------------------------------------------------------- doing

    def add(self) -> None:
        """Begin a new entry; the name can be typed at once."""
        person = Person(id=new_id(), name="")
        self._bench.session.edit(people.add_person(person))
        if people.find_person(self._bench.session.story, person.id) is not None:
            self.list.setCurrentRow(self.list.count() - 1)
            self.form.entries["name"].field.setFocus()

    def remove(self) -> None:
        """Take the chosen person off the list; undo brings them back."""
        person = people.find_person(self._bench.session.story, self.form.person_id)
        if person is not None and not self._bench.session.read_only:
            self._bench.session.edit(people.remove_person(person.id))
            self._bench.toast(self._t("removed", name=person.name or self._t("unnamed")))
