"""Libraries are found without importing them and read once; what cannot be read is left to the import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.base.errors import WorkCancelled
from studio.base.progress import SilentProgress
from studio.base.read_ahead import library_files, read_ahead


class Stopping:
    def report(self, done, total, what):
        if done >= 1:
            raise WorkCancelled


def test_the_libraries_of_pyav_and_of_its_wheel_are_found_and_read_whole():
    files = library_files("av")
    assert any("avcodec" in path.name for path in files)
    assert len(files) == len(set(files))
    code = (
        "import sys; from studio.base.progress import SilentProgress; from studio.base.read_ahead import *;"
        "print(read_ahead('av', SilentProgress())); assert 'av' not in sys.modules;"
        "import av; print(read_ahead('av', SilentProgress()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert told == [str(sum(path.stat().st_size for path in files)), "0"]


def test_what_the_player_of_qt_loads_is_found():
    from studio.services.clip_preparation import PLAYER_FILES

    names = [path.name for path in library_files("PySide6", PLAYER_FILES)]
    assert any("ffmpegmediaplugin" in name for name in names)
    assert any("Multimedia" in name and "plugin" not in name for name in names)
    assert any(name.removeprefix("lib").startswith("avcodec") for name in names)
    assert not any("WebEngine" in name for name in names)


def test_a_package_that_is_not_there_has_no_files():
    assert library_files("studio_of_nobody") == ()
    assert read_ahead("studio_of_nobody", SilentProgress()) == 0


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that can be found, with two libraries and one beside it; nobody imports it."""
    folder = tmp_path / "sawah_av"
    for path in (
        folder / "__init__.py",
        folder / "a.so",
        folder / "deep" / "b.so",
        tmp_path / "sawah_av.libs" / "c.so",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 10)
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def test_only_libraries_are_read_and_a_broken_one_is_passed_by(package, tmp_path, monkeypatch):
    assert read_ahead("sawah_av", SilentProgress()) == 30
    assert read_ahead("sawah_av", SilentProgress(), patterns=("*",)) == 20
    real = type(package).open

    def broken(self, *args, **kinds):
        if self.name == "a.so":
            raise PermissionError(13, "no")
        return real(self, *args, **kinds)

    monkeypatch.setattr(type(package), "open", broken)
    assert read_ahead("sawah_av", SilentProgress()) == 20


def test_what_is_imported_already_is_not_even_looked_for(package, monkeypatch):
    monkeypatch.setitem(sys.modules, "sawah_av", sys)
    monkeypatch.setattr("studio.base.read_ahead.library_files", None)
    assert read_ahead("sawah_av", SilentProgress()) == 0


def test_reading_ahead_can_be_stopped_between_two_files(package):
    with pytest.raises(WorkCancelled):
        read_ahead("sawah_av", Stopping())
