"""The moving card of a story: how long, whose voice, which music; and the card itself, made small and played."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from studio.services import motion_preview as moving
from studio.services.music_shelf import keep_piece
from studio.services.slideshow_preview import SIZES, take_voice
from studio.services.spoken_captions import captions_of
from studio.story.clips import set_motion
from studio.story.motion_records import MusicBed
from studio.ui.media.music_choice import MusicChoice, fill_choices
from studio.ui.video.made_preview import MadePreview, PreviewMaker
from studio.ui.video.media_sink import make_sink
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row, scrolled
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.flow_layout import wrapped_row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from studio.base.errors import UserError
    from studio.services.music_shelf import ShelfPiece
    from studio.story.model import Story
    from studio.story.motion_records import MotionCard, SpokenCaption
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.media_sink import MediaSink

_FIELDS = ("title", "author", "license")
_SIDE_MOST = 720
"""Pixels of the settings, however large the letters: a screen of 1366 then has room for the card beside them."""


class MotionDialog(StyledDialog):
    """Settings on the right, the card on the left. What is changed goes into the story at once, and undo takes it back.

    Args:
        bench: what a desk works with.
        sink: makes the part that plays with sound.
    """

    def __init__(self, bench: DeskContext, sink: Callable[[QObject], MediaSink | None] = make_sink) -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        self._shown: Story | None = None
        self.setWindowTitle(self._t("title"))
        maker = PreviewMaker(
            SIZES,
            partial(moving.card_seconds, bench.workspace, bench.session.folder),
            lambda story: bool(story.headline.strip()),
            moving.motion_facts,
            moving.make_preview,
            "motion.picture",
            "clip.show_empty",
            "motion.job",
        )
        self.preview = MadePreview(bench, sink, maker)
        self.lengths: dict[int, QPushButton] = {}
        self.voice, self.music = combo_box(), combo_box()
        self._musics = MusicChoice(bench, self.music, lambda bed: self._set(music=bed))
        self.drift = QCheckBox(self._t("zoom"))
        describe(self.drift, self._t("zoom"), self._t("zoom_tip"))
        self.clean = QCheckBox(bench.t("clip.clean_sound"))
        describe(self.clean, bench.t("clip.clean_sound"), bench.t("clip.clean_sound_tip"))
        self.captions = QCheckBox(self._t("captions"))
        describe(self.captions, self._t("captions"), self._t("captions_tip"))
        self.fields = {name: QLineEdit() for name in _FIELDS}
        self.own_music = QWidget()
        self._lay_out()
        self._connect()
        self._show(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"motion.{code}", **facts)

    def _lay_out(self) -> None:
        theme, px = self._bench.tools.theme, self._bench.tools.theme.px
        for seconds in moving.LENGTHS:
            text = self._t("seconds", n=seconds) if seconds else self._t("as_read")
            made = button(theme, text, partial(self._set, seconds=seconds), look="chip")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.lengths[seconds] = made
        describe(self.voice, self._t("voice"), self._t("voice_tip"))
        describe(self.music, self._t("music"), self._t("music_tip"))
        rows: list[QWidget] = []
        for name, field in self.fields.items():
            describe(field, self._t(f"music_{name}"), self._t(f"music_{name}_tip"))
            field.setPlaceholderText(self._t(f"music_{name}_tip"))
            rows += [label(self._t(f"music_{name}"), "strong"), field]
        self.missing = label(self._t("license_missing"), "warn", wrap=True)
        self.keep = button(theme, self._t("music_keep"), self._keep_music, look="link", tip=self._t("music_keep_tip"))
        self.own_music.setLayout(column(*rows, self.missing, row(self.keep, 1), gap=px(4)))
        take = partial(button, theme, self._t("choose_file"), icon="folder-open")
        self.take_voice = take(partial(self._choose, "voice"))
        self.take_music = take(partial(self._choose, "music"))
        chips = wrapped_row(theme, *self.lengths.values(), last_right=False)
        length = column(label(self._t("length"), "title"), chips, self.drift, gap=px(6))
        voice = column(
            label(self._t("voice"), "title"), self.voice, row(self.take_voice, 1), self.clean, self.captions, gap=px(6)
        )
        music = column(
            *(label(self._t("music"), "title"), self.music, row(self.take_music, 1)),
            *(label(self._t("music_tip"), "hint", wrap=True), self.own_music),
            gap=px(6),
        )
        side = QWidget()
        cards = [card(column(each, edges=edges(theme, 14, 12))) for each in (length, voice, music)]
        side.setLayout(column(*cards, 1, gap=px(10)))
        right = scrolled(side)
        right.setFixedWidth(min(px(400), _SIDE_MOST))
        done = button(theme, self._t("done"), self.accept, look="primary")
        body = row(self.preview, right, gap=px(14))
        body.setStretch(0, 1)
        whole = column(body, row(1, done), gap=px(10), edges=(px(16), px(14), px(16), px(14)))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(px(980), px(640))

    def _connect(self) -> None:
        self._bench.session.changed.connect(self._show)
        self.voice.activated.connect(lambda at: self._speak(self.voice.itemData(at)))
        self.captions.clicked.connect(lambda on: self._set(captioned=on))
        self.drift.clicked.connect(lambda on: self._set(zoom=on))
        self.clean.clicked.connect(lambda on: self._set(clean_sound=on))
        for name, field in self.fields.items():
            field.textEdited.connect(partial(self._tell_music, name))
        self.finished.connect(self._close_down)

    def _close_down(self) -> None:
        self._bench.session.changed.disconnect(self._show)
        self.preview.close_down()

    # ------------------------------------------------------------------------------------------- the story

    @property
    def card(self) -> MotionCard:
        """How the card is made, or would be."""
        return moving.card_of(self._bench.session.story, usual=self._bench.workspace.group.moving_cards)

    def _set(self, _checked: bool = False, merge: str = "", **changes: object) -> None:
        # Whoever chooses something for the card wants it.
        made = replace(self.card, **{"wanted": True, **changes})
        self._bench.session.edit(set_motion(made, merge))

    def _speak(self, file: str) -> None:
        """Take a voice; the words of a recording whose script is known come along when their times are found."""
        self._set(narration=file, captions=())
        bench = self._bench
        known = next((each for each in bench.session.story.recordings if each.file == file and each.script), None)
        if known is not None:
            work = partial(captions_of, bench.workspace.media_path(bench.session.ensure_folder(), file), known.script)
            bench.tools.jobs.start(
                bench.t("clip.job_voice"), work, done=partial(self._caption, file), failed=self._fail
            )

    def _caption(self, file: str, captions: tuple[SpokenCaption, ...]) -> None:
        if self.card.narration == file:
            self._set(captions=captions)

    def _tell_music(self, name: str, text: str) -> None:
        bed = self.card.music
        if bed is not None and bed.file:
            self._set(merge=name, music=replace(bed, **{name: text}))

    def _choose(self, what: str) -> None:
        bench = self._bench
        files = bench.tools.dialogs.choose_files(self._t(what), "sound", many=False)
        if files:
            work = partial(take_voice, bench.workspace, bench.session.ensure_folder(), files[0])
            done = partial(self._take_file, what, files[0].stem)
            bench.tools.jobs.start(bench.t("clip.job_voice"), work, done=done, failed=self._fail)

    def _take_file(self, what: str, name: str, file: str) -> None:
        if what == "voice":
            self._speak(file)
        else:
            self._set(music=MusicBed(file=file, title=name))

    def _keep_music(self) -> None:
        """Offer this piece to every other story too."""
        bench, bed = self._bench, self.card.music
        if bed is not None and bed.file:
            work = partial(keep_piece, bench.workspace, bench.session.ensure_folder(), bed)
            bench.tools.jobs.start(self._t("music_job"), work, done=self._music_kept, failed=self._fail)

    def _music_kept(self, piece: ShelfPiece) -> None:
        self._musics.look_again()
        self._show(self._bench.session.story)
        self._bench.toast(self._t("music_kept", title=piece.name))

    def _fail(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(error)

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, story: Story) -> None:
        made = moving.card_of(story, usual=self._bench.workspace.group.moving_cards)
        self.lengths[next((each for each in self.lengths if each == made.seconds), 0)].setChecked(True)
        self.drift.setChecked(made.zoom)
        self.drift.setEnabled(bool(story.photos))
        voices = [("", self._t("no_voice")), *((each.file, each.name or each.file) for each in story.recordings)]
        # A file that was chosen from the disk is no recording of the story; without a line it could not stay
        # chosen.
        if made.narration not in {file for file, _ in voices}:
            voices.append((made.narration, self._t("voice_file")))
        fill_choices(self.voice, voices, made.narration)
        self.clean.setChecked(made.clean_sound)
        self.clean.setEnabled(bool(made.narration))
        self.captions.setChecked(made.captioned and bool(made.captions))
        self.captions.setEnabled(bool(made.captions))
        bed = made.music
        own = bed if bed is not None and bed.file else None
        self._musics.show(bed)
        self.own_music.setVisible(own is not None)
        if own is not None:
            for name, field in self.fields.items():
                # Setting the same text would send the cursor to the end while somebody types.
                if field.text() != getattr(own, name):
                    field.setText(getattr(own, name))
            self.missing.setVisible(not own.license.strip())
            self.keep.setVisible(bool(own.license.strip()) and not self._musics.is_kept)
        self.preview.show_state()


def show_motion_settings(bench: DeskContext) -> None:
    """Open the settings of the story's moving card."""
    bench.tools.dialogs.show(MotionDialog(bench))
