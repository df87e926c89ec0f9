"""What is heard over a video made without a clip: the voice, and music that may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.export.planning.video_specs import MotionSound
from studio.posts.music_credit import music_line
from studio.story.text import cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Slideshow
    from studio.story.motion_records import MotionCard


def heard_sound(media: Path, card: MotionCard | Slideshow) -> tuple[MotionSound, tuple[WorkNotice, ...]]:
    """The sound of a moving card or of a video of photos. Music without a licence stays out, and that is said.

    Nor does music whose credit would not fit on the closing card: who made it asks to be named.

    Args:
        media: the folder of the story's media.
        card: with its narration and music.
    """
    voice = media / card.narration if card.narration else None
    bed = card.music
    if bed is None or not (bed.file or bed.tune):
        return MotionSound(voice, clean=card.clean_sound), ()
    if bed.file and not music_line(bed):
        code = "motion.long_credit" if cleaned(bed.license).strip() else "motion.no_license"
        told = WorkNotice(code, {"title": bed.title or bed.file})
        return MotionSound(voice, clean=card.clean_sound), (told,)
    music = media / bed.file if bed.file else None
    return MotionSound(voice, music, "" if music else bed.tune, card.clean_sound), ()
