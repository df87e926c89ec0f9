"""The chip in the list says what the gate says now, not what somebody once marked; judged quietly, kept by content."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services import listed_verdicts
from studio.store.index import SearchIndex
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.library.index_source import IndexSource
from studio.ui.library.library_model import LibraryModel
from tests.data_pack_maker import signed_pack, take, trusting_shelf

TEXTS = MessageTexts(assets_dir() / "messages", "id")
GOOD = Story(
    id="", headline="Air kembali mengalir", place="Sukamaju", date="2026-11-22", byline=("Siti",), status="ready"
)
GOOD = replace(GOOD, body="Warga memperbaiki saluran di Sukamaju pada Minggu pagi. Air mengalir lagi ke sawah.")


@pytest.fixture
def place(qapp, own_home, tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Uji", village="Sukamaju")) as workspace:
        for name, story in {
            "baik": GOOD,
            "kosong": replace(GOOD, headline="", body=""),
            "terbit": replace(GOOD, status="published", byline=(), headline=""),
            "draf": replace(GOOD, status="draft", body=""),
        }.items():
            workspace.save(workspace.add(replace(story, summary=name)), replace(story, summary=name))
        yield workspace


def source_of(workspace):
    source = IndexSource(SearchIndex(workspace), InlineJobs(), "", today=lambda: "2026-11-30")
    source.index.refresh()
    return source


def told(source):
    """Summary of each story and what the list calls it."""
    model = LibraryModel(source, TEXTS)
    model.ask("", (), "modified")
    found = {}
    for at in range(model.rowCount()):
        row = model.row_at(model.index(at))
        words = model.data(model.index(at), Qt.ItemDataRole.AccessibleTextRole).split(", ")
        found[source.index.workspace.load(row.folder).summary] = (", ".join(words[1:-1]), row.held)
    return found


CHECKLIST = b"""[[question]]
id = "izin-kades"
statement = { id = "Kepala desa sudah membaca berita ini." }
level = "block"
words = ["saluran"]
"""


def test_a_checklist_that_was_taken_in_counts_in_the_list(place, qtbot, tmp_path):
    source = source_of(place)
    told(source)
    with qtbot.waitSignal(source.verdicts.judged):
        pass
    assert told(source)["baik"] == ("Siap terbit", False)
    take(trusting_shelf(), signed_pack(tmp_path, "checklist", {"daftar_periksa.toml": CHECKLIST}))
    told(source)
    with qtbot.waitSignal(source.verdicts.judged):
        pass
    assert told(source)["baik"] == ("Tertahan", True)
    source.stop()


def test_the_list_says_what_the_gate_says_and_again_after_a_change(place, qtbot, monkeypatch):
    source = source_of(place)
    assert told(source)["kosong"] == ("Siap terbit", None)
    with qtbot.waitSignal(source.verdicts.judged):
        pass
    assert told(source) == {
        "baik": ("Siap terbit", False),
        "kosong": ("Tertahan", True),
        "terbit": ("Terbit, kini tertahan", True),
        "draf": ("Draf", None),
    }
    folder = next(name for name in place.story_folders() if place.load(name).summary == "kosong")
    place.save(folder, replace(place.load(folder), headline=GOOD.headline, body=GOOD.body))
    source.touch(folder)
    assert told(source)["kosong"] == ("Tertahan", True)  # what was known last, until it is judged anew
    with qtbot.waitSignal(source.verdicts.judged):
        pass
    assert told(source)["kosong"] == ("Siap terbit", False)
    source.stop()
    # Another window, another day of work: known at once, nothing is judged again.
    monkeypatch.setattr(listed_verdicts, "judge_listed", None)
    again = source_of(place)
    assert told(again)["terbit"] == ("Terbit, kini tertahan", True)
    assert not again.verdicts._wanted
    # The group decides too: what was said under its old name is asked anew.
    place.save_group(replace(place.group, name="KIM Lain"))
    told(again)
    assert len(again.verdicts._wanted) == 3
    again.stop()


def test_a_verdict_changes_its_row_alone_and_no_draft(place):
    model = LibraryModel(source_of(place), TEXTS)
    model.ask("", (), "modified")
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    folders = {place.load(name).summary: name for name in place.story_folders()}
    model.show_held({folders["kosong"]: True, folders["draf"]: True})
    at = model.position(folders["kosong"])
    assert changed == [(at.row(), at.row())]
    assert "Tertahan" in model.data(at, Qt.ItemDataRole.AccessibleTextRole)
    model.show_held({folders["kosong"]: True})
    assert len(changed) == 1
