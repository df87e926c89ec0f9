"""People and consent on the desk."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.export.running.export_manifest import ExportManifest, ManifestEntry, write_manifest
from studio.story.edits import StoryEdit
from studio.story.model import Photo, Publication
from studio.story.places import TextPlace


@pytest.fixture
def page(opened):
    photos = (Photo(id="p1", file="a.jpg", caption="Ratna di sawah"), Photo(id="p2", file="b.jpg"))
    log = (Publication(outlet="instagram", when="2026-11-22T09:00:00+07:00", link="https://ig.example/1"),)
    session = opened.stories.session
    session.edit(StoryEdit("edit.body", lambda story: replace(story, photos=photos, publications=log)))
    opened.window.go("check")
    made = opened.window.page.show_page("people")
    made.add()
    QTest.keyClicks(QApplication.focusWidget(), "Ratna Dewi")
    return made


def person(opened):
    (found,) = opened.stories.session.story.people
    return found


def choose(choice, key):
    choice.box.setCurrentIndex(choice.box.findData(key))
    choice.box.activated.emit(choice.box.currentIndex())


def test_a_child_is_protected_at_once_and_what_gives_it_away_is_listed(page, opened):
    choose(page.form.age, "child")
    choose(page.form.role, "victim")
    assert person(opened).protected
    assert page.form.protected.isChecked()
    assert "selalu dilindungi" in page.form.why.text()
    QTest.keyClicks(page.form.entries["identifiers"].field, "RD, SDN 2 Sukamaju")
    assert person(opened).identifiers == ("RD", "SDN 2 Sukamaju")
    assert "dilindungi" in page.list.item(0).text()


def test_a_missing_child_is_ticked_and_the_reminder_leads_back_to_the_tick(page, opened, qtbot):
    choose(page.form.age, "child")
    tick = page.form.missing
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    assert person(opened).missing
    assert "selama ia dicari" in page.form.why.text()
    page.list.setFocus()
    opened.window.show_place(TextPlace(f"people/{person(opened).id}/missing"))
    assert QApplication.focusWidget() is tick


def test_where_somebody_is_seen_is_ticked(page, opened):
    page.form.seen["p1"].click()
    photos = opened.stories.session.story.photos
    assert [photo.people for photo in photos] == [(person(opened).id,), ()]
    page.form.seen["p1"].click()
    assert not opened.stories.session.story.photos[0].people


def test_consent_is_recorded_and_its_withdrawal_names_what_used_it(page, opened, answers):
    page.form.seen["p1"].click()
    QTest.keyClicks(page.consent.entries["by"].field, "Ratna Dewi")
    page.consent.give.click()
    assert person(opened).consent.given
    assert person(opened).consent.when
    answers.answer = ""
    page.consent.withdraw.click()
    assert not person(opened).consent.withdrawn
    assert "Foto 1" in answers.asked[-1]
    assert "https://ig.example/1" in answers.asked[-1]
    answers.answer = "yes"
    page.consent.withdraw.click()
    assert person(opened).consent.withdrawn
    assert page.consent.mark.text() == "Izin dicabut"
    opened.stories.session.undo()
    assert not person(opened).consent.withdrawn


KINDS = {
    "whatsapp/pesan.txt": "text",
    "website/index.html": "page",
    "instagram/01.jpg": "photo",
    "instagram/kartu.jpg": "card",
    "tiktok/video.mp4": "video",
    "mading/lembar.pdf": "print",
    "website/video-sampul.jpg": "poster",
    "youtube/video.srt": "subtitles",
}


def exported(opened):
    """An export with a file of every kind; the texts in it name Ratna."""
    stories = opened.stories
    stories.session.flush()
    folder = stories.workspace.path / "exports" / stories.session.folder
    entries = []
    for path, kind in KINDS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("kata Ratna Dewi", encoding="utf-8")
        entries.append(ManifestEntry(path=path, outlet=path.partition("/")[0], kind=kind, sha256="", bytes=1, key=""))
    write_manifest(folder, ExportManifest(files=tuple(entries)))


def test_files_of_every_kind_that_may_show_or_name_somebody_are_listed(page, opened, answers):
    exported(opened)
    page.consent.give.click()
    answers.answer = ""
    page.consent.withdraw.click()
    assert [path for path in KINDS if path in answers.asked[-1]] == [
        path for path, kind in KINDS.items() if kind in {"text", "page", "subtitles"}
    ]
    page.form.seen["p1"].click()
    page.consent.withdraw.click()
    assert all(path in answers.asked[-1] for path in KINDS)


def test_proof_is_attached_and_the_blank_form_printed(page, opened, answers, picture, tmp_path):
    answers.files = (picture,)
    page.consent.attach.click()
    file = person(opened).consent.file
    assert opened.stories.workspace.media_path(opened.stories.session.folder, file).is_file()
    answers.target = tmp_path / "formulir"
    QTest.mouseClick(page.blank, Qt.MouseButton.LeftButton)
    assert answers.said[-1][1].count(str(tmp_path / "formulir.pdf")) == 1
    assert (tmp_path / "formulir.pdf").read_bytes().startswith(b"%PDF")


def test_somebody_is_taken_off_and_brought_back(page, opened):
    page.remove()
    assert not opened.stories.session.story.people
    opened.stories.session.undo()
    assert person(opened).name == "Ratna Dewi"


def test_a_finding_leads_to_the_consent(page, opened):
    opened.window.show_place(TextPlace(f"people/{person(opened).id}/consent"))
    assert QApplication.focusWidget() is page.consent.first
