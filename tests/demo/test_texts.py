"""The texts of the sample: spelling, dates, facts, form."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from studio.base.paths import assets_dir
from studio.store.workspace import open_workspace

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def body(text):
    return text.split("---\n", 2)[2]


def pairs():
    """Wrong spellings that are always wrong, from the language data when it is there, else the commonest ones."""
    common = [
        *("aktifitas", "apotik", "cabe", "dimana", "disini", "diluar", "hektar", "himbau", "ijin", "jadual", "jum'at"),
        *(
            "kerjasama",
            "komplek",
            "merubah",
            "mempengaruhi",
            "milyar",
            "nara sumber",
            "nopember",
            "orangtua",
            "perhari",
        ),
        *("praktek", "resiko", "respon", "sekedar", "silahkan", "supir", "telpon", "terimakasih", "tanggungjawab"),
        *("antri", "analisa", "obyek", "propinsi", "standarisasi", "apapun", "walau pun", "di laksanakan", "olah raga"),
    ]
    found = next(iter(assets_dir().rglob("ejaan_baku.csv")), None)
    if found is None:
        return common
    rows = list(csv.DictReader(found.read_text(encoding="utf-8").splitlines()))
    return common + [row["salah"] for row in rows if row["mode"] == "pasti"]


def test_no_spelling_that_is_certainly_wrong(drafts):
    for name, text in drafts.items():
        plain = re.sub(r"\s+", " ", text.casefold())
        wrong = [word for word in pairs() if re.search(rf"(?<![\w-]){re.escape(word.casefold())}(?![\w-])", plain)]
        assert not wrong, name


def test_every_weekday_agrees_with_its_date(drafts):
    seen = 0
    for name, text in drafts.items():
        for day, d, m, y in re.findall(r"(\w+) \((\d{1,2})/(\d{1,2})/(\d{4})\)", text):
            if day not in DAYS:
                assert day in {"pada", "tanggal"}, f"{name}: {day} before a date"
                continue
            assert DAYS[date(int(y), int(m), int(d)).weekday()] == day, f"{name}: {day} ({d}/{m}/{y})"
            seen += 1
        for day, d, month, y in re.findall(r"(\w+), (\d{1,2}) ([A-Z]\w+) (\d{4})", text):
            assert DAYS[date(int(y), MONTHS.index(month) + 1, int(d)).weekday()] == day, f"{name}: {day}, {d} {month}"
            seen += 1
        for day, d, month in re.findall(r"(\w+) (\d{1,2}) ([A-Z]\w+)$", text, re.MULTILINE):
            assert DAYS[date(2026, MONTHS.index(month) + 1, int(d)).weekday()] == day, f"{name}: {day} {d} {month}"
            seen += 1
    assert seen >= 25


def test_length_and_lead(drafts):
    assert len(drafts) == 3
    for name, text in drafts.items():
        words = re.findall(r"\w[\w.,/–-]*", body(text))
        assert 200 <= len(words) <= 350, f"{name}: {len(words)} words"
        lead = body(text).strip().split("\n\n")[0]
        assert len(lead.split()) <= 35, f"{name}: a lead has at most 35 words (domain.md 2.1)"
        assert len(re.findall(r"[.!?](?:\s|$)", lead)) <= 2


def test_form_of_numbers_quotes_and_titles(drafts, stories):
    for name, text in drafts.items():
        assert not re.search(r"Rp\.|Rp ", text), f"{name}: Rp stands without stop and space"
        assert not re.search(r"\b\d{5,}\b", body(text)), f"{name}: thousands are parted by a stop"
        assert not re.search(r"pukul \d{1,2}:\d\d", text), f"{name}: hours are written 09.05"
        assert body(text).count("“") == body(text).count("”") >= 2
        assert '"' not in body(text)
    for story in stories.values():
        assert not story.headline.endswith(".")
        assert len(story.headline) <= 80


def test_quoted_people_are_sources_with_office_and_consent(stories):
    for story in stories.values():
        assert len(story.sources) >= 2
        for source in story.sources:
            assert source.role
            assert source.when <= max(story.date, "2026-11-23")
            assert source.name in story.body
        names = {person.name for person in story.people if person.consent.given and person.age_group == "adult"}
        assert names == {source.name for source in story.sources}


def test_facts_of_every_story_are_complete(stories):
    for story in stories.values():
        answers = story.answers
        assert all((answers.what, answers.who, answers.where, answers.when, answers.why, answers.how))
        assert story.summary
        assert story.kicker
        assert story.category
        assert len(story.tags) >= 3
        assert story.byline
        assert story.editor
        assert story.place == ("Halaman Balai Desa Sukamaju" if story.kind == "notice" else "Sukamaju")
        assert bool(story.hours) == (story.kind == "notice")
    assert {story.kind for story in stories.values()} == {"news", "notice", "profile"}
    assert [story.valid_until for story in stories.values()] == ["", "", "2026-11-28"]


def test_every_picture_and_clip_is_captioned_credited_and_described(stories):
    for story in stories.values():
        for item in (*story.photos, *story.videos):
            assert item.caption.endswith(".")
            assert re.search(r"\(\d\d/11/2026\)", item.caption), "a caption says when"
            assert "Sukamaju" in item.caption, "a caption says where"
            assert item.credit
            assert len(item.alt) > 40
            assert not item.alt.endswith(".")
            assert item.focus is not None
            assert item.people_checked
            assert item.rights
        assert len({photo.alt for photo in story.photos}) == len(story.photos)


def test_sums_of_money_agree(drafts):
    text = drafts["saluran-irigasi.md"]
    total, members, village = (int(n.replace(".", "")) for n in re.findall(r"Rp([\d.]+\d)", body(text)))
    assert total == members + village


def test_no_personal_numbers(drafts):
    for name, text in drafts.items():
        assert not re.search(r"\b\d{16}\b|\b08\d{8,}|@\w+\.\w", text), name


def test_titles_cuts_and_subtitles_lie_inside_the_clips(stories):
    clips = [clip for story in stories.values() for clip in story.videos]
    assert [bool(clip.subtitles) for clip in clips] == [False, False, True]
    for clip in clips:
        assert clip.title
        assert clip.cuts
        for cut in clip.cuts:
            assert 0 <= cut.start < cut.end <= clip.seconds
        for cue in clip.subtitles:
            assert 0 <= cue.start < cue.end <= clip.seconds
            assert all(len(line) <= 42 for line in cue.text.splitlines())


@pytest.mark.parametrize("name", ["saluran-irigasi.md", "vaksinasi-ternak.md", "pasar-minggu-pagi.md"])
def test_drafts_are_nfc_with_unix_ends(name):
    import unicodedata

    raw = (Path(assets_dir()) / "sample" / name).read_bytes()
    assert b"\r" not in raw
    assert unicodedata.normalize("NFC", raw.decode()) == raw.decode()


def test_the_workspace_opens_without_problems(sample):
    with open_workspace(sample.path, write=False) as workspace:
        assert workspace.problems == ()
