"""The pages of the side panel that are mostly fields: picture, words, sound, details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSlider, QWidget

from studio.base.timecode import ClipTime, short_seconds
from studio.story.geometry import CENTRE
from studio.story.media_fields import DETAILS, STRIP
from studio.ui.media.details_form import DetailsForm
from studio.ui.widgets import calm_inputs
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row, show_tick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QFrame, QLayout

    from studio.services.clip_preparation import KeptSound
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing

_FINE = 1000
"""Steps of a slider over the whole picture."""
MOST_FADE = 3.0
FORM_PAGES: Mapping[str, frozenset[str]] = {
    "about": frozenset(field.name for field in DETAILS),
    "words": frozenset(field.name for field in STRIP),
}
"""Which page asks for which fields of the clip."""


def switch(tools: WindowTools, editing: ClipEditing, name: str, *, inverse: bool = False) -> QCheckBox:
    """A box to tick, bound to a plain field of the clip; ``inverse`` ticks it where the field is False."""
    made = QCheckBox(tools.t(f"clip.{name}"))
    describe(made, made.text().replace("\n", " "), tools.t(f"clip.{name}_tip"))
    made.toggled.connect(lambda on: editing.set(**{name: on != inverse}))
    return made


class PanelPage(Protocol):
    """A page of the side panel."""

    def show_state(self) -> None:
        """Show what is worked on now."""


def sheet(tools: WindowTools, *items: QWidget | QLayout | int) -> QFrame:
    """A card with items from top to bottom."""
    return card(column(*items, gap=tools.theme.px(8), edges=edges(tools.theme, 14, 12)))


def slider(name: str, most: int) -> QSlider:
    """A horizontal slider from 0."""
    made = calm_inputs.slider()
    made.setRange(0, most)
    made.setPageStep(max(1, most // 10))
    describe(made, name)
    return made


class PicturePage(QWidget):
    """How the picture fits a format, and which frame is the cover picture.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    photo_asked = Signal()
    """Add the frame under the playhead to the photos of the story."""

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._tools = tools
        self._editing, self._state = editing, editing.state
        theme, t = tools.theme, tools.t
        self.crop, self.pad = QRadioButton(t("clip.fit_crop")), QRadioButton(t("clip.fit_pad"))
        for made, tip, fit in ((self.crop, "clip.fit_crop_tip", "crop"), (self.pad, "clip.fit_pad_tip", "pad")):
            describe(made, made.text(), t(tip))
            made.clicked.connect(lambda _=False, fit=fit: editing.set_fit("pad" if fit == "pad" else "crop"))
        self.across, self.down = slider(t("clip.focus_x"), _FINE), slider(t("clip.focus_y"), _FINE)
        for each in (self.across, self.down):
            each.valueChanged.connect(self._on_slider)
            each.sliderPressed.connect(editing.begin_drag)
            each.sliderReleased.connect(editing.done)
        self.only_piece = QCheckBox(t("clip.only_piece"))
        describe(self.only_piece, t("clip.only_piece"), t("clip.only_piece_tip"))
        self.middle = button(theme, t("clip.focus_clear"), editing.clear_focus, look="link")
        self.poster_text = label("", "hint", wrap=True)
        self.poster = button(theme, t("clip.poster_here"), self._take_poster, icon="image")
        self.poster_go = button(theme, t("clip.poster_go"), self._go_to_poster, look="link")
        self.as_photo = button(theme, t("clip.poster_photo"), self.photo_asked.emit, look="link")
        describe(self.as_photo, t("clip.poster_photo"), t("clip.poster_photo_tip"))
        self._lay_out()

    def _lay_out(self) -> None:
        t, px = self._tools.t, self._tools.theme.px
        focus = column(
            label(t("clip.focus"), "strong"),
            label(t("clip.focus_hint"), "hint", wrap=True),
            row(label("↔"), self.across),
            row(label("↕"), self.down),
            self.only_piece,
            self.middle,
            gap=px(6),
        )
        fits = sheet(self._tools, label(t("clip.fit"), "title"), self.crop, self.pad, focus)
        poster = sheet(
            self._tools,
            label(t("clip.poster"), "title"),
            self.poster_text,
            self.poster,
            row(self.poster_go, self.as_photo, 1),
        )
        self.setLayout(column(fits, poster, 1, gap=px(12)))

    def show_state(self) -> None:
        """See ``PanelPage``."""
        video, locked = self._state.video, self._state.locked
        if video is None:
            return
        for made, on in ((self.crop, video.reframe == "crop"), (self.pad, video.reframe == "pad")):
            made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(False)
            made.setEnabled(not locked)
        cuts = self._state.cuts
        own = cuts[self._state.piece].focus if cuts else None
        across, down = own or video.focus or CENTRE
        several = len(cuts) > 1
        self.only_piece.setVisible(several)
        for each, share in ((self.across, across), (self.down, down)):
            each.blockSignals(True)
            # Less is rounding, by which the slider must not move under the hand that holds it.
            if abs(each.value() - share * _FINE) >= 1:
                each.setValue(round(share * _FINE))
            each.blockSignals(False)
            each.setEnabled(not locked and video.reframe == "crop")
        self.middle.setEnabled(not locked and (video.focus is not None or any(cut.focus for cut in cuts)))
        self.poster.setEnabled(not locked)
        self.poster_go.setEnabled(video.poster is not None)
        chosen = video.poster is not None
        at = ClipTime(video.poster or 0.0)
        self.poster_text.setText(
            self._tools.t("clip.poster_at", at=at) if chosen else self._tools.t("clip.poster_none")
        )

    def _on_slider(self) -> None:
        x, y = self.across.value() / _FINE, self.down.value() / _FINE
        self._editing.set_focus(x, y, only_piece=self.for_piece)

    @property
    def for_piece(self) -> bool:
        """Whether the focus is set for the chosen piece alone."""
        return self.only_piece.isChecked() and len(self._state.cuts) > 1

    def _take_poster(self) -> None:
        self._editing.set(poster=round(self._state.position, 3))
        self._editing.done()

    def _go_to_poster(self) -> None:
        video = self._state.video
        if video is not None and video.poster is not None:
            self._state.seek_asked.emit(video.poster)


class WordsPage(QWidget):
    """Name strip, title card, closing card, logo.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._editing, self._state = editing, editing.state
        t, px = tools.t, tools.theme.px
        self.form = DetailsForm(tools, "clip", STRIP, self)
        self.form.changed.connect(lambda name, value: editing.set(**{name: value}))
        title, detail, card_text = (self.form.part(field.name, "strong") for field in STRIP)
        self.closing = switch(tools, editing, "closing_card")
        self.logo = switch(tools, editing, "logo")
        strip = sheet(
            tools, label(t("clip.strip"), "title"), label(t("clip.strip_hint"), "hint", wrap=True), title, detail
        )
        cards = sheet(tools, label(t("clip.cards"), "title"), card_text, self.closing, self.logo)
        self.setLayout(column(strip, cards, 1, gap=px(12)))

    def show_state(self) -> None:
        """See ``PanelPage``."""
        video, locked = self._state.video, self._state.locked
        self.form.show_item(video, locked=locked)
        if video is not None:
            show_tick(self.closing, video.closing_card, locked=locked)
            show_tick(self.logo, video.logo, locked=locked)


class SoundPage(QWidget):
    """Loudness, silence, fading.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    measure_asked = Signal()

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._tools = tools
        self._editing, self._state = editing, editing.state
        t, px = tools.t, tools.theme.px
        self.level = switch(tools, editing, "level_sound")
        self.clean = switch(tools, editing, "clean_sound")
        self.mute = switch(tools, editing, "mute")
        self.measured = label("", "hint", wrap=True)
        self.measure = button(tools.theme, t("clip.measure"), self.measure_asked.emit, icon="gauge")
        self.track = calm_inputs.combo_box()
        describe(self.track, t("clip.sound_track"), t("clip.sound_track_tip"))
        self.track.activated.connect(lambda number: editing.set(sound_track=number))
        # In tenths of a second, as sliders know whole numbers only.
        self.fade = slider(t("clip.fade"), round(MOST_FADE * 10))
        self.fade_text = label("", "strong")
        self.fade.valueChanged.connect(lambda value: editing.set(fade=value / 10))
        self.fade.sliderPressed.connect(editing.begin_drag)
        self.fade.sliderReleased.connect(editing.done)
        heard = (self.track, self.level, self.measured, self.measure, self.clean, self.mute)
        sound = sheet(tools, label(t("clip.sound"), "title"), *heard)
        fade = sheet(
            tools,
            row(label(t("clip.fade"), "title"), 1, self.fade_text),
            label(t("clip.fade_hint"), "hint", wrap=True),
            self.fade,
        )
        self._cards = column(sound, fade, 1, gap=px(12))
        self.setLayout(self._cards)

    def add_card(self, made: QWidget) -> None:
        """Put one more card below that of the clip's own sound."""
        self._cards.insertWidget(1, sheet(self._tools, made))

    def show_gain(self, kept: KeptSound | None) -> None:
        """How much louder the result will be, and how it hums; None while that is not known."""
        clip = self._state.clip
        if clip is not None and clip.sound is None:
            self.measured.setText(self._tools.t("clip.no_sound"))
        elif kept is None:
            self.measured.setText(self._tools.t("clip.not_measured"))
        else:
            gain, language = kept.gain, self._tools.texts.language
            code = "clip.gain_none" if abs(gain) < 0.5 else "clip.gain_up" if gain > 0 else "clip.gain_down"
            told = self._tools.t(code, db=short_seconds(abs(gain), language))
            hum = self._tools.t("clip.hums" if kept.hums else "clip.hums_not", db=round(kept.hum - kept.left))
            self.measured.setText(f"{told} {hum}")

    def _show_tracks(self, chosen: int, *, locked: bool) -> None:
        """The choice of a track, where there are several."""
        clip, t = self._state.clip, self._tools.t
        count = 0 if clip is None else len(clip.tracks)
        self.track.setVisible(count > 1)
        self.track.setEnabled(not locked)
        if self.track.count() != count + 1:
            self.track.clear()
            self.track.addItem(t("clip.sound_track_auto"))
            for number in range(1, count + 1):
                self.track.addItem(t("clip.sound_track_number", n=number))
        # This file may have fewer tracks than the one for which it was chosen.
        self.track.setCurrentIndex(chosen if chosen <= count else 0)

    def show_state(self) -> None:
        """See ``PanelPage``."""
        video, locked = self._state.video, self._state.locked
        if video is None:
            return
        clip = self._state.clip
        silent = clip is not None and clip.sound is None
        self._show_tracks(video.sound_track, locked=locked or video.mute)
        show_tick(self.level, video.level_sound, locked=locked or silent or video.mute)
        show_tick(self.clean, video.clean_sound, locked=locked or silent or video.mute)
        show_tick(self.mute, video.mute, locked=locked or silent)
        self.measure.setEnabled(clip is not None and not silent and not video.mute)
        self.fade.blockSignals(True)
        self.fade.setValue(round(video.fade * 10))
        self.fade.blockSignals(False)
        self.fade.setEnabled(not locked)
        self.fade_text.setText(self._tools.t("clip.seconds", n=short_seconds(video.fade, self._tools.texts.language)))


class AboutPage(QWidget):
    """Caption, credit, description, and whether the faces were checked.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._editing, self._state = editing, editing.state
        self.form = DetailsForm(tools, "clip", DETAILS, self)
        self.form.changed.connect(lambda name, value: editing.set(**{name: value}))
        about, rights = (
            [self.form.part(field.name, "strong") for field in fields] for fields in (DETAILS[:3], DETAILS[3:-1])
        )
        hint = label(tools.t("clip.alt_why"), "hint", wrap=True)
        watched = label(tools.t("clip.people_checked_tip"), "hint", wrap=True)
        self._cards = column(
            sheet(tools, label(tools.t("clip.about"), "title"), *about, hint),
            sheet(tools, label(tools.t("clip.rights_title"), "title"), *rights),
            sheet(tools, self.form.part("people_checked"), watched),
            1,
            gap=tools.theme.px(12),
        )
        self.setLayout(self._cards)

    def add_card(self, made: QWidget) -> None:
        """Put one more card at the top."""
        self._cards.insertWidget(0, made)
        made.show()

    def show_state(self) -> None:
        """See ``PanelPage``."""
        video, locked = self._state.video, self._state.locked
        self.form.show_item(video, locked=locked)
