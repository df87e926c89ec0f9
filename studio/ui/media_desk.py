"""The photo desk and the video desk as they are today: everything of the story in cards, added, ordered, described.

Cropping, covers, cutting and subtitles come with their own desks (issue 5); these pages say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.story import edits
from studio.story.model import Photo, Story, Video, cover_photo
from studio.ui.media import Field, MediaCard
from studio.ui.parts import button, card, clear, column, edges, empty, label, picture, row, scrolled
from studio.ui.shortcuts import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.edits import Edit
    from studio.ui.desk import Bench

Kind = Literal["photo", "video"]
_FIELDS: dict[Kind, tuple[Field, ...]] = {
    "photo": (Field("caption", tall=True), Field("credit"), Field("alt")),
    "video": (Field("caption", tall=True), Field("credit"), Field("title", needed=False)),
}
_ICONS: dict[Kind, str] = {"photo": "image", "video": "film"}


class MediaDesk(QWidget):
    """The photos, or the clips, of the open story.

    Args:
        bench: what a desk works with.
        kind: which of the two.
    """

    def __init__(self, bench: Bench, kind: Kind) -> None:
        super().__init__()
        self._bench = bench
        self._kind = kind
        self.cards: dict[str, MediaCard] = {}
        self._list = QVBoxLayout()
        self._empty: QFrame | None = None
        self._summary = QVBoxLayout()
        self.side_panel = self._make_panel()
        self._lay_out()
        bench.session.changed.connect(self._show)
        bench.thumbs.ready.connect(self._on_thumb)
        self._show(bench.session.story)

    # ------------------------------------------------------------------------------------------- layout

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"{self._kind}desk.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.add = button(theme, self._t("add"), self._choose, look="primary", icon="plus", key=KEYS["add"])
        head = row(column(label(self._t("title"), "page"), label(self._t("intro"), "hint", wrap=True), gap=px(2)))
        head.setStretch(0, 1)
        head.addWidget(self.add)
        self._list.setSpacing(px(12))
        inside = QWidget()
        inside.setLayout(column(head, self._list, 1, gap=px(16), edges=edges(theme, 20, 18)))
        outer = column(scrolled(inside), gap=0)
        self.setLayout(outer)

    def _make_panel(self) -> QWidget:
        theme = self._bench.tools.theme
        px = theme.px
        panel = QWidget()
        self._summary.setSpacing(px(8))
        self._summary.setContentsMargins(*edges(theme, 16, 14))
        state = QFrame()
        state.setProperty("look", "card")
        state.setLayout(self._summary)
        soon = column(
            label(self._t("soon_title"), "title"),
            label(self._t("soon"), "hint", wrap=True),
            gap=px(6),
            edges=edges(theme, 16, 14),
        )
        following: Literal["video", "check"] = "video" if self._kind == "photo" else "check"
        onward = button(
            theme, self._bench.t(f"window.on_to_{following}"), lambda: self._bench.go(following), look="primary"
        )
        panel.setLayout(column(state, card(soon), 1, onward, gap=px(12), edges=edges(theme, 16, 16)))
        return panel

    # ------------------------------------------------------------------------------------------- showing

    def _items(self, story: Story) -> tuple[Photo | Video, ...]:
        return story.photos if self._kind == "photo" else story.videos

    def _show(self, story: Story) -> None:
        items = self._items(story)
        ids = [item.id for item in items]
        if ids != list(self.cards) or self._empty is not None or not ids:
            self._rebuild(items)
        cover = cover_photo(story)
        locked = self._bench.session.read_only
        for number, item in enumerate(items):
            self.cards[item.id].show_item(
                item,
                number,
                number == len(items) - 1,
                self._facts(item),
                cover=cover is not None and cover.id == item.id,
                locked=locked,
            )
        self.add.setEnabled(not locked)
        self._show_summary(items)

    def _rebuild(self, items: tuple[Photo | Video, ...]) -> None:
        focused = next((key for key, made in self.cards.items() if made.isAncestorOf(self.focusWidget() or self)), "")
        kept = {item.id: self.cards.pop(item.id) for item in items if item.id in self.cards}
        for made in kept.values():
            self._list.removeWidget(made)
        clear(self._list)
        self.cards = {item.id: kept.get(item.id) or self._make_card(item) for item in items}
        for made in self.cards.values():
            self._list.addWidget(made)
        self._empty = None if items else self._make_empty()
        if self._empty is not None:
            self._list.addWidget(self._empty)
        if focused in self.cards and not self.cards[focused].isAncestorOf(self.focusWidget() or self):
            self.cards[focused].setFocus()

    def _make_empty(self) -> QFrame:
        theme = self._bench.tools.theme
        choose = button(theme, self._t("add"), self._choose, icon="plus")
        choose.setEnabled(not self._bench.session.read_only)
        made = empty(theme, _ICONS[self._kind], self._t("empty_title"), self._t("empty"), choose)
        made.setMinimumHeight(theme.px(280))
        return made

    def _make_card(self, item: Photo | Video) -> MediaCard:
        made = MediaCard(self._bench.tools, self._kind, _FIELDS[self._kind], _ICONS[self._kind])
        made.picture.show_picture(self._bench.thumbs.get(self._bench.session.folder, item.file))
        made.changed.connect(self._writer(item.id))
        made.move_asked.connect(self._mover(item.id))
        made.remove_asked.connect(lambda: self._remove(item.id))
        made.cover_asked.connect(lambda: self._bench.session.edit(edits.set_cover(item.id)))
        return made

    def _facts(self, item: Photo | Video) -> str:
        size = f"{item.width} × {item.height}" if item.width else ""
        length = duration(item.seconds) if isinstance(item, Video) else ""
        return "  ·  ".join(part for part in (item.name or item.file, size, length) if part)

    def _show_summary(self, items: tuple[Photo | Video, ...]) -> None:
        tools = self._bench.tools
        clear(self._summary)
        self._summary.addLayout(row(label(self._t("panel"), "title"), 1, label(str(len(items)), "number")))
        for field in (*(field.name for field in _FIELDS[self._kind] if field.needed), "people_checked"):
            missing = sum(not str(getattr(item, field) or "").strip() for item in items)
            good = bool(items) and missing == 0
            icon, role = ("circle-check", "ok") if good else ("circle-dashed", "muted")
            if items and missing:
                icon, role = "triangle-alert", "warn"
            text = self._t(f"summary.{field}", missing=missing) if missing else self._t(f"summary.{field}_done")
            text = text if items else self._t(f"summary.{field}_none")
            self._summary.addLayout(
                row(picture(tools.theme, icon, role, 17), label(text, wrap=True), gap=tools.theme.px(9))
            )

    def _on_thumb(self, folder: str, file: str) -> None:
        if folder != self._bench.session.folder:
            return
        for item in self._items(self._bench.session.story):
            if item.file == file and item.id in self.cards:
                self.cards[item.id].picture.show_picture(self._bench.thumbs.get(folder, file))

    # ------------------------------------------------------------------------------------------- doing

    def _choose(self) -> None:
        self._bench.bring_in(self._bench.tools.dialogs.choose_files(self._t("choose"), self._kind))

    def _writer(self, item_id: str) -> Callable[[str, object], None]:
        change = edits.change_photo if self._kind == "photo" else edits.change_video
        return lambda field, value: self._bench.session.edit(change(item_id, **{field: value}))

    def _mover(self, item_id: str) -> Callable[[int], None]:
        move: Callable[[str, int], Edit] = edits.move_photo if self._kind == "photo" else edits.move_video

        def to(by: int) -> None:
            ids = [item.id for item in self._items(self._bench.session.story)]
            self._bench.session.edit(move(item_id, ids.index(item_id) + by))

        return to

    def _remove(self, item_id: str) -> None:
        if self._bench.session.read_only:
            return
        gone = next(item for item in self._items(self._bench.session.story) if item.id == item_id)
        remove = edits.remove_photo if self._kind == "photo" else edits.remove_video
        self._bench.session.edit(remove(item_id))
        self._bench.toast(self._bench.t("media.removed", name=gone.name or gone.file))


def duration(seconds: float) -> str:
    """A length of time: "0.32", "12.05", "1.02.03" (minutes and seconds as Indonesians write them)."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}.{minutes:02d}.{rest:02d}" if hours else f"{minutes}.{rest:02d}"
