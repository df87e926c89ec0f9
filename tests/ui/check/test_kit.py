"""The evidence kit: every view of a photo and a clip, read by somebody who is not sure."""

from __future__ import annotations

import hashlib

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.photo.forensics import FileFact
from studio.story.edits import StoryEdit
from studio.story.model import Claim, Photo
from studio.ui.check.evidence_page import VIEWS, EvidenceKit
from studio.ui.check.evidence_views import fact_text


@pytest.fixture
def kit(opened, picture, qtbot):
    """The kit with one photo of the story, which a claim is about."""
    session, workspace = opened.stories.session, opened.stories.workspace
    file = workspace.import_media(session.folder, picture)
    photos = (Photo(id="p", file=file, name=picture.name),)
    claims = (Claim(id="c", text="Foto banjir"),)
    session.edit(StoryEdit("edit.body", lambda story: replace(story, photos=photos, claims=claims)))
    opened.window.go("check")
    made = EvidenceKit(opened.window.page.bench)
    qtbot.addWidget(made)
    made.show()
    return made


def show(kit, view):
    kit.views.setCurrentIndex(VIEWS["photo"].index(view))


def values(kit):
    return {kit.table.item(n, 0).text(): kit.table.item(n, 1).text() for n in range(kit.table.rowCount())}


def test_every_view_says_what_it_can_and_cannot_show(kit):
    said = set()
    for view in VIEWS["photo"]:
        show(kit, view)
        assert len(kit.told.text().split()) > 8
        said.add(kit.told.text())
    assert len(said) == len(VIEWS["photo"])


def test_data_and_hash_can_be_read_and_copied(kit, picture):
    show(kit, "facts")
    assert values(kit)["Pembuat kamera"] == "Contoh"
    show(kit, "hash")
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert values(kit)["SHA-256"] == digest
    kit.copy.click()
    assert digest in QGuiApplication.clipboard().text()


def test_a_copied_area_is_told_and_shown(kit):
    show(kit, "repeats")
    assert "kelompok" in kit.outcome.text()
    assert not kit.closeup.shown.isNull()
    show(kit, "compression")
    assert not kit.closeup.shown.isNull()


def test_the_picture_is_enlarged_and_read_with_keys_alone(kit):
    show(kit, "look")
    whole = kit.closeup._scale()
    kit.closeup.setFocus()
    QTest.keyClick(kit.closeup, Qt.Key.Key_Plus)
    QTest.keyClick(kit.closeup, Qt.Key.Key_Plus)
    assert kit.closeup._scale() > 1.4 * whole
    before = kit.closeup._target_rectangle().left()
    QTest.keyClick(kit.closeup, Qt.Key.Key_Right)
    assert kit.closeup._target_rectangle().left() < before
    QTest.keyClick(kit.closeup, Qt.Key.Key_0)
    assert kit.closeup._scale() == pytest.approx(whole)
    plain = kit.closeup.grab().toImage()
    kit.magnifier.click()
    assert kit.closeup.grab().toImage() != plain


def test_a_file_goes_into_the_ledger_with_its_hash(kit, opened, picture):
    kit.keep.click()
    (item,) = opened.stories.session.story.claims[0].evidence
    assert item.sha256 == hashlib.sha256(picture.read_bytes()).hexdigest()


def test_a_view_is_saved_as_a_picture(kit, answers, tmp_path):
    show(kit, "repeats")
    answers.target = tmp_path / "ulang.png"
    kit.save.click()
    assert (tmp_path / "ulang.png").read_bytes().startswith(b"\x89PNG")
    answers.target = tmp_path / "tidak" / "ada.png"
    kit.save.click()
    assert "ada.png" in answers.said[-1][1]


def test_a_broken_file_is_explained_in_place(kit, answers, tmp_path):
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")
    answers.files = (tmp_path / "rusak.jpg",)
    kit._choose_other()
    assert "rusak.jpg" in kit.outcome.text()
    assert kit.outcome.isVisible()


def test_a_clip_shows_its_key_frames(kit, answers, tmp_path):
    import av
    import numpy as np

    path = tmp_path / "klip.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for number in range(30):
            frame = av.VideoFrame.from_ndarray(np.full((64, 96, 3), number * 8, np.uint8))
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    answers.files = (path,)
    kit._choose_other()
    assert kit.view == "shots"
    assert kit.wall.count() >= 3
    kit.wall.setFocus()
    kit.wall.itemActivated.emit(kit.wall.item(1))
    assert not kit.closeup.shown.isNull()
    kit.views.setCurrentIndex(VIEWS["clip"].index("facts"))
    assert values(kit)["Ukuran gambar"] == "96 × 64"


def test_an_empty_story_says_what_to_do(opened, qtbot):
    opened.stories.new()
    opened.window.go("check")
    empty = EvidenceKit(opened.window.page.bench)
    qtbot.addWidget(empty)
    assert empty._whole.currentIndex() == 1


def test_work_that_ends_after_the_kit_was_closed_harms_nothing(
    make_studio, workspace_path, threaded_jobs, picture, qtbot
):
    made = make_studio(jobs=threaded_jobs)
    made.open_workspace(workspace_path)
    made.stories.open(made.stories.workspace.story_folders()[0])
    made.window.go("check")
    kit = EvidenceKit(made.window.page.bench)
    from studio.services.evidence_kit import EvidenceItem

    kit._add_item(EvidenceItem("x", picture))
    kit.list.setCurrentRow(0)
    show(kit, "repeats")
    kit.reject()
    qtbot.waitUntil(lambda: not threaded_jobs.running(), timeout=10000)
    kit.deleteLater()


@pytest.mark.parametrize(
    ("code", "value", "indonesian", "english"),
    [
        ("size", "1234567", "1,2 MB (1.234.567 bita)", "1.2 MB (1,234,567 bytes)"),
        ("length", "12.5", "12,5 detik", "12.5 s"),
        ("rate", "29.97", "29,97", "29.97"),
        ("aperture", "1.8", "1,8", "1.8"),
        ("modified", "2026:11:22 14:02:05", "22/11/2026 14.02.05", "22/11/2026 14:02:05"),
        (
            "carries",
            "xmp, icc_profile",
            "XMP (data keterangan), profil warna (ICC)",
            "XMP (descriptions), colour profile (ICC)",
        ),
        ("software", "Snapseed 2.0", "Snapseed 2.0", "Snapseed 2.0"),
        ("position", "-6.91742, 107.61905", "-6.91742, 107.61905", "-6.91742, 107.61905"),
    ],
)
def test_facts_are_written_in_the_language(code, value, indonesian, english):
    for language, told in (("id", indonesian), ("en", english)):
        assert fact_text(FileFact(code, value), MessageTexts(assets_dir() / "messages", language)) == told
