"""Stories on paper: the folded bulletin, posters put together from A4 sheets, and sheets for the notice board.

Two steps: ``gather_paper`` asks the gate for every story and makes its photos ready (no Qt: for a worker),
``set_paper`` sets the type (Qt: for the window's thread). Nothing is kept from one printing to the next.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from studio.base.data_uri import data_uri
from studio.base.errors import UserError, WorkNotice
from studio.base.paths import templates_dir
from studio.base.progress import SilentProgress
from studio.documents.bulletin_pages import (
    LEAD_PHOTO,
    SMALL_PHOTO,
    BulletinArticle,
    BulletinFrame,
    BulletinNotice,
    lay_out,
)
from studio.documents.ink_saving import save_ink
from studio.export.planning.export_tasks import PrintTask
from studio.export.planning.group_logo import ready_mark
from studio.export.planning.story_plan import cut_sheet_photo, plan_release, story_context
from studio.export.rendering.card_pictures import filled_sheet, pictures_of
from studio.posts.catalog import load_catalog
from studio.posts.draft_mark import on_text
from studio.posts.output_kinds import PrintOutput, TextOutput
from studio.posts.render_context import RenderContext
from studio.posts.svg import sheet_photo
from studio.posts.template_context import outlet_context
from studio.posts.text_posts import fill_text
from studio.posts.web_addresses import site_address
from studio.release.cross_story_protection import protected_everywhere, release_beside
from studio.store.story_shelf import today_of
from studio.story.date_formats import full_date
from studio.story.expiry import is_past, last_day
from studio.story.model import ANNOUNCED, Story
from studio.story.story_status import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.planning.plan_context import PlanContext
    from studio.group.bulletins import PageCount
    from studio.paint.imposition import PaperSide, SidePainter
    from studio.paint.sheet import PaintSheet
    from studio.posts.draft_mark import MarkPlace
    from studio.posts.packs import Outlet
    from studio.posts.svg import PrintSheet
    from studio.release.cross_story_protection import Neighbours
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Group

PaperKind = Literal["bulletin", "sheet", "a3", "a3-full", "a2", "a2-full"]
PAPER_KINDS: tuple[PaperKind, ...] = get_args(PaperKind)
_SHEETS: Mapping[PaperKind, tuple[str, str]] = {
    "sheet": ("mading", "mading.pdf"),
    "a3": ("lembaran", "poster-a4.pdf"),
    "a3-full": ("lembaran", "poster-a4.pdf"),
    "a2": ("lembaran", "poster-a4.pdf"),
    "a2-full": ("lembaran", "poster-a4.pdf"),
}
"""Which output of which outlet a kind is made from."""
_SHEET_OUTLET = "mading"
_BODY = TextOutput(file="isi.txt", template="_common/buletin_isi.txt.j2")
_PIXELS_PER_POINT = 200 / 72
_PHOTO_QUALITY = 85


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is to be printed.

    Attributes:
        kind: what it becomes.
        stories: folders in order.
        title, issue: of a bulletin; "" takes the usual title.
        pages: of a bulletin; 0 as many as needed.
        services: of a bulletin: with all notices of the workspace that are not over.
        ink_saving: without grounds of colour.
    """

    kind: PaperKind
    stories: tuple[str, ...]
    title: str = ""
    issue: str = ""
    pages: PageCount = 0
    services: bool = True
    ink_saving: bool = False


@dataclass(frozen=True, slots=True)
class PaperMaterial:
    """What the gate let out for a printing, with its photos; and why the rest is not in it.

    ``mark`` says where the mark of a draft lies: on the screen it hides nothing of what is judged.
    """

    wish: PaperWish
    group: Group
    articles: tuple[BulletinArticle, ...] = ()
    notices: tuple[BulletinNotice, ...] = ()
    sheets: tuple[PrintSheet, ...] = ()
    words: Mapping[str, str] | None = None
    logo: str = ""
    troubles: tuple[UserError | WorkNotice, ...] = ()
    mark: MarkPlace = "across"


@dataclass(frozen=True, slots=True)
class PaperJob:
    """Sides of paper, ready to print.

    Attributes:
        sides: in the order they are printed.
        title: of the document.
        author: the group.
        pages: of the bulletin, or how many sides there are.
        duplex: whether both sides of the paper are printed, turned over the short edge.
        troubles: what is missing, and why.
    """

    sides: tuple[PaperSide, ...]
    title: str
    author: str
    pages: int
    duplex: bool
    troubles: tuple[UserError | WorkNotice, ...]

    @property
    def papers(self) -> int:
        """Sheets of paper it takes."""
        return (len(self.sides) + 1) // 2 if self.duplex else len(self.sides)


def gather_paper(
    workspace: Workspace,
    wish: PaperWish,
    texts: MessageTexts,
    progress: Progress | None = None,
    mark: MarkPlace = "across",
) -> PaperMaterial:
    """Ask the gate for all stories of a printing, and make their photos ready.

    Args:
        workspace: open; reading is enough.
        wish: what is to be printed.
        texts: language of refusals.
        progress: called story by story; may raise ``WorkCancelled``.
        mark: where the mark of a draft lies; across on all that is printed.

    Raises:
        UserError: ``cetak.nothing`` when no story is left (the reasons are in it), or the packs are broken.
    """
    progress = progress or SilentProgress()
    press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
    troubles: list[UserError | WorkNotice] = []
    released: list[ReleasedStory] = []
    # A sheet hangs by itself; the stories of a bulletin are read side by side.
    neighbours = protected_everywhere(workspace) if wish.kind == "bulletin" else ()
    for number, folder in enumerate(wish.stories):
        progress.report(number, len(wish.stories), folder)
        try:
            released.append(_release(workspace, folder, texts, neighbours))
        except UserError as error:
            over = error.code == "publish.past"  # says how posts are made all the same, which paper does not ask
            troubles.append(WorkNotice("cetak.past", {"story": folder}) if over else error)
    if mark == "corner":
        troubles += [WorkNotice("cetak.draft", {"story": each.story.headline}) for each in released if each.draft]
    reader = _PaperReader(workspace, press, texts, troubles, neighbours, mark)
    made = reader.bulletin(wish, released) if wish.kind == "bulletin" else reader.sheets(wish, released)
    if not (made.articles or made.notices or made.sheets):
        reasons = "\n".join(texts.explain(trouble) for trouble in troubles)
        raise UserError("cetak.nothing", reasons=reasons)
    progress.report(1, 1, "")
    return made


def _release(workspace: Workspace, folder: str, texts: MessageTexts, neighbours: Neighbours) -> ReleasedStory:
    released = release_beside(workspace, folder, texts, neighbours)
    if released.withdrawal is not None:
        raise UserError("cetak.withdrawn", story=folder)
    return released


class _PaperReader:
    """Makes what was released ready for paper; one story that fails never stops the others."""

    def __init__(
        self,
        workspace: Workspace,
        press: RenderContext,
        texts: MessageTexts,
        troubles: list[UserError | WorkNotice],
        neighbours: Neighbours,
        mark: MarkPlace,
    ) -> None:
        self._workspace = workspace
        self._press = press
        self._texts = texts
        self._troubles = troubles
        self._neighbours = neighbours
        self._mark = mark

    def bulletin(self, wish: PaperWish, released: Sequence[ReleasedStory]) -> PaperMaterial:
        """Articles, and the notices that are not over."""
        articles: list[BulletinArticle] = []
        notices: list[BulletinNotice] = []
        for each in released:
            if each.past or is_past(each.story, today_of(self._workspace)):
                self._troubles.append(WorkNotice("cetak.past", {"story": each.folder}))
            elif each.story.kind in ANNOUNCED:
                notices.append(self._notice(each))
            else:
                try:
                    articles.append(self._article(each, lead=not articles))
                except UserError as error:
                    self._troubles.append(error)
        if wish.services:
            notices += [self._notice(each) for each in self._other_notices(wish.stories)]
        mark = ready_mark(self._workspace)
        words = self._press.catalog.labels.get("bulletin", {})
        logo = data_uri(mark) if mark is not None else ""
        return PaperMaterial(
            wish,
            self._workspace.group,
            tuple(articles),
            tuple(notices),
            words=words,
            logo=logo,
            troubles=tuple(self._troubles),
            mark=self._mark,
        )

    def sheets(self, wish: PaperWish, released: Sequence[ReleasedStory]) -> PaperMaterial:
        """The sheet or poster of each story, as the outlet makes it."""
        outlet_id, file = _SHEETS[wish.kind]
        outlet = self._press.catalog.outlet(outlet_id)
        made: list[PrintSheet] = []
        for each in released:
            plan = plan_release(self._workspace, each, self._press, (outlet,), self._texts, self._mark)
            tasks = [task for task in plan.tasks if isinstance(task, PrintTask) and task.output.file == file]
            for task in tasks:
                try:
                    made.append(filled_sheet(task, pictures_of(task)))
                except UserError as error:
                    self._troubles.append(error)
        return PaperMaterial(wish, self._workspace.group, sheets=tuple(made), troubles=tuple(self._troubles))

    def _other_notices(self, taken: Sequence[str]) -> Iterator[ReleasedStory]:
        """Notices nobody ticked that are finished and not over; what is held back is no trouble, as nobody asked."""
        today = today_of(self._workspace)
        for folder in sorted(set(self._workspace.story_folders()) - set(taken)):
            try:
                story = self._workspace.load(folder)
                if type(story) is not Story or story.kind not in ANNOUNCED or story.status not in PUBLIC:
                    continue
                if last_day(story) is None or is_past(story, today):
                    continue
                released = _release(self._workspace, folder, self._texts, self._neighbours)
            except UserError:
                continue
            if not released.draft:
                yield released

    def _context(self, released: ReleasedStory) -> PlanContext:
        return story_context(
            self._workspace,
            released.folder,
            released.story,
            self._press,
            draft=released.draft,
            past=released.past,
            mark=self._mark,
        )

    def _values(self, context: PlanContext) -> dict[str, Any]:
        """What templates of sheets know; texts are taken from it as those show them."""
        return outlet_context(context.material, *self._sheet())

    def _sheet(self) -> tuple[Outlet, PrintOutput]:
        outlet = self._press.catalog.outlet(_SHEET_OUTLET)
        return outlet, next(output for output in outlet.outputs if isinstance(output, PrintOutput))

    def _article(self, released: ReleasedStory, *, lead: bool) -> BulletinArticle:
        context = self._context(released)
        values = self._values(context)
        outlet = self._press.catalog.outlet(_SHEET_OUTLET)
        text = fill_text(self._press, outlet, _BODY, context.material).text
        label = values["kicker"] or values["kind_label"]
        verdict = values["verdict_label"]
        meta = (values["place"], values["date_long"] or values["date_short"], values["byline"])
        photo, caption = self._photo(context, LEAD_PHOTO if lead else SMALL_PHOTO)
        return BulletinArticle(
            headline=values["headline"],
            label=f"{label}: {verdict}" if label and verdict else label or verdict,
            meta=" · ".join(part for part in meta if part),
            text=text,
            photo=photo,
            caption=caption,
            draft=released.draft,
            hyphens=values["language"] == "id",
        )

    def _photo(self, context: PlanContext, size: tuple[float, float]) -> tuple[str, str]:
        """The photo as a data URI, cut, covered and without metadata, and its caption with the credit."""
        from studio.photo.render import render_variants

        photo = sheet_photo(context.material, self._sheet()[1])
        # The picture that went round is shown only with the stamp of its verdict, for which a bulletin has no room.
        if photo is None or photo is context.material.stamped:
            return "", ""
        pixels = (round(size[0] * _PIXELS_PER_POINT), round(size[1] * _PIXELS_PER_POINT))
        (slot,) = cut_sheet_photo(context, pixels, photo)
        with tempfile.TemporaryDirectory(prefix="kim-") as folder:
            file = Path(folder) / "photo.jpg"
            render_variants(slot.source, slot.photo, [(slot.variant, file)], None, SilentProgress())
            made = data_uri(file)
        shown = next(each for each in context.material.base["photos"] if each["id"] == photo.id)
        credit = f"(Foto: {shown['credit']})" if shown["credit"] else ""
        return made, " ".join(part for part in (shown["caption"], credit) if part)

    def _notice(self, released: ReleasedStory) -> BulletinNotice:
        values = self._values(self._context(released))
        facts = [str(fact["firm"]) for fact in values["facts"]] if values.get("facts") else []
        facts = facts or [part for part in (values["date_long"] or values["date_short"], values["place"]) if part]
        last = last_day(released.story)
        words = self._press.catalog.labels.get("bulletin", {})
        until = words.get("until", "{day}").format(day=full_date(last.isoformat())) if last else ""
        told = " · ".join(" ".join(part.split()) for part in (*facts, until) if part)
        headline = on_text(values["headline"]) if released.draft else values["headline"]
        return BulletinNotice(headline, told, released.draft)


def set_paper(material: PaperMaterial, texts: MessageTexts) -> PaperJob:
    """Set the type of what was gathered. Needs a Qt application; runs in any thread.

    Args:
        material: what was gathered.
        texts: language of the words in the margins of posters.

    Raises:
        UserError: a template is broken.
    """
    return _set_bulletin(material) if material.wish.kind == "bulletin" else _set_sheets(material, texts)


def show_paper(
    workspace: Workspace, wish: PaperWish, texts: MessageTexts, progress: Progress
) -> tuple[PaperMaterial, PaperJob]:
    """Gather a printing and set its type to be looked at: a draft has its mark in a corner, and that is said.

    Raises:
        UserError: those of ``gather_paper`` and ``set_paper``.
    """
    material = gather_paper(workspace, wish, texts, progress, "corner")
    return material, set_paper(material, texts)


def make_paper(
    workspace: Workspace, wish: PaperWish, texts: MessageTexts, progress: Progress, path: Path | None = None
) -> tuple[PaperMaterial, PaperJob]:
    """Gather a printing and set its type; with a ``path``, write it there as a PDF.

    Raises:
        UserError: those of ``gather_paper``, ``set_paper`` and ``write_paper``.
    """
    material = gather_paper(workspace, wish, texts, progress)
    job = set_paper(material, texts)
    if path is not None:
        write_paper(job, path)
    return material, job


def set_again(material: PaperMaterial, texts: MessageTexts, progress: Progress) -> tuple[PaperMaterial, PaperJob]:
    """Set what was gathered once more, with another look.

    Raises:
        UserError: a template is broken.
    """
    progress.report(0, 1, material.wish.title)
    return material, set_paper(material, texts)


def _set_bulletin(material: PaperMaterial) -> PaperJob:
    from studio.paint.imposition import fold_booklet

    wish, group, words = material.wish, material.group, material.words or {}
    title = wish.title.strip() or words.get("title", "")
    number = wish.issue.strip()
    issue = words.get("issue", "{number}").format(number=number) if number.isdecimal() else number
    frame = BulletinFrame(
        title, issue, group, tuple(_imprint(group, words)), words, material.logo, wish.ink_saving, material.mark
    )
    articles = _without_photos(material.articles) if wish.ink_saving else material.articles
    laid = lay_out(articles, material.notices, frame, wish.pages)
    cut = tuple(WorkNotice("cetak.no_room", {"headline": headline, "pages": len(laid.pages)}) for headline in laid.cut)
    return PaperJob(
        fold_booklet(laid.pages), title, group.name, len(laid.pages), duplex=True, troubles=(*material.troubles, *cut)
    )


def _without_photos(articles: Sequence[BulletinArticle]) -> tuple[BulletinArticle, ...]:
    """Only the first story keeps its photo."""
    return (*articles[:1], *(replace(article, photo="", caption="") for article in articles[1:]))


def _imprint(group: Group, words: Mapping[str, str]) -> Iterator[str]:
    places = (group.village, group.district, group.regency, group.province)
    yield ", ".join(part for part in (group.full_name or group.name, *places) if part)
    if group.members:
        yield words.get("makers", "{names}").format(names=", ".join(group.members))
    reach = " · ".join(part for part in (group.address, group.phone, group.email) if part)
    if reach:
        yield " ".join(reach.split())
    if site := site_address(group):
        yield words.get("online", "{site}").format(site=site.split("://", 1)[-1])
    if group.license:
        yield words.get("license", "{license}").format(license=group.license)


def _set_sheets(material: PaperMaterial, texts: MessageTexts) -> PaperJob:
    from studio.paint.imposition import POSTERS, single_pages, tile_poster
    from studio.paint.sheet import typeset_sheet

    kind, sides = material.wish.kind, list["PaperSide"]()
    label = partial(_tile_words, texts, kind.partition("-")[0].upper())
    for sheet in material.sheets:
        first, following = (
            save_ink(page) if page and material.wish.ink_saving else page for page in (sheet.first, sheet.following)
        )
        if kind in POSTERS:
            sides += tile_poster((typeset_sheet(first),), POSTERS[kind], label)
        else:
            sides += single_pages(_pages(first, following))
    title = texts.text(f"cetak.kind.{kind}")
    return PaperJob(tuple(sides), title, material.group.name, len(sides), duplex=False, troubles=material.troubles)


def _pages(first: str, following: str) -> list[tuple[PaintSheet, ...]]:
    from studio.paint.pdf import flow_pages
    from studio.paint.sheet import typeset_sheet

    if not following:
        return [(typeset_sheet(first),)]
    return [(sheet,) for sheet in flow_pages(first, following)[0]]


def _tile_words(texts: MessageTexts, size: str, number: int, count: int) -> str:
    return texts.text("cetak.tile" if number > 1 else "cetak.tile_first", number=number, count=count, size=size)


def write_paper(job: PaperJob, path: Path) -> None:
    """Write what was set as a PDF, complete or not at all.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import write_sides

    with finished_file(path) as part:
        write_sides(job.sides, part, title=job.title, author=job.author)


def side_painter(job: PaperJob, number: int) -> SidePainter:
    """What paints one side of a job, numbered from 0, with a painter and how many units of it a millimetre is."""
    from studio.paint.imposition import painter_of

    return painter_of(job.sides[number])
