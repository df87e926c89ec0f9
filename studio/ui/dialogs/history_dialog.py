"""Earlier versions of a story: when they were written, how they differ from now, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser

from studio.base.errors import UserError
from studio.base.relative_dates import short_date, time_of_day
from studio.services.story_list import status_text
from studio.services.version_words import ToldChange, told_changes, version_steps
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog
from studio.ui.widgets.word_view import view_html

if TYPE_CHECKING:
    from studio.store.history import EarlierVersion
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.ui.core.desk_context import WindowTools


_AROUND = 60
"""Pixels of the screen that stay free: the frame of the window, and something to hold on to."""


@dataclass(frozen=True, slots=True)
class ChosenVersion:
    """The version to go back to."""

    name: str
    story: Story


class HistoryDialog(StyledDialog):
    """Shows the versions; accepted with ``chosen`` set when the user wants one back.

    Args:
        tools: what every part is given.
        workspace: where they are.
        folder: the story's folder.
        now: the story as it is; None when it cannot be read.
    """

    def __init__(self, tools: WindowTools, workspace: Workspace, folder: str, now: Story | None) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._workspace = workspace
        self._folder = folder
        self._now = now
        self.chosen: ChosenVersion | None = None
        self._versions = workspace.versions(folder)
        theme = tools.theme
        self.setWindowTitle(tools.t("history.title"))
        self.list = QListWidget()
        self.list.setProperty("look", "framed")
        self.list.setWordWrap(True)
        self.list.setFixedWidth(theme.px(230))
        describe(self.list, tools.t("history.list"))
        self.view = QTextBrowser()
        describe(self.view, tools.t("history.view"))
        self.back = button(theme, tools.t("history.restore"), self._restore, look="primary", icon="rotate-ccw")
        close = button(theme, tools.t("dialog.close"), self.reject)
        hint = label(tools.t("history.hint" if self._versions else "history.none"), "hint", wrap=True)
        middle = row(self.list, self.view, gap=theme.px(12))
        middle.setStretch(1, 1)
        buttons = row(1, close, self.back, gap=theme.px(8))
        whole = column(
            label(tools.t("history.title"), "page"), hint, middle, buttons, gap=theme.px(12), edges=edges(theme, 20, 18)
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)
        resize_to_screen(self, theme.px(880), theme.px(560))
        self.list.currentRowChanged.connect(self._show)
        for version, step in zip(self._versions, self._steps(), strict=True):
            self.list.addItem(QListWidgetItem(version_title(self._tools, version, step)))
        self.back.setEnabled(False)
        if self._versions:
            self.list.setCurrentRow(0)

    def _show(self, at: int) -> None:
        self.back.setEnabled(False)
        if not 0 <= at < len(self._versions):
            return
        try:
            story = self._workspace.read_version(self._folder, self._versions[at].name)
        except UserError as error:
            self.view.setPlainText(self._tools.texts.explain(error))
            return
        found = told_changes(story, self._now, self._tools.texts) if self._now is not None else ()
        self.view.setHtml(self._html(story, found))
        self.back.setEnabled(not self._workspace.read_only and (self._now is None or bool(found)))

    def _steps(self) -> tuple[str, ...]:
        """In words, the status that each version was the first to have; "" as usual."""
        read = [self._read_or_none(version.name) for version in self._versions]
        return tuple(status_text(self._tools.texts, step) if step else "" for step in version_steps(read))

    def _read_or_none(self, name: str) -> Story | None:
        try:
            return self._workspace.read_version(self._folder, name)
        except UserError:
            return None

    def _restore(self) -> None:
        version = self._versions[self.list.currentRow()]
        self.chosen = ChosenVersion(version.name, self._workspace.read_version(self._folder, version.name))
        self.accept()

    # ------------------------------------------------------------------------------------------- comparison

    def _html(self, story: Story, found: tuple[ToldChange, ...]) -> str:
        if self._now is None:
            paragraphs = "".join(f"<p>{escape(part)}</p>" for part in story.body.split("\n\n"))
            return f"<h3>{escape(story.headline)}</h3>{paragraphs}"
        if not found:
            return f"<p>{escape(self._tools.t('history.same'))}</p>"
        return "".join(change_html(self._tools, change.name, change.before, change.after) for change in found)


def change_html(tools: WindowTools, name: str, before: str, after: str) -> str:
    """A field that differs: its name, and its words as they went and came."""
    muted, px = tools.theme.colors["muted"], tools.theme.px
    words = view_html(before, after, tools.theme, complete=True)
    return f'<p style="margin:{px(10)}px 0 0 0; color:{muted}">{escape(name)}</p><p style="margin:0">{words}</p>'


def version_title(tools: WindowTools, version: EarlierVersion, step: str = "") -> str:
    """When a version was written, the status that began with it, and why it was kept for a reason."""
    moment = version.written.astimezone()
    now, texts = datetime.now().astimezone(), tools.texts
    when = f"{short_date(moment, now, texts)}, {time_of_day(moment, texts.language)}"
    reason = tools.t(f"history.reason.{version.reason}") if version.reason else ""
    return "  ·  ".join(filter(None, (when, step, reason)))


def resize_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """A size in pixels, and no more than the screen has beside the frame of a window."""
    room = dialog.screen().availableSize()
    dialog.resize(min(width, room.width() - _AROUND), min(height, room.height() - _AROUND))
