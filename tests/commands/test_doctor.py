"""``kim-studio doctor`` tells what can be used, not what some list says is there."""

from __future__ import annotations

import importlib
import sys

import pytest
from PIL import Image

from studio.base import installation
from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.base.progress import SilentProgress
from studio.commands import doctor
from studio.export.cluster.cluster_link import require_dask
from studio.services.face_suggestions import find_faces
from studio.services.photo_folder import make_photo_folder
from studio.services.photo_folder_order import FolderOrder, photo_sizes


@pytest.fixture
def words():
    return MessageTexts(assets_dir() / "messages", "id")


def line(words, name):
    return next(check for check in doctor.examine_system(words) if check.name == name)


def breaks(monkeypatch, broken, error):
    real = importlib.import_module

    def load(name, *args):
        if name == broken:
            raise error
        return real(name, *args)

    monkeypatch.setattr(importlib, "import_module", load)


def test_a_package_whose_library_cannot_be_loaded_is_missing_though_pip_lists_it(words, monkeypatch):
    breaks(monkeypatch, "av", ImportError("libavcodec.so.62: cannot open shared object file"))
    found = line(words, "av")
    assert found.level == "missing"
    assert "libavcodec.so.62" in found.found
    assert found.remedy == "pip install av"


def test_an_installer_is_told_to_be_run_again_and_a_frozen_program_knows_its_versions(words, monkeypatch, tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / installation.MARK).write_text("deb\n")
    monkeypatch.setattr(installation.paths, "assets_dir", lambda: tmp_path / "assets")

    def no_notes(name):
        raise doctor.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.importlib.metadata, "version", no_notes)
    breaks(monkeypatch, "pi_heif", ModuleNotFoundError("pi_heif"))
    assert "(deb)" in line(words, "KIM Studio").found
    assert line(words, "pi-heif").remedy == words.text("doctor.install_again")
    assert line(words, "pillow").found.startswith("11.")


def test_nobody_who_has_an_installer_is_told_to_call_pip(words, monkeypatch, tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "foto").mkdir()
    Image.new("RGB", (32, 24)).save(tmp_path / "foto" / "a.jpg")
    for extra in ("dlib", "distributed"):
        monkeypatch.setitem(sys.modules, extra, None)
    order = FolderOrder(tmp_path / "foto", tmp_path / "hasil", photo_sizes()[0])
    asks = (
        require_dask,
        lambda: find_faces(tmp_path / "foto" / "a.jpg", SilentProgress()),
        lambda: make_photo_folder(order, words, SilentProgress()),
    )

    def told() -> list[bool]:
        found = []
        for ask in asks:
            with pytest.raises(UserError) as caught:
                ask()
            found.append("pip install" in words.explain(caught.value))
        return found

    assert told() == [True, True, True]
    monkeypatch.setattr(installation.paths, "assets_dir", lambda: tmp_path / "assets")
    (tmp_path / installation.MARK).write_text("deb\n")
    assert told() == [False, False, False]


def test_whether_clips_play_is_asked_of_the_player(words, monkeypatch):
    monkeypatch.setattr("PySide6.QtMultimedia.QMediaPlayer.isAvailable", lambda _: False)
    found = line(words, words.text("doctor.player"))
    assert (found.level, found.remedy) == ("warning", words.text("doctor.player_remedy"))
