"""Conflicts of a merge in words: which field it is, and what stands in it on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.locale_forms import decimal_text
from studio.store.codec import plain_record
from studio.story.newsroom_records import StorySeries
from studio.story.record_base import Record
from studio.story.series_words import series_text
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.story.model import Claim, Photo, Story, Video
    from studio.story.newsroom_records import Comment
    from studio.story.three_way_merge import MergeConflict

_NUMBERED = frozenset({"photos", "videos", "claims", "comments"})
"""Lists whose records are called by their place."""
_CODED: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "age_group": ("handoff.age",),
    "kind": ("write.kind", "ledger.kind"),
    "role": ("people.role",),
    "terms": ("write.source.terms",),
    "verdict": ("ledger.verdict",),
    "confidence": ("ledger.confidence",),
    "disorder": ("ledger.disorder",),
    "answer": ("handoff.answer",),
    "language": ("write.language",),
    "source_type": ("origin",),
}
"""Fields whose words are codes, and where these have a text."""
_PHOTO_IDS = frozenset({"cover", "picture"})
"""Fields that hold the id of a photo of the story."""
_FIRST_WORDS = 4
_LONGEST = 160
"""Characters of a value in one line of the terminal."""


def conflict_name(conflict: MergeConflict, story: Story, texts: MessageTexts) -> str:
    """Which field a conflict is about: "Foto 2 · keterangan", "Orang Ani · persetujuan", "Isi · paragraf".

    Args:
        conflict: of a merge.
        story: the merged story, in which photos and people are looked up.
        texts: for the language.
    """
    root, *rest = conflict.path
    parts = [_word(root, texts)]
    if root in _NUMBERED and rest:
        parts[0] = f"{parts[0]} {_place_in(getattr(story, root), rest[0])}".strip()
        rest = rest[1:]
    elif root == "people" and rest:
        name = next((person.name for person in story.people if person.id == rest[0]), "")
        parts[0] = f"{parts[0]} {name}".strip()
        rest = rest[1:]
    elif root == "texts" and rest:
        parts.append(value_words(rest[0], texts, "language"))
        rest = rest[1:]
    if root == "body" or (root == "texts" and rest[:1] == ["body"]):
        parts.append(texts.text("handoff.paragraph", words=_beginning(conflict)))
        rest = []
    return " · ".join([*parts, *(_word(part, texts, root) for part in rest)])


def _place_in(records: Sequence[Photo | Video | Claim | Comment], record_id: object) -> str:
    """The number of a record, counted from 1; "" for one that the story no longer has."""
    return next((str(number) for number, each in enumerate(records, 1) if each.id == record_id), "")


def _beginning(conflict: MergeConflict) -> str:
    """The first words of a paragraph, by which it is found in a list."""
    text = next((str(each) for each in (conflict.base, conflict.left, conflict.right) if each), "")
    words = text.split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def _word(part: str, texts: MessageTexts, root: str = "") -> str:
    """The name of a field; some are called otherwise in a record of ``root``."""
    found = next((code for code in (f"field.{root}.{part}", f"field.{part}") if texts.has_text(code)), "")
    return texts.text(found) if found else part


def field_word(part: str, texts: MessageTexts, root: str = "") -> str:
    """The name of a field, "" for one that has none; some are called otherwise in a record of ``root``."""
    found = _word(part, texts, root)
    return "" if found == part else found


def value_words(value: object, texts: MessageTexts, name: str = "", story: Story | None = None) -> str:
    """What stands on one side, for people; of what is not there, a word that says so.

    Args:
        value: of a field, or a record.
        texts: for the language.
        name: last part of the field's path.
        story: whose photos are called by their place.
    """
    if value is None:
        return texts.text("handoff.taken_out")
    # The same name may hold words that the user wrote (the role of a source): only codes have a text.
    if coded := next((code for at in _CODED.get(name, ()) if texts.has_text(code := f"{at}.{value}")), ""):
        return texts.text(coded)
    if name in _PHOTO_IDS and (place := _place_in(story.photos if story else (), value)):
        said = f"{_word('photos', texts)} {place}"
    elif isinstance(value, StorySeries):
        said = series_text(value)
    elif isinstance(value, Record):
        said = _record_words(value, texts)
    elif isinstance(value, bool):
        said = texts.text("handoff.yes" if value else "handoff.no")
    elif isinstance(value, tuple):
        said = ", ".join(value_words(each, texts) for each in value)
    else:
        said = _decimal_words(value, texts) if isinstance(value, float) else str(value)
    return said or texts.text("handoff.empty")


def _decimal_words(value: float, texts: MessageTexts) -> str:
    # Decimals and not digits: 1234.5 seconds of a clip must not be told as "1.23e+03" on both sides.
    return decimal_text(f"{value:.3f}".rstrip("0").rstrip("."), texts.language)


def _record_words(record: Record, texts: MessageTexts) -> str:
    told = []
    for name, value in plain_record(record).items():
        if value and name not in {"id", "extra"} and not isinstance(value, dict | list):
            told.append(f"{_word(name, texts)}: {value_words(value, texts, name)}")
    return "; ".join(told) or texts.text("handoff.empty")


def conflict_line(conflict: MergeConflict, story: Story, texts: MessageTexts) -> str:
    """A conflict in one line, for the terminal."""
    name = conflict.path[-1]
    left, right = (
        cut_line(value_words(value, texts, name, story), _LONGEST) for value in (conflict.left, conflict.right)
    )
    return texts.text("handoff.conflict_line", field=conflict_name(conflict, story, texts), here=left, there=right)
