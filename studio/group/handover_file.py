"""The file that a group hands over to the Dinas: written with a seal, read with suspicion.

``docs/format.md``, "The file for the Dinas", is the contract. What is read here was made on other
people's computers and came by chat or stick: sizes, types, ranges and days are judged before anything is believed, and
each fault has a name (``UserError``) that says what to do. Only what a merge needs is kept: thousands fit in memory.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from studio.base.errors import UserError, WorkNotice
from studio.base.json_text import decode_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HANDOVER_FORMAT = 1
MOST_BYTES = 1 << 20
"""A file has 3 to 6 kB; with ten years of rounds every month it would have half a megabyte."""
LEVELS = ("claimed", "proven", "verified")
"""How sure an answer is, from weakest (docs/format.md, *answer*)."""
_MOST_LETTERS = 200
_MOST_ROUNDS = 400
GROUP_ID = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Ids of groups: 16 hexadecimal digits as the studio makes them, or a UUID."""
_REGION = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")
_INDICATOR = re.compile(r"[A-Z]{2}\d{1,2}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
"""Signs nobody sees: control signs, marks of direction (UAX 9), spaces without width, halves of a letter."""


class ReadAnswer(msgspec.Struct, frozen=True, gc=False):
    """What a merge takes of an answer."""

    score: int
    level: str = "claimed"


class ReadRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round of the self-map as it came."""

    instrument: str
    date: str
    answers: dict[str, ReadAnswer] = {}
    no_business: bool = False


class ReadDecree(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The SK."""

    number: str = ""
    date: str = ""
    issuer: str = ""
    valid_until: str = ""


class ReadCounted(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Members as the group counted them."""

    women: int | None = None
    men: int | None = None
    under_30: int | None = None
    when: str = ""


class ReadChannel(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A channel of the group."""

    kind: str = ""
    name: str = ""
    address: str = ""
    followers: int | None = None


class ReadContact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A contact that the group ticked for sharing."""

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


class ReadGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Who handed the file over."""

    id: str
    name: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""
    province: str = ""
    region_code: str = ""
    kind: str = ""
    founded: str = ""
    kim_id: str = ""
    decree: ReadDecree = ReadDecree()
    counted: ReadCounted = ReadCounted()
    channels: tuple[ReadChannel, ...] = ()


class ReadCounts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the studio counted; ``active_days`` are days of the last 90 on which something was published."""

    stories: int = 0
    published: int = 0
    active_days: int = 0
    outlets: int = 0
    claims: int = 0
    products: int = 0
    activities: int = 0


class ReadHandover(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the Dinas as it came."""

    format: int
    group: ReadGroup
    made: str
    contacts: tuple[ReadContact, ...] = ()
    rounds: tuple[ReadRound, ...] = ()
    counts: ReadCounts | None = None
    app: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CheckedHandover:
    """A file that may be merged.

    Attributes:
        handover: what it says; what it may not say was taken out.
        digest: SHA-256 of its bytes, which tells whether two files are the same.
        remarks: what was taken out, and why.
    """

    handover: ReadHandover
    digest: str
    remarks: tuple[WorkNotice, ...] = ()


# ------------------------------------------------------------------------------------------------ writing


def seal_handover(document: Mapping[str, Any]) -> bytes:
    """The bytes of the file: JSON with ``sha256`` of itself, that field being empty.

    Args:
        document: JSON data as docs/format.md has it; ``sha256`` in it is not looked at.
    """
    rest = {name: value for name, value in document.items() if name != "sha256"}
    bare = msgspec.json.format(msgspec.json.encode({**rest, "sha256": ""}), indent=1) + b"\n"
    # The last occurrence: an earlier one may be in a text that someone typed, while the field itself is always encoded
    # last.
    head, field, tail = bare.rpartition(b'"sha256": ""')
    seal = hashlib.sha256(bare).hexdigest().encode()
    return head + field[:-1] + seal + b'"' + tail


def handover_name(region_code: str, made: str) -> str:
    """``kim-kelompok-35.01.10.2001-20261129.json``.

    Args:
        region_code: of the village; a group without one gets ``tanpa-kode``.
        made: ISO 8601.
    """
    code = re.sub(r"[^0-9.]", "", region_code) or "tanpa-kode"
    return f"kim-kelompok-{code}-{made[:10].replace('-', '')}.json"


# ------------------------------------------------------------------------------------------------ reading


def read_handover(data: bytes, today: date) -> CheckedHandover:
    """Read a file and judge it.

    Args:
        data: its bytes, at most ``MOST_BYTES``.
        today: files and rounds of days after tomorrow are refused (a computer east of here may be a day ahead).

    Raises:
        UserError: ``handover.`` with ``empty``, ``too_large``, ``no_json``, ``foreign``, ``newer``, ``field``,
            ``altered``, ``no_seal``, ``no_id``, ``score``, ``level``, ``twice``, ``future``, ``bad_date`` or
            ``too_many``.
    """
    if len(data) > MOST_BYTES:
        raise UserError("handover.too_large", most="1 MB")
    handover = _decoded(data)
    if handover.format > HANDOVER_FORMAT:
        raise UserError("handover.newer", version=str(handover.format)[:20])
    # The seal first: for a file damaged on the way "it was altered" is the right advice, and any message about a field
    # would send the user looking for a mistake that nobody made.
    _check_seal(data, handover.sha256)
    # A wrong score or day refuses all of the file, as it would change the district's figures unnoticed; a wrong phone
    # number or founding day is only dropped with a remark (_cleaned_group).
    _check_rounds(data, handover.rounds, today)
    _day_of("made", handover.made, today)
    group, remarks = _cleaned_group(handover.group, today)
    contacts = tuple(
        # Twenty are more than any group has; the rest of a longer list is an accident or an attack.
        ReadContact(**{f: clean_text(getattr(c, f)) for f in c.__struct_fields__})
        for c in handover.contacts[:20]
    )
    kept = msgspec.structs.replace(
        handover, group=group, contacts=contacts, counts=_cleaned_counts(handover.counts), app=clean_text(handover.app)
    )
    return CheckedHandover(kept, hashlib.sha256(data).hexdigest(), remarks)


def _decoded(data: bytes) -> ReadHandover:
    # A stick pulled out too early leaves a file of the right length full of NUL bytes.
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise UserError("handover.empty")
    # Notepad saves UTF-8 with a byte order mark, which JSON does not allow.
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return decode_json(data, ReadHandover)
    except UnicodeDecodeError as error:
        raise UserError("handover.no_json", detail="UTF-8") from error
    except msgspec.ValidationError as error:
        _refuse_record(data, str(error))
    except msgspec.DecodeError as error:
        raise UserError("handover.no_json", detail=str(error)) from error


def _refuse_record(data: bytes, problem: str) -> NoReturn:
    """Say whether it is a file of something else, of a later studio, or one with a wrong field."""
    try:
        document = decode_json(data, object)
    # The reader stops at the first wrong field and passes over those that it does not know; there, too, may be damage.
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("handover.no_json", detail=str(error)) from error
    if not isinstance(document, dict) or not isinstance(document.get("group"), dict) or "made" not in document:
        raise UserError("handover.foreign")
    # A later format may have changed types, in which case decoding fails before read_handover can look at the number;
    # "update the studio" is still the right advice.
    version = document.get("format")
    if isinstance(version, int) and version > HANDOVER_FORMAT:
        raise UserError("handover.newer", version=str(version)[:20])
    what, _, where = problem.partition(" - at `")
    raise UserError(
        "handover.field", field=clean_text(where.rstrip("`").removeprefix("$.") or "{}"), problem=clean_text(what)
    )


def _check_seal(data: bytes, seal: str) -> None:
    if not re.fullmatch(r"[0-9a-f]{64}", seal):
        raise UserError("handover.no_seal")
    # The seal was computed over the file with this field empty, so cut it out of the bytes. Encoding the parsed
    # document again would lose fields of later versions and reject files that are genuine.
    head, _, tail = data.rpartition(seal.encode())
    bare = head + tail
    if hashlib.sha256(bare).hexdigest() == seal:
        return
    # What editors and mail add without changing a word: a mark before it, other line ends, a last one. Other programs
    # may write files that have no last one.
    plain = bare.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip()
    if seal not in {hashlib.sha256(plain + end).hexdigest() for end in (b"\n", b"")}:
        raise UserError("handover.altered")


def _check_rounds(data: bytes, rounds: tuple[ReadRound, ...], today: date) -> None:
    if len(rounds) > _MOST_ROUNDS:
        raise UserError("handover.too_many", count=len(rounds), most=_MOST_ROUNDS)
    for found in rounds:
        if not 0 < len(found.instrument) <= 40 or len(found.answers) > 100:
            raise UserError("handover.field", field="rounds.instrument", problem=clean_text(found.instrument))
        _day_of("rounds.date", found.date, today)
        for code, answer in found.answers.items():
            # Any code of the right form passes here: which indicators count is decided by the instrument that scores
            # the round.
            check_answer(code, answer.score, answer.level)
    days = [(found.instrument, found.date) for found in rounds]
    if len(set(days)) < len(days):
        raise UserError("handover.twice", what=next(day for _, day in days if [d for _, d in days].count(day) > 1))
    _check_twice(data, rounds)


def check_answer(code: str, score: int, level: str) -> None:
    """Judge one answer.

    Raises:
        UserError: ``handover.score`` (not 0 to 4), ``handover.level``, or ``handover.field`` (no such indicator).
    """
    if not _INDICATOR.fullmatch(code):
        raise UserError("handover.field", field="answers", problem=clean_text(code))
    if not 0 <= score <= 4:
        raise UserError("handover.score", indicator=code, score=str(score)[:20])
    if level not in LEVELS:
        raise UserError("handover.level", indicator=code, level=clean_text(level))


def _check_twice(data: bytes, rounds: tuple[ReadRound, ...]) -> None:
    """Refuse a file that answers an indicator twice in one round: JSON would keep the last and drop the other silently.

    Names are counted in the bytes, which takes no second reading; only where the sum is wrong is it read again.
    """
    expected: dict[str, int] = {}
    for found in rounds:
        for code in found.answers:
            expected[code] = expected.get(code, 0) + 1
    if all(data.count(b'"%s"' % code.encode()) == count for code, count in expected.items()):
        return

    def no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise UserError("handover.twice", what=clean_text(twice))
        return dict(pairs)

    try:
        json.loads(data.decode("utf-8-sig"), object_pairs_hook=no_name_twice)
    except (ValueError, RecursionError) as error:  # in a field that the reader passes over
        raise UserError("handover.no_json", detail=type(error).__name__) from error


def _day_of(field: str, text: str, today: date) -> date:
    day = parse_day(text)
    if day is None:
        raise UserError("handover.bad_date", field=field, date=clean_text(text))
    if day > today + timedelta(days=1):
        raise UserError("handover.future", field=field, date=day)
    return day


def parse_day(text: str) -> date | None:
    """The day of an ISO string with or without a time, from 1945 on; None for anything else."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
    except ValueError:
        return None
    return day if day.year >= 1945 else None


def clean_text(text: str, most: int = _MOST_LETTERS) -> str:
    """One line of at most ``most`` letters without signs nobody sees, NFC."""
    if len(text) > most:
        text = text[: most - 1] + "…"
    # Most texts leave here: thousands of files with dozens of texts each are cleaned.
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())


def _cleaned_group(group: ReadGroup, today: date) -> tuple[ReadGroup, tuple[WorkNotice, ...]]:
    """The group with names as one line and what cannot be taken out; no score depends on what is taken out here."""
    if not GROUP_ID.fullmatch(group.id):
        raise UserError("handover.no_id")
    remarks: list[WorkNotice] = []

    def past_day(field: str, text: str) -> str:
        day = parse_day(text) if text else None
        if text and (day is None or day > today + timedelta(days=1)):
            remarks.append(WorkNotice("handover.odd_date", {"field": field, "date": clean_text(text)}))
            return ""
        return text

    def whole(field: str, number: int | None) -> int | None:
        if number is not None and not 0 <= number <= 2_000_000_000:
            remarks.append(WorkNotice("handover.odd_number", {"field": field, "number": str(number)[:20]}))
            return None
        return number

    names = {name: clean_text(getattr(group, name)) for name in ("name", "village", "district", "regency", "province")}
    # Not through past_day: a decree may well end in years to come.
    valid_until = clean_text(group.decree.valid_until)
    if valid_until and parse_day(valid_until) is None:
        remarks.append(WorkNotice("handover.odd_date", {"field": "decree.valid_until", "date": valid_until}))
        valid_until = ""
    code = clean_text(group.region_code)
    if code and not _REGION.fullmatch(code):
        remarks.append(WorkNotice("handover.odd_code", {"number": code}))
        code = ""
    counted = group.counted
    cleaned = ReadGroup(
        id=group.id.lower(),
        **names,
        region_code=code,
        kind=clean_text(group.kind),
        founded=past_day("founded", group.founded),
        kim_id=clean_text(group.kim_id),
        decree=ReadDecree(
            number=clean_text(group.decree.number),
            date=past_day("decree.date", group.decree.date),
            issuer=clean_text(group.decree.issuer),
            valid_until=valid_until,
        ),
        counted=ReadCounted(
            women=whole("counted.women", counted.women),
            men=whole("counted.men", counted.men),
            under_30=whole("counted.under_30", counted.under_30),
            when=past_day("counted.when", counted.when),
        ),
        channels=tuple(
            ReadChannel(
                kind=clean_text(channel.kind),
                name=clean_text(channel.name),
                address=clean_text(channel.address),
                followers=whole("channels.followers", channel.followers),
            )
            for channel in group.channels[:100]
        ),
    )
    return cleaned, tuple(remarks)


def _cleaned_counts(counts: ReadCounts | None) -> ReadCounts | None:
    if counts is None:
        return None
    # Clamped without a remark: no score depends on these counts.
    return ReadCounts(**{name: max(0, min(getattr(counts, name), 10**9)) for name in counts.__struct_fields__})


def shared_contacts(contacts: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The contacts that the group ticked, without the tick itself."""
    return [
        {name: str(contact.get(name, "")) for name in ("name", "phone", "email", "note")}
        for contact in contacts
        if contact.get("share") is True
    ]
