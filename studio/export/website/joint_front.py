"""The pages that the sites of many groups share: front page, groups, districts, topics, feed and one search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.export.website.site_feeds import feed_values, joint_maps
from studio.export.website.site_memory import stored_contents, stored_words
from studio.export.website.site_notices import TEMPLATE as NOTICE
from studio.export.website.site_notices import group_notice_title, notice_entry, notice_values
from studio.export.website.site_pages import (
    FEED,
    PAST_PAGE,
    SharedPages,
    front_pages,
    page_facts,
    past_page,
    site_topics,
    topic_pages,
)
from studio.export.website.site_search import search_words
from studio.posts.template_context import group_values
from studio.posts.web_addresses import site_address
from studio.story.model import Group
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.export.website.site_writer import DownNote, SiteWriter
    from studio.posts.catalog import OutletCatalog

GROUPS_PAGE = "kelompok.html"
DISTRICTS = "kecamatan"
TAKEN = frozenset({DISTRICTS, "cari", "topik", "potensi"})
"""Folders of the shared pages: no group's site gets one of these names."""
_LISTED = 40
"""Topics, districts and groups on the front page; all groups are on a page of their own."""


@dataclass(frozen=True, slots=True)
class GroupShelf:
    """What the shared pages need of one group.

    Attributes:
        place: its site.
        group: its profile.
        entries: its stories, the newest first, with their ways from the front page.
        unstored: words and text of those of them that the site's memory does not hold, by folder.
        notices: what its feed tells of stories that are gone, with their ways from the front page.
    """

    place: Path
    group: Group
    entries: Sequence[dict[str, Any]]
    unstored: Mapping[str, tuple[str, str]]
    notices: Sequence[dict[str, Any]] = ()

    @property
    def address(self) -> str:
        """Folder of the group's site."""
        return self.place.name

    def story_words(self) -> Iterator[tuple[str, str]]:
        """Address and ``site_search.words_of`` of each story, read as they are asked for."""
        folders = [entry["folder"].partition("/")[2] for entry in self.entries]
        kept = ((folder, self.unstored[folder][0]) for folder in folders if folder in self.unstored)
        stored = stored_words(self.place, [folder for folder in folders if folder not in self.unstored])
        own = search_words(f"{self.group.name} {self.group.full_name} {self.group.village} {self.group.district}")
        for folder, words in (*kept, *stored):
            yield f"{self.address}/{folder}", f"{words} {' '.join(sorted(own - set(words.split())))}"

    def story_text(self, address: str) -> str:
        """The text of one of its stories for the feed."""
        folder = address.partition("/")[2]
        if folder in self.unstored:
            return self.unstored[folder][1]
        return stored_contents(self.place, [folder]).get(folder, "")


def joint_entry(entry: Mapping[str, Any], address: str, name: str) -> dict[str, Any]:
    """A story of a group's site as the shared pages list it: with its group beside its section.

    Args:
        entry: as the group's own lists have it.
        address: folder of the group's site.
        name: of the group.
    """
    image, enclosure = entry["image"], entry["enclosure"]
    return {
        **entry,
        "folder": f"{address}/{entry['folder']}",
        "link": f"{address}/{entry['link']}",
        "u": f"{address}/{entry['u']}",
        "d": " · ".join(filter(None, (entry["d"], name))),  # a hit of the search: two groups may have one headline
        "section": f"{name} · {entry['section']}" if entry["section"] else name,
        "card": f"{address}/{entry['card']}" if entry["card"] else "",
        "image": {**image, "file": f"{address}/{image['file']}"} if image else None,
        "enclosure": {**enclosure, "file": f"{address}/{enclosure['file']}"} if enclosure else None,
    }


def joint_group(groups: Sequence[Group], site: str = "") -> Group:
    """Who the shared pages are of: named after the smallest area all groups lie in; no group's contacts stand there.

    Args:
        groups: all of them.
        site: address of their website, "" for none.
    """
    district, regency = _common([one.district for one in groups]), _common([one.regency for one in groups])
    province = _common([one.province for one in groups])
    area = district or regency or province
    zone = max(groups, key=lambda one: sum(one.time_zone == other.time_zone for other in groups)).time_zone
    full = " ".join(filter(None, ("Kelompok Informasi Masyarakat", area)))
    return Group(
        id="gabungan",
        name=f"KIM {area}".strip(),
        full_name=full,
        district=district,
        regency=regency,
        province=province,
        time_zone=zone,
        site=site,
    )


def _common(values: Collection[str]) -> str:
    plain = {" ".join(value.split()) for value in values}
    return plain.pop() if len(plain) == 1 else ""


class JointFront(SharedPages):
    """Fills the shared pages.

    Args:
        catalog: of outlets.
        writer: takes the pages.
        group: as ``joint_group`` made it.
    """

    def __init__(self, catalog: OutletCatalog, writer: SiteWriter, group: Group) -> None:
        super().__init__(catalog, catalog.outlet("website"), writer, group, own={"many": True})

    def fill_notice(self, name: str, note: DownNote) -> str:
        """The page that stands where a page of a group was that has left."""
        title = group_notice_title(name, note)
        root = "../" * (name.count("/") + 1)
        values = self.page_values(name, title, root)
        return self._fill_page(NOTICE, {**values, **notice_values(note, self._group.time_zone, title=title)})

    def write(self, shelves: Sequence[GroupShelf], left: Mapping[str, DownNote]) -> None:
        """Write them all.

        Args:
            shelves: in the order of the command.
            left: groups that have left, by the folder of what was their site.
        """
        stories = [entry for shelf in shelves for entry in shelf.entries]
        stories.sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
        topics, districts = site_topics(stories), _districts(shelves)
        values = self._site_values(stories)
        put = self.writer.put_text
        for name, template in self._output.files:
            if name != "umpan.xml":  # that of one story
                put(name, self._fill_page(template, values))
        over = [story for story in stories if story["past"]]
        for name, listed in (*front_pages(stories, topics, values), *past_page(over, values)):
            lists = self._front_lists(shelves, districts) if name == "index.html" else []
            put(name, self._fill_page("beranda.html.j2", values | listed | {"lists": lists}))
        about = f"Kabar dari {values['group']['name']}"
        for district in districts:
            for name, listed in topic_pages(district, values, about):
                put(name, self._fill_page("beranda.html.j2", values | listed))
        put(GROUPS_PAGE, self._fill_page("kelompok.html.j2", values | _groups_page(shelves, districts, values)))
        put("404.html", self._fill_page("404.html.j2", values))
        numbers = {entry["folder"]: number for number, entry in enumerate(stories)}
        words = ((numbers[address], told) for shelf in shelves for address, told in shelf.story_words())
        self._write_search(stories, values, words)
        put("umpan.xml", self._fill_page("umpan-situs.xml.j2", values | self._feed(stories, shelves, left)))
        if values["address"]:
            over_pages = (PAST_PAGE,) if over else ()
            pages = (GROUPS_PAGE, *over_pages, *(one["link"] for one in (*districts, *topics)))
            # A group with a website of its own is found by search engines there.
            maps = [f"{shelf.address}/peta.xml" for shelf in shelves if not site_address(shelf.group)]
            for name, content in joint_maps(values["address"], pages, maps):
                put(name, content)

    def _feed(
        self, stories: Sequence[dict[str, Any]], shelves: Sequence[GroupShelf], left: Mapping[str, DownNote]
    ) -> dict[str, Any]:
        of, zone = {shelf.address: shelf for shelf in shelves}, self._group.time_zone
        address = site_address(self._group)
        gone = [
            notice_entry(name, note, f"{address}/" if address else "", zone, title=group_notice_title(name, note))
            for name, note in left.items()
        ]
        newest = [*stories[:FEED], *(each for shelf in shelves for each in shelf.notices), *gone]
        newest.sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
        news = (
            entry
            if "content" in entry
            else {**entry, "content": of[entry["folder"].partition("/")[0]].story_text(entry["folder"])}
            for entry in newest[:FEED]
        )
        return feed_values([*news], self._group)

    def _front_lists(
        self, shelves: Sequence[GroupShelf], districts: Sequence[Mapping[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        if districts:
            yield {"id": "kecamatan", "heading": "Kecamatan", "entries": districts[:_LISTED]}
        most = sorted(shelves, key=lambda shelf: (-len(shelf.entries), shelf.address))[:_LISTED]
        yield {"id": "kelompok", "heading": "Kelompok", "entries": [_group_line(shelf) for shelf in most]}


def _districts(shelves: Sequence[GroupShelf]) -> list[dict[str, Any]]:
    """Every district with its stories, as ``topic_pages`` takes it; districts of one name in two regencies are two."""
    found: dict[str, dict[str, Any]] = {}
    regencies = {shelf.group.regency for shelf in shelves}
    for shelf in shelves:
        link = _district_page(shelf.group)
        if link:
            name = f"{shelf.group.district}, {shelf.group.regency}" if len(regencies) > 1 else shelf.group.district
            found.setdefault(link, {"name": name.strip(" ,"), "link": link, "stories": []})
            found[link]["stories"] += shelf.entries
    for one in found.values():
        one["stories"].sort(key=lambda entry: (entry["order"], entry["folder"]), reverse=True)
        one["count"] = len(one["stories"])
    return sorted(found.values(), key=lambda one: (-one["count"], one["name"].casefold()))


def _district_page(group: Group) -> str:
    if not group.district.strip():
        return ""
    return f"{DISTRICTS}/{slugify(f'{group.district} {group.regency}')}.html"


def _group_line(shelf: GroupShelf) -> dict[str, Any]:
    told = group_values(shelf.group)
    return {
        "name": told["name"],
        "village": told["village"],
        "count": len(shelf.entries),
        "link": f"{shelf.address}/index.html",
        "about": f"{shelf.address}/redaksi.html",
        "contact": f"{shelf.address}/kontak.html",
    }


def _groups_page(
    shelves: Sequence[GroupShelf], districts: Sequence[Mapping[str, Any]], values: Mapping[str, Any]
) -> dict[str, Any]:
    names = {one["link"]: one["name"] for one in districts}
    found: dict[str, list[dict[str, Any]]] = {}
    for shelf in sorted(shelves, key=lambda shelf: (shelf.group.name.casefold(), shelf.address)):
        found.setdefault(_district_page(shelf.group), []).append(_group_line(shelf))
    listed = sorted(found.items(), key=lambda one: (not one[0], names.get(one[0], "").casefold()))
    places = [{"name": names.get(link) or "Tanpa kecamatan", "link": link, "groups": own} for link, own in listed]
    facts = page_facts(values, GROUPS_PAGE, "Kelompok", "Semua kelompok di situs ini", "CollectionPage")
    return {"heading": "Kelompok", "places": places, **facts}
