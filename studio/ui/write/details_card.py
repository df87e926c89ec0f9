"""What a story is beside its text: its kind and language, who checked it, until when it holds, whether it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtWidgets import QCheckBox, QWidget

from studio.story.edits import set_field, set_kind
from studio.story.model import StoryKind
from studio.ui.widgets.basic_parts import column, describe, edges, label
from studio.ui.write.date_button import DateField
from studio.ui.write.edit_card import EditCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QComboBox

    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme

LANGUAGES = ("id", "jv", "su", "mad", "min", "ban", "bug", "mak", "ace", "bjn", "sas", "bbc", "ms", "en")
"""BCP 47: Indonesian and what is written in its villages most, Malay and English."""


class DetailsCard(EditCard):
    """Shows them and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
    """

    def __init__(self, texts: MessageTexts, theme: WindowTheme) -> None:
        super().__init__(texts, theme)
        kinds = [(kind, texts.text(f"write.kind.{kind}")) for kind in get_args(StoryKind)]
        self.kind = self._choice("kind", kinds, lambda kind: self.emit_edit(set_kind(cast("StoryKind", kind))))
        languages = [(code, texts.text(f"write.language.{code}")) for code in LANGUAGES]
        self.language = self._choice("language", languages, lambda code: self.emit_edit(set_field("language", code)))
        name, hint, tip = (texts.text(f"write.editor{part}") for part in ("", ".hint", ".tip"))
        self.editor = self.text_field(name, hint, tip, lambda text: self.emit_edit(set_field("editor", text)))
        self.valid_until = DateField(texts, theme, name="write.valid_until")
        self.valid_until.picked.connect(lambda iso: self.emit_edit(set_field("valid_until", iso.rpartition("/")[2])))
        self.advertorial = QCheckBox(texts.text("write.advertorial"))
        describe(self.advertorial, texts.text("write.advertorial"), texts.text("write.advertorial.tip"))
        self.advertorial.toggled.connect(lambda on: self.emit_edit(set_field("advertorial", on)))
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
                body.addWidget(self.caption_of(field, texts.text(f"write.{name}")))
            body.addWidget(field)
        self.setLayout(body)

    def _choice(self, name: str, options: list[tuple[str, str]], chosen: Callable[[str], object]) -> QComboBox:
        return self.choice_field(
            self._texts.text(f"write.{name}"), self._texts.text(f"write.{name}.tip"), options, chosen
        )

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
