"""Makes the video of a story's photos: joins the photo engine, what ``paint/`` draws, and the video engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from studio.base.atomic_files import move_file
from studio.base.errors import UserError, WorkNotice
from studio.base.folders import make_folder
from studio.base.progress import SilentProgress
from studio.export.planning.file_metadata import show_metadata
from studio.export.planning.slideshow_keys import chosen_photos
from studio.export.planning.video_specs import MadeVideo, SlideshowInputs, VideoTarget
from studio.export.rendering.clip_stamp import stamp_clip
from studio.export.rendering.lost_letters import not_drawn
from studio.export.rendering.mixed_sound import mixed_sound
from studio.export.rendering.video_art import ArtLayout, VideoArtist, art_layout
from studio.posts.music_credit import music_line
from studio.story.model import Slideshow
from studio.video.byte_limit import fit_size
from studio.video.clip_job import CARD
from studio.video.encode import PARTIAL
from studio.video.job import EncoderRate
from studio.video.slideshow import (
    ZOOM,
    PhotoSlide,
    SlideShow,
    make_show,
    narration_seconds,
    photos_within,
    seconds_each,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.posts.draft_mark import MarkPlace
    from studio.story.model import Photo


def make_slideshow(
    show: SlideshowInputs, target: VideoTarget, out: Path, progress: Progress, mark: MarkPlace = "across"
) -> MadeVideo:
    """Make the video of a story's photos.

    Args:
        show: what it is made from.
        target: what the outlet wants.
        out: the file to write; a name that the caller renames.
        progress: called with the seconds of the result that are done.
        mark: where the mark of a draft lies.

    Raises:
        UserError: ``video.no_photos``, ``video.narration``, ``video.too_long_for_size``; those of the photo engine.
        WorkCancelled: asked for; nothing is left.
    """
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    story, narration, photos = show.story, show.sound.narration, dict(show.photos)
    settings = story.slideshow or Slideshow()
    make_folder(show.work)
    try:
        shown = [photo for photo in chosen_photos(story) if photo.id in photos]
        if not shown:
            raise UserError("video.no_photos")
        spoken = narration_seconds(narration) if narration else 0.0
        each = seconds_each(settings.seconds_each, len(shown), settings.crossfade, spoken)
        notices: list[WorkNotice] = []
        # Under a twentieth of a second nobody notices that photos stand longer for the narration.
        if narration and each > settings.seconds_each + 0.05:
            notices.append(WorkNotice("video.narration_longer", {"file": narration.name, "seconds": round(each, 1)}))
        fitting = photos_within(shown, each, settings.crossfade, CARD, target.max_seconds)
        if len(fitting) < len(shown):
            facts = {"shown": len(fitting), "photos": len(shown), "most": target.max_seconds or 0}
            notices.append(WorkNotice("video.fewer_photos", dict(facts)))
        # Each crossfade belongs to two photos, so it is counted once less than the photos.
        size, rate = _encoder_room(target, len(fitting) * (each - settings.crossfade) + settings.crossfade + CARD)
        artist = VideoArtist(show.group, show.logo, show.work, draft=target.draft, mark=mark)
        film = _make_show(
            [(photo, photos[photo.id]) for photo in fitting], settings, each, target.fps, artist, size, show.work
        )
        notices += not_drawn(artist.lost, out.name)
        draft = show.work / f"show{PARTIAL}"
        heard = mixed_sound(show.sound, film.frames / film.fps, show.work)
        checked = make_show(film, heard, rate, draft, progress)
        move_file(draft, out)
        # Last, as it only appends a box to the finished file; where the limit leaves no room for it, the file stays
        # bare.
        size_now = stamp_clip(out, show_metadata(story, fitting, show.group), target.max_bytes)
    finally:
        shutil.rmtree(show.work, ignore_errors=True)
    return MadeVideo(out, checked.width, checked.height, checked.seconds, size_now, tuple(notices))


def _make_show(
    photos: Sequence[tuple[Photo, Path]],
    settings: Slideshow,
    each: float,
    fps: int,
    artist: VideoArtist,
    size: tuple[int, int],
    folder: Path,
) -> SlideShow:
    place = art_layout(*size)
    return SlideShow(
        tuple(
            _make_slide(number, photo, source, settings, place, artist, folder)
            for number, (photo, source) in enumerate(photos)
        ),
        *size,
        each=round(each * fps),
        cross=round(settings.crossfade * fps),
        fps=fps,
        zoom=settings.zoom,
        ending=artist.closing_card(place, "", music_line(settings.music)),
        tail=round(CARD * fps),
    )


def _encoder_room(target: VideoTarget, seconds: float) -> tuple[tuple[int, int], EncoderRate]:
    if target.max_bytes is None:
        return target.size, EncoderRate()
    fitted = fit_size("slideshow", seconds, target.fps, target.size, target.max_bytes)
    return (fitted.width, fitted.height), fitted.rate


def _make_slide(
    number: int, photo: Photo, source: Path, settings: Slideshow, place: ArtLayout, artist: VideoArtist, folder: Path
) -> PhotoSlide:
    """The photo cut to the canvas with room to zoom, and its caption."""
    from studio.photo.render import PhotoVariant, render_variants

    # Larger than the canvas by the zoom, so that the closest moment still has a pixel for a pixel.
    size = (round(place.width * (1 + ZOOM)), round(place.height * (1 + ZOOM)))
    picture = folder / f"photo-{number:03}.jpg"
    variant = PhotoVariant(size, quality=92, progressive=False, careful=True)
    render_variants(source, photo, [(variant, picture)], None, SilentProgress())
    caption = None
    words = photo.caption.strip() if settings.captions else ""
    if words or artist.draft:
        caption = artist.caption(place, words, photo.credit if words else "")
    return PhotoSlide(picture, caption)
