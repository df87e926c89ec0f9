"""Subtitles after cutting, shortening and splitting: laws of the pure parts."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.story.model import Cue, Cut
from studio.video.job import KeptPiece, pieces_of
from studio.video.result_cues import retime_cues, subtitle_lines
from studio.video.result_parts import shorten_pieces, split_cuts
from tests.video.test_ffmpeg_arguments import CLIP, JOB


def quiet(start, end):
    """A quiet place in the middle."""
    return (start + end) / 2


def test_subtitles_follow_their_pieces():
    job = replace(JOB, pieces=(KeptPiece(10.0, 60), KeptPiece(2.0, 60)), lead=30)
    cues = [
        Cue(start=2.5, end=3.0, text="tengah"),
        Cue(start=9.0, end=10.5, text="awal"),
        Cue(start=11.95, end=13.0, text="sisa sekejap"),
        Cue(start=30.0, end=31.0, text="dibuang"),
    ]
    moved = [(cue.text, cue.start, cue.end) for cue in retime_cues(cues, job)]
    assert moved == [("awal", 1.0, 1.5), ("tengah", 3.5, 4.0)]


def test_overlapping_subtitles_stand_one_under_the_other():
    cues = [Cue(start=0, end=2, text="satu"), Cue(start=1, end=3, text="dua")]
    assert [(line.first, line.last, line.text) for line in subtitle_lines(cues, 10)] == [
        (0, 10, "satu"), (10, 20, "satu\ndua"), (20, 30, "dua"),
    ]  # fmt: skip


def test_lines_are_joined_except_between_speakers():
    shown = subtitle_lines([Cue(start=0, end=1, text="satu\ndua"), Cue(start=1, end=2, text="- Ya?\n- Ya.")], 10)
    assert [line.text for line in shown] == ["satu dua", "- Ya?\n- Ya."]


cues = st.lists(
    st.builds(
        lambda start, length, text: Cue(start=start, end=start + length, text=text),
        st.floats(0, 60), st.floats(0.05, 9), st.sampled_from(["a", "b.", "c"]),
    ),
    max_size=8,
)  # fmt: skip


@given(cues)
def test_lines_never_overlap(cues):
    shown = subtitle_lines(cues, 30)
    assert all(line.last > line.first and line.text for line in shown)
    assert all(before.last <= after.first for before, after in itertools.pairwise(shown))


def test_cuts_are_held_inside_the_clip():
    cuts = [
        Cut(start=-1, end=1),
        Cut(start=59, end=70),
        Cut(start=5, end=5),
        Cut(start=80, end=90),
        Cut(start=7, end=6),
    ]
    assert [(piece.start, piece.frames) for piece in pieces_of(CLIP, cuts, 30)] == [(0.0, 30), (59, 30)]
    with pytest.raises(UserError) as caught:
        pieces_of(CLIP, [Cut(start=80, end=90)], 30)
    assert caught.value.code == "video.nothing_kept"


def test_shortened_at_the_end_of_a_sentence():
    said = [Cue(start=1, end=8.2, text="Satu."), Cue(start=8.2, end=9.5, text="dua, tiga")]
    (piece,) = shorten_pieces((KeptPiece(0.0, 600),), 30, 300, said, quiet)
    assert piece.frames == round(8.3 * 30)
    (piece,) = shorten_pieces((KeptPiece(0.0, 600),), 30, 300, said[1:], quiet)
    assert piece.frames == round(9.6 * 30)
    (piece,) = shorten_pieces((KeptPiece(0.0, 600),), 30, 300, [], quiet)
    assert piece.frames == round((7.5 + 10) / 2 * 30)


pieces = st.lists(
    st.builds(KeptPiece, start=st.integers(0, 40).map(float), frames=st.integers(1, 900)), min_size=1, max_size=6
)


@given(pieces, st.integers(1, 2000), cues)
def test_shortening_keeps_the_beginning_and_never_exceeds(pieces, most, cues):
    kept = shorten_pieces(pieces, 30, most, cues, quiet)
    total = sum(piece.frames for piece in kept)
    assert 0 < total <= most
    assert total >= min(most, sum(piece.frames for piece in pieces)) * 0.7 - 1
    for got, was in zip(kept, pieces, strict=False):
        assert got.start == was.start
        assert got.frames <= was.frames
    assert kept[:-1] == tuple(pieces[: len(kept) - 1])


cuts = st.lists(
    st.builds(
        lambda start, length: Cut(start=start, end=start + length),
        st.integers(0, 30).map(float), st.integers(1, 30).map(float),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@given(cuts, st.integers(2, 40).map(float))
def test_splitting_loses_nothing(cuts, seconds):
    parts = split_cuts(CLIP, cuts, seconds, quiet)
    assert all(sum(cut.end - cut.start for cut in part) <= seconds + 1e-6 for part in parts)
    assert all(part for part in parts)
    joined: list[list[float]] = []
    for cut in (cut for part in parts for cut in part):
        if joined and abs(joined[-1][1] - cut.start) < 1e-9:
            joined[-1][1] = cut.end
        else:
            joined.append([cut.start, cut.end])
    whole: list[list[float]] = []
    for cut in cuts:
        if whole and abs(whole[-1][1] - cut.start) < 1e-9:
            whole[-1][1] = cut.end
        else:
            whole.append([cut.start, cut.end])
    assert joined == whole


def test_splitting_a_whole_clip():
    parts = split_cuts(CLIP, [], 25, quiet)
    assert parts[0][0].start == 0
    assert parts[-1][-1].end == CLIP.seconds
    assert len(parts) == 3
