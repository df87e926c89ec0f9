"""What lies over a picture as inputs and filters of ffmpeg: stills that come and go, rows of subtitles. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.video.job import SubtitleTrack

if TYPE_CHECKING:
    from studio.video.job import ImageOverlay, Layer


def layer_input(layer: Layer, script: str, fps: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Arguments that open a layer, and the text files they name."""
    if isinstance(layer, SubtitleTrack):
        return ["-f", "concat", "-safe", "0", "-i", script], [(script, deck_script(layer, fps))]
    return ["-i", layer.file], []


def deck_script(deck: SubtitleTrack, fps: int) -> str:
    """The ffconcat script that shows the cards at their times. A card covers what an overlapping one has left of it."""
    lines = ["ffconcat version 1.0"]
    at = 0

    def show(file: str, frames: int) -> None:
        path = file.replace("\\", "/").replace("'", "'\\''")
        lines.extend((f"file '{path}'", f"option framerate {fps}", f"duration {time_text(frames / fps)}"))

    for card in sorted(deck.cards, key=lambda card: card.first):
        # The script knows only one picture after the other: gaps are filled with an empty one, overlaps are cut.
        first = max(card.first, at)
        if card.last <= first:
            continue
        if first > at:
            show(deck.blank, first - at)
        show(card.file, card.last - first)
        at = card.last
    # A quirk of the concat demuxer: the last entry is not kept to its duration, so the last one has to show nothing.
    show(deck.blank, 1)
    return "\n".join(lines) + "\n"


def overlay_filters(layer: Layer, fps: int, source: str, below: str, above: str) -> list[str]:
    """Filters that lay what comes from ``source`` over the stream ``below``, which becomes ``above``."""
    name = f"{above}i"
    prepared = "scale=out_color_matrix=bt709:out_range=tv,format=yuva420p"
    if isinstance(layer, SubtitleTrack):
        first, last = min(card.first for card in layer.cards), max(card.last for card in layer.cards)
        when = f":eof_action=pass:enable='between(n,{first},{last})'"
        return [f"[{source}]{prepared}[{name}]", f"[{below}][{name}]overlay={layer.x}:{layer.y}{when}[{above}]"]
    if not layer.frames:
        return [f"[{source}]{prepared}[{name}]", f"[{below}][{name}]overlay={layer.x}:{layer.y}[{above}]"]
    return [
        f"[{source}]{prepared},{_timed_still(layer, fps)}[{name}]",
        f"[{below}][{name}]overlay={layer.x}:{layer.y}:eof_action=pass[{above}]",
    ]


def _timed_still(still: ImageOverlay, fps: int) -> str:
    """One decoded picture repeated for its time: the file is read once."""
    steps = [f"loop=loop={still.frames - 1}:size=1", f"setpts=N/{fps}/TB"]
    if still.fade_in:
        steps.append(f"fade=t=in:s=0:n={still.fade_in}:alpha=1")
    if still.fade_out:
        steps.append(f"fade=t=out:s={still.frames - still.fade_out}:n={still.fade_out}:alpha=1")
    if still.first:
        steps.append(f"setpts=PTS+{still.first}/{fps}/TB")
    return ",".join(steps)


def time_text(seconds: float) -> str:
    """Seconds as ffmpeg reads them, to a microsecond."""
    return f"{seconds:.6f}".rstrip("0").rstrip(".")
