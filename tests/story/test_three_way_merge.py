"""Two versions of a story made one: laws over made-up versions, and the cases that editors meet."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story import model, newsroom_records
from studio.story.comment_anchors import anchor_at, anchored_text, follow_edit
from studio.story.comments import comment_range
from studio.story.merge_rules import KEYS, WHOLE
from studio.story.model import (
    Claim,
    Consent,
    Cover,
    Person,
    Photo,
    Publication,
    Source,
    StatusChange,
    Story,
    Video,
)
from studio.story.newsroom_records import Comment, CommentReply, Translation
from studio.story.record_base import Record
from studio.story.three_way_merge import choose_all, merge_stories
from studio.story.woven_order import merge_paragraphs

PARAGRAPHS = ("Satu.", "Satu sungai.", "Dua.", "Dua desa.", "Tiga.", "Empat.")
WORDS = st.sampled_from(("", "a", "b", "c"))
COVERS = st.lists(st.sampled_from([Cover(box=(n / 10, 0.1, 0.2, 0.2)) for n in range(4)]), max_size=3, unique_by=repr)
CONSENTS = st.builds(Consent, given=st.booleans(), by=WORDS, withdrawn=st.sampled_from(("", "2026-11-30")))
COMMENTS = st.builds(
    Comment,
    id=st.sampled_from(("k1", "k2")),
    place=st.just("body"),
    text=WORDS,
    resolved=st.sampled_from(("", "2026-11-30")),
    replies=st.lists(st.builds(CommentReply, text=WORDS, when=st.sampled_from("12")), max_size=2).map(tuple),
)


def listed(records, most=3, key=lambda each: each.id):
    return st.lists(records, max_size=most, unique_by=key).map(tuple)


PHOTOS = st.builds(
    Photo,
    id=st.sampled_from(("p1", "p2", "p3")),
    file=st.just("f.jpg"),
    caption=WORDS,
    crops=st.dictionaries(st.sampled_from(("1:1", "4:5")), st.just((0.0, 0.0, 0.5, 0.5)), max_size=2),
    covers=COVERS.map(tuple),
    people_checked=st.booleans(),
)
PEOPLE = st.builds(
    Person,
    id=st.sampled_from(("n1", "n2")),
    name=st.just("Ani"),
    protected=st.booleans(),
    age_group=st.sampled_from(("unknown", "child", "adult")),
    identifiers=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    consent=CONSENTS,
)
STORIES = st.builds(
    Story,
    id=st.just("s"),
    status=st.sampled_from(("draft", "ready", "published", "withdrawn")),
    headline=WORDS,
    date=st.sampled_from(("", "2026-11-22", "2026-11-23")),
    tags=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    body=st.lists(st.sampled_from(PARAGRAPHS), max_size=6).map("\n\n".join),
    photos=listed(PHOTOS),
    people=listed(PEOPLE, 2),
    claims=listed(st.builds(Claim, id=st.sampled_from(("c1", "c2")), text=WORDS, harmful=st.booleans()), 2),
    sources=listed(st.builds(Source, name=st.sampled_from(("Asep", "Budi")), role=WORDS), 2, lambda each: each.name),
    comments=listed(COMMENTS, 2),
    service_answers=st.dictionaries(st.sampled_from(("x", "y")), WORDS, max_size=2),
    log=st.lists(st.builds(StatusChange, status=st.just("draft"), when=st.sampled_from("123")), max_size=2).map(tuple),
)
LISTS = st.lists(st.sampled_from(PARAGRAPHS), max_size=7).map(tuple)
law = settings(max_examples=25, deadline=None)


def strictness(consent):
    return 2 if consent.withdrawn else int(not consent.given)


@law
@given(STORIES, STORIES, STORIES)
def test_left_and_right_may_change_places(base, left, right):
    one, other = merge_stories(base, left, right), merge_stories(base, right, left)
    assert one.story == other.story

    def told(conflict, *, turned=False):
        sides = (conflict.right, conflict.left) if turned else (conflict.left, conflict.right)
        return (conflict.path, repr(conflict.base), *map(repr, sides))

    assert sorted(map(told, one.conflicts)) == sorted(told(each, turned=True) for each in other.conflicts)


@law
@given(STORIES, STORIES, STORIES)
def test_merging_twice_is_merging_once(base, left, right):
    once = merge_stories(base, left, right).story
    assert merge_stories(base, once, right).story == once
    assert merge_stories(base, left, once).story == once


@law
@given(LISTS, LISTS, LISTS)
def test_no_paragraph_is_lost(base, left, right):
    """What one side wrote stays; only what one side took out and the other left alone goes."""
    merged, _ = merge_paragraphs(base, left, right)
    for text in set(PARAGRAPHS):
        before, one, other, now = (side.count(text) for side in (base, left, right, merged))
        assert now >= min(one, other)
        assert now <= max(one, other)
        if one > before or other > before:
            assert now == max(one, other)
    assert merge_paragraphs(base, base, right) == (right, ())
    assert merge_paragraphs(base, left, left) == (left, ())


@law
@given(STORIES, STORIES)
def test_against_no_change_the_other_side_holds_but_for_what_protects(base, changed):
    merged = merge_stories(base, base, changed)
    protecting = {"covers", "people_checked", "people", "log", "comments", "claims", "status"}
    for name in Story.__struct_fields__:
        if name not in protecting and name != "photos":
            assert getattr(merged.story, name) == getattr(changed, name)
    assert [photo.caption for photo in merged.story.photos] == [photo.caption for photo in changed.photos]
    grown = replace(base, headline="baru", body="Satu.\n\nLain.", photos=(*base.photos, Photo(id="p9", file="x")))
    assert merge_stories(base, base, grown).story == grown
    assert not merge_stories(base, base, grown).conflicts


@law
@given(STORIES, STORIES, STORIES)
def test_covers_never_shrink_and_nobody_is_protected_or_asked_less(base, left, right):
    merged = merge_stories(base, left, right).story
    photos = {photo.id: photo for photo in merged.photos}
    people = {person.id: person for person in merged.people}
    for side, other in ((left, right), (right, left)):
        for photo in side.photos:
            if photo.id in photos:
                assert set(map(repr, photo.covers)) <= set(map(repr, photos[photo.id].covers))
            if photo.id in photos and photo.id in {each.id for each in other.photos}:
                assert photo.people_checked or not photos[photo.id].people_checked
        for person in side.people:
            now = people.get(person.id)
            if now is not None and person.id in {each.id for each in other.people}:
                assert now.protected >= person.protected
                assert strictness(now.consent) >= strictness(person.consent)
                assert set(person.identifiers) <= set(now.identifiers)
                assert now.age_group == "child" or person.age_group != "child"
        assert {claim.id for claim in side.claims} <= {claim.id for claim in merged.claims}
        assert {line.when for line in side.log} <= {line.when for line in merged.log}


BASE = Story(
    id="s",
    headline="Panen raya",
    body="Padi menguning.\n\nWarga memanen.\n\nHasil naik.",
    photos=(Photo(id="p1", file="a.jpg", caption="Sawah"), Photo(id="p2", file="b.jpg")),
    people=(Person(id="n1", name="Ani", consent=Consent(given=True)),),
)


def paths(merged):
    return [conflict.path for conflict in merged.conflicts]


def test_each_edits_another_paragraph():
    left = replace(BASE, body="Padi mulai menguning.\n\nWarga memanen.\n\nHasil naik.\n\nDitulis Siti.")
    right = replace(BASE, body="Padi menguning.\n\nWarga desa memanen.\n\nSisipan.\n\nHasil naik.")
    merged = merge_stories(BASE, left, right)
    assert merged.conflicts == ()
    assert merged.story.body.split("\n\n") == [
        *("Padi mulai menguning.", "Warga desa memanen.", "Sisipan.", "Hasil naik.", "Ditulis Siti.")
    ]


@pytest.mark.parametrize(
    ("choice", "body"),
    [("left", ["Padi emas."]), ("right", ["Padi perak."]), ("both", ["Padi emas.", "Padi perak."])],
)
def test_a_paragraph_both_changed_is_asked_about(choice, body):
    rest = "\n\nWarga memanen.\n\nHasil naik."
    left, right = replace(BASE, body="Padi emas." + rest), replace(BASE, body="Padi perak." + rest)
    merged = merge_stories(BASE, left, right)
    assert paths(merged) == [("body", "1")]
    done = merge_stories(BASE, left, right, {("body", "1"): choice})
    assert done.conflicts == ()
    assert sorted(done.story.body.split("\n\n")) == sorted([*body, "Warga memanen.", "Hasil naik."])


def test_what_was_not_chosen_goes_and_not_another_paragraph_that_reads_the_same():
    """The right changed a second "Ya." to "Amin." and put one before it; the left took the second out."""
    base, left, right = (
        replace(BASE, body="\n\n".join(parts)) for parts in (["Ya."] * 2, ["Ya."], ["Amin.", "Ya.", "Amin."])
    )
    (conflict,) = merge_stories(base, left, right).conflicts
    assert merge_stories(base, left, right, {conflict.path: "left"}).story.body == "Amin.\n\nYa."
    assert merge_stories(base, left, right, {conflict.path: "right"}).story.body == "Amin.\n\nYa.\n\nAmin."


def test_a_paragraph_one_took_out_and_the_other_changed_stays_until_somebody_chooses():
    left = replace(BASE, body="Padi menguning.\n\nHasil naik.")
    right = replace(BASE, body="Padi menguning.\n\nWarga ramai memanen.\n\nHasil naik.")
    merged = merge_stories(BASE, left, right)
    assert "ramai" in merged.story.body
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.left, conflict.right) == ("Warga memanen.", None, "Warga ramai memanen.")
    assert "ramai" not in merge_stories(BASE, left, right, {conflict.path: "left"}).story.body


def test_fields_of_one_photo_are_merged_one_by_one():
    left = replace(BASE, photos=(replace(BASE.photos[0], caption="Sawah Asep"), BASE.photos[1]))
    right = replace(BASE, photos=(replace(BASE.photos[0], alt="Hamparan", rotate=90.0), BASE.photos[1]))
    merged = merge_stories(BASE, left, right)
    assert merged.conflicts == ()
    photo = merged.story.photos[0]
    assert (photo.caption, photo.alt, photo.rotate) == ("Sawah Asep", "Hamparan", 90.0)


def test_a_photo_one_took_out_goes_unless_the_other_worked_on_it():
    left = replace(BASE, photos=BASE.photos[:1])
    assert merge_stories(BASE, left, BASE).story.photos == BASE.photos[:1]
    right = replace(BASE, photos=(BASE.photos[0], replace(BASE.photos[1], caption="Lumbung")))
    merged = merge_stories(BASE, left, right)
    assert paths(merged) == [("photos", "p2")]
    assert merged.story.photos[1].caption == "Lumbung"
    assert merge_stories(BASE, left, right, {("photos", "p2"): "left"}).story.photos == BASE.photos[:1]


def test_order_of_photos_follows_who_moved_them():
    three = replace(BASE, photos=(*BASE.photos, Photo(id="p3", file="c.jpg")))
    moved = replace(three, photos=three.photos[::-1])
    added = replace(three, photos=(*three.photos, Photo(id="p4", file="d.jpg")))
    merged = merge_stories(three, moved, added)
    assert [photo.id for photo in merged.story.photos] == ["p3", "p4", "p2", "p1"]


def test_consents_and_protection_are_only_loosened_by_choice():
    ani = BASE.people[0]
    withdrawn = replace(ani, consent=replace(ani.consent, withdrawn="2026-11-30"))
    merged = merge_stories(BASE, replace(BASE, people=(withdrawn,)), BASE)
    assert (merged.story.people, merged.conflicts) == ((withdrawn,), ())
    hidden = replace(BASE, people=(replace(ani, protected=True, age_group="child", consent=Consent()),))
    merged = merge_stories(hidden, hidden, BASE)
    assert merged.story == hidden
    assert paths(merged) == [("people", "n1", part) for part in ("age_group", "protected", "consent")]
    assert merge_stories(hidden, hidden, BASE, choose_all(merged.conflicts, "right")).story == hidden
    assert merge_stories(hidden, hidden, BASE, dict.fromkeys(paths(merged), "right")).story == BASE


def test_comments_are_joined_resolved_wins_and_nothing_that_happened_is_forgotten():
    comment = Comment(id="k1", place="body", text="Cek.", when="1")
    base = replace(BASE, comments=(comment,), publications=(Publication(outlet="facebook", when="2026-11-23"),))
    left = replace(base, comments=(replace(comment, replies=(CommentReply(text="Sudah", when="2"),)),))
    done = replace(comment, resolved="3", resolved_by="Siti", replies=(CommentReply(text="Baik", when="3"),))
    right = replace(base, comments=(done, Comment(id="k2", place="headline")), publications=())
    merged = merge_stories(base, left, right)
    assert merged.conflicts == ()
    first, second = merged.story.comments
    assert (first.resolved, first.resolved_by, [reply.text for reply in first.replies]) == (
        "3",
        "Siti",
        ["Sudah", "Baik"],
    )
    assert second.id == "k2"


def test_translations_and_clips_are_merged_inside():
    base = replace(
        BASE,
        texts={"jv": Translation(headline="Panen", body="Siji.\n\nLoro.")},
        videos=(Video(id="v1", file="v.mp4", title="Panen"),),
    )
    left = replace(base, texts={"jv": replace(base.texts["jv"], body="Siji!\n\nLoro.")})
    right = replace(
        base,
        texts={"jv": replace(base.texts["jv"], body="Siji.\n\nLoro?"), "mad": Translation(headline="Sengko")},
        videos=(replace(base.videos[0], mute=True),),
    )
    merged = merge_stories(base, left, right)
    assert merged.conflicts == ()
    assert merged.story.texts["jv"].body == "Siji!\n\nLoro?"
    assert merged.story.texts["mad"].headline == "Sengko"
    assert merged.story.videos[0].mute


def test_without_a_common_version_everything_unlike_is_asked_about():
    other = replace(BASE, headline="Panen", body="Padi menguning.\n\nLain.", photos=BASE.photos[:1])
    merged = merge_stories(None, BASE, other)
    assert paths(merged)[0] == ("headline",)
    assert {path[0] for path in paths(merged)} == {"headline", "body", "photos"}
    assert {"Padi menguning.", "Warga memanen.", "Hasil naik.", "Lain."} == set(merged.story.body.split("\n\n"))
    ours = merge_stories(None, BASE, other, choose_all(merged.conflicts, "left"))
    theirs = merge_stories(None, BASE, other, choose_all(merged.conflicts, "right"))
    assert (ours.story, theirs.story) == (BASE, other)
    assert ours.conflicts == theirs.conflicts == ()


def test_a_comment_that_moved_with_the_text_on_both_sides_is_no_conflict():
    base = Story(id="s", body="Satu.\n\nDesa kami.\n\nTiga.\n", comments=())
    said = anchor_at(Comment(id="c", place="body", text="Desa mana?"), anchored_text(base, "body"), 7, 11)
    base = replace(base, comments=(said,))
    left = follow_edit(base, replace(base, body="Nol dan satu.\n\nDesa kami.\n\nTiga.\n"))
    right = follow_edit(base, replace(base, body="Satu.\n\nDesa kami.\n\nTiga dan empat.\n"))
    right = replace(right, comments=(replace(right.comments[0], start=5, before="lain", resolved="2026-11-30"),))
    merged = merge_stories(base, left, right)
    assert merged.conflicts == ()
    assert merged.story.comments[0].resolved == "2026-11-30"
    found = comment_range(merged.story, merged.story.comments[0])
    assert anchored_text(merged.story, "body")[found.start : found.end] == "Desa"


def test_every_list_of_records_is_known_to_the_merge():
    """A list that somebody adds to the story has to say what tells its records apart."""
    lists = set()

    def look(kind, seen):
        if kind in seen:
            return
        seen.add(kind)
        for each in msgspec.structs.fields(kind):
            for inner in re.findall(r"\w+(?:\.\w+)+", str(each.type)):
                found = getattr(model, inner.rpartition(".")[2], None) or getattr(
                    newsroom_records, inner.rpartition(".")[2], None
                )
                if isinstance(found, type) and issubclass(found, Record):
                    if str(each.type).startswith("tuple["):
                        lists.add(found)
                    look(found, seen)

    look(Story, set())
    assert {Photo, Claim, Comment} <= lists
    assert lists <= {*KEYS, *WHOLE, model.CoverKeyframe}


def test_steps_of_two_clocks_stand_in_the_order_in_which_they_were_taken():
    early = StatusChange(status="review", when="2026-11-22T09:00:00+09:00")
    late = StatusChange(status="ready", when="2026-11-22T08:00:00+07:00")
    merged = merge_stories(BASE, replace(BASE, log=(late,)), replace(BASE, log=(early,)))
    assert merged.story.log == (early, late)
