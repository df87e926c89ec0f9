"""Loudness of what is kept, peaks for a waveform, and quiet places where a cut does not hurt."""

from __future__ import annotations

import re
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from studio.video.ffmpeg_arguments import loudness_plan
from studio.video.ffmpeg_process import run_ffmpeg
from studio.video.result_parts import split_cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import av
    import numpy as np
    from av.container import InputContainer
    from av.stream import Stream
    from numpy.typing import NDArray

    from studio.base.progress import Progress
    from studio.story.model import Cut
    from studio.video.clip import ClipFacts
    from studio.video.job import VideoJob

TARGET_LUFS = -16.0
"""Loudness of every result: loud enough on a phone's speaker (AES TD1008 recommends -16 to -18 LUFS for speech)."""
MOST_UP, _MOST_DOWN = 20.0, -30.0
"""Decibels. A recording of nothing but hiss must not become a roar."""
_NOTHING = -60.0
"""LUFS under which there is no sound to speak of."""
_ALL = 48
"""AVDISCARD_ALL (libavcodec/defs.h)."""
STEP = 0.02
"""Seconds of one value of an envelope."""


def gain_for(loudness: float) -> float:
    """Decibels that bring a loudness (LUFS) to ``TARGET_LUFS``, at most ``MOST_UP``; 0 where nothing is heard."""
    return 0.0 if loudness < _NOTHING else max(_MOST_DOWN, min(MOST_UP, TARGET_LUFS - loudness))


def measure_gain(job: VideoJob, progress: Progress) -> float:
    """Decibels that bring the kept sound of a clip to ``TARGET_LUFS``; see ``measure_loudness``."""
    return gain_for(measure_loudness(job, progress))


def measure_loudness(job: VideoJob, progress: Progress) -> float:
    """Loudness of the kept sound in LUFS; minus infinity where there is none.

    Measured once and applied as plain gain with a limiter: as exact as ffmpeg's loudnorm, a tenth of its cost, and the
    loud and quiet parts keep their relation.

    Args:
        job: what is kept; its own gain does not count.
        progress: may cancel.

    Raises:
        UserError: ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    if job.clip.sound is None or job.mute:
        return -inf
    args = ["-hide_banner", "-nostats", "-loglevel", "info", *loudness_plan(job).args]
    said = run_ffmpeg(args, lambda _: progress.report(0.0, job.seconds, "sound"), Path.cwd())
    found = re.findall(r"\bI:\s+(-?\d+(?:\.\d+)?) LUFS", said)
    return float(found[-1]) if found else -inf


def loudness_envelope(clip: ClipFacts, start: float, end: float) -> NDArray[np.float32]:
    """Loudness of each ``STEP`` of a stretch of the original.

    Args:
        clip: the original.
        start: seconds.
        end: seconds, above ``start``.

    Returns:
        Root mean square of each step, 0..1, ``ceil((end - start) / STEP)`` values; zeros where there is no sound.
    """
    import av
    import numpy as np

    count = max(1, -int(-(end - start) // STEP))
    power = np.zeros(count, np.float64)
    seen = np.zeros(count, np.int64)
    if clip.sound is None:
        return power.astype(np.float32)
    with av.open(str(clip.path), options={"protocol_whitelist": "file"}) as container:
        stream = _only_stream(container, clip.sound.stream)
        container.seek(max(0, int((start + clip.start - 0.2) * 1_000_000)), backward=True)
        resampler = av.AudioResampler("fltp", "mono", 8000)
        try:
            for packet in container.demux(stream):
                for frame in packet.decode():
                    if not isinstance(frame, av.AudioFrame) or frame.time is None:
                        continue
                    at = frame.time - clip.start
                    if at > end:
                        raise EOFError
                    samples = np.concatenate([part.to_ndarray()[0] for part in resampler.resample(frame)] or [[]])
                    slots = ((at - start + np.arange(len(samples)) / 8000) / STEP).astype(np.int64)
                    inside = (slots >= 0) & (slots < count)
                    np.add.at(power, slots[inside], samples[inside].astype(np.float64) ** 2)
                    np.add.at(seen, slots[inside], 1)
        except (av.FFmpegError, EOFError):
            pass  # damaged sound counts as silence
    return np.sqrt(power / np.maximum(seen, 1)).astype(np.float32)


def _only_stream(container: InputContainer, number: int) -> Stream:
    """The stream of that number; the data of all others is not even read: a gigabyte, for ten minutes of video."""
    for stream in container.streams:
        if stream.index != number and hasattr(stream, "discard"):  # new in PyAV
            stream.discard = type(stream.discard)(_ALL)
    return container.streams[number]


def sound_peaks(clip: ClipFacts, count: int) -> tuple[float, ...]:
    """Largest level in each of ``count`` equal stretches of the clip, for drawing a waveform.

    Args:
        clip: the original.
        count: how many, at least 1.

    Returns:
        Values 0..1; zeros without sound and after damage. No sample is resampled: the largest of each 256 samples is
        taken as they are decoded, so that ten minutes need little memory.
    """
    import av
    import numpy as np

    highest = np.zeros(count, np.float64)
    if clip.sound is None:
        return tuple(highest.tolist())
    block = 256
    per_second = count / clip.seconds
    with av.open(str(clip.path), options={"protocol_whitelist": "file"}) as container:
        try:
            for frame in container.decode(_only_stream(container, clip.sound.stream)):
                if not isinstance(frame, av.AudioFrame) or frame.time is None:
                    continue
                levels = _block_peaks(frame, block)
                at = (frame.time - clip.start + np.arange(len(levels)) * (block / frame.sample_rate)) * per_second
                slots = np.clip(at.astype(np.int64), 0, count - 1)
                np.maximum.at(highest, slots, levels)
        except av.FFmpegError:
            pass  # damaged sound counts as silence
    return tuple(np.minimum(highest, 1.0).tolist())


def _block_peaks(frame: av.AudioFrame, block: int) -> NDArray[np.float64]:
    """Largest level, 0..1, of each ``block`` samples of the first channel (or of all, where they are interleaved)."""
    import numpy as np

    samples = frame.to_ndarray()[0]
    if not frame.format.is_planar:
        block *= max(1, frame.layout.nb_channels)
    top = 1.0 if samples.dtype.kind == "f" else float(np.iinfo(samples.dtype).max)
    level = np.abs(samples.astype(np.float32)) if samples.dtype.kind != "f" else np.abs(samples)
    return np.asarray(np.maximum.reduceat(level, np.arange(0, len(level), block)) / top, np.float64)


def quiet_place(clip: ClipFacts, start: float, end: float, pause: float = 0.3) -> float:
    """The middle of the quietest ``pause`` seconds between ``start`` and ``end`` of the original.

    Where several are equally quiet (to a thousandth of full level) the latest is taken, so that most is kept; without
    sound that is the end.
    """
    import numpy as np

    if end - start <= pause or clip.sound is None:
        return end
    level = loudness_envelope(clip, start, end)
    width = max(1, round(pause / STEP))
    if len(level) <= width:
        return end
    sums = np.convolve(level, np.ones(width) / width, "valid")
    best = int(np.nonzero(sums <= sums.min() + 0.001)[0][-1])
    return min(end, start + (best + width / 2) * STEP)


def split_at_pauses(clip: ClipFacts, cuts: Sequence[Cut], seconds: float) -> tuple[tuple[Cut, ...], ...]:
    """Divide what is kept into parts of at most ``seconds``, each ending in a quiet place; nothing is lost.

    This is what is proposed when a video is too long for a limit of bytes or seconds. See ``result_parts.split_cuts``.
    """
    return split_cuts(clip, cuts, seconds, lambda start, end: quiet_place(clip, start, end))
