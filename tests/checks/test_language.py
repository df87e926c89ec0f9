"""Rules of language on sentences as volunteers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.checks.all_checks import check_story
from studio.checks.answers5w import answered_questions, check_answers
from studio.checks.language import LanguageChecker, check_dates
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.story.model import Group, LeadAnswers, Person, Photo, Story, Video

SENTENCES = Path(__file__).resolve().parents[2] / "bench" / "data"
GROUP = Group(name="KIM Bina Warga", village="Sukamaju")


def told(checker, text: str) -> list[tuple[str, str, str]]:
    """Code, marked words and first fix of each finding."""
    marks = checker.marks(text, frozenset())
    return [(m.code, text[m.start : m.end], m.fixes[0] if m.fixes else "") for m in marks]


@pytest.mark.parametrize(
    ("text", "code", "words", "fix"),
    [
        ("Warga berkumpul dirumah kepala dusun.", "language_apart", "dirumah", "di rumah"),
        ("Acara diseluruh desa berjalan lancar.", "language_apart", "diseluruh", "di seluruh"),
        ("Mereka pulang keatas bukit.", "language_apart", "keatas", "ke atas"),
        ("Bantuan di berikan kemarin, Senin (23/11).", "language_apart", "di berikan", "diberikan"),
        ("Jalan itu di buat oleh warga.", "language_apart", "di buat", "dibuat"),
        ("Siapapun boleh datang.", "language_apart", "Siapapun", "Siapa pun"),
        ("Hujan deras, meski pun begitu acara lancar.", "language_apart", "meski pun", "meskipun"),
        ("Iuran dibayar perbulan.", "language_apart", "perbulan", "per bulan"),
        ("Turnamen antar dusun dimulai.", "language_apart", "antar dusun", "antardusun"),
        ("Peringatan hari jadi ke 80 desa.", "language_apart", "ke 80", "ke-80"),
        ("Peserta se Kabupaten hadir.", "language_apart", "se Kabupaten", "se-Kabupaten"),
        ("Aktifitas warga kembali normal.", "language_pair", "Aktifitas", "Aktivitas"),
        ("Silahkan datang ke balai desa.", "language_pair", "Silahkan", "Silakan"),
        ("Resikonya kecil.", "language_pair", "Resikonya", "Risikonya"),
        ("Petugas sholat Jum'at dahulu.", "language_pair", "sholat", "salat"),
        ("Warga melihat bangunnan baru.", "language_unknown", "bangunnan", ""),
        ("Biayanya Rp. 5.000 per orang.", "language_money", "Rp. 5.000", "Rp5.000"),
        ("Biayanya Rp 5.000 per orang.", "language_money", "Rp 5.000", "Rp5.000"),
        ("Biayanya Rp1250000 seluruhnya.", "language_money", "Rp1250000", "Rp1.250.000"),
        ("Acara dimulai pukul 09:05 WIB.", "language_hour", "pukul 09:05", "pukul 09.05"),
        ("Ada 12500 benih ikan.", "language_thousands", "12500", "12.500"),
        ("Rapat diadakan Senin (22/11/2026).", "language_weekday", "Senin (22/11/2026)", "Minggu (22/11/2026)"),
        ("Rapat (Senin, 22/11/2026) ramai.", "language_weekday", "Senin, 22/11/2026", "Minggu, 22/11/2026"),
        ("Rapat diadakan Senin, 31 Februari 2026.", "language_no_date", "Senin, 31 Februari 2026", ""),
        ("Kemarin warga bekerja bakti.", "language_vague_day", "Kemarin", ""),
        ("Acara itu luar biasa.", "language_opinion", "luar biasa", ""),
        ("Polisi menangkap pelaku pencurian.", "language_presumption", "pelaku", "terduga pelaku"),
        ("Bantuan untuk orang cacat disalurkan.", "language_hurting", "cacat", "penyandang disabilitas"),
        ("Warga yang yang datang banyak.", "language_doubled", "yang yang", "yang"),
        ("Warga datang , lalu pulang.", "language_space_after", "datang , lalu", "datang, lalu"),
        ("Rapat digelar senin (23/11/2026).", "language_capital", "senin", "Senin"),
        ("Rapat digelar hari minggu.", "language_capital", "minggu", "Minggu"),
        ("Panen tiba pada bulan maret.", "language_capital", "maret", "Maret"),
        ("Warga berangkat dari kabupaten pacitan.", "language_capital", "kabupaten pacitan", "Kabupaten Pacitan"),
        ("Mereka belajar bahasa indonesia.", "language_capital", "indonesia", "Indonesia"),
        ("Kata bupati Pacitan, jalan diperbaiki.", "language_capital", "bupati", "Bupati"),
        ("Jalan di Kabupaten ini rusak.", "language_capital", "Kabupaten", "kabupaten"),
        ("Acara selesai. warga pulang.", "language_capital", "warga", "Warga"),
        ("Acara selesai. 64 warga pulang.", "language_number_first", "64", "Sebanyak 64"),
    ],
)
def test_each_rule_marks_the_words_and_offers_the_fix(checker, text, code, words, fix):
    assert (code, words, fix) in told(checker, text)


@pytest.mark.parametrize(
    "text",
    [
        "Warga keluar rumah dan pergi ke luar negeri kepada keluarga.",
        "Saluran itu dilaksanakan, diikuti, dan diperbaiki warga.",
        "Air mengalir ke 27 hektare sawah di Dusun Krajan.",
        "Walaupun hujan, adapun acara maupun lomba tetap jalan, sekalipun basah.",
        "Rapat diadakan Minggu (22/11/2026) pukul 07.00 WIB.",
        "“Acara ini luar biasa dan kemarin ramai,” kata Sri.",
        "Pelaku usaha mengikuti pelatihan setelah polisi datang.",
        "Kunjungi https://dirumah.example/aktifitas atau @dirumah #aktifitas.",
        "Pemerintah menyediakan 1.250 paket, harga Rp5.000, nomor 081234567890.",
        "Minggu depan warga menanam padi, jagung, dll. dan memanen cabai pada Maret.",
        "Kepala desa dan bupati hadir di Kabupaten Pacitan bersama Dr. Sri, S.Pd. dan warga lain.",
        "Sapi jenis baru dipelihara di dusun tengah, dekat kota.",
        "Kata `dirumah` dan [tautan](https://x.example/diatas) dibiarkan.",
    ],
)
def test_what_is_right_is_left_alone(checker, text):
    assert told(checker, text) == []


def test_every_pair_of_the_table_is_found(checker, lexicon):
    missed = []
    for pair in lexicon.pairs:
        text = f"Warga desa mencatat {pair.wrong} yang ada."
        if not any(mark.start < 20 + len(pair.wrong) and mark.end > 20 for mark in checker.marks(text, frozenset())):
            missed.append(pair.wrong)
    assert len(missed) <= 0.05 * len(lexicon.pairs), missed


@pytest.mark.parametrize("name", ["sentences_for_tuning.txt", "sentences_held_out.txt"])
def test_correct_prose_is_hardly_ever_flagged(checker, name):
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    words = sum(len(TextPassage(line).words) for line in lines)
    alarms = sum(len(checker.marks(line, frozenset())) for line in lines)
    assert alarms / words <= 0.012


def test_five_hundred_sentences_are_judged():
    assert sum(len(p.read_text(encoding="utf-8").splitlines()) for p in SENTENCES.glob("*.txt")) >= 500


# ------------------------------------------------------------------------------------------------ stories


def codes(checker, story: Story) -> set[str]:
    return {finding.code for finding in checker.check(story, GROUP)}


def test_names_of_the_story_and_ignored_words_are_known(checker):
    story = Story(id="s", body="Menurut sutarmi, jembattan itu kuat.")
    assert codes(checker, story) == {"language_unknown"}
    assert (
        codes(checker, replace(story, words_ignored=("Jembattan",), people=(Person(id="p", name="Sutarmi"),))) == set()
    )
    everywhere = replace(GROUP, dictionary=("sutarmi", "jembattan"))
    assert checker.check(story, everywhere) == ()
    assert codes(checker, replace(story, language="jv")) == set()


def test_a_place_of_the_story_keeps_its_capital_and_a_word_of_the_group_needs_none(checker):
    story = Story(id="s", place="Pacitan", body="Warga berangkat dari pacitan.")
    assert codes(checker, story) == {"language_capital"}
    assert codes(checker, replace(story, place="", words_ignored=("pacitan",))) == set()


def test_findings_lead_to_their_words_in_every_text(checker):
    story = Story(
        id="s",
        headline="Aktifitas warga",
        body="Paragraf pertama.\n\nWarga ada dirumah.",
        photos=(Photo(id="p", file="a.jpg", caption="Warga diatas bukit", name="aktifitas.jpg"),),
        videos=(Video(id="v", file="a.mp4", title="Resiko banjir"),),
        byline=("Handal Prasetyo",),
    )
    texts = {"headline": story.headline, "body": story.body, "photos/p/caption": "Warga diatas bukit"}
    found = {
        (f.place.field, texts.get(f.place.field, "Resiko banjir")[f.place.start : f.place.end])
        for f in checker.check(story, GROUP)
    }
    assert found == {
        ("headline", "Aktifitas"),
        ("body", "dirumah"),
        ("photos/p/caption", "diatas"),
        ("videos/v/title", "Resiko"),
    }
    for finding in checker.check(story, GROUP):
        assert finding.source
        assert finding.facts["sentence"]


def test_a_wrong_weekday_stops_the_story_even_without_a_lexicon():
    story = Story(id="s", headline="Rapat", byline=("Siti",), body="Rapat diadakan Senin (22/11/2026).")
    blocks = [finding for finding in check_story(story, GROUP) if finding.level == "block"]
    assert [(b.code, b.fixes[0].text) for b in blocks] == [("language_weekday", "Minggu (22/11/2026)")]


def test_a_date_without_a_year_is_judged_by_the_story_or_not_at_all():
    text = "Rapat diadakan Senin (22/11)."
    blocked = [
        [f.code for f in check_dates(Story(id="s", body=text, date=date, created=created))]
        for date, created in (("", ""), ("2026-11-20", ""), ("", "2026-11-20T08:00:00+07:00"), ("2027-11-22", ""))
    ]
    assert blocked == [[], ["language_weekday"], ["language_weekday"], []]


def test_the_same_name_in_two_spellings(checker):
    story = Story(id="s", body="Kata Suparman, jalan rusak. Menurut Suparmen, perbaikan dimulai. Lalu Suparman pulang.")
    found = [f for f in checker.check(story, GROUP) if f.code == "language_name"]
    assert [(f.facts["word"], f.facts["other"], f.fixes[0].text) for f in found] == [
        ("Suparmen", "Suparman", "Suparman")
    ]


def test_only_the_changed_paragraph_is_checked_again(lexicon):
    asked = []

    class Counting:
        pairs, places, regions = lexicon.pairs, lexicon.places, lexicon.regions
        rank, regional, suggest = lexicon.rank, lexicon.regional, lexicon.suggest

        def spells(self, word: str) -> bool:
            asked.append(word)
            return lexicon.spells(word)

    counting = LanguageChecker(Counting())
    parts = [f"Warga menanam pohon jati nomor {n} bersama-sama." for n in range(50)]
    counting.check(Story(id="s", body="\n\n".join(parts)), GROUP)
    asked.clear()
    parts[20] += " Mereka gembira."
    counting.check(Story(id="s", body="\n\n".join(parts)), GROUP)
    assert 0 < len(asked) < 40


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules_and_marks_lie_inside_it(checker, text):
    for at, part in text_paragraphs(text):
        assert text[at : at + len(part)] == part
        for mark in checker.marks(part, frozenset()):
            assert 0 <= mark.start <= mark.end <= len(part)


# ------------------------------------------------------------------------------------------------ 5W+1H

LEAD = (
    "Sebanyak 64 warga Desa Sukamaju memperbaiki saluran irigasi di Dusun Krajan, Minggu (22/11/2026).\n\n"
    "Perbaikan dilakukan karena dinding saluran ambrol.\n\nWarga bekerja secara bergiliran sejak pagi."
)


def test_a_full_lead_answers_all_six_with_their_words():
    story = Story(id="s", body=LEAD)
    found = {a.question: LEAD[a.place.start : a.place.end] for a in answered_questions(story) if a.place}
    assert found["when"] == "Minggu (22/11/2026)"
    assert found["who"] == "warga Desa Sukamaju"
    assert "Dusun Krajan" in found["where"] or "Desa Sukamaju" in found["where"]
    assert found["why"].startswith("karena dinding")
    assert found["how"].startswith("secara bergiliran")
    assert set(found) == {"what", "who", "when", "where", "why", "how"}
    assert check_answers(story) == ()


def test_what_is_missing_is_said_in_one_finding():
    (finding,) = check_answers(Story(id="s", body="Saluran diperbaiki."))
    assert finding.facts["missing"] == ("who", "when", "where", "why", "how")
    assert finding.level == "warning"
    assert check_answers(Story(id="s")) == ()


def test_the_reporters_own_answer_counts_when_its_words_stand_in_the_text():
    text = "Pompa tua diganti.\n\nTirta Makmur memakai pompa listrik."
    story = Story(id="s", body=text, answers=LeadAnswers(who="Tirta Makmur"))
    (who,) = [a for a in answered_questions(story) if a.question == "who"]
    assert text[who.place.start : who.place.end] == "Tirta Makmur memakai pompa listrik."


def test_answers_after_the_third_paragraph_come_too_late():
    late = "Pompa diganti.\n\nPompa baru.\n\nPompa biru.\n\nRapat diadakan Minggu (22/11/2026)."
    assert next(a for a in answered_questions(Story(id="s", body=late)) if a.question == "when").place is None


@pytest.mark.parametrize("kind", ["Desa", "Dusun", "Kelurahan", "Kampung", "Nagari", "dusun"])
def test_a_village_the_story_has_named_is_known_wherever_it_stands(checker, kind):
    story = Story(
        id="s", body=f"Warga {kind} Karangxuwik Wetanu memanen padi.\n\nKarangxuwik ramai sejak pagi. Wetanu sepi."
    )
    unknown = [found.facts["word"] for found in checker.check(story, Group()) if found.code == "language_unknown"]
    assert unknown == []
    unnamed = replace(story, body="Karangxuwik ramai sejak pagi. Desa membanggun jalan.")
    unknown = [found.facts["word"] for found in checker.check(unnamed, Group()) if found.code == "language_unknown"]
    assert unknown == ["membanggun"]  # at the head of a sentence it is taken for a name


def test_fancy_letters_come_with_the_plain_ones(checker):
    text = "Para 𝘄𝗮𝗿𝗴𝗮 membersihkan saluran, dan Ⓦⓐⓡⓖⓐ senang."
    found = [mark for mark in told(checker, text) if mark[0] == "language_fancy_letters"]
    assert found == [("language_fancy_letters", "𝘄𝗮𝗿𝗴𝗮", "warga"), ("language_fancy_letters", "Ⓦⓐⓡⓖⓐ", "Warga")]
    story = Story(id="s", headline="𝗪𝗮𝗿𝗴𝗮 kerja bakti", body="𝗪𝗮𝗿𝗴𝗮 datang.")
    (finding,) = (f for f in checker.check(story, GROUP) if f.code == "language_fancy_letters")
    assert (finding.level, finding.place.field, finding.fixes[0].text) == ("warning", "headline", "Warga")
    assert [place.field for place in finding.more] == ["body"]


@pytest.mark.parametrize("word", ["ᬯᬭᬕ", "ᮝᮁᮌ", "ᯘᯮᯒᯖ᯲", "ᨓᨑᨁ", "ꦮꦫꦒ", "سلام", "ꤰꤳꤴ"])
def test_the_dictionary_says_nothing_of_other_scripts(checker, word):
    """They were tinted as words nobody knows, to be set in italics."""
    for text in (f"{word} {word} membersihkan saluran.", f"Warga menulis {word} di gapura."):
        assert [mark for mark in told(checker, text) if word[:2] in mark[1]] == []


def test_only_what_is_written_in_sentences_is_asked_for_a_full_stop(checker):
    told_long = "Warga Desa Sukamaju bersama kelompok tani memperbaiki saluran irigasi yang rusak sejak awal musim"
    photo = Photo(id="p", file="a.jpg", caption=told_long, alt=told_long)
    video = Video(id="v", file="b.mp4", caption=told_long, title=told_long, alt=told_long)
    story = Story(
        id="a", headline=told_long, kicker=told_long, summary=told_long, body=f"Satu.\n\n{told_long}",
        photos=(photo,), videos=(video,),
    )  # fmt: skip
    asked = {found.place.field for found in checker.check(story, GROUP) if found.code == "language_no_stop"}
    assert asked == {"body", "summary", "photos/p/caption", "videos/v/caption"}
