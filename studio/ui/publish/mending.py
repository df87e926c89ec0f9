"""Where a finding leads about what stands beside a published story: the words of a correction, the link of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story import publishing

if TYPE_CHECKING:
    from studio.ui.desk import Bench


def ask_correction(bench: Bench, number: str, field: str) -> None:
    """Ask for other words of a correction, or for one where there is none yet.

    Args:
        bench: what a desk works with.
        number: which, from 0; "" for a new one.
        field: where the cursor is to stand: ``what``, ``reason``, ``before``, ``after``.
    """
    from studio.ui.publish.phone_correct import CorrectDialog

    story = bench.session.story
    at = int(number) if number.isdigit() and int(number) < len(story.corrections) else None
    dialog = CorrectDialog(bench, publishing.changes(story) if at is None else (), at)
    dialog.begin_at(field)
    if bench.tools.dialogs.show(dialog) and dialog.edit is not None:
        bench.session.edit(dialog.edit)
    dialog.deleteLater()


def ask_link(bench: Bench, number: str, field: str) -> None:
    """Ask for another link of a post that is out."""
    lines = bench.session.story.publications
    if field != "link" or not number.isdigit() or int(number) >= len(lines):
        return
    line = lines[int(number)]
    link = bench.tools.dialogs.ask_text(bench.t("phone.link"), bench.t("phone.link_hint"), line.link)
    if link is not None:
        bench.session.edit(publishing.publish(line.outlet, line.when, link, line.by))
