"""The document: one story and the group that tells it, as frozen data.

Positions in pictures are fractions of the upright original (0..1, origin top left, x before y). Times are
seconds from the start of the original clip. Dates are ISO 8601 strings (``2026-11-22``, or with time and offset
``2026-11-22T09:05:00+07:00``); an empty string means "not given". Text is NFC. The body is Markdown: CommonMark
without raw HTML, limited to what ``studio.story.body`` knows.

Every record carries ``extra``: the fields of the file that this version does not know. They are written back
unchanged (docs/format.md).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from studio.story.motion_records import MotionCard, MusicBed
from studio.story.newsroom_records import (
    AudienceReading,
    Comment,
    PlannedPost,
    RightOfReply,
    StorySeries,
    Translation,
    VoiceRecording,
)
from studio.story.publication_records import Correction, Declaration, PublishedSnapshot
from studio.story.record_base import Record

FORMAT = (1, 1)
"""Version of story.json and workspace.json: a newer major is opened read-only, a newer minor is kept."""


class Point(NamedTuple):
    """A place as fractions of the upright picture. In files it is an array, as all tuples are."""

    x: float
    y: float


class Box(NamedTuple):
    """An area as fractions of the upright picture: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)


Status = Literal["draft", "review", "ready", "published", "corrected", "withdrawn"]
StoryKind = Literal["news", "event", "notice", "profile", "factcheck"]
ANNOUNCED: frozenset[StoryKind] = frozenset({"notice", "event"})
"""Kinds of story that announce something to come, with a fact box (``studio.story.occasion``)."""
AgeGroup = Literal["unknown", "child", "adult"]
PersonRole = Literal["subject", "source", "victim", "witness", "suspect", "official", "other"]
Verdict = Literal["", "true", "partly", "misleading", "false", "unproven", "checking"]
CoverStyle = Literal["solid", "mean"]
Fit = Literal["crop", "pad"]


class CoverKeyframe(Record, frozen=True, kw_only=True):
    """Where a cover of a clip is at a time (``at``, seconds of the original).

    ``doubt`` is why someone has to look at the stretch from here to the next keyframe, a code; "" for nothing.
    """

    at: float
    box: Box
    doubt: str = ""


class Cover(Record, frozen=True, kw_only=True):
    """A face or number plate hidden for good.

    Only ``solid`` and ``mean`` (one flat colour) exist: blur and mosaic can be undone (docs/decisions/solid-covers.md).
    ``start``/``end`` limit a cover of a video to a stretch of time; ``whole`` covers all of the picture. One that moves
    has ``keyframes``, and ``box`` is the hull of them all: what older versions hide (``studio.story.cover_path``).
    """

    box: Box = Box(0.0, 0.0, 1.0, 1.0)
    shape: Literal["box", "ellipse"] = "box"
    style: CoverStyle = "solid"
    color: str = "#1f2933"
    start: float | None = None
    end: float | None = None
    whole: bool = False
    keyframes: tuple[CoverKeyframe, ...] = ()


class LightAdjust(Record, frozen=True, kw_only=True):
    """Light and colour. Each value is -1..1, 0 leaves the photo alone; ``auto`` stretches tones first."""

    brightness: float = 0.0
    contrast: float = 0.0
    warmth: float = 0.0
    auto: bool = False


class Photo(Record, frozen=True, kw_only=True):
    """One photo of the story: the original in ``media/`` and the numbers that make it ready.

    ``focus`` is what must stay inside every crop (None: found automatically). ``faces`` are marked ones that may be
    seen: no crop that nobody chose cuts them, and no words lie on them. ``crop`` limits the photo before any
    ratio is cut. ``crops`` holds crops adjusted by hand, keyed by ratio ("4:5"). ``rotate`` is in degrees clockwise and
    includes straightening. ``fits`` says per ratio key whether the photo is cropped or padded. ``watermark``
    puts the group's mark on it. ``copyright`` is the owner's notice, ``rights`` the terms under which it may be used,
    ``place`` the town or village where it was taken, as its file says. ``origin_mark`` is what the file says of its
    origin (a term of IPTC's DigitalSourceType, or ``c2pa``), ``source_type`` what someone answered to that.
    """

    id: str
    file: str
    name: str = ""
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""
    alt: str = ""
    focus: Point | None = None
    faces: tuple[Box, ...] = ()
    crop: Box | None = None
    crops: dict[str, Box] = {}
    fits: dict[str, Fit] = {}
    rotate: float = 0.0
    flip: bool = False
    covers: tuple[Cover, ...] = ()
    adjust: LightAdjust = LightAdjust()
    people: tuple[str, ...] = ()
    people_checked: bool = False
    edited_label: str = ""
    rights: str = ""
    copyright: str = ""
    place: str = ""
    taken: str = ""
    origin_mark: str = ""
    source_type: str = ""
    watermark: bool = False


class Cut(Record, frozen=True, kw_only=True):
    """A kept piece of a clip: from ``start`` up to ``end``, in seconds; ``focus`` overrides the clip's."""

    start: float
    end: float
    focus: Point | None = None


class Cue(Record, frozen=True, kw_only=True):
    """One subtitle, timed on the original clip."""

    start: float
    end: float
    text: str


class Video(Record, frozen=True, kw_only=True):
    """One clip of the story: the original in ``media/``, the kept pieces and what is drawn over them.

    ``cuts`` are joined in their order; empty means all of it. ``title`` and ``title_detail`` make the lower third.
    ``poster`` is the time of the cover picture on the original. ``copyright``, ``place``, ``origin_mark`` and
    ``source_type`` are as for a photo. ``clean_sound`` takes hum and wind out. ``narration`` (a file in ``media/``) is
    spoken over it, and the clip's own sound steps back for it.
    """

    id: str
    file: str
    name: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    caption: str = ""
    credit: str = ""
    alt: str = ""
    cuts: tuple[Cut, ...] = ()
    reframe: Fit = "crop"
    focus: Point | None = None
    title: str = ""
    title_detail: str = ""
    title_card: str = ""
    closing_card: bool = True
    logo: bool = True
    subtitles: tuple[Cue, ...] = ()
    mute: bool = False
    level_sound: bool = True
    sound_track: int = 0
    clean_sound: bool = False
    fade: float = 0.0
    covers: tuple[Cover, ...] = ()
    poster: float | None = None
    old_covers: bool = False
    people: tuple[str, ...] = ()
    people_checked: bool = False
    edited_label: str = ""
    rights: str = ""
    copyright: str = ""
    place: str = ""
    origin_mark: str = ""
    source_type: str = ""
    narration: str = ""
    music: MusicBed | None = None


class Slideshow(Record, frozen=True, kw_only=True):
    """A video made of photos: slow zoom, captions, crossfade, optional narration (a file in ``media/``), music."""

    photos: tuple[str, ...] = ()
    seconds_each: float = 4.0
    crossfade: float = 0.6
    captions: bool = True
    zoom: bool = True
    narration: str = ""
    clean_sound: bool = False
    music: MusicBed | None = None


class Source(Record, frozen=True, kw_only=True):
    """A person or thing the story relies on."""

    name: str
    role: str = ""
    contact: str = ""
    when: str = ""
    note: str = ""
    terms: Literal["", "named", "background", "off_record", "embargo"] = ""


class ClaimEvidence(Record, frozen=True, kw_only=True):
    """A file or address that supports a claim, fixed by its hash and time.

    ``name`` is what the file was called before it came in. ``struck`` is the reason why it no longer counts; it stays.
    """

    file: str = ""
    name: str = ""
    url: str = ""
    sha256: str = ""
    when: str = ""
    note: str = ""
    struck: str = ""


class ClaimContact(Record, frozen=True, kw_only=True):
    """Someone who was asked about a claim; ``harmed`` marks the party it speaks ill of (PPMS 2).

    ``struck`` is the reason why the line no longer counts; it stays.
    """

    name: str
    how: str = ""
    when: str = ""
    answer: str = ""
    harmed: bool = False
    struck: str = ""


class ClaimChange(Record, frozen=True, kw_only=True):
    """What a field of a claim said before, who changed it and when: the ledger forgets nothing."""

    field: str
    before: str = ""
    after: str = ""
    when: str = ""
    by: str = ""


class Claim(Record, frozen=True, kw_only=True):
    """One row of the verification ledger (domain.md 2.4). Rows are added and closed, never deleted.

    ``picture`` is the id of the photo that went round with the claim: it is shown only under the stamp of the verdict.
    ``harmful`` says that the claim speaks ill of someone, ``urgent`` that readers need it before it is settled (PPMS
    2c). ``closed`` is when the row was put away, with its reason; such a row no longer counts.
    """

    id: str
    text: str
    kind: str = ""
    anchor: str = ""
    first_seen: str = ""
    received: str = ""
    evidence: tuple[ClaimEvidence, ...] = ()
    steps: dict[str, str] = {}
    asked: tuple[ClaimContact, ...] = ()
    references: tuple[str, ...] = ()
    verdict: Verdict = ""
    disorder: str = ""
    explanation: str = ""
    checker: str = ""
    second_reader: str = ""
    date: str = ""
    confidence: Literal["", "low", "medium", "high"] = ""
    public: bool = False
    harmful: bool = False
    urgent: bool = False
    picture: str = ""
    closed: str = ""
    closed_reason: str = ""
    changes: tuple[ClaimChange, ...] = ()


class Consent(Record, frozen=True, kw_only=True):
    """What someone agreed to, and how."""

    given: bool = False
    how: str = ""
    by: str = ""
    scope: str = ""
    limits: str = ""
    when: str = ""
    withdrawn: str = ""
    file: str = ""


class Person(Record, frozen=True, kw_only=True):
    """Someone in the story. A child is under 18 (Peraturan Dewan Pers 1/2019), never 16.

    ``identifiers`` are the words that would give a protected person away: initials, relatives, school,
    street, RT/RW, village. ``missing``: is being looked for and may be named until found (PPRA).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    age_group: AgeGroup = "unknown"
    role: PersonRole = "subject"
    protected: bool = False
    identifiers: tuple[str, ...] = ()
    missing: bool = False
    consent: Consent = Consent()
    note: str = ""


class LeadAnswers(Record, frozen=True, kw_only=True):
    """5W+1H, in the reporter's own words."""

    what: str = ""
    who: str = ""
    where: str = ""
    when: str = ""
    why: str = ""
    how: str = ""


class TextOverride(Record, frozen=True, kw_only=True):
    """A post's text adjusted by hand, from the text ``made`` with the hash ``base``."""

    text: str
    base: str = ""
    when: str = ""
    made: str = ""


class Publication(Record, frozen=True, kw_only=True):
    """One line of the publication log, with what was read off the platform later."""

    outlet: str
    when: str
    link: str = ""
    by: str = ""
    note: str = ""
    readings: tuple[AudienceReading, ...] = ()


class StatusChange(Record, frozen=True, kw_only=True):
    """One step of the story's way, or a block that was overridden; ``reason`` is what the user typed.

    ``finding`` is the key of the block, "" for a step.
    """

    status: Status
    when: str
    by: str = ""
    reason: str = ""
    finding: str = ""


class Story(Record, frozen=True, kw_only=True):
    """One story: the only thing that is edited. Every post is a function of it.

    ``overrides`` is keyed by ``"<outlet>/<file>"``. ``date`` is the date of the event, ``date_end``
    its last day when it has several, ``hours`` as in ``studio.story.hour_reading``; ``valid_until`` is printed on the
    notice board. ``designs`` are card designs chosen for this story, keyed as in ``Group.designs``. ``texts`` is keyed
    by language (BCP 47); ``outlet_languages`` says in which languages an outlet gets the story, the first in the usual
    place; an outlet it does not name gets the one of ``language``. ``service`` is the kind of a notice
    (``assets/services``), ``service_answers`` what its own questions were answered with. ``former_folders`` are names
    its folder had: its page at such an address points on. ``points`` are marks of the sentences ticked as key points
    (``studio.story.key_points``), ``slides`` those of the carousel (``slide_order``), None what is proposed of them.
    """

    id: str
    kind: StoryKind = "news"
    status: Status = "draft"
    headline: str = ""
    kicker: str = ""
    place: str = ""
    date: str = ""
    date_end: str = ""
    hours: str = ""
    byline: tuple[str, ...] = ()
    editor: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    photos: tuple[Photo, ...] = ()
    cover: str = ""
    videos: tuple[Video, ...] = ()
    slideshow: Slideshow | None = None
    recordings: tuple[VoiceRecording, ...] = ()
    motion: MotionCard | None = None
    answers: LeadAnswers = LeadAnswers()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    people: tuple[Person, ...] = ()
    overrides: dict[str, TextOverride] = {}
    designs: dict[str, str] = {}
    family: str = ""
    publications: tuple[Publication, ...] = ()
    corrections: tuple[Correction, ...] = ()
    told: PublishedSnapshot | None = None
    log: tuple[StatusChange, ...] = ()
    words_ignored: tuple[str, ...] = ()
    put_aside: tuple[str, ...] = ()
    declarations: dict[str, Declaration] = {}
    comments: tuple[Comment, ...] = ()
    right_of_reply: tuple[RightOfReply, ...] = ()
    texts: dict[str, Translation] = {}
    outlet_languages: dict[str, tuple[str, ...]] = {}
    series: StorySeries | None = None
    service: str = ""
    service_answers: dict[str, str] = {}
    planned: tuple[PlannedPost, ...] = ()
    former_folders: tuple[str, ...] = ()
    points: tuple[str, ...] | None = None
    slides: tuple[str, ...] | None = None
    valid_until: str = ""
    language: str = "id"
    advertorial: bool = False
    created: str = ""
    modified: str = ""


class GroupColors(Record, frozen=True, kw_only=True):
    """The group's two colours, as ``#rrggbb``."""

    main: str = "#0f6b5c"
    accent: str = "#f2b705"


class Group(Record, frozen=True, kw_only=True):
    """The profile of the group: who signs the posts.

    ``accounts`` is keyed by outlet id (``instagram`` -> ``@kim.sukamaju``). ``site``: address, without trailing slash.
    ``logo`` lies beside workspace.json, "" draws initials. ``moving_cards``: ``studio.story.clips.gets_usual_card``.
    """

    id: str = ""
    name: str = ""
    full_name: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""
    province: str = ""
    region_code: str = ""
    time_zone: Literal["WIB", "WITA", "WIT"] = "WIB"
    logo: str = ""
    colors: GroupColors = GroupColors()
    font: Literal["sans", "serif"] = "sans"
    accounts: dict[str, str] = {}
    site: str = ""
    hashtags: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    address: str = ""
    license: str = ""
    members: tuple[str, ...] = ()
    dictionary: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    designs: dict[str, str] = {}
    family: str = ""
    moving_cards: bool = False


def cover_photo(story: Story) -> Photo | None:
    """The photo that stands for the story: the one chosen as cover, else the first."""
    chosen = next((photo for photo in story.photos if photo.id == story.cover), None)
    return chosen or (story.photos[0] if story.photos else None)
