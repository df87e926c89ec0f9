from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.store.history import GAP, EarlierVersion, earlier_versions, superfluous_versions

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def typing(workspace, story, clock):
    """Saves a text, its file dated by the test's clock."""
    folder = workspace.add(msgspec.structs.replace(story, body="mulai"))
    path = workspace.path / "stories" / folder / "story.json"

    def date():
        stamp = clock.now.timestamp()
        os.utime(path, (stamp, stamp))

    def save(body):
        workspace.save(folder, msgspec.structs.replace(story, body=body))
        date()

    date()
    return folder, save


def test_typing_for_a_while_keeps_a_version_every_half_minute(workspace, clock, typing):
    folder, save = typing
    for number in range(150):
        clock.pass_by(seconds=2)
        save(f"mulai {number}")
    kept = workspace.versions(folder)
    assert len(kept) == 11
    gaps = [first.written - second.written for first, second in pairwise(kept)]
    assert all(gap >= GAP - timedelta(seconds=2) for gap in gaps)
    assert [version.reason for version in kept] == [""] * 11


def test_a_large_deletion_always_keeps_what_was_there(workspace, clock, typing):
    folder, save = typing
    clock.pass_by(seconds=40)
    save("x" * 1000)
    clock.pass_by(seconds=2)
    save("x" * 1000 + "penting " * 50)
    clock.pass_by(seconds=2)
    save("")
    newest = workspace.read_version(folder, workspace.versions(folder)[0].name)
    assert newest.body.endswith("penting ")


def test_a_version_is_read_and_restored_and_the_present_kept(workspace, clock, typing):
    folder, save = typing
    clock.pass_by(minutes=1)
    save("kedua")
    old = workspace.versions(folder)[0]
    assert workspace.read_version(folder, old.name).body == "mulai"
    clock.pass_by(seconds=1)
    assert workspace.restore_version(folder, old.name).body == "mulai"
    newest = workspace.versions(folder)[0]
    assert newest.reason == "restore"
    assert workspace.read_version(folder, newest.name).body == "kedua"
    with pytest.raises(UserError, match=r"store\.no_version"):
        workspace.read_version(folder, "2020-01-01T000000-000Z.json")


def test_the_clock_of_a_dead_battery_does_not_flood_the_history(workspace, clock, typing):
    folder, save = typing
    clock.now = datetime(2040, 1, 1, tzinfo=UTC)
    save("masa depan")
    clock.now = datetime(2010, 1, 1, tzinfo=UTC)
    for number in range(20):
        clock.pass_by(seconds=2)
        save(f"masa lalu {number}")
    bodies = {workspace.read_version(folder, version.name).body for version in workspace.versions(folder)}
    assert {"mulai", "masa depan", "masa lalu 0"} <= bodies
    assert len(bodies) < 6


def test_foreign_files_in_the_history_are_left_alone(workspace, typing):
    folder, _ = typing
    place = workspace.path / "stories" / folder / "history"
    place.mkdir(exist_ok=True)
    for name in ("catatan.txt", "2026-99-99T000000-000Z.json", "2026-11-22T000000-000Z-entah.json"):
        (place / name).write_text("x")
    assert earlier_versions(place.parent) == ()


NO_LINKS = """
import subprocess, sys
from pathlib import Path
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
with create_workspace(Path(sys.argv[1]), Group()) as workspace:
    folder = workspace.add(Story(id="s1", body="satu"))
    place = workspace.path / "stories" / folder / "history"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True)
    workspace.save(folder, Story(id="s1", body="dua"))
    for version in workspace.versions(folder):
        print(workspace.read_version(folder, version.name).body, (place / version.name).stat().st_nlink)
"""


def test_where_hard_links_are_refused_versions_are_copies(private_mount, tmp_path):
    out, err = private_mount(NO_LINKS, tmp_path / "kerja").communicate(timeout=60)
    assert (out, err) == ("satu 1\n", "")


def version(age, reason=""):
    written = NOW - age
    return EarlierVersion(written, 1, f"{written.isoformat()}{reason}", reason, 1)


AGES = st.lists(st.timedeltas(timedelta(days=-2), timedelta(days=400)), max_size=60, unique=True)


@given(AGES)
def test_thinning_keeps_the_hour_then_hours_then_days(ages):
    found = [version(age) for age in ages]
    gone = set(superfluous_versions(found, NOW))
    kept = [item for item in found if item not in gone]
    assert all(NOW - item.written >= timedelta(hours=1) for item in gone)
    hours = {item.written.strftime("%Y%m%d%H") for item in found if NOW - item.written < timedelta(days=1)}
    assert hours <= {item.written.strftime("%Y%m%d%H") for item in kept}
    assert {item.written.date() for item in found} == {item.written.date() for item in kept}
    old = [item.written.date() for item in kept if NOW - item.written >= timedelta(days=1)]
    assert len(old) == len(set(old))
    assert not found or max(found) in kept
    assert superfluous_versions(kept, NOW) == ()


def test_versions_kept_for_a_reason_stay():
    found = [version(timedelta(days=100, minutes=number), "outside") for number in range(5)]
    assert superfluous_versions(found, NOW) == ()
