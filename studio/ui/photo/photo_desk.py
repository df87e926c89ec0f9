"""The photo desk: the strip, the canvas with its tools, every outlet's crop below, the words at the side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from studio.base.paths import templates_dir
from studio.services.crop_shapes import load_uses
from studio.story import edits, people, photos
from studio.story.comment_places import CommentTarget
from studio.story.credits import is_ours
from studio.story.model import cover_photo
from studio.ui.comments.item_comments import ItemComments
from studio.ui.core.focus_order import go_to
from studio.ui.core.media_pasting import bind_paste
from studio.ui.core.shortcut_table import KEYS, keys_of
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.media.cover_panel import CoverPanel
from studio.ui.media.media_keys import bind_key
from studio.ui.media.media_strip import MediaStrip, StripItem, StripLook
from studio.ui.media.picture_list import ROOMY
from studio.ui.photo.batch_panel import BatchPanel, may_be_credited
from studio.ui.photo.canvas_marks import CanvasMarks
from studio.ui.photo.canvas_toolbox import CanvasToolbox
from studio.ui.photo.details_panel import DetailsPanel
from studio.ui.photo.face_panel import FacePanel
from studio.ui.photo.light_panel import LightPanel
from studio.ui.photo.photo_canvas import PhotoCanvas
from studio.ui.photo.preview_scheduler import PreviewScheduler
from studio.ui.photo.shapes_column import ShapesColumn
from studio.ui.photo.strip_thumbnails import StripThumbnails
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, empty, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPixmap

    from studio.services.photo_preview import CropUse
    from studio.story.model import Photo, Story
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.core.window_theme import WindowTheme

_SIDE, _LOW = 64, 52
"""Pixels of a photo of the strip, and beside large text, like those of the shapes above: the canvas needs the room."""


class PhotoDesk(QWidget):
    """The photos of the open story.

    Args:
        bench: what a desk works with.
        onward: code of the words that lead on to the next desk.
        uses: the shapes that are wanted of a photo; None for those of all outlets of stories.
    """

    panel_waits = 1.2  # size of text above which the picture needs the room of the panel (``WindowFrame.fit_width``)
    picture_width = 900  # design pixels that come before the list: the picture gets a third of a small screen

    def __init__(
        self, bench: DeskContext, *, onward: str = "window.on_to_video", uses: tuple[CropUse, ...] | None = None
    ) -> None:
        super().__init__()
        self._bench = bench
        self._onward = onward
        tools = bench.tools
        self.uses = load_uses(templates_dir(), bench.workspace.templates_dir, tools.t) if uses is None else uses
        self.strip = MediaStrip(tools.theme, _strip_look(tools.theme), beside=tools.theme.scale > ROOMY)
        describe(self.strip, tools.t("photodesk.strip"), tools.t("photodesk.strip_tip"))
        self.home = self.canvas = PhotoCanvas(tools.theme)
        describe(self.canvas, tools.t("photodesk.canvas"), tools.t("photodesk.canvas_tip"))
        self.toolbox = CanvasToolbox(tools, self.uses)
        self.shapes = ShapesColumn(tools, self.uses)
        self.words = DetailsPanel(tools)
        self.light = LightPanel(tools)
        tip = tools.t("photodesk.faces_tip")
        self.suggest = button(tools.theme, tools.t("photodesk.faces"), self._suggest_faces, look="link", tip=tip)
        self.faces = FacePanel(tools)
        self.covers = CoverPanel(tools, tools.t("media.cover_safe"), beside=self.suggest, below=self.faces)
        self.batch = BatchPanel(tools)
        self.looking = PreviewScheduler(bench, self.uses, self)
        self.marks = CanvasMarks(bench, self.canvas, self.toolbox, self.covers, self.shapes, self.faces)
        self._named: tuple[list[tuple[str, str]], str] = [], ""
        self._items: list[StripItem] = []
        self._thumbs = StripThumbnails(self.strip, bench, self)
        self._for_story = uses is None  # a product has no comments
        inputs, target = self.words.form.inputs, partial(_caption_target, self)
        self.comments = ItemComments(bench, partial(_address, self), lambda: inputs, target, self)
        self.side_panel = self._make_panel()
        self._lay_out()
        self._connect()
        bind_paste(bench, self, self.side_panel)
        if self._for_story:
            self.comments.bind((self, self.side_panel))
        for place in (self, self.side_panel):  # a letter is not the whole window's, as the keys of the modes are
            for key in keys_of("draw_cover")[1:]:
                bind_key(place, key, partial(self.toolbox.choose_mode, "cover"), within=True)
        self._show(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"photodesk.{code}", **facts)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px, roomy = theme.px, theme.scale <= ROOMY
        self.add = button(theme, self._t("add"), self._choose_files, look="primary", icon="plus", key=KEYS["add"])
        self.phone = button(theme, self._t("from_phone"), self._from_phone, icon="smartphone", tip=self._t("phone_tip"))
        adds = column(self.add, self.phone, 1, gap=px(6)) if roomy else row(self.phone, self.add, gap=px(6))
        bottom = row(self.strip, adds, gap=px(10))
        bottom.setStretch(0, 1)
        work = QWidget()
        inside = column(self.toolbox, row(self.canvas, self.shapes), bottom, gap=px(8), edges=edges(theme, 16, 10))
        inside.setStretch(1, 1)
        work.setLayout(inside)
        first = self.first = button(theme, self._t("add"), self._choose_files, look="primary", icon="plus")
        second = button(theme, self._t("from_phone"), self._from_phone, look="link", icon="smartphone")
        nothing = QWidget()
        blank = empty(theme, "image", self._t("empty_title"), self._t("empty"), first, below=[second])
        nothing.setLayout(column(blank, edges=edges(theme, 20, 18)))
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(nothing)
        self.setLayout(column(self.stack, gap=0))

    def _make_panel(self) -> QScrollArea:
        theme = self._bench.tools.theme
        self._cards = [card(column(part, gap=0)) for part in (self.words, self.light, self.covers, self.batch)]
        if self._for_story:
            self._cards.insert(0, self.comments)
        self._later = label(self._t("panel_later"), "hint", wrap=True)
        onward = button(theme, self._bench.t(self._onward), lambda: self._bench.go("video"), look="primary")
        inside = QWidget()
        side = min(16, theme.px(16))
        inside.setLayout(column(self._later, *self._cards, 1, onward, gap=theme.px(12), edges=(side, side, side, side)))
        return scrolled(inside)

    def _connect(self) -> None:
        session = self._bench.session
        session.changed.connect(self._show)
        self.strip.chosen.connect(lambda _: self._show(session.story))
        self.strip.itemSelectionChanged.connect(self._show_batch)
        self.strip.moved.connect(lambda ids, gap: session.edit(photos.move_many(ids, gap)))
        self.strip.removal_asked.connect(self._remove)
        self.words.changed.connect(lambda name, value: self._change(**{name: value}))
        self.words.marked.connect(lambda ids: session.edit(people.mark_people("photos", self.strip.current, ids)))
        self.light.changed.connect(lambda adjust: self._change(adjust=adjust))
        self.words.replacing.connect(session.break_merge)
        for part in (self.light, self.toolbox):
            part.held.connect(session.hold)
            part.let_go.connect(session.break_merge)
        self.batch.asked.connect(self._batch)
        self.toolbox.turn_asked.connect(self._turn)
        self.toolbox.flip_asked.connect(self._flip)
        self.toolbox.straighten.connect(self._straighten)
        self.toolbox.original_held.connect(lambda held: self.looking.show_original(held=held))
        self.toolbox.star_asked.connect(lambda: session.edit(edits.set_cover(self.strip.current)))
        self.toolbox.remove_asked.connect(lambda: self._remove(self.strip.selected or [self.strip.current]))
        self.toolbox.mode_chosen.connect(self._show_mode)
        self.canvas.horizon_drawn.connect(lambda lean: self._straighten(self.toolbox.tilt - lean))
        self.looking.picture.connect(self._show_picture)
        self.looking.troubled.connect(self.canvas.show_words)
        self.looking.shapes.connect(self._show_shapes)
        self.looking.colors.connect(self.marks.show_colors)
        self.looking.guessed.connect(self.marks.show_guess)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def photo(self) -> Photo | None:
        """The photo that is worked on."""
        return photos.find_photo(self._bench.session.story, self.strip.current)

    def _show(self, story: Story) -> None:
        locked = self._bench.session.read_only
        cover = cover_photo(story)
        fresh = not self.strip.current
        named = [(photo.id, photo.name or photo.file) for photo in story.photos], cover.id if cover is not None else ""
        if named != self._named:  # naming 200 photos takes longer than a key may
            self._named, self._items = named, _strip_items(self._t, *named)
        self.strip.show_items(self._items, locked=locked)
        self._thumbs.show_story(story)
        if fresh and story.photos:
            self.strip.setCurrentRow(0)
            return
        self.stack.setCurrentIndex(0 if story.photos else 1)
        for each in (self.add, self.phone):
            each.setEnabled(not locked)
        photo = self.photo
        self._later.setVisible(photo is None)
        for sheet in self._cards:
            sheet.setVisible(photo is not None)
        if photo is None:
            self.looking.show_nothing()
            self.canvas.show_picture(None)
            return
        foreign = bool(photo.credit.strip()) and not is_ours(story, self._bench.workspace.group, photo)
        self.words.show_photo(story, photo, credit=self._propose_credit(story), foreign=foreign, locked=locked)
        self.comments.show_item()
        self.light.show_adjust(photo.adjust, locked=locked)
        self.suggest.setEnabled(not locked)
        self.toolbox.show_photo(photo, cover=cover is not None and cover.id == photo.id, locked=locked)
        self.marks.show_photo(photo)
        self.looking.show_photo(photo)
        self.canvas.bare = self.looking.bare
        self._show_batch()

    def _propose_credit(self, story: Story) -> str:
        """The author of the settings, else of the story, and the group: ``Nama/KIM ...``."""
        author = self._bench.tools.settings.text("author") or next(iter(story.byline), "")
        return "/".join(part for part in (author, self._bench.workspace.group.name) if part)

    def _show_mode(self, mode: str) -> None:
        """Who draws covers sees their list, wherever the panel was scrolled to."""
        if mode == "cover":
            sheet = self._cards[-2]
            self.side_panel.verticalScrollBar().setValue(sheet.y() - self._bench.tools.theme.px(12))

    def _show_picture(self, pixmap: QPixmap | None) -> None:
        self.canvas.bare = self.looking.bare
        self.canvas.show_picture(pixmap)

    def _show_shapes(self, shapes: object) -> None:
        photo = self.photo
        if photo is not None and isinstance(shapes, dict):
            self.shapes.show_shapes(shapes, photo)

    def _show_batch(self) -> None:
        others = [each for each in self.strip.selected if each != self.strip.current]
        photo = self.photo
        credited = photo is not None and bool(photo.credit.strip())
        focused = photo is not None and photo.focus is not None
        self.batch.show_count(len(others), credited=credited, focused=focused, locked=self._bench.session.read_only)

    def reveal(self, place: TextPlace) -> None:
        """Lead to a photo and the field of it that is meant."""
        if self.photo is None:
            go_to(self.first)
            return
        if place.item:
            self.strip.choose(place.item)
        name = place.pattern.removeprefix("photos/*/")
        if not self.words.form.reveal(name, place.start, place.end):
            go_to(self.toolbox.star if place.pattern == "cover" else self.canvas)

    # ------------------------------------------------------------------------------------------- doing

    def _change(self, **changes: object) -> None:
        if self.strip.current:
            self._bench.session.edit(edits.change_photo(self.strip.current, **changes))

    def _turn(self, by: int) -> None:
        photo = self.photo
        self._bench.session.break_merge()
        if photo is not None:  # mirroring comes last: to turn what is seen to the right, what lies under it turns left
            self._change(rotate=(photo.rotate + (-by if photo.flip else by)) % 360)

    def _flip(self) -> None:
        photo = self.photo
        self._bench.session.break_merge()
        if photo is not None:
            self._change(flip=not photo.flip)

    def _straighten(self, tilt: float) -> None:
        """Have the photo lean by ``tilt`` degrees, as it is seen, on top of the quarter turns."""
        photo = self.photo
        if photo is not None:
            quarters = round(photo.rotate / 90) * 90
            lean = max(-45.0, min(45.0, round(tilt, 1)))
            self._change(rotate=(quarters + (-lean if photo.flip else lean)) % 360)

    def _choose_files(self) -> None:
        self._bench.bring_in(self._bench.tools.dialogs.choose_files(self._t("choose"), "photo"))

    def _from_phone(self) -> None:
        from studio.ui.photo.phone_dialog import PhoneDialog

        if self._bench.from_phone is not None:
            ways = DialogChoice("wifi", self._t("way_wifi")), DialogChoice("cable", self._t("way_cable"))
            way = self._bench.tools.dialogs.ask(self._t("from_phone"), self._t("way"), ways)
            if way != "cable":
                if way:
                    self._bench.from_phone()
                return
        folder = self._bench.tools.dialogs.choose_folder(self._t("choose_folder"))
        if folder is None:
            return
        dialog = PhoneDialog(self._bench.tools, folder)
        if self._bench.tools.dialogs.show(dialog):
            self._bench.bring_in(dialog.chosen)
        dialog.deleteLater()

    def _remove(self, ids: list[str]) -> None:
        if self._bench.session.read_only:
            return
        gone = [photo for photo in self._bench.session.story.photos if photo.id in ids]
        if gone:
            self._bench.session.edit(photos.remove_many(ids))
            self._bench.toast(
                self._bench.t("media.removed", name=", ".join(photo.name or photo.file for photo in gone))
            )

    def _batch(self, code: str) -> None:
        photo = self.photo
        if photo is None:
            return
        value = not photo.watermark if code == "watermark" else getattr(photo, code)
        ids = self.strip.selected if code == "watermark" else [each for each in self.strip.selected if each != photo.id]
        if code == "credit":
            bench = self._bench
            ids = may_be_credited(bench.tools, bench.session.story, bench.workspace.group, ids, photo.credit)
        if ids:
            self._bench.session.break_merge()
            self._bench.session.edit(photos.change_many(ids, **{code: value}))
            self._bench.toast(self._t("batch_done", count=len(ids)))

    def _suggest_faces(self) -> None:
        photo = self.photo
        if photo is None:
            return
        source = self._bench.workspace.media_path(self._bench.session.folder, photo.file)
        from studio.services.face_suggestions import find_faces

        self._bench.tools.jobs.start(
            self._t("faces_job"),
            partial(find_faces, source),
            done=partial(self._take_faces, photo.id),
            failed=self._bench.tools.dialogs.explain,
        )

    def _take_faces(self, photo_id: str, boxes: object) -> None:
        found = self.marks.add_suggestions(photo_id, boxes)
        self._bench.tools.dialogs.tell(self._t("faces"), self._t("faces_found" if found else "faces_none", count=found))


def _address(desk: PhotoDesk) -> str:
    """Of the photo that is worked on; "" for none."""
    return f"photos/{desk.strip.current}" if desk.strip.current else ""


def _caption_target(desk: PhotoDesk) -> CommentTarget:
    """What a comment is about when nothing is selected: the caption, else the photo."""
    written = len(desk.photo.caption) if desk.photo is not None else 0
    return CommentTarget(f"{_address(desk)}/caption", 0, written) if written else CommentTarget(_address(desk))


def _strip_look(theme: WindowTheme) -> StripLook:
    px = theme.px
    if theme.scale <= ROOMY:
        return StripLook(_SIDE, (_SIDE + px(20), _SIDE + px(28)), _SIDE + px(44))
    return StripLook(_LOW, (_LOW + px(44), _LOW + px(6)), _LOW + px(20))  # the number beside the photo


def _strip_items(t: Callable[..., str], photos: Sequence[tuple[str, str]], cover: str) -> list[StripItem]:
    """Photos (id and name) by their numbers, the cover with a star."""
    items = []
    for number, (photo, name) in enumerate(photos, 1):
        star = "★ " if photo == cover else ""
        items.append(StripItem(photo, f"{star}{number}", t("card", number=number, name=name), "image"))
    return items
