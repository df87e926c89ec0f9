"""What several people work out on one story: comments, series, other languages, plans, readers counted.

Fields of format 1.1. Their contract is in docs/format.md; nothing of them reaches readers until
``studio.story.reader_fields`` says so. No closed lists of words here: a later version may use new ones, and this one
must be able to write the file back.
"""

from __future__ import annotations

from studio.story.record_base import Record


class CommentReply(Record, frozen=True, kw_only=True):
    """One line below a comment."""

    text: str
    by: str = ""
    when: str = ""


class Comment(Record, frozen=True, kw_only=True):
    """A remark about a place in the story, or a change someone suggests there.

    ``place`` is an address as findings have it (``headline``, ``body``, ``photos/p1/caption``, ``videos/v1``).
    ``quote`` is what it is about, as it stood then, and ``start`` where, in characters of that text as it is read,
    ``before`` and ``after`` what stood around it (``studio.story.comment_anchors`` finds it again); for a clip
    ``begins`` and ``ends`` in seconds of the original. ``suggestion`` would be in the place of ``quote``; None
    suggests nothing, "" suggests to leave it out. ``required`` keeps the story from being published until it is
    ``resolved`` (when). ``answer`` is ``accepted`` or ``refused`` for a suggestion that was decided about.
    """

    id: str
    place: str
    text: str = ""
    quote: str = ""
    start: int = 0
    before: str = ""
    after: str = ""
    begins: float | None = None
    ends: float | None = None
    suggestion: str | None = None
    answer: str = ""
    required: bool = False
    by: str = ""
    when: str = ""
    resolved: str = ""
    resolved_by: str = ""
    replies: tuple[CommentReply, ...] = ()


class StorySeries(Record, frozen=True, kw_only=True):
    """The row of stories this one belongs to.

    ``rule`` is an RFC 5545 RRULE without DTSTART (``FREQ=MONTHLY;BYDAY=1TU``), counted from the story's own date.
    ``market_day`` is a day of the Javanese five-day week (``Pon``) that a date must fall on as well. ``except_days``
    are left out. ``follows`` is the ``id`` of the story this one was made from, ``carried_dates`` the dates in its
    texts that came along unchanged, as they stood: while one is there, the checks ask about it.
    """

    id: str
    rule: str = ""
    market_day: str = ""
    except_days: tuple[str, ...] = ()
    until: str = ""
    follows: str = ""
    carried_dates: tuple[str, ...] = ()


class Translation(Record, frozen=True, kw_only=True):
    """The story in another language, beside the Indonesian one.

    ``captions``, ``alts``, ``titles``, ``title_details`` and ``title_cards`` are keyed by the ``id`` of the photo or
    clip, ``subtitles`` by that of the clip: a text for each of its subtitles, in their order; ``service_answers`` by
    the name of the question. ``sources`` holds, for each text by its address here (``captions/p1``), the original it
    was made from: where that says something else by now, it is out of date. ``made_from`` is a hash of all that was
    translated and speaks for texts that ``sources`` does not name (``studio.story.translations``).
    """

    headline: str = ""
    kicker: str = ""
    place: str = ""
    summary: str = ""
    body: str = ""
    captions: dict[str, str] = {}
    alts: dict[str, str] = {}
    titles: dict[str, str] = {}
    title_details: dict[str, str] = {}
    title_cards: dict[str, str] = {}
    subtitles: dict[str, tuple[str, ...]] = {}
    service_answers: dict[str, str] = {}
    sources: dict[str, str] = {}
    made_from: str = ""
    by: str = ""
    checked_by: str = ""
    when: str = ""


class PlannedPost(Record, frozen=True, kw_only=True):
    """When a story is meant to appear at an outlet, and who does it."""

    outlet: str
    when: str
    by: str = ""
    note: str = ""


class AudienceReading(Record, frozen=True, kw_only=True):
    """What someone read off a platform, on the day they read it. None where nothing was read."""

    when: str
    seen: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    copies: int | None = None
    by: str = ""


class RightOfReply(Record, frozen=True, kw_only=True):
    """What a person whom a story speaks of answers to it (UU Pers 40/1999, pasal 5): their own words."""

    text: str
    by: str = ""
    role: str = ""
    when: str = ""
    received: str = ""


class VoiceRecording(Record, frozen=True, kw_only=True):
    """A voice note or an interview: a file in ``media/``, its length in seconds, when it was ``taken`` (ISO 8601).

    ``script`` is what lay before the reader while it was recorded, as it is spoken.
    """

    id: str
    file: str
    name: str = ""
    seconds: float = 0.0
    taken: str = ""
    script: str = ""
