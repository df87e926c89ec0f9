"""What the stage, the timeline and the track show, made of what is worked on. Plain functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.safe_zones import ZONES
from studio.story.covers import box_shares
from studio.story.geometry import WHOLE, tidy_box
from studio.ui.video.preview import FPS
from studio.ui.video.scale import Tracks
from studio.ui.video.stage import Mask, Scene
from studio.ui.video.track import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.model import Cover
    from studio.ui.video.editing import Editing
    from studio.ui.video.preview import Preview
    from studio.ui.video.programme import Programme


def scene_of(
    editing: Editing, preview: Preview, zone: str, at: float, name: Callable[[Cover, int], str], *, drawing: bool
) -> Scene:
    """What is drawn over the picture, whose own time is ``at``; the playhead may be further on."""
    video = editing.video
    if video is None:
        return Scene()
    crop = preview.crop()
    cuts = editing.cuts
    size = editing.size
    focus = ((cuts[editing.piece].focus if cuts else None) or video.focus or (0.5, 0.5)) if crop is not None else None
    masks = tuple(
        Mask(
            WHOLE if cover.whole else tidy_box(cover.box),
            box_shares(hidden.pixels, *size),
            hidden.color,
            hidden.hides(at, FPS) or hidden.hides(editing.position, FPS),
            name(cover, number).partition("  ·")[0],
        )
        for number, (cover, hidden) in enumerate(zip(video.covers, preview.covers(), strict=True))
    )
    safe = ZONES.get(zone) if preview.shape == "9:16" else None
    return Scene(crop, focus, masks, editing.cover, safe, drawing, editing.locked)


def tracks_of(editing: Editing, preview: Preview) -> Tracks:
    """What the timeline shows."""
    video = editing.video
    if video is None:
        return Tracks()
    whole = editing.seconds
    covers = tuple(
        (cover.start or 0.0, whole if cover.end is None else min(cover.end, whole)) for cover in video.covers
    )
    return Tracks(
        whole,
        editing.cuts,
        editing.piece,
        covers,
        tuple((cue.start, cue.end) for cue in video.subtitles),
        video.poster,
        editing.locked,
        preview.covers(),
        editing.size,
    )


def row_of(editing: Editing, programme: Programme, names: tuple[str, str, str]) -> Row:
    """What the track of the result shows; ``names`` of the title card, the closing card and the unit."""
    return Row(editing.cuts, editing.piece, programme.lead, programme.tail, *names, editing.locked)
