"""What the cards of the writing desk's side panel have in common: fields that tell edits, undo, and their frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from studio.ui.widgets.basic_parts import describe, label
from studio.ui.widgets.calm_inputs import narrow_combo_box
from studio.ui.write.page_fields import TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QComboBox, QLabel, QWidget

    from studio.base.i18n import MessageTexts
    from studio.story.edits import StoryEdit
    from studio.ui.core.window_theme import WindowTheme


class EditCard(QFrame):
    """Reports edits by hand, and passes on that the user wants to undo or redo from one of its fields.

    Args:
        texts: for what it says.
        theme: for how it looks.
        look: its frame: a card of its own, or ``"clear"`` as part of another.
    """

    edit_made = Signal(object)
    """An ``StoryEdit`` by hand."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, texts: MessageTexts, theme: WindowTheme, look: str = "card") -> None:
        super().__init__()
        self._texts = texts
        self._theme = theme
        self.setProperty("look", look)

    def emit_edit(self, edit: StoryEdit) -> None:
        """Say that this edit was made."""
        self.edit_made.emit(edit)

    def pass_on(self, part: EditCard | TextField) -> None:
        """Let undo and redo that are asked for in a part be asked for here."""
        part.undo_asked.connect(self.undo_asked)
        part.redo_asked.connect(self.redo_asked)

    def text_field(self, name: str, hint: str, tip: str, edited: Callable[[str], object]) -> TextField:
        """A line to fill in; ``edited`` gets it without needless spaces."""
        made = TextField(look="answer")
        made.setPlaceholderText(hint)
        describe(made, name, tip)
        made.edited.connect(lambda text: edited(" ".join(text.split())))
        self.pass_on(made)
        return made

    def choice_field(
        self, name: str, tip: str, options: Iterable[tuple[str, str]], chosen: Callable[[str], object]
    ) -> QComboBox:
        """A list of keys and their texts to choose from; ``chosen`` gets the key."""
        made = narrow_combo_box()
        for key, text in options:
            made.addItem(text, key)
        describe(made, name, tip)
        # Not currentIndexChanged, which also tells of what is only shown.
        made.activated.connect(lambda at: chosen(str(made.itemData(at))))
        return made

    def caption_of(self, field: QWidget, name: str) -> QLabel:
        """The name above a field, which is its buddy."""
        caption = label(name, "muted")
        caption.setBuddy(field)
        return caption
