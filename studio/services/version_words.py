"""What differs between two versions of a story, in words: no id, no time as a computer writes it, no "False"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studio.base.locale_forms import decimal_text
from studio.base.relative_dates import short_date, time_of_day
from studio.checks.finding_location import translated_place
from studio.services.merge_words import field_word, value_words
from studio.store.compare import VersionChange, version_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.base.i18n import MessageTexts
    from studio.story.model import Status, Story

_UNTOLD = frozenset({"id", "extra", "sha256", "anchor", "begins", "ends", "made", "made_from", "base", "created"})
"""What the studio keeps for itself beside what somebody wrote or chose."""
_RECORDS = (
    *("photos", "videos", "sources", "claims", "people", "comments", "recordings", "corrections", "log"),
    *("publications", "planned", "right_of_reply"),
)
"""Lists of records: one that came or went is one line."""
_SAYING = ("caption", "name", "text", "status", "what", "headline", "outlet", "quote", "file")
"""By which field a record that came or went is known, the best one first."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(rf"{_DATE.pattern}T\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?")
_NUMBER = re.compile(r"-?\d+\.\d+")
_MACHINE = re.compile(r"[0-9a-f]{16,}|(-?\d+(\.\d+)?, )+-?\d+(\.\d+)?|\w+: .*|[{\[].*")
"""Digests, places in a picture, records in records: that these changed is all a reader can use."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One difference: the name of its field, and what stood and stands there; "" is nothing."""

    name: str
    before: str
    after: str


_WRITTEN = """
headline kicker place hours byline editor category tags summary body caption credit alt text name note what who where
when why how reason quote role contact explanation title title_detail license copyright
"""
"""Fields that somebody typed: shown as they are, whatever they look like."""


def told_changes(before: Story, after: Story, texts: MessageTexts) -> tuple[ToldChange, ...]:
    """All differences that say something to people, fields in the order of the model, none twice.

    Args:
        before: the older version.
        after: the story as it is.
        texts: for the language.
    """
    names = {**_record_names(before, texts), **_record_names(after, texts)}
    came_or_went = _one_sided(before, after)
    told: dict[ToldChange, None] = {}
    for change in version_changes(before, after):
        key = change.path[:2]
        # A record that is new or gone differs in every field; it is told as one line, at the first of them.
        if key in came_or_went:
            if (whole := came_or_went.pop(key)) is not None:
                told[_told_record(key, whole, names, texts)] = None
            came_or_went[key] = None  # told: its other fields say no more
        elif change.path[-1] not in _UNTOLD:
            told[_told_field(change, names, texts)] = None
    return tuple(told)


def _records_of(story: Story, root: str) -> dict[str, object]:
    """As ``version_changes`` calls them: by id, others by their place."""
    return {str(getattr(each, "id", "") or n): each for n, each in enumerate(getattr(story, root), 1)}


def _record_names(story: Story, texts: MessageTexts) -> dict[tuple[str, str], str]:
    found = {}
    for root in _RECORDS:
        for number, (key, record) in enumerate(_records_of(story, root).items(), 1):
            own = str(getattr(record, "name", "")) if root in {"people", "sources"} else ""
            found[root, key] = f"{field_word(root, texts)} {own or number}"
    return found


def _one_sided(before: Story, after: Story) -> dict[tuple[str, ...], tuple[object, bool] | None]:
    """Records that only one of the two has, and whether it is the newer one."""
    found: dict[tuple[str, ...], tuple[object, bool] | None] = {}
    for root in _RECORDS:
        old, new = _records_of(before, root), _records_of(after, root)
        found |= {(root, key): (old[key], False) for key in old.keys() - new.keys()}
        found |= {(root, key): (new[key], True) for key in new.keys() - old.keys()}
    return found


def _told_record(
    key: tuple[str, ...], whole: tuple[object, bool], names: Mapping[tuple[str, str], str], texts: MessageTexts
) -> ToldChange:
    record, new = whole
    name = next((name for name in _SAYING if getattr(record, name, "")), "")
    said = (name and _value(str(getattr(record, name)), name, names, texts)) or texts.text("history.changed")
    if by := getattr(record, "by", ""):
        said = f"{said} · {by}"
    return ToldChange(names[key[0], key[1]], "" if new else said, said if new else "")


def _told_field(change: VersionChange, names: Mapping[tuple[str, str], str], texts: MessageTexts) -> ToldChange:
    path = change.path
    name = _path_words(path, names, texts)
    old, new = (_value(value, path[-1], names, texts) for value in (change.before, change.after))
    if old is None or new is None or old == new:
        return ToldChange(name, "", texts.text("history.changed"))
    return ToldChange(name, old, new)


def _path_words(path: tuple[str, ...], names: Mapping[tuple[str, str], str], texts: MessageTexts) -> str:
    """``Foto 2 · keterangan``; a part that has no word is left out."""
    if path[0] == "texts" and len(path) > 1:
        return translated_place(path, texts)
    head = names.get((path[0], path[1]), "") if len(path) > 1 else ""
    parts = [head, *path[2:]] if head else list(path)
    words = [part if part == head else field_word(part, texts, path[0]) for part in parts]
    return " · ".join(dict.fromkeys(filter(None, words))) or texts.text("history.other")


def _value(value: str, leaf: str, names: Mapping[tuple[str, str], str], texts: MessageTexts) -> str | None:
    """A value for people, "" for nothing, None for what only a computer reads."""
    known = {key[1]: name for key, name in names.items() if not key[1].isdigit()}
    # Ids of people, sources and photos are shown by what they stand for: "p1, p3" would say nothing.
    if value and all(part in known for part in value.split(", ")):
        return ", ".join(known[part] for part in value.split(", "))
    if leaf not in _WRITTEN.split() and _MACHINE.fullmatch(value):
        return None
    if value in {"True", "False"}:
        return texts.text("handoff.yes" if value == "True" else "handoff.no")
    if _MOMENT.fullmatch(value) or _DATE.fullmatch(value):
        return _moment_words(value, texts)
    if _NUMBER.fullmatch(value):
        return decimal_text(value, texts.language)
    return value_words(value, texts, leaf) if value else ""


def _moment_words(value: str, texts: MessageTexts) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is not None:
        moment = moment.astimezone()
    day = short_date(moment, datetime.now(moment.tzinfo), texts)
    return f"{day}, {time_of_day(moment, texts.language)}" if "T" in value else day


def version_steps(stories: Sequence[Story | None]) -> Iterator[Status | None]:
    """The status that each version was the first to have, None as usual; versions newest first, None unreadable."""
    for at, story in enumerate(stories):
        older = next((each.status for each in stories[at + 1 :] if each is not None), "draft")
        yield story.status if story is not None and story.status != older else None
