"""What is said about a photo or a clip: the one table of its fields, for the panels of both desks and the checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ACCESS = "aksesibilitas"
"""Source of what is advised for readers who cannot see a picture."""
FieldLook = Literal["text", "line", "origin", "tick"]
"""How it is entered: lines that grow, one line, the question where it comes from, a box to tick."""


@dataclass(frozen=True, slots=True)
class MediaField:
    """A field of ``Photo`` and ``Video``.

    Attributes:
        name: of the field in the model.
        look: how it is entered.
        lines: least and most lines that are shown of a ``text``.
        paragraphs: whether a ``text`` may have several.
        sentences: whether it is language, which the rules of spelling read, and not names.
        drawn: whether its words come to lie in a picture, whose fonts must have their letters.
        missing: the source of the rule that asks for it where it is empty; "" for one that may stay empty.
    """

    name: str
    look: FieldLook = "line"
    lines: tuple[int, int] = (1, 1)
    paragraphs: bool = False
    sentences: bool = True
    drawn: bool = False
    missing: str = ""


DETAILS: tuple[MediaField, ...] = (
    MediaField("caption", "text", lines=(4, 9), paragraphs=True, drawn=True, missing="KEJ pasal 2"),
    MediaField("credit", sentences=False, drawn=True, missing="KEJ pasal 2"),
    MediaField("alt", "text", lines=(2, 5), missing=ACCESS),
    MediaField("source_type", "origin"),
    MediaField("rights", sentences=False),
    MediaField("copyright", sentences=False),
    MediaField("edited_label", sentences=False, drawn=True),
    MediaField("place"),
    MediaField("name", sentences=False),
    MediaField("people_checked", "tick"),
)
"""Of photos and clips alike, in the order in which they are asked for."""
STRIP: tuple[MediaField, ...] = (
    MediaField("title", drawn=True),
    MediaField("title_detail", drawn=True),
    MediaField("title_card", "text", lines=(2, 5), paragraphs=True, drawn=True),
)
"""Words that are painted over a clip."""
TEXTS: tuple[MediaField, ...] = tuple(field for field in DETAILS if field.look in {"text", "line"})
"""What is written about photos and clips."""
