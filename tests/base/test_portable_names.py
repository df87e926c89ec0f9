"""Names that Windows and FAT32 take, by every way in that makes or judges one."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.base.portable_names import with_ending
from studio.posts.packs import file_name_ok
from studio.services.photo_folder_scan import safe_name
from studio.store.product_shelf import free_id
from studio.story.text import slugify
from studio.story.typed_names import folder_name

MAKERS = (safe_name, folder_name, slugify, lambda name: free_id(name, ()))


@pytest.mark.parametrize(
    "name", ["CON", "aux", "Lpt1", "com¹", "nul.2026", "a:b?", "a\x7fb", "dua/tiga.", "x" * 59 + ". y"]
)
def test_what_is_made_of_any_name_is_taken_everywhere(name):
    assert [made for make in MAKERS if not file_name_ok(made := make(name))] == []


@pytest.mark.parametrize(
    ("chosen", "made"),
    [
        ("Laporan", "Laporan.pdf"),
        ("Laporan 5.12", "Laporan 5.12.pdf"),
        ("Laporan.PDF", "Laporan.PDF"),
        ("Laporan.pdf.", "Laporan.pdf..pdf"),
    ],
)
def test_a_chosen_place_gets_the_ending_behind_its_name(chosen, made):
    assert with_ending(Path("map") / chosen, ".pdf") == Path("map") / made
