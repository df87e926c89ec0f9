"""Nothing leads to somebody who is protected, and no personal data gets out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.all_checks import check_story
from studio.checks.people_rules import check_people
from studio.checks.readiness import judge_readiness
from studio.lexicon.pii import find_private
from studio.story import clips, people, story_status
from studio.story.cover_path import settle_doubts, with_path
from studio.story.model import (
    Claim,
    Consent,
    Cover,
    CoverKeyframe,
    Cue,
    Cut,
    Group,
    Person,
    Photo,
    Publication,
    Slideshow,
    Story,
    TextOverride,
    Video,
)
from studio.story.motion_records import MotionCard
from studio.story.places import TextPlace
from studio.story.publication_records import Correction

GROUP = Group(name="KIM Bina Warga", village="Sukamaju", phone="0812-1111-2222", email="kim@sukamaju.example")
CHILD = Person(
    id="p1",
    name="Rani Oktaviani",
    aliases=("Nia",),
    age_group="child",
    role="victim",
    identifiers=("SDN 2 Karangsari", "RT 03/RW 01", "Ngadirejo", "Bu Lastri"),
)
STORY = Story(
    id="s",
    headline="Warga bantu keluarga korban kebakaran",
    byline=("Siti Aminah",),
    body="Warga bergotong royong, Minggu (22/11/2026).",
    people=(CHILD,),
)


def hits(story: Story, level: str = "block") -> list[tuple[str, str, str]]:
    found = check_people(story, GROUP, find_private)
    return [(f.place.field, f.code, str(f.facts.get("word", ""))) for f in found if f.place and f.level == level]


@pytest.mark.parametrize(
    ("changes", "hit"),
    [
        ({"headline": "Bantuan untuk R.O. dan ibunya"}, ("headline", "people_initials", "R.O")),
        ({"headline": "Bantuan untuk RO"}, ("headline", "people_initials", "RO")),
        ({"body": "Menurut rani oktaviani, api besar."}, ("body", "people_named", "rani oktaviani")),
        ({"summary": "Nianya selamat."}, ("summary", "people_named", "Nianya")),
        ({"kicker": "RT3 RW1"}, ("kicker", "people_identified", "RT3 RW1")),
        ({"tags": ("sdn 2 karangsari",)}, ("tags/0", "people_identified", "sdn 2 karangsari")),
        (
            {"photos": (Photo(id="f", file="a.jpg", caption="Di SDN2 Karangsari", people_checked=True),)},
            ("photos/f/caption", "people_identified", "SDN2 Karangsari"),
        ),
        (
            {"photos": (Photo(id="f", file="a.jpg", name="rani-oktaviani.jpg", people_checked=True),)},
            ("photos/f/name", "people_named", "rani-oktaviani"),
        ),
        (
            {"photos": (Photo(id="f", file="a.jpg", alt="Bu Lastri", people_checked=True),)},
            ("photos/f/alt", "people_identified", "Bu Lastri"),
        ),
        (
            {
                "videos": (
                    Video(
                        id="v", file="a.mp4", people_checked=True, subtitles=(Cue(start=0, end=1, text="Ngadirejo"),)
                    ),
                )
            },
            ("videos/v/subtitles/0", "people_identified", "Ngadirejo"),
        ),
        (
            {"overrides": {"x/01.txt": TextOverride(text="Bu Lastri menangis")}},
            ("overrides/x/01.txt", "people_identified", "Bu Lastri"),
        ),
    ],
)
def test_each_way_to_give_a_child_away_is_a_block_with_its_place(changes, hit):
    assert hit in hits(replace(STORY, **changes))


def test_part_of_the_name_blocks_but_inside_the_full_name_of_somebody_listed():
    story = replace(STORY, body="Rani selamat, kata warga.", byline=("Rani Wijaya",))
    assert hits(story) == [("body", "people_name_part", "Rani")]
    assert hits(replace(story, body="Rani Wijaya mencatat kerugian warga.")) == []


def test_a_clean_story_with_a_protected_child_has_no_hit():
    assert hits(STORY) == []


def test_the_folder_name_must_not_lead_to_a_child_either():
    found = check_people(STORY, GROUP, folder="2026-11-21-warga-bantu-rani-oktaviani")
    assert [(f.code, f.level) for f in found] == [("people_folder", "block")]
    assert check_people(STORY, GROUP, folder="2026-11-21-warga-bantu-korban") == ()


def test_a_child_with_consent_in_good_news_may_be_named():
    winner = Person(id="p", name="Dimas Prakoso", age_group="child", consent=Consent(given=True, by="ayahnya"))
    story = replace(STORY, headline="Dimas Prakoso juara lomba", people=(winner,))
    assert hits(story) == []
    taken_back = people.withdraw_consent("p", "2026-11-23T10:00:00+07:00").apply(story)
    assert ("headline", "people_named", "Dimas Prakoso") in hits(taken_back)
    assert ("people/p/consent", "people_withdrawn", "") in hits(taken_back)


def test_in_a_case_not_even_consent_shows_a_child():
    witness = Person(id="p", name="Dimas Prakoso", age_group="child", role="witness", consent=Consent(given=True))
    assert people.is_shielded(witness)


@pytest.mark.parametrize("kind", ["photos", "videos"])
def test_every_picture_is_looked_through_or_covered(kind):
    item = Photo(id="m", file="a.jpg") if kind == "photos" else Video(id="m", file="a.mp4")
    story = replace(STORY, **{kind: (item,)})
    code = f"people_{kind[:-1]}_unchecked"
    assert hits(story) == [(f"{kind}/m/people_checked", code, "")]
    assert hits(people.set_checked(kind, "m", checked=True).apply(story)) == []
    assert hits(replace(story, **{kind: (replace(item, covers=(Cover(),)),)})) == []
    alone = check_people(replace(story, people=()), GROUP)
    assert [(f.code, f.level, f.topic) for f in alone] == [(code, "block", "media")]


def test_a_narration_is_listened_to_where_somebody_is_protected():
    show, card = Slideshow(narration="a.m4a"), MotionCard(narration="b.m4a")
    clip = Video(id="v1", file="v.mp4", people_checked=True)
    story = replace(STORY, slideshow=show, motion=card, videos=(replace(clip, narration="a.m4a"),))
    first, *found = check_people(story, GROUP)
    assert (first.place.item, first.code, first.level) == ("v1", "people_narration", "block")
    assert check_people(replace(story, videos=(clip,)), GROUP) == tuple(found)
    story = replace(story, videos=())
    assert [(f.place.field, f.code, f.level) for f in found] == [
        ("slideshow", "people_narration", "block"),
        ("motion", "people_narration", "block"),
    ]
    heard = story_status.override_block(found[1].block_key, "2026-11-23T10:00:00+07:00", "Siti", "Budi mendengarkan")
    assert [f.place.field for f in judge_readiness(heard.apply(story), found).refusals] == ["slideshow"]
    other = replace(story, motion=replace(card, narration="c.m4a"))
    assert len(judge_readiness(heard.apply(other), check_people(other, GROUP)).refusals) == 2
    unused = replace(STORY, slideshow=replace(show, narration=""), motion=replace(card, wanted=False))
    assert hits(unused) == hits(replace(story, people=())) == []


@pytest.mark.parametrize("shown", [(), ("p1",)])
def test_covers_of_an_older_version_are_looked_at_again(shown):
    video = Video(id="m", file="a.mp4", covers=(Cover(),), old_covers=True, people=shown)
    story = replace(STORY, videos=(video,))
    assert hits(story) == [("videos/m/people_checked", "people_old_covers", "")]
    assert hits(people.set_checked("videos", "m", checked=True).apply(story)) == []


@pytest.mark.parametrize(
    ("cuts", "poster", "held"),
    [
        ((Cut(start=0.0, end=1.5), Cut(start=4.5, end=9.0)), None, False),
        ((Cut(start=0.0, end=2.5), Cut(start=4.5, end=9.0)), None, True),
        ((Cut(start=3.95, end=9.0),), None, True),
        ((Cut(start=4.5, end=9.0),), 3.0, True),
        ((Cut(start=4.5, end=9.0),), 8.0, False),
        ((), None, True),
    ],
)
def test_what_was_cut_out_of_a_clip_holds_nothing_back(cuts, poster, held):
    way = [
        CoverKeyframe(at=at, box=(0.1 * at, 0.1, 0.2, 0.2), doubt=doubt)
        for at, doubt in [(0, ""), (2, "lost"), (4, "")]
    ]
    covers = (with_path(Cover(), way),)
    video = Video(id="m", file="a.mp4", seconds=9.0, covers=covers, cuts=cuts, poster=poster, people_checked=True)
    assert hits(replace(STORY, videos=(video,))) == ([("videos/m/people_checked", "people_cover_doubts", "")] * held)


@pytest.mark.parametrize("shown", [(), ("p1",)])
def test_a_cover_that_moves_is_looked_at_first_where_it_is_unsure_then_to_the_end(shown):
    way = [
        CoverKeyframe(at=1.0, box=(0.1, 0.1, 0.2, 0.2)),
        CoverKeyframe(at=2.0, box=(0.5, 0.1, 0.2, 0.2), doubt="lost"),
    ]
    video = Video(id="m", file="a.mp4", covers=(Cover(), with_path(Cover(), way)), people=shown, people_checked=True)
    story = replace(STORY, videos=(video,))
    (finding,) = (each for each in check_people(story, GROUP) if each.place.field == "videos/m/people_checked")
    assert (finding.code, finding.level, finding.facts["count"]) == ("people_cover_doubts", "block", 1)
    assert finding.facts["at"] == 2.0
    looked = clips.change_path("m", 1, lambda cover: settle_doubts(cover, 0.0, 9.0)).apply(story)
    assert hits(looked) == []
    unchecked = people.set_checked("videos", "m", checked=False).apply(looked)
    assert hits(unchecked) == [("videos/m/people_checked", "people_cover_path", "")]


def test_a_picture_that_shows_a_protected_child_needs_a_cover_even_if_looked_through():
    photo = Photo(id="m", file="a.jpg", people=("p1",), people_checked=True)
    story = replace(STORY, photos=(photo,))
    assert hits(story) == [("photos/m/people_checked", "people_photo_shows", "")]
    assert hits(replace(story, photos=(replace(photo, covers=(Cover(),)),))) == []


def test_the_groups_own_village_cannot_be_edited_out_and_is_told():
    child = replace(CHILD, identifiers=("Sukamaju",))
    found = check_people(replace(STORY, people=(child,)), GROUP)
    assert "people_group_village" in {f.code for f in found}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIK 3201014107900003", "nik"),
        ("NIK-nya 3501.2345.6789.0001", "nik"),
        ("hubungi 0813-9876-5432", "phone"),
        ("kirim ke budi.santoso@contoh.id", "email"),
    ],
)
def test_personal_data_is_a_block_wherever_it_stands(text, kind):
    found = check_people(replace(STORY, people=(), summary=text), GROUP, find_private)
    assert [(f.code, f.level, f.facts["kind"], f.place.field) for f in found] == [
        ("people_private", "block", kind, "summary")
    ]


def test_a_number_to_call_in_a_notice_is_a_warning_and_the_groups_own_is_none():
    notice = Story(id="n", kind="notice", body="Daftar ke 0813-9876-5432 atau 0812 1111 2222, kim@sukamaju.example.")
    found = check_people(notice, GROUP, find_private)
    assert [(f.code, f.level, f.facts["word"]) for f in found] == [("people_contact", "warning", "0813-9876-5432")]


@pytest.mark.parametrize("text", ["Rp1.250.000 untuk 64 warga, 17/06/2021 pukul 07.00", "panen 12.500 kg", ""])
def test_numbers_of_a_story_are_no_personal_data(text):
    assert check_people(replace(STORY, people=(), body=text), GROUP, find_private) == ()


# ------------------------------------------------------------------------------------------------ edits and readiness


def test_marking_somebody_as_a_child_protects_at_once_and_can_be_undone_by_hand():
    story = people.add_person(Person(id="q", name="Ayu")).apply(Story(id="s"))
    story = people.change_person("q", age_group="child").apply(story)
    assert story.people[0].protected
    assert people.change_person("q", age_group="adult").apply(story).people[0].protected
    assert not people.change_person("q", protected=False).apply(story).people[0].protected


def test_removing_somebody_takes_the_marks_off_the_pictures():
    story = replace(STORY, photos=(Photo(id="f", file="a.jpg"),))
    story = people.mark_people("photos", "f", ["p1", "p1"]).apply(story)
    assert story.photos[0].people == ("p1",)
    gone = people.remove_person("p1").apply(story)
    assert (gone.people, gone.photos[0].people) == ((), ())
    assert people.remove_person("niemand").apply(gone) is gone


def test_a_block_is_overridden_only_with_a_reason_that_stays():
    story = replace(STORY, photos=(Photo(id="f", file="a.jpg"),))
    before = judge_readiness(story, check_story(story, GROUP))
    block = next(f for f in before.blocks if f.code == "people_photo_unchecked")
    with pytest.raises(Exception, match=r"status\.override_reason"):
        story_status.override_block(block.block_key, "2026-11-22T10:00:00+07:00", "Siti", "  ")
    after_edit = story_status.override_block(block.block_key, "2026-11-22T10:00:00+07:00", "Siti", "Hanya sawah").apply(
        story
    )
    after = judge_readiness(after_edit, check_story(after_edit, GROUP))
    assert block in after.overridden
    assert block not in after.blocks
    assert after.reasons[block.block_key].reason == "Hanya sawah"
    assert after_edit.log[-1].finding == block.block_key


def test_the_way_of_a_story():
    story = Story(id="s")
    when = "2026-11-22T10:00:00+07:00"
    with pytest.raises(Exception, match=r"status\.not_allowed"):
        story_status.step_status(story, "published", when)
    with pytest.raises(Exception, match=r"status\.blocked"):
        story_status.step_status(story, "ready", when, blocks=1)
    story = story_status.step_status(story, "ready", when, "Siti").apply(story)
    story = story_status.step_status(story, "published", when).apply(story)
    with pytest.raises(Exception, match=r"status\.not_allowed"):
        story_status.step_status(story, "draft", when)
    with pytest.raises(Exception, match=r"status\.reason_needed"):
        story_status.step_status(story, "withdrawn", when)
    story = story_status.step_status(story, "withdrawn", when, "Siti", "Permintaan keluarga").apply(story)
    assert [line.status for line in story.log] == ["ready", "published", "withdrawn"]


def test_places_lead_to_the_desk_where_it_is_mended():
    assert TextPlace("people/p1/consent").desk == "check"
    assert TextPlace("videos/v/subtitles/0").desk == "video"


# ------------------------------------------------------------------------------------------------ overrides

BUNGA = Person(id="p", name="Bunga Kirana", age_group="child", role="victim", protected=True)


def let_stand(story: Story) -> Story:
    """Override every block about people, as the button does."""
    for block in judge_readiness(story, check_story(story, GROUP, folder="berita")).refusals:
        story = story_status.override_block(block.block_key, "2026-11-22T10:00:00+07:00", "Siti", "Bunga bank").apply(
            story
        )
    return story


def refused(story: Story) -> list[str]:
    return [str(f.facts["word"]) for f in judge_readiness(story, check_story(story, GROUP, folder="berita")).refusals]


def test_an_override_holds_for_the_sentence_it_was_given_for():
    story = replace(STORY, people=(BUNGA,), body="Keputusan Bunga naik lagi. Warga lega.")
    assert refused(story) == ["Bunga"]
    story = let_stand(story)
    assert refused(story) == []
    assert refused(replace(story, body=f"{story.body} Hujan turun sejak pagi.")) == []
    assert refused(replace(story, body=f"{story.body}\n\nKorban, Bunga (9), menangis.")) == ["Bunga"]
    assert refused(replace(story, body="Keputusan Bunga naik lagi, menangis.")) == ["Bunga"]
    assert refused(replace(story, summary="Keputusan Bunga naik lagi.")) == ["Bunga"]
    other = replace(BUNGA, id="q", name="Bunga Citra")
    assert refused(replace(story, people=(BUNGA, other))) == ["Bunga"]
    assert refused(replace(story, people=(other,))) == ["Bunga"]


def test_an_override_of_an_older_version_lets_no_words_stand():
    story = replace(STORY, people=(BUNGA,), body="Keputusan Bunga naik lagi.")
    for key in ("people_named:body:Bunga", "people_name_part:body:Bunga"):
        story = story_status.override_block(key, "2026-01-01T10:00:00+07:00", "Siti", "lama").apply(story)
    assert refused(story) == ["Bunga"]
    weekday = replace(STORY, people=(), byline=(), body="Warga berkumpul, Senin (22/11/2026).")
    for key in ("language_weekday:body:Senin (22/11/2026)", "form_no_byline:byline/0:"):
        weekday = story_status.override_block(key, "2026-01-01T10:00:00+07:00", "Siti", "lama").apply(weekday)
    blocks = {finding.code for finding in judge_readiness(weekday, check_story(weekday, GROUP)).blocks}
    assert "form_no_byline" not in blocks  # no words: what was decided then still holds
    assert "language_weekday" in blocks


def test_a_second_withdrawal_of_a_consent_asks_again():
    adult = Person(id="p", name="Joko Susilo", age_group="adult", consent=Consent(given=True, withdrawn="2026-11-01"))
    story = let_stand(replace(STORY, people=(adult,)))
    found = judge_readiness(story, check_story(story, GROUP, folder="berita"))
    assert not found.refusals
    again = people.withdraw_consent("p", "2026-11-20").apply(story)
    assert [f.code for f in judge_readiness(again, check_story(again, GROUP)).refusals] == ["people_withdrawn"]


# ------------------------------------------------------------------------------------------------ every reader's field

TOLD = {
    "claims": lambda word: (Claim(id="c", text="Ada yang hilang", public=True, explanation=f"Sudah pulang, {word}."),),
    "references": lambda word: (
        Claim(id="c", text="Ada yang hilang", public=True, references=(f"https://k.id/{word}",)),
    ),
    "link": lambda word: (
        Publication(outlet="website", when="2026-11-22", link=f"https://kim.id/cari-{word.lower()}/"),
    ),
    "reason": lambda word: (Correction(when="2026-11-22", what="Nama", reason=f"{word} tertulis"),),
}


@pytest.mark.parametrize("field", [*TOLD, "hashtags", "category", "kicker"])
def test_what_templates_print_beside_the_text_is_searched_too(field):
    lists = {"references": "claims", "link": "publications", "reason": "corrections"}
    if field in {"category", "kicker"}:
        story, group = replace(STORY, **{field: "Rani"}), GROUP
    elif field == "hashtags":
        story, group = STORY, replace(GROUP, hashtags=("save rani",))
    else:
        story, group = replace(STORY, **{lists.get(field, field): TOLD[field]("Rani")}), GROUP
    found = [f for f in check_people(story, group) if f.level == "block"]
    assert [f.code for f in found] == ["people_name_part"], found


def test_a_claim_that_readers_do_not_see_is_no_way_out():
    assert hits(replace(STORY, claims=(Claim(id="c", text="Rani hilang"),))) == []


def test_an_address_with_a_password_gets_out_of_no_field():
    secret = "https://siti:rahasia@sukamaju.example/berita"
    story = replace(
        STORY,
        people=(),
        body=f"Lihat {secret} atau [ini]({secret}).",
        publications=(Publication(outlet="website", when="", link=secret),),
    )
    found = check_people(story, replace(GROUP, site=secret), find_private)
    told = [(one.code, one.place.field) for one in found if one.facts.get("kind") == "login"]
    assert told == [("people_private", field) for field in ("body", "body", "publications/0/link", "group/site")]
    plain = "https://sukamaju.example:8080/@kim https://sukamaju.example/a@b 10:30@balai"
    assert not [one for one in check_people(replace(STORY, body=plain), GROUP, find_private) if one.facts.get("kind")]
