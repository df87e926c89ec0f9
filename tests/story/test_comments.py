"""Comments and suggestions: where they stand after edits, and what accepting one does."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story import comments
from studio.story.body import parse_markdown, plain_text
from studio.story.claims import LedgerStamp
from studio.story.comment_anchors import anchor_at, anchored_text, find_anchor, follow_edit, read_blocks
from studio.story.comment_places import place_in_story
from studio.story.comments import ACCEPTED, REFUSED, comment_range, find_comment, proposed_story, suggest_text
from studio.story.edits import set_field
from studio.story.model import Photo, Story, Video
from studio.story.newsroom_records import Comment
from studio.story.word_changes import word_changes, word_pieces

EDITOR = LedgerStamp("2026-11-30T09:00:00+07:00", "Budi")
BODY = "Warga **desa** bekerja di sawah desa.\n\n## Air mengalir\n\nKepala desa [Asep](https://contoh.id) ikut desa.\n"
words = st.text(alphabet="ab .\n", max_size=40)
prose = st.lists(st.sampled_from(["desa", "air", "Rp5", "sawah", ",", "\n\n", "é"]), max_size=14).map(" ".join)


def told(place="body", start=0, end=0, text="Apa sumbernya?", **fields) -> Story:
    story = Story(id="s1", **{"headline": "Warga perbaiki saluran", "body": BODY, **fields})
    return replace(story, comments=(comments.new_comment(story, place, start, end, text, EDITOR),))


def stands(story: Story) -> str | None:
    comment = story.comments[0]
    found, text = comment_range(story, comment), anchored_text(story, comment.place)
    return None if found is None or text is None else text[found.start : found.end]


# ------------------------------------------------------------------------------------------------ anchors


@given(words, st.integers(0, 40), st.integers(0, 40))
def test_what_was_marked_is_found_where_it_was_marked(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    comment = anchor_at(Comment(id="c", place="body"), text, start, end)
    found = find_anchor(comment, text)
    assert found is not None
    assert text[found.start : found.end] == text[start:end]
    if end > start:
        assert (found.start, found.end) == (start, end)


@given(prose, st.integers(0, 60), st.integers(1, 8), st.text("Qw \n", max_size=30), st.booleans())
def test_words_keep_their_comment_whatever_is_written_before_or_behind_them(text, at, length, added, before):
    start = min(at, max(0, len(text) - 1))
    end = min(len(text), start + length)
    story = Story(id="s", kicker=text)
    comment = anchor_at(Comment(id="c", place="kicker"), text, start, end)
    story = replace(story, comments=(comment,))
    cut = len(text) // 3
    place = min(cut, start) if before else max(len(text) - cut, end)
    after = follow_edit(story, replace(story, kicker=text[:place] + added + text[place:]))
    found = comment_range(after, after.comments[0])
    assert found is not None
    if text[start:end].strip():  # of white space beside white space nobody could say which is which
        assert (found.start, found.end) == (start + len(added) * before, end + len(added) * before)


@given(words, words, st.integers(-5, 50))
def test_a_comment_is_never_lost_and_its_place_lies_in_the_text(quote, text, start):
    comment = Comment(id="c", place="body", quote=quote, start=start)
    found = find_anchor(comment, text)
    assert found is None or 0 <= found.start <= found.end <= len(text)
    if quote and quote in text:
        assert found is not None
        assert text[found.start : found.end] == quote


def test_of_many_like_words_the_ones_meant_are_found():
    text = anchored_text(told(), "body")
    places = [at for at in range(len(text)) if text.startswith("desa", at)]
    for at in places:
        story = told("body", at, at + 4)
        longer = replace(story, body=f"Pembukaan desa.\n\n{story.body}")  # by another program: nobody followed it
        found = comment_range(longer, longer.comments[0])
        assert found.start - len("Pembukaan desa.\n\n") == at


def test_bold_words_and_links_are_marked_as_they_are_read():
    story = told("body", 0, 18)
    assert story.comments[0].quote == "Warga desa bekerja"
    assert stands(replace(story, body=BODY.replace("**desa**", "desa"))) == "Warga desa bekerja"


def test_edited_words_are_found_while_most_of_them_stand_and_are_adrift_when_they_are_gone():
    start = anchored_text(told(), "body").index("Kepala")
    story = told("body", start, start + len("Kepala desa Asep ikut"))
    assert stands(story) == "Kepala desa Asep ikut"
    assert stands(replace(story, body=BODY.replace("Kepala desa", "Kepala Dusun"))) == "Kepala Dusun Asep ikut"
    gone = replace(story, body=BODY.partition("Kepala")[0])
    assert stands(gone) is None
    assert gone.comments[0].quote == "Kepala desa Asep ikut"
    assert stands(replace(gone, body=BODY)) == "Kepala desa Asep ikut"


@pytest.mark.parametrize(
    ("text", "quote", "after", "found"),
    [
        ("Warga perbaiki salurn irigasi", "salurn", "Warga perbaiki saluran irigasi", "saluran"),
        ("Warga perbaiki salurn", "salurn", "Puluhan warga perbaiki saluran", "saluran"),
        ("Salurn jebol", "Salurn", "Saluran jebol", "Saluran"),
        ("Salurn", "Salurn", "Saluran", "Saluran"),
        ("Kata Asep kemarn. Lalu Asep pulang.", "Asep kemarn", "Kata Asep kemarin. Lalu Asep pulang.", "Asep kemarin"),
        ("Warga perbaiki saluran irigasi", "saluran", "Warga perbaiki jalan irigasi", None),
        ("Warga perbaiki saluran irigasi", "saluran", "Warga perbaiki  irigasi", None),
        ("Warga perbaiki saluran irigasi", "saluran", "Warga pulang", None),
    ],
)
def test_letters_that_are_mended_inside_the_words_leave_the_comment_with_them(text, quote, after, found):
    story = Story(id="s", headline=text)
    start = text.index(quote)
    comment = comments.new_comment(story, "headline", start, start + len(quote), "?", EDITOR)
    span = find_anchor(comment, after)
    assert (after[span.start : span.end] if span else None) == found
    suggestion = replace(comment, suggestion="x")
    assert find_anchor(suggestion, after) is None


def test_a_comment_on_a_photo_or_clip_stands_as_long_as_that_is_there():
    story = replace(
        told(photos=(Photo(id="p1", file="a.jpg", caption="Warga di parit"),), videos=(Video(id="v1", file="b.mp4"),)),
        comments=(
            Comment(id="a", place="photos/p1/caption", quote="parit", start=9),
            Comment(id="b", place="videos/v1", begins=2.0, ends=4.5),
            Comment(id="c", place="photos/p1"),
        ),
    )
    assert [comment_range(story, each) is not None for each in story.comments] == [True] * 3
    bare = replace(story, photos=(), videos=())
    assert [comment_range(bare, each) for each in bare.comments] == [None] * 3


# ------------------------------------------------------------------------------------------------ conversation


def test_a_comment_is_answered_resolved_and_opened_again():
    story = told()
    name = story.comments[0].id
    story = comments.require_comment(name, required=True).apply(story)
    story = comments.resolve_comment(name, EDITOR).apply(story)
    assert (story.comments[0].resolved, story.comments[0].resolved_by) == (EDITOR.when, "Budi")
    assert comments.open_comments(story) == ()
    answered = comments.reply_to(name, " Dari Asep. ", LedgerStamp("2026-12-01", "Siti")).apply(story)
    assert [(r.text, r.by) for r in answered.comments[0].replies] == [("Dari Asep.", "Siti")]
    assert comments.open_comments(answered) == answered.comments
    assert comments.reply_to(name, "  ", EDITOR).apply(story) is story
    assert comments.reopen_comment(name).apply(story).comments[0].resolved == ""
    assert comments.resolve_comment("none", EDITOR).apply(story) is story


# ------------------------------------------------------------------------------------------------ suggestions


@given(prose, prose)
def test_changes_of_words_make_the_new_wording_and_always_name_old_words(old, new):
    found, made = word_changes(old, new), old
    for change in reversed(found):
        made = made[: change.start] + change.text + made[change.end :]
    assert made == new
    assert all(one.end <= other.start for one, other in pairwise(found))
    if any(map(str.isalnum, old)):
        assert all(any(map(str.isalnum, old[change.start : change.end])) for change in found)
    pieces = word_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new


def test_a_key_in_a_long_text_costs_about_as_much_as_reading_it():
    """While one types in the mode of suggestions, all of the text is compared at every key."""
    old = "\n\n".join(f"Warga {number} memperbaiki saluran, kata kepala dusun di sawah." * 4 for number in range(40))
    new = old.replace("Warga 9 ", "Warga 9x ").replace("Warga 30 ", "Para warga 30 ")
    began = time.process_time()
    re.findall(r"\w+|\s+", old + new)
    read = time.process_time()
    assert [old[change.start : change.end] for change in word_changes(old, new)] == ["9"] * 4 + ["Warga"] * 4
    # It was 600 times as much when every word was held against every other.
    assert time.process_time() - read < 100 * (read - began)


def test_many_suggestions_are_shown_in_a_few_times_that_of_reading_the_text():
    body = "\n\n".join(f"Warga **{number}** memperbaiki saluran, kata [Asep](https://desa.id)." for number in range(80))
    new = (anchored_text(Story(id="s", body=body), "body") or "").replace("memperbaiki", "menggali")
    offered = suggest_text("body", new, EDITOR, "usul")(Story(id="s", body=body))
    assert anchored_text(proposed_story(offered, "usul"), "body") == new
    moments = [time.process_time()]
    parse_markdown(body.replace("Warga", "Orang"))
    moments.append(time.process_time())
    proposed_story(offered, "usul")
    moments.append(time.process_time())
    # It was 160 times as long when the text was written and read once for each of them.
    assert moments[2] - moments[1] < 10 * (moments[1] - moments[0])


plain = st.lists(
    st.lists(st.sampled_from(["desa", "air", "Rp5", "sawah,", "é"]), min_size=1, max_size=5).map(" ".join),
    max_size=4,
).map("\n\n".join)


@example(
    "Rp5 desa\n\né sawah,\n\nair sawah, desa sawah, Rp5",
    "desa Rp5 é sawah,\n\ndesa air\n\né air Rp5\n\nair Rp5 desa sawah,",
    [],
)
@given(plain, plain, st.lists(st.integers(0, 9), max_size=9))
def test_a_rewritten_body_reads_as_proposed_and_as_accepted_one_by_one_in_any_order(old, new, order):
    story = Story(id="s", body=old)
    text = anchored_text(story, "body")
    offered = suggest_text("body", new, EDITOR, "usul")(story)
    assert offered.body == story.body
    assert anchored_text(proposed_story(offered, "usul"), "body") == new
    waiting = list(offered.comments)
    while waiting:
        comment = waiting.pop(order.pop() % len(waiting) if order else 0)
        offered = comments.accept_suggestion(comment.id, EDITOR).apply(offered)
        assert find_comment(offered, comment.id).answer == ACCEPTED
    assert anchored_text(offered, "body") == new
    assert text == old


def test_going_on_rewriting_replaces_what_was_meant_before_and_keeps_what_others_said():
    story = told()
    once = suggest_text("headline", "Warga perbaiki parit", EDITOR, "usul")(story)
    assert [c.suggestion for c in once.comments] == [None, "parit"]
    twice = suggest_text("headline", "Warga bersihkan parit", EDITOR, "usul")(once)
    assert [c.suggestion for c in twice.comments] == [None, "bersihkan parit"]
    assert suggest_text("headline", "Warga perbaiki saluran", EDITOR, "usul")(twice).comments == story.comments
    assert twice.headline == "Warga perbaiki saluran"


def suggestion(story, place, old, new):
    start = anchored_text(story, place).index(old)
    made = comments.suggest_words(story, place, start, start + len(old), new, "", EDITOR)
    return comments.add_comments([made]).apply(story), made.id


def test_accepting_takes_the_look_of_the_old_words_and_refusing_leaves_them():
    story, name = suggestion(Story(id="s", body=BODY), "body", "Asep", "Asep Hidayat")
    accepted = comments.accept_suggestion(name, EDITOR).apply(story)
    assert "[Asep Hidayat](https://contoh.id)" in accepted.body
    assert accepted.comments[0].resolved_by == "Budi"
    assert comments.accept_suggestion(name, EDITOR).apply(accepted) is accepted
    assert comments.reopen_comment(name).apply(accepted) is accepted
    refused = comments.refuse_suggestion(name, EDITOR).apply(story)
    assert (refused.body, refused.comments[0].answer) == (BODY, REFUSED)
    assert comments.open_comments(comments.reopen_comment(name).apply(refused))


def test_what_is_only_put_in_or_left_out_is_known_by_words():
    story = Story(id="s", headline="Panen raya")
    put_in = comments.suggest_words(story, "headline", 5, 5, " padi", "", EDITOR)
    assert (put_in.quote, put_in.suggestion) == ("Panen", "Panen padi")
    assert comments.suggest_words(story, "headline", 0, 5, "Panen", "", EDITOR) is None
    story, name = suggestion(Story(id="s", body=BODY), "body", " desa Asep", "")
    assert "Kepala ikut desa" in comments.accept_suggestion(name, EDITOR).apply(story).body
    empty = Story(id="s")
    lead = comments.suggest_words(empty, "summary", 0, 0, "Air mengalir lagi.", "", EDITOR)
    filled = comments.accept_suggestion(lead.id, EDITOR).apply(comments.add_comments([lead]).apply(empty))
    assert filled.summary == "Air mengalir lagi."


def test_of_overlapping_suggestions_one_is_accepted_and_the_other_stays_adrift():
    story, first = suggestion(Story(id="s", body=BODY), "body", "Kepala desa", "Kepala Dusun")
    story, second = suggestion(story, "body", "desa Asep", "desa Pak Asep")
    assert [other.id for other in comments.overlapping(story, find_comment(story, first))] == [second]
    after = comments.accept_suggestion(first, EDITOR).apply(story)
    left = find_comment(after, second)
    assert (left.quote, left.resolved, comment_range(after, left)) == ("desa Asep", "", None)
    assert comments.accept_suggestion(second, EDITOR).apply(after) is after
    assert comments.accept_suggestion(second, EDITOR).apply(story).body.count("Pak Asep") == 1


def test_a_suggestion_is_not_taken_to_the_same_words_elsewhere():
    story = Story(id="s", headline="Air desa jernih, sawah desa hijau")
    story, name = suggestion(story, "headline", "desa jernih", "dusun jernih")
    moved = set_field("headline", "Sungai itu desa jernih").apply(story)
    other = comments.accept_suggestion(name, EDITOR).apply(set_field("headline", "Kini (desa jernih)").apply(story))
    assert other.headline == "Kini (desa jernih)"
    assert comments.accept_suggestion(name, EDITOR).apply(moved).headline in {"Sungai itu dusun jernih", moved.headline}


@pytest.mark.parametrize("place", ["photos/p1/caption", "summary"])
def test_captions_and_other_texts_take_suggestions_too(place):
    story = Story(id="s", summary="Warga di parit", photos=(Photo(id="p1", file="a.jpg", caption="Warga di parit"),))
    story, name = suggestion(story, place, "parit", "saluran")
    assert anchored_text(comments.accept_suggestion(name, EDITOR).apply(story), place) == "Warga di saluran"


def test_the_text_of_the_body_is_read_without_marks():
    assert read_blocks(parse_markdown("*a*\n\n- b\n- c\n")) == "a\n\nb\n\nc"


@pytest.mark.parametrize("words", ["kanal", "Asep & Co", "Air *baru*", "dua", "kutipan"])
def test_the_window_is_led_to_the_words_in_the_markdown(words):
    body = 'Kades *Asep &amp; Co*: **"Air \\*baru\\*"** di [kanal](https://x.id/dua).\n\n1. satu\n2. dua\n\n> kutipan\n'
    story = Story(id="s", body=body)
    at = anchored_text(story, "body").index(words)
    place = place_in_story(story, comments.new_comment(story, "body", at, at + len(words), "", EDITOR))
    assert plain_text(body[place.start : place.end]) == words
