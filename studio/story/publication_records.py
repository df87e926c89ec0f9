"""What was said to readers when a story appeared or was corrected, and what someone vouches for: frozen data.

Fields of a story, as those of ``studio.story.model``; their contract is in docs/format.md.
"""

from __future__ import annotations

from studio.story.record_base import Record


class PublishedSnapshot(Record, frozen=True, kw_only=True):
    """What readers were given when the story appeared or was last corrected: what differs later needs a correction.

    ``captions`` are those of all photos and clips, ``service_answers`` those of a notice's form, a line each. ``texts``
    is the story in every other language it went out in, by language, each as one text.
    """

    when: str = ""
    headline: str = ""
    kicker: str = ""
    place: str = ""
    date: str = ""
    date_end: str = ""
    hours: str = ""
    valid_until: str = ""
    service_answers: str = ""
    summary: str = ""
    body: str = ""
    captions: str = ""
    texts: dict[str, str] = {}


class Correction(Record, frozen=True, kw_only=True):
    """A public correction (ralat): what changed and why (Pedoman Pemberitaan Media Siber 4).

    ``harmed``: someone was wronged by the mistake, and has a right to answer (KEJ pasal 11).
    """

    when: str
    what: str
    reason: str = ""
    before: str = ""
    after: str = ""
    apology: bool = False
    harmed: bool = False


class Declaration(Record, frozen=True, kw_only=True):
    """Someone vouches for what no rule can find out (``Story.declarations``): who, and when (ISO 8601)."""

    when: str
    by: str = ""
