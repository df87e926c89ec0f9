"""Trusting a key once: what the letter of the office says is typed here, and compared with the key of the pack.

The screen shows the fingerprint with two groups left out. Whoever has no letter cannot fill them in by looking at the
screen: a fingerprint that is only shown is confirmed without being compared.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.store.pack_signatures import PublicKey
    from studio.ui.core.desk_context import WindowTools

ASKED_GROUPS = 2


def pick_groups(count: int) -> tuple[int, ...]:
    """Which groups of a fingerprint are asked for, from 0 and in order."""
    return tuple(sorted(random.SystemRandom().sample(range(count), ASKED_GROUPS)))


class TrustDialog(StyledDialog):
    """Accepted when the groups that were typed are those of the key; ``key_name`` is then whose it is.

    Args:
        tools: what every part is given.
        key: as it came with the pack.
        pick: chooses the groups that are asked for.
    """

    def __init__(
        self, tools: WindowTools, key: PublicKey, pick: Callable[[int], tuple[int, ...]] = pick_groups
    ) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._groups = key.fingerprint.split("-")
        self._asked = pick(len(self._groups))
        theme = tools.theme
        self.name = QLineEdit(key.name)
        self.name.setMaxLength(80)
        self.groups = tuple(QLineEdit() for _ in self._asked)
        self.trouble = label("", "bad", wrap=True)
        self.trust = button(theme, self._t("trust_it"), self._compare, look="primary", icon="check")
        self.trust.setDefault(True)
        self.setWindowTitle(self._t("trust"))
        self._lay_out()
        for edit in (self.name, *self.groups):
            edit.textChanged.connect(self._judge_typed)
        self._judge_typed()
        self.groups[0].setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"data.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        describe(self.name, self._t("key_of"))
        # Two groups are left out and typed from the paper: whoever only clicks has compared nothing.
        shown = ["····" if at in self._asked else group for at, group in enumerate(self._groups)]
        halves = [" - ".join(shown[at : at + 4]) for at in (0, 4)]
        print_ = label("\n".join(halves), "title")
        print_.setAlignment(Qt.AlignmentFlag.AlignCenter)
        asked: list[QWidget] = []
        for at, edit in zip(self._asked, self.groups, strict=True):
            name = self._t("group", number=at + 1)
            describe(edit, name)
            edit.setMaxLength(4)
            edit.setFixedWidth(theme.px(84))
            caption = label(name)
            caption.setBuddy(edit)
            asked += [caption, edit]
        owner = label(self._t("key_of"))
        owner.setBuddy(self.name)
        foot = row(1, button(theme, self._tools.t("dialog.cancel"), self.reject), self.trust)
        head = (label(self._t("trust"), "page"), label(self._t("trust_told"), wrap=True), print_, row(*asked, 1))
        rest = (self.trouble, owner, self.name, label(self._t("trust_hint"), "hint", wrap=True))
        self.setLayout(column(*head, *rest, 1, foot, gap=theme.px(12), edges=edges(theme, 22, 18)))
        self.setMinimumWidth(theme.px(520))

    def _judge_typed(self) -> None:
        typed = all(len(edit.text().strip()) == 4 for edit in self.groups)
        self.trust.setEnabled(typed and bool(self.name.text().strip()))
        self.trouble.setVisible(bool(self.trouble.text()))

    def _compare(self) -> None:
        typed = [edit.text().strip().upper() for edit in self.groups]
        if typed == [self._groups[at] for at in self._asked]:
            self.accept()
            return
        self.trouble.setText(self._t("trust_wrong"))
        self._judge_typed()
        self.groups[0].setFocus()
        self.groups[0].selectAll()

    @property
    def key_name(self) -> str:
        """Whose key it is, as it is to be called here."""
        return " ".join(self.name.text().split())
