"""The user's settings: one declared table, one JSON file, never an error.

A value that is missing, of a wrong type or out of range is its default. Keys that this version does not know are kept
and written back. The object is passed to whoever needs it; nobody imports it.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Value = str | bool | float | list[str] | dict[str, str]
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting.

    Args:
        key: its name in the file.
        default: its value when nothing (or nonsense) is stored; also says its type.
        title: code of its text in the settings dialog, "" for what the program keeps for itself.
        choices: the allowed texts; empty allows all.
        low: least number.
        high: greatest number.
    """

    key: str
    default: Value
    title: str = ""
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0


TABLE = (
    SettingRow("language", "id", "settings.language", choices=("id", "en")),
    SettingRow("theme", "system", "settings.theme", choices=("system", "light", "dark", "contrast")),
    SettingRow("text_scale", 1.0, "settings.text_scale", low=0.8, high=2.5),
    SettingRow("author", "", "settings.author"),
    SettingRow("writers", {}),
    SettingRow("writer_asked", False),
    SettingRow("exercise", 0.0, low=0.0, high=3.0),
    SettingRow("reopen", True, "settings.reopen"),
    SettingRow("recent", []),
    SettingRow("story", {}),
    SettingRow("exporting", {}),
    SettingRow("backup_later", {}),
    SettingRow("data_later", {}),
    SettingRow("desk", "write"),
    SettingRow("group_page", "profile"),
    SettingRow("calendar_week", False),
    SettingRow("plan_outlets", []),
    SettingRow("zoom", 1.0, low=0.7, high=2.5),
    SettingRow("searches", {}),
    SettingRow("sort", "modified", choices=("modified", "date", "headline")),
    SettingRow("library", True),
    SettingRow("panel", True),
    SettingRow("geometry", ""),
    SettingRow("reading_paces", {}),
    SettingRow("joint_groups", []),
    SettingRow("joint_out", ""),
    SettingRow("joint_address", ""),
    SettingRow("wordpress", ""),
    SettingRow("wordpress_user", ""),
)


class UserSettings:
    """The settings of this user on this computer.

    Args:
        path: the JSON file; None keeps everything in memory only.
        late: write in a thread. The window does not wait for the disk then, which an export keeps busy (0.1 s were
            measured for this small file); the program does not end before it is written.
    """

    def __init__(self, path: Path | None = None, *, late: bool = False) -> None:
        self._path = path
        self._pen = _SettingsWriter() if late else None
        self._table = {setting.key: setting for setting in TABLE}
        self._stored: dict[str, object] = _read_file(path)

    def _value(self, key: str) -> Value:
        setting = self._table[key]
        value = self._stored.get(key, setting.default)
        return cast("Value", value) if _value_fits(setting, value) else setting.default

    def text(self, key: str) -> str:
        """A setting that is a text."""
        return str(self._value(key))

    def is_chosen(self, key: str) -> bool:
        """Whether somebody has set it, to what it may be."""
        return key in self._stored and _value_fits(self._table[key], self._stored[key])

    def flag(self, key: str) -> bool:
        """A setting that is yes or no."""
        return bool(self._value(key))

    def number(self, key: str) -> float:
        """A setting that is a number."""
        return float(cast("float", self._value(key)))

    def words(self, key: str) -> tuple[str, ...]:
        """A setting that is a list of texts."""
        return tuple(cast("list[str]", self._value(key)))

    def note(self, key: str, name: str) -> str:
        """What a setting with many entries has stored under ``name``; "" when nothing."""
        return cast("dict[str, str]", self._value(key)).get(name, "")

    def notes(self, key: str) -> dict[str, str]:
        """All entries of a setting with many."""
        return dict(cast("dict[str, str]", self._value(key)))

    def set(self, key: str, value: Value) -> None:
        """Store a setting, on disk at once (or soon, see ``late``).

        A disk that refuses is no error: the setting then lasts until the end.

        Raises:
            KeyError: there is no such setting.
            ValueError: the value does not fit it.
        """
        if not _value_fits(self._table[key], value):
            raise ValueError(f"{key}: {value!r}")
        # The window stores its size and desk at every turn; unchanged values must not touch the disk.
        if self._stored.get(key) == value:
            return
        self._stored[key] = value
        if self._path is not None:
            (self._pen.write if self._pen is not None else _write_file)(self._path, dict(self._stored))

    def remember(self, key: str, name: str, value: str) -> None:
        """Store one entry of a setting with many."""
        self.set(key, {**cast("dict[str, str]", self._value(key)), name: value})

    def add_recent(self, workspace: str) -> None:
        """Put a workspace at the head of the recent ones."""
        others = [known for known in self.words("recent") if known != workspace]
        self.set("recent", [workspace, *others][:MOST_RECENT])

    def drop_recent(self, gone: Iterable[str]) -> None:
        """Take workspaces off the list of recent ones."""
        dropped = set(gone)
        self.set("recent", [known for known in self.words("recent") if known not in dropped])


def _value_fits(setting: SettingRow, value: object) -> bool:
    match setting.default:
        case bool():
            return isinstance(value, bool)
        case float():
            return (
                isinstance(value, int | float) and not isinstance(value, bool) and setting.low <= value <= setting.high
            )
        case str():
            return isinstance(value, str) and (not setting.choices or value in setting.choices)
        case list():
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case _:
            return isinstance(value, dict) and all(isinstance(item, str) for pair in value.items() for item in pair)


def _read_file(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


class _SettingsWriter:
    """Writes in a thread that lives as long as there is something to write; of several states only the last counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: tuple[Path, dict[str, object]] | None = None
        self._writing = False

    def write(self, path: Path, stored: dict[str, object]) -> None:
        """Have this on disk soon."""
        with self._lock:
            self._wanted = (path, stored)
            if self._writing:
                return
            self._writing = True
        # No daemon: the interpreter waits for it at the end, so that the last change is not lost.
        threading.Thread(target=self._write_newest, name="settings").start()

    def _write_newest(self) -> None:
        while True:
            with self._lock:
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._writing = False
                    return
            _write_file(*wanted)


def _write_file(path: Path, stored: dict[str, object]) -> None:
    from studio.base.atomic_files import write_atomic
    from studio.base.errors import UserError

    with suppress(OSError, UserError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(stored, ensure_ascii=False, indent=1).encode())
