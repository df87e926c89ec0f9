"""The ledger forgets nothing: rows, evidence, answers and verdicts stay, whatever is done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story import claims
from studio.story.claims import LedgerStamp
from studio.story.model import Claim, ClaimContact, ClaimEvidence, Photo, Slideshow, Story

START = datetime.fromisoformat("2026-11-22T08:00:00+07:00")


def at(minutes: float, by: str = "Siti") -> LedgerStamp:
    return LedgerStamp((START + timedelta(minutes=minutes)).isoformat(timespec="seconds"), by)


def story_with(**fields) -> Story:
    return Story(id="s", kind="factcheck", claims=(Claim(id="c", text="Bansos lewat tautan", **fields),))


def only(story: Story) -> Claim:
    (claim,) = story.claims
    return claim


def test_a_new_row_is_under_examination_and_shown_in_a_fact_check():
    edit, name = claims.add_claim(Story(id="s", kind="factcheck"), "Air sumur beracun", at(0))
    row = claims.find_claim(edit.apply(Story(id="s", kind="factcheck")), name)
    assert (row.verdict, row.public, row.received, row.checker) == ("checking", True, "2026-11-22", "Siti")
    edit, name = claims.add_claim(Story(id="s"), "Air sumur beracun", at(0))
    assert not claims.find_claim(edit.apply(Story(id="s")), name).public


def test_typing_is_one_line_of_the_log_and_a_later_change_another():
    story = story_with()
    for minutes, text in ((0, "B"), (0.1, "Be"), (0.2, "Beredar")):
        story = claims.set_text("c", "explanation", text, at(minutes)).apply(story)
    story = claims.set_text("c", "explanation", "Tidak beredar", at(30)).apply(story)
    told = [(line.before, line.after) for line in only(story).changes]
    assert told == [("", "Beredar"), ("Beredar", "Tidak beredar")]


def test_typing_that_is_taken_back_leaves_no_line_and_somebody_else_has_one_of_their_own():
    story = claims.set_text("c", "kind", "photo", at(0)).apply(story_with())
    assert not only(claims.set_text("c", "kind", "", at(1)).apply(story)).changes
    story = claims.set_text("c", "kind", "video", at(1, "Budi")).apply(story)
    assert [line.by for line in only(story).changes] == ["Siti", "Budi"]


def test_every_verdict_is_kept():
    story = story_with()
    for number, verdict in enumerate(("false", "checking", "misleading")):
        story = claims.set_verdict("c", verdict, at(number)).apply(story)
    row = only(story)
    assert [line.after for line in row.changes] == ["false", "checking", "misleading"]
    assert (row.verdict, row.date, row.checker) == ("misleading", "2026-11-22", "Siti")
    assert not only(claims.set_verdict("c", "", at(9)).apply(story)).date


def test_closing_needs_a_reason_and_takes_the_row_out_of_the_count():
    story = story_with()
    assert claims.close_claim("c", " ", at(0)).apply(story) is story
    closed = claims.close_claim("c", "Tidak dipakai lagi", at(0)).apply(story)
    assert not claims.open_claims(closed)
    again = claims.reopen_claim("c", at(5)).apply(closed)
    assert claims.open_claims(again)
    assert [(line.before, line.after) for line in only(again).changes] == [
        ("", "Tidak dipakai lagi"),
        ("Tidak dipakai lagi", ""),
    ]


def test_struck_evidence_stays_and_no_longer_counts():
    story = claims.add_evidence("c", ClaimEvidence(file="ab.jpg", name="layar.jpg", sha256="ab"), at(0)).apply(
        story_with()
    )
    assert claims.add_evidence("c", ClaimEvidence(file="ab.jpg"), at(1)).apply(story) is story
    story = claims.strike_evidence("c", 0, "Salah berkas", at(2)).apply(story)
    assert only(story).evidence[0].struck == "Salah berkas"
    assert only(story).evidence[0].when == at(0).when
    assert not claims.evidence_of(only(story))
    assert claims.strike_evidence("c", 3, "Tidak ada", at(3)).apply(story) is story


def test_an_edit_of_an_unknown_row_or_without_a_change_returns_the_same_story():
    story = story_with()
    assert claims.set_text("x", "text", "Lain", at(0)).apply(story) is story
    assert claims.set_flag("c", "public", False, at(0)).apply(story) is story
    assert claims.set_step("c", "stop", "", at(0)).apply(story) is story
    assert claims.set_references("c", ("  ",), at(0)).apply(story) is story
    with pytest.raises(ValueError, match="lari"):
        claims.set_step("c", "lari", "", at(0))


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 0),
        ({"asked": (ClaimContact(name="Asep"),)}, 0),
        ({"asked": (ClaimContact(name="Asep", answer="Tidak benar"), ClaimContact(name="asep", answer="Sungguh"))}, 1),
        ({"asked": (ClaimContact(name="Asep", answer="Tidak benar", struck="Salah orang"),)}, 0),
        ({"references": ("https://www.kemensos.go.id/a", "https://kemensos.go.id/b")}, 1),
        ({"references": ("https://kemensos.go.id/a", "Dinas Sosial, surat 12/2026")}, 2),
        ({"references": ("https://hoaks.example/x",), "first_seen": "https://hoaks.example/x"}, 0),
        ({"references": ("Asep Hidayat, wawancara",), "asked": (ClaimContact(name="Asep Hidayat", answer="Ya"),)}, 1),
        ({"evidence": (ClaimEvidence(file="ab.jpg"),)}, 0),
    ],
)
def test_independent_sources(fields, count):
    assert len(claims.sources_of(only(story_with(**fields)))) == count


def test_a_picture_that_went_round_is_shown_only_under_the_stamp():
    story = Story(
        id="s",
        kind="factcheck",
        photos=(Photo(id="p", file="a.jpg"), Photo(id="q", file="b.jpg")),
        cover="p",
        slideshow=Slideshow(photos=("p", "q")),
        claims=(Claim(id="c", text="Foto banjir", verdict="false", picture="p"),),
    )
    shown = claims.without_circulated(story)
    assert [photo.id for photo in shown.photos] == ["q"]
    assert (shown.cover, shown.slideshow.photos) == ("", ("q",))
    assert claims.claim_picture(story).id == "p"
    true = claims.set_verdict("c", "true", at(0)).apply(story)
    assert claims.without_circulated(true) is true


def test_what_needs_the_network_shrinks_as_it_is_done():
    story = story_with(
        kind="photo", first_seen="Grup WA RT 02", harmful=True, asked=(ClaimContact(name="Dinas Sosial"),)
    )
    codes = [task.code for task in claims.open_tasks(story)]
    assert codes == ["account", "coverage", "cekfakta", "reverse", "answer", "harmed"]
    story = claims.set_step("c", "trace", "Foto dari 2019", at(0)).apply(story)
    story = claims.set_answer("c", 0, "Bukan dari kami", at(1)).apply(story)
    assert not {"reverse", "answer"} & {task.code for task in claims.open_tasks(story)}
    assert not claims.open_tasks(claims.set_verdict("c", "false", at(2)).apply(story))


ROWS = st.sampled_from(["c", "d", "x"])
WORDS = st.sampled_from(["", "satu", "dua", "tiga"])
EDITS = st.one_of(
    st.builds(lambda i, t, m: claims.set_text(i, "explanation", t, at(m)), ROWS, WORDS, st.integers(0, 60)),
    st.builds(lambda i, t, m: claims.set_step(i, "find", t, at(m)), ROWS, WORDS, st.integers(0, 60)),
    st.builds(
        lambda i, v, m: claims.set_verdict(i, v, at(m)), ROWS, st.sampled_from(claims.VERDICTS), st.integers(0, 9)
    ),
    st.builds(lambda i, t: claims.add_evidence(i, ClaimEvidence(url=t or "u"), at(0)), ROWS, WORDS),
    st.builds(lambda i, n, t: claims.strike_evidence(i, n, t, at(0)), ROWS, st.integers(0, 3), WORDS),
    st.builds(lambda i, t: claims.add_contact(i, ClaimContact(name=t or "n"), at(0)), ROWS, WORDS),
    st.builds(lambda i, n, t: claims.set_answer(i, n, t, at(0)), ROWS, st.integers(0, 3), WORDS),
    st.builds(lambda i, t: claims.close_claim(i, t, at(0)), ROWS, WORDS),
    st.builds(lambda i: claims.reopen_claim(i, at(0)), ROWS),
)


@given(st.lists(EDITS, max_size=12))
def test_nothing_ever_leaves_the_ledger(edits):
    story = Story(id="s", claims=(Claim(id="c", text="Satu"), Claim(id="d", text="Dua")))
    for edit in edits:
        before, story = story, edit.apply(story)
        assert [claim.id for claim in story.claims] == ["c", "d"]
        for old, new in zip(before.claims, story.claims, strict=True):
            assert [item.url for item in new.evidence[: len(old.evidence)]] == [item.url for item in old.evidence]
            assert [item.name for item in new.asked[: len(old.asked)]] == [item.name for item in old.asked]
            verdicts = [line for line in old.changes if line.field == "verdict"]
            assert [line for line in new.changes if line.field == "verdict"][: len(verdicts)] == verdicts


def test_a_slideshow_of_nothing_but_such_pictures_is_none():
    photos = (Photo(id="p", file="a.jpg"),)
    claim = Claim(id="c", text="Foto banjir", verdict="false", picture="p")
    story = Story(id="s", kind="factcheck", photos=photos, slideshow=Slideshow(), claims=(claim,))
    assert claims.without_circulated(story).slideshow is None
