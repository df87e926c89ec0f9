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
from studio.base.progress import PartProgress, SilentProgress
from studio.export.running.export_folders import taking_turns
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.site_notices import notice_entry
from studio.export.website.site_pages import PageMaker
from studio.export.website.site_place import OWN_SITE, refuse_unsafe_place
from studio.export.website.site_products import ProductPages
from studio.export.website.site_recall import recall_site, remember_site
from studio.export.website.site_sorting import LeftOut, former_pages, named_beside, sort_stories
from studio.export.website.site_takedown import SiteTakedown, take_products_out
from studio.export.website.site_writer import NOTED, SiteWriter
from studio.posts.web_addresses import site_address
from studio.release.release_gate import judge_here
from studio.story.publishing import story_as_told

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.export_manifest import ExportManifest
    from studio.export.running.story_exporter import ExportedStory
    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_memory import RememberedStory
    from studio.export.website.site_recall import RecalledSite
    from studio.export.website.site_sorting import FirstLook, SortedStories
    from studio.release.cross_story_protection import Neighbours
    from studio.store.workspace import Workspace

__all__ = ["NOTED", "BuiltSite", "LeftOut", "build_site", "left_out_line"]


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
        notices: what feeds tell of stories that are not on it any more.
    """

    folder: Path
    stories: int
    written: int
    removed: int
    left_out: tuple[LeftOut, ...]
    entries: tuple[dict[str, Any], ...] = ()
    notices: tuple[dict[str, Any], ...] = ()

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
        UserError: there is no website outlet; the folder cannot be written, holds files or a site that are not ours, or
            is not apart from a workspace.
        WorkCancelled: from ``progress``; the next run goes on.
    """
    own = workspace.exports_dir(OWN_SITE)
    place = out or own
    if joint is None and place.resolve() != own.resolve():
        refuse_unsafe_place(place, [workspace.path])
    try:
        with taking_turns(place, texts, progress):
            return _build_site(workspace, templates, texts, place, progress, jobs, joint, own_place=place == own)
    except OSError as error:
        raise disk_error(error, place / "index.html") from error


def look_first(workspace: Workspace, templates: Path, texts: MessageTexts, place: Path, joint: JointPlace) -> FirstLook:
    """Take down what a group's site within that of many may no longer show; nothing is made.

    Args:
        workspace: open; reading is enough.
        templates: the built-in packs.
        texts: language of warnings.
        place: the group's site.
        joint: its place among many.

    Raises:
        UserError: as ``build_site``.
    """
    with taking_turns(place, texts, SilentProgress()):
        return _joint_takedown(workspace, templates, texts, place, joint).take_down()


def restore_lists(
    workspace: Workspace, templates: Path, texts: MessageTexts, place: Path, joint: JointPlace, first: FirstLook
) -> bool:
    """Have the lists of a group's site for the front pages, and on it, where this computer remembers nothing of it.

    Args:
        workspace: as for ``look_first``, which gave ``first``; so are the others.
        templates: the built-in packs.
        texts: language of warnings.
        place: the group's site.
        joint: its place among many.
        first: what was found.

    Returns:
        Whether anything had been forgotten.

    Raises:
        UserError: as ``build_site``.
    """
    with taking_turns(place, texts, SilentProgress()):
        return _joint_takedown(workspace, templates, texts, place, joint).restore_lists(first)


def _joint_takedown(
    workspace: Workspace, templates: Path, texts: MessageTexts, place: Path, joint: JointPlace
) -> SiteTakedown:
    from studio.posts.catalog import load_catalog

    writer = SiteWriter(place, workspace.group.id, workspace.story_folders(), own_place=False)
    catalog = load_catalog(templates, workspace.templates_dir)
    recalled = recall_site(workspace, place, catalog, texts, workspace.story_folders(), joint)
    beside = joint.protected_people(recalled.neighbours)
    return SiteTakedown(workspace, catalog, writer, recalled, beside, joint)


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

    writer = SiteWriter(place, workspace.group.id, workspace.story_folders(), own_place=own_place)
    catalog = load_catalog(templates, workspace.templates_dir)
    recalled = recall_site(workspace, place, catalog, texts, workspace.story_folders(), joint)
    beside = joint.protected_people(recalled.neighbours) if joint is not None else recalled.neighbours
    if recalled.is_whole and not writer.stale:
        progress.report(1, 1, place.name)
        return _as_before(workspace, writer, recalled, joint)
    takedown = SiteTakedown(workspace, catalog, writer, recalled, beside, joint)
    first = takedown.take_down()
    products = ProductPages(workspace, templates, texts, PartProgress(progress, 0, 1, 4), jobs, beside)
    # Pages name the catalogue, so that what was made without one holds only without one.
    known = recalled.settled() if bool(products.shown) == recalled.memory.products.shown else {}
    rest = [folder for folder in recalled.settled() if folder not in known]
    sorted_out = first.found.joined_with(sort_stories(workspace, rest, beside))
    maker = PageMaker(workspace, catalog, catalog.outlet("website"), writer, potensi=bool(products.shown), joint=joint)
    went = first.went | take_products_out(writer, products, maker)
    found = _FoundStories(
        [each.entry for each in known.values() if each.entry],
        [*sorted_out.left_out, *(LeftOut(name, why) for name, why in products.left_out)],
        list(sorted_out.former),
    )
    for folder, each in known.items():
        found.left_out.extend(_left_again(folder, each))
        writer.keep_files(file.name for file in each.files)
    told = PartProgress(progress, 1, 4, 4) if products.shown or products.left_out else progress
    with StoryExporter(workspace, templates, texts, jobs=jobs) as exporter:
        wanted = sorted_out.public
        for done in exporter.export(wanted, ("website",), None, told, past=True) if wanted else ():
            _take_story(workspace, writer, maker, done, beside, found)
    run = _SiteRun(workspace, writer, recalled, takedown, first, went, sorted_out, products, known)
    return _finish_site(run, maker, found)


@dataclass(frozen=True, slots=True)
class _SiteRun:
    """A run once all stories and products are made."""

    workspace: Workspace
    writer: SiteWriter
    recalled: RecalledSite
    takedown: SiteTakedown
    first: FirstLook
    went: frozenset[str]
    sorted_out: SortedStories
    products: ProductPages
    known: Mapping[str, RememberedStory]


def _finish_site(run: _SiteRun, maker: PageMaker, found: _FoundStories) -> BuiltSite:
    """Write what the pages share, put the site into its folder and remember it."""
    writer, recalled, back = run.writer, run.recalled, run.sorted_out.withdrawn
    entries, folders = _newest_first(found.entries), {folder for folder, _ in recalled.stamps}
    shown = {entry["folder"]: entry for entry in entries}
    more = run.products.write(maker)
    taken = {*folders, *(told.address for _, told in back)}
    for old, folder, title in found.former:
        if old not in taken:
            maker.write_redirects(old, folder, title)
    notices = {folder: maker.withdrawn(told) for folder, told in back}
    # A notice that stood there before took no story down this time.
    stay = {
        *shown,
        *writer.down,
        *(told.address for _, told in back if writer.has_already(f"{told.address}/index.html")),
    }
    left_out = [_with_past(one, writer, run.went, stay) for one in found.left_out]
    went = run.first.went | {left.folder for left in left_out if left.taken_down}
    gone_from = {name for names in run.sorted_out.led.values() for name in names} | taken
    left_out += [
        LeftOut(folder, UserError("site.deleted", story=folder), taken_down=True, expected=True)
        for folder in sorted(run.first.went - gone_from)
    ]
    reasons = {left.folder: left.why.code for left in left_out if left.folder not in shown}
    of_back = {*notices, *(told.address for _, told in back)}
    standing = [*notices.values(), *run.takedown.write_notices(maker, reasons, of_back, went)]
    maker.write_shared(entries, standing, more, recalled.memory)
    removed = writer.commit_site()
    why = [(one.folder, one.why, one.expected) for one in left_out]
    products = run.products.remembered(recalled.products)
    remember_site(run.workspace, recalled, writer, shown, why, products, run.known, notices)
    return BuiltSite(
        writer.folder, len(entries), writer.written, removed, tuple(left_out), tuple(entries), tuple(standing)
    )


def _as_before(workspace: Workspace, writer: SiteWriter, recalled: RecalledSite, joint: JointPlace | None) -> BuiltSite:
    """The site of which nothing changed."""
    left = [one for folder, told in recalled.known.items() for one in _left_again(folder, told)]
    left += [LeftOut(name, UserError(code, **facts)) for name, code, facts in recalled.memory.products.left]
    entries = _newest_first([told.entry for told in recalled.known.values() if told.entry])
    group = joint.placed_group(workspace.group) if joint is not None else workspace.group
    address = site_address(group)
    down = writer.down.items()
    notices = [told.notice for told in recalled.known.values() if told.notice]
    notices += [notice_entry(folder, note, f"{address}/" if address else "", group.time_zone) for folder, note in down]
    return BuiltSite(writer.folder, len(entries), 0, 0, tuple(left), tuple(entries), tuple(notices))


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
        found.former.extend(former_pages(workspace, kept["folder"], story, kept["headline"]))
        found.left_out.append(LeftOut(done.folder, UserError("site.correction_due", story=done.folder)))
        return
    if done.released is None or done.manifest is None or done.draft or done.released.withdrawal:
        found.left_out.append(LeftOut(done.folder, done.error or _blocked_error(done)))
        return
    found.left_out.extend(_lost_files(done.folder, done.manifest))
    found.entries.append(maker.story(done.released, done.manifest))
    title = found.entries[-1]["headline"]
    found.former.extend(former_pages(workspace, done.folder, done.released.story, title))


def _left_again(folder: str, told: RememberedStory) -> Iterator[LeftOut]:
    """Why a story is not on the site, as the last time: it was not taken down now."""
    if told.code:
        yield LeftOut(folder, UserError(told.code, **told.facts), expected=told.expected)


def _lost_files(folder: str, manifest: ExportManifest) -> list[LeftOut]:
    problems = (one for one in manifest.problems if one.outlet == "website")
    return [
        LeftOut(folder, UserError("site.incomplete", story=folder, file=one.path, why=one.text)) for one in problems
    ]


def _with_past(left: LeftOut, writer: SiteWriter, went: Container[str], stay: Container[str]) -> LeftOut:
    """Whether it was on the site until now."""
    there = f"{left.folder}/index.html" in writer.before and left.folder not in stay
    was_there = there or left.folder in went
    return LeftOut(left.folder, left.why, was_there, left.expected and not was_there)


def _named_neighbour(workspace: Workspace, done: ExportedStory, beside: Neighbours) -> UserError | None:
    """Why what would be shown of a story may not stand beside the others."""
    story = done.released.story if done.released is not None and done.released.withdrawal is None else None
    if done.error is not None and done.error.code == "publish.correction_due":
        story = story_as_told(workspace.load(done.folder))
    return named_beside(workspace, story, done.folder, beside) if story is not None else None


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
    told, others = story_as_told(story), set(workspace.story_folders() if story.former_folders else ())
    former = (name for name in reversed(story.former_folders) if name not in others)
    for name in (done.folder, *former):
        if not judge_here(workspace, told, name).refusals and writer.keep_page(name):
            return maker.kept_entry(name, told)
    return None


def _blocked_error(done: ExportedStory) -> UserError:
    return UserError("site.blocked", story=done.folder, count=done.blocks)


def left_out_line(left: LeftOut, texts: MessageTexts) -> str:
    """Why a story is not on the site, or was taken down from it."""
    code = "site.line_taken_down" if left.taken_down else "site.line"
    return texts.text(code, story=left.folder, why=texts.explain(left.why))
