"""The first opening of a large workspace shows the list as the index grows, not an empty one until all is read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from studio.services.story_list import listed_row
from studio.store import index as store_index
from studio.store.index import IndexRow, SearchIndex
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.library.index_source import IndexSource
from studio.ui.library.library_model import LibraryModel


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


class ManyRows:
    """A source of 2,300 stories that remembers how many it was asked for at once."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def find(self, query, statuses, order, limit, offset, saved=""):
        self.asked.append(limit)
        return [
            listed_row(IndexRow(f"f{at}", "", "draft", "news", "", "", "", "", ""), "2026-11-30")
            for at in range(offset, min(offset + limit, 2300))
        ]


def test_a_list_scrolled_far_down_is_asked_again_in_parts_and_shown_as_one(qapp, qtbot):
    source, shown = ManyRows(), []
    model = LibraryModel(source, None)
    model.ask("", (), "modified")
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    source.asked.clear()
    model.reload(lambda change: (shown.append(model.rowCount()), change()))
    assert source.asked == [1000], "the rest waits for its own turns"
    qtbot.waitUntil(lambda: bool(shown))
    assert (source.asked, shown, model.rowCount()) == ([1000, 1000, 300], [2300], 2300)
    assert model.row_at(model.index(2299)).folder == "f2299"
    model.reload(lambda change: shown.append("too late"))
    model.ask("padi", (), "modified")
    qapp.processEvents()
    assert shown == [2300], "what was typed meanwhile is fresher"
