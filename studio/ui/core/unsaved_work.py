"""What becomes of unsaved work: the drive that was pulled out, the disk that is full, the lock that someone took over.

The window stays, with its text. Whether the workspace is there is looked at every few seconds; the story is saved by
itself as soon as it can be, and kept on the laptop's own disk until then. Nobody leaves it without having been asked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.base.errors import UserError
from studio.services.group_profile import logo_problems
from studio.store.workspace import is_saved
from studio.store.workspace_presence import absence_error
from studio.ui.core.story_session import renew_document, saved_document
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.shell.backup_commands import BackupCommands
from studio.ui.shell.interrupted_export import InterruptedExport
from studio.ui.shell.message_banner import BannerMessage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.store.group_rescue import RescuedRecords
    from studio.store.rescue import RescuedStory
    from studio.store.workspace_presence import Presence
    from studio.story.model import Story
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import SaveState, StorySession

LOOK_MS = 5_000
"""How often it is looked whether the workspace is there."""
GONE_MS = 2_000
"""The same while it is not."""
BEAT_EVERY = 12
"""Looks between two signs of life in the lock: about a minute."""


class UnsavedWork(QObject):
    """Watches over one open workspace and its open story.

    Args:
        stories: the workspace and story.
        tools: what every part is given, as it is now; it changes when the window is rebuilt.
    """

    changed = Signal()
    """What the banner has to say may be something else now."""
    returned = Signal()
    """The workspace is there again."""
    taken = Signal()
    """Another person writes the workspace from now on."""

    def __init__(self, stories: OpenWorkspace, tools: Callable[[], WindowTools]) -> None:
        super().__init__(stories)
        self._stories = stories
        self._tools = tools
        self._looks = 0
        self._here: Presence = "here"
        self._writes = not stories.workspace.read_only
        self._kept: tuple[RescuedStory, ...] = ()
        self._kept_records: tuple[RescuedRecords, ...] = ()
        self._look_for_copies()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.check_workspace)
        self._timer.start()
        stories.may_leave = self.may_leave
        self.backups = BackupCommands(stories, tools)
        self.exports = InterruptedExport(stories, tools)
        for offer in (self.backups, self.exports):
            offer.changed.connect(self.changed)

    @property
    def workspace_present(self) -> bool:
        """Whether the workspace was there at the last look."""
        return self._here == "here"

    # ------------------------------------------------------------------------------------------- watching

    def check_workspace(self) -> bool:
        """Look whether the workspace is there; whether it is. Does what follows from a change."""
        workspace = self._stories.workspace
        self._looks += 1
        # Looking is cheap and often; a sign of life writes to the stick and is needed once a minute only.
        found = workspace.site.give_sign() if self._looks % BEAT_EVERY == 0 else workspace.site.known_presence()
        # Either of these may find the lock lost: this is the first moment the window can act on it.
        if workspace.read_only and self._writes:
            self._writes = False
            self._give_up()
        # The workspace is there, only not ours to write: for the banner of a missing drive that is "here".
        if found == "taken":
            found = "here"
        if found != self._here:
            self._here = found
            self._timer.setInterval(LOOK_MS if found == "here" else GONE_MS)
            if found == "here":
                self._come_back()
            self.changed.emit()
        return found == "here"

    def _come_back(self) -> None:
        for document in (self._stories.session, self._stories.open_group):
            if document is not None and document.dirty:
                document.flush()
        self.returned.emit()

    def _give_up(self) -> None:
        """The lock was taken over: reading only from now on, what is unsaved is a copy on this laptop."""
        for document in (self._stories.session, self._stories.open_group):
            if document is not None:
                document.become_read_only()
        self.taken.emit()

    def follow_saving(self, state: SaveState | None) -> None:
        """The story was saved, or not: a drive that is gone, or a lock that was taken, shows there first."""
        if state is not None and state.kind == "failed":
            self.check_workspace()

    # ------------------------------------------------------------------------------------------- telling

    def banner_message(self) -> BannerMessage:
        """What the banner has to say: the worst first; no text when all is well."""
        tools, session, workspace = self._tools(), self._stories.session, self._stories.workspace
        state = session.save_state if session is not None else None
        group = self._stories.open_group
        if group is not None and group.dirty and not (session is not None and session.dirty):
            state = group.save_state  # else it would look as if nothing were unsaved
        unsaved = session is not None and session.dirty
        if not self.workspace_present:
            why = tools.texts.explain(absence_error(self._here, workspace.path))
            return BannerMessage(f"{why} {self._how_safe(state)}", self._elsewhere(unsaved=unsaved), "bad")
        if state is not None and state.kind == "failed" and state.error is not None:
            # The error of the save says "read-only"; the reason why it became so is the last problem of the workspace.
            lost = workspace.problems[-1:] if workspace.read_only else ()
            why = tools.texts.explain(lost[0] if lost else state.error)
            again = () if workspace.read_only else ((tools.t("window.try_again"), self._try_again),)
            actions = (*again, *self._elsewhere(unsaved=unsaved))
            return BannerMessage(f"{why} {self._how_safe(state)}", actions, "bad")
        if self._kept or self._kept_records:
            return BannerMessage(self._kept_words(), ((tools.t("safety.bring_back"), self.bring_back),), "bad")
        notices: tuple[WorkNotice, ...] = (*workspace.problems, *logo_problems(workspace), *self._stories.notices)
        text, reminder = "  ".join(tools.texts.explain(notice) for notice in notices), self.exports.banner_message()
        reminder = reminder if reminder.text else self.backups.banner_message()
        return BannerMessage(f"{text}  {reminder.text}".strip(), reminder.actions, "" if text else reminder.tone)

    def _kept_words(self) -> str:
        t = self._tools().t
        stories = t("safety.kept", n=len(self._kept)) if self._kept else ""
        return f"{stories} {t('safety.kept_group') if self._kept_records else ''}".strip()

    def _how_safe(self, state: SaveState | None) -> str:
        t, documents = self._tools().t, (self._stories.session, self._stories.open_group)
        if not any(document is not None and document.dirty for document in documents):
            return self._kept_words() or t("safety.nothing_unsaved")
        copied = state is not None and state.kind == "failed" and state.copied
        if self._stories.workspace.read_only:
            return t("safety.copied_taken" if copied else "safety.unsaved")
        return t("safety.copied" if copied else "safety.unsaved")

    def _elsewhere(self, *, unsaved: bool) -> tuple[tuple[str, Callable[[], object]], ...]:
        return ((self._tools().t("safety.elsewhere"), self.save_elsewhere),) if unsaved else ()

    def _try_again(self) -> None:
        if self.check_workspace():
            for document in (self._stories.session, self._stories.open_group):
                if document is not None:
                    document.flush()

    # ------------------------------------------------------------------------------------------- leaving

    def may_leave(self) -> bool:
        """Save the open story; when that fails, ask what to do with it. Whether it may be left."""
        session = self._stories.session
        error = session.flush() if session is not None else None
        if session is None or error is None:
            return True
        tools = self._tools()
        headline = session.story.headline or tools.t("library.no_headline")
        workspace, copied = self._stories.workspace, session.save_state.copied
        why = workspace.problems[-1] if workspace.read_only and workspace.problems else error
        text = tools.t("safety.leave", headline=headline, why=tools.texts.explain(why))
        choices = [
            *([DialogChoice("copy", tools.t("safety.leave_copy"))] if copied else []),
            DialogChoice("elsewhere", tools.t("safety.elsewhere")),
            DialogChoice("discard", tools.t("safety.discard"), destructive=True),
        ]
        if copied:
            text += " " + tools.t("safety.leave_copied")
        chosen = tools.dialogs.ask(tools.t("safety.leave_title"), text, choices, tone="warning")
        if chosen == "elsewhere":
            return self._put_elsewhere(session)
        if chosen == "discard":
            session.discard()
        if chosen == "copy":
            session.discard(keep_copy=True)
            self._look_for_copies()
        return chosen in {"discard", "copy"}

    def may_leave_group(self) -> bool:
        """The same for the group's records, which are left with the workspace only."""
        group = self._stories.open_group
        error = group.flush() if group is not None else None
        if group is None or error is None:
            return True
        tools = self._tools()
        choices = [DialogChoice("discard", tools.t("safety.discard"), destructive=True)]
        text = tools.t("safety.leave_group", why=tools.texts.explain(error))
        if group.save_state.copied:
            choices.insert(0, DialogChoice("copy", tools.t("safety.leave_copy")))
            text += " " + tools.t("safety.leave_copied")
        chosen = tools.dialogs.ask(tools.t("safety.leave_title"), text, choices, tone="warning")
        if chosen not in {"copy", "discard"}:
            return False
        group.discard(keep_copy=chosen == "copy")
        renew_document(group, group.document)  # pages that stay (another workspace cannot be opened) show what is true
        self._look_for_copies()
        return True

    def _look_for_copies(self) -> None:
        """Find the copies that wait to be put where they belong; none while nothing may be written there."""
        from studio.store.group_rescue import rescued_records

        rescue = self._stories.rescue if not self._stories.workspace.read_only else None
        self._kept = rescue.all() if rescue is not None else ()
        self._kept_records = rescued_records(rescue) if rescue is not None else ()

    def _choose_target(self, session: StorySession) -> Path | None:
        tools = self._tools()
        name = session.folder or "berita"
        return tools.dialogs.choose_target(tools.t("safety.elsewhere"), f"{name}.kim", "package")

    def _put_elsewhere(self, session: StorySession) -> bool:
        """Write the story into a package and let it go; whether that went well. The user waits for it."""
        from studio.store.packages import pack_unsaved

        target = self._choose_target(session)
        if target is None:
            return False
        try:
            base = _base_of(session)
            pack_unsaved(self._stories.workspace, session.folder, session.story, target, base=base)
        except UserError as error:
            self._tools().dialogs.explain(error)
            return False
        session.discard()
        return True

    def save_elsewhere(self) -> None:
        """Ask for a place and write the story there as a package, in the background; it stays open."""
        from studio.store.packages import pack_unsaved

        session = self._stories.session
        target = self._choose_target(session) if session is not None else None
        if session is None or target is None:
            return
        tools, story, folder, base = self._tools(), session.story, session.folder, _base_of(session)

        def work(progress: Progress) -> tuple[WorkNotice, ...]:
            return pack_unsaved(self._stories.workspace, folder, story, target, progress, base)

        tools.jobs.start(
            tools.t("safety.elsewhere_job"), work, done=partial(self._say_where, target), failed=self._explain
        )

    def _say_where(self, target: Path, left: tuple[WorkNotice, ...]) -> None:
        tools = self._tools()
        text = tools.t("safety.elsewhere_done", file=str(target))
        if left:
            text += "\n\n" + tools.t("safety.without_media", n=len(left))
        tools.dialogs.tell(tools.t("safety.elsewhere"), text)

    def _explain(self, error: UserError) -> None:
        self._tools().dialogs.explain(error)

    # ------------------------------------------------------------------------------------------- bringing back

    def bring_back(self) -> None:
        """Put what could not be saved earlier where it belongs."""
        left: list[RescuedStory] = []
        folder = ""
        for kept in self._kept:
            try:
                folder = self._stories.bring_back(kept)
            except UserError as error:
                left.append(kept)
                self._tools().dialogs.explain(error)
        self._kept = tuple(left)
        self._bring_back_records()
        if folder:
            self._stories.open(folder)
        self.changed.emit()

    def _bring_back_records(self) -> None:
        left: list[RescuedRecords] = []
        for kept in self._kept_records:
            try:
                self._stories.bring_back_group(kept)
            except UserError as error:
                left.append(kept)
                self._tools().dialogs.explain(error)
        self._kept_records = tuple(left)

    # ------------------------------------------------------------------------------------------- crashes

    def excuses(self, error: BaseException) -> bool:
        """Whether an error is no bug but what a missing drive does to whoever was reading from it."""
        import sqlite3

        return isinstance(error, (OSError, sqlite3.Error, UserError)) and not self.check_workspace()

    def claim(self) -> str:
        """What is true of the open story now, looked up on the disk: for the report of a bug."""
        session = self._stories.session
        if session is None or (not session.folder and not session.dirty):
            return "crash.no_story"
        if not session.dirty and is_saved(self._stories.workspace, session.folder, session.story):
            return "crash.saved"
        return "crash.copied" if session.save_state.copied else "crash.unsaved"


def crash_text(texts: MessageTexts, safety: UnsavedWork | None, line: str) -> str:
    """What the user reads about a bug: what happened, and what is true of the open story, looked up on the disk."""
    claim = safety.claim() if safety is not None else "crash.no_story"
    return texts.text("crash.text", detail=line, claim=texts.text(claim))


def _base_of(session: StorySession) -> Story | None:
    """The story as it was last saved: what the copy elsewhere is merged from; None when it never was."""
    saved = saved_document(session)
    return saved if saved.id else None
