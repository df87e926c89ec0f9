"""The plan of an export: every file of one story, with the key of all that goes into it. Nothing is made here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from studio.base.errors import UserError, WorkNotice
from studio.export.planning.card_placement import CardMaker, careful_variant, place_photo
from studio.export.planning.catalog_plan import COLLAGE, carousel_contexts, product_slots
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import (
    CardTask,
    FileTarget,
    MotionTask,
    PhotoStrip,
    PhotoTask,
    PictureSlot,
    PlannedText,
    PosterTask,
    PrintTask,
    SlideshowTask,
    StoryPlan,
    Task,
    TextTask,
    VideoTask,
)
from studio.export.planning.file_specs import FileProblem, file_problem
from studio.export.planning.follow_up_posts import CORRECTION_POST, REPLY_POST, correction_posts, reply_posts
from studio.export.planning.group_logo import ready_logo
from studio.export.planning.heard_sound import heard_sound, sound_under_clip
from studio.export.planning.motion_plan import motion_task
from studio.export.planning.page_media import says_other_words
from studio.export.planning.page_plan import plan_page
from studio.export.planning.photo_plan import planned_photos
from studio.export.planning.plan_context import PlanContext, photo_key
from studio.export.planning.slides_pdf import slides_task
from studio.export.planning.slideshow_keys import chosen_photos, slideshow_key
from studio.export.planning.video_keys import video_key
from studio.export.planning.video_specs import ClipInputs, SlideshowInputs, VideoTarget
from studio.export.planning.withdrawal_plan import plan_withdrawal
from studio.posts.card_choice import card_design, card_photo, collage_photos, collage_token, photo_places
from studio.posts.card_layouts import area_pixels
from studio.posts.families import faced_group
from studio.posts.language_editions import LanguageEdition, language_editions
from studio.posts.late_values import MIDDLING
from studio.posts.output_kinds import (
    CardOutput,
    MotionOutput,
    PageOutput,
    PhotoOutput,
    PrintOutput,
    TextOutput,
    VideoOutput,
)
from studio.posts.render_context import RenderContext, is_wanted
from studio.posts.service_files import kind_or_none
from studio.posts.svg import drawn_words, plan_print, plan_svg, sheet_photo, sheet_photo_area
from studio.posts.template_context import build_context
from studio.posts.text_posts import fill_text, lay_out_post, override_key
from studio.store.previews import video_room
from studio.story.clips import kept_pieces, pieces_length
from studio.story.model import Slideshow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.base.i18n import MessageTexts
    from studio.export.planning.photo_plan import PlannedPhoto
    from studio.photo.render import PhotoVariant
    from studio.posts.card_layouts import CardPlace
    from studio.posts.draft_mark import MarkPlace
    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet
    from studio.posts.text_posts import TextPost
    from studio.release.release_gate import ReleasedStory
    from studio.store.story_shelf import StoryShelf
    from studio.story.model import Photo, Story, Video

PHOTO, LOGO = "kim:foto", "kim:logo"
"""What is in an SVG for the photo and the logo until they are put in."""
# Higher than that of exported photos: what is lost here is encoded once more with the card.
_CARD_PHOTO_QUALITY = 93
_MOST_BYTES_PER_SECOND = 3_000_000
"""No 1080p video at constant quality comes near 24 Mbit/s; noise at CRF 21 gave 11 (docs/decisions/disk-room.md)."""
# Seconds taken for a clip of unknown length: so many that no limit of bytes is dropped as out of reach.
_LONG = 3600.0
_SHEET_PIXELS_PER_MM = 200 / 25.4
"""A notice board is read from a metre away: 200 pixels an inch are enough, 300 would double the file."""


class _TaskCollector:
    """Collects tasks; photos and clips gather the outputs of all outlets, so that they share a decode."""

    def __init__(self, context: PlanContext) -> None:
        self.context = context
        """The story in its own language: photos without a strip are the same in all."""
        self.tasks: list[Task] = []
        self.texts: list[PlannedText] = []
        self.photos: dict[str, tuple[Photo, list[tuple[FileTarget, PhotoVariant]]]] = {}
        self.strips: dict[str, PhotoStrip] = {}
        self.videos: dict[tuple[str, str], tuple[PlanContext, Video, list[tuple[FileTarget, VideoTarget]]]] = {}
        self.shows: dict[str, tuple[PlanContext, list[tuple[FileTarget, VideoTarget]]]] = {}

    def text(self, text: PlannedText) -> None:
        self.texts.append(text)
        self.tasks.extend(text.tasks)

    def once(self, task: PrintTask | MotionTask) -> None:
        """A sheet or moving card; one that shows what another outlet's shows is made once."""
        for at, other in enumerate(self.tasks):
            if isinstance(other, PrintTask | MotionTask) and other.target.key == task.target.key:
                self.tasks[at] = replace(other, copies=(*other.copies, task.target))
                return
        self.tasks.append(task)

    def photo(self, photo: Photo, target: FileTarget, variant: PhotoVariant) -> None:
        self.photos.setdefault(photo.id, (photo, []))[1].append((target, variant))

    def several_photos(self, planned: Iterable[PlannedPhoto]) -> None:
        for photo, target, variant, strip in planned:
            self.photo(photo, target, variant)
            if strip is not None:
                self.strips[target.key] = strip

    def video(self, context: PlanContext, video: Video, target: FileTarget, wish: VideoTarget) -> None:
        key = (context.material.translation, video.id)
        self.videos.setdefault(key, (context, video, []))[2].append((target, wish))

    def show(self, context: PlanContext, target: FileTarget, wish: VideoTarget) -> None:
        self.shows.setdefault(context.material.translation, (context, []))[1].append((target, wish))

    def finish(self) -> tuple[Task, ...]:
        """All tasks: quick ones first, so that the texts are there while a video is still being encoded."""
        context = self.context
        photos = [
            PhotoTask(
                context.media / photo.file,
                photo,
                tuple(jobs),
                context.item_metadata(photo),
                context.photo_mark(photo),
                tuple((target.key, self.strips[target.key]) for target, _ in jobs if target.key in self.strips),
            )
            for photo, jobs in self.photos.values()
        ]
        videos = [VideoTask(_clip_inputs(told, video), tuple(jobs)) for told, video, jobs in self.videos.values()]
        shows = [SlideshowTask(_slideshow_inputs(told), tuple(jobs)) for told, jobs in self.shows.values()]
        return (*self.tasks, *photos, *videos, *shows)


def _slideshow_inputs(context: PlanContext) -> SlideshowInputs:
    story = context.material.story
    photos = tuple((photo.id, context.media / photo.file) for photo in chosen_photos(story))
    sound, _ = heard_sound(context.media, story.slideshow or Slideshow())
    return SlideshowInputs(
        story, photos, sound, faced_group(story, context.material.group), context.work / "slideshow", context.logo
    )


def plan_release(
    workspace: StoryShelf,
    released: ReleasedStory,
    press: RenderContext,
    outlets: Iterable[Outlet],
    texts: MessageTexts,
    mark: MarkPlace = "across",
) -> StoryPlan:
    """Plan what the gate let out; of a story that was taken back only the notice of that is made.

    Args and result are those of ``plan_story``.
    """
    if released.withdrawal is not None:
        return plan_withdrawal(workspace, released, press, outlets, texts)
    folder, story = released.folder, released.story
    draft, past = released.draft, released.past
    plan = plan_story(workspace, folder, story, press, outlets, texts, draft=draft, past=past, mark=mark)
    lost = [file_problem(name, "", UserError("product.photo_lost", file=name), texts) for name in released.lost_photos]
    return replace(plan, problems=(*plan.problems, *lost)) if lost else plan


def plan_story(
    workspace: StoryShelf,
    folder: str,
    story: Story,
    press: RenderContext,
    outlets: Iterable[Outlet],
    texts: MessageTexts,
    *,
    draft: bool = False,
    past: bool = False,
    mark: MarkPlace = "across",
) -> StoryPlan:
    """Plan one story for some outlets.

    Args:
        workspace: open; only paths and the group's profile are used.
        folder: the story's folder.
        story: as loaded.
        press: the template packs, ready to print.
        outlets: where to.
        texts: language of the problems.
        draft: whether every post but the bare photos carries the mark of a draft.
        past: whether it is a notice that is over, and its posts say so.
        mark: where the mark of a draft lies on pictures.

    Returns:
        Tasks whose keys hold everything that goes into each file, and a problem for each output whose template fails.
    """
    context = story_context(workspace, folder, story, press, draft=draft, past=past, mark=mark)
    return plan_outlets(context, outlets, texts)


def story_context(
    workspace: StoryShelf,
    folder: str,
    story: Story,
    press: RenderContext,
    *,
    draft: bool = False,
    past: bool = False,
    mark: MarkPlace = "across",
) -> PlanContext:
    """What planning the story needs; args as for ``plan_story``."""
    found = ready_logo(workspace)
    logo, logo_key = (found.mark, found.digest) if found else (None, "")
    material = build_context(
        story,
        workspace.group,
        press.catalog.labels,
        folder,
        draft=draft,
        past=past,
        service=kind_or_none(workspace.path, story.service),
    )
    work = video_room(workspace.path, folder)
    # Paths are only given for files; of any name, the folder is the same.
    return PlanContext(
        press, replace(material, mark=mark), workspace.media_path(folder, "x").parent, logo, logo_key, work
    )


def plan_outlets(context: PlanContext, outlets: Iterable[Outlet], texts: MessageTexts) -> StoryPlan:
    """Plan some outlets of a story that was made ready; see ``plan_story``."""
    plan = _TaskCollector(context)
    problems: list[FileProblem] = []
    story = context.material.story
    told = {story.language: context}
    for outlet in outlets:
        # Most stories are told in one language only.
        editions = language_editions(outlet, story) if story.texts else (LanguageEdition(outlet, story.language),)
        for edition in editions:
            if edition.language not in told:
                told[edition.language] = context.in_language(edition.language)
            problems += _plan_edition(plan, told[edition.language], edition, texts)
        if story.corrections or story.right_of_reply:
            problems += _plan_follow_ups(plan, context, outlet, texts)
    return StoryPlan(plan.finish(), tuple(problems), tuple(plan.texts))


def _plan_follow_ups(
    plan: _TaskCollector, context: PlanContext, outlet: Outlet, texts: MessageTexts
) -> Iterator[FileProblem]:
    """Plan what follows a story where it has appeared; one that cannot be made leaves the other alone."""
    for file, posts in ((CORRECTION_POST, correction_posts), (REPLY_POST, reply_posts)):
        try:
            plan.tasks.extend(posts(context.press, context.material, outlet))
        except UserError as error:
            yield file_problem(f"{outlet.id}/{file}", outlet.id, error, texts)


def _plan_edition(
    plan: _TaskCollector, context: PlanContext, edition: LanguageEdition, texts: MessageTexts
) -> Iterator[FileProblem]:
    """Plan an outlet in one language; a problem for each output that cannot be planned."""
    outlet = edition.outlet
    for output in outlet.outputs:
        if not _is_made(context, output):
            continue
        try:
            _plan_output(plan, context, edition, output)
        except OSError:
            raise  # the drive, which is no bug and no matter of one file
        except Exception as error:  # a bug in one file stops no other, no more than a broken template does
            yield file_problem(f"{outlet.id}/{output.name()}", outlet.id, error, texts)


def _is_made(context: PlanContext, output: Output) -> bool:
    material = context.material
    return is_wanted(output, material.story, quote=material.quote is not None, cards=material.group.moving_cards)


def _plan_output(plan: _TaskCollector, context: PlanContext, edition: LanguageEdition, output: Output) -> None:
    outlet = edition.outlet
    match output:
        case TextOutput():
            plan.text(_plan_text(context, outlet, output))
        case PhotoOutput():
            plan.several_photos(planned_photos(plan.context, context, edition, output))
        case CardOutput() if output.numbered:
            for number, about in enumerate(carousel_contexts(context), 1):
                plan.tasks.append(card_task(about, outlet, output, number))
        case CardOutput():
            plan.tasks.append(card_task(context, outlet, output))
        case PrintOutput() | MotionOutput():
            plan.once(_shared_task(context, outlet, output))
        case PageOutput():
            texts, pictures = plan_page(context, plan.context.material.story, edition, output)
            plan.tasks.extend(texts)
            for photo, path, variant in pictures:
                key = plan.context.photo_key(photo, variant)
                plan.photo(photo, FileTarget(path, outlet.id, "photo", key), variant)
        case VideoOutput():
            _plan_videos(plan, context, edition, output)
        case _:
            assert_never(output)


def _shared_task(context: PlanContext, outlet: Outlet, output: PrintOutput | MotionOutput) -> PrintTask | MotionTask:
    if isinstance(output, MotionOutput):
        return motion_task(context, outlet, output, card_task)
    if output.slides:
        return slides_task(context, outlet, output, card_task)
    return _print_task(context, outlet, output)


def _plan_text(context: PlanContext, outlet: Outlet, output: TextOutput) -> PlannedText:
    filled = fill_text(context.press, outlet, output, context.material)
    post = lay_out_post(filled, outlet, output, draft=context.material.draft)
    tasks = tuple(_text_tasks(post, outlet, output))
    return PlannedText(outlet, output, filled, post, tasks, override_key(outlet, output, context.material))


def _text_tasks(post: TextPost, outlet: Outlet, output: TextOutput) -> Iterator[TextTask]:
    for number, file in enumerate(post.files):
        target = FileTarget(
            f"{outlet.id}/{file.name}",
            outlet.id,
            "text",
            key_of("text", (file.content, output.limit, output.count)),
            length=file.length,
            limit=output.limit,
            count=output.count,
            # What concerns all of the thread stands with its first post; what concerns one post stands with it.
            notices=tuple(n for n in post.notices if n.facts.get("file") == file.name or not number),
        )
        yield TextTask(target, file.content)


def cut_sheet_photo(context: PlanContext, size: tuple[int, int], photo: Photo | None) -> tuple[PictureSlot, ...]:
    """The photo of a sheet, cut to ``size`` pixels; none where there is none."""
    if photo is None:
        return ()
    variant = careful_variant(photo, size, _CARD_PHOTO_QUALITY)
    return (PictureSlot(PHOTO, context.media / photo.file, photo, variant),)


def _pictures_key(context: PlanContext, slots: tuple[PictureSlot, ...]) -> object:
    from studio.photo.metadata import PictureMetadata

    return [photo_key(slot.photo, slot.variant, PictureMetadata()) for slot in slots], context.logo_key


def _slot_tokens(context: PlanContext, slots: tuple[PictureSlot, ...]) -> dict[str, str]:
    tokens = {slot.name: slot.token for slot in slots}
    return {"photo": "", **tokens, "logo": LOGO if context.logo else ""}


def card_task(context: PlanContext, outlet: Outlet, output: CardOutput, number: int = 1) -> CardTask:
    """One card of what ``context`` is about; ``number`` is its place in a row of cards."""
    design = card_design(context.press, outlet, output, context.material)
    photo = card_photo(context.material, design)
    place, slots = _card_photo(context, outlet, output, design)
    slots += product_slots(context, COLLAGE) + _collage_slots(context, outlet, design, output)
    late = plan_svg(context.press, outlet, output, context.material, _slot_tokens(context, slots), place)
    svg = late.with_luminance(MIDDLING)
    shown = [photo for photo, _ in collage_photos(context.press, outlet, design, output.size, context.material)]
    metadata = replace(context.card_metadata(photo, shown), alt=drawn_words(svg))
    inputs = (svg, _pictures_key(context, slots), output.size, output.quality, output.max_bytes, metadata)
    target = FileTarget(f"{outlet.id}/{output.name(number)}", outlet.id, "card", key_of("card", inputs))
    return CardTask(target, outlet, output, context.press, context.material, slots, context.logo, metadata, late, place)


def _collage_slots(context: PlanContext, outlet: Outlet, design: str, output: CardOutput) -> tuple[PictureSlot, ...]:
    """The photos of a card that shows several, each cut to its cell."""
    made = []
    for number, (photo, cell) in enumerate(
        collage_photos(context.press, outlet, design, output.size, context.material)
    ):
        variant = careful_variant(photo, area_pixels(cell, output.size), _CARD_PHOTO_QUALITY)
        token, name = f"kim:kolase-{number};", collage_token(photo)
        made.append(PictureSlot(token, context.media / photo.file, photo, variant, name))
    return tuple(made)


def _card_photo(
    context: PlanContext, outlet: Outlet, output: CardOutput, design: str
) -> tuple[CardPlace, tuple[PictureSlot, ...]]:
    """Where the photo of a card goes, and the photo cut to it."""
    photo = card_photo(context.material, design)
    places = photo_places(context.press, design or output.template, output.size, context.material, outlet)
    if photo is None:
        return places[0], ()
    tokens = {"photo": PHOTO, "logo": LOGO if context.logo else ""}

    def fill(place: CardPlace) -> str:
        return plan_svg(context.press, outlet, output, context.material, tokens, place).text

    found = place_photo(photo, CardMaker(places, output.size, fill, _CARD_PHOTO_QUALITY))
    return found.place, (PictureSlot(PHOTO, context.media / photo.file, found.photo, found.variant),)


def _print_task(context: PlanContext, outlet: Outlet, output: PrintOutput) -> PrintTask:
    name = output.template.rpartition("/")[2].partition(".")[0]
    width, height = sheet_photo_area(context.press, name)
    pixels = (round(width * _SHEET_PIXELS_PER_MM), round(height * _SHEET_PIXELS_PER_MM))
    slots = cut_sheet_photo(context, pixels, sheet_photo(context.material, output)) + product_slots(context, pixels)
    sheet = plan_print(context.press, outlet, output, context.material, _slot_tokens(context, slots))
    inputs = (*(page.with_luminance(MIDDLING) for page in sheet.pages), _pictures_key(context, slots), output.size)
    target = FileTarget(
        f"{outlet.id}/{output.name_for(context.material.story.id)}", outlet.id, "print", key_of("print", inputs)
    )
    return PrintTask(target, outlet, output, context.press, context.material, slots, context.logo, sheet)


def _plan_videos(plan: _TaskCollector, context: PlanContext, edition: LanguageEdition, output: VideoOutput) -> None:
    """All clips where the file's name has a number, else the first, for one place; without a clip the slideshow.

    What shows no other words in another language is the same video, and a further edition goes without.
    """
    original, told, outlet = plan.context.material.story, context.material.story, edition.outlet
    clips = told.videos[: output.max or None] if output.numbered else told.videos[:1]
    for number in range(1, max(1, len(clips)) + 1):
        about = context if says_other_words(original, told, number) else plan.context
        if edition.folder and about is plan.context:
            continue
        if clips:
            _plan_clip(plan, about, outlet, output, number)
        else:
            _plan_show(plan, about, outlet, output)


def _plan_show(plan: _TaskCollector, context: PlanContext, outlet: Outlet, output: VideoOutput) -> None:
    art, story = context.video_art_keys(), context.material.story
    wish = _video_target(output, 0.0, draft=context.material.draft)
    key = key_of("video", slideshow_key(story, wish, faced_group(story, context.material.group), art))
    _, told = heard_sound(context.media, story.slideshow or Slideshow())
    plan.show(context, FileTarget(f"{outlet.id}/{output.name()}", outlet.id, "video", key, notices=told), wish)


def _plan_clip(plan: _TaskCollector, context: PlanContext, outlet: Outlet, output: VideoOutput, number: int) -> None:
    art = context.video_art_keys()
    story, video = context.material.story, context.material.story.videos[number - 1]
    group = faced_group(story, context.material.group)
    wish = _video_target(output, video.seconds, draft=context.material.draft)
    key = key_of("video", video_key(story, video, wish, group, art))
    notices = advise_length(outlet, output, pieces_length(kept_pieces(video)))
    notices += sound_under_clip(context.media, video)[1]
    target = FileTarget(f"{outlet.id}/{output.name(number)}", outlet.id, "video", key, notices=notices)
    plan.video(context, video, target, wish)
    if output.poster and video.poster is not None:
        target = FileTarget(
            f"{outlet.id}/{output.poster_name(number)}", outlet.id, "poster", key_of("poster", (key, video.poster))
        )
        plan.tasks.append(PosterTask(target, _clip_inputs(context, video), wish, context.item_metadata(video)))


def advise_length(outlet: Outlet, output: VideoOutput, seconds: float) -> tuple[WorkNotice, ...]:
    """That a clip is longer than the platform advises."""
    advised = output.advised_seconds
    if not advised or seconds <= advised:
        return ()
    facts = {"outlet": outlet.name, "advised": f"{advised:g}", "seconds": round(seconds)}
    return (WorkNotice("export.advised_length", facts),)


def _clip_inputs(context: PlanContext, video: Video) -> ClipInputs:
    source, work = context.media / video.file, context.work / video.id
    story = context.material.story
    sound, _ = sound_under_clip(context.media, video)
    group = faced_group(story, context.material.group)
    return ClipInputs(source, story, video, group, work, context.logo, sound=sound)


def _video_target(output: VideoOutput, seconds: float, *, draft: bool) -> VideoTarget:
    """What an outlet wants of a clip that is ``seconds`` long (0: unknown)."""
    width, height = output.size
    # A limit that a video of this length cannot reach is none; without it outlets share a decode.
    length = min(seconds or _LONG, output.max_seconds or _LONG)
    limit = output.max_bytes if (output.max_bytes or 0) < length * _MOST_BYTES_PER_SECOND else None
    # Even, as yuv420p halves both sides of its colour planes.
    size = (width - width % 2, height - height % 2)
    return VideoTarget(size, output.max_seconds, limit, output.min_seconds, output.fps, output.subtitles, draft)
