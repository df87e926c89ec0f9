"""THE table of what reaches readers: every field of every record of a story and its group, and how it gets out.

The templates' context is made from ``for_readers(story)``, which holds nothing else; the rules about people search
``reader_texts``, which leaves nothing out. A field that is missing here is kept in, and
``tests/story/test_reader_fields.py`` fails until someone has decided about it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec import NODEFAULT
from msgspec.structs import fields, replace

from studio.story.model import (
    Claim,
    ClaimChange,
    ClaimContact,
    ClaimEvidence,
    Consent,
    Cover,
    CoverKeyframe,
    Cue,
    Cut,
    Group,
    GroupColors,
    LeadAnswers,
    LightAdjust,
    Person,
    Photo,
    Publication,
    Slideshow,
    Source,
    StatusChange,
    Story,
    TextOverride,
    Video,
)
from studio.story.motion_records import MotionCard, MusicBed, SpokenCaption
from studio.story.newsroom_records import (
    AudienceReading,
    Comment,
    CommentReply,
    PlannedPost,
    RightOfReply,
    StorySeries,
    Translation,
    VoiceRecording,
)
from studio.story.publication_records import Correction, Declaration, PublishedSnapshot
from studio.story.record_base import Record
from studio.story.text import HIDDEN_DIRECTION
from studio.story.translations import without_strays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Reach = Literal["prose", "label", "value", "part", "kept"]
"""How a field gets out.

``prose``: words readers see, in sentences. ``label``: words whose capitals say nothing: tags, links, names of files and
ids. ``value``: shapes a post, but is never printed as it stands: a number, a choice, a time, the name of a file in
``media/``. ``part``: records with fields of their own. ``kept``: stays in the workspace.
"""

_KEPT: Mapping[str, Reach] = {}
"""Records nobody sees anything of."""


def reach_row(prose: str = "", label: str = "", value: str = "", part: str = "", kept: str = "") -> Mapping[str, Reach]:
    """A row of the table: names of fields, with spaces between, by how they get out."""
    rows: tuple[tuple[Reach, str], ...] = (
        ("prose", prose),
        ("label", label),
        ("value", value),
        ("part", part),
        ("kept", kept),
    )
    return {field: reach for reach, names in rows for field in names.split()}


READER_FIELDS: Mapping[type[Record], Mapping[str, Reach]] = {
    Story: reach_row(
        prose="headline kicker place date date_end hours editor category summary body valid_until byline"
        " service_answers",
        label="tags language",
        value="id kind status cover designs family log created advertorial service points slides outlet_languages",
        part="sources photos videos slideshow motion claims overrides publications corrections right_of_reply texts",
        kept="answers people told words_ignored put_aside declarations modified comments series planned former_folders"
        " recordings",
    ),
    Photo: reach_row(
        prose="caption credit alt edited_label rights copyright place",
        label="id name",
        value="file width height focus faces crop crops fits rotate flip covers adjust taken watermark"
        " origin_mark source_type",
        kept="people people_checked",
    ),
    Video: reach_row(
        prose="caption credit alt title title_detail title_card edited_label rights copyright place",
        label="id name",
        value="file width height seconds cuts reframe focus closing_card logo mute level_sound fade covers poster"
        " origin_mark source_type sound_track clean_sound narration",
        part="subtitles music",
        kept="people people_checked old_covers",
    ),
    Cue: reach_row(prose="text", value="start end"),
    Translation: reach_row(
        prose="headline kicker place summary body captions alts titles title_details title_cards subtitles"
        " service_answers",
        kept="sources made_from by checked_by when",
    ),
    Slideshow: reach_row(value="photos seconds_each crossfade captions zoom narration clean_sound", part="music"),
    MotionCard: reach_row(value="wanted seconds narration clean_sound zoom captioned", part="music captions"),
    SpokenCaption: reach_row(prose="text", value="start end"),
    MusicBed: reach_row(prose="title author license", value="file tune"),
    Source: reach_row(prose="name role", value="terms", kept="contact when note"),
    Claim: reach_row(
        prose="text explanation disorder",
        label="references",
        value="id verdict public picture closed",
        kept="kind anchor first_seen received evidence steps asked checker second_reader date confidence harmful urgent"
        " closed_reason changes",
    ),
    TextOverride: reach_row(prose="text", kept="base when made"),
    Publication: reach_row(label="link", value="outlet when", kept="by note readings"),
    Correction: reach_row(prose="what reason before after", value="when apology", kept="harmed"),
    RightOfReply: reach_row(prose="text by role", value="when received"),
    StatusChange: reach_row(value="status when", kept="by reason finding"),
    Group: reach_row(
        prose="name full_name village district regency province address license",
        label="site phone email accounts hashtags",
        value="id time_zone logo colors font members designs family outlets moving_cards",
        kept="region_code dictionary",
    ),
    Cover: reach_row(value="box shape style color start end whole keyframes"),
    CoverKeyframe: reach_row(value="at box doubt"),
    Cut: reach_row(value="start end focus"),
    LightAdjust: reach_row(value="brightness contrast warmth auto"),
    GroupColors: reach_row(value="main accent"),
    **dict.fromkeys(
        (ClaimEvidence, ClaimContact, ClaimChange, Consent, Person, LeadAnswers, PublishedSnapshot, Declaration), _KEPT
    ),
    **dict.fromkeys((Comment, CommentReply, StorySeries, PlannedPost, AudienceReading, VoiceRecording), _KEPT),
}
"""How each field of each record gets out; ``extra``, what other versions wrote, is kept everywhere."""

R = TypeVar("R", bound=Record)


def reach_of(kind: type[Record]) -> Mapping[str, Reach]:
    """How the fields of a record get out: its row of the table; a record of ``studio.group`` says it in its ``reach``.

    Raises:
        KeyError: nobody has decided about this record.
    """
    if kind in READER_FIELDS:
        return READER_FIELDS[kind]
    own: Mapping[str, Reach] | None = vars(kind).get("reach")
    if own is None:
        raise KeyError(kind.__name__)
    return own


NAMEABLE = frozenset({"", "named"})
"""What was agreed with a source who may be named."""
_HIDDEN_CLAIM = "–"
"""Stands for the words of a claim that readers are not to see: only its verdict reaches them."""


def for_readers(story: Story) -> Story:
    """A story with nothing in it but what may reach readers; what posts are made of. No hidden direction signs."""
    shown: Story = _strip_directions(_reachable_story(story))
    return shown


def _reachable_story(story: Story) -> Story:
    claims = tuple(_reachable_claim(claim) for claim in story.claims if not claim.closed)
    sources = tuple(_reachable_source(source) for source in story.sources)
    return _strip_record(replace(story, claims=claims, sources=sources, texts=without_strays(story)))


def _reachable_source(source: Source) -> Source:
    """A source who was promised to stay out, or whose word waits, keeps a place in the list and nothing else."""
    return source if source.terms in NAMEABLE else Source(name="", terms=source.terms)


def _reachable_claim(claim: Claim) -> Claim:
    if claim.public or not claim.text.strip():
        return claim
    return Claim(id=claim.id, text=_HIDDEN_CLAIM, verdict=claim.verdict, picture=claim.picture)


def _strip_record(record: R) -> R:
    changes = dict(_blank_fields(type(record)))
    table = reach_of(type(record))
    for name in (name for name, reach in table.items() if reach == "part" or name == "log"):
        changes[name] = _stripped_part(getattr(record, name))
    return replace(record, **changes)


def _strip_directions(value: Any) -> Any:
    """Without hidden signs of direction; the same object where there are none."""
    if isinstance(value, str):
        return value if value.isascii() else HIDDEN_DIRECTION.sub("", value)
    if isinstance(value, tuple):
        made = tuple(_strip_directions(item) for item in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    if isinstance(value, dict):
        return {key: _strip_directions(item) for key, item in value.items()}
    if not isinstance(value, Record):
        return value
    table = reach_of(type(value))
    names = [name for name, reach in table.items() if reach in {"prose", "label", "part"}]
    changes = {name: new for name in names if (new := _strip_directions(old := getattr(value, name))) is not old}
    return replace(value, **changes) if changes else value


@lru_cache(maxsize=64)
def _blank_fields(kind: type[Record]) -> tuple[tuple[str, Any], ...]:
    """The fields that are kept in, with what is in them instead."""
    table = reach_of(kind)
    return tuple((field.name, _blank_value(field)) for field in fields(kind) if table.get(field.name, "kept") == "kept")


def _blank_value(field: Any) -> Any:
    if field.default is not NODEFAULT:
        return field.default
    return field.default_factory() if field.default_factory is not NODEFAULT else ""


def _stripped_part(value: Any) -> Any:
    if isinstance(value, Record):
        return _strip_record(value)
    if isinstance(value, tuple):
        return tuple(_strip_record(item) for item in value)
    if isinstance(value, dict):
        return {key: _strip_record(item) for key, item in value.items()}
    return value


# ------------------------------------------------------------------------------------------------ reading


def reader_texts(story: Story, group: Group | None = None) -> Iterator[tuple[str, str, Reach]]:
    """Every text that may reach readers, with its address (``studio.story.places``) and how it is written.

    Args:
        story: any story.
        group: who signs; None leaves its words out. Their addresses begin with ``group/``.

    Yields:
        Address, text, ``prose`` or ``label``; empty texts are left out.
    """
    for address, text, reach in _walk_fields("", _reachable_story(story)):
        if text.strip() and text != _HIDDEN_CLAIM:
            yield address, text, reach
    if group is not None:
        yield from (found for found in _walk_fields("group/", group) if found[1].strip())


def _walk_fields(root: str, record: Record) -> Iterator[tuple[str, str, Reach]]:
    for name, reach in reach_of(type(record)).items():
        value = getattr(record, name)
        if reach == "part":
            yield from _walk_part(f"{root}{name}", value)
        elif reach in {"prose", "label"}:
            yield from ((address, text, reach) for address, text in _field_strings(f"{root}{name}", value))


def _walk_part(address: str, value: Any) -> Iterator[tuple[str, str, Reach]]:
    if isinstance(value, Record):
        yield from _walk_fields(f"{address}/", value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, Translation):
                yield from _walk_fields(f"{address}/{key}/", item)
                continue
            # An override is named by its post alone: "overrides/<outlet>/<file>".
            yield from ((f"{address}/{key}", text, reach) for _, text, reach in _walk_fields("", item))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            where = f"{address}/{getattr(item, 'id', number)}"
            if isinstance(item, Cue):
                yield where, item.text, "prose"
            else:
                yield from _walk_fields(f"{where}/", item)


def _field_strings(address: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield address, value
        return
    items = enumerate(value) if isinstance(value, tuple) else value.items() if isinstance(value, dict) else ()
    for key, item in items:
        yield from _field_strings(f"{address}/{key}", item)
