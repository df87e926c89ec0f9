"""Names of the files of activities."""

from __future__ import annotations

import pytest

from studio.store.activity_shelf import free_activity_key


@pytest.mark.parametrize(
    ("title", "name"),
    [("Rapat Redaksi", "rapat-redaksi"), ("Café Désa", "cafe-desa"), ("اجتماع", "اجتماع"), ("!!", "kegiatan")],
)
def test_an_activity_is_named_as_products_and_stories_are(title, name):
    key = free_activity_key("2026-11-08", title, ())
    assert key == f"2026-11-08-{name}"
    assert free_activity_key("2026-11-08", title, {key}) == f"{key}-2"
