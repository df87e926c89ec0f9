"""Runs the rules in the worker after a pause in typing, and hands their findings to whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.release.release_gate import rule_facts

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.checks.finding import Finding
    from studio.checks.language import LanguageChecker
    from studio.checks.readiness import StoryReadiness
    from studio.release.release_gate import RuleFacts
    from studio.story.model import Group, Story
    from studio.ui.core.background_jobs import JobState
    from studio.ui.core.desk_context import DeskContext

PAUSE_MS = 350
"""The rules wait for a pause of this length."""


@dataclass(frozen=True, slots=True)
class CheckedStory:
    """What the rules said about a story as it then was."""

    story: Story
    readiness: StoryReadiness

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything to show: blocks first."""
        found = self.readiness
        return (*found.blocks, *found.warnings, *found.advice)


class StoryRules:
    """All rules at once, in the worker. The lexicon is read with the first run, and paragraphs are remembered."""

    def __init__(self) -> None:
        self._language: LanguageChecker | None = None

    def run(self, story: Story, group: Group, folder: str, facts: RuleFacts, progress: Progress) -> CheckedStory:
        """Check a story.

        Args:
            story: as it is now.
            group: who publishes it.
            folder: the story's folder, "" while it has none.
            facts: the day, the moment, the kind of a notice.
            progress: only asked whether to stop.
        """
        from studio.release.finding_texts import check_all, language_checker

        progress.report(0, 1, "")
        if self._language is None:
            self._language = language_checker()
        return CheckedStory(story, check_all(story, group, self._language, folder=folder, **facts))


class BackgroundChecker(QObject):
    """Keeps the findings of the open story up to date while a check is on screen.

    Args:
        bench: the session and the worker.
    """

    checked = Signal(object)
    """A ``CheckedStory``."""
    waiting = Signal()
    """The story changed; the findings shown may be out of date."""

    def __init__(self, bench: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._active = False
        self._running = False
        self._outdated = False
        self._rules = StoryRules()
        self.latest: CheckedStory | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.run)
        bench.session.changed.connect(self._on_change)

    def set_active(self, active: bool) -> None:
        """Whether anybody looks; what was missed meanwhile is made up for."""
        self._active = active
        if active and (self.latest is None or self._outdated):
            self._timer.start(0)

    def _on_change(self) -> None:
        self._outdated = True
        if self._active:
            self.waiting.emit()
            self._timer.start(PAUSE_MS)

    def run(self) -> None:
        """Check now; one run at a time, and once more when the story changed meanwhile."""
        if self._running:
            return
        self._timer.stop()
        self._running, self._outdated = True, False
        story, workspace = self._bench.session.story, self._bench.workspace
        facts = rule_facts(workspace, story)
        work = partial(self._rules.run, story, workspace.group, self._bench.session.folder, facts)
        title = self._bench.t("checkdesk.checking")
        self._bench.tools.jobs.start(title, work, done=self._done, ended=self._free, lane="quick", quiet=True)

    def _free(self, _: JobState) -> None:
        self._running = False

    def _done(self, result: CheckedStory) -> None:
        self.latest = result
        self.checked.emit(result)
        if result.story is not self._bench.session.story and self._active:
            self._timer.start(PAUSE_MS)
