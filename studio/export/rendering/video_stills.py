"""A still of an exported video, without encoding one: the poster frame, covered, cut and with what lies over it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studio.base.pixel_data import Pixels
from studio.export.rendering.video_art import VideoArtist, art_layout
from studio.export.rendering.video_layers import compose_result
from studio.video.clip_job import build_job, cover_boxes
from studio.video.composition import PictureOverlay
from studio.video.frame_picture import draw_frame, lay_over

if TYPE_CHECKING:
    from studio.export.planning.video_specs import ClipInputs, SlideshowInputs, VideoTarget
    from studio.story.model import Video
    from studio.video.clip import ClipFacts
    from studio.video.job import VideoJob


class _ShownFrame(NamedTuple):
    """A frame of the result: its number, cards included; the time of the original it shows; the kept piece it is in."""

    number: int
    seconds: float
    piece: int


def video_still(inputs: ClipInputs, wish: VideoTarget, size: tuple[int, int]) -> Pixels:
    """The poster frame of a clip as the exported video shows it.

    Args:
        inputs: the clip with its edits.
        wish: what the outlet wants.
        size: width and height in pixels.

    Raises:
        UserError: the clip cannot be read.
    """
    from studio.paint.qt_application import ensure_gui
    from studio.video.frames import frame_at
    from studio.video.probe import probe_clip

    ensure_gui()
    clip, video = probe_clip(inputs.source), inputs.video
    job = build_job(clip, video, wish.fps, covers=cover_boxes(clip, video.covers), most=wish.max_seconds)
    chosen = _poster_frame(job, video, clip)
    # Three times the canvas: a crop may show a small part of the frame and should still be sharp.
    shown = frame_at(clip, chosen.seconds, max(size) * 3)
    with tempfile.TemporaryDirectory(prefix="kim-") as folder:
        artist = VideoArtist(inputs.group, inputs.logo, Path(folder), draft=wish.draft)
        result = compose_result(inputs.story, video, job, size, artist, subtitles=wish.subtitles == "burn")
        picture = draw_frame(shown, result.frame(chosen.number, chosen.piece, chosen.seconds))
    return Pixels(picture.width, picture.height, picture.tobytes())


def _poster_frame(job: VideoJob, video: Video, clip: ClipFacts) -> _ShownFrame:
    """The frame of the cover picture.

    The frame is that of the video, fade and all, where the user chose it; one that was cut away, or that looks good of
    itself but has faded, gives way to one that is seen in full.
    """
    from studio.video.frames import poster_time

    seconds = poster_time(clip) if video.poster is None else video.poster
    first, last = job.lead + job.fade, max(job.lead + job.fade, job.frames - job.tail - job.fade)
    found = _frame_showing(job, seconds)
    if found is None:
        return _shown_at(job, min(first + job.fps, (first + last) // 2))
    if video.poster is None and not first <= found.number <= last:
        return _shown_at(job, min(max(found.number, first), last))
    return found


def _frame_showing(job: VideoJob, seconds: float) -> _ShownFrame | None:
    """What shows a time of the original; None where that was cut away."""
    before = job.lead
    for number, piece in enumerate(job.pieces):
        if piece.start <= seconds < piece.start + piece.frames / job.fps:
            at = before + min(round((seconds - piece.start) * job.fps), piece.frames - 1)
            return _ShownFrame(at, seconds, number)
        before += piece.frames
    return None


def _shown_at(job: VideoJob, frame: int) -> _ShownFrame:
    """The nearest frame between the cards."""
    frame = min(max(frame, job.lead), job.lead + job.inner - 1)
    before = job.lead
    for number, piece in enumerate(job.pieces):
        if frame < before + piece.frames:
            return _ShownFrame(frame, piece.start + (frame - before) / job.fps, number)
        before += piece.frames
    return _ShownFrame(job.lead, job.pieces[0].start, 0)


def slideshow_still(show: SlideshowInputs, wish: VideoTarget, size: tuple[int, int]) -> Pixels:
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
            artist = VideoArtist(show.group, show.logo, Path(folder), draft=wish.draft)
            place = art_layout(*size)
            path = artist.caption(place, words, photo.credit if words else "")
            lay_over(picture, PictureOverlay(str(path), 0, size[1] - artist.caption_height(place), 1.0))
    return Pixels(picture.width, picture.height, picture.tobytes())
