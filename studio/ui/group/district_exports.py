"""Ways out of the page "Kabupaten": the report in a folder, the empty form, a note for a group."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.base.errors import UserError
from studio.group.notes import MOST_TEXT
from studio.ui.group.district_questions import ask_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.group.district_figures import DistrictFigures
    from studio.ui.core.desk_context import WindowTools


def ask_save(tools: WindowTools, figures: DistrictFigures, *, contacts: bool, owner: QObject) -> None:
    """Ask for a folder and write pages, workbook and paper into a new one below it.

    The status bar shows how far it is and cancels.

    Args:
        tools: texts, questions, work.
        figures: the report.
        contacts: list the contacts that groups ticked.
        owner: whose work it is.
    """
    from studio.services.district_report import write_district_report

    chosen = tools.dialogs.choose_folder(tools.t("district.page.save"))
    if chosen is None:
        return
    out, texts = chosen / tools.t("district.page.folder_name", date=figures.today.isoformat()), tools.texts

    def work(progress: Progress) -> Sequence[Path]:
        return write_district_report(figures, out, texts, progress, contacts=contacts)

    done, failed = partial(_tell_saved, tools), tools.dialogs.explain
    tools.jobs.start(tools.t("district.cli.writing"), work, done=done, failed=failed, owner=owner)


def _tell_saved(tools: WindowTools, made: Sequence[Path]) -> None:
    from studio.ui.dialogs.dialog_service import DialogChoice

    choices = (DialogChoice("open", tools.t("district.page.open")), DialogChoice("close", tools.t("dialog.close")))
    text = tools.t("district.page.saved_text", place=str(made[0].parent))
    if tools.dialogs.ask(tools.t("district.page.saved"), text, choices, tone="info") == "open":
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(made[0])))


def ask_form(tools: WindowTools, today: date) -> None:
    """Ask where to, and write the empty form for groups without the studio."""
    from studio.base.finished_files import finished_file
    from studio.group.handover_table import empty_form

    target = tools.dialogs.choose_target(tools.t("district.page.form"), "formulir-peta-diri.csv")
    if target is None:
        return
    try:
        with finished_file(target) as part:
            part.write_bytes(empty_form(today.isoformat()))
    except UserError as error:
        tools.dialogs.explain(error)


def ask_note(tools: WindowTools, figures: DistrictFigures, group_id: str) -> None:
    """Ask for a note to a group and save it as a file that the group's studio takes."""
    from studio.services.district_report import write_note

    group = next((group for group in figures.groups if group.merged.id == group_id), None)
    if group is None:
        return
    title = tools.t("district.page.note")
    name, done = tools.t("district.page.note_label", name=group.name), tools.t("district.page.note_done")
    text = ask_lines(tools, title, name, hint=tools.t("district.page.note_hint"), done=done, most=MOST_TEXT)
    folder = tools.dialogs.choose_folder(tools.t("district.page.note_folder")) if text else None
    if not text or folder is None:
        return
    try:
        made = write_note(folder, group.merged.group, text, tools.settings.text("author"), figures.today)
    except UserError as error:
        tools.dialogs.explain(error)
        return
    tools.dialogs.tell(title, tools.t("district.page.note_saved", file=made.name, name=group.name))
