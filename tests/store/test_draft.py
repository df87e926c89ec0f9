from __future__ import annotations

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.store.draft import MediaReaders, add_draft, read_draft
from studio.story.model import Cover, Cue, Cut, Photo
from studio.story.translations import languages_of, stale_texts

GOOD = """---
headline: Warga Sukamaju gotong royong perbaiki saluran irigasi
kicker: Pertanian            # komentar
place: Sukamaju
date: 2026-11-22
byline: [Siti Aminah]
category: pertanian
tags: [irigasi, gotong royong]
photos:
  - file: irigasi.jpg
    caption: Warga membersihkan saluran, Minggu (22/11).
    credit: Budi Santoso
    alt: Belasan orang mencangkul di parit sawah
    focus: [0.4, 0.3]
    crop: [0.1, 0.0, 0.8, 0.9]
    rotate: -1.5
    covers: [{box: [0.2, 0.1, 0.1, 0.15], style: solid}]
videos:
  - file: sub/panen.mp4
    cuts: [[2.0, 9.5], [14.0, 20.0]]
    reframe: pad
    focus: [0.3, 0.5]
    title: Panen raya
    subtitles: panen.srt
    mute: false
sources: [{name: Asep Hidayat, role: Kepala Dusun, contact: 0812, when: 2026-11-22}]
cover: irigasi.jpg
slideshow: {photos: [irigasi.jpg], seconds_each: 3}
---
Isi berita dalam **Markdown**.

---

Bagian kedua.
"""


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "draf"
    (folder / "sub").mkdir(parents=True)
    for name in ("irigasi.jpg", "sub/panen.mp4", "panen.srt"):
        (folder / name).write_bytes(name.encode())
    return folder


@pytest.fixture
def write(place):
    def write(text, name="draf.md"):
        path = place / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_everything_of_the_format_is_read(write, place):
    draft = read_draft(write(GOOD))
    story = draft.story
    assert story.headline == "Warga Sukamaju gotong royong perbaiki saluran irigasi"
    assert (story.kicker, story.place, story.date, story.byline) == (
        "Pertanian",
        "Sukamaju",
        "2026-11-22",
        ("Siti Aminah",),
    )
    assert story.tags == ("irigasi", "gotong royong")
    assert story.body == "Isi berita dalam **Markdown**.\n\n---\n\nBagian kedua."
    (photo,) = story.photos
    source = place / "irigasi.jpg"
    assert (photo.id, photo.name, photo.file) == ("p1", "irigasi.jpg", str(source))
    assert (photo.focus, photo.crop, photo.rotate) == ((0.4, 0.3), (0.1, 0.0, 0.8, 0.9), -1.5)
    assert photo.covers == (Cover(box=(0.2, 0.1, 0.1, 0.15)),)
    (video,) = story.videos
    assert (video.id, video.name, video.reframe, video.title, video.mute) == (
        "v1",
        "panen.mp4",
        "pad",
        "Panen raya",
        False,
    )
    assert video.cuts == (Cut(start=2.0, end=9.5), Cut(start=14.0, end=20.0))
    assert video.subtitles == ()
    assert draft.subtitles == {"v1": place / "panen.srt"}
    assert draft.media == {str(source): source, str(place / "sub/panen.mp4"): place / "sub/panen.mp4"}
    assert story.sources[0].contact == "0812"
    assert story.cover == "p1"
    assert story.slideshow.photos == ("p1",)
    assert draft.notices == ()


def test_other_languages_come_with_a_draft_as_made_from_its_words(write):
    more = "texts:\n  jv:\n    headline: Kalen didandani\n    body: |\n      Isi **Jawa**.\n\n      Loro.\n"
    more += "    captions: {p1: Kalen, v1: Panen}\n  su: {headline: Solokan}\noutlet_languages: {whatsapp: [id, jv]}\n"
    story = read_draft(write(GOOD.replace("cover: ", f"{more}cover: ", 1))).story
    assert (story.texts["jv"].body, story.texts["jv"].captions) == (
        "Isi **Jawa**.\n\nLoro.",
        {"p1": "Kalen", "v1": "Panen"},
    )
    assert (languages_of(story, "whatsapp"), languages_of(story, "website")) == (("id", "jv"), ("id",))
    assert stale_texts(story, "jv") == ()
    changed = msgspec.structs.replace(story, headline="Lain", body="Lain")
    assert [text.address for text in stale_texts(changed, "jv")] == ["headline", "body"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: ("\n\n" + text).encode(),
        lambda text: text.replace("---\n", "---  \n", 2).encode(),
        lambda text: text.replace("\n---\nIsi", "\n...\nIsi").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace("sub/panen.mp4", "sub\\panen.mp4").encode(),
    ],
    ids=["bom", "crlf", "cr", "utf-16", "blank lines", "trailing spaces", "dots", "decomposed", "backslash"],
)
def test_the_same_draft_from_other_editors(write, change):
    expected = read_draft(write(GOOD)).story
    assert read_draft(write(change(GOOD), "lain.md")).story == expected


def test_old_windows_letters_are_read_with_a_notice(write):
    draft = read_draft(write("---\nheadline: “Café” désa\nbyline: A\n---\nIsi – habis".encode("cp1252")))
    assert draft.story.headline == "“Café” désa"
    assert draft.story.body == "Isi – habis"
    assert [notice.code for notice in draft.notices] == ["store.draft_old_encoding"]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("headline: 2026", "headline", "2026"),
        ("headline: No", "headline", "No"),
        ("headline: 12:30", "headline", "12:30"),
        ("headline: 'Warga: siap'", "headline", "Warga: siap"),
        ("headline: >\n  Panjang\n  sekali", "headline", "Panjang sekali"),
        ("kicker: ~", "kicker", ""),
        ("byline: Siti", "byline", ("Siti",)),
        ("tags: irigasi", "tags", ("irigasi",)),
        ("tags:", "tags", ()),
        ("kind: factcheck", "kind", "factcheck"),
        ("valid_until: 2026-12-01", "valid_until", "2026-12-01"),
        ("date: 2026-11-22T09:05:00+07:00", "date", "2026-11-22T09:05:00+07:00"),
        ("advertorial: ya", "advertorial", True),
        ("slideshow: ~", "slideshow", None),
    ],
)
def test_texts_stay_as_they_are_written(write, line, field, value):
    others = [text for text in ("headline: Judul", "byline: [A]") if text.partition(":")[0] != line.partition(":")[0]]
    story = read_draft(write("---\n" + "\n".join([*others, line]) + "\n---\nIsi")).story
    assert getattr(story, field) == value


def head(*lines):
    return "---\nheadline: Judul\nbyline: A\n" + "\n".join(lines) + "\n---\nIsi\n"


BAD = {
    "empty": (b"", "draft_empty", None),
    "spaces": (b" \n\n", "draft_empty", None),
    "word": (b"PK\x03\x04\0\0\0", "draft_binary", None),
    "cp1252 hole": (b"---\nheadline: \x81\x8d\n", "draft_encoding", None),
    "utf-16 cut": ("---\n".encode("utf-16") + b"x", "draft_encoding", None),
    "long": (b"---\n" + b"x" * 5_000_001, "draft_long", None),
    "no head": ("Hanya isi.\n", "draft_no_front_matter", None),
    "not first": ("Judul\n---\nheadline: A\n---\n", "draft_no_front_matter", None),
    "unclosed": ("---\nheadline: A\nbyline: B\n\nIsi", "draft_unclosed", 1),
    "empty head": ("---\n---\nIsi", "draft_missing_key", 1),
    "no headline": ("---\nbyline: A\n---\n", "draft_missing_key", 2),
    "blank headline": ("---\nheadline: ''\nbyline: A\n---\n", "draft_missing_key", 2),
    "no byline": ("---\nheadline: A\n---\n", "draft_missing_key", 2),
    "empty byline": ("---\nheadline: A\nbyline: ['']\n---\n", "draft_missing_key", 2),
    "list as head": ("---\n- headline\n---\n", "draft_want_keys", 2),
    "text as head": ("---\nhalo\n---\n", "draft_want_keys", 2),
    "colon": (head("summary: Catatan: penting"), "draft_colon", 4),
    "tab": (head("photos:", "\t- file: irigasi.jpg"), "draft_tab", 5),
    "at sign": (head("kicker: @kim"), "draft_sign", 4),
    "open quote": (head('kicker: "terbuka', "place: B"), "draft_quote", 4),
    "bad escape": (head('kicker: "C:\\Gambar"'), "draft_quote", 4),
    "open bracket": (head("tags: [irigasi, desa"), "draft_bracket", 4),
    "control": (head("kicker: a\x07b"), "draft_control", 4),
    "indent": (head("photos:", "  - file: irigasi.jpg", "   caption: x"), "draft_yaml", 6),
    "alias": (head("kicker: *entah"), "draft_yaml", 4),
    "deep": (head("tags: " + "[" * 5000), "draft_yaml", 4),
    "list as key": (head("[a, b]: c"), "draft_yaml", 4),
    "unknown": (head("kicker: x", "headlin: y"), "draft_unknown_key", 5),
    "unknown in photo": (head("photos:", "  - file: irigasi.jpg", "    captoin: x"), "draft_unknown_key", 6),
    "reserved": (head("publications: []"), "draft_unknown_key", 4),
    "status": (head("status: published"), "draft_want_choice", 4),
    "double": (head("kicker: x", "kicker: y"), "draft_double_key", 5),
    "list for text": (head("kicker: [a, b]"), "draft_want_text", 4),
    "keys for text": (head("place: {desa: x}"), "draft_want_text", 4),
    "text for list": (head("photos: irigasi.jpg"), "draft_want_list", 4),
    "keys for list": (head("photos: {file: irigasi.jpg}"), "draft_want_list", 4),
    "text for photo": (head("photos:", "  - irigasi.jpg"), "draft_want_keys", 5),
    "photo without file": (head("photos:", "  - caption: x"), "draft_missing_key", 5),
    "source without name": (head("sources:", "  - role: x"), "draft_missing_key", 5),
    "comma": (head("photos:", "  - file: irigasi.jpg", "    rotate: 1,5"), "draft_want_number", 6),
    "infinite": (head("photos:", "  - file: irigasi.jpg", "    rotate: .inf"), "draft_want_number", 6),
    "nan": (head("photos:", "  - file: irigasi.jpg", "    rotate: nan"), "draft_want_number", 6),
    "turned too far": (head("photos:", "  - file: irigasi.jpg", "    rotate: 361"), "draft_degrees", 6),
    "one number": (head("photos:", "  - file: irigasi.jpg", "    focus: [0.5]"), "draft_want_numbers", 6),
    "words for numbers": (head("photos:", "  - file: irigasi.jpg", "    focus: tengah"), "draft_want_numbers", 6),
    "percent": (head("photos:", "  - file: irigasi.jpg", "    focus: [40, 30]"), "draft_point", 6),
    "crop outside": (head("photos:", "  - file: irigasi.jpg", "    crop: [0.5, 0, 0.6, 1]"), "draft_box", 6),
    "empty crop": (head("photos:", "  - file: irigasi.jpg", "    crop: [0, 0, 0, 1]"), "draft_box", 6),
    "crops outside": (head("photos:", "  - file: irigasi.jpg", "    crops: {'1:1': [0, 0, 2, 1]}"), "draft_box", 6),
    "cover style": (head("photos:", "  - file: irigasi.jpg", "    covers: [{style: blur}]"), "draft_want_choice", 6),
    "colour": (head("photos:", "  - file: irigasi.jpg", "    covers: [{color: merah}]"), "draft_color", 6),
    "too bright": (head("photos:", "  - file: irigasi.jpg", "    adjust: {brightness: 30}"), "draft_adjust", 6),
    "yes or no": (head("videos:", "  - file: sub/panen.mp4", "    mute: mungkin"), "draft_want_yes_no", 6),
    "cut backwards": (head("videos:", "  - file: sub/panen.mp4", "    cuts: [[9, 2]]"), "draft_cut", 6),
    "cut too long": (head("videos:", "  - file: sub/panen.mp4", "    cuts: [[1, 2, 3]]"), "draft_want_numbers", 6),
    "cut before start": (
        head("videos:", "  - file: sub/panen.mp4", "    cuts:", "      - {start: -1, end: 2}"),
        "draft_cut",
        7,
    ),
    "a card of 7 s": (head("motion: {seconds: 7}"), "draft_card_seconds", 4),
    "no such tune": (head("motion:", "  music: {tune: dangdut}"), "draft_tune", 5),
    "negative fade": (head("videos:", "  - file: sub/panen.mp4", "    fade: -1"), "draft_time", 6),
    "Indonesian date": (head("date: 22/11/2026"), "draft_date", 4),
    "plan in words": (head("planned: [{outlet: x, when: besok}]"), "draft_date", 4),
    "plan without a day": (head("planned: [{outlet: x}]"), "draft_missing_key", 4),
    "no such date": (head("date: 2026-02-30"), "draft_date", 4),
    "language": (head("texts: {../x: {headline: a}}"), "draft_language", 4),
    "language by name": (head("outlet_languages: {whatsapp: [id, Jawa]}"), "draft_language", 4),
    "unknown in language": (head("texts:", "  jv: {judul: a}"), "draft_unknown_key", 5),
    "week date": (head("date: 2026-W47-7"), "draft_date", 4),
    "bad time": (head("date: 2026-11-22T25:00"), "draft_date", 4),
    "kind": (head("kind: berita"), "draft_want_choice", 4),
    "missing photo": (head("photos:", "  - file: tidak-ada.jpg"), "draft_media_missing", 5),
    "other case": (head("photos:", "  - file: Irigasi.JPG"), "draft_media_near", 5),
    "folder as photo": (head("photos:", "  - file: sub"), "draft_media_folder", 5),
    "name too long": (head("photos:", f"  - file: {'x' * 300}.jpg"), "draft_media_missing", 5),
    "missing subtitles": (
        head("videos:", "  - file: sub/panen.mp4", "    subtitles: tidak.srt"),
        "draft_media_missing",
        6,
    ),
    "foreign cover": (head("photos:", "  - file: irigasi.jpg", "cover: lain.jpg"), "draft_no_such_photo", 6),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_draft_is_explained_with_its_line(write, case):
    text, code, line = BAD[case]
    path = write(text)
    with pytest.raises(UserError) as caught:
        read_draft(path)
    assert caught.value.code == f"store.{code}"
    assert caught.value.facts["file"] == "draf.md"
    if line is not None:
        assert caught.value.facts["line"] == line
    for language in ("id", "en"):
        said = MessageTexts(assets_dir() / "messages", language).explain(caught.value)
        assert "draf.md" in said
        assert "store." not in said
        assert "{" not in said.replace("{{", "").replace("[ atau {", "").replace("[ or {", "")
        assert line is None or str(line) in said


@pytest.mark.parametrize(
    ("make", "code"), [(None, "draft_missing"), ("folder", "draft_folder"), ("a\0b", "draft_missing")]
)
def test_what_is_no_file_at_all(place, make, code):
    path = place / ("a\0b" if make == "a\0b" else "draf.md")
    if make == "folder":
        path.mkdir()
    with pytest.raises(UserError) as caught:
        read_draft(path)
    assert caught.value.code == f"store.{code}"


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("headlin: x", "headline"),
        ("judul: x", "headline"),
        ("foto: x", "photos"),
        ("Kategori: x", "category"),
        ("photo: x", "photos"),
        ("zzz: x", None),
    ],
)
def test_an_unknown_key_names_the_nearest(write, line, nearest):
    with pytest.raises(UserError) as caught:
        read_draft(write(head(line)))
    assert caught.value.facts["key"] == line.partition(":")[0]
    assert caught.value.facts["nearest"] == nearest or (nearest is None and caught.value.facts["nearest"])


def test_the_other_case_is_offered(write):
    with pytest.raises(UserError) as caught:
        read_draft(write(BAD["other case"][0]))
    assert caught.value.facts["nearest"] == "irigasi.jpg"


def test_a_dropped_text_becomes_a_story(write):
    story = read_draft(write("# Panen raya di Sukamaju\n\nIsi berita.\n"), required=False).story
    assert (story.headline, story.body) == ("Panen raya di Sukamaju", "Isi berita.")
    story = read_draft(write("---\nplace: Sukamaju\n---\nPanen raya\n\nIsi."), required=False).story
    assert (story.headline, story.place, story.body) == ("Panen raya", "Sukamaju", "Isi.")
    story = read_draft(write("kata " * 100), required=False).story
    assert (story.headline, story.body) == ("", ("kata " * 100).strip())


@given(st.text(max_size=80))
def test_any_text_is_a_story_or_a_clear_error(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_text("---\n" + text + "\n---\n", encoding="utf-8", errors="surrogatepass")
    try:
        read_draft(path, required=False)
    except UserError as error:
        assert error.code.startswith("store.draft_")  # noqa: PT017 - both outcomes are right


READERS = MediaReaders(
    photo=lambda photo, path: msgspec.structs.replace(photo, width=4000, height=len(path.read_bytes())),
    video=lambda video, path: msgspec.structs.replace(video, seconds=20.0),
    subtitles=lambda path: (Cue(start=0.0, end=1.0, text=path.read_text()),),
)


def test_a_draft_is_added_with_its_media(workspace, write):
    folder = add_draft(workspace, write(GOOD), READERS)
    assert folder == "2026-11-22-warga-sukamaju-gotong-royong-perbaiki-saluran-irigasi"
    story = workspace.load(folder)
    photo, video = story.photos[0], story.videos[0]
    assert workspace.media_path(folder, photo.file).read_bytes() == b"irigasi.jpg"
    assert workspace.media_path(folder, video.file).read_bytes() == b"sub/panen.mp4"
    assert (photo.width, photo.height, photo.name, video.seconds) == (4000, 11, "irigasi.jpg", 20.0)
    assert video.subtitles == (Cue(start=0.0, end=1.0, text="panen.srt"),)
    assert story.id
    assert story.created
    assert workspace.versions(folder) == ()


def test_a_photo_named_twice_comes_in_once(workspace, write):
    text = head("photos:", "  - file: irigasi.jpg", "  - {file: irigasi.jpg, rotate: 90}")
    folder = add_draft(workspace, write(text))
    first, second = workspace.load(folder).photos
    assert first.file == second.file
    assert (first.id, second.id) == ("p1", "p2")


def test_evidence_comes_in_too(workspace, write):
    text = head(
        "kind: factcheck", "claims:", "  - text: Katanya", "    verdict: false", "    evidence: [{file: irigasi.jpg}]"
    )
    story = workspace.load(folder := add_draft(workspace, write(text)))
    assert story.claims[0].verdict == "false"
    assert workspace.media_path(folder, story.claims[0].evidence[0].file).read_bytes() == b"irigasi.jpg"


def test_a_failing_draft_adds_nothing(workspace, write, place):
    (place / "irigasi.jpg").write_bytes(b"")
    with pytest.raises(UserError, match=r"store\.media_empty"):
        add_draft(workspace, write(GOOD), READERS)
    with pytest.raises(UserError, match=r"store\.draft_no_subtitles"):
        add_draft(workspace, write(GOOD))

    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    with pytest.raises(WorkCancelled):
        add_draft(workspace, write(head("photos:", "  - file: panen.srt")), progress=Stop())
    assert list((workspace.path / "stories").iterdir()) == []


def test_readers_see_the_file(workspace, write, place):
    seen = []

    def look(photo, path):
        seen.append(path)
        return photo

    draft = read_draft(write(GOOD))
    add_draft(workspace, draft, MediaReaders(photo=look, subtitles=lambda path: ()))
    assert seen == [place / "irigasi.jpg"]
    assert isinstance(draft.story.photos[0], Photo)
