"""What is heard over a video: the voice, and music that may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.export.planning.video_specs import MotionSound
from studio.posts.music_credit import music_line
from studio.story.text import cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Slideshow, Video
    from studio.story.motion_records import MotionCard, MusicBed


def heard_sound(media: Path, card: MotionCard | Slideshow) -> tuple[MotionSound, tuple[WorkNotice, ...]]:
    """The sound of a moving card or of a video of photos. Music without a licence stays out, and that is said.

    Nor does music whose credit would not fit on the closing card: who made it asks to be named.

    Args:
        media: the folder of the story's media.
        card: with its narration and music.
    """
    voice = media / card.narration if card.narration else None
    music, tune, told = _music_of(media, card.music)
    return MotionSound(voice, music, tune, card.clean_sound), told


def sound_under_clip(media: Path, video: Video) -> tuple[MotionSound, tuple[WorkNotice, ...]]:
    """What is laid over a clip's own sound; as ``heard_sound``. Music that asks to be named needs the closing card."""
    voice = media / video.narration if video.narration else None
    music, tune, told = _music_of(media, video.music)
    if music is not None and video.music is not None and not video.closing_card:
        told = (WorkNotice("motion.no_card", {"title": video.music.title or video.music.file}),)
        music = None
    return MotionSound(voice, music, tune), told


def _music_of(media: Path, bed: MusicBed | None) -> tuple[Path | None, str, tuple[WorkNotice, ...]]:
    """File or tune, and what is said of music that stays out."""
    if bed is None or not (bed.file or bed.tune):
        return None, "", ()
    if bed.file and not music_line(bed):
        code = "motion.long_credit" if cleaned(bed.license).strip() else "motion.no_license"
        return None, "", (WorkNotice(code, {"title": bed.title or bed.file}),)
    return (media / bed.file, "", ()) if bed.file else (None, bed.tune, ())
