"""The group's own files: written whole, unknown fields kept, damaged ones set aside, never outside the folder."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.group.assessment import Assessment, AssessmentAnswer, CountedScore
from studio.group.group_records import GroupRecords, change_record, remove_record
from studio.group.group_region import REGION_PLACE, GroupRegion
from studio.group.profile import PROFILE_PLACE, Decree, GroupProfile, Officer
from studio.store.group_folder import GroupFolder, GroupRecordStore
from studio.store.group_rescue import GroupRescue, bring_back_records, rescued_records
from studio.store.rescue import RescuePlace
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group

ROUND = "assessments/2026-11-30.json"
ROUND_RECORD = Assessment(
    instrument="kim-20/1",
    date="2026-11-30",
    answers={"KP1": AssessmentAnswer(score=3, counted=CountedScore(score=2, stories=12, begins="2026-09-01"))},
)


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        yield made


def test_a_record_comes_back_and_fields_nobody_knows_stay(workspace):
    folder = GroupFolder(workspace)
    path = workspace.path / "group" / PROFILE_PLACE
    path.parent.mkdir()
    path.write_text('{"format": 1, "kim_id": "K-7", "later": [1], "officers": [{"name": "Sri", "emoji": "x"}]}')
    profile = folder.read(PROFILE_PLACE, GroupProfile)
    folder.write(PROFILE_PLACE, replace(profile, founded="2015-12-16"))
    stored = json.loads(path.read_text())
    assert (stored["later"], stored["officers"][0]["emoji"], stored["founded"]) == ([1], "x", "2015-12-16")
    assert stored["format"] == 1


def test_names_of_the_file_are_those_of_the_page_on_formats(workspace):
    folder = GroupFolder(workspace)
    folder.write(ROUND, ROUND_RECORD)
    stored = json.loads((workspace.path / "group" / ROUND).read_text())
    counted = {"score": 2, "stories": 12, "from": "2026-09-01", "to": "", "source": ""}
    assert stored["answers"]["KP1"]["counted"] == counted
    assert folder.read(ROUND, Assessment) == ROUND_RECORD


def test_a_damaged_file_is_named_the_rest_is_read_and_what_replaces_it_keeps_it(workspace):
    folder = GroupFolder(workspace)
    folder.write(ROUND, ROUND_RECORD)
    (workspace.path / "group" / PROFILE_PLACE).write_bytes(b'{"decree": {"number"')
    reading = folder.read_all()
    assert [notice.facts["file"] for notice in reading.notices] == ["group/profile.json"]
    assert reading.damaged == {PROFILE_PLACE}
    assert list(reading.records.by_place) == [REGION_PLACE, ROUND]
    folder.write(PROFILE_PLACE, GroupProfile(kim_id="baru"))
    kept = folder.earlier_versions(PROFILE_PLACE)
    assert [version.reason for version in kept] == ["unreadable"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "store.empty"),
        (b"[1]", "store.unreadable"),
        (b'{"answers": {"KP1": {"score": 7}}, "instrument": "kim-20/1", "date": ""}', "store.field"),
        (b'{"format": "satu", "instrument": "kim-20/1", "date": ""}', "store.field"),
        (b'{"date": "2026-11-30"}', "store.field"),
        (b" " * 8_000_001, "group.too_big"),
    ],
)
def test_every_kind_of_damage_has_its_name(workspace, content, code):
    path = workspace.path / "group" / ROUND
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert [notice.code for notice in GroupFolder(workspace).read_all().notices] == [code]


def test_a_newer_format_is_shown_and_never_written(workspace):
    path = workspace.path / "group" / PROFILE_PLACE
    path.parent.mkdir()
    path.write_text('{"format": 2, "kim_id": "K-7", "new": true}')
    folder = GroupFolder(workspace)
    reading = folder.read_all()
    assert reading.records.record(PROFILE_PLACE, GroupProfile).kim_id == "K-7"
    assert reading.newer == {PROFILE_PLACE}
    before = path.read_bytes()
    with pytest.raises(UserError) as refused:
        folder.write(PROFILE_PLACE, GroupProfile())
    assert refused.value.code == "group.newer"
    with pytest.raises(UserError):
        folder.remove(PROFILE_PLACE)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["../workspace.json", "a/b/c.json", "/etc/x.json", ".x.json", "profile.txt", ""])
def test_no_name_leads_out_of_the_folder(workspace, place):
    with pytest.raises(UserError):
        GroupFolder(workspace).write(place, GroupProfile())
    with pytest.raises(UserError):
        GroupFolder(workspace).media_path(place if place != "profile.txt" else "../x.jpg")


def test_no_link_leads_out_of_the_folder(workspace, tmp_path):
    outside = tmp_path / "rahasia.json"
    outside.write_text('{"kim_id": "rahasia"}')
    (workspace.path / "group" / "media").mkdir(parents=True)
    (workspace.path / "group" / PROFILE_PLACE).symlink_to(outside)
    (workspace.path / "group" / "media" / "0123456789abcdef.jpg").symlink_to(outside)
    folder = GroupFolder(workspace)
    assert [notice.code for notice in folder.read_all().notices] == ["group.place"]
    with pytest.raises(UserError):
        folder.media_path("0123456789abcdef.jpg")


def test_media_are_named_by_their_content_and_only_pictures_and_documents_come_in(workspace, tmp_path):
    folder = GroupFolder(workspace)
    scan, program, notes = tmp_path / "SK KIM.PDF", tmp_path / "sk.pdf", tmp_path / "notula.txt"
    scan.write_bytes(b"%PDF-1.7\nsk")
    program.write_bytes(b"\x7fELF....")
    notes.write_text("Notula rapat")
    name = folder.add_media(scan)
    assert name == folder.add_media(scan)
    assert name.endswith(".pdf")
    assert folder.media_path(name).read_bytes() == scan.read_bytes()
    assert folder.add_media(notes).endswith(".txt")
    with pytest.raises(UserError) as refused:
        folder.add_media(program)
    assert refused.value.code == "group.media_kind"


def test_a_snapshot_writes_what_differs_and_one_refusal_keeps_nothing_else_from_the_disk(workspace):
    folder = GroupFolder(workspace)
    (workspace.path / "group").mkdir()
    (workspace.path / "group" / PROFILE_PLACE).write_text('{"format": 2}')
    start = folder.read_all().records
    store = GroupRecordStore(folder, start)
    after = start.with_record(PROFILE_PLACE, GroupProfile(kim_id="x")).with_record(ROUND, ROUND_RECORD)
    with pytest.raises(UserError):
        store.save("group", after)
    assert folder.read(ROUND, Assessment) == ROUND_RECORD
    store.save("group", start)
    assert not (workspace.path / "group" / ROUND).exists()
    assert folder.earlier_versions(ROUND)


def test_edits_say_when_there_is_nothing_to_do():
    empty = GroupRecords()
    same = change_record(PROFILE_PLACE, GroupProfile(), lambda profile: profile, "edit.group")
    assert same.apply(empty) is empty
    named = change_record(PROFILE_PLACE, GroupProfile(), lambda old: replace(old, kim_id="K-7"), "edit.group")
    once = named.apply(empty)
    assert once.record(PROFILE_PLACE, GroupProfile).kim_id == "K-7"
    assert named.apply(once) is once
    assert remove_record(PROFILE_PLACE, "edit.group").apply(once) == empty
    assert once.records("products", GroupProfile) == {}


def test_a_read_only_workspace_keeps_its_files(workspace):
    GroupFolder(workspace).write(
        PROFILE_PLACE, GroupProfile(officers=(Officer(name="Sri"),), decree=Decree(number="1"))
    )
    with open_workspace(workspace.path, write=False) as reader, pytest.raises(UserError):
        GroupFolder(reader).write(PROFILE_PLACE, GroupProfile())


def test_a_region_that_cannot_be_saved_is_rescued_and_comes_back_into_workspace_json(workspace, tmp_path):
    folder = GroupFolder(workspace)
    before = folder.read_all().records
    moved = replace(before.record(REGION_PLACE, GroupRegion), village="Desa Baru", region_code="")
    place = RescuePlace(tmp_path / "rescue", workspace.path, workspace.group.id)
    GroupRescue(place, GroupRecordStore(folder, before)).keep("k", before.with_record(REGION_PLACE, moved), "", "")
    (kept,) = rescued_records(place)
    bring_back_records(folder, kept, place)
    assert workspace.group.village == "Desa Baru"
    assert not rescued_records(place)
    with open_workspace(workspace.path, write=False) as other:
        assert other.group.village == "Desa Baru"
