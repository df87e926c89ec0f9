"""The next story of a series: what of a story goes along, and what has to be asked again.

New is every day that stands as a field, and the same day where it stands in a text (``studio.story.dates_in_text``) but
for what a picture shows and what is said in a clip: there it is asked about.
Nothing of what was done with the old story goes along: where it appeared, its log, statements, consents that were
given, who checked it, the ledger, remarks, corrections, posts adjusted by hand, translations. What protects someone
stays: covers, protected people, consents taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.date_formats import parse_date
from studio.story.dates_in_text import EventSpan, redate_text
from studio.story.edits import StoryEdit
from studio.story.model import Consent, LeadAnswers, Photo, Story, Video
from studio.story.series_days import next_day, series_days, shifted, without_count

if TYPE_CHECKING:
    from datetime import date

    from studio.story.model import Person, Source
    from studio.story.newsroom_records import StorySeries

M = TypeVar("M", Photo, Video)
_TEXTS = ("headline", "kicker", "summary", "body")
_MEDIA_TITLES = ("title", "title_detail", "title_card")
_MEDIA_FACTS = ("caption", "alt", "edited_label")
"""What was seen on the day a picture was taken: with another day it would be untrue."""
_GOES_ALONG = (
    *(
        "kind",
        "kicker",
        "place",
        "hours",
        "byline",
        "category",
        "tags",
        "cover",
        "slideshow",
        "motion",
        "designs",
        "family",
    ),
    *("words_ignored", "service", "language", "advertorial", "points", "outlet_languages"),
)
"""Fields that are the same in the next story."""
_ANSWERS = ("what", "who", "where", "when", "why", "how")


@dataclass(frozen=True, slots=True)
class SeriesStory:
    """The next story, and what its maker is to know.

    Attributes:
        story: without ``id``, ``created`` and ``modified``.
        day: of its event.
        changed: dates in texts that were rewritten: address, before, after.
        left: dates in texts that stand as they were: address, words. The checks ask about them until they are gone.
    """

    story: Story
    day: date
    changed: tuple[tuple[str, str, str], ...]
    left: tuple[tuple[str, str], ...]


def set_series(series: StorySeries | None) -> StoryEdit:
    """Make a story one of a series, or take it out."""
    return StoryEdit(
        "edit.series", lambda story: story if story.series == series else replace(story, series=series), "series"
    )


def require_day(story: Story) -> date:
    """The day from which a series is counted.

    Raises:
        UserError: ``series.no_date``: the story has none.
    """
    day = parse_date(story.date)
    if day is None:
        raise UserError("series.no_date", story=story.headline or "–")
    return day


def next_story(story: Story, day: date) -> SeriesStory:
    """The story again, for another day.

    Args:
        story: of a series, with the day of its event.
        day: of the new one: any day after its own; ``series_days`` tells those of the series.

    Raises:
        UserError: ``series.none``, ``series.no_date`` or ``series.not_later``.
    """
    series, old = story.series, require_day(story)
    if series is None:
        raise UserError("series.none", story=story.headline or "–")
    if day <= old:
        raise UserError("series.not_later", day=day.isoformat())
    copier = _StoryCopier(story, old, day)
    made = copier.copy(without_count(series, old))
    return SeriesStory(made, day, tuple(copier.changed), tuple(copier.left))


class _StoryCopier:
    """Copies one story and remembers which dates it met."""

    def __init__(self, story: Story, old: date, new: date) -> None:
        self._story = story
        self._old, self._new = old, new
        self.changed: list[tuple[str, str, str]] = []
        self.left: list[tuple[str, str]] = []
        ends = max(old, parse_date(story.date_end) or old)
        self._pairs = [(EventSpan(old, ends), EventSpan(new, self._moved_day(ends)))]
        if (until := parse_date(story.valid_until)) and until not in {old, ends}:
            later = self._moved_day(until)
            self._pairs.append((EventSpan(until, until), EventSpan(later, later)))

    def _words(self, address: str, text: str) -> str:
        made = redate_text(text, self._pairs)
        self.changed += [(address, *pair) for pair in made.changed]
        self.left += [(address, words) for words in made.left]
        return made.text

    def _ask_about(self, address: str, text: str) -> None:
        """Note every date of a text that stays as it is."""
        made = redate_text(text, self._pairs)
        self.left += [(address, words) for words in (*(before for before, _ in made.changed), *made.left)]

    def _day(self, text: str) -> str:
        return shifted(text, self._old, self._new)

    def _moved_day(self, day: date) -> date:
        """A day as far from the new one as it was from the old; the last of the calendar stays where it is."""
        return parse_date(self._day(day.isoformat())) or day

    def copy(self, series: StorySeries) -> Story:
        story = self._story
        texts: dict[str, Any] = {name: getattr(story, name) for name in _GOES_ALONG}
        texts |= {name: self._words(name, getattr(story, name)) for name in _TEXTS}
        answers: dict[str, Any] = {
            name: self._words(f"answers/{name}", getattr(story.answers, name)) for name in _ANSWERS
        }
        photos, videos = self._photos(), tuple(self._clip(clip) for clip in story.videos)
        show = story.slideshow
        if show is not None:  # what was spoken names the old day, and nobody hears it without playing
            kept = {photo.id for photo in photos}
            show = replace(show, narration="", photos=tuple(each for each in show.photos if each in kept))
        texts["slideshow"] = show
        if story.motion is not None:
            texts["motion"] = replace(story.motion, narration="", captions=())
        if texts["cover"] and texts["cover"] not in {photo.id for photo in photos}:
            texts["cover"] = ""
        made = Story(
            id="",
            **texts,
            date=self._new.isoformat(),
            date_end=self._day(story.date_end),
            valid_until=self._day(story.valid_until),
            answers=LeadAnswers(**answers),
            photos=photos,
            videos=videos,
            sources=tuple(_asked_anew(source) for source in story.sources),
            people=tuple(_unconsented(person) for person in story.people),
            service_answers=self._service_answers(),
            planned=tuple(replace(plan, when=self._day(plan.when)) for plan in story.planned),
        )
        left = tuple(dict.fromkeys(words for _, words in self.left))
        return replace(made, series=replace(series, follows=story.id, carried_dates=left))

    def _service_answers(self) -> dict[str, str]:
        """A bare day is a field; in words it is a text."""
        return {
            name: self._day(said) if parse_date(said) else self._words(f"service_answers/{name}", said)
            for name, said in self._story.service_answers.items()
        }

    def _photos(self) -> tuple[Photo, ...]:
        # A picture that went round is shown under the stamp of its verdict only, and the ledger stays behind.
        doubtful = {claim.picture for claim in self._story.claims}
        return tuple(self._item("photos", photo) for photo in self._story.photos if photo.id not in doubtful)

    def _item(self, root: str, item: M) -> M:
        """A photo or clip: its covers stay, but a person has to look again who can be recognised."""
        place = f"{root}/{item.id}"
        for name in _MEDIA_FACTS:
            self._ask_about(f"{place}/{name}", getattr(item, name))
        names = [name for name in _MEDIA_TITLES if hasattr(item, name)]
        words: dict[str, Any] = {name: self._words(f"{place}/{name}", getattr(item, name)) for name in names}
        return replace(item, people_checked=False, **words)

    def _clip(self, clip: Video) -> Video:
        for number, cue in enumerate(clip.subtitles):
            self._ask_about(f"videos/{clip.id}/subtitles/{number}", cue.text)
        return self._item("videos", replace(clip, narration=""))


def _asked_anew(source: Source) -> Source:
    return replace(source, when="")


def _unconsented(person: Person) -> Person:
    """A consent was given for one story; one that was taken back goes on protecting."""
    return person if person.consent.withdrawn else replace(person, consent=Consent())


def first_day(story: Story, today: date) -> date:
    """The day of the next story: the first of the series that is not past.

    Raises:
        UserError: ``series.none``, ``series.no_date``, ``series.rule`` or ``series.over``.
    """
    day = require_day(story)
    if story.series is None:
        raise UserError("series.none", story=story.headline or "–")
    return next_day(without_count(story.series, day), day, today)


def days_to_choose(story: Story, count: int) -> tuple[date, ...]:
    """The next days of a story's series; empty when it is over or the story is of none.

    Raises:
        UserError: ``series.rule`` or ``series.no_date``.
    """
    if story.series is None:
        return ()
    day = require_day(story)
    return series_days(without_count(story.series, day), day, count)
