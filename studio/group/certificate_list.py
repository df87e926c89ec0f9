"""The list of names that certificates are printed for: a CSV as any spreadsheet program writes it, or bare names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.group.handover_file import clean_text
from studio.group.handover_table import csv_lines, without_guard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_NAMES = 1000
"""Of one list; more is an accident."""
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "nama lengkap", "nama peserta", "peserta", "name", "full name", "participant"),
    "role": ("sebagai", "peran", "keterangan", "as", "role"),
    "number": ("nomor", "nomor sertifikat", "no sertifikat", "number", "certificate number"),
}
"""Names of columns that are understood, the first being the one of the example. "No" counts rows and is none."""


_TITLE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+(?:[A-Z][A-Za-z]{0,5})?|[A-Z]{2,5}")
"""An academic title as it stands behind a name, without spaces: ``S.Pd.``, ``M.Si``, ``SH``."""


@dataclass(frozen=True, slots=True)
class CertificateName:
    """Whose certificate it is, as what (empty: nothing is said) and its number (empty: none)."""

    name: str
    role: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class CertificateList:
    """The names of a list in its order, and the numbers of lines that have no name but something else."""

    names: tuple[CertificateName, ...]
    nameless: tuple[int, ...] = ()


def read_certificate_list(data: bytes) -> CertificateList:
    """Read a list of names.

    Args:
        data: a table with a column for the name (and for ``sebagai`` and ``nomor``), or one name a line without a head.

    Raises:
        UserError: ``certificate.no_name_column``, ``certificate.no_names``, or as ``csv_lines``.
    """
    lines = csv_lines(data, MOST_NAMES + 1)
    columns = [_column(cell) for cell in lines[0]]
    first = 1
    if "name" not in columns:
        # Titles follow a comma; whoever sets cells apart by another sign means columns.
        apart = b";" in data or b"\t" in data
        lines = [[_bare_name(cells, titled=not apart)] for cells in lines]
        columns, first = ["name"], 0
    names: list[CertificateName] = []
    nameless: list[int] = []
    for number, cells in enumerate(lines[first:], first + 1):
        told = _read_row(columns, cells)
        if told.get("name"):
            names.append(CertificateName(**told))
        elif any(cell.strip() for cell in cells):
            nameless.append(number)
    if not names:
        raise UserError("certificate.no_names")
    return CertificateList(tuple(names), tuple(nameless))


def _bare_name(cells: Sequence[str], *, titled: bool) -> str:
    """A line without a head that is a name, where ``titled`` also with titles: ``Siti Aminah, S.Pd., M.Si``.

    Raises:
        UserError: ``certificate.no_name_column``: it has several cells that say something.
    """
    name, *more = [cell.strip() for cell in cells if cell.strip()] or [""]
    if more and not (titled and all(_TITLE.fullmatch(cell.replace(" ", "")) for cell in more)):
        raise UserError("certificate.no_name_column")
    return ", ".join((name, *more))


def _column(head: str) -> str:
    plain = " ".join(head.replace("_", " ").replace(".", " ").split()).casefold()
    return next((name for name, words in _HEADS.items() if plain in words), "")


def _read_row(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """What the known columns say; of two for the same the first that says something."""
    told: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        said = clean_text(without_guard(cell))
        # The first column that says something: "Nama" may be empty where "Nama Lengkap" is filled in.
        if column and said and column not in told:
            told[column] = said
    return told


def example_list() -> bytes:
    """A list to fill in, for Excel: semicolons, UTF-8 with a mark, two made-up lines that show how."""
    lines = ("nama;sebagai;nomor", "Siti Contoh;Peserta;001/KIM/2026", "Budi Contoh;Narasumber;002/KIM/2026")
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode()
