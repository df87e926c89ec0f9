"""The evidence kit: a photo, clip or piece of evidence seen closely, and what each view can and cannot show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QProgressBar, QStackedWidget, QWidget

from studio.base.errors import UserError
from studio.services import evidence_kit as work
from studio.services.evidence_kit import EvidenceItem, evidence_items
from studio.story import claims
from studio.story.model import ClaimEvidence
from studio.story.text import cut_line
from studio.ui.check.evidence_views import FactTable, ShotWall
from studio.ui.check.picture_closeup import PictureCloseup
from studio.ui.core.desk_context import now_stamp
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, label, row, tool
from studio.ui.widgets.calm_inputs import tab_bar
from studio.ui.widgets.drawn_marks import pixels_pixmap
from studio.ui.widgets.flow_layout import wrapped_row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.pixel_data import Pixels
    from studio.base.progress import Progress
    from studio.photo.forensics import CloneMap, FileFact
    from studio.services.evidence_kit import KeyShot, Kind
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext

View = Literal["look", "facts", "compression", "repeats", "shots", "hash"]
VIEWS: dict[Kind, tuple[View, ...]] = {
    "photo": ("look", "facts", "compression", "repeats", "hash"),
    "clip": ("shots", "facts", "hash"),
}
_WORKS: dict[View, Callable[[Path, Progress], object]] = {
    "look": work.close_look,
    "facts": work.file_facts,
    "compression": work.compression_view,
    "repeats": work.repeated_areas,
    "shots": work.key_shots,
    "hash": work.file_fingerprint,
}
_CHOICE_LETTERS = 36
_PICTURES = frozenset({"look", "compression", "repeats"})


class EvidenceKit(StyledDialog):
    """The kit.

    Args:
        bench: what a desk works with.
        file: the media file to begin with; "" takes the first.
    """

    def __init__(self, bench: DeskContext, file: str = "") -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        self._items: list[EvidenceItem] = []
        self._found: dict[tuple[Path, View], object] = {}
        self._job: BackgroundJob | None = None
        self._open = True
        theme = bench.tools.theme
        self.list = QListWidget()
        self.views = tab_bar()
        self.told = label("", "hint", wrap=True)
        self.outcome = label("", "strong", wrap=True)
        self.closeup = PictureCloseup(theme)
        self.table = FactTable(bench.tools)
        self.wall = ShotWall(bench.tools)
        self.bar = QProgressBar()
        self._page = QStackedWidget()
        self._whole = QStackedWidget()
        self._lay_out()
        self._fill(file)
        self.wall.chosen.connect(self._show_shot)
        self.finished.connect(self._on_finished)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"evidence.{code}", **facts)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.setWindowTitle(self._t("title"))
        self.resize(px(1060), px(690))
        self.list.setProperty("look", "framed")
        self.list.setFixedWidth(px(190))
        self.list.setIconSize(theme.icon_size(44))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self._t("list"))
        self.list.currentRowChanged.connect(self._on_item)
        other = button(theme, self._t("other"), self._choose_other, icon="folder-open")
        describe(other, self._t("other"), self._t("other_tip"))
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setAccessibleName(self._t("views"))
        self.views.currentChanged.connect(lambda _number: self._show_view())
        self.bar.setAccessibleName(self._t("working"))
        self.bar.setTextVisible(False)
        for page in (self.closeup, self.table, self.wall):
            self._page.addWidget(page)
        right = column(
            self.views,
            self.told,
            self.outcome,
            self._page,
            self.bar,
            self._make_buttons(),
            gap=px(8),
            edges=(0, 0, 0, 0),
        )
        right.setStretch(3, 1)
        left = column(self.list, other, gap=px(8))
        body = QWidget()
        inside = row(left, right, gap=px(14))
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        body.setLayout(inside)
        start = button(theme, self._t("other"), self._choose_other, look="primary", icon="folder-open")
        self._whole.addWidget(body)
        self._whole.addWidget(empty(theme, "microscope", self._t("none"), self._t("none_hint"), start))
        whole = column(label(self._t("title"), "page"), self._whole, gap=px(10), edges=edges(theme, 20, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _make_buttons(self) -> QWidget:
        theme = self._bench.tools.theme
        self.magnifier = tool(theme, "search", self._t("magnifier"), self._magnify)
        self.magnifier.setCheckable(True)
        bigger = tool(theme, "zoom-in", self._t("bigger"), partial(self.closeup.zoom_by, 1.25), key="+")
        smaller = tool(theme, "zoom-out", self._t("smaller"), partial(self.closeup.zoom_by, 0.8), key="-")
        fit = tool(theme, "maximize", self._t("fit"), self.closeup.show_whole, key="0")
        self._tools = (self.magnifier, bigger, smaller, fit)
        self.copy = button(theme, self._t("copy"), self._copy, icon="copy")
        self.save = button(theme, self._t("save"), self._save, icon="image-down")
        self.keep = button(theme, self._t("keep"), self._add_to_claim, icon="notebook-pen")
        describe(self.keep, self._t("keep"), self._t("keep_tip"))
        close = button(theme, self._bench.t("dialog.close"), self.reject, look="primary")
        holder = QWidget()
        holder.setLayout(wrapped_row(theme, *self._tools, self.copy, self.save, self.keep, close))
        return holder

    def _fill(self, file: str) -> None:
        bench, session = self._bench, self._bench.session
        for item in evidence_items(bench.workspace, session.folder, session.story, bench.tools.texts):
            self._add_item(item)
        wanted = next((n for n, item in enumerate(self._items) if item.file == file), 0)
        self._whole.setCurrentIndex(0 if self._items else 1)
        if self._items:
            self.list.setCurrentRow(wanted)

    def _add_item(self, item: EvidenceItem) -> None:
        self._items.append(item)
        entry = QListWidgetItem(item.name)
        thumb = self._bench.thumbs.get(self._bench.session.folder, item.file) if item.file else None
        entry.setIcon(QIcon(thumb) if thumb else self._bench.tools.theme.icon("file-image", "muted", 44))
        self.list.addItem(entry)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def item(self) -> EvidenceItem | None:
        """What is being looked at."""
        number = self.list.currentRow()
        return self._items[number] if 0 <= number < len(self._items) else None

    @property
    def view(self) -> View:
        """How."""
        item = self.item
        names = VIEWS[work.kind_of(item.path)] if item else VIEWS["photo"]
        return names[max(0, min(self.views.currentIndex(), len(names) - 1))]

    def _on_item(self, _number: int) -> None:
        item = self.item
        if item is None:
            return
        names = VIEWS[work.kind_of(item.path)]
        # Each tab that is added or taken away would change the view.
        self.views.blockSignals(True)
        while self.views.count():
            self.views.removeTab(0)
        for name in names:
            self.views.setTabToolTip(self.views.addTab(self._t(f"view.{name}")), self._t(f"tip.{name}"))
        self.views.setCurrentIndex(0)
        self.views.blockSignals(False)
        self.closeup.show_whole()
        self._show_view()

    def _show_view(self) -> None:
        item, view = self.item, self.view
        if item is None:
            return
        self.told.setText(self._t(f"can.{view}"))
        self.outcome.hide()
        picture = view in _PICTURES
        for each in self._tools:
            each.setVisible(picture)
        self.save.setVisible(picture)
        self.copy.setVisible(view in {"facts", "hash"})
        self.keep.setVisible(bool(item.file and claims.open_claims(self._bench.session.story)))
        # A look at a large photo takes seconds, and one goes back and forth between views.
        known = self._found.get((item.path, view))
        if known is not None:
            self._show_found(item.path, view, known)
            return
        self._blank(view)
        self._start(item.path, view)

    def _blank(self, view: View) -> None:
        if view in _PICTURES:
            if view == "look":
                self.closeup.show_picture(QPixmap())
            self._page.setCurrentWidget(self.closeup)
        elif view == "shots":
            self.wall.show_shots(())
            self._page.setCurrentWidget(self.wall)
        else:
            self.table.show_facts(())
            self._page.setCurrentWidget(self.table)

    def _start(self, path: Path, view: View) -> None:
        if self._job is not None:
            self._job.cancel()
        self.bar.setRange(0, 0)
        self.bar.show()
        job = self._bench.tools.jobs.start(
            self._t(f"view.{view}"),
            partial(_WORKS[view], path),
            done=partial(self._done, path, view),
            failed=partial(self._failed, path, view),
            quiet=True,
        )
        # InlineJobs (tests, pictures of the window) gives a job back that is over already.
        if job.state in {"waiting", "running"}:
            self._job = job
            job.progressed.connect(self._on_progress)

    def _on_progress(self, done: float, total: float, _what: str) -> None:
        if self._open and total > 1:
            self.bar.setRange(0, 100)
            self.bar.setValue(round(100 * done / total))

    def _done(self, path: Path, view: View, found: object) -> None:
        if not self._open:
            return
        self._found[(path, view)] = found
        if self.item is not None and (self.item.path, self.view) == (path, view):
            self._show_found(path, view, found)

    def _failed(self, path: Path, view: View, error: UserError) -> None:
        if not self._open or self.item is None or (self.item.path, self.view) != (path, view):
            return
        self.bar.hide()
        self.outcome.setText(self._bench.tools.texts.explain(error))
        self.outcome.show()

    def _show_found(self, path: Path, view: View, found: object) -> None:
        self.bar.hide()
        if view == "shots":
            shots: tuple[KeyShot, ...] = found  # type: ignore[assignment]  # what the work of this view gives
            self.wall.show_shots(shots)
            self._page.setCurrentWidget(self.wall)
        elif view in {"facts", "hash"}:
            facts: tuple[FileFact, ...] = found  # type: ignore[assignment]
            self.table.show_facts(facts)
            self._page.setCurrentWidget(self.table)
        else:
            self._show_picture(view, found)

    def _show_picture(self, view: View, found: object) -> None:
        if view == "repeats":
            clones: CloneMap = found  # type: ignore[assignment]
            pixels = clones.pixels
            count = len(clones.repeats)
            self.outcome.setText(self._t("repeats_found", count=count) if count else self._t("repeats_none"))
            self.outcome.show()
        else:
            pixels = found  # type: ignore[assignment]
        shown: Pixels = pixels
        self.closeup.show_picture(pixels_pixmap(shown))
        self._page.setCurrentWidget(self.closeup)

    def _show_shot(self, shot: KeyShot) -> None:
        self.closeup.show_whole()
        self.closeup.show_picture(pixels_pixmap(shot.pixels))
        self._page.setCurrentWidget(self.closeup)
        for each in self._tools:
            each.show()
        self.save.show()
        self.closeup.setFocus()

    # ------------------------------------------------------------------------------------------- doing

    def _magnify(self) -> None:
        self.closeup.set_magnifier(self.magnifier.isChecked())
        self.closeup.setFocus()

    def _choose_other(self) -> None:
        for path in self._bench.tools.dialogs.choose_files(self._t("other"), "any", many=False):
            self._add_item(EvidenceItem(path.name, path))
            self._whole.setCurrentIndex(0)
            self.list.setCurrentRow(len(self._items) - 1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.as_text())

    def _save(self) -> None:
        if self.closeup.shown.isNull() or self.item is None:
            return
        name = f"{self.item.path.stem}-{self._t(f'file.{self.view}')}.png"
        path = self._bench.tools.dialogs.choose_target(self._t("save"), name, "picture")
        if path is not None and not self.closeup.shown.save(str(path), "PNG"):
            self._bench.tools.dialogs.explain(UserError("evidence.cannot_save", file=path.name, place=str(path.parent)))

    def _add_to_claim(self) -> None:
        """Write the file into a claim as evidence, fixed by its hash."""
        from studio.store.media_files import sha256_of

        item, story = self.item, self._bench.session.story
        if item is None:
            return
        rows = claims.open_claims(story)
        choices = [DialogChoice(claim.id, cut_line(claim.text, _CHOICE_LETTERS)) for claim in rows[:6]]
        # With one claim there is nothing to ask.
        chosen = choices[0].key if len(choices) == 1 else ""
        if not chosen:
            chosen = self._bench.tools.dialogs.ask(self._t("keep"), self._t("keep_ask"), choices)
        if chosen:
            note = self._t("keep_note", view=self._t(f"view.{self.view}"))
            evidence = ClaimEvidence(file=item.file, name=item.name, sha256=sha256_of(item.path), note=note)
            self._bench.session.edit(claims.add_evidence(chosen, evidence, now_stamp(self._bench)))
            self.outcome.setText(self._t("kept"))
            self.outcome.show()

    def _on_finished(self) -> None:
        self._open = False
        if self._job is not None:
            self._job.cancel()
