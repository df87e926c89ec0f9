"""The district report as a workbook: every figure, every group, every file that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.documents.district_web import question_words
from studio.documents.district_words import DistrictWords
from studio.documents.spreadsheets import SheetChart, SheetColumn, SheetTable
from studio.group.district_areas import EVERYWHERE
from studio.group.district_figures import percent_of
from studio.group.handover_file import parse_day

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.documents.spreadsheets import Cell
    from studio.group.district_figures import AreaFigures, DistrictFigures, GroupFigures


def district_tables(figures: DistrictFigures, texts: MessageTexts, *, contacts: bool = False) -> tuple[SheetTable, ...]:
    """The sheets, in order.

    Args:
        figures: the report.
        texts: language.
        contacts: whether contacts that groups ticked get a column.
    """
    words = DistrictWords(texts, figures.instrument)
    return (
        _summary_sheet(figures, words),
        _areas_sheet(figures, words),
        _indicators_sheet(figures, words),
        _groups_sheet(figures, words, contacts=contacts),
        _rounds_sheet(figures, words),
        _absent_sheet(figures, words),
        _problems_sheet(figures, words),
    )


def _summary_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    area, say = figures.areas[EVERYWHERE], words.say
    rows: list[tuple[Cell, ...]] = [
        (say("class") + ": " + words.class_name(code), count, percent_of(count, area.respondents), "")
        for code, count in area.classes.items()
    ]
    rows += [(figure.label, None, None, f"{figure.value}; {figure.hint}") for figure in words.key_figures(area)]
    rows += [
        (words.titled(code), None, None, words.spread(area.spreads[code], 1))
        for code in figures.instrument.dimension_codes
    ]
    rows += [
        (f"{say('weakest')}: {code} {words.indicator(code)}", None, None, _weak_words(area, code, words))
        for code in area.weakest
    ]
    rows.append((words.say("subtitle", date=words.day(figures.today)), None, None, ""))
    if figures.since:
        rows.append((words.say("since", date=words.day(figures.since)), None, None, ""))
    columns = (
        SheetColumn(say("figure"), width=52),
        SheetColumn(say("count"), "number", 10),
        SheetColumn(say("percent"), "number", 10),
        SheetColumn(say("value"), width=60),
    )
    chart = SheetChart(say("classes"), 0, (1,), len(area.classes))
    return SheetTable(say("summary"), columns, tuple(rows), chart=chart)


def _weak_words(area: AreaFigures, code: str, words: DistrictWords) -> str:
    spread = area.indicators[code]
    mean, middle = words.number(spread.mean, 1), words.number(spread.median, 1)
    return words.say("weakest_value", mean=mean, median=middle, count=spread.count)


def _ordered(figures: DistrictFigures) -> list[AreaFigures]:
    """All areas, each after the one it lies in."""
    found: list[AreaFigures] = []

    def walk(key: str) -> None:
        found.append(figures.areas[key])
        for child in children.get(key, ()):
            walk(child)

    children: dict[str, list[str]] = {}
    for area in sorted(figures.table.areas.values(), key=lambda area: (area.name.casefold(), area.key)):
        children.setdefault(area.parent, []).append(area.key)
    walk(EVERYWHERE)
    return found


def _place_columns(words: DistrictWords) -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(words.say("province"), width=20),
        SheetColumn(words.say("regency"), width=24),
        SheetColumn(words.say("district"), width=20),
    )


def _place_cells(figures: DistrictFigures, area: AreaFigures, words: DistrictWords) -> tuple[Cell, ...]:
    names = {"province": "", "regency": "", "district": ""}
    step = area.area
    while step.parent:
        names[step.level] = words.area(step)
        step = figures.table.areas[step.parent]
    if area.area.key == EVERYWHERE:
        names["province"] = words.area(area.area)
    return tuple(names.values())


def _areas_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    say, instrument = words.say, figures.instrument
    names = [say("known"), say("handed"), say("respondents"), *(words.class_name(c) for c in instrument.class_codes)]
    names += [say("communication"), say("business"), say("both"), say("neither"), say("active")]
    names += [f"SK: {say('decree.ending')}", f"SK: {say('decree.lapsed')}", say("claimed")]
    for code in ("index", *instrument.dimension_codes):
        name = say("index") if code == "index" else code
        names += [f"{name}: {say('median').lower()}", f"{name}: {say('mean').lower()}"]
    names += [f"{say('change')}: {say('median').lower()}"]
    rows: list[tuple[Cell, ...]] = []
    for area in _ordered(figures):
        cells: list[Cell] = [area.known, area.groups, area.respondents, *area.classes.values()]
        cells += [area.communication, area.business, area.both, area.neither, area.active]
        cells += [area.ending, area.lapsed, area.claimed_only]
        for spread in area.spreads.values():
            cells += [_round(spread.median), _round(spread.mean)]
        cells.append(_round(area.change.median))
        rows.append((*_place_cells(figures, area, words), *cells))
    columns = (*_place_columns(words), *(SheetColumn(name, "number", 13) for name in names))
    return SheetTable(say("areas"), columns, tuple(rows))


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _indicators_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    codes = figures.instrument.codes
    rows: list[tuple[Cell, ...]] = [
        (
            *_place_cells(figures, area, words),
            area.respondents,
            *(_round(area.indicators[code].mean) for code in codes),
        )
        for area in _ordered(figures)
    ]
    heads = [SheetColumn(f"{code} {words.indicator(code)}", "number", 11) for code in codes]
    columns = (*_place_columns(words), SheetColumn("n", "number", 6), *heads)
    field = (len(columns) - len(codes), len(columns) - 1, 4)
    return SheetTable(words.say("indicators"), columns, tuple(rows), field=field)


def _groups_sheet(figures: DistrictFigures, words: DistrictWords, *, contacts: bool) -> SheetTable:
    say, instrument = words.say, figures.instrument
    columns = [SheetColumn(say("group"), width=30), SheetColumn(say("village"), width=22), *_place_columns(words)]
    columns += [SheetColumn(say("code"), width=14), SheetColumn(say("index"), "number", 8), SheetColumn(say("class"))]
    columns += [SheetColumn(code, "number", 7) for code in instrument.dimension_codes]
    columns += [SheetColumn(say("delta"), "number", 8), SheetColumn(say("date"), "date", 12)]
    columns += [SheetColumn(say("decree_until"), "date", 12), SheetColumn(say("state"), width=14)]
    columns += [SheetColumn(say("level"), width=16), SheetColumn(say("active"), width=10)]
    columns += [SheetColumn(say("members"), "number", 9), SheetColumn(say("published"), "number", 9)]
    columns += [SheetColumn(code, "number", 6) for code in instrument.codes]
    columns += [SheetColumn(say("source"), width=34), SheetColumn(say("remarks"), width=40)]
    columns += [SheetColumn(say("contact"), width=34)] if contacts else []
    rows = tuple(_group_cells(group, figures, words, contacts=contacts) for group in figures.groups)
    return SheetTable(say("groups"), tuple(columns), rows)


def _group_cells(
    group: GroupFigures, figures: DistrictFigures, words: DistrictWords, *, contacts: bool
) -> tuple[Cell, ...]:
    merged, current = group.merged, group.current
    who, counts = merged.group, merged.counts
    areas, instrument = figures.table.areas, figures.instrument
    cells: list[Cell] = [group.name, who.village, *(areas[key].name for key in group.path), who.region_code]
    if current is None:
        cells += [None, words.class_name(""), *(None for _ in instrument.dimension_codes), None, None]
    else:
        cells += [_round(current.index), words.class_name(current.class_code)]
        cells += [_round(current.dimensions.get(code)) for code in instrument.dimension_codes]
        cells += [_round(group.change), parse_day(current.date)]
    until = who.decree.valid_until
    cells += [parse_day(until) if until else None, words.say(f"decree.{group.decree_state}"), words.proof(group)]
    cells.append({True: words.say("yes"), False: words.say("no"), None: ""}[group.active])
    people = [number for number in (who.counted.women, who.counted.men) if number is not None]
    cells += [sum(people) if people else None, counts.published if counts else None]
    scores = current.scores if current else {}
    cells += [scores.get(code) for code in instrument.codes]
    cells += [merged.sources[0], " ".join(words.texts.explain(remark) for remark in merged.remarks)]
    if contacts:
        told = (", ".join(part for part in (c.name, c.phone, c.email) if part) for c in merged.contacts)
        cells.append("; ".join(told))
    return tuple(cells)


def _rounds_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    """Every round of every group with more than one, and which file each came in."""
    from studio.group.district_scores import score_round

    say, instrument = words.say, figures.instrument
    rows: list[tuple[Cell, ...]] = []
    for group in figures.groups:
        if len(group.merged.rounds) < 2:
            continue
        known = {scores.date: scores for scores in (group.previous, group.current) if scores is not None}
        for found in group.merged.rounds:
            # The last two rounds were scored for the report already.
            scored = known.get(found.date) or score_round(found, instrument)
            rows.append(
                (
                    group.name,
                    group.merged.group.village,
                    parse_day(found.date),
                    found.instrument,
                    _round(scored.index),
                    *(_round(scored.dimensions.get(code)) for code in instrument.dimension_codes),
                )
            )
    columns = (
        *(SheetColumn(say("group"), width=30), SheetColumn(say("village"), width=24)),
        *(SheetColumn(say("date"), "date", 12), SheetColumn(say("instruments"), width=14)),
        SheetColumn(say("index"), "number", 8),
        *(SheetColumn(code, "number", 8) for code in instrument.dimension_codes),
    )
    return SheetTable(say("series_title"), columns, tuple(rows))


def _absent_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    say = words.say
    rows = tuple(
        (row.place.name, row.place.village, row.place.district, row.place.regency, row.place.region_code, row.source)
        for row in figures.absent
    )
    names = (say("group"), say("village"), say("district"), say("regency"), say("code"), say("source"))
    return SheetTable(say("absent"), tuple(SheetColumn(name, width=26) for name in names), rows)


def _problems_sheet(figures: DistrictFigures, words: DistrictWords) -> SheetTable:
    """Files that were refused, came twice or contradict another, and open questions: nothing is dropped silently."""
    say, merge = words.say, figures.merge
    rows: list[tuple[Cell, ...]] = [
        (say("refused"), file.source, words.texts.explain(file.error)) for file in merge.refused
    ]
    rows += [(say("twice_title"), source, f"{say('twice')} {first}") for source, first in merge.twice]
    rows += [(say("problems"), other, say("rival", file=used)) for used, other in merge.rivals]
    rows += [(say("questions"), question.key, question_words(question, words)) for question in merge.questions]
    columns = (
        SheetColumn(say("state"), width=30),
        SheetColumn(say("file"), width=50),
        SheetColumn(say("reason"), width=80),
    )
    return SheetTable(say("problems"), columns, tuple(rows))
