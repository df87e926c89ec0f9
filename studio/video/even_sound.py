"""Evens out sound whose rate or channels change on the way, which ffmpeg's graph would restart with."""

from __future__ import annotations

import wave
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.video.clip_opening import open_clip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame

    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts

RATE = 48_000
_APART = 0.03
"""Seconds by which a block may come early or late before silence is put in, or it is cut."""
_BYTES = 4
"""Of one sample of two channels."""


def with_even_sound(clip: ClipFacts, work: Path, progress: Progress) -> ClipFacts:
    """The clip with its sound in a file of one format, where it changes on the way; else the clip as it is.

    Args:
        clip: the original.
        work: where the file is written: two channels, 48 kHz, from the clip's first moment.
        progress: may cancel.

    Raises:
        WorkCancelled: asked for through ``progress``.
    """
    if clip.sound is None or not clip.sound.uneven:
        return clip
    path = work / "even-sound.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        written = 0
        for at, block in _blocks(clip):
            progress.report(0.0, clip.seconds, clip.path.name)
            missing = round((at - clip.start) * RATE) - written
            if missing > _APART * RATE:
                file.writeframes(bytes(missing * _BYTES))
                written += missing
            kept = block[-missing * _BYTES :] if missing < -_APART * RATE else block
            file.writeframes(kept)
            written += len(kept) // _BYTES
    return replace(clip, sound=replace(clip.sound, file=path, rate=RATE, channels=2, uneven=False))


def _blocks(clip: ClipFacts) -> Iterator[tuple[float, bytes]]:
    """When each block begins on the file's clock, and its samples."""
    import av

    assert clip.sound is not None
    resampler, form = None, None
    with open_clip(clip.path) as (container, _):
        frames: Iterator[AudioFrame] = container.decode(container.streams.audio[_order(clip)])
        while True:
            try:
                frame = next(frames, None)
            except av.FFmpegError:
                return  # damaged sound counts as silence
            if frame is None:
                return
            if resampler is None or form != (frame.sample_rate, frame.layout.name, frame.format.name):
                form = (frame.sample_rate, frame.layout.name, frame.format.name)
                resampler = av.AudioResampler("s16", "stereo", RATE)
            begin = frame.time
            for number, part in enumerate(resampler.resample(frame)):
                if begin is not None and number == 0:
                    yield begin, bytes(part.planes[0])[: part.samples * _BYTES]


def _order(clip: ClipFacts) -> int:
    """Which of the sound tracks it is, from 0."""
    assert clip.sound is not None
    with open_clip(clip.path) as (container, _):
        return [stream.index for stream in container.streams.audio].index(clip.sound.stream)
