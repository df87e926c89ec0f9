"""The strip on a plain photo: its words, its size, and its filled picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.posts.output_kinds import PhotoOutput
from studio.posts.template_context import photo_values
from studio.story.photo_strips import strip_kind
from studio.story.sentence_units import whole_sentences

if TYPE_CHECKING:
    from studio.posts.packs import Outlet
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Photo
    from studio.story.photo_strips import StripKind

LONGEST = 170
"""Characters of a caption that three lines hold at a readable size; of a longer one its first sentence is taken."""
_ONE_LINE, _TWO_LINES = 42, 96
_PADDING, _LINE, _DETAIL = 44, 44, 36
"""Heights in units of 1/1080 of the picture's width; the template has the same."""
_TALL = 1.5
"""Height by width from which a picture fills the screen of an app, whose buttons lie over its edges."""
_TALL_LEFT, _TALL_RIGHT, _TALL_TOP, _TALL_BOTTOM = 0.06, 0.14, 0.08, 0.21
"""What the strip leaves free there: a hundredth more than TikTok covers (``preview.safe_zones``)."""


@dataclass(frozen=True, slots=True)
class StripWords:
    """What a strip says: the caption, or place and date; below it who took the photo; its number in the row."""

    text: str
    detail: str = ""
    number: str = ""

    @property
    def lines(self) -> int:
        """How many lines its text has room for."""
        length = len(self.text)
        return 1 if length <= _ONE_LINE else 2 if length <= _TWO_LINES else 3


@dataclass(frozen=True, slots=True)
class StripBox:
    """Where a strip lies on its picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


def strip_of(outlet: Outlet, output: PhotoOutput, material: TemplateContext) -> StripKind:
    """What is written on the photos of an output."""
    if not output.strip:
        return "polos"
    return strip_kind((material.story.designs, material.group.designs), outlet.id, output.file.rpartition("/")[2])


def has_captions(outlet: Outlet, material: TemplateContext) -> bool:
    """Whether captions are written on photos of an outlet: who cannot see them hears them in the alternative text."""
    return any(strip_of(outlet, photos, material) == "keterangan" for photos in outlet.outputs_of(PhotoOutput))


def strip_words(kind: StripKind, photo: Photo, place: tuple[int, int], material: TemplateContext) -> StripWords | None:
    """What is written on a photo; None where there is nothing to say.

    A caption is never cut in the middle: of a long one its first whole sentence stands there, of one that is a single
    long sentence place and date; all of it is in the alternative text.

    Args:
        kind: what the group or the story chose.
        photo: of the story in the language of the post.
        place: its number, from 1, and how many there are.
        material: the story, ready for templates.
    """
    if kind == "polos":
        return None
    number = f"{place[0]}/{place[1]}" if place[1] > 1 else ""
    values = photo_values(photo, place[0], material)
    if kind == "keterangan" and (told := _short_caption(values["caption"])):
        word = material.labels.get("text", {}).get("photo", "Foto")
        credit = "; ".join(part for part in (values["credit"], values["edited_label"]) if part)
        return StripWords(told, f"{word}: {credit}" if credit else "", number)
    where = " · ".join(part for part in (material.base["place"], material.base["date_short"]) if part)
    return StripWords(where, "", number) if where else None


def _short_caption(caption: str) -> str:
    if len(caption) <= LONGEST:
        return caption
    first = next(iter(whole_sentences(caption)), "")
    return first if len(first) <= LONGEST else ""


def strip_boxes(words: StripWords, size: tuple[int, int]) -> tuple[StripBox, ...]:
    """The places a strip may have on a picture of ``size`` pixels: at the bottom, else at the top."""
    width, height = size
    unit = width / 1080
    high = round((_PADDING + words.lines * _LINE + (_DETAIL if words.detail else 0)) * unit)
    if height < _TALL * width:
        return StripBox(0, height - high, width, high), StripBox(0, 0, width, high)
    left, wide = round(_TALL_LEFT * width), round((1 - _TALL_LEFT - _TALL_RIGHT) * width)
    bottom, top = round((1 - _TALL_BOTTOM) * height) - high, round(_TALL_TOP * height)
    return StripBox(left, bottom, wide, high), StripBox(left, top, wide, high)
