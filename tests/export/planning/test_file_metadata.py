"""Whose a picture is stays with it, from the file that came in to the files that go out. Judge: exiftool."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.i18n import MessageTexts
from studio.base.origin import origin_mark, read_parts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.base.xmp import read_xmp
from studio.checks.completeness import check_media
from studio.export.planning.file_metadata import clip_metadata, metadata_for, show_metadata
from studio.export.running.story_exporter import StoryExporter
from studio.photo.photo_rights import read_iim
from studio.services.media_facts import with_clip_facts, with_photo_facts
from studio.services.media_import import SortedFiles, import_media
from studio.store.workspace import create_workspace, open_workspace
from studio.story.credits import is_own, source_type
from studio.story.model import Group, Photo, Slideshow, Source, Story, Video
from tests.command_server import run_command
from tests.exiftool_server import run_exiftool

TEXTS = MessageTexts(assets_dir() / "messages", "id")
GROUP = Group(
    name="KIM Bina Warga",
    village="Sukamaju",
    province="Jawa Barat",
    license="CC BY 4.0",
    members=("Siti Aminah", "Ani"),
)
STORY = Story(
    id="",
    headline="Warga Sukamaju perbaiki irigasi",
    place="Sukamaju",
    date="2026-11-22",
    byline=("Siti Aminah",),
    body="Warga bekerja bakti memperbaiki saluran irigasi desa. " * 12,
    sources=(Source(name="Asep", role="Kepala Dusun"),),
)
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def exiftool(path: Path) -> dict[str, object]:
    return exiftool_all([path])[0]


def exiftool_all(paths: list[Path]) -> list[dict[str, object]]:
    """What it tells of each file, all in one run."""
    told = json.loads(run_exiftool("-j", "-G1", "-a", *paths))
    assert [each["SourceFile"] for each in told] == [str(path) for path in paths]
    return told


def tag(path: Path, *write: str) -> Path:
    run_exiftool("-overwrite_original", *write, path)
    return path


def jpeg(path: Path, *write: str) -> Path:
    from PIL import Image

    Image.radial_gradient("L").resize((180, 240)).convert("RGB").save(path, "JPEG" if path.suffix == ".jpg" else None)
    return tag(path, *write) if write else path


def clip(path: Path, *options: str) -> Path:
    import imageio_ffmpeg

    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=160x120:rate=10",
    ]
    subprocess.run([*command, "-t", "2", "-pix_fmt", "yuv420p", *options, str(path)], check=True)
    return path


def brought(path: Path, **given: str) -> Photo:
    return with_photo_facts(Photo(id="p", file=path.name, **given), path, "Siti Aminah/KIM Bina Warga")[0]


def export(folder: Path, *outlets: str):
    with open_workspace(folder) as workspace, StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        (done,) = exporter.export((), outlets, None, SilentProgress())
    assert done.error is None
    return {file.path: folder / "exports" / done.folder / file.path for file in done.manifest.files}


def whole_story(folder: Path, item: Photo | Video, source: Path) -> None:
    with create_workspace(folder, GROUP) as workspace:
        name = workspace.add(STORY)
        file = workspace.import_media(name, source)
        told = replace(item, file=file, people_checked=True)
        parts = {"photos" if isinstance(item, Photo) else "videos": (told,)}
        workspace.save(name, replace(workspace.load(name), **parts))


# ------------------------------------------------------------------------------------------------ what comes in


FOREIGN = [
    "-XMP-dc:Creator=Rina Dewi",
    "-XMP-photoshop:Credit=Antara Foto",
    "-XMP-dc:Rights=© 2024 Antara Foto",
    "-XMP-xmpRights:UsageTerms=Hanya dengan izin tertulis",
    "-XMP-dc:Description=Pasar terendam di Garut, Sélasa.",
    "-XMP-iptcCore:AltTextAccessibility=Kios pasar di dalam air",
    "-XMP-photoshop:City=Garut",
]


def test_what_a_file_says_is_proposed_and_the_own_name_is_not(tmp_path):
    """A file that named another creator was signed with the user's own name."""
    photo = brought(jpeg(tmp_path / "a.jpg", *FOREIGN))
    assert photo.credit == "Rina Dewi/Antara Foto"
    assert photo.copyright == "© 2024 Antara Foto"
    assert photo.rights == "Hanya dengan izin tertulis"
    assert photo.caption == "Pasar terendam di Garut, Sélasa."
    assert photo.alt == "Kios pasar di dalam air"
    assert photo.place == "Garut"
    assert brought(jpeg(tmp_path / "b.jpg")).credit == "Siti Aminah/KIM Bina Warga"


def test_what_the_user_said_stays(tmp_path):
    photo = brought(jpeg(tmp_path / "a.jpg", *FOREIGN), caption="Keterangan saya.", credit="Rina", alt="Pasar")
    assert (photo.caption, photo.credit, photo.alt) == ("Keterangan saya.", "Rina", "Pasar")
    assert photo.copyright == "© 2024 Antara Foto"


@pytest.mark.parametrize(
    ("write", "credit"),
    [
        (["-charset", "iptc=UTF8", "-IPTC:CodedCharacterSet=UTF8", "-IPTC:By-line=José Pérez"], "José Pérez"),
        (["-charset", "iptc=Latin", "-IPTC:CodedCharacterSet=", "-IPTC:By-line=José Pérez"], "José Pérez"),
        (["-EXIF:Artist=José Pérez"], "José Pérez"),
        (["-EXIF:XPAuthor=José Pérez"], "José Pérez"),
        (["-EXIF:Artist=Rina; Budi"], "Rina/Budi"),
        (["-IPTC:Credit=AFP"], "AFP"),
        (["-EXIF:Copyright=Copyright 2023, Kompas. All rights reserved."], "Kompas"),
        (["-XMP-dc:Creator=Rina", "-IPTC:By-line=Lain", "-EXIF:Artist=Kamera"], "Rina"),
        (["-XMP-dc:Creator=Rina Dewi/Antara", "-IPTC:Credit=Antara"], "Rina Dewi/Antara"),
        (["-EXIF:ImageDescription=OLYMPUS DIGITAL CAMERA", "-EXIF:Artist=Picasa"], "Picasa"),
        (["-EXIF:Artist=", "-EXIF:Copyright= "], "Siti Aminah/KIM Bina Warga"),
    ],
)
def test_every_standard_and_charset_is_read(tmp_path, write, credit):
    assert brought(jpeg(tmp_path / "a.jpg", *write)).credit == credit


@pytest.mark.parametrize(
    "text", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "dav", "hdr", "oznorCB", "Screenshot", "IMG_2031.JPG"]
)
def test_what_machines_write_is_no_caption(tmp_path, text):
    assert brought(jpeg(tmp_path / "a.jpg", f"-EXIF:ImageDescription={text}")).caption == ""


@pytest.mark.parametrize("suffix", ["png", "webp", "avif"])
def test_other_formats_bring_it_too(tmp_path, suffix):
    type_of = f"-XMP-iptcExt:DigitalSourceType={AI}"
    path = jpeg(tmp_path / f"a.{suffix}", "-XMP-dc:Creator=Rina", "-XMP-dc:Description=Pasar di Garut.", type_of)
    photo = brought(path)
    assert (photo.credit, photo.caption, photo.origin_mark) == ("Rina", "Pasar di Garut.", "trainedAlgorithmicMedia")


def test_a_clip_brings_its_maker(tmp_path):
    tags = ["-metadata", "artist=Rina Dewi", "-metadata", "copyright=© Antara", "-metadata", "description=Banjir."]
    path = clip(tmp_path / "a.mp4", *tags, "-metadata", "location=-6.9+107.6/")
    video = with_clip_facts(Video(id="v", file="a.mp4"), path, "Siti")[0]
    assert (video.credit, video.copyright, video.caption, video.place) == ("Rina Dewi", "© Antara", "Banjir.", "")
    bare = with_clip_facts(Video(id="v", file="b.mp4"), clip(tmp_path / "b.mp4"), "Siti")[0]
    assert (bare.credit, bare.copyright, bare.caption) == ("Siti", "", "")


def test_window_and_command_bring_in_the_same(tmp_path):
    """The window, drops (``import_media`` too) and ``kim-studio new`` go through the same code."""
    source = jpeg(tmp_path / "a.jpg", *FOREIGN, f"-XMP-iptcExt:DigitalSourceType={AI}")
    moving = clip(tmp_path / "b.mp4", "-metadata", "artist=Rina Dewi")
    draft = (
        "---\nheadline: Banjir\nbyline: [Siti Aminah]\nphotos: [{file: a.jpg}]\nvideos: [{file: b.mp4}]\n---\nIsi.\n"
    )
    (tmp_path / "d.md").write_text(draft, encoding="utf-8")
    done = run_command("new", str(tmp_path / "w"), str(tmp_path / "d.md"), env=dict(os.environ))
    assert done.returncode == 0
    assert "a.jpg membawa tanda" in done.stderr
    with open_workspace(tmp_path / "w") as workspace:
        told = workspace.load(done.stdout.strip())
        folder = workspace.add(STORY)
        paths = SortedFiles(photos=(source,), videos=(moving,))
        came = import_media(workspace, folder, paths, frozenset(), "Siti Aminah", SilentProgress())
    assert [notice.code for notice in came.troubles] == ["import.made_up"]
    assert replace(came.photos[0], id="") == replace(told.photos[0], id="")
    assert replace(came.videos[0], id="") == replace(told.videos[0], id="")
    assert told.photos[0].credit == "Rina Dewi/Antara Foto"
    assert told.videos[0].credit == "Rina Dewi"


# ------------------------------------------------------------------------------------------------ what goes out


def test_foreign_material_keeps_its_owner_in_every_file(tmp_path):
    """It left as "© our group", with the group's licence in EXIF, IPTC and XMP."""
    source = jpeg(tmp_path / "a.jpg", *FOREIGN)
    whole_story(tmp_path / "w", brought(source), source)
    files = export(tmp_path / "w", "instagram", "website")
    pictures = [path for name, path in files.items() if name.endswith((".jpg", ".png", ".webp"))]
    assert len(pictures) >= 5
    for path, told in zip(pictures, exiftool_all(pictures), strict=True):
        assert told["XMP-dc:Rights"] == told["IPTC:CopyrightNotice"] == told["IFD0:Copyright"] == "© 2024 Antara Foto"
        assert told["XMP-xmpRights:UsageTerms"] == "Hanya dengan izin tertulis"
        assert told["XMP-photoshop:Credit"] == told["IPTC:Credit"] == "Rina Dewi/Antara Foto"
        assert told["XMP-dc:Creator"] == told["IPTC:By-line"] == told["IFD0:Artist"] == "Rina Dewi"
        assert told["XMP-photoshop:City"] == told["IPTC:City"] == "Garut"
        own = [key for key, value in told.items() if "CC BY" in str(value) or "© 2026" in str(value)]
        assert own == [], path


def test_own_material_is_signed_and_licensed(tmp_path):
    source = jpeg(tmp_path / "a.jpg", "-EXIF:DateTimeOriginal=2025:03:04 05:06:07", "-EXIF:OffsetTimeOriginal=+07:00")
    whole_story(tmp_path / "w", brought(source), source)
    told = exiftool(export(tmp_path / "w", "instagram")["instagram/01.jpg"])
    assert told["XMP-dc:Rights"] == told["IPTC:CopyrightNotice"] == "© 2025 KIM Bina Warga"
    assert told["XMP-xmpRights:UsageTerms"] == "CC BY 4.0"
    assert told["XMP-dc:Creator"] == "Siti Aminah"
    assert (told["XMP-photoshop:City"], told["XMP-photoshop:State"]) == ("Sukamaju", "Jawa Barat")
    assert told["XMP-photoshop:DateCreated"] == "2025:03:04 05:06:07+07:00"


@pytest.mark.parametrize(
    ("photo", "city", "location", "date"),
    [
        ({"credit": "Ani", "taken": "2024-01-02"}, "Sukamaju", "", "2024-01-02"),
        ({"credit": "Ani", "place": "Garut"}, "Garut", "", "2026-11-22"),
        ({"credit": "Rina", "place": "Garut"}, "Garut", "", ""),
        ({"credit": "Rina"}, "", "", ""),
    ],
)
def test_place_and_date_are_those_of_the_picture(photo, city, location, date):
    told = metadata_for(STORY, Photo(id="p", file="a.jpg", **photo), GROUP)
    assert (told.city, told.location, told.date) == (city, location, date)


def test_a_story_from_elsewhere_is_not_placed_at_home():
    told = metadata_for(replace(STORY, place="Bandung"), Photo(id="p", file="a", credit="Ani"), GROUP)
    assert (told.city, told.state, told.location) == ("Bandung", "", "")
    told = metadata_for(replace(STORY, place="Balai Desa Sukamaju"), Photo(id="p", file="a", credit="Ani"), GROUP)
    assert (told.city, told.state, told.location) == ("Sukamaju", "Jawa Barat", "Balai Desa Sukamaju")


@pytest.mark.parametrize("credit", ["", "Rina Dewi", "Daniel/Antara", "Istimewa", "Jaya2Ani"])
def test_nobody_elses_is_ours(credit):
    """Ani is a member; "Daniel" is not hers, and of what has no credit nobody knows whose it is."""
    for item in (Photo(id="p", file="a", credit=credit), Video(id="v", file="a", credit=credit)):
        told = metadata_for(STORY, item, GROUP)
        assert "KIM" not in told.copyright
        assert told.usage == ""


def test_a_name_counts_as_a_whole_name():
    assert is_own(STORY, GROUP, "Foto: Ani/KIM")
    assert is_own(STORY, GROUP, "siti aminah")
    assert not is_own(STORY, GROUP, "Daniel")
    assert not is_own(STORY, GROUP, "Anita Ani2")


def test_a_foreign_clip_keeps_its_owner(tmp_path):
    source = clip(tmp_path / "a.mp4", "-metadata", "artist=Rina Dewi", "-metadata", "copyright=© Antara")
    video = with_clip_facts(
        Video(id="v", file="", closing_card=False, logo=False, poster=1.0, rights="Izin lisan"), source
    )[0]
    whole_story(tmp_path / "w", replace(video, origin_mark="trainedAlgorithmicMedia"), source)
    files = export(tmp_path / "w", "x")
    made = [path for name, path in files.items() if name.endswith(".mp4")]
    assert made
    for path, told in zip(made, exiftool_all(made), strict=True):
        assert told["XMP-dc:Rights"] == "© Antara"
        assert told["XMP-dc:Creator"] == "Rina Dewi"
        assert told["XMP-xmpRights:UsageTerms"] == "Izin lisan"
        assert told["XMP-iptcExt:DigitalSourceType"] == AI
        assert with_clip_facts(Video(id="x", file=""), path)[0].origin_mark == "trainedAlgorithmicMedia"
    assert clip_metadata(STORY, replace(video, credit="Ani", copyright=""), GROUP).usage == "Izin lisan"


@pytest.mark.parametrize(
    ("makers", "notice", "usage"),
    [
        (["Ani", "Siti Aminah"], "© 2026 KIM Bina Warga", "CC BY 4.0"),
        (["Ani", "Rina"], "© Rina", ""),
        (["", "Ani"], "", ""),
        ([], "© 2026 KIM Bina Warga", "CC BY 4.0"),
    ],
)
def test_the_video_of_photos_is_ours_only_where_all_of_them_are(makers, notice, usage):
    photos = [Photo(id=f"{n}", file="a", credit=credit) for n, credit in enumerate(makers)]
    told = show_metadata(STORY, photos, GROUP)
    assert (told.copyright, told.usage, told.source_type) == (notice, usage, "")
    photos = [
        Photo(id="m", file="a", credit="Ani", origin_mark="trainedAlgorithmicMedia"),
        *photos,
        Photo(id="r", file="a"),
    ]
    assert show_metadata(STORY, photos, GROUP).source_type == "compositeWithTrainedAlgorithmicMedia"


SMALL_VIDEO = """
format = 1
id = "kecil"
name = "Kecil"
checked = 2026-11-23
source = "uji"
[[output]]
file = "video.mp4"
kind = "video"
size = [180, 320]
"""


def test_the_file_of_the_video_of_photos_says_so(tmp_path):
    source = marked(tmp_path, "jpg")
    whole_story(tmp_path / "w", replace(brought(source), edited_label="Dibuat AI"), source)
    with open_workspace(tmp_path / "w") as workspace:
        (name,) = workspace.story_folders()
        workspace.save(name, replace(workspace.load(name), slideshow=Slideshow(seconds_each=1.0)))
    small = tmp_path / "w" / "templates" / "kecil"
    small.mkdir(parents=True)
    (small / "outlet.toml").write_text(SMALL_VIDEO, encoding="utf-8")
    path = export(tmp_path / "w", "kecil")["kecil/video.mp4"]
    told = exiftool(path)
    assert told["XMP-iptcExt:DigitalSourceType"] == AI
    assert told["XMP-dc:Rights"] == "© 2026 KIM Bina Warga"


# ------------------------------------------------------------------------------------------------ marks of origin

CLAIM = b"jumb\0c2pa...stds.c2pa.actions digitalSourceType" + AI.encode() + b"..."
BARE_CLAIM = b"jumb\0c2pa...no type in here"


def with_app11(path: Path, claim: bytes) -> Path:
    data = path.read_bytes()
    body = b"JP\0\1\0\0\0\1" + struct.pack(">I", len(claim)) + claim
    path.write_bytes(data[:2] + b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body + data[2:])
    return path


def with_chunk(path: Path, kind: bytes, content: bytes) -> Path:
    data = path.read_bytes()
    if data[:4] == b"RIFF":
        made = data + kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        path.write_bytes(made[:4] + struct.pack("<I", len(made) - 8) + made[8:])
        return path
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    path.write_bytes(data[:33] + chunk + data[33:])
    return path


def with_box(path: Path, content: bytes) -> Path:
    with path.open("ab") as file:
        file.write(
            struct.pack(">I", 24 + len(content)) + b"uuid" + bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + content
        )
    return path


MAKERS = {
    "jpg": lambda path: with_app11(jpeg(path), CLAIM),
    "xmp.jpg": lambda path: jpeg(path, f"-XMP-iptcExt:DigitalSourceType={AI}"),
    "png": lambda path: with_chunk(jpeg(path), b"caBX", CLAIM),
    "generator.png": lambda path: with_chunk(jpeg(path), b"tEXt", b"parameters\0a village, Steps: 20, Sampler: Euler"),
    "webp": lambda path: with_chunk(jpeg(path), b"C2PA", CLAIM),
    "avif": lambda path: with_box(jpeg(path), CLAIM),
    "mp4": lambda path: with_box(clip(path), CLAIM),
}


def marked(folder: Path, kind: str) -> Path:
    return MAKERS[kind](folder / f"a.{kind}")


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "mp4"])
def test_a_mark_of_ai_is_found_asked_about_and_leaves_with_the_file(tmp_path, kind):
    source = marked(tmp_path, kind)
    photo, notices = with_photo_facts(Photo(id="p", file=source.name), source, "Ani")
    assert photo.origin_mark == "trainedAlgorithmicMedia"
    assert [notice.code for notice in notices] == ["import.made_up"]
    found = {f.code: f for f in check_media(replace(STORY, photos=(photo,)), GROUP)}
    assert found["media_photo_made_up"].level == found["media_photo_unlabelled"].level == "block"
    assert found["media_photo_made_up"].place.field == "photos/p/source_type"
    assert metadata_for(STORY, photo, GROUP).source_type == "trainedAlgorithmicMedia"


def png(path: Path, **texts: str) -> Path:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    Image.radial_gradient("L").save(path, pnginfo=info)
    return path


def heic(path: Path) -> Path:
    """A photo of an iPhone."""
    path.write_bytes((Path(__file__).parents[2] / "photo" / "data" / "phone.heic").read_bytes())
    return path


def gif(path: Path) -> Path:
    from PIL import Image

    Image.radial_gradient("L").save(path)
    return tag(path, f"-XMP-iptcExt:DigitalSourceType={AI}")


def cut_app11(path: Path) -> Path:
    """A manifest that ends one segment within the address of its source type; something follows at once, as in CBOR."""
    box = b"\0" * 30 + CLAIM.removesuffix(b"...") + b"msoftwareAgent"
    whole = struct.pack(">I4s", len(box) + 8, b"jumb") + box
    cut = whole.index(AI.encode()) + 50
    data = path.read_bytes()
    for number, part in ((2, whole[:8] + whole[cut:]), (1, whole[:cut])):
        body = b"JP" + struct.pack(">HI", 1, number) + part
        data = data[:2] + b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body + data[2:]
    path.write_bytes(data)
    return path


SETTINGS = "sawah dan warga desa\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 12, Size: 512x512"
LABEL = '{"AIGC":{"Label":"1","ContentProducer":"001191110102MACQD9K64010000"}}'
MARKED = {
    "heic by XMP": lambda at: tag(heic(at / "a.heic"), f"-XMP-iptcExt:DigitalSourceType={AI}"),
    "heic by a C2PA box": lambda at: with_box(heic(at / "a.heic"), CLAIM),
    "gif": lambda at: gif(at / "a.gif"),
    "cut manifest": lambda at: cut_app11(jpeg(at / "a.jpg")),
    "settings in EXIF": lambda at: jpeg(at / "a.jpg", f"-EXIF:UserComment={SETTINGS}"),
    "Chinese label in EXIF": lambda at: jpeg(at / "a.jpg", f"-EXIF:UserComment={LABEL}"),
    "program in EXIF": lambda at: jpeg(at / "a.jpg", "-EXIF:Software=Adobe Firefly 3"),
    "credit": lambda at: jpeg(at / "a.jpg", "-IPTC:Credit=Made with Google AI"),
    "NovelAI": lambda at: png(at / "a.png", Software="NovelAI", Description="1girl, village"),
    "Midjourney": lambda at: png(at / "a.png", Description="sawah --v 6 Job ID: 6c8b1b6e-1c1e-4f0e-9a39-0a0c8a2f7d11"),
    "ComfyUI": lambda at: png(at / "a.png", prompt='{"3": {"class_type": "KSampler"}}'),
}


@pytest.mark.parametrize("what", MARKED)
def test_every_usual_mark_is_found_and_a_prompt_is_no_caption(tmp_path, what):
    photo, notices = with_photo_facts(Photo(id="p", file="a"), MARKED[what](tmp_path), "Ani")
    assert photo.origin_mark == "trainedAlgorithmicMedia"
    assert [notice.code for notice in notices] == ["import.made_up"]
    assert photo.caption == ""


@pytest.mark.parametrize(
    "write",
    [
        ["-EXIF:ImageDescription=Pelatihan Midjourney dan Stable Diffusion di balai desa"],
        ["-EXIF:UserComment=Warga menanam padi, langkah: 20"],
        ["-EXIF:Software=Adobe Photoshop 25.1", "-IPTC:Credit=Openair Kompas"],
        ["-XMP-dc:Description=AI generated pictures were shown in the village hall"],
    ],
)
def test_a_photo_about_such_programs_is_no_question(tmp_path, write):
    assert brought(jpeg(tmp_path / "a.jpg", *write)).origin_mark == ""


def test_a_png_names_its_maker_in_its_own_texts(tmp_path):
    texts = {"Author": "Rina Dewi", "Copyright": "© 2024 Antara", "Description": "Pasar terendam di Garut."}
    photo = brought(png(tmp_path / "a.png", **texts))
    assert (photo.credit, photo.copyright, photo.caption) == ("Rina Dewi", texts["Copyright"], texts["Description"])


def test_a_quicktime_clip_and_a_labelled_clip_are_asked_about(tmp_path):
    film = tag(clip(tmp_path / "a.mov"), f"-XMP-iptcExt:DigitalSourceType={AI}", "-XMP-dc:Creator=Rina")
    video = with_clip_facts(Video(id="v", file="a.mov"), film, "Ani")[0]
    assert (video.origin_mark, video.credit) == ("trainedAlgorithmicMedia", "Rina")
    label = ["-movflags", "use_metadata_tags", "-metadata", f"AIGC={LABEL}"]
    labelled = clip(tmp_path / "b.mp4", *label)
    assert with_clip_facts(Video(id="v", file="b.mp4"), labelled, "Ani")[0].origin_mark == "trainedAlgorithmicMedia"


def test_a_marked_clip_is_asked_about(tmp_path):
    video, notices = with_clip_facts(Video(id="v", file="a.mp4"), marked(tmp_path, "mp4"))
    assert video.origin_mark == "trainedAlgorithmicMedia"
    assert [notice.code for notice in notices] == ["import.made_up"]
    found = {f.code for f in check_media(replace(STORY, videos=(video,)), GROUP)}
    assert {"media_video_made_up", "media_video_unlabelled"} <= found


def test_the_mark_stands_in_every_exported_picture(tmp_path):
    source = marked(tmp_path, "jpg")
    photo = replace(brought(source), edited_label="Ilustrasi dibuat dengan AI", source_type="trainedAlgorithmicMedia")
    whole_story(tmp_path / "w", photo, source)
    files = export(tmp_path / "w", "instagram", "telegram")
    for told in exiftool_all([path for name, path in files.items() if name.endswith(".jpg")]):
        assert told["XMP-iptcExt:DigitalSourceType"] == AI, told["SourceFile"]


def test_content_credentials_without_a_type_are_a_question_no_block(tmp_path):
    photo = brought(with_app11(jpeg(tmp_path / "a.jpg"), BARE_CLAIM))
    assert photo.origin_mark == "c2pa"
    found = {f.code: f.level for f in check_media(replace(STORY, photos=(photo,)), GROUP)}
    assert found["media_photo_c2pa"] == "warning"
    answered = replace(photo, source_type="digitalCapture")
    assert "media_photo_c2pa" not in {f.code for f in check_media(replace(STORY, photos=(answered,)), GROUP)}
    assert source_type(answered) == "digitalCapture"


def test_an_answer_never_says_less_than_the_file():
    photo = Photo(id="p", file="a", origin_mark="compositeWithTrainedAlgorithmicMedia", source_type="digitalCapture")
    assert source_type(photo) == "compositeWithTrainedAlgorithmicMedia"
    assert source_type(replace(photo, source_type="trainedAlgorithmicMedia")) == "trainedAlgorithmicMedia"


def test_a_camera_is_no_question(tmp_path):
    camera = AI.replace("trainedAlgorithmicMedia", "digitalCapture")
    photo = brought(jpeg(tmp_path / "a.jpg", f"-XMP-iptcExt:DigitalSourceType={camera}"))
    assert photo.origin_mark == "digitalCapture"
    codes = {f.code for f in check_media(replace(STORY, photos=(photo,)), GROUP)}
    assert not codes & {"media_photo_made_up", "media_photo_c2pa", "media_photo_unlabelled"}


# ------------------------------------------------------------------------------------------------ damaged input


@given(st.binary(max_size=400))
def test_damaged_parts_say_nothing(data):
    read_xmp(data)
    read_iim(b"\x1c\x02" + data)
    read_iim(data)


@given(st.sampled_from(["jpg", "png", "webp", "mp4", "gif"]), st.integers(0, 3000), st.binary(min_size=1, max_size=40))
def test_damaged_files_are_walked_to_their_end(tmp_path_factory, kind, at, junk):
    path = tmp_path_factory.mktemp("rusak") / f"a.{kind}"
    heads = {
        "jpg": b"\xff\xd8\xff\xeb",
        "png": b"\x89PNG\r\n\x1a\n",
        "webp": b"RIFF\0\0\0\0WEBP",
        "mp4": b"\0\0\0\x0cftypisom",
        "gif": b"GIF89a\x21\xff\x0bXMP DataXMP",
    }
    path.write_bytes((heads[kind] + CLAIM * 40)[:at] + junk)
    assert origin_mark(read_parts(path)) in {"", "c2pa", "trainedAlgorithmicMedia"}


def test_a_packet_with_entities_is_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>'
    assert read_xmp(bomb) == {}
    assert read_xmp(io.BytesIO(b"").read()) == {}
