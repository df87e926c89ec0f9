"""The dialog of certificates: a list of names becomes one PDF, a page for each; with progress and cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.group.certificate_list import example_list
from studio.services.certificate_making import (
    CertificateOrder,
    CertificatesMade,
    load_certificate_list,
    made_lines,
    make_certificates,
)
from studio.services.story_export import prepare_painting
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.working_dialog import WorkingDialog

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools

_FIELDS = ("title", "day", "place", "signer", "signer_role")
_SHOWN = 3
"""Names of the list that are told, so that one sees it was read as it was meant."""


class CertificatesDialog(WorkingDialog):
    """Asks for the list and the occasion, and makes the PDF; closing it while it works stops it.

    Args:
        tools: what every part is given.
        workspace: whose group gives the certificates.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace) -> None:
        super().__init__(tools, tools.t("certificate.form.cancelled"))
        self._workspace = workspace
        self._list: Path | None = None
        theme = tools.theme
        self.choose = button(theme, self._t("choose"), self._choose, icon="file-spreadsheet")
        self.example = button(theme, self._t("example"), self._write_example, look="link")
        self.names = label(self._t("names_hint"), "hint", wrap=True)
        self.fields = {name: QLineEdit() for name in _FIELDS}
        self.make = button(theme, self._t("make"), self._make, look="primary", icon="award")
        self._lay_out()
        self._renew()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"certificate.form.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        self.setWindowTitle(self._t("head"))
        grid = QGridLayout()
        grid.setVerticalSpacing(px(8))
        grid.setHorizontalSpacing(px(12))
        for at, (name, line) in enumerate(self.fields.items()):
            describe(line, self._t(name))
            line.setPlaceholderText(self._t(f"{name}_example"))
            line.textChanged.connect(self._renew)
            title = label(self._t(name))
            title.setBuddy(line)
            grid.addWidget(title, at, 0)
            grid.addWidget(line, at, 1)
        describe(self.bar, self._tools.t("certificate.job"))
        foot = row(1, self.close_button, self.make, gap=px(8))
        parts = (row(self.choose, self.example, 1, gap=px(8)), self.names)
        whole = column(label(self._t("head"), "page"), *parts, gap=px(10), edges=edges(theme, 20, 18))
        whole.addLayout(grid)
        for part in (self.bar, self.what, self.outcome):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setLayout(whole)
        self.resize(px(620), px(430))

    def _renew(self, *_: object) -> None:
        ready = self._list is not None and bool(self.fields["title"].text().strip())
        self.make.setEnabled(ready and self._job is None)

    def _choose(self) -> None:
        found = self._tools.dialogs.choose_files(self._t("choose"), "any", many=False)
        if not found:
            return
        try:
            read = load_certificate_list(found[0])
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self._list = found[0]
        told = ", ".join(each.name for each in read.names[:_SHOWN])
        told = f"{told} …" if len(read.names) > _SHOWN else told
        self.names.setText(self._t("names", n=len(read.names), file=found[0].name, names=told))
        self._renew()
        self.fields["title"].setFocus()

    def _write_example(self) -> None:
        target = self._tools.dialogs.choose_target(self._t("example"), self._t("example_file"))
        if target is None:
            return
        target = with_ending(target, ".csv")
        try:
            write_atomic(target, example_list())
        except OSError as error:
            self._tools.dialogs.explain(UserError("certificate.unwritable", file=target.name, detail=str(error)))
            return
        self.show_outcome(self._t("example_written", file=str(target)))

    def _make(self) -> None:
        if self._list is None or self._job is not None:
            return
        target = self._tools.dialogs.choose_target(self._t("make"), self._t("file"))
        if target is None:
            return
        target = with_ending(target, ".pdf")
        told = {name: line.text() for name, line in self.fields.items()}
        order = CertificateOrder(self._list, target, **told)
        prepare_painting()  # here: a worker may paint, but not load fonts
        work = partial(make_certificates, order, self._workspace, self._tools.texts)
        self.start_work(self._tools.t("certificate.job"), work, partial(self._done, order))

    def show_working(self, working: bool) -> None:
        """See ``WorkingDialog``: nothing is asked for meanwhile."""
        super().show_working(working)
        for part in (self.choose, self.example, self.make, *self.fields.values()):
            part.setEnabled(not working)
        if not working:
            self._renew()

    def _done(self, order: CertificateOrder, made: CertificatesMade) -> None:
        self.show_outcome("\n".join(made_lines(made, order, self._tools.texts)))


def show_certificates(tools: WindowTools, workspace: Workspace) -> None:
    """Let the user make certificates from a list of names; they belong to no story.

    Args:
        tools: what every part is given.
        workspace: the open one.
    """
    dialog = CertificatesDialog(tools, workspace)
    tools.dialogs.show(dialog)
    dialog.deleteLater()
