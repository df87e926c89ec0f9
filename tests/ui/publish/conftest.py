"""The publishing desk of a studio with a story that has photos."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.story.model import Photo


@pytest.fixture(scope="session")
def photos(tmp_path_factory):
    """Two pictures on disk."""
    from PIL import Image

    base = tmp_path_factory.mktemp("foto")
    made = []
    for number, color in enumerate(((40, 140, 70), (180, 90, 40))):
        path = base / f"{number}.jpg"
        Image.new("RGB", (600, 800), color).save(path)
        made.append(path)
    return made


@pytest.fixture
def session(opened, photos):
    """The open story, with photos."""
    stories = opened.stories
    folder = stories.session.folder
    files = [stories.workspace.import_media(folder, path) for path in photos]
    kept = tuple(
        Photo(id=f"f{n}", file=file, caption="Warga bekerja.", alt="Parit", width=600, height=800)
        for n, file in enumerate(files)
    )
    from studio.story.edits import StoryEdit

    stories.session.edit(StoryEdit("edit.photo_add", lambda story: replace(story, photos=kept)))
    stories.session.flush()
    return stories.session


@pytest.fixture
def desk(opened, session, qtbot):
    """The desk with Instagram's previews made."""
    opened.window.go("publish")
    made = opened.window.page
    settle(made, qtbot)
    return made


def settle(desk, qtbot):
    """Wait until all previews are made."""
    qtbot.waitUntil(lambda: not desk.feed.busy, timeout=10_000)


@pytest.fixture
def settled(qtbot):
    """Gives ``settle`` with its waiter."""
    return lambda desk: settle(desk, qtbot)
