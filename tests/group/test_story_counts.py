"""What the studio counts itself: the edges of every level, the period, and how a round takes the counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from studio.group.activities import Activity
from studio.group.assessment import Assessment, AssessmentAnswer, CountedScore
from studio.group.group_records import GroupRecords
from studio.group.products import Product
from studio.group.story_counts import StoryFacts, count_indicators, regularity_score, share_score
from studio.services.handover_making import draft_handover
from studio.services.self_map_rounds import begin_round, count_workspace, load_instrument, take_counts
from studio.store.workspace import create_workspace
from studio.story.model import Group, Photo, Publication, Slideshow, Story

TODAY = date(2026, 11, 30)


def story(day="2026-11-20", outlet="facebook", **facts):
    return StoryFacts(appeared=((outlet, date.fromisoformat(day)),), **facts)


def scores(stories, products=0):
    return {name: found.score for name, found in count_indicators(stories, TODAY, products).items()}


@pytest.mark.parametrize(("monthly", "level"), [(0, 0), (0.3, 1), (1.9, 1), (2, 2), (3.9, 2), (4, 3), (7.9, 3), (8, 4)])
def test_regularity(monthly, level):
    assert regularity_score(monthly) == level


@pytest.mark.parametrize(
    ("part", "whole", "level"),
    [(0, 0, 0), (0, 9, 0), (1, 100, 1), (1, 4, 2), (49, 100, 2), (1, 2, 3), (79, 100, 3), (4, 5, 4), (9, 9, 4)],
)
def test_shares(part, whole, level):
    assert share_score(part, whole) == level


def test_only_what_appeared_in_three_months_counts_and_a_story_counts_once():
    first = TODAY - timedelta(days=89)
    everywhere = StoryFacts(appeared=tuple((name, first) for name in ("x", "facebook", "website")))
    early = story((first - timedelta(days=1)).isoformat(), "tiktok")
    later = story((TODAY + timedelta(days=1)).isoformat(), "youtube")
    found = count_indicators([everywhere, early, later, StoryFacts()], TODAY)
    assert {each.stories for each in found.values() if not each.source} == {1}
    assert found["KP1"] == CountedScore(score=3, stories=1, begins=first.isoformat(), ends="2026-11-30")


@pytest.mark.parametrize(
    ("outlets", "level"),
    [((), 0), ("a", 1), ("ab", 2), ("abc", 3), ("abcd", 3), ("abcde", 3), (("a", "b", "c", "d", "website"), 4)],
)
def test_channels(outlets, level):
    assert scores([story(outlet=outlet) for outlet in outlets])["KP1"] == level


def test_forms_build_on_one_another():
    assert scores([story()])["KP3"] == 0
    assert scores([story(photos=True), story(video=True)])["KP3"] == 1
    assert scores([story(photos=True, graphics=True), story(video=True)])["KP3"] == 3
    assert scores([story(photos=True, graphics=True), story(video=True, subtitled=True)])["KP3"] == 4


def test_what_the_studio_cannot_see_is_not_counted():
    found = scores([story()])
    assert not {"KL1", "KL2", "KL3", "KP7", "KP8", "KD2", "KD3", "KD5", "US2"} & set(found)


@pytest.mark.parametrize(("days", "seen"), [(0, True), (31, True), (32, False), (-1, False)])
def test_a_backup_of_the_last_month_is_proposed_and_proves_nothing_of_passwords(days, seen):
    found = count_indicators([], TODAY, 3, backup=TODAY - timedelta(days=days))
    assert ("KD3" in found) is seen
    assert (found["US1"].stories, found["US1"].source) == (3, "products")
    if seen:
        answer = begin_round(None, load_instrument(), found, TODAY).answers["KD3"]
        assert (answer.score, answer.level, answer.counted.source) == (3, "claimed", "backup")


def test_roles_messages_consents_and_culture():
    team = story(writers=("Siti",), editors=("Budi",), publishers=("Rahmat",), people=(2, 2))
    alone = story(writers=("Siti",), publishers=("Siti",), people=(2, 1), corrected=True, credits_others=True)
    assert scores([team])["KL2"] == 3
    assert scores([alone])["KL2"] == 1
    assert scores([story(writers=("Siti",), publishers=("Rahmat",))])["KL2"] == 2
    assert scores([story(writers=("Siti",), editors=("Budi",), publishers=("Budi",))])["KL2"] == 2
    assert (scores([team])["KD2"], scores([team, alone])["KD2"]) == (4, 2)
    assert (scores([team])["KD4"], scores([alone])["KD4"]) == (1, 3)
    notices = [story(day, notice=True) for day in ("2026-09-10", "2026-10-10", "2026-11-10")]
    assert (scores(notices[:2])["KP6"], scores(notices)["KP6"]) == (1, 2)
    assert scores([*notices, story(notice=True, local=True)])["KP6"] == 3
    assert scores([], products=9)["US1"] == 3


def test_counts_fill_in_but_never_overrule_a_reason():
    instrument = load_instrument()
    counts = {name: CountedScore(score=2, stories=5) for name in ("KP1", "KP2", "KD1", "KL1")}
    first = begin_round(None, instrument, counts, TODAY, "Siti")
    assert {name: answer.score for name, answer in first.answers.items()} == {"KP1": 2, "KP2": 2, "KD1": 2}
    assert first.answers["KP1"].level == "proven"
    changed = replace(first.answers["KP1"], score=4, reason="Radio desa tidak tercatat di studio")
    said = replace(first.answers["KD1"], score=4)
    asked = replace(first, answers=first.answers | {"KP1": changed, "KD1": said, "KL1": AssessmentAnswer(score=3)})
    more = {name: CountedScore(score=3, stories=9) for name in counts}
    taken = take_counts(asked, instrument, more)
    assert {name: answer.score for name, answer in taken.answers.items()} == {"KP1": 4, "KP2": 3, "KD1": 4, "KL1": 3}
    assert taken.answers["KP1"].counted.score == 3
    assert taken.answers["KL1"].counted is None
    assert take_counts(taken, instrument, more) is taken


def test_a_new_round_keeps_answers_and_proofs_but_counts_anew():
    instrument = load_instrument()
    old = begin_round(None, instrument, {"KP1": CountedScore(score=2, stories=5)}, date(2026, 5, 1))
    reasoned = replace(old.answers["KP1"], score=4, reason="dulu", level="verified")
    old = replace(old, answers={"KP1": reasoned, "KL1": AssessmentAnswer(score=4, level="verified")}, no_business=True)
    fresh = begin_round(old, instrument, {"KP1": CountedScore(score=1, stories=2)}, TODAY)
    assert (fresh.answers["KP1"].score, fresh.answers["KP1"].reason) == (1, "")
    assert (fresh.answers["KL1"].score, fresh.answers["KL1"].level) == (4, "proven")
    assert fresh.no_business


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Pena", time_zone="WIT")) as made:
        yield made


def publish(workspace, *lines):
    photo = Photo(id="p", file="0123456789abcdef.jpg")
    log = tuple(Publication(outlet=outlet, when=when) for outlet, when in lines)
    workspace.add(Story(id="", headline="Panen raya", photos=(photo,), publications=log))


def test_notice_board_and_loudspeaker_are_no_digital_channel_and_a_document_for_a_website_no_bulletin(workspace):
    when = "2026-11-20T09:00:00+09:00"
    publish(workspace, ("mading", when), ("siaran", when), ("facebook", when))
    assert count_workspace(workspace, TODAY)["KP1"].score == 1
    publish(workspace, ("opensid", when))
    assert count_workspace(workspace, TODAY)["KP1"].score == 2


@pytest.mark.parametrize(("outlet", "level"), [("opensid", 3), ("siaran", 3), ("mading", 4), ("whatsapp", 3)])
def test_only_what_is_all_paper_counts_as_a_bulletin(workspace, outlet, level):
    when = "2026-11-20T09:00:00+09:00"
    log = (Publication(outlet="instagram", when=when), Publication(outlet=outlet, when=when))
    photo = Photo(id="p", file="0123456789abcdef.jpg")
    workspace.add(Story(id="", headline="Panen", photos=(photo,), slideshow=Slideshow(), publications=log))
    assert count_workspace(workspace, TODAY)["KP3"].score == level


def test_days_are_those_of_the_groups_calendar_in_the_map_and_in_the_file_for_the_dinas(workspace):
    # 1 September, late in the evening of Greenwich: the 2nd in Jayapura, the first of 90 days up to 30 November.
    publish(workspace, ("facebook", "2026-09-01T20:00:00+00:00"))
    assert count_workspace(workspace, TODAY)["KP1"].score == 1
    now = datetime(2026, 11, 29, 20, tzinfo=UTC)
    assert draft_handover(workspace, GroupRecords(), now).document["counts"]["active_days"] == 1
    assert draft_handover(workspace, GroupRecords(), now + timedelta(days=1)).document["counts"]["active_days"] == 0


def test_the_file_for_the_dinas_counts_what_the_window_shows(workspace):
    source = CountedScore(score=3, stories=4, source="products")
    round_ = Assessment(instrument="kim-20/1", date="2026-11-01", answers={"US1": AssessmentAnswer(counted=source)})
    records = GroupRecords(
        {
            "products/a.json": Product(id="a", name="Abon"),
            "products/b.json": Product(id="b", name="Batik", hidden=True),
            "activities/2026-11-08-a.json": Activity(id="a", date="2026-11-08", title="Rapat", kind="meeting"),
            "activities/2026-12-08-b.json": Activity(id="b", date="2026-12-08", title="Lomba", kind="plan"),
            "assessments/2026-11-01.json": round_,
        }
    )
    document = draft_handover(workspace, records, datetime(2026, 11, 30, 3, tzinfo=UTC)).document
    assert (document["counts"]["products"], document["counts"]["activities"]) == (1, 1)
    assert document["rounds"][0]["answers"]["US1"]["counted"]["source"] == "products"
