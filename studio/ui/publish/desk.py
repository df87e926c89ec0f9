"""The publishing desk as it is today: choose outlets, export, see what was made, open the folder.

Previews, variants and the way to the phone come with issue 6; the page says so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from studio.base import paths
from studio.base.errors import UserError
from studio.base.sizes import size_text
from studio.export.manifest import read_manifest
from studio.ui.parts import (
    button,
    card,
    clear,
    column,
    describe,
    edges,
    empty,
    label,
    line,
    picture,
    pill,
    restyle,
    row,
    scrolled,
)
from studio.ui.publish.results import result_rows

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QHBoxLayout

    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.export.manifest import Manifest
    from studio.export.service import Exported
    from studio.posts.catalog import Catalog
    from studio.posts.packs import Outlet
    from studio.store.workspace import Workspace
    from studio.ui.desk import Bench
    from studio.ui.jobs import Job

ICONS = {
    "whatsapp": "message-circle",
    "instagram": "camera",
    "facebook": "thumbs-up",
    "tiktok": "music-2",
    "youtube": "circle-play",
    "x": "at-sign",
    "telegram": "send",
    "website": "globe",
    "mading": "printer",
}


class PublishDesk(QWidget):
    """Outlets, export, results.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._job: Job | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self._names: dict[str, str] = {}
        self._outlets = QVBoxLayout()
        self._results = QVBoxLayout()
        self.side_panel = self._make_panel()
        self._lay_out()
        self._show_outlets(_catalog(bench.workspace))
        self._show_results()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"publishdesk.{code}", **facts)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.export = button(theme, self._t("export"), self._start, look="primary", icon="send")
        self.open = button(theme, self._t("open"), self._open_folder, icon="folder-open")
        head = row(column(label(self._t("title"), "page"), label(self._t("intro"), "hint", wrap=True), gap=px(2)))
        head.setStretch(0, 1)
        head.addWidget(self.open)
        head.addWidget(self.export)
        self._note = label("", "hint", wrap=True)
        self._note.hide()
        self._results.setSpacing(px(10))
        inside = QWidget()
        inside.setLayout(column(head, self._note, self._results, 1, gap=px(14), edges=edges(theme, 20, 18)))
        self.setLayout(column(scrolled(inside), gap=0))

    def _make_panel(self) -> QWidget:
        theme = self._bench.tools.theme
        px = theme.px
        self._all = button(theme, self._t("all"), partial(self._tick, True), look="link")
        none = button(theme, self._t("none"), partial(self._tick, False), look="link")
        self._outlets.setSpacing(px(2))
        choice = column(
            row(label(self._t("outlets"), "title"), 1, self._all, none, gap=px(2)),
            self._outlets,
            gap=px(8),
            edges=edges(theme, 16, 14),
        )
        soon = column(
            label(self._t("soon_title"), "title"),
            label(self._t("soon"), "hint", wrap=True),
            gap=px(6),
            edges=edges(theme, 16, 14),
        )
        inside = QWidget()
        inside.setLayout(column(card(choice), card(soon), 1, gap=px(12), edges=edges(theme, 16, 16)))
        return scrolled(inside)

    # ------------------------------------------------------------------------------------------- outlets

    def _show_outlets(self, catalog: Catalog) -> None:
        chosen = self._bench.workspace.group.outlets
        for outlet in catalog.outlets:
            self._names[outlet.id] = outlet.name
            self._outlets.addLayout(self._outlet_row(outlet, not chosen or outlet.id in chosen))
        for problem in catalog.problems:
            self._outlets.addWidget(label(self._bench.tools.texts.explain(problem), "bad", wrap=True))
        self._count_outlets()

    def _outlet_row(self, outlet: Outlet, on: bool) -> QHBoxLayout:
        theme = self._bench.tools.theme
        box = QCheckBox(outlet.name)
        box.setChecked(on)
        describe(box, outlet.name, self._t("outlet_tip", checked=outlet.checked, source=outlet.source))
        box.toggled.connect(self._count_outlets)
        self.boxes[outlet.id] = box
        kinds = label(str(len(outlet.outputs)), "muted")
        kinds.setToolTip(self._t("outputs", n=len(outlet.outputs)))
        return row(picture(theme, ICONS.get(outlet.id, "megaphone"), "muted", 17), box, 1, kinds, gap=theme.px(8))

    def _tick(self, on: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(on)

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked outlets."""
        return tuple(outlet for outlet, box in self.boxes.items() if box.isChecked())

    def _count_outlets(self) -> None:
        number = len(self.chosen())
        self.export.setText("  " + self._t("export_to", n=number) if number else "  " + self._t("export"))
        self.export.setEnabled(bool(number) and self._job is None)

    # ------------------------------------------------------------------------------------------- export

    def _start(self) -> None:
        session = self._bench.session
        error = session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error)
            return
        if not session.folder:
            self._bench.tools.dialogs.tell(self._t("title"), self._t("nothing"))
            return
        from studio.paint.app import ensure_gui

        ensure_gui()  # fonts are loaded in the window's thread; the worker then paints with them
        work = partial(export_story, self._bench.workspace, session.folder, self.chosen(), self._bench.tools.texts)
        self._say(self._t("running"), "hint")
        self._job = self._bench.tools.jobs.start(
            self._t("job", headline=session.story.headline or session.folder),
            work,
            done=self._done,
            failed=self._failed,
        )
        if self._job.state in {"done", "failed", "cancelled"}:  # done at once, by the inline runner
            self._ended()
        else:
            self._job.ended.connect(self._ended)
            self._count_outlets()

    def _done(self, exported: Exported) -> None:
        if exported.error is not None:
            self._failed(exported.error)
            return
        self._say(self._t("made", made=exported.made, kept=exported.kept), "ok")
        self._show_results()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(self._bench.tools.texts.explain(error), "bad")

    def _ended(self) -> None:
        cancelled = self._job is not None and self._job.state == "cancelled"
        self._job = None
        self._count_outlets()
        if cancelled:
            self._say(self._t("stopped"), "warn")

    def _say(self, text: str, look: str) -> None:
        self._note.setText(text)
        self._note.show()
        restyle(self._note, "look", look)

    # ------------------------------------------------------------------------------------------- results

    @property
    def _place(self) -> Path:
        return self._bench.workspace.path / "exports" / self._bench.session.folder

    def _manifest(self) -> Manifest:
        return read_manifest(self._place)

    def _show_results(self) -> None:
        clear(self._results)
        manifest = self._manifest() if self._bench.session.folder else None
        theme = self._bench.tools.theme
        self.open.setEnabled(bool(manifest and manifest.files))
        if manifest is None or not (manifest.files or manifest.problems):
            made = empty(theme, "send", self._t("empty_title"), self._t("empty"))
            made.setMinimumHeight(theme.px(260))
            self._results.addWidget(made)
            return
        for outlet in dict.fromkeys([*(f.outlet for f in manifest.files), *(p.outlet for p in manifest.problems)]):
            self._results.addWidget(self._outlet_card(outlet, manifest))

    def _outlet_card(self, outlet: str, manifest: Manifest) -> QWidget:
        tools = self._bench.tools
        px = tools.theme.px
        files = [file for file in manifest.files if file.outlet == outlet]
        problems = [problem for problem in manifest.problems if problem.outlet == outlet]
        warnings = sum(len(file.warnings) for file in files)
        tone, state = ("bad", "state_bad") if problems else ("warn", "state_warn") if warnings else ("ok", "state_ok")
        total = size_text(sum(file.bytes for file in files))
        show = button(
            tools.theme,
            self._t("open_outlet"),
            partial(_open, self._place / outlet),
            look="link",
            tip=self._t("open_tip"),
        )
        show.setAccessibleName(f"{self._t('open_outlet')}: {self._names.get(outlet, outlet)}")
        head = row(
            picture(tools.theme, ICONS.get(outlet, "megaphone"), "muted"),
            label(self._names.get(outlet, outlet), "title"),
            label(self._t("files", n=len(files), size=total), "muted"),
            1,
            show,
            pill(
                self._t(state, n=len(problems) or warnings),
                "bad" if tone == "bad" else "warn" if tone == "warn" else "ok",
            ),
            gap=px(10),
        )
        inside = column(head, line(), result_rows(tools, files, problems), gap=px(8), edges=edges(tools.theme, 16, 12))
        return card(inside)

    def _open_folder(self) -> None:
        _open(self._place)


def _open(place: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _catalog(workspace: Workspace) -> Catalog:
    from studio.posts.catalog import load_catalog

    return load_catalog(paths.templates_dir(), workspace.path / "templates")


def export_story(
    workspace: Workspace, folder: str, outlets: tuple[str, ...], texts: Texts, progress: Progress
) -> Exported:
    """Export one story, in a worker.

    Raises:
        UserError: nothing could be made at all.
        Cancelled: the user stopped it; what was finished stays.
    """
    from studio.export.service import Exporter

    with Exporter(workspace, paths.templates_dir(), texts) as exporter:
        return next(iter(exporter.export([folder], outlets, None, progress)))
