"""The sound of a video as one file: voice, music, and of a clip its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.base.atomic_files import new_file
from studio.video.encode_resuming import job_fingerprint
from studio.video.ffmpeg_arguments import sound_plan
from studio.video.ffmpeg_process import run_plan
from studio.video.job import VideoFormat
from studio.video.sound import gain_for
from studio.video.sound_mix import OwnSound, loudness_of, mix_sound

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.export.planning.video_specs import MotionSound
    from studio.video.job import VideoJob


def mixed_sound(sound: MotionSound, seconds: float, folder: Path) -> Path | None:
    """The voice over its music, for so many seconds; None for silence.

    Raises:
        UserError: ``video.narration``, ``motion.no_tune``.
    """
    music = sound.music or sound.tune
    if not music and not sound.clean:
        return sound.narration  # as it is: nothing is laid over it
    if not music and sound.narration is None:
        return None
    out = folder / "sound.wav"
    return mix_sound(sound.narration, sound.music, sound.tune, seconds, out, clean=sound.clean)


def with_mixed_sound(job: VideoJob, sound: MotionSound, folder: Path, progress: Progress) -> VideoJob:
    """The job of a clip with voice and music laid over its own sound; the job itself where there are none.

    Args:
        job: with the gain of its own sound; where that has none, what is mixed gets none either.
        sound: what is laid over it. The voice begins with the clip, behind a title card.
        folder: where the file is made. One that an interrupted run left there is used.
        progress: called with the seconds done.

    Raises:
        UserError: ``video.narration``, ``motion.no_tune``; ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    if sound.narration is None and sound.music is None and not sound.tune:
        return job
    name = job_fingerprint(job, [VideoFormat(2, 2, "")], f"{sound!r}")
    out, own = folder / f"heard-{name}.wav", folder / f"heard-{name}.raw"
    if not out.exists():
        audible = job.clip.sound is not None and not job.mute
        if audible:
            run_plan(sound_plan(job, str(own)), job.seconds, progress, "sound", folder)
        progress.report(0.0, job.seconds, "sound")
        begin = job.lead / job.fps - sound.heard
        under = OwnSound(own if audible else None, begin)
        with new_file(out) as draft:
            mix_sound(sound.narration, sound.music, sound.tune, job.seconds, draft, clean=sound.clean, own=under)
        own.unlink(missing_ok=True)
    levelled = job.gain is not None or job.clip.sound is None or job.mute
    return replace(job, mixed=str(out), gain=gain_for(loudness_of(out)) if levelled else None)
