"""The district report from sources to files: what the command and the window do alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.json_text import decode_json
from studio.base.paths import assets_dir
from studio.base.progress import PartProgress
from studio.group.district_figures import DistrictFigures, district_figures
from studio.group.district_merge import merge_files
from studio.group.district_scores import district_instrument
from studio.services.district_sources import DistrictIntake, read_known_groups
from studio.services.handover_making import workspace_handover
from studio.services.region_names import official_names
from studio.services.self_map_rounds import load_instrument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.handover_file import ReadGroup

INDEX, WORKBOOK, PAPER = "index.html", "rekap.xlsx", "rekap.pdf"
MARK = ".kim-rekap"
"""Says that a folder was made by us, so that it may be written again."""
_AREAS = "wilayah"


@dataclass(frozen=True)
class DistrictRequest:
    """What is asked for.

    Attributes:
        today: the day of the report.
        since: only rounds from this day on count.
        decisions: answers to questions of the merge.
        contacts: list the contacts that groups ticked.
        known: the Dinas' list of groups.
    """

    today: date
    since: date | None = None
    decisions: Mapping[str, bool] | None = None
    contacts: bool = False
    known: Path | None = None


@dataclass(frozen=True)
class DistrictWork:
    """What was merged on a page, for the page that takes its place when the window is built anew.

    Attributes:
        intake: all that was taken in.
        request: what is asked of it.
        contacts: whether contacts are to be listed.
        area: key of the one that was shown.
    """

    intake: DistrictIntake
    request: DistrictRequest
    contacts: bool
    area: str


def new_intake(today: date) -> DistrictIntake:
    """What collects files, workspaces included."""
    return DistrictIntake(today, workspace_handover)


def figures_of(intake: DistrictIntake, request: DistrictRequest) -> DistrictFigures:
    """Merge what was collected and count.

    Raises:
        UserError: ``district.known``: the list of known groups cannot be read.
    """
    try:
        known, wrong = read_known_groups(request.known, request.today) if request.known else ((), ())
    except UserError as error:
        raise UserError("district.known", file=request.known.name if request.known else "", why=error) from error
    merge = merge_files(intake.received, [*intake.refused, *wrong], request.decisions)
    return district_figures(
        merge,
        district_instrument(load_instrument()),
        request.today,
        since=request.since,
        known=known,
        official=official_names,
    )


def write_district_report(
    figures: DistrictFigures,
    out: Path,
    texts: MessageTexts,
    progress: Progress,
    *,
    contacts: bool = False,
    kinds: Sequence[str] = ("html", "xlsx", "pdf"),
) -> tuple[Path, ...]:
    """Write the report into a folder that is new, empty or an earlier report.

    Args:
        figures: the report.
        out: the folder.
        texts: language.
        progress: 100 units in all.
        contacts: list the contacts that groups ticked.
        kinds: of ``html``, ``xlsx``, ``pdf``; the last needs a Qt application. Without it an earlier one goes.

    Returns:
        What to open, in the order of ``kinds``.

    Raises:
        UserError: ``district.out_taken``, or the disk refuses.
        WorkCancelled: from ``progress``; files that are there are complete.
    """
    _claim_folder(out)
    made: list[Path] = []
    for done, kind in enumerate(kinds):
        part = PartProgress(progress, 100 * done / len(kinds), 100 * (done + 1) / len(kinds), 100)
        made.append(_WRITERS[kind](figures, out, texts, part, contacts))
    if "pdf" not in kinds:
        _drop_paper(out)
    progress.report(100, 100, "")
    return tuple(made)


def _claim_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not (out / MARK).exists():
            # Hidden files come from the system, such as .DS_Store: the folder is empty for people.
            if any(not entry.name.startswith(".") for entry in out.iterdir()):
                raise UserError("district.out_taken", place=str(out))
            write_atomic(out / MARK, b"KIM Studio\n")
    except OSError as error:
        from studio.base.atomic_files import disk_error

        raise disk_error(error, out) from error


def _write_web(figures: DistrictFigures, out: Path, texts: MessageTexts, progress: Progress, contacts: bool) -> Path:
    """Pages that are no longer of any area go, when all others are there."""
    from studio.base.atomic_files import cache_file, disk_error
    from studio.documents.district_web import web_files

    folder = out / _AREAS
    try:
        folder.mkdir(exist_ok=True)
        before = {path.name for path in folder.glob("*.html")}
        for name, data in web_files(figures, texts, assets_dir() / "district", progress, contacts=contacts):
            # A page that stood there stays as it was until the new one is; no wait for the disk at each of 500 pages.
            with cache_file(out / name) as part:
                part.write_bytes(data)
            before.discard(name.removeprefix(f"{_AREAS}/"))
        for name in before:
            (folder / name).unlink()
    except OSError as error:
        raise disk_error(error, out) from error
    return out / INDEX


def _write_workbook(
    figures: DistrictFigures, out: Path, texts: MessageTexts, progress: Progress, contacts: bool
) -> Path:
    from studio.documents.district_workbook import district_tables
    from studio.documents.spreadsheets import WorkbookFacts, write_workbook

    progress.report(0, 1, WORKBOOK)
    title = texts.text("district.report.title")
    facts = WorkbookFacts(title, "KIM Studio", datetime.combine(figures.today, time()))
    write_workbook(out / WORKBOOK, district_tables(figures, texts, contacts=contacts), facts)
    progress.report(1, 1, WORKBOOK)
    return out / WORKBOOK


def _write_paper(figures: DistrictFigures, out: Path, texts: MessageTexts, progress: Progress, contacts: bool) -> Path:
    from studio.documents.district_paper import write_district_pdf

    write_district_pdf(out / PAPER, figures, texts, progress)
    return out / PAPER


def _drop_paper(out: Path) -> None:
    """The paper of an earlier report would say other figures than the pages beside it."""
    try:
        (out / PAPER).unlink(missing_ok=True)
    except OSError as error:
        from studio.base.atomic_files import disk_error

        raise disk_error(error, out) from error


_WRITERS = {"html": _write_web, "xlsx": _write_workbook, "pdf": _write_paper}


# ------------------------------------------------------------------------------------------------ remembered answers


def read_decisions(file: Path) -> dict[str, bool]:
    """Answers to questions of the merge that were given before; none when there is no such file.

    Raises:
        UserError: ``district.choices``: it is there and cannot be read.
    """
    try:
        return decode_json(file.read_bytes(), dict[str, bool])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("district.choices", file=str(file)) from error


def save_decisions(file: Path, decisions: Mapping[str, bool]) -> None:
    """Remember answers; keys are sorted, so that equal answers give equal files.

    Raises:
        UserError: the disk refuses.
    """
    from studio.base.atomic_files import disk_error

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, msgspec.json.encode(dict(sorted(decisions.items()))))
    except OSError as error:
        raise disk_error(error, file) from error


def write_note(folder: Path, group: ReadGroup, text: str, office: str, today: date) -> Path:
    """Write what the Dinas says to a group as a file that the group's studio takes.

    Args:
        folder: where the file goes.
        group: whom it is for; a group known by a line of answers only has no id to write to.
        text: the note, at most ``MOST_TEXT`` signs.
        office: who writes; "" is signed "Dinas".
        today: the day of the note.

    Raises:
        UserError: ``note.empty``, ``note.too_long``, ``note.no_id``, or the disk refuses.
    """
    import uuid

    from studio.base.finished_files import finished_file
    from studio.group.handover_file import GROUP_ID
    from studio.group.notes import MOST_TEXT, GroupNote, note_bytes, note_name

    if not text.strip():
        raise UserError("note.empty")
    if len(text) > MOST_TEXT:
        raise UserError("note.too_long", count=len(text), most=MOST_TEXT)
    if not GROUP_ID.fullmatch(group.id):
        raise UserError("note.no_id")
    made = GroupNote(
        id=str(uuid.uuid4()), group=group.id, office=office or "Dinas", date=today.isoformat(), text=text.strip()
    )
    path = folder / note_name(made, group.region_code)
    with finished_file(path) as part:
        part.write_bytes(note_bytes(made))
    return path
