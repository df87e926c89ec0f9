"""Limits that were last looked up long ago are told."""

from __future__ import annotations

from datetime import date

import pytest

from studio.commands.outlets import is_old


@pytest.mark.parametrize(
    ("checked", "old"), [("2026-05-30", True), ("2026-06-01", False), ("2026-11-29", False), ("kapan", True)]
)
def test_half_a_year(checked, old):
    assert is_old(checked, date(2026, 12, 1)) == old
