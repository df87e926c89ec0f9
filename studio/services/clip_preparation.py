"""Long work of the desk, as plain functions for the worker. No Qt."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from studio.base.read_ahead import read_ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.photo.metadata import PictureMetadata
    from studio.story.model import Cover, Cue, Group, Story, Video
    from studio.story.subtitle_format import SubtitleFile
    from studio.video.clip import ClipFacts
    from studio.video.clip_pictures import VideoPicture
    from studio.video.frame_seeking import ClipScrubber

STRIP = 24
"""Pictures of a filmstrip."""
STRIP_HEIGHT = 96
PEAKS_PER_SECOND = 20
_FPS = 30
"""Frames a second of a result: a cover hides one of them early and late."""
# Twenty minutes at 20 a second; a longer clip spreads them wider.
_MOST_PEAKS = 24_000
_COPY_LONGEST = 960
_COPY_VERSION = 2
"""Raised when the same clip gives another copy."""
_COPIES = 12
"""Small copies that are kept; the rest are made again when they are needed."""
_HEAVY = 1920
"""Pixels of the longer side above which a clip is copied to be scrubbed: 4K takes four times as long to decode."""
_NEEDED_NEXT = ("jinja2.sandbox", "studio.export.rendering.clip_videos", "studio.preview.clip_preview")
"""What the window uses as soon as it knows a clip: loaded here, as loading it there would stall the window."""
PLAYER_FILES = (
    "QtMultimedia.*",
    "*Multimedia*.dll",
    "av*.dll",
    "sw*.dll",
    "plugins/multimedia/*",
    "Qt/plugins/multimedia/*",
    "Qt/lib/*Multimedia*",
    "Qt/lib/libav*",
    "Qt/lib/libsw*",
)
"""What Qt loads when a clip is first played, on Windows and elsewhere; the window itself has to load it."""
_KNOWN = frozenset({"h264", "hevc", "mpeg4", "vp8", "vp9", "h263", "mjpeg"})
"""Codecs that Qt's player decodes everywhere; it shows AV1 as nothing, without a word."""


def qt_can_play(clip: ClipFacts) -> bool:
    """Whether Qt's player shows this clip as it is: ordinary light, eight bits, beginning at zero, a known codec.

    It knows turned pictures, but neither mirrored ones nor those that the container cuts: a cover would lie elsewhere.
    """
    if (
        "mpegts" in clip.container
        or clip.orientation.mirrored
        or clip.orientation.area != (0, 0, *clip.stored)
        or clip.loose
    ):
        return False
    plain = clip.transfer == "sdr" and clip.depth == 8 and abs(clip.start) < 0.05 and clip.seekable
    return plain and clip.codec in _KNOWN


def needs_copy(clip: ClipFacts) -> bool:
    """Whether a small copy makes the desk fit for work: clips Qt cannot play, 4K, half pictures."""
    return not qt_can_play(clip) or max(clip.stored) > _HEAVY or clip.interlaced


def read_clip(path: Path, progress: Progress) -> ClipFacts:
    """What the clip is.

    Raises:
        UserError: see ``studio.video.probe``.
    """
    from importlib import import_module

    from studio.video.probe import probe_clip

    progress.report(0, 1, path.name)
    read_ahead("av", progress)
    found = probe_clip(path)
    for needed in _NEEDED_NEXT:
        import_module(needed)
    return found


def ready_player(progress: Progress) -> None:
    """Read what playing a clip for the first time will load, so that the window does not wait for the disk then."""
    read_ahead("PySide6.QtMultimedia", progress, "PySide6", PLAYER_FILES)


def read_strip(
    clip: ClipFacts, folder: Path | None, tell: Callable[[int, VideoPicture], None], progress: Progress
) -> None:
    """The filmstrip, picture by picture, from the middle outwards; kept in ``folder``, None keeps nothing."""
    from studio.video.clip_pictures import read_filmstrip
    from studio.video.picture_cache import ClipCache

    read = read_filmstrip if folder is None else ClipCache(folder).cached_filmstrip
    for done, (number, frame) in enumerate(read(clip, STRIP, STRIP_HEIGHT), 1):
        progress.report(done, STRIP, clip.path.name)
        tell(number, frame)


def read_peaks(clip: ClipFacts, folder: Path, progress: Progress) -> tuple[float, ...]:
    """The levels of the sound, ``PEAKS_PER_SECOND`` a second (fewer for very long clips); kept in ``folder``."""
    from studio.video.picture_cache import ClipCache

    progress.report(0, 1, clip.path.name)
    count = max(1, min(_MOST_PEAKS, round(clip.seconds * PEAKS_PER_SECOND)))
    return ClipCache(folder).peaks(clip, count)


def kept_copy(clip: ClipFacts, folder: Path) -> Path:
    """Where the small copy of a clip is, or would be."""
    # Name, size and time instead of a hash, which would have to read gigabytes.
    stat = clip.path.stat()
    facts = f"{clip.path.name}|{stat.st_size}|{stat.st_mtime_ns}|{_COPY_VERSION}"
    return folder / f"{clip.path.stem[:16]}-{hashlib.sha256(facts.encode()).hexdigest()[:16]}.copy.mp4"


def make_copy(clip: ClipFacts, folder: Path, progress: Progress, name: str = "") -> ClipFacts:
    """A small copy with ordinary light and a constant frame rate, for playing and scrubbing; made once.

    Raises:
        UserError: see ``studio.video.encode``.
        WorkCancelled: nothing is left.
    """
    import shutil

    from studio.base.atomic_files import replace_file
    from studio.video.binary import can_tone_map
    from studio.video.clip import SLACK
    from studio.video.clip_job import plain_job
    from studio.video.encode import encode_targets
    from studio.video.job import EncoderRate, VideoFormat
    from studio.video.probe import probe_clip

    path = kept_copy(clip, folder)
    if not path.exists():
        fps = _FPS if clip.variable else max(10, min(_FPS, round(clip.fps)))
        share = min(1.0, _COPY_LONGEST / max(clip.width, clip.height))
        size = (max(2, round(clip.width * share / 2) * 2), max(2, round(clip.height * share / 2) * 2))
        # Each frame shows the picture of its very time: a cover is timed by what is seen in the copy.
        job = replace(plain_job(clip, fps, late=SLACK / 2), tone_map=clip.transfer == "sdr" or can_tone_map())
        room = folder / f"{path.stem}.work"
        # Quick and large: the user waits for it, and it is looked at on this screen only.
        target = VideoFormat(*size, str(room / "copy.mp4"), rate=EncoderRate(crf=25, preset="ultrafast"))
        try:
            encode_targets(job, [target], room, progress, name or clip.path.name)
            # Renamed when finished: a copy that a killed run left half-made must never be played.
            replace_file(room / "copy.mp4", path)
            for old in sorted(folder.glob("*.copy.mp4"), key=lambda each: each.stat().st_mtime)[:-_COPIES]:
                old.unlink(missing_ok=True)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    return probe_clip(path)


class KeptSound(NamedTuple):
    """What was measured of a clip's sound, in decibels.

    Attributes:
        gain: by which "ratakan suara" raises or lowers the kept sound.
        hum: level of hum and wind (below 120 Hz) in the original, against all that is heard of it.
        left: the same when they are reduced.
    """

    gain: float
    hum: float
    left: float

    @property
    def hums(self) -> bool:
        """Whether hum or wind is so loud that reducing it is worth while."""
        return self.hum > HUMS


HUMS = -12.0
"""Decibels against the whole: a voice alone lies at -19, the same under hum and wind at -3 (bench/README.md)."""
_SILENT = -90.0


def measure_kept(clip: ClipFacts, video: Video, progress: Progress) -> KeptSound:
    """Measure the loudness of what is kept, and hum and wind before and after they are reduced."""
    from studio.video.cleaned_sound import CLEANING
    from studio.video.clip_job import build_job
    from studio.video.sound import measure_gain
    from studio.video.sound_mix import rumble_of

    gain = measure_gain(build_job(clip, video, cards=False), progress)
    whole = max(_SILENT, rumble_of(clip.path, top=20_000))
    low, left = (max(_SILENT, rumble_of(clip.path, filters)) for filters in ("anull", CLEANING))
    return KeptSound(gain, low - whole, left - whole)


def save_still(
    clip: ClipFacts,
    seconds: float,
    path: Path,
    progress: Progress,
    covers: Sequence[Cover] = (),
    said: PictureMetadata | None = None,
) -> Path:
    """Write a frame of the clip as JPEG, in full size, with the covers it has at that moment; ``said`` is whose it is.

    Raises:
        UserError: ``video.broken``.
        OSError: it cannot be written.
    """
    from studio.photo.save import save_pixels
    from studio.video.clip_job import RESULT_FPS, cover_boxes
    from studio.video.clip_pictures import frame_at
    from studio.video.frame_picture import cover_frame

    progress.report(0, 1, clip.path.name)
    frame = frame_at(clip, seconds)
    hidden = [cover for cover in cover_boxes(clip, covers) if cover.hides(seconds, RESULT_FPS)]
    picture = cover_frame(frame, (clip.width, clip.height), hidden)
    # Into a folder that is there: else the desk is gone by now.
    save_pixels(*picture.size, picture.tobytes(), path, quality=92, metadata=said)
    return path


def take_still(
    clip: ClipFacts, seconds: float, path: Path, story: Story, video: Video, group: Group, progress: Progress
) -> Path:
    """Write a frame of a story's clip as JPEG, covered as the clip is and saying whose it is; see ``save_still``.

    Raises:
        UserError: ``video.broken``.
        OSError: it cannot be written.
    """
    from studio.export.planning.file_metadata import still_metadata

    return save_still(clip, seconds, path, progress, video.covers, still_metadata(story, video, group))


def read_subtitles(path: Path, fps: float = 0.0) -> SubtitleFile:
    """The subtitles of a file, SRT or WebVTT, for a clip of ``fps`` pictures a second; see ``load_subtitles``.

    Raises:
        UserError: it cannot be read, or holds none.
    """
    from studio.video.subtitle_files import load_subtitles

    return load_subtitles(path, fps)


def result_cues(clip: ClipFacts, video: Video) -> tuple[Cue, ...]:
    """The subtitles of a clip on the clock of its result: cut, and after its title card."""
    from studio.video.clip_job import build_job
    from studio.video.result_cues import retime_cues

    return retime_cues(video.subtitles, build_job(clip, video))


def open_scrubber(clip: ClipFacts, longest: int) -> ClipScrubber:
    """What gives the frames of a clip, at most ``longest`` pixels large; for one thread, which closes it."""
    from studio.video.frame_seeking import ClipScrubber

    return ClipScrubber(clip, longest)
