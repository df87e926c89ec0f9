"""Pages of "Kelompok" with letters twice as large in a window of 1366 x 768: nothing is cut off at the side."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from studio.story.model import Publication
from studio.story.newsroom_records import AudienceReading


@pytest.fixture
def window(make_studio, settings, workspace_path):
    """The window over the sample workspace, with a story that appeared and was read."""
    settings.set("text_scale", 2.0)
    studio = make_studio()
    studio.open_workspace(workspace_path)
    workspace = studio.stories.workspace
    folder = workspace.story_folders()[-1]
    story = workspace.load(folder)
    day = story.date[:10]
    read = (AudienceReading(when=day, seen=12_500),)
    workspace.save(
        folder, replace(story, publications=(Publication(outlet="whatsapp-saluran", when=day, readings=read),))
    )
    studio.window.shell.resize(1366, 768)
    return studio.window


@pytest.mark.parametrize("code", ["report", "district"])
def test_nothing_is_cut_off_at_the_side(window, code):
    window.group_place.show(code)
    page = window.group_place.desk.page
    QApplication.processEvents()
    if code == "report":
        page.gather()
    else:
        page.take_sample()
    QApplication.processEvents()
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible() and area.widget() is not None]
    for area in areas:
        assert area.widget().width() <= area.viewport().width()
    narrow = [
        b.text() for b in page.findChildren(QPushButton) if b.isVisible() and b.width() < b.minimumSizeHint().width()
    ]
    assert narrow == []
