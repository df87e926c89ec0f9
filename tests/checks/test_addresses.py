"""Rules report only addresses of the one table, which the window walks (``tests/ui/check/test_ways.py``)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.checks.finding import Finding
from studio.group.products import Offer
from studio.release.finding_texts import place_words
from studio.story.model import (
    Claim,
    Cue,
    Group,
    Photo,
    Publication,
    Slideshow,
    Source,
    Story,
    TextOverride,
    Video,
)
from studio.story.places import FIELDS, TextPlace, pattern_of
from studio.story.publication_records import Correction
from studio.story.reader_fields import reader_texts

CHECKS = Path(__file__).parents[2] / "studio" / "checks"
IDS = frozenset({"photos", "videos", "claims"})
"""The id of a record can be in the name of a file: it leads to the record."""


def real(row: str) -> str:
    """An address for a row: ids, numbers and names filled in."""
    return "/".join("0" if part == "*" else part for part in row.split("/"))


def field_of(node: ast.expr) -> str:
    """What is written down of an address, ``*`` where something is filled in; "" for one that is handed on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
    return ""


def written() -> list[str]:
    """Every ``TextPlace(...)``, ``at(...)`` of a picture and ``_claim_place(claim, ...)`` in the rules of stories."""
    found = []
    for path in sorted(CHECKS.glob("*.py")):
        if path.name == "product_rules.py" or path.name.startswith("lesson_"):  # these report nothing of a story
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            field = field_of(node.args[-1 if node.func.id == "_claim_place" else 0])
            if node.func.id == "TextPlace" and field.startswith("*/"):  # of a photo or of a clip
                found += [f"{root}{field.removeprefix('*')}" for root in ("photos", "videos")]
            elif node.func.id == "TextPlace":
                found.append(field)
            elif node.func.id == "at" and field:  # else a row of the table of details, which is in FIELDS whole
                found += [f"{root}/*/{field}" for root in ("photos", "videos")]
            elif node.func.id == "_claim_place" and len(node.args) > 1:
                found.append(f"claims/*/{field}")
    return [field for field in found if field and not field.endswith("/*/*")]


def test_every_address_a_rule_writes_down_is_in_the_table():
    fields = written()
    assert len(fields) > 40
    assert [field for field in fields if pattern_of(real(field)).count("/") != field.count("/")] == []
    assert [field for field in fields if pattern_of(real(field)) not in FIELDS] == []


def test_every_address_of_a_product_names_a_field_of_what_is_offered():
    source = (CHECKS / "product_rules.py").read_text(encoding="utf-8")
    named = set(re.findall(r'f?"offer/([a-z_]+)', source))
    assert len(named) > 4
    assert named <= {*Offer.__struct_fields__}


PHOTO = "name caption credit alt edited_label rights copyright place"
VIDEO = f"{PHOTO} title title_detail title_card"
OF_GROUP = "name full_name village district regency province address license site phone email"


def _words(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "x")


FULL = Story(
    id="s",
    **dict.fromkeys(("headline", "kicker", "place", "editor", "category", "summary", "body"), "kata"),
    date="2026-11-22",
    valid_until="2026-11-23",
    byline=("Siti",),
    tags=("irigasi",),
    sources=(Source(name="Asep", role="Kepala Dusun"),),
    photos=(
        Photo(
            id="p",
            file="f",
            **_words(PHOTO),
        ),
    ),
    videos=(
        Video(
            id="v",
            file="f",
            subtitles=(Cue(start=0, end=1, text="x"),),
            **dict.fromkeys(
                [
                    "name",
                    "caption",
                    "credit",
                    "alt",
                    "title",
                    "title_detail",
                    "title_card",
                    "edited_label",
                    "rights",
                    "copyright",
                    "place",
                ],
                "x",
            ),
        ),
    ),
    slideshow=Slideshow(),
    claims=(Claim(id="c", text="x", explanation="x", disorder="x", references=("x",), public=True),),
    overrides={"instagram/takarir.txt": TextOverride(text="x")},
    publications=(Publication(outlet="facebook", when="2026-11-22", link="x"),),
    corrections=(Correction(when="2026-11-22", what="x", reason="x", before="x", after="x"),),
)
GROUP = Group(
    **dict.fromkeys(
        [
            "name",
            "full_name",
            "village",
            "district",
            "regency",
            "province",
            "address",
            "license",
            "site",
            "phone",
            "email",
        ],
        "x",
    ),
    accounts={"facebook": "x"},
    hashtags=("#x",),
)
ADDRESSES = [address for address, _, _ in reader_texts(FULL, GROUP)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_text_that_reaches_readers_has_a_place_where_it_is_mended(address):
    """A rule about words can report any of them."""
    row = pattern_of(address)
    assert row in FIELDS
    last = address.rpartition("/")[2]
    if last == "id":
        assert row in IDS
    else:
        assert row.count("/") == address.count("/") or row == "overrides/*"


def test_the_table_names_each_address_once_and_the_desk_follows_from_it():
    assert len(FIELDS) > 90
    for row, desk in FIELDS.items():
        assert pattern_of(real(row)) == row
        assert TextPlace(real(row)).desk == desk


def test_every_address_has_words_for_the_terminal():
    texts = MessageTexts(assets_dir() / "messages", "id")
    for row in FIELDS:
        finding = Finding("x", "warning", "facts", TextPlace(real(row)))
        assert place_words(finding, texts) != real(row), row
