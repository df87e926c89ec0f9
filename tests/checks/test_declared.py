"""What only a person can vouch for is asked where it applies, and nowhere else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.statement_rules import RULES, applying_declarations, check_declared
from studio.story.declarations import add_declaration, take_back
from studio.story.model import Claim, ClaimContact, Group, LightAdjust, Person, Photo, Story
from studio.story.newsroom_records import RightOfReply
from studio.story.publication_records import Correction

GROUP = Group(name="KIM Bina Warga", members=("Siti Aminah",))
PLAIN = Story(
    id="s",
    headline="Warga bersihkan saluran",
    body="Warga Sukamaju membersihkan saluran irigasi bersama kepala dusun.",
    byline=("Siti Aminah",),
    people=(Person(id="d", name="Asep", age_group="adult", role="source"),),
    photos=(Photo(id="p", file="a.jpg", credit="Siti Aminah", adjust=LightAdjust(brightness=0.3)),),
)
CHILD = Person(id="a", name="Rani", age_group="child", role="source")


def with_photo(**changes) -> Story:
    return replace(PLAIN, photos=(replace(PLAIN.photos[0], **changes),))


ASKED = {
    "a child speaks": (replace(PLAIN, people=(CHILD,)), {"child_interview"}),
    "a child only looks on": (replace(PLAIN, people=(replace(CHILD, role="subject"),)), set()),
    "a child in a case": (
        replace(PLAIN, people=(replace(CHILD, role="victim"),)),
        {"child_interview", "child_social", "decent"},
    ),
    "cruelty": (replace(PLAIN, body="Korban dianiaya tetangganya."), {"decent", "sensitive_case"}),
    "a campaign": (replace(PLAIN, body="Penyuluhan pencegahan pelecehan seksual digelar."), {"sensitive_case"}),
    "an accusation": (replace(PLAIN, claims=(Claim(id="k", text="Lurah korupsi", harmful=True),)), {"decent"}),
    "a mirrored photo": (with_photo(flip=True), {"altered_media"}),
    "a mirrored photo that says so": (with_photo(flip=True, edited_label="Foto dibalik"), set()),
    "a photo made brighter than it was": (with_photo(adjust=LightAdjust(brightness=0.8)), {"altered_media"}),
    "a picture of a machine": (with_photo(caption="Gambar buatan AI."), {"altered_media"}),
    "a photo of a neighbour": (with_photo(credit="Dewi, warga RT 2"), {"citizen_material"}),
    "an advertisement": (replace(PLAIN, body="Diskon 20 persen, pesan sekarang!"), {"unpaid"}),
    "an advertisement that says so": (replace(PLAIN, body="Diskon 20 persen!", advertorial=True), set()),
    "a slip": (replace(PLAIN, corrections=(Correction(when="2026-11-22", what="Salah ketik"),)), set()),
    "a mistake that wronged somebody": (
        replace(PLAIN, corrections=(Correction(when="2026-11-22", what="Nama", harmed=True),)),
        {"right_of_reply"},
    ),
    "a slip in a story that speaks ill of somebody": (
        replace(
            PLAIN,
            claims=(Claim(id="k", text="Lurah korupsi", harmful=True),),
            corrections=(Correction(when="2026-11-22", what="Jam"),),
        ),
        {"decent", "right_of_reply"},
    ),
    "somebody wronged whose reply is published": (
        replace(
            PLAIN,
            corrections=(Correction(when="2026-11-22", what="Nama", harmed=True),),
            right_of_reply=(RightOfReply(text="Bukan saya.", by="Asep"),),
        ),
        set(),
    ),
    "an answer of the party harmed": (
        replace(
            PLAIN, claims=(Claim(id="k", text="x", asked=(ClaimContact(name="Lurah", answer="Tidak", harmed=True),)),)
        ),
        {"right_of_reply"},
    ),
    "an ordinary story": (PLAIN, set()),
}


@pytest.mark.parametrize(("story", "asked"), ASKED.values(), ids=ASKED)
def test_it_is_asked_where_it_applies(story, asked):
    assert set(applying_declarations(story, GROUP)) == asked
    found = check_declared(story, GROUP)
    assert {finding.code for finding in found} == {f"declare_{name}" for name in asked}
    assert all(finding.level == RULES[finding.code.removeprefix("declare_")][0] for finding in found)
    for name in asked:
        story = add_declaration(name, "2026-11-24T10:00:00+07:00", "Siti").apply(story)
    assert check_declared(story, GROUP) == ()


def test_a_declaration_says_who_and_when_and_can_be_taken_back():
    said = add_declaration("unpaid", "2026-11-24T10:00:00+07:00", "Siti").apply(PLAIN)
    assert (said.declarations["unpaid"].by, said.declarations["unpaid"].when[:10]) == ("Siti", "2026-11-24")
    assert take_back("unpaid").apply(said) == PLAIN
    assert take_back("decent").apply(said) is said
