"""The first opening of a large workspace shows the list as the index grows, not an empty one until all is read."""

from __future__ import annotations

from studio.store import index as store_index
from studio.store.index import SearchIndex
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.library.index_source import IndexSource


def test_stories_are_shown_while_others_are_read(tmp_path, monkeypatch, qapp):
    monkeypatch.setattr(store_index, "_BATCH", 2)
    with create_workspace(tmp_path / "kim", Group(name="KIM Uji")) as workspace:
        for number in range(9):
            workspace.add(Story(id="", headline=f"Panen {number}"))
        source = IndexSource(SearchIndex(workspace), InlineJobs(), "Mencari", today=lambda: "2026-11-30")
        shown = []
        source.changed.connect(lambda: shown.append(source.count("", ())))
        source.refresh()
        assert shown == [2, 4, 8, 9]
        assert source.looked
        source.refresh()
        assert shown == [2, 4, 8, 9], "a later look tells only of changes"
        source.stop()
