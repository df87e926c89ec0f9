"""Qt's own texts in Indonesian: Qt ships no translation for it (research: qt.md 9).

The texts stand in ``assets/messages/qt.toml`` under ``"qt.<English text>"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTranslator

if TYPE_CHECKING:
    from studio.base.i18n import Texts


class QtTexts(QTranslator):
    """Translates what Qt itself says: buttons of dialogs, context menus, the file dialog."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._known = texts.codes()

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Whether there is nothing to translate; Qt drops a translator that says so."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The text in the user's language; None (never "", which would blank it) lets Qt use its own."""
        code = f"qt.{source}"
        if context == "QShortcut" or code not in self._known:  # keys are called what stands on them
            return None
        text = self._texts.text(code)
        return text.replace("%n", str(n)) if n >= 0 else text
