"""What an outlet will show, made by the code of the export: the same plan, the same painting, at the size of a screen.

Everything has the key of its file in the export, but for the mark of a draft, here in a corner. What was made once for
a key is kept, so that a changed headline paints the cards again and touches no photo. Qt-free; made to be called in a
worker, by one thread at a time.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from studio.base.errors import UserError
from studio.base.pixel_data import Pixels
from studio.export.planning.export_tasks import (
    CardTask,
    MotionTask,
    PhotoTask,
    PosterTask,
    PrintTask,
    SlideshowTask,
    TextTask,
    VideoTask,
)
from studio.posts.counting import count
from studio.posts.output_kinds import PrintOutput
from studio.preview.photo_pictures import photo_picture, preview_key, scaled_size, shown_picture
from studio.preview.preview_results import OutletPictures, OutletTexts, PostPicture, PostText
from studio.store.story_shelf import today_of
from studio.story.expiry import is_past

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.checks.readiness import StoryReadiness
    from studio.export.planning.export_tasks import FileTarget, PlannedText, Task
    from studio.export.planning.plan_context import PlanContext
    from studio.export.rendering.card_pictures import CardPictures
    from studio.paint.image import PaintedArt
    from studio.posts.catalog import OutletCatalog
    from studio.posts.counting import Unit
    from studio.posts.output_kinds import OutputKind
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story

T = TypeVar("T")
_MOST_KEPT = 96 * 1024 * 1024
"""Bytes of pictures kept: some hundred at the size of a phone's screen."""
_SHEET_ACROSS = 1.75
"""A printed sheet is painted larger than a phone is wide: it is read, and it is what A4 looks like beside one."""
_NO_FOLDER = "berita"


class PreviewCache:
    """Pictures by key; the least used go when there are too many. Belongs to one worker."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], tuple[Any, int]] = OrderedDict()
        self._size = 0
        self.made = 0
        """How many were made so far: what a test or a benchmark looks at."""

    def get(self, key: tuple[object, ...], make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value of a key, made when it is not there."""
        if key in self._kept:
            self._kept.move_to_end(key)
            found: T = self._kept[key][0]
            return found
        value = make()
        self.made += 1
        self._kept[key] = (value, size(value))
        self._size += size(value)
        # The last one stays even if it alone is too large, or it would be painted again at every look.
        while self._size > self._most and len(self._kept) > 1:
            self._size -= self._kept.popitem(last=False)[1][1]
        return value


@dataclass(frozen=True, slots=True)
class _StoryVersion:
    """A story between two edits: what the gate says, what planning needs, and the texts made so far.

    ``made_for`` names what else decides: folder, group, logo and the group's day.
    """

    story: Story
    made_for: tuple[str, Group, object, str]
    verdict: StoryReadiness
    context: PlanContext
    texts: dict[str, OutletTexts] = field(default_factory=dict)


class OutletPreviewer:
    """Makes the previews of a workspace's stories.

    Args:
        workspace: open; for media, logo and the group's profile.
        templates: the built-in packs; those of the workspace come on top.
        texts: language of what is said about outputs that fail.
    """

    def __init__(self, workspace: Workspace, templates: Path, texts: MessageTexts) -> None:
        self._workspace = workspace
        self._templates = templates
        self._texts = texts
        self._press: RenderContext | None = None
        self._version: _StoryVersion | None = None
        self.cache = PreviewCache()

    @property
    def catalog(self) -> OutletCatalog:
        """The outlets."""
        return self._render_context().catalog

    def reload_packs(self) -> None:
        """Read the packs again: one came in or went."""
        self._press = self._version = None

    def _render_context(self) -> RenderContext:
        from studio.posts.catalog import load_catalog
        from studio.posts.render_context import RenderContext

        if self._press is None:
            self._press = RenderContext(load_catalog(self._templates, self._workspace.templates_dir))
        return self._press

    def _version_at(self, folder: str, story: Story) -> _StoryVersion:
        """The story as it is now, made ready once for all that is asked of it."""
        from studio.release.release_gate import judge_here

        group, logo = self._workspace.group, self._workspace.logo.current_logo
        known, made_for = self._version, (folder, group, logo, today_of(self._workspace))
        if known is None or known.story is not story or known.made_for != made_for:
            verdict = judge_here(self._workspace, story, folder)
            context = self._other_context(folder, story, draft=verdict.draft)
            known = self._version = _StoryVersion(story, made_for, verdict, context)
        return known

    def verdict(self, story: Story, folder: str = "") -> StoryReadiness:
        """What the gate of the export says about a story: whether it comes out as a draft, and what refuses it."""
        return self._version_at(folder, story).verdict

    # --------------------------------------------------------------------------------------------- texts

    def texts(self, folder: str, story: Story, outlets: Sequence[str] = ()) -> tuple[OutletTexts, ...]:
        """The texts of some outlets (all when none is named), as they will be exported; each is made once.

        Args:
            folder: of the story; "" for one that is not on disk yet.
            story: as it is now.
            outlets: ids; unknown ones are passed by.
        """
        version = self._version_at(folder, story)
        chosen = [outlet for outlet in self.catalog.outlets if not outlets or outlet.id in outlets]
        for outlet in chosen:
            if outlet.id not in version.texts:
                version.texts[outlet.id] = self._outlet_texts(version.context, outlet)
        return tuple(version.texts[outlet.id] for outlet in chosen)

    def _outlet_texts(self, context: PlanContext, outlet: Outlet) -> OutletTexts:
        from studio.export.planning.story_plan import plan_outlets

        plan = plan_outlets(context, [_only_kinds(outlet, "text")], self._texts)
        made = tuple(_post_text(text, draft=context.material.draft) for text in plan.texts if text.tasks)
        return OutletTexts(outlet, made, tuple(problem.text for problem in plan.problems))

    # --------------------------------------------------------------------------------------------- pictures

    def pictures(
        self, folder: str, story: Story, outlet_id: str, across: int, progress: Progress, *, page: bool = True
    ) -> OutletPictures:
        """Photos, cards, sheets and video stills of an outlet.

        Args:
            folder: of the story.
            story: as it is now.
            outlet_id: one that exists.
            across: width of the screen they are for, in pixels.
            progress: called before each picture; may raise ``WorkCancelled``.
            page: whether the HTML of a website's page is wanted too.

        Raises:
            UserError: there is no such outlet.
            WorkCancelled: from ``progress``.
        """
        from studio.export.planning.story_plan import plan_outlets

        outlet = self.catalog.outlet(outlet_id)
        only = _only_kinds(outlet, "photo", "card", "print", "video", "motion", *(("page",) if page else ()))
        plan = plan_outlets(self._version_at(folder, story).context, [only], self._texts)
        jobs = [job for task in plan.tasks for job in _picture_tasks(task)]
        made: list[PostPicture] = []
        for number, (task, target) in enumerate(jobs):
            progress.report(number, len(jobs), target.path)
            made.append(self._task_picture(task, target, across))
        order = {
            output.name_for(story.id) if isinstance(output, PrintOutput) else output.file: at
            for at, output in enumerate(outlet.outputs)
        }
        # Photos, whose names have numbers, come first; other languages last, each in its folder.
        order |= {name: len(order) for name in (p.path.partition("/")[2] for p in made) if _folder(name) in story.texts}
        made.sort(key=lambda picture: (order.get(picture.path.partition("/")[2], -1), picture.path))
        html = next((t.content.decode() for t in plan.tasks if isinstance(t, TextTask) and _is_page(t.target)), "")
        return OutletPictures(outlet, tuple(made), html, tuple(problem.text for problem in plan.problems))

    def designs(
        self, folder: str, story: Story, outlet_id: str, file: str, across: int, progress: Progress
    ) -> Iterator[tuple[str, PostPicture]]:
        """One card of a story in every design that makes sense for it.

        Args:
            folder: of the story.
            story: as it is now.
            outlet_id: one that exists.
            file: of the card among its outputs.
            across: width in pixels.
            progress: called before each design; may raise ``WorkCancelled``.

        Yields:
            The design's name and the card, as each is painted.

        Raises:
            UserError: there is no such outlet.
        """
        from msgspec.structs import replace as with_fields

        designs, draft = self._render_context().catalog.designs, self.verdict(story, folder).draft
        for number, design in enumerate(designs):
            progress.report(number, len(designs), design)
            told = with_fields(story, outlet_languages={}, designs={f"{outlet_id}/{file}": design})
            made = self._one_card(self._other_context(folder, told, draft=draft), outlet_id, file, across, design)
            if made is not None:  # else a quotation, verdict or photo that the story does not have
                yield design, made

    def families(
        self, folder: str, story: Story, outlet_id: str, file: str, across: int, progress: Progress
    ) -> Iterator[tuple[str, PostPicture]]:
        """One card of a story in every design family; arguments and errors as of ``designs``.

        Yields:
            The family's id and the card, as each is painted.
        """
        from msgspec.structs import replace as with_fields

        families, draft = tuple(self._render_context().catalog.families), self.verdict(story, folder).draft
        for number, family in enumerate(families):
            progress.report(number, len(families), family)
            told = self._other_context(folder, with_fields(story, family=family), draft=draft)
            made = self._one_card(told, outlet_id, file, across)
            if made is not None:
                yield family, made

    def _other_context(self, folder: str, story: Story, *, draft: bool) -> PlanContext:
        """The context of a story; a draft has its mark in a corner, as pictures are judged here."""
        from studio.export.planning.story_plan import story_context

        past, place = is_past(story, today_of(self._workspace)), folder or _NO_FOLDER
        return story_context(
            self._workspace, place, story, self._render_context(), draft=draft, past=past, mark="corner"
        )

    def _one_card(
        self, context: PlanContext, outlet_id: str, file: str, across: int, design: str = ""
    ) -> PostPicture | None:
        """A card of a story as it would be made; None when it does not get the ``design`` that was asked for."""
        from msgspec.structs import replace as with_fields

        from studio.export.planning.story_plan import plan_outlets
        from studio.posts.card_choice import card_design

        press, outlet = self._render_context(), self.catalog.outlet(outlet_id)
        only = replace(outlet, outputs=(with_fields(outlet.card(file), when=""),))
        if design and card_design(press, only, only.card(file), context.material) != design:
            return None
        for task in plan_outlets(context, [only], self._texts).tasks:
            for one, target in _picture_tasks(task):
                return self._task_picture(one, target, across)
        return None

    def _task_picture(self, task: Task, target: FileTarget, across: int) -> PostPicture:
        key = (preview_key(task, target, across), target.kind, across)
        try:
            return replace(
                self.cache.get(key, lambda: self._painted_picture(task, target, across), _picture_weight),
                path=target.path,
                key=target.key,
                notices=target.notices,
            )
        except UserError as error:
            return PostPicture(target.path, target.kind, target.key, (0, 0), None, error=error)

    def _painted_picture(self, task: Task, target: FileTarget, across: int) -> PostPicture:
        from studio.export.rendering.video_stills import video_still

        match task:
            case PhotoTask():
                return photo_picture(task, target, across)
            case CardTask():
                return self._card_picture(task, target, across)
            case PrintTask():
                return self._sheet_picture(task, target, across)
            case VideoTask():
                wish = next(wish for other, wish in task.jobs if other == target)
                still = video_still(task.clip, wish, scaled_size(wish.size, across), "corner")
                video = task.clip.video
                return shown_picture(target, wish.size, Pixels(*still), photo=video.id, seconds=video.seconds)
            case PosterTask():
                still = video_still(task.clip, task.wish, scaled_size(task.wish.size, across), "corner")
                return shown_picture(target, task.wish.size, Pixels(*still), photo=task.clip.video.id)
            case SlideshowTask() | MotionTask():
                return _show_picture(task, target, across)
            case TextTask():
                raise ValueError(target.path)

    def _cut_photo(self, task: CardTask | PrintTask, across: int, whole: int) -> CardPictures:
        """The photo inside a card, cut for the size it is shown in."""
        from studio.export.planning.plan_context import photo_key
        from studio.export.rendering.card_pictures import pictures_of
        from studio.photo.metadata import PictureMetadata

        slots = tuple(
            replace(slot, variant=replace(slot.variant, size=scaled_size(slot.variant.size, across, whole), quality=88))
            for slot in task.slots
        )
        key = ("cut", str(task.logo), *(photo_key(slot.photo, slot.variant, PictureMetadata()) for slot in slots))
        return self.cache.get(
            key, lambda: pictures_of(replace(task, slots=slots)), lambda it: sum(map(len, it.uris.values()))
        )

    def _kept_art(self, key: tuple[object, ...], make: Callable[[], PaintedArt]) -> PaintedArt:
        return self.cache.get(key, make, lambda art: art.weight)

    def _card_picture(self, task: CardTask, target: FileTarget, across: int) -> PostPicture:
        from studio.export.rendering.card_pictures import card_svg
        from studio.paint.image import paint_rgb

        size = task.output.size
        svg = card_svg(task, self._cut_photo(task, across, size[0]))
        key = ("svg", hashlib.sha256(svg.encode()).digest(), size, across)  # a card that looks the same stays

        def paint() -> Pixels:
            painted = paint_rgb(svg, *scaled_size(size, across), self._kept_art)
            return Pixels(painted.width, painted.height, painted.rgb)

        return shown_picture(target, size, self.cache.get(key, paint, lambda pixels: len(pixels.rgb)))

    def _sheet_picture(self, task: PrintTask, target: FileTarget, across: int) -> PostPicture:
        from studio.export.rendering.card_pictures import filled_sheet
        from studio.paint.pdf import flow_rgb

        width, height = task.output.size
        wide = round(across * _SHEET_ACROSS)
        sheet = filled_sheet(task, self._cut_photo(task, wide, task.slots[0].variant.size[0] if task.slots else wide))
        painted, pages = flow_rgb(sheet.first, sheet.following, wide, round(wide * height / width), self._kept_art)
        picture = shown_picture(target, task.output.size, Pixels(painted.width, painted.height, painted.rgb))
        return replace(picture, pages=pages + len(sheet.more))


# ------------------------------------------------------------------------------------------------ helpers


def _post_text(text: PlannedText, *, draft: bool) -> PostText:
    from studio.posts.text_posts import lay_out_post

    # Shown without the mark of a draft; laying out measures every post of a thread, so it is done again only for that.
    post = lay_out_post(text.filled, text.outlet, text.output, draft=False) if draft else text.post
    files = tuple((_target_name(task.target), task.content.decode("utf-8").removesuffix("\n")) for task in text.tasks)
    notices = tuple(notice for task in text.tasks for notice in task.target.notices)
    return PostText(text.key, text.output, post, files, notices)


def _picture_tasks(task: Task) -> Iterator[tuple[Task, FileTarget]]:
    """Every picture of a task, each with a task of its own."""
    match task:
        case PhotoTask():
            for job in task.jobs:
                yield replace(task, jobs=(job,)), job[0]
        case CardTask() | PrintTask() | PosterTask():
            yield task, task.target
        case VideoTask() | SlideshowTask():
            for target, _ in task.jobs:
                yield task, target
        case MotionTask():
            for target in task.targets:
                yield task, target
        case TextTask():
            return


def _show_picture(task: SlideshowTask | MotionTask, target: FileTarget, across: int) -> PostPicture:
    """The cover of what is made without a clip."""
    from studio.export.rendering.motion_videos import motion_still
    from studio.export.rendering.video_stills import slideshow_still

    if isinstance(task, MotionTask):
        still = motion_still(task, scaled_size(task.wish.size, across))
        return shown_picture(target, task.wish.size, still, seconds=task.timeline.seconds)
    wish = next(wish for other, wish in task.jobs if other == target)
    still = slideshow_still(task.show, wish, scaled_size(wish.size, across), "corner")
    return shown_picture(target, wish.size, Pixels(*still), seconds=1.0)


def _picture_weight(picture: PostPicture) -> int:
    return len(picture.pixels.rgb) if picture.pixels else 0


def _only_kinds(outlet: Outlet, *kinds: OutputKind) -> Outlet:
    """The outlet with its outputs of some kinds alone."""
    return replace(outlet, outputs=tuple(output for output in outlet.outputs if output.kind in kinds))


def _target_name(target: FileTarget) -> str:
    return target.path.partition("/")[2]


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _is_page(target: FileTarget) -> bool:
    return target.kind == "page" and target.path.endswith(".html")


def ends_at(text: str, limit: int, unit: Unit) -> int:
    """Where a text that is too long has to end: the largest number of code points within ``limit``.

    Args:
        text: any text.
        limit: in ``unit``; 0 for none.
        unit: how the outlet counts.
    """
    if not limit or count(text, unit) <= limit:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(text[:middle], unit) <= limit else (low, middle - 1)
    return low


def made_base(made: str) -> str:
    """The hash of a made text, as ``TextOverride.base`` has it."""
    return hashlib.sha256(made.encode("utf-8", "replace")).hexdigest()[:16]
