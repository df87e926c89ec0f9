"""What stands where a story or a group was that is not on the website of many groups any more, and what feeds say.

Only that it is gone, since when, and a reason that names nothing: the sentence comes from a table, as whatever stopped
the story may be the very word that must not be read. Search engines, lists and the search never lead there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from studio.posts.web_addresses import encode_address
from studio.story import date_formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.export.website.site_writer import DownNote
    from studio.story.date_formats import Zone

TEMPLATE = "_common/web/turun.html.j2"
TITLE = "Berita tidak lagi dimuat"
LEFT = "left"
REASONS = {
    "draft": "Redaksi sedang menulis ulang berita ini.",
    "checked": "Redaksi sedang memeriksa kembali isi berita ini.",
    LEFT: "Kelompok ini tidak lagi ikut di situs ini, dan beritanya tidak dimuat di sini.",
}
"""Content, which is Indonesian as the templates are. Whom a reason would protect, no notice says."""


def reason_of(code: str) -> str:
    """The key of the sentence for why a story is left out, by the code of that error."""
    return "draft" if code == "site.draft" else "checked"


def group_notice_title(address: str, note: DownNote) -> str:
    """The title of the pages of a group that has left; ``address``: what its site was called."""
    return f"{note.name or address.partition('/')[0]} tidak lagi di situs ini"


def notice_values(note: DownNote, zone: Zone, *, title: str = TITLE) -> dict[str, Any]:
    """What the page is filled with, beside what all pages are."""
    return {
        "title": title,
        "why": REASONS.get(note.why, REASONS["checked"]),
        "when": date_formats.date_and_clock(note.when, zone),
        "iso": date_formats.zoned_iso(note.when, zone),
    }


def notice_entry(folder: str, note: DownNote, address: str, zone: Zone, *, title: str = TITLE) -> dict[str, Any]:
    """A notice as feeds tell of it.

    Args:
        folder: where it stands, below the site's root.
        note: since when and why.
        address: of the site, with ``/`` at its end; "" for none.
        zone: of the group.
        title: of the page.
    """
    why = REASONS.get(note.why, REASONS["checked"])
    return feed_entry(folder, title, why, note.when, f"{address}{quote(folder)}/" if address else "", zone, "turun")


def feed_entry(folder: str, title: str, why: str, when: str, address: str, zone: Zone, mark: str) -> dict[str, Any]:
    """What feeds tell of a page that says a story is gone.

    Args:
        folder: of the page, below the site's root.
        title: of the page.
        why: the sentence with the reason.
        when: ISO 8601.
        address: of the page on the web, "" for none.
        zone: of the group.
        mark: ends the entry's name: feed readers skip a name they have shown before, and the story's own would hide the
            news from everyone who read the story.
    """
    link = f"{quote(folder)}/index.html"
    url = encode_address(address)
    return {
        "link": link,
        "url": url,
        "guid": f"{url or link}#{mark}",
        "headline": title,
        "summary": why,
        "noted": why,
        "authors": [],
        "tags": [],
        "content": "",
        "enclosure": None,
        "feed_date": date_formats.feed_date(when, zone),
        "order": date_formats.zoned_iso(when, zone) or when,
        "folder": folder,
    }


def joint_notice(entry: Mapping[str, Any], address: str, name: str) -> dict[str, Any]:
    """A notice of a group's site as the shared feed tells of it: with the group in its title.

    Args:
        entry: as the group's own feed has it.
        address: folder of the group's site.
        name: of the group.
    """
    own = {"folder": f"{address}/{entry['folder']}", "link": f"{address}/{entry['link']}"}
    guid = entry["guid"] if entry["url"] else f"{address}/{entry['guid']}"
    return {**entry, **own, "guid": guid, "headline": f"{entry['headline']} – {name}"}
