"""Where the list of stories comes from: the search index, or the folders themselves where there is no index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.story.body import plain
from studio.story.model import Photo, Status, Story, Video, cover_photo
from studio.ui.library.rows import Order, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.store.workspace import Workspace


def row_of(folder: str, story: Story) -> Row:
    """The card of a story."""
    cover = cover_photo(story)
    clip = story.videos[0].file if story.videos else ""
    return Row(folder, story.headline, story.status, story.modified, story.date, cover.file if cover else clip)


def words_of(story: Story) -> str:
    """Everything a search looks at, in lower case."""
    media: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    captions = (part for item in media for part in (item.caption, item.credit, item.alt))
    people = (name for person in story.people for name in (person.name, *person.aliases))
    sources = (source.name for source in story.sources)
    parts = (story.headline, story.kicker, story.summary, story.place, plain(story.body))
    return " ".join((*parts, *captions, *people, *sources, *story.byline, *story.tags, story.category)).casefold()


class FolderSource:
    """Reads every story into memory: for small workspaces and tests, and where a disk takes no index.

    Args:
        workspace: what to read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rows: dict[str, tuple[Row, str]] = {}
        self.refresh(workspace.story_folders())

    @property
    def source(self) -> FolderSource:
        """Itself."""
        return self

    def refresh(self, folders: Iterable[str]) -> None:
        """Read these stories again."""
        for folder, found in self._workspace.load_each(folders):
            if isinstance(found, UserError):
                gone = found.code in {"store.no_story"}
                self._rows.pop(folder, None)
                if not gone:
                    self._rows[folder] = (Row(folder, folder, "draft", "", broken=True), folder.casefold())
            else:
                self._rows[folder] = (row_of(folder, found), words_of(found))

    def touch(self, folder: str) -> None:
        """Look at a story again."""
        self.refresh([folder])

    def find(self, query: str, statuses: Sequence[Status], order: Order, limit: int, offset: int) -> Sequence[Row]:
        """See ``rows.Source``."""
        rows = self._matching(query, statuses)
        rows.sort(key=lambda row: getattr(row, order).casefold(), reverse=order != "headline")
        return rows[offset : offset + limit]

    def count(self, query: str, statuses: Sequence[Status]) -> int:
        """See ``rows.Source``."""
        return len(self._matching(query, statuses))

    def _matching(self, query: str, statuses: Sequence[Status]) -> list[Row]:
        words = query.casefold().split()
        return [
            row
            for row, text in self._rows.values()
            if (not statuses or row.status in statuses) and all(word in text for word in words)
        ]
