"""The right of reply: recorded, changed, judged like the story, and never a name that must not get out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.checks.all_checks import check_story
from studio.release.release_gate import judge_story
from studio.story.model import Group, Person, Publication, StatusChange, Story
from studio.story.publishing import told_changes, told_now
from studio.story.replies import remove_reply, replies_due, set_reply
from studio.story.withdrawal import rewriting_steps, shown_status

GROUP = Group(name="KIM Desa")
STORY = Story(id="s", headline="Warga protes", body="Warga memprotes lurah.")


def test_a_reply_is_recorded_changed_and_taken_out():
    first = set_reply(None, " Tidak benar. ", "Pak  Lurah", "", "2026-11-25", "2026-11-26").apply(STORY)
    assert (first.right_of_reply[0].text, first.right_of_reply[0].by) == ("Tidak benar.", "Pak Lurah")
    second = set_reply(0, "Itu keliru.", "Pak Lurah", "Lurah", "2026-11-25", "2026-11-30").apply(first)
    assert (second.right_of_reply[0].text, second.right_of_reply[0].received) == ("Itu keliru.", "2026-11-26")
    assert remove_reply(0).apply(second).right_of_reply == ()
    assert remove_reply(3).apply(second) is second
    for words, code in ((("", "Lurah"), "reply.text_needed"), (("Tidak.", " "), "reply.by_needed")):
        with pytest.raises(UserError) as refused:
            set_reply(None, *words, "", "", "")
        assert refused.value.code == code


def test_a_reply_goes_through_the_gate_and_is_no_correction():
    told = replace(STORY, status="published", publications=(Publication(outlet="x", when="2026-11-24"),))
    told = replace(told, told=told_now(told, "2026-11-24"))
    answered = set_reply(None, "Rina Wulandari berbohong.", "Pak Lurah", "", "2026-11-25", "2026-11-25").apply(told)
    assert not told_changes(answered)
    assert [each.by for each in replies_due(answered, "x")] == ["Pak Lurah"]
    victim = Person(id="r", name="Rina Wulandari", age_group="child", role="victim", protected=True)
    found = judge_story(replace(answered, people=(victim,)), GROUP).refusals
    assert {finding.place.field for finding in found if finding.place} == {"right_of_reply/0/text"}
    # Spelling of another one's words is theirs.
    slips = set_reply(None, "Saya tdk tau, di larang.", "Pak Lurah", "", "", "").apply(STORY)
    before = {finding.key for finding in check_story(STORY, GROUP)}
    assert {finding.key for finding in check_story(slips, GROUP)} == before


def test_a_withdrawn_story_that_is_written_again_is_no_draft():
    def step(status):
        return StatusChange(status=status, when=f"2026-11-2{len(status)}")

    log = tuple(map(step, ("draft", "ready", "published", "withdrawn")))
    again = replace(STORY, status="draft", log=(*log, step("draft")))
    assert shown_status(again) == "withdrawn"
    assert not judge_story(again, GROUP).draft
    assert rewriting_steps(again) == (step("draft"),)
    assert len(rewriting_steps(replace(STORY, log=log))) == 0
    out = replace(again, status="published", log=(*again.log, step("ready"), step("published")))
    assert shown_status(out) == "published"
    assert shown_status(STORY) == "draft"
