"""What can be done about a finding: go there, accept a way out, put it aside, let a block stand for a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.release.finding_texts import told
from studio.story import mending, status
from studio.story.claims import Stamp
from studio.story.model import Source
from studio.story.sources import add_source
from studio.ui.learning import learn_word

if TYPE_CHECKING:
    from studio.checks.finding import Finding, Fix
    from studio.story.model import Story
    from studio.ui.desk import Bench


_SPELLING = frozenset(
    {"language_unknown", "language_pair", "language_hint", "language_apart", "language_no_capital", "language_hyphen"}
)
_LONGEST_SHOWN = 44


def short_fix(fix: Fix) -> str:
    """The words of a way out, of a long one the end: that is where its quotation mark goes."""
    words = fix.shown or fix.text
    return words if len(words) <= _LONGEST_SHOWN else f"…{words[1 - _LONGEST_SHOWN :]}"


def now_stamp(bench: Bench) -> Stamp:
    """Who works here, and the time."""
    return Stamp(datetime.now().astimezone().isoformat(timespec="seconds"), bench.tools.settings.text("author"))


class Acts:
    """Does it, through the session.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    @property
    def locked(self) -> bool:
        """Whether the story is open for reading only."""
        return self._bench.session.read_only

    def go(self, finding: Finding) -> None:
        """Lead the user to the place of a finding."""
        if finding.place is not None:
            self._bench.show_place(finding.place)

    def mend(self, fix: Fix, story: Story) -> None:
        """Accept a way out, wherever the same words stand; ``story`` is the one that was checked.

        Words that changed since are left alone.
        """
        if fix.act == "source":
            self._bench.session.edit(add_source(Source(name=fix.text, role=fix.role)))
            self._bench.toast(self._bench.t("checkdesk.source_added", text=fix.text))
            return
        changes = []
        for place, text in ((fix.place, fix.text), *fix.also):
            before = mending.text_at(story, place.field)
            if before is not None:
                start, end = (place.start, place.end) if place.end else (0, len(before))
                changes.append((place, text, before[start:end]))
        if not changes:
            return
        self._bench.session.edit(mending.replace_everywhere(tuple(changes)))
        self._bench.toast(self._bench.t("checkdesk.mended", text=short_fix(fix)))

    def put_aside(self, finding: Finding) -> None:
        """No longer show it in this story; a word is accepted wherever it stands."""
        word = self.word(finding)
        edit = mending.ignore_word(word) if word else mending.put_aside(finding.key)
        self._bench.session.edit(edit)
        self._bench.toast(self._bench.t("checkdesk.put_aside_done"))

    def learn(self, finding: Finding) -> None:
        """Put a word into the group's dictionary, for all its stories."""
        word = self.word(finding)
        if word and learn_word(self._bench.workspace, self._bench.tools.dialogs, word):
            self._bench.session.edit(mending.ignore_word(word))

    @staticmethod
    def word(finding: Finding) -> str:
        """The word a finding of the language rules is about, when it could simply be right; else ""."""
        return str(finding.facts.get("word") or "") if finding.code in _SPELLING else ""

    def override(self, finding: Finding) -> None:
        """Let a block stand: asks for the reason, which stays in the story's log."""
        t, dialogs = self._bench.t, self._bench.tools.dialogs
        said = told(finding, self._bench.tools.texts)
        hint = t("checkdesk.override_people" if finding.topic == "people" else "checkdesk.override_hint")
        reason = dialogs.ask_text(t("checkdesk.override_title"), f"{said}\n\n{t('checkdesk.override_ask')}", hint=hint)
        if reason is None:
            return
        stamp = now_stamp(self._bench)
        try:
            self._bench.session.edit(status.override(finding.block_key, stamp.when, stamp.by, reason))
        except UserError as error:
            dialogs.explain(error)
