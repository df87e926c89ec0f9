"""The activity report of a workspace: gathered through the gate, and written as XLSX, PDF, CSV and a set to paste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from html import escape
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.base.data_uri import data_uri
from studio.base.errors import UserError, WorkNotice
from studio.base.finished_files import finished_file
from studio.base.locale_forms import number_text, short_day
from studio.base.paths import templates_dir
from studio.base.progress import PartProgress, SilentProgress
from studio.documents.report_tables import ReportWords, report_tables, total_lines
from studio.group.activities import ACTIVITIES, Activity, activity_days, activity_problems
from studio.group.activity_report import make_report
from studio.group.products import FOLDER as PRODUCTS
from studio.group.products import Product
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.group.report_period import ask_begun
from studio.release.reported_stories import report_matter
from studio.store.group_folder import GroupFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.activity_report import ActivityReport, ReportedPhoto
    from studio.group.group_records import GroupRecords
    from studio.group.report_period import ReportPeriod
    from studio.store.workspace import Workspace

ReportPart = Literal["xlsx", "pdf", "csv", "kim-id"]
PARTS: tuple[ReportPart, ...] = ("xlsx", "pdf", "csv", "kim-id")
"""What a report is written as."""
_PROOF = (900, 700)
"""Pixels of a proof on paper, at most."""
_PASTED = (1200, 1200)
"""Pixels of the picture of a set to paste, at most."""


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What was written, and what the user must know about it."""

    files: tuple[Path, ...]
    notices: tuple[WorkNotice, ...]


def gather_report(
    workspace: Workspace,
    period: ReportPeriod,
    today: date,
    records: GroupRecords | None = None,
    progress: Progress | None = None,
) -> ActivityReport:
    """Count a period from the library and the group's activities.

    Args:
        workspace: open; reading is enough.
        period: what about.
        today: nothing later is counted.
        records: the group's own as they are in the window, perhaps not yet saved; None reads them.
        progress: called for every story; may raise ``WorkCancelled``.

    Raises:
        UserError: ``report.period_future``.
    """
    ask_begun(period, today)
    notices: list[WorkNotice] = []
    folder = GroupFolder(workspace)
    if records is None:
        reading = folder.read_all()
        notices += reading.notices
        records = reading.records
    activities = tuple(records.records(ACTIVITIES, Activity).values())
    products = records.records(PRODUCTS, Product).values()
    matter = report_matter(workspace, activities, period, today, progress, products)
    report = make_report(period, today, matter.stories, matter.activities)
    # A kind of problem that the report itself names already is not named a second time.
    told = dict.fromkeys(notice.code for notice in report.notices)
    for activity in activities:
        days = activity_days(activity)
        if days is None or (days[0] <= period.last and days[1] >= period.first):
            found = activity_problems(activity, today, lambda file: _is_there(folder, file))
            notices += [notice for notice in found if notice.code not in told]
    return _with_notices(report, (*matter.notices, *notices))


def _with_notices(report: ActivityReport, notices: tuple[WorkNotice, ...]) -> ActivityReport:
    from dataclasses import replace as with_changes

    return with_changes(report, notices=(*report.notices, *notices))


def _is_there(folder: GroupFolder, file: str) -> bool:
    try:
        return folder.media_path(file).is_file()
    except UserError:
        return False


def report_words(workspace: Workspace, texts: MessageTexts) -> ReportWords:
    """Words of a report, with the names of the outlets of the studio and of the workspace."""
    from studio.posts.catalog import load_catalog

    catalog = load_catalog(templates_dir(), workspace.templates_dir)
    return ReportWords(texts, {outlet.id: texts.outlet_name(outlet.name) for outlet in catalog.outlets})


def write_activity_report(
    workspace: Workspace,
    report: ActivityReport,
    out: Path,
    words: ReportWords,
    parts: Sequence[ReportPart] = PARTS,
    progress: Progress | None = None,
) -> WrittenReport:
    """Write a report into a folder. Files of an earlier run of the same period are replaced, others left alone.

    Needs a Qt application for the PDF (``paint.qt_application``).

    Args:
        workspace: whose; only read.
        report: what.
        out: the folder; made when it is not there.
        words: language and names.
        parts: what of it.
        progress: called for every file; may raise ``WorkCancelled``, and what was written stays.

    Raises:
        UserError: a file cannot be written there.
    """
    progress = progress or SilentProgress()
    base = out / f"laporan-{report.period.code}"
    files: list[Path] = []
    notices: list[WorkNotice] = []
    for number, part in enumerate(parts):
        share = PartProgress(progress, 100 * number / len(parts), 100 * (number + 1) / len(parts), 100)
        share.report(0, 1, words.say(f"part.{part}"))
        for made in _WRITERS[part](workspace, report, base, words, share):
            if isinstance(made, WorkNotice):
                notices.append(made)
            else:
                files.append(made)
    progress.report(100, 100, "")
    return WrittenReport(tuple(files), tuple(notices))


def _write_xlsx(
    workspace: Workspace, report: ActivityReport, base: Path, words: ReportWords, progress: Progress
) -> Iterator[Path | WorkNotice]:
    from studio.documents.report_pages import head_ink
    from studio.documents.spreadsheets import WorkbookFacts, write_workbook

    group, path = workspace.group, base.with_name(f"{base.name}.xlsx")
    title = f"{words.say('title')} {words.period(report)} – {group.name or 'KIM'}"
    colors = (group.colors.main, head_ink(group.colors.main))
    # The day and not the moment: the same report gives the same file.
    made = datetime.combine(report.today, time())
    write_workbook(path, report_tables(report, words), WorkbookFacts(title, group.name or "KIM", made, colors))
    progress.report(1, 1, path.name)
    yield path


def _write_csv(
    workspace: Workspace, report: ActivityReport, base: Path, words: ReportWords, progress: Progress
) -> Iterator[Path | WorkNotice]:
    from studio.documents.spreadsheets import write_csv

    for number, table in enumerate(report_tables(report, words), 1):
        path = base.with_name(f"{base.name}-csv") / f"{number:02}-{_file_word(table.name)}.csv"
        write_csv(path, table)
        yield path


def _write_pdf(
    workspace: Workspace, report: ActivityReport, base: Path, words: ReportWords, progress: Progress
) -> Iterator[Path | WorkNotice]:
    from studio.documents.report_pdf import MOST_PHOTOS, ReportLook, write_report_pdf
    from studio.export.planning.group_logo import ready_mark

    path = base.with_name(f"{base.name}.pdf")
    mark = ready_mark(workspace)
    pictures: list[str] = []
    for number, (_, _, photo) in enumerate(report.photos):
        progress.report(number, len(report.photos) + 1, path.name)
        # Pictures that failed are "" and do not count: the report may go on to later proofs.
        if sum(map(bool, pictures)) >= MOST_PHOTOS:
            break
        picture = _picture_uri(workspace, photo)
        if isinstance(picture, WorkNotice):
            yield picture
        pictures.append(picture if isinstance(picture, str) else "")
    look = ReportLook(workspace.group, data_uri(mark) if mark else "", tuple(pictures), _signers(workspace, words))
    write_report_pdf(path, report, look, words)
    progress.report(1, 1, path.name)
    yield path


def _signers(workspace: Workspace, words: ReportWords) -> tuple[tuple[str, str], ...]:
    """The head of the group, and whoever looks after it."""
    try:
        profile = GroupFolder(workspace).read(PROFILE_PLACE, GroupProfile) or GroupProfile()
    except UserError:
        profile = GroupProfile()
    head = profile.officers[0] if profile.officers else None
    role = head.role if head and head.role else words.say("head")
    office = profile.supervisor.office.strip()
    return (role[:1].upper() + role[1:], head.name if head else ""), (
        # Dots to be written over by hand, where the office is not known.
        words.say("signer_office", office=office or "................"),
        "",
    )


def _picture_uri(workspace: Workspace, photo: ReportedPhoto) -> str | WorkNotice:
    """A proof with its covers burned in as a data URI; a notice where it cannot be made."""
    try:
        with TemporaryDirectory(prefix="kim-laporan-") as scratch:
            from pathlib import Path

            file = Path(scratch) / "bukti.jpg"
            _draw_proof(workspace, photo, file, _PROOF, 82)
            return data_uri(file)
    except UserError as error:
        return WorkNotice(error.code, error.facts)


def _draw_proof(workspace: Workspace, photo: ReportedPhoto, file: Path, size: tuple[int, int], quality: int) -> None:
    """Draw a photo as readers may see it: covered, turned, without metadata."""
    from studio.photo.framing import PhotoVariant
    from studio.photo.render import render_variants

    name = photo.photo.file
    source = workspace.media_path(photo.folder, name) if photo.folder else GroupFolder(workspace).media_path(name)
    # Without the crops of outlets: a proof shows the photo uncropped, with its covers.
    variant = PhotoVariant(size, fit="inside", quality=quality, name=photo.photo.name or name)
    render_variants(source, replace(photo.photo, crops={}), [(variant, file)], None, SilentProgress())


# ------------------------------------------------------------------------------------------------ to paste


def _write_kim_id(
    workspace: Workspace, report: ActivityReport, base: Path, words: ReportWords, progress: Progress
) -> Iterator[Path | WorkNotice]:
    """Title, clean HTML and one picture, as the form of kim.id asks for them; there is no API."""
    folder = base.with_name(f"{base.name}-kim.id")
    for name, text in (
        ("judul.txt", _pasted_title(workspace, report, words)),
        ("isi.html", report_html(report, words)),
    ):
        with finished_file(folder / name) as part:
            part.write_bytes((text + "\n").encode("utf-8"))
        yield folder / name
    for number, (_, _, photo) in enumerate(report.photos):
        progress.report(number, len(report.photos), folder.name)
        try:
            with finished_file(folder / "gambar.jpg") as part:
                _draw_proof(workspace, photo, part, _PASTED, 85)
        except UserError as error:
            yield WorkNotice(error.code, error.facts)
            continue
        yield folder / "gambar.jpg"
        break


def _pasted_title(workspace: Workspace, report: ActivityReport, words: ReportWords) -> str:
    return f"{words.say('title')} {workspace.group.name or 'KIM'} {words.period(report)}"


def report_html(report: ActivityReport, words: ReportWords) -> str:
    """The report as clean HTML to paste: headings, paragraphs, lists and links, no styles and no scripts.

    Anyone may read it, unlike the tables and the paper: what was withdrawn or protects a person is counted and not
    listed, as its day alone would lead to it.
    """
    language = words.texts.language
    parts = [f"<p>{escape(words.say('html_lead', period=words.period(report)))}</p>", "<ul>"]
    parts += [
        f"<li>{escape(text)}: {number_text(number, language)}</li>"
        for _, text, number in total_lines(report.totals, words)
        if number
    ]
    parts.append("</ul>")
    if stories := [story for story in report.stories if story.state not in {"withdrawn", "hidden"}]:
        parts += [f"<h2>{escape(words.say('sheet.stories'))}</h2>", "<ul>"]
        for story in stories:
            # A link is what was typed: only addresses of pages become links in what others will open.
            link = next(
                (post.link for post in report.posts_of(story) if post.link.startswith(("http://", "https://"))), ""
            )
            title = escape(words.title(story))
            told = f'<a href="{escape(link)}">{title}</a>' if link else title
            parts.append(f"<li>{told} ({short_day(report.first_day(story), language, year=True)})</li>")
        parts.append("</ul>")
    for code in ("activities", "aspirations", "plans"):
        if listed := [each for each in getattr(report, code) if not each.hidden]:
            items = "\n".join(f"<li>{escape(words.activity(each))}</li>" for each in listed)
            parts += [f"<h2>{escape(words.say(f'sheet.{code}'))}</h2>", f"<ul>\n{items}\n</ul>"]
    return "\n".join(parts)


def _file_word(name: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())


_WRITERS = {"xlsx": _write_xlsx, "pdf": _write_pdf, "csv": _write_csv, "kim-id": _write_kim_id}
