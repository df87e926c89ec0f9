"""Where the group is: the village by typing, all above it and the code filled in from the official list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from studio.group.group_records import put_record
from studio.group.group_region import REGION_PLACE, GroupRegion, group_in_region, region_of
from studio.lexicon.region_search import VillageRegion, find_villages, keep_region, with_region
from studio.story.regions import RegionLine
from studio.ui.group.record_form import field_grid
from studio.ui.widgets.basic_parts import button, column, describe, label, row
from studio.ui.widgets.proposal_list import ProposalList
from studio.ui.write.page_fields import asks_undo_or_redo

if TYPE_CHECKING:
    from studio.story.model import Group
    from studio.ui.group.group_context import GroupContext

NAMES = ("village", "district", "regency", "province")
# Milliseconds that typing has to rest before the list of villages is searched.
_ASK_AFTER_MS = 250
_PROPOSALS = 12


class _RegionField(QLineEdit):
    """A line that takes back what is typed in it until it is left; from then on undo is that of the records."""

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where nothing is typed that the records do not know."""
        if not self.isModified() and asks_undo_or_redo(event):
            event.ignore()
            return True
        return super().event(event)


class RegionCard(QFrame):
    """The group's name and region. They stand in workspace.json, as posts show them, and change when a line is left.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._context = context
        self._shown = GroupRegion()
        self.lines = {name: self._region_line(name) for name in NAMES}
        self.code = label("", "muted", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._pause.timeout.connect(self._ask)
        self.villages: ProposalList[VillageRegion] = ProposalList(self.lines["village"])
        self.villages.chosen.connect(self._take_village)
        self.lines["village"].textEdited.connect(lambda _: self._pause.start())
        self._lay_out()
        context.session.changed.connect(self._on_records)
        self.show_group()

    def _region_line(self, name: str) -> _RegionField:
        made = _RegionField()
        hint = self._context.t(f"profile.{name}_hint")
        made.setPlaceholderText(hint)
        describe(made, self._context.t(f"profile.{name}"), hint)
        made.setReadOnly(self._context.workspace.read_only)
        made.editingFinished.connect(self._keep_typed)
        return made

    def _lay_out(self) -> None:
        context, theme = self._context, self._context.tools.theme
        self.name = label("", "title", wrap=True)
        change = button(
            theme, context.t("group.profile.look"), partial(context.open_place, "action/profile"), icon="palette"
        )
        grid, columns = field_grid(theme)
        for number, (name, line) in enumerate(self.lines.items()):
            head = label(context.t(f"profile.{name}"), "strong")
            head.setBuddy(line)
            holder = QWidget()
            holder.setProperty("look", "clear")
            holder.setLayout(column(head, line, gap=theme.px(3)))
            grid.addWidget(holder, number // columns, number % columns)
        top = row(self.name, 1, change, gap=theme.px(10)) if columns == 2 else column(self.name, row(change, 1))
        whole = column(top, grid, self.code, gap=theme.px(10))
        whole.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(16))
        self.setLayout(whole)

    @property
    def _group(self) -> Group:
        """The profile in the region of the records, which may not be saved yet."""
        region = self._context.session.records.record(REGION_PLACE, GroupRegion)
        group = self._context.workspace.group
        return group_in_region(group, region) if region is not None else group

    def _on_records(self, _: object) -> None:
        # Other records change while the user types here; only another region may write over what is being typed.
        if region_of(self._group) != self._shown:
            self.show_group()

    def show_group(self) -> None:
        """Show the names as they are now."""
        group = self._group
        self._shown = region_of(group)
        self.name.setText(group.name or "KIM")
        for name, line in self.lines.items():
            line.setText(getattr(group, name))
        code = group.region_code
        self.code.setText(
            self._context.t("group.profile.code", region=code) if code else self._context.t("group.profile.no_code")
        )

    def _ask(self) -> None:
        text = self.lines["village"].text()
        self._context.tools.jobs.start(
            "",
            partial(find_villages, text, _PROPOSALS),
            done=partial(self._propose, text),
            owner=self,
            lane="quick",
            quiet=True,
        )

    def _propose(self, asked: str, found: tuple[VillageRegion, ...]) -> None:
        if self.lines["village"].text() == asked:  # else more was typed meanwhile
            self.villages.show_items([(region.title, region) for region in found])

    def _take_village(self, region: VillageRegion) -> None:
        # A search that still waits would open the list again.
        self._pause.stop()
        self._save(with_region(self._group, region))

    def _keep_typed(self) -> None:
        if self.villages.list.isVisible():
            return  # the line is left for its own list
        typed = RegionLine(*(self.lines[name].text().strip() for name in NAMES))
        self._save(keep_region(self._group, typed))

    def _save(self, group: Group) -> None:
        self._context.session.edit(put_record(REGION_PLACE, region_of(group), "edit.group.region"))
        self.show_group()
