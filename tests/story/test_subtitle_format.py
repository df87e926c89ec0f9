"""Subtitle files as people have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.story.model import Cue
from studio.story.subtitle_format import read_subtitles, to_srt, to_vtt
from studio.story.subtitle_times import read_times

CLEAN = "1\n00:00:01,000 --> 00:00:02,500\nSelamat pagi\n\n2\n00:01:03,250 --> 00:01:05,000\nBaris satu\nBaris dua\n"
WANTED = (
    Cue(start=1.0, end=2.5, text="Selamat pagi"),
    Cue(start=63.25, end=65.0, text="Baris satu\nBaris dua"),
)

FORMS = {
    "clean": CLEAN.encode(),
    "bom": b"\xef\xbb\xbf" + CLEAN.encode(),
    "utf-16": CLEAN.encode("utf-16"),
    "windows lines": CLEAN.replace("\n", "\r\n").encode(),
    "old mac lines": CLEAN.replace("\n", "\r").encode(),
    "no blank line": CLEAN.replace("\n\n", "\n").encode(),
    "two blank lines": CLEAN.replace("\n\n", "\n\n\n\n").encode(),
    "no numbers": CLEAN.replace("1\n00:00", "00:00").replace("2\n00:01", "00:01").encode(),
    "points": CLEAN.replace(",", ".").encode(),
    "tight arrow": CLEAN.replace(" --> ", "-->").encode(),
    "short arrow": CLEAN.replace("-->", "->").encode(),
    "no hours": CLEAN.replace("00:00:0", "00:0").replace("00:01:0", "01:0").encode(),
    "short fractions": CLEAN.replace(",000", ",0").replace(",500", ",5").replace(",250", ",25").encode(),
    "positions": CLEAN.replace("02,500", "02,500  X1:100 X2:200 Y1:10 Y2:20").encode(),
    "tags": CLEAN.replace("Selamat", "{\\an8}<i>Selamat</i>")
    .replace("satu", '<font color="#fff">satu</font>')
    .encode(),
    "backwards": "\n\n".join(reversed(CLEAN.strip().split("\n\n"))).encode(),
    "spaces": CLEAN.replace("Selamat pagi", "  Selamat   pagi \t").encode(),
    "zero bytes": CLEAN.replace("pagi", "pagi\0").encode(),
    "vtt": (
        b"WEBVTT - Panen\nKind: captions\n\nNOTE hasil\nsuntingan\n\nSTYLE\n::cue { color: red }\n\npertama\n"
        b"00:01.000 --> 00:02.500 align:start line:0\n<v Asep>Selamat <c.kuning>pagi</c>\n\n"
        b"00:00:63.250 --> 00:01:05.000\nBaris satu\nBaris dua\n\nNOTE selesai\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_the_same(form):
    found = read_subtitles(FORMS[form], "panen.srt")
    assert found.cues == WANTED
    assert found.notices == ()


@pytest.mark.parametrize(
    ("last", "fps", "rate", "start"),
    [
        (":12", 0.0, "25", 1.48),
        (":12", 30.0, "30", 1.4),
        (";12", 29.97, "29.97", 1.4004),
        (":29", 25.0, "30", 1.9667),
        (":49", 0.0, "50", 1.98),
        (" : 05", 24.0, "24", 1.2083),
    ],
)
def test_numbers_of_pictures_are_read_by_the_rate_of_the_clip_and_told(last, fps, rate, start):
    text = f"1\n00:00:01{last} --> 00:00:03{last[:-2]}00\nSelamat pagi\n"
    found = read_subtitles(text.encode(), "a.srt", fps)
    assert [(round(cue.start, 4), cue.end) for cue in found.cues] == [(start, 3.0)]
    assert [(notice.code, notice.facts["rate"]) for notice in found.notices] == [("subtitles.frames", rate)]


@pytest.mark.parametrize("last", [":75", ":120", ".12", ",12"])
def test_fractions_of_a_second_are_no_pictures(last):
    found = read_subtitles(f"1\n00:00:01{last} --> 00:00:03{last}\nHalo\n".encode(), "a.srt", 30.0)
    assert found.cues[0].start == pytest.approx(float(f"1.{last[1:]}"))
    assert found.notices == ()


def test_an_old_encoding_is_guessed_and_told():
    found = read_subtitles("1\n00:00:01,000 --> 00:00:02,000\nCafé “Désa”\n".encode("cp1252"), "a.srt")
    assert found.cues[0].text == "Café “Désa”"
    assert [notice.code for notice in found.notices] == ["subtitles.encoding"]


def test_oddities_are_told():
    text = (
        "1\n00:00:05,000 --> 00:00:04,000\nterbalik\n\n2\n00:00:01,000 --> 00:00:03,000\nsatu\n\n"
        "3\n00:00:02,000 --> 00:00:04,000\ndua & &amp; <3\n"
    )
    found = read_subtitles(text.encode(), "a.srt")
    assert [cue.text for cue in found.cues] == ["satu", "dua & & <3"]
    assert [notice.code for notice in found.notices] == ["subtitles.times", "subtitles.overlap"]
    texts = MessageTexts(assets_dir() / "messages")
    assert all("a.srt" in texts.explain(notice) for notice in found.notices)


@pytest.mark.parametrize("data", [b"", b"halo", b"\xff\xfe", b"WEBVTT\n\n", bytes(range(256)) * 20])
def test_no_subtitles_at_all(data):
    found = read_subtitles(data, "a.srt")
    assert found.cues == ()
    assert found.notices[-1].code == "subtitles.none"


def test_a_number_that_is_said_stays():
    text = "1\n00:00:01,000 --> 00:00:02,000\n40\n\n2\n00:00:03,000 --> 00:00:04,000\n12 ton\n"
    assert [cue.text for cue in read_subtitles(text.encode()).cues] == ["40", "12 ton"]


words = st.text(st.characters(codec="utf-8", exclude_characters="<>{}&\\\0", exclude_categories=("C", "Z")), min_size=1)
texts = st.lists(
    st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda line: "->" not in line), min_size=1, max_size=3
)
spans = st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(1, 9000), texts), max_size=8)


@given(spans)
def test_written_files_read_back(spans):
    import unicodedata

    cues = []
    at = 0
    for gap, length, said in spans:
        at += gap
        text = unicodedata.normalize("NFC", "\n".join(said))
        cues.append(Cue(start=at / 1000, end=(at + length) / 1000, text=text))
        at += length
    for text in (to_srt(cues), to_vtt(cues)):
        read = read_subtitles(text.encode()).cues
        assert [(round(cue.start, 3), round(cue.end, 3), cue.text) for cue in read] == [
            (round(cue.start, 3), round(cue.end, 3), cue.text) for cue in cues
        ]


@given(st.binary(max_size=400))
def test_anything_can_be_read(data):
    for cue in read_subtitles(data).cues:
        assert cue.end > cue.start >= 0
        assert cue.text


def test_markup_is_escaped_for_vtt_only():
    cues = [Cue(start=0, end=1, text="1 < 2 & 3\n\nbaris")]
    assert "1 &lt; 2 &amp; 3\nbaris\n" in to_vtt(cues)
    assert "1 < 2 & 3\r\nbaris\r\n" in to_srt(cues)


GOOD = "00:00:01,000 --> 00:00:02,500"
READ = {
    "points": "00.00.01,000 --> 00.00.02,500",
    "Word's arrow": "00:00:01,000 \u2192 00:00:02,500",
    "the arrow of Word's own font": "00:00:01,000 \uf0e0 00:00:02,500",
    "a dash made long": "00:00:01,000 \u2013> 00:00:02,500",
    "two dashes made one": "00:00:01,000 \u2014> 00:00:02,500",
    "four digits": "00:00:01,0000 --> 00:00:02,5000",
    "six digits": "00:00:01.000000 --> 00:00:02.500000",
    "no hours on one side": "00:01,000 --> 00:00:02,500",
    "number in front": "1 00:00:01,000 --> 00:00:02,500",
    "no arrow": "00:00:01,000 00:00:02,500",
    "YouTube": "0:00:01.000,0:00:02.500",
    "semicolon": "00:00:01;000 --> 00:00:02;500",
    "wide colons": "00\uff1a00\uff1a01,000 --> 00\uff1a00\uff1a02,500",
    "escaped": "00:00:01,000 --&gt; 00:00:02,500",
    "torn arrow": "00:00:01,000 - -> 00:00:02,500",
}
DAMAGED = [
    "2 00:00:02,500 -->",
    "00:00:02,500 -->",
    "--> 00:00:04,000",
    "00:00:0z,500 --> 00:00:04,000",
    "00:00:02,500 --> xx",
    "00:00:02,500",
    "-->",
    "00:00:02,500 \u2192",
    "-00:00:04,000 --> -00:00:02,000",
    "00:00:02:500:1 --> 00:00:04,000",
    "OO:OO:O2,5OO --> OO:OO:O4,OOO",
]


@pytest.mark.parametrize("line", READ.values(), ids=READ)
def test_times_in_every_form(line):
    assert read_times(line) == (1.0, 2.5)


def test_a_negative_start_counts_as_the_beginning():
    assert read_times("-00:00:01,000 --> 00:00:02,500") == (0.0, 2.5)


@pytest.mark.parametrize(
    "line", ["Pukul 08.00", "Skor 3 -> 5", "12", "12:30", "Jalan A -> Jalan B 12.5", "2,5 ton", ""]
)
def test_what_people_say_is_no_time(line):
    assert read_times(line) is None


@pytest.mark.parametrize("line", DAMAGED)
@pytest.mark.parametrize("number", ["2\n", ""])
@pytest.mark.parametrize("between", ["\n", ""])
def test_a_damaged_line_is_named_and_nothing_is_glued_on(line, number, between):
    text = f"1\n{GOOD}\nsatu\n{between}{number}{line}\nhilang\n\n3\n00:00:05,000 --> 00:00:06,000\ntiga\n"
    found = read_subtitles(text.encode(), "a.srt")
    assert [cue.text for cue in found.cues] == ["satu", "tiga"]
    (told,) = found.notices
    assert (told.code, told.facts["lines"]) == ("subtitles.damaged", str(text.split("\n").index(line) + 1))


@pytest.mark.parametrize("number", ["2\n", "2\n\n"])
def test_a_cue_without_times_is_named_and_a_number_apart_is_none_of_the_words(number):
    text = f"1\n{GOOD}\nsatu\n\n{number}hilang\n\n3\n\n00:00:05,000 --> 00:00:06,000\ntiga\n"
    found = read_subtitles(text.encode(), "a.srt")
    assert [cue.text for cue in found.cues] == ["satu", "tiga"]
    assert [(told.code, told.facts["lines"]) for told in found.notices] == [("subtitles.damaged", "5")]


def test_segments_styles_and_positions():
    head = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n"
    style = "STYLE\n::cue {\n\n  color: red;\n}\n\n"
    first = "00:01.000 --> 00:02.500 position:10% line:0 align:start\nsatu\n\n"
    text = f"{head}{style}{first}{head}{first}{head}00:03.000 --> 00:04.000\ndua\n{head}"
    found = read_subtitles(text.encode(), "a.vtt")
    assert [(cue.start, cue.end, cue.text) for cue in found.cues] == [(1.0, 2.5, "satu"), (3.0, 4.0, "dua")]
    assert found.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_without_a_mark(encoding):
    found = read_subtitles(f"1\n{GOOD}\nCaf\u00e9 \u201cD\u00e9sa\u201d\n".encode(encoding), "a.srt")
    assert [cue.text for cue in found.cues] == ["Caf\u00e9 \u201cD\u00e9sa\u201d"]
    assert found.notices == ()


def test_words_on_the_line_of_times_are_said_and_places_are_not():
    text = (
        "1\n00:00:01,000 --> 00:00:02,000 Satu langsung\n\n"
        "2\n00:00:03,000 --> 00:00:04,000 align:start position:10%\nDua\n\n"
        "3\n00:00:05,000 --> 00:00:06,000 X1:10 X2:90 Tiga: lalu\nempat\n"
    )
    found = read_subtitles(text.encode(), "a.srt")
    assert [cue.text for cue in found.cues] == ["Satu langsung", "Dua", "Tiga: lalu\nempat"]
    assert not found.notices


def test_times_that_run_backwards_are_named_by_their_line():
    found = read_subtitles(
        b"1\n00:00:01,000 --> 00:00:02,000\nSatu\n\n2\n00:00:05,000 --> 00:00:04,000\nDua\n", "a.srt"
    )
    assert [(told.code, told.facts["lines"]) for told in found.notices] == [("subtitles.times", "6")]
