"""The address of a story follows its headline in the window: when it is left, ready or exported, or when asked for."""

from __future__ import annotations

import pytest

from studio.story.edits import set_field


@pytest.fixture
def begun(studio):
    """A story whose body was written first, open."""
    studio.stories.new()
    session = studio.stories.session
    session.edit(set_field("date", "2026-11-30"))
    session.edit(set_field("body", "Warga memanen padi."))
    session.flush()
    assert session.folder == "2026-11-30-berita"
    session.edit(set_field("headline", "Panen raya padi"))
    return studio


def listed(studio):
    studio.source.refresh()
    return [row.folder for row in studio.source.find("padi", (), "modified", 9, 0) if "2026-11-30" in row.folder]


def test_a_story_that_is_left_gets_the_name_of_its_headline(begun):
    other = next(name for name in begun.stories.workspace.story_folders() if "irigasi" in name)
    begun.stories.open(other)
    assert listed(begun) == ["2026-11-30-panen-raya-padi"]
    begun.stories.open("2026-11-30-panen-raya-padi")
    begun.stories.new()
    assert listed(begun) == ["2026-11-30-panen-raya-padi"]


def test_the_open_story_moves_with_its_undo_and_what_comes_in_late_finds_it(begun):
    session = begun.stories.session
    assert session.settle_address() == "2026-11-30-panen-raya-padi"
    assert listed(begun) == ["2026-11-30-panen-raya-padi"]
    assert begun.window.library.current == session.folder
    assert begun.tools.settings.note("story", str(begun.stories.workspace.path)) == session.folder
    # A job that began before the rename still names the old folder.
    begun.stories.edit_story("2026-11-30-berita", set_field("kicker", "Pertanian"))
    assert session.story.kicker == "Pertanian"
    session.undo()
    session.undo()
    session.flush()
    workspace = begun.stories.workspace
    assert workspace.load(session.folder).headline == ""
    assert len([name for name in workspace.story_folders() if "2026-11-30" in name]) == 1


def test_an_address_that_is_out_changes_only_when_asked_and_says_what_becomes_of_it(begun, answers):
    session, workspace = begun.stories.session, begun.stories.workspace
    session.flush()
    workspace.exports_dir(session.folder).mkdir(parents=True)
    assert session.settle_address() == "2026-11-30-berita"
    begun.window.actions.all["address"].trigger()  # asked, and not wanted
    assert "2026-11-30-panen-raya-padi" in answers.asked[-1]
    assert "mengantar pembaca" in answers.asked[-1]
    assert session.folder == "2026-11-30-berita"
    answers.answer = "change"
    begun.window.actions.all["address"].trigger()
    session = begun.stories.session
    assert session.folder == "2026-11-30-panen-raya-padi"
    assert session.story.former_folders == ("2026-11-30-berita",)
    session.edit(set_field("kicker", "Pertanian"))
    assert session.flush() is None
    assert workspace.load(session.folder).former_folders == ("2026-11-30-berita",)
    begun.window.actions.all["address"].trigger()
    assert "sudah sesuai" in answers.said[-1][1]
