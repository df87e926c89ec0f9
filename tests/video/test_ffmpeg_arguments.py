"""The arguments given to ffmpeg, against golden lists; the planner is pure."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.video.clip import ClipFacts, SoundTrack
from studio.video.ffmpeg_arguments import compile_plan, loudness_plan
from studio.video.job import (
    CoverBox,
    EncoderRate,
    ImageOverlay,
    KeptPiece,
    SubtitleImage,
    SubtitleTrack,
    VideoFormat,
    VideoJob,
    layers_of,
    part_of,
)
from studio.video.orientation import ClipOrientation
from studio.video.plan_layers import deck_script
from studio.video.result_parts import encoder_parts

GOLDEN = Path(__file__).parent / "golden"
CLIP = ClipFacts(
    path=PurePosixPath("clip.mp4"), stream=0, container="mov,mp4,m4a,3gp,3g2,mj2", start=0.0, seconds=60.0,
    width=1920, height=1080, stored=(1920, 1080), aspect=Fraction(1), orientation=ClipOrientation((0, 0, 1920, 1080)),
    tick=Fraction(1, 90_000), fps=30.0, variable=False,
    codec="h264", pixels="yuv420p", depth=8, transfer="sdr", matrix="bt709", interlaced=False, seekable=True,
    sound=SoundTrack(1, "aac", 48_000, 2),
)  # fmt: skip
JOB = VideoJob(CLIP, (KeptPiece(2.0, 225, late=0.0157, opened=1.9667),))
TALL = VideoFormat(1080, 1920, "tall.mp4")
SUBTITLES = SubtitleTrack(64, 1305, "blank.png", (SubtitleImage("one.png", 30, 60), SubtitleImage("two.png", 75, 120)))

CASES = {
    "crop": (JOB, [TALL]),
    "pad": (replace(JOB, reframe="pad"), [TALL]),
    "from-the-start-unlevelled": (replace(JOB, pieces=(KeptPiece(0.0, 30),)), [VideoFormat(1920, 1080, "wide.mp4")]),
    "two-pieces-with-focus": (
        replace(JOB, pieces=(KeptPiece(14.0, 180, (0.9, 0.5), 0.0157, 14.0), *JOB.pieces), focus=(0.2, 0.5), gain=4.5),
        [TALL],
    ),
    "everything-over-it": (
        replace(JOB, lead=75, tail=75, fade=15, gain=-2.25),
        [
            replace(
                TALL,
                layers=(
                    ImageOverlay("mark.png", 900, 250),
                    ImageOverlay("name.png", 64, 1049, 93, 150, 9, 9),
                    SUBTITLES,
                ),
            )
        ],
    ),
    "covers": (
        replace(
            JOB,
            covers=(
                CoverBox((848, 200, 1072, 394), 0.0, float("inf"), "#1f2933"),
                CoverBox((944, 524, 1168, 664), 4.0, 6.0, "#808080"),
                CoverBox((944, 524, 1168, 664), 40.0, 50.0, "#000000"),
                CoverBox((-16, -16, 208, 124), 0.0, 60.0, "#000000"),
            ),
        ),
        [TALL],
    ),
    "three-formats": (JOB, [TALL, VideoFormat(1080, 1080, "square.mp4"), VideoFormat(1920, 1080, "wide.mp4")]),
    "under-a-limit": (JOB, [replace(TALL, rate=EncoderRate(peak=1870, audio=96, pass_=1, log="work/pass"))]),
    "frugal": (replace(JOB, frugal=True), [replace(TALL, rate=EncoderRate(threads=1))]),
    "second-pass": (JOB, [replace(TALL, rate=EncoderRate(crf=None, kbit=1900, audio=96, pass_=2, log="work/pass"))]),
    "odd-old-clip": (
        replace(
            JOB,
            fps=25,
            clip=replace(
                CLIP, container="mpegts", seekable=False, interlaced=True, aspect=Fraction(64, 45),
                width=1024, height=576,
                stored=(720, 576), orientation=ClipOrientation((0, 0, 720, 576)), matrix="",
                sound=SoundTrack(2, "mp2", 44_100, 1),
            ),
        ),
        [TALL],
    ),
    "hlg": (replace(JOB, clip=replace(CLIP, transfer="hlg", matrix="bt2020nc", depth=10)), [TALL]),
    "hlg-without-tone-map": (
        replace(JOB, tone_map=False, clip=replace(CLIP, transfer="hlg", matrix="bt2020nc", depth=10)),
        [TALL],
    ),
    "turned-and-cropped": (
        replace(
            JOB,
            own_crop=True,
            clip=replace(
                CLIP,
                orientation=ClipOrientation((80, 30, 1600, 900), mirrored=True, quarters=1),
                width=900,
                height=1600,
            ),
        ),
        [TALL],
    ),
    "coarse-times": (
        replace(
            JOB, pieces=(KeptPiece(0.5, 90, None, 0.0157, 7 / 15),), clip=replace(CLIP, tick=Fraction(1, 15), fps=15.0)
        ),
        [TALL],
    ),
    "a-picture-that-stands": (replace(JOB, pieces=(KeptPiece(20.0, 150, None, 0.0157, 1.0, 150),)), [TALL]),
    "no-sound": (replace(JOB, clip=replace(CLIP, sound=None), lead=75), [TALL]),
}  # fmt: skip


def as_text(made) -> str:
    """One argument a line, graphs broken at their chains."""
    lines = [argument.replace(";", ";\n    ") for argument in made.args]
    return "\n".join([*lines, *(f"== {name}\n{text}" for name, text in made.files)]) + "\n"


def compare(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KIM_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_arguments(name):
    compare(name, as_text(compile_plan(*CASES[name])))


@pytest.mark.parametrize("streams", ["video", "audio"])
def test_one_stream_alone(streams):
    compare(f"only-{streams}", as_text(compile_plan(JOB, [TALL], streams)))


def test_loudness():
    compare("loudness", as_text(loudness_plan(replace(JOB, pieces=(KeptPiece(2.0, 225), KeptPiece(14.0, 180))))))


def test_names_cannot_be_read_as_options_or_quotes():
    made = compile_plan(replace(JOB, clip=replace(CLIP, path=PurePosixPath("-y; rm 'x'.mp4"))), [TALL])
    assert "file:-y; rm 'x'.mp4" in made.args
    script = deck_script(SubtitleTrack(0, 0, "blank.png", (SubtitleImage("it's.png", 0, 3),)), 30)
    assert "file 'it'\\''s.png'" in script


def test_overlapping_cards_follow_each_other():
    script = deck_script(
        SubtitleTrack(0, 0, "blank.png", (SubtitleImage("b.png", 10, 30), SubtitleImage("a.png", 0, 20))), 10
    )
    times = [line for line in script.splitlines() if not line.startswith("option")]
    assert times == [
        "ffconcat version 1.0", "file 'a.png'", "duration 2", "file 'b.png'", "duration 1", "file 'blank.png'",
        "duration 0.1",
    ]  # fmt: skip


pieces = st.lists(
    st.builds(KeptPiece, start=st.integers(0, 50).map(float), frames=st.integers(1, 4000)), min_size=1, max_size=20
)
jobs = st.builds(
    lambda pieces, lead, tail: replace(JOB, pieces=tuple(pieces), lead=lead, tail=tail),
    pieces, st.integers(0, 90), st.integers(0, 90),
)  # fmt: skip


def source_frames(job: VideoJob) -> list[object]:
    """Where each frame of the result comes from."""
    inner = [round(piece.start * job.fps) + at for piece in job.pieces for at in range(piece.frames)]
    return ["lead"] * job.lead + inner + ["tail"] * job.tail


@given(jobs, st.data())
def test_parts_laid_end_to_end_are_the_whole(job, data):
    stills = tuple(
        ImageOverlay("x.png", 0, 0, data.draw(st.integers(0, max(0, job.frames - 150))), 150, 9, 9)
        for _ in range(data.draw(st.integers(0, 2)) if job.frames > 150 else 0)
    )
    stretches = encoder_parts(job, stills)
    assert stretches[0][0] == 0
    assert stretches[-1][1] == job.frames
    assert all(before[1] == after[0] for before, after in pairwise(stretches))
    parts = [part_of(job, *stretch) for stretch in stretches]
    assert [frame for part in parts for frame in source_frames(part)] == source_frames(job)
    for first, last in stretches:
        assert not any(
            still.first < border < still.first + still.frames for still in stills for border in (first, last)
        )
        assert len(part_of(job, first, last).pieces) <= 8 + 4


@given(st.integers(0, 100), st.integers(1, 100))
def test_layers_of_a_stretch(first, length):
    layers = (ImageOverlay("m.png", 0, 0), SUBTITLES)
    kept = layers_of(layers, first, first + length)
    assert kept[0] == layers[0]
    shown = {
        first + frame: card.file for layer in kept[1:] for card in layer.cards for frame in range(card.first, card.last)
    }
    assert shown == {
        frame: card.file
        for card in SUBTITLES.cards
        for frame in range(card.first, card.last)
        if first <= frame < first + length
    }


def test_a_graph_too_long_for_a_command_goes_into_a_file():
    """Windows takes 32,767 characters a command: clips with many pieces and ellipses need more."""
    covers = tuple(CoverBox((860 + 2 * n, 0, 1060 + 2 * n, 400), 0.0, 60.0, "#202020", ellipse=True) for n in range(6))
    target = VideoFormat(540, 960, "a.mp4")
    long, short = compile_plan(replace(JOB, covers=covers), [target]), compile_plan(JOB, [target])
    ((name, graph),) = long.files
    assert (name, graph.count("drawbox") > 300) == ("a.mp4.graph", True)
    assert name in long.args
    assert sum(map(len, long.args)) < 2_000
    assert short.files == ()
