"""The first draft is correct Indonesian whichever way the questions were answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.story.body import normalise_blocks, parse_markdown, plain_text, to_markdown
from studio.story.lead_draft import draft_body
from studio.story.model import LeadAnswers, Story

SUNDAY = "2026-11-22"


def text(kind="news", date=SUNDAY, place="", **answers):
    return plain_text(draft_body(Story(id="x", kind=kind, date=date, place=place, answers=LeadAnswers(**answers))))


IRRIGATION = {
    "what": "memperbaiki irigasi",
    "who": "sekitar 80 warga",
    "where": "Dusun Cibeureum",
    "when": "Minggu pagi",
}
NEWS = [
    (IRRIGATION, "Sekitar 80 warga memperbaiki irigasi di Dusun Cibeureum, Minggu pagi (22/11/2026)."),
    (
        {"what": "Perbaikan saluran.", "who": "warga", "where": "di Dusun Cibeureum", "why": "untuk mengairi sawah"},
        "Warga melaksanakan perbaikan saluran di Dusun Cibeureum, Minggu (22/11/2026). "
        "Kegiatan itu dilakukan untuk mengairi sawah.",
    ),
    (
        {"what": "Pasar murah", "why": "harga beras naik"},
        "Pasar murah, Minggu (22/11/2026). Kegiatan itu dilakukan karena harga beras naik.",
    ),
    (
        {"what": "KIM Bina Warga juara II lomba", "when": "pukul 08.00"},
        "KIM Bina Warga juara II lomba, Minggu (22/11/2026), pukul 08.00.",
    ),
    (
        {"what": "Panen raya", "who": "Petani", "how": "bergotong royong"},
        "Petani melaksanakan panen raya, Minggu (22/11/2026). Mereka bergotong royong.",
    ),
    (
        {"what": "Panen raya", "how": "dengan alat baru"},
        "Panen raya, Minggu (22/11/2026). Kegiatan itu berlangsung dengan alat baru.",
    ),
    ({"what": "panen raya", "when": "Minggu pagi pukul 08.00"}, "Panen raya, Minggu pagi (22/11/2026), pukul 08.00."),
    ({"what": "panen raya", "when": "Sabtu, 28 November 2026"}, "Panen raya, Sabtu, 28 November 2026."),
    ({"what": "panen raya", "when": "pagi"}, "Panen raya, Minggu pagi (22/11/2026)."),
]


CLAUSES = [
    ("warga memperbaiki saluran", "20 warga", "20 warga memperbaiki saluran."),
    ("Warga Dusun Krajan memperbaiki saluran", "20 warga", "20 warga Dusun Krajan memperbaiki saluran."),
    ("ibu-ibu PKK membuat batik", "ibu-ibu PKK", "Ibu-ibu PKK membuat batik."),
    ("saluran diperbaiki", "20 warga", "Saluran diperbaiki oleh 20 warga."),
    ("saluran diperbaiki warga", "20 petani", "Saluran diperbaiki warga. Yang terlibat: 20 petani."),
    ("banjir merendam sawah", "12 keluarga", "Banjir merendam sawah. Yang terlibat: 12 keluarga."),
    ("Asep Hidayat meresmikan balai", "Karang Taruna", "Asep Hidayat meresmikan balai. Yang terlibat: Karang Taruna."),
    ("gotong royong membersihkan kali", "20 warga", "20 warga melaksanakan gotong royong membersihkan kali."),
    ("lomba memasak", "ibu-ibu PKK", "Ibu-ibu PKK melaksanakan lomba memasak."),
    (
        "perbaikan jalan yang menghubungkan dusun",
        "warga",
        "Warga melaksanakan perbaikan jalan yang menghubungkan dusun.",
    ),
]


@pytest.mark.parametrize(("what", "who", "expected"), CLAUSES)
def test_a_clause_with_its_own_subject_is_not_carried_out_by_another(what, who, expected):
    assert text(date="", what=what, who=who) == expected


@pytest.mark.parametrize(("answers", "expected"), NEWS)
def test_news(answers, expected):
    assert text(**answers) == expected


def test_a_wrong_day_of_the_week_gets_no_date():
    assert text(what="panen raya", when="Senin") == "Panen raya, Senin."


def test_the_place_of_the_story_fills_in():
    assert text(what="panen raya", place="Sukamaju", date="") == "Panen raya di Sukamaju."


def test_an_event_is_yet_to_come():
    said = text("event", what="lomba mewarnai", who="Karang Taruna", where="Balai Desa", when="Sabtu, 28 November 2026")
    assert said == "Karang Taruna akan menggelar lomba mewarnai di Balai Desa, Sabtu, 28 November 2026."


def test_a_service_notice_lists_what_to_bring():
    given = LeadAnswers(
        what="Posyandu Melati", who="Balita", where="Balai RW 03", when="pukul 08.00", how="Buku KIA, KTP"
    )
    story = Story(id="x", kind="notice", date=SUNDAY, answers=given)
    assert to_markdown(draft_body(story)) == (
        "Posyandu Melati dilaksanakan di Balai RW 03, Minggu (22/11/2026), pukul 08.00.\n\n"
        "Sasaran: Balita.\n\n## Yang perlu diperhatikan warga\n\n- Buku KIA\n- KTP\n"
    )


def test_a_disaster_happened_and_was_not_held():
    said = text("notice", what="Banjir merendam 30 rumah", where="RT 02", why="tanggul jebol")
    assert said == "Banjir merendam 30 rumah di RT 02, Minggu (22/11/2026).\n\nHal itu terjadi karena tanggul jebol."


def test_a_profile_is_about_somebody():
    assert text("profile", who="Siti Aminah", what="perajin batik", how="membatik setiap pagi", date="") == (
        "Siti Aminah adalah perajin batik.\n\nIa membatik setiap pagi."
    )


def test_a_fact_check_has_claim_inquiry_and_conclusion():
    said = text("factcheck", what="Air sumur beracun", where="grup WhatsApp", how="Puskesmas menguji", why="Itu salah")
    assert said.split("\n\n") == [
        # The lead stands alone in short posts: it must not say that the claim is true.
        "Beredar klaim di grup WhatsApp: Air sumur beracun. Hasil pemeriksaan kami: itu salah.",
        *["Penelusuran", "Puskesmas menguji.", "Kesimpulan", "Itu salah."],
    ]


def test_nothing_answered_is_no_draft():
    assert draft_body(Story(id="x", date=SUNDAY, place="Sukamaju")) == ()


answers = st.text(alphabet="abcdeMDS .,0123456789", max_size=25)


@settings(max_examples=80, deadline=None)
@given(
    kind=st.sampled_from(["news", "event", "notice", "profile", "factcheck"]),
    date=st.sampled_from(["", SUNDAY]),
    given_answers=st.builds(
        LeadAnswers, what=answers, who=answers, where=answers, when=answers, why=answers, how=answers
    ),
)
def test_no_answer_is_lost_and_the_draft_can_be_stored(kind, date, given_answers):
    blocks = draft_body(Story(id="x", kind=kind, date=date, answers=given_answers))
    assert normalise_blocks(blocks) == blocks
    assert parse_markdown(to_markdown(blocks)) == blocks
    said = plain_text(blocks).casefold()
    if blocks:
        for answer in (given_answers.what, given_answers.who, given_answers.why, given_answers.how):
            assert all(word in said for word in answer.casefold().replace(",", " ").replace(".", " ").split())
