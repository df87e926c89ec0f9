"""Asks for new posts of a notice that is over: a box in the head of the publishing desk, there only when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from studio.store.story_shelf import today_of
from studio.story.date_formats import full_date
from studio.story.declarations import add_declaration, take_back
from studio.story.expiry import ASKED, is_past, last_day, takes_posts
from studio.ui.core.desk_context import now_stamp
from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext


class PastTick(QCheckBox):
    """Shows whether posts were asked for, and says so in the story: every way out reads it there.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__(bench.t("declare.past_notice"))
        self._bench = bench
        self.clicked.connect(self._declare_past)
        bench.session.changed.connect(self.show_story)
        self.show_story(bench.session.story)

    def show_story(self, story: Story) -> None:
        """Show a story; hidden for one that is not over."""
        today, last = today_of(self._bench.workspace), last_day(story)
        date = full_date(last.isoformat()) if last else ""
        describe(self, self.text(), self._bench.t("check.declare_past_notice", date=date))
        self.setChecked(takes_posts(story, today, self._bench.workspace.group.time_zone))
        self.setEnabled(not self._bench.session.read_only)
        self.setVisible(is_past(story, today))

    def _declare_past(self, ticked: bool) -> None:
        stamp = now_stamp(self._bench)
        self._bench.session.edit(add_declaration(ASKED, stamp.when, stamp.by) if ticked else take_back(ASKED))
