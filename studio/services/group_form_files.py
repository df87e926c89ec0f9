"""Filling in the group's records from a file: TOML or JSON with the fields of docs/format.md that change."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from studio.base.errors import UserError
from studio.base.sizes import ByteCount
from studio.group.assessment import Assessment, AssessmentAnswer
from studio.group.assessment_edits import with_answer
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.group.profile_doubts import doubtful_fields
from studio.group.typed_values import read_day
from studio.services.self_map_rounds import begin_round, take_counts
from studio.store.codec import plain_record, record_from
from studio.store.group_folder import sha256_of_media
from studio.story.date_reading import read_days
from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.group.assessment import CountedScore
    from studio.group.instrument import Instrument
    from studio.store.group_folder import GroupFolder

_MOST = 2_000_000
"""Bytes of a form; a complete registration has three thousand."""
_DAYS = frozenset({"founded", "date", "valid_until", "since", "until", "when", "counted"})
_ROUGH_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
"""A year or a month, where no more is known."""
_YEAR = re.compile(r"\d{4}")
T = TypeVar("T")
R = TypeVar("R", bound=Record)
_ROUND_FIELDS = frozenset({"answers", "no_business", "by", "date"})


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a file says: fields by name, and the folder that the files it names lie in."""

    name: str
    folder: Path
    fields: dict[str, Any]


def read_form(path: Path) -> FilledForm:
    """Read a file in TOML or JSON (by its content).

    Raises:
        UserError: it is not there, too big, or neither of the two.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST else b""
    except OSError as error:
        raise UserError("group.form.unreadable", file=str(path)) from error
    if size > _MOST:
        raise UserError("group.form.too_large", file=path.name, size=ByteCount(size), most=ByteCount(_MOST))
    # Windows editors put a mark in front of UTF-8 that neither JSON nor TOML takes.
    text = data.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of either format, or a number of too many digits
        raise UserError("group.form.not_understood", file=path.name, detail=str(error)) from error
    if not found:
        raise UserError("group.form.empty", file=path.name)
    return FilledForm(path.name, path.parent, _plain(found))


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of TOML or JSON
    """Dates of TOML as the texts that records hold."""
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def fill_profile(folder: GroupFolder, form: FilledForm, today: date) -> GroupProfile:
    """Put the fields of a form over the registration and save it; a scan that the form names is copied in.

    Args:
        folder: where the group's files lie.
        form: what was filled in.
        today: the group's day: days later than that are doubted where they cannot be.

    Raises:
        UserError: a field that is none, a wrong type (named), a scan that is not there, or the disk refuses.
    """
    _known_only(form, frozenset(GroupProfile.__struct_fields__) - {"extra"})
    before = folder.read(PROFILE_PLACE, GroupProfile) or GroupProfile()
    fields = form.fields
    decree = fields.get("decree")
    if isinstance(decree, dict) and decree.get("file"):
        fields = {**fields, "decree": {**decree, "file": folder.add_media(form.folder / str(decree["file"]))}}
    fields = _with_days(fields, form.name)
    _known_inside(form, _record(GroupProfile, fields, form.name))
    after = _record(GroupProfile, _merge_records(plain_record(before), fields), form.name)
    if after.coordinates is not None and not (abs(after.coordinates[0]) <= 90 and abs(after.coordinates[1]) <= 180):
        raise UserError("group.form.value", file=form.name, name="coordinates", problem="-90..90, -180..180")
    for path, code in doubtful_fields(after, today).items():
        # What lies there already and is not named by the form is no reason to refuse it.
        if path[0] in form.fields:
            raise UserError(f"group.form.doubt.{code}", file=form.name, name=_path_text(path))
    folder.write(PROFILE_PLACE, after)
    return after


def _record(kind: type[R], fields: dict[str, Any], file: str) -> R:
    """A record of what a form says.

    Raises:
        UserError: a wrong type. The remedy is the form's, not that of a damaged file of the workspace.
    """
    try:
        return record_from(kind, fields, file)
    except UserError as error:
        facts = dict(error.facts)
        raise UserError("group.form.value", file=file, name=facts["field"], problem=facts["problem"]) from error


def _known_inside(form: FilledForm, record: Record, at: str = "") -> None:
    """Refuse fields that records within the form do not have: kept as unknown, a misspelt name would be lost silently.

    Raises:
        UserError: there is one.
    """
    known = [name for name in record.__struct_fields__ if name != "extra"]
    for name in record.extra:
        raise UserError("group.form.field", file=form.name, name=f"{at}{name}", known=", ".join(sorted(known)))
    for name in known:
        value = getattr(record, name)
        if isinstance(value, Record):
            _known_inside(form, value, f"{at}{name}.")
        for number, item in enumerate(value) if isinstance(value, tuple) else ():
            if isinstance(item, Record):
                _known_inside(form, item, f"{at}{name}[{number}].")


def _path_text(path: tuple[str | int, ...]) -> str:
    """``channels[0].since``, as errors of types call a field."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _with_days(fields: Any, file: str, at: str = "") -> Any:  # noqa: ANN401 - any value of TOML or JSON
    """The same with each day as records hold it; a day that is none would keep the end of a decree from being said.

    Raises:
        UserError: a field of a day says none.
    """
    if isinstance(fields, list):
        return [_with_days(item, file, at) for item in fields]
    if not isinstance(fields, dict):
        return fields
    made = {name: _with_days(value, file, f"{at}{name}.") for name, value in fields.items()}
    for name in _DAYS & made.keys():
        typed = made[name]
        if isinstance(typed, str) and typed and not _ROUGH_DAY.fullmatch(typed):
            made[name] = _day_typed(typed, file, f"{at}{name}")
    return made


def _day_typed(typed: str, file: str, field: str) -> str:
    """ISO 8601 of ``31/12/26``, ``31 Desember 2026`` or ``2026-12-31``.

    Raises:
        UserError: it is no day.
    """
    # With its year only: "kemarin" would be another day each time the form is read.
    found = read_days(typed.strip(), date.today()) if _YEAR.search(typed) else ()
    day = read_day(typed) or (found[0].first if len(found) == 1 and found[0].end == len(typed.strip()) else None)
    if day is None:
        raise UserError("group.form.value", file=file, name=field, problem=typed[:80])
    return day.isoformat()


def _merge_records(old: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Records within records are filled in field by field; lists are replaced."""
    return old | {
        name: _merge_records(old[name], value) if isinstance(value, dict) and isinstance(old.get(name), dict) else value
        for name, value in new.items()
    }


def fill_round(
    folder: GroupFolder,
    form: FilledForm,
    rounds: Sequence[Assessment],
    instrument: Instrument,
    counted: Mapping[str, CountedScore],
    day: date,
) -> Assessment:
    """A round from a form; what the form does not answer is as in the round of that day, else the last one before it.

    Args:
        folder: where files that prove something go.
        form: ``answers`` by question: a score, or a record as in docs/format.md (``proof`` may name files beside it).
        rounds: all rounds there are, in any order.
        instrument: the questions.
        counted: what the studio counted for that day.
        day: the day of the round (``form_day``).

    Returns:
        The round; it is not saved yet.

    Raises:
        UserError: a question that is none, a score that is none of 0 to 4, another one than was counted without
            a reason, a wrong type, a file that is missing.
    """
    _known_only(form, _ROUND_FIELDS)
    # Days of rounds are ISO 8601 in full, so that they compare as texts.
    earlier = [each for each in rounds if each.date <= day.isoformat()]
    before = max(earlier, key=lambda each: each.date, default=None)
    if before is not None and before.date == day.isoformat():
        found = take_counts(before, instrument, counted)
    else:
        found = begin_round(before, instrument, counted, day)
    found = msgspec.structs.replace(
        found,
        no_business=_typed_field(form, "no_business", found.no_business),
        by=_typed_field(form, "by", found.by),
    )
    given: dict[str, object] = _typed_field(form, "answers", {})
    for name, said in given.items():
        if instrument.find(name) is None:
            known = ", ".join(each.id for each in instrument.indicator)
            raise UserError("group.form.question", file=form.name, name=name, known=known)
        made = _answer(folder, form, name, said, found.answers.get(name))
        _ask_reason(form, name, made)
        found = with_answer(found, name, made)
    return found


def _ask_reason(form: FilledForm, name: str, answer: AssessmentAnswer) -> None:
    """Another score than the one the studio counted has to say why, as in the window."""
    counted = answer.counted
    if counted is not None and counted.score != answer.score and not answer.reason.strip():
        facts = {"file": form.name, "name": name, "counted": counted.score, "score": answer.score}
        raise UserError("group.form.reason", **facts)


def _answer(
    folder: GroupFolder, form: FilledForm, name: str, said: object, old: AssessmentAnswer | None
) -> AssessmentAnswer:
    fields: dict[str, Any] = dict(said) if isinstance(said, dict) else {"score": said}
    if isinstance(fields.get("proof"), list):
        fields["proof"] = [_proof(folder, form, item) for item in fields["proof"]]
    if isinstance(said, dict) and fields.get("proof") and "level" not in fields:
        fields["level"] = "proven"
    file = f"{form.name}: answers.{name}"
    made = _record(AssessmentAnswer, fields, file)
    _known_inside(form, made, f"answers.{name}.")
    return msgspec.structs.replace(made, counted=old.counted if old is not None else None)


def _proof(folder: GroupFolder, form: FilledForm, item: object) -> object:
    if not isinstance(item, dict) or not item.get("file"):
        return item
    file = folder.add_media(form.folder / str(item["file"]))
    return {"note": str(item["file"]), **item, "file": file, "sha256": sha256_of_media(folder, file)}


def _typed_field(form: FilledForm, name: str, usual: T) -> T:
    """A field that must be of the type of what stands for it where the form does not name it."""
    value = form.fields.get(name, usual)
    if not isinstance(value, type(usual)):
        raise UserError("group.form.value", file=form.name, name=name, problem=str(value)[:80])
    return value


def form_day(form: FilledForm, today: date) -> date:
    """The day a round is of: the one its form names, else today.

    Raises:
        UserError: no day, or one in the future.
    """
    day = date.fromisoformat(_day_typed(str(form.fields.get("date", today.isoformat())), form.name, "date"))
    if day > today:
        raise UserError("group.form.future", file=form.name, date=day.isoformat())
    return day


def _known_only(form: FilledForm, known: frozenset[str]) -> None:
    for name in form.fields:
        if name not in known and name != "format":
            raise UserError("group.form.field", file=form.name, name=name, known=", ".join(sorted(known)))
