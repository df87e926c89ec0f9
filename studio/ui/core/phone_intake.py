"""Files that phones send over the Wi-Fi, into the story that asked for them: whatever the window shows meanwhile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial, reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.base.errors import UserError
from studio.services.media_import import ImportedMedia, media_present, take_one_by_one
from studio.ui.core.background_jobs import BackgroundJob
from studio.ui.dialogs.dialog_service import DialogChoice

if TYPE_CHECKING:
    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.publish.lan_intake import IntakePage
    from studio.services.phone_uploads import ArrivedFile, UploadShelf, UploadView
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import JobState
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace

_LOOK_MS = 500


def phone_intake(tools: WindowTools, stories: OpenWorkspace) -> PhoneIntake:
    """The one of an open workspace, which outlives a window that is built anew."""
    found = stories.findChild(PhoneIntake)
    if found is None:
        return PhoneIntake(tools, stories)
    found.tools = tools
    return found


def may_end_intake(tools: WindowTools, stories: OpenWorkspace) -> bool:
    """Whether the workspace may be left: asked where a phone would be cut off."""
    found = stories.findChild(PhoneIntake)
    if found is None or not found.busy:
        return True
    coming = sum(one.state in {"coming", "arrived"} for one in found.files)
    end = DialogChoice("end", tools.t("phone_in.leave_end"), destructive=True)
    return tools.dialogs.ask(tools.t("phone_in.title"), tools.t("phone_in.leave", n=coming), (end,)) == "end"


def proposed_credit(tools: WindowTools, workspace: Workspace) -> str:
    """The credit that is proposed: "Nama/KIM ..." with the author from the settings, else nothing."""
    author, group = tools.settings.text("author"), workspace.group.name
    return f"{author}/{group}" if author and group else ""


class PhoneIntake(QObject):
    """Switches the page on and off, and takes in what arrives.

    Args:
        tools: what every part is given; replaced when the window is built anew.
        stories: the open workspace and story.
    """

    came_in = Signal(object, object, bool)
    """The story as it is now, the ``ImportedMedia``, and whether that story is the open one."""
    changed = Signal()
    """Something is further than it was, or the page went on or off."""
    missed = Signal(object)
    """The page has ended: what there was to say of files while nobody saw their lines."""
    _arrived = Signal(object)
    """From a thread of the server: an ``ArrivedFile``."""
    _ended = Signal()
    """From the server's thread: nobody asked for long."""

    def __init__(self, tools: WindowTools, stories: OpenWorkspace) -> None:
        super().__init__(stories)
        self.tools = tools
        self._stories = stories
        self._page: IntakePage | None = None
        self._folder = ""
        self._waiting: list[ArrivedFile] = []
        self._working = False
        self._leaving = False
        self.seen = False
        """Whether the lines of the files are shown, with what is wrong with each."""
        self._unsaid: list[UserError | WorkNotice] = []
        self._media: dict[str, frozenset[str]] = {}
        self._job: BackgroundJob | None = None
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._arrived.connect(self._on_arrived)
        self._ended.connect(self.turn_off)
        stories.closing.connect(self._end_now)

    @property
    def address(self) -> str:
        """What a phone opens; "" while the page is off."""
        return self._page.address if self._page is not None else ""

    @property
    def folder(self) -> str:
        """The story that asked, as its folder is called now."""
        return self._stories.workspace.name_now(self._folder)

    @property
    def files(self) -> tuple[UploadView, ...]:
        """What is on its way or has come since the page was switched on."""
        shelf = self._page.shelf if self._page is not None else None
        return shelf.files() if shelf is not None else ()

    @property
    def busy(self) -> bool:
        """Whether a file is on its way or waits to be taken in."""
        shelf = self._page.shelf if self._page is not None else None
        return shelf is not None and (self._working or shelf.busy)

    def turn_on(self) -> None:
        """Take files into the open story from now on; a page that is on for another story ends.

        Raises:
            UserError: no story is open or may be changed, there is no network, or the disk refuses.
        """
        from studio.base.atomic_files import disk_error
        from studio.publish.lan_intake import IntakePage
        from studio.publish.lan_intake_page import intake_html

        session, tools = self._stories.session, self.tools
        if session is None or session.read_only:
            raise UserError("phone_in.no_story")
        folder = session.ensure_folder()
        self._leaving = False
        if self._page is not None and self.folder == folder:
            return
        self.turn_off()
        html = intake_html(lambda code: tools.t(f"phone_in.page.{code}"), tools.texts.language)
        place = self._stories.workspace.private_dir
        # Both are called in the server's threads: only signals may reach the window from there.
        page = IntakePage(place, html, tools.texts.explain, self._arrived.emit, ended=self._ended.emit)
        try:
            page.start()
        except OSError as error:
            raise disk_error(error, place) from error
        self._page, self._folder = page, folder
        self._media = {}
        self._clock.start()
        self.changed.emit()

    def leave(self) -> None:
        """End the page as soon as nothing is on its way any more."""
        self._leaving = True
        self._look()

    def turn_off(self) -> None:
        """End the page; what is whole by now still comes into its story, of the rest nothing is kept."""
        page = self._page
        if page is None:
            return
        self._clock.stop()
        page.stop()
        if self._working or self._waiting:
            self._leaving = True  # its files are still read: the room is cleared behind the last of them
            return
        self._page = None
        page.clear_room()
        self._show_job()
        self.changed.emit()
        unsaid, self._unsaid = self._unsaid, []
        if unsaid:
            self.missed.emit(unsaid)

    def _end_now(self) -> None:
        """The workspace is let go: nobody could take in what is on its way. The phone was not told that it is in."""
        page, self._page = self._page, None
        self._clock.stop()
        if page is not None:
            page.stop()
            page.clear_room()

    # ------------------------------------------------------------------------------------------- what arrives

    def _on_arrived(self, file: ArrivedFile) -> None:
        self._waiting.append(file)
        self._take_next()

    def _take_next(self) -> None:
        """Take in all that waits, as one step; what arrives meanwhile is the next one."""
        if self._working or not self._waiting:
            return
        batch, self._waiting = tuple(self._waiting), []
        self._working = True
        workspace, folder, session = self._stories.workspace, self.folder, self._stories.session
        # The open story may be further than its file.
        now = session.story if session is not None and session.folder == folder else None
        credit = proposed_credit(self.tools, workspace)

        def work(progress: Progress) -> tuple[ImportedMedia, ...]:
            present = media_present(now or workspace.load(folder))
            paths = [one.path for one in batch]
            return take_one_by_one(workspace, folder, paths, present, credit, progress)

        self.tools.jobs.start(
            self.tools.t("import.job_media", n=len(batch)),
            work,
            done=partial(self._keep, folder, batch),
            failed=partial(self._refuse, batch),
            ended=partial(self._on_job_ended, batch),
            owner=self,
        )

    def _on_job_ended(self, batch: tuple[ArrivedFile, ...], state: JobState) -> None:
        """Comes before ``_keep`` and ``_refuse``, and alone after a stop or a bug."""
        self._working = False
        if state != "done":
            self._refuse(batch, UserError("phone_in.called_off"))

    def _keep(self, folder: str, batch: tuple[ArrivedFile, ...], taken: tuple[ImportedMedia, ...]) -> None:
        came = reduce(ImportedMedia.with_more, taken, ImportedMedia())
        session = self._stories.session
        here = session is not None and session.folder == self._stories.workspace.name_now(folder)
        try:
            story = self._stories.add_media(folder, came)
        except UserError as error:
            self._refuse(batch, error)
            return
        for file, one in zip(batch, taken, strict=True):
            self._settle(file, one)
        self._go_on()
        # What is wrong with a file its line says: two hundred photos are no two hundred questions.
        self.came_in.emit(story, replace(came, troubles=()), here)

    def _refuse(self, batch: tuple[ArrivedFile, ...], error: UserError) -> None:
        for file in batch:
            self._settle(file, ImportedMedia(troubles=(error,)))
        self._go_on()

    def _settle(self, file: ArrivedFile, came: ImportedMedia) -> None:
        if not self.seen:
            self._unsaid += [trouble for trouble in came.troubles if trouble not in self._unsaid]
        told = "\n".join(self.tools.texts.explain(trouble) for trouble in came.troubles)
        if came.files:
            self._media[file.id] = came.files
        if self._page is not None and self._page.shelf is not None:
            self._page.shelf.settle(file.id, *(("", told) if came.files else (told,)))

    def _look_for_removed(self, shelf: UploadShelf) -> None:
        """What was taken out of the story again is no longer called in it, and may be sent once more."""
        session = self._stories.session
        if session is None or session.folder != self.folder:
            return
        present = media_present(session.story)
        for one in shelf.files():
            there = self._media.get(one.id, present) <= present
            with suppress(UserError):  # begun anew in this moment
                if one.state == "added" and not there:
                    shelf.settle(one.id, self.tools.t("phone_in.removed"))
                elif one.state == "refused" and one.id in self._media and there:
                    shelf.settle(one.id)

    def _go_on(self) -> None:
        self.changed.emit()
        self._take_next()
        if not self._working and self._page is not None and not self._page.running:
            self.turn_off()

    # ------------------------------------------------------------------------------------------- how far it is

    def _look(self) -> None:
        """From time to time: show how far it is, and end what was left and is done."""
        if self._page is None:
            return
        if self._page.shelf is not None:
            self._look_for_removed(self._page.shelf)
        self._show_job()
        self.changed.emit()
        if (self._leaving and not self.busy) or (self._job is not None and self._job.cancel_asked):
            self.turn_off()

    def _show_job(self) -> None:
        """Have the status bar say what is on its way, like any work; stopping it there ends the page."""
        coming = [one for one in self.files if one.state == "coming"]
        if self._job is None and coming:
            self._job = BackgroundJob(self.tools.t("phone_in.job"), parent=self)
            self._job.state = "running"
            self.tools.jobs.started.emit(self._job)
        if self._job is not None and coming:
            got, size = sum(one.got for one in coming), sum(one.size for one in coming)
            self._job.note(got, size, coming[0].name)
        elif self._job is not None:
            self._job.finish("done")
            self._job.deleteLater()
            self._job = None
