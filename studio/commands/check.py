"""``kim-studio check``: findings per story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.commands.common import WRONG_USE, complain, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run(workspace: Path, stories: Sequence[str], *, as_json: bool) -> int:
    """Say that the checking desk is still to come; nothing is checked."""
    complain(texts().text("cli.check_to_come"))
    return WRONG_USE
