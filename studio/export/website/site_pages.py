"""Fills the pages of the website of a whole library: stories, front page, topics, pages about the group, search."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from studio.base.font_table import FONTS
from studio.export.planning.group_logo import logo_file, ready_logo
from studio.export.planning.page_media import edition_media
from studio.export.planning.page_plan import LOGO
from studio.export.planning.withdrawal_plan import withdrawal_link
from studio.export.website.site_feeds import feed_values, site_map, story_entry, with_translations
from studio.export.website.site_notices import TEMPLATE as NOTICE
from studio.export.website.site_notices import TITLE, feed_entry, notice_entry, notice_values
from studio.export.website.site_search import SHOWN, index_files, words_of
from studio.export.website.site_writer import below_one
from studio.posts.families import site_look
from studio.posts.language_editions import language_editions, language_links, material_in
from studio.posts.output_kinds import CardOutput, PageOutput
from studio.posts.pages import render_page, schema_publisher
from studio.posts.render_context import RenderContext
from studio.posts.service_files import kind_or_none
from studio.posts.template_context import build_context, group_values
from studio.posts.web_addresses import encode_address, site_address, topic_page
from studio.posts.withdrawn_page import withdrawn_page
from studio.store.story_shelf import today_of
from studio.story.expiry import is_past
from studio.story.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studio.export.running.export_manifest import ExportManifest
    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_memory import SiteMemory
    from studio.export.website.site_writer import DownNote, SiteWriter
    from studio.posts.catalog import OutletCatalog
    from studio.posts.packs import Outlet
    from studio.posts.pages import WebPage
    from studio.posts.template_context import TemplateContext
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story
    from studio.story.withdrawal import StoryWithdrawal

PER_PAGE = 31
"""Stories on one page of the front page: one large and ten rows of three."""
_ALL_PAGES = 12
"""So many pages of a list name each other."""
PAST_PAGE = "sudah-lewat.html"
SEARCH_SCRIPT = "_common/web/cari.js.txt.j2"
"""Not one of the pack: it reads the index that this version writes, and a group's own pack may be older."""
FEED = 30
"""Stories in the feed."""
ABOUT = {
    "redaksi.html": ("Redaksi", "AboutPage"),
    "pedoman.html": ("Pedoman pemberitaan media siber", "WebPage"),
    "hak-jawab.html": ("Hak jawab dan ralat", "WebPage"),
    "kontak.html": ("Kontak", "ContactPage"),
}
"""Pages about the group: file -> heading and type (schema.org). Each has a template of its own name."""


class SharedPages:
    """Fills pages that are no story's.

    Args:
        catalog: of outlets.
        outlet: the website.
        writer: takes the pages.
        group: whose site it is.
        logo: of the group, as a file; empty draws initials.
        own: what all pages of this site are told of it.
    """

    def __init__(
        self,
        catalog: OutletCatalog,
        outlet: Outlet,
        writer: SiteWriter,
        group: Group,
        logo: bytes = b"",
        own: Mapping[str, bool] | None = None,
    ) -> None:
        self._outlet = outlet
        self._output = outlet.outputs_of(PageOutput)[0]
        self.catalog = catalog
        self.press = self._press = RenderContext(catalog)
        self.labels = catalog.labels
        self.writer = self._writer = writer
        self._group = group
        self._logo = logo
        self.own_values = self._own = dict(own or {})

    def logo_at(self, root: str) -> str:
        """The way to the logo from a page; "" for none."""
        return f"{root}{LOGO}" if self._logo else ""

    def _fill_page(self, template: str, values: Mapping[str, Any]) -> str:
        shelf = self._press.shelf(self._outlet)
        return self._press.templates.fill(shelf, template, values).text.strip() + "\n"

    def _write_search(
        self, stories: Sequence[dict[str, Any]], values: Mapping[str, Any], words: Iterable[tuple[int, str]]
    ) -> None:
        told, files = index_files(stories, words)
        for name, content in files:
            self._writer.put_text(name, content)
        self._writer.put_text("cari.html", self._fill_page("cari.html.j2", values))
        facts = {"search": {"shown": SHOWN, "starts": told.starts, "broad": told.broad}}
        self._writer.put_text("cari.js", self._fill_page(SEARCH_SCRIPT, {**values, **facts}))

    def _site_values(self, stories: Sequence[dict[str, Any]]) -> dict[str, Any]:
        group = self._group
        address = site_address(group)
        newest = next((story for story in stories if story["card"] and not story["past"]), None)
        return {
            "group": {**group_values(group), "logo": self.logo_at("./")},
            **site_look(self.catalog.families, group, FONTS),
            "language": "id",
            "direction": "ltr",
            "root": "./",
            "address": encode_address(f"{address}/") if address else "",
            "preview": newest["card"] if newest else "",
            **self._own,
        }

    def page_values(self, name: str, heading: str, root: str) -> dict[str, Any]:
        """What a page that is no story's is filled with."""
        values = self._site_values(())
        group = {**values["group"], "logo": self.logo_at(root)}
        about = f"{heading} {values['group']['village'] or values['group']['name']}"
        facts = page_facts(values, name, heading, about, "CollectionPage")
        return {**values, **facts, "root": root, "group": group, "heading": heading}


class PageMaker(SharedPages):
    """Fills the pages.

    Args:
        workspace: whose site it is.
        catalog: of outlets.
        outlet: the website.
        writer: takes the pages.
        potensi: whether the site has a catalogue of products.
        joint: its place among many in the folder above.
    """

    def __init__(
        self,
        workspace: Workspace,
        catalog: OutletCatalog,
        outlet: Outlet,
        writer: SiteWriter,
        *,
        potensi: bool = False,
        joint: JointPlace | None = None,
    ) -> None:
        self._workspace = workspace
        self._joint = joint
        logo = ready_logo(workspace)
        own = {"potensi": potensi, "joint": joint is not None}
        super().__init__(
            catalog, outlet, writer, self.placed_group(workspace.group), logo_file(logo) if logo else b"", own
        )

    def placed_group(self, group: Group) -> Group:
        """The group as its pages name it: within a site of many with the address it has there."""
        return self._joint.placed_group(group) if self._joint is not None else group

    def story(self, released: ReleasedStory, manifest: ExportManifest) -> dict[str, Any]:
        """Write one story's page and copy its files.

        Returns:
            What the front page, topics, feed and search need of it.
        """
        folder = released.folder
        source = self._workspace.exports_dir(folder)
        service = kind_or_none(self._workspace.path, released.story.service)
        material = build_context(
            released.story, self.placed_group(released.group), self.labels, folder, past=released.past, service=service
        )
        page, *_ = self._editions(folder, material)
        further = languages_of(material.story, self._outlet.id)[1:]
        sizes = {}
        for entry in manifest.files:
            if entry.outlet == self._outlet.id and entry.kind != "page":
                name = entry.path.partition("/")[2]
                sizes[name] = entry.bytes
                self._writer.copy(f"{folder}/{name}", source / entry.path, entry.bytes, entry.sha256)
        # Pictures come smallest first; reversed, the smallest of each photo is the entry that stays.
        smallest = {picture.photo.id: picture for picture in reversed(page.pictures) if picture.size[0] <= 960}
        cover = material.base["cover"]
        shown = smallest.get(cover["id"]) if cover else None
        card = next((output.name() for output in self._outlet.outputs_of(CardOutput)), "")
        listed = story_entry(material, folder, shown, card if card in sizes else "", sizes)
        others = [material_in(material, language, self.catalog) for language in further]
        return with_translations(listed, others, self._output.file)

    def _editions(self, folder: str, material: TemplateContext) -> list[WebPage]:
        """Write the page of a story in each of its languages; the first is the one at its address."""
        made = []
        for edition in language_editions(self._outlet, material.story):
            output, told = (
                edition.outlet.outputs_of(PageOutput)[0],
                material_in(material, edition.language, self.catalog),
            )
            root = f"../{edition.up}"
            page = render_page(
                self._press,
                edition.outlet,
                output,
                told,
                pictures={"logo": self.logo_at(root)},
                **edition_media(edition, material.story, told.story),
                root=root,
                site=self._own,
                up=edition.up,
                links=language_links(material.story, edition, self.catalog),
            )
            self._writer.put_text(f"{folder}/{output.file}", page.files[0].text)
            made.append(page)
        return made

    def _further_pages(self, folder: str) -> list[str]:
        """The pages of a story in further languages that the site has had."""
        return [name for name in self._writer.before if below_one(name, folder, self._output.file)]

    def kept_entry(self, folder: str, story: Story) -> dict[str, Any]:
        """What the lists need of a story whose page and files stay as they are: as readers last saw it.

        Args:
            folder: of the story; its files are those of the site.
            story: as readers last saw it.
        """
        past = is_past(story, today_of(self._workspace))
        material = build_context(story, self._group, self.labels, folder, past=past)
        page = render_page(self._press, self._outlet, self._output, material, root="../")
        place = self._writer.folder / folder
        sizes = {path.name: path.stat().st_size for path in place.iterdir() if path.is_file()}
        small = {each.photo.id: each for each in reversed(page.pictures) if each.size[0] <= 960 and each.file in sizes}
        cover = material.base["cover"]
        card = next((output.name() for output in self._outlet.outputs_of(CardOutput)), "")
        return story_entry(
            material, folder, small.get(cover["id"]) if cover else None, card if card in sizes else "", sizes
        )

    def write_redirects(self, old: str, folder: str, title: str) -> None:
        """Write the pages at a former address of a story, which lead on to where it is now.

        Pages in further languages lead to the one in their language, or to the story where there is none any more.
        """
        page = self._output.file
        now = {name.split("/")[1] for name in self._writer.pages_below(folder, page)}
        had = {name.split("/")[1] for name in self._further_pages(old)}
        self._lead_on(f"{old}/{page}", folder, "", title)
        for language in sorted(now | had):
            self._lead_on(f"{old}/{language}/{page}", folder, f"{language}/" if language in now else "", title)

    def _lead_on(self, name: str, folder: str, below: str, title: str) -> None:
        root, address = "../" * name.count("/"), site_address(self._group)
        values = {
            **self.page_values(name, title, root),
            "title": title,
            "target": encode_address(f"{root}{folder}/{below}{self._output.file}"),
            "url": encode_address(f"{address}/{folder}/{below}") if address else "",
        }
        self._writer.put_text(name, self._fill_page("pindah.html.j2", values))

    def withdrawn(self, told: StoryWithdrawal) -> dict[str, Any]:
        """Write the page of a story that was taken back.

        Returns:
            What the feed needs of it.
        """
        group = self._group
        logo = self.logo_at("../")
        page = withdrawn_page(self._press, self._outlet, self._output, told, group, logo=logo, root="../")
        self._writer.put_text(f"{told.address}/{self._output.file}", page[0].text)
        # Printed codes and messages lead to the pages in other languages too.
        deeper = withdrawn_page(
            self._press, self._outlet, self._output, told, group, logo=self.logo_at("../../"), root="../../"
        )
        for name in self._further_pages(told.address):
            self._writer.put_text(name, deeper[0].text)
        why, link = told.why or "Berita ini telah dicabut.", withdrawal_link(told, group)
        return feed_entry(told.address, told.title, why, told.when, link, group.time_zone, "dicabut")

    def write_notice(self, folder: str, note: DownNote) -> dict[str, Any]:
        """Write the page that stands where a story was that came down; what the feed needs of it."""
        name, zone = f"{folder}/{self._output.file}", self._group.time_zone
        values = {**self.page_values(name, TITLE, "../"), **notice_values(note, zone)}
        self._writer.put_text(name, self._fill_page(NOTICE, values))
        return notice_entry(folder, note, values["address"], zone)

    def put_page(self, outlet: str, name: str, template: str, values: Mapping[str, Any]) -> None:
        """Fill a page of another pack."""
        shelf = self.press.shelf(self.catalog.outlet(outlet))
        self.writer.put_text(name, self.press.templates.fill(shelf, template, values).text.strip() + "\n")

    def write_shared(
        self,
        stories: Sequence[dict[str, Any]],
        withdrawn: Sequence[dict[str, Any]],
        more: Sequence[str] = (),
        memory: SiteMemory | None = None,
    ) -> None:
        """Write all that is not one story's.

        Args:
            stories: as ``story`` returned them, or as ``memory`` has them.
            withdrawn: as ``withdrawn`` returned them.
            more: further pages for the map of the site.
            memory: has the text and the words of those of ``stories`` that come without.
        """
        values = self._site_values(stories)
        topics, over = site_topics(stories), [story for story in stories if story["past"]]
        if over:
            more = (*more, PAST_PAGE)
        put = self._writer.put_text
        if self._logo:
            self._writer.put_bytes(LOGO, self._logo)
        for name, template in self._output.files:
            # The pack's feed is that of one story; the site's is written below from all of them.
            if name != "umpan.xml":
                put(name, self._fill_page(template, values))
        for name, listed in (*front_pages(stories, topics, values), *past_page(over, values)):
            put(name, self._fill_page("beranda.html.j2", values | listed))
        self._write_about(values)
        self._write_search(stories, values, enumerate(_words_of_all(stories, memory)))
        news = sorted([*stories, *withdrawn], key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
        news = news[:FEED]
        light = [entry["folder"] for entry in news if "content" not in entry]
        told = memory.contents(light) if memory and light else {}
        news = [entry if "content" in entry else {**entry, "content": told.get(entry["folder"], "")} for entry in news]
        put("umpan.xml", self._fill_page("umpan-situs.xml.j2", values | feed_values(news, self._group)))
        if values["address"]:
            put("peta.xml", site_map(values["address"], stories, topics, (*ABOUT, *more)))
            put("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {values['address']}peta.xml\n")

    def _write_about(self, values: Mapping[str, Any]) -> None:
        """The pages about the group, and the one for an address that is not there."""
        members = [name for name in (" ".join(name.split()) for name in self._workspace.group.members) if name]
        for name, (heading, kind) in ABOUT.items():
            own = {"heading": heading, "members": members, **page_facts(values, name, heading, heading, kind)}
            self._writer.put_text(name, self._fill_page(f"{name}.j2", {**values, **own}))
        # Wherever the address was that is not there: only the full address leads back.
        root = values["address"] or "./"
        logo = {**values["group"], "logo": self.logo_at(root)}
        self._writer.put_text("404.html", self._fill_page("404.html.j2", {**values, "root": root, "group": logo}))


def _words_of_all(stories: Sequence[dict[str, Any]], memory: SiteMemory | None) -> Iterator[str]:
    """The words of each story, in order: of those that come without their text, as they are remembered."""
    light = memory.words(story["folder"] for story in stories if "i" not in story) if memory else iter(())
    for story in stories:
        yield words_of(story) if "i" in story else next(light, ("", "\n"))[1]


def page_facts(
    values: Mapping[str, Any],
    name: str,
    title: str,
    about: str,
    kind: str,
    stories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """What the head of a page tells search engines and link previews."""
    address = values["address"]
    url = encode_address(address + ("" if name == "index.html" else name)) if address else ""
    listed = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": story["url"], "name": story["headline"]}
            for place, story in enumerate(stories, 1)
            if story["url"]
        ],
    }
    page = {
        "@type": kind,
        "@id": url or name,
        "url": url,
        "name": title,
        "description": about,
        "inLanguage": "id",
        "publisher": schema_publisher(values["group"], address),
        "mainEntity": listed if listed["itemListElement"] else None,
    }
    kept = {key: value for key, value in page.items() if value}
    return {"url": url, "description": about, "json_ld": {"@context": "https://schema.org", **kept}}


def site_topics(stories: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every topic with its stories; tags that differ in capitals or accents only are one."""
    found: dict[str, dict[str, Any]] = {}
    for story in stories:
        for tag in dict.fromkeys(story["tags"]):
            topic = found.setdefault(topic_page(tag), {"name": tag, "link": topic_page(tag), "stories": {}})
            # Two tags of one story that differ only in capitals lead to one page; the story is listed once.
            topic["stories"].setdefault(story["folder"], story)
    made = [{**topic, "stories": [*(own := topic["stories"]).values()], "count": len(own)} for topic in found.values()]
    return sorted(made, key=lambda topic: (-topic["count"], topic["name"].casefold()))


def front_pages(
    stories: Sequence[dict[str, Any]], topics: Sequence[dict[str, Any]], values: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of the front page, without notices that are over, and one per topic."""
    every, stories = stories, [story for story in stories if not story["past"]]
    about = f"Kabar dari {values['group']['village'] or values['group']['name']}"
    count = max(1, math.ceil(len(stories) / PER_PAGE))
    names = ["index.html", *(f"halaman-{number}.html" for number in range(2, count + 1))]
    for number, name in enumerate(names):
        shown = list(stories[number * PER_PAGE : (number + 1) * PER_PAGE])
        heading = f"Halaman {number + 1}" if number else ""
        front = topics[:40] if not number else []
        title = f"{heading} – {values['group']['name']}" if heading else values["group"]["name"]
        facts = page_facts(values, name, title, about, "CollectionPage" if number else "WebSite", shown)
        over = PAST_PAGE if len(every) > len(stories) and not number else ""
        links = page_links(names, number)
        yield name, {"stories": shown, "topics": front, "heading": heading, "over": over, **links, **facts}
    for topic in topics:
        yield from topic_pages(topic, values, about)


def topic_pages(
    topic: Mapping[str, Any], values: Mapping[str, Any], about: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of a topic: one of thousands of stories would be megabytes, on the phone of whoever looks."""
    count = max(1, math.ceil(topic["count"] / PER_PAGE))
    # A full stop, which no topic has in its address: "rt-2" may be a topic of its own.
    stem = topic["link"].removesuffix(".html")
    names = [topic["link"], *(f"{stem}.{number}.html" for number in range(2, count + 1))]
    group = {**values["group"], "logo": values["group"]["logo"] and f"../{LOGO}"}
    for number, name in enumerate(names):
        shown = topic["stories"][number * PER_PAGE : (number + 1) * PER_PAGE]
        heading = f"{topic['name']}, halaman {number + 1}" if number else topic["name"]
        facts = page_facts(values, name, heading, f"{about}: {topic['name']}", "CollectionPage", shown)
        own = {"stories": shown, "topics": [], "heading": heading, "over": "", **page_links(names, number)}
        yield name, {**own, "root": "../", "group": group, **facts}


def page_links(names: Sequence[str], here: int) -> dict[str, list[dict[str, Any]]]:
    """The links between the pages of a list: ``pages`` are all, ``near_pages`` the first, the last and those around.

    Hundreds of pages that each name all others would be most of a large site; packs of groups may still ask for all.
    """
    wanted = {0, len(names) - 1, *range(here - 3, here + 4)} if len(names) > _ALL_PAGES else range(len(names))
    near = sorted(number for number in wanted if 0 <= number < len(names))
    links = [
        {"link": names[at], "here": at == here, "number": at + 1, "gap": bool(i and at - near[i - 1] > 1)}
        for i, at in enumerate(near)
    ]
    return {"pages": [{"link": name, "here": at == here} for at, name in enumerate(names)], "near_pages": links}


def past_page(over: Sequence[dict[str, Any]], values: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The list of notices that are over: they leave the front page, and are found here."""
    title = "Pengumuman yang sudah lewat"
    count = math.ceil(len(over) / PER_PAGE)
    stem = PAST_PAGE.removesuffix(".html")
    names = [PAST_PAGE, *(f"{stem}-{number}.html" for number in range(2, count + 1))][:count]
    for number, name in enumerate(names):
        shown = over[number * PER_PAGE : (number + 1) * PER_PAGE]
        heading = f"{title}, halaman {number + 1}" if number else title
        facts = page_facts(values, name, heading, heading, "CollectionPage", shown)
        own = {"stories": list(shown), "topics": [], "heading": heading, "over": "", **page_links(names, number)}
        yield name, {**own, **facts}
