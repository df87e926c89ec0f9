"""The fact box: filled in from the answers as they are typed, never by itself, and left alone once changed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story.edits import set_field
from studio.story.model import Group, LeadAnswers, Story
from studio.story.occasion import answer_question, begin_story, fact_box, place_of, read_occasion, set_days
from studio.story.publishing import add_publication, told_changes

NOW = date(2026, 11, 23)
GROUP = Group(name="KIM", village="Desa Sukamaju")
WHEN = "Selasa, 1 Desember 2026, pukul 08.00 sampai 11.00 WIB"


def typed(story, which, text, *, group=GROUP, today=NOW):
    """Every keystroke is an edit."""
    for end in range(1, len(text) + 1):
        story = answer_question(which, text[:end], group, today).apply(story)
    return story


def told(story):
    return (story.date, story.date_end, story.hours, story.place)


def notice(**fields):
    return Story(id="s", kind="notice", created="2026-11-23T08:00:00+07:00", **fields)


@pytest.mark.parametrize("kind", ["notice", "event"])
def test_answers_typed_letter_by_letter_fill_in_the_box(kind):
    story = typed(typed(Story(id="s", kind=kind), "when", WHEN), "where", "di Balai Dusun Cibeureum.")
    assert told(story) == ("2026-12-01", "", "08:00/11:00", "Balai Dusun Cibeureum")
    assert [fact.text for fact in fact_box(story, "WIB")] == [
        "Selasa, 1 Desember 2026",
        "08.00–11.00 WIB",
        "Balai Dusun Cibeureum",
    ]


@pytest.mark.parametrize(
    ("when", "box"),
    [
        ("besok jam 8 pagi", ("2026-11-24", "", "08:00")),
        ("Minggu depan jam 7 malam sampai selesai", ("2026-11-29", "", "19:00/..")),
        ("tanggal 1, 08.00-11.00", ("2026-12-01", "", "08:00/11:00")),
        ("1-3 Desember, ba'da Isya", ("2026-12-01", "2026-12-03", "ba'da Isya")),
        ("01/12/2026 pukul 19.30 WITA s.d. selesai", ("2026-12-01", "", "18:30/..")),
        ("2 Januari", ("2027-01-02", "", "")),
        ("belum tahu", ("", "", "")),
        ("setiap Selasa jam 8 pagi", ("", "", "08:00")),
        ("Rabu pekan kedua", ("", "", "")),
        ("Selasa, minggu pertama Desember", ("", "", "")),
        ("nanti malam jam 8", ("2026-11-23", "", "20:00")),
        ("daftar sampai 28 November jam 14.00, acara 1 Desember jam 9", ("2026-12-01", "", "09:00")),
        ("Pendaftaran dibuka 24 November, ditutup 28 November. Acara 1 Desember", ("2026-12-01", "", "")),
        ("paling lambat 30 November 2026", ("2026-11-30", "", "")),
        ("diundur dari 1 Desember ke 3 Desember 2026", ("2026-12-03", "", "")),
        ("Selasa dan Kamis, 1 dan 3 Desember 2026", ("2026-12-01", "", "")),
        ("menunggu kabar dari kecamatan", ("", "", "")),
    ],
)
def test_what_is_not_said_is_not_filled_in(when, box):
    assert told(typed(notice(), "when", when))[:3] == box


def test_a_corrected_answer_is_followed_and_an_emptied_one_empties_the_box():
    story = typed(notice(), "when", WHEN)
    story = answer_question("when", WHEN.replace("1 Des", "2 Des").replace("Selasa", "Rabu"), GROUP, NOW).apply(story)
    assert story.date == "2026-12-02"
    assert told(answer_question("when", "", GROUP, NOW).apply(story)) == ("", "", "", "")


def test_what_was_changed_by_hand_stays():
    story = typed(notice(), "when", WHEN)
    story = set_field("hours", "09:00").apply(set_days("2026-12-03", "2026-12-04").apply(story))
    story = answer_question("when", f"{WHEN} ya", GROUP, NOW).apply(story)
    assert told(story)[:3] == ("2026-12-03", "2026-12-04", "09:00")


def test_a_notice_begins_without_a_day_and_a_place_and_news_with_both():
    fresh = Story(id="", date="2026-11-23", place="Sukamaju")
    story = begin_story("notice", GROUP, NOW).apply(fresh)
    assert (story.kind, *told(story)) == ("notice", "", "", "", "")
    back = begin_story("news", GROUP, NOW).apply(story)
    assert (back.kind, *told(back)) == ("news", "2026-11-23", "", "", "Sukamaju")
    by_hand = begin_story("event", GROUP, NOW).apply(Story(id="", date="2026-12-24", place="Balai Desa"))
    assert told(by_hand) == ("2026-12-24", "", "", "Balai Desa")
    answered = begin_story("notice", GROUP, NOW).apply(
        Story(id="", date="2026-11-23", place="Sukamaju", answers=LeadAnswers(when=WHEN, where="Balai Dusun"))
    )
    assert told(answered) == ("2026-12-01", "", "08:00/11:00", "Balai Dusun")


def test_the_day_a_story_was_begun_on_is_that_of_the_group():
    """Half past ten at night in Jakarta is the next day in Jayapura; the story is gone on with a day later."""
    group, later = Group(village="Sukamaju", time_zone="WIT"), date(2026, 11, 24)
    begun = Story(id="s", date="2026-11-23", place="Sukamaju", created="2026-11-22T22:30:00+07:00")
    assert begin_story("notice", group, later).apply(begun).date == ""
    assert answer_question("when", "kemarin lusa, 20 November", group, later).apply(begun).date == "2026-11-20"


def test_news_takes_the_day_from_its_answer_and_keeps_its_dateline():
    fresh = Story(id="s", date="2026-11-23", place="Sukamaju", created="2026-11-23T08:00:00+07:00")
    story = typed(typed(fresh, "when", "Minggu pagi"), "where", "Dusun Cibeureum")
    assert told(story) == ("2026-11-22", "", "", "Sukamaju")
    assert typed(fresh, "when", "sejak lama").date == "2026-11-23"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_answer_leaves_a_box_that_can_be_shown(when, where):
    story = answer_question("where", where, GROUP, NOW).apply(answer_question("when", when, GROUP, NOW).apply(notice()))
    occasion = read_occasion(when, where, "notice", NOW, "WIB")
    assert told(story) == (occasion.date, occasion.date_end, occasion.hours, occasion.place)
    assert all(fact.text for fact in fact_box(story, "WIB"))


def test_places_lose_only_the_word_before_them():
    assert [place_of(text) for text in ("di balai dusun.", "Bertempat di Aula Desa", "Dieng Kulon", "ke kebun")] == [
        "Balai dusun",
        "Aula Desa",
        "Dieng Kulon",
        "Kebun",
    ]


@pytest.mark.parametrize("where", ["belum tahu", "Masih belum pasti", "tidak tahu", "-", "?", "entah di mana"])
def test_a_place_that_is_not_known_is_none(where):
    assert place_of(where) == ""
    assert typed(notice(), "where", where).place == ""


def test_a_label_before_a_place_is_not_part_of_it():
    assert place_of("Tempat: Aula Desa") == place_of("lokasinya di aula Desa") == "Aula Desa"
    assert place_of("Tempat Pelelangan Ikan") == "Tempat Pelelangan Ikan"


def test_readers_who_were_told_other_hours_get_a_correction():
    story = add_publication("whatsapp", "2026-11-24T10:00:00+07:00").apply(
        notice(date="2026-12-01", hours="08:00", status="ready")
    )
    later = set_field("hours", "09:00").apply(story)
    assert [(change.field, change.before, change.after) for change in told_changes(later)] == [
        ("hours", "08:00", "09:00")
    ]
