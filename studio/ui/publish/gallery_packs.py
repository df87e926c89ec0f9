"""Template packs: taking one in, giving one away, removing one of the group's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from studio.base.errors import UserError
from studio.services.outlet_packs import hand_on_pack, remove_outlet, take_pack
from studio.services.story_export import prepare_painting
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, restyle, row

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.posts.families import DesignFamily
    from studio.posts.packs import Outlet
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import JobState
    from studio.ui.core.desk_context import DeskContext


class PackCard(QFrame):
    """Import and export of packs.

    Args:
        bench: what a desk works with.
    """

    changed = Signal()
    """A pack came or went."""

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._outlet: Outlet | None = None
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.setProperty("look", "card")
        self.take = button(theme, self._t("import"), self._import, icon="upload")
        self.give = button(theme, self._t("export", outlet=""), self._export, icon="download")
        self.drop = button(theme, self._t("remove", outlet=""), self._remove, look="danger", icon="trash-2")
        self._note = label("", "hint", wrap=True)
        self._note.hide()
        self.setLayout(
            column(
                column(label(self._t("packs"), "title"), label(self._t("packs_hint"), "hint", wrap=True), gap=px(2)),
                row(self.take, self.give, self.drop, 1, gap=px(8)),
                self._note,
                gap=px(10),
                edges=edges(theme, 16, 14),
            )
        )
        self.take.setEnabled(not bench.workspace.read_only)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"gallery.{code}", **facts)

    def show_outlet(self, outlet: Outlet | None) -> None:
        """The outlet whose pack is given away or removed."""
        self._outlet = outlet
        name = outlet.name if outlet else ""
        for made, code in ((self.give, "export"), (self.drop, "remove")):
            text = self._t(code, outlet=name)
            made.setText(f"  {text}")
            describe(made, text)
        self.give.setEnabled(outlet is not None)
        self.drop.setVisible(outlet is not None and not outlet.builtin and not self._bench.workspace.read_only)

    def _show_note(self, text: str, look: str) -> None:
        self._note.setText(text)
        self._note.show()
        restyle(self._note, "look", look)

    def _import(self) -> None:
        found = self._bench.tools.dialogs.choose_files(self._t("import"), "any", many=False)
        if found:
            self._take_in(found[0], replace=False)

    def _take_in(self, source: Path, *, replace: bool) -> None:
        prepare_painting()  # cards of a family are filled, which has to be readied in this thread
        self.take.setEnabled(False)
        self._show_note(self._t("importing", file=source.name), "hint")
        work = partial(_take_template_pack, self._bench.workspace, source, replace)
        self._bench.tools.jobs.start(
            self._t("importing", file=source.name),
            work,
            done=self._taken,
            failed=partial(self._refused, source),
            ended=self._import_ended,
            owner=self,
        )

    def _import_ended(self, state: JobState) -> None:
        self.take.setEnabled(True)
        if state == "cancelled":
            self._note.hide()

    def _taken(self, pack: Outlet | DesignFamily) -> None:
        self._show_note(self._t("imported", outlet=pack.name), "ok")
        self.changed.emit()

    def _refused(self, source: Path, error: UserError) -> None:
        if error.code != "posts.zip_there":
            self._show_note(self._bench.tools.texts.explain(error), "bad")
            return
        self._note.hide()
        ask = self._t("replace_ask", outlet=error.facts["pack"])
        choices = (
            DialogChoice("keep", self._bench.t("dialog.cancel")),
            DialogChoice("replace", self._t("replace_yes"), True),
        )
        if self._bench.tools.dialogs.ask(self._t("import"), ask, choices) == "replace":
            self._take_in(source, replace=True)

    def _export(self) -> None:
        if self._outlet is None:
            return
        title = self._t("export", outlet=self._outlet.name)
        target = self._bench.tools.dialogs.choose_target(title, f"paket-{self._outlet.id}.zip")
        if target is None:
            return
        try:
            made = hand_on_pack(self._outlet, target)
        except UserError as error:
            self._show_note(self._bench.tools.texts.explain(error), "bad")
            return
        self._show_note(self._t("exported", file=made.name), "ok")

    def _remove(self) -> None:
        if self._outlet is None:
            return
        choices = (
            DialogChoice("keep", self._bench.t("dialog.cancel")),
            DialogChoice("remove", self._t("remove_yes"), True),
        )
        ask = self._t("remove_ask", outlet=self._outlet.name)
        if self._bench.tools.dialogs.ask(self._t("packs"), ask, choices) != "remove":
            return
        try:
            remove_outlet(self._outlet)
        except UserError as error:
            self._show_note(self._bench.tools.texts.explain(error), "bad")
            return
        self.changed.emit()


def _take_template_pack(workspace: Workspace, source: Path, replace: bool, progress: Progress) -> Outlet | DesignFamily:
    return take_pack(workspace, source, progress, replace=replace)
