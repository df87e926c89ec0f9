"""Forms of the group's records, made from a table of fields: what is typed becomes an edit, undo shows at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.group.group_records import change_record
from studio.group.record_fields import (
    FormField,
    FormRows,
    FormSection,
    add_row,
    field_text,
    move_row,
    read_field,
    remove_row,
    value_at,
    with_value,
)
from studio.story.record_base import Record
from studio.ui.check.labelled_fields import DateEntry, LabelledEntry, make_tick
from studio.ui.widgets.basic_parts import button, card, column, describe, label, row, show_tick, tool
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.group.group_context import GroupContext

R = TypeVar("R", bound=Record)
FieldPath = tuple[str | int, ...]
_NOTHING = object()
"""No value of any field."""


class SuggestedEntry(QWidget):
    """A label with a line and a list of usual answers; any other text may be typed.

    Args:
        tools: what every part is given.
        name: the label.
        options: key and text of each usual answer; a text that is one of them is reported as its key.
    """

    edited = Signal(str)

    def __init__(self, tools: WindowTools, name: str, options: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._keys = {text: key for key, text in options}
        self._texts = dict(options)
        self.box = narrow_combo_box()
        self.box.setEditable(True)
        # Else Enter would add what was typed to the usual answers.
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        describe(self.box, name)
        for key, text in options:
            self.box.addItem(text, key)
        self.box.setCurrentIndex(-1)
        head = label(name, "strong")
        head.setBuddy(self.box)
        self.setLayout(column(head, self.box, gap=tools.theme.px(3)))
        self.box.editTextChanged.connect(lambda text: self.edited.emit(self._keys.get(text.strip(), text.strip())))

    def show_value(self, value: str, *, locked: bool = False) -> None:
        """Show a key or any other text."""
        text = self._texts.get(value, value)
        if self.box.currentText().strip() != text:
            with QSignalBlocker(self.box):
                self.box.setCurrentText(text)
        self.box.setEnabled(not locked)


class FileEntry(QWidget):
    """A file in ``group/media/``: chosen, opened, taken out.

    Args:
        context: what a page works with.
        name: the label.
        titles: codes of the buttons: ``add``.
    """

    edited = Signal(str)

    def __init__(self, context: GroupContext, name: str) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._context = context
        self._file = ""
        theme, t = context.tools.theme, context.t
        self.shown = label("", "muted")
        self.add = button(theme, t("group.file.add"), self._choose, icon="file-plus")
        self.open = button(theme, t("group.file.open"), self._open, look="link")
        self.drop = tool(theme, "x", t("group.file.drop"), lambda: self.edited.emit(""), size=14)
        line = row(self.add, self.shown, self.open, self.drop, 1, gap=theme.px(6))
        self.setLayout(column(label(name, "strong"), line, gap=theme.px(3)))
        self.add.setAccessibleName(f"{name}: {t('group.file.add')}")

    def show_value(self, file: str, *, locked: bool = False) -> None:
        """Show which file it is."""
        self._file = file
        self.shown.setText(file)
        for part in (self.open, self.drop, self.shown):
            part.setVisible(bool(file))
        self.drop.setEnabled(not locked)
        self.add.setEnabled(not locked)
        self.add.setVisible(not file)

    def copy_in(self, source: Path) -> None:
        """Copy a file in, in the background."""
        context = self._context
        context.tools.jobs.start(
            context.t("group.file.job", file=source.name),
            partial(context.folder.add_media, source),
            done=self.edited.emit,
            failed=context.tools.dialogs.explain,
            owner=self,
            lane="quick",
        )

    def _choose(self) -> None:
        found = self._context.tools.dialogs.choose_files(self._context.t("group.file.add"), "any", many=False)
        if found:
            self.copy_in(found[0])

    def _open(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        try:
            place = self._context.folder.media_path(self._file)
        except UserError as error:
            self._context.tools.dialogs.explain(error)
            return
        if not place.is_file():
            self._context.tools.dialogs.explain(UserError("store.media_missing", file=self._file))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def field_grid(theme: WindowTheme) -> tuple[QGridLayout, int]:
    """An empty grid for fields and its number of columns: two where the letters are small enough, else one."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(14))
    grid.setVerticalSpacing(theme.px(10))
    columns = 2 if theme.scale <= 1.3 else 1
    for at in range(columns):
        grid.setColumnStretch(at, 1)
    return grid, columns


class RecordForm(QWidget, Generic[R]):
    """Sections of fields of one record.

    Args:
        context: what a page works with.
        place: where the record lies below ``group/``.
        start: stands for it while there is none.
        sections: what is shown.
        texts: before the codes of all texts: ``group.profile``.
        doubts: fields that cannot be right by their path, and the code of why.
    """

    def __init__(
        self,
        context: GroupContext,
        place: str,
        start: R,
        sections: tuple[FormSection, ...],
        texts: str,
        doubts: Callable[[R], Mapping[FieldPath, str]] = lambda _: {},
    ) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._context = context
        self._place = place
        self._start = start
        self._texts = texts
        self._doubts = doubts
        self._unread: dict[QWidget, object] = {}
        self._shows: list[Callable[[R], None]] = []
        self.fields: dict[str, QWidget] = {}
        self.sections: dict[str, QFrame] = {}
        self._rows: dict[str, _RowsEditor] = {}
        px = context.tools.theme.px
        self.setLayout(column(*(self._section(each) for each in sections), gap=px(14)))
        context.session.changed.connect(self._refresh)
        self._refresh()

    @property
    def record(self) -> R:
        """The record as it is now."""
        return self._context.session.records.record(self._place, type(self._start)) or self._start

    def _t(self, code: str, **facts: object) -> str:
        return self._context.t(f"{self._texts}.{code}", **facts)

    def _maybe(self, code: str) -> str:
        """A text that not every field has."""
        found = self._t(code)
        return "" if found == f"{self._texts}.{code}" else found

    # ------------------------------------------------------------------------------------------- making

    def _section(self, section: FormSection) -> QFrame:
        theme = self._context.tools.theme
        whole = column(gap=theme.px(10), edges=(theme.px(18), theme.px(14), theme.px(18), theme.px(16)))
        whole.addWidget(label(self._t(f"section.{section.code}"), "title"))
        hint = self._maybe(f"section.{section.code}_hint")
        if hint:
            whole.addWidget(label(hint, "hint", wrap=True))
        fields = [each for each in section.items if isinstance(each, FormField)]
        if fields:
            whole.addLayout(self._grid([self._entry(each, each.path) for each in fields], fields))
        for each in section.items:
            if isinstance(each, FormRows):
                editor = _RowsEditor(self, each)
                self._rows[each.code] = editor
                whole.addWidget(editor)
        self.sections[section.code] = made = card(whole)
        return made

    def _grid(self, made: list[QWidget], fields: list[FormField]) -> QGridLayout:
        """Two beside each other where the text is small enough; what is long has a row of its own."""
        grid, columns = field_grid(self._context.tools.theme)
        line = at = 0
        for widget, field in zip(made, fields, strict=True):
            wide = field.kind in {"tall", "lines", "file", "tick"} or columns == 1
            if wide and at:
                line, at = line + 1, 0
            grid.addWidget(widget, line, at, 1, columns if wide else 1, Qt.AlignmentFlag.AlignTop)
            at += columns if wide else 1
            if at >= columns:
                line, at = line + 1, 0
        return grid

    def _entry(self, field: FormField, path: FieldPath, *, under: str = "") -> QWidget:
        code = f"{under}{field.code}"
        name = self._t(f"field.{code}")
        made, tell = self._widget(field, code, name)
        key = "/".join(str(step) for step in path)
        self.fields[key] = made
        tell.connect(lambda value, path=path, kind=field.kind, made=made: self._on_edited(path, kind, value, made))
        self._shows.append(partial(self._show, made, field, path))
        return made

    def _widget(self, field: FormField, code: str, name: str) -> tuple[QWidget, Any]:
        tools = self._context.tools
        match field.kind:
            case "tick":
                box = make_tick(name, self._maybe(f"hint.{code}") or name)
                return box, box.toggled
            case "file":
                file = FileEntry(self._context, name)
                return file, file.edited
            case "choice":
                options = tuple((key, self._t(f"option.{code}.{key}")) for key in field.proposals)
                entry = SuggestedEntry(tools, name, options)
                return entry, entry.edited
            case "date":
                day = DateEntry(tools, name, tools.t("group.date_hint"))
                return day, day.day_edited
            case kind:
                line = LabelledEntry(tools, name, self._maybe(f"hint.{code}"), tall=kind in {"tall", "lines"})
                return line, line.edited

    # ------------------------------------------------------------------------------------------- behaviour

    def _show(self, made: QWidget, field: FormField, path: FieldPath, record: R) -> None:
        locked = self._context.session.read_only
        try:
            value = value_at(record, path)
        except IndexError:
            return  # its entry is about to go
        if field.kind == "tick":
            show_tick(made, bool(value), locked=locked)  # type: ignore[arg-type]  # of this kind it is one
        elif isinstance(made, DateEntry | SuggestedEntry | FileEntry):
            made.show_value(str(value), locked=locked)
        elif isinstance(made, LabelledEntry):
            made.field.setReadOnly(locked)
            # What was typed and not understood stays to be mended, as long as nothing else changes the value below it.
            if _reads_as(made.text(), field, value) or self._unread.get(made, _NOTHING) == value:
                return
            self._take_back(made)
            made.show_value(field_text(value, field.kind), locked=locked)

    def _on_edited(self, path: FieldPath, kind: str, value: object, made: QWidget) -> None:
        if isinstance(made, LabelledEntry) and not isinstance(made, DateEntry):
            try:
                value = read_field(str(value), kind)  # type: ignore[arg-type]  # a kind of the table
            except ValueError:
                made.tell_unread(self._context.t(f"group.unread.{kind}"))
                self._unread[made] = value_at(self.record, path)
                return
            self._take_back(made)
        merge = f"{self._place}/{'/'.join(str(step) for step in path)}"
        self.edit(lambda record: with_value(record, path, value), merge)

    def _take_back(self, made: LabelledEntry) -> None:
        made.tell_unread("")
        self._unread.pop(made, None)

    def edit(self, change: Callable[[R], R], merge: str = "") -> None:
        """Change the record, as one step of undo."""
        label_code = f"edit.{self._texts}"
        self._context.session.edit(change_record(self._place, self._start, change, label_code, merge))

    def _refresh(self, _: object = None) -> None:
        record = self.record
        for editor in self._rows.values():
            editor.fit(record)
        for show in self._shows:
            show(record)
        doubts = {"/".join(map(str, path)): code for path, code in self._doubts(record).items()}
        for key, made in self.fields.items():
            if isinstance(made, LabelledEntry):
                made.tell_doubt(self._context.t(f"group.doubt.{doubts[key]}") if key in doubts else "")

    def forget(self, prefix: str) -> None:
        """The entries below a path were taken out."""
        gone = {key for key in self.fields if key.startswith(prefix)}
        widgets = {id(self.fields[key]) for key in gone}
        self._shows = [show for show in self._shows if id(show.args[0]) not in widgets]  # type: ignore[attr-defined]
        for key in gone:
            self._unread.pop(self.fields.pop(key), None)


class _RowsEditor(QWidget):
    """The entries of a list, a card each, and a button for one more."""

    def __init__(self, form: RecordForm[Any], rows: FormRows) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._form = form
        self._rows = rows
        self._cards: list[QFrame] = []
        context = form._context
        theme = context.tools.theme
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(10))
        self.add = button(theme, form._t(f"add.{rows.code}"), self._on_add, icon="plus")
        self.setLayout(column(self._list, row(self.add, 1), gap=theme.px(10)))
        self.add.setEnabled(not context.session.read_only)

    def _on_add(self) -> None:
        self._form.edit(lambda record: add_row(record, self._rows))
        first = self._form.fields.get(f"{self._rows.code}/{len(self._cards) - 1}/{self._rows.fields[0].code}")
        if isinstance(first, LabelledEntry):
            first.field.setFocus()
        elif isinstance(first, SuggestedEntry):
            first.box.setFocus()

    def fit(self, record: Record) -> None:
        """As many cards as there are entries."""
        wanted = len(value_at(record, self._rows.path))
        while len(self._cards) > wanted:
            gone = self._cards.pop()
            self._form.forget(f"{self._rows.code}/{len(self._cards)}/")
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._cards) < wanted:
            made = self._card(len(self._cards))
            self._cards.append(made)
            self._list.addWidget(made)

    def _card(self, at: int) -> QFrame:
        form, rows = self._form, self._rows
        theme = form._context.tools.theme
        path: FieldPath = (*rows.path, at)
        made = [form._entry(each, (*path, *each.path), under=f"{rows.code}.") for each in rows.fields]
        number = at + 1
        up = tool(theme, "arrow-up", form._t("row.up", n=number), partial(self._move, at, -1), size=14)
        drop = tool(theme, "trash-2", form._t("row.drop", n=number), partial(self._drop, at), size=14)
        up.setEnabled(at > 0 and not form._context.session.read_only)
        drop.setEnabled(not form._context.session.read_only)
        grid = form._grid(made, list(rows.fields))
        line = row(label(form._t(f"row.{rows.code}", n=number), "muted"), 1, up, drop, gap=theme.px(4))
        inside = column(line, grid, gap=theme.px(6))
        inside.setContentsMargins(theme.px(14), theme.px(8), theme.px(10), theme.px(12))
        return card(inside, "row")

    def _move(self, at: int, by: int) -> None:
        self._form.edit(lambda record: move_row(record, self._rows, at, by))

    def _drop(self, at: int) -> None:
        self._form.edit(lambda record: remove_row(record, self._rows, at))
        self._form._context.toast(self._form._t("row.dropped"), True)
        self.add.setFocus()


def _reads_as(text: str, field: FormField, value: object) -> bool:
    """Whether what stands in a field says a value already, however it is written."""
    try:
        return bool(read_field(text, field.kind) == value)
    except ValueError:
        return False
