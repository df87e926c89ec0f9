"""What an export lets out: finished posts, marked drafts, or nothing where people would be exposed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.checks.statement_rules import applying_declarations
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace
from studio.story import people, story_status
from studio.story.model import Cover, Cue, Group, Person, Photo, Story, Video
from studio.story.publication_records import Declaration
from tests.exiftool_server import run_exiftool
from tests.small_packs import shrink_packs

WHEN = "2026-11-22T10:00:00+07:00"
GROUP = Group(name="KIM Bina Warga", village="Sukamaju", site="https://kim.example")
STORY = Story(
    id="",
    headline="Warga bantu keluarga korban kebakaran",
    place="Sukamaju",
    date="2026-11-21",
    byline=("Siti Aminah",),
    body="Warga Sukamaju bergotong royong membersihkan puing rumah yang terbakar, Sabtu (21/11/2026).",
)
OUTLET = """
format = 1
id = "uji"
name = "Uji"
checked = 2026-11-23
source = "uji"
[[output]]
file = "pesan.txt"
kind = "text"
template = "pesan.txt.j2"
[[output]]
file = "{n:02}.jpg"
kind = "photo"
size = [320, 400]
max = 10
[[output]]
file = "kartu.jpg"
kind = "card"
design = "judul"
size = [320, 400]
[[output]]
file = "video.mp4"
kind = "video"
size = [180, 320]
"""


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", GROUP) as made:
        pack = made.path / "templates" / "uji"
        pack.mkdir(parents=True)
        (pack / "outlet.toml").write_text(OUTLET, encoding="utf-8")
        (pack / "pesan.txt.j2").write_text("{{ headline }}\n\n{{ summary }}\n", encoding="utf-8")
        yield made


def export(workspace, *outlets):
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    with StoryExporter(workspace, paths.templates_dir(), texts) as exporter:
        (done,) = exporter.export((), outlets, None, SilentProgress())
    return done


def exported(workspace, name: str) -> Path:
    (folder,) = workspace.story_folders()
    return workspace.path / "exports" / folder / name


def red(path: Path) -> float:
    """Share of clearly red pixels: the colour of the mark, which nothing else here has."""
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((80, 100))
    signs = small.tobytes()
    pixels = [signs[at : at + 3] for at in range(0, len(signs), 3)]
    return sum(r > 120 and r > 1.7 * g and r > 1.7 * b for r, g, b in pixels) / len(pixels)


def frame(video: Path, out: Path) -> Path:
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-ss", "0.5", "-i", str(video)]
    subprocess.run([*command, "-frames:v", "1", str(out)], check=True)
    return out


def clip(path: Path) -> Path:
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i"]
    subprocess.run([*command, "color=c=gray:s=180x320:r=10:d=1.2", "-pix_fmt", "yuv420p", str(path)], check=True)
    return path


def test_a_story_that_is_not_ready_says_so_on_every_post_and_a_ready_one_on_none(workspace, tmp_path):
    folder = workspace.add(STORY)
    video = Video(
        id="v",
        file=workspace.import_media(folder, clip(tmp_path / "a.mp4")),
        people_checked=True,
        caption="Puing",
        credit="Siti Aminah",
        closing_card=False,
        logo=False,
    )
    workspace.save(folder, replace(workspace.load(folder), videos=(video,)))
    names = ("uji", "mading", "website")
    shrink_packs(workspace.templates_dir, "website")
    draft = export(workspace, *names)
    assert draft.draft
    assert not draft.problems
    assert exported(workspace, "uji/pesan.txt").read_text(encoding="utf-8").startswith("[DRAF] Warga bantu")
    assert red(exported(workspace, "uji/kartu.jpg")) > 0.01
    assert red(frame(exported(workspace, "uji/video.mp4"), tmp_path / "a.png")) > 0.01
    page = exported(workspace, "website/index.html").read_text(encoding="utf-8")
    assert "<title>[DRAF] " in page
    assert "DRAF – belum siap terbit" in page
    sheet = exported(workspace, "mading/mading.pdf").read_bytes()

    story = workspace.load(folder)
    workspace.save(folder, story_status.step_status(story, "ready", WHEN, "Siti").apply(story))
    ready = export(workspace, *names)
    assert not ready.draft
    assert exported(workspace, "uji/pesan.txt").read_text(encoding="utf-8").startswith("Warga bantu")
    assert red(exported(workspace, "uji/kartu.jpg")) == 0
    assert red(frame(exported(workspace, "uji/video.mp4"), tmp_path / "b.png")) == 0
    assert "DRAF" not in exported(workspace, "website/index.html").read_text(encoding="utf-8")
    assert exported(workspace, "mading/mading.pdf").read_bytes() != sheet


def test_a_block_makes_a_draft_of_a_ready_story_until_somebody_takes_it_on(workspace):
    folder = workspace.add(replace(STORY, status="ready", byline=()))
    assert export(workspace, "uji").draft
    story = workspace.load(folder)
    key = "form_no_byline:byline/0:"
    workspace.save(folder, story_status.override_block(key, WHEN, "Budi", "Tulisan bersama").apply(story))
    assert not export(workspace, "uji").draft


# ------------------------------------------------------------------------------------------------ the child case

CHILD = Person(
    id="anak",
    name="Rani Oktaviani",
    age_group="child",
    role="victim",
    protected=True,
    identifiers=("SDN 2 Karangsari", "Ngadirejo"),
)
# What they make is searched, whatever its size: pictures and videos of these are a third as wide and high.
LARGE = ("whatsapp", "whatsapp-saluran", "instagram", "facebook", "threads", "bluesky", "google-bisnis", "tiktok")
LARGE += ("youtube", "x", "telegram", "website", "opensid", "blogger")
SECRETS = (b"Rani", b"Oktaviani", b"R.O.", b"Karangsari", b"Ngadirejo", b"GPS", b"-7.25")


def photo_with_place(path: Path, color: str) -> Path:
    from PIL import Image

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 0.0), 3: "E", 4: (112.0, 45.0, 0.0)})
    exif[0x010E] = "Rani Oktaviani di SDN 2 Karangsari"
    Image.new("RGB", (900, 700), color).save(path, exif=exif)
    return path


def child_story(workspace, tmp_path) -> str:
    folder = workspace.add(STORY)
    files = [workspace.import_media(folder, photo_with_place(tmp_path / f"{c}.jpg", c)) for c in ("gray", "teal")]
    facts = {"caption": "Puing rumah, Sabtu (21/11/2026).", "credit": "Siti Aminah", "people": ("anak",)}
    photos = tuple(Photo(id=f"f{n}", file=file, width=900, height=700, **facts) for n, file in enumerate(files, 1))
    video = Video(
        id="v",
        file=workspace.import_media(folder, clip(tmp_path / "a.mp4")),
        subtitles=(Cue(start=0.0, end=1.0, text="Kampung Ngadirejo"),),
        closing_card=False,
        **facts,
    )
    first = replace(photos[0], caption="Siswa SDN 2 Karangsari membersihkan puing.")
    story = replace(
        workspace.load(folder),
        headline="Warga bantu keluarga R.O.",
        people=(CHILD,),
        photos=(first, photos[1]),
        videos=(video,),
        status="ready",
    )
    workspace.save(folder, story)
    return folder


def previews_of(workspace, folder: str, story: Story) -> list[Path]:
    """What the desks keep of each original to be quick, as it was before the covers."""
    from studio.services.clip_preparation import kept_copy, read_strip
    from studio.store.previews import proof_path, thumb_path
    from studio.video.probe import probe_clip

    clips = workspace.path / ".studio" / "clips"
    made = [place(workspace.path, photo.file) for photo in story.photos for place in (thumb_path, proof_path)]
    source = probe_clip(workspace.media_path(folder, story.videos[0].file))
    made += [kept_copy(source, clips), clips / "show.mp4"]
    for path, photo in zip(made, [p for p in story.photos for _ in range(2)] + [story.videos[0]] * 2, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(workspace.media_path(folder, photo.file), path)
    read_strip(source, clips, lambda number, frame: None, SilentProgress())
    return [*made, *clips.glob("*.strip-*")]


def test_a_child_is_never_exposed(workspace, tmp_path):
    folder = child_story(workspace, tmp_path)
    shrink_packs(workspace.templates_dir, *LARGE)
    refused = export(workspace)
    assert refused.manifest is None
    assert refused.error is not None
    assert refused.error.code == "export.refused"
    told = MessageTexts(paths.assets_dir() / "messages", "id").explain(refused.error)
    for hit in ("R.O", "SDN 2 Karangsari", "Ngadirejo", "foto 1", "foto 2", "video 1"):
        assert hit in told
    assert not list((workspace.path / "exports").rglob("*.*"))

    story = workspace.load(folder)
    seen = previews_of(workspace, folder, story)
    assert all(path.exists() for path in seen)
    cover = Cover(box=(0.2, 0.2, 0.4, 0.4))
    photos = tuple(replace(photo, caption="Puing rumah.", covers=(cover,)) for photo in story.photos)
    (video,) = story.videos
    video = replace(
        video, covers=(Cover(whole=True),), subtitles=(Cue(start=0.0, end=1.0, text="Warga bergotong royong"),)
    )
    fixed = replace(story, headline="Warga bantu keluarga korban kebakaran", photos=photos, videos=(video,))
    workspace.save(folder, fixed)
    assert export(workspace, "whatsapp").draft  # nobody has vouched yet for how the child was treated
    said = Declaration(when="2026-11-22T09:00:00+07:00", by="Siti Aminah")
    asked = applying_declarations(fixed, workspace.group)
    assert {"child_social", "decent"} <= set(asked)
    fixed = replace(fixed, declarations=dict.fromkeys(asked, said))
    workspace.save(folder, fixed)
    done = export(workspace)
    assert done.manifest is not None
    assert not done.draft
    assert not [path for path in seen if path.exists()]
    made = [path for path in (workspace.path / "exports").rglob("*") if path.is_file()]
    made += [path for path in (workspace.path / ".studio").rglob("*") if path.is_file()]
    assert len(made) > 30
    for path in made:
        content = path.read_bytes()
        assert not [secret for secret in SECRETS if secret in content], path.name
    told = metadata_of(made)
    assert not [secret for secret in SECRETS if secret.decode() in told]


def test_the_folder_name_is_searched_too_as_it_stands_in_addresses(workspace):
    folder = workspace.add(replace(STORY, headline="Warga bantu Rani Oktaviani", status="ready"))
    story = workspace.load(folder)
    assert "rani" in folder
    workspace.save(folder, replace(story, headline="Warga bantu korban kebakaran", people=(CHILD,)))
    refused = export(workspace, "uji")
    assert refused.error is not None
    assert folder in MessageTexts(paths.assets_dir() / "messages", "id").explain(refused.error)
    assert not (workspace.path / "exports" / folder).exists()


def test_what_went_out_before_a_child_was_marked_does_not_stay_to_be_sent(workspace):
    folder = workspace.add(replace(STORY, body="Warga membantu R.O. sejak pagi.", status="ready"))
    assert export(workspace, "uji").error is None
    assert exported(workspace, "uji/kartu.jpg").exists()
    workspace.save(folder, replace(workspace.load(folder), people=(CHILD,)))
    assert export(workspace, "uji").error is not None
    assert not list((workspace.path / "exports").rglob("*.*"))


def metadata_of(files: list[Path]) -> str:
    """Everything exiftool finds in the files."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed (apt: libimage-exiftool-perl)")
    return run_exiftool("-a", "-G1", "-s", "-x", "File:all", "-x", "System:all", *files)


def test_an_override_lets_a_picture_of_a_child_through_only_with_a_reason(workspace, tmp_path):
    folder = workspace.add(replace(STORY, status="ready"))
    file = workspace.import_media(folder, photo_with_place(tmp_path / "a.jpg", "gray"))
    child = Person(id="anak", name="Dimas", age_group="child", role="subject")
    photo = Photo(id="f", file=file, caption="Lomba", credit="Siti Aminah", people=("anak",))
    story = replace(workspace.load(folder), people=(child,), photos=(photo,))
    workspace.save(folder, story)
    assert export(workspace, "uji").error is not None
    from studio.story.model import Consent

    agreed = people.give_consent("anak", Consent(by="ayahnya", how="tertulis", when="2026-11-20")).apply(story)
    workspace.save(folder, replace(agreed, photos=(replace(photo, people_checked=True),)))
    assert export(workspace, "uji").error is None
    workspace.save(folder, people.withdraw_consent("anak", WHEN).apply(workspace.load(folder)))
    assert export(workspace, "uji").error is not None
