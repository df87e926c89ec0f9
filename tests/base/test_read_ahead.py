"""Libraries are found without importing them and read once; what cannot be read is left to the import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.base.errors import Cancelled
from studio.base.progress import Silent
from studio.base.read_ahead import library_files, read_ahead


class Stopping:
    def report(self, done, total, what):
        if done >= 1:
            raise Cancelled


def test_the_libraries_of_pyav_and_of_its_wheel_are_found_and_read_whole():
    files = library_files("av")
    assert any("avcodec" in path.name for path in files)
    assert len(files) == len(set(files))
    code = (
        "import sys; from studio.base.progress import Silent; from studio.base.read_ahead import *;"
        "print(read_ahead('av', library_files('av'), Silent())); assert 'av' not in sys.modules;"
        "import av; print(read_ahead('av', library_files('av'), Silent()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert told == [str(sum(path.stat().st_size for path in files)), "0"]


def test_what_the_player_of_qt_loads_is_found():
    from studio.ui.video.work import _PLAYER_FILES

    names = [path.name for path in library_files("PySide6", _PLAYER_FILES)]
    assert any("ffmpegmediaplugin" in name for name in names)
    assert any("Multimedia" in name and "plugin" not in name for name in names)
    assert any(name.removeprefix("lib").startswith("avcodec") for name in names)
    assert not any("WebEngine" in name for name in names)


def test_a_package_that_is_not_there_has_no_files():
    assert library_files("studio_of_nobody") == ()


def test_files_that_cannot_be_read_are_passed_by_and_the_rest_is_read(tmp_path):
    there = tmp_path / "ada.so"
    there.write_bytes(b"x" * 10)
    assert read_ahead("studio_of_nobody", [tmp_path / "hilang.so", tmp_path, there], Silent()) == 10


def test_reading_ahead_can_be_stopped_between_two_files(tmp_path):
    files = [tmp_path / "a.so", tmp_path / "b.so"]
    for path in files:
        path.write_bytes(b"x")
    with pytest.raises(Cancelled):
        read_ahead("studio_of_nobody", files, Stopping())
