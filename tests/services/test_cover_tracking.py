"""A cover that follows a face: nothing of it shows in the post; where it could not be followed, somebody is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.moving_covers import FPS, SCENES, drawn_box, line, tried, write_clip
from studio.base.errors import WorkCancelled
from studio.services.cover_tracking import follow_path, track_cover
from studio.story.cover_path import box_at, path_doubts, path_of, with_path
from studio.story.model import Cover, CoverKeyframe
from studio.video.cover_tracker import TrackedBox
from studio.video.grey_frames import grey_frames
from studio.video.path_keyframes import thin_path
from studio.video.probe import probe_clip

SHORT = {
    "is crossed": replace(SCENES["is crossed"], frames=100, bar=lambda n: -30 + 6.0 * n),
    "leaves": replace(SCENES["leaves"], frames=75, way=line(480, 160, 4.5)),
    "cut to another scene": replace(SCENES["cut to another scene"], frames=50, cut=25),
}
"""What matters of these scenes happens at once, and little comes after."""


class Watch:
    """Keeps what was reported; stops after ``most`` reports."""

    def __init__(self, most=10_000):
        self.said, self.most = [], most

    def report(self, done, total, what):
        self.said.append(done / total)
        if len(self.said) > self.most:
            raise WorkCancelled


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lacak")
    return tried("is crossed", SHORT["is crossed"], folder), folder / "is-crossed.mp4"


def test_a_face_that_is_crossed_is_never_bare_and_asked_about(crossed):
    row, _ = crossed
    assert (row.bare, row.silent) == (0, 0)
    assert row.right >= 0.85 * row.frames
    (doubt,) = row.doubts
    assert doubt[0] < 1.5 < doubt[1] < 2.1  # the bar is over the face from picture 28 to 50


def test_tracking_reports_how_far_it_is_and_can_be_stopped(crossed):
    clip, scene = probe_clip(crossed[1]), SHORT["is crossed"]
    cover = Cover(box=drawn_box(scene), end=0.5)
    watch = Watch()
    found = track_cover(clip, cover, 0.0, "on", watch)
    assert watch.said == sorted(watch.said)
    assert watch.said[-1] == 1.0
    assert (found[0].at, found[-1].at) == (0.0, 0.5)
    with pytest.raises(WorkCancelled):
        track_cover(clip, cover, 0.0, "on", Watch(3))


@pytest.mark.parametrize(("name", "reason", "at"), [("leaves", "edge", 1.9), ("cut to another scene", "scene", 1.1)])
def test_where_nothing_is_left_to_follow_the_whole_picture_is_covered_and_asked_about(tmp_path, name, reason, at):
    scene, path = SHORT[name], tmp_path / "klip.mp4"
    write_clip(scene, path)
    cover = Cover(box=drawn_box(scene))
    found = follow_path(cover, track_cover(probe_clip(path), cover, 0.0, "on", Watch()), "on")
    (doubt,) = path_doubts(found)
    assert doubt.reason == reason
    assert box_at(found, at + 0.5) == (0.0, 0.0, 1.0, 1.0)


def test_what_was_before_the_place_tracking_began_at_stays():
    cover = with_path(Cover(), [CoverKeyframe(at=at, box=(at / 10, 0.1, 0.1, 0.1)) for at in (0.0, 1.0, 2.0, 4.0)])
    found = tuple(CoverKeyframe(at=at, box=(0.5, 0.5, 0.1, 0.1)) for at in (1.5, 3.0))
    times = {way: [frame.at for frame in path_of(follow_path(cover, found, way))] for way in ("on", "back", "both")}
    assert times == {"on": [0.0, 1.0, 1.5, 3.0], "back": [1.5, 3.0, 4.0], "both": [1.5, 3.0]}


def test_pictures_come_backward_as_they_came_forward(crossed):
    clip = probe_clip(crossed[1])
    on = [frame.seconds for frame in grey_frames(clip, 0.51, 2.2, 64)]
    back = [frame.seconds for frame in grey_frames(clip, 0.51, 2.2, 64, backward=True)]
    assert back == on[::-1]
    assert on == pytest.approx([number / FPS for number in range(15, 67)])


def test_few_keyframes_hide_all_that_was_found():
    found = [
        TrackedBox(
            number / 30,
            (0.1 + 0.004 * number, 0.3 + 0.002 * (number % 2), 0.1, 0.2),
            "lost" if 40 <= number < 50 else "",
        )
        for number in range(90)
    ]
    cover = with_path(Cover(), thin_path(found))
    assert len(path_of(cover)) < 20
    (doubt,) = path_doubts(cover)
    assert doubt.start <= 39.001 / 30
    assert doubt.end >= 49.999 / 30
    for each in found:
        x, y, wide, high = box_at(cover, each.seconds)
        assert x <= each.box[0] + 1e-4
        assert y <= each.box[1] + 1e-4
        assert x + wide >= each.box[0] + 0.1 - 1e-4
        assert y + high >= each.box[1] + 0.2 - 1e-4
