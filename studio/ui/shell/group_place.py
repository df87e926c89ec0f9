"""The sixth place of the window, "Kelompok": shown in the middle instead of a desk, as it belongs to no story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from studio.group.group_region import REGION_PLACE, GroupRegion, region_of
from studio.ui.group.group_context import PAGES, FileTakingPage, GroupContext, GroupPageCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.group.group_records import GroupRecords
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import SaveState
    from studio.ui.group.group_desk import GroupDesk
    from studio.ui.group.group_session import GroupSession
    from studio.ui.shell.window_frame import WindowFrame


class GroupPlace(QObject):
    """Shows the place and hides it again; made once for a window.

    Args:
        tools: what every part is given.
        stories: the open workspace: it keeps the group's records for longer than a window lives.
        shell: the frame of the window.
        open_place: leads to anything outside of this place: a desk's code, or ``"action/<code>"``.
        undo: takes the last step back.
    """

    changed = Signal()
    """The place was shown or left, or the records were edited: undo means something else now."""
    state_changed = Signal(object)
    """A ``SaveState`` of the records, while the place is shown."""
    saving_told = Signal(object)
    """The same, whether the place is shown or was left."""
    disposed = Signal()
    """The window goes down: what stands beside this place in it lets go as well."""
    group_changed = Signal()
    """The group has another name or region now."""

    def __init__(
        self,
        tools: WindowTools,
        stories: OpenWorkspace,
        shell: WindowFrame,
        open_place: Callable[[str], None],
        undo: Callable[[], None],
    ) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell
        self._open_place = open_place
        self._undo = undo
        self.desk: GroupDesk | None = None
        self.shown = False

    @property
    def shell(self) -> WindowFrame:
        """The frame of the window."""
        return self._shell

    @property
    def session(self) -> GroupSession | None:
        """The records, while the place is shown."""
        return self._stories.group if self.shown else None

    def show(self, place: str = "") -> None:
        """Show the place: a page (``"map"``), a part of one (``"profile/decree"``), or the page of last time."""
        if self._stories.group.take_outside_changes():
            self._toast(self._tools.t("group.changed_outside"))
        target = place or self._last_page()
        # Made before it is shown, and its part found after: a page that is not on the screen cannot take the focus.
        self.desk = self.prepare(target)
        self.shown = True
        self._shell.show_desk("", self.desk, None)
        self.state_changed.emit(self._stories.group.save_state)
        self.changed.emit()
        self.desk.home.setFocus()
        self.desk.reveal(target)

    def prepare(self, place: str = "") -> GroupDesk:
        """Have a page made that will be shown, or the page of last time: making and showing it are 40 ms each."""
        if self.desk is None:
            self.desk = self._make()
        self.desk.reveal((place or self._last_page()).partition("/")[0])
        return self.desk

    def _last_page(self) -> str:
        code = self._tools.settings.text("group_page")
        return code if code in dict(PAGES) else PAGES[0][0]

    def leave(self) -> None:
        """A desk is shown instead."""
        if self.shown:
            self.shown = False
            self._stories.group.flush()
            self.changed.emit()

    def take_files(self, names: list[str]) -> bool:
        """Files were dropped onto the window; whether the page that is shown took them."""
        page: object = self.desk.page if self.shown and self.desk is not None else None
        if isinstance(page, FileTakingPage):
            page.take_files([str(Path(name)) for name in names])
        return self.shown

    def dispose(self) -> None:
        """The window goes down; the records stay open."""
        self.disposed.emit()
        if self.desk is None:
            return
        self.desk.pass_on()
        session = self._stories.group
        # The session outlives the window, and would go on calling it.
        session.changed.disconnect(self._on_edited)
        session.save_state_changed.disconnect(self._on_state)
        session.refused.disconnect(self._on_refused)
        self._shell.drop_desk(self.desk, None)
        self.desk = None

    def _make(self) -> GroupDesk:
        from studio.ui.group.group_desk import GroupDesk

        session = self._stories.group
        context = GroupContext(
            tools=self._tools,
            workspace=self._stories.workspace,
            session=session,
            open_place=self.open_place,
            toast=self._toast,
            stories=self._stories,
            group_changed=self.group_changed.emit,
        )
        made = GroupDesk(context)
        session.changed.connect(self._on_edited)
        session.save_state_changed.connect(self._on_state)
        session.refused.connect(self._on_refused)
        return made

    def open_place(self, place: str) -> None:
        """Lead to where something is done: see ``GroupContext.open_place``."""
        root, _, rest = place.partition("/")
        if root == "group":
            self.show(cast("GroupPageCode", rest))
        else:
            self._open_place(place)

    def _toast(self, text: str, with_undo: bool = False) -> None:
        self._shell.show_toast(text, self._tools.t("key.undo") if with_undo else "", self._undo)

    def _on_refused(self) -> None:
        if self.shown:
            self._toast(self._tools.t("window.read_only"))

    def _on_edited(self, records: GroupRecords) -> None:
        region = records.record(REGION_PLACE, GroupRegion)
        if region is not None and region != region_of(self._stories.workspace.group):
            # Saved at once, not after the pause of autosave: the head of the list and the previews show workspace.json.
            self._stories.group.flush()
            self.group_changed.emit()
        self.changed.emit()

    def _on_state(self, state: SaveState) -> None:
        self.saving_told.emit(state)
        if self.shown:
            self.state_changed.emit(state)
