"""What the Dinas is given: whatever is wrong with a file is named, and the rest is merged."""

import json
import zipfile
from datetime import date

import pytest

from studio.base.errors import WorkCancelled
from studio.services.district_sources import MOST_ARCHIVE, MOST_FILES, DistrictIntake
from studio.services.handover_making import workspace_handover
from tests.group.handovers import sealed

TODAY = date(2026, 11, 30)


def intake_of(*paths):
    intake = DistrictIntake(TODAY, workspace_handover)
    intake.take_paths(paths)
    return intake


def codes(intake):
    return {file.source: file.error.code for file in intake.refused}


def test_a_folder_with_everything_in_it(tmp_path):
    folder = tmp_path / "kiriman"
    (folder / "tirtasari" / ".cache").mkdir(parents=True)
    (folder / "a.json").write_bytes(sealed(1))
    (folder / "tirtasari" / "b.json").write_bytes(sealed(2))
    (folder / "tirtasari" / ".cache" / "c.json").write_bytes(b"seen by nobody")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "kosong.json").write_bytes(b"")
    (folder / "pesan.txt").write_text("tidak ada baris", encoding="utf-8")
    with (folder / "besar.json").open("wb") as big:
        big.truncate(200_000_000)  # sparse: takes no room
    (folder / "daftar.csv").write_text("nama;desa\nKIM A;B\n", encoding="utf-8")
    intake = intake_of(folder, tmp_path / "hilang.json")
    assert sorted(file.source for file in intake.received) == ["kiriman/a.json", "kiriman/tirtasari/b.json"]
    assert codes(intake) == {
        "kiriman/besar.json": "district.too_large",
        "kiriman/daftar.csv": "table.no_form",
        "kiriman/foto.jpg": "district.other_kind",
        "kiriman/kosong.json": "handover.empty",
        "kiriman/pesan.txt": "district.no_line",
        "hilang.json": "district.gone",
    }


def test_a_link_out_of_the_folder_is_not_followed_into_circles(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "x.json").write_bytes(sealed(1))
    assert len(intake_of(tmp_path / "a").received) == 1


def archive(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def test_an_archive_is_read_member_by_member(tmp_path):
    path = archive(
        tmp_path / "kirim.zip",
        {
            "a.json": sealed(1),
            "../../keluar.json": sealed(2),
            "__MACOSX/._a.json": b"x",
            "dalam.zip": b"PK\5\6" + bytes(18),
            "bom.json": bytes(60_000_000),  # 60 kB packed: unpacks to sixty times what a file may have
            "rusak.json": b"{",
        },
    )
    intake = intake_of(path)
    assert len(intake.received) == 2
    assert {source.rsplit("/", 1)[1]: code for source, code in codes(intake).items()} == {
        **{"dalam.zip": "district.nested", "bom.json": "district.unpacks", "rusak.json": "handover.no_json"}
    }
    assert not (tmp_path.parent / "keluar.json").exists()


def test_many_members_unpack_to_a_sum_that_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.services.district_sources.MOST_ARCHIVE", 3_000_000)
    assert MOST_ARCHIVE > 3_000_000
    path = archive(tmp_path / "bom.zip", {f"{n}.json": bytes(1_000_000) for n in range(6)})
    found = codes(intake_of(path))
    assert list(found.values()).count("district.bomb") >= 2
    assert len(found) == 6


@pytest.mark.parametrize("data", [b"", b"PK\3\4 broken", b"not a zip at all" * 100], ids=["empty", "broken", "other"])
def test_a_bad_archive_is_named(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    assert codes(intake_of(tmp_path / "x.zip")) == {"x.zip": "district.bad_archive"}


def test_an_archive_that_is_whole_is_not_called_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.services.district_sources.MOST_FILES", 40)
    assert MOST_FILES > 40
    good = archive(tmp_path / "a.zip", {"a.json": sealed(1), "b.json": sealed(2)})
    raw = bytearray(good.read_bytes())
    for at in (6, raw.index(b"PK\1\2") + 8):  # the flags of a.json, in both headers: needs a password
        raw[at] |= 1
    good.write_bytes(raw)
    crowded = archive(tmp_path / "banyak.zip", {f"{n}.txt": b"" for n in range(41)})
    intake = intake_of(good, crowded)
    assert codes(intake) == {"banyak.zip": "district.crowded", "a.zip/a.json": "district.locked"}
    assert len(intake.received) == 1


def test_reading_an_archive_tells_how_far_it_is_and_can_be_cancelled(tmp_path):
    path = archive(tmp_path / "kirim.zip", {f"{n}.json": sealed(n) for n in range(1, 60)})
    seen = []

    class Stopping:
        def report(self, done, total, what=""):
            seen.append(done / total)
            if len(seen) == 4:
                raise WorkCancelled

    intake = DistrictIntake(TODAY)
    with pytest.raises(WorkCancelled):
        intake.take_paths([path], Stopping())
    assert seen == sorted(seen)
    assert 0 < len(intake.received) < 59


def test_a_form_and_a_chat_are_taken(tmp_path):
    (tmp_path / "form.csv").write_text("nama;tanggal;KL1;KL2;KL3\nKIM A;29/11/2026;1;2;3\nKIM B;29/11/2026;7;2;3\n")
    line = "KIM1;99.01.01.2001;20261129;22222222222222222222;cccccccccccccccccccc;0b1f6c5e;"
    import hashlib

    (tmp_path / "chat.txt").write_text(f"Bu Rina: {line}{hashlib.sha256(line.encode()).hexdigest()[:6]}\n")
    intake = intake_of(tmp_path / "form.csv", tmp_path / "chat.txt")
    assert [file.partial_id for file in intake.received] == [False, True]
    assert codes(intake) == {"form.csv:3": "handover.score"}


def test_a_workspace_is_taken_like_a_file_and_not_written_to(tmp_path):
    from studio.store.workspace import create_workspace
    from studio.story.model import Group

    create_workspace(tmp_path / "kim", Group(id="0b1f6c5e7d434c1b", name="KIM Pena", village="Ngumbul")).close()
    before = sorted(path.name for path in (tmp_path / "kim").iterdir())
    intake = intake_of(tmp_path)
    (found,) = intake.received
    assert found.checked.handover.group.name == "KIM Pena"
    assert sorted(path.name for path in (tmp_path / "kim").iterdir()) == before


def test_json_of_numbers_beyond_all_bounds_is_a_fault_and_no_crash(tmp_path):
    text = json.dumps(json.loads(sealed(1)))
    (tmp_path / "x.json").write_text(text.replace('"score": 2', f'"score": {"9" * 400}', 1), encoding="utf-8")
    assert set(codes(intake_of(tmp_path / "x.json")).values()) <= {
        "handover.no_json",
        "handover.field",
        "handover.altered",
    }
