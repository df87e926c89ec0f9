"""The group's records in words, field by field: what a person sees of an earlier version. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.locale_forms import long_day
from studio.group.activities import Activity
from studio.group.activity_form import ACTIVITY_FORM, ASPIRATION_FORM
from studio.group.assessment import Assessment
from studio.group.bulletins import Bulletin
from studio.group.lessons import LessonProgress
from studio.group.notes import GroupNote
from studio.group.product_form import PRODUCT_FORM
from studio.group.products import Product
from studio.group.profile import GroupProfile, PrivateContacts
from studio.group.record_fields import PRIVATE_FORM, PROFILE_FORM, FormField, FormRows, field_text, value_at
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.base.i18n import MessageTexts
    from studio.group.assessment import AssessmentAnswer
    from studio.group.instrument import Instrument
    from studio.group.record_fields import FormSection
    from studio.story.record_base import Record

_FORMS: Mapping[type[Record], tuple[tuple[FormSection, ...], str]] = {
    GroupProfile: (PROFILE_FORM, "group.profile"),
    PrivateContacts: ((PRIVATE_FORM,), "group.profile"),
    Product: (PRODUCT_FORM, "group.products"),
    Activity: (ACTIVITY_FORM + ASPIRATION_FORM, "group.report"),
}
"""The form of each kind, and what its codes of texts begin with: records are read back as their forms show them."""


def record_title(record: Record, texts: MessageTexts) -> str:
    """What a record is called in a list."""
    match record:
        case Product():
            code, name = "product", record.name
        case Activity():
            code, name = "activity", record.title
        case Assessment():
            return texts.text("group.history.round", date=_day_words(record.date, texts))
        case GroupNote():
            code, name = "note", record.office or _day_words(record.date, texts)
        case LessonProgress():
            code, name = "lessons", record.member
        case Bulletin():
            code, name = "bulletin", " ".join(filter(None, (record.title, record.issue))) or record.id
        case _:
            private = isinstance(record, PrivateContacts)
            return texts.text("group.profile.section.contacts" if private else "group.page.profile")
    return texts.text(f"group.history.{code}", name=name)


def record_words(record: Record, instrument: Instrument, texts: MessageTexts) -> dict[str, str]:
    """The fields that say something: title and value in words, in the order of the form.

    Args:
        record: one of the group's records.
        instrument: the questions of the self-map.
        texts: language.
    """
    if isinstance(record, Assessment):
        return dict(_answers(record, instrument, texts))
    if isinstance(record, GroupNote):
        told = {"office": record.office, "date": _day_words(record.date, texts), "text": record.text}
        return {texts.text(f"group.history.note.{name}"): value for name, value in told.items() if value}
    if isinstance(record, LessonProgress):
        return {name: _day_words(learned.when[:10], texts) for name, learned in record.done.items()}
    if isinstance(record, Bulletin):
        printed = {"name": record.title, "issue": record.issue, "stories": "\n".join(record.stories)}
        return {texts.text(f"cetak.{name}"): value for name, value in printed.items() if value}
    sections, prefix = _FORMS.get(type(record), ((), ""))
    found = dict(_form_words(record, sections, prefix, texts))
    for name, code in (("photos", "photos"), ("files", "files_many")):
        many = getattr(record, name, ())
        if many:
            found[texts.text(f"group.history.{code}")] = str(len(many))
    return found


def _form_words(
    record: Record, sections: tuple[FormSection, ...], prefix: str, texts: MessageTexts
) -> Iterator[tuple[str, str]]:
    for item in (item for section in sections for item in section.items):
        value = value_at(record, item.path)
        if isinstance(item, FormField):
            told = _value_words(value, item, f"{prefix}.option.{item.code}", texts)
            if told:
                yield texts.text(f"{prefix}.field.{item.code}"), told
            continue
        for number, each in enumerate(value, 1):
            yield texts.text(f"{prefix}.row.{item.code}", n=number), _row_words(each, item, prefix, texts)


def _row_words(row: Record, rows: FormRows, prefix: str, texts: MessageTexts) -> str:
    told = (
        _value_words(value_at(row, field.path), field, f"{prefix}.option.{rows.code}.{field.code}", texts)
        for field in rows.fields
    )
    return ", ".join(part for part in told if part)


def _value_words(value: object, field: FormField, options: str, texts: MessageTexts) -> str:
    """A value as its form shows it; "" for one that says nothing."""
    if field.kind == "tick":
        return texts.text("group.cli.yes") if value else ""
    if value is None:
        return ""
    if field.kind == "choice":
        code = f"{options}.{value}"
        return texts.text(code) if texts.has_text(code) else str(value)
    return _day_words(str(value), texts) if field.kind == "date" else field_text(value, field.kind)


def _day_words(day: str, texts: MessageTexts) -> str:
    found = parse_date(day)
    return long_day(found, texts.language) if found else day


def _answers(round_: Assessment, instrument: Instrument, texts: MessageTexts) -> Iterator[tuple[str, str]]:
    if round_.no_business:
        yield texts.text("group.map.no_business"), texts.text("group.cli.yes")
    for indicator in instrument.indicator:
        answer = round_.answers.get(indicator.id)
        if answer is not None:
            levels = indicator.levels[texts.language]
            yield f"{indicator.id} · {indicator.title[texts.language]}", _answer_words(answer, levels, texts)


def _answer_words(answer: AssessmentAnswer, levels: tuple[str, str, str, str, str], texts: MessageTexts) -> str:
    proofs = texts.text("group.history.proofs", n=len(answer.proof)) if answer.proof else ""
    said = f"{answer.score} ({levels[min(answer.score, len(levels) - 1)]})"
    parts = (said, texts.text(f"group.map.level.{answer.level}"), proofs, answer.reason)
    return ", ".join(part for part in parts if part)
