"""The real ``DialogService``: Qt's message boxes and file dialogs, over whichever window is on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from studio.base.media_types import suffixes_for
from studio.ui.core.focus_order import into_sight
from studio.ui.widgets.calm_inputs import calm_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.base.errors import UserError, WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.ui.dialogs.dialog_service import DialogChoice, FileChoice, Tone

_ICONS: Mapping[Tone, QMessageBox.Icon] = {
    "info": QMessageBox.Icon.Information,
    "warning": QMessageBox.Icon.Warning,
    "question": QMessageBox.Icon.Question,
}


class QtDialogs:
    """Asks the person at the screen.

    Args:
        texts: for titles and the names of file kinds.
        start: folder where the first file dialog opens.
    """

    def __init__(self, texts: MessageTexts, start: Path) -> None:
        self._texts = texts
        self._folder = start

    def tell(self, title: str, text: str, *, tone: Tone = "info", detail: str = "") -> None:
        """See ``DialogService.tell``."""
        box = self._box(title, text, tone)
        if detail:
            box.setDetailedText(detail)
        box.exec()

    def explain(self, trouble: UserError | WorkNotice, title: str = "") -> None:
        """See ``DialogService.explain``."""
        self.tell(title or self._texts.text("ui.trouble"), self._texts.explain(trouble), tone="warning")

    def ask(self, title: str, text: str, choices: Sequence[DialogChoice], *, tone: Tone = "question") -> str:
        """See ``DialogService.ask``."""
        box = self._box(title, text, tone)
        buttons = {}
        for number, choice in enumerate(choices):
            role = QMessageBox.ButtonRole.DestructiveRole if choice.destructive else QMessageBox.ButtonRole.ActionRole
            button = box.addButton(choice.label, role)
            button.setProperty("look", "danger" if choice.destructive else "primary" if number == 0 else "")
            buttons[choice.key] = button
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setEscapeButton(cancel)
        # Enter must never delete anything: then it cancels.
        if choices and not choices[0].destructive:
            box.setDefaultButton(buttons[choices[0].key])
        else:
            box.setDefaultButton(cancel)
        box.exec()
        clicked = box.clickedButton()
        return next((key for key, button in buttons.items() if button is clicked), "")

    def ask_text(self, title: str, label: str, value: str = "", *, hint: str = "") -> str | None:
        """See ``DialogService.ask_text``."""
        text = f"{label}\n{hint}" if hint else label
        answer, accepted = QInputDialog.getText(_top(), title, text, QLineEdit.EchoMode.Normal, value)
        return answer if accepted else None

    def choose_files(self, title: str, kind: FileChoice, *, many: bool = True) -> tuple[Path, ...]:
        """See ``DialogService.choose_files``."""
        pick = QFileDialog.getOpenFileNames if many else QFileDialog.getOpenFileName
        found, _ = pick(_top(), title, str(self._folder), self._filter(kind))
        names = found if isinstance(found, list) else [found]
        paths = tuple(Path(name) for name in names if name)
        if paths:
            self._folder = paths[0].parent
        return paths

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        """See ``DialogService.choose_folder``."""
        found = QFileDialog.getExistingDirectory(_top(), title, str(start or self._folder))
        return Path(found) if found else None

    def choose_target(self, title: str, name: str, kind: FileChoice = "any") -> Path | None:
        """See ``DialogService.choose_target``."""
        found, _ = QFileDialog.getSaveFileName(_top(), title, str(self._folder / name), self._filter(kind))
        return Path(found) if found else None

    def choose_color(self, title: str, now: str) -> str | None:
        """See ``DialogService.choose_color``."""
        dialog = QColorDialog(QColor(now), _top())
        dialog.setWindowTitle(title)
        calm_all(dialog)
        chosen = dialog.currentColor().name() if dialog.exec() == QDialog.DialogCode.Accepted else None
        # As a child of the window it would stay until that closes.
        dialog.deleteLater()
        return chosen

    def show(self, dialog: QWidget) -> bool:
        """See ``DialogService.show``."""

        def follow(_before: QWidget | None, now: QWidget | None) -> None:
            """Qt scrolls to a field only when Tab comes from the same area, not from the buttons below it."""
            if now is not None and dialog.isAncestorOf(now) and not QApplication.mouseButtons():
                into_sight(now)

        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(follow)
        try:
            return cast("QDialog", dialog).exec() == QDialog.DialogCode.Accepted
        finally:
            app.focusChanged.disconnect(follow)

    def _box(self, title: str, text: str, tone: Tone) -> QMessageBox:
        return QMessageBox(_ICONS[tone], title, text, QMessageBox.StandardButton.NoButton, _top())

    def _filter(self, kind: FileChoice) -> str:
        everything = f"{self._texts.text('ui.files.any')} (*)"
        if kind == "any":
            return everything
        # Linux tells capitals apart, and cameras write .JPG.
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in suffixes_for(kind))
        return f"{self._texts.text(f'ui.files.{kind}')} ({patterns});;{everything}"


def _top() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()
