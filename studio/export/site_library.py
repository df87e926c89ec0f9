"""The whole library as one static website: front page, stories, topics, feed, sitemap, search without a server.

Every link is relative, so the site opens from a USB stick as it does from a server. Pictures and videos come from the
export to the website, which makes only what changed; pages are filled again with the way to the shared files. What the
site held before and no longer belongs (a withdrawn story, an old topic) is removed; files nobody here made stay.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import msgspec

from studio.base.errors import UserError
from studio.base.json_text import decode_json
from studio.export.files import digest, finished, inside
from studio.export.gate import judge
from studio.export.logo import ready_logo
from studio.export.service import Exporter
from studio.export.site import page_posters, page_tracks, page_videos
from studio.posts.context import gather, group_values, site
from studio.posts.pages import render_page
from studio.posts.press import Press
from studio.story import dates
from studio.story.body import plain
from studio.story.status import PUBLIC
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.posts.catalog import Catalog
    from studio.posts.context import Material
    from studio.posts.packs import Outlet, Output
    from studio.store.workspace import Workspace

NOTED = ".kim-situs.json"
"""The list of files the site is made of, beside index.html."""
PER_PAGE = 31
"""Stories on one page of the front page: one large and ten rows of three."""
FEED = 30
"""Stories in the feed."""
_SEARCHED = 1500
"""Characters of a body in the search index: about the first 230 words."""


@dataclass(frozen=True, slots=True)
class Site:
    """What became of the site: its folder, stories, files written and removed, and stories that are not on it."""

    folder: Path
    stories: int
    written: int
    removed: int
    troubles: tuple[tuple[str, UserError], ...]


class _Writer:
    """Writes what changed and remembers what belongs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: set[str] = set()
        self.written = 0

    def put(self, name: str, content: str) -> None:
        data = content.encode("utf-8", "replace")
        self.kept.add(name)
        path = inside(self.folder, name)
        if path.is_file() and path.read_bytes() == data:
            return
        with finished(path) as part:
            part.write_bytes(data)
        self.written += 1

    def copy(self, name: str, source: Path, size: int, sha256: str) -> None:
        self.kept.add(name)
        path = inside(self.folder, name)
        if path.is_file() and path.stat().st_size == size and digest(path)[0] == sha256:
            return
        with finished(path) as part:
            shutil.copyfile(source, part)
        self.written += 1

    def tidy(self) -> int:
        """Remove what was ours and no longer belongs, then note what is."""
        try:
            before = set(decode_json((self.folder / NOTED).read_bytes(), list[str]))
        except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
            before = set()
        gone = 0
        for name in before - self.kept:
            path = inside(self.folder, name)
            gone += path.is_file()
            path.unlink(missing_ok=True)
            _drop_empty(path.parent, self.folder)
        self.put(NOTED, msgspec.json.encode(sorted(self.kept)).decode())
        return gone


def _drop_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def build_site(
    workspace: Workspace, templates: Path, texts: Texts, out: Path | None, progress: Progress, *, jobs: int = 1
) -> Site:
    """Make the website, or bring it up to date.

    Args:
        workspace: open; reading is enough. Stories that are ready, published or corrected and have no open block are
            on the site.
        templates: the built-in packs.
        texts: language of warnings.
        out: the site's folder; by default ``exports/_situs``.
        progress: in stories.
        jobs: 1 or 2 processes for the pictures.

    Raises:
        UserError: there is no website outlet, or the folder cannot be written.
        Cancelled: from ``progress``; the next run goes on.
    """
    out = out or workspace.path / "exports" / "_situs"
    public, troubles = _public(workspace)
    with Exporter(workspace, templates, texts, jobs=jobs) as exporter:
        made = list(exporter.export(public, ("website",), None, progress)) if public else []
    troubles += [(done.folder, done.error) for done in made if done.error is not None]
    from studio.posts.catalog import load_catalog

    catalog = load_catalog(templates, workspace.path / "templates")
    maker = _Maker(workspace, catalog, catalog.outlet("website"), _Writer(out))
    entries = [maker.story(done.folder) for done in made if done.error is None]
    entries.sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
    maker.shared(entries)
    removed = maker.writer.tidy()
    return Site(out, len(entries), maker.writer.written, removed, tuple(troubles))


def _public(workspace: Workspace) -> tuple[list[str], list[tuple[str, UserError]]]:
    found: list[str] = []
    troubles: list[tuple[str, UserError]] = []
    for folder, story in workspace.load_each():
        if isinstance(story, UserError):
            troubles.append((folder, story))
        elif story.status in PUBLIC and not judge(story, workspace.group, folder).draft:
            found.append(folder)
    return found, troubles


class _Maker:
    """Fills the pages."""

    def __init__(self, workspace: Workspace, catalog: Catalog, outlet: Outlet, writer: _Writer) -> None:
        self._workspace = workspace
        self._outlet = outlet
        self._output: Output = next(output for output in outlet.outputs if output.kind == "page")
        self._press = Press(catalog)
        self.writer = writer
        logo = ready_logo(workspace)
        self._logo = logo.data_uri if logo else ""

    def _fill(self, template: str, values: Mapping[str, Any]) -> str:
        shelf = self._press.shelf(self._outlet)
        return self._press.templates.fill(shelf, template, values).text.strip() + "\n"

    def story(self, folder: str) -> dict[str, Any]:
        """Write one story's page and copy its files.

        Returns:
            What the front page, topics, feed and search need of it.
        """
        from studio.export.package import files_for

        source = self._workspace.path / "exports" / folder
        story = self._workspace.load(folder)
        material = gather(story, self._workspace.group, self._press.catalog.labels, folder)
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
        self.writer.put(f"{folder}/{self._output.file}", page.files[0].text)
        for entry in files_for(source, (self._outlet.id,)):
            if entry.kind != "page":
                name = entry.path.partition("/")[2]
                self.writer.copy(f"{folder}/{name}", source / entry.path, entry.bytes, entry.sha256)
        smallest = {picture.photo.id: picture for picture in reversed(page.pictures) if picture.size[0] <= 960}
        cover = material.base["cover"]
        shown = smallest.get(cover["id"]) if cover else None
        return _entry(material, folder, shown)

    def shared(self, stories: Sequence[dict[str, Any]]) -> None:
        """Write all that is not one story's."""
        values = self._values()
        topics = _topics(stories)
        for name, template in self._output.files:
            if name != "umpan.xml":
                self.writer.put(name, self._fill(template, values))
        for name, listed in _front(stories, topics, values):
            self.writer.put(name, self._fill("beranda.html.j2", values | listed))
        self.writer.put("cari.html", self._fill("cari.html.j2", values))
        self.writer.put("cari.js", self._fill("cari.js.txt.j2", values))
        found = [{key: story[key] for key in ("u", "j", "r", "t", "i", "d")} for story in stories]
        self.writer.put("indeks.js", f"window.KIM_INDEKS = {msgspec.json.encode(found).decode()};\n")
        feed = values | {"stories": list(stories[:FEED])}
        self.writer.put("umpan.xml", self._fill("umpan-situs.xml.j2", feed))
        if values["address"]:
            self.writer.put("peta.xml", _sitemap(values["address"], stories, topics))
            self.writer.put("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {values['address']}peta.xml\n")

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
