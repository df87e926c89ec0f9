"""The window "Cetak", with real presses: stories are ticked and put in order, seen, printed and saved."""

from __future__ import annotations

import re
import subprocess

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from studio.services.kept_bulletins import kept_bulletins
from studio.story.edits import set_field


@pytest.fixture
def story(opened):
    session = opened.stories.session
    for name, value in (("headline", "Banjir surut"), ("date", "2026-11-27"), ("body", "Air sungai sudah surut.")):
        session.edit(set_field(name, value))
    return opened


def shown(story, answers, by_hand):
    """Run the dialog as the shortcut opens it; ``by_hand`` gets it, and whatever the print dialog is told."""

    def run(dialog):
        if isinstance(dialog, QPrintDialog):
            return answers.on_print(dialog)
        dialog.show()
        by_hand(dialog)
        dialog.hide()
        return dialog.result()

    answers.on_show = run
    story.window.actions.all["print_paper"].trigger()
    assert answers.asked[0] == "PrintDialog"


def tick(dialog, row):
    item = dialog.form.stories.visualItemRect(dialog.form.stories.item(row))
    dialog.form.stories.scrollToItem(dialog.form.stories.item(row))
    item = dialog.form.stories.visualItemRect(dialog.form.stories.item(row))
    QTest.mouseClick(
        dialog.form.stories.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(item.left() + 14, item.center().y())
    )


def text_of(pdf):
    said = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split())


def red_share(image):
    """How much of a picture has the red of the mark of a draft."""
    colors = [image.pixelColor(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    return sum(color.red() > color.green() + 60 for color in colors) / len(colors)


@pytest.mark.tool("pdftotext")
def test_a_bulletin_is_put_in_order_seen_printed_and_kept(story, answers, tmp_path):
    answers.target = tmp_path / "buletin"
    told = []

    def on_print(dialog):
        printer = dialog.printer()
        told.append((printer.pageLayout().orientation().name, dialog.maxPage()))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "dicetak.pdf"))
        return True

    answers.on_print = on_print

    def by_hand(dialog):
        stories = dialog.form.stories
        assert dialog.form.chosen() == (story.stories.session.folder,)
        assert "4 halaman A5 pada 1 lembar A4" in dialog.summary.text()
        assert "sisi pendek" in dialog.summary.text()
        assert "DRAF melintang besar, di layar cukup di sudut" in dialog.notes.text()
        assert red_share(dialog.page.pixmap().toImage()) < 0.006
        tick(dialog, 1)
        first, second = dialog.form.chosen()
        stories.setCurrentRow(0)
        stories.setFocus()
        QTest.keyClick(stories, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        assert dialog.form.chosen() == (second, first)
        before = dialog.page.pixmap().cacheKey()
        assert dialog.side.text() == "Sisi 1 dari 2"
        QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
        assert (dialog.side.text(), dialog.page.pixmap().cacheKey() != before) == ("Sisi 2 dari 2", True)
        assert not dialog.next.isEnabled()
        QTest.keyClicks(dialog.form.name, "Suara Desa")
        QTest.keyClick(dialog.form.name, Qt.Key.Key_Return)
        QTest.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.pdf, Qt.MouseButton.LeftButton)
        assert dialog.form.kept.itemText(1) == "Suara Desa"
        tick(dialog, 0)
        tick(dialog, 1)
        assert dialog.form.chosen() == ()
        assert dialog.notes.text() == dialog._t("choose")
        assert not dialog.print.isEnabled()
        dialog.form.kept.setCurrentIndex(1)
        dialog.form.kept.activated.emit(1)
        assert dialog.form.chosen() == (second, first)

    shown(story, answers, by_hand)
    assert told == [("Landscape", 2)]
    subprocess.run(["pdftoppm", "-r", "20", "-png", tmp_path / "dicetak.pdf", tmp_path / "sisi"], check=True)
    assert red_share(QImage(str(tmp_path / "sisi-1.png"))) > 0.01
    for made in ("dicetak.pdf", "buletin.pdf"):
        said = text_of(tmp_path / made)
        assert "Suara Desa" in said
        assert "Banjir surut" in said
        facts = subprocess.run(["pdfinfo", tmp_path / made], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Pages: +2\n", facts)
        assert "842 x 595" in facts
    assert [kept.title for kept in kept_bulletins(story.stories.workspace)] == ["Suara Desa"]


def test_a_poster_needs_no_name_and_a_refusal_is_told(story, answers, tmp_path):
    from studio.story.model import Person

    session = story.stories.session

    def by_hand(dialog):
        dialog.form.form.setFocus()
        QTest.keyClick(dialog.form.form, Qt.Key.Key_End)
        assert dialog.form.form.currentData() == "a2-full"
        assert "8 lembar A4" in dialog.summary.text()
        QTest.keyClick(dialog.form.form, Qt.Key.Key_Up)
        assert dialog.form.form.currentData() == "a2"
        assert not dialog.form.name.isVisible()
        assert "4 lembar A4" in dialog.summary.text()
        assert dialog.side.text() == "Sisi 1 dari 4"

    shown(story, answers, by_hand)
    session.edit(set_field("people", (Person(id="p", name="Air", age_group="child", role="victim", protected=True),)))
    session.edit(set_field("headline", "Air ditemukan"))

    def refused(dialog):
        assert "Air ditemukan" not in dialog.summary.text()
        assert session.folder in dialog.notes.text()
        assert not dialog.pdf.isEnabled()
        assert dialog.page.pixmap().isNull()

    answers.asked.clear()
    shown(story, answers, refused)
