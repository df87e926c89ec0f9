"""The whole library as one static website: front page, stories, topics, feed, sitemap, search without a server.

Every link is relative, so the site opens from a USB stick as it does from a server. Pictures and videos come from the
export to the website, which makes only what changed; pages are filled again with the way to the shared files, from the
very story the gate let out for that export. A story that was taken back becomes a page that says so, at the same
address, as printed codes still lead there. What the site held before and no longer belongs is removed; files nobody
here made stay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import msgspec

from studio.base.atomic_files import disk_error
from studio.base.errors import UserError
from studio.export.planning.group_logo import ready_logo
from studio.export.planning.page_plan import page_posters, page_tracks, page_videos
from studio.export.planning.release_plan import withdrawal_link
from studio.export.running.export_turns import taking_turns
from studio.export.running.story_exporter import Exporter
from studio.export.website.site_writer import NOTED, SiteWriter
from studio.posts.context import gather, group_values, site
from studio.posts.pages import render_page
from studio.posts.press import Press
from studio.posts.withdrawn_page import withdrawn_page
from studio.release.release_gate import judge, withdrawal_of
from studio.store.workspace import EXPORTS
from studio.story import dates
from studio.story.body import plain
from studio.story.status import PUBLIC
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.export.running.export_manifest import Manifest
    from studio.export.running.story_exporter import Exported
    from studio.posts.catalog import Catalog
    from studio.posts.context import Material
    from studio.posts.packs import Outlet, Output
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.story.withdrawal import Withdrawal

__all__ = ["NOTED", "LeftOut", "Site", "build_site", "left_out_line"]
PER_PAGE = 31
"""Stories on one page of the front page: one large and ten rows of three."""
FEED = 30
"""Stories in the feed."""
_SEARCHED = 1500
"""Characters of a body in the search index: about the first 230 words."""


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
class Site:
    """What became of the site: its folder, stories on it, files written and removed, and stories that are not on it."""

    folder: Path
    stories: int
    written: int
    removed: int
    left_out: tuple[LeftOut, ...]

    @property
    def troubles(self) -> tuple[LeftOut, ...]:
        """Those of ``left_out`` that somebody may look for."""
        return tuple(left for left in self.left_out if not left.expected)


def build_site(
    workspace: Workspace, templates: Path, texts: Texts, out: Path | None, progress: Progress, *, jobs: int = 1
) -> Site:
    """Make the website, or bring it up to date.

    Args:
        workspace: open; reading is enough. Stories that are ready, published or corrected and have no open block are
            on the site; those that were taken back have a page that says so.
        templates: the built-in packs.
        texts: language of warnings.
        out: the site's folder; by default ``exports/_situs``.
        progress: in stories.
        jobs: 1 or 2 processes for the pictures.

    Raises:
        UserError: there is no website outlet; the folder cannot be written, or holds files or a site that are not ours.
        Cancelled: from ``progress``; the next run goes on.
    """
    own = workspace.path / EXPORTS / "_situs"
    place = out or own
    try:
        with taking_turns(place, texts, progress):
            return _build(workspace, templates, texts, place, progress, jobs, own_place=place == own)
    except OSError as error:
        raise disk_error(error, place / "index.html") from error


def _build(
    workspace: Workspace, templates: Path, texts: Texts, place: Path, progress: Progress, jobs: int, *, own_place: bool
) -> Site:
    from studio.posts.catalog import load_catalog

    folders = workspace.story_folders()
    writer = SiteWriter(place, workspace.group.id, folders, own_place=own_place)
    catalog = load_catalog(templates, workspace.path / "templates")
    maker = _Maker(workspace, catalog, catalog.outlet("website"), writer)
    sorted_out = _sort_out(workspace, folders)
    left_out = [*sorted_out.left_out]
    entries: list[dict[str, Any]] = []
    with Exporter(workspace, templates, texts, jobs=jobs) as exporter:
        wanted = sorted_out.public
        for done in exporter.export(wanted, ("website",), None, progress) if wanted else ():
            if done.released is None or done.manifest is None or done.draft or done.released.withdrawal:
                left_out.append(LeftOut(done.folder, done.error or _blocked(done)))
                continue
            left_out += [
                LeftOut(done.folder, UserError("site.incomplete", story=done.folder, file=one.path, why=one.text))
                for one in done.manifest.problems
                if one.outlet == "website"
            ]
            entries.append(maker.story(done.released, done.manifest))
    entries.sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
    maker.shared(entries, [maker.withdrawn(told) for told in sorted_out.withdrawn])
    removed = writer.commit()
    left = tuple(_with_past(one, writer, {entry["folder"] for entry in entries}) for one in left_out)
    return Site(place, len(entries), writer.written, removed, left)


def _with_past(left: LeftOut, writer: SiteWriter, shown: set[str]) -> LeftOut:
    """Whether it was on the site until now."""
    was_there = f"{left.folder}/index.html" in writer.before and left.folder not in shown
    return LeftOut(left.folder, left.why, was_there, left.expected and not was_there)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The stories that belong on the site, what is to be told of those that were taken back, and the rest."""

    public: tuple[str, ...]
    withdrawn: tuple[Withdrawal, ...]
    left_out: tuple[LeftOut, ...]


def _sort_out(workspace: Workspace, folders: Sequence[str]) -> _Sorted:
    public: list[str] = []
    withdrawn: list[Withdrawal] = []
    left: list[LeftOut] = []
    for folder, story in workspace.load_each(folders):
        if isinstance(story, UserError):
            left.append(LeftOut(folder, story))
        elif (told := withdrawal_of(story, workspace.group, folder)) is not None:
            withdrawn.append(told)
            code = "site.withdrawn_moved" if told.moved else "site.withdrawn"
            facts = {"story": folder, "when": dates.short_date(told.when) or "–", "page": f"{told.address}/index.html"}
            left.append(LeftOut(folder, UserError(code, **facts)))
        elif story.status in PUBLIC and not _open_blocks(workspace, folder, story):
            public.append(folder)
        elif story.status in PUBLIC:
            blocks = _open_blocks(workspace, folder, story)
            left.append(LeftOut(folder, UserError("site.blocked", story=folder, count=blocks)))
        else:
            left.append(LeftOut(folder, UserError("site.draft", story=folder), expected=not story.publications))
    return _Sorted(tuple(public), tuple(withdrawn), tuple(left))


def _open_blocks(workspace: Workspace, folder: str, story: Story) -> int:
    """Blocks that make a draft of a story; what refuses it altogether is for the export to say, with every hit."""
    verdict = judge(story, workspace.group, folder)
    return 0 if verdict.refusals else len(verdict.blocks)


def _blocked(done: Exported) -> UserError:
    return UserError("site.blocked", story=done.folder, count=done.blocks)


def left_out_line(left: LeftOut, texts: Texts) -> str:
    """Why a story is not on the site, or was taken down from it."""
    code = "site.line_taken_down" if left.taken_down else "site.line"
    return texts.text(code, story=left.folder, why=texts.explain(left.why))


class _Maker:
    """Fills the pages."""

    def __init__(self, workspace: Workspace, catalog: Catalog, outlet: Outlet, writer: SiteWriter) -> None:
        self._workspace = workspace
        self._outlet = outlet
        self._output: Output = next(output for output in outlet.outputs if output.kind == "page")
        self._press = Press(catalog)
        self._writer = writer
        logo = ready_logo(workspace)
        self._logo = logo.data_uri if logo else ""

    def _fill(self, template: str, values: Mapping[str, Any]) -> str:
        shelf = self._press.shelf(self._outlet)
        return self._press.templates.fill(shelf, template, values).text.strip() + "\n"

    def story(self, released: ReleasedStory, manifest: Manifest) -> dict[str, Any]:
        """Write one story's page and copy its files.

        Returns:
            What the front page, topics, feed and search need of it.
        """
        folder = released.folder
        source = self._workspace.path / EXPORTS / folder
        material = gather(released.story, released.group, self._press.catalog.labels, folder)
        page = render_page(
            self._press,
            self._outlet,
            self._output,
            material,
            pictures={"logo": self._logo},
            videos=page_videos(material, self._outlet),
            tracks=page_tracks(material, self._outlet),
            posters=page_posters(material, self._outlet),
            root="../",
        )
        self._writer.put(f"{folder}/{self._output.file}", page.files[0].text)
        for entry in manifest.files:
            if entry.outlet == self._outlet.id and entry.kind != "page":
                name = entry.path.partition("/")[2]
                self._writer.copy(f"{folder}/{name}", source / entry.path, entry.bytes, entry.sha256)
        smallest = {picture.photo.id: picture for picture in reversed(page.pictures) if picture.size[0] <= 960}
        cover = material.base["cover"]
        shown = smallest.get(cover["id"]) if cover else None
        return _entry(material, folder, shown)

    def withdrawn(self, told: Withdrawal) -> dict[str, Any]:
        """Write the page of a story that was taken back.

        Returns:
            What the feed needs of it.
        """
        group = self._workspace.group
        page = withdrawn_page(self._press, self._outlet, self._output, told, group, logo=self._logo, root="../")
        link = f"{told.address}/{self._output.file}"
        self._writer.put(link, page[0].text)
        url = withdrawal_link(told, group)
        return {
            "link": link,
            "url": url,
            "guid": f"{url or link}#dicabut",
            "headline": told.title,
            "summary": told.why or "Berita ini telah dicabut.",
            "authors": [],
            "tags": [],
            "feed_date": dates.feed_date(told.when, group.time_zone),
            "order": dates.zoned_iso(told.when, group.time_zone) or told.when,
            "folder": told.address,
        }

    def shared(self, stories: Sequence[dict[str, Any]], withdrawn: Sequence[dict[str, Any]]) -> None:
        """Write all that is not one story's."""
        values = self._values()
        topics = _topics(stories)
        put = self._writer.put
        for name, template in self._output.files:
            if name != "umpan.xml":
                put(name, self._fill(template, values))
        for name, listed in _front(stories, topics, values):
            put(name, self._fill("beranda.html.j2", values | listed))
        put("cari.html", self._fill("cari.html.j2", values))
        put("cari.js", self._fill("cari.js.txt.j2", values))
        found = [{key: story[key] for key in ("u", "j", "r", "t", "i", "d")} for story in stories]
        put("indeks.js", f"window.KIM_INDEKS = {msgspec.json.encode(found).decode()};\n")
        news = sorted([*stories, *withdrawn], key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
        put("umpan.xml", self._fill("umpan-situs.xml.j2", values | {"stories": news[:FEED]}))
        if values["address"]:
            put("peta.xml", _sitemap(values["address"], stories, topics))
            put("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {values['address']}peta.xml\n")

    def _values(self) -> dict[str, Any]:
        from studio.posts.colors import palette
        from studio.posts.context import FONTS

        group = self._workspace.group
        address = site(group)
        return {
            "group": {**group_values(group), "logo": self._logo},
            "colors": palette(group.colors.main, group.colors.accent),
            "font": FONTS[group.font],
            "language": "id",
            "root": "./",
            "address": f"{address}/" if address else "",
        }


def _entry(material: Material, folder: str, picture: Any) -> dict[str, Any]:  # noqa: ANN401 - a Picture or None
    base, story = material.base, material.story
    day = base["published_iso"] or base["date"]
    section = base["kind_label"] if story.kind in {"factcheck", "notice", "event"} else base["category"]
    link = f"{folder}/index.html"
    return {
        "folder": folder,
        "link": link,
        "url": material.url,
        "guid": "",
        "headline": base["headline"] or folder,
        "summary": base["summary"],
        "section": section,
        "authors": base["authors"],
        "tags": base["tags"],
        "iso": day,
        "order": day,
        "date": dates.long_date(day) or base["date_long"],
        "feed_date": base["published_feed"],
        "changed": base["changed_iso"],
        "image": {"file": f"{folder}/{picture.file}", "width": picture.size[0], "height": picture.size[1]}
        if picture
        else None,
        "u": link,
        "j": base["headline"],
        "r": base["summary"],
        "t": " ".join([*base["tags"], base["place"], section, *base["authors"]]),
        "i": plain(material.blocks)[:_SEARCHED],
        "d": dates.long_date(day),
    }


def _sitemap(address: str, stories: Sequence[dict[str, Any]], topics: Sequence[dict[str, Any]]) -> str:
    """A sitemap (sitemaps.org 0.9). Not a template: thousands of stories are more steps than a template may take."""
    lines = [f"<url><loc>{escape(address)}</loc></url>"]
    for story in stories:
        changed = f"<lastmod>{escape(story['changed'])}</lastmod>" if story["changed"] else ""
        lines.append(f"<url><loc>{escape(address + story['folder'])}/</loc>{changed}</url>")
    lines += [f"<url><loc>{escape(address + topic['link'])}</loc></url>" for topic in topics]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>\n"])


def topic_link(tag: str) -> str:
    """The page of a topic below the site's root."""
    return f"topik/{slugify(tag) or 'lain'}.html"


def _topics(stories: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every topic with its stories; tags that differ in capitals or accents only are one."""
    found: dict[str, dict[str, Any]] = {}
    for story in stories:
        for tag in dict.fromkeys(story["tags"]):
            topic = found.setdefault(topic_link(tag), {"name": tag, "link": topic_link(tag), "stories": []})
            if story not in topic["stories"]:
                topic["stories"].append(story)
    made = [{**topic, "count": len(topic["stories"])} for topic in found.values()]
    return sorted(made, key=lambda topic: (-topic["count"], topic["name"].casefold()))


def _front(
    stories: Sequence[dict[str, Any]], topics: Sequence[dict[str, Any]], values: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of the front page, and one per topic."""
    about = f"Kabar dari {values['group']['village'] or values['group']['name']}"
    count = max(1, math.ceil(len(stories) / PER_PAGE))
    names = ["index.html", *(f"halaman-{number}.html" for number in range(2, count + 1))]
    for number, name in enumerate(names):
        shown = list(stories[number * PER_PAGE : (number + 1) * PER_PAGE])
        pages = [{"link": other, "here": other == name} for other in names]
        heading = f"Halaman {number + 1}" if number else ""
        front = topics[:40] if not number else []
        yield name, {"stories": shown, "pages": pages, "topics": front, "heading": heading, "description": about}
    for topic in topics:
        facts = {"stories": topic["stories"], "pages": [], "topics": [], "heading": topic["name"], "root": "../"}
        yield topic["link"], {**facts, "description": f"{about}: {topic['name']}"}
