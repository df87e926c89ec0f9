"""Notes of the Dinas to a group: they come back as they were written, and what is no note is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.group.notes import MOST_TEXT, GroupNote, note_bytes, note_name, read_note

TODAY = date(2026, 11, 30)
GROUP = "0b1f6c5e-7d43-4c1b-9a52-6f0e4d439d5d"
NOTE = GroupNote(
    id="4b7c1a52-6f0e-4d43-9d5d-0b8d1d5c2a10",
    group=GROUP,
    office="Dinas Kominfo Kabupaten Contoh",
    date="2026-11-29",
    text="Terima kasih.\n\nMohon lengkapi bukti KP3.",
    indicator="KP3",
)


@given(st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=600), min_size=1, max_size=3))
@settings(max_examples=25)
def test_a_note_comes_back_however_long_its_paragraphs_are(paragraphs):
    import unicodedata

    note = replace(NOTE, text="\n".join(unicodedata.normalize("NFC", text) for text in paragraphs))
    assert read_note(note_bytes(note), "c.json", GROUP.upper(), TODAY) == note


def test_who_reads_it_says_when():
    assert read_note(note_bytes(replace(NOTE, read="2026-11-30T08:00:00+07:00")), "c.json", GROUP, TODAY).read == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": 2}, "note.newer"),
        ({"group": "1" * 8}, "note.other_group"),
        ({"date": "2026-12-01"}, "note.damaged"),
        ({"date": "kemarin"}, "note.damaged"),
        ({"text": " \n "}, "note.damaged"),
        ({"text": 7}, "note.damaged"),
        ({"id": "../../etc"}, "note.damaged"),
        ({"text": "x" * 70_000}, "note.too_large"),
    ],
)
def test_what_is_wrong_has_a_name(changes, code):
    document = json.loads(note_bytes(NOTE)) | changes
    with pytest.raises(UserError) as caught:
        read_note(json.dumps(document).encode(), "c.json", GROUP, TODAY)
    assert (caught.value.code, caught.value.facts["file"]) == (code, "c.json")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "note.damaged"),
        (b"\xff\xfe{}", "note.damaged"),
        (b"[" * 5000, "note.damaged"),
        (b"[]", "note.foreign"),
        (b'{"format": 1}', "note.foreign"),
        (note_bytes(NOTE)[:-40], "note.damaged"),
    ],
)
def test_what_is_no_note_is_refused(data, code):
    with pytest.raises(UserError) as caught:
        read_note(data, "c.json", GROUP, TODAY)
    assert caught.value.code == code


def test_a_note_is_cut_at_a_page_and_shows_nothing_hidden():
    document = json.loads(note_bytes(NOTE)) | {"text": "a\u202eb\u200b " + "kata " * 2000, "office": "Dinas\nKominfo"}
    read = read_note(b"\xef\xbb\xbf" + json.dumps(document).encode(), "c.json", GROUP, TODAY)
    assert len(read.text) <= MOST_TEXT
    assert read.text.isprintable()
    assert read.office == "Dinas Kominfo"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("35.01.10.2001", "kim-catatan-35.01.10.2001-20261129-4b7c1a52.json"),
        ("", "kim-catatan-tanpa-kode-20261129-4b7c1a52.json"),
        ("../x", "kim-catatan-..-20261129-4b7c1a52.json"),
    ],
)
def test_names_of_files_lead_nowhere(code, name):
    assert note_name(NOTE, code) == name
