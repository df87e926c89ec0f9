"""How many files one reads to follow a thing through the house: traced, so that no walk grows longer unseen."""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from PySide6.QtTest import QTest

import studio
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.preview.outlet_previews import OutletPreviewer
from studio.store.workspace import create_workspace
from studio.story.model import Group, Source, StatusChange, Story

HOUSE = f"{Path(studio.__file__).parent}/"
TEXTS = MessageTexts(assets_dir() / "messages", "id")
OUTLET = """
format = 1
id = "radio"
name = "Radio desa"
checked = 2026-11-23
source = "-"
[[output]]
kind = "text"
file = "naskah.txt"
template = "naskah.txt.j2"
"""
MOST = 12
# Who answers whether group, logo and day (of the group's zone) are still those a story was made ready with.
STILL_THE_SAME = {"store/workspace.py", "store/logo_place.py"} | {
    "store/story_shelf.py",
    "story/expiry.py",
    "story/date_formats.py",
}
"""Files of a walk (issue 14)."""


def trace_calls(work: Callable[[], Any], see: Callable[[FrameType, str], None]) -> None:
    """Do ``work``; ``see`` gets every call of a function of the house with its file, also those of other threads."""

    def profile(frame: FrameType, event: str, _: object) -> None:
        in_function = frame.f_code.co_flags & inspect.CO_OPTIMIZED  # what runs when a module is imported is no walk
        if event == "call" and in_function and frame.f_code.co_filename.startswith(HOUSE):
            see(frame, frame.f_code.co_filename.removeprefix(HOUSE))

    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def entered(work: Callable[[], Any]) -> set[str]:
    """The files of the house that ``work`` calls into."""
    files: set[str] = set()
    trace_calls(work, lambda _, file: files.add(file))
    return files


def files_above(frame: FrameType | None) -> set[str]:
    """The files of the house on the way to this call."""
    files = set()
    while frame is not None:
        if frame.f_code.co_filename.startswith(HOUSE):
            files.add(frame.f_code.co_filename.removeprefix(HOUSE))
        frame = frame.f_back
    return files


@pytest.fixture
def library(tmp_path):
    """A workspace with one finished story without pictures."""
    step = StatusChange(status="ready", when="2026-11-23T08:00:00+07:00")
    with create_workspace(tmp_path / "ruang", Group(name="KIM Uji", village="Sukamaju")) as workspace:
        workspace.add(
            Story(
                id="",
                headline="Warga Sukamaju perbaiki saluran irigasi",
                place="Sukamaju",
                date="2026-11-22",
                byline=("Siti Aminah",),
                summary="Warga bergotong royong.",
                body="Sekitar 80 warga bergotong royong memperbaiki saluran irigasi, Minggu (22/11/2026).\n",
                sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
                status="ready",
                log=(step,),
            )
        )
        yield workspace


def test_from_the_template_of_a_text_to_its_preview(library):
    """The story was made ready for another outlet before: what is walked is one text, from its template to the phone.

    Beside that the workspace is asked whether group, logo and day are still those the story was made ready with.
    """
    (folder,) = library.story_folders()
    previewer, story = OutletPreviewer(library, templates_dir(), TEXTS), library.load(folder)
    previewer.texts(folder, story)
    changed = library.load(folder)
    previewer.texts(folder, changed, ("facebook",))
    files = entered(lambda: previewer.texts(folder, changed, ("whatsapp",)))
    assert "posts/environment.py" in files
    assert len(files - STILL_THE_SAME) <= MOST, "\n".join(sorted(files))


def test_from_the_story_to_its_files(library):
    """The files of ``export/`` that a story goes through on its way to the text of an outlet."""
    pack = library.path / "templates" / "radio"
    pack.mkdir(parents=True)
    (pack / "outlet.toml").write_text(OUTLET, encoding="utf-8")
    (pack / "naskah.txt.j2").write_text("{{ headline }}\n\n{{ body }}", encoding="utf-8")

    def export() -> None:
        with StoryExporter(library, templates_dir(), TEXTS) as exporter:
            (exported,) = exporter.export((), ("radio",), None, SilentProgress())
        assert exported.made == 1

    files = {file for file in entered(export) if file.startswith("export/")}
    assert "export/rendering/task_files.py" in files
    assert len(files) <= MOST, sorted(files)


def test_from_the_key_to_the_disk(opened):
    """The files on the way from a key in the text to the edit, and from there to the new ``story.json``."""
    opened.window.go("write")
    body = opened.window.page.body
    body.setFocus()
    files: set[str] = set()
    written: list[Path] = []

    def see(frame: FrameType, file: str) -> None:
        if (file, frame.f_code.co_name) == ("ui/core/story_session.py", "edit"):
            files.update(files_above(frame))
        elif (file, frame.f_code.co_name) == ("base/atomic_files.py", "write_atomic"):
            path = frame.f_locals[frame.f_code.co_varnames[0]]
            if path.name == "story.json":
                written.append(path)
                files.update(files_above(frame))

    def type_and_save() -> None:
        QTest.keyClicks(body, "z")
        opened.stories.session.flush()

    trace_calls(type_and_save, see)
    assert written
    assert "ui/write/block_editor.py" in files
    assert len(files) <= MOST, sorted(files)
