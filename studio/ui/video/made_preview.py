"""A video made without a clip (of photos, a moving card): made small by the engine of the export, and played."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from studio.base.timecode import minutes_text, timecode_text
from studio.ui.video.clip_canvas import ClipStage
from studio.ui.video.clip_player import ClipPlayer
from studio.ui.widgets.basic_parts import button, column, describe, label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.media_sink import MediaSink
    from studio.video.clip import ClipFacts


@dataclass(frozen=True, slots=True)
class PreviewMaker:
    """What is made without a clip, for ``MadePreview``.

    Attributes:
        sizes: canvas of each shape, in pixels.
        seconds: how long it will be.
        ready: whether there is anything to make it from.
        facts: what decides how it looks; another value makes what was made out of date.
        make: makes it, in a worker.
        name, empty, job: codes of what the picture is called, what stands in the empty one, and of the work's name.
    """

    sizes: Mapping[str, tuple[int, int]]
    seconds: Callable[[Story], float]
    ready: Callable[[Story], bool]
    facts: Callable[[Story], object]
    make: Callable[[Workspace, str, Story, str, Progress], ClipFacts]
    name: str
    empty: str
    job: str


class MadePreview(QWidget):
    """Formats, the picture, and the buttons under it.

    Args:
        bench: what a desk works with.
        sink: makes the part that plays with sound.
        maker: of the video that is shown.
    """

    def __init__(self, bench: DeskContext, sink: Callable[[QObject], MediaSink | None], maker: PreviewMaker) -> None:
        super().__init__()
        self._bench, self._maker = bench, maker
        self._job: BackgroundJob | None = None
        self._made_of: object = None
        theme, t = bench.tools.theme, bench.t
        self.player = ClipPlayer(sink)
        self.stage = ClipStage(theme)
        describe(self.stage, t(maker.name), t("clip.show_picture_tip"))
        self.stage.show_words(t(maker.empty))
        self.length = label("", "muted")
        self.stale = label(t("clip.show_stale"), "warn", wrap=True)
        self.stale.hide()
        self.make = button(theme, t("clip.show_make"), self.make_preview, look="primary", icon="play")
        self.play = button(theme, t("clip.show_play"), self._toggle, icon="play")
        self.shape = "9:16"
        self.shapes: dict[str, QPushButton] = {}
        for shape in maker.sizes:
            made = button(theme, shape, look="chip", tip=t("clip.shape_tip"))
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.clicked.connect(partial(self._set_shape, shape))
            self.shapes[shape] = made
        self.shapes[self.shape].setChecked(True)
        head = row(*self.shapes.values(), 1, self.length, gap=theme.px(6))
        whole = column(head, self.stage, row(self.make, self.play, 1), self.stale, gap=theme.px(8))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.player.frame.connect(self._on_frame)
        self.player.running.connect(self._on_running)
        self.player.moved.connect(self._on_moved)
        self.stage.asked.connect(self._on_key)

    def show_state(self) -> None:
        """The story changed."""
        story = self._bench.session.story
        length = minutes_text(self._maker.seconds(story), self._bench.tools.texts.language)
        self.length.setText(self._bench.t("clip.show_length", length=length))
        self.make.setEnabled(self._maker.ready(story) and self._job is None)
        self.play.setEnabled(self.player.clip is not None)
        self._show_stale()

    def _set_shape(self, shape: str, _: bool = False) -> None:
        self.shape = shape
        self._show_stale()

    def _facts(self) -> object:
        """What decides how the video looks."""
        story = self._bench.session.story
        return self.shape, self._maker.facts(story), self._bench.workspace.group

    def _show_stale(self) -> None:
        self.stale.setVisible(self.player.clip is not None and self._made_of != self._facts())

    # ------------------------------------------------------------------------------------------- making

    def make_preview(self) -> None:
        """Make a small version with the engine of the export, and play it."""
        session = self._bench.session
        work = partial(self._maker.make, self._bench.workspace, session.folder, session.story, self.shape)
        self.make.setEnabled(False)
        done = partial(self._on_made, self._facts())
        job = self._bench.tools.jobs.start(self._bench.t(self._maker.job), work, done=done, failed=self._fail)
        if job.state in {"waiting", "running"}:
            self._job = job
            job.ended.connect(self._on_end)
        else:
            self._on_end()

    def _on_end(self) -> None:
        self._job = None
        self.make.setEnabled(self._maker.ready(self._bench.session.story))

    def close_down(self) -> None:
        """The desk goes: nobody waits for the preview any more."""
        if self._job is not None:
            self._job.cancel()
        self.player.close()

    def _on_made(self, facts: object, clip: ClipFacts) -> None:
        self.player.close()
        self._made_of = facts
        self.player.load(clip)
        self.play.setEnabled(True)
        self._show_stale()
        self.player.play()

    def _fail(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(error)

    # ------------------------------------------------------------------------------------------- watching

    def _toggle(self) -> None:
        (self.player.pause if self.player.rate else self.player.play)()

    def _on_key(self, way: str) -> None:
        """The keys of the picture, as on a clip."""
        player = self.player
        ways: dict[str, Callable[[], object]] = {
            "toggle": self._toggle,
            "back": lambda: player.step_frames(-1),
            "on": lambda: player.step_frames(1),
            "second_back": lambda: player.seek(player.position - 1),
            "second_on": lambda: player.seek(player.position + 1),
            "first": lambda: player.seek(0.0),
            "last": lambda: player.seek(player.clip.seconds if player.clip is not None else 0.0),
        }
        if way in ways:
            ways[way]()

    def _on_frame(self, image: QImage) -> None:
        self.stage.show_image(image, result=True)

    def _on_running(self, rate: float) -> None:
        self.play.setText("  " + self._bench.t("clip.pause" if rate else "clip.show_play"))

    def _on_moved(self, seconds: float) -> None:
        whole = self.player.clip.seconds if self.player.clip is not None else 0.0
        language = self._bench.tools.texts.language
        self.length.setText(f"{timecode_text(seconds, language)} / {timecode_text(whole, language)}")
