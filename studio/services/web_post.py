"""A released story as a post for a website of others: title, HTML of the text, and pictures rendered for it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from studio.base.finished_files import path_inside
from studio.export.planning.export_tasks import FailedFile, PhotoTask
from studio.export.planning.story_plan import plan_release
from studio.export.rendering.task_files import OutputFolder, render_task
from studio.posts.correction_post import correction_sentences
from studio.posts.draft_mark import on_text
from studio.posts.filters import html_body
from studio.posts.language_editions import material_in
from studio.posts.service_files import kind_or_none
from studio.posts.template_context import build_context, reply_values
from studio.release.release_gate import is_harmless, release_story
from studio.story import date_formats
from studio.story.model import ANNOUNCED
from studio.story.replies import replies_of
from studio.story.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.withdrawal import StoryWithdrawal

_OUTLET = "website"
_DRAFT = "<p><strong>DRAF – belum siap terbit</strong></p>"
_ADVERTORIAL = "<p><strong>Advertorial: isi ini dipesan dan dibiayai pemasang.</strong></p>"


@dataclass(frozen=True, slots=True)
class WebImage:
    """A picture of a post."""

    path: Path
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class FormerSlug:
    """A former address of a story, and whether readers who know it may be led on from there."""

    name: str
    points_on: bool


@dataclass(frozen=True, slots=True)
class WebPost:
    """What is put on a website; only ``render_web_post`` makes it.

    Attributes:
        released: what it was made from.
        slug: what the post is found by again.
        title, summary, tags: in plain words.
        html: the text, without pictures.
        images: the first stands for the story, the others follow the text.
        former: what it was found by before the story was renamed, latest first.
    """

    released: ReleasedStory
    slug: str
    title: str
    html: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    images: tuple[WebImage, ...] = ()
    former: tuple[FormerSlug, ...] = ()

    @property
    def old_slug(self) -> str:
        """Where a withdrawn story may still stand, though its address leads to a protected person; else ""."""
        told = self.released.withdrawal
        return self.released.folder if told is not None and told.moved else ""


def render_web_post(
    workspace: Workspace, folder: str, press: RenderContext, place: Path, texts: MessageTexts, progress: Progress
) -> WebPost:
    """Ask the gate for a story, and render its post: words, and each photo in its largest size, covers burned in.

    Args:
        workspace: open; reading is enough.
        folder: the story's folder.
        press: the template packs.
        place: an empty folder for the pictures.
        texts: language of a refusal.
        progress: in photos.

    Raises:
        UserError: the gate refuses, or a photo cannot be rendered.
        WorkCancelled: from ``progress``.
    """
    released = release_story(workspace, folder, texts)
    if released.withdrawal is not None:
        told = released.withdrawal
        former = former_slugs(released, harmful=told.moved)
        return WebPost(released, told.address, told.title, _withdrawn_html(told), former=former)
    material = build_context(
        released.story,
        released.group,
        press.catalog.labels,
        folder,
        draft=released.draft,
        past=released.past,
        service=kind_or_none(workspace.path, released.story.service),
    )
    languages = languages_of(material.story, _OUTLET)
    material, *others = [material_in(material, code, press.catalog) for code in languages]
    images = _render_images(workspace, released, press, place, texts, progress)
    photos = {photo["id"]: photo for photo in material.base["photos"]}
    cover = material.base["cover"]
    # False sorts first and sorting is stable: the cover, then the others in the order of the story.
    order = sorted(images, key=lambda name: not (cover and name == cover["id"]))
    return WebPost(
        released,
        folder,
        _marked_html(released, material.base["headline"]),
        "\n".join(_post_parts(released, material, others, press)),
        _marked_html(released, material.summary),
        tuple(material.base["tags"]),
        tuple(WebImage(images[name], _photo_caption(photos[name]), photos[name]["alt"]) for name in order),
        former_slugs(released),
    )


def former_slugs(released: ReleasedStory, *, harmful: bool = False) -> tuple[FormerSlug, ...]:
    """What a story was called before, latest first; ``harmful`` lets no old address lead on."""
    story, group = released.story, released.group
    names = (name for name in reversed(story.former_folders) if name != released.folder)
    return tuple(FormerSlug(name, not harmful and is_harmless(story, group, folder=name)) for name in names)


def _render_images(
    workspace: Workspace,
    released: ReleasedStory,
    press: RenderContext,
    place: Path,
    texts: MessageTexts,
    progress: Progress,
) -> dict[str, Path]:
    """The largest picture of each photo, by the photo's id, in the order of the story."""
    outlet = press.catalog.outlet(_OUTLET)
    tasks = plan_release(workspace, released, press, [outlet], texts).tasks
    photos = [task for task in tasks if isinstance(task, PhotoTask)]
    made: dict[str, Path] = {}
    for number, task in enumerate(photos):
        progress.report(number, len(photos), task.photo.name or task.photo.file)
        job = max(task.jobs, key=lambda job: job[1].size[0])
        for outcome in render_task(replace(task, jobs=(job,)), OutputFolder(place), progress):
            if isinstance(outcome, FailedFile):
                # Not without one of its pictures: on the website nobody would see that it is missing.
                raise outcome.error
            made[task.photo.id] = path_inside(place, outcome.target.path)
    return made


def _marked_html(released: ReleasedStory, text: str) -> str:
    return on_text(text) if released.draft else text


def _photo_caption(photo: dict[str, str]) -> str:
    credit = f"Foto: {photo['credit']}" if photo["credit"] else ""
    notes = "; ".join(part for part in (credit, photo["edited_label"]) if part)
    return " ".join(part for part in (photo["caption"], f"({notes})" if notes else "") if part)


def _language_parts(material: TemplateContext) -> Iterator[str]:
    """The story in one language; in another than its own it says which, for whoever has it read out."""
    inside = "\n".join((*_notice_parts(material), str(html_body(material.blocks))))
    language = escape(material.translation)
    yield f'<div lang="{language}">\n{inside}\n</div>' if language else inside


def _post_parts(
    released: ReleasedStory, material: TemplateContext, others: Sequence[TemplateContext], press: RenderContext
) -> Iterator[str]:
    story, group, outlet = released.story, released.group, press.catalog.outlet(_OUTLET)
    if released.draft:
        yield _DRAFT
    if story.advertorial:
        yield _ADVERTORIAL
    yield from _language_parts(material)
    for told in others:
        yield f'<h2 lang="{escape(told.story.language)}">{escape(told.base["headline"])}</h2>'
        yield from _language_parts(told)
    for line in story.corrections:
        day = date_formats.short_date(line.when)
        head = f"Ralat ({escape(day)}):" if day else "Ralat:"
        yield f"<p><strong>{head}</strong> {escape(correction_sentences(press, outlet, line, group))}</p>"
    for reply in replies_of(story):
        answer = reply_values(reply, group)
        who = ", ".join(filter(None, (answer["by"], answer["role"], answer["date"])))
        quoted = "".join(f"<p>{escape(line)}</p>" for line in answer["paragraphs"])
        yield f"<p><strong>Hak jawab ({escape(who)}):</strong></p>\n<blockquote>{quoted}</blockquote>"


def _notice_parts(material: TemplateContext) -> Iterator[str]:
    """What a notice is, also that it is over, and its fact box; as ``_common/tempel.html.j2`` has them."""
    if material.story.kind not in ANNOUNCED:
        return
    base = material.base
    yield f"<p><strong>{escape(base['kind_label'])}</strong></p>"
    lines = [(line["label"], line["text"]) for line in (*base["facts"], *base["details"])]
    if base["valid_until_long"]:
        words = material.labels.get("text", {})
        lines.append((words.get("until", "Berlaku sampai"), base["valid_until_long"]))
    if lines:
        items = (f"<li><strong>{escape(label)}:</strong> {escape(text)}</li>" for label, text in lines)
        yield f"<ul>{''.join(items)}</ul>"


def _withdrawn_html(told: StoryWithdrawal) -> str:
    what = f"Berita “{told.headline}”" if told.headline else "Berita ini"
    day = date_formats.long_date(told.when)
    parts = [f"{what} telah kami cabut{f' pada {day}' if day else ''} dan tidak lagi dimuat.", told.why]
    return "\n".join(f"<p>{escape(part)}</p>" for part in parts if part)
