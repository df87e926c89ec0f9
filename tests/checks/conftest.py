"""What these tests share."""

from __future__ import annotations

import pytest

from studio.base.paths import assets_dir
from studio.checks.language import LanguageChecker
from studio.lexicon.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The built-in lexicon."""
    return load_lexicon(assets_dir() / "language")


@pytest.fixture(scope="session")
def checker(lexicon) -> LanguageChecker:
    """The language checker."""
    return LanguageChecker(lexicon)
