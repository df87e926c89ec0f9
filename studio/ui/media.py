"""What the photo desk and the video desk share: cards of photos or clips, with fields that write into the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPainterPath, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLineEdit, QPlainTextEdit, QWidget

from studio.ui.parts import column, describe, edges, label, pill, row, set_pill, tool
from studio.ui.shortcuts import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QToolButton

    from studio.story.model import Photo, Video
    from studio.ui.theme import Theme
    from studio.ui.tools import Tools


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a card: its name in the model; ``tall`` ones hold several lines, ``needed`` ones must be filled."""

    name: str
    tall: bool = False
    needed: bool = True


class Picture(QWidget):
    """A thumbnail with round corners; a blank with an icon while there is none."""

    def __init__(self, theme: Theme, icon: str, side: float) -> None:
        super().__init__()
        self._theme = theme
        self._icon = theme.pixmap(icon, "faint", 28)
        self._pixmap: QPixmap | None = None
        self.setFixedSize(theme.px(side), theme.px(side))

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """Show this one."""
        self._pixmap = pixmap
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Its fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rounded picture."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), self._theme.px(8), self._theme.px(8))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._theme.color("idle_bg"))
        if self._pixmap is not None:
            painter.drawPixmap(self.rect(), self._pixmap)
        else:
            mark = QRect(0, 0, self._theme.px(28), self._theme.px(28))
            mark.moveCenter(self.rect().center())
            painter.drawPixmap(mark, self._icon)
        painter.end()


class MediaCard(QFrame):
    """One photo or clip: picture, facts, fields, buttons for order, cover and removal.

    Args:
        tools: what every part is given.
        prefix: ``"photo"`` or ``"video"``: the head of its text codes.
        fields: the fields to fill in.
        icon: shown while there is no thumbnail.
    """

    changed = Signal(str, object)
    """Field and its new value."""
    move_asked = Signal(int)
    remove_asked = Signal()
    cover_asked = Signal()

    def __init__(self, tools: Tools, prefix: str, fields: tuple[Field, ...], icon: str) -> None:
        super().__init__()
        self._tools = tools
        self._prefix = prefix
        self.picture = Picture(tools.theme, icon, 148)
        self.number = label("", "strong")
        self.facts = label("", "muted")
        self.mark = pill("", "warn")
        self.inputs: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._fields = fields
        self.checked = QCheckBox(tools.t(f"{prefix}desk.people_checked"))
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out(self._make_form(), self._make_buttons())
        self._bind_keys()

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(self._tools.theme.px(6))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in self._fields:
            made = self._make_input(field)
            self.inputs[field.name] = made
            form.addRow(self._tools.t(self._code(field)), made)
        describe(
            self.checked,
            self._tools.t(f"{self._prefix}desk.people_checked"),
            self._tools.t(f"{self._prefix}desk.people_checked_tip"),
        )
        self.checked.toggled.connect(lambda on: self.changed.emit("people_checked", on))
        form.addRow(self.checked)
        return form

    def _code(self, field: Field) -> str:
        # "videodesk.title" is the title of the desk itself.
        return f"{self._prefix}desk.{field.name}" + ("_field" if field.name == "title" else "")

    def _make_input(self, field: Field) -> QLineEdit | QPlainTextEdit:
        hint = self._tools.t(f"{self._prefix}desk.{field.name}_hint")
        made: QLineEdit | QPlainTextEdit
        if field.tall:
            made = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(self._tools.theme.px(74))
            made.textChanged.connect(lambda: self.changed.emit(field.name, self.text(field.name)))
        else:
            made = QLineEdit()
            made.textChanged.connect(lambda text: self.changed.emit(field.name, text))
        made.setPlaceholderText(hint)
        describe(made, self._tools.t(self._code(field)), hint)
        return made

    def _make_buttons(self) -> list[QToolButton]:
        theme, t = self._tools.theme, self._tools.t
        self.up = tool(theme, "arrow-up", t("media.up"), lambda: self.move_asked.emit(-1), key=KEYS["move_up"])
        self.down = tool(theme, "arrow-down", t("media.down"), lambda: self.move_asked.emit(1), key=KEYS["move_down"])
        remove = tool(theme, "trash-2", t("media.remove"), self.remove_asked.emit, key=KEYS["remove"])
        buttons = [self.up, self.down]
        if self._prefix == "photo":
            self.cover = tool(theme, "star", t("media.cover"), self.cover_asked.emit)
            self.cover.setCheckable(True)
            buttons.append(self.cover)
        return [*buttons, remove]

    def _lay_out(self, form: QFormLayout, buttons: list[QToolButton]) -> None:
        px = self._tools.theme.px
        head = row(self.number, self.facts, 1, self.mark, gap=px(8))
        for each in buttons:
            head.addWidget(each)
        body = row(column(self.picture, 1), column(head, form, gap=px(8)), gap=px(16))
        body.setStretch(1, 1)
        body.setContentsMargins(*edges(self._tools.theme, 14, 12))
        self.setLayout(body)

    def _bind_keys(self) -> None:
        pairs = (("move_up", lambda: self.move_asked.emit(-1)), ("move_down", lambda: self.move_asked.emit(1)))
        for code, act in pairs:
            key = QShortcut(QKeySequence(KEYS[code]), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)
        gone = QShortcut(QKeySequence(KEYS["remove"]), self)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self.remove_asked)

    def text(self, name: str) -> str:
        """What stands in a field."""
        made = self.inputs[name]
        return made.text() if isinstance(made, QLineEdit) else made.toPlainText()

    def show_item(self, item: Photo | Video, number: int, last: bool, facts: str, *, cover: bool, locked: bool) -> None:
        """Show a photo or clip; fields that say the same already are left alone, so that the cursor stays."""
        values: Mapping[str, str] = {field.name: getattr(item, field.name) for field in self._fields}
        for name, value in values.items():
            made = self.inputs[name]
            made.setReadOnly(locked)
            if self.text(name) != value:
                made.blockSignals(True)
                if isinstance(made, QLineEdit):
                    made.setText(value)
                    made.setCursorPosition(0)  # the beginning of a long text is seen, not its end
                else:
                    made.setPlainText(value)
                made.blockSignals(False)
        self.checked.blockSignals(True)
        self.checked.setChecked(item.people_checked)
        self.checked.blockSignals(False)
        self.checked.setEnabled(not locked)
        missing = sum(not values[field.name].strip() for field in self._fields if field.needed)
        set_pill(
            self.mark,
            self._tools.t("media.missing", n=missing) if missing else self._tools.t("media.complete"),
            "warn" if missing else "ok",
        )
        self.number.setText(str(number + 1))
        self.facts.setText(facts)
        self.facts.setToolTip(item.name)
        self.up.setEnabled(number > 0 and not locked)
        self.down.setEnabled(not last and not locked)
        if self._prefix == "photo":
            self.cover.setChecked(cover)
            self.cover.setEnabled(not locked)
        self.setAccessibleName(self._tools.t(f"{self._prefix}desk.card", number=number + 1, name=item.name))
