"""``kim-studio district``: the maps of many groups as one report."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_table,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.district_figures import DistrictFigures
    from studio.services.district_sources import DistrictIntake


def run_district(
    sources: Sequence[Path],
    out: Path | None,
    *,
    known: Path | None,
    since: str,
    same: Sequence[str],
    different: Sequence[str],
    contacts: bool,
    pdf: bool,
    as_json: bool,
) -> int:
    """Merge ``sources`` into a report in ``out``; every file that could not be merged is named on stderr."""
    from studio.base.progress import PartProgress
    from studio.services.district_report import DistrictRequest, figures_of, new_intake, write_district_report

    words = user_texts()
    today = date.today()
    if not sources or out is None:
        print_trouble(words.text("district.cli.needed"))
        return WRONG_USE
    with explain_errors(words):
        decisions = _answers(same, different)
        request = DistrictRequest(today, _since_day(since, today), decisions, contacts, known)
        intake = new_intake(today)
        with progress_bar(words.text("district.cli.merging")) as progress:
            intake.take_paths(sources, PartProgress(progress, 0, 30, 100))
            # The reasons first: "nothing to merge" alone would not say which file is wrong.
            if not intake.received:
                _print_refused(intake.refused, words)
                raise UserError("district.nothing")
            figures = figures_of(intake, request)
            _print_unknown_pairs(decisions, intake, words)
            kinds = ("html", "xlsx", "pdf") if pdf else ("html", "xlsx")
            if pdf:
                # Only a PDF needs fonts; the other kinds are written where Qt cannot start, too.
                from studio.paint.qt_application import ensure_gui

                ensure_gui()
            made = write_district_report(
                figures, out, words, PartProgress(progress, 30, 100, 100), contacts=contacts, kinds=kinds
            )
    if as_json:
        print_result(json.dumps(_summary(figures, made), ensure_ascii=False, indent=2))
    else:
        _print_summary(figures, out, words)
    return PARTLY if figures.merge.refused else DONE


def run_empty_form(path: Path) -> int:
    """Write the empty form for groups without the studio."""
    from studio.base.finished_files import finished_file
    from studio.group.handover_table import empty_form

    words = user_texts()
    with explain_errors(words):
        today = date.today()
        with finished_file(path) as part:
            part.write_bytes(empty_form(today.isoformat()))
    print_result(words.text("district.cli.form", file=str(path)))
    return DONE


def _since_day(text: str, today: date) -> date | None:
    from studio.group.typed_values import read_day

    day = read_day(text) if text else None
    if text and day is None:
        raise UserError("district.since", text=text)
    # Nothing can have been counted since a day to come: it would pass every file by without a word.
    if day is not None and day > today:
        raise UserError("district.since_future", day=day)
    return day


def _answers(same: Sequence[str], different: Sequence[str]) -> dict[str, bool]:
    """Answers by the key of their question, in whichever order the two ids were typed."""
    answers: dict[str, bool] = {}
    for pairs, one in ((same, True), (different, False)):
        for pair in pairs:
            # A question's key has its ids in order; who answers it types them as they come.
            ids = sorted(part.strip() for part in pair.split("+"))
            if len(ids) != 2 or not all(ids):
                raise UserError("district.pair", text=pair)
            answers["+".join(ids)] = one
    return answers


def _print_unknown_pairs(answers: Mapping[str, bool], intake: DistrictIntake, words: MessageTexts) -> None:
    """A slip in an id must not pass for an answer."""
    known = {file.checked.handover.group.id for file in intake.received}
    for key in answers:
        if not known.issuperset(key.split("+")):
            print_trouble(words.text("district.cli.no_pair", key=key))


def _print_refused(refused: Sequence[object], words: MessageTexts) -> None:
    from studio.group.district_merge import RefusedFile

    for file in refused:
        if isinstance(file, RefusedFile):
            why = words.explain(file.error)
            print_trouble(words.text("district.cli.refused", file=file.source, why=why))


def _print_summary(figures: DistrictFigures, out: Path, words: MessageTexts) -> None:
    from studio.documents.district_words import DistrictWords
    from studio.group.district_areas import EVERYWHERE
    from studio.group.district_figures import areas_below

    said, merge = DistrictWords(words, figures.instrument), figures.merge
    rows = []
    for area in (figures.areas[EVERYWHERE], *areas_below(figures, EVERYWHERE)):
        middle = said.number(area.spreads["index"].median)
        shares = (said.share(area.communication, area.respondents), said.share(area.business, area.respondents))
        rows.append([said.area(area.area), str(area.respondents), middle, *shares])
    heads = (words.text("district.cli.head.area"), said.say("respondents"), said.say("index"))
    print_table([*heads, said.say("communication"), said.say("business")], rows, (1, 2, 3, 4))
    _print_refused(merge.refused, words)
    # Two files say different things of one round: both are named, so that somebody asks the group which is right.
    for used, other in merge.rivals:
        print_trouble(f"{other}: {said.say('rival', file=used)}")
    for group in merge.groups:
        for remark in group.remarks:
            print_trouble(f"{group.sources[0]}: {words.explain(remark)}")
    if merge.twice:
        print_trouble(words.text("district.cli.twice", count=len(merge.twice)))
    for question in merge.questions:
        first, second = question.first.group, question.second.group
        facts = {"first": first.name or first.id, "second": second.name or second.id}
        # Of the two, one may have been typed without its village: the other's helps to know them.
        village = first.village or second.village or first.region_code
        print_trouble(words.text("district.cli.question", key=question.key, village=village, **facts))
    files = len(merge.sources()) - len(merge.refused)
    print_result(words.text("district.cli.done", groups=len(merge.groups), files=files, place=str(out)))


def _summary(figures: DistrictFigures, made: Sequence[Path]) -> dict[str, object]:
    """What ``--json`` prints: counts, troubles by code, and where the files are."""
    from studio.group.district_areas import EVERYWHERE

    area, merge = figures.areas[EVERYWHERE], figures.merge
    return {
        "groups": area.groups,
        "respondents": area.respondents,
        "known": area.known,
        "classes": area.classes,
        "communication": area.communication,
        "business": area.business,
        "weakest": list(area.weakest),
        "refused": [{"file": file.source, "code": file.error.code} for file in merge.refused],
        "twice": [list(pair) for pair in merge.twice],
        "questions": [question.key for question in merge.questions],
        "absent": [row.place.name for row in figures.absent],
        "files": [str(path) for path in made],
    }
