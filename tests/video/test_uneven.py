"""Clips whose picture changes its size on the way."""

from __future__ import annotations

import pytest

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.services.media_import import bring_files, sort_out
from studio.store.media_files import copy_in
from studio.story.model import Cut
from studio.video.clip_pictures import frame_at
from studio.video.probe import probe_clip
from studio.video.trim import trim_clip
from tests.video.conftest import coded, number_of

# With several threads VP8 spends half a second of processor time waiting in circles for a second of small pictures.
WEBM = ("-c:v", "libvpx", "-threads", "1", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M")
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30")


def joined(workshop, ending, codec, sizes):
    """A second of each size, one after the other, without re-encoding: what a browser does when a window changes."""
    parts = []
    for number, size in enumerate(sizes):
        part = workshop.folder / f"part-{size.replace(':', 'x')}-{number}.{ending}"
        data = b"".join(coded(30 * number + at).tobytes() for at in range(30))
        raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "192x108", "-r", "30", "-i", "pipe:0")
        filters = f"scale={size}:flags=area" + (",format=yuvj420p" if number == 1 and ending == "ts" else "")
        workshop.ff(*raw, "-vf", filters, *codec, part.name, data=data)
        parts.append(part)
    path = workshop.folder / f"joined-{'-'.join(sizes).replace(':', 'x')}.{ending}"
    script = workshop.folder / f"{path.stem}.ffconcat"
    script.write_text("ffconcat version 1.0\n" + "".join(f"file '{part.name}'\n" for part in parts))
    workshop.ff("-f", "concat", "-safe", "0", "-i", script.name, "-c", "copy", path.name)
    return path


@pytest.mark.parametrize(("ending", "codec"), [("webm", WEBM), ("ts", X264)])
def test_another_size_on_the_way_is_evened_out(workshop, tmp_path, ending, codec):
    path = joined(workshop, ending, codec, ("192:108", "96:54", "144:80"))
    result = workshop.make(workshop.job(path, [Cut(start=0.5, end=1.5), Cut(start=1.8, end=2.8)]), tmp_path)
    wanted = [*range(15, 45), *range(54, 84)]
    assert all(abs(got - number) <= (ending == "ts") for got, number in zip(result.numbers, wanted, strict=True))
    late = frame_at(probe_clip(path), 1.505)
    assert (late.width, late.height) == (192, 108)


@pytest.mark.parametrize(("ending", "codec"), [("webm", WEBM), ("ts", X264)])
def test_another_shape_is_refused_with_its_place(workshop, tmp_path, ending, codec):
    path = joined(workshop, ending, codec, ("192:108", "64:108"))
    with pytest.raises(UserError) as caught:
        workshop.make(workshop.job(path, [Cut(start=0.2, end=1.4)]), tmp_path / "a")
    assert caught.value.code == "video.changes_shape"
    assert caught.value.facts["seconds"] == pytest.approx(1.0, abs=0.1)
    before = workshop.make(workshop.job(path, [Cut(start=0.2, end=0.8)]), tmp_path / "b")
    assert abs(number_of(before.frames[0]) - 6) <= 1


def glued(workshop, ending, codec, count):
    """Recordings of a second each, glued together byte by byte: the clock of each begins anew."""
    data = b""
    for number in range(count):
        part = workshop.folder / f"glued-{number}.{ending}"
        frames = b"".join(coded(30 * number + at).tobytes() for at in range(30))
        raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "192x108", "-r", "30", "-i", "pipe:0")
        sound = ("-f", "lavfi", "-i", f"sine={440 + 200 * number}:d=1")
        # The last part goes on with a clock far ahead, where a container can tell that.
        late = ("-output_ts_offset", "400") if number == 2 and ending == "ts" else ()
        workshop.ff(*raw, *sound, *codec, *late, part.name, data=frames)
        data += part.read_bytes()
    path = workshop.folder / f"glued-of-{count}.{ending}"
    path.write_bytes(data)
    return path


VP8 = (*WEBM, "-c:a", "libopus")


@pytest.mark.parametrize(
    ("ending", "codec", "count"),
    [
        ("ts", (*X264, "-bf", "2"), 3),
        ("mpg", ("-c:v", "mpeg2video", "-q:v", "2"), 3),
        ("webm", VP8, 2),
        # What comes in another order than it is shown has no times of decoding in Matroska.
        ("mkv", (*X264, "-bf", "2"), 3),
    ],
)
def test_glued_recordings_come_in_with_one_clock(workshop, tmp_path, ending, codec, count):
    path = glued(workshop, ending, codec, count)
    with pytest.raises(UserError) as caught:  # as it lay in stories before
        probe_clip(path)
    assert caught.value.code == "video.clock_restarts"
    assert caught.value.facts["seconds"] == pytest.approx(1.0, abs=0.1)
    room = tmp_path / "media"
    came = bring_files(lambda file: copy_in(file, room, SilentProgress()), sort_out([path]), frozenset(), "", Still())
    assert [(trouble.code, trouble.facts["count"]) for trouble in came.troubles] == [("video.joined", count)]
    video = came.videos[0]
    # Between two parts the sound of the first may run on for a picture or two.
    assert video.seconds == pytest.approx(count, abs=0.2)
    assert video.name == path.name
    end = count - 0.5
    result = workshop.make(workshop.job(room / video.file, [Cut(start=0.5, end=end)]), tmp_path)
    wanted = range(15, round(30 * end))
    assert all(abs(got - number) <= 5 for got, number in zip(result.numbers, wanted, strict=True))
    trimmed = trim_clip(path, [], tmp_path / "trimmed.mp4", SilentProgress())
    assert trimmed.seconds == pytest.approx(count, abs=0.2)
    assert trimmed.notices[0].code == "video.joined"


def test_a_glued_part_of_another_codec_is_not_lost_in_silence(workshop, tmp_path):
    path = tmp_path / "glued.mkv"
    for number, codec in enumerate((X264, VP8)):
        part = workshop.folder / f"other-{number}.mkv"
        workshop.ff("-f", "lavfi", "-i", "testsrc2=s=96x54:r=30:d=1", *codec, part.name)
        with path.open("ab") as file:
            file.write(part.read_bytes())
    came = bring_files(lambda file: file.name, sort_out([path]), frozenset(), "", Still())
    assert not came.videos
    assert [trouble.code for trouble in came.troubles] == ["video.clock_restarts"]


@pytest.mark.parametrize(
    ("ending", "codec"),
    [
        ("mp4", X264),
        ("mov", (*X264, "-movflags", "frag_keyframe+empty_moov")),
        ("ts", X264),
        ("avi", ("-c:v", "mpeg4")),
        ("flv", X264),
        ("wmv", ("-c:v", "wmv2")),
        ("ogv", ("-c:v", "libtheora")),
    ],
)
def test_recordings_behind_the_first_are_told_of(workshop, tmp_path, ending, codec):
    parts = [workshop.folder / f"behind-{number}.{ending}" for number in range(2)]
    for number, part in enumerate(parts):
        other = ("-mpegts_start_pid", "768") if number and ending == "ts" else ()
        workshop.ff("-f", "lavfi", "-i", "testsrc2=s=96x54:r=30:d=1", *codec, *other, part.name)
    path = tmp_path / f"glued.{ending}"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    for source, told in ((parts[0], []), (path, [("video.only_first", 1.0)])):
        came = bring_files(lambda file: file.name, sort_out([source]), frozenset(), "", Still())
        assert [(each.code, each.facts["seconds"]) for each in came.troubles] == told
        assert came.videos[0].seconds == pytest.approx(1.0, abs=0.1)


class Still:
    """Progress that holds whoever reports to what was promised: never back, never beyond the end."""

    def __init__(self):
        self.done = 0.0

    def report(self, done, total, what):
        assert self.done <= done <= total
        self.done = done


def turned_on_the_way(workshop, first, second):
    """Two seconds of a transport stream, each with its own turn said by the stream itself (H.264 SEI)."""
    parts = []
    for number, turn in enumerate((first, second)):
        part = workshop.folder / f"turn-{number}.ts"
        data = b"".join(coded(30 * number + at).tobytes() for at in range(30))
        raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "192x108", "-r", "30", "-i", "pipe:0")
        told = ("-bsf:v", f"h264_metadata=display_orientation=insert:{turn}") if turn else ()
        workshop.ff(*raw, *X264, *told, part.name, data=data)
        parts.append(part)
    script = workshop.folder / "turns.ffconcat"
    script.write_text("ffconcat version 1.0\n" + "".join(f"file '{part.name}'\n" for part in parts))
    path = workshop.folder / "turns.ts"
    workshop.ff("-f", "concat", "-safe", "0", "-i", script.name, "-c", "copy", path.name)
    return path


@pytest.mark.parametrize(("first", "second"), [("", "flip=horizontal"), ("rotate=180", "flip=horizontal")])
def test_another_turn_is_refused_with_its_place(workshop, tmp_path, first, second):
    path = turned_on_the_way(workshop, first, second)
    with pytest.raises(UserError) as caught:
        workshop.make(workshop.job(path, [Cut(start=0.2, end=1.4)]), tmp_path / "a")
    assert caught.value.code == "video.changes_turn"
    assert caught.value.facts["seconds"] == pytest.approx(1.0, abs=0.1)
    assert len(workshop.make(workshop.job(path, [Cut(start=0.2, end=0.8)]), tmp_path / "b").frames) == 18
