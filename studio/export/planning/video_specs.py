"""What a video is made from, what an outlet wants of it, and what was made: plain data for plans, keys and workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.story.model import Group, Story, Video


@dataclass(frozen=True, slots=True)
class VideoTarget:
    """What an outlet wants.

    Attributes:
        size: width and height in pixels, even.
        max_seconds: longest video, None for any.
        max_bytes: largest file, None for any.
        min_seconds: shortest video the outlet takes.
        fps: frames a second.
        subtitles: burned in, or a file beside the video.
        draft: whether the mark of a draft lies over it.
    """

    size: tuple[int, int]
    max_seconds: float | None = None
    max_bytes: int | None = None
    min_seconds: float = 0.0
    fps: int = 30
    subtitles: Literal["burn", "srt", "vtt"] = "burn"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class MadeVideo:
    """A finished video, and the subtitle files beside it."""

    path: Path
    width: int
    height: int
    seconds: float
    bytes: int
    notices: tuple[WorkNotice, ...] = ()
    sidecars: tuple[Path, ...] = ()
    tries: int = 1


@dataclass(frozen=True, slots=True)
class MotionSound:
    """What is heard: a voice and music, as files; music also by the name of a tune.

    ``clean`` takes hum and wind out of the voice. ``heard`` are its seconds that were in the files before, where a
    result is one of several parts.
    """

    narration: Path | None = None
    music: Path | None = None
    tune: str = ""
    clean: bool = False
    heard: float = 0.0


@dataclass(frozen=True, slots=True)
class ClipInputs:
    """What the videos of one clip are made from.

    Attributes:
        source: the original.
        story: the story it belongs to.
        video: its cuts and what is drawn over it.
        group: who publishes it.
        work: a folder for this clip alone; an interrupted attempt goes on from what it left there.
        logo: the group's logo as a file; None paints initials.
        frugal: whether memory counts for more than time; where little is free it always does.
        sound: what is heard beside the clip's own sound, which steps back for a voice.
    """

    source: Path
    story: Story
    video: Video
    group: Group
    work: Path
    logo: Path | None = None
    frugal: bool = False
    sound: MotionSound = MotionSound()


@dataclass(frozen=True, slots=True)
class SlideshowInputs:
    """What the video of a story's photos is made from.

    Attributes:
        story: with a ``slideshow``; without one, its photos are shown in the ordinary way.
        photos: the originals by photo id.
        sound: what is heard.
        group: who publishes it.
        work: a folder for this video alone.
        logo: the group's logo as a file; None paints initials.
    """

    story: Story
    photos: tuple[tuple[str, Path], ...]
    sound: MotionSound
    group: Group
    work: Path
    logo: Path | None = None
