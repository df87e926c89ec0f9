"""The page "Kabupaten": files of many groups in, one map out. It also opens without a workspace, for the Dinas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.paths import config_dir
from studio.ui.group.district_exports import ask_form, ask_note, ask_save
from studio.ui.group.district_questions import ask_lines, ask_since
from studio.ui.group.group_context import PAGES
from studio.ui.widgets.basic_parts import button, clear, column, edges, empty, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from studio.base.progress import Progress
    from studio.group.district_figures import DistrictFigures
    from studio.services.district_report import DistrictRequest, DistrictWork
    from studio.services.district_sources import DistrictIntake
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.group.area_figures import AreaFiguresView
    from studio.ui.group.group_context import GroupContext

    _Take = Callable[[DistrictIntake, Progress], None]

_DECISIONS = "kabupaten.json"
_MOST_CHAT = 1_000_000
"""Signs of a pasted chat with lines of answers."""


class DistrictPage(QWidget):
    """Takes files, merges them, shows and saves what comes of it.

    Args:
        tools: texts, theme, questions, work, settings.
        context: the open workspace's; None when the page stands alone.
    """

    def __init__(self, tools: WindowTools, context: GroupContext | None) -> None:
        super().__init__()
        from studio.services.district_report import DistrictRequest, new_intake

        self._tools, self._context = tools, context
        self.intake: DistrictIntake = new_intake(self.today)
        self.request: DistrictRequest = DistrictRequest(self.today)
        self.figures: DistrictFigures | None = None
        self.view: AreaFiguresView | None = None
        self.setAcceptDrops(True)
        self._make_buttons()
        self.areas = QTreeWidget()
        self.areas.setHeaderHidden(True)
        self.areas.setColumnCount(2)
        self.areas.setProperty("look", "rows")
        self.areas.setIndentation(tools.theme.px(14))
        head = self.areas.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.areas.setAccessibleName(tools.t("district.report.areas"))
        self.areas.currentItemChanged.connect(self._on_area)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.home: QWidget = self.add_files
        self._show_empty()

    def _make_buttons(self) -> None:
        theme, t = self._tools.theme, self._tools.t
        make = partial(button, theme)
        self.add_files = make(t("district.page.files"), self._ask_files, look="primary", icon="file-plus")
        self.add_folder = make(t("district.page.folder"), self._ask_folder, icon="folder-plus")
        self.paste = make(
            t("district.page.line"), self._ask_line, icon="clipboard-paste", tip=t("district.page.line_tip")
        )
        self.known = make(t("district.page.known"), self._ask_known, icon="list", tip=t("district.page.known_tip"))
        self.since = make(
            t("district.page.since"), self._ask_since, look="link", icon="calendar", tip=t("district.page.since_tip")
        )
        self.form = make(
            t("district.page.form"),
            lambda: ask_form(self._tools, self.today),
            look="link",
            icon="file-spreadsheet",
            tip=t("district.page.form_tip"),
        )
        self.reset = make(
            t("district.page.reset"), self.forget, look="link", icon="rotate-ccw", tip=t("district.page.reset_tip")
        )
        self.save = make(t("district.page.save"), self._save, look="primary", icon="download")
        self.contacts = QCheckBox(t("district.page.contacts"))
        self.contacts.setToolTip(t("district.page.contacts_tip"))

    def _lay_out(self) -> None:
        theme, px = self._tools.theme, self._tools.theme.px
        inside = QWidget()
        self.areas.setMinimumHeight(px(130))
        self._status = label("", "muted", wrap=True)
        parts = column(
            *(self.add_files, self.add_folder, self.paste, self.known, self.since, self.form, self._status),
            *(self.areas, self.contacts, self.save, self.reset),
            gap=px(6),
        )
        parts.setStretch(parts.indexOf(self.areas), 1)
        parts.setContentsMargins(0, 0, px(4), 0)
        inside.setLayout(parts)
        self.side = scrolled(inside)  # large letters on a small screen: nothing may be squeezed out of sight
        self.side.setFixedWidth(px(262))
        across = row(self.side, self._body, gap=px(14))
        across.setStretch(1, 1)
        top = column(gap=px(6), edges=edges(theme, 20, 8))
        if self._context is not None:
            from studio.ui.group.handover_card import HandoverCard

            self.handover = HandoverCard(self._context)
            top.addWidget(self.handover)
        top.addLayout(across)
        top.setStretch(top.count() - 1, 1)
        self.setLayout(top)

    # ------------------------------------------------------------------------------------------- taking in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        event.acceptProposedAction()
        self.take_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def take_files(self, names: list[str]) -> None:
        """Merge files, folders, archives and workspaces into what is here; a note of the Dinas is the group's own."""
        paths = [Path(name) for name in names]
        if self._context is not None:
            for note in [path for path in paths if path.name.startswith("kim-catatan")]:
                paths.remove(note)
                self.handover.take_note(note)
        if paths:
            self._work(lambda intake, progress: intake.take_paths(paths, progress))

    def take_text(self, text: str) -> None:
        """Merge the lines of answers in a text."""
        from studio.group.answer_line import has_line

        if not has_line(text):
            self._tools.dialogs.explain(UserError("district.no_line"))
            return
        source = self._tools.t("district.page.pasted", count=len(self.intake.received) + len(self.intake.refused) + 1)
        self._work(lambda intake, _: _nothing(intake.take_text(text, source)))

    def _work(self, take: _Take, request: DistrictRequest | None = None, *, area: str = "") -> None:
        """Read and count in a thread; what is here stays until the new figures are complete."""
        from studio.services.district_report import figures_of, new_intake, read_decisions

        before, asked = self.intake, replace(request or self.request, today=self.today)
        intake = new_intake(asked.today)
        # Copies: a run that fails or is stopped must leave nothing of its files behind.
        intake.received, intake.refused = list(before.received), list(before.refused)
        decisions = config_dir() / _DECISIONS

        def work(progress: Progress) -> tuple[DistrictIntake, DistrictRequest, DistrictFigures]:
            take(intake, progress)
            ready = replace(asked, decisions=read_decisions(decisions))
            return intake, ready, figures_of(intake, ready)

        title = self._tools.t("district.cli.merging")
        done, failed = partial(self._show, area), self._tools.dialogs.explain
        self._tools.jobs.start(title, work, done=done, failed=failed, owner=self)

    def _ask_files(self) -> None:
        self.take_files(
            [str(path) for path in self._tools.dialogs.choose_files(self._tools.t("district.page.files"), "any")]
        )

    def _ask_folder(self) -> None:
        chosen = self._tools.dialogs.choose_folder(self._tools.t("district.page.folder"))
        self.take_files([str(chosen)] if chosen else [])

    def _ask_line(self) -> None:
        t = self._tools.t
        title, name, hint = (t(f"district.page.{code}") for code in ("line", "line_label", "line_tip"))
        done = t("district.page.line_done")
        if text := ask_lines(self._tools, title, name, hint=hint, done=done, most=_MOST_CHAT):
            self.take_text(text)

    def _ask_known(self) -> None:
        if chosen := self._tools.dialogs.choose_files(self._tools.t("district.page.known"), "any", many=False):
            self._work(lambda _i, _p: None, replace(self.request, known=chosen[0]))

    def _ask_since(self) -> None:
        answered, day = ask_since(self._tools, self.request.since, self.today)
        if answered:
            self._work(lambda _i, _p: None, replace(self.request, since=day))

    @property
    def today(self) -> date:
        """The day it is for the group; for a page that stands alone that of the laptop."""
        return self._context.today if self._context is not None else date.today()

    @property
    def work(self) -> DistrictWork:
        """What was merged, to go on with on another page."""
        from studio.services.district_report import DistrictWork

        return DistrictWork(self.intake, self.request, self.contacts.isChecked(), self.view.key if self.view else "")

    def resume(self, before: DistrictWork) -> None:
        """Go on with what another page had merged: the window was built anew for another theme or language."""
        self.intake, self.request = before.intake, before.request
        self.contacts.setChecked(before.contacts)
        if before.intake.received or before.intake.refused or before.request.known:
            self._work(lambda _i, _p: None, area=before.area)

    def forget(self) -> None:
        """Begin anew; no file is deleted."""
        from studio.services.district_report import DistrictRequest, new_intake

        self.intake, self.request, self.figures = new_intake(self.today), DistrictRequest(self.today), None
        self._show_empty()

    # ------------------------------------------------------------------------------------------- showing

    def _show_empty(self) -> None:
        tools = self._tools
        clear(self._body)
        self.view = None
        self.areas.clear()
        self._status.setText("")
        for part in (self.areas, self.contacts, self.save, self.reset):
            part.setEnabled(False)
        sample = button(tools.theme, tools.t("district.page.sample"), self.take_sample, look="link", icon="sparkles")
        told = (tools.t("district.page.empty"), tools.t("district.page.empty_hint"))
        whole = QWidget()
        whole.setLayout(column(empty(tools.theme, dict(PAGES)["district"], *told, sample), gap=0))
        self._body.addWidget(scrolled(whole))

    def take_sample(self) -> None:
        """Show the made-up regency that comes with the studio."""
        from studio.base.paths import assets_dir

        folder = assets_dir() / "sample"
        request = replace(self.request, known=folder / "daftar-kim-wanagiri.csv")
        self._work(lambda intake, progress: intake.take_paths([folder / "kabupaten-wanagiri.zip"], progress), request)

    def _show(self, area: str, made: tuple[DistrictIntake, DistrictRequest, DistrictFigures]) -> None:
        from studio.documents.district_words import DistrictWords
        from studio.ui.group.area_figures import AreaFiguresView

        self.intake, self.request, self.figures = made
        if not self.intake.received and not self.intake.refused:
            self._show_empty()
            return
        words = DistrictWords(self._tools.texts, self.figures.instrument)
        clear(self._body)
        self.view = AreaFiguresView(self._tools, self.figures, words)
        self.view.area_chosen.connect(self.choose_area)
        self.view.answered.connect(self.answer)
        self.view.note_wanted.connect(partial(ask_note, self._tools, self.figures))
        self._body.addWidget(self.view)
        self._fill_areas(words)
        merge = self.figures.merge
        facts = {"groups": len(merge.groups), "refused": len(merge.refused), "questions": len(merge.questions)}
        self._status.setText(self._tools.t("district.page.status", **facts))
        for part in (self.areas, self.contacts, self.save, self.reset):
            part.setEnabled(True)
        if area in self.figures.areas:
            self.choose_area(area)

    def _fill_areas(self, words: object) -> None:
        from studio.documents.district_words import DistrictWords
        from studio.group.district_areas import EVERYWHERE
        from studio.group.district_figures import areas_below

        figures = self.figures
        if figures is None or not isinstance(words, DistrictWords):
            return
        # The view shows the first area already.
        self.areas.blockSignals(True)
        self.areas.clear()

        def add(key: str, above: QTreeWidget | QTreeWidgetItem) -> None:
            area = figures.areas[key]
            item = QTreeWidgetItem(above, [words.area(area.area), str(area.respondents)])
            item.setData(0, Qt.ItemDataRole.UserRole, key)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            item.setToolTip(0, words.area(area.area))
            for child in areas_below(figures, key):
                add(child.area.key, item)

        add(EVERYWHERE, self.areas)
        if (top := self.areas.topLevelItem(0)) is not None:
            top.setExpanded(True)
            self.areas.setCurrentItem(top)
        self.areas.blockSignals(False)

    def _on_area(self, now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if now is not None and self.view is not None:
            self.view.show_area(str(now.data(0, Qt.ItemDataRole.UserRole)))

    def choose_area(self, key: str) -> None:
        """Narrow all figures to an area, as a click in the list does."""
        items = self.areas.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        found = [item for item in items if item.data(0, Qt.ItemDataRole.UserRole) == key]
        if found:
            self.areas.setCurrentItem(found[0])
        elif self.view is not None:  # a level with one area only is stepped over in the list
            self.view.show_area(key)

    # ------------------------------------------------------------------------------------------- answers and ways out

    def answer(self, key: str, same: bool) -> None:
        """Remember whether two are one group, on this computer, and count again."""
        from studio.services.district_report import read_decisions, save_decisions

        file = config_dir() / _DECISIONS
        try:
            save_decisions(file, {**read_decisions(file), key: same})
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self._work(lambda _i, _p: None)

    def _save(self) -> None:
        if self.figures is not None:
            ask_save(self._tools, self.figures, contacts=self.contacts.isChecked(), owner=self)


def _nothing(_: object) -> None:
    """Drops a result."""
