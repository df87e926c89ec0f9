"""The calendar on the wall and on the phone: what leaves is judged, times are right, and nothing is told twice."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.commands.calendar import CalendarWish, run_calendar
from studio.documents.calendar_paper import WallLook, wall_pages
from studio.paint.qt_application import ensure_gui
from studio.release.told_calendar import tell_calendar
from studio.services.calendar_files import calendar_words, load_national_days
from studio.services.calendar_outputs import write_phone, write_wall
from studio.services.draft_import import add_draft_file
from studio.store.index import SearchIndex
from studio.store.story_calendar import StoryCalendar, month_span
from studio.store.workspace import create_workspace
from studio.story.edits import set_field
from studio.story.model import Group, Person, Publication, Source, Story
from studio.story.newsroom_records import PlannedPost, StorySeries
from studio.story.post_plans import change_plan

NOW = datetime(2026, 12, 2, 9, tzinfo=timezone(timedelta(hours=8)))
TEXTS = MessageTexts(assets_dir() / "messages", "id")
DECEMBER = (2026, 12)
LONG = "Pasar murah “tiga hari”; sembako, sayur, dan jajanan pasar di lapangan desa Sukamaju 🎪 untuk seluruh warga"
STORIES = (
    Story(id="a-pasar", kind="event", headline=LONG, date="2026-12-08", date_end="2026-12-10", hours="20:00/02:00",
          place="Lapangan desa", planned=(PlannedPost(outlet="facebook", when="2026-12-07T18:00:00+07:00", by="Budi"),
                                          PlannedPost(outlet="x", when="2026-12-07", note="untuk Rina Lestari"))),
    Story(id="b-isya", kind="event", headline="Pengajian", date="2026-12-11", hours="bakda Isya",
          series=StorySeries(id="s", rule="FREQ=WEEKLY;BYDAY=FR")),
    Story(id="c-lewat", kind="notice", headline="Sudah lewat", date="2026-12-01",
          planned=(PlannedPost(outlet="x", when="2026-12-05"),)),
    Story(id="d-kabar", headline="Kabar hari ini", date="2026-12-02"),
    Story(id="rina-lestari", headline="Kisah Rina Lestari", date="2026-12-12", body="Rina Lestari bercerita.",
          people=(Person(id="p", name="Rina Lestari", age_group="child", protected=True, role="victim"),),
          planned=(PlannedPost(outlet="x", when="2026-12-14"),)),
    Story(id="e-lain", headline="Rina Lestari juara lomba", kind="event", date="2026-12-15", place="Balai"),
)  # fmt: skip


@pytest.fixture
def made(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", time_zone="WITA")) as workspace:
        workspace.clock = lambda: NOW
        for story in STORIES:
            workspace.add(story)
        index = SearchIndex(workspace)
        index.refresh()
        yield workspace, StoryCalendar(index, workspace, load_national_days().days)


def events(path):
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def one(found, word):
    (event,) = [each for each in found if word in each["SUMMARY"]]
    return event


def test_a_phone_gets_what_is_to_come_with_times_of_the_groups_zone(made, tmp_path):
    workspace, calendar = made
    path = tmp_path / "rencana.ics"
    written = write_phone(workspace, calendar, DECEMBER, path, TEXTS)
    found = events(path)
    assert written.entries == len(found)
    lines = path.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75  # RFC 5545, 3.1: in octets, also of an emoji
    assert b"TZID:Asia/Makassar" in lines
    assert b"TZOFFSETTO:+0800" in lines
    fair = one(found, "Acara: Pasar murah “tiga hari”; sembako")
    assert (fair.decoded("DTSTART").isoformat(), fair["DTEND"].dt.day) == ("2026-12-08T20:00:00+08:00", 9)
    assert fair["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=3"
    assert str(fair["LOCATION"]) == "Lapangan desa"
    post = one(found, "Rencana Facebook")
    assert post.decoded("DTSTART").isoformat() == "2026-12-07T19:00:00+08:00"  # 18.00 WIB
    assert [str(alarm["TRIGGER"].dt) for alarm in post.walk("VALARM")] == ["-1 day, 23:30:00"]
    prayer = one(found, "Acara: Pengajian")
    assert (prayer.decoded("DTSTART"), prayer.decoded("DTEND")) == (date(2026, 12, 11), date(2026, 12, 12))
    assert "bakda Isya" in prayer["DESCRIPTION"]
    assert len([e for e in found if "Seri: Pengajian" in e["SUMMARY"]]) == 3
    assert not [e for e in found if "lewat" in e["SUMMARY"] or "Kabar" in e["SUMMARY"]]
    with pytest.raises(UserError) as refused:
        write_phone(workspace, calendar, (2026, 10), path, TEXTS)
    assert refused.value.code == "calendar.nothing_ahead"
    assert path.is_file()


def test_nobody_protected_is_told_of_in_any_way_out(made, tmp_path):
    workspace, calendar = made
    told = tell_calendar(workspace, calendar.span(*month_span(*DECEMBER)))
    words = calendar_words(workspace, TEXTS)
    page = "".join(wall_pages(DECEMBER, told, WallLook(workspace.group), words, "a4"))
    path = tmp_path / "rencana.ics"
    write_phone(workspace, calendar, DECEMBER, path, TEXTS)
    phone = path.read_text(encoding="utf-8").replace("\r\n ", "")
    for text in (page, phone):
        assert "rina" not in text.casefold()
        assert "lestari" not in text.casefold()
        assert "(berita ditahan)" in text
        assert "Pasar murah" in text
    assert {notice.facts["story"][:10] for notice in told.notices} == {"2026-12-12", "2026-12-15"}
    assert [entry.place for entry in told.entries if entry.hidden and entry.kind == "event"] == ["", ""]


def test_a_moved_or_reworded_entry_is_the_same_for_the_phone(made, tmp_path):
    workspace, calendar = made
    path, folder = tmp_path / "rencana.ics", workspace.story_folders()[-1]
    folder = next(name for name in workspace.story_folders() if "pasar" in name)
    write_phone(workspace, calendar, DECEMBER, path, TEXTS)
    before = one(events(path), "Rencana Facebook")
    story = change_plan("facebook", "2026-12-07T18:00:00+07:00", when="2026-12-09").apply(workspace.load(folder))
    workspace.clock = lambda: NOW + timedelta(minutes=5)
    workspace.save(folder, set_field("headline", "Pasar murah pindah").apply(story))
    calendar._index.refresh()
    write_phone(workspace, calendar, DECEMBER, path, TEXTS)
    after = one(events(path), "Rencana Facebook")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] >= before["SEQUENCE"]
    assert after.decoded("DTSTART") == date(2026, 12, 9)
    uids = [event["UID"] for event in events(path)]
    assert len(set(uids)) == len(uids)


@pytest.mark.tool("pdftotext")
def test_the_wall_has_every_day_and_lists_what_has_no_room(made, tmp_path):
    workspace, calendar = made
    for number in range(9):
        workspace.add(Story(id=f"m{number}", kind="event", headline=f"Kegiatan {number}", date="2026-12-22"))
    calendar._index.refresh()
    ensure_gui()
    path = tmp_path / "dinding.pdf"
    write_wall(workspace, calendar, DECEMBER, path, TEXTS, "a3")
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    first, second = said.split("\f")[:2]
    assert all(word in first for word in ("Desember 2026", "Senin", "Kliwon", "Hari Nusantara", "Cuti bersama", "lagi"))
    assert "SKB Menteri Agama 1497/2025" in first
    assert all(f"Kegiatan {number}" in second for number in range(9))
    assert "untuk seluruh warga" in " ".join(second.split())  # of the long headline, which its day has no room for
    size = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "1191 x 842" in size


def test_the_command_prints_a_month_and_writes_both(made, tmp_path, capsys):
    workspace, _ = made
    workspace.close()
    pdf, ics = tmp_path / "d.pdf", tmp_path / "d.ics"
    assert run_calendar(workspace.path, CalendarWish("2026-12", pdf, "a4", ics), as_json=False) == 1
    said = capsys.readouterr()
    assert "Selasa Wage, 8 Desember 2026" in said.out
    assert "Hari Ibu" in said.out
    assert "Pekan kosong" in said.out
    assert "ditahan" in said.err
    assert pdf.is_file()
    assert ics.is_file()
    assert run_calendar(workspace.path, CalendarWish("2028-02"), as_json=True) == 0
    assert '"unknown_years": [\n    2028\n  ]' in capsys.readouterr().out
    for wish in (CalendarWish("2026"), CalendarWish("besok"), CalendarWish(paper="a5")):
        assert run_calendar(workspace.path, wish, as_json=False) == 2
    assert "a5" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("08.00–11.00", "08:00/11:00"),
        ("pukul 08.00 WIB sampai selesai", "09:00/.."),
        ("08:00/11:00", "08:00/11:00"),
        ("bakda Isya", "bakda Isya"),
    ],
)
def test_hours_and_plans_of_a_draft_are_those_of_the_phone(made, tmp_path, written, kept):
    workspace, calendar = made
    draft = tmp_path / "posyandu.md"
    head = f'headline: Posyandu Melati\nkind: event\nbyline: Siti\ndate: 2026-12-18\nhours: "{written}"'
    head += "\nplanned: [{outlet: x, when: 2026-12-16T08:00:00+08:00}]"
    draft.write_text(f"---\n{head}\n---\nBalita ditimbang.\n", encoding="utf-8")
    assert workspace.load(add_draft_file(workspace, draft).folder).hours == kept
    calendar._index.refresh()
    path = tmp_path / "rencana.ics"
    write_phone(workspace, calendar, DECEMBER, path, TEXTS)
    assert str(one(events(path), "Rencana X: Posyandu").decoded("DTSTART")) == "2026-12-16 08:00:00+08:00"
    begins = one(events(path), "Acara: Posyandu").decoded("DTSTART")
    assert str(begins) == ("2026-12-18" if "Isya" in kept else f"2026-12-18 {kept[:5]}:00+08:00")


def test_what_waits_for_an_embargo_is_not_told_before_it_has_appeared(made):
    workspace, calendar = made
    source = Source(name="Pak Camat", terms="embargo")
    folder = workspace.add(Story(id="j", headline="Jembatan diresmikan", date="2026-12-20", sources=(source,)))

    def titles():
        calendar._index.refresh()
        return [entry.title for entry in tell_calendar(workspace, calendar.span(*month_span(*DECEMBER))).entries]

    assert "Jembatan diresmikan" not in titles()
    posted = set_field("publications", (Publication(outlet="x", when="2026-12-20"),)).apply(workspace.load(folder))
    workspace.save(folder, posted)
    assert "Jembatan diresmikan" in titles()
