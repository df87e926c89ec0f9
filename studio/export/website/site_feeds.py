"""What feed, sitemap and lists of the website need of each story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from studio.posts.filters import html_body
from studio.posts.web_addresses import encode_address, reading_direction
from studio.story import date_formats
from studio.story.body import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.posts.pages import PagePicture
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Group

_MOST_URLS = 50_000
"""Addresses in one map (sitemaps.org 0.9)."""


def story_entry(
    material: TemplateContext, folder: str, picture: PagePicture | None, card: str, sizes: Mapping[str, int]
) -> dict[str, Any]:
    """A story as lists, feed and search show it.

    Args:
        material: the story.
        folder: its folder, below the site's root.
        picture: its cover on a list.
        card: its picture for link previews, "" for none.
        sizes: bytes of its files.
    """
    base, story = material.base, material.story
    day = base["published_iso"] or base["date"]
    section = base["kind_label"] if story.kind in {"factcheck", "notice", "event"} else base["category"]
    place = quote(folder)
    link = f"{place}/index.html"
    over = material.labels.get("text", {}).get("past", "sudah lewat") if material.past else ""
    # Where no kind or kicker stands beside it, the summary says so.
    noted = f"{over[:1].upper()}{over[1:]}. {base['summary']}".rstrip() if over else base["summary"]
    return {
        "folder": folder,
        "past": material.past,
        "link": link,
        "url": encode_address(material.url),
        "guid": "",
        "headline": base["headline"] or folder,
        "summary": base["summary"],
        "noted": noted,
        "section": section,
        "authors": base["authors"],
        "tags": base["tags"],
        "language": base["language"],
        "direction": reading_direction(base["language"], base["headline"] + base["lead"]),
        "iso": day,
        "order": day,
        "date": date_formats.long_date(day) or base["date_long"],
        "feed_date": base["published_feed"],
        "changed": base["changed_iso"],
        # As a plain str: templates print Markup as it is, but in the feed the HTML is text and has to be escaped.
        "content": str.__str__(html_body(material.blocks)),
        "image": {"file": f"{place}/{picture.file}", "width": picture.size[0], "height": picture.size[1]}
        if picture
        else None,
        "card": f"{place}/{card}" if card else "",
        "enclosure": _feed_enclosure(place, picture.file if picture else card, sizes),
        "u": link,
        "j": base["headline"],
        "r": noted,
        "t": " ".join([*base["tags"], base["place"], section, *base["authors"]]),
        "i": plain_text(material.blocks),
        "d": date_formats.long_date(day),
    }


def with_translations(entry: dict[str, Any], others: Sequence[TemplateContext], file: str) -> dict[str, Any]:
    """An entry with the story's pages in further languages: news of their own in the feed, and found by their words.

    Args:
        entry: of the story in its first language.
        others: the story in the others.
        file: the page's name.
    """
    folder = quote(entry["folder"])
    told = [
        {
            **entry,
            "link": f"{folder}/{each.translation or each.story.language}/{file}",
            "url": encode_address(each.url) if each.url.endswith(f"/{each.story.language}/") else "",
            "headline": each.base["headline"] or entry["headline"],
            "noted": each.base["summary"],
            "content": str.__str__(html_body(each.blocks)),
            "language": each.story.language,
            "translations": [],
        }
        for each in others
    ]
    words = " ".join(f"{each.base['headline']} {plain_text(each.blocks)}" for each in others)
    return {**entry, "translations": told, "i": f"{entry['i']} {words}".rstrip()}


def _feed_enclosure(place: str, file: str, sizes: Mapping[str, int]) -> dict[str, Any] | None:
    """The picture of a story in the feed (RSS 2.0: its address, bytes and type)."""
    return {"file": f"{place}/{file}", "bytes": sizes[file]} if file in sizes else None


def feed_values(news: Sequence[dict[str, Any]], group: Group) -> dict[str, Any]:
    """The stories of the feed, and when the newest of them last changed: the time of building would be no news."""
    changed = max((story.get("changed") or story["order"] for story in news), default="")
    every = [one for story in news for one in (story, *story.get("translations", ()))]
    return {"stories": every, "built": date_formats.feed_date(changed, group.time_zone) if changed else ""}


def site_map(
    address: str, stories: Sequence[dict[str, Any]], topics: Sequence[dict[str, Any]], about: Sequence[str]
) -> str:
    """A sitemap (sitemaps.org 0.9). Not a template: thousands of stories are more steps than a template may take."""
    lines = [f"<url><loc>{escape(address)}</loc></url>"]
    for story in stories:
        changed = f"<lastmod>{escape(story['changed'])}</lastmod>" if story["changed"] else ""
        lines.append(f"<url><loc>{escape(encode_address(address + story['folder']))}/</loc>{changed}</url>")
        further = (address + each["link"].rpartition("/")[0] for each in story.get("translations", ()))
        lines += [f"<url><loc>{escape(page)}/</loc>{changed}</url>" for page in further]
    lines += [f"<url><loc>{escape(encode_address(address + topic['link']))}</loc></url>" for topic in topics]
    lines += [f"<url><loc>{escape(address + name)}</loc></url>" for name in about]
    return _map_file("urlset", lines)


def joint_maps(address: str, pages: Sequence[str], maps: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sitemap of a website of many groups: an index of maps (sitemaps.org 0.9), and what crawlers read first.

    Args:
        address: of the site, with ``/`` at its end.
        pages: shared pages, beside the front page.
        maps: of the sites of groups.
    """
    urls = [address, *(encode_address(address + page) for page in pages)]
    names = []
    for start in range(0, len(urls), _MOST_URLS):
        names.append(f"peta-bersama-{start // _MOST_URLS + 1}.xml")
        lines = [f"<url><loc>{escape(url)}</loc></url>" for url in urls[start : start + _MOST_URLS]]
        yield names[-1], _map_file("urlset", lines)
    listed = (f"<sitemap><loc>{escape(address + name)}</loc></sitemap>" for name in (*names, *maps))
    yield "peta.xml", _map_file("sitemapindex", [*listed])
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}peta.xml\n"


def _map_file(kind: str, lines: Sequence[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, f"</{kind}>\n"])
