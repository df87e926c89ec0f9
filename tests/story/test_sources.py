"""Who a story relies on, and who could be added with one click."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.fact_rules import check_facts
from studio.story.model import Person, Source, Story
from studio.story.sources import add_source, change_source, remove_source, source_candidates, sources_of

BARE = Story(id="s", place="Sukamaju")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("“Airnya mengalir lagi,” kata Asep.", [("Asep", "")]),
        (
            "“Kami senang,” ujar Kepala Dusun Cibeureum Asep Hidayat, Minggu.",
            [("Asep Hidayat", "Kepala Dusun Cibeureum")],
        ),
        ("“Kami senang,” ujar Kepala Dusun Asep Hidayat.", [("Asep Hidayat", "Kepala Dusun")]),
        ("“Kami senang,” ujar Kepala Desa Sukamaju Asep.", [("Asep", "Kepala Desa Sukamaju")]),
        ("“Ini hasil warga,” kata Ketua RT 03 Budi Santoso.", [("Budi Santoso", "Ketua RT 03")]),
        ("“Ini hasil warga,” tutur Siti Aminah, kader posyandu.", [("Siti Aminah", "")]),
        ("Menurut Bu Kartini, warga datang.", [("Bu Kartini", "")]),
        ("“Baik,” kata dia. “Baik,” kata warga Desa Sukamaju. “Baik,” ujarnya, Senin.", []),
        ("“Baik,” kata Kepala Desa Sukamaju.", []),
        ("Ketua menyebutkan bahwa biayanya mencapai Rp4.600.000. Dari jumlah itu, sisanya iuran.", []),
        ("Ketua menjelaskan bahwa air berasal dari Cibeureum. Warga senang.", []),
        ("“Biaya kami catat,” kata Rp4.600.000. Dari iuran. “Baik,” kata SDN 2 Sukamaju.", []),
        ("“Alhamdulillah,” kata H. Asep Hidayat.", [("H. Asep Hidayat", "")]),
    ],
)
def test_whoever_is_quoted_is_proposed_with_name_and_office(body, found):
    assert [(source.name, source.role) for source in source_candidates(replace(BARE, body=body))] == found


def test_nobody_protected_and_nobody_twice_is_proposed():
    body = "“Saya takut sekali,” kata Bunga. “Kami jaga dia,” kata Asep."
    child = Person(id="a", name="Bunga Lestari", age_group="child", role="victim")
    known = (Source(name="Asep Hidayat", role="Kepala Dusun"),)
    assert source_candidates(replace(BARE, body=body, people=(child,), sources=known)) == ()


def test_a_person_with_the_role_of_a_source_counts_once():
    asep = Person(id="a", name="Asep Hidayat", role="source")
    story = replace(BARE, people=(asep,), body="“Airnya sudah mengalir lagi sejak pagi,” kata Asep.")
    assert [source.name for source in sources_of(story)] == ["Asep Hidayat"]
    assert len(sources_of(replace(story, sources=(Source(name="asep  hidayat"),)))) == 1
    assert not [found for found in check_facts(story) if found.code.startswith("facts_quote")]
    assert [f.code for f in check_facts(replace(story, people=()))] == ["facts_quote_nobody"]


def test_edits_of_sources_are_plain_functions():
    one = add_source(Source(name="Asep")).apply(BARE)
    assert add_source(Source(name=" asep ")).apply(one) is one
    named = change_source(0, role="Kepala Dusun").apply(one)
    assert named.sources == (Source(name="Asep", role="Kepala Dusun"),)
    assert change_source(5, role="x").apply(one) is one
    assert remove_source(0).apply(named).sources == ()
    assert remove_source(3).apply(named) is named
