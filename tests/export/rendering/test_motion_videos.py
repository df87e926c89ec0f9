"""Moving cards, as the export makes them: through a pack of the group's own, small and short."""

from __future__ import annotations

import json
import subprocess
import wave
from dataclasses import replace
from itertools import pairwise

import av
import numpy as np
import pytest
from msgspec.structs import replace as with_fields
from PIL import Image

from studio.base.errors import WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.export_tasks import MotionTask
from studio.export.planning.story_plan import plan_outlets, plan_story, story_context
from studio.export.planning.video_specs import MotionSound
from studio.export.rendering.motion_videos import (
    make_motion,
    motion_frame,
    moving_picture,
    moving_scene,
    part_scene,
)
from studio.export.rendering.slideshow_videos import make_slideshow
from studio.export.running.story_exporter import StoryExporter
from studio.posts.catalog import load_catalog
from studio.posts.output_kinds import FrameSize, MotionOutput, VideoOutput
from studio.posts.render_context import RenderContext
from studio.preview.safe_zones import ZONES
from studio.services.draft_import import add_draft_file
from studio.store.draft import add_draft
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Claim, Cover, Group, Photo, Slideshow, Source, Story, Video
from studio.story.motion_records import MotionCard, MusicBed, SpokenCaption
from studio.video import slideshow
from studio.video.binary import ffmpeg_path
from studio.video.moving_layers import (
    add_to_veil,
    blend_layer,
    clear_veil,
    lay_veil,
    moving_layer,
    still_frame,
)
from studio.video.moving_picture import MovingPicture
from studio.video.sound_facts import sound_facts
from studio.video.sound_mix import loudness_of

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = MessageTexts(assets_dir() / "messages", "id")
PACK = """format = 1
id = "{id}"
name = "Uji"
checked = 2026-11-30
source = "uji"

[[output]]
file = "kartu-gerak.mp4"
kind = "motion"
size = [144, 256]
fps = 10
"""
BODY = """Sekitar 80 warga Dusun Krajan memperbaiki saluran irigasi, Minggu (22/11/2026).

Saluran sepanjang 120 meter itu rusak sejak hujan deras awal bulan. Semen dibeli dari iuran kelompok tani.

> “Kalau menunggu bantuan, bibit keburu kering,” ujar Asep Hidayat.

Air kini mengalir lagi ke 34 hektare sawah di hilir.
"""
HEADLINE = "Warga perbaiki saluran irigasi"
MARK = (255, 0, 255)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with one story, whose photo has a magenta mark under a cover, and two packs that want the same."""
    folder = tmp_path_factory.mktemp("gerak") / "w"
    photo = folder.parent / "foto.png"
    picture = Image.new("RGB", (160, 284), (70, 120, 160))
    picture.paste(MARK, (60, 20, 100, 60))
    picture.save(photo)
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju", site="https://kim-uji.id")) as workspace:
        source = Source(name="Asep Hidayat", role="Kepala Dusun")
        facts = {"place": "Sukamaju", "date": "2026-11-22", "byline": ("Siti",), "kicker": "Pertanian"}
        name = workspace.add(Story(id="", headline=HEADLINE, body=BODY, sources=(source,), **facts))
        file = workspace.import_media(name, photo)
        cover = Cover(box=(0.3, 0.0, 0.5, 0.3))
        shown = Photo(id="f1", file=file, caption="Warga bekerja.", credit="Budi", alt="Saluran", covers=(cover,))
        workspace.save(name, with_fields(workspace.load(name), photos=(shown,), motion=MotionCard(seconds=6)))
        for pack in ("gerak-satu", "gerak-dua"):
            (workspace.templates_dir / pack).mkdir(parents=True)
            (workspace.templates_dir / pack / "outlet.toml").write_text(PACK.format(id=pack), encoding="utf-8")
    return folder, name


def export(place, outlets=("gerak-satu", "gerak-dua")):
    folder, name = place
    with (
        open_workspace(folder, write=False) as workspace,
        StoryExporter(workspace, templates_dir(), TEXTS) as exporter,
    ):
        (done,) = exporter.export((name,), outlets, None, SilentProgress())
        return done, workspace.exports_dir(name)


def task_of(place, size=(144, 256), **changes) -> MotionTask:
    """The planned card of the story, changed, at a size."""
    folder, name = place
    with open_workspace(folder, write=False) as workspace:
        press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
        output = MotionOutput(file="kartu-gerak.mp4", size=FrameSize(*size), fps=10)
        outlet = replace(press.catalog.outlet("gerak-satu"), outputs=(output,))
        plan = plan_story(workspace, name, with_fields(workspace.load(name), **changes), press, [outlet], TEXTS)
    assert plan.problems == ()
    (task,) = plan.tasks
    assert isinstance(task, MotionTask)
    return task


@pytest.mark.parametrize(
    ("cards", "changes", "outlets"),
    [
        (True, {}, {"instagram", "tiktok", "whatsapp"}),
        (False, {}, set()),
        (True, {"motion": MotionCard(wanted=False)}, set()),
        (True, {"slideshow": Slideshow()}, set()),
        (True, {"videos": (Video(id="v1", file="v.mp4"),)}, set()),
        (False, {"motion": MotionCard()}, {"instagram", "tiktok", "whatsapp", "facebook", "youtube"}),
    ],
)
def test_a_group_may_want_one_upright_card_of_every_story_without_a_clip(place, cards, changes, outlets):
    folder, name = place
    with open_workspace(folder, write=False) as workspace:
        press = RenderContext(load_catalog(templates_dir()))
        story = with_fields(workspace.load(name), **{"motion": None, **changes})
        context = story_context(workspace, name, story, press)
        group = with_fields(workspace.group, moving_cards=cards)
        context = replace(context, material=replace(context.material, group=group))
        plan = plan_outlets(context, press.catalog.outlets, TEXTS)
    cards_made = [task for task in plan.tasks if isinstance(task, MotionTask)]
    assert {target.outlet for task in cards_made for target in task.targets} == outlets
    if cards and outlets:
        (card,) = cards_made  # encoded once
        assert (card.wish.size, card.timeline.seconds) == ((1080, 1920), pytest.approx(15))


@pytest.fixture(scope="module")
def exported(place):
    return export(place)


def test_a_story_without_a_clip_gets_a_video_that_moves_and_is_as_long_as_asked(exported):
    done, out = exported
    assert done.problems == ()
    first, second = (entry for entry in done.manifest.files)
    assert (first.kind, first.seconds, first.width, first.height) == ("video", 6.0, 144, 256)
    assert first.sha256 == second.sha256
    with av.open(str(out / first.path)) as container:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]
        assert container.streams.audio
    assert len(frames) == 60
    changes = [np.abs(after - before).mean() for before, after in pairwise(frames)]
    assert max(changes[:12]) > 0.5  # the headline comes in
    assert max(changes[24:30]) < 0.5  # it stands still to be read
    assert np.abs(frames[-1] - frames[30]).mean() > 20  # who made it comes last
    magenta = [((frame[..., 0] > 170) & (frame[..., 1] < 90) & (frame[..., 2] > 170)).any() for frame in frames]
    assert not any(magenta)


def test_nothing_is_made_again_until_something_that_is_shown_changes(place, exported):
    again, _ = export(place)
    assert (again.made, again.kept) == (0, 2)
    key = task_of(place).target.key
    assert task_of(place, words_ignored=("kering",)).target.key == key
    bed = MusicBed(tune="pagi")
    for change in ({"headline": "Lain"}, {"motion": MotionCard(seconds=15)}, {"motion": MotionCard(music=bed)}):
        assert task_of(place, **change).target.key != key


@pytest.mark.parametrize("size", [(288, 512), (288, 288), (512, 288)], ids=["9:16", "1:1", "16:9"])
@pytest.mark.parametrize("headline", ["Air!", HEADLINE, "Warga Dusun Cibeureum Kulon gotong royong " * 4])
def test_words_stay_where_no_app_covers_them(place, size, headline):
    motion = MotionCard(seconds=30, music=MusicBed(file="a.mp3", title="MAWAR MERAH " * 14, license="CC BY 4.0"))
    task = task_of(place, size, family="batik", headline=headline.strip(), motion=motion, photos=())
    assert [scene.scene for scene in task.timeline.scenes] == ["judul", "poin", "kutipan", "penutup"]
    spoken = tuple(SpokenCaption(start=n, end=n + 1, text="kata " * n) for n in (1, 6, 12))
    motion = with_fields(motion, narration="a.m4a", captions=spoken)
    said = task_of(place, size, family="batik", headline=headline.strip(), motion=motion, photos=())
    tall = size[1] > size[0]
    shares = [max(zone[side] for name, zone in ZONES.items() if name != "youtube") for side in range(4)]
    left, top, right, bottom = shares if tall else (0.05, 0.08, 0.05, 0.08)
    for scene in (*task.scenes, *said.scenes, said.captions):
        parted, _ = part_scene(scene, size)
        assert not parted.overflow
        for part in parted.parts:
            layer = moving_layer(part.pixels, part.left, part.top, part.width, part.height, size)
            assert layer is not None
            assert layer.left >= left * size[0] - 4
            assert layer.top >= top * size[1] - 4
            assert layer.left + layer.width <= (1 - right) * size[0] + 4
            assert layer.top + layer.height <= (1 - bottom) * size[1] + 4


def test_the_photo_comes_closer_behind_words_that_stand_still_unless_it_is_to_stand_too(place):
    task = task_of(place, (144, 256), motion=MotionCard(seconds=6))
    photo = np.zeros((256, 144, 3), np.uint8)
    photo[::8] = photo[:, ::8] = 255
    (parted, _), size = part_scene(task.scenes[0], (144, 256)), (144, 256)
    drifting = moving_scene(replace(parted, ground=photo.tobytes()), (50,), drift=task.drift)
    picture = MovingPicture([drifting, moving_scene(part_scene(task.scenes[-1], size)[0], (20,))], 10)
    frames = [picture.frame(number).astype(int) for number in range(70)]
    sky = [np.abs(after - before)[:50].mean() for before, after in pairwise(frames[30:50])]
    assert min(sky) > 0.2
    # Under a layer that hides it nothing moves, and where none is the photo is as painted at the beginning.
    veil, layer = clear_veil(frames[0]), moving_layer(parted.still, 0, 0, *size, size)
    add_to_veil(veil, layer)
    by_veil, by_blend = (still_frame(photo.tobytes(), *size) for _ in range(2))
    lay_veil(by_veil, veil, by_veil)
    blend_layer(by_blend, layer, 256)
    assert np.abs(by_veil.astype(int) - by_blend).max() <= 1
    assert np.abs(frames[0][:50] - by_veil[:50]).max() <= 2
    assert np.abs(MovingPicture([drifting, drifting], 10).frame(49).astype(int) - frames[49]).max() == 0
    still = task_of(place, (144, 256), motion=MotionCard(seconds=6, zoom=False))
    assert (moving_scene(parted, (50,), drift=still.drift).drift, still.target.key != task.target.key) == (None, True)


@pytest.mark.parametrize("public", [True, False])
def test_a_fact_check_says_its_verdict_however_short_it_is(place, public):
    claim = Claim(id="k1", text="Air sawah beracun, jangan minum!", verdict="false", public=public)
    story = {"kind": "factcheck", "claims": (claim,), "motion": MotionCard(seconds=6)}
    task = task_of(place, (288, 512), **story)
    assert [scene.scene for scene in task.timeline.scenes][:2] == ["judul", "vonis"]
    parted, _ = part_scene(task.scenes[1], (288, 512))
    assert not parted.overflow
    names = [part.name for part in parted.parts]
    assert {"cap", "vonis", "cek"} <= set(names)
    assert ("klaim" in names) == public


def test_words_are_shown_while_they_are_spoken_below_everything_else(place):
    spoken = tuple(SpokenCaption(start=n, end=n + 1.5, text=f"Kata ke-{n}.") for n in (1, 3, 7))
    motion = MotionCard(seconds=15, narration="a.m4a", captions=spoken)
    task, bare = (task_of(place, (144, 256), motion=with_fields(motion, captioned=on)) for on in (True, False))
    assert (bare.captions, bare.target.key != task.target.key) == (None, True)
    picture, without = (
        moving_picture(task, (144, 256), [], "x"),
        moving_picture(replace(task, captions=None), (144, 256), [], "x"),
    )
    seen = [not np.array_equal(picture.frame(n), without.frame(n)) for n in range(picture.frames)]
    assert [n for n, shown in enumerate(seen) if shown] == [*range(10, 25), *range(30, 45), *range(70, 85)]
    strip = min(part.top for part in part_scene(task.captions, (144, 256))[0].parts)
    for scene in task.scenes:
        words = [part for part in part_scene(scene, (144, 256))[0].parts if part.height < 200]
        assert max(part.top + part.height for part in words) <= strip + 14  # of which each has 6 around it


def test_any_moment_can_be_looked_at_on_its_own(place):
    """Frames in order are those of single looks; at the end of a scene all of it is there, as on a card."""
    task = task_of(place, motion=MotionCard(seconds=15))
    picture, fresh = (moving_picture(task, (144, 256), [], "x.mp4") for _ in range(2))
    wanted = [3, 9, 40, 41, 43, 60, 90, 149]
    in_order = {n: frame for n in range(picture.frames) if (frame := picture.frame(n).copy()) is not None}
    for n in reversed(wanted):
        assert np.abs(fresh.frame(n).astype(int) - in_order[n]).max() <= 2
    assert motion_frame(picture, 15.0)[:2] == (144, 256)


def test_a_draft_says_so_in_every_scene(place):
    folder, name = place
    with open_workspace(folder, write=False) as workspace:
        press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
        outlet = press.catalog.outlet("gerak-satu")
        plan = plan_story(workspace, name, workspace.load(name), press, [outlet], TEXTS, draft=True)
    (task,) = plan.tasks
    assert all('id="draf"' in scene.svg.text for scene in task.scenes)


@pytest.mark.parametrize("family", ["batik", "majalah", "ramah", "tegas"])
def test_every_design_family_moves(place, family):
    looks = [scene.svg.text for scene in task_of(place, (144, 256), photos=()).scenes]
    task = task_of(place, (144, 256), family=family, photos=(), motion=MotionCard(seconds=30))
    assert not set(looks) & {scene.svg.text for scene in task.scenes}
    notices = []
    picture = moving_picture(task, (144, 256), notices, "x.mp4")
    assert notices == []
    assert all(len(scene.parts) >= 3 for scene in picture.scenes)


def test_a_voice_over_music_is_as_loud_as_every_video_and_sets_the_length(place, tmp_path):
    folder, name = place
    voice = tmp_path / "suara.wav"
    spoken = "anoisesrc=c=pink:a=0.2:seed=3:d=7,tremolo=f=4:d=0.6"
    args = ["-v", "error", "-f", "lavfi", "-i", spoken, str(voice)]
    subprocess.run([ffmpeg_path(), *args], check=True, stdin=subprocess.DEVNULL)
    with open_workspace(folder) as workspace:
        file = workspace.import_media(name, voice)
    motion = MotionCard(seconds=6, narration=file, music=MusicBed(tune="sawah"), clean_sound=True)
    task = task_of(place, (96, 170), motion=motion)
    assert 7.6 <= task.timeline.seconds <= 8.0
    made = make_motion(task, tmp_path / "kartu.mp4", SilentProgress())
    assert made.seconds == pytest.approx(task.timeline.seconds, abs=0.06)
    assert loudness_of(made.path) == pytest.approx(-16.0, abs=0.7)
    assert not task.work.exists()


def test_the_video_of_photos_has_music_by_the_same_rules(place):
    folder, name = place
    bed = MusicBed(file="a.mp3", title="Kicir-kicir")
    shows = (Slideshow(music=bed, clean_sound=True), Slideshow(music=MusicBed(tune="sawah"), clean_sound=True))
    with open_workspace(folder, write=False) as workspace:
        press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
        output = VideoOutput(file="v.mp4", size=FrameSize(96, 170))
        outlet = replace(press.catalog.outlet("gerak-satu"), outputs=(output,))
        stories = [with_fields(workspace.load(name), slideshow=show) for show in shows]
        plans = [plan_story(workspace, name, story, press, [outlet], TEXTS) for story in stories]
    (refused,), (allowed,) = (plan.tasks for plan in plans)
    assert [notice.code for notice in refused.targets[0].notices] == ["motion.no_license"]
    assert (refused.show.sound.music, allowed.show.sound) == (None, MotionSound(tune="sawah", clean=True))
    assert refused.targets[0].key != allowed.targets[0].key


def test_the_video_of_photos_ends_with_whose_music_it_was(place, tmp_path):
    folder, name = place
    tune = tmp_path / "kicir.wav"
    source = ["-f", "lavfi", "-i", "sine=330:d=1", str(tune)]
    subprocess.run([ffmpeg_path(), "-v", "error", *source], check=True, stdin=subprocess.DEVNULL)
    with open_workspace(folder) as workspace:
        file = workspace.import_media(name, tune)
        press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
        output = VideoOutput(file="v.mp4", size=FrameSize(180, 320), fps=5)
        outlet = replace(press.catalog.outlet("gerak-satu"), outputs=(output,))
        beds = (MusicBed(file=file, title="Kicir-kicir", license="CC BY 4.0"), MusicBed(tune="pagi"))
        shows = [Slideshow(seconds_each=1.0, crossfade=0.0, captions=False, music=bed) for bed in beds]
        stories = [with_fields(workspace.load(name), slideshow=show) for show in shows]
        tasks = [plan_story(workspace, name, story, press, [outlet], TEXTS).tasks[0] for story in stories]
    frames = []
    for n, task in enumerate(tasks):
        made = make_slideshow(task.show, task.jobs[0][1], tmp_path / f"{n}.mp4", SilentProgress())
        with av.open(str(made.path)) as container:
            frames.append([frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)][-1])
    assert np.abs(frames[0] - frames[1]).max() > 60


def test_a_credit_that_fits_on_no_card_leaves_its_music_out(place):
    bed = MusicBed(file="a.mp3", title="Kicir-kicir " * 20, license="CC BY 4.0")
    task = task_of(place, motion=MotionCard(seconds=6, music=bed))
    assert task.sound.music is None
    assert [notice.code for notice in task.target.notices] == ["motion.long_credit"]
    assert "Musik:" not in task.scenes[-1].svg.text  # nor is it credited


def test_music_without_a_licence_stays_out_and_is_told_of(place):
    bed = MusicBed(file="a.mp3", title="Kicir-kicir")
    task = task_of(place, motion=MotionCard(seconds=6, music=bed))
    assert task.sound.music is None
    assert [notice.code for notice in task.target.notices] == ["motion.no_license"]
    allowed = task_of(place, motion=MotionCard(seconds=6, music=with_fields(bed, license="CC BY 4.0")))
    assert allowed.sound.music is not None
    assert "Musik: Kicir-kicir (CC BY 4.0)" in allowed.scenes[-1].svg.text


def write_voice(path, seconds: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\x10\x20" * 8000 * seconds)


def test_a_narration_is_heard_once_for_all_plans_until_it_changes(place, monkeypatch):
    """Every outlet's plan asks how long it is, and the preview plans after each changed letter of a headline."""
    folder, name = place
    with open_workspace(folder, write=False) as workspace:
        voice = workspace.media_path(name, "lisan.wav")

    def speak(seconds: int) -> float:
        write_voice(voice, seconds)
        card = MotionCard(seconds=6, narration=voice.name)
        tasks = [task_of(place, headline=HEADLINE + "!" * n, motion=card) for n in range(2)]
        return tasks[0].timeline.seconds

    heard = []
    monkeypatch.setattr(slideshow, "sound_facts", lambda path: heard.append(path) or sound_facts(path))
    assert (speak(8), len(heard)) == (pytest.approx(8.6), 1)
    assert (speak(9), len(heard)) == (pytest.approx(9.6), 2)
    voice.unlink()


def test_a_draft_file_asks_for_one(place, tmp_path):
    folder, _ = place
    draft = tmp_path / "draf.md"
    draft.write_text(
        "---\nheadline: Air mengalir lagi\nbyline: [Siti]\nplace: Sukamaju\ndate: 2026-11-22\n"
        "motion: {seconds: 15, music: {tune: pagi}}\n---\nWarga bekerja.\n",
        encoding="utf-8",
    )
    with open_workspace(folder) as workspace:
        story = workspace.load(add_draft(workspace, draft))
    assert story.motion == MotionCard(seconds=15, music=MusicBed(tune="pagi"))


def test_what_has_no_sound_becomes_no_narration_from_a_draft(place, tmp_path):
    folder, _ = place
    sound = {"narration": "naskah.md", "music": {"file": "potret.png", "license": "CC0"}}
    head = {
        "headline": "Air mengalir lagi",
        "motion": sound,
        "slideshow": sound,
        "recordings": [{"file": "naskah.md"}, {"file": "ucap.wav"}],
    }
    (tmp_path / "naskah.md").write_text(f"---\n{json.dumps(head)}\n---\nWarga bekerja.\n", encoding="utf-8")
    Image.new("RGB", (40, 40)).save(tmp_path / "potret.png")
    write_voice(tmp_path / "ucap.wav", 1)
    with open_workspace(folder) as workspace:
        added = add_draft_file(workspace, tmp_path / "naskah.md", required=False)
        story = workspace.load(added.folder)
        (kept,) = workspace.media_path(added.folder, "x").parent.iterdir()
    assert sorted(error.facts["file"] for error in added.refused) == ["naskah.md", "potret.png"]
    (said,) = story.recordings
    assert (said.id, said.file, said.name, said.seconds) == ("r2", kept.name, "ucap.wav", 1.0)
    assert (story.motion.narration, story.motion.music.file) == ("", "")
    assert (story.slideshow.narration, story.slideshow.music.file) == ("", "")


def test_cancelling_leaves_nothing(place, tmp_path):
    class Stop(SilentProgress):
        def report(self, done: float, total: float, what: str) -> None:
            if done > 1:
                raise WorkCancelled

    task = task_of(place, (96, 170))
    with pytest.raises(WorkCancelled):
        make_motion(task, tmp_path / "kartu.mp4", Stop())
    assert not list(tmp_path.iterdir())
    assert not task.work.exists()
