"""The ledger on the desk: the rows on the left, the chosen one beside them, and ways to print and take it along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QStackedWidget, QWidget

from studio.base.portable_names import with_ending
from studio.store.story_shelf import today_of
from studio.story import claims, edits
from studio.story.text import cut_line
from studio.ui.check.claim_form import ClaimForm
from studio.ui.core.desk_context import now_stamp
from studio.ui.core.focus_order import go_to
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.story.model import Claim, Story
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext

_ROW_LETTERS = 58
_TONES = {"true": "ok", "partly": "warn", "misleading": "warn", "false": "bad", "unproven": "muted"}
_ICONS = {
    "true": "circle-check",
    "partly": "circle-alert",
    "misleading": "circle-alert",
    "false": "circle-x",
    "unproven": "circle-question-mark",
}


class LedgerPage(QWidget):
    """The ledger of the open story.

    Args:
        bench: what a desk works with.
        look_closer: opens the evidence kit with a file of the story.
    """

    def __init__(self, bench: DeskContext, look_closer: Callable[[str], None]) -> None:
        super().__init__()
        self._bench = bench
        self.list = QListWidget()
        self.form = ClaimForm(bench, look_closer)
        self._stack = QStackedWidget()
        self._lay_out()
        new = QShortcut(QKeySequence(KEYS["new_claim"]), self)
        new.activated.connect(self.add)
        bench.session.changed.connect(self._show)
        self._show(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        locked = self._bench.session.read_only
        new = button(theme, self._t("new"), self.add, look="primary", icon="plus", key=KEYS["new_claim"])
        new.setEnabled(not locked)
        take = button(theme, self._t("take"), icon="share")
        describe(take, self._t("take"), self._t("take_tip"))
        take.setMenu(self._take_menu())
        self.kind = button(theme, self._t("make_factcheck"), self._make_factcheck, look="link")
        head = row(label(self._t("intro"), "hint", wrap=True), take, new, gap=px(8))
        head.setStretch(0, 1)
        self.list.setProperty("look", "framed")
        self.list.setAccessibleName(self._t("title"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFixedWidth(px(196))
        self.list.setIconSize(theme.icon_size(16))
        self.list.currentRowChanged.connect(self._on_row)
        body = row(self.list, scrolled(self.form), gap=px(12))
        body.setStretch(1, 1)
        rows = QWidget()
        rows.setLayout(column(self.kind, body, gap=px(6)))
        start = self._start = button(
            theme, self._t("new"), self.add, look="primary", icon="plus", key=KEYS["new_claim"]
        )
        start.setEnabled(not locked)
        nothing = empty(theme, "notebook-pen", self._t("none"), self._t("none_hint"), start)
        self._stack.addWidget(rows)
        self._stack.addWidget(nothing)
        whole = column(head, self._stack, gap=px(10), edges=edges(theme, 20, 12))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _take_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self._t("save_pdf"), partial(self._save, "pdf"))
        menu.addAction(self._t("save_csv"), partial(self._save, "csv"))
        menu.addSeparator()
        menu.addAction(self._t("copy_todo"), self._copy_todo)
        return menu

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, story: Story) -> None:
        self._stack.setCurrentIndex(0 if story.claims else 1)
        self.kind.setVisible(bool(story.claims) and story.kind != "factcheck" and not self._bench.session.read_only)
        wanted = self.form.claim_id if claims.find_claim(story, self.form.claim_id) else ""
        wanted = wanted or (story.claims[0].id if story.claims else "")
        self.list.blockSignals(True)
        # Rows are changed, not made anew: this may be in the middle of a click on one.
        while self.list.count() > len(story.claims):
            self.list.takeItem(self.list.count() - 1)
        for number, claim in enumerate(story.claims):
            if number >= self.list.count():
                self.list.addItem(QListWidgetItem())
            self._show_row(self.list.item(number), number + 1, claim)
            if claim.id == wanted:
                self.list.setCurrentRow(number)
        self.list.blockSignals(False)
        self.form.show_claim(story, wanted)

    def _show_row(self, item: QListWidgetItem, number: int, claim: Claim) -> None:
        theme = self._bench.tools.theme
        text = " ".join(claim.text.split()) or self._t("untold")
        state = self._t("closed") if claim.closed else self._t(f"verdict.{claim.verdict or 'none'}")
        item.setText(f"{number}. {state}\n{cut_line(text, _ROW_LETTERS)}")
        item.setToolTip(text)
        item.setData(Qt.ItemDataRole.UserRole, claim.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}: {state}")
        icon = "archive" if claim.closed else _ICONS.get(claim.verdict, "circle-dashed")
        tone = "muted" if claim.closed else _TONES.get(claim.verdict, "warn")
        item.setIcon(theme.icon(icon, tone, 16))  # type: ignore[arg-type]  # the tones are icon roles
        item.setForeground(theme.color("muted" if claim.closed else "text"))

    def _on_row(self, number: int) -> None:
        item = self.list.item(number)
        if item is not None:
            self.form.show_claim(self._bench.session.story, item.data(Qt.ItemDataRole.UserRole))

    def reveal(self, place: TextPlace) -> None:
        """Show a claim and put the focus on a field of it."""
        parts = place.field.split("/")
        for number in range(self.list.count()):
            if len(parts) > 1 and self.list.item(number).data(Qt.ItemDataRole.UserRole) == parts[1]:
                self.list.setCurrentRow(number)
        if len(parts) > 2:
            self.form.focus_field("/".join(parts[2:]))
        else:
            go_to(self.list if self._stack.currentIndex() == 0 else self._start)

    # ------------------------------------------------------------------------------------------- doing

    def add(self) -> None:
        """Begin a new row; its words can be typed at once."""
        session = self._bench.session
        edit, name = claims.add_claim(session.story, "", now_stamp(self._bench))
        session.edit(edit)
        if claims.find_claim(session.story, name) is None:
            return
        self.list.setCurrentRow(self.list.count() - 1)
        self.form.focus_field("text")

    def _make_factcheck(self) -> None:
        self._bench.session.edit(edits.set_kind("factcheck"))

    def _save(self, ending: str) -> None:
        dialogs = self._bench.tools.dialogs
        path = dialogs.choose_target(self._t("save_title"), f"{self._t('file')}.{ending}")
        if path is None:
            return
        path = with_ending(path, f".{ending}")
        # Taken here, in the window: the worker writes the story as it was when the button was pressed.
        story, group, texts = self._bench.session.story, self._bench.workspace.group, self._bench.tools.texts
        today = today_of(self._bench.workspace)

        def work(progress: Progress) -> tuple[WorkNotice, ...]:
            from studio.documents.verification_ledger import write_ledger_csv, write_ledger_pdf

            progress.report(0, 1, path.name)
            if ending == "pdf":
                return write_ledger_pdf(path, story, group, texts, today)
            write_ledger_csv(path, story, group, texts)
            return ()

        self._ready_to_paint()
        self._bench.tools.jobs.start(self._t("saving"), work, done=partial(self._saved, path))

    @staticmethod
    def _ready_to_paint() -> None:
        from studio.services.story_export import prepare_painting

        prepare_painting()

    def _saved(self, path: Path, notices: tuple[WorkNotice, ...]) -> None:
        for notice in notices:
            self._bench.tools.dialogs.explain(notice)
        self._bench.tools.dialogs.tell(self._t("saved_title"), self._t("saved", place=str(path)))

    def _copy_todo(self) -> None:
        from studio.documents.verification_ledger import todo_text

        text = todo_text(self._bench.session.story, self._bench.tools.texts)
        if text:
            QGuiApplication.clipboard().setText(text)
        self._bench.tools.dialogs.tell(self._t("todo_title"), self._t("todo_copied" if text else "todo_none"))
