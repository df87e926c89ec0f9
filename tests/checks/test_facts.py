"""The rules about facts: what stops a publication, and what lets it pass."""

from __future__ import annotations

import pytest

from studio.checks.fact_rules import URGENT_WORDS, check_facts
from studio.story.model import Claim, ClaimContact, ClaimEvidence, Photo, Source, Story, Video

TODAY = "2026-11-24"
STEPS = {"stop": "a", "investigate": "b", "find": "c", "trace": "d"}
CHECKED = Claim(
    id="c",
    text="Kementerian Sosial membuka pendaftaran bansos lewat tautan",
    verdict="false",
    explanation="Alamat itu bukan milik kementerian.",
    asked=(ClaimContact(name="Endang Lestari", answer="Tidak pernah lewat tautan."),),
    references=("https://cekbansos.kemensos.go.id",),
    evidence=(ClaimEvidence(file="ab.jpg", sha256="ab"),),
    steps=STEPS,
    checker="Siti",
    second_reader="Budi",
    public=True,
)
FACTCHECK = Story(id="s", kind="factcheck", headline="Tautan bansos yang beredar itu hoaks", claims=(CHECKED,))


def changed(story: Story, **fields) -> Story:
    from msgspec.structs import replace

    return replace(story, claims=(replace(story.claims[0], **fields),))


def codes(story: Story, level: str = "") -> set[str]:
    return {found.code for found in check_facts(story, TODAY) if level in ("", found.level)}


def test_a_finished_fact_check_passes():
    assert codes(FACTCHECK) == set()


@pytest.mark.parametrize(
    ("fields", "level", "code"),
    [
        ({"verdict": "checking"}, "block", "factcheck_no_verdict"),
        ({"explanation": " "}, "block", "factcheck_no_explanation"),
        ({"references": ()}, "block", "factcheck_sources"),
        ({"references": (), "verdict": "unproven"}, "warning", "factcheck_sources"),
        ({"steps": {"stop": "a"}}, "warning", "factcheck_steps"),
        ({"checker": ""}, "warning", "factcheck_checker"),
        ({"second_reader": "siti"}, "advice", "factcheck_second_reader"),
        ({"public": False}, "warning", "factcheck_hidden"),
        ({"kind": "photo"}, "advice", "factcheck_picture"),
        ({"harmful": True}, "block", "facts_harm_asked"),
        ({"closed": "2026-11-20T08:00:00+07:00"}, "block", "factcheck_no_claim"),
    ],
)
def test_what_a_fact_check_needs(fields, level, code):
    story = changed(FACTCHECK, **fields)
    assert code in codes(story, level)
    assert all(found.topic == "facts" and found.source for found in check_facts(story, TODAY))


def test_a_headline_that_hides_the_verdict_is_advised_against():
    from msgspec.structs import replace

    assert "factcheck_headline" in codes(replace(FACTCHECK, headline="Tautan bansos beredar di grup warga"), "advice")


@pytest.mark.parametrize("verdict", ["", "checking"])
def test_a_story_with_an_open_claim_is_not_ready_unless_it_is_a_fact_check(verdict):
    story = Story(id="s", claims=(Claim(id="c", text="Air sumur beracun", verdict=verdict),))
    (found,) = check_facts(story, TODAY)
    assert (found.code, found.level, found.place.field) == ("facts_unresolved", "block", "claims/c/verdict")
    assert not check_facts(changed(story, closed=TODAY), TODAY)


@pytest.mark.parametrize(
    ("verdict", "code", "level"),
    [("false", "facts_false", "block"), ("misleading", "facts_not_all_true", "warning"), ("true", "", "")],
)
def test_a_claim_that_is_not_true_in_a_news_story(verdict, code, level):
    story = Story(id="s", claims=(Claim(id="c", text="X", verdict=verdict, references=("Dinas",)),))
    assert {(found.code, found.level) for found in check_facts(story, TODAY)} == ({(code, level)} if code else set())


def test_an_urgent_claim_goes_out_only_with_the_words_that_say_so_and_a_first_source():
    story = Story(id="s", body="Sumur tercemar.", claims=(Claim(id="c", text="Sumur tercemar", urgent=True),))
    assert codes(story, "block") == {"facts_urgent_words", "facts_urgent_source"}
    told = Story(
        id="s",
        body=f"Sumur tercemar. Kabar ini\n{URGENT_WORDS}.",
        sources=(Source(name="Asep", role="Ketua RT"),),
        claims=story.claims,
    )
    assert not codes(told, "block")


def test_a_claim_that_harms_somebody_needs_two_sources_and_their_answer():
    story = Story(id="s", claims=(Claim(id="c", text="Lurah korup", verdict="true", harmful=True),))
    assert {"facts_harm_sources", "facts_harm_asked"} <= codes(story, "block")
    asked = (ClaimContact(name="Lurah", answer="", harmed=True),)
    heard = changed(story, asked=asked, references=("https://a.example/1", "Surat BPD 3/2026"))
    assert not codes(heard, "block")


def test_a_picture_of_a_false_claim_is_never_shown_unstamped():
    story = Story(id="s", kind="factcheck", photos=(Photo(id="p", file="ab.jpg"),), claims=(CHECKED,))
    assert "facts_unstamped" in codes(story, "block")
    assert "facts_unstamped" not in codes(changed(story, picture="p"))
    assert "facts_unstamped" not in codes(changed(story, verdict="true"))
    clip = Story(id="s", kind="factcheck", videos=(Video(id="v", file="ab.jpg"),), claims=(CHECKED,))
    assert "facts_unstamped_clip" in codes(clip, "block")


def test_what_a_source_asked_for_is_kept():
    body = "Dana itu hilang, kata Karto Wiryo.\n\nKarto tidak ada."
    for terms in ("off_record", "background"):
        story = Story(id="s", body=body, sources=(Source(name="Karto Wiryo", role="Staf", terms=terms),))
        (found,) = check_facts(story, TODAY)
        assert (found.code, found.level) == (f"facts_{terms}", "block")
        assert body[found.place.start : found.place.end] == "Karto Wiryo"
    assert not check_facts(Story(id="s", body=body, sources=(Source(name="Karto Wiryo", role="Staf"),)), TODAY)


def test_quotations_have_a_speaker_from_the_list():
    body = "Hujan turun.\n\n“Kami tidak pernah menerima uang itu,” kata Ratna.\n\nIstilah “gotong royong” lama."
    (nobody,) = check_facts(Story(id="s", body=body), TODAY)
    assert (nobody.code, nobody.level) == ("facts_quote_nobody", "block")
    assert body[nobody.place.start : nobody.place.end].startswith("“Kami tidak")
    assert not check_facts(Story(id="s", body=body, sources=(Source(name="Ratna Dewi", role="Petani"),)), TODAY)
    (unknown,) = check_facts(Story(id="s", body=body, sources=(Source(name="Joko", role="Lurah"),)), TODAY)
    assert (unknown.code, unknown.level) == ("facts_quote_unknown", "warning")


@pytest.mark.parametrize(
    "said",
    [
        "'Kami tidak pernah menerima uang itu,' kata Ratna.",
        "‘Kami tidak pernah menerima uang itu’, ujar Ratna.",
        "> Kami tidak pernah menerima uang itu. — Ratna, petani",
    ],
)
def test_a_quotation_is_one_in_whichever_form_it_is_set(said):
    (nobody,) = check_facts(Story(id="s", body=said), TODAY)
    assert (nobody.code, nobody.place.start) == ("facts_quote_nobody", 0)
    assert not check_facts(Story(id="s", body=said, sources=(Source(name="Ratna Dewi", role="Petani"),)), TODAY)
    assert not check_facts(Story(id="s", body="> Pantun lama dari desa.\n\nSalat Jum'at di Ma'had itu."), TODAY)


def test_a_figure_says_where_it_is_from():
    lone = "Panen naik 12 persen.\n\nHujan turun.\n\nMusim tanam tiba."
    (found,) = check_facts(Story(id="s", body=lone), TODAY)
    assert (found.code, found.facts["word"], found.level) == ("facts_number", "12 persen", "warning")
    assert not check_facts(Story(id="s", body="Panen naik 12 persen menurut kelompok tani."), TODAY)
    assert not check_facts(Story(id="s", body="Pukul 09.30 WIB, 22/11/2026, 64 warga datang."), TODAY)


def test_an_event_may_lie_ahead_and_a_happening_may_not():
    assert codes(Story(id="s", date="2026-12-05"), "warning") == {"facts_future"}
    assert not codes(Story(id="s", kind="event", date="2026-12-05"))
    assert not codes(Story(id="s", date="2026-11-24"))
