"""``kim-studio group profile`` and ``group map``: who the group is and how far it has come, shown and filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from studio.base.errors import UserError
from studio.base.locale_forms import number_text
from studio.commands.common import (
    DONE,
    PARTLY,
    explain_errors,
    opened_to_write,
    print_result,
    print_table,
    print_trouble,
    progress_bar,
    user_texts,
)
from studio.group.assessment import assessment_place
from studio.group.profile import PROFILE_PLACE, GroupProfile, decree_state
from studio.group.record_fields import PROFILE_FORM, FormField, field_text, value_at
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.assessment import Assessment
    from studio.group.instrument import Instrument
    from studio.store.workspace import Workspace


def run_profile(workspace: Path, form: Path | None, *, as_json: bool) -> int:
    """Print the registration, after filling it in from a file when one is given; never personal contacts."""
    from studio.services.group_form_files import fill_profile, read_form
    from studio.store.group_folder import GroupFolder
    from studio.store.story_shelf import today_of
    from studio.store.workspace import open_workspace

    words = user_texts()
    if form is not None:
        with opened_to_write(workspace, words, take_over=False) as opened:
            profile = fill_profile(GroupFolder(opened), read_form(form), date.fromisoformat(today_of(opened)))
            _tell_profile(opened, profile, words, as_json=as_json)
    else:
        with explain_errors(words), open_workspace(workspace, write=False) as opened:
            profile = GroupFolder(opened).read(PROFILE_PLACE, GroupProfile) or GroupProfile()
            _tell_profile(opened, profile, words, as_json=as_json)
    return DONE


def _tell_profile(opened: Workspace, profile: GroupProfile, words: MessageTexts, *, as_json: bool) -> None:
    from studio.store.story_shelf import today_of

    _print_profile(opened, profile, words, as_json=as_json)
    until = profile.decree.valid_until
    state = decree_state(until, date.fromisoformat(today_of(opened)))
    if state in {"ending", "lapsed"}:
        print_trouble(words.text(f"group.decree.{state}", date=parse_date(until)))


def _print_profile(opened: Workspace, profile: GroupProfile, words: MessageTexts, *, as_json: bool) -> None:
    from studio.store.codec import plain_record

    group = opened.group
    names = ("name", "village", "district", "regency", "province", "region_code")
    if as_json:
        plain = {name: getattr(group, name) for name in names} | plain_record(profile)
        print_result(msgspec.json.format(msgspec.json.encode(plain), indent=1).decode())
        return
    rows = [(words.text(f"group.cli.{name}"), getattr(group, name)) for name in names]
    for section in PROFILE_FORM:
        for item in section.items:
            value = value_at(profile, item.path)
            if isinstance(item, FormField):
                title = words.text(f"group.profile.field.{item.code}")
                shown = _field_words(value, item, words)
                rows.append((title, shown.replace("\n", ", ")))
            else:
                for number, record in enumerate(value, 1):
                    told = [field_text(value_at(record, each.path), each.kind) for each in item.fields]
                    title = words.text(f"group.profile.row.{item.code}", n=number)
                    # A number that was not given is "None" as text.
                    rows.append((title, ", ".join(text for text in told if text and text != "None")))
    print_table([words.text("group.cli.field"), words.text("group.cli.value")], rows)


def _field_words(value: object, item: FormField, words: MessageTexts) -> str:
    if item.kind == "tick":
        return words.text("group.cli.yes" if value else "group.cli.no")
    return field_text(value, item.kind)


def run_map(
    workspace: Path, form: Path | None, card: Path | None, sheet: Path | None, *, count: bool, as_json: bool
) -> int:
    """Print the last round of the self-map, after a new one was begun, filled in or counted; write card and sheet.

    Args:
        workspace: its folder.
        form: answers as TOML or JSON.
        card: PNG to write.
        sheet: PDF to write.
        count: begin a round of today with what the studio counts, or count again for it.
        as_json: print JSON.
    """
    from studio.services.self_map_rounds import load_instrument, rounds_of
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import open_workspace

    words = user_texts()
    instrument = load_instrument()
    if form is not None or count:
        with opened_to_write(workspace, words, take_over=False) as opened:
            _add_round(opened, form, instrument, words)
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        reading = GroupFolder(opened).read_all()
        rounds = rounds_of(reading.records)
        if not rounds:
            raise UserError("group.map.no_round")
        _print_map(rounds, instrument, words, as_json=as_json)
        _write_pictures(opened, rounds, card, sheet, words)
    for notice in reading.notices:
        print_trouble(words.explain(notice))
    return PARTLY if reading.damaged else DONE


def _add_round(opened: Workspace, form: Path | None, instrument: Instrument, words: MessageTexts) -> None:
    from studio.services.group_form_files import FilledForm, fill_round, form_day, read_form
    from studio.services.self_map_rounds import count_workspace, offered_products, rounds_of
    from studio.store.group_folder import GroupFolder
    from studio.store.story_shelf import today_of

    folder = GroupFolder(opened)
    filled = read_form(form) if form is not None else FilledForm("", opened.path, {})
    day = form_day(filled, date.fromisoformat(today_of(opened)))
    records = folder.read_all().records
    with progress_bar(words.text("group.map.counting")) as progress:
        counted = count_workspace(opened, day, offered_products(records), progress)
    made = fill_round(folder, filled, rounds_of(records), instrument, counted, day)
    folder.write(assessment_place(made.date), made)


def _print_map(rounds: tuple[Assessment, ...], instrument: Instrument, words: MessageTexts, *, as_json: bool) -> None:
    from studio.group.map_words import class_words, figure_words, index_words, missing_words, step_words
    from studio.group.scoring import next_steps, score_round

    last, language = rounds[-1], words.language
    result = score_round(last, instrument)
    steps = next_steps(last, instrument)
    if as_json:
        plain = {
            "date": last.date,
            "instrument": last.instrument,
            "index": result.index,
            "class": result.map_class.title[language] if result.map_class else "",
            "dimensions": {each.dimension.id: each.score for each in result.dimensions},
            "figures": {each.figure.id: each.reached for each in result.figures},
            "answered": result.answered,
            "asked": result.asked,
            "claimed": result.claimed,
            "steps": [
                {"indicator": step.indicator.id, "from": step.score, "to": step.target, "gain": round(step.gain, 3)}
                for step in steps
            ],
            "rounds": [{"date": each.date, "index": score_round(each, instrument).index} for each in rounds],
        }
        print_result(msgspec.json.format(msgspec.json.encode(plain), indent=1).decode())
        return
    print_result(f"{words.text('group.map.index', index=index_words(result, words))} · {class_words(result, words)}")
    print_result(missing_words(result, instrument, words))
    for figure in result.figures:
        print_result(figure_words(result, figure.figure.id, words))
    rows = [
        (each.dimension.title[language], "–" if each.score is None else number_text(each.score, language, 1))
        for each in result.dimensions
    ]
    print_table([words.text("group.cli.dimension"), words.text("group.cli.points")], rows, [1])
    for number, step in enumerate(steps, 1):
        print_result(f"{number}. {step_words(step.indicator, step.score, step.target, words)}")


def _write_pictures(
    opened: Workspace, rounds: tuple[Assessment, ...], card: Path | None, sheet: Path | None, words: MessageTexts
) -> None:
    from studio.services.self_map_rounds import write_map

    if card is None and sheet is None:
        return
    from studio.paint.qt_application import ensure_gui

    # Painting needs a Qt application, also without a window.
    ensure_gui()
    if card is not None:
        write_map("card", card, opened.group, rounds, words)
        print_result(str(card))
    if sheet is not None:
        write_map("sheet", sheet, opened.group, rounds, words)
        print_result(str(sheet))
