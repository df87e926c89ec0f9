"""Tables as a workbook (XLSX, by XlsxWriter) and as CSV: real dates and numbers, text that stays text, no formulas.

One ``SheetTable`` is one sheet and one CSV file, made from the same cells. A sheet has a head that stays while one
scrolls, filters, and prints on A4 across with its head on every page. Whatever a text begins with, it is written as a
text: XLSX tells texts from formulas, CSV does not and gets an apostrophe (OWASP, "CSV injection").
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ColumnKind = Literal["text", "number", "date", "link"]
Cell = str | int | float | date | None
"""What stands in a cell; None leaves it empty. A date is a day; times of day are texts."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell of a CSV file that begins so for a formula."""
_LONGEST_TEXT = 32_767
"""Signs in a cell of XLSX (Microsoft, "Excel specifications and limits")."""
_LONGEST_LINK = 2_079
"""Signs in a link of XLSX (the same)."""
_LONGEST_NAME = 31
"""Signs in the name of a sheet (the same)."""
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# XML 1.0 has no way to write these, not even escaped: a sheet that holds one is refused as damaged.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
# A double holds 53 bits, which is 15 decimal digits and a little.
_EXACT = 10**15
"""Integers up to here are kept exactly by a spreadsheet (15 digits); longer ones stay texts."""
_PRINTED = 190
"""Signs of columns on a page across: more, and what is printed is smaller than eight points."""
_LINE_POINTS = 15
"""Height of a line in the workbook's own font (Calibri 11)."""
_MOST_LINES = 27
"""A row is at most 409 points high (Microsoft, the same)."""
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count days from 1900, with a 29 February that never was: earlier days stay texts."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column.

    Attributes:
        title: its head.
        kind: of its cells. A ``number`` without a fraction is shown as an integer, with the thousands set apart.
        width: in signs.
    """

    title: str
    kind: ColumnKind = "text"
    width: float = 18


@dataclass(frozen=True, slots=True)
class SheetChart:
    """A chart beside the table: bars of one or more columns of numbers.

    Attributes:
        title: above it.
        names: number of the column (from 0) whose texts stand below the bars.
        values: numbers of the columns of bars.
        rows: how many rows, from the first, are drawn.
    """

    title: str
    names: int
    values: tuple[int, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet.

    Attributes:
        name: of the sheet; what no sheet may be called is made fit.
        columns: at least one.
        rows: cells in the order of the columns; short rows are filled up.
        totals: a last row in bold, separate from the rest, so that sorting leaves it where it is; () for none.
        chart: beside it, None for none.
        field: columns (from 0) from the first to the last whose numbers, 0 to ``field[2]``, have a colour each.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    chart: SheetChart | None = None
    field: tuple[int, int, float] | None = None


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """What a workbook says of itself.

    Attributes:
        title: of the document; printed at the head of every page.
        author: the group.
        made: when; the same facts and tables give the same bytes.
        colors: ``#rrggbb`` of the head, and of what is written on it.
    """

    title: str
    author: str
    made: datetime
    colors: tuple[str, str] = ("#0f6b5c", "#ffffff")


def write_workbook(path: Path, tables: Sequence[SheetTable], facts: WorkbookFacts) -> None:
    """Write an XLSX file, completely or not at all.

    Args:
        path: the file.
        tables: one a sheet, at least one.
        facts: title, author, time, colours.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file

    with finished_file(path) as part:
        part.write_bytes(workbook_bytes(tables, facts))


def workbook_bytes(tables: Sequence[SheetTable], facts: WorkbookFacts) -> bytes:
    """The bytes of an XLSX file; see ``write_workbook``."""
    import xlsxwriter

    out = io.BytesIO()
    # Every guess of XlsxWriter off: "=1+1", "0812..." and "http://" in a story's text must stay the text that was
    # typed.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    # XlsxWriter keeps the wall clock out of the file when it is given a moment.
    made = facts.made.replace(tzinfo=None)
    book.set_properties({"title": facts.title, "author": facts.author, "comments": "KIM Studio", "created": made})
    formats = _make_formats(book, facts)
    for name, table in zip(sheet_names(table.name for table in tables), tables, strict=True):
        _fill_sheet(book, book.add_worksheet(name), table, facts, formats)
    book.close()
    return out.getvalue()


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    r"""Names that sheets may have, each once: without ``[]:*?/\``, at most 31 signs, no apostrophe at an end."""
    names: list[str] = []
    for text in wanted:
        plain = _NO_SHEET_NAME.sub(" ", _plain_text(text)).strip(" '")[:_LONGEST_NAME].strip(" '") or "-"
        name, number = plain, 2
        # Excel compares names of sheets without case and reserves "History"; either one makes it "repair" the file.
        while name.lower() in {other.lower() for other in names} or name.lower() == "history":
            # Cut before the number is added, else the number of a long name would be what is cut.
            ending = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(ending)] + ending, number + 1
        names.append(name)
    return tuple(names)


def _make_formats(book: Any, facts: WorkbookFacts) -> dict[str, Any]:
    top: dict[str, object] = {"valign": "top"}
    looks: dict[str, dict[str, object]] = {
        "head": {"bold": True, "bg_color": facts.colors[0], "font_color": facts.colors[1], "text_wrap": True},
        "text": {"text_wrap": True},
        "number": {"num_format": "#,##0"},
        "fraction": {"num_format": "#,##0.0"},
        "date": {"num_format": "dd/mm/yyyy", "align": "left"},
        "link": {"font_color": "#0563c1", "underline": 1},
    }
    made = {name: book.add_format(top | look) for name, look in looks.items()}
    bold: dict[str, object] = {"bold": True, "top": 1}
    return made | {f"total-{name}": book.add_format(top | look | bold) for name, look in looks.items()}


def _fill_sheet(book: Any, sheet: Any, table: SheetTable, facts: WorkbookFacts, formats: dict[str, Any]) -> None:
    last = len(table.columns) - 1
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, _cell_text(column.title), formats["head"])
    for number, row in enumerate(table.rows, 1):
        _set_height(sheet, number, row, table.columns)
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=False)):
            _write_cell(sheet, number, at, cell, column.kind, formats, "")
    sheet.autofilter(0, 0, max(1, len(table.rows)), last)
    sheet.freeze_panes(1, 0)
    if table.field is not None and table.rows:
        left, right, most = table.field
        sheet.conditional_format(1, left, len(table.rows), right, _color_scale(most))
    # Totals stand two rows below, outside the filter's range: sorting would otherwise carry them into the table.
    end = len(table.rows)
    if table.totals:
        end += 2
        for at, (column, cell) in enumerate(zip(table.columns, table.totals, strict=False)):
            _write_cell(sheet, end, at, cell, column.kind, formats, "total-")
    _prepare_print(sheet, facts, end, table.columns)
    if table.chart is not None and table.rows:
        _add_chart(book, sheet, table, table.chart, facts, last + 2)


def _color_scale(most: float) -> dict[str, object]:
    """Colours that follow the numbers, also when someone changes them; the ends and middle of those on paper."""
    kinds = {f"{end}_type": "num" for end in ("min", "mid", "max")}
    values = {"min_value": 0, "mid_value": most / 2, "max_value": most}
    colors = {"min_color": "#FBE9C0", "mid_color": "#97CBB5", "max_color": "#2F8F7D"}
    return {"type": "3_color_scale", **kinds, **values, **colors}


def _set_height(sheet: Any, number: int, row: Sequence[Cell], columns: Sequence[SheetColumn]) -> None:
    """Make a row as high as its longest text: LibreOffice does not, and lines of neighbouring rows would cross."""
    lines = 1
    for column, cell in zip(columns, row, strict=False):
        # Counting lines letter by letter is only needed where a text may be longer than its column. 0.8: a text of wide
        # letters fills the column before it has as many letters as the column has digits.
        if isinstance(cell, str) and (len(cell) > column.width * 0.8 or "\n" in cell):
            lines = max(lines, _lines_of(cell, column.width))
    if lines > 1:
        sheet.set_row(number, _LINE_POINTS * min(lines, _MOST_LINES))


def _lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column; letters wider than a digit count more, words are not torn."""
    lines = 0
    for part in text.splitlines() or [""]:
        used, lines = 0.0, lines + 1
        for word in part.split(" "):
            long = sum(1.6 if letter in "mwMW@%" or ord(letter) > 0x2E7F else 0.92 for letter in word)
            if used and used + 1 + long > width:
                used, lines = 0.0, lines + 1
            used += long + bool(used)
            # A web address longer than the column is broken anywhere.
            while used > width:
                used, lines = used - width, lines + 1
    return lines


def _prepare_print(sheet: Any, facts: WorkbookFacts, end: int, columns: Sequence[SheetColumn]) -> None:
    """A4 across with the head and the number on every page; wide tables take pages side by side, with the names."""
    last = len(columns) - 1
    pages = max(1, ceil(sum(column.width for column in columns) / _PRINTED))
    sheet.set_landscape()
    # 9 is A4 (ECMA-376, paperSize).
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(1, end), last)
    # "&" starts a code in headers and footers. Excel allows 255 characters for all of a header together.
    title = _cell_text(facts.title).replace("&", "&&")[:120]
    sheet.set_header(f"&L{title}&R&A")
    sheet.set_footer("&R&P / &N")


def _write_cell(
    sheet: Any,
    row: int,
    at: int,
    cell: Cell,
    kind: ColumnKind,
    formats: dict[str, Any],
    bold: str,
) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, at, None, formats[f"{bold}text"])
    # By ordinal, as a datetime and a date cannot be compared with each other.
    elif isinstance(cell, date) and cell.toordinal() >= _FIRST_DAY.toordinal():
        sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), formats[f"{bold}date"])
    elif _is_number(cell):
        sheet.write_number(row, at, cell, formats[bold + ("number" if float(str(cell)).is_integer() else "fraction")])
    elif kind == "link" and _is_link(text := _cell_text(cell)):
        sheet.write_url(row, at, text, formats[f"{bold}link"], text)
    else:
        sheet.write_string(row, at, _cell_text(cell), formats[f"{bold}text"])


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell) and abs(cell) < _EXACT


def _is_link(text: str) -> bool:
    return len(text) <= _LONGEST_LINK and _WEB.fullmatch(text) is not None


def _cell_text(cell: object) -> str:
    text = _plain_text(cell.isoformat() if isinstance(cell, date) else str(cell))
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _plain_text(text: str) -> str:
    """Without what XML cannot hold: control signs, halves of a sign."""
    return _CONTROL.sub(" ", text.encode("utf-8", "replace").decode()).replace("\r\n", "\n").replace("\r", "\n")


def _add_chart(book: Any, sheet: Any, table: SheetTable, plan: SheetChart, facts: WorkbookFacts, left: int) -> None:
    chart = book.add_chart({"type": "column", "subtype": "stacked"} if len(plan.values) > 1 else {"type": "column"})
    end = min(plan.rows, len(table.rows))
    for number, column in enumerate(plan.values):
        look = {"fill": {"color": facts.colors[0]}} if number == 0 else {}
        area = {
            "name": [sheet.name, 0, column],
            "categories": [sheet.name, 1, plan.names, end, plan.names],
            "values": [sheet.name, 1, column, end, column],
        }
        chart.add_series(area | look)
    chart.set_title({"name": plan.title, "overlay": False, "name_font": {"size": 12}})
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#d0d7d4"}}, "min": 0})
    chart.set_legend({"none": True} if len(plan.values) == 1 else {"position": "bottom"})
    chart.set_size({"width": 560, "height": 300})
    sheet.insert_chart(1, left, chart, {"description": plan.title})


# ------------------------------------------------------------------------------------------------ CSV


def table_csv(table: SheetTable) -> bytes:
    """A table for LibreOffice, Excel and programs: UTF-8 with a mark, dates as ISO 8601, numbers with a point.

    Totals stand in the last line. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column.title) for column in table.columns])
    for row in (*table.rows, *((table.totals,) if table.totals else ())):
        filled = (*row, *(None,) * (len(table.columns) - len(row)))
        writer.writerow([_csv_cell(cell) for cell in filled])
    # Without the byte order mark Excel reads a CSV file in the code page of the computer, and "é" becomes two signs.
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def write_csv(path: Path, table: SheetTable) -> None:
    """Write ``table_csv`` to a file, completely or not at all.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file

    with finished_file(path) as part:
        part.write_bytes(table_csv(table))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if _is_number(cell) else safe_cell(str(cell))


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where one would."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
