"""The right of reply on the page to the phone: what was answered, and the form in which an answer is recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from studio.base.errors import UserError
from studio.story import replies
from studio.story.date_formats import parse_date, short_date
from studio.story.text import cut_line
from studio.ui.core.desk_context import group_day, now_stamp
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, picture, row
from studio.ui.widgets.calm_inputs import date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame, QWidget

    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.story.newsroom_records import RightOfReply
    from studio.ui.core.desk_context import DeskContext

_SHOWN = 90
"""Characters of a reply in the list."""


class ReplyDialog(StyledDialog):
    """The form of one reply; ``edit`` is it, once accepted.

    Args:
        bench: what a desk works with.
        number: the reply (from 0) that is to be changed; None makes a new one.
    """

    def __init__(self, bench: DeskContext, number: int | None = None) -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        self._number = number
        self.edit: StoryEdit | None = None
        self.text = QPlainTextEdit()
        self.by, self.role = QLineEdit(), QLineEdit()
        self.day = date_edit(bench.tools, group_day(bench))
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        theme = bench.tools.theme
        self.save = button(theme, self._t("save"), self.accept, look="primary", icon="message-square-quote")
        self.remove = button(theme, self._t("remove"), self._remove, look="danger", icon="trash-2")
        self.remove.setVisible(number is not None)
        self._lay_out()
        if number is not None:
            self._show_reply(bench.session.story.right_of_reply[number])

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"reply.{code}", **facts)

    def _show_reply(self, reply: RightOfReply) -> None:
        self.text.setPlainText(reply.text)
        self.by.setText(reply.by)
        self.role.setText(reply.role)
        if day := parse_date(reply.when):
            self.day.setDate(QDate(day.year, day.month, day.day))

    def _field(self, code: str, widget: QWidget) -> QWidget:
        describe(widget, self._t(code), self._t(f"{code}_tip"))
        return label(self._t(code), "strong")

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.setWindowTitle(self._t("title"))
        self.setMinimumWidth(px(560))
        self.text.setMinimumHeight(px(110))
        self.resize(px(560), px(450))  # the hint wraps, which a layout does not count in
        self.text.setTabChangesFocus(True)
        self.setLayout(
            column(
                label(self._t("title"), "page"),
                label(self._t("about"), "hint", wrap=True),
                row(
                    column(self._field("by", self.by), self.by, gap=px(4)),
                    column(self._field("role", self.role), self.role, gap=px(4)),
                    gap=px(12),
                ),
                *(self._field("text", self.text), self.text),
                row(self._field("day", self.day), self.day, 1, gap=px(10)),
                self.trouble,
                row(self.remove, 1, button(theme, self._t("cancel"), self.reject), self.save, gap=px(8)),
                gap=px(8),
                edges=edges(theme, 20, 18),
            )
        )

    def begin_at(self, field: str) -> None:
        """Put the focus into a field, by its name in the model."""
        {"text": self.text, "role": self.role}.get(field, self.by).setFocus()

    def accept(self) -> None:
        """Record the reply, or say what is missing."""
        day = self.day.date().toString(Qt.DateFormat.ISODate)
        words = (self.text.toPlainText(), self.by.text(), self.role.text())
        try:
            self.edit = replies.set_reply(self._number, *words, day, now_stamp(self._bench).when)
        except UserError as error:
            self.trouble.setText(self._bench.tools.texts.explain(error))
            self.trouble.show()
            return
        super().accept()

    def _remove(self) -> None:
        if self._number is not None:
            self.edit = replies.remove_reply(self._number)
            super().accept()


def ask_reply(bench: DeskContext, number: str = "", field: str = "") -> None:
    """Ask for a reply, or for other words of one.

    Args:
        bench: what a desk works with.
        number: which, from 0; "" for a new one.
        field: where the cursor is to stand: ``text``, ``by``, ``role``.
    """
    count = len(bench.session.story.right_of_reply)
    at = int(number) if number.isdigit() and int(number) < count else None
    dialog = ReplyDialog(bench, at)
    dialog.begin_at(field)
    if bench.tools.dialogs.show(dialog) and dialog.edit is not None:
        bench.session.edit(dialog.edit)
        bench.toast(bench.t("reply.done"))
    dialog.deleteLater()


def reply_card(bench: DeskContext, story: Story) -> QFrame:
    """What was answered, each a button to change it, and one to record an answer."""
    theme = bench.tools.theme
    add = button(theme, bench.t("reply.add"), partial(ask_reply, bench), icon="message-square-quote")
    add.setEnabled(not bench.session.read_only)
    lines = [label(bench.t("reply.title"), "title"), label(bench.t("reply.hint"), "hint", wrap=True)]
    made: list[QWidget] = []
    for at, each in enumerate(story.right_of_reply):
        change = button(theme, bench.t("reply.change"), partial(ask_reply, bench, str(at)), look="link")
        change.setAccessibleName(f"{bench.t('reply.change')}: {each.by}")
        change.setEnabled(not bench.session.read_only)
        made += [label(_reply_line(each), "", wrap=True), change]
    inside = row(
        picture(theme, "message-square-quote", "muted", 22),
        column(*lines, *made, row(add, 1), gap=theme.px(5)),
        gap=theme.px(12),
        edges=edges(theme, 16, 12),
    )
    inside.setStretch(1, 1)
    return card(inside)


def _reply_line(reply: RightOfReply) -> str:
    who = ", ".join(filter(None, (reply.by, reply.role, short_date(reply.when))))
    return f"{who}: “{cut_line(reply.text, _SHOWN)}”"
