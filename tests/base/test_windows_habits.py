"""What is asked of Windows, on a system that only says it is one; on others nothing is."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from studio.base.windows_habits import hide_folder, no_console_flags
from studio.video import binary


@pytest.fixture
def attributes(monkeypatch):
    """The attributes of folders, as kernel32 keeps them."""
    kept: dict[str, int] = {}
    kernel = SimpleNamespace(GetFileAttributesW=lambda path: kept.get(path, -1), SetFileAttributesW=kept.__setitem__)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    return kept


def test_a_folder_is_hidden_and_keeps_its_other_attributes(attributes, tmp_path):
    attributes[str(tmp_path)] = 0x10 | 0x20
    hide_folder(tmp_path)
    assert attributes == {str(tmp_path): 0x10 | 0x20 | 0x2}


def test_a_folder_that_is_not_there_is_let_be(attributes, tmp_path):
    hide_folder(tmp_path / "tidak-ada")
    assert attributes == {}


def test_no_question_to_ffmpeg_opens_a_console_on_windows_only(monkeypatch):
    asked = []

    def run(args, **options):
        asked.append(options["creationflags"])
        return SimpleNamespace(stdout=b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(binary, "ffmpeg_path", lambda: "ffmpeg")
    binary.can_tone_map()
    monkeypatch.setattr(sys, "platform", "win32")
    binary.can_tone_map()
    binary.cuts_by_container()
    assert asked == [0, 0x08000000, 0x08000000]
    assert no_console_flags() == 0x08000000
