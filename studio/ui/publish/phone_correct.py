"""Asks for a correction: what was wrong, how it came to that, when, and whether the group apologizes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from studio.base.errors import UserError
from studio.story import publishing
from studio.story.declarations import add_declaration
from studio.story.edits import StoryEdit
from studio.ui.core.desk_context import group_day, now_stamp
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from studio.story.model import Story
    from studio.story.publication_records import Correction
    from studio.ui.core.desk_context import DeskContext


class CorrectDialog(StyledDialog):
    """The form of one correction; ``edit`` is it, once accepted.

    Args:
        bench: what a desk works with.
        changes: what differs from what readers have read; the first fills the words before and after.
        number: the correction (from 0) whose words are to be changed; None makes a new one.
    """

    def __init__(self, bench: DeskContext, changes: Sequence[publishing.ToldChange], number: int | None = None) -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        self._number = number
        self.edit: StoryEdit | None = None
        first = changes[0] if changes else publishing.ToldChange("", "", "")
        self.what = QPlainTextEdit()
        self.reason = QLineEdit()
        self.before, self.after = QLineEdit(first.before), QLineEdit(first.after)
        self.day = date_edit(bench.tools, group_day(bench))
        self.apology = QCheckBox(bench.t("phone.correct_apology"))
        self.harmed = QCheckBox(bench.t("phone.correct_harmed"))
        self.served = QCheckBox(bench.t("phone.correct_served"))
        room = self.served.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # its row must not push the others together when it appears
        self.served.setSizePolicy(room)
        self.served.hide()
        self.harmed.toggled.connect(self.served.setVisible)
        # After the connection above, which shows the tick that belongs to it.
        self.harmed.setChecked(may_harm(bench.session.story, first))
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        self.save = button(
            bench.tools.theme, bench.t("phone.correct_save"), self.accept, look="primary", icon="file-pen-line"
        )
        self._lay_out()
        if number is not None:
            self._show_one(bench.session.story.corrections[number])

    def _show_one(self, correction: Correction) -> None:
        self.what.setPlainText(correction.what)
        self.reason.setText(correction.reason)
        self.before.setText(correction.before)
        self.after.setText(correction.after)
        self.apology.setChecked(correction.apology)
        self.harmed.setChecked(correction.harmed)
        self.served.setChecked("right_of_reply" in self._bench.session.story.declarations)
        self.day.setDate(QDate.fromString(correction.when[:10], Qt.DateFormat.ISODate))
        self.day.setEnabled(False)

    def begin_at(self, field: str) -> None:
        """Put the focus into a field, by its name in the model."""
        fields: dict[str, QWidget] = {"reason": self.reason, "before": self.before, "after": self.after}
        fields.get(field, self.what).setFocus()

    def _t(self, code: str) -> str:
        return self._bench.t(f"phone.{code}")

    def _field_label(self, code: str, widget: QWidget) -> QWidget:
        describe(widget, self._t(f"correct_{code}"), self._t(f"correct_{code}_tip"))
        return label(self._t(f"correct_{code}"), "strong")

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.setWindowTitle(self._t("correct"))
        self.setMinimumWidth(px(560))
        self.resize(px(560), px(490))  # the hint wraps, which a layout does not count in
        self.what.setFixedHeight(px(84))
        self.what.setTabChangesFocus(True)
        describe(self.apology, self._t("correct_apology"))
        describe(self.harmed, self._t("correct_harmed"), self._t("correct_harmed_tip"))
        describe(self.served, self._t("correct_served"), self._t("correct_served_tip"))
        cancel = button(theme, self._t("correct_cancel"), self.reject)
        self.setLayout(
            column(
                label(self._t("correct_about"), "hint", wrap=True),
                *(self._field_label("what", self.what), self.what),
                *(self._field_label("reason", self.reason), self.reason),
                row(
                    column(self._field_label("before", self.before), self.before, gap=px(4)),
                    column(self._field_label("after", self.after), self.after, gap=px(4)),
                    gap=px(12),
                ),
                row(self._field_label("day", self.day), self.day, 1, self.apology, gap=px(10)),
                *(self.harmed, row(self.served, edges=(px(22), 0, 0, 0))),
                self.trouble,
                row(1, cancel, self.save, gap=px(8)),
                gap=px(8),
                edges=edges(theme, 20, 18),
            )
        )

    def accept(self) -> None:
        """Make the correction, or say what is missing."""
        if self._number is not None:
            words = {"what": self.what.toPlainText().strip(), "reason": self.reason.text().strip()}
            words |= {"before": self.before.text().strip(), "after": self.after.text().strip()}
            ticks = {"apology": self.apology.isChecked(), "harmed": self.harmed.isChecked()}
            self._finish(publishing.reword_correction(self._number, **words, **ticks))
            return
        stamp = now_stamp(self._bench)
        day = self.day.date()
        when = f"{day.year():04}-{day.month():02}-{day.day():02}"
        try:
            made = publishing.correct_story(
                self._bench.session.story,
                self.what.toPlainText(),
                self.reason.text(),
                # Of today the moment is known, of another day the date alone.
                stamp.when if stamp.when.startswith(when) else when,
                by=stamp.by,
                before=self.before.text(),
                after=self.after.text(),
                apology=self.apology.isChecked(),
                harmed=self.harmed.isChecked(),
            )
        except UserError as error:
            self.trouble.setText(self._bench.tools.texts.explain(error))
            self.trouble.show()
            return
        self._finish(made)

    def _finish(self, made: StoryEdit) -> None:
        """One step of undo, also when the user vouches here that the right of reply was served."""
        if self.harmed.isChecked() and self.served.isChecked():
            stamp = now_stamp(self._bench)
            vouched = add_declaration("right_of_reply", stamp.when, stamp.by)
            made = StoryEdit(made.label, partial(_apply_both, made, vouched))
        self.edit = made
        super().accept()


def _apply_both(first: StoryEdit, second: StoryEdit, story: Story) -> Story:
    return second.apply(first.apply(story))


def may_harm(story: Story, change: publishing.ToldChange) -> bool:
    """Whether a mistake may have wronged a person: a claim speaks ill of them, or their name is among the words."""
    words = f"{change.before} {change.after}".casefold()
    # Names of one or two letters would be found inside any other word.
    named = (name for person in story.people for name in (person.name, *person.aliases) if len(name.strip()) > 2)
    return any(claim.harmful and not claim.closed for claim in story.claims) or any(
        name.strip().casefold() in words for name in named
    )


def ask_correction(bench: DeskContext, number: str, field: str) -> None:
    """Ask for other words of a correction, or for one where there is none yet.

    Args:
        bench: what a desk works with.
        number: which, from 0; "" for a new one.
        field: where the cursor is to stand: ``what``, ``reason``, ``before``, ``after``.
    """
    story = bench.session.story
    at = int(number) if number.isdigit() and int(number) < len(story.corrections) else None
    dialog = CorrectDialog(bench, publishing.told_changes(story) if at is None else (), at)
    dialog.begin_at(field)
    if bench.tools.dialogs.show(dialog) and dialog.edit is not None:
        bench.session.edit(dialog.edit)
    dialog.deleteLater()


def ask_link(bench: DeskContext, number: str, field: str) -> None:
    """Ask for another link of a post that is out."""
    lines = bench.session.story.publications
    if field != "link" or not number.isdigit() or int(number) >= len(lines):
        return
    line = lines[int(number)]
    link = bench.tools.dialogs.ask_text(bench.t("phone.link"), bench.t("phone.link_hint"), line.link)
    if link is not None:
        bench.session.edit(publishing.add_publication(line.outlet, line.when, link, line.by))
