"""What a result will show, for the preview: the same places, cards and times as in the export, on a small canvas.

Everything of a video follows the short side of its canvas, so a small one looks like the large one.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.base.folders import make_folder
from studio.export.rendering.video_art import Artist, Ink, Layout, layout
from studio.export.rendering.video_layers import CARD, layers, patch_of
from studio.posts.draft_mark import picture as draft_picture
from studio.video.job import Job, Still, pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.story.model import Group, Story, Video
    from studio.video.clip import Clip
    from studio.video.job import Layer

FPS = 30
_MOST_KEPT = 300
"""Painted pictures left from earlier: every word that was typed made one."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture over the canvas: its file, left and top in pixels, opacity 0..1."""

    file: str
    x: int
    y: int
    opacity: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a result looks, on a canvas of ``width`` by ``height`` pixels."""

    job: Job
    width: int
    height: int
    layers: tuple[Layer, ...]

    def overlays(self, frame: int) -> tuple[Overlay, ...]:
        """What lies over frame number ``frame`` of the result, from below."""
        return tuple(shown for layer in self.layers for shown in _at(layer, frame))

    def darkness(self, frame: int) -> float:
        """How far the picture has faded to black at a frame, 0..1."""
        job = self.job
        if not job.fade:
            return 0.0
        since, left = frame - job.lead, job.frames - job.tail - frame
        return min(1.0, max(0.0, 1 - min(since, left) / job.fade))


def job_of(clip: Clip, video: Video) -> Job:
    """The lengths and the picture of a clip's result; the sound is not looked at.

    Raises:
        UserError: ``video.nothing_kept``.
    """
    job = Job(
        clip=clip,
        pieces=pieces_of(clip, video.cuts, FPS),
        fps=FPS,
        reframe=video.reframe,
        focus=video.focus,
        patches=tuple(patch_of(clip, cover) for cover in video.covers),
        lead=round(CARD * FPS) if video.title_card else 0,
        tail=round(CARD * FPS) if video.closing_card else 0,
        fade=0,
        mute=video.mute,
    )

    return replace(job, fade=min(round(max(0.0, video.fade) * FPS), job.inner // 3))


def look(story: Story, video: Video, clip: Clip, size: tuple[int, int], artist: Artist, *, draft: bool = False) -> Look:
    """How the result of a clip looks on a canvas. Reads pictures and paints: for a worker.

    Args:
        story: the story of the clip.
        video: the clip as it is edited now.
        clip: the facts of its file.
        size: of the canvas in pixels.
        artist: a ``KeepingArtist`` for this group.
        draft: whether an export would carry the mark of a draft (``release_gate.judge``).

    Raises:
        UserError: the file cannot be read, or nothing is kept.
    """
    job, place = job_of(clip, video), layout(*size)
    over = layers(story, video, job, place, artist)
    if draft:
        over += (Still(str(artist.draft_mark(place)), 0, 0),)
    return Look(job, *size, over)


class KeepingArtist(Artist):
    """Paints each picture once: what is named by its content need not be painted again.

    Args:
        group: see ``Artist``.
        logo: see ``Artist``.
        folder: a cache; may be emptied at any time.
    """

    def __init__(self, group: Group, logo: Path | None, folder: Path) -> None:
        super().__init__(group, logo, folder)
        _keep_newest(folder, "*.png", _MOST_KEPT)
        self._inks: dict[str, Ink | None] = {}

    def draft_mark(self, place: Layout) -> Path:
        """The mark of a draft, painted once for each canvas."""
        svg = draft_picture(place.width, place.height)
        path = self._folder / f"{_digest(svg, (place.width, place.height))}.png"
        if not path.exists():
            from studio.paint.image import paint_png

            make_folder(path.parent)
            paint_png(svg, place.width, place.height, path)
        return path

    def _paint(
        self, template: str, name: str, size: tuple[int, int], place: Layout, facts: Mapping[str, object]
    ) -> Path:
        from studio.paint.image import paint_png

        svg = self._svg(template, size, place, facts)
        path = self._folder / f"{_digest(svg, size)}.png"
        if not path.exists():
            make_folder(path.parent)
            paint_png(svg, size[0], size[1], path)
        return path

    def _ink(self, template: str, size: tuple[int, int], place: Layout, facts: Mapping[str, object]) -> Ink | None:
        key = _digest(self._svg(template, size, place, facts), size)
        if key not in self._inks:
            try:
                self._inks[key] = super()._ink(template, size, place, facts)
            except FileNotFoundError:  # the cache was emptied between painting and reading
                self._inks[key] = super()._ink(template, size, place, facts)
        return self._inks[key]


def _keep_newest(folder: Path, pattern: str, most: int) -> None:
    kept = []
    for path in folder.glob(pattern):
        with suppress(FileNotFoundError):  # another desk may empty the cache at this moment
            kept.append((path.stat().st_mtime, path))
    for _, old in sorted(kept)[:-most]:
        old.unlink(missing_ok=True)


def _digest(svg: str, size: Sequence[int]) -> str:
    return hashlib.sha256(f"{size} {svg}".encode()).hexdigest()[:24]


def _at(layer: Layer, frame: int) -> tuple[Overlay, ...]:
    if not isinstance(layer, Still):
        card = next((card for card in layer.cards if card.first <= frame < card.last), None)
        return (Overlay(card.file, layer.x, layer.y, 1.0),) if card else ()
    if not layer.frames:
        return (Overlay(layer.file, layer.x, layer.y, 1.0),)
    since, left = frame - layer.first, layer.first + layer.frames - frame
    if since < 0 or left <= 0:
        return ()
    opacity = min(
        1.0, since / layer.fade_in if layer.fade_in else 1.0, left / layer.fade_out if layer.fade_out else 1.0
    )
    return (Overlay(layer.file, layer.x, layer.y, opacity),) if opacity > 0 else ()
