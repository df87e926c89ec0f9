"""Plays and edits one clip: wires player, picture, timeline and track to what is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut

from studio.preview.result_facts import CARD
from studio.preview.safe_zones import ZONES
from studio.services.spoken_marks import CoverBoxes, clip_marks_text, piece_text, timeline_text
from studio.story.comments import open_comments
from studio.story.cover_geometry import box_shares
from studio.story.cover_path import box_at, hull_of, path_of
from studio.story.geometry import CENTRE, WHOLE, tidy_box
from studio.ui.core.spoken_news import describe_marks
from studio.ui.media.mark_painting import PaintedCover
from studio.ui.media.media_keys import bind_keys
from studio.ui.video.clip_canvas import PathPoint, StageScene
from studio.ui.video.covers_page import cover_name
from studio.ui.video.desk_layout import EditorView
from studio.ui.video.path_card import near_time
from studio.ui.video.path_following import PATH_KEYS, PathFollowing
from studio.ui.video.result_preview import FPS
from studio.ui.video.result_track import TrackRow
from studio.ui.video.sequence_player import PlayTransport
from studio.ui.video.timeline_chart import TimelineRemark, TimelineTracks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from studio.preview.result_facts import CoverBox
    from studio.story.model import Box, Cover
    from studio.ui.core.desk_context import DeskContext, WindowTools
    from studio.ui.video.clip_canvas import ClipStage
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.clip_player import ClipPlayer
    from studio.ui.video.desk_state import DeskState
    from studio.ui.video.result_preview import ResultPreview
    from studio.ui.video.sequence_player import ResultPlayer
    from studio.ui.video.side_panel import SidePanel


class CoverDrawing(QObject):
    """Whether the next drag over the picture draws a cover.

    Args:
        tools: for texts.
        editing: the state of the desk.
        side: the pages; that of the covers says what to do.
        stage: the picture.
    """

    changed = Signal()
    begun = Signal()

    def __init__(
        self, tools: WindowTools, editing: ClipEditing, side: SidePanel, stage: ClipStage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._editing, self._state = editing, editing.state
        self._side = side
        self._stage = stage
        self._escapes: list[QShortcut] = []
        self.on = False
        side.draw_asked.connect(self.start)
        side.next_cover_changed.connect(self.changed)
        stage.cover_drawn.connect(self._add_drawn)
        stage.cover_picked.connect(self._pick)
        stage.cover_moved.connect(editing.move_cover)

    @property
    def ellipse(self) -> bool:
        """Whether an ellipse is drawn."""
        return self.on and self._side.covers.panel.next_cover.shape == "ellipse"

    def bind_key(self, place: QWidget) -> None:
        """Let Esc end it, wherever in ``place`` the focus is; at other times Esc belongs to whoever has the focus."""
        key = QShortcut(QKeySequence("Esc"), place)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setEnabled(False)
        key.activated.connect(self.stop)
        self._escapes.append(key)

    def start(self) -> None:
        """The next drag draws."""
        if self._state.locked or self._state.clip is None:
            return
        self.begun.emit()
        self._side.show_page("covers")
        self._switch(True)
        self._stage.setFocus()
        self.changed.emit()

    def stop(self) -> None:
        """No cover after all, and none is chosen."""
        if self.on:
            self._switch(False)
        self._state.choose_cover(-1)
        self.changed.emit()

    def _switch(self, on: bool) -> None:
        self.on = on
        self._side.covers.panel.hint.setText(self._tools.t("clip.cover_drawing" if on else "clip.cover_hint"))
        for key in self._escapes:
            key.setEnabled(on)

    def _add_drawn(self, box: Box) -> None:
        self.stop()
        self._side.show_page("covers")
        self._editing.add_cover(replace(self._side.covers.panel.next_cover, box=box))

    def _pick(self, number: int) -> None:
        self._state.choose_cover(number)
        if number >= 0:
            self._side.show_page("covers")


class ClipEditor(QObject):
    """The player and everything under it.

    Args:
        bench: what a desk works with.
        editing: the state of the desk.
        player: shows the clip.
        programme: plays the result.
        preview: knows how the result looks.
        side: the pages beside.
    """

    def __init__(
        self,
        bench: DeskContext,
        editing: ClipEditing,
        player: ClipPlayer,
        programme: ResultPlayer,
        preview: ResultPreview,
        side: SidePanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._editing, self._state = editing, editing.state
        self._player = player
        self._programme = programme
        self._preview = preview
        self._side = side
        self.transport = PlayTransport(editing.state, player, programme, self)
        self.calls = self._make_calls()
        self.view = EditorView(bench.tools, {code: call for code, call in self.calls.items() if code != "loop"})
        self.drawing = CoverDrawing(bench.tools, editing, side, self.view.stage, self)
        self.path = PathFollowing(bench, editing, side, self)
        self.peaks: tuple[float, ...] = ()
        self._frame = QImage()
        self._frame_at = 0.0
        self._held = False
        self._zone = ""
        self._names = (bench.t("clip.lead_name"), bench.t("clip.closing_name"), bench.t("clip.unit"))
        self._connect()
        self._connect_view()
        self.show_state()

    def _make_calls(self) -> dict[str, Callable[[], object]]:
        """What buttons and keys do, by code (``video_<code>`` in the table of shortcuts)."""
        editing = self._editing
        return {
            "play": self.transport.toggle,
            "slower": lambda: self.transport.faster(-1),
            "faster": lambda: self.transport.faster(1),
            "frame_back": lambda: self.ask("back"),
            "frame_on": lambda: self.ask("on"),
            "mark_in": editing.mark_in,
            "mark_out": editing.mark_out,
            "split": editing.split,
            "drop": lambda: self.ask("remove"),
            "keep": editing.keep_piece,
            "loop": lambda: self.ask("loop"),
            "result": lambda: self.ask("result"),
            "cover": lambda: self.ask("draw"),
            "cue": self._add_cue,
        }

    def _connect(self) -> None:
        player, state = self._player, self._state
        state.changed.connect(self.show_state)
        state.seek_asked.connect(self.transport.seek)
        player.frame.connect(self._on_frame)
        player.moved.connect(self._on_moved)
        player.running.connect(lambda _: self.view.bar.show_running(self.transport.running))
        player.silent.connect(lambda: self._bench.toast(self._bench.t("clip.silent")))
        self._programme.moved.connect(self._on_result_moved)
        self._programme.running.connect(lambda _: self.view.bar.show_running(self.transport.running))
        self._preview.ready.connect(self.show_state)
        self._preview.ready.connect(self.show_picture)
        self.drawing.begun.connect(lambda: self.view.result.setChecked(False))
        self.drawing.changed.connect(self.show_state)
        self._side.listening.connect(self._on_listening)

    def _connect_view(self) -> None:
        view, editing, state = self.view, self._editing, self._state
        view.shape_chosen.connect(self.set_shape)
        view.result_toggled.connect(self._on_result_toggled)
        view.zone_chosen.connect(self._on_zone)
        view.bar.buttons["loop"].toggled.connect(self.transport.set_looping)
        view.timeline.sought.connect(self.transport.seek)
        view.timeline.trimmed.connect(self._on_trimmed)
        view.timeline.picked.connect(state.choose_piece)
        view.track.picked.connect(state.choose_piece)
        view.track.moved.connect(editing.move_piece)
        view.track.sought.connect(self.transport.seek_result)
        for place in (view.timeline, view.track, view.stage):
            place.asked.connect(self.ask)
        view.stage.focus_dragged.connect(lambda x, y: editing.set_focus(x, y, only_piece=self._side.for_piece))
        for part in (view.timeline, view.stage):
            part.gripped.connect(editing.begin_drag)
            part.released.connect(editing.done)
            part.cancelled.connect(state.session.abandon)

    def bind_keys(self, place: QWidget) -> None:
        """Let the keys of the desk work in a part of the window."""
        for code, call in self.calls.items():
            bind_keys(place, "draw_cover" if code == "cover" else f"video_{code}", call, within=True)
        for code in PATH_KEYS:
            bind_keys(place, f"video_{code}", self.path.calls[code], within=True)
        self.drawing.bind_key(place)

    # ------------------------------------------------------------------------------------------- showing

    def forget(self) -> None:
        """Another clip comes."""
        self.transport.stop()
        self.view.result.setChecked(False)
        self.view.timeline.clear()
        self.peaks, self._frame = (), QImage()
        self.view.stage.show_image(self._frame, result=False)

    def show_state(self) -> None:
        """Show what is worked on now."""
        state, view, video = self._state, self.view, self._state.video
        if video is None:
            return
        if state.cuts:
            lead, tail = (CARD if video.title_card else 0.0), (CARD if video.closing_card else 0.0)
            self._programme.set_pieces(state.cuts, lead, tail)
        view.timeline.show_tracks(tracks_of(self._state, self._preview))
        view.track.show_row(row_of(self._state, self._programme, self._names))
        self._show_scene()
        view.show_shape(self._preview.shape)
        view.result.setEnabled(state.clip is not None)
        # The original is heard also where the result is to be silent.
        self._player.set_muted(video.mute and self._programme.active)
        for code in ("mark_in", "mark_out", "split", "drop", "keep"):
            view.bar.buttons[code].setEnabled(not state.locked and state.clip is not None)
        describe_marks(view.track, piece_text(self._bench.tools.texts, state.cuts, state.piece))
        _say_place(view, state, self._bench)
        self._show_time()
        self.transport.set_limit()

    def _show_scene(self) -> None:
        texts, seconds = self._bench.tools.texts, self._state.seconds
        scene = scene_of(
            self._state,
            self._preview,
            self._zone,
            self._frame_at,
            lambda cover, number: cover_name(texts, cover, number, seconds),
            drawing=self.drawing.on,
            ellipse=self.drawing.ellipse,
        )
        self.view.stage.show_scene(scene)
        if not self._player.rate:
            boxes = [mask.box for mask in scene.masks]
            marks = clip_marks_text(self._bench.t, scene.focus, CoverBoxes(boxes, scene.chosen))
            describe_marks(self.view.stage, self.view.stage.words or marks)

    def show_picture(self) -> None:
        """Show the frame, as original or as result."""
        programme = self._programme
        # The original as it was recorded, the result as loud as it will be.
        self._player.set_volume(self._preview.loudness(programme.at) if programme.active else 1.0)
        if not programme.active:
            self.view.stage.show_image(self._frame, result=False)
            return
        image = self._preview.picture(self._frame, programme.at, programme.piece, self._frame_at)
        self.view.stage.show_image(image, result=True)

    def _show_time(self) -> None:
        if self._programme.active:
            self.view.bar.show_time(self._programme.at, self._programme.seconds)
        else:
            self.view.bar.show_time(self._state.position, self._state.seconds)

    def _on_frame(self, image: QImage, seconds: float) -> None:
        self._frame, self._frame_at = image, seconds
        self.show_picture()
        if self._state.video is not None and self._state.video.covers and not self._programme.active:
            self._show_scene()

    def _on_moved(self, seconds: float) -> None:
        state = self._state
        if self._programme.active:
            state.position = seconds
            state.choose_piece(self._programme.piece)
        else:
            state.move_to(seconds)
            self.view.track.show_source(state.piece, seconds)
        self.view.timeline.show_position(seconds)
        at = int(seconds / max(0.001, state.seconds) * len(self.peaks))
        self.view.bar.meter.show_level(self.peaks[min(at, len(self.peaks) - 1)] if self.peaks else 0.0)
        self._side.show_position(seconds)
        if not self._player.rate:
            _say_place(self.view, state, self._bench)
        self._show_time()
        if state.video is not None and state.video.covers and not self._programme.active:
            self._show_scene()

    def _on_result_moved(self, at: float) -> None:
        self.view.track.show_position(at)
        self._show_time()
        self.show_picture()

    # ------------------------------------------------------------------------------------------- looking

    def set_shape(self, shape: str) -> None:
        """Look at another format."""
        self._preview.set_shape(shape)
        self.show_state()
        self.show_picture()
        self._side.show_state()

    def _on_result_toggled(self, on: bool) -> None:
        self.transport.show_result(on)
        self.show_state()
        self.show_picture()

    def _on_zone(self, outlet: str) -> None:
        self._zone = outlet
        self.show_state()

    # ------------------------------------------------------------------------------------------- editing

    def ask(self, way: str) -> None:
        """Do what a key or button of picture, timeline or track asks for; see ``media_keys.playing_code``."""
        editing, player, state = self._editing, self._player, self._state
        ways: dict[str, Callable[[], object]] = {
            "toggle": self.transport.toggle,
            "result": self.view.result.toggle,
            "loop": self.view.bar.buttons["loop"].toggle,
            "back": lambda: self.transport.step_frames(-1),
            "on": lambda: self.transport.step_frames(1),
            "second_back": lambda: self.transport.seek(player.position - 1),
            "second_on": lambda: self.transport.seek(player.position + 1),
            "first": lambda: self.transport.seek(0.0),
            "last": lambda: self.transport.seek(state.seconds),
            "previous": lambda: self._go_to_piece(state.piece - 1),
            "next": lambda: self._go_to_piece(state.piece + 1),
            "earlier": lambda: editing.move_piece(state.piece, state.piece - 1),
            "later": lambda: editing.move_piece(state.piece, state.piece + 1),
            "remove": self._remove,
            "draw": self.drawing.start,
            "escape": self.drawing.stop,
        }
        ways[way]()

    def _go_to_piece(self, number: int) -> None:
        self._state.choose_piece(number)
        self.transport.seek(self._state.cuts[self._state.piece].start)

    def _remove(self) -> None:
        # Over the result no cover is seen to be chosen: there the piece is meant.
        if self.view.stage.hasFocus() and self._state.cover >= 0 and not self._programme.active:
            self._editing.remove_cover()
        elif not self._editing.drop():
            self._bench.toast(self._bench.t("clip.last_piece"))

    def _on_trimmed(self, number: int, side: str, at: float) -> None:
        self._editing.trim(number, side, at)
        cut = self._state.cuts[number]
        # The last picture that is kept: at the very end the next one begins. Of 30 a second each stands for 0.033.
        self._player.seek(cut.start if side == "start" else max(cut.start, cut.end - 0.034))

    def _on_listening(self, on: bool) -> None:
        """A subtitle is timed by listening: a clip that stands plays as long as that is held."""
        if on and not self.transport.running:
            self._held = True
            self.transport.toggle()
        elif not on and self._held:
            self._held = False
            self.transport.stop()

    def _add_cue(self) -> None:
        self._side.show_page("cues")
        self._side.cues.add_here()


def scene_of(
    state: DeskState,
    preview: ResultPreview,
    zone: str,
    at: float,
    name: Callable[[Cover, int], str],
    *,
    drawing: bool,
    ellipse: bool,
) -> StageScene:
    """What is drawn over the picture, whose own time is ``at``; the playhead may be further on."""
    video = state.video
    if video is None:
        return StageScene()
    crop = preview.crop()
    cuts = state.cuts
    focus = ((cuts[state.piece].focus if cuts else None) or video.focus or CENTRE) if crop is not None else None
    boxes = preview.covers()
    masks = tuple(
        _mask_of(cover, tuple(box for box in boxes if box.number == number), at, state, name(cover, number))
        for number, cover in enumerate(video.covers)
    )
    safe = ZONES.get(zone) if preview.shape == "9:16" else None
    path = path_points(state) if 0 <= state.cover < len(video.covers) else ()
    return StageScene(crop, focus, masks, state.cover, safe, drawing, state.locked, ellipse, path)


def _mask_of(cover: Cover, boxes: Sequence[CoverBox], at: float, state: DeskState, name: str) -> PaintedCover:
    """A cover on the picture, whose own time is ``at``: where it is now, and all that its boxes hide."""
    # Either time: the picture on screen may be a little behind the playhead.
    now = [box for box in boxes if box.hides(at, FPS) or box.hides(state.position, FPS)]
    drawn = WHOLE if cover.whole else tidy_box(box_at(cover, state.position))
    shown = now or boxes
    burned = hull_of(box_shares(box.pixels, *state.size) for box in shown)
    rounded = len(shown) == 1 and shown[0].ellipse
    parts = () if len(shown) < 2 else tuple(box_shares(box.pixels, *state.size) for box in shown)
    return PaintedCover(drawn, rounded, boxes[0].color, burned, bool(now), name.partition("  ·")[0], parts)


def path_points(state: DeskState) -> tuple[PathPoint, ...]:
    """The keyframes of the chosen cover."""
    video = state.video
    assert video is not None
    near = near_time(state)
    return tuple(
        PathPoint(
            frame.box.middle,
            bool(frame.doubt),
            abs(frame.at - state.position) <= near,
        )
        for frame in path_of(video.covers[state.cover])
    )


def tracks_of(state: DeskState, preview: ResultPreview) -> TimelineTracks:
    """What the timeline shows."""
    video = state.video
    if video is None:
        return TimelineTracks()
    whole = state.seconds
    covers = tuple(
        (cover.start or 0.0, whole if cover.end is None else min(cover.end, whole)) for cover in video.covers
    )
    return TimelineTracks(
        whole,
        state.cuts,
        state.piece,
        covers,
        tuple((cue.start, cue.end) for cue in video.subtitles),
        video.poster,
        state.locked,
        preview.covers(),
        state.size,
        _remarks(state, video.id),
    )


def _remarks(state: DeskState, video_id: str) -> tuple[TimelineRemark, ...]:
    """The open comments on stretches of the clip."""
    return tuple(
        TimelineRemark(said.id, said.begins, said.begins if said.ends is None else said.ends, said.required)
        for said in open_comments(state.session.story)
        if said.place == f"videos/{video_id}" and said.begins is not None
    )


def row_of(state: DeskState, programme: ResultPlayer, names: tuple[str, str, str]) -> TrackRow:
    """What the track of the result shows; ``names`` of the title card, the closing card and the unit."""
    return TrackRow(state.cuts, state.piece, programme.lead, programme.tail, *names, state.locked)


def _say_place(view: EditorView, state: DeskState, bench: DeskContext) -> None:
    """Where the playhead is and which piece is worked on, for whoever does not see the timeline."""
    told = timeline_text(bench.tools.texts, state.cuts, state.piece, state.position, state.seconds)
    describe_marks(view.timeline, told)
