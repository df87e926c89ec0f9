"""A cover on a clip has the colour that was chosen for it, whatever matrix and range the recording is stored in."""

from __future__ import annotations

import av
import pytest

from studio.base.progress import SilentProgress
from studio.video.cover_color import drawbox_color
from studio.video.encode import encode_targets
from studio.video.job import CoverBox, KeptPiece, VideoFormat, VideoJob
from studio.video.probe import probe_clip

HD = ("-c:v", "libx264", "-vf", "scale=1280:720:out_color_matrix=bt709,format=yuv420p", "-colorspace", "bt709")
KINDS = {
    "hd.mp4": (*HD, "-color_primaries", "bt709", "-color_trc", "bt709"),
    "untold.mp4": ("-c:v", "libx264", "-pix_fmt", "yuv420p"),  # small and not tagged: BT.601
    "full.avi": ("-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"),
    "rgb.mkv": ("-c:v", "ffv1", "-pix_fmt", "gbrp"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("color", ["#c02020", "#1f2933", "#2060c0"])
def test_a_cover_has_its_colour(workshop, tmp_path, kind, color):
    clip = probe_clip(workshop.clip(kind, *KINDS[kind], "-t", "0.5"))
    cover = CoverBox((0, 0, clip.width, clip.height), 0.0, 9.0, color)
    out = tmp_path / "o.mp4"
    encode_targets(
        VideoJob(clip, (KeptPiece(0.0, 6),), covers=(cover,)),
        [VideoFormat(160, 90, str(out))], tmp_path, SilentProgress(), "x",
    )  # fmt: skip
    with av.open(str(out)) as result:
        seen = next(result.decode(video=0)).to_ndarray(format="rgb24")[45, 80]
    wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    assert max(abs(int(one) - other) for one, other in zip(seen, wanted, strict=True)) <= 5


def test_what_cannot_be_told_is_the_nearest_colour():
    assert drawbox_color("#ff0000", "bt709", full_range=False, pixels="yuv420p") == "#e90002"
    assert drawbox_color("#808080", "bt709", full_range=False, pixels="yuv420p") == "#808080"
    assert drawbox_color("#c02020", "smpte170m", full_range=False, pixels="yuv420p") == "#c02020"
