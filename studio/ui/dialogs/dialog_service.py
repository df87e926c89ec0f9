"""Everything the window asks in a box of its own. Injected, so that tests answer instead of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.base.errors import UserError, WorkNotice

Tone = Literal["info", "warning", "question"]
FileChoice = Literal["photo", "video", "draft", "any", "picture", "subtitle", "sound", "package"]


@dataclass(frozen=True, slots=True)
class DialogChoice:
    """One button of a question. ``destructive`` is painted as a warning and never the default."""

    key: str
    label: str
    destructive: bool = False


class DialogService(Protocol):
    """The questions. Texts come ready in the user's language; every method returns when the box is closed."""

    def tell(self, title: str, text: str, *, tone: Tone = "info", detail: str = "") -> None:
        """Say something that must be read; ``detail`` can be unfolded and copied."""

    def explain(self, trouble: UserError | WorkNotice, title: str = "") -> None:
        """Say what went wrong, to which file, and what to do now."""

    def ask(self, title: str, text: str, choices: Sequence[DialogChoice], *, tone: Tone = "question") -> str:
        """Ask; returns the key of the chosen button, "" when it was closed without one. The first is the default."""

    def ask_text(self, title: str, label: str, value: str = "", *, hint: str = "") -> str | None:
        """Ask for one line; None when it was cancelled."""

    def choose_files(self, title: str, kind: FileChoice, *, many: bool = True) -> tuple[Path, ...]:
        """Ask for existing files; empty when it was cancelled."""

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        """Ask for a folder."""

    def choose_target(self, title: str, name: str, kind: FileChoice = "any") -> Path | None:
        """Ask where to write a file."""

    def choose_color(self, title: str, now: str) -> str | None:
        """Ask for a colour, ``#rrggbb``; None when it was cancelled."""

    def show(self, dialog: QWidget) -> bool:
        """Run a dialog of our own (a ``QDialog``); whether it was accepted."""
