"""The shortcuts of the window, in one table: what the window binds is what F1 shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Mapping

Group = Literal["stories", "desks", "everywhere", "writing", "media", "checking", "video", "fields"]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One shortcut: ``code`` names the action."""

    code: str
    key: str
    group: Group

    @property
    def title(self) -> str:
        """Code of the text that says what it does: the writing desk has its commands' own."""
        return f"write.do.{self.code}" if self.group == "writing" else f"key.{self.code}"


TABLE: tuple[Shortcut, ...] = (
    Shortcut("tab_on", "Tab", "fields"),
    Shortcut("tab_back", "Shift+Tab", "fields"),
    Shortcut("new", "Ctrl+N", "stories"),
    Shortcut("search", "Ctrl+Shift+F", "stories"),
    Shortcut("list", "Ctrl+L", "stories"),
    Shortcut("next", "Ctrl+PgDown", "stories"),
    Shortcut("previous", "Ctrl+PgUp", "stories"),
    Shortcut("bin", "Ctrl+Shift+Delete", "stories"),
    Shortcut("history", "Ctrl+Shift+H", "stories"),
    Shortcut("write", "Ctrl+1", "desks"),
    Shortcut("photo", "Ctrl+2", "desks"),
    Shortcut("video", "Ctrl+3", "desks"),
    Shortcut("check", "Ctrl+4", "desks"),
    Shortcut("publish", "Ctrl+5", "desks"),
    Shortcut("undo", "Ctrl+Z", "everywhere"),
    Shortcut("redo", "Ctrl+Shift+Z", "everywhere"),
    Shortcut("save", "Ctrl+S", "everywhere"),
    Shortcut("add", "Ctrl+Shift+O", "everywhere"),
    Shortcut("library", "F9", "everywhere"),
    Shortcut("panel", "F10", "everywhere"),
    Shortcut("region", "F6", "everywhere"),
    Shortcut("backup", "Ctrl+Shift+B", "everywhere"),
    Shortcut("workspaces", "Ctrl+O", "everywhere"),
    Shortcut("settings", "Ctrl+,", "everywhere"),
    Shortcut("bigger", "Ctrl++", "everywhere"),
    Shortcut("smaller", "Ctrl+-", "everywhere"),
    Shortcut("theme", "Ctrl+Shift+D", "everywhere"),
    Shortcut("help", "F1", "everywhere"),
    Shortcut("quit", "Ctrl+Q", "everywhere"),
    Shortcut("bold", "Ctrl+B", "writing"),
    Shortcut("italic", "Ctrl+I", "writing"),
    Shortcut("link", "Ctrl+K", "writing"),
    Shortcut("find", "Ctrl+F", "writing"),
    Shortcut("replace", "Ctrl+H", "writing"),
    Shortcut("heading", "Ctrl+Alt+1", "writing"),
    Shortcut("quote", "Ctrl+Alt+2", "writing"),
    Shortcut("bullet", "Ctrl+Alt+3", "writing"),
    Shortcut("number", "Ctrl+Alt+4", "writing"),
    Shortcut("paragraph", "Ctrl+Alt+0", "writing"),
    Shortcut("plain", "Ctrl+Shift+V", "writing"),
    Shortcut("spelling", "F7", "writing"),
    Shortcut("focus", "F11", "writing"),
    Shortcut("zoom_in", "Ctrl+Alt+=", "writing"),
    Shortcut("zoom_out", "Ctrl+Alt+-", "writing"),
    Shortcut("zoom_reset", "Ctrl+Alt+9", "writing"),
    Shortcut("photo_focus", "Alt+1", "media"),
    Shortcut("photo_crop", "Alt+2", "media"),
    Shortcut("photo_cover", "Alt+3", "media"),
    Shortcut("photo_horizon", "Alt+4", "media"),
    Shortcut("move_up", "Alt+Up", "media"),
    Shortcut("move_down", "Alt+Down", "media"),
    Shortcut("remove", "Delete", "media"),
    Shortcut("next_finding", "F8", "checking"),
    Shortcut("previous_finding", "Shift+F8", "checking"),
    Shortcut("new_claim", "Ctrl+Shift+K", "checking"),
    Shortcut("evidence", "Ctrl+Shift+E", "checking"),
    Shortcut("video_play", "K", "video"),
    Shortcut("video_slower", "J", "video"),
    Shortcut("video_faster", "L", "video"),
    Shortcut("video_frame_back", ",", "video"),
    Shortcut("video_frame_on", ".", "video"),
    Shortcut("video_mark_in", "I", "video"),
    Shortcut("video_mark_out", "O", "video"),
    Shortcut("video_split", "S", "video"),
    Shortcut("video_drop", "X", "video"),
    Shortcut("video_keep", "N", "video"),
    Shortcut("video_loop", "R", "video"),
    Shortcut("video_result", "V", "video"),
    Shortcut("video_cover", "C", "video"),
    Shortcut("video_cue", "T", "video"),
)
GROUPS: tuple[Group, ...] = ("stories", "desks", "everywhere", "writing", "fields", "media", "checking", "video")
KEYS: Mapping[str, str] = {shortcut.code: shortcut.key for shortcut in TABLE}


def key_text(key: str) -> str:
    """A shortcut as people read it on this system: ``Ctrl+N``."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
