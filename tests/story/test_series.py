"""Series of stories: days by rules and by the Javanese week, their words, and what goes along into the next story."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.checks.series_rules import check_series
from studio.story import model
from studio.story.date_formats import full_date, news_date, short_date
from studio.story.model import (
    Claim,
    Consent,
    Cover,
    Cue,
    LeadAnswers,
    Person,
    Photo,
    Publication,
    Slideshow,
    Source,
    StatusChange,
    Story,
    Video,
)
from studio.story.newsroom_records import Comment, PlannedPost, RightOfReply, StorySeries
from studio.story.next_in_series import days_to_choose, first_day, next_story
from studio.story.publication_records import Declaration
from studio.story.series_days import market_day, series_days
from studio.story.series_words import day_words, read_series, series_text

START = date(2026, 12, 1)  # a Tuesday


def test_market_days_are_those_of_published_calendars():
    # "Jumat Legi": Sukarno about the day of the proclamation (setneg.go.id, quoted by bisnis.com, 17 August 2021).
    assert market_day(date(1945, 8, 17)) == "Legi"
    # "Kalender Jawa Minggu Ini, 13-19 Maret 2023" (fajarpendidikan.co.id)
    week = [market_day(date(2023, 3, 13) + timedelta(n)) for n in range(7)]
    assert week == ["Pon", "Wage", "Kliwon", "Legi", "Pahing", "Pon", "Wage"]
    assert day_words(date(2027, 1, 31)) == "Minggu Pon, 31 Januari 2027"


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("setiap Selasa pertama", ["2027-01-05", "2027-02-02", "2027-03-02"]),
        ("setiap Minggu Pon", ["2026-12-27", "2027-01-31", "2027-03-07"]),
        ("setiap minggu", ["2026-12-08", "2026-12-15"]),  # the week, not the Sunday
        ("setiap hari minggu", ["2026-12-06", "2026-12-13"]),
        ("setiap minggu pasaran pon", ["2026-12-27", "2027-01-31"]),  # the Sunday, whatever the capitals
        ("malam Jumat Kliwon", ["2026-12-03", "2027-01-07"]),  # the evening of Thursday
        ("setiap Wage", ["2026-12-03", "2026-12-08"]),
        ("selapanan", ["2027-01-05", "2027-02-09"]),
        ("Dua minggu sekali hari Senin", ["2026-12-14", "2026-12-28"]),
        ("setiap Senin sampai Rabu", ["2026-12-02", "2026-12-07", "2026-12-08"]),
        ("setiap Jum'at terakhir", ["2026-12-25", "2027-01-29"]),
        ("setiap tanggal 31", ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]),
        ("setiap 29 Februari", ["2027-02-28", "2028-02-29", "2029-02-28"]),
        ("setiap tahun", ["2027-12-01", "2028-12-01"]),
        ("tiga bulan sekali", ["2027-03-01", "2027-06-01"]),
        ("setiap Selasa pertama bulan Januari dan Juli", ["2027-01-05", "2027-07-06", "2028-01-04"]),
        ("setiap Selasa pertama sampai Februari 2027", ["2027-01-05", "2027-02-02"]),
        ("setiap Selasa pertama sampai Januari", ["2027-01-05"]),
        ("setiap Selasa, 3 kali", ["2026-12-08", "2026-12-15"]),  # the story there is counts
        ("setiap Selasa kecuali 8 dan 15 Desember 2026, sampai 29 Desember 2026", ["2026-12-22", "2026-12-29"]),
    ],
)
def test_typed_words_mean_these_days_and_come_back_as_words(typed, days):
    series = read_series(typed, START, "s")
    assert [day.isoformat() for day in series_days(series, START, max(2, len(days)))] == days
    assert read_series(series_text(series), START, "s") == series


@pytest.mark.parametrize(
    ("typed", "unread"),
    [
        ("setiap purnama", "purnama"),
        ("setiap Selasa Ramadan", "Ramadan"),
        ("besok", "besok"),
        ("", "–"),
        ("setiap Selasa kecuali libur sekolah", "kecuali libur sekolah"),
        ("setiap Selasa sampai panen", "sampai panen"),
        ("sebulan dua kali", "sebulan dua kali"),  # and not two months
        ("3x seminggu hari Senin", "3x seminggu"),
        ("setiap 31 Juni", "31 Juni"),
        ("setiap 0 hari", "0 hari"),
        ("setiap Minggu Pon pertama", "pertama"),
    ],
)
def test_what_is_not_understood_is_named_and_no_day_is_guessed(typed, unread):
    with pytest.raises(UserError) as refused:
        read_series(typed, START, "s")
    assert (refused.value.code, refused.value.facts["words"]) == ("series.unread", unread)


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from(
        ["", ";BYDAY=MO,TH", ";BYDAY=1TU", ";BYDAY=-1FR", ";BYMONTHDAY=30", ";BYMONTH=2", ";BYMONTH=2;BYMONTHDAY=30"]
    ),
    st.integers(1, 12),
    st.sampled_from(["", "Pon", "Kliwon"]),
    st.dates(date(2024, 1, 1), date(2032, 12, 31)),
)
def test_days_of_any_rule_follow_each_other_and_its_words_mean_the_same(freq, more, every, market, start):
    series = StorySeries(id="s", rule=f"FREQ={freq};INTERVAL={every}{more}", market_day=market, until="2060-01-01")
    days = series_days(series, start, 3)
    assert list(days) == sorted(set(days))
    assert all(day > start and market in {"", market_day(day)} for day in days)
    if days:
        assert series_days(read_series(series_text(series), start, "s"), start, 3) == days


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15;BYMONTH=2",
    ],
)
def test_a_rule_of_a_calendar_whose_days_no_words_mean_stands_as_it_is(rule):
    series = StorySeries(id="s", rule=rule, until="2040-12-31")
    assert read_series(series_text(series), START, "s") == series


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;FREQ=DAILY",
        "EXDATE:20200101",
        "FREQ=DAILY\nFREQ=DAILY",
    ],
)
def test_a_rule_from_outside_that_counts_no_days_is_refused_at_once(rule):
    with pytest.raises(UserError) as refused:
        series_days(StorySeries(id="s", rule=rule), START)
    assert refused.value.code == "series.rule"


def notice(**changes):
    told = {
        "id": "old",
        "kind": "notice",
        "status": "published",
        "headline": "Posyandu Desember 2026",
        "place": "Balai Dusun",
        "date": "2026-12-01",
        "hours": "08:00/11:00",
        "valid_until": "2026-12-02",
        "series": StorySeries(id="s", rule="FREQ=MONTHLY;BYDAY=1TU"),
    }
    return Story(**told | changes)


def test_the_next_notice_has_the_new_day_wherever_the_old_one_stood():
    old = date(2026, 12, 1).isoformat()
    body = (
        f"Posyandu digelar {full_date(old)} di Balai Dusun, selasa pahing {short_date(old)}.\n\n"
        f"Berlaku sampai 2 Desember 2026. Daftar sampai 28 November 2026 setiap Senin."
    )
    story = notice(
        body=body,
        summary=f"Posyandu {news_date(old)}",
        answers=LeadAnswers(when="Selasa, 1 DESEMBER 2026, pukul 08.00"),
        videos=(Video(id="v", file="a.mp4", subtitles=(Cue(start=0, end=1, text="Sampai jumpa 01-12-2026"),)),),
        photos=(Photo(id="p", file="a.jpg", caption="Antrean, Selasa (1/12/2026)."),),
    )
    made = next_story(story, date(2027, 1, 5))
    new = made.story
    assert (new.date, new.valid_until, new.hours, new.place) == (
        "2027-01-05",
        "2027-01-06",
        "08:00/11:00",
        "Balai Dusun",
    )
    assert new.headline == "Posyandu Januari 2027"
    assert new.summary == "Posyandu Selasa (5/1/2027)"
    assert new.answers.when == "Selasa, 5 JANUARI 2027, pukul 08.00"
    # What was said and seen that day is not of another one.
    assert new.videos[0].subtitles[0].text == "Sampai jumpa 01-12-2026"
    assert new.photos[0].caption == "Antrean, Selasa (1/12/2026)."
    assert new.body == (
        "Posyandu digelar Selasa, 5 Januari 2027 di Balai Dusun, selasa pahing 5/1/2027.\n\n"
        "Berlaku sampai 6 Januari 2027. Daftar sampai 28 November 2026 setiap Senin."
    )
    assert made.left == (
        ("body", "28 November 2026"),
        ("photos/p/caption", "Selasa (1/12/2026)"),
        ("videos/v/subtitles/0", "01-12-2026"),
    )
    assert {finding.place.field for finding in check_series(new)} == {place for place, _ in made.left}
    # Asked about until somebody has changed it.
    (finding,) = [each for each in check_series(new) if each.place.field == "body"]
    assert (finding.code, finding.place.field, finding.facts["word"]) == ("series_old_date", "body", "28 November 2026")
    changed = replace(new, body=new.body.replace("28 November 2026", "2 Januari 2027"), photos=(), videos=())
    assert not check_series(changed)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Posyandu 01-12-26", "01-12-26"),
        ("Posyandu (1/12)", "1/12"),
        ("Buka 1 Des 26", "1 Des"),  # the year would stay the old one
        ("Posyandu 2026", "2026"),
        ("Selasa pertama Desember", "Desember"),
        ("Beras 1/2 kg, RT 3/12, pukul 12.30", ""),
    ],
)
def test_what_may_be_the_old_day_is_left_and_asked_about(said, asked):
    made = next_story(notice(headline=said), date(2027, 1, 5))
    assert (made.story.headline, made.left) == (said, (("headline", asked),) if asked else ())


@pytest.mark.parametrize("end", ["9999-12-31", "2026-11-01", "besok", ""])
def test_odd_days_in_a_file_do_not_stop_the_next_story(end):
    made = next_story(notice(date_end=end, valid_until=end, body="1 Desember 2026"), date(2027, 1, 5)).story
    assert made.body == "5 Januari 2027" or end == "9999-12-31"
    assert made.valid_until == {"2026-11-01": "2026-12-06"}.get(end, end)


def test_several_days_move_together_and_a_date_in_words_is_asked_about():
    story = notice(
        date="2028-02-28",
        date_end="2028-03-01",
        valid_until="2028-03-03",
        body="Buka 28–29 Februari 2028. Tanggal dua puluh delapan Februari.",
    )
    made = next_story(replace(story, summary="Selasa–Rabu"), date(2029, 2, 27))
    assert (made.story.date, made.story.date_end, made.story.valid_until) == ("2029-02-27", "2029-03-01", "2029-03-03")
    assert {words for _, words in made.left} >= {"28–29 Februari 2028"}
    assert made.story.body == story.body


def test_nothing_of_what_was_done_with_the_old_story_goes_along():
    given = Consent(given=True, by="Ibu Rina", when="2026-11-20")
    story = notice(
        editor="Budi",
        publications=(Publication(outlet="facebook", when="2026-11-25"),),
        corrections=(model.Correction(when="2026-11-26", what="Jam"),),
        told=model.PublishedSnapshot(when="2026-11-25", headline="Posyandu"),
        log=(StatusChange(status="published", when="2026-11-25"),),
        declarations={"decent": Declaration(when="2026-11-20")},
        comments=(Comment(id="c", place="body"),),
        right_of_reply=(RightOfReply(text="Tidak benar."),),
        put_aside=("x",),
        former_folders=("2026-12-01-berita",),
        overrides={"facebook/teks.txt": model.TextOverride(text="1 Desember")},
        claims=(Claim(id="k", text="hoaks", picture="p2"),),
        photos=(
            Photo(id="p1", file="a.jpg", people_checked=True, covers=(Cover(),)),
            Photo(id="p2", file="b.jpg"),
        ),
        cover="p2",
        videos=(Video(id="v", file="v.mp4", narration="c.ogg"),),
        slideshow=Slideshow(photos=("p1", "p2"), narration="c.ogg"),
        sources=(Source(name="Bidan", when="2026-11-20", terms="off_record"),),
        people=(
            Person(id="a", name="Rina", consent=given, protected=True),
            Person(id="b", name="Sari", consent=replace(given, withdrawn="2026-11-28")),
        ),
        planned=(PlannedPost(outlet="facebook", when="2026-11-29T08:00:00+07:00"),),
    )
    new = next_story(story, date(2027, 1, 5)).story
    blank = "id editor status publications corrections told log declarations comments right_of_reply put_aside"
    empty = Story(id="")
    for name in (*blank.split(), "former_folders", "overrides", "claims", "created", "modified", "cover"):
        assert getattr(new, name) == getattr(empty, name), name
    assert [(photo.id, photo.people_checked, photo.covers) for photo in new.photos] == [("p1", False, (Cover(),))]
    assert new.videos[0].narration == ""
    assert (new.slideshow.photos, new.slideshow.narration) == (("p1",), "")
    assert (new.sources[0].when, new.sources[0].terms) == ("", "off_record")
    assert (new.people[0].consent, new.people[0].protected) == (Consent(), True)
    assert new.people[1].consent.withdrawn == "2026-11-28"
    assert new.planned[0].when == "2027-01-03T08:00:00+07:00"
    assert (new.series.id, new.series.follows) == ("s", "old")


def test_a_series_ends_by_its_day_by_its_number_and_is_taken_up_after_a_pause():
    counted = notice(series=StorySeries(id="s", rule="FREQ=MONTHLY;BYDAY=1TU;COUNT=3"))
    assert [day.isoformat() for day in days_to_choose(counted, 5)] == ["2027-01-05", "2027-02-02"]
    second = next_story(counted, date(2027, 1, 5)).story
    assert [day.isoformat() for day in days_to_choose(second, 5)] == ["2027-02-02"]  # not three from here on
    with pytest.raises(UserError) as over:
        first_day(second, date(2027, 2, 3))
    assert over.value.code == "series.over"
    assert first_day(notice(), date(2027, 3, 3)) == date(2027, 4, 6)
    with pytest.raises(UserError) as earlier:
        next_story(notice(), date(2026, 12, 1))
    assert earlier.value.code == "series.not_later"
    with pytest.raises(UserError) as undated:
        first_day(notice(date=""), date(2026, 12, 1))
    assert undated.value.code == "series.no_date"
