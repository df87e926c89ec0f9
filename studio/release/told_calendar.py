"""What a calendar may tell outside of the studio, on the wall and on phones: the gate's redaction, as for the report.

A plan names stories long before they are finished. One that the gate would hold back is shown as a line without words;
titles, places and remarks are searched for whoever is protected in any story. Nothing else makes a ``ToldEntry``
(``tests/test_ways_out.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.base.progress import SilentProgress
from studio.release.release_gate import judge_here
from studio.release.shielded_words import may_tell, read_library
from studio.story.date_formats import parse_moment
from studio.story.expiry import last_day
from studio.story.people import is_shielded
from studio.story.reader_fields import for_readers
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from studio.base.progress import Progress
    from studio.group.products import Product
    from studio.release.shielded_words import ShieldedNames
    from studio.store.story_calendar import CalendarEntry, CalendarSpan, EntryKind
    from studio.store.workspace import Workspace
    from studio.story.model import Story

_EPOCH = 1_577_836_800
"""1 January 2020: revisions are seconds since then, so that they fit the 32 bits some phones have for them."""


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """One line that may be seen by anybody.

    Attributes:
        kind, first, last, outlets, clock, hours, done, late: as in ``CalendarEntry``.
        sort: the kind of story.
        title: "" for a story without a headline, and where ``hidden``.
        place: of an event; "" where it may not be told.
        by: who does it; likewise.
        note: likewise.
        hidden: the story is held back: its day is told and none of its words.
        over: a plan for a notice or event whose last day comes before it: the gate would make no posts then.
        key: stays the same when the entry is moved or reworded; says nothing of the story.
        revision: grows whenever the story is changed.
    """

    kind: EntryKind
    sort: str
    first: date
    last: date
    outlets: tuple[str, ...]
    clock: str
    hours: str
    done: bool
    late: bool
    title: str
    place: str
    by: str
    note: str
    hidden: bool
    over: bool
    key: str
    revision: int


@dataclass(frozen=True, slots=True)
class ToldCalendar:
    """Entries by day, and which stories were held back or could not be read."""

    span: CalendarSpan
    entries: tuple[ToldEntry, ...]
    notices: tuple[WorkNotice, ...]

    def lines_on(self, day: date) -> tuple[ToldEntry, ...]:
        """The lines of a day."""
        return tuple(entry for entry in self.entries if entry.first <= day <= entry.last)


def tell_calendar(
    workspace: Workspace, span: CalendarSpan, products: Iterable[Product] = (), progress: Progress | None = None
) -> ToldCalendar:
    """Judge all that stands in a stretch of days.

    Args:
        workspace: open; reading is enough.
        span: of its calendar.
        products: of the group: their makers may have to be protected too.
        progress: called story by story; may raise ``WorkCancelled``.
    """
    progress = progress or SilentProgress()
    wanted = {entry.story.folder for entry in span.all_entries()}
    read = read_library(
        workspace, products, lambda folder, story: folder in wanted and not is_withdrawn(story), progress
    )
    judge = _CalendarJudge(workspace, read.shield)
    told = tuple(
        judge.judge_entry(entry, read.stories[entry.story.folder])
        for entry in span.all_entries()
        if entry.story.folder in read.stories
    )
    hidden = (WorkNotice("calendar.hidden", {"story": folder}) for folder in judge.hidden)
    progress.report(1, 1, "")
    return ToldCalendar(span, told, (*read.notices, *hidden))


class _CalendarJudge:
    """Judges each story once."""

    def __init__(self, workspace: Workspace, shield: ShieldedNames) -> None:
        self._workspace, self._shield = workspace, shield
        self._titles: dict[str, str | None] = {}

    @property
    def hidden(self) -> Iterator[str]:
        """Folders of stories that are held back."""
        return (folder for folder, title in self._titles.items() if title is None)

    def judge_entry(self, entry: CalendarEntry, story: Story) -> ToldEntry:
        title, says = self._told_title(entry.story.folder, story), self._voice(story)
        shown = title is not None
        return ToldEntry(
            kind=entry.kind,
            sort=story.kind,
            first=entry.first,
            last=entry.last,
            outlets=entry.outlets,
            clock=entry.clock,
            hours=says(entry.hours) if shown else "",
            done=entry.done,
            late=entry.late,
            title=title or "",
            place=says(story.place) if shown and entry.kind == "event" else "",
            by=says(entry.by) if shown else "",
            note=says(entry.note) if shown else "",
            hidden=not shown,
            over=_is_over(entry, story),
            key=_sort_key(entry, story),
            revision=_revision(story),
        )

    def _voice(self, story: Story) -> Callable[[str], str]:
        """Lets words through that name nobody who is shielded."""
        group = self._workspace.group
        known = tuple(person for person in story.people if not is_shielded(person) and not person.consent.withdrawn)

        def says(words: str) -> str:
            said = " ".join(words.split())
            return said if may_tell(self._shield, group, words=said, known=known) else ""

        return says

    def _told_title(self, folder: str, story: Story) -> str | None:
        """The headline; None where nothing of the story may be told."""
        if folder not in self._titles:
            title = " ".join(for_readers(story).headline.split())
            kept_back = _is_embargoed(story) or bool(judge_here(self._workspace, story, folder).refusals)
            self._titles[folder] = None if kept_back or (title and not self._voice(story)(title)) else title
        return self._titles[folder]


def _is_embargoed(story: Story) -> bool:
    """Whether somebody asked to wait; the story keeps no hour, so that what has appeared tells that it is over."""
    return not story.publications and any(source.terms == "embargo" for source in story.sources)


def _is_over(entry: CalendarEntry, story: Story) -> bool:
    last = last_day(story)
    return entry.kind == "plan" and last is not None and entry.first > last


def _sort_key(entry: CalendarEntry, story: Story) -> str:
    # Hashed: an id that came with a file may be anybody's name.
    number = 0
    if entry.kind == "plan":
        same = [plan.when for plan in story.planned if plan.outlet in entry.outlets]
        number = same.index(entry.moment) if entry.moment in same else 0
    series = story.series.id if story.series is not None and entry.kind == "series" else ""
    whose = f"{series}|{entry.first}" if series else f"{story.id}|{'|'.join(entry.outlets)}|{number}"
    return sha256(f"{entry.kind}|{whose}".encode()).hexdigest()[:32]


def _revision(story: Story) -> int:
    moment = parse_moment(story.modified)
    return max(0, int(moment.timestamp()) - _EPOCH) if moment is not None else 0
