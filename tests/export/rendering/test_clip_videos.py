"""Video outputs: the engine with what is painted over it, for what the outlets want."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest
from PIL import Image

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.base.progress import SilentProgress
from studio.export.planning.slideshow_keys import chosen_photos, slideshow_key
from studio.export.planning.video_keys import video_key
from studio.export.planning.video_specs import ClipInputs, MotionSound, SlideshowInputs, VideoTarget
from studio.export.rendering import clip_videos as videos
from studio.export.rendering.clip_videos import make_video, make_videos
from studio.export.rendering.slideshow_videos import make_slideshow
from studio.export.rendering.video_art import VideoArtist, art_layout, art_palette
from studio.export.rendering.video_stills import slideshow_still
from studio.posts.colors import contrast_ratio
from studio.story.model import Cover, Cue, Cut, Group, GroupColors, Person, Photo, Slideshow, Story, Video
from studio.story.subtitle_format import read_subtitles
from studio.video import result_parts
from studio.video.binary import ffmpeg_path
from studio.video.clip_job import CARD
from studio.video.sound_mix import loudness_of, rumble_of

pytestmark = pytest.mark.usefixtures("qapp")

GROUP = Group(name="KIM Bina Warga", full_name="Kelompok Informasi Masyarakat Bina Warga", village="Desa Sukamaju")
STORY = Story(id="s", kicker="Pertanian")
TALL, WIDE = VideoTarget((108, 192)), VideoTarget((192, 108))
PAINTED = VideoTarget((216, 384))
PLAIN = Video(id="v", file="v.mp4", logo=False, closing_card=False)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Six seconds of grey with a tone that pauses around 4.5 s."""
    path = tmp_path_factory.mktemp("source") / "clip.mp4"
    tone = "sine=440:d=6,volume=enable='between(t,4.3,4.7)':volume=0"
    args = ["-f", "lavfi", "-i", "color=0x808080:s=192x108:r=30:d=6", "-f", "lavfi", "-i", tone]
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    subprocess.run([ffmpeg_path(), "-v", "error", *args, *codec, str(path)], stdin=subprocess.DEVNULL, check=True)
    return path


def frames_of(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def make(source, tmp_path, video=PLAIN, target=TALL, group=GROUP, story=STORY):
    return make_video(
        ClipInputs(source, story, video, group, tmp_path / "work"), target, tmp_path / "out.mp4", SilentProgress()
    )


def codes(made):
    return [notice.code for notice in made.notices]


def changed(frame, box):
    """Share of pixels in a box (left, top, right, bottom) that are not the clip's grey."""
    left, top, right, bottom = box
    area = frame[top:bottom, left:right].astype(int)
    return float((np.abs(area - 128).max(axis=2) > 25).mean())


def test_everything_is_painted_at_its_time(source, tmp_path):
    video = replace_video(
        cuts=(Cut(start=1, end=4),), title="Asep Hidayat", title_detail="Kepala Dusun", title_card="Panen raya",
        logo=True, closing_card=True, credit="Budi", subtitles=(Cue(start=2, end=3, text="Selamat pagi"),),
    )  # fmt: skip
    made = make(source, tmp_path, video, PAINTED)
    assert (made.width, made.height) == PAINTED.size
    assert made.seconds == pytest.approx(3 + 2 * CARD)
    assert made.bytes == made.path.stat().st_size
    frames = frames_of(made.path)
    lead = round(CARD * 30)
    place = art_layout(216, 384)
    whole = (0, 0, 216, 384)
    strip = (place.side, place.strip_top, 216 - place.side, place.strip_top + place.strip)
    name = (place.side, place.lower_third_top, 216 - place.side, place.lower_third_top + place.name)
    assert changed(frames[10], whole) > 0.95
    assert changed(frames[-10], whole) > 0.95
    assert changed(frames[lead + 15], strip) == 0
    assert changed(frames[lead + 45], strip) > 0.05
    assert changed(frames[lead + 75], strip) == 0
    assert changed(frames[lead + 12], name) == 0
    assert changed(frames[lead + 60], name) > 0.1
    mark = (216 - place.side - 22, place.top, 216 - place.side, place.top + 22)
    assert all(changed(frame, mark) > 0.3 for frame in frames[lead + 12 : lead + 70])
    assert not (tmp_path / "work").exists()


def replace_video(**changes):
    return msgspec.structs.replace(PLAIN, **changes)


def test_a_plain_clip_stays_plain(source, tmp_path):
    made = make(source, tmp_path)
    assert made.seconds == pytest.approx(6)
    assert all(changed(frame, (0, 0, *TALL.size)) == 0 for frame in frames_of(made.path)[::30])
    assert made.notices == ()


def test_too_long_is_shortened_in_a_quiet_place_and_told(source, tmp_path):
    made = make(source, tmp_path, target=replace(TALL, max_seconds=5.0))
    assert codes(made) == ["video.shortened"]
    assert 4.3 <= made.seconds <= 4.75
    facts = made.notices[0].facts
    assert (facts["seconds"], facts["most"]) == (6.0, 5.0)
    assert facts["now"] == round(made.seconds, 1)


def test_too_long_is_shortened_after_a_sentence(source, tmp_path):
    video = replace_video(subtitles=(Cue(start=3, end=4.4, text="Airnya lancar."), Cue(start=4.4, end=6, text="Lalu")))
    made = make(source, tmp_path, video, replace(TALL, max_seconds=5.0))
    assert made.seconds == pytest.approx(4.5)


def test_cards_give_way_before_the_picture(source, tmp_path):
    video = replace_video(title_card="Panen", closing_card=True)
    made = make(source, tmp_path, video, replace(TALL, max_seconds=5.0))
    assert codes(made) == ["video.shortened"]
    assert 4 <= made.seconds <= 5
    assert all(changed(frame, (0, 0, *TALL.size)) == 0 for frame in frames_of(made.path)[::15])


def test_too_short_is_told(source, tmp_path):
    made = make(source, tmp_path, replace_video(cuts=(Cut(start=0, end=1),)), replace(TALL, min_seconds=3))
    assert codes(made) == ["video.too_short"]


def test_a_limit_of_bytes(source, tmp_path):
    video = replace_video(cuts=(Cut(start=0, end=4),))
    made = make(source, tmp_path, video, VideoTarget((432, 768), max_bytes=60_000))
    assert made.bytes <= 60_000
    assert made.tries <= 2
    assert (made.width, made.height) != (432, 768)
    assert codes(made) == ["video.smaller"]
    with pytest.raises(UserError) as caught:
        make(source, tmp_path, video, VideoTarget((432, 768), max_bytes=16_000))
    assert caught.value.code == "video.too_long_for_size"


def test_covers_by_colour_and_by_mean(source, tmp_path):
    video = replace_video(
        covers=(
            Cover(box=(0.4, 0.1, 0.2, 0.2), color="#ff0000"),
            Cover(whole=True, color="#0000ff", start=2, end=3),
            Cover(box=(0.4, 0.6, 0.2, 0.2), style="mean"),
        ),
        cuts=(Cut(start=1.5, end=3.5),),
    )
    frames = frames_of(make(source, tmp_path, video, PAINTED).path)
    assert frames[3][76, 108, 0] > 200
    assert frames[3][76, 108, 1] < 60
    assert frames[30][200, 108, 2] > 200
    assert changed(frames[3], (60, 240, 150, 300)) == 0
    assert changed(frames[58], (0, 200, 216, 384)) == 0


def test_equal_outputs_are_encoded_once(source, tmp_path, monkeypatch):
    runs = []
    real = videos.encode_targets
    monkeypatch.setattr(
        videos, "encode_targets", lambda job, targets, *rest: runs.append(len(targets)) or real(job, targets, *rest)
    )
    names = [(TALL, "reel.mp4"), (WIDE, "wide.mp4"), (TALL, "tiktok.mp4"), (replace(TALL, max_seconds=1), "short.mp4")]
    wanted = [(target, tmp_path / name) for target, name in names]
    video = replace_video(cuts=(Cut(start=0, end=2),))
    made = make_videos(ClipInputs(source, STORY, video, GROUP, tmp_path / "work"), wanted, SilentProgress())
    assert sorted(runs) == [1, 2]
    assert [done.path for done in made] == [path for _, path in wanted]
    assert made[0].path.read_bytes() == made[2].path.read_bytes()
    assert [(done.width, done.height) for done in made] == [TALL.size, WIDE.size, TALL.size, TALL.size]


def test_outlets_that_come_to_the_same_share_one_file(source, tmp_path, monkeypatch):
    runs = []
    real = videos.encode_targets
    monkeypatch.setattr(
        videos, "encode_targets", lambda job, targets, *rest: runs.append(len(targets)) or real(job, targets, *rest)
    )
    monkeypatch.setattr(videos, "encode_under", lambda *_: pytest.fail("the unlimited file keeps the limit"))
    targets = [replace(TALL, max_seconds=seconds) for seconds in (60, 90, None)]
    targets += [replace(TALL, max_seconds=60, max_bytes=16_000_000), replace(WIDE, subtitles="srt")]
    wanted = [(target, tmp_path / f"{at}.mp4") for at, target in enumerate(targets)]
    video = replace_video(cuts=(Cut(start=1.5, end=3.5),), subtitles=(Cue(start=2, end=3, text="Pagi"),))
    made = make_videos(ClipInputs(source, STORY, video, GROUP, tmp_path / "work"), wanted, SilentProgress())
    assert runs == [2]
    assert len({done.path.read_bytes() for done in made[:4]}) == 1
    assert [len(done.sidecars) for done in made] == [0, 0, 0, 0, 1]


@pytest.fixture(scope="module")
def uneven(tmp_path_factory):
    """Three seconds: still, then noise, where a ceiling leaves much of the room unused."""
    path = tmp_path_factory.mktemp("uneven") / "clip.mp4"
    picture = "color=0x808080:s=108x192:r=30:d=3,noise=alls=90:allf=t:enable='gt(t,1)'"
    args = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440:d=3"]
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([ffmpeg_path(), "-v", "error", *args, *codec, str(path)], stdin=subprocess.DEVNULL, check=True)
    return path


@pytest.mark.parametrize(("frugal", "part"), [(False, 0), (True, 0), (False, 2)])
def test_a_limit_is_met_in_one_pass_by_what_the_unlimited_one_learned(uneven, tmp_path, monkeypatch, frugal, part):
    if part:  # as a clip of some minutes is made
        monkeypatch.setattr(result_parts, "_WHOLE", 1.0)
        monkeypatch.setattr(result_parts, "PART", part)
    clip = ClipInputs(uneven, STORY, PLAIN, GROUP, tmp_path / "work", frugal=frugal)
    tall = VideoTarget((108, 192))
    free = make_video(clip, tall, tmp_path / "free.mp4", SilentProgress())
    limits = [free.bytes * 6 // 10, free.bytes // 2]
    targets = [VideoTarget((192, 108)), replace(tall, max_bytes=limits[0]), tall, replace(tall, max_bytes=limits[1])]
    wanted = [(target, tmp_path / f"{at}.mp4") for at, target in enumerate(targets)]
    made = make_videos(clip, wanted, SilentProgress())
    for at, limit in ((1, limits[0]), (3, limits[1])):
        assert 0.85 * limit < made[at].bytes <= limit
        assert made[at].path.stat().st_size == made[at].bytes
        assert made[at].tries == 1 or part  # each part gets the same room, used or not
        assert (made[at].width, made[at].height) == tall.size


def test_a_power_cut_keeps_what_was_finished(source, tmp_path, monkeypatch):
    video = replace_video(cuts=(Cut(start=0, end=2),))
    wanted = [(TALL, tmp_path / "a.mp4"), (replace(TALL, max_seconds=1), tmp_path / "b.mp4")]
    runs = []
    real = videos.encode_targets

    def cut(job, targets, *rest):
        runs.append(job.frames)
        if len(runs) == 2:
            raise KeyboardInterrupt
        return real(job, targets, *rest)

    monkeypatch.setattr(videos, "encode_targets", cut)
    with pytest.raises(KeyboardInterrupt):
        make_videos(ClipInputs(source, STORY, video, GROUP, tmp_path / "work"), wanted, SilentProgress())
    made = make_videos(ClipInputs(source, STORY, video, GROUP, tmp_path / "work"), wanted, SilentProgress())
    assert runs[0] == 60
    assert runs[1:] == [runs[1]] * 2, "only what was not finished is made again"
    assert [round(done.seconds) for done in made] == [2, 1]
    assert not (tmp_path / "work").exists()


def test_no_room_is_told_before_anything_is_encoded(source, tmp_path, monkeypatch):
    monkeypatch.setattr(videos, "encode_targets", lambda *_: pytest.fail("encoded in vain"))
    wanted = [(TALL, tmp_path / "a.mp4"), (replace(TALL, max_bytes=20_000), tmp_path / "b.mp4")]
    with pytest.raises(UserError) as caught:
        make_videos(ClipInputs(source, STORY, PLAIN, GROUP, tmp_path / "work"), wanted, SilentProgress())
    assert caught.value.code == "video.too_long_for_size"


def test_sidecars(source, tmp_path):
    video = replace_video(cuts=(Cut(start=1, end=3.2),), subtitles=(Cue(start=2, end=3, text="Pagi & 1 < 2"),))
    for kind in ("srt", "vtt"):
        made = make(source, tmp_path, video, replace(WIDE, subtitles=kind))
        assert [path.name for path in made.sidecars] == [f"out.{kind}"]
        (cue,) = read_subtitles(made.sidecars[0].read_bytes()).cues
        assert (cue.start, cue.end, cue.text) == (1.0, 2.0, "Pagi & 1 < 2")
        assert all(changed(frame, (0, 0, *WIDE.size)) == 0 for frame in frames_of(made.path)[::10])


def test_cancelling_leaves_nothing(source, tmp_path):
    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    with pytest.raises(WorkCancelled):
        make_video(ClipInputs(source, STORY, PLAIN, GROUP, tmp_path / "work"), TALL, tmp_path / "out.mp4", Stop())
    assert not (tmp_path / "out.mp4").exists()
    assert not list((tmp_path / "work").glob("*"))


def test_the_key_knows_what_is_seen():
    def key(story=STORY, video=PLAIN, target=TALL, group=GROUP, templates=None):
        return json.dumps(
            json.loads(msgspec.json.encode(video_key(story, video, target, group, templates or {"a": "1"}))),
            sort_keys=True,
        )

    same = [
        key(video=replace_video(caption="x", alt="y", people=("p",), poster=2.0)),
        key(story=msgspec.structs.replace(STORY, headline="Lain", people=(Person(id="p", name="A"),))),
        key(group=msgspec.structs.replace(GROUP, members=("A",), accounts={"instagram": "@x"})),
    ]
    assert all(other == key() for other in same)
    other = [
        key(video=replace_video(title="x")),
        key(video=replace_video(file="w.mp4")),
        key(video=replace_video(rights="Izin lisan")),
        key(video=replace_video(origin_mark="trainedAlgorithmicMedia")),
        key(target=WIDE),
        key(target=replace(TALL, max_bytes=1)),
        key(group=msgspec.structs.replace(GROUP, colors=GroupColors(main="#000000"))),
        key(templates={"a": "2"}),
    ]
    assert len({*other, key()}) == len(other) + 1


def test_messages_exist_for_what_can_happen():
    known = MessageTexts(assets_dir() / "messages").codes()
    used = set()
    root = Path(videos.__file__).parents[2]
    for path in [*root.glob("video/*.py"), *root.glob("export/rendering/*video*.py"), *root.glob("preview/*.py")]:
        for word in path.read_text(encoding="utf-8").replace("`", '"').split('"'):
            if word.startswith(("video.", "subtitles.")) and word.count(".") == 1 and " " not in word:
                used.add(word)
    assert {word for word in used if not word.endswith(("*", "_"))} <= known


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (1080, 1350), (1920, 1080), (360, 640)])
def test_nothing_overlaps_and_all_stays_inside(size):
    place = art_layout(*size)
    assert place.top > 0
    assert place.top + 116 * place.unit < place.lower_third_top
    assert place.lower_third_top + place.name <= place.strip_top
    assert place.strip_top + place.strip <= place.height - place.foot
    if size[1] > 1.5 * size[0]:
        assert place.foot > 0.18 * size[1], "the app's own texts lie there"


def test_painted_text_keeps_inside_its_picture(tmp_path):
    artist = VideoArtist(GROUP, None, tmp_path)
    place = art_layout(1080, 1920)
    long = "Hj. Siti Rahmawati Kusumaningrum, S.Pd., M.Si. " * 2
    for path in (
        artist.paint_lower_third(place, long, long),
        artist.paint_lower_third(place, "Asep", ""),
        artist.paint_subtitle(place, "Kepala desa mengatakan bahwa perbaikan jalan akan selesai bulan depan. " * 2),
    ):
        with Image.open(path) as picture:
            box = picture.getchannel("A").getbbox()
        assert box is not None
        assert box[1] >= 0
        assert box[2] <= picture.width - 2
        assert box[3] <= picture.height
    narrow, wide = (artist.paint_lower_third(place, text, "") for text in ("Asep", "Asep Hidayat Kusuma"))
    assert narrow != wide, "named by what is painted"
    with Image.open(artist.paint_subtitle(place, "")) as blank:
        assert blank.getchannel("A").getbbox() is None


@pytest.mark.parametrize("main", ["#0f6b5c", "#f2d16b", "#ffffff", "#000000", "#b3261e", "#7a7a7a", "rusak"])
def test_text_is_readable_on_any_colour(main):
    colors = art_palette(main, "#f2b705")
    if main != "rusak":
        assert contrast_ratio(colors["on_main"], main) >= 4.5
        assert contrast_ratio(colors["accent_on_main"], main) >= 3
    assert contrast_ratio(colors["ink"], "#ffffff") >= 4.5


def test_a_logo_is_shown(source, tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (60, 60), (255, 0, 0)).save(logo)
    out = tmp_path / "out.mp4"
    video = replace_video(logo=True, cuts=(Cut(start=0, end=0.5),))
    make_video(ClipInputs(source, STORY, video, GROUP, tmp_path / "w", logo), PAINTED, out, SilentProgress())
    place = art_layout(216, 384)
    spot = frames_of(out)[5][place.top + 11, 216 - place.side - 11]
    assert spot[0] > 180
    assert spot[1] < 110


def test_a_slideshow_from_photos(tmp_path):
    photos = {}
    for number, color in enumerate([(200, 40, 40), (40, 40, 200)]):
        photos[f"p{number}"] = tmp_path / f"{number}.jpg"
        Image.new("RGB", (300, 200), color).save(photos[f"p{number}"])
    story = Story(
        id="s",
        photos=tuple(Photo(id=name, file=path.name, caption="Warga di sawah.") for name, path in photos.items()),
        slideshow=Slideshow(photos=("p1", "p0", "gone"), seconds_each=0.9, crossfade=0.3),
    )
    show = SlideshowInputs(story, tuple(photos.items()), MotionSound(), GROUP, tmp_path / "w")
    made = make_slideshow(show, PAINTED, tmp_path / "show.mp4", SilentProgress())
    frames = frames_of(made.path)
    assert made.seconds == pytest.approx(0.9 + 0.6 + CARD)
    assert frames[10][192, 108, 2] > 150
    assert frames[35][192, 108, 0] > 150
    assert frames[10][200:330].max() > 200, "the caption"
    assert not (tmp_path / "w").exists()
    assert [photo.id for photo in chosen_photos(story)] == ["p1", "p0"]
    other = msgspec.structs.replace(story, slideshow=Slideshow(photos=("p0",)))
    assert slideshow_key(story, TALL, GROUP, {}) != slideshow_key(other, TALL, GROUP, {})
    short = make_slideshow(show, replace(TALL, max_seconds=3.5), tmp_path / "b.mp4", SilentProgress())
    assert codes(short) == ["video.fewer_photos"]
    with pytest.raises(UserError) as caught:
        make_slideshow(replace(show, photos=()), TALL, tmp_path / "c.mp4", SilentProgress())
    assert caught.value.code == "video.no_photos"


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (1920, 1080), (360, 640)])
def test_subtitles_that_end_in_an_ellipsis_have_a_finding(tmp_path, size, monkeypatch):
    """Whatever the strip cannot hold in some format is found by the rules beforehand, alone or overlapping."""
    from studio.checks.completeness import check_media
    from studio.paint import image
    from studio.video.result_cues import subtitle_lines

    paint, lost = image.paint_png, []
    monkeypatch.setattr(image, "paint_png", lambda *args: lost.extend(found := paint(*args)) or found)
    artist = VideoArtist(GROUP, None, tmp_path)
    words = "warga bersama petugas membersihkan saluran irigasi sejak pagi " * 6
    for texts in (
        [words[:200]],
        [words[:150]],
        [words[:120].upper()],
        ["satu", "dua", "tiga", "empat"],
        ["satu", "dua", "tiga"],
        ["- apa?\n- ini\n- itu\n- semua"],
    ):
        cues = tuple(Cue(start=at / 10, end=9, text=text.strip()) for at, text in enumerate(texts))
        lost.clear()
        for line in subtitle_lines(cues, 30):
            artist.paint_subtitle(art_layout(*size), line.text)
        story = Story(id="s", videos=(msgspec.structs.replace(PLAIN, subtitles=cues),))
        found = [each for each in check_media(story, GROUP) if each.code == "media_subtitle_long"]
        assert found or not lost, texts


@pytest.mark.parametrize("focus", [None, (0.5, 0.5)])
def test_a_slideshow_cuts_nothing_off_that_nobody_chose(tmp_path, focus):
    wide = Image.new("RGB", (480, 180), (128, 128, 128))
    wide.paste((255, 0, 0), (0, 0, 40, 180))
    wide.paste((0, 0, 255), (440, 0, 480, 180))
    wide.save(tmp_path / "lebar.png")
    photo = Photo(id="p", file="lebar.png", focus=focus)
    story = Story(
        id="s", photos=(photo,), slideshow=Slideshow(photos=("p",), seconds_each=1.0, crossfade=0.0, zoom=False)
    )
    show = SlideshowInputs(story, (("p", tmp_path / "lebar.png"),), MotionSound(), GROUP, tmp_path / "w")
    video = make_slideshow(show, TALL, tmp_path / "show.mp4", SilentProgress())
    still = slideshow_still(show, TALL, TALL.size)
    shown = (np.asarray(Image.frombytes("RGB", TALL.size, still.rgb)), frames_of(video.path)[0])
    for picture in shown:
        row = picture[TALL.size[1] // 2].astype(int)
        reds, blues = (row[:, 0] - row[:, 2] > 120), (row[:, 2] - row[:, 0] > 120)
        assert (reds.any() and blues.any()) == (focus is None)


def test_hum_is_taken_out_of_a_clip_that_asks_for_it(tmp_path):
    path = tmp_path / "dengung.mp4"
    hum = "aevalsrc='0.1*sin(2*PI*1000*t)+0.1*sin(2*PI*50*t)':d=1:s=48000"
    args = ["-f", "lavfi", "-i", "color=0x808080:s=96x170:r=30:d=1", "-f", "lavfi", "-i", hum]
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    subprocess.run([ffmpeg_path(), "-v", "error", *args, *codec, str(path)], stdin=subprocess.DEVNULL, check=True)
    small = VideoTarget((96, 170))
    clips = [msgspec.structs.replace(PLAIN, clean_sound=clean) for clean in (False, True)]
    for number in range(2):
        (tmp_path / f"{number}").mkdir()
    before, after = (make(path, tmp_path / f"{n}", video, small).path for n, video in enumerate(clips))
    assert rumble_of(before) - rumble_of(after) > 15
    assert loudness_of(after) == pytest.approx(-16.0, abs=0.7)
    assert video_key(STORY, clips[0], small, GROUP, {}) != video_key(STORY, clips[1], small, GROUP, {})


def greedy_ffmpeg(folder, spared):
    """An ffmpeg whose encoder the system kills for want of memory, unless ``spared`` stands among its arguments."""
    program = folder / "ffmpeg"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *{spared}*) ;; *libx264*) kill -9 $$ ;; esac\nexec "{ffmpeg_path()}" "$@"\n'
    )
    program.chmod(0o755)
    return program


def test_an_encoder_killed_for_want_of_memory_is_tried_with_less(source, tmp_path, monkeypatch):
    video = replace_video(cuts=(Cut(start=1, end=1.5),), logo=True)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(greedy_ffmpeg(tmp_path, "filter_complex_threads")))
    monkeypatch.setattr(videos, "has_little_memory", lambda: False)
    assert make(source, tmp_path, video).seconds == pytest.approx(0.5)


def test_an_encoder_killed_again_says_that_memory_ran_out(source, tmp_path, monkeypatch):
    video = replace_video(cuts=(Cut(start=1, end=1.5),), logo=True)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(greedy_ffmpeg(tmp_path, "nothing-spares-it")))
    with pytest.raises(UserError) as caught:
        make(source, tmp_path, video)
    assert caught.value.code == "video.out_of_memory"
