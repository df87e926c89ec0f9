"""What lies over a video, and when: mark, name, subtitles, full cards, covers. Export and preview ask the same."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from studio.video.cues import lines, retimed
from studio.video.job import Card, Deck, Patch, Still

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.export.rendering.video_art import Artist, Layout
    from studio.story.model import Cover, Cue, Story, Video
    from studio.video.clip import Clip
    from studio.video.job import Job, Layer

CARD = 2.5
"""Seconds of a title or closing card."""
_NAME_FROM, _NAME_FOR, _FADE = 0.6, 5.0, 0.3
"""Seconds: when the name strip comes, how long it stays, how long things take to come and go."""


def layers(
    story: Story, video: Video, job: Job, place: Layout, artist: Artist, *, subtitles: bool = True
) -> tuple[Layer, ...]:
    """What lies over the picture, from below: mark, name, subtitles, full cards.

    Args:
        story: for the kicker on the title card.
        video: what is drawn.
        job: the lengths.
        place: where things go on the canvas.
        artist: paints them, for this canvas.
        subtitles: whether they are part of the picture.
    """
    found: list[Layer] = []
    if video.logo:
        mark = artist.mark(place)
        side = round(116 * place.unit)
        found.append(Still(str(mark), place.width - place.side - side, place.top))
    if video.title:
        first = job.lead + round(min(_NAME_FROM * job.fps, job.inner / 4))
        until = job.lead + job.inner - (round(_FADE * job.fps) if job.tail else 0)  # gone when the closing card comes
        frames = max(1, min(round(_NAME_FOR * job.fps), until - first))
        strip = artist.name_strip(place, video.title, video.title_detail)
        fade = min(round(_FADE * job.fps), frames // 3)
        found.append(Still(str(strip), place.side, place.name_top, first, frames, fade, fade))
    if video.subtitles and subtitles:
        found += _deck(retimed(video.subtitles, job), job, place, artist)
    found += _full_cards(story, video, job, place, artist)
    if artist.draft:
        found.append(Still(str(artist.draft_mark(place)), 0, 0))
    return tuple(found)


def _deck(cues: Sequence[Cue], job: Job, place: Layout, artist: Artist) -> list[Layer]:
    shown = lines(cues, job.fps)
    names = {text: f"subtitle-{at:04}" for at, text in enumerate(dict.fromkeys(line.text for line in shown))}
    files = {text: str(artist.subtitle(place, text, name)) for text, name in names.items()}
    cards = tuple(Card(files[line.text], line.first, line.last) for line in shown)
    if not cards:
        return []
    blank = str(artist.subtitle(place, "", "subtitle-none"))
    return [Deck(place.side, place.strip_top, blank, cards)]


def _full_cards(story: Story, video: Video, job: Job, place: Layout, artist: Artist) -> list[Layer]:
    fade = round(_FADE * job.fps)
    found: list[Layer] = []
    if job.lead:
        card = artist.title_card(place, video.title_card, story.kicker)
        found.append(Still(str(card), 0, 0, 0, job.lead + fade, fade_out=fade))
    if job.tail:
        card = artist.closing_card(place, video.credit)
        found.append(Still(str(card), 0, 0, job.frames - job.tail - fade, job.tail + fade, fade_in=fade))
    return found


def patch_of(clip: Clip, cover: Cover) -> Patch:
    """A cover as the engine wants it: a box, its time, its one colour."""
    from studio.video.frames import mean_color

    box = (0.0, 0.0, 1.0, 1.0) if cover.whole else cover.box
    color = mean_color(clip, box, cover.start or 0.0) if cover.style == "mean" else cover.color
    return Patch(box, *stretch_of(clip, cover), color)


def stretch_of(clip: Clip, cover: Cover) -> tuple[float, float]:
    """From when to when a cover hides: for the whole of the pictures it was seen to begin and to end on.

    A phone in the dark takes ten pictures a second: one that stood already when the cover was put on it would else be
    seen bare for a moment, and again for a moment when it ends.
    """
    from studio.video.standing import stands

    start = 0.0 if cover.start is None else stands(clip, cover.start)[0]
    end = inf if cover.end is None else stands(clip, cover.end)[1]
    return start, end
