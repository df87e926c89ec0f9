"""Exported chats: Android and iOS, text and ZIP; what the app adds does not come in."""

from __future__ import annotations

import zipfile

import pytest

from studio.base.errors import UserError
from studio.store.chats import is_chat, read_chat, take_media
from studio.store.draft import read_draft

ANDROID = (
    "30/08/25 17.59 - Pesan dan panggilan dienkripsi secara end-to-end.\n"
    "30/08/25 18.00 - Siti Aminah: *Panen raya Sukamaju*\nHasilnya naik.\n"
    "30/08/25 18.01 - Budi: IMG-20250830-WA0001.jpg (file terlampir)\nWarga memanen padi\n"
    "30/08/25 18.02 - +62 812-3456-7890: Siap hadir @6281234567890\n"
    "30/08/25 18.03 - Budi: <Media tidak disertakan>\n"
    "30/08/25 18.04 - Budi: Pesan ini telah dihapus\n"
    "30/08/25 18.05 - Budi menambahkan Joko\n"
)
IOS = (
    "[30/08/25 18.00.12] KIM Pena: \u200ePesan dan panggilan terenkripsi secara end-to-end.\n"
    "[30/08/25 18.00.15] Siti Aminah: Rapat selesai pukul 10.30: hasilnya baik\n"
    "\u200e[30/08/25 18.01.02] Budi: \u200e<terlampir: 00000012-PHOTO-2025-08-30.jpg>\n"
)


def test_an_android_export_keeps_words_and_photos_only(tmp_path):
    path = tmp_path / "Chat WhatsApp dengan KIM.txt"
    path.write_text(ANDROID, encoding="utf-8")
    (tmp_path / "IMG-20250830-WA0001.jpg").write_bytes(b"jpeg")
    assert is_chat(path)
    got = [(one.sender, one.text, one.files) for one in read_chat(path).messages]
    assert got == [
        ("Siti Aminah", "*Panen raya Sukamaju*\nHasilnya naik.", ()),
        ("Budi", "Warga memanen padi", ("IMG-20250830-WA0001.jpg",)),
        ("", "Siap hadir", ()),
    ]


@pytest.mark.parametrize("day", ["2025-08-30", "8/30/25,", "30.08.25,", "30/8/2025,"])
def test_days_are_known_in_the_order_of_every_country(tmp_path, day):
    path = tmp_path / "chat.txt"
    path.write_text(f"{day} 18:00 - Siti: halo\n{day} 6:01 PM - Budi: siap\n", encoding="utf-8")
    assert is_chat(path)
    assert [(one.sender, one.text) for one in read_chat(path).messages] == [("Siti", "halo"), ("Budi", "siap")]


def test_an_ios_zip_gives_its_media(tmp_path):
    path = tmp_path / "WhatsApp Chat.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_chat.txt", IOS)
        package.writestr("00000012-PHOTO-2025-08-30.jpg", b"jpeg")
        package.writestr("../luar.jpg", b"jpeg")
    assert is_chat(path)
    chat = read_chat(path)
    assert [(one.hour, one.text, one.files) for one in chat.messages] == [
        ("18.00.15", "Rapat selesai pukul 10.30: hasilnya baik", ()),
        ("18.01.02", "", ("00000012-PHOTO-2025-08-30.jpg",)),
    ]
    target = tmp_path / "keluar"
    target.mkdir()
    (file,) = take_media(chat, ("00000012-PHOTO-2025-08-30.jpg", "../luar.jpg", "tidak-ada.jpg"), target)
    assert file.read_bytes() == b"jpeg"
    assert [one.name for one in target.iterdir()] == [file.name]


def test_other_texts_are_no_chats_and_damage_is_explained(tmp_path):
    note = tmp_path / "catatan.txt"
    note.write_text("Panen raya\n\n30/08/25 rapat di balai desa\n", encoding="utf-8")
    assert not is_chat(note)
    broken = tmp_path / "rusak.zip"
    broken.write_bytes(b"PK\x03\x04rusak")
    assert not is_chat(broken)
    with pytest.raises(UserError, match="chat_damaged"):
        read_chat(broken)


def test_a_message_saved_as_text_reads_like_the_paste(tmp_path):
    path = tmp_path / "pesan.txt"
    path.write_text("*Panen raya*\nHasilnya *naik* dan _baik_.\n- padi\n- jagung\n", encoding="utf-8")
    story = read_draft(path, required=False).story
    assert story.headline == "Panen raya"
    assert story.body == "Hasilnya **naik** dan _baik_.\n\n- padi\n- jagung\n"
