"""The whole library as one static website: front page, stories, topics, feed, sitemap, search without a server.

Every link is relative, so the site opens from a USB stick as it does from a server. Pictures and videos come from the
export to the website, which makes only what changed; pages are filled again with the way to the shared files, from the
very story the gate let out for that export. A story that was taken back becomes a page that says so, at the same
address, as printed codes still lead there. What the site held before and no longer belongs is removed; files nobody
here made stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.base.atomic_files import disk_error
from studio.base.errors import UserError
from studio.base.folders import is_plain_name
from studio.base.progress import PartProgress
from studio.export.running.export_folders import taking_turns
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.site_pages import PageMaker
from studio.export.website.site_products import ProductPages
from studio.export.website.site_recall import recall_site, remember_site
from studio.export.website.site_writer import NOTED, SiteWriter
from studio.release.joined_stories import refuse_named, withdrawal_beside
from studio.release.release_gate import is_harmless, judge_here, withdrawal_of
from studio.story import date_formats
from studio.story.publishing import story_as_told
from studio.story.story_status import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.export_manifest import ExportManifest
    from studio.export.running.story_exporter import ExportedStory
    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_memory import RememberedStory
    from studio.export.website.site_recall import RecalledSite
    from studio.release.joined_stories import Neighbours
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.story.withdrawal import StoryWithdrawal

__all__ = ["NOTED", "BuiltSite", "LeftOut", "build_site", "left_out_line"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that is not on the site, or not as a whole.

    Attributes:
        folder: the story's folder.
        why: the reason, as an error that explains itself.
        taken_down: it was on the site until now.
        expected: it is being written and never was public: nobody looks for it.
    """

    folder: str
    why: UserError
    taken_down: bool = False
    expected: bool = False


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What became of the site.

    Attributes:
        folder: of the site.
        stories: on it.
        written: files.
        removed: files.
        left_out: stories that are not on it.
        entries: of the stories on it, the newest first; those that were remembered come without ``site_memory.HEAVY``.
    """

    folder: Path
    stories: int
    written: int
    removed: int
    left_out: tuple[LeftOut, ...]
    entries: tuple[dict[str, Any], ...] = ()

    @property
    def troubles(self) -> tuple[LeftOut, ...]:
        """Those of ``left_out`` that someone may look for."""
        return tuple(left for left in self.left_out if not left.expected)


def build_site(
    workspace: Workspace,
    templates: Path,
    texts: MessageTexts,
    out: Path | None,
    progress: Progress,
    *,
    jobs: int = 1,
    joint: JointPlace | None = None,
) -> BuiltSite:
    """Make the website, or bring it up to date.

    Args:
        workspace: open; reading is enough. Stories that are ready, published or corrected and have no open block are
            on the site; those that were taken back have a page that says so.
        templates: the built-in packs.
        texts: language of warnings.
        out: the site's folder; by default ``exports/_situs``.
        progress: in stories.
        jobs: 1 or 2 processes for the pictures.
        joint: where it lies within the site of many groups, whose protected people no page names either.

    Raises:
        UserError: there is no website outlet; the folder cannot be written, or holds files or a site that are not ours.
        WorkCancelled: from ``progress``; the next run goes on.
    """
    own = workspace.exports_dir("_situs")
    place = out or own
    try:
        with taking_turns(place, texts, progress):
            return _build_site(workspace, templates, texts, place, progress, jobs, joint, own_place=place == own)
    except OSError as error:
        raise disk_error(error, place / "index.html") from error


def _build_site(
    workspace: Workspace,
    templates: Path,
    texts: MessageTexts,
    place: Path,
    progress: Progress,
    jobs: int,
    joint: JointPlace | None,
    *,
    own_place: bool,
) -> BuiltSite:
    from studio.posts.catalog import load_catalog

    folders = workspace.story_folders()
    writer = SiteWriter(place, workspace.group.id, folders, own_place=own_place)
    catalog = load_catalog(templates, workspace.templates_dir)
    recalled = recall_site(workspace, place, catalog, texts, folders, joint)
    beside = joint.protected_people(recalled.neighbours) if joint is not None else recalled.neighbours
    if recalled.is_whole:
        progress.report(1, 1, place.name)
        return _as_before(place, recalled)
    products = ProductPages(workspace, templates, texts, PartProgress(progress, 0, 1, 4), jobs, beside)
    # Pages name the catalogue, so that what was made without one holds only without one.
    known = recalled.settled() if bool(products.shown) == recalled.memory.products.shown else {}
    # Judged once here for the list of what is left out; the exporter's gate decides, as a story can change in between.
    sorted_out = _sort_out(workspace, [folder for folder in folders if folder not in known], beside)
    outlet = catalog.outlet("website")
    maker = PageMaker(workspace, catalog, outlet, writer, potensi=bool(products.shown), joint=joint is not None)
    rest = PartProgress(progress, 1, 4, 4) if products.shown or products.left_out else progress
    found = _FoundStories(
        [told.entry for told in known.values() if told.entry],
        [*sorted_out.left_out, *(LeftOut(name, why) for name, why in products.left_out)],
        list(sorted_out.former),
    )
    for folder, told in known.items():
        found.left_out.extend(_left_again(folder, told))
        writer.keep_files(file.name for file in told.files)
    with StoryExporter(workspace, templates, texts, jobs=jobs) as exporter:
        wanted = sorted_out.public
        for done in exporter.export(wanted, ("website",), None, rest, past=True) if wanted else ():
            _take_story(workspace, writer, maker, done, beside, found)
    entries, left_out, former = _newest_first(found.entries), found.left_out, found.former
    more = products.write(maker)
    taken = {*folders, *(told.address for told in sorted_out.withdrawn)}
    for old, folder, title in former:
        if old not in taken:
            maker.write_redirects(old, folder, title)
    maker.write_shared(entries, [maker.withdrawn(told) for told in sorted_out.withdrawn], more, recalled.memory)
    # A notice that stood there before took no story down this time.
    stay = {told.address for told in sorted_out.withdrawn if writer.has_already(f"{told.address}/index.html")}
    stay |= {entry["folder"] for entry in entries}
    removed = writer.commit_site()
    reasons = [(one.folder, one.why, one.expected) for one in left_out]
    shown = {entry["folder"]: entry for entry in entries}
    remember_site(workspace, recalled, writer, shown, reasons, products.remembered(recalled.products), known)
    left = tuple(_with_past(one, writer, stay) for one in left_out)
    return BuiltSite(place, len(entries), writer.written, removed, left, tuple(entries))


def _as_before(place: Path, recalled: RecalledSite) -> BuiltSite:
    """The site of which nothing changed."""
    left = [one for folder, told in recalled.known.items() for one in _left_again(folder, told)]
    left += [LeftOut(name, UserError(code, **facts)) for name, code, facts in recalled.memory.products.left]
    entries = _newest_first([told.entry for told in recalled.known.values() if told.entry])
    return BuiltSite(place, len(entries), 0, 0, tuple(left), tuple(entries))


def _newest_first(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # The folder settles equal days, so that a rebuild writes the same bytes and uploads nothing.
    return sorted(entries, key=lambda entry: (entry["order"], entry["folder"]), reverse=True)


@dataclass(frozen=True, slots=True)
class _FoundStories:
    """What goes on the site, what does not, and addresses that lead on, as they are found."""

    entries: list[dict[str, Any]]
    left_out: list[LeftOut]
    former: list[tuple[str, str, str]]


def _take_story(
    workspace: Workspace,
    writer: SiteWriter,
    maker: PageMaker,
    done: ExportedStory,
    beside: Neighbours,
    found: _FoundStories,
) -> None:
    """Write the page of a story that was exported, or note why there is none."""
    if (named := _named_neighbour(workspace, done, beside)) is not None:
        found.left_out.append(LeftOut(done.folder, named))
        return
    # A draft is exported for the desk, marked as such, and never goes on a public site.
    kept = _keep_told(workspace, writer, maker, done)
    if kept is not None:
        found.entries.append(kept)
        story = workspace.load(done.folder)
        found.former.extend(_former_pages(workspace, kept["folder"], story, kept["headline"]))
        found.left_out.append(LeftOut(done.folder, UserError("site.correction_due", story=done.folder)))
        return
    if done.released is None or done.manifest is None or done.draft or done.released.withdrawal:
        found.left_out.append(LeftOut(done.folder, done.error or _blocked_error(done)))
        return
    found.left_out.extend(_lost_files(done.folder, done.manifest))
    found.entries.append(maker.story(done.released, done.manifest))
    title = found.entries[-1]["headline"]
    found.former.extend(_former_pages(workspace, done.folder, done.released.story, title))


def _left_again(folder: str, told: RememberedStory) -> Iterator[LeftOut]:
    """Why a story is not on the site, as the last time: it was not taken down now."""
    if told.code:
        yield LeftOut(folder, UserError(told.code, **told.facts), expected=told.expected)


def _lost_files(folder: str, manifest: ExportManifest) -> list[LeftOut]:
    problems = (one for one in manifest.problems if one.outlet == "website")
    return [
        LeftOut(folder, UserError("site.incomplete", story=folder, file=one.path, why=one.text)) for one in problems
    ]


def _with_past(left: LeftOut, writer: SiteWriter, shown: set[str]) -> LeftOut:
    """Whether it was on the site until now."""
    was_there = f"{left.folder}/index.html" in writer.before and left.folder not in shown
    return LeftOut(left.folder, left.why, was_there, left.expected and not was_there)


@dataclass(frozen=True, slots=True)
class _SortedStories:
    """The stories that belong on the site, what to report about those that were taken back, and the rest."""

    public: tuple[str, ...]
    withdrawn: tuple[StoryWithdrawal, ...]
    left_out: tuple[LeftOut, ...]
    former: tuple[tuple[str, str, str], ...]
    """Former addresses of stories that were taken back: address, where it leads, title."""


def _sort_out(workspace: Workspace, folders: Sequence[str], neighbours: Neighbours) -> _SortedStories:
    public: list[str] = []
    withdrawn: list[StoryWithdrawal] = []
    left: list[LeftOut] = []
    former: list[tuple[str, str, str]] = []
    taken_back: list[tuple[StoryWithdrawal, Story]] = []
    for folder, story in workspace.load_each(folders):
        if isinstance(story, UserError):
            left.append(LeftOut(folder, story))
            continue
        if (told := withdrawal_of(story, workspace.group, folder)) is not None:
            taken_back.append((told, story))
            code = "site.withdrawn_moved" if told.moved else "site.withdrawn"
            facts = {
                "story": folder,
                "when": date_formats.short_date(told.when) or "–",
                "page": f"{told.address}/index.html",
            }
            left.append(LeftOut(folder, UserError(code, **facts)))
        elif story.status in PUBLIC and not _open_blocks(workspace, folder, story):
            public.append(folder)
        elif story.status in PUBLIC:
            blocks = _open_blocks(workspace, folder, story)
            left.append(LeftOut(folder, UserError("site.blocked", story=folder, count=blocks)))
        else:
            left.append(LeftOut(folder, UserError("site.draft", story=folder), expected=not story.publications))
    for told, story in taken_back:
        shown = withdrawal_beside(told, story, workspace.group, neighbours)
        withdrawn.append(shown)
        # Where the page itself had to move, no other address may lead to it either.
        former += [] if told.moved else _former_pages(workspace, told.address, story, shown.title)
    return _SortedStories(tuple(public), tuple(withdrawn), tuple(left), tuple(former))


def _named_neighbour(workspace: Workspace, done: ExportedStory, beside: Neighbours) -> UserError | None:
    """Why what would be shown of a story may not stand beside the others."""
    story = done.released.story if done.released is not None and done.released.withdrawal is None else None
    if done.error is not None and done.error.code == "publish.correction_due":
        story = story_as_told(workspace.load(done.folder))
    try:
        if story is not None:
            refuse_named(story, done.folder, workspace.group, beside)
    except UserError as error:
        return error
    return None


def _former_pages(workspace: Workspace, folder: str, story: Story, title: str) -> list[tuple[str, str, str]]:
    """The former addresses of a story that may lead on to it: none that leads to a protected person."""
    names = (name for name in story.former_folders if name not in {folder, "_situs"} and is_plain_name(name))
    return [(name, folder, title) for name in names if is_harmless(story, workspace.group, folder=name)]


def _keep_told(
    workspace: Workspace, writer: SiteWriter, maker: PageMaker, done: ExportedStory
) -> dict[str, Any] | None:
    """The entry of a story whose page stays as readers have it until its correction is recorded; None for any other.

    It stays where they have it: of a story that was renamed meanwhile, at its former address. It goes all the same
    where what readers have would expose a person, as the gate judges it now.
    """
    if done.error is None or done.error.code != "publish.correction_due":
        return None
    story = workspace.load(done.folder)
    told, others = story_as_told(story), set(workspace.story_folders())
    former = (name for name in reversed(story.former_folders) if name not in others)
    for name in (done.folder, *former):
        if not judge_here(workspace, told, name).refusals and writer.keep_page(name):
            return maker.kept_entry(name, told)
    return None


def _open_blocks(workspace: Workspace, folder: str, story: Story) -> int:
    """Blocks that make a draft of a story; what refuses it altogether is for the export to say, with every hit."""
    verdict = judge_here(workspace, story, folder)
    return 0 if verdict.refusals else len(verdict.blocks)


def _blocked_error(done: ExportedStory) -> UserError:
    return UserError("site.blocked", story=done.folder, count=done.blocks)


def left_out_line(left: LeftOut, texts: MessageTexts) -> str:
    """Why a story is not on the site, or was taken down from it."""
    code = "site.line_taken_down" if left.taken_down else "site.line"
    return texts.text(code, story=left.folder, why=texts.explain(left.why))
