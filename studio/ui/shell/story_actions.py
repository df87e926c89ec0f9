"""What the user does with stories as such: open, make, remove, bring back, undo, look at earlier versions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.ui.dialogs.dialog_service import DialogChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.model import StoryKind
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import DocumentSession
    from studio.ui.group.group_session import GroupSession
    from studio.ui.shell.address_commands import AddressCommands
    from studio.ui.shell.handoff_commands import HandoffCommands
    from studio.ui.shell.series_commands import SeriesCommands
    from studio.ui.shell.window_frame import WindowFrame


CALLS = (
    *("new", "new_notice", "undo", "redo", "save", "history", "bin", "photo_folder", "shots", "certificates"),
    *("series", "next_story", "address", "to_editor", "read_aloud", "from_phone", "recorder", "print_paper"),
)
"""Actions of the window that are calls of ``StoryActions``, by their code."""
STORY_CODES = ("series", "next_story", "address", "to_editor", "read_aloud", "from_phone", "recorder")
"""Those of them that need an open story and are not for the group's records."""


class StoryActions(QObject):
    """Does it and says so.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        shell: for short words.
    """

    begun = Signal()
    """A new story is open: the user wants to write it."""
    place_asked = Signal(object)
    """A ``TextPlace`` of the open story: the user wants to go there."""

    def __init__(self, tools: WindowTools, stories: OpenWorkspace, shell: WindowFrame) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell
        self._series_commands: SeriesCommands | None = None
        self._handoff_commands: HandoffCommands | None = None
        self._address_commands: AddressCommands | None = None
        self.from_phone = partial(_from_phone, tools, stories)
        self.recorder = partial(_record_voice, tools, stories)
        self.shots = partial(_take_shots, tools, stories)
        self.certificates = partial(_make_certificates, tools, stories)
        self.print_paper = partial(_print_paper, tools, stories)
        self.active: Callable[[], DocumentSession[Any] | None] = lambda: stories.session
        """What undo, redo and save are about: the open story, or the group's records while their place is shown."""

    def open(self, folder: str) -> None:
        """Open a story. One that cannot be read is explained, and its earlier versions offered."""
        try:
            self._stories.open(folder)
        except UserError as error:
            self._offer_history(folder, error)

    def new_notice(self) -> None:
        """Begin a notice: its kind of service is asked first."""
        self.new("notice")

    def new(self, kind: StoryKind = "news") -> None:
        """Begin a story."""
        if self._stories.workspace.read_only:
            self._shell.show_toast(self._tools.t("window.read_only"))
            return
        if self._stories.new(kind):
            self.begun.emit()

    def save(self) -> None:
        """Have the story on disk at once. Nobody needs to, but many have learned to press Ctrl+S."""
        session = self.active()
        if session is None or session.flush() is not None or session.read_only:
            return
        # Of a stick that was pulled out meanwhile nobody may read "saved".
        if self._stories.workspace.site.known_presence() == "here":
            self._shell.show_toast(self._tools.t("window.saved"))

    def undo(self) -> None:
        """Take the last step back."""
        session = self.active()
        label = session.undo() if session else ""
        if label:
            self._shell.show_toast(self._tools.t("window.undone", what=self._tools.t(label)))

    def redo(self) -> None:
        """Do it again."""
        session = self.active()
        label = session.redo() if session else ""
        if label:
            self._shell.show_toast(self._tools.t("window.redone", what=self._tools.t(label)))

    def remove(self, folder: str) -> None:
        """Move a story to the bin, with a way back at once; nothing is asked, because nothing is lost."""
        session = self._stories.session
        try:
            # A story that is not saved yet has no folder that could go into the bin.
            if not folder and session is not None and not session.folder:
                folder = session.ensure_folder()
            name = self._stories.remove(folder) if folder else ""
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        if not name:
            return
        self._shell.show_toast(self._tools.t("window.binned"), self._tools.t("key.undo"), lambda: self.give_back(name))

    def give_back(self, name: str) -> None:
        """Bring a story back from the bin and open it."""
        try:
            self._stories.open(self._stories.give_back(name))
        except UserError as error:
            self._tools.dialogs.explain(error)

    def to_editor(self) -> None:
        """Make the open story a package."""
        from studio.ui.shell.handoff_commands import HandoffCommands

        if self._handoff_commands is None:
            self._handoff_commands = HandoffCommands(self._tools, self._stories, self)
        self._handoff_commands.send()

    def series(self) -> None:
        """Ask when the open story comes again."""
        self._series().edit()

    def next_story(self) -> None:
        """Make the next story of the open one's series."""
        self._series().make()

    def read_aloud(self) -> None:
        """Show the script of the open story for whoever reads it aloud."""
        from studio.ui.dialogs.read_aloud_dialog import show_read_aloud

        show_read_aloud(self._tools, self._stories)

    def show_lesson(self, start: str) -> None:
        """Show a lesson, or those of a desk first; then go where the user wants to do its task."""
        from studio.ui.dialogs.lessons_dialog import show_lessons

        place = show_lessons(self._tools, self._stories, start)
        if place is not None:
            self.place_asked.emit(place)

    def photo_folder(self) -> None:
        """Let the user make a folder of photos ready, which belong to no story."""
        from studio.ui.dialogs.photo_folder_dialog import show_photo_folder

        show_photo_folder(self._tools, self._stories.workspace)

    def _series(self) -> SeriesCommands:
        from studio.ui.shell.series_commands import SeriesCommands

        if self._series_commands is None:
            self._series_commands = SeriesCommands(self._tools, self._stories, self._shell, self.remove)
        return self._series_commands

    def address(self) -> None:
        """Show the address of the open story, and change it when that is wanted."""
        from studio.ui.shell.address_commands import AddressCommands

        if self._address_commands is None:
            self._address_commands = AddressCommands(self._tools, self._stories, self._shell)
        self._address_commands.show()

    def bin(self) -> None:
        """Show the bin."""
        from studio.ui.dialogs.bin_dialog import BinDialog

        dialog = BinDialog(self._tools, self._stories)
        self._tools.dialogs.show(dialog)
        restored = dialog.restored
        dialog.deleteLater()
        if restored:
            self.open(restored)

    def history(self) -> None:
        """Show the earlier versions of the open story, or of the group's files while their place is shown."""
        from studio.ui.group.group_session import GroupSession

        shown, session = self.active(), self._stories.session
        if isinstance(shown, GroupSession):
            self._show_group_history(shown)
            return
        if session is None:
            return
        session.flush()
        if session.folder:
            self._show_history(session.folder)

    def _show_group_history(self, session: GroupSession) -> None:
        from studio.group.group_records import put_record
        from studio.ui.group.record_history import RecordHistoryDialog

        session.flush()  # what is shown as now is on disk, and becomes a version itself with the next save
        dialog = RecordHistoryDialog(self._tools, session.group_folder, session.records)
        chosen = dialog.chosen if self._tools.dialogs.show(dialog) else None
        dialog.deleteLater()
        if chosen is not None:
            session.edit(put_record(chosen.place, chosen.record, "edit.group.history"))
            self._shell.show_toast(self._tools.t("group.history.restored"), self._tools.t("key.undo"), self.undo)

    def _show_history(self, folder: str) -> None:
        from studio.story.edits import restore_version
        from studio.ui.dialogs.history_dialog import HistoryDialog

        session = self._stories.session
        is_open = session is not None and session.folder == folder
        dialog = HistoryDialog(
            self._tools, self._stories.workspace, folder, session.story if session and is_open else None
        )
        chosen = dialog.chosen if self._tools.dialogs.show(dialog) else None
        dialog.deleteLater()
        if chosen is None:
            return
        if session is not None and is_open:
            session.edit(restore_version(chosen.story))
            session.flush()
        else:
            try:
                self._stories.workspace.restore_version(folder, chosen.name)
                self._stories.touched.emit(folder)
                self._stories.open(folder)
            except UserError as error:
                self._tools.dialogs.explain(error)
                return
        self._shell.show_toast(self._tools.t("window.restored"))

    def _offer_history(self, folder: str, error: UserError) -> None:
        versions = self._stories.workspace.versions(folder)
        text = self._tools.texts.explain(error)
        if not versions or self._stories.workspace.read_only:
            self._tools.dialogs.tell(self._tools.t("window.unreadable"), text, tone="warning")
            return
        choice = DialogChoice("history", self._tools.t("window.show_versions", n=len(versions)))
        if self._tools.dialogs.ask(self._tools.t("window.unreadable"), text, [choice], tone="warning") == "history":
            self._show_history(folder)

    def shortcuts(self) -> None:
        """Show all shortcuts."""
        from studio.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._tools)
        self._tools.dialogs.show(dialog)
        dialog.deleteLater()


def _from_phone(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Take photos, clips and voice notes in from a phone on the same Wi-Fi."""
    from studio.ui.dialogs.phone_intake_dialog import show_phone_intake

    show_phone_intake(tools, stories)


def _record_voice(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Record takes into the open story, and make files of its recordings."""
    from studio.ui.dialogs.recorder_dialog import show_recorder

    show_recorder(tools, stories)


def _take_shots(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Show the list of pictures to take along to an event."""
    from studio.ui.dialogs.shots_dialog import show_shots

    show_shots(tools, stories)


def _make_certificates(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Print a certificate for each name of a list."""
    from studio.ui.dialogs.certificates_dialog import show_certificates

    show_certificates(tools, stories.workspace)


def _print_paper(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Put stories on paper: a folded bulletin, posters, sheets for the notice board."""
    from studio.ui.dialogs.print_dialog import show_print

    show_print(tools, stories)
