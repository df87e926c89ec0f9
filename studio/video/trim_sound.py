"""The sound of kept pieces, exact to the sample; encoded again, as compressed sound can only be cut in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.video.ffmpeg_arguments import FfmpegPlan
from studio.video.ffmpeg_process import run_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts

KBIT = 96
"""kbit/s of each channel: so much that nobody hears that it was encoded again."""
# Rates that every player takes; sound of any other becomes the last of them.
_KEPT_RATES = (44_100, 48_000)
_EARLY = 0.5
"""Seconds that reading begins earlier, so that the decoder has found its way when the piece begins."""
_SEAM = 0.004
"""Seconds over which a piece opens and closes where another one meets it, so that the cut does not click."""


def cut_sound(
    clip: ClipFacts, pieces: Sequence[tuple[float, Fraction]], out: Path, progress: Progress, *, channels: int = 0
) -> bool:
    """Write the sound of pieces one after another, silence where it is over.

    Rate and channels stay as they are where players take them: mono and stereo, 44.1 and 48 kHz.

    Args:
        clip: the original.
        pieces: start in seconds of the original and length in seconds.
        out: an MP4 with the sound alone.
        progress: called with the seconds done.
        channels: of the result; 0 for those of the clip.

    Returns:
        Whether there is any; else nothing is written.

    Raises:
        UserError: ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    if clip.sound is None:
        return False
    rate = clip.sound.rate if clip.sound.rate in _KEPT_RATES else _KEPT_RATES[-1]
    channels = channels or min(2, clip.sound.channels)
    args, chains, end = [], [], 0
    total = sum(length for _, length in pieces)
    for number, (start, length) in enumerate(pieces):
        sought = max(0.0, start - _EARLY) if clip.seekable else 0.0
        reach = f"{start - sought + float(length) + 0.3:.6f}"
        args += ["-protocol_whitelist", "file", "-vn", *(["-ss", f"{sought:.6f}"] if sought else [])]
        args += ["-t", reach, "-i", f"file:{clip.sound.file or clip.path}"]
        begin = end
        end = round(sum(each for _, each in pieces[: number + 1]) * rate)
        shift = f"atrim=start={start - sought:.6f},asetpts=PTS-{start - sought:.6f}/TB"
        layout = "mono" if channels == 1 else "stereo"
        steps = [f"aresample={rate}:async=1:first_pts=0", f"aformat=channel_layouts={layout}"]
        steps += [
            shift,
            f"aresample={rate}:async=1:first_pts=0",
            "apad",
            "asetpts=N",
            f"atrim=end_sample={end - begin}",
        ]
        if len(pieces) > 1:
            close = max(0.0, float(length) - _SEAM)
            steps += [f"afade=t=in:d={_SEAM}", f"afade=t=out:st={close:.6f}:d={_SEAM}"]
        chains.append(f"[{number}:{clip.sound.stream if clip.sound.file is None else 0}]{','.join(steps)}[s{number}]")
    joined = "".join(f"[s{number}]" for number in range(len(pieces)))
    chains.append(f"{joined}concat=n={len(pieces)}:v=0:a=1[a]")
    args += ["-filter_complex", ";".join(chains), "-map", "[a]", "-c:a", "aac", "-b:a", f"{KBIT * channels}k"]
    args += ["-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4", str(out)]
    run_plan(FfmpegPlan(tuple(args)), float(total), progress, clip.path.name, out.parent)
    return True
