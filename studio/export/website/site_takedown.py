"""What may no longer be shown comes down before anything is made: pages first, then every list that names them.

Making a site can take hours, and may be stopped. So each run begins with what has to go, and fills the lists again from
what this computer remembers of the stories that stay, whatever day or version that is of: their pages stand as they
were. A run that was cut off in between has noted so (``SiteWriter.stale``), and the next one begins with the lists.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.export.website.site_notices import LEFT, reason_of
from studio.export.website.site_pages import PageMaker
from studio.export.website.site_products import NAMES
from studio.export.website.site_sorting import FirstLook, named_beside, pages_to_remove, sort_stories
from studio.export.website.site_writer import DownNote
from studio.posts.product_values import product_folder
from studio.release.cross_story_protection import ProtectedNeighbour, find_likely_named
from studio.release.release_gate import is_harmless
from studio.story.model import Story
from studio.story.publishing import correction_due, story_as_told
from studio.story.withdrawal import hidden_people

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_products import ProductPages
    from studio.export.website.site_recall import RecalledSite
    from studio.export.website.site_sorting import SortedStories
    from studio.export.website.site_writer import SiteWriter
    from studio.posts.catalog import OutletCatalog
    from studio.release.cross_story_protection import Neighbours
    from studio.store.workspace import Workspace

_TAG, _VALUE = re.compile(r"<[^>]*>"), re.compile(r'"([^"]*)"')
_SHARED_FOLDERS = ("cari/", "topik/")


class SiteTakedown:
    """Takes down what may no longer be shown of one group's site.

    Args:
        workspace: open; reading is enough.
        catalog: of outlets.
        writer: of the site.
        recalled: what is known of its stories.
        beside: whom no story may name.
        joint: its place among many; None for a site of its own, on which nothing stands where a story came down.
    """

    def __init__(
        self,
        workspace: Workspace,
        catalog: OutletCatalog,
        writer: SiteWriter,
        recalled: RecalledSite,
        beside: Neighbours,
        joint: JointPlace | None,
    ) -> None:
        self._workspace, self._catalog, self._writer = workspace, catalog, writer
        self._recalled, self._beside, self._joint = recalled, beside, joint
        self._folders = tuple(folder for folder, _ in recalled.stamps)

    def take_down(self) -> FirstLook:
        """Sort the stories that are not as the site has them, and take down what has to go."""
        settled = self._recalled.settled()
        wanted = tuple(folder for folder in self._folders if folder not in settled)
        before = self._joint.first if self._joint is not None else None
        if before is not None and (before.stamps, before.found.looked_at) == (self._recalled.stamps, wanted):
            return before
        found = sort_stories(self._workspace, wanted, self._beside)
        maker = self._maker()
        broken: UserError | None = None
        notices: list[dict[str, Any]] = []
        try:
            notices = [maker.withdrawn(told) for _, told in found.withdrawn]
        except UserError as error:  # a template of the group's own that is broken keeps nothing up
            self._writer.forget_puts()
            broken = error
        gone = pages_to_remove(self._writer, found, self._folders, self._writer.down) | self._outgrown(found)
        if gone or self._writer.stale:
            reasons = {left.folder: left.why.code for left in found.left_out}
            reasons |= dict.fromkeys(found.exposing, "joined.named")
            back = {told.address for _, told in found.withdrawn} | {folder for folder, _ in found.withdrawn}
            self._note_down(reasons, back, gone)  # on disk before anything goes: the next run tells of it, too
            files = {name for name in self._writer.before if name.partition("/")[0] in gone}
            self._writer.take_out(files, lists_follow=True)
            self._renew_lists(maker, notices)
            if self._joint is None and broken is None and self._restore_entries(maker, found):
                self._renew_lists(maker, notices)
        if broken is not None:
            raise broken
        self._writer.forget_puts()
        went = gone | (before.went if before is not None else frozenset())
        return FirstLook(self._recalled.stamps, found, went)

    def restore_lists(self, first: FirstLook) -> bool:
        """Fill the lists again that came out empty as nothing is remembered; whether there was anything to restore.

        Only once all that has to go is gone, as each story takes a moment.

        Raises:
            UserError: a template cannot be used.
        """
        maker = self._maker()
        restored = self._restore_entries(maker, first.found)
        if restored and first.went:
            self._renew_lists(maker, [maker.withdrawn(told) for _, told in first.found.withdrawn])
        return restored

    def _restore_entries(self, maker: PageMaker, found: SortedStories) -> bool:
        """Of pages that stand and may, what this computer has forgotten: another one made them, a cache was emptied."""
        known = {each["folder"] for each in self._recalled.memory.last_entries()}
        hidden = known | found.exposing | self._writer.down.keys()
        pages = (folder for folder in found.public if f"{folder}/index.html" in self._writer.before)
        lost = [folder for folder in pages if folder not in hidden]
        if lost:
            self._recalled.memory.restore_entries(self._read_entries(maker, lost))
        return bool(lost)

    def _read_entries(self, maker: PageMaker, folders: Iterable[str]) -> Iterator[dict[str, Any]]:
        for folder, story in self._workspace.load_each(folders):
            if not isinstance(story, UserError):
                yield maker.kept_entry(folder, story_as_told(story) if correction_due(story) else story)

    def _outgrown(self, found: SortedStories) -> frozenset[str]:
        """Folders of pages that may show whom their story hides by now: they stand as the story was.

        A story is often mended and its child marked in one go. What it says now is harmless, and what readers have is
        not; its page is made again in this run, which may take hours or be stopped.
        """
        here = {
            name: folder
            for folder in found.anew
            for name in (folder, *(old for old in found.led[folder] if old not in self._folders))
            if f"{name}/index.html" in self._writer.before
        }
        made, now = self._recalled.memory.last_stamps(here), dict(self._recalled.stamps)
        changed = {name: folder for name, folder in here.items() if made.get(name) != now[folder]}
        # What a cover hides no text tells. Nothing is known of a page of another computer but what stands there.
        sure = {name for name, folder in changed.items() if name in made and found.anew[folder]}
        return frozenset(
            sure | {name for name, folder in changed.items() if name not in sure and self._names(name, folder)}
        )

    def _names(self, name: str, folder: str) -> bool:
        """Whether a page as it stands names somebody whom its story or another hides now."""
        try:
            story = self._workspace.load(folder)
        except UserError:
            return True
        pages = [each for each in self._writer.before if each.startswith(f"{name}/") and each.endswith("/index.html")]
        told = " ".join(_page_words(self._writer.folder / page) for page in pages)
        hidden = hidden_people(story)
        page = Story(id="", headline=told, people=tuple(each for each in story.people if each not in hidden))
        own = [ProtectedNeighbour(each, "") for each in hidden]
        return bool(find_likely_named(page, name, own) or named_beside(self._workspace, page, name, self._beside))

    def _maker(self) -> PageMaker:
        shown, outlet = self._recalled.memory.products.shown, self._catalog.outlet("website")
        return PageMaker(self._workspace, self._catalog, outlet, self._writer, potensi=shown, joint=self._joint)

    def _renew_lists(self, maker: PageMaker, notices: list[dict[str, Any]]) -> None:
        writer = self._writer
        lists = {name for name in writer.before if "/" not in name or name.startswith(_SHARED_FOLDERS)}
        products = (name for name in writer.before if name.startswith("potensi/") and name.endswith("/index.html"))
        try:
            told = [*notices, *(maker.write_notice(folder, note) for folder, note in writer.down.items())]
            shown = (each for each in self._recalled.memory.last_entries() if each["folder"] not in writer.down)
            entries = [each for each in shown if f"{each['folder']}/index.html" in writer.before]
            entries.sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
            maker.write_shared(entries, told, sorted(products), self._recalled.memory)
        except UserError:
            writer.forget_puts()
            writer.take_out(lists)
            raise
        writer.take_out(lists)

    def write_notices(
        self, maker: PageMaker, reasons: Mapping[str, str], back: Container[str], went: frozenset[str]
    ) -> list[dict[str, Any]]:
        """Write what stands where stories were that came down, and note it; gives what feeds need of each.

        None where the address itself would tell something, where the story was deleted or cannot be read: then nobody
        can say whether it does.

        Args:
            maker: of pages.
            reasons: codes of the errors of stories that are left out, by folder.
            back: folders in which the page of a withdrawal stands, or whose story was taken back.
            went: folders that came down in this run.
        """
        self._note_down(reasons, back, went)
        return [maker.write_notice(folder, note) for folder, note in self._writer.down.items()]

    def _note_down(self, reasons: Mapping[str, str], back: Container[str], went: frozenset[str]) -> None:
        if self._joint is None:
            return
        writer, now = self._writer, self._workspace.clock().isoformat(timespec="seconds")
        kept = self._recalled.settled()
        noted: dict[str, DownNote] = {}
        for folder in sorted((writer.down.keys() | went) & {*self._folders}):
            if folder in back:
                continue
            if folder in kept and folder in writer.down and not kept[folder].entry:
                noted[folder] = writer.down[folder]  # neither the story nor whom others protect has changed
            elif folder in reasons and self._may_stand(folder):
                had = writer.down.get(folder)
                # Of a group that had left and is here again the reason is another one.
                noted[folder] = had if had and had.why != LEFT else DownNote(now, reason_of(reasons[folder]))
        writer.down = noted

    def _may_stand(self, folder: str) -> bool:
        """Whether the address of a story tells nothing of anybody who is protected."""
        try:
            story = self._workspace.load(folder)
        except UserError:
            return False
        address = Story(id=story.id, people=story.people)
        return (
            is_harmless(story, self._workspace.group, folder=folder)
            and named_beside(self._workspace, address, folder, self._beside) is None
        )


def _page_words(page: Path) -> str:
    """What a page says as it stands, with what its pictures are called; "" when it cannot be read."""
    try:
        told = page.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return unescape(_TAG.sub(lambda tag: f" {' '.join(_VALUE.findall(tag[0]))} ", told))


def take_products_out(writer: SiteWriter, products: ProductPages, maker: PageMaker) -> frozenset[str]:
    """Take down the pages of products that are not in the catalogue any more, and renew the lists that name them.

    Returns:
        The folders that came down.
    """
    kept = tuple(f"{product_folder(done.folder)}/" for done in products.shown)
    ours = {name for name in writer.before if name.startswith("potensi/")} - {*NAMES}
    if gone := {name for name in ours if not name.startswith(kept)}:
        products.write(maker)
        writer.take_out(gone | {*NAMES})
    return frozenset(name.rpartition("/")[0] for name in gone)
