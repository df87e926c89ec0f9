"""The side of the publishing desk: which outlets are exported, how each stands, and old facts in adjusted texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.base.locale_forms import number_text
from studio.services.text_variants import name_of
from studio.ui.widgets.basic_parts import (
    ChoiceGroup,
    button,
    card,
    clear,
    column,
    describe,
    edges,
    label,
    restyle,
    row,
    scrolled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent

    from studio.base.errors import UserError
    from studio.posts.packs import Outlet
    from studio.preview.preview_results import OutletTexts
    from studio.services.text_variants import AdjustedText
    from studio.ui.core.desk_context import WindowTools

ICONS = {
    "whatsapp": "message-circle",
    "whatsapp-saluran": "megaphone",
    "threads": "spool",
    "bluesky": "cloud",
    "google-bisnis": "store",
    "instagram": "camera",
    "facebook": "thumbs-up",
    "tiktok": "music-2",
    "youtube": "circle-play",
    "x": "at-sign",
    "telegram": "send",
    "website": "globe",
    "siaran": "mic",
    "korsel": "gallery-horizontal-end",
    "lembaran": "newspaper",
    "opensid": "landmark",
    "blogger": "notebook-pen",
    "mading": "printer",
}


class _NameButton(QPushButton):
    """A name that gives way: a pack of the group's own may be called anything, and counter and sign stay in sight."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        # Else "&" would mark a key.
        self._shown = f"  {name.replace('&', '&&')}"
        self.setText(self._shown)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as there is room for."""
        super().resizeEvent(event)
        self.setText(self._shown)
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(self._name)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, self.width() - around)
        self.setText(f"  {name.replace('&', '&&')}")


@dataclass(frozen=True)
class _OutletRow:
    look: QPushButton
    counter: QLabel
    state: QLabel


class OutletPanel(QWidget):
    """Outlets with tick boxes (what is exported) and names (what is looked at).

    Args:
        tools: what every part is given.
    """

    looked = Signal(str)
    """The outlet whose preview is wanted."""
    ticked = Signal()
    """The choice has changed."""
    language_asked = Signal(str)
    """The outlet whose languages are to be chosen (``outlet_languages``)."""
    go = Signal(str)
    """Key of the adjusted text to open."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self.boxes: dict[str, QCheckBox] = {}
        self.languages: dict[str, QPushButton] = {}
        self._rows: dict[str, _OutletRow] = {}
        self._names: dict[str, str] = {}
        self._looks = ChoiceGroup(self)
        self._list = QVBoxLayout()
        self._old = QVBoxLayout()
        self.old_card = self._make_old()
        theme, px = tools.theme, tools.theme.px
        self._list.setSpacing(px(1))
        every = button(theme, self._t("all"), partial(self.tick_all, True), look="link")
        none = button(theme, self._t("none"), partial(self.tick_all, False), look="link")
        choice = column(
            row(label(self._t("outlets"), "title"), 1, every, none, gap=px(2)),
            self._list,
            gap=px(8),
            edges=edges(theme, 8, 14),
        )
        inside = QWidget()
        inside.setLayout(column(card(choice), self.old_card, 1, gap=px(12), edges=edges(theme, 16, 16)))
        self.setLayout(column(scrolled(inside), gap=0))

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"publishdesk.{code}", **facts)

    def _make_old(self) -> QWidget:
        theme = self._tools.theme
        self._old.setSpacing(theme.px(4))
        self._old_title = label("", "title", wrap=True)
        made = card(column(self._old_title, self._old, gap=theme.px(6), edges=edges(theme, 14, 12)), "warned")
        made.hide()
        return made

    # ------------------------------------------------------------------------------------------- outlets

    def fill(self, outlets: Iterable[Outlet], problems: Iterable[UserError], chosen: tuple[str, ...]) -> None:
        """List the outlets; what was ticked stays so."""
        before = {name: box.isChecked() for name, box in self.boxes.items()}
        clear(self._list)
        self.boxes, self._rows, self._names, self.languages = {}, {}, {}, {}
        for outlet in outlets:
            self._names[outlet.id] = self._tools.texts.outlet_name(outlet.name)
            on = before.get(outlet.id, outlet.is_preset(chosen))
            self._list.addWidget(self._outlet_row(outlet, on))
        for problem in problems:
            self._list.addWidget(label(self._tools.texts.explain(problem), "bad", wrap=True))
        self.ticked.emit()

    def _outlet_row(self, outlet: Outlet, on: bool) -> QWidget:
        theme = self._tools.theme
        box = QCheckBox()
        box.setChecked(on)
        tip = self._t("outlet_tip", checked=outlet.checked, source=outlet.source_in(self._tools.texts.language))
        describe(box, self._t("tick", outlet=outlet.name), tip)
        box.toggled.connect(lambda _: self.ticked.emit())
        look = _NameButton(self._tools.texts.outlet_name(outlet.name))
        look.setProperty("look", "row")
        look.setCheckable(True)
        look.setAutoDefault(False)
        look.setIcon(theme.icon(ICONS.get(outlet.id, "megaphone")))
        look.setIconSize(theme.icon_size(17))
        describe(look, self._t("look_at", outlet=outlet.name), tip)
        look.clicked.connect(lambda _=False, name=outlet.id: self.looked.emit(name))
        self._looks.addButton(look)
        counter = label("", "muted")
        counter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        state = QLabel()
        state.setFixedSize(theme.px(16), theme.px(16))
        self.boxes[outlet.id] = box
        self._rows[outlet.id] = _OutletRow(look, counter, state)
        made = QWidget()
        chip = self.languages[outlet.id] = button(theme, "", partial(self.language_asked.emit, outlet.id), look="chip")
        chip.hide()
        line = row(box, look, chip, counter, state, gap=theme.px(4))
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def name_of(self, outlet: str) -> str:
        """What an outlet is called."""
        return self._names.get(outlet, outlet)

    def tick_all(self, on: bool) -> None:
        """Tick all outlets or none."""
        for box in self.boxes.values():
            box.setChecked(on)

    def ticked_outlets(self) -> tuple[str, ...]:
        """The ids of the ticked outlets."""
        return tuple(outlet for outlet, box in self.boxes.items() if box.isChecked())

    def look_at(self, outlet: str) -> None:
        """Mark the outlet that is shown."""
        if outlet in self._rows:
            self._rows[outlet].look.setChecked(True)

    # ------------------------------------------------------------------------------------------- state

    def show_texts(self, texts: Iterable[OutletTexts], variants: Mapping[str, AdjustedText]) -> None:
        """Counter of each outlet's main text, and a sign when something is wrong with it or it was adjusted."""
        for outlet in texts:
            found = self._rows.get(outlet.outlet.id)
            if found is None:
                continue
            main = outlet.texts[0] if outlet.texts else None
            over = any(t.output.limit and t.post.length > t.output.limit for t in outlet.texts)
            if main is not None:
                posts = len(main.post.files)
                size = number_text(main.post.length, self._tools.texts.language)
                limit = number_text(main.output.limit, self._tools.texts.language)
                shown = self._t("counter_posts", posts=posts) if posts > 1 else size
                found.counter.setText(shown)
                found.counter.setToolTip(self._t("counter", length=size, limit=limit))
            restyle(found.counter, "look", "bad" if over or outlet.problems else "muted")
            self._show_state(found.state, outlet, over, variants)

    def _show_state(self, sign: QLabel, outlet: OutletTexts, over: bool, variants: Mapping[str, AdjustedText]) -> None:
        mine = [variants[text.key] for text in outlet.texts if text.key in variants]
        if outlet.problems or over:
            icon, role, tip = "circle-x", "bad", "\n".join(outlet.problems)
        elif any(variant.stale for variant in mine):
            icon, role, tip = "triangle-alert", "warn", self._t("stale_unknown")
        elif mine:
            icon, role, tip = "pencil-line", "info", self._t("adjusted")
        else:
            icon, role, tip = "check", "ok", ""
        sign.setPixmap(self._tools.theme.pixmap(icon, role, 15))
        sign.setToolTip(tip)
        sign.setAccessibleName(tip)

    def show_old_facts(self, variants: Mapping[str, AdjustedText]) -> None:
        """List every adjusted text that still tells what the story no longer does."""
        clear(self._old)
        old = [variant for variant in variants.values() if variant.old_facts]
        self.old_card.setVisible(bool(old))
        self._old_title.setText(self._t("old_title", n=len(old)))
        for variant in old:
            outlet = self._names.get(variant.key.partition("/")[0], variant.key.partition("/")[0])
            file = name_of(self._tools.texts, variant.key)
            text = self._t("old_row", outlet=outlet, file=file, facts=", ".join(variant.old_facts))
            self._old.addWidget(label(text, "", wrap=True))
            go = button(self._tools.theme, self._t("old_go", file=file, outlet=outlet), look="link")
            go.clicked.connect(lambda _=False, key=variant.key: self.go.emit(key))
            self._old.addWidget(go)
