"""The shortcuts of the window, in one table: what the window binds is what Ctrl+F1 shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Mapping

Group = Literal[
    "stories", "desks", "everywhere", "writing", "media", "canvas", "checking", "video", "fields", "planning"
]


@dataclass(frozen=True, slots=True)
class ShortcutRow:
    """One shortcut: ``code`` names the action, ``also`` the other keys that do the same."""

    code: str
    key: str
    group: Group
    also: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that does it; the first is the one that buttons name."""
        return (self.key, *self.also)

    @property
    def title(self) -> str:
        """Code of the text that says what it does: the writing desk has its commands' own."""
        return f"write.do.{self.code}" if self.group == "writing" else f"key.{self.code}"


def _arrows(modifiers: str) -> tuple[str, ...]:
    """The three arrows beside Left, all of which a row of a box means."""
    return tuple(f"{modifiers}{arrow}" for arrow in ("Up", "Right", "Down"))


TABLE: tuple[ShortcutRow, ...] = (
    ShortcutRow("tab_on", "Tab", "fields"),
    ShortcutRow("tab_back", "Shift+Tab", "fields"),
    ShortcutRow("new", "Ctrl+N", "stories"),
    ShortcutRow("search", "Ctrl+Shift+F", "stories"),
    ShortcutRow("list", "Ctrl+L", "stories"),
    ShortcutRow("next", "Ctrl+PgDown", "stories"),
    ShortcutRow("previous", "Ctrl+PgUp", "stories"),
    ShortcutRow("bin", "Ctrl+Shift+Delete", "stories"),
    ShortcutRow("history", "Ctrl+Shift+H", "stories"),
    ShortcutRow("calendar", "Ctrl+7", "stories"),
    ShortcutRow("print_paper", "Ctrl+P", "stories"),
    ShortcutRow("write", "Ctrl+1", "desks"),
    ShortcutRow("photo", "Ctrl+2", "desks"),
    ShortcutRow("video", "Ctrl+3", "desks"),
    ShortcutRow("check", "Ctrl+4", "desks"),
    ShortcutRow("publish", "Ctrl+5", "desks"),
    ShortcutRow("group", "Ctrl+6", "desks"),
    ShortcutRow("undo", "Ctrl+Z", "everywhere"),
    ShortcutRow("redo", "Ctrl+Shift+Z", "everywhere"),
    ShortcutRow("save", "Ctrl+S", "everywhere"),
    ShortcutRow("add", "Ctrl+Shift+O", "everywhere"),
    ShortcutRow("library", "F9", "everywhere"),
    ShortcutRow("panel", "F10", "everywhere"),
    ShortcutRow("region", "F6", "everywhere"),
    ShortcutRow("backup", "Ctrl+Shift+B", "everywhere"),
    ShortcutRow("workspaces", "Ctrl+O", "everywhere"),
    ShortcutRow("settings", "Ctrl+,", "everywhere"),
    ShortcutRow("bigger", "Ctrl++", "everywhere"),
    ShortcutRow("smaller", "Ctrl+-", "everywhere"),
    ShortcutRow("usual_size", "Ctrl+0", "everywhere"),
    ShortcutRow("theme", "Ctrl+Shift+D", "everywhere"),
    ShortcutRow("lessons", "Shift+F1", "everywhere"),
    ShortcutRow("guide", "F1", "everywhere"),
    ShortcutRow("help", "Ctrl+F1", "everywhere"),
    ShortcutRow("quit", "Ctrl+Q", "everywhere"),
    ShortcutRow("bold", "Ctrl+B", "writing"),
    ShortcutRow("italic", "Ctrl+I", "writing"),
    ShortcutRow("link", "Ctrl+K", "writing"),
    ShortcutRow("find", "Ctrl+F", "writing"),
    ShortcutRow("replace", "Ctrl+H", "writing"),
    ShortcutRow("heading", "Ctrl+Alt+1", "writing"),
    ShortcutRow("quote", "Ctrl+Alt+2", "writing"),
    ShortcutRow("bullet", "Ctrl+Alt+3", "writing"),
    ShortcutRow("number", "Ctrl+Alt+4", "writing"),
    ShortcutRow("paragraph", "Ctrl+Alt+0", "writing"),
    ShortcutRow("plain", "Ctrl+Shift+V", "writing"),
    ShortcutRow("spelling", "F7", "writing"),
    ShortcutRow("comment", "Ctrl+Alt+M", "writing"),
    ShortcutRow("reword", "Ctrl+Alt+R", "writing"),
    ShortcutRow("suggest", "Ctrl+Alt+U", "writing"),
    ShortcutRow("focus", "F11", "writing"),
    ShortcutRow("zoom_in", "Ctrl+Alt+=", "writing"),
    ShortcutRow("zoom_out", "Ctrl+Alt+-", "writing"),
    ShortcutRow("zoom_reset", "Ctrl+Alt+9", "writing"),
    ShortcutRow("photo_focus", "Alt+1", "media"),
    ShortcutRow("photo_crop", "Alt+2", "media"),
    ShortcutRow("draw_cover", "Alt+3", "media", ("C",)),
    ShortcutRow("photo_horizon", "Alt+4", "media"),
    ShortcutRow("move_up", "Alt+Up", "media", ("Alt+Left",)),
    ShortcutRow("move_down", "Alt+Down", "media", ("Alt+Right",)),
    ShortcutRow("remove", "Delete", "media", ("Backspace",)),
    ShortcutRow("box_add", "Insert", "canvas"),
    ShortcutRow("box_confirm", "Return", "canvas", ("Enter",)),
    ShortcutRow("box_move", "Left", "canvas", _arrows("")),
    ShortcutRow("box_move_far", "Shift+Left", "canvas", _arrows("Shift+")),
    ShortcutRow("box_resize", "Ctrl+Left", "canvas", _arrows("Ctrl+")),
    ShortcutRow("box_resize_far", "Ctrl+Shift+Left", "canvas", _arrows("Ctrl+Shift+")),
    ShortcutRow("box_let_go", "Esc", "canvas"),
    ShortcutRow("next_finding", "F8", "checking"),
    ShortcutRow("previous_finding", "Shift+F8", "checking"),
    ShortcutRow("new_claim", "Ctrl+Shift+K", "checking"),
    ShortcutRow("evidence", "Ctrl+Shift+E", "checking"),
    ShortcutRow("video_play", "K", "video"),
    ShortcutRow("video_slower", "J", "video"),
    ShortcutRow("video_faster", "L", "video"),
    ShortcutRow("video_frame_back", ",", "video"),
    ShortcutRow("video_frame_on", ".", "video"),
    ShortcutRow("video_mark_in", "I", "video"),
    ShortcutRow("video_mark_out", "O", "video"),
    ShortcutRow("video_split", "S", "video"),
    ShortcutRow("video_drop", "X", "video"),
    ShortcutRow("video_keep", "N", "video"),
    ShortcutRow("video_loop", "R", "video"),
    ShortcutRow("video_result", "V", "video"),
    ShortcutRow("video_cue", "T", "video"),
    ShortcutRow("video_follow", "F", "video"),
    ShortcutRow("video_follow_back", "Shift+F", "video"),
    ShortcutRow("video_point", "P", "video"),
    ShortcutRow("video_drop_point", "Shift+P", "video"),
    ShortcutRow("video_doubt", "Q", "video"),
    ShortcutRow("play_toggle", "Space", "video"),
    ShortcutRow("play_back", "Left", "video"),
    ShortcutRow("play_on", "Right", "video"),
    ShortcutRow("play_second_back", "Shift+Left", "video"),
    ShortcutRow("play_second_on", "Shift+Right", "video"),
    ShortcutRow("play_previous", "Up", "video"),
    ShortcutRow("play_next", "Down", "video"),
    ShortcutRow("play_first", "Home", "video"),
    ShortcutRow("play_last", "End", "video"),
    ShortcutRow("cal_day", "Left", "planning", _arrows("")),
    ShortcutRow("cal_first", "Home", "planning"),
    ShortcutRow("cal_last", "End", "planning"),
    ShortcutRow("cal_back", "PgUp", "planning"),
    ShortcutRow("cal_on", "PgDown", "planning"),
    ShortcutRow("cal_today", "T", "planning"),
    ShortcutRow("cal_entry", "Space", "planning"),
    ShortcutRow("cal_open", "Return", "planning", ("Enter",)),
    ShortcutRow("cal_plan", "Insert", "planning"),
    ShortcutRow("cal_move", "Alt+Left", "planning", _arrows("Alt+")),
    ShortcutRow("cal_drop", "Delete", "planning", ("Backspace",)),
)
GROUPS: tuple[Group, ...] = (
    "stories",
    "desks",
    "everywhere",
    "writing",
    "fields",
    "media",
    "canvas",
    "checking",
    "video",
    "planning",
)
KEYS: Mapping[str, str] = {shortcut.code: shortcut.key for shortcut in TABLE}


def keys_of(code: str) -> tuple[str, ...]:
    """Every key of a row; raises StopIteration for a code that is not in the table."""
    return next(shortcut.keys for shortcut in TABLE if shortcut.code == code)


def key_text(key: str) -> str:
    """A shortcut as people read it on this system: ``Ctrl+N``."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def keys_text(shortcut: ShortcutRow) -> str:
    """Every key of a row as people read it; the four arrows as signs: ``Ctrl+← ↑ → ↓``."""
    modifiers, _, last = shortcut.key.rpartition("+")
    if last == "Left" and len(shortcut.keys) == 4:
        return key_text(f"{modifiers}+Left" if modifiers else "Left").removesuffix("Left") + "← ↑ → ↓"
    texts = dict.fromkeys(key_text(key) for key in shortcut.keys)
    return " / ".join(texts)
