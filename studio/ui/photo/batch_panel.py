"""The same for several photos: credit, light, focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.story.credits import notice_holder
from studio.story.photos import with_other_owners
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, column, edges, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.model import Group, Story
    from studio.ui.core.desk_context import WindowTools

CODES = ("credit", "adjust", "focus", "watermark")
"""What can be given to others; each is a field of the photo."""


class BatchPanel(QWidget):
    """Gives what this photo has to the selected ones.

    Args:
        tools: what every part is given.
    """

    asked = Signal(str)
    """One of ``CODES``."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.told = label("", "hint", wrap=True)
        self.buttons = {
            code: button(theme, t(f"photodesk.batch_{code}"), self._asker(code), tip=t(f"photodesk.batch_{code}_tip"))
            for code in CODES
        }
        head = label(t("photodesk.batch"), "title")
        self.setLayout(column(head, self.told, *self.buttons.values(), gap=theme.px(6), edges=edges(theme, 16, 12)))

    def _asker(self, code: str) -> Callable[[], None]:
        return lambda: self.asked.emit(code)

    def show_count(self, others: int, *, credited: bool, focused: bool, locked: bool) -> None:
        """Say how many photos would get it.

        Args:
            others: selected photos besides the one that is worked on.
            credited: whether that one has a credit; one it has not would only take away theirs.
            focused: whether it has a focus point of its own; likewise.
            locked: only for looking.
        """
        self.told.setText(self._tools.t("photodesk.batch_count" if others else "photodesk.batch_none", count=others))
        for made in self.buttons.values():
            made.setEnabled(others > 0 and not locked)
        self.buttons["credit"].setEnabled(others > 0 and credited and not locked)
        self.buttons["focus"].setEnabled(others > 0 and focused and not locked)


def may_be_credited(tools: WindowTools, story: Story, group: Group, ids: list[str], credit: str) -> list[str]:
    """The photos that get a credit: those that name another person only when that is asked for."""
    others = with_other_owners(story, group, ids, credit)
    if not others:
        return ids
    names = ", ".join(dict.fromkeys(photo.credit.strip() or notice_holder(photo.copyright) for photo in others))
    text = tools.t("photodesk.batch_owners", count=len(others), all=len(ids), names=names)
    choices = (
        DialogChoice("keep", tools.t("photodesk.batch_keep")),
        DialogChoice("all", tools.t("photodesk.batch_all"), destructive=True),
    )
    answer = tools.dialogs.ask(tools.t("photodesk.batch_credit"), text, choices, tone="warning")
    if answer == "all":
        return ids
    kept = {photo.id for photo in others}
    return [each for each in ids if each not in kept] if answer == "keep" else []
