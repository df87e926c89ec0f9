"""The district report on A4: figures, charts, a line for each area, a line for each group while they are few enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from studio.base.locale_forms import number_value
from studio.documents.district_tiles import HEAT, NO_DATA, heat_step, ink_on, province_tiles
from studio.documents.district_words import DistrictWords
from studio.documents.office_paper import FONT, INK, MARGIN, PAGE, SOFT, paper_page, text_box
from studio.group.district_areas import EVERYWHERE
from studio.story.model import Group
from studio.story.regions import bare_village

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.documents.district_tiles import ProvinceTile
    from studio.group.district_figures import AreaFigures, DistrictFigures

MOST_GROUPS = 600
"""Groups that are listed on paper: 14 pages. More are in the workbook, and the last page says so."""
# 25 pages. Reasons why a file was refused take several lines each, so fewer of them are printed.
_MOST_AREAS = 1_100
_MOST_TROUBLES = 120
# They end at 761 points: below, the note and the foot of the page have their room.
_ROWS = 44
_LINE = 15.2
_TABLE_TOP = 92.0
_SIZE = 8.6
_PARAGRAPH_GAP = 0.35
"""What ``paint`` puts between the paragraphs of a box, in em; each row is one."""
_SLACK = 0.99
"""Of a column: neighbours that are set apart (kerning) make a line a little wider than its letters."""
_CLASS_COLORS = ("#8a9791", "#f2b705", "#3f9c8a", "#0f6b5c")
_WIDTH = PAGE[0] - 2 * MARGIN
_BETWEEN = 10
"""Points between the boxes with figures."""


class _PaperColumn(NamedTuple):
    """A column of a table on paper; ``share`` of the width."""

    title: str
    share: float
    right: bool = False


def write_district_pdf(path: Path, figures: DistrictFigures, texts: MessageTexts, progress: Progress) -> None:
    """Write the report as a PDF; it appears complete or not at all.

    Needs a Qt application (``paint.qt_application``).

    Args:
        path: the file.
        figures: the report.
        texts: language.
        progress: called page by page while they are laid out.

    Raises:
        UserError: it cannot be written there.
        WorkCancelled: from ``progress``.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    words = DistrictWords(texts, figures.instrument)
    # All pages before the first is laid out: each one prints "page 3 of 15".
    bodies = list(_bodies(figures, words))
    pages = []
    for number, (head, body) in enumerate(bodies, 1):
        progress.report(number - 1, len(bodies) + 1, head)
        foot = words.say("page", number=number, count=len(bodies))
        pages.append(_page(head, body, foot, words.day(figures.today)))
    with finished_file(path) as part:
        paint_pdf(pages, part, title=words.say("title"), author="KIM Studio")
    progress.report(1, 1, path.name)


def _page(head: str, body: str, foot: str, day: str) -> str:
    return paper_page(
        # No colours of one group: the report is about many.
        Group(),
        text_box("kepala", 26, 14, head, 10, weight=600, lines=1, color=SOFT, width=_WIDTH * 0.7),
        text_box("tanggal", 26, 14, day, 10, lines=1, color=SOFT, align="right", left=MARGIN + _WIDTH * 0.7),
        body,
        text_box("kaki", PAGE[1] - 34, 14, foot, 9, weight=500, lines=1, align="right", color=SOFT),
    )


def _bodies(figures: DistrictFigures, words: DistrictWords) -> Iterator[tuple[str, str]]:
    """(head, content) of every page."""
    title = words.say("title")
    yield title, _summary_page(figures, words)
    if tiles := province_tiles(figures, words):
        yield f"{title}: {words.say('tiles')}", _map(tiles, words)
    yield f"{title}: {words.say('scatter')}", _charts(figures, words)
    for head, columns, rows in _tables(figures, words):
        # Tables are cut by row count and not by what fits, so that thousands of rows need no layout by trial.
        for start in range(0, len(rows), _ROWS):
            note = words.say("paper_notes") if head == words.say("areas") else ""
            shown = rows[start : start + _ROWS]
            body = _table_page(
                head, columns, shown, str(start), _fields(shown, words) if head == words.say("heat") else ""
            )
            yield (
                f"{title}: {head}",
                body + text_box("catatan", PAGE[1] - 50, 12, note, 8, lines=1, color=SOFT) if note else body,
            )


# ------------------------------------------------------------------------------------------------ first pages


def _summary_page(figures: DistrictFigures, words: DistrictWords) -> str:
    area = figures.areas[EVERYWHERE]
    parts = [
        text_box("judul", 52, 36, words.say("title"), 28, weight=800, lines=1),
        text_box("anak", 90, 18, _scope(figures, words), 12, weight=500, lines=1, color=SOFT),
    ]
    third = (_WIDTH + _BETWEEN) / 3
    for number, figure in enumerate(words.key_figures(area)):
        left = MARGIN + number % 3 * third
        top = 126 + number // 3 * 92
        parts += [
            f'<rect x="{left}" y="{top}" width="{third - _BETWEEN:.1f}" height="82" rx="7" fill="#f1f5f3"/>',
            text_box(f"a{number}", top + 8, 24, figure.label, 9.2, left=left + 10, width=third - 30, color=SOFT),
            text_box(
                f"b{number}", top + 34, 24, figure.value, 18, left=left + 10, width=third - 30, weight=700, lines=1
            ),
            text_box(f"c{number}", top + 58, 22, figure.hint, 8.4, left=left + 10, width=third - 30, color=SOFT),
        ]
    parts += _class_bars(area, words, 420)
    parts += _weakest(area, words, 590)
    return "".join(parts)


def _scope(figures: DistrictFigures, words: DistrictWords) -> str:
    """What is in the report: the one area when there is one."""
    key = EVERYWHERE
    while len(children := figures.table.children(key)) == 1 and children[0].level != "district":
        key = children[0].key
    since = ". " + words.say("since", date=words.day(figures.since)) if figures.since else ""
    return words.area(figures.table.areas[key]) + since


def _class_bars(area: AreaFigures, words: DistrictWords, top: float) -> list[str]:
    parts = [text_box("kelas", top, 18, words.say("classes"), 13, weight=700, lines=1)]
    most = max(area.classes.values(), default=0) or 1
    for number, (code, count) in enumerate(area.classes.items()):
        line = top + 28 + number * 30
        width = max(1.0, 300 * count / most)
        color = _CLASS_COLORS[number % len(_CLASS_COLORS)]
        parts += [
            text_box(f"k{number}", line, 16, words.class_name(code), 10.5, width=110, lines=1),
            f'<rect x="{MARGIN + 116}" y="{line - 4}" width="{width:.1f}" height="15" rx="3" fill="{color}"/>',
            text_box(
                f"kn{number}",
                line,
                16,
                words.share(count, area.respondents),
                10.5,
                left=MARGIN + 424,
                lines=1,
                weight=600,
                align="right",
            ),
        ]
    return parts


def _weakest(area: AreaFigures, words: DistrictWords, top: float) -> list[str]:
    parts = [text_box("lemah", top, 18, words.say("weakest"), 13, weight=700, lines=1)]
    for number, code in enumerate(area.weakest):
        spread = area.indicators[code]
        line = top + 28 + number * 34
        value = words.say(
            "weakest_value",
            mean=words.number(spread.mean, 1),
            median=words.number(spread.median, 1),
            count=spread.count,
        )
        parts += [
            text_box(f"l{number}", line, 16, f"{code} {words.indicator(code)}", 10.5, width=220, weight=600, lines=1),
            f'<rect x="{MARGIN + 226}" y="{line - 1}" width="120" height="10" rx="3" fill="#e3e9e6"/>',
            f'<rect x="{MARGIN + 226}" y="{line - 1}" width="{30 * (spread.mean or 0):.1f}" height="10" rx="3"'
            ' fill="#b4551a"/>',
            text_box(f"lv{number}", line, 16, value, 8.8, left=MARGIN + 354, lines=1, color=SOFT),
        ]
    if not area.weakest:
        parts.append(text_box("l0", top + 28, 16, words.say("no_data"), 10.5, lines=1, color=SOFT))
    return parts


def _map(tiles: Sequence[ProvinceTile], words: DistrictWords) -> str:
    """The provinces as squares, as on the pages."""
    side, top = _WIDTH / (1 + max(tile.column for tile in tiles)), 110.0
    parts = [
        text_box("judul", 52, 22, words.say("tiles"), 17, weight=700, lines=1),
        text_box("ket", 76, 24, words.say("tiles_hint"), 8.6, lines=2, color=SOFT),
    ]
    for number, tile in enumerate(tiles):
        left, high = MARGIN + tile.column * side, top + tile.row * side
        ground, ink = (NO_DATA, SOFT) if tile.step is None else (HEAT[tile.step], ink_on(tile.step))
        inside = partial(text_box, left=left + 1, width=side - 3, lines=1, align="center", color=ink)
        parts += [
            f'<rect x="{left:.1f}" y="{high:.1f}" width="{side - 1.5:.1f}" height="{side - 1.5:.1f}" rx="3"'
            f' fill="{ground}"/>',
            inside(f"p{number}", high + 2, 9, tile.short, 5.2, min=3.2),
        ]
        if tile.key:
            parts += [
                inside(f"pv{number}", high + 10, 11, tile.value, 9, weight=700),
                inside(f"pn{number}", high + 20, 8, str(tile.count), 6),
            ]
    return "".join(parts)


def _charts(figures: DistrictFigures, words: DistrictWords) -> str:
    """The scatter, squares with counts where dots would hide one another, and the medians of the dimensions."""
    side, left, top = 440.0, MARGIN + 36, 100.0
    middle = side / 2
    parts = [
        text_box("judul", 52, 22, words.say("scatter"), 17, weight=700, lines=1),
        text_box("ket", 74, 12, words.say("scatter_hint"), 8.6, lines=1, color=SOFT),
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#b9c5bf"/>',
        f'<path d="M{left + middle} {top}v{side}M{left} {top + middle}h{side}" stroke="#8a9791" stroke-dasharray="5 5"'
        ' fill="none"/>',
    ]
    placed = [
        (group.current.dimensions["KP"], group.current.dimensions["US"])
        for group in figures.groups
        if group.current is not None and {"KP", "US"} <= group.current.dimensions.keys()
    ]
    size: dict[tuple[int, int], int] = {}
    for across, up in placed:
        # 20 by 20 squares of 5 points; a score of exactly 100 belongs to the last one.
        square = min(19, int(across // 5)), min(19, int(up // 5))
        size[square] = size.get(square, 0) + 1
    most = max(size.values(), default=1)
    for (column, line), count in sorted(size.items()):
        x, y = left + (column + 0.5) * side / 20, top + side - (line + 0.5) * side / 20
        # The square root makes the area of a dot, which is what the eye compares, follow the count.
        radius = 2.4 + 8 * (count / most) ** 0.5 if most > 3 else 4.0
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#0f6b5c" fill-opacity="0.7"/>')
    for value in (0, 50, 100):
        at = side * value / 100
        parts += [
            text_box(f"x{value}", top + side + 4, 12, str(value), 9, left=left + at - 15, width=30, align="center"),
            text_box(f"y{value}", top + side - at - 6, 12, str(value), 9, left=left - 36, width=30, align="right"),
        ]
    parts += [
        text_box("kp", top + side + 18, 14, f"{words.titled('KP')} (KP) →", 9.5, width=side, left=left, align="center"),
        text_box("us", top - 14, 12, f"↑ {words.titled('US')} (US)", 9.5, left=left, width=side),
    ]
    area, row = figures.areas[EVERYWHERE], top + side + 60
    for number, code in enumerate(("index", *figures.instrument.dimension_codes)):
        name = words.say("index") if code == "index" else words.titled(code)
        parts += [
            text_box(f"d{number}", row + number * 20, 14, name, 10.5, width=180, lines=1, weight=600),
            text_box(
                f"dv{number}", row + number * 20, 14, words.spread(area.spreads[code], 1), 10.5, left=MARGIN + 190
            ),
        ]
    return "".join(parts)


# ------------------------------------------------------------------------------------------------ tables


def _tables(
    figures: DistrictFigures, words: DistrictWords
) -> Iterator[tuple[str, tuple[_PaperColumn, ...], list[tuple[str, ...]]]]:
    say = words.say
    yield say("areas"), _area_columns(figures, words), _area_rows(figures, words)
    yield say("heat"), _heat_columns(figures), _heat_rows(figures, words)
    if len(figures.groups) <= MOST_GROUPS:
        yield say("groups"), _group_columns(figures, words), _group_rows(figures, words)
    troubles = [(file.source, words.texts.explain(file.error)) for file in figures.merge.refused]
    if troubles:
        columns = (_PaperColumn(say("file"), 0.36), _PaperColumn(say("reason"), 0.64))
        rows = troubles[:_MOST_TROUBLES]
        rows += [("…", say("more_areas"))] if len(troubles) > len(rows) else []
        yield say("refused"), columns, [row for trouble in rows for row in _fold_trouble(trouble)]
    if len(figures.groups) > MOST_GROUPS:
        yield say("groups"), (_PaperColumn("", 1.0),), [(say("more_areas"),)]


def _fold_trouble(trouble: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """A long reason on as many lines as it needs: here the remedy matters more than the table's evenness."""
    import textwrap

    for number, line in enumerate(textwrap.wrap(trouble[1], 64) or [""]):
        yield (trouble[0] if number == 0 else "", line)


def _area_columns(figures: DistrictFigures, words: DistrictWords) -> tuple[_PaperColumn, ...]:
    say = words.say
    heads = ("n", say("index"), *figures.instrument.dimension_codes, "KP ✓", "US ✓", "SK !")
    names = (say("areas"), *heads)
    return tuple(_PaperColumn(name, 0.37 if not at else 0.63 / len(heads), bool(at)) for at, name in enumerate(names))


def _indented(area: AreaFigures, words: DistrictWords) -> str:
    step = {"all": 0, "province": 0, "regency": 1, "district": 2}[area.area.level]
    return " " * (3 * step) + _bare_district(words.area(area.area))


def _area_rows(figures: DistrictFigures, words: DistrictWords) -> list[tuple[str, ...]]:
    rows = []
    for area in ordered_areas(figures)[:_MOST_AREAS]:
        answered = f"{area.respondents}/{area.known}" if area.known is not None else str(area.respondents)
        medians = (words.number(spread.median) for spread in area.spreads.values())
        rows.append(
            (
                _indented(area, words),
                answered,
                *medians,
                str(area.communication),
                str(area.business),
                str(area.ending + area.lapsed),
            )
        )
    return rows


def ordered_areas(figures: DistrictFigures) -> list[AreaFigures]:
    """All areas, each after the one it lies in; only regencies and above when districts would fill the paper."""
    found: list[AreaFigures] = []
    children: dict[str, list[str]] = {}
    for area in sorted(figures.table.areas.values(), key=lambda area: (area.name.casefold(), area.key)):
        children.setdefault(area.parent, []).append(area.key)
    # All 7,000 districts of Indonesia would be 160 pages; the workbook and the website still have them.
    wide = len(figures.areas) > _MOST_AREAS

    def walk(key: str) -> None:
        if wide and figures.table.areas[key].level == "district":
            return
        found.append(figures.areas[key])
        for child in children.get(key, ()):
            walk(child)

    walk(EVERYWHERE)
    return found


def _heat_columns(figures: DistrictFigures) -> tuple[_PaperColumn, ...]:
    codes = figures.instrument.codes
    first = _PaperColumn("", 0.24)
    return (first, *(_PaperColumn(code, 0.76 / len(codes), right=True) for code in codes))


def _heat_rows(figures: DistrictFigures, words: DistrictWords) -> list[tuple[str, ...]]:
    areas = ordered_areas(figures)
    return [
        (_indented(area, words), *(words.number(spread.mean, 1) for spread in area.indicators.values()))
        for area in areas
        if area.respondents and (len(areas) <= 200 or area.area.level != "district")
    ]


def _group_columns(figures: DistrictFigures, words: DistrictWords) -> tuple[_PaperColumn, ...]:
    say = words.say
    numbers = (say("index"), *figures.instrument.dimension_codes, say("delta"))
    return (
        _PaperColumn(say("group"), 0.225),
        _PaperColumn(say("village"), 0.213),
        *(_PaperColumn(name, 0.05 if name != say("delta") else 0.062, right=True) for name in numbers),
        _PaperColumn(say("class"), 0.13),
        _PaperColumn("SK", 0.115),
    )


def _group_rows(figures: DistrictFigures, words: DistrictWords) -> list[tuple[str, ...]]:
    rows = []
    for group in figures.groups:
        current, who = group.current, group.merged.group
        place = f"{bare_village(who.village)}, {_bare_district(who.district)}".strip(", ") or who.region_code
        dimensions = figures.instrument.dimension_codes
        values = [words.number(current.index if current else None)]
        values += [words.number(current.dimensions.get(code) if current else None) for code in dimensions]
        name = words.class_name(current.class_code if current else "")
        until = words.short_day(who.decree.valid_until)
        rows.append((group.name, place, *values, words.signed(group.change), name, until))
    return rows


def _bare_district(name: str) -> str:
    """A district without the word for it."""
    return name.removeprefix("Kecamatan ")


def _fields(rows: Sequence[tuple[str, ...]], words: DistrictWords) -> str:
    """A colour behind each mean; those dark enough to need white letters are lightened, as a column has one ink."""
    wide = 0.76 / max(1, len(rows[0]) - 1) * _WIDTH
    parts = []
    for line, row in enumerate(rows):
        for at, cell in enumerate(row[1:]):
            if cell[:1].isdigit():
                step = heat_step(number_value(cell, words.texts.language))
                left, top = MARGIN + 0.24 * _WIDTH + at * wide, _TABLE_TOP + line * _LINE
                parts.append(
                    f'<rect x="{left + 1:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{_LINE}" fill="{HEAT[step]}"'
                    f' fill-opacity="{0.55 if step > 5 else 1}"/>'
                )
    return "".join(parts)


def _table_page(
    head: str, columns: Sequence[_PaperColumn], rows: Sequence[tuple[str, ...]], name: str, behind: str = ""
) -> str:
    """A page of a table: each column is one box with a line a row, which is ten times faster than a box a cell.

    Args:
        head: above it.
        columns: heads and widths.
        rows: at most ``_ROWS``.
        name: begins the ids of its boxes.
        behind: SVG instead of stripes.
    """
    top = _TABLE_TOP
    stripes = behind or "".join(
        f'<rect x="{MARGIN - 4}" y="{top + number * _LINE:.1f}" width="{_WIDTH + 8:.1f}" height="{_LINE}"'
        ' fill="#f3f6f5"/>'
        for number in range(0, len(rows), 2)
    )
    parts = [stripes, text_box(f"t{name}", 44, 22, head, 15, weight=700, lines=1)]
    left = float(MARGIN)
    for at, column in enumerate(columns):
        width = _WIDTH * column.share
        align = "right" if column.right else "left"
        inside = width - 4
        title = column.title if column.share < 0.08 else _cut(column.title, inside, 8, 700)
        parts.append(
            text_box(f"h{name}-{at}", 74, 14, title, 8, left=left, width=inside, align=align, weight=700, lines=1)
        )
        text = "\n".join((row[at] if column.right else _cut(row[at], inside, _SIZE)) or "·" for row in rows)
        # Never shrunk to fit: columns of one table in letters of two sizes would not stand line by line.
        box = {"min": _SIZE, "align": align, "lead": _LINE / _SIZE - _PARAGRAPH_GAP, "color": INK, "valign": "top"}
        room = _LINE * (len(rows) + 2)  # what hangs below the last line must not cost it its end
        parts.append(text_box(f"c{name}-{at}", top, room, text, _SIZE, left=left, width=inside, **box))
        left += width
    return "".join(parts)


def _cut(text: str, room: float, size: float, weight: int = 400) -> str:
    """As much of a text as goes on one line: a line that broke would move all below it to another row."""
    from studio.paint.lines import letter_width

    most, used, fits = room * _SLACK / size, 0.0, 0
    dots = letter_width("…", FONT, weight)
    for at, letter in enumerate(text):
        used += letter_width(letter, FONT, weight)
        if used + dots <= most:
            fits = at + 1
        if used > most:
            return text[:fits].rstrip(" ,") + "…"
    return text
