"""What every part of the window is given: texts, theme, questions, work, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.i18n import Texts
    from studio.base.settings import Settings
    from studio.ui.dialogs import Dialogs
    from studio.ui.jobs import Runner
    from studio.ui.theme import Theme


@dataclass(frozen=True)
class Tools:
    """Handed on by constructor. Texts and theme stay the same for the life of a window (see ``theme``)."""

    texts: Texts
    theme: Theme
    dialogs: Dialogs
    jobs: Runner
    settings: Settings

    def t(self, code: str, **facts: object) -> str:
        """The text for a code, in the user's language."""
        return self.texts.text(code, **facts)
