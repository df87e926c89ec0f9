"""A still of an exported video, without encoding one: the poster frame, covered, cut and with what lies over it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.export.rendering.video_art import Artist, layout
from studio.export.rendering.video_layers import CARD, layers, patch_of
from studio.story.geometry import crop_box
from studio.video.plan import PAD_SHADE

if TYPE_CHECKING:
    from PIL.Image import Image

    from studio.export.planning.export_tasks import SlideshowTask, VideoTask
    from studio.export.rendering.clip_videos import VideoTarget
    from studio.video.clip import Clip
    from studio.video.job import Job, Layer

Still = tuple[int, int, bytes]
"""Width, height and RGB bytes."""


def video_still(task: VideoTask, wish: VideoTarget, size: tuple[int, int]) -> Still:
    """The poster frame of a clip as the exported video shows it.

    Args:
        task: the clip with its edits.
        wish: what the outlet wants.
        size: width and height in pixels.

    Raises:
        UserError: the clip cannot be read.
    """
    from studio.paint.app import ensure_gui
    from studio.video.frames import frame_at, poster_time
    from studio.video.probe import probe

    ensure_gui()
    clip = probe(task.source)
    job = _job(task, clip, wish.fps)
    seconds = task.video.poster if task.video.poster is not None else poster_time(clip)
    number, seconds, piece = _place(job, seconds)
    shown = frame_at(clip, seconds, max(size) * 3)
    picture = _framed(shown.width, shown.height, shown.rgb, job, piece, seconds, size)
    with tempfile.TemporaryDirectory(prefix="kim-") as folder:
        artist = Artist(task.group, task.logo, Path(folder), draft=wish.draft)
        place = layout(size[0] - size[0] % 2, size[1] - size[1] % 2)
        over = layers(task.story, task.video, job, place, artist, subtitles=wish.subtitles == "burn")
        for layer in over:
            _lay(picture, layer, number)
    return picture.width, picture.height, picture.tobytes()


def _job(task: VideoTask, clip: Clip, fps: int) -> Job:
    from studio.video.job import Job, pieces_of

    video = task.video
    return Job(
        clip=clip,
        pieces=pieces_of(clip, video.cuts, fps),
        fps=fps,
        reframe=video.reframe,
        focus=video.focus,
        patches=tuple(patch_of(clip, cover) for cover in video.covers),
        lead=round(CARD * fps) if video.title_card else 0,
        tail=round(CARD * fps) if video.closing_card else 0,
    )


def _place(job: Job, seconds: float) -> tuple[int, float, int]:
    """Frame of the result, time of the original and number of the piece that show a time of the original.

    A time that was cut away gives the beginning of the first piece.
    """
    before = job.lead
    for number, piece in enumerate(job.pieces):
        if piece.start <= seconds < piece.start + piece.frames / job.fps:
            return before + round((seconds - piece.start) * job.fps), seconds, number
        before += piece.frames
    first = job.pieces[0]
    return job.lead + min(job.fps, first.frames - 1), first.start + min(1.0, first.frames / job.fps / 2), 0


def _framed(width: int, height: int, rgb: bytes, job: Job, piece: int, seconds: float, size: tuple[int, int]) -> Image:
    """The frame with its covers, cut to the canvas or put on a blurred ground."""
    from PIL import Image, ImageDraw, ImageFilter
    from PIL.Image import Resampling

    picture = Image.frombytes("RGB", (width, height), rgb)
    draw = ImageDraw.Draw(picture)
    for patch in job.patches:
        if patch.hides(seconds, job.fps):
            x, y, across, down = patch.box
            # The right and lower edge belong to it: rounded outwards.
            box = (int(x * width), int(y * height), int((x + across) * width), int((y + down) * height))
            draw.rectangle(box, fill=patch.color)
    ratio = size[0] / size[1]
    if job.reframe == "pad" and abs(width / height / ratio - 1) > 0.01:
        # As the engine does it: cut to the canvas, at an eighth of its size blurred and made darker.
        small = (max(2, size[0] // 8), max(2, size[1] // 8))
        ground = picture.crop(crop_box(width, height, ratio, None)).resize(small, Resampling.BOX)
        ground = ground.filter(ImageFilter.GaussianBlur(3)).point(lambda value: round(value * (1 - PAD_SHADE)))
        ground = ground.resize(size, Resampling.BICUBIC)
        share = min(size[0] / width, size[1] / height)
        inner = picture.resize((round(width * share), round(height * share)), Resampling.LANCZOS)
        ground.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
        return ground
    focus = job.pieces[piece].focus or job.focus
    return picture.crop(crop_box(width, height, ratio, focus)).resize(size, Resampling.LANCZOS)


def _lay(picture: Image, layer: Layer, number: int) -> None:
    """Put a layer over the picture if it is there at that frame of the result."""
    from PIL import Image

    from studio.video.job import Still as StillLayer

    if isinstance(layer, StillLayer):
        shown = not layer.frames or layer.first <= number < layer.first + layer.frames
        file = layer.file if shown else ""
    else:
        file = next((card.file for card in layer.cards if card.first <= number < card.last), "")
    if not file:
        return
    with Image.open(file, formats=["PNG"]) as art:
        art.load()
        picture.paste(art, (layer.x, layer.y), art.convert("RGBA").getchannel("A"))


def slideshow_still(task: SlideshowTask, wish: VideoTarget, size: tuple[int, int]) -> Still:
    """The first photo of a slideshow with its caption; arguments as in ``video_still``.

    Raises:
        UserError: the photo cannot be read.
    """
    from PIL import Image

    from studio.export.rendering.slideshow_videos import chosen_photos
    from studio.paint.app import ensure_gui
    from studio.photo.render import Variant, compose
    from studio.story.geometry import ratio_key

    ensure_gui()
    photo = chosen_photos(task.story)[0]
    source = dict(task.photos)[photo.id]
    fits = photo.fits.get(ratio_key(*size), "crop")
    picture = Image.frombytes("RGB", size, compose(source, photo, Variant(size, fits))[2])
    settings = task.story.slideshow
    words = photo.caption.strip() if settings is not None and settings.captions else ""
    if words or wish.draft:
        with tempfile.TemporaryDirectory(prefix="kim-") as folder:
            artist = Artist(task.group, task.logo, Path(folder), draft=wish.draft)
            place = layout(*size)
            path = artist.caption(place, words, photo.credit if words else "", "caption")
            with Image.open(path, formats=["PNG"]) as art:
                art.load()
                picture.paste(art, (0, size[1] - art.height), art.convert("RGBA").getchannel("A"))
    return picture.width, picture.height, picture.tobytes()
