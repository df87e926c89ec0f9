"""Tables by which the Dinas knows groups: the CSV form for groups without the studio, and its own list of known groups.

Both have one group a line and a head in Indonesian or English. Excel writes them with semicolons or tabs, in UTF-8,
UTF-16 or the Windows code page, days as 29/11/2026: all of that is understood.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import uuid
from datetime import date  # noqa: TC003
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.group.answer_line import LINE_INSTRUMENT, LINE_ORDER
from studio.group.handover_file import (
    GROUP_ID,
    CheckedHandover,
    ReadAnswer,
    ReadDecree,
    ReadGroup,
    ReadHandover,
    ReadRound,
    check_answer,
    clean_text,
    parse_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uuid"),
    "name": ("nama", "nama kim", "kim", "name", "kelompok", "group"),
    "village": ("desa", "desa/kelurahan", "kelurahan", "village"),
    "district": ("kecamatan", "district"),
    "regency": ("kabupaten", "kabupaten/kota", "kota", "regency"),
    "province": ("provinsi", "province"),
    "region_code": ("kode wilayah", "kode", "kode desa", "region code", "code"),
    "date": ("tanggal", "tanggal pengisian", "date"),
    "decree": ("nomor sk", "sk", "decree"),
    "valid_until": ("sk berlaku sampai", "berlaku sampai", "valid until"),
    "business": ("ada usaha", "usaha", "business"),
    "level": ("tingkat bukti", "tingkat", "level"),
}
"""Names of columns that are understood, the first being the one the empty form has."""
FORM_COLUMNS = (
    *("name", "village", "district", "regency", "province", "region_code", "date", "decree", "valid_until", "business"),
    *("level", *LINE_ORDER),
)
_LEVEL_WORDS = {
    "": "claimed",
    **dict.fromkeys(("pengakuan", "claimed", "c"), "claimed"),
    **dict.fromkeys(("ada bukti", "bukti", "proven", "p"), "proven"),
    **dict.fromkeys(("diperiksa dinas", "diperiksa", "dinas", "verified", "v"), "verified"),
}
_NO = ("tidak", "tidak ada", "t", "no", "n", "0", "-")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
MOST_ROWS = 20_000
_SPACE = uuid.UUID("4b7c1a52-6f0e-4d43-9d5d-0b8d1d5c2a10")
"""Namespace of ids made of village and name (RFC 4122, version 5): a group gets the same one each time."""


def table_rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table as (number of the line, value by our name of the column); unknown columns are left out.

    Args:
        data: CSV with comma, semicolon or tab; UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252.

    Raises:
        UserError: ``handover.empty``; ``table.no_head`` (no column for the name); ``table.column_twice``;
            ``table.too_long``; ``table.damaged`` (no text at all).
    """
    lines = csv_lines(data)
    names = [_column(cell) for cell in lines[0]]
    known = [name for name in names if name]
    if "name" not in known and "id" not in known:
        raise UserError("table.no_head")
    if twice := next((name for name in known if known.count(name) > 1), ""):
        raise UserError("table.column_twice", column=twice)
    return [
        (number, {name: clean_text(without_guard(cell)) for name, cell in zip(names, cells, strict=False) if name})
        for number, cells in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in cells)
    ]


def csv_lines(data: bytes, most: int = MOST_ROWS) -> list[list[str]]:
    """The cells of a table, its head first, as a spreadsheet program of any kind writes it.

    Args:
        data: CSV with comma, semicolon or tab; UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252.
        most: lines that are taken.

    Raises:
        UserError: ``handover.empty``, ``table.too_long`` or ``table.damaged`` (no text at all).
    """
    text = _decoded(data)
    if not text.strip():
        raise UserError("handover.empty")
    head = text.lstrip("\r\n").split("\n", 1)[0]
    # Excel in Indonesian writes semicolons, as the comma is its decimal sign. Only the head is counted: its cells hold
    # no punctuation.
    delimiter = max(";\t,", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UserError("table.damaged", detail=str(error)) from error
    if len(lines) > most:
        raise UserError("table.too_long", most=most)
    return lines


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise UserError("table.damaged", detail="NUL")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Last, because every sequence of bytes is readable as Windows-1252, while text in it is hardly ever valid UTF-8
        # by chance.
        return data.decode("cp1252", "replace")


def _column(head: str) -> str:
    plain = " ".join(head.replace("_", " ").split()).casefold()
    found = next((name for name, words in _HEADS.items() if plain in words), "")
    code = plain.upper().split(" ")[0]
    return found or (code if code in LINE_ORDER else "")


def without_guard(cell: str) -> str:
    """A cell without the apostrophe that spreadsheets and we put before what looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def looks_like_form(data: bytes) -> bool:
    """Whether a table holds answers; the list of known groups has none."""
    head = _decoded(data[:4000]).lstrip("\r\n").split("\n", 1)[0].upper()
    return all(re.search(rf"\b{code}\b", head) for code in LINE_ORDER[:3])


def read_form(data: bytes, today: date) -> Iterator[tuple[int, CheckedHandover | UserError]]:
    """Every row of the form, by the number of its line: a group with one round, or why it cannot be taken.

    Raises:
        UserError: as ``table_rows``, for all of the table.
    """
    for number, row in table_rows(data):
        try:
            yield number, _form_row(row, today)
        except UserError as error:
            yield number, error


def _form_row(row: Mapping[str, str], today: date) -> CheckedHandover:
    level = _LEVEL_WORDS.get(row.get("level", "").casefold())
    if level is None:
        raise UserError("handover.level", indicator="*", level=row["level"])
    answers = {}
    for code in LINE_ORDER:
        said = row.get(code, "")
        if said in {"", "-", "–"}:
            continue
        # Excel turns "3" into "3,0" or "3.00" when a column is formatted as a number.
        if not re.fullmatch(r"-?\d{1,9}(?:[.,]0+)?", said):
            raise UserError("handover.score", indicator=code, score=said)
        score = int(re.split("[.,]", said)[0])
        check_answer(code, score, level)
        answers[code] = ReadAnswer(score, level)
    if not answers:
        raise UserError("table.no_answers")
    day = _day(row.get("date", ""), "date", today)
    if day is None:
        raise UserError("handover.bad_date", field="date", date=row.get("date", ""))
    found = ReadRound(
        instrument=LINE_INSTRUMENT,
        date=day,
        answers=answers,
        no_business=row.get("business", "").casefold() in _NO,
    )
    handover = ReadHandover(format=1, group=_place_of(row, today), made=day, rounds=(found,), app="CSV")
    return CheckedHandover(handover, hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest())


def _day(text: str, field: str, today: date, *, future: bool = False) -> str | None:
    """ISO 8601 of a day as written in a table; None for an empty cell."""
    if not text:
        return None
    parts = _DAY.fullmatch(text)
    iso = f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}" if parts else text[:10]
    day = parse_day(iso)
    if day is None:
        raise UserError("handover.bad_date", field=field, date=text)
    if day > today and not future:
        raise UserError("handover.future", field=field, date=iso)
    return iso


def _place_of(row: Mapping[str, str], today: date) -> ReadGroup:
    """Who a row is about.

    Raises:
        UserError: ``table.no_name``, ``handover.odd_code`` or a wrong day.
    """
    name, village, code = (row.get(column, "") for column in ("name", "village", "region_code"))
    if not name and not row.get("id"):
        raise UserError("table.no_name")
    if code and not re.fullmatch(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", code):
        digits = re.sub(r"\D", "", code)
        if len(digits) not in {2, 4, 6, 10} or not re.fullmatch(r"[\d. ]+", code):
            raise UserError("table.odd_code", number=code)
        code = ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
    known = row.get("id", "").lower()
    if known and not GROUP_ID.fullmatch(known):
        raise UserError("handover.no_id")
    # Not at random: the same row sent again next month must be the same group.
    # By code and name where there is a code: two villages of one name lie in every regency.
    made = uuid.uuid5(_SPACE, "|".join((code or f"{village}|{row.get('regency', '')}", name)).casefold())
    return ReadGroup(
        id=known or str(made),
        name=name,
        village=village,
        district=row.get("district", ""),
        regency=row.get("regency", ""),
        province=row.get("province", ""),
        region_code=code,
        decree=ReadDecree(
            number=row.get("decree", ""),
            valid_until=_day(row.get("valid_until", ""), "valid_until", today, future=True) or "",
        ),
    )


def read_known(data: bytes, today: date) -> Iterator[tuple[int, ReadGroup | UserError]]:
    """The rows of a list of known groups: a group, or why the row cannot be taken (a group twice, for one).

    Raises:
        UserError: as ``table_rows``.
    """
    seen: dict[str, int] = {}
    for number, row in table_rows(data):
        try:
            place = _place_of(row, today)
            if place.id in seen:
                raise UserError("table.known_twice", name=place.name, line=seen[place.id])
            seen[place.id] = number
            yield number, place
        except UserError as error:
            yield number, error


def empty_form(example_day: str) -> bytes:
    """The form to fill in, for Excel: semicolons, UTF-8 with a mark, one made-up line that shows how.

    Args:
        example_day: ISO 8601, of the example.
    """
    example = {
        "name": "KIM Contoh (hapus baris ini)",
        "village": "Desa Contoh",
        "district": "Contoh",
        "regency": "Kabupaten Contoh",
        "province": "Contoh",
        "date": example_day,
        "business": "ya",
        "level": "pengakuan",
    }
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_HEADS[column][0] if column in _HEADS else column for column in FORM_COLUMNS])
    writer.writerow([example.get(column, "") for column in FORM_COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
