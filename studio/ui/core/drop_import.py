"""Files that come in by drag and drop, paste or the file dialog.

Photos and clips go into the open story, each text becomes a story of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from studio.base.errors import UserError, WorkNotice
from studio.services.media_import import (
    ImportedMedia,
    SortedFiles,
    add_chat,
    add_text,
    import_media,
    media_present,
    sort_out,
)
from studio.ui.core.media_pasting import take_pasted
from studio.ui.core.phone_intake import phone_intake, propose_credit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from studio.story.model import Story
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.package_import import PackageImport
    from studio.ui.shell.window_frame import WindowFrame


class DropImport(QObject):
    """Takes files in.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        shell: for short words.
        go: shows a desk.
    """

    def __init__(
        self, tools: WindowTools, stories: OpenWorkspace, shell: WindowFrame, go: Callable[[str], None]
    ) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell
        self._go = go
        self._packages: PackageImport | None = None
        phone = phone_intake(tools, stories)
        phone.came_in.connect(self._on_phone)
        phone.missed.connect(self._tell_troubles)

    def _package_import(self) -> PackageImport:
        """Takes packages in: merging, and what it needs, loads when the first one comes."""
        from studio.ui.core.package_import import PackageImport

        if self._packages is None:
            self._packages = PackageImport(self._tools, self._stories, self._shell, self._show, self._tell_troubles)
        return self._packages

    def choose(self) -> None:
        """Ask for files and take them in."""
        self.bring_in(self._tools.dialogs.choose_files(self._tools.t("key.add"), "any"))

    def take_mime(self, data: QMimeData) -> None:
        """Take in what was pasted: files that were copied, or a picture copied in a browser or chat."""
        take_pasted(self._tools, self._stories.workspace, data, self.bring_in, self.failed, self)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Take files in: media into the open story (a new one when none is open), each text as a story of its own."""
        if not paths:
            return
        if self._stories.workspace.read_only:
            self._tools.dialogs.tell(
                self._tools.t("window.read_only_title"), self._tools.t("window.read_only"), tone="warning"
            )
            return
        found = sort_out(paths)
        if found.texts or found.packages:
            self._add_texts(found)
        for path in found.chats:
            self._add_chat(path)
        if found.media:
            self._add_media(found)
        if found.others and not (found.texts or found.media or found.packages or found.chats):
            self._tell_troubles([UserError("import.not_known", file=path.name) for path in found.others])
        elif found.others:
            self._shell.show_toast(self._tools.t("import.others", n=len(found.others)))

    # ------------------------------------------------------------------------------------------- texts

    def _add_texts(self, found: SortedFiles) -> None:
        for path in found.texts:
            self._tools.jobs.start(
                self._tools.t("import.job_text", file=path.name),
                partial(add_text, self._stories.workspace, path),
                done=self._text_added,
                failed=self.failed,
            )
        for path in found.packages:
            self._package_import().take_package(path)

    def _add_chat(self, path: Path) -> None:
        """Let the user choose among the messages of an exported chat, then make a story of them."""
        from studio.store.chats import read_chat
        from studio.ui.dialogs.chat_dialog import ChatDialog

        try:
            chat = read_chat(path)
        except UserError as error:
            self.failed(error)
            return
        if not chat.messages:
            self._shell.show_toast(self._tools.t("chat.empty", file=path.name))
            return
        dialog = ChatDialog(self._tools, chat)
        if self._tools.dialogs.show(dialog) and (chosen := dialog.chosen()):
            work = partial(add_chat, self._stories.workspace, chat, chosen)
            title = self._tools.t("chat.job", file=path.name)
            self._tools.jobs.start(title, work, done=self._text_added, failed=self.failed)

    def _show(self, folder: str) -> bool:
        """Open a story where it is written; whether it is open now."""
        try:
            opened = self._stories.open(folder)
        except UserError as error:
            self.failed(error)
            return False
        if opened:
            self._go("write")
        return opened

    def _text_added(self, added: tuple[str, tuple[UserError | WorkNotice, ...]]) -> None:
        folder, troubles = added
        self._stories.touched.emit(folder)
        if not self._show(folder):
            return
        self._shell.show_toast(self._tools.t("import.text_done"))
        if troubles:
            self._tell_troubles(list(troubles))

    # ------------------------------------------------------------------------------------------- media

    def _add_media(self, found: SortedFiles) -> None:
        if self._stories.session is None:
            self._stories.new()
        session = self._stories.session
        if session is None or session.read_only:
            return
        try:
            folder = session.ensure_folder()
        except UserError as error:
            self.failed(error)
            return
        story = session.story
        present = media_present(story)
        work = partial(
            import_media,
            self._stories.workspace,
            folder,
            found,
            present,
            propose_credit(self._tools, self._stories.workspace),
        )
        self._tools.jobs.start(
            self._tools.t("import.job_media", n=len(found.media)),
            work,
            done=partial(_keep_media, self._stories, folder, self, story),
            failed=self.failed,
        )

    def _on_phone(self, story: Story, came: ImportedMedia, here: bool) -> None:
        self.media_added(story, came, here=here, idle=False)

    def media_added(self, story: Story, came: ImportedMedia, *, here: bool, idle: bool) -> None:
        """Show what came in.

        Args:
            story: the story it came into, as it is now.
            came: what came, and what did not.
            here: that story is open; else it was left meanwhile.
            idle: nothing was done to it since: its photos or clips are shown. Whoever is typing is not led away.
        """
        count = came.count
        if count and here:
            if idle and (came.photos or came.videos):
                self._go("photo" if came.photos else "video")
            done = "media_done" if came.photos or came.videos else "sound_done"
            self._shell.show_toast(self._tools.t(f"import.{done}", n=count))
        elif count:
            self._shell.show_toast(
                self._tools.t("import.media_done_elsewhere", n=count, headline=story.headline or "–")
            )
        if came.troubles:
            self._tell_troubles(came.troubles)

    # ------------------------------------------------------------------------------------------- trouble

    def failed(self, error: UserError) -> None:
        """Say why something could not come in."""
        self._tell_troubles([error])

    def _tell_troubles(self, troubles: Sequence[UserError | WorkNotice]) -> None:
        text = "\n\n".join(self._tools.texts.explain(trouble) for trouble in troubles)
        self._tools.dialogs.tell(self._tools.t("import.troubles"), text, tone="warning")


def _keep_media(stories: OpenWorkspace, folder: str, intake: DropImport, before: Story, came: ImportedMedia) -> None:
    """Add what came in to its story. No method of the window's: another story or window may be there by now.

    Args:
        stories: knows the open story, if the workspace is still open.
        folder: the story the files were meant for.
        intake: says what came, if its window is still there.
        before: the story when the files began to come.
        came: what came in.
    """
    if not isValid(stories):
        return  # the workspace was closed: the files lie in the story's folder, and where they came from
    session = stories.session
    here = session is not None and session.folder == folder
    idle = session is not None and session.story is before
    try:
        story = stories.add_media(folder, came)
    except UserError as error:
        if isValid(intake):
            intake.failed(error)
        return
    if isValid(intake):
        intake.media_added(story, came, here=here, idle=idle)
