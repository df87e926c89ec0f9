"""Where a story appeared, and what must be said when it changes afterwards.

With the first outlet that is ticked, the story keeps what readers were given (``Story.told``). Whatever differs from
that later has to be corrected in public: what, why and when (Pedoman Pemberitaan Media Siber 4; KEJ pasal 10). The
correction goes to every outlet that had the story; nothing of the history is rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.edits import StoryEdit
from studio.story.model import Publication, StatusChange
from studio.story.newsroom_records import Translation
from studio.story.publication_records import Correction, PublishedSnapshot
from studio.story.regions import short_place

if TYPE_CHECKING:
    from studio.story.model import Photo, Story, Video

FIELDS = (
    *("headline", "kicker", "place", "date", "date_end", "hours", "valid_until"),
    *("service_answers", "summary", "body", "captions"),
)
"""What readers were given, in the order it is named."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One field that is no longer what readers were given; the words around it that are the same are left out."""

    field: str
    before: str
    after: str


def told_now(story: Story, when: str) -> PublishedSnapshot:
    """What a reader of this story gets to read."""
    captions = [photo.caption for photo in story.photos] + [clip.caption for clip in story.videos]
    from studio.story.translations import used_languages

    return PublishedSnapshot(
        when=when,
        headline=story.headline,
        kicker=story.kicker,
        place=story.place,
        date=story.date,
        date_end=story.date_end,
        hours=story.hours,
        valid_until=story.valid_until,
        service_answers="\n".join(text for _, text in sorted(story.service_answers.items()) if text.strip()),
        summary=story.summary,
        body=story.body,
        captions="\n".join(caption for caption in captions if caption),
        texts={language: _told_words(story, language) for language in used_languages(story)},
    )


def _told_words(story: Story, language: str) -> str:
    """All that readers of another language get to read."""
    # Imported here: a window opens faster without, as no list of stories asks for translations.
    from studio.story.translations import translatable_texts, translated_text

    words = story.texts[language]
    each = (translated_text(words, text.address) for text in translatable_texts(story))
    return "\n".join(text for text in each if text.strip())


def outlets_of(story: Story) -> tuple[str, ...]:
    """The outlets where the story is, each once, in the order it came to them."""
    return tuple(dict.fromkeys(line.outlet for line in story.publications))


def find_publication(story: Story, outlet: str) -> Publication | None:
    """The latest line of the log for this outlet."""
    return next((line for line in reversed(story.publications) if line.outlet == outlet), None)


def add_publication(outlet: str, when: str, link: str = "", by: str = "") -> StoryEdit:
    """Note that the story is out there. A line of the same outlet is replaced: it is a better link or time.

    A story that was ready is published from then on; a draft stays one, and the desk says so.

    Args:
        outlet: id.
        when: ISO 8601 with offset.
        link: where it can be read; may be empty.
        by: who put it there.
    """

    def apply(story: Story) -> Story:
        now = find_publication(story, outlet)
        before = now or Publication(outlet=outlet, when=when)
        line = replace(before, when=when, link=link.strip(), by=by)
        if now == line:
            return story
        lines = (*(other for other in story.publications if other is not now), line)
        after = replace(story, publications=lines, told=story.told or told_now(story, when))
        if story.status == "ready":
            step = StatusChange(status="published", when=when, by=by)
            after = replace(after, status="published", log=(*story.log, step))
        return after

    return StoryEdit("edit.published", apply)


def withdraw_tick(outlet: str) -> StoryEdit:
    """Take a tick back that was a mistake. The steps in the story's log stay."""

    def apply(story: Story) -> Story:
        lines = tuple(line for line in story.publications if line.outlet != outlet)
        if lines == story.publications:
            return story
        # Without any outlet nobody has read it: there is nothing that later changes would have to be compared with.
        return replace(story, publications=lines, told=story.told if lines else None)

    return StoryEdit("edit.unpublished", apply)


def told_changes(story: Story) -> tuple[ToldChange, ...]:
    """What is different from what readers were given; empty for a story that nobody has read."""
    if story.told is None or not story.publications:
        return ()
    now = told_now(story, "")
    pairs = [(name, _meant_value(name, story.told), _meant_value(name, now)) for name in FIELDS]
    # A language that came later is no correction, and one that was given up is told no more.
    pairs += [("texts", text, now.texts[code]) for code, text in story.told.texts.items() if code in now.texts]
    return tuple(
        ToldChange(name, *_narrow_change(old, new))
        for name, old, new in pairs
        if _change_words(old) != _change_words(new)
    )


def _meant_value(name: str, told: PublishedSnapshot) -> str:
    """A field as readers understood it: a village named with its regency and province is the same village."""
    text = str(getattr(told, name))
    return short_place(text) if name == "place" else text


def _change_words(text: str) -> list[str]:
    return text.split()


def _narrow_change(before: str, after: str) -> tuple[str, str]:
    """The words that differ, with one word before and behind."""
    old, new = _change_words(before), _change_words(after)
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    start, tail = max(0, front - 1), max(0, back - 1)
    return " ".join(old[start : len(old) - tail]), " ".join(new[start : len(new) - tail])


def story_as_told(story: Story) -> Story:
    """A story as readers have it, while its correction is still due; the story itself where none is.

    Captions are put back where each has its line in what was given; else they are left out.
    """
    told = story.told
    if told is None or not story.publications:
        return story
    fields = {name: getattr(told, name) for name in FIELDS if name not in {"captions", "service_answers"}}
    items: list[Photo | Video] = [*story.photos, *story.videos]
    lines = told.captions.splitlines()
    if len(lines) != sum(bool(item.caption) for item in items):
        lines = [""] * len(items)
    words = iter(lines)
    photos = tuple(replace(item, caption=next(words, "") if item.caption else "") for item in story.photos)
    videos = tuple(replace(item, caption=next(words, "") if item.caption else "") for item in story.videos)
    # What other languages said is kept as one text: readers keep the pages they have, and no new ones are made of it,
    # but whoever judges what readers have reads it too.
    said = {language: Translation(body=text) for language, text in told.texts.items()}
    answers = _told_answers(story, told.service_answers)
    return replace(
        story, **fields, photos=photos, videos=videos, texts=said, outlet_languages={}, service_answers=answers
    )


def _told_answers(story: Story, told: str) -> dict[str, str]:
    """The answers of a notice as readers have them; under no question where it cannot be said which is whose."""
    names = sorted(name for name, text in story.service_answers.items() if text.strip())
    lines = told.splitlines()
    return dict(zip(names, lines, strict=True)) if len(names) == len(lines) else {"": told} if told else {}


def correction_due(story: Story) -> bool:
    """Whether readers were given something else than the story says now."""
    return bool(told_changes(story))


def correct_story(
    story: Story,
    what: str,
    reason: str,
    when: str,
    *,
    by: str = "",
    before: str = "",
    after: str = "",
    apology: bool = False,
    harmed: bool = False,
) -> StoryEdit:
    """Correct a published story in public.

    Args:
        story: as it is now, with the corrected text.
        what: what was wrong, for readers.
        reason: how it came to that; kept in the log.
        when: ISO 8601 day, or time with offset.
        by: who corrects.
        before: the words that were wrong; shown only together with ``after``.
        after: the right ones.
        apology: whether the group apologizes.
        harmed: someone was wronged by the mistake: whether they could answer is asked then.

    Raises:
        UserError: ``publish.not_published``, ``publish.what_needed``, ``publish.reason_needed`` or
            ``publish.date_needed``.
    """
    if not story.publications and story.status not in {"published", "corrected"}:
        raise UserError("publish.not_published")
    if not what.strip():
        raise UserError("publish.what_needed")
    if not reason.strip():
        raise UserError("publish.reason_needed")
    if not _is_moment(when):
        raise UserError("publish.date_needed", given=when)
    line = Correction(
        when=when,
        what=what.strip(),
        reason=reason.strip(),
        before=before.strip(),
        after=after.strip(),
        apology=apology,
        harmed=harmed,
    )

    def apply(now: Story) -> Story:
        if line in now.corrections:
            return now
        step = StatusChange(status="corrected", when=when, by=by, reason=reason.strip())
        return replace(
            now,
            status="corrected",
            corrections=(*now.corrections, line),
            log=(*now.log, step),
            told=told_now(now, when),
        )

    return StoryEdit("edit.corrected", apply)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def reword_correction(number: int, **changes: object) -> StoryEdit:
    """Change the words of a correction that was made already (from 0): a slip, or a name that must not stand there.

    Raises (when applied):
        TypeError: there is no such field.
    """

    def apply(story: Story) -> Story:
        after = tuple(replace(each, **changes) if at == number else each for at, each in enumerate(story.corrections))
        return story if after == story.corrections else replace(story, corrections=after)

    return StoryEdit("edit.corrected", apply)
