"""Workbooks are read back with openpyxl, which knows nothing of how they were written."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.documents.spreadsheets import (
    SheetChart,
    SheetColumn,
    SheetTable,
    WorkbookFacts,
    sheet_names,
    table_csv,
    workbook_bytes,
)

FACTS = WorkbookFacts("Laporan A & B", "KIM Bina Warga", datetime(2026, 12, 1, 8, 0))
COLUMNS = (
    SheetColumn("Tanggal", "date"),
    SheetColumn("Judul", width=40),
    SheetColumn("Pembaca", "number"),
    SheetColumn("Tautan", "link"),
)


def read_back(*tables):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(tables, FACTS)))


def test_dates_numbers_and_links_are_real_and_the_head_stays():
    row = (date(2026, 11, 22), "Warga", 1250, "https://kim.example/a?b=1&c=2")
    table = SheetTable(
        "Berita", COLUMNS, (row, (None, "Sapi", 2.5)), (None, "Jumlah", 1252.5), SheetChart("x", 1, (2,), 2)
    )
    sheet = read_back(table)["Berita"]
    day, title, number, link = sheet[2]
    assert day.is_date
    assert day.value.date() == row[0]
    assert (title.value, number.value, number.data_type) == ("Warga", 1250, "n")
    assert link.hyperlink.target == row[3]
    assert sheet["C5"].value == 1252.5  # a free row before it: sorting leaves it there
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "Laporan A && B"
    assert len(sheet._charts) == 1


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_text_stays_text_whatever_it_begins_with(texts):
    texts = [*texts, "=1+1", "+62812", "-5", "@nama", "{=A1}", "https://x.example/" + "a" * 3000, "\ud83d"]
    table = SheetTable("x", (SheetColumn("isi", "link"), SheetColumn("nomor", "number")), tuple((t, 7) for t in texts))
    sheet = read_back(table)["x"]
    for wanted, (cell, number) in zip(texts, sheet.iter_rows(min_row=2), strict=True):
        assert cell.data_type in "sn"  # never "f", a formula
        assert number.value == 7
        if wanted.isprintable() and wanted.strip() == wanted != "" and "_x" not in wanted and "\ud83d" not in wanted:
            assert cell.value == wanted
    lines = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"), newline="")))
    assert len(lines) == len(texts) + 1
    assert not any(line[0].startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines)


def test_rows_are_as_high_as_their_text_and_wide_tables_print_on_several_pages():
    columns = (SheetColumn("Nama", width=20), *(SheetColumn(f"Kolom {n}", width=20) for n in range(20)))
    sheet = read_back(SheetTable("x", columns, (("Pendek",), ("Berkas rusak atau terpotong. " * 4,))))["x"]
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height >= 6 * 15
    assert sheet.page_setup.fitToWidth == 3
    assert sheet.print_title_cols == "$A:$A"


def test_the_same_table_gives_the_same_bytes():
    table = SheetTable("Berita", COLUMNS, ((date(1899, 1, 1), "tua", 10**20),))
    assert workbook_bytes([table], FACTS) == workbook_bytes([table], FACTS)
    row = read_back(table)["Berita"][2]
    assert [cell.value for cell in row[:3]] == ["1899-01-01", "tua", str(10**20)]  # what a spreadsheet could not hold
    assert table_csv(table).decode("utf-8-sig").splitlines()[1] == "1899-01-01,tua,100000000000000000000,"


def test_names_of_sheets_are_made_fit_and_each_stands_once():
    names = sheet_names(["a/b:c", "A b c", "'", "x" * 40, "X" * 40, "History"])
    assert names == ("a b c", "A b c 2", "-", "x" * 31, "X" * 29 + " 2", "History 2")
