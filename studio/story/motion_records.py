"""How a story becomes a moving card, and the music under it."""

from __future__ import annotations

from studio.story.record_base import Record

TUNE_NAMES = ("pagi", "sawah", "pasar")
"""The tunes that the studio plays itself (``studio.video.tunes``), in the order they are offered."""
CARD_SECONDS = (6, 15, 30)
"""Lengths of a moving card: what Status, reels and advertisements of the apps are made for."""


class MusicBed(Record, frozen=True, kw_only=True):
    """Music under a voice: a ``file`` in ``media/``, or a ``tune`` that the studio plays itself.

    ``license`` says why the file may be used; without it the music stays out. ``title`` and ``author`` are shown.
    """

    file: str = ""
    tune: str = ""
    title: str = ""
    author: str = ""
    license: str = ""


class SpokenCaption(Record, frozen=True, kw_only=True):
    """Words of a narration, and from when to when they are spoken: seconds of it."""

    start: float
    end: float
    text: str


class MotionCard(Record, frozen=True, kw_only=True):
    """The moving card of a story.

    ``wanted`` says whether it is made; what was chosen for it stays when it is not. ``seconds`` is 6, 15 or 30, 0 for
    what reading takes. ``narration`` is a file in ``media/`` that is spoken over it;
    ``clean_sound`` takes hum and wind out of it. ``zoom`` has the photo come slowly closer.
    ``captions`` are the words of the narration, shown as they are spoken unless ``captioned`` is false.
    """

    wanted: bool = True
    seconds: float = 0.0
    narration: str = ""
    clean_sound: bool = False
    music: MusicBed | None = None
    zoom: bool = True
    captions: tuple[SpokenCaption, ...] = ()
    captioned: bool = True

    @property
    def shown_captions(self) -> tuple[SpokenCaption, ...]:
        """The captions that are seen; none without a narration."""
        return self.captions if self.captioned and self.narration else ()


USUAL_CARD = MotionCard(seconds=15)
"""The card of a story that nobody chose one for, in a group whose stories all get one."""
