"""The video desk: the clips of the story, one of them on the editor, or the video of photos."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from studio.services.clip_preparation import STRIP
from studio.store.previews import clips_room
from studio.story import edits
from studio.story.comment_places import CommentTarget
from studio.story.comments import find_comment
from studio.ui.comments.item_comments import ItemComments
from studio.ui.core.focus_order import go_to, tab_stops
from studio.ui.core.media_pasting import bind_paste
from studio.ui.core.shortcut_table import KEYS
from studio.ui.video.clip_editor import ClipEditor
from studio.ui.video.clip_edits import ClipEditing
from studio.ui.video.clip_loader import ClipLoader
from studio.ui.video.clip_player import ClipPlayer
from studio.ui.video.clip_shelf import SHOW, ClipShelf
from studio.ui.video.clip_tasks import DeskErrands
from studio.ui.video.desk_state import DeskState
from studio.ui.video.media_sink import make_sink
from studio.ui.video.result_preview import ResultPreview
from studio.ui.video.sequence_player import ResultPlayer
from studio.ui.video.side_panel import SidePanel
from studio.ui.video.slideshow_page import ShowPage
from studio.ui.video.voice_over import VoiceOver
from studio.ui.video.whatsapp_card import SendCard
from studio.ui.widgets.basic_parts import button, column, empty, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent

    from studio.base.errors import UserError
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.media_sink import MediaSink
    from studio.ui.widgets.growing_text import GrowingText
    from studio.video.clip import ClipFacts

_CLIP, _SHOW, _EMPTY = range(3)
_SHORT, _NARROW, _SHOW_NARROW = 570, 490, 590
"""Design pixels of height and width under which the desk saves room, and the page of photos does."""
"""Folder of filmstrips, levels and copies, in ``.studio``."""


class VideoDesk(QWidget):
    """The clips of the open story.

    Args:
        bench: what a desk works with.
        sink: makes the part that plays with sound; None where there is none.
    """

    panel_waits = 1.2
    """See ``WindowFrame.fit_width``: above this size of text the picture needs the room of the panel."""
    picture_width = 900
    """Design pixels the page wants before the list of stories: the picture gets about a third of a small screen."""

    def __init__(self, bench: DeskContext, sink: Callable[[QObject], MediaSink | None] = make_sink) -> None:
        super().__init__()
        self._bench = bench
        tools = bench.tools
        self.state = DeskState(bench.session, self)
        self.editing = ClipEditing(self.state, self)
        # With a parent they end with the desk: else they, and what listens to them, would hold each other for ever.
        self.player = ClipPlayer(sink, self)
        self.programme = ResultPlayer(self.player, self)
        self.preview = ResultPreview(bench, self.state, self)
        self.loader = ClipLoader(tools, clips_room(bench.workspace.path), self)
        self.send = SendCard(bench, self.editing, self.programme, lambda: self.preview.shape)
        self.side_panel = SidePanel(tools, self.editing, self.send, lambda: bench.go("check"))
        inputs = partial(_text_fields, self.side_panel)
        about = (partial(_address, self.state), inputs, partial(_piece_target, self.state))
        self.comments = ItemComments(bench, *about, self)
        self.side_panel.comments = self.comments
        self.side_panel.make_voice_over = partial(VoiceOver, bench, self.state)
        parts = (bench, self.editing, self.player, self.programme, self.preview, self.side_panel)
        self.editor = ClipEditor(*parts, parent=self)
        self.view = self.editor.view
        self.home = self.view.stage
        self.errands = DeskErrands(bench, self.editing, self.programme, self.side_panel, self)
        self.shelf = ClipShelf(tools, bench.from_phone)
        self._sink = sink
        self._show_page: ShowPage | None = None
        self._wanted: float | None = None
        """Where a clip that is being opened is to be looked at."""
        self._known_ids: tuple[str, ...] = tuple(video.id for video in bench.session.story.videos)
        self._lay_out()
        self._connect()
        for place in (self.view, self.side_panel):
            self.editor.bind_keys(place)
        bind_paste(bench, self, self.side_panel)
        self.comments.bind((self, self.side_panel))
        self._on_story(bench.session.story)
        self._on_switched()
        self.comments.show_item()

    # ------------------------------------------------------------------------------------------- building

    def _lay_out(self) -> None:
        tools = self._bench.tools
        add = self.add = button(
            tools.theme, tools.t("clip.add_many"), self._choose, look="primary", icon="plus", key=KEYS["add"]
        )
        add.setEnabled(not self._bench.session.read_only)
        self.empty_show = button(
            tools.theme, tools.t("clip.make_show"), lambda: self.open(SHOW), look="link", icon="images"
        )
        texts = (tools.t("clip.empty_title"), tools.t("clip.empty"))
        below = [self.empty_show]
        if self._bench.from_phone is not None and not self._bench.session.read_only:
            phone = button(
                tools.theme, tools.t("photodesk.from_phone"), self._bench.from_phone, look="link", icon="smartphone"
            )
            below.insert(0, phone)
        self.empty = empty(tools.theme, "film", *texts, add, below=below)
        self.stack = QStackedWidget()
        self._show_place = scrolled(QWidget())
        for page in (scrolled(self.view), self._show_place, self.empty):
            self.stack.addWidget(page)
        px = tools.theme.px
        side, above = px(14), min(10, px(10))  # beside large letters the picture needs what is free
        whole = column(self.shelf, self.stack, gap=min(8, px(8)), edges=(side, above, side, above))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self._bench.session.changed.connect(self._on_story)
        self._bench.thumbs.ready.connect(self._show_thumbs)
        self.state.switched.connect(self._on_switched)
        self.state.switched.connect(self.comments.show_item)
        self.view.timeline.remark_asked.connect(self._show_remark)
        self.loader.known.connect(self._on_clip)
        self.loader.picture.connect(self._on_picture)
        self.loader.peaks.connect(self._on_peaks)
        self.loader.copied.connect(self._on_copy)
        self.loader.failed.connect(self._on_broken)
        self.player.troubled.connect(self._on_broken)
        self.view.shape_chosen.connect(lambda _: self.send.show_state())
        self.shelf.chosen.connect(self.open)
        self.shelf.add_asked.connect(self._choose)
        self.shelf.remove_asked.connect(self._remove)
        self.shelf.move_asked.connect(self._move)

    def event(self, event: QEvent) -> bool:
        """What runs ends with the desk: its last event comes before Qt takes its parts down."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.loader.stop()
            self.player.close()
            self.errands.close()
            if self._show_page is not None:
                self._show_page.preview.close_down()
        return super().event(event)

    @property
    def show_page(self) -> ShowPage:
        """The page of the video of photos, made when it is first looked at."""
        if self._show_page is None:
            made = ShowPage(self._bench, self._sink)
            made.setProperty("look", "clear")
            self._show_place.setWidget(made)
            self._show_page = made
            self._fit()
        return self._show_page

    # ------------------------------------------------------------------------------------------- clips

    def open(self, key: str) -> None:
        """Work on a clip, or (``SHOW``) on the video of photos."""
        self.editor.transport.stop()
        if key != SHOW:
            self.stack.setCurrentIndex(_CLIP)
            self.state.choose_video(key)
        else:
            self.show_page.setFocus()
            self.stack.setCurrentIndex(_SHOW)
        self._on_story(self._bench.session.story)

    def _on_story(self, story: Story) -> None:
        ids = tuple(video.id for video in story.videos)
        new = [each for each in ids if each not in self._known_ids]
        self._known_ids = ids
        if new:
            self.open(new[-1])
            return
        showing = self.stack.currentIndex() == _SHOW
        if not ids and not (showing and story.photos):
            self.stack.setCurrentIndex(_EMPTY)
        elif ids and not showing:
            self.stack.setCurrentIndex(_CLIP)
        self.empty_show.setVisible(bool(story.photos))
        self.shelf.setVisible(self.stack.currentIndex() != _EMPTY)
        current = SHOW if self.stack.currentIndex() == _SHOW else self.state.video_id
        self.shelf.show_videos(
            story.videos, current, slideshow=bool(story.photos), locked=self._bench.session.read_only
        )
        self.side_panel.show_clip(bool(ids) and current != SHOW)
        self._show_thumbs()

    def _show_thumbs(self, _folder: str = "", _file: str = "") -> None:
        for video in self._bench.session.story.videos:
            self.shelf.show_thumb(video.id, self._bench.thumbs.get(self._bench.session.folder, video.file))

    def _on_switched(self) -> None:
        self.editor.forget()
        self.player.close()
        self.side_panel.show_gain(None)
        video = self.state.video
        if video is not None:
            self.view.stage.show_words(self._bench.t("clip.loading"))
            path = self._bench.workspace.media_path(self._bench.session.folder, video.file)
            self.loader.load(path, video.name, covered=bool(video.covers))

    def _on_clip(self, clip: ClipFacts) -> None:
        self.state.know(clip)
        self.player.load(clip)
        if self._wanted is not None:
            self.editor.transport.seek(self._wanted)
            self._wanted = None

    def _on_copy(self, copy: ClipFacts) -> None:
        if self.state.clip is not None:
            self.player.offer(copy)

    def _on_picture(self, name: str, number: int, image: QImage, seconds: float) -> None:
        if self.state.clip is not None and name == str(self.state.clip.path):
            self.view.timeline.add_picture(number, STRIP, image, seconds)

    def _on_peaks(self, peaks: tuple[float, ...]) -> None:
        self.editor.peaks = peaks
        self.view.timeline.show_peaks(peaks)

    def _on_broken(self, error: UserError) -> None:
        words = self._bench.tools.texts.explain(self.state.with_clip_name(error))
        self.view.stage.show_words(words)
        if self.view.stage.has_image:  # it is in the place of a picture only
            self._bench.toast(words)

    def _choose(self) -> None:
        self._bench.bring_in(self._bench.tools.dialogs.choose_files(self._bench.t("clip.choose"), "video"))

    def _remove(self, video_id: str) -> None:
        gone = next((video for video in self._bench.session.story.videos if video.id == video_id), None)
        if gone is not None and not self._bench.session.read_only:
            self._bench.session.edit(edits.remove_video(video_id))
            self._bench.toast(self._bench.t("media.removed", name=gone.name or gone.file))

    def _move(self, video_id: str, by: int) -> None:
        ids = [video.id for video in self._bench.session.story.videos]
        self._bench.session.edit(edits.move_video(video_id, ids.index(video_id) + by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the clips take one line each, and less stands side by side."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._bench.tools.theme.px
        self.shelf.set_low(self.height() < px(_SHORT))
        self.view.bar.set_narrow(self.width() < px(_NARROW))
        if self._show_page is not None:
            self._show_page.set_narrow(self.width() < px(_SHOW_NARROW))

    def showEvent(self, event: QShowEvent) -> None:
        """The story may have changed while another desk was shown."""
        super().showEvent(event)
        self.preview.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays while another desk is shown."""
        self.editor.transport.stop()
        if self._show_page is not None:
            self._show_page.player.pause()
        super().hideEvent(event)

    def _look_at(self, seconds: float) -> None:
        if self.state.clip is None:  # its file is being read
            self._wanted = seconds
        else:
            self.editor.transport.seek(seconds)

    def _show_remark(self, comment_id: str) -> None:
        """What a flag on the timeline says: its stretch is looked at, its card has the focus."""
        remark = find_comment(self._bench.session.story, comment_id)
        if remark is not None and remark.begins is not None:
            self._look_at(remark.begins)
        self.side_panel.show_page("about")
        self.comments.focus_comment(comment_id)

    def reveal(self, place: TextPlace) -> None:
        """Lead the user to a text of a clip, or to the video of photos."""
        root, _, rest = place.field.partition("/")
        if root == "slideshow" and self._bench.session.story.photos:
            self.open(SHOW)
            go_to(next(iter(tab_stops(self.show_page)), self.show_page))
            return
        key, _, name = rest.partition("/")
        if any(video.id == key for video in self._bench.session.story.videos):
            self.open(key)
            self.view.stage.setFocus()
            if name.startswith("at/"):
                self._look_at(float(name.removeprefix("at/")))
                return
            self.errands.show_field(name, place.start, place.end)
        elif self._bench.session.story.videos:
            self.open(self._bench.session.story.videos[0].id)
            go_to(self.view.stage)
        else:
            go_to(self.add)


def _address(state: DeskState) -> str:
    return f"videos/{state.video_id}" if state.video_id else ""


def _piece_target(state: DeskState) -> CommentTarget:
    """What a comment is about when no words are selected: the piece that is worked on."""
    cuts = state.cuts
    if not 0 <= state.piece < len(cuts):
        return CommentTarget(_address(state))
    piece = cuts[state.piece]
    return CommentTarget(_address(state), begins=piece.start, ends=piece.end)


def _text_fields(side: SidePanel) -> dict[str, QLineEdit | GrowingText]:
    """The texts about a clip on the pages that were made already."""
    return {
        **(side.about.form.inputs if side.has("about") else {}),
        **(side.words.form.inputs if side.has("words") else {}),
    }
