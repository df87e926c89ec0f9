"""The details of a photo: its fields, the caption assistant in the Indonesian form, who can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLabel, QLineEdit, QWidget

from studio.story.date_formats import news_date
from studio.story.media_fields import DETAILS
from studio.story.people import has_children
from studio.story.photos import ALT_LENGTH, compose_caption
from studio.ui.media.details_form import DetailsForm
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, restyle, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from studio.story.model import Photo, Story
    from studio.ui.core.desk_context import WindowTools

Part = Literal["seen", "who", "where", "when", "context"]
_LINK_ROOM = 235
"""Design pixels: the width of the panel less its edges."""
PARTS: tuple[Part, ...] = ("seen", "who", "where", "when", "context")


class DetailsPanel(QWidget):
    """Shows what is said about a photo and tells changes.

    Args:
        tools: what every part is given.
    """

    changed = Signal(str, object)
    """Field of the photo, and its new value."""
    marked = Signal(list)
    """Ids of the people who can be seen."""
    replacing = Signal()
    """The caption that was written is about to be replaced by the composed one: a step of its own."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self._photo: Photo | None = None
        self._proposal = self._credit_of = ""
        self._child = False
        self._locked = False
        self._proposed: dict[Part, str] = {}
        self._drafts: dict[str, dict[Part, str]] = {}
        self.form = DetailsForm(tools, "photodesk", DETAILS, self)
        self.form.changed.connect(self.changed)
        self.caption, self.credit = self.form.inputs["caption"], self.form.inputs["credit"]
        self.credit_missing = label(t("photodesk.credit_missing"), "warn", wrap=True)
        self.credit_use = button(theme, "", self._use_credit, look="link")
        self.rights_missing = label(t("photodesk.rights_missing"), "hint", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.helper = self._make_helper()
        self._people = QFormLayout()
        self.people: dict[str, QCheckBox] = {}
        self._named: list[tuple[str, str]] = []
        self._lay_out()

    def _make_helper(self) -> QFrame:
        theme, t = self._tools.theme, self._tools.t
        self.parts: dict[Part, QLineEdit] = {}
        self._form = form = QFormLayout()
        form.setSpacing(theme.px(5))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in PARTS:
            made = QLineEdit()
            made.setPlaceholderText(t(f"photodesk.part_{name}_hint"))
            describe(made, t(f"photodesk.part_{name}"), t(f"photodesk.part_{name}_hint"))
            made.textChanged.connect(self._compose)
            self.parts[name] = made
            form.addRow(t(f"photodesk.part_{name}"), made)
        self.composed = label("", "", wrap=True)
        self.use = button(theme, t("photodesk.use_caption"), self._use, look="primary")
        helper = card(column(form, self.composed, row(1, self.use), gap=theme.px(8), edges=edges(theme, 12, 10)))
        helper.hide()
        return helper

    def _lay_out(self) -> None:
        theme, t = self._tools.theme, self._tools.t
        self.assist = button(theme, t("photodesk.assist"), self._toggle, look="link", icon="list-checks")
        self.assist.setCheckable(True)
        head = row(label(t("photodesk.caption"), "title"), 1, self.assist)
        self._people_title = label(t("photodesk.people"), "muted")
        below = {
            "credit": (self.credit_missing, self.credit_use),
            "alt": (label(t("photodesk.alt_why"), "hint", wrap=True),),
            "rights": (self.rights_missing,),
        }
        rows: list[QWidget | QLayout | int] = [head, self.caption, self.helper]
        for field in DETAILS[1:]:
            rows += [] if field.look == "tick" else [self.form.part(field.name), *below.get(field.name, ())]
        rows += [self._people_title, self._people, self.form.part("people_checked"), self.note]
        self.setLayout(column(*rows, gap=theme.px(6), edges=edges(theme, 16, 12)))

    # -------------------------------------------------------------------------------------------- the assistant

    def _toggle(self) -> None:
        self.helper.setVisible(self.assist.isChecked())
        if self.assist.isChecked():
            self.parts["seen"].setFocus()

    def _compose(self) -> None:
        told = {name: made.text() for name, made in self.parts.items()}
        if self._child:
            told["where"] = ""
        text = compose_caption(**told)
        self.composed.setText(text)
        self.use.setEnabled(bool(text) and not self._locked)

    def _use(self) -> None:
        self.replacing.emit()
        self.form.write_text("caption", self.composed.text())
        self.assist.setChecked(False)
        self._toggle()
        self.caption.setFocus()

    # -------------------------------------------------------------------------------------------- showing

    def show_photo(self, story: Story, photo: Photo, *, credit: str, foreign: bool, locked: bool) -> None:
        """Show what is said about a photo; fields that say the same already are left alone.

        Args:
            story: whose people can be marked.
            photo: the photo.
            credit: what is proposed where there is none; may be empty.
            foreign: the credit names a person outside the group, who must have agreed.
            locked: only for looking.
        """
        another = self._photo is None or self._photo.id != photo.id
        if another and self._photo is not None:
            self._keep_parts(self._photo.id)
        self._photo, self._locked = photo, locked
        self.form.show_item(photo, locked=locked)
        self._show_credit(photo, credit, locked=locked)
        self.rights_missing.setVisible(foreign and not photo.rights.strip() and not locked)
        self._show_people(story, photo, locked=locked)
        self._show_note(story, photo)
        if another:
            self._propose_details(story)
        self._compose()

    def _show_prompts(self) -> None:
        """What is asked for: of a child neither the name nor the place, and the place is left out of the sentence."""
        t, of_child = self._tools.t, "_child" if self._child else ""
        who = self._form.labelForField(self.parts["who"])
        if isinstance(who, QLabel):
            who.setText(t(f"photodesk.part_who{of_child}"))
        hint = t(f"photodesk.part_who{of_child}_hint")
        self.parts["who"].setPlaceholderText(hint)
        describe(self.parts["who"], t(f"photodesk.part_who{of_child}"), hint)
        self._form.setRowVisible(self.parts["where"], not self._child)
        self.form.ask("caption", self.caption, f"caption{of_child}")
        self._compose()

    def _show_credit(self, photo: Photo, proposal: str, *, locked: bool) -> None:
        """Say that the credit is missing, and offer the likely one."""
        missing = not photo.credit.strip() and not locked
        # What was said keeps its room until another photo comes: a form must not move under the pointer at a key.
        self._credit_of = photo.id if missing else self._credit_of
        for made, shown in ((self.credit_missing, missing), (self.credit_use, missing and bool(proposal))):
            policy = made.sizePolicy()
            policy.setRetainSizeWhenHidden(photo.id == self._credit_of and (shown or policy.retainSizeWhenHidden()))
            made.setSizePolicy(policy)
            made.setVisible(shown)
        self._proposal = proposal
        use = self._tools.t("photodesk.credit_use", credit=proposal)
        self.credit_use.setText(self._short(use))
        describe(self.credit_use, use)

    def _short(self, text: str) -> str:
        room = self._tools.theme.px(_LINK_ROOM)
        return self.credit_use.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _use_credit(self) -> None:
        self.credit.setFocus()
        self.form.write_text("credit", self._proposal)

    def _propose_details(self, story: Story) -> None:
        """What the story knows already: the place and the day; or what was typed for this photo before."""
        known: dict[Part, str] = {"where": story.place, "when": news_date(story.date)}
        self._proposed = {name: known.get(name, "") for name in PARTS}
        told = self._drafts.get(self._photo.id if self._photo else "", self._proposed)
        for name, made in self.parts.items():
            made.setText(told[name])

    def _keep_parts(self, photo_id: str) -> None:
        """What was typed into the assistant is there again when the user comes back to the photo."""
        typed: dict[Part, str] = {name: made.text() for name, made in self.parts.items()}
        # What was only proposed will be proposed again.
        if typed != self._proposed:
            self._drafts[photo_id] = typed

    def _show_people(self, story: Story, photo: Photo, *, locked: bool) -> None:
        names = [(person.id, person.name) for person in story.people]
        if names != self._named:
            self._named = names
            # Unlike takeRow, removeRow also deletes the boxes.
            while self._people.rowCount():
                self._people.removeRow(0)
            self.people = {}
            for person in story.people:
                made = QCheckBox(person.name or self._tools.t("photodesk.person_unnamed"))
                describe(made, self._tools.t("photodesk.person", name=made.text()))
                made.toggled.connect(lambda _=False: self._tell_people())
                self._people.addRow(made)
                self.people[person.id] = made
        for person_id, made in self.people.items():
            made.blockSignals(True)
            made.setChecked(person_id in photo.people)
            made.blockSignals(False)
            made.setEnabled(not locked)
        self._people_title.setVisible(bool(self.people))

    def _tell_people(self) -> None:
        self.marked.emit([person for person, made in self.people.items() if made.isChecked()])

    def _show_note(self, story: Story, photo: Photo) -> None:
        """With a child in the picture nobody is asked for its name, school, age or address (PPRA butir 1)."""
        child = has_children(story, photo)
        if child != self._child:
            self._child = child
            self._show_prompts()
        long_alt = len(photo.alt) > ALT_LENGTH
        code = "photodesk.child_note" if child else "photodesk.alt_long" if long_alt else ""
        self.note.setText(self._tools.t(code, count=len(photo.alt), most=ALT_LENGTH) if code else "")
        restyle(self.note, "look", "warn" if child else "muted")
        self.note.setVisible(bool(code))
