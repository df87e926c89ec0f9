"""Says in words where a finding is, and shows the sentence around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.mending import text_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.story.places import TextPlace

_AROUND = 70
"""Characters shown on either side of the words that are meant."""
_NUMBERED = ("photos", "videos", "claims", "people")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words with what stands before and after them on their line."""

    before: str
    words: str
    after: str


def location_words(place: TextPlace | None, story: Story, texts: MessageTexts) -> str:
    """Such as "Judul", "Isi berita", "Foto 2, keterangan"; "" for the entire story."""
    if place is None:
        return ""
    root, *rest = place.field.split("/")
    if root in _NUMBERED and rest:
        items = getattr(story, root)
        number = next((n for n, item in enumerate(items, 1) if item.id == rest[0]), 0)
        head = texts.text(f"checkdesk.where.{root}", number=number) if number else ""
        field = rest[1] if len(rest) > 1 else ""
        codes = (f"checkdesk.where.field.{root}.{field}", f"checkdesk.where.field.{field}")
        tail = next((texts.text(code) for code in codes if texts.has_text(code)), "")
        return ", ".join(part for part in (head, tail) if part)
    if root == "texts" and rest:
        return translated_place([root, *rest], texts)
    if root == "overrides":
        return texts.text("checkdesk.where.overrides", post="/".join(rest))
    code = f"checkdesk.where.all.{root}" if root in _NUMBERED else f"checkdesk.where.{root}"
    return texts.text(code) if texts.has_text(code) else ""


def language_word(code: str, texts: MessageTexts) -> str:
    """The name of a language (BCP 47); the code itself for one that has none here."""
    named = f"write.language.{code}"
    return texts.text(named) if texts.has_text(named) else code


def translated_place(parts: Sequence[str], texts: MessageTexts) -> str:
    """A text in another language: "Bahasa Jawa: judul"; ``parts`` are those of its address."""
    language = language_word(parts[1], texts)
    wanted = (f"field.{parts[2]}", f"checkdesk.where.{parts[2]}") if len(parts) > 2 else ()
    field = next((texts.text(code) for code in wanted if texts.has_text(code)), "")
    if not field:
        return texts.text("checkdesk.where.translated_all", language=language)
    return texts.text("checkdesk.where.translated", language=language, field=field)


def excerpt_around(place: TextPlace | None, story: Story) -> Excerpt | None:
    """The words at a place within their line; None where all of the text is meant, or the words are gone."""
    if place is None or not place.end:
        return None
    text = text_at(story, place.field)
    if text is None or place.end > len(text):
        return None
    start = max(text.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
    line_end = text.find("\n", place.end)
    end = min(len(text) if line_end < 0 else line_end, place.end + _AROUND)
    before, after = text[start : place.start], text[place.end : end]
    cut = start > 0 and start == place.start - _AROUND
    goes_on = end == place.end + _AROUND and end < len(text)
    if cut:
        before = before.partition(" ")[2]
    if goes_on:
        after = after.rpartition(" ")[0]
    # The sign of a quoted paragraph in Markdown is not among the words.
    before = before.lstrip("> ")
    return Excerpt(("…" if cut else "") + before, text[place.start : place.end], after + ("…" if goes_on else ""))
