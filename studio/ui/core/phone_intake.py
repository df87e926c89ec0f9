"""Files that phones send over the Wi-Fi, into the story that asked for them: whatever the window shows meanwhile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
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
    return _ask_to_end(tools, tools.t("phone_in.leave", n=coming))


def may_switch_intake(tools: WindowTools, stories: OpenWorkspace) -> bool:
    """Whether the page may go on for the open story: asked where files of another one are still being sent."""
    found, session = stories.findChild(PhoneIntake), stories.session
    if found is None or session is None or not found.busy or found.folder == session.folder:
        return True
    coming = sum(one.state == "coming" for one in found.files)
    return not coming or _ask_to_end(tools, tools.t("phone_in.other_story", n=coming))


def _ask_to_end(tools: WindowTools, question: str) -> bool:
    end = DialogChoice("end", tools.t("phone_in.leave_end"), destructive=True)
    return tools.dialogs.ask(tools.t("phone_in.title"), question, (end,)) == "end"


def propose_credit(tools: WindowTools, workspace: Workspace) -> str:
    """The credit that is proposed: "Nama/KIM ..." with the author from the settings, else nothing."""
    author, group = tools.settings.text("author"), workspace.group.name
    return f"{author}/{group}" if author and group else ""


@dataclass(eq=False, slots=True)
class _Reception:
    """A page, the story its files go into, and how far they are.

    It may outlast the page: the next story's page may be on while files of this one are still read.
    """

    page: IntakePage
    folder: str
    waiting: list[ArrivedFile] = field(default_factory=list)
    working: bool = False
    media: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def files(self) -> tuple[UploadView, ...]:
        shelf = self.page.shelf
        return shelf.files() if shelf is not None else ()

    @property
    def unfinished(self) -> bool:
        """Whether a whole file has not come into the story yet; it may still be on its way out of the server."""
        return self.working or any(one.state == "arrived" for one in self.files)

    @property
    def busy(self) -> bool:
        return self.working or (self.page.shelf is not None and self.page.shelf.busy)


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

    def __init__(self, tools: WindowTools, stories: OpenWorkspace) -> None:
        super().__init__(stories)
        self.tools = tools
        self._stories = stories
        self._now: _Reception | None = None
        self._before: list[_Reception] = []
        """Switched off, and not finished yet."""
        self._leaving = False
        self.seen = False
        """Whether the lines of the files are shown, with what is wrong with each."""
        self._unsaid: list[UserError | WorkNotice] = []
        self._job: BackgroundJob | None = None
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self._show_state)
        stories.closing.connect(self._end_now)

    @property
    def address(self) -> str:
        """What a phone opens; "" while the page is off."""
        return self._now.page.address if self._now is not None else ""

    @property
    def folder(self) -> str:
        """The story that asked, as its folder is called now."""
        return self._stories.workspace.name_now(self._now.folder) if self._now is not None else ""

    @property
    def files(self) -> tuple[UploadView, ...]:
        """What is on its way or has come since the page was switched on."""
        return self._now.files if self._now is not None else ()

    @property
    def busy(self) -> bool:
        """Whether a file is on its way or waits to be taken in."""
        return any(one.busy for one in (self._now, *self._before) if one is not None)

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
        if self.address and self.folder == folder:
            return
        self.turn_off()
        if self._now is not None:
            self._before.append(self._now)
            self._now = None
        html = intake_html(lambda code: tools.t(f"phone_in.page.{code}"), tools.texts.language)
        place = self._stories.workspace.private_dir
        post = tools.jobs.post
        # Both are called in the server's threads, while Qt may be deleting this: only the runner may be told there.
        page = IntakePage(
            place,
            html,
            tools.texts.explain,
            lambda file: post(partial(self._on_arrived, reception, file)),
            ended=lambda: post(partial(self._on_time_out, reception)),
        )
        reception = _Reception(page, folder)
        try:
            page.start()
        except OSError as error:
            raise disk_error(error, place) from error
        self._now = reception
        self._clock.start()
        self.changed.emit()

    def leave(self) -> None:
        """End the page as soon as nothing is on its way any more."""
        self._leaving = True
        self._show_state()

    def turn_off(self) -> None:
        """End the page; what is whole by now still comes into its story, of the rest nothing is kept."""
        reception = self._now
        if reception is None:
            return
        self._clock.stop()
        reception.page.stop()
        if not reception.unfinished:
            self._end(reception)

    def _end(self, reception: _Reception) -> None:
        """All of it is in its story: clear the room behind it, and tell what nobody has seen."""
        reception.page.clear_room()
        if reception is self._now:
            self._now = None
            self._show_job()
            self.changed.emit()
        else:
            self._before.remove(reception)
        unsaid, self._unsaid = self._unsaid, []
        if unsaid:
            self.missed.emit(unsaid)

    def _end_now(self) -> None:
        """The workspace is let go: nobody could take in what is on its way. The phone was not told that it is in."""
        ending, self._now, self._before = [self._now, *self._before], None, []
        self._clock.stop()
        for one in ending:
            if one is not None:
                one.page.stop()
                one.page.clear_room()

    # ------------------------------------------------------------------------------------------- what arrives

    def _on_arrived(self, reception: _Reception, file: ArrivedFile) -> None:
        if reception is self._now or reception in self._before:  # else its workspace is let go
            reception.waiting.append(file)
            self._take_next(reception)

    def _on_time_out(self, reception: _Reception) -> None:
        if reception is self._now:
            self.turn_off()

    def _take_next(self, reception: _Reception) -> None:
        """Take in all that waits, as one step; what arrives meanwhile is the next one."""
        if reception.working or not reception.waiting:
            return
        batch, reception.waiting = tuple(reception.waiting), []
        reception.working = True
        workspace, session = self._stories.workspace, self._stories.session
        folder = workspace.name_now(reception.folder)
        # The open story may be further than its file.
        now = session.story if session is not None and session.folder == folder else None
        credit = propose_credit(self.tools, workspace)

        def work(progress: Progress) -> tuple[ImportedMedia, ...]:
            present = media_present(now or workspace.load(folder))
            paths = [one.path for one in batch]
            return take_one_by_one(workspace, folder, paths, present, credit, progress)

        self.tools.jobs.start(
            self.tools.t("import.job_media", n=len(batch)),
            work,
            done=partial(self._keep_arrived, reception, batch),
            failed=partial(self._refuse, reception, batch),
            ended=partial(self._on_job_ended, reception, batch),
            owner=self,
        )

    def _on_job_ended(self, reception: _Reception, batch: tuple[ArrivedFile, ...], state: JobState) -> None:
        """Comes before ``_keep_arrived`` and ``_refuse``, and alone after a stop or a bug."""
        reception.working = False
        if state != "done":
            # When ``_refuse`` has had its turn: of an error it says more.
            call_off = partial(self._refuse_rest, reception, batch, UserError("phone_in.called_off"))
            QTimer.singleShot(0, self, call_off)

    def _keep_arrived(
        self, reception: _Reception, batch: tuple[ArrivedFile, ...], taken: tuple[ImportedMedia, ...]
    ) -> None:
        came = reduce(ImportedMedia.with_more, taken, ImportedMedia())
        session, folder = self._stories.session, self._stories.workspace.name_now(reception.folder)
        here = session is not None and session.folder == folder
        try:
            story = self._stories.add_media(folder, came)
        except UserError as error:
            self._refuse(reception, batch, error)
            return
        for file, one in zip(batch, taken, strict=True):
            self._settle_file(reception, file, one)
        self._go_on(reception)
        # What is wrong with a file its line says: two hundred photos are no two hundred questions.
        self.came_in.emit(story, replace(came, troubles=()), here)

    def _refuse(self, reception: _Reception, batch: tuple[ArrivedFile, ...], error: UserError) -> None:
        for file in batch:
            self._settle_file(reception, file, ImportedMedia(troubles=(error,)))
        self._go_on(reception)

    def _refuse_rest(self, reception: _Reception, batch: tuple[ArrivedFile, ...], error: UserError) -> None:
        waiting = {one.id for one in reception.files if one.state == "arrived"}
        rest = tuple(file for file in batch if file.id in waiting)
        if rest:
            self._refuse(reception, rest, error)

    def _settle_file(self, reception: _Reception, file: ArrivedFile, came: ImportedMedia) -> None:
        if not self.seen or reception is not self._now:
            self._unsaid += [trouble for trouble in came.troubles if trouble not in self._unsaid]
        told = "\n".join(self.tools.texts.explain(trouble) for trouble in came.troubles)
        if came.files:
            reception.media[file.id] = came.files
        if reception.page.shelf is not None:
            reception.page.shelf.note_outcome(file.id, *(("", told) if came.files else (told,)))

    def _look_for_removed(self, reception: _Reception, shelf: UploadShelf) -> None:
        """What was taken out of the story again is no longer called in it, and may be sent once more."""
        session, media = self._stories.session, reception.media
        if session is None or session.folder != self.folder:
            return
        present = media_present(session.story)
        for one in shelf.files():
            there = media.get(one.id, present) <= present
            with suppress(UserError):  # begun anew in this moment
                if one.state == "added" and not there:
                    shelf.note_outcome(one.id, self.tools.t("phone_in.removed"))
                elif one.state == "refused" and one.id in media and there:
                    shelf.note_outcome(one.id)

    def _go_on(self, reception: _Reception) -> None:
        self.changed.emit()
        self._take_next(reception)
        over = not reception.page.running and not reception.unfinished
        if over and (reception is self._now or reception in self._before):
            self._end(reception)

    # ------------------------------------------------------------------------------------------- how far it is

    def _show_state(self) -> None:
        """From time to time: show how far it is, and end what was left and is done."""
        if self._now is None:
            return
        if self._now.page.shelf is not None:
            self._look_for_removed(self._now, self._now.page.shelf)
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
