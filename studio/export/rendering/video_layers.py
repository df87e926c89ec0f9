"""What lies over a video, and when: mark, name, subtitles, full cards, covers. Export and preview ask the same."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.export.rendering.video_art import art_layout
from studio.posts.music_credit import music_line
from studio.video.composition import FrameComposer
from studio.video.job import ImageOverlay, SubtitleImage, SubtitleTrack
from studio.video.result_cues import retime_cues, subtitle_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.export.rendering.video_art import ArtLayout, VideoArtist
    from studio.story.model import Cue, Story, Video
    from studio.video.job import Layer, VideoJob

_LOWER_THIRD_FROM, _LOWER_THIRD_FOR, _FADE = 0.6, 5.0, 0.3
"""Seconds: when the lower third comes, how long it stays, how long things take to come and go."""


def compose_result(
    story: Story, video: Video, job: VideoJob, size: tuple[int, int], artist: VideoArtist, *, subtitles: bool = True
) -> FrameComposer:
    """How a clip's result looks on a canvas: what export, poster and previews draw.

    Args:
        story: for the kicker on the title card.
        video: what is drawn.
        job: what is shown of the clip, and when.
        size: of the canvas in pixels.
        artist: paints what lies over it.
        subtitles: whether they are part of the picture.

    Raises:
        UserError: a template is wrong, or a picture cannot be written.
    """
    # Even, as yuv420p halves both sides of its colour planes.
    place = art_layout(size[0] // 2 * 2, size[1] // 2 * 2)
    return FrameComposer(job, *size, _video_layers(story, video, job, place, artist, subtitles=subtitles))


def _video_layers(
    story: Story, video: Video, job: VideoJob, place: ArtLayout, artist: VideoArtist, *, subtitles: bool = True
) -> tuple[Layer, ...]:
    """What lies over the picture, from below: mark, name, subtitles, full cards, mark of a draft."""
    found: list[Layer] = []
    if video.logo:
        mark = artist.paint_logo(place)
        side = round(116 * place.unit)
        found.append(ImageOverlay(str(mark), place.width - place.side - side, place.top))
    if video.title:
        # In a clip of two seconds the name must still appear: never later than after a quarter of it.
        first = job.lead + round(min(_LOWER_THIRD_FROM * job.fps, job.inner / 4))
        until = job.lead + job.inner - (round(_FADE * job.fps) if job.tail else 0)  # gone when the closing card comes
        frames = max(1, min(round(_LOWER_THIRD_FOR * job.fps), until - first))
        strip = artist.paint_lower_third(place, video.title, video.title_detail)
        # A strip shown for a moment must be fully visible for at least a third of it.
        fade = min(round(_FADE * job.fps), frames // 3)
        found.append(ImageOverlay(str(strip), place.side, place.lower_third_top, first, frames, fade, fade))
    if video.subtitles and subtitles:
        found += _subtitle_track(retime_cues(video.subtitles, job), job, place, artist)
    found += _full_cards(story, video, job, place, artist)
    if artist.draft:
        found.append(ImageOverlay(str(artist.draft_mark(place)), 0, 0))
    return tuple(found)


def _subtitle_track(cues: Sequence[Cue], job: VideoJob, place: ArtLayout, artist: VideoArtist) -> list[Layer]:
    shown = subtitle_lines(cues, job.fps)
    files = {text: str(artist.paint_subtitle(place, text)) for text in dict.fromkeys(line.text for line in shown)}
    cards = tuple(SubtitleImage(files[line.text], line.first, line.last) for line in shown)
    if not cards:
        return []
    # Between two subtitles the track shows this empty picture: the overlay needs a frame at every moment.
    blank = str(artist.paint_subtitle(place, ""))
    return [SubtitleTrack(place.side, place.strip_top, blank, cards)]


def _full_cards(story: Story, video: Video, job: VideoJob, place: ArtLayout, artist: VideoArtist) -> list[Layer]:
    fade = round(_FADE * job.fps)
    found: list[Layer] = []
    if job.lead:
        # It stays while it fades, over the first frames of the clip, so that no black shows between them.
        card = artist.title_card(place, video.title_card, story.kicker)
        with suppress(UserError, OSError):  # a clip with a damaged place keeps its first frame behind the words
            ground = artist.title_ground(job, video, (place.width, place.height))
            found.append(ImageOverlay(str(ground), 0, 0, 0, job.lead + fade, fade_out=fade))
        found.append(ImageOverlay(str(card), 0, 0, 0, job.lead + fade, fade_out=fade))
    if job.tail:
        card = artist.closing_card(place, video.credit, music_line(video.music))
        found.append(ImageOverlay(str(card), 0, 0, job.frames - job.tail - fade, job.tail + fade, fade_in=fade))
    return found
