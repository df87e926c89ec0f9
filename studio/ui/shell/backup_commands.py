"""Backing up to a stick and restoring from one, as the user sees it: questions, the work, the reminder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.base.errors import UserError
from studio.base.sizes import ByteCount
from studio.store.backup_record import backup_is_due, days_since_backup, last_backup
from studio.ui.core.background_jobs import ignore_failure
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.shell.message_banner import BannerMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.store.backup_list import StickBackup
    from studio.store.restore import RestoredBackup
    from studio.store.workspace_backup import BackedUp
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.dialogs.dialog_service import Tone

LATER_DAYS = 7
"""How long "later" keeps the reminder away."""
_LATER_MS = 1500
"""The reminder comes when the window is there: of 2,000 stories the age is looked up, 40 ms of the first painting."""
_MOST_NAMED = 6


class BackupCommands(QObject):
    """Backs the open workspace up and reminds of it.

    Args:
        stories: the open workspace.
        tools: what every part is given, as it is now.
    """

    changed = Signal()
    """The reminder may say something else now."""

    def __init__(self, stories: OpenWorkspace, tools: Callable[[], WindowTools]) -> None:
        super().__init__(stories)
        self._stories = stories
        self._tools = tools
        self._asked: date | None = None
        self._due = False
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.find_out)

    # ------------------------------------------------------------------------------------------- the reminder

    def banner_message(self) -> BannerMessage:
        """The reminder; without text when there is nothing to remind of, as far as is known."""
        tools, path = self._tools(), self._stories.workspace.path
        now = datetime.now(UTC)
        if self._asked != now.date():  # once a day: it is asked for with every save
            self._asked = now.date()
            self._later.start()
        if not self._due:
            return BannerMessage("")
        days = days_since_backup(path, now)
        text = tools.t("backup.never") if days is None else tools.t("backup.old", days=days)
        actions = ((tools.t("backup.now"), self.begin), (tools.t("backup.later"), self.put_off))
        return BannerMessage(text, actions, "quiet")

    def find_out(self) -> None:
        """Find out in a worker whether to remind; nothing is said of a drive that is gone, which has its own banner."""
        self._later.stop()
        tools, workspace, now = self._tools(), self._stories.workspace, datetime.now(UTC)
        later = tools.settings.note("backup_later", str(workspace.path))
        if workspace.read_only or later > str(now.date()):
            self._note_due(due=False)
            return

        def work(progress: Progress) -> bool:
            progress.report(0, 1, "")
            return backup_is_due(workspace, now)

        tools.jobs.start(
            "",
            work,
            done=lambda due: self._note_due(due=due),
            failed=ignore_failure,
            owner=self,
            lane="quick",
            quiet=True,
        )

    def _note_due(self, *, due: bool) -> None:
        if due != self._due:
            self._due = due
            self.changed.emit()

    def put_off(self) -> None:
        """Remind again in a week."""
        until = datetime.now(UTC).date() + timedelta(days=LATER_DAYS)
        self._tools().settings.remember("backup_later", str(self._stories.workspace.path), str(until))
        self._note_due(due=False)

    # ------------------------------------------------------------------------------------------- backing up

    def begin(self) -> None:
        """Ask for the stick and back up, in the background."""
        from studio.store.workspace_backup import back_up

        tools, workspace = self._tools(), self._stories.workspace
        if self._stories.session is not None:
            self._stories.session.flush()
        stick = self._stick()
        if stick is None:
            return
        read_me = tools.t("backup.read_me", name=workspace.group.name or workspace.path.name)

        def work(progress: Progress) -> BackedUp:
            return back_up(workspace, stick, read_me, progress)

        # Not in the lane of imports, which go on while a stick is being filled.
        tools.jobs.start(tools.t("backup.job"), work, done=self._tell_done, failed=self._explain, lane="queue")

    def _stick(self) -> Path | None:
        """Where to: the stick of last time when it is plugged in, or another one."""
        tools = self._tools()
        known = last_backup(self._stories.workspace.path).place
        if known and Path(known).is_dir():
            choices = [
                DialogChoice("here", tools.t("backup.same_stick")),
                DialogChoice("other", tools.t("backup.other_stick")),
            ]
            chosen = tools.dialogs.ask(tools.t("backup.title"), tools.t("backup.where", place=known), choices)
            if chosen != "other":
                return Path(known) if chosen == "here" else None
        return tools.dialogs.choose_folder(tools.t("backup.choose"))

    def _tell_done(self, done: BackedUp) -> None:
        tools = self._tools()
        facts: dict[str, object] = {"files": done.files, "place": str(done.root), "copied": done.copied}
        facts |= {"size": ByteCount(done.copied_bytes), "aside": done.set_aside}
        parts = [tools.t("backup.done", **facts), tools.t("backup.eject")]
        if done.same_disk:
            parts[1] = tools.t("backup.same_disk")
        parts += _problems(tools, "backup.done_partly", done.problems)
        tone: Tone = "warning" if done.problems or done.same_disk else "info"
        tools.dialogs.tell(tools.t("backup.title"), "\n\n".join(parts), tone=tone)
        self.find_out()

    def _explain(self, error: UserError) -> None:
        self._tools().dialogs.explain(error, self._tools().t("backup.title"))


def _problems(tools: WindowTools, head: str, problems: tuple[WorkNotice, ...]) -> list[str]:
    """What was left out, as far as a box can show it."""
    if not problems:
        return []
    told = [tools.texts.explain(problem) for problem in problems[:_MOST_NAMED]]
    more = len(problems) - len(told)
    return [tools.t(head), *told, *([tools.t("backup.more", n=more)] if more else [])]


def restore_backup(tools: WindowTools, open_workspace: Callable[[Path], object]) -> None:
    """Ask for a stick and a folder, restore the backup there in the background, and open it."""
    from studio.store.restore import restore_workspace

    title = tools.t("backup.restore_title")
    chosen = tools.dialogs.choose_folder(tools.t("backup.choose_backup"))
    backup = _which(tools, chosen) if chosen is not None else None
    if backup is None:
        return
    folder = tools.dialogs.choose_folder(tools.t("backup.choose_target"))
    if folder is None:
        return
    target = _free_target(folder, backup.root.name.removeprefix("cadangan-"))

    def say(done: RestoredBackup) -> None:
        open_workspace(done.path)
        facts: dict[str, object] = {"files": done.files, "size": ByteCount(done.bytes)}
        facts |= {"place": str(done.path), "day": done.made[:10]}
        parts = [tools.t("backup.restored", **facts), *_problems(tools, "backup.restored_partly", done.problems)]
        tools.dialogs.tell(title, "\n\n".join(parts), tone="warning" if done.problems else "info")

    def explain(error: UserError) -> None:
        tools.dialogs.explain(error, title)

    work = partial(restore_workspace, backup, target)
    tools.jobs.start(tools.t("backup.restore_job"), work, done=say, failed=explain, lane="queue")


def _which(tools: WindowTools, chosen: Path) -> StickBackup | None:
    """The backup meant; asked where there are several."""
    from studio.store.restore import finished_backups

    title = tools.t("backup.restore_title")
    try:
        found = finished_backups(chosen)
    except UserError as error:
        tools.dialogs.explain(error, title)
        return None
    if len(found) == 1:
        return found[0]
    choices = [DialogChoice(str(n), f"{one.listed.name} ({one.listed.made[:10]})") for n, one in enumerate(found)]
    answer = tools.dialogs.ask(title, tools.t("backup.which", place=str(chosen)), choices)
    return found[int(answer)] if answer else None


def _free_target(folder: Path, name: str) -> Path:
    """The folder itself when it is empty or holds a restore that was cut off; else a new one in it."""
    from studio.store.restore import may_restore_into

    if may_restore_into(folder):
        return folder
    target, number = folder / name, 1
    while not may_restore_into(target):
        number += 1
        target = folder / f"{name}-{number}"
    return target
