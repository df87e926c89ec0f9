"""What tests of commands share."""

from __future__ import annotations

import time

import pytest


@pytest.fixture
def far_west(monkeypatch):
    """A computer whose calendar is a day behind that of every group."""
    monkeypatch.setenv("TZ", "FAR+23:30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
