"""The sound of a video made without a clip, as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.video.sound_mix import mix_sound

if TYPE_CHECKING:
    from pathlib import Path

    from studio.export.planning.video_specs import MotionSound


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
