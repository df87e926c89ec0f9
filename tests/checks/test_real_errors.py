"""The errors people make in village news, each with its fix, and what looks like one but is right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.checks.fact_rules import check_facts
from studio.checks.text_passages import text_paragraphs
from studio.lexicon.lexicon import COMMON, LISTED, REGIONAL, read_words
from studio.story.model import Group, Source, Story
from studio.story.quotation import find_quotations

ROOT = Path(__file__).resolve().parents[2]
GROUP = Group(name="KIM Bina Warga")


def told(checker, text: str) -> list[tuple[str, str]]:
    """Marked words and first fix of every finding."""
    return [
        (text[m.start : m.end], m.fixes[0] if m.fixes else "")
        for m in checker.marks(text, frozenset())
        if m.level != "tint" and "long" not in m.code
    ]


@pytest.mark.parametrize(
    ("text", "words", "fix"),
    [
        # doubled words take the hyphen
        ("Petugas mendata masing masing rumah.", "masing masing", "masing-masing"),
        ("Petugas mendata masing - masing rumah.", "masing - masing", "masing-masing"),
        ("Petugas mendata gorong -gorong itu.", "gorong -gorong", "gorong-gorong"),
        ("Ibu ibu memasak bersama.", "Ibu ibu", "Ibu-ibu"),
        ("Anak anaknya ikut lomba.", "Anak anaknya", "Anak-anaknya"),
        ("Hujan turun terus menerus.", "terus menerus", "terus-menerus"),
        ("Mereka antre berjam jam.", "berjam jam", "berjam-jam"),
        ("Terima kasih setinggi tingginya.", "setinggi tingginya", "setinggi-tingginya"),
        ("Balai dihias warna warni.", "warna warni", "warna-warni"),
        ("Warga yang yang datang banyak.", "yang yang", "yang"),
        # words that fell apart
        ("Botol bekas di kreasi kan menjadi lampu.", "di kreasi kan", "dikreasikan"),
        ("Bantuan itu tentu nya berguna.", "tentu nya", "tentunya"),
        ("Pendonor dengan HB nya rendah ditolak.", "HB nya", "HB-nya"),
        ("Warga me rasa kan manfaatnya.", "me rasa kan", "merasakan"),
        ("Kegiatan itu ber jalan lancar.", "ber jalan", "berjalan"),
        ("Ini bantuan yang ke dua kalinya.", "ke dua", "kedua"),
        ("Acara di ikuti warga.", "di ikuti", "diikuti"),
        ("Beras itu di kelola koperasi.", "di kelola", "dikelola"),
        ("Vaksin anti rabies tersedia.", "anti rabies", "antirabies"),
        ("Iuran dibayar perkeluarga.", "perkeluarga", "per keluarga"),
        ("Warga tinggal dilereng bukit.", "dilereng", "di lereng"),
        ("Sampah dijual kepengepul.", "kepengepul", "ke pengepul"),
        # signs
        ("Kisah di media.menarik untuk dibaca.", "media.menarik", "media. Menarik"),
        ("Rapat digelar Jumat(12/10) pagi.", "Jumat(", "Jumat ("),
        ("Warga membawa cangkul,sabit dan tali.", "cangkul,sabit", "cangkul, sabit"),
        ("Warga pulang .", "pulang .", "pulang."),
        ("Warga  pulang.", "  ", " "),
        ("Warga pulang..", "pulang..", "pulang."),
        ("Sejak pandemi covid 19 posyandu sepi.", "covid 19", "Covid-19"),
        ("Selain itu warga menanam jagung.", "Selain itu", "Selain itu,"),
        ("Bantuan sebesar Rp. 300.000,- diserahkan.", "Rp. 300.000,-", "Rp300.000"),
        ("Ketua RT.03 hadir.", "RT.03", "RT 03"),
        ("Acara mulai pagi s/d sore.", "s/d", "sampai dengan"),
        ("Lomba diikuti 30 Peserta dari luar.", "Peserta", "peserta"),
        ("Peserta datang dari berbagai Desa.", "Desa", "desa"),
        # quotation marks
        (
            '"Kami senang sekali hari ini, kata Siti.',
            '"Kami senang sekali hari ini, kata',
            '"Kami senang sekali hari ini," kata',
        ),
        ("Kami senang sekali sore ini,” kata Siti.", "Kami senang sekali sore ini,”", "“Kami senang sekali sore ini,”"),
        ('“Kami senang sekali sore ini," kata Siti.', 'ini,"', "ini,”"),
        ('"Kami senang sekali sore ini", kata Siti.', 'ini", kata', 'ini," kata'),
        ('"Kami senang sekali sore ini,"kata Siti.', 'ini,"kata', 'ini," kata'),
        ('"Kami senang sekali sore ini," Ujar Siti.', 'ini," Ujar', 'ini," ujar'),
        # capitals
        ("Warga membawa Uang ke bank.", "Uang", "uang"),
        ("Warga desa Sukamaju memanen padi.", "desa Sukamaju", "Desa Sukamaju"),
        ("Rapat itu di kecamatan Tulakan pekan ini.", "kecamatan Tulakan", "Kecamatan Tulakan"),
        ("Rapat dihadiri para Tokoh Agama.", "Tokoh Agama", "tokoh agama"),
        ("Jalan itu sepanjang 20 Meter.", "Meter", "meter"),
        ("Pasar itu ramai karena umkm.", "umkm", "UMKM"),
        ("Acara mulai pukul 08.00 wita.", "wita", "WITA"),
        ("Warga RT 03 rw 05 bekerja.", "rw", "RW"),
        # words
        ("Data menunjukan kenaikan.", "menunjukan", "menunjukkan"),
        ("Mereka bekerjasama membangun jalan.", "bekerjasama", "bekerja sama"),
        ("Ia menjadi sekertaris desa.", "sekertaris", "sekretaris"),
        ("Warga membangun mushola.", "mushola", "musala"),
        ("Motor itu merk lama.", "merk", "merek"),
        ("Ia mengurus akte kelahiran.", "akte", "akta"),
        ("Surat itu perlu legalisir.", "legalisir", "legalisasi"),
        ("Pacitan menjadi ibukota kabupaten.", "ibukota", "ibu kota"),
        ("Banyak masyarkaat hadir.", "masyarkaat", "masyarakat"),
        ("Warga beresiko sakit.", "beresiko", "berisiko"),
        ("Rapat membahas hal itu agar supaya jelas.", "agar supaya", "agar"),
    ],
)
def test_each_error_is_marked_and_its_first_fix_is_right(checker, text, words, fix):
    fixes = dict(told(checker, text))
    assert words in fixes, fixes
    if fixes[words]:
        assert fixes[words] == fix
    else:  # an unknown word: what it may have been is looked for when a story is checked
        assert checker.likely_words(words)[0] == fix


@pytest.mark.parametrize(
    "text",
    [
        "Angka stunting turun dari 20 ke 35 kasus, lalu ke 9,3 persen.",
        "Ia berbakti kepada nusa dan bangsa.",
        "PT Telkom Indonesia Tbk. dan warga menanam pohon.",
        "Ia belajar di Sekolah Luar Biasa Negeri setelah kejadian luar biasa itu.",
        "Warga membuat banten di balai kawedanan, tigo kali sehari.",
        "Kata Bunga, acara dibuka Bupati Pacitan bersama Kepala Desa Ngumbul.",
        "Warga Desa Batu Batu dan Posyandu Melati hadir, kata Indah.",
        "Kunjungi kimpena.kabpacitan.id atau tirto.id, unduh berkas laporan.pdf itu.",
        "Acara dibuka Dr. Sri Wahyuni, S.Pd., M.Si. dan K.H. Ahmad pada pukul 09.05 WIB.",
        "Mereka makan makanan sehat dan minum minuman hangat.",
        "Harga naik 2,5 persen menjadi Rp1.250.000,00 pada 17/6/2021.",
        "“Kami senang,” kata Siti. “Besok kami datang lagi.”",
        "Ia berkata, “Saya mau pulang.” Lalu ia pergi.",
        "Istilah “sedekah bumi” dikenal di sini.",
        "Warga menyebutnya *gugur gunung* sejak dulu.",
    ],
)
def test_what_is_right_is_left_alone(checker, text):
    assert told(checker, text) == []


GRAMMAR = json.loads(Path(__file__).with_name("grammar_sentences.json").read_text(encoding="utf-8"))


def test_sentences_built_wrong_are_mended_by_their_clicks_and_right_ones_left_alone(checker):
    mended = {}
    for text, right in GRAMMAR["mended"]:
        now = text
        for mark in sorted(checker.marks(text, frozenset()), key=lambda mark: -mark.start):
            now = now[: mark.start] + (mark.fixes[0] if mark.fixes else "") + now[mark.end :]
        if now != right:
            mended[text] = now
    assert not mended, mended
    assert not {text: found for text in GRAMMAR["clean"] if (found := told(checker, text))}


def test_words_of_regional_languages_are_tinted_and_are_no_findings(checker):
    lines = (ROOT / "assets" / "language" / REGIONAL).read_text(encoding="utf-8").splitlines()
    for code in ("jv", "su", "mad", "ban", "min"):
        words = [word for word, codes in (line.split("\t") for line in lines) if codes == code and len(word) > 6][:8]
        text = f"Kata warga itu {' '.join(words)} sekali."
        tints = {m.facts["word"] for m in checker.marks(text, frozenset()) if m.level == "tint"}
        assert set(words) <= tints
        assert checker.check(Story(id="s", body=text), GROUP) == ()


def test_one_word_is_one_finding_with_all_its_places_and_one_click_mends_them(checker):
    story = Story(
        id="s", headline="Aktifitas warga", body="Warga melihat aktifitas itu.\n\nBanyak aktifitas, kata Siti."
    )
    (found,) = [one for one in checker.check(story, GROUP) if one.code == "language_pair"]
    assert len(found.more) == 2
    assert found.facts["count"] == 3
    fix = found.fixes[0]
    assert (fix.text, [text for _place, text in fix.also]) == ("Aktivitas", ["aktivitas", "aktivitas"])


def test_a_name_of_the_story_is_known_at_the_head_of_a_sentence_and_wants_its_capital(checker):
    story = Story(
        id="s", body="Rapat dipimpin Bapak Zulkarnaen Prawiro. Prawiro mengaku senang.\n\nWarga memuji prawiro."
    )
    found = [(one.code, one.fixes[0].text) for one in checker.check(story, GROUP)]
    assert found == [("language_capital", "Prawiro")]


@pytest.mark.parametrize(
    "body",
    [
        '“Jalan ini rusak sejak lama sekali," kata seorang warga.',
        '"Jalan ini rusak sejak lama sekali, kata seorang warga.',
    ],
)
def test_a_quotation_with_odd_marks_needs_its_source_too(body):
    story = Story(id="s", body=body)
    assert [one.code for one in check_facts(story)] == ["facts_quote_nobody"]
    sourced = replace(story, sources=(Source(name="Siti"),))
    assert "facts_quote_unknown" in [one.code for one in check_facts(sourced)]


def test_lists_of_words_are_large_and_disjoint_from_errors(lexicon):
    folder = ROOT / "assets" / "language"
    listed = read_words(folder / LISTED)
    wrong = {pair.wrong.lower() for pair in lexicon.pairs}
    assert len(listed) >= 1500
    assert not listed & wrong
    assert len((folder / COMMON).read_text(encoding="utf-8").split()) > 5000
    assert {"jv", "su", "mad", "ban", "min"} <= {
        code
        for line in (folder / REGIONAL).read_text(encoding="utf-8").splitlines()
        for code in line.split("\t")[1].split(",")
    }
    for word in ("inflasi", "mitigasi", "kapolsek", "bansos"):
        assert lexicon.spells(word)


@pytest.mark.parametrize("folder", ["tuning", "held_out"])
def test_the_bench_judges_texts_and_its_targets_hold(folder):
    made = subprocess.run(
        [sys.executable, "bench/checks.py", "--texts", f"bench/texts/{folder}", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    data = json.loads(made.stdout)
    assert data["caught_percent_aimed_at"] >= 85
    assert data["caught_percent"] >= 65
    assert data["right_first_fix_percent"] >= 80
    assert data["false_per_100_words"] <= 1.0


SIGNS = st.text(alphabet="ab AB,.;:!?()\"“”'-–\n1d/", max_size=60)


@given(SIGNS)
@example(text="., ")
def test_fixes_lie_inside_their_paragraph_and_quotations_in_order(checker, text):
    for _at, part in text_paragraphs(text):
        for mark in checker.marks(part, frozenset()):
            assert 0 <= mark.start < mark.end <= len(part)
            assert all(fix != part[mark.start : mark.end] for fix in mark.fixes)
        ends = 0
        for said in find_quotations(part):
            assert ends <= said.start <= said.end <= len(part)
            ends = said.end
