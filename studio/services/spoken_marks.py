"""What is chosen on a photo or clip, and where it lies, in words: for whoever does not see the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.base.timecode import minutes_text, timecode_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.base.i18n import MessageTexts
    from studio.story.model import Box, Cut, Point


class CoverBoxes(NamedTuple):
    """Where covers lie, as fractions of the picture, and the number of the chosen one, -1 for none."""

    boxes: Sequence[Box]
    chosen: int


def _shares(box: Box) -> dict[str, object]:
    """A box in per cent of the picture, as facts of a message."""
    left, top, wide, high = (round(part * 100) for part in box)
    return {"left": left, "top": top, "wide": wide, "high": high}


def _focus(say: Callable[..., str], point: Point) -> str:
    across, down = (round(part * 100) for part in point)
    return say("media.spoken_focus", left=across, top=down)


def _covers(say: Callable[..., str], covers: CoverBoxes) -> str:
    count = len(covers.boxes)
    if 0 <= covers.chosen < count:
        return say("media.spoken_cover", n=covers.chosen + 1, count=count, **_shares(covers.boxes[covers.chosen]))
    return say("media.spoken_covers", count=count) if count else say("media.spoken_no_cover")


def photo_marks_text(
    say: Callable[..., str], mode: str, focus: tuple[Point, bool], crop: Box, tilt: float, covers: CoverBoxes
) -> str:
    """What the tool that is chosen works on.

    Args:
        say: text of a code.
        mode: ``focus``, ``crop``, ``cover`` or ``horizon``.
        focus: the focus point, as fractions of the picture as it is seen, and whether the engine chose it.
        crop: what is cut out.
        tilt: degrees clockwise by which the photo leans.
        covers: what hides parts of it.
    """
    match mode:
        case "crop":
            return say("media.spoken_crop", **_shares(crop))
        case "cover":
            return _covers(say, covers)
        case "horizon":
            return say("media.spoken_lean", degrees=round(tilt, 1))
        case _:
            point, automatic = focus
            return f"{_focus(say, point)} {say('media.spoken_automatic') if automatic else ''}".strip()


def clip_marks_text(say: Callable[..., str], focus: Point | None, covers: CoverBoxes) -> str:
    """The cover that is chosen on a clip, else what stays in the picture and how many covers there are."""
    told = [_focus(say, focus)] if focus is not None and covers.chosen < 0 else []
    return " ".join([*told, _covers(say, covers)])


def piece_text(texts: MessageTexts, cuts: Sequence[Cut], number: int) -> str:
    """The piece of a clip that is worked on, and where it lies in the original; "" for none."""
    if not 0 <= number < len(cuts):
        return ""
    start, end = (timecode_text(each, texts.language) for each in (cuts[number].start, cuts[number].end))
    return texts.text("clip.spoken_piece", n=number + 1, count=len(cuts), start=start, end=end)


def timeline_text(texts: MessageTexts, cuts: Sequence[Cut], number: int, at: float, whole: float) -> str:
    """The piece that is worked on, and where the playhead is (``at`` of ``whole`` seconds)."""
    now, length = timecode_text(at, texts.language), minutes_text(whole, texts.language)
    return f"{piece_text(texts, cuts, number)} {texts.text('clip.spoken_at', at=now, whole=length)}".strip()
