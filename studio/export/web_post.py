"""A story as a post for somebody else's website: title, HTML of the text, and the exported pictures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from studio.export.files import inside
from studio.posts.context import correction_values, gather
from studio.posts.filters import html

if TYPE_CHECKING:
    from pathlib import Path

    from studio.export.manifest import Entry
    from studio.story.model import Group, Story


@dataclass(frozen=True, slots=True)
class WebPost:
    """``images`` are path, caption and alternative text; the first is the one that stands for the story."""

    title: str
    html: str
    summary: str
    tags: tuple[str, ...]
    images: tuple[tuple[Path, str, str], ...]


def web_post(story: Story, group: Group, folder: str, exported: Path, files: tuple[Entry, ...]) -> WebPost:
    """Fill it.

    Args:
        story: the story, corrections included.
        group: who signs.
        folder: the story's folder.
        exported: its export folder.
        files: what the website's export made; each photo is taken in its largest size.
    """
    material = gather(story, group, None, folder)
    parts = [str(html(material.blocks))]
    for line in story.corrections:
        told = correction_values(line, group)
        words = f" Sebelumnya tertulis “{told['before']}”, seharusnya “{told['after']}”." if line.after else ""
        sorry = " Kami mohon maaf atas kekeliruan ini." if line.apology else ""
        parts.append(f"<p><strong>Ralat ({escape(told['date'])}):</strong> {escape(told['what'] + words + sorry)}</p>")
    largest: dict[str, Entry] = {}
    for entry in files:
        name = entry.path.rpartition("/")[2]
        if entry.kind == "photo" and entry.width >= getattr(largest.get(name[:2]), "width", 0):
            largest[name[:2]] = entry
    photos = {photo["id"]: photo for photo in material.base["photos"]}
    images = []
    for number, photo in enumerate(material.story.photos, 1):
        if (found := largest.get(f"{number:02}")) is not None:
            values = photos[photo.id]
            credit = f" (Foto: {values['credit']})" if values["credit"] else ""
            images.append((inside(exported, found.path), values["caption"] + credit, values["alt"]))
    cover = material.base["cover"]
    at = next((n for n, photo in enumerate(material.story.photos) if cover and photo.id == cover["id"]), 0)
    if 0 < at < len(images):
        images.insert(0, images.pop(at))
    return WebPost(
        material.base["headline"], "\n".join(parts), material.summary, tuple(material.base["tags"]), tuple(images)
    )
