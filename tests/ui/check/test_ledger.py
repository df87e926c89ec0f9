"""The ledger on the desk, filled in by hand: nothing leaves it, everything can be undone, and it can be taken along."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import claims
from studio.story.places import TextPlace


@pytest.fixture
def page(opened):
    opened.window.go("check")
    return opened.window.page.show_page("ledger")


@pytest.fixture
def row(page, opened):
    """The ledger with one new row."""
    page.add()
    QTest.keyClicks(QApplication.focusWidget(), "Air sumur beracun")
    return page


def claim(opened):
    (found,) = opened.stories.session.story.claims
    return found


def test_an_empty_ledger_says_what_to_do_and_a_row_begins_with_one_key(page, opened):
    assert page._stack.currentIndex() == 1
    QTest.keyClick(
        opened.window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert page._stack.currentIndex() == 0
    assert QApplication.focusWidget() is page.form.entries["text"].field
    QTest.keyClicks(QApplication.focusWidget(), "Pasar tutup")
    assert claim(opened).text == "Pasar tutup"
    assert "Pasar tutup" in page.list.item(0).text()


def test_a_row_is_filled_in_and_everything_is_kept(row, opened):
    form = row.form
    for name, text in (("first_seen", "Grup WA"), ("explanation", "Tidak benar."), ("second_reader", "Budi")):
        form.entries[name].field.setFocus()
        QTest.keyClicks(form.entries[name].field, text)
    form.received.field.selectAll()
    QTest.keyClicks(form.received.field, "17/11/2026")
    QTest.keyClicks(form.steps["find"].field, "Tidak ada liputan")
    QTest.keyClicks(form.references.field, "https://a.example/x")
    form.flags["harmful"].click()
    form.kind.box.setCurrentIndex(form.kind.box.findData("photo"))
    form.kind.box.activated.emit(form.kind.box.currentIndex())
    form.verdicts["false"].click()
    form.verdicts["misleading"].click()
    found = claim(opened)
    assert (found.first_seen, found.explanation, found.second_reader) == ("Grup WA", "Tidak benar.", "Budi")
    assert (found.received, found.steps, found.references) == (
        "2026-11-17",
        {"find": "Tidak ada liputan"},
        ("https://a.example/x",),
    )
    assert (found.harmful, found.kind, found.verdict) == (True, "photo", "misleading")
    assert [line.after for line in found.changes if line.field == "verdict"] == ["false", "misleading"]
    opened.stories.session.undo()
    assert claim(opened).verdict == "false"
    assert form.verdicts["false"].isChecked()


def test_a_day_that_is_none_is_marked_and_not_written(row, opened):
    field = row.form.received.field
    field.selectAll()
    QTest.keyClicks(field, "31/2/2026")
    assert field.property("wrong")
    assert claim(opened).received != "31/2/2026"


def test_a_second_space_and_a_new_line_can_be_typed_into_references(row, opened):
    field = row.form.references.field
    field.setFocus()
    QTest.keyClicks(field, "Surat lurah")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "Surat lurah\n"
    QTest.keyClicks(field, "Berita acara")
    assert claim(opened).references == ("Surat lurah", "Berita acara")


def test_evidence_comes_in_with_its_hash_by_choice_and_by_drop(row, opened, answers, picture):
    answers.files = (picture,)
    row.form.evidence.first.click()
    (item,) = claim(opened).evidence
    assert item.sha256 == hashlib.sha256(picture.read_bytes()).hexdigest()
    assert (item.name, bool(item.when)) == (picture.name, True)
    session = opened.stories.session
    assert opened.stories.workspace.media_path(session.folder, item.file).read_bytes() == picture.read_bytes()
    other = picture.with_name("layar.png")
    other.write_bytes(b"bukan gambar, tetap bukti")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(other))])
    place, action = QPointF(5, 5), Qt.DropAction.CopyAction
    drop = QDropEvent(place, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    row.form.evidence.dropEvent(drop)
    assert [one.name for one in claim(opened).evidence] == [picture.name, "layar.png"]


def test_evidence_that_cannot_be_read_is_named(row, opened, answers, tmp_path):
    answers.files = (tmp_path / "hilang.jpg",)
    row.form.evidence.first.click()
    assert not claim(opened).evidence
    assert "hilang.jpg" in answers.said[-1][1]


def test_evidence_is_struck_with_a_reason_and_stays(row, opened, answers):
    answers.text = "https://contoh.example/unggahan"
    row.form.evidence.link.click()
    answers.text = "Unggahan lain"
    row.form.evidence._strike(0)
    (item,) = claim(opened).evidence
    assert (item.url, item.struck) == ("https://contoh.example/unggahan", "Unggahan lain")
    assert not claims.evidence_of(claim(opened))


def test_who_was_asked_and_what_they_said(row, opened):
    asked = row.form.asked
    QTest.keyClicks(asked.name.field, "Endang Lestari")
    asked.harmed.click()
    asked.add.click()
    assert QApplication.focusWidget() is asked.answers[0].field
    QTest.keyClicks(asked.answers[0].field, "Tidak pernah")
    (contact,) = claim(opened).asked
    assert (contact.name, contact.answer, contact.harmed) == ("Endang Lestari", "Tidak pernah", True)
    assert asked.name.text() == ""


def test_the_picture_that_went_round_becomes_a_photo_evidence_and_choice_in_one_step(row, opened, answers, picture):
    answers.files = (picture,)
    before = opened.stories.session.story
    row.form._media.add_picture()
    story = opened.stories.session.story
    (photo,) = [one for one in story.photos if one not in before.photos]
    assert claim(opened).picture == photo.id
    assert claim(opened).evidence[0].file == photo.file
    assert row.form.picture.box.currentData() == photo.id
    opened.stories.session.undo()
    assert opened.stories.session.story.photos == before.photos
    assert not claim(opened).picture


def test_a_row_is_closed_never_deleted(row, opened, answers):
    answers.text = None
    row.form._close()
    assert not claim(opened).closed
    answers.text = "Tidak dipakai"
    row.form._close()
    assert claim(opened).closed_reason == "Tidak dipakai"
    assert not row.form.verdicts["true"].isEnabled()
    row.form._reopen()
    assert row.form.verdicts["true"].isEnabled()


def test_the_ledger_is_saved_and_what_needs_the_network_copied(row, opened, answers, tmp_path):
    for ending, start in (("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
        answers.target = tmp_path / "buku"
        row._save(ending)
        assert (tmp_path / f"buku.{ending}").read_bytes().startswith(start)
        assert str(tmp_path) in answers.said[-1][1]
    row._copy_todo()
    assert "cekfakta.com" in QGuiApplication.clipboard().text()


def test_a_story_becomes_a_fact_check_from_here(row, opened):
    row.kind.click()
    assert opened.stories.session.story.kind == "factcheck"
    assert not row.kind.isVisible()


def test_a_finding_leads_to_the_very_field(row, opened):
    name = claim(opened).id
    for field, wanted in (
        ("explanation", row.form.entries["explanation"].field),
        ("references", row.form.references.field),
        ("steps/trace", row.form.steps["trace"].field),
        ("asked", row.form.asked.first),
    ):
        opened.window.show_place(TextPlace(f"claims/{name}/{field}"))
        assert QApplication.focusWidget() is wanted


def test_what_waits_for_the_network_is_listed_and_shrinks(row, opened):
    assert "coverage" in [task.code for task in row.form.todo._shown]
    assert row.form.todo.isVisible()
    QTest.keyClicks(row.form.steps["find"].field, "Nihil")
    assert "coverage" not in [task.code for task in row.form.todo._shown]
    row.form.verdicts["unproven"].click()
    assert not row.form.todo.isVisible()
