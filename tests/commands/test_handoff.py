"""``kim-studio pack`` and ``take``: what leaves, what stays at home, and how it arrives."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image

from studio.cli import main
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import (
    Claim,
    ClaimContact,
    Consent,
    Cover,
    Declaration,
    Group,
    Person,
    Photo,
    Source,
    StatusChange,
    Story,
)

FACE = (0.25, 0.25, 0.2, 0.2)


def run(*words):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return ended.value.code or 0


def stored(path):
    """The story of a workspace that has one."""
    with open_workspace(path, write=False) as opened:
        (folder,) = opened.story_folders()
        return opened.load(folder)


@pytest.fixture
def member(tmp_path):
    """A workspace with a ready story: a photo with a red face under a cover, consents, contacts, promises."""
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("#ff0000", (110, 85, 170, 125))
    exif = picture.getexif()
    exif[0x010F] = "KAMERA-RAHASIA"
    picture.save(tmp_path / "wajah.jpg", exif=exif, quality=95)
    path = tmp_path / "anggota"
    with create_workspace(path, Group(name="KIM Sukamaju")) as made:
        folder = made.add(Story(id="", headline="Anak juara", date="2026-11-22", body="Isi."))
        file = made.import_media(folder, tmp_path / "wajah.jpg")
        asked = ClaimContact(name="Kades", how="WA 0812 3456 7890")
        made.save(
            folder,
            replace(
                made.load(folder),
                status="ready",
                photos=(Photo(id="p1", file=file, people_checked=True, covers=(Cover(box=FACE),)),),
                people=(Person(id="n1", name="Ani", consent=Consent(given=True, by="Ibu Ani")),),
                sources=(Source(name="Asep", contact="0811-RAHASIA"),),
                claims=(Claim(id="c1", text="Benar", asked=(asked, replace(asked, how="datang"))),),
                declarations={"decent": Declaration(when="2026-11-22", by="Siti")},
                log=(StatusChange(status="ready", when="2026-11-22", reason="boleh", finding="P1/body"),),
            ),
        )
    return path, folder


def test_by_default_private_things_stay_at_home_and_the_face_is_covered(member, tmp_path, capsys):
    path, folder = member
    target = tmp_path / "a.kim"
    assert run("pack", path, folder, "-o", target) == 0
    assert str(target) in capsys.readouterr().out
    with zipfile.ZipFile(target) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    everything = b"".join(files.values())
    for secret in (b"Ibu Ani", b"0811-RAHASIA", b"0812 3456", b"KAMERA-RAHASIA"):
        assert secret not in everything
    assert b"datang" in everything
    (picture,) = (data for name, data in files.items() if name.startswith("media/"))
    with Image.open(BytesIO(picture)) as copy:
        assert copy.size == (400, 300)
        shown = copy.convert("RGB")
        reds = [pixel for pixel in shown.getdata() if pixel[0] > 180 and pixel[1] < 90]
    assert not reds


def test_what_is_ticked_goes_along(member, tmp_path):
    path, folder = member
    assert run("pack", path, folder, "-o", tmp_path, "--consents", "--contacts", "--originals") == 0
    with zipfile.ZipFile(tmp_path / f"{folder}.kim") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for wanted in (b"Ibu Ani", b"0811-RAHASIA", b"0812 3456", b"KAMERA-RAHASIA"):
        assert wanted in everything


def test_it_arrives_as_somebody_elses(member, tmp_path, capsys):
    """Nobody here has vouched for it: the status and every promise are to be confirmed, and the log says so."""
    path, folder = member
    assert run("pack", path, folder, "-o", tmp_path / "a.kim") == 0
    create_workspace(tmp_path / "editor", Group(name="Editor")).close()
    assert run("take", tmp_path / "editor", tmp_path / "a.kim") == 0
    told = capsys.readouterr()
    assert folder in told.out
    assert "KIM Sukamaju" in told.err
    story = stored(tmp_path / "editor")
    assert (story.status, story.declarations, story.photos[0].people_checked) == ("review", {}, False)
    assert not any(line.finding for line in story.log)
    assert "KIM Sukamaju" in story.log[-1].reason
    assert "boleh" in [line.reason for line in story.log]
    before = story
    assert run("take", tmp_path / "editor", tmp_path / "a.kim") == 0
    assert stored(tmp_path / "editor") == before


def test_several_files_the_bad_ones_are_named_and_the_rest_is_taken(member, tmp_path, capsys):
    path, folder = member
    assert run("pack", path, folder, "-o", tmp_path / "baik.kim") == 0
    (tmp_path / "teks.kim").write_text("bukan paket")
    (tmp_path / "putus.kim").write_bytes((tmp_path / "baik.kim").read_bytes()[:-400])
    with zipfile.ZipFile(tmp_path / "baik.kim") as source, zipfile.ZipFile(tmp_path / "jalan.kim", "w") as target:
        listed = json.loads(source.read("paket.json"))
        listed["files"].append({"path": "media/../../../jahat.sh", "sha256": "0" * 64, "bytes": 1})
        target.writestr("story.json", source.read("story.json"))
        target.writestr("media/../../../jahat.sh", b"x")
        target.writestr("paket.json", json.dumps(listed))
    create_workspace(tmp_path / "editor", Group(name="Editor")).close()
    bad = ["teks.kim", "putus.kim", "jalan.kim", "tiada.kim"]
    capsys.readouterr()
    assert run("take", tmp_path / "editor", *(tmp_path / name for name in bad), tmp_path / "baik.kim") == 1
    told = capsys.readouterr()
    assert all(name in told.err for name in bad)
    assert stored(tmp_path / "editor").headline == "Anak juara"
    assert not list(tmp_path.rglob("jahat.sh"))


def test_a_lost_photo_or_a_story_that_is_not_there_is_told(member, tmp_path, capsys):
    path, folder = member
    for media in path.rglob("media/*.jpg"):
        media.unlink()
    assert run("pack", path, folder, "-o", tmp_path / "a.kim", "--originals") == 1
    assert run("pack", path, "tidak-ada", "-o", tmp_path / "b.kim") == 1
    assert "tidak-ada" in capsys.readouterr().err
    assert not (tmp_path / "b.kim").exists()
