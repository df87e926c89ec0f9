"""Open comments hold a story back or are advised; names of protected people are found in them; none of it gets out."""

from __future__ import annotations

from msgspec.structs import replace

from studio.checks.all_checks import check_story
from studio.checks.readiness import judge_readiness
from studio.lexicon.word_list import is_word
from studio.story import comments
from studio.story.claims import LedgerStamp
from studio.story.model import Group, Person, Story
from studio.story.newsroom_records import Comment, CommentReply
from studio.story.story_status import override_block

NOW = LedgerStamp("2026-11-30T09:00:00+07:00", "Budi")
GROUP = Group(name="KIM Bina Warga")
CHILD = Person(id="a", name="Rina Pertiwi", age_group="child", role="victim", protected=True)


def story(*made: Comment, **fields) -> Story:
    return Story(id="s", headline="Seorang anak ditolong warga", body="Anak itu kini pulih.\n", comments=made, **fields)


def found(told: Story) -> dict[str, str]:
    every = check_story(told, GROUP, known=is_word)
    return {f.code: f.level for f in every if "comment" in f.code or "suggestion" in f.code}


def test_a_required_comment_blocks_until_it_is_resolved_and_others_are_advised():
    told = story(
        Comment(id="c1", place="headline", text="Apa sumbernya?", required=True, by="Budi"),
        Comment(id="c2", place="body", text="Bagus."),
        Comment(id="c3", place="body", quote="pulih", start=14, suggestion="sehat"),
    )
    assert found(told) == {"comment_required": "block", "comment_open": "advice", "suggestion_open": "advice"}
    settled = comments.resolve_comment("c1", NOW).apply(told)
    settled = comments.refuse_suggestion("c3", NOW).apply(settled)
    assert found(settled) == {"comment_open": "advice"}
    assert found(replace(told, comments=())) == {}


def test_a_reason_that_lets_it_stand_holds_for_these_words_alone():
    told = story(Comment(id="c1", place="headline", text="Apa sumbernya?", required=True))

    def block(now):
        return next(f for f in check_story(now, GROUP) if f.code == "comment_required")

    told = override_block(block(told).block_key, NOW.when, "Budi", "sudah lewat telepon").apply(told)
    assert block(told) not in judge_readiness(told, check_story(told, GROUP)).blocks
    other = comments.rewrite_comment("c1", "Ganti fotonya").apply(told)
    assert block(other) in judge_readiness(other, check_story(other, GROUP)).blocks


def test_names_of_protected_people_are_found_in_comments_replies_and_suggestions():
    clean = story(Comment(id="c1", place="body", text="Setuju."), people=(CHILD,))
    assert "people_comment_named" not in found(clean)
    said = story(Comment(id="c1", place="body", text="Bukankah ini Rina?"), people=(CHILD,))
    assert found(said)["people_comment_named"] == "warning"
    reply = Comment(id="c1", place="body", text="Siapa?", replies=(CommentReply(text="Rina Pertiwi"),))
    assert "people_comment_named" in found(story(reply, people=(CHILD,)))
    offered = Comment(id="c1", place="body", quote="Anak itu", suggestion="Rina")
    assert found(story(offered, people=(CHILD,)))["people_suggestion_named"] == "warning"
    refused = replace(offered, resolved=NOW.when, answer="refused")
    assert found(story(refused, people=(CHILD,))) == {}
    # The words alone are harmless, beside what stands there they are her name.
    torn = Comment(id="c1", place="body", quote="R***", start=0, suggestion="Ri")
    told = replace(story(torn, people=(CHILD,)), body="R***na pulih.\n")
    assert "people_suggestion_named" in found(replace(told, body="R\\*\\*\\*na pulih.\n"))
