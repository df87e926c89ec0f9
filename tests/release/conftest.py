"""What these tests share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def application(qapp):
    """A QApplication from the start: exports paint, and widgets tested later in the same process need one."""
    return qapp
