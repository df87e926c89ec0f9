"""What the desk is working on: the clip, the piece, the cover, the subtitle, the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.story import clips

if TYPE_CHECKING:
    from studio.story.model import Cue, Cut, Story, Video
    from studio.ui.core.story_session import StorySession
    from studio.video.clip import ClipFacts


class DeskState(QObject):
    """The state of the desk.

    Args:
        session: the open story.
    """

    changed = Signal()
    """The clip, what is chosen in it, or anything that was edited."""
    switched = Signal()
    """Another clip is worked on (or none)."""
    seek_asked = Signal(float)
    """Put the playhead there."""

    def __init__(self, session: StorySession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.clip: ClipFacts | None = None
        self.position = 0.0
        self.piece = 0
        self.cover = -1
        self.cue = -1
        self.video_id = ""
        self._place = 0
        session.changed.connect(self._on_story)
        self._on_story(session.story)

    # ------------------------------------------------------------------------------------------- what is worked on

    @property
    def video(self) -> Video | None:
        """The clip in the story."""
        return next((video for video in self.session.story.videos if video.id == self.video_id), None)

    @property
    def seconds(self) -> float:
        """Length of the original."""
        if self.clip is not None:
            return self.clip.seconds
        return self.video.seconds if self.video is not None else 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright original in pixels."""
        facts = self.clip or self.video
        return (1, 1) if facts is None else (max(1, facts.width), max(1, facts.height))

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The kept pieces."""
        return clips.kept_pieces(self.video, self.seconds) if self.video is not None else ()

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The subtitles."""
        return self.video.subtitles if self.video is not None else ()

    @property
    def locked(self) -> bool:
        """Whether nothing can be changed."""
        return self.session.read_only

    def with_clip_name(self, error: UserError) -> UserError:
        """The error with the name the clip came with: its file in ``media/`` is called by a number nobody knows."""
        video = self.video
        if video is None or not video.name or str(error.facts.get("file", "")) != video.file:
            return error
        return UserError(error.code, **{**error.facts, "file": video.name})

    def choose_video(self, video_id: str) -> None:
        """Work on another clip."""
        if video_id != self.video_id:
            self.video_id = video_id
            self._remember_place(self.session.story)
            self.clip = None
            self.position, self.piece, self.cover, self.cue = 0.0, 0, -1, -1
            self.switched.emit()
            self.changed.emit()

    def know(self, clip: ClipFacts | None) -> None:
        """The facts of the clip's file are there."""
        self.clip = clip
        self.changed.emit()

    def choose_piece(self, number: int) -> None:
        """Work on this piece."""
        held = max(0, min(number, len(self.cuts) - 1))
        if held != self.piece:
            self.piece = held
            self.changed.emit()

    def choose_cover(self, number: int) -> None:
        """Work on this cover; -1 for none."""
        if number != self.cover:
            self.cover = number
            self.changed.emit()

    def choose_cue(self, number: int) -> None:
        """Work on this subtitle; -1 for none."""
        if number != self.cue:
            self.cue = number
            self.changed.emit()

    def move_to(self, seconds: float) -> None:
        """The playhead is there now; the piece around it is the one that is worked on."""
        self.position = seconds
        there = clips.piece_at(self.cuts, seconds, self.piece)
        if there is not None and there != self.piece:
            self.piece = there
            self.changed.emit()

    def _on_story(self, story: Story) -> None:
        if self.video is None:
            # The one that stood behind it comes up, not the first of the row.
            left = story.videos[min(self._place, len(story.videos) - 1)].id if story.videos else ""
            if left or self.video_id:
                self.choose_video(left)
                return
        self._remember_place(story)
        self.piece = max(0, min(self.piece, len(self.cuts) - 1))
        video = self.video
        self.cover = min(self.cover, len(video.covers) - 1) if video is not None else -1
        self.cue = min(self.cue, len(video.subtitles) - 1) if video is not None else -1
        self.changed.emit()

    def _remember_place(self, story: Story) -> None:
        ids = [video.id for video in story.videos]
        self._place = ids.index(self.video_id) if self.video_id in ids else 0
