"""Sends sides of paper to a printer, by the system's print dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from studio.base.errors import UserError
from studio.services.paper_printing import side_painter

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from studio.services.paper_printing import PaperJob
    from studio.ui.core.desk_context import WindowTools


def print_job(job: PaperJob, tools: WindowTools) -> str | None:
    """Let the user choose a printer, and print.

    Args:
        job: what is printed; the dialog begins with its paper and its way of turning it over.
        tools: for the dialog.

    Returns:
        The printer's name ("" for a file); None when the user did not print.

    Raises:
        UserError: ``cetak.no_printer``.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _set_up(printer, job)
    dialog = QPrintDialog(printer)
    dialog.setMinMax(1, len(job.sides))
    accepted = tools.dialogs.show(dialog)
    dialog.deleteLater()
    if not accepted:
        return None
    # A printer chosen in the dialog brings its own paper and margins along.
    _set_up(printer, job)
    _paint(printer, job)
    return printer.printerName()


def _set_up(printer: QPrinter, job: PaperJob) -> None:
    wide, high = job.sides[0].size
    lying = QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
    printer.setDocName(job.title)
    # Measured from the edge of the paper; the pages keep a safe margin of their own.
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), lying, QMarginsF()))
    printer.setDuplex(printer.DuplexMode.DuplexShortSide if job.duplex else printer.DuplexMode.DuplexNone)


def _paint(printer: QPrinter, job: PaperJob) -> None:
    first = max(1, printer.fromPage())
    last = printer.toPage() or len(job.sides)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("cetak.no_printer")
    try:
        for number in range(first - 1, min(last, len(job.sides))):
            if number > first - 1:
                printer.newPage()
            side_painter(job, number)(painter, printer.resolution() / 25.4)
    finally:
        painter.end()
