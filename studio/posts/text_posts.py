"""Makes the texts of a story: caption, message, thread, title, tags."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.posts.counting import Unit, count, find_links
from studio.posts.draft_mark import on_text
from studio.posts.output_kinds import PhotoOutput, usual_name
from studio.posts.photo_strips import has_captions
from studio.posts.template_context import outlet_context
from studio.posts.threads import split_thread
from studio.story.text import cleaned

if TYPE_CHECKING:
    from studio.posts.output_kinds import TextOutput
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext

# For signs that an outlet refuses (YouTube: < and > in a title); all others that it refuses are dropped.
_LOOK_ALIKES = {"<": "‹", ">": "›"}
BREAK = "---"
"""The line that separates the posts of a thread in an override."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file to write: ``text`` as it is pasted into the app, and its length in the outlet's unit."""

    name: str
    text: str
    length: int

    @property
    def content(self) -> bytes:
        """What goes to disk: UTF-8, newline at the end."""
        return (self.text + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class TextPost:
    """The text of one output.

    Attributes:
        files: the file, or the posts of a thread in order; none when there is nothing to say.
        limit: the longest text (0: none), in ``unit``.
        notices: over the limit, shortened, too many hashtags, characters replaced. They name outlet and file.
        base: hash of the made text, for ``TextOverride.base``: another one means that the story has changed since.
        overridden: the text was written by hand.
        made: the text the templates make, also where an override replaces it.
    """

    files: tuple[TextFile, ...]
    limit: int
    unit: Unit
    notices: tuple[WorkNotice, ...]
    base: str
    overridden: bool
    made: str

    @property
    def text(self) -> str:
        """All of the text; the posts of a thread with a line of three hyphens between them, as an override has it."""
        return f"\n\n{BREAK}\n\n".join(file.text for file in self.files)

    @property
    def length(self) -> int:
        """The length of the longest file."""
        return max((file.length for file in self.files), default=0)


@dataclass(frozen=True, slots=True)
class FilledText:
    """The words of an output before they become files: what ``fill_text`` made, once, of the output's template.

    Attributes:
        made: the text the templates make.
        text: that, or what was written by hand instead; without what the outlet does not take.
        notices: shortened, characters replaced.
        overridden: the text was written by hand.
    """

    made: str
    text: str
    notices: tuple[WorkNotice, ...]
    overridden: bool


def override_key(outlet: Outlet, output: TextOutput, material: TemplateContext | None = None) -> str:
    """The key in ``Story.overrides``: ``"instagram/takarir.txt"``; for all posts of a thread ``"x/{n:02}.txt"``.

    Of a ``material`` in another language it is ``"instagram/jv/takarir.txt"``, wherever that file lies.
    """
    if material is None:
        return f"{outlet.id}/{output.file}"
    file = usual_name(output.file, material.story.language)
    return "/".join(filter(None, (outlet.id, material.translation, file)))


def render_text(press: RenderContext, outlet: Outlet, output: TextOutput, material: TemplateContext) -> TextPost:
    """Make the text of an output; what it returns is all that goes into the file, so its hash is the file's key.

    Raises:
        UserError: ``posts.template*`` when the pack's template cannot be filled.
    """
    return lay_out_post(fill_text(press, outlet, output, material), outlet, output, draft=material.draft)


def fill_text(press: RenderContext, outlet: Outlet, output: TextOutput, material: TemplateContext) -> FilledText:
    """Fill the template of an output, which is the expensive part.

    Raises:
        UserError: as ``render_text``.
    """
    measure = partial(_fill_level, output=output)
    facts = {"outlet": outlet.name, "file": output.name()}
    # Most outlets write on no photo, and a text is filled at each key: only the others ask further.
    strips = any(isinstance(other, PhotoOutput) and other.strip for other in outlet.outputs)
    shown = strips and has_captions(outlet, material)
    values = outlet_context(material, outlet, output) | {"captions_shown": shown}
    rendered = press.templates.fill(press.shelf(outlet), output.template, values, measure)
    made = tidy_text(rendered.text)
    override = material.story.overrides.get(override_key(outlet, output, material))
    text = tidy_text(cleaned(override.text)) if override else made
    notices = (
        [WorkNotice("posts.shortened", {**facts, "limit": output.limit})] if rendered.shortened and not override else []
    )
    text, replaced = _without_forbidden(text, output.forbid)
    if replaced:
        notices.append(WorkNotice("posts.replaced", {**facts, "characters": " ".join(replaced)}))
    return FilledText(made, text, tuple(notices), override is not None)


def lay_out_post(filled: FilledText, outlet: Outlet, output: TextOutput, *, draft: bool) -> TextPost:
    """The files of a text, of a thread one each; in a draft they begin with its mark."""
    # Before splitting: in a thread the mark has to be within the limit of the first post.
    text = on_text(filled.text) if draft else filled.text
    measure = partial(count, unit=output.count)
    files = tuple(
        TextFile(output.name(n), post, measure(post))
        for n, post in enumerate(_split_posts(text, output, filled.overridden), 1)
    )
    notices = (*filled.notices, *_length_notices(files, outlet, output))
    # Of the text without the mark of a draft: marking the story ready must not make every hand-written text look
    # outdated.
    base = hashlib.sha256(filled.made.encode("utf-8", "replace")).hexdigest()[:16]
    return TextPost(files, output.limit, output.count, notices, base, filled.overridden, filled.made)


def tidy_text(text: str) -> str:
    """No spaces at the ends of lines, at most one blank line in a row, none at the ends: templates need not care."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_forbidden(text: str, forbidden: str) -> tuple[str, list[str]]:
    found = [char for char in forbidden if char in text]
    for char in found:
        text = text.replace(char, _LOOK_ALIKES.get(char, ""))
    return text, found


def _split_posts(text: str, output: TextOutput, by_hand: bool) -> tuple[str, ...]:
    if not output.thread:
        return (text,) if text else ()
    if by_hand and (parts := [part.strip() for part in re.split(rf"(?m)^{BREAK}$", text)]) and len(parts) > 1:
        return tuple(part for part in parts if part)
    return split_thread(text, output.limit, partial(_fill_level, output=output))


def _fill_level(text: str, output: TextOutput) -> int:
    """The length of a text where it decides whether it fits: one that has too many bytes is over the limit."""
    length = count(text, output.count)
    if not output.utf8_limit or not output.limit:
        return length
    # Bytes brought to the scale of the limit, rounded upwards: 2,049 of 2,048 bytes must count as one over the limit.
    return max(length, -(-count(text, "utf8") * output.limit // output.utf8_limit))


def _size_notices(file: TextFile, outlet: Outlet, output: TextOutput) -> list[WorkNotice]:
    """Too many bytes, too many links."""
    facts, notices = {"outlet": outlet.name, "file": file.name}, []
    if output.utf8_limit and (size := count(file.text, "utf8")) > output.utf8_limit:
        notices.append(WorkNotice("posts.too_many_bytes", {**facts, "bytes": size, "limit": output.utf8_limit}))
    if output.links is not None:
        links = len({file.text[start:end] for start, end in find_links(file.text)})
        if links > output.links:
            notices.append(WorkNotice("posts.too_many_links", {**facts, "links": links, "limit": output.links}))
    return notices


def _length_notices(files: tuple[TextFile, ...], outlet: Outlet, output: TextOutput) -> list[WorkNotice]:
    notices = []
    for file in files:
        facts = {"outlet": outlet.name, "file": file.name}
        if output.limit and file.length > output.limit:
            over = {"length": file.length, "limit": output.limit, "over": file.length - output.limit}
            notices.append(WorkNotice("posts.too_long", {**facts, **over}))
        tags = len(re.findall(r"(?<!\S)#\w+", file.text))
        if output.hashtags is not None and tags > output.hashtags:
            notices.append(WorkNotice("posts.too_many_hashtags", {**facts, "tags": tags, "limit": output.hashtags}))
        notices += _size_notices(file, outlet, output)
    if output.thread and output.max and len(files) > output.max:
        facts = {"outlet": outlet.name, "file": output.name()}
        notices.append(WorkNotice("posts.long_thread", {**facts, "posts": len(files), "limit": output.max}))
    return notices
