"""What a story is beside its text: its kind and language, who checked it, until when it holds, whether it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from studio.story.edits import Edit, set_field, set_kind
from studio.story.model import StoryKind
from studio.ui.inputs import narrow_combo_box
from studio.ui.parts import column, describe, edges, label
from studio.ui.write.dates import DateField
from studio.ui.write.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

    from studio.base.i18n import Texts
    from studio.story.model import Story
    from studio.ui.theme import Theme

LANGUAGES = ("id", "jv", "su", "mad", "min", "ban", "bug", "mak", "ace", "bjn", "sas", "bbc", "ms", "en")
"""BCP 47: Indonesian and what is written in its villages most, Malay and English."""


class DetailsCard(QFrame):
    """Shows them and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    edit_made = Signal(object)
    """An ``Edit`` by hand."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, texts: Texts, theme: Theme) -> None:
        super().__init__()
        self._texts = texts
        self.setProperty("look", "card")
        self.kind = self._choice("kind", [(kind, texts.text(f"write.kind.{kind}")) for kind in get_args(StoryKind)])
        self.kind.activated.connect(lambda _: self._tell(set_kind(cast("StoryKind", self.kind.currentData()))))
        self.language = self._choice("language", [(code, texts.text(f"write.language.{code}")) for code in LANGUAGES])
        self.language.activated.connect(lambda _: self._tell(set_field("language", self.language.currentData())))
        self.editor = TextField(look="answer")
        self.editor.setPlaceholderText(texts.text("write.editor.hint"))
        describe(self.editor, texts.text("write.editor"), texts.text("write.editor.tip"))
        self.editor.edited.connect(lambda text: self._tell(set_field("editor", " ".join(text.split()))))
        self.editor.undo_asked.connect(self.undo_asked)
        self.editor.redo_asked.connect(self.redo_asked)
        self.valid_until = DateField(texts, theme, name="write.valid_until")
        self.valid_until.picked.connect(lambda iso: self._tell(set_field("valid_until", iso.rpartition("/")[2])))
        self.advertorial = QCheckBox(texts.text("write.advertorial"))
        describe(self.advertorial, texts.text("write.advertorial"), texts.text("write.advertorial.tip"))
        self.advertorial.toggled.connect(lambda on: self._tell(set_field("advertorial", on)))
        self.fields: dict[str, QWidget] = {
            "kind": self.kind,
            "language": self.language,
            "editor": self.editor,
            "valid_until": self.valid_until,
            "advertorial": self.advertorial,
        }
        body = column(label(texts.text("write.details"), "title"), gap=theme.px(4), edges=edges(theme, 16, 14))
        for name, field in self.fields.items():
            if name != "advertorial":
                caption = label(texts.text(f"write.{name}"), "muted")
                caption.setBuddy(field)
                body.addWidget(caption)
            body.addWidget(field)
        self.setLayout(body)

    def _choice(self, name: str, options: list[tuple[str, str]]) -> QComboBox:
        made = narrow_combo_box()
        for key, text in options:
            made.addItem(text, key)
        describe(made, self._texts.text(f"write.{name}"), self._texts.text(f"write.{name}.tip"))
        return made

    def _tell(self, edit: Edit) -> None:
        self.edit_made.emit(edit)

    def show_story(self, story: Story) -> list[QWidget]:
        """Show a story; the fields that said something else."""
        changed: list[QWidget] = []
        for box, value in ((self.kind, story.kind), (self.language, story.language)):
            if box.findData(value) < 0:
                box.addItem(value, value)
            if box.currentData() != value:
                box.setCurrentIndex(box.findData(value))
                changed.append(box)
        if self.editor.show_text(story.editor):
            changed.append(self.editor)
        if self.valid_until.show_days(story.valid_until):
            changed.append(self.valid_until)
        if self.advertorial.isChecked() != story.advertorial:
            self.advertorial.blockSignals(True)
            self.advertorial.setChecked(story.advertorial)
            self.advertorial.blockSignals(False)
            changed.append(self.advertorial)
        return changed

    def set_read_only(self, on: bool) -> None:
        """Let nobody change anything."""
        self.editor.setReadOnly(on)
        for field in (self.kind, self.language, self.valid_until, self.advertorial):
            field.setEnabled(not on)
