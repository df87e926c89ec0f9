"""``kim-studio pack`` and ``take``: what leaves, what stays at home, and how it arrives."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image

from studio.cli import main
from studio.store.codec import story_to_json
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import (
    Claim,
    ClaimContact,
    Consent,
    Cover,
    Group,
    Person,
    Photo,
    Source,
    StatusChange,
    Story,
)
from studio.story.newsroom_records import Comment
from studio.story.publication_records import Declaration
from studio.story.story_status import overridden_blocks

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


def edited(path, **changes):
    """The only story of a workspace, changed; the story before."""
    with open_workspace(path) as opened:
        (folder,) = opened.story_folders()
        before = opened.load(folder)
        opened.save(folder, replace(before, **changes))
    return before


@pytest.fixture
def both(member, tmp_path):
    """The member's workspace and the editor's, who has taken the story in; both have three paragraphs."""
    path, folder = member
    edited(path, body="Satu.\n\nDua.\n\nTiga.", status="draft")
    assert run("pack", path, folder, "-o", tmp_path / "out.kim") == 0
    create_workspace(tmp_path / "editor", Group(name="Editor")).close()
    assert run("take", tmp_path / "editor", tmp_path / "out.kim") == 0
    return path, tmp_path / "editor", folder


def test_a_story_edited_on_two_laptops_is_merged_and_nothing_is_lost(both, tmp_path, capsys):
    member, editor, folder = both
    covered = stored(editor).photos[0]
    edited(
        editor,
        body="Satu.\n\nDua, kata penyunting.\n\nTiga.\n\nEmpat.",
        photos=(replace(covered, alt="Anak", covers=(Cover(box=(0.5, 0.5, 0.1, 0.1)),)),),
        declarations={"unpaid": Declaration(when="2026-11-23", by="Editor")},
        status="ready",
    )
    before = edited(member, body="Satu, kata penulis.\n\nDua.\n\nTiga.", kicker="Prestasi")
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    capsys.readouterr()
    assert run("take", member, tmp_path / "back.kim") == 0
    told = capsys.readouterr()
    assert told.out.strip() == folder
    story = stored(member)
    assert story.body == "Satu, kata penulis.\n\nDua, kata penyunting.\n\nTiga.\n\nEmpat."
    assert (story.kicker, story.status, list(story.declarations)) == ("Prestasi", "draft", ["decent"])
    photo = story.photos[0]
    assert (photo.file, photo.alt) == (before.photos[0].file, "Anak")
    assert sorted(cover.box for cover in photo.covers) == [FACE, (0.5, 0.5, 0.1, 0.1)]
    assert (story.people, story.sources, story.claims) == (before.people, before.sources, before.claims)
    assert [path.name for path in member.rglob("media/*")] == [photo.file]  # no covered copies beside the original
    assert run("take", member, tmp_path / "back.kim") == 0
    assert stored(member) == story
    with open_workspace(member, write=False) as opened:
        assert len(opened.story_folders()) == 1


def test_true_conflicts_are_refused_with_a_list_and_decided_by_a_word(both, tmp_path, capsys):
    member, editor, folder = both
    edited(editor, headline="Anak desa juara", body="Satu.\n\nDua B.\n\nTiga.", hours="09:00")
    edited(member, headline="Anak hebat", body="Satu.\n\nDua A.\n\nTiga.", hours="08:00")
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    before = stored(member)
    capsys.readouterr()
    assert run("take", member, tmp_path / "back.kim") == 1
    told = capsys.readouterr().err
    for words in ("Anak desa juara", "Anak hebat", "Dua A.", "Dua B.", "--prefer"):
        assert words in told
    assert stored(member) == before
    assert run("take", member, tmp_path / "back.kim", "--prefer", "mine") == 2
    for prefer, headline, body in (
        ("here", "Anak hebat", {"Dua A."}),
        ("there", "Anak desa juara", {"Dua B."}),
        ("both", "Anak hebat / Anak desa juara", {"Dua A.", "Dua B."}),
    ):
        copy = tmp_path / prefer
        shutil.copytree(member, copy)
        assert run("take", copy, tmp_path / "back.kim", "--prefer", prefer) == 0
        story = stored(copy)
        assert story.headline == headline
        assert set(story.body.split("\n\n")) == {"Satu.", "Tiga.", *body}
        assert story.hours == ("09:00" if prefer == "there" else "08:00")
    assert run("take", member, tmp_path / "back.kim", "--copy") == 0
    with open_workspace(member, write=False) as opened:
        assert {opened.load(name).headline for name in opened.story_folders()} == {"Anak hebat", "Anak desa juara"}


def test_what_was_ready_here_is_to_be_confirmed_after_a_merge(both, tmp_path):
    member, editor, folder = both
    edited(member, status="ready")
    edited(editor, comments=(Comment(id="k1", place="body", text="Bagus."),))
    assert run("pack", editor, folder, "-o", tmp_path / "only.kim") == 0
    assert run("take", member, tmp_path / "only.kim") == 0
    assert (stored(member).status, len(stored(member).comments)) == ("ready", 1)  # nothing new for readers
    edited(editor, body="Satu.\n\nDua.\n\nTiga.\n\nEmpat.")
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    assert run("take", member, tmp_path / "back.kim") == 0
    story = stored(member)
    assert story.status == "review"
    assert "Editor" in story.log[-1].reason


def test_without_a_common_version_all_that_is_unlike_is_listed(both, tmp_path, capsys):
    member, editor, folder = both
    edited(editor, headline="Lain")
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    with zipfile.ZipFile(tmp_path / "back.kim") as source, zipfile.ZipFile(tmp_path / "bare.kim", "w") as target:
        listed = json.loads(source.read("paket.json"))
        listed |= {"format": 1, "shared": [], "files": [f for f in listed["files"] if f["path"] != "base.json"]}
        for item in listed["files"]:
            target.writestr(item["path"], source.read(item["path"]))
        target.writestr("paket.json", json.dumps(listed))
    capsys.readouterr()
    assert run("take", member, tmp_path / "bare.kim") == 1
    assert '"Anak juara"' in capsys.readouterr().err
    assert run("take", member, tmp_path / "bare.kim", "--prefer", "there") == 0
    assert stored(member).headline == "Lain"
    assert stored(member).people[0].consent.given


def test_a_damaged_package_changes_nothing_in_the_story_it_was_to_be_merged_into(both, tmp_path):
    member, editor, folder = both
    picture = Image.new("RGB", (60, 40), "blue")
    picture.save(tmp_path / "baru.jpg")
    with open_workspace(editor) as opened:
        file = opened.import_media(folder, tmp_path / "baru.jpg")
        story = opened.load(folder)
        opened.save(folder, replace(story, photos=(*story.photos, Photo(id="p2", file=file))))
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    whole = (tmp_path / "back.kim").read_bytes()
    data = bytearray(whole)
    at = data.rindex(b"\xff\xd8\xff")
    data[at + 200] ^= 0x55
    (tmp_path / "back.kim").write_bytes(data)
    before, media = stored(member), sorted(path.name for path in member.rglob("media/*"))
    assert run("take", member, tmp_path / "back.kim") == 1
    assert stored(member) == before
    assert sorted(path.name for path in member.rglob("media/*")) == media
    (tmp_path / "back.kim").write_bytes(whole)
    assert run("take", member, tmp_path / "back.kim") == 0
    assert stored(member).photos[1].file == file
    assert next(member.rglob(f"media/{file}")).read_bytes() == (tmp_path / "baru.jpg").read_bytes()


def test_a_story_that_was_withdrawn_there_is_withdrawn_here_and_that_is_said(both, tmp_path, capsys):
    member, editor, folder = both
    edited(member, status="published")
    assert run("pack", member, folder, "-o", tmp_path / "again.kim") == 0
    assert run("take", editor, tmp_path / "again.kim") == 0
    line = StatusChange(status="withdrawn", when="2126-11-30T08:00:00+07:00", by="Editor", reason="Keluarga keberatan")
    edited(editor, status="withdrawn", log=(*stored(editor).log, line))
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    capsys.readouterr()
    assert run("take", member, tmp_path / "back.kim") == 0
    assert "Editor" in capsys.readouterr().err
    story = stored(member)
    assert (story.status, story.log[-1].reason) == ("withdrawn", "Keluarga keberatan")


def test_a_made_up_common_version_vouches_for_nothing(both, tmp_path):
    """A package whose base.json already has the promises it would like to find here, and takes the covers away."""
    member = both[0]
    photo = stored(member).photos[0]
    edited(member, photos=(replace(photo, people_checked=False),), declarations={}, log=())
    shutil.rmtree(next(member.rglob("shared")))
    promised = replace(
        stored(member),
        status="ready",
        photos=(replace(photo, people_checked=True, covers=()), Photo(id="p9", file=photo.file)),
        people=(replace(stored(member).people[0], consent=Consent(given=True, scope="semua")),),
        declarations={"decent": Declaration(when="2026-11-22")},
        log=(StatusChange(status="ready", when="2026-11-22", finding="P1/body"),),
    )
    before = stored(member)
    base = replace(promised, photos=promised.photos[:1])
    files = {"base.json": story_to_json(base), "story.json": story_to_json(replace(promised, kicker="Baru"))}
    listed = [{"path": n, "sha256": sha256(d).hexdigest(), "bytes": len(d)} for n, d in files.items()]
    with zipfile.ZipFile(tmp_path / "jahat.kim", "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
        target.writestr("paket.json", json.dumps({"format": 2, "files": listed}))
    assert run("take", member, tmp_path / "jahat.kim") == 0
    story = stored(member)
    assert story.kicker == "Baru"
    assert (story.status, story.declarations, overridden_blocks(story)) == ("draft", {}, {})
    assert (story.photos[:1], story.people) == (before.photos, before.people)
    assert all(each.covers == photo.covers for each in story.photos)  # the same file once more is as covered


@pytest.mark.parametrize("prefer", ["here", "there", "both"])
def test_codes_that_both_changed_are_never_joined_and_the_story_still_opens(both, tmp_path, prefer):
    member, editor, folder = both
    asked = Comment(id="k1", place="body", text="Ganti", suggestion="Tu.", quote="Satu.")
    edited(
        member,
        people=(replace(stored(member).people[0], role="source"),),
        comments=(replace(asked, answer="accepted"),),
    )
    edited(
        editor,
        people=(replace(stored(editor).people[0], role="witness"),),
        comments=(replace(asked, answer="refused"),),
    )
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    assert run("take", member, tmp_path / "back.kim", "--prefer", prefer) == 0
    story = stored(member)
    assert story.people[0].role == ("witness" if prefer == "there" else "source")
    assert story.comments[0].answer == ("refused" if prefer == "there" else "accepted")


def test_a_number_that_stayed_at_home_comes_back_to_whoever_it_is_of(both, tmp_path):
    """The editor asked somebody else and put that above: whose number is whose is not told by the row."""
    member, editor, folder = both
    (claim,) = stored(editor).claims
    village, other = claim.asked
    new = ClaimContact(name="Camat", when="2026-11-23")
    edited(editor, claims=(replace(claim, asked=(new, village, other)),))
    assert run("pack", editor, folder, "-o", tmp_path / "back.kim") == 0
    assert run("take", member, tmp_path / "back.kim") == 0
    ways = sorted((each.name, each.how) for each in stored(member).claims[0].asked)
    assert ways == [("Camat", ""), ("Kades", "WA 0812 3456 7890"), ("Kades", "datang")]


def strange(path, target, story=None, **contents):
    """A package by whoever means no good: of this story, with this in its list."""
    data = story_to_json(story or Story(id="q1", headline="Dari luar", date="2026-11-22"))
    files = [{"path": "story.json", "sha256": sha256(data).hexdigest(), "bytes": len(data)}]
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("story.json", data)
        archive.writestr("paket.json", json.dumps({"format": 1, "files": files, **contents}))
    return run("take", path, target)


def test_what_a_package_says_gives_no_orders_to_the_terminal(member, tmp_path, capsys):
    ready = Story(id="q1", headline="Dari luar", status="ready")
    assert strange(member[0], tmp_path / "a.kim", ready, group="\x1b]0;X\x07\x9bKIM\nHapus") == 0
    told = capsys.readouterr()
    assert not {"\x1b", "\x07", "\x9b"} & set(told.err + told.out)
    assert "KIM Hapus" in told.err
    assert strange(member[0], tmp_path / "b.kim", left_out=["\nHapus semua.jpg"]) == 1


@pytest.mark.parametrize("name", ["../../korban", "/tmp", ".studio", "a\\b", ""])
def test_a_package_names_no_folder_outside_the_exports(member, tmp_path, name):
    assert strange(member[0], tmp_path / "a.kim", Story(id="q1", headline="Dari luar", former_folders=(name,))) == 1


def test_the_address_of_another_story_does_not_come_in_with_a_package(member, tmp_path):
    """Published, it would take the place of that one's page."""
    path, folder = member
    story = Story(id="q1", headline="Dari luar", former_folders=(folder, "2026-11-01-dahulu"))
    assert strange(path, tmp_path / "a.kim", story) == 0
    with open_workspace(path, write=False) as opened:
        (other,) = set(opened.story_folders()) - {folder}
        assert opened.load(other).former_folders == ("2026-11-01-dahulu",)
