"""Whole stories to every outlet, as the command does it: what is made, kept, made again, and never let out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.story_plan import advise_length
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace, open_workspace
from studio.story.clips import kept_pieces, pieces_length
from studio.story.model import Cover, Cue, Cut, Group, Photo, Slideshow, Source, Story, Video
from tests.small_packs import shrink_packs

TEXTS = MessageTexts(assets_dir() / "messages", "id")
BODY = """Sekitar 80 warga Dusun Cibeureum bergotong royong memperbaiki saluran irigasi, Minggu (22/11/2026).

Kepala Dusun Cibeureum, Asep Hidayat, mengatakan air kini kembali mengalir ke 34 hektare sawah.

> “Kalau menunggu bantuan, bibit keburu kering,” ujar Asep.

Perbaikan sepanjang 120 meter itu selesai dalam satu hari.
"""
GROUP = Group(name="KIM Uji", village="Sukamaju", site="https://kim-uji.id", accounts={"instagram": "@kim.uji"})


def draw(path: Path, color: tuple[int, int, int], *, gps: bool = True) -> Path:
    """A phone-like JPEG: a gradient, sideways (orientation 6), with place, serial number and comment."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1600, 1200), color)
    pen = ImageDraw.Draw(image)
    for x in range(0, 1600, 40):
        pen.line((x, 0, x // 2, 1200), fill=(x % 255, 120, 90), width=12)
    exif = Image.Exif()
    exif[0x0112] = 6
    if gps:
        exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 30.0, 1.0), 3: "E", 4: (110.0, 20.0, 3.0)})
        exif.get_ifd(0x8769)[0xA431] = "SERIAL-12345"
    image.save(path, quality=88, exif=exif, comment=b"rahasia ponsel")
    return path


def make_workspace(folder: Path, photos: tuple[Path, ...], **changes: object) -> str:
    with create_workspace(folder, GROUP) as workspace:
        story = Story(
            id="",
            headline="Warga Sukamaju perbaiki saluran irigasi",
            place="Sukamaju",
            date="2026-11-22",
            byline=("Siti Aminah",),
            tags=("irigasi",),
            body=BODY,
            sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
        )
        name = workspace.add(story)
        kept = []
        for number, path in enumerate(photos, 1):
            file = workspace.import_media(name, path)
            kept.append(Photo(id=f"f{number}", file=file, caption="Warga bekerja.", credit="Budi", alt="Saluran"))
        workspace.save(name, replace(workspace.load(name), photos=tuple(kept), **changes))
    return name


def edit(folder: Path, name: str, **changes: object) -> None:
    with open_workspace(folder) as workspace:
        workspace.save(name, replace(workspace.load(name), **changes))


def export(folder: Path, stories=(), outlets=(), out=None, jobs=1, progress=None):
    with (
        open_workspace(folder, write=False) as workspace,
        StoryExporter(workspace, templates_dir(), TEXTS, jobs=jobs) as exporter,
    ):
        return list(exporter.export(stories, outlets, out, progress or SilentProgress()))


# Pictures of these are a third as wide and high here: what is asked of them is not their size.
SHRUNK = ("whatsapp", "whatsapp-saluran", "facebook", "threads", "bluesky", "google-bisnis", "tiktok", "youtube")
SHRUNK += ("telegram", "website", "opensid", "blogger")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A workspace with one story of two photos, exported once; tests must not change it."""
    base = tmp_path_factory.mktemp("ruang")
    pictures = (draw(base / "satu.jpg", (30, 90, 60)), draw(base / "dua.jpg", (190, 120, 40)))
    name = make_workspace(base / "w", pictures)
    shrink_packs(base / "w" / "templates", *SHRUNK)
    (done,) = export(base / "w")
    return base / "w", name, done


@pytest.fixture
def workspace(exported, tmp_path):
    """A copy of it to change."""
    folder, name, _ = exported
    shutil.copytree(folder, tmp_path / "w")
    return tmp_path / "w", name


def test_every_outlet_gets_its_files(exported):
    folder, name, done = exported
    assert done.error is None
    assert not done.problems
    outlets = {entry.outlet for entry in done.manifest.files}
    assert outlets == {
        "whatsapp",
        "whatsapp-saluran",
        "instagram",
        "facebook",
        "threads",
        "bluesky",
        "google-bisnis",
        "tiktok",
        "youtube",
        "x",
        "telegram",
        "website",
        "opensid",
        "siaran",
        "blogger",
        "mading",
    }
    place = folder / "exports" / name
    on_disk = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert on_disk == {entry.path for entry in done.manifest.files} | {"manifest.json"}


def test_the_manifest_tells_the_truth(exported):
    from hashlib import sha256

    folder, name, _ = exported
    place = folder / "exports" / name
    manifest = json.loads((place / "manifest.json").read_bytes())
    for entry in manifest["files"]:
        content = (place / entry["path"]).read_bytes()
        assert len(content) == entry["bytes"]
        assert sha256(content).hexdigest() == entry["sha256"]
        if entry["kind"] == "text" and entry.get("limit"):
            assert 0 < entry["length"] <= entry["limit"]


def test_pictures_have_the_size_the_outlet_asks_for(exported):
    from PIL import Image

    folder, name, done = exported
    by_path = {entry.path: entry for entry in done.manifest.files}
    for path in ("instagram/01.jpg", "instagram/kartu.jpg"):
        with Image.open(folder / "exports" / name / path, formats=["JPEG"]) as image:
            assert image.size == (1080, 1350)
        assert (by_path[path].width, by_path[path].height) == (1080, 1350)


def test_a_second_run_makes_nothing(workspace):
    folder, _ = workspace
    stamps = {path: path.stat().st_mtime_ns for path in (folder / "exports").rglob("*")}
    (done,) = export(folder)
    assert done.made == 0
    assert {path: path.stat().st_mtime_ns for path in (folder / "exports").rglob("*")} == stamps


def test_a_changed_caption_of_the_second_photo_leaves_cards_and_other_photos_alone(workspace):
    folder, name = workspace
    place = folder / "exports" / name
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
    with open_workspace(folder) as opened:
        story = opened.load(name)
        second = replace(story.photos[1], caption="Warga beristirahat.")
        opened.save(name, replace(story, photos=(story.photos[0], second)))
    export(folder, outlets=("instagram", "facebook"))
    touched = {path.relative_to(place).as_posix() for path, stamp in before.items() if path.stat().st_mtime_ns != stamp}
    assert "instagram/02.jpg" in touched
    assert "instagram/01.jpg" not in touched
    assert "instagram/kartu.jpg" not in touched


def test_a_changed_headline_makes_again_only_what_shows_it(workspace):
    folder, name = workspace
    place = folder / "exports" / name
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
    edit(folder, name, headline="Saluran irigasi Sukamaju pulih")
    export(folder, outlets=("instagram", "youtube"))
    kept = {path.relative_to(place).as_posix() for path, stamp in before.items() if path.stat().st_mtime_ns == stamp}
    # The tags for YouTube do not show the headline. Photos do: in the metadata they carry.
    assert "youtube/tag.txt" in kept
    for path in ("instagram/takarir.txt", "instagram/teks-alternatif.txt", "instagram/kartu.jpg", "youtube/judul.txt"):
        assert path not in kept
    assert "pulih" in (place / "youtube/judul.txt").read_text(encoding="utf-8")


def test_one_outlet_only(workspace):
    folder, name = workspace
    (done,) = export(folder, outlets=("x",), out=folder.parent / "stik")
    assert {entry.outlet for entry in done.manifest.files} == {"x"}
    assert (folder.parent / "stik" / name / "x" / "01.txt").exists()


@pytest.mark.parametrize(
    ("stories", "outlets", "code"),
    [
        (("warga-sukamaju-perbaiki-irigasi",), (), "unknown_story"),
        (("zzz",), (), "unlike_story"),
        ((), ("insta",), "unknown_outlet"),
    ],
)
def test_unknown_names_are_refused_before_anything_is_made(exported, tmp_path, stories, outlets, code):
    with pytest.raises(UserError, match=code):
        export(exported[0], stories, outlets, tmp_path / "keluar")
    assert not (tmp_path / "keluar").exists()


def test_what_lies_under_a_cover_reaches_no_file(tmp_path):
    """Two photos that differ only under the cover give byte-identical exports, cards and pages included."""
    from PIL import Image, ImageDraw

    results = []
    for number, color in enumerate(((250, 220, 200), (20, 20, 60))):
        picture = draw(tmp_path / f"{number}.png", (30, 90, 60), gps=False).with_suffix(".png")
        with Image.open(picture) as image:
            upright = image.convert("RGB")
        ImageDraw.Draw(upright).rectangle((700, 500, 860, 700), fill=color)
        upright.save(picture, exif=b"")
        name = make_workspace(tmp_path / f"w{number}", (picture,))
        shrink_packs(tmp_path / f"w{number}" / "templates", "tiktok", "website")
        cover = Cover(box=(690 / 1600, 490 / 1200, 180 / 1600, 220 / 1200))
        with open_workspace(tmp_path / f"w{number}") as opened:
            story = opened.load(name)
            covered = replace(story.photos[0], id="f1", covers=(cover,), focus=(0.5, 0.5))
            opened.save(name, replace(story, id="sama", photos=(covered,)))
        (done,) = export(tmp_path / f"w{number}", outlets=("instagram", "tiktok", "website", "mading"))
        assert not done.problems
        results.append({e.path: e.sha256 for e in done.manifest.files if e.kind in {"photo", "card", "print"}})
    assert results[0] == results[1]


def test_letters_that_no_font_has_are_told_with_every_file_that_draws_them(tmp_path):
    """A Sundanese headline gave an empty card without a word; what cannot be drawn at all is in the manifest."""
    make_workspace(tmp_path / "ruang", (draw(tmp_path / "a.jpg", (90, 120, 60)),), headline="ᮝᮁᮌ 𝗪𝗮𝗿𝗴𝗮 春")
    manifest = export(tmp_path / "ruang", outlets=("facebook", "mading", "telegram"))[0].manifest
    told = {
        file.path: [warning for warning in file.warnings if "春 (U+6625)" in warning.text] for file in manifest.files
    }
    drawn = {file.path for file in manifest.files if file.kind in {"card", "print"}}
    assert len(drawn) >= 3
    assert {path for path, warnings in told.items() if warnings} == drawn
    assert not any("ᮝ" in warning.text or "𝗪" in warning.text for file in manifest.files for warning in file.warnings)


def test_a_lost_original_is_named_and_the_rest_is_made(workspace):
    folder, name = workspace
    with open_workspace(folder) as opened:
        victim = opened.media_path(name, opened.load(name).photos[1].file)
    victim.unlink()
    edit(folder, name, headline="Judul baru")
    (done,) = export(folder, outlets=("instagram", "website"))
    assert done.problems
    assert all("02" in problem.path or problem.outlet == "website" for problem in done.problems)
    assert all(victim.name in problem.text for problem in done.problems)
    assert any(entry.path == "instagram/01.jpg" for entry in done.manifest.files)


def test_a_broken_story_file_does_not_stop_the_others(workspace, tmp_path):
    folder, name = workspace
    with open_workspace(folder) as opened:
        other = opened.add(Story(id="", headline="Berita kedua", date="2026-11-23", body="Isi."))
    (folder / "stories" / name / "story.json").write_bytes(b'{"format": [1, 0], ')
    done = {result.folder: result for result in export(folder, outlets=("x",), out=tmp_path / "keluar")}
    assert done[name].error is not None
    assert done[other].manifest.files


def test_two_processes_make_the_same_bytes(workspace, tmp_path):
    folder, _ = workspace
    (two,) = export(folder, outlets=("facebook",), out=tmp_path / "dua", jobs=2)
    (one,) = export(folder, outlets=("facebook",), out=tmp_path / "satu")
    assert not two.problems
    assert {entry.kind for entry in two.manifest.files} >= {"photo", "card", "text"}
    assert [(e.path, e.sha256) for e in two.manifest.files] == [(e.path, e.sha256) for e in one.manifest.files]


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed (apt: libimage-exiftool-perl)")
def test_no_exported_file_carries_place_serial_or_comment(exported):
    folder, name, _ = exported
    place = folder / "exports" / name
    done = subprocess.run(
        ["exiftool", "-json", "-G1", "-r", "-a", str(place)], capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout)
    assert len(found) > 20
    for file in found:
        text = json.dumps(file)
        for secret in ("GPS", "SERIAL-12345", "rahasia ponsel", "ThumbnailImage", "MakerNote"):
            assert secret not in text, f"{secret} in {file['SourceFile']}"
    photo = next(file for file in found if file["SourceFile"].endswith("instagram/01.jpg"))
    assert photo["XMP-photoshop:Headline"] == "Warga Sukamaju perbaiki saluran irigasi"
    assert photo["IPTC:Caption-Abstract"] == "Warga bekerja."


def make_clip(path: Path) -> Path:
    from studio.video.binary import ffmpeg_path

    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=30:d=3", "-f", "lavfi", "-i", "sine=440:d=3"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", str(path)]
    subprocess.run([ffmpeg_path(), "-v", "error", *picture, *coded], stdin=subprocess.DEVNULL, check=True)
    return path


SMALL_PACK = """format = 1
id = "kecil"
name = "Kecil"
checked = 2026-11-24
source = "uji"
[[output]]
file = "bakar.mp4"
kind = "video"
size = [180, 320]
[[output]]
file = "sama.mp4"
kind = "video"
size = [180, 320]
[[output]]
file = "samping.mp4"
kind = "video"
size = [320, 180]
subtitles = "srt"
"""


def small_outlet(folder: Path) -> None:
    (folder / "templates" / "kecil").mkdir(parents=True)
    (folder / "templates" / "kecil" / "outlet.toml").write_text(SMALL_PACK, encoding="utf-8")


def test_subtitles_lie_beside_the_video_where_the_outlet_takes_them(tmp_path):
    name = make_workspace(tmp_path / "w", ())
    small_outlet(tmp_path / "w")
    with open_workspace(tmp_path / "w") as opened:
        file = opened.import_media(name, make_clip(tmp_path / "klip.mp4"))
        cue = Cue(start=1.0, end=2.0, text="Air mengalir lagi")
        clip = Video(
            id="v", file=file, seconds=3, subtitles=(cue,), closing_card=False, cuts=(Cut(start=0.5, end=2.5),)
        )
        opened.save(name, replace(opened.load(name), videos=(clip,)))
    (done,) = export(tmp_path / "w", outlets=("kecil",))
    assert not done.problems
    place = tmp_path / "w" / "exports" / name
    paths = [entry.path for entry in done.manifest.files]
    assert paths == ["kecil/bakar.mp4", "kecil/sama.mp4", "kecil/samping.mp4", "kecil/samping.srt"]
    # The cut begins half a second into the clip, so the subtitle comes half a second earlier.
    assert "00:00:00,500 --> 00:00:01,500\nAir mengalir lagi" in (place / "kecil/samping.srt").read_text(
        encoding="utf-8"
    )
    assert (place / "kecil/bakar.mp4").read_bytes() == (place / "kecil/sama.mp4").read_bytes()
    assert export(tmp_path / "w", outlets=("kecil",))[0].made == 0
    (place / "kecil/samping.srt").unlink()
    assert export(tmp_path / "w", outlets=("kecil",))[0].made == 2


SITE_PACK = """format = 1
id = "situs"
name = "Situs"
checked = 2026-11-24
source = "uji"
[[output]]
file = "index.html"
kind = "page"
template = "halaman.html.j2"
[[output]]
file = "klip-{n}.mp4"
kind = "video"
size = [180, 100]
subtitles = "vtt"
poster = true
max = 2
[[output]]
file = "pertama.mp4"
kind = "video"
size = [180, 100]
"""
SITE_PAGE = "{% for video in videos_made %}{{ video.file }} {{ video.track }} {{ video.poster }};{% endfor %}"


def test_all_clips_go_where_the_name_has_a_number(tmp_path):
    name = make_workspace(tmp_path / "w", ())
    (tmp_path / "w" / "templates" / "situs").mkdir(parents=True)
    (tmp_path / "w" / "templates" / "situs" / "outlet.toml").write_text(SITE_PACK, encoding="utf-8")
    (tmp_path / "w" / "templates" / "situs" / "halaman.html.j2").write_text(SITE_PAGE, encoding="utf-8")
    with open_workspace(tmp_path / "w") as opened:
        file = opened.import_media(name, make_clip(tmp_path / "klip.mp4"))
        cue = Cue(start=1.0, end=2.0, text="Air mengalir lagi")
        clips = tuple(
            Video(
                id=f"v{at}",
                file=file,
                seconds=3,
                closing_card=False,
                cuts=(Cut(start=0, end=at),),
                subtitles=cues,
                poster=poster,
            )
            for at, cues, poster in ((1, (), None), (2, (cue,), 1.5), (3, (), 0.5))
        )
        opened.save(name, replace(opened.load(name), videos=clips))
    (done,) = export(tmp_path / "w", outlets=("situs",))
    assert not done.problems
    seconds = {entry.path: entry.seconds for entry in done.manifest.files}
    assert {path for path in seconds if not path.endswith("html")} == {
        "situs/klip-1.mp4", "situs/klip-2.mp4", "situs/klip-2.vtt", "situs/klip-2-sampul.jpg",
        "situs/pertama.mp4",
    }  # fmt: skip
    assert (seconds["situs/klip-1.mp4"], seconds["situs/klip-2.mp4"]) == (1, 2)
    site = tmp_path / "w" / "exports" / name / "situs"
    page = (site / "index.html").read_text(encoding="utf-8")
    assert page.split(";")[:3] == ["klip-1.mp4  ", "klip-2.mp4 klip-2.vtt klip-2-sampul.jpg", "pertama.mp4  "]
    assert difference(site / "klip-2-sampul.jpg", site / "klip-2.mp4", 1.5) < 12  # of 255, from two encoders
    edit(tmp_path / "w", name, videos=tuple(replace(clip, poster=0.2) for clip in clips[:2]))
    assert export(tmp_path / "w", outlets=("situs",))[0].made == 3  # two cover pictures, and the page that names them
    assert difference(site / "klip-2-sampul.jpg", site / "klip-2.mp4", 0.2) < 12


def difference(picture: Path, clip: Path, seconds: float) -> float:
    """Mean difference of a picture and a frame of a clip, 0 to 255."""
    from PIL import Image, ImageChops, ImageStat

    from studio.video.clip_pictures import frame_at
    from studio.video.probe import probe_clip

    frame = frame_at(probe_clip(clip), seconds)
    with Image.open(picture) as made:
        apart = ImageChops.difference(
            made.convert("RGB"), Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)
        )
    return sum(ImageStat.Stat(apart).mean) / 3


def test_a_story_without_a_clip_gets_its_slideshow(tmp_path):
    pictures = (draw(tmp_path / "satu.jpg", (30, 90, 60)), draw(tmp_path / "dua.jpg", (190, 120, 40)))
    show = Slideshow(seconds_each=1.2, crossfade=0.3)
    name = make_workspace(tmp_path / "w", pictures, slideshow=show)
    small_outlet(tmp_path / "w")
    limited = '[[output]]\nfile = "{}.mp4"\nkind = "video"\nsize = [180, 320]\nmax_seconds = {}\nmax_bytes = 5000000\n'
    with (tmp_path / "w" / "templates" / "kecil" / "outlet.toml").open("a", encoding="utf-8") as pack:
        pack.write(limited.format("batas", 60) + limited.format("pendek", 4))
    (done,) = export(tmp_path / "w", outlets=("kecil",))
    assert not done.problems
    by_path = {entry.path: entry for entry in done.manifest.files}
    assert (by_path["kecil/samping.mp4"].width, by_path["kecil/samping.mp4"].height) == (320, 180)
    # Two photos of 1.2 s that overlap by 0.3 s, and the closing card.
    assert by_path["kecil/bakar.mp4"].seconds == pytest.approx(1.2 * 2 - 0.3 + 2.5, abs=0.1)
    assert by_path["kecil/bakar.mp4"].sha256 == by_path["kecil/sama.mp4"].sha256 == by_path["kecil/batas.mp4"].sha256
    assert by_path["kecil/pendek.mp4"].seconds <= 4
    assert export(tmp_path / "w", outlets=("kecil",))[0].made == 0
    edit(tmp_path / "w", name, headline="Judul lain")
    assert export(tmp_path / "w", outlets=("kecil",))[0].made == 0


def test_an_untouched_story_is_passed_by_unless_a_template_or_the_profile_changed(workspace):
    folder, name = workspace
    assert export(folder)[0].made == 0
    with open_workspace(folder) as opened:
        opened.save_group(replace(opened.group, hashtags=("KIMUji",)))
    (done,) = export(folder, outlets=("instagram", "x"))
    assert {entry.path for entry in done.manifest.files} >= {"instagram/takarir.txt"}
    assert done.made > 0
    assert "#KIMUji" in (folder / "exports" / name / "instagram/takarir.txt").read_text(encoding="utf-8")
    pack = folder / "templates" / "x"
    shutil.copytree(templates_dir() / "x", pack)
    template = pack / "utas.txt.j2"
    template.write_text("Dari kelompok kami: {{ headline }}", encoding="utf-8")
    export(folder, outlets=("instagram", "x"))
    assert "Dari kelompok kami" in (folder / "exports" / name / "x/01.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("card", ["instagram/kartu.jpg", "telegram/kartu.jpg"])
def test_a_card_tells_its_own_words_and_not_those_of_the_photo_behind_it(exported, card):
    folder, name, _ = exported
    path = str(folder / "exports" / name / card)
    told = subprocess.run(
        ["exiftool", "-s3", "-XMP-iptcCore:AltTextAccessibility", path], capture_output=True, text=True, check=True
    ).stdout
    assert "Warga Sukamaju perbaiki saluran irigasi." in told
    assert told.strip() != "Saluran"


@pytest.mark.parametrize(("cut", "told"), [(95.0, [("90", 95)]), (90.0, []), (60.0, [])])
def test_facebooks_advice_is_told_and_no_clip_is_cut(cut, told):
    """What is left of a clip counts, not the clip."""
    from studio.posts.catalog import load_catalog

    outlet = load_catalog(templates_dir()).outlet("facebook")
    output = outlet.output("reel.mp4")
    assert output.max_seconds is None
    notices = advise_length(
        outlet,
        output,
        pieces_length(kept_pieces(Video(id="v", file="v.mp4", seconds=200.0, cuts=(Cut(start=5, end=5 + cut),)))),
    )
    assert [(notice.facts["advised"], notice.facts["seconds"]) for notice in notices] == told


def test_what_outlets_want_alike_is_made_once_and_copied(exported, monkeypatch, tmp_path):
    """The same photo for three outlets is encoded once, the sheet for two painted once; each has its own entry."""
    from studio.paint import pdf
    from studio.photo import save

    folder, name, _ = exported
    shutil.copytree(folder, tmp_path / "w", ignore=shutil.ignore_patterns("exports"))
    work = {"photo": 0, "sheet": 0}
    written, painted = save._write_picture, pdf.paint_flow

    def count_photo(*args, **kwargs):
        work["photo"] += 1
        return written(*args, **kwargs)

    def count_sheet(*args, **kwargs):
        work["sheet"] += 1
        return painted(*args, **kwargs)

    monkeypatch.setattr(save, "_write_picture", count_photo)
    monkeypatch.setattr(pdf, "paint_flow", count_sheet)
    outlets = ("opensid", "blogger", "mading")
    (done,) = export(tmp_path / "w", outlets=outlets)
    place = tmp_path / "w" / "exports" / name
    photos = [place / outlet / f"gambar-{n}.jpg" for outlet in ("opensid", "blogger") for n in (1, 2)]
    assert photos[0].read_bytes() == photos[2].read_bytes() != photos[1].read_bytes() == photos[3].read_bytes()
    (sheet,) = (place / "opensid").glob("dokumen-*.pdf")
    assert sheet.read_bytes() == (place / "mading" / "mading.pdf").read_bytes()
    assert work["sheet"] == 1
    assert work["photo"] == len({path.read_bytes() for path in photos}) + 1  # and the photo of the sheet
    assert {entry.path for entry in done.manifest.files} >= {f"opensid/{sheet.name}", "mading/mading.pdf"}
    sheet.unlink()
    (again,) = export(tmp_path / "w", outlets=outlets)
    assert again.made == 1
    assert sheet.read_bytes() == (place / "mading" / "mading.pdf").read_bytes()


def test_an_export_takes_nothing_back_outside_its_own_folders(tmp_path):
    """A story that was written by hand, or came from elsewhere, may say anything of its former names."""
    outside, site = tmp_path / "korban" / "kirim-whatsapp", tmp_path / "KIM" / "exports" / "_situs"
    odd = ("../../korban", str(tmp_path / "korban"), "_situs", ".", "")
    name = make_workspace(tmp_path / "KIM", (), former_folders=odd)
    for place in (outside, site / "kirim-whatsapp"):
        place.mkdir(parents=True)
        (place / "penting.txt").write_text("x")
    (done,) = export(tmp_path / "KIM", (name,), ("telegram",))
    assert done.manifest is not None
    assert (outside / "penting.txt").exists()
    assert (site / "kirim-whatsapp" / "penting.txt").exists()


def test_the_carousel_is_made_for_who_asks_and_kept_right_then(workspace):
    folder, name = workspace
    place = folder / "exports" / name / "korsel"
    (first,) = export(folder, outlets=("korsel",))
    made = sorted(path.name for path in place.glob("*.jpg"))
    assert not first.problems
    assert made == [f"{n:02}.jpg" for n in range(1, len(made) + 1)]
    assert len(made) >= 4  # cover, second photo, source, call at least
    assert all(entry.width == 1080 for entry in first.manifest.files if entry.path.startswith("korsel/0"))
    assert len(re.findall(rb"/Type\s*/Page\b", (place / "korsel.pdf").read_bytes())) == len(made)
    (again,) = export(folder)  # to every outlet: it is one of them now, and not cleared away
    assert [entry.path for entry in again.manifest.files if entry.path.startswith("korsel/")] == [
        entry.path for entry in first.manifest.files if entry.path.startswith("korsel/")
    ]
    assert again.made == 0
    story_file = folder / "stories" / name / "story.json"
    told = json.loads(story_file.read_text())
    story_file.write_text(json.dumps(told | {"slides": ["cover", "call", "-sources"]}))
    (fewer,) = export(folder, outlets=("korsel",))
    assert not fewer.problems
    assert len(list(place.glob("*.jpg"))) == len(made) - 1
    assert len(re.findall(rb"/Type\s*/Page\b", (place / "korsel.pdf").read_bytes())) == len(made) - 1
