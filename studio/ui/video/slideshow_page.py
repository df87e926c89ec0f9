"""The video made of photos: which ones, in which order, how long, whose voice; and its preview, made as for export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from studio.base.timecode import short_seconds
from studio.services import slideshow_preview as showing
from studio.story.clips import set_slideshow
from studio.story.model import Slideshow
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_order
from studio.ui.media.music_choice import MusicChoice
from studio.ui.video.made_preview import MadePreview, PreviewMaker
from studio.ui.video.side_pages import sheet, slider
from studio.ui.widgets.basic_parts import button, column, describe, label, restyle, row
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from studio.base.errors import UserError
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.media_sink import MediaSink

_EACH, _CROSS = (10, 100), (0, 20)
"""Tenths of a second: least and most of a photo, of a crossfade."""
_ID = Qt.ItemDataRole.UserRole
_NO_LIMIT = 16_777_215
"""Qt's own greatest width."""


_MAKER = PreviewMaker(
    showing.SIZES,
    showing.seconds_of,
    lambda story: bool(story.photos),
    lambda story: (story.slideshow or Slideshow(), story.photos, story.headline),
    showing.make_preview,
    "clip.show_picture",
    "clip.show_empty",
    "clip.job_show",
)


class ShowPage(QWidget):
    """Photos, settings, and a preview by the engine that makes the export.

    Args:
        bench: what a desk works with.
        sink: makes the part that plays with sound.
    """

    def __init__(self, bench: DeskContext, sink: Callable[[QObject], MediaSink | None]) -> None:
        super().__init__()
        self._bench = bench
        self._filling = False
        self.preview = MadePreview(bench, sink, _MAKER)
        self.player, self.stage, self.shapes = self.preview.player, self.preview.stage, self.preview.shapes
        theme, t = bench.tools.theme, bench.t
        self.wanted = QCheckBox(t("clip.show_wanted"))
        describe(self.wanted, t("clip.show_wanted"), t("clip.show_wanted_tip"))
        self.list = self._make_list()
        self.each, self.cross = slider(t("clip.show_each"), _EACH[1]), slider(t("clip.show_cross"), _CROSS[1])
        self.each.setMinimum(_EACH[0])
        self.each_text, self.cross_text = label("", "strong"), label("", "strong")
        self.captions, self.zoom = QCheckBox(t("clip.show_captions")), QCheckBox(t("clip.show_zoom"))
        self.narration = button(theme, t("clip.show_voice"), self._choose_voice, icon="mic")
        self.no_narration = button(theme, t("clip.show_no_voice"), self._drop_voice, look="link")
        self.record = button(theme, t("recorder.title"), bench.recorder or self._choose_voice, icon="audio-lines")
        if bench.recorder is None:
            self.record.hide()
        self.voice_text = label("", "hint", wrap=True)
        self.clean = QCheckBox(t("clip.clean_sound"))
        describe(self.clean, t("clip.clean_sound"), t("clip.clean_sound_tip"))
        self.music = narrow_combo_box()
        describe(self.music, t("motion.music"), t("motion.music_tip"))
        self._musics = MusicChoice(bench, self.music, lambda bed: self._set("", music=bed))
        self._lay_out()
        self._connect()
        self._show(bench.session.story)

    def _make_list(self) -> QListWidget:
        px = self._bench.tools.theme.px
        made = QListWidget()
        restyle(made, "look", "framed")
        describe(made, self._bench.t("clip.show_photos"), self._bench.t("clip.show_photos_tip"))
        made.setIconSize(QSize(px(44), px(44)))
        made.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        made.setDefaultDropAction(Qt.DropAction.MoveAction)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setWordWrap(True)
        return made

    def _lay_out(self) -> None:
        tools, t = self._bench.tools, self._bench.t
        px = tools.theme.px
        for box, code in ((self.captions, "clip.show_captions"), (self.zoom, "clip.show_zoom")):
            describe(box, t(code), t(f"{code}_tip"))
        settings = sheet(
            tools,
            row(label(t("clip.show_each"), "strong"), 1, self.each_text),
            self.each,
            row(label(t("clip.show_cross"), "strong"), 1, self.cross_text),
            self.cross,
            row(self.captions, self.zoom, 1),
            row(self.narration, 1),
            row(self.record, self.no_narration, 1),
            self.voice_text,
            self.clean,
            column(label(t("motion.music"), "strong"), self.music, gap=px(4)),
        )
        self.up = button(tools.theme, t("clip.show_up"), lambda: self._move(-1), look="chip", key=KEYS["move_up"])
        self.down = button(tools.theme, t("clip.show_down"), lambda: self._move(1), look="chip", key=KEYS["move_down"])
        self.only = button(tools.theme, t("clip.show_only"), self._tick_only, look="chip", tip=t("clip.show_only_tip"))
        self.all = button(tools.theme, t("clip.show_all"), self._tick_all, look="chip", tip=t("clip.show_all_tip"))
        photos = sheet(
            tools,
            label(t("clip.show_photos"), "title"),
            label(t("clip.show_hint"), "hint", wrap=True),
            self.list,
            row(self.up, self.down, 1, self.only, self.all, gap=px(4)),
        )
        bind_order(self.list, self._move)
        self._photos = photos
        right = column(self.preview, settings, gap=px(8))
        right.setStretch(0, 1)
        left = column(self.wanted, photos, gap=px(8))
        left.setStretch(1, 1)
        self._whole = row(left, right, gap=px(12))
        self._whole.setStretch(1, 1)
        self.setLayout(self._whole)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Photos beside the preview, or below each other where there is no room for both."""
        ways, px = QBoxLayout.Direction, self._bench.tools.theme.px
        self._whole.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._photos.setMaximumWidth(_NO_LIMIT if narrow else px(300))
        self.list.setMinimumHeight(px(180) if narrow else 0)

    def _connect(self) -> None:
        self._bench.session.changed.connect(self._show)
        self._bench.thumbs.ready.connect(self._show_thumbs)
        self.wanted.toggled.connect(self._on_wanted)
        self.list.itemChanged.connect(lambda _: self._take_photos())
        self.list.model().rowsMoved.connect(lambda *_: self._take_photos())
        self.each.valueChanged.connect(lambda value: self._set("each", seconds_each=value / 10))
        self.cross.valueChanged.connect(lambda value: self._set("cross", crossfade=value / 10))
        for each in (self.each, self.cross):
            each.sliderPressed.connect(self._bench.session.hold)
            each.sliderReleased.connect(self._bench.session.break_merge)
        self.clean.clicked.connect(lambda on: self._set("", clean_sound=on))
        self.captions.toggled.connect(lambda on: self._set("", captions=on))
        self.zoom.toggled.connect(lambda on: self._set("", zoom=on))

    # ------------------------------------------------------------------------------------------- showing

    @property
    def show_now(self) -> Slideshow:
        """How the video is made, or would be."""
        return self._bench.session.story.slideshow or Slideshow()

    def _show(self, story: Story) -> None:
        self._filling = True
        show, locked = self.show_now, self._bench.session.read_only
        self.wanted.setChecked(story.slideshow is not None)
        self._fill_list(story)
        self.each.setValue(round(show.seconds_each * 10))
        self.cross.setValue(round(show.crossfade * 10))
        t, language = self._bench.t, self._bench.tools.texts.language
        self.each_text.setText(t("clip.seconds", n=short_seconds(show.seconds_each, language)))
        self.cross_text.setText(t("clip.seconds", n=short_seconds(show.crossfade, language)))
        self.captions.setChecked(show.captions)
        self.zoom.setChecked(show.zoom)
        self.voice_text.setText(t("clip.show_voice_is") if show.narration else t("clip.show_voice_none"))
        self.no_narration.setVisible(bool(show.narration))
        self.clean.setChecked(show.clean_sound)
        self.clean.setVisible(bool(show.narration))
        self._musics.show(show.music)
        for each in (
            self.wanted,
            self.list,
            self.each,
            self.cross,
            self.captions,
            self.zoom,
            self.narration,
            self.record,
            self.music,
        ):
            each.setEnabled(not locked)
        for part in (self.only, self.all, self.up, self.down, self.no_narration):
            part.setEnabled(not locked and bool(story.photos))
        self.preview.show_state()
        self._filling = False

    def _fill_list(self, story: Story) -> None:
        chosen = self.show_now.photos or tuple(photo.id for photo in story.photos)
        known = {photo.id: photo for photo in story.photos}
        order = [each for each in chosen if each in known] + [each for each in known if each not in chosen]
        wanted = [(each, each in chosen, showing.name_of(known[each])) for each in order]
        shown = [self._read_entry(number) for number in range(self.list.count())]
        ticked = [entry for entry in shown if entry[1]] == [entry for entry in wanted if entry[1]]
        if ticked and sorted(shown) == sorted(wanted):
            return  # where the others stand is the list's own affair: what is unticked must not jump to the end
        at = self.list.currentRow()
        self.list.clear()
        for each, on, name in wanted:
            item = QListWidgetItem(name)
            item.setData(_ID, each)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            # Else a photo that is dropped on another one would take its place instead of moving beside it.
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self._show_thumbs()

    def _read_entry(self, number: int) -> tuple[str, bool, str]:
        item = self.list.item(number)
        return item.data(_ID), item.checkState() == Qt.CheckState.Checked, item.text()

    def _show_thumbs(self, _folder: str = "", file: str = "") -> None:
        known = {photo.id: photo for photo in self._bench.session.story.photos if file in ("", photo.file)}
        # Also called while the list is filled, which must not end with it.
        filling, self._filling = self._filling, True
        for number in range(self.list.count()):
            item = self.list.item(number)
            photo = known.get(item.data(_ID))
            thumb = self._bench.thumbs.get(self._bench.session.folder, photo.file) if photo is not None else None
            if thumb is not None:
                item.setIcon(QIcon(thumb))
        self._filling = filling

    # ------------------------------------------------------------------------------------------- editing

    def _set(self, merge: str, **values: object) -> None:
        if not self._filling:
            self._bench.session.edit(set_slideshow(replace(self.show_now, **values), merge))

    def _on_wanted(self, on: bool) -> None:
        if not self._filling:
            self._bench.session.edit(set_slideshow(self.show_now if on else None))

    def _take_photos(self) -> None:
        if self._filling:
            return
        entries = [self._read_entry(number) for number in range(self.list.count())]
        chosen = tuple(each for each, on, _ in entries if on)
        if not chosen:  # none would mean all
            self._bench.toast(self._bench.t("clip.show_last"))
            self._show(self._bench.session.story)
            return
        everything = tuple(photo.id for photo in self._bench.session.story.photos)
        self._set("", photos=() if chosen == everything else chosen)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count() and at >= 0 and not self._bench.session.read_only:
            self._filling = True
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)
            self._filling = False
            self._take_photos()

    def _tick_only(self) -> None:
        """Of thirty photos five are wanted: begin with one, instead of taking 25 out."""
        at = max(0, self.list.currentRow())
        if self.list.count():
            self._set("", photos=(self._read_entry(at)[0],))

    def _tick_all(self) -> None:
        self._set("", photos=())

    def _choose_voice(self) -> None:
        files = self._bench.tools.dialogs.choose_files(self._bench.t("clip.show_voice"), "sound", many=False)
        if files:
            work = partial(showing.take_voice, self._bench.workspace, self._bench.session.ensure_folder(), files[0])
            self._bench.tools.jobs.start(
                self._bench.t("clip.job_voice"),
                work,
                done=self._take_voice,
                failed=self._fail,
            )

    def _take_voice(self, file: str) -> None:
        self._set("", narration=file)

    def _drop_voice(self) -> None:
        self._set("", narration="")

    def _fail(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(error)
