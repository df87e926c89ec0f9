"""The district report as a folder of pages: opened by a double click, read on a phone, no network, no script needed.

Each area has a page of its own, so a click on a district narrows every figure, chart and list to it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from studio.documents.district_tiles import province_tiles
from studio.documents.district_words import DistrictWords
from studio.group.district_areas import EVERYWHERE
from studio.group.district_figures import FEWEST, areas_below, path_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jinja2 import Template

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.district_areas import DistrictArea
    from studio.group.district_figures import AreaFigures, DistrictFigures, GroupFigures
    from studio.group.district_merge import SameGroupQuestion

MOST_ROWS = 400
"""Groups that a page lists and draws one by one; more would make it heavy for a phone, and its areas have pages."""
_STYLE, _SCRIPT, _TEMPLATE = "gaya.css", "cari.js", "halaman.html.j2"


def web_files(
    figures: DistrictFigures, texts: MessageTexts, assets: Path, progress: Progress, *, contacts: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder as (path in it, content); ``index.html`` comes last, when all it leads to is there.

    Args:
        figures: the report.
        texts: language.
        assets: the folder ``assets/district``.
        progress: called page by page.
        contacts: whether contacts that groups ticked are listed.
    """
    site = _DistrictSite(figures, DistrictWords(texts, figures.instrument), assets, contacts)
    for name in (_STYLE, _SCRIPT):
        yield name, (assets / name).read_bytes()
    yield "kim.js", site.search_list()
    keys = [key for key in figures.areas if key != EVERYWHERE]
    for done, key in enumerate(keys):
        if done % 8 == 0:
            progress.report(done, len(keys) + 1, figures.table.areas[key].name)
        yield page_name(figures.table.areas[key]), site.page(key)
    yield "index.html", site.page(EVERYWHERE)
    progress.report(1, 1, "")


def page_name(area: DistrictArea) -> str:
    """Where the page of an area lies in the folder; names that people typed become no file names."""
    if area.key == EVERYWHERE:
        return "index.html"
    return f"wilayah/{area.key if area.code else 'w-' + _short_id(area.key)}.html"


def _short_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class _DistrictSite:
    """Fills pages. One for each report: it holds what all pages have in common."""

    def __init__(self, figures: DistrictFigures, words: DistrictWords, assets: Path, contacts: bool) -> None:
        self._figures = figures
        self._words = words
        self._contacts = contacts
        self._template = _template(assets)
        self._codes = [{"code": code, "name": words.indicator(code)} for code in figures.instrument.codes]
        # A group appears on the page of its district, regency, province and on the front page. Filling a row or dot
        # once and reusing the markup is what keeps 8,000 groups fast.
        self._rows: dict[str, Markup] = {}
        self._dots: dict[str, Markup] = {}
        self._heat: dict[str, Markup] = {}
        self._cell_heads = [
            Markup('<td data-t="{}"{}>').format(head["name"], Markup(' class="n"') if head["number"] else "")
            + Markup("{}</td>")
            for head in self._heads()
        ]
        self._members: dict[str, list[GroupFigures]] = {key: [] for key in figures.areas}
        for group in figures.groups:
            for key in (EVERYWHERE, *group.path):
                self._members[key].append(group)

    def page(self, key: str) -> bytes:
        """The page of an area."""
        figures, words, area = self._figures, self._words, self._figures.areas[key]
        groups = self._members[key]
        top = key == EVERYWHERE
        root = "" if top else "../"
        children = areas_below(figures, key)
        name = words.area(area.area)
        context = {
            "language": words.texts.language,
            "root": root,
            "say": words.say,
            "title": f"{words.say('title')}: {name}",
            "name": name,
            "subtitle": words.say("subtitle", date=words.day(figures.today)),
            "since": words.say("since", date=words.day(figures.since)) if figures.since else "",
            "path": [
                {"href": root + page_name(step), "name": words.area(step)}
                for step in path_to(figures.table.areas, key)[:-1]
            ],
            "figures": words.key_figures(area),
            "children": [
                {
                    "href": root + page_name(child.area),
                    "name": words.area(child.area),
                    "count": words.say("respondents_only", count=child.respondents),
                }
                for child in children
            ],
            "tiles": self._tiles() if top else [],
            "n_words": words.say("respondents_only", count=area.respondents),
            "classes": self._classes(area),
            "weakest": self._weakest(area),
            "dimensions": [
                {"name": words.titled(code), "value": words.spread(area.spreads[code])}
                for code in figures.instrument.dimension_codes
            ],
            "scatter": self._scatter(groups),
            "heat": {"codes": self._codes, "rows": self._heat_rows(area, children, root)},
            **self._lists(key, groups),
            **(self._troubles() if top else {"questions": [], "refused": [], "instruments": ""}),
            "search": top,
            "footer": words.say("made", date=words.day(figures.today)),
        }
        return self._template.render(context).encode("utf-8", "replace")

    # ------------------------------------------------------------------------------------------- charts

    def _classes(self, area: AreaFigures) -> list[dict[str, object]]:
        words, n = self._words, area.respondents
        return [
            {"name": words.class_name(code), "count": count, "share": words.share(count, n)}
            for code, count in area.classes.items()
        ]

    def _weakest(self, area: AreaFigures) -> list[dict[str, str]]:
        words = self._words
        rows = []
        for code in area.weakest:
            spread = area.indicators[code]
            mean, middle = words.number(spread.mean, 1), words.number(spread.median, 1)
            value = words.say("weakest_value", mean=mean, median=middle, count=spread.count)
            rows.append({"code": code, "name": words.indicator(code), "value": value})
        return rows

    def _scatter(self, groups: Sequence[GroupFigures]) -> dict[str, object]:
        """Dots that lead to their row; above ``MOST_ROWS`` squares with counts."""
        words = self._words
        placed = [
            (group, group.current.dimensions["KP"], group.current.dimensions["US"])
            for group in groups
            if group.current is not None and {"KP", "US"} <= group.current.dimensions.keys()
        ]
        without = sum(group.current is not None for group in groups) - len(placed)
        hint = [words.say("scatter_hint" if len(groups) <= MOST_ROWS else "scatter_grid")]
        hint += [words.say("scatter_without", count=without)] if without else []
        if len(groups) <= MOST_ROWS:
            dots = [self._dot(group, across, up) for group, across, up in placed]
            return {"hint": " ".join(hint), "dots": dots, "cells": []}
        squares: dict[tuple[int, int], int] = {}
        for _, across, up in placed:
            # A score of exactly 100 belongs to the last square.
            square = min(9, int(across // 10)), min(9, int(up // 10))
            squares[square] = squares.get(square, 0) + 1
        most = max(squares.values(), default=1)
        cells = [
            {"x": 42 + 30 * column, "y": 282 - 30 * line, "count": count, "weight": round(0.08 + 0.5 * count / most, 2)}
            for (column, line), count in sorted(squares.items())
        ]
        return {"hint": " ".join(hint), "dots": [], "cells": cells}

    def _dot(self, group: GroupFigures, across: float, up: float) -> Markup:
        """Dots of equal scores lie beside each other: each is moved a little, always in the same way."""
        made = self._dots.get(group.merged.id)
        if made is None:
            # From the id and not at random: the same report must give the same bytes, and a dot must stay where a
            # reader saw it.
            moved = hashlib.sha256(group.merged.id.encode()).digest()
            # 3.04 pixels a point put 0 to 100 on the plot's 304 pixels; the shift is at most 4.6 pixels, less than a
            # dot.
            x = 40 + 3.04 * across + (moved[0] - 127.5) / 28
            y = 314 - 3.04 * up + (moved[1] - 127.5) / 28
            title = f"{group.name}: KP {self._words.number(across)}, US {self._words.number(up)}"
            drawn = '<a href="#{}"><circle cx="{}" cy="{}" r="5"><title>{}</title></circle></a>'
            made = self._dots[group.merged.id] = Markup(drawn).format(row_id(group), f"{x:.1f}", f"{y:.1f}", title)
        return made

    def _heat_rows(self, area: AreaFigures, children: Sequence[AreaFigures], root: str) -> list[dict[str, object]]:
        rows = [self._heat_row(child, root + page_name(child.area)) for child in children]
        return [self._heat_row(area, ""), *rows] if area.respondents else rows

    def _heat_row(self, area: AreaFigures, href: str) -> dict[str, object]:
        name = self._words.area(area.area)
        return {"name": name, "href": href, "n": area.respondents, "cells": self._heat_cells(area)}

    def _heat_cells(self, area: AreaFigures) -> Markup:
        """Cells of an area: on its own page and on that above it. Nothing but numbers of ours is in them."""
        made = self._heat.get(area.area.key)
        if made is None:
            cells = []
            for spread in area.indicators.values():
                number = self._words.number(spread.mean, 1)
                # Italics warn that the mean is one of very few groups.
                shown = f"<i>{number}</i>" if 0 < spread.count < FEWEST else number
                # Nine shades, h0 to h8, for 0 to 4 in halves.
                look = "" if spread.mean is None else f' class="h{round(spread.mean * 2)}"'
                cells.append(f"<td{look}>{shown}</td>")
            made = self._heat[area.area.key] = Markup("".join(cells))
        return made

    def _tiles(self) -> list[dict[str, object]]:
        """The 38 provinces as squares; nothing when all groups are of one."""
        areas = self._figures.table.areas
        return [
            {
                "short": tile.short,
                "column": tile.column + 1,
                "row": tile.row + 1,
                "name": tile.name or tile.short,
                "href": page_name(areas[tile.key]) if tile.key else "",
                "value": tile.value,
                "count": tile.count,
                "look": "h0" if tile.step is None else f"h{tile.step}",
            }
            for tile in province_tiles(self._figures, self._words)
        ]

    # ------------------------------------------------------------------------------------------- lists

    def _lists(self, key: str, groups: Sequence[GroupFigures]) -> dict[str, object]:
        words = self._words
        absent = self._figures.absent_in(key)
        listed: dict[str, object] = {
            "heads": self._heads(),
            "contacts": self._contacts,
            "groups": [],
            "many": "",
            "absent": [
                f"{known.place.name or known.place.id} ({words.group_place(known)})" for known in absent[:MOST_ROWS]
            ],
            "absent_count": len(absent),
        }
        if len(groups) > MOST_ROWS:
            return listed | {"many": words.say("scatter_grid")}
        return listed | {"groups": [self._row(group) for group in groups]}

    def _row(self, group: GroupFigures) -> Markup:
        """A group's row; it stands on up to four pages and is filled once."""
        made = self._rows.get(group.merged.id)
        if made is None:
            cells = zip(self._cell_heads, self._cells(group), strict=True)
            made = Markup('<tr id="{}">{}</tr>').format(
                row_id(group), Markup().join(head.format(cell) for head, cell in cells)
            )
            self._rows[group.merged.id] = made
        return made

    def _heads(self) -> list[dict[str, object]]:
        say = self._words.say
        names = [(say("group"), False), (say("village"), False), (say("index"), True), (say("class"), False)]
        names += [(code, True) for code in self._figures.instrument.dimension_codes]
        names += [(say("delta"), True), (say("date"), False), (say("decree_until"), False), (say("level"), False)]
        names += [(say("contact"), False)] if self._contacts else []
        return [{"name": name, "number": number} for name, number in names]

    def _cells(self, group: GroupFigures) -> list[str]:
        words, current, who = self._words, group.current, group.merged.group
        number = words.number
        place = ", ".join(part for part in (who.village, who.district) if part) or who.region_code
        dimensions = self._figures.instrument.dimension_codes
        cells = [group.name, place]
        if current is None:
            since = self._figures.since
            why = words.say("outdated", date=words.day(since)) if group.outdated and since else words.class_name("")
            cells += ["–", why, *("–" for _ in dimensions), "–", "–"]
        else:
            name = words.class_name(current.class_code)
            cells += [number(current.index), name, *(number(current.dimensions.get(code)) for code in dimensions)]
            cells += [words.signed(group.change), words.short_day(current.date)]
        cells += [words.decree(group), words.proof(group)]
        if self._contacts:
            told = (", ".join(part for part in (c.name, c.phone, c.email) if part) for c in group.merged.contacts)
            cells.append("; ".join(told))
        return cells

    def _troubles(self) -> dict[str, object]:
        figures, words = self._figures, self._words
        merge = figures.merge
        refused = [(file.source, words.texts.explain(file.error)) for file in merge.refused]
        refused += [(other, words.say("rival", file=used)) for used, other in merge.rivals]
        versions = figures.instruments if len(figures.instruments) > 1 else {}
        return {
            "questions": [question_words(question, words) for question in merge.questions[:MOST_ROWS]],
            "refused": refused[:MOST_ROWS],
            "refused_count": len(refused),
            "instruments": ", ".join(f"{name[:40]} ({count})" for name, count in sorted(versions.items())),
        }

    def search_list(self) -> bytes:
        """Name, place and page of each group, as a script: a page opened from a disk may fetch nothing."""
        rows = []
        for group in self._figures.groups:
            who = group.merged.group
            area = self._figures.table.areas[group.path.district]
            rows.append(
                [group.name, f"{who.village}, {who.district}".strip(", "), f"{page_name(area)}#{row_id(group)}"]
            )
        # Names in it come from strangers. That is safe in a file of its own, where "</script>" means nothing, and
        # json.dumps escapes U+2028; it must never be inlined into a page.
        return b"window.KIM=" + json.dumps(rows, separators=(",", ":")).encode() + b";\n"


def question_words(question: SameGroupQuestion, words: DistrictWords) -> str:
    """A question of the merge in one line."""
    first, second = question.first.group, question.second.group
    village = first.village or second.village or first.region_code
    return words.say("question", first=first.name or first.id[:8], second=second.name or second.id[:8], village=village)


def row_id(group: GroupFigures) -> str:
    """The address of a group's row on its pages."""
    return f"g-{_short_id(group.merged.id)}"


def _template(assets: Path) -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Strict, so that a misspelt name in the template fails in a test and does not print nothing.
    found = Environment(loader=FileSystemLoader(assets), autoescape=True, trim_blocks=True, undefined=StrictUndefined)
    return found.get_template(_TEMPLATE)
