"""A still of an exported video, without encoding one: the poster frame, covered, cut and with what lies over it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.pixel_data import Pixels
from studio.export.rendering.poster_frames import poster_frame
from studio.export.rendering.video_art import VideoArtist, art_layout
from studio.export.rendering.video_layers import compose_result
from studio.video.clip_job import build_job, cover_boxes
from studio.video.composition import PictureOverlay
from studio.video.frame_picture import draw_frame, lay_over

if TYPE_CHECKING:
    from studio.export.planning.video_specs import ClipInputs, SlideshowInputs, VideoTarget
    from studio.posts.draft_mark import MarkPlace


def video_still(inputs: ClipInputs, wish: VideoTarget, size: tuple[int, int], mark: MarkPlace = "across") -> Pixels:
    """The poster frame of a clip as the exported video shows it.

    Args:
        inputs: the clip with its edits.
        wish: what the outlet wants.
        size: width and height in pixels.
        mark: where the mark of a draft lies.

    Raises:
        UserError: the clip cannot be read.
    """
    from studio.paint.qt_application import ensure_gui
    from studio.video.clip_pictures import frame_at
    from studio.video.probe import probe_clip

    ensure_gui()
    clip, video = probe_clip(inputs.source), inputs.video
    job = build_job(clip, video, wish.fps, covers=cover_boxes(clip, video.covers), most=wish.max_seconds)
    chosen = poster_frame(job, video, clip)
    # Three times the canvas: a crop may show a small part of the frame and should still be sharp.
    shown = frame_at(clip, chosen.seconds, max(size) * 3)
    with tempfile.TemporaryDirectory(prefix="kim-") as folder:
        artist = VideoArtist(inputs.group, inputs.logo, Path(folder), draft=wish.draft, mark=mark)
        result = compose_result(inputs.story, video, job, size, artist, subtitles=wish.subtitles == "burn")
        picture = draw_frame(shown, result.frame(chosen.number, chosen.piece, chosen.seconds))
    return Pixels(picture.width, picture.height, picture.tobytes())


def slideshow_still(
    show: SlideshowInputs, wish: VideoTarget, size: tuple[int, int], mark: MarkPlace = "across"
) -> Pixels:
    """The first photo of a slideshow with its caption; arguments as in ``video_still``.

    Raises:
        UserError: the photo cannot be read.
    """
    from PIL import Image

    from studio.export.planning.slideshow_keys import chosen_photos
    from studio.paint.qt_application import ensure_gui
    from studio.photo.render import PhotoVariant, compose_variant

    ensure_gui()
    photo = chosen_photos(show.story)[0]
    source = dict(show.photos)[photo.id]
    picture = Image.frombytes("RGB", size, compose_variant(source, photo, PhotoVariant(size, careful=True))[2])
    settings = show.story.slideshow
    words = photo.caption.strip() if settings is not None and settings.captions else ""
    if words or wish.draft:
        with tempfile.TemporaryDirectory(prefix="kim-") as folder:
            artist = VideoArtist(show.group, show.logo, Path(folder), draft=wish.draft, mark=mark)
            place = art_layout(*size)
            path = artist.caption(place, words, photo.credit if words else "")
            lay_over(picture, PictureOverlay(str(path), 0, size[1] - artist.caption_height(place), 1.0))
    return Pixels(picture.width, picture.height, picture.tobytes())
