"""Short texts made of forty stories: points that stand alone, quotations with their speakers, threads."""

from __future__ import annotations

import re
import tomllib
from functools import partial
from pathlib import Path

import pytest

from studio.posts.card_quote import find_quote
from studio.posts.counting import count
from studio.posts.threads import split_thread
from studio.story.body import parse_markdown
from studio.story.key_points import chosen_points, point_choices, point_mark, proposed_points
from studio.story.sentence_units import has_open_mark, is_leaning, whole_sentences

STORIES = tomllib.loads((Path(__file__).parent / "data" / "short_stories.toml").read_text("utf-8"))["story"]
DANGLING = re.compile(
    "(Namun|Tetapi|Akan tetapi|Ia |Dia |Mereka |Beliau |Keduanya|Hal |Selain itu|Menurutnya|Di sana|Kemudian|Bahkan"
    "|Sementara itu|Karena|Oleh karena|Untuk itu|Dananya|Harganya|Sisanya|Berikutnya,|Lakon ini|Alat tersebut|Demikian"
    "|Begitu|Delapan di antara)"
)


@pytest.mark.parametrize("told", STORIES, ids=lambda told: told["headline"][:24])
def test_points_and_quotations_of_forty_stories(told):
    blocks = parse_markdown(told["body"])
    points = proposed_points(blocks, told["headline"])
    assert points
    everything = [" ".join(block.text.split()) for block in blocks[1:]]
    for point in points:
        assert any(point in text for text in everything)
        assert not has_open_mark(point)
        assert not DANGLING.match(point.lstrip('“"'))
    assert len(set(points)) == len(points) <= 6
    quote = find_quote(blocks)
    assert (quote and [quote.text, quote.name, quote.role]) == (told.get("said") and [told["said"], *told["by"]])


@pytest.mark.parametrize("told", STORIES, ids=lambda told: told["headline"][:24])
def test_posts_of_a_thread_are_thoughts(told):
    text = "\n\n".join(" ".join(block.text.split()) for block in parse_markdown(told["body"]))
    for post in split_thread(text, 280, partial(count, unit="x")):
        words = post.rpartition("\n\n")[0] or post
        assert not has_open_mark(words) or any(len(said) > 270 for said in whole_sentences(text)) or has_open_mark(text)
        assert not words.startswith(("Namun", "Selain itu", "Ia ", "Menurutnya", "Di sana", "Hal itu", "Mereka"))


def test_a_leaning_sentence_stays_with_the_one_before():
    text = "Warga membuka jalan baru ke sawah. Pekerjaan selesai kemarin sore. Namun, jembatannya belum ada."
    assert split_thread(text, 80, len) == (
        "Warga membuka jalan baru ke sawah.\n\n1/2",
        "Pekerjaan selesai kemarin sore. Namun, jembatannya belum ada.\n\n2/2",
    )


def test_ticked_points_survive_edits_and_vanish_with_their_sentence():
    body = (
        "Teras berita.\n\nPanitia menyiapkan hadiah Rp20 juta untuk juara. "
        "Peserta dibagi dalam tiga kelas usia.\n\nTiket gratis bagi anak."
    )
    blocks = parse_markdown(body)
    marks = [point_mark("Peserta dibagi dalam tiga kelas usia."), point_mark("Tiket gratis bagi anak.")]
    assert chosen_points(blocks, "", marks) == ("Peserta dibagi dalam tiga kelas usia.", "Tiket gratis bagi anak.")
    edited = parse_markdown(body.replace("tiga kelas usia", "empat kelas usia").replace("Tiket gratis bagi anak.", ""))
    assert chosen_points(edited, "", marks) == ("Peserta dibagi dalam empat kelas usia.",)
    assert chosen_points(blocks, "", ()) == ()
    assert chosen_points(blocks, "", None) == proposed_points(blocks)


def test_every_sentence_behind_the_lead_can_be_ticked():
    blocks = parse_markdown('Teras.\n\n"Vaksin gratis. Datanglah," kata Ani. Namun, antre lama.\n\nBawa:\n\n- KTP')
    texts = [choice.text for choice in point_choices(blocks)]
    assert texts == ['"Vaksin gratis. Datanglah," kata Ani.', "Namun, antre lama.", "KTP"]
    assert whole_sentences("Satu. “Dua. Tiga,” kata Ani. Empat.") == ("Satu.", "“Dua. Tiga,” kata Ani.", "Empat.")


def test_what_a_point_speaks_of_is_what_the_headline_named():
    blocks = parse_markdown(
        "Dua belas regu berlomba di waduk.\n\nJuara diraih regu Elang Laut. Regu itu menempuh 500 meter dalam 2 menit."
        "\n\nWaduk itu dibangun pada 1967 oleh warga."
    )
    assert proposed_points(blocks, "Lomba perahu di waduk") == (
        "Juara diraih regu Elang Laut.",
        "Waduk itu dibangun pada 1967 oleh warga.",
    )


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Meski demikian, warga senang.", True),
        ("Meski hujan, warga datang.", False),
        ("Kedua, jalan diperbaiki.", True),
        ("Kedua regu bermain imbang.", False),
        ("Kegiatan ini diikuti warga.", True),
        ("Tahun ini ada 9 jenis surat.", False),
        ("Ratusan di antaranya pelajar.", True),
        ("Mereka yang hadir mendapat kaus.", False),
        ("Rencananya jalan dibuka Senin.", False),
        ("“Namun, kami tetap datang,” kata Asep.", True),
        ("Lantas warga pulang.", True),
        ("Warga pun lega.", True),
        ("Siapa pun boleh datang.", False),
        ("Untuk mengatasinya, warga membuat bendungan.", True),
        ("Warga lainnya membantu.", True),
        ("Tidak berhenti di situ, pemuda menanam pohon.", True),
        ("Oleh karenanya, panitia mengulang lomba.", True),
        ("Hal demikian diputuskan dalam rapat.", True),
        ("Biarpun begitu, pasar tetap buka.", True),
        ("Dua hari kemudian jalan dibuka.", True),
        ("Tak hanya menanam, mereka juga memasang papan.", True),
        ("Saat ditemui, ia sedang memanen.", True),
        ("Setelah warga berkumpul, mereka membagi tugas.", False),
        ("Ketika Bu Ratna datang, ia membawa beras.", False),
    ],
)
def test_what_leans_on_the_sentence_before(sentence, leans):
    assert is_leaning(sentence) is leans
