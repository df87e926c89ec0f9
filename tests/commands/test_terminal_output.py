"""Words on a terminal: whatever stands in a story is shown as it is, and obeyed by nobody."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout

import pytest

from studio.commands.common import print_table, progress_bar

CONTROL = "\x1b]0;judul\x07merah\x1b[31m"
WORDS = ["Panen [/b] raya", "[draf] jalan desa", "[bold]tebal[/bold]", ":smile: [link=x]y", CONTROL]


class Terminal(io.StringIO):
    """Keeps what is printed."""

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def wide_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("words", WORDS)
def test_a_table_shows_the_words_of_stories_as_they_are(words):
    with redirect_stdout(Terminal()) as screen:
        print_table(["Berita", "Berkas"], [[words, "3"]], numbers=(1,))
    shown = re.sub(r"\x1b\[[01]m", "", screen.getvalue())  # the head is bold
    assert re.sub(r"[\x07\x1b]", "", words) in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("words", WORDS)
def test_a_progress_bar_takes_any_name_of_a_file(words):
    with redirect_stderr(Terminal()) as screen, progress_bar("Mengekspor") as progress:
        progress.report(1, 2, words)
    assert re.sub(r"[\x07\x1b]", "", words) in screen.getvalue()
    assert "\x1b]" not in screen.getvalue()
    assert "\x1b[31m" not in screen.getvalue()
