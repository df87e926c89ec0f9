"""The program with no command but the one that is called."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from typer.main import get_command_name

if TYPE_CHECKING:
    from typer import Typer


def with_called_command(app: Typer, word: str) -> Typer:
    """``app`` with that command alone; with all of them where none has this name (``--help`` lists them).

    Typer reads the signature of each of the fifty commands it is given, a fifth of what starting one costs.
    """
    part = copy(app)
    part.registered_commands = [
        info
        for info in app.registered_commands
        if (info.name or (get_command_name(info.callback.__name__) if info.callback else "")) == word
    ]
    part.registered_groups = [info for info in app.registered_groups if info.name == word]
    return part if part.registered_commands or part.registered_groups else app
