"""Messages of an exported chat, to choose those that make a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studio.story.text import cut_line
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.store.chats import ChatExport, ChatMessage
    from studio.ui.core.desk_context import WindowTools

_LONGEST = 220


class ChatDialog(StyledDialog):
    """Shows the messages of a chat with ticks; those of its last day are ticked from the start.

    Args:
        tools: what every part is given.
        chat: the export.
    """

    def __init__(self, tools: WindowTools, chat: ChatExport) -> None:
        super().__init__(tools.theme)
        self._tools, self._chat = tools, chat
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("chat.title"))
        self.list = QListWidget()
        self.list.setProperty("look", "framed")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self.list, t("chat.list"))
        last_day = chat.messages[-1].day if chat.messages else ""
        for message in chat.messages:
            item = QListWidgetItem(self._message_line(message))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if message.day == last_day else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.all = button(theme, t("chat.all"), lambda: self._set(Qt.CheckState.Checked), look="link")
        self.none = button(theme, t("chat.none"), lambda: self._set(Qt.CheckState.Unchecked), look="link")
        self.make = button(theme, "", self.accept, look="primary", icon="file-plus")
        away = button(theme, t("dialog.cancel"), self.reject)
        self.setLayout(
            column(
                label(t("chat.title"), "page"),
                label(t("chat.hint"), "hint", wrap=True),
                self.list,
                row(self.all, self.none, 1, away, self.make, gap=theme.px(8)),
                gap=theme.px(12),
                edges=edges(theme, 20, 18),
            )
        )
        self.resize(theme.px(640), theme.px(520))
        self.list.itemChanged.connect(lambda _item: self._count())
        self._count()
        if chat.messages:
            # The newest messages stand at the end, and are the ones that are ticked.
            self.list.setCurrentRow(self.list.count() - 1)
            self.list.setFocus()

    def _message_line(self, message: ChatMessage) -> str:
        t = self._tools.t
        files = t("chat.files", count=len(message.files)) if message.files else ""
        head = f"{message.day} {message.hour} · {message.sender or t('chat.nobody')}"
        return "\n".join(part for part in (head, cut_line(message.text, _LONGEST), files) if part)

    def _set(self, state: Qt.CheckState) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(state)

    def _count(self) -> None:
        count = len(self.chosen())
        self.make.setText(self._tools.t("chat.make", count=count))
        self.make.setEnabled(count > 0)

    def chosen(self) -> tuple[ChatMessage, ...]:
        """The messages that are ticked, in their order."""
        checked = Qt.CheckState.Checked
        return tuple(
            message
            for number, message in enumerate(self._chat.messages)
            if self.list.item(number).checkState() == checked
        )
