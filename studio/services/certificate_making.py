"""Certificates from a list of names: read, checked, and painted as one PDF."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.locale_forms import long_day
from studio.documents.certificates import CertificateOccasion, write_certificates
from studio.export.planning.group_logo import logo_file, ready_logo
from studio.group.certificate_list import read_certificate_list
from studio.story.date_reading import read_days

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.certificate_list import CertificateList
    from studio.store.workspace import Workspace

_MOST_BYTES = 4_000_000
_ANY_DAY = date(2000, 1, 1)
"""Near which a date is read: any day will do, for only those that give their year count."""


@dataclass(frozen=True, slots=True)
class CertificateOrder:
    """What is asked for.

    Attributes:
        source: the list of names, CSV.
        target: the PDF to write.
        title: what the certificates are for.
        day: as anybody writes it, with its year; "" for none.
        place: "" for none.
        signer, signer_role: who signs, "" for nobody.
    """

    source: Path
    target: Path
    title: str
    day: str = ""
    place: str = ""
    signer: str = ""
    signer_role: str = ""


@dataclass(frozen=True, slots=True)
class CertificatesMade:
    """How many pages there are, the lines of the list that had no name, and names or titles that were cut."""

    pages: int
    nameless: tuple[int, ...]
    cut: tuple[str, ...]


def load_certificate_list(path: Path) -> CertificateList:
    """Read the list of names.

    Raises:
        UserError: ``certificate.*``, ``table.*``, ``handover.empty``, or the file cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError("table.too_long", most=_MOST_BYTES)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("certificate.unreadable", file=path.name, detail=error.strerror or str(error)) from error
    return read_certificate_list(data)


def make_certificates(
    order: CertificateOrder, workspace: Workspace, texts: MessageTexts, progress: Progress
) -> CertificatesMade:
    """Write a page for each name. Needs a Qt application.

    Raises:
        UserError: ``certificate.*``, as ``load_certificate_list``, or the disk refuses.
        WorkCancelled: the user stopped it; nothing is written then.
    """
    title = " ".join(order.title.split())
    if not title:
        raise UserError("certificate.no_title")
    if order.target.suffix.lower() != ".pdf":
        raise UserError("certificate.kind", file=order.target.name)
    days = _days_in_words(order.day, texts)
    found = load_certificate_list(order.source)
    logo = ready_logo(workspace)
    picture = f"data:image/png;base64,{base64.b64encode(logo_file(logo)).decode()}" if logo is not None else ""
    when = (order.place, days)
    occasion = CertificateOccasion(
        title=title,
        when=", ".join(" ".join(part.split()) for part in when if part.strip()),
        signer=" ".join(order.signer.split()),
        signer_role=" ".join(order.signer_role.split()),
        logo=picture,
    )
    lost = write_certificates(order.target, found.names, occasion, workspace.group, texts, progress)
    return CertificatesMade(len(found.names), found.nameless, tuple(dict.fromkeys(each.text for each in lost)))


def _days_in_words(told: str, texts: MessageTexts) -> str:
    """A day or two as they are printed, however they were typed (28/11/2026, 28-29 November 2026).

    Raises:
        UserError: ``certificate.day``: it is no date with its year.
    """
    text = told.strip()
    if not text:
        return ""
    found = read_days(text, _ANY_DAY)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)) or not found[0].year_told:
        raise UserError("certificate.day", day=text)
    first, last = found[0].first, found[0].last
    if first is None or last is None:
        raise UserError("certificate.day", day=text)
    return "–".join(dict.fromkeys(long_day(day, texts.language) for day in (first, last)))


def made_lines(made: CertificatesMade, order: CertificateOrder, texts: MessageTexts) -> list[str]:
    """What became of it, in words: how many and where, then what was left out or cut."""
    lines = [texts.text("certificate.made", n=made.pages, file=str(order.target))]
    if made.nameless:
        lines.append(texts.text("certificate.nameless", lines=", ".join(map(str, made.nameless))))
    lines += [texts.text("certificate.cut", text=text) for text in made.cut]
    return lines
