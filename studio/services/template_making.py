"""For makers of template packs and design families: begin one, look it over, see it with hard stories."""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.posts.families import FAMILIES, read_family
from studio.posts.pack_zip import checked_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.base.progress import Progress
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext

MadeKind = Literal["family", "pack"]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_SEEN = ("1:1", "4:5", "9:16", "x", "youtube", "link")


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words that a card of a family has no room or no letters for."""

    card: str
    story: str
    box: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndrawnPart:
    """What a card or page asks for and the studio's painter leaves out or draws otherwise (``paint.svg_rewriting``)."""

    card: str
    story: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class TemplateReview:
    """What is wrong in a maker's folder and no mistake of writing: each part once, with the first card that has it."""

    lost: tuple[LostWords, ...] = ()
    undrawn: tuple[UndrawnPart, ...] = ()


def kind_of(folder: Path) -> MadeKind:
    """What a maker's folder holds.

    Raises:
        UserError: ``templates.neither``: neither a family nor a pack.
    """
    if (folder / "family.toml").is_file():
        return "family"
    if (folder / "outlet.toml").is_file():
        return "pack"
    raise UserError("templates.neither", folder=str(folder))


def begin_templates(target: Path, builtin: Path, base: str) -> MadeKind:
    """Begin a family or a pack as a copy of one of the studio's.

    Args:
        target: the new folder; its name becomes the id.
        builtin: ``templates/`` of the studio.
        base: a design family or an outlet of the studio.

    Raises:
        UserError: ``templates.name``, ``templates.there``, ``templates.no_base``, or it cannot be written.
    """
    if not _NAME.fullmatch(target.name):
        raise UserError("templates.name", name=target.name)
    if target.exists():
        raise UserError("templates.there", folder=str(target))
    source = builtin / FAMILIES / base if (builtin / FAMILIES / base).is_dir() else builtin / base
    if base.startswith(("_", ".")) or "/" in base or not source.is_dir():
        known = (path.name for root in (builtin / FAMILIES, builtin) for path in sorted(root.iterdir()))
        raise UserError("templates.no_base", base=base, known=", ".join(n for n in known if n[0] not in "._"))
    made = kind_of(source)
    try:
        make_folder(target.parent)
        shutil.copytree(source, target)
        toml = target / ("family.toml" if made == "family" else "outlet.toml")
        text = toml.read_text(encoding="utf-8")
        title = target.name.replace("-", " ").replace("_", " ").capitalize()
        for key, value in (("id", target.name), ("name", title), ("name_en", title)):
            text = re.sub(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', text, count=1)
        toml.write_text(text, encoding="utf-8")
        for part in target.glob("*.j2"):
            text = part.read_text(encoding="utf-8").replace(f"_families/{base}/", f"_families/{target.name}/")
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(target), reason=error.strerror or str(error)) from error
    return made


@contextmanager
def family_press(folder: Path, builtin: Path) -> Iterator[RenderContext]:
    """What fills the cards of one family, wherever it lies.

    Raises:
        UserError: ``posts.family_wrong`` and ``posts.pack_no_file``, for its ``family.toml``.
    """
    from studio.posts.catalog import load_catalog
    from studio.posts.render_context import RenderContext

    read_family(folder)
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(folder, Path(scratch) / FAMILIES / folder.name)
        yield RenderContext(load_catalog(builtin, Path(scratch)))


def prove_family(folder: Path, builtin: Path, progress: Progress) -> None:
    """Fill a card of each kind and the style sheet of its websites.

    Args:
        folder: its name is the id.
        builtin: ``templates/`` of the studio.
        progress: called before each card; may raise ``WorkCancelled``.

    Raises:
        UserError: the first mistake, with file and line.
    """
    from studio.paint.qt_application import ensure_gui
    from studio.services.template_samples import HARD, KINDS, SHAPES, SPECIAL, card_of

    ensure_gui()
    with family_press(folder, builtin) as press:
        for number, kind in enumerate((*KINDS, *SPECIAL)):
            progress.report(number, len(KINDS) + len(SPECIAL), kind)
            shape = tuple(SHAPES)[number % len(SHAPES)] if kind in KINDS else "4:5"
            card_of(press, folder.name, kind, shape, HARD[1])
        _fill_site(press, folder.name)


def _fill_site(press: RenderContext, family: str) -> None:
    from studio.base.font_table import FONTS
    from studio.posts.families import site_look
    from studio.services.template_samples import make_group
    from studio.story.model import GroupColors

    look = site_look(press.catalog.families, make_group(family, GroupColors()), FONTS)
    press.templates.fill(press.shelf(press.catalog.outlet("website")), "_common/web/gaya.css.txt.j2", look)


def check_templates(folder: Path, builtin: Path, progress: Progress) -> TemplateReview:
    """Look a pack or a family over: everything is read and compiled, cards and pages are filled with hard stories.

    Args:
        folder: its name is the id.
        builtin: ``templates/`` of the studio.
        progress: called before each card.

    Returns:
        What cards of a family have no room for, and what of either cannot be drawn as it is written.

    Raises:
        UserError: the first mistake, with file and line.
    """
    if kind_of(folder) == "pack":
        outlet = checked_pack(folder, builtin)
        return TemplateReview(undrawn=_first_of_each(_undrawn_in_pack(outlet, builtin, progress)))
    from studio.paint.art import find_undrawn
    from studio.paint.qt_application import ensure_gui
    from studio.paint.sheet import typeset_sheet
    from studio.services.template_samples import HARD, KINDS, SPECIAL, card_of

    ensure_gui()
    lost: list[LostWords] = []
    undrawn: list[UndrawnPart] = []
    with family_press(folder, builtin) as press:
        asked = [(kind, shape, hard) for hard in HARD for kind in KINDS for shape in _SEEN]
        asked += [(kind, "4:5", hard) for hard in HARD for kind in SPECIAL]
        for number, (kind, shape, hard) in enumerate(asked):
            card = f"{kind} {shape}"
            progress.report(number, len(asked), card)
            svg = card_of(press, folder.name, kind, shape, hard)
            lost += [LostWords(card, hard.name, text.box, text.reason) for text in typeset_sheet(svg).overflow]
            undrawn += [UndrawnPart(card, hard.name, *feature) for feature in find_undrawn(svg)]
        _fill_site(press, folder.name)
    return TemplateReview(tuple(lost), _first_of_each(undrawn))


def _undrawn_in_pack(outlet: Outlet, builtin: Path, progress: Progress) -> Iterator[UndrawnPart]:
    """Of its cards and printed sheets; those of products and of texts alone have none to fill here."""
    from studio.paint.art import find_undrawn
    from studio.posts.catalog import load_catalog
    from studio.posts.output_kinds import CardOutput, PrintOutput
    from studio.posts.render_context import RenderContext
    from studio.posts.svg import render_print
    from studio.posts.template_context import build_context
    from studio.services.template_samples import HARD, fill_output, make_group, make_story
    from studio.story.model import GroupColors

    if outlet.subject != "story":
        return
    press = RenderContext(load_catalog(builtin, None))
    for number, hard in enumerate(HARD):
        progress.report(number, len(HARD), hard.name)
        material = build_context(make_story(hard, ""), make_group("", GroupColors()), press.catalog.labels)
        for output in outlet.outputs:
            pages: tuple[str, ...] = ()
            if isinstance(output, CardOutput):
                pages = (fill_output(press, outlet, output, material, hard),)
            elif isinstance(output, PrintOutput):
                sheet = render_print(press, outlet, output, material)
                pages = (sheet.first, *filter(None, (sheet.following, *sheet.more)))
            for page in pages:
                yield from (UndrawnPart(output.file, hard.name, *feature) for feature in find_undrawn(page))


def _first_of_each(parts: Iterable[UndrawnPart]) -> tuple[UndrawnPart, ...]:
    first: dict[str, UndrawnPart] = {}
    for part in parts:
        first.setdefault(part.name, part)
    return tuple(first.values())


def pack_templates(folder: Path, builtin: Path, out: Path | None) -> Path:
    """Write a pack or a family as a ZIP that another group takes in ("Impor paket").

    Args:
        folder: its name is the id.
        builtin: ``templates/`` of the studio.
        out: the ZIP; beside the folder when None.

    Raises:
        UserError: a mistake in it, with file and line; the ZIP cannot be written.
    """
    from studio.base.progress import SilentProgress
    from studio.posts.pack_zip import export_pack

    folder = folder.resolve()
    if kind_of(folder) == "pack":
        checked_pack(folder, builtin)
    else:
        prove_family(folder, builtin, SilentProgress())
    target = out or folder.parent / f"paket-{folder.name}.zip"
    return export_pack(folder, target if target.suffix else target.with_suffix(".zip"))


def preview_templates(folder: Path, builtin: Path, out: Path, progress: Progress) -> tuple[Path, ...]:
    """Draw a family, a picture a kind of card, or what a pack makes of the hard stories.

    Args:
        folder: its name is the id.
        builtin: ``templates/`` of the studio.
        out: folder of the pictures and texts; made when missing.
        progress: called before each.

    Raises:
        UserError: a mistake in it, with file and line; ``out`` cannot be written.
    """
    from studio.paint.qt_application import ensure_gui

    kind = kind_of(folder)
    ensure_gui()
    make_folder(out)
    try:
        if kind == "family":
            return _preview_family(folder, builtin, out, progress)
        return _preview_pack(folder, builtin, out, progress)
    except OSError as error:
        raise UserError("posts.zip_cannot_write", place=str(out), reason=error.strerror or str(error)) from error


def _preview_family(folder: Path, builtin: Path, out: Path, progress: Progress) -> tuple[Path, ...]:
    from studio.services.template_samples import HARD, KINDS, SPECIAL, draw_sheet

    made = []
    with family_press(folder, builtin) as press:
        for number, kind in enumerate((*KINDS, *SPECIAL)):
            progress.report(number, len(KINDS) + len(SPECIAL), kind)
            path = out / f"{folder.name}-{kind}.png"
            shapes = _SEEN if kind in KINDS else ("1:1", "4:5", "9:16")
            draw_sheet(press, folder.name, [(kind, shape) for shape in shapes], HARD, 320).save(path)
            made.append(path)
    return tuple(made)


def _preview_pack(folder: Path, builtin: Path, out: Path, progress: Progress) -> tuple[Path, ...]:
    """Texts and cards of a pack; photos, videos and pages need a real story, which an export shows."""
    from studio.posts.catalog import load_catalog
    from studio.posts.output_kinds import CardOutput, TextOutput
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import build_context
    from studio.posts.text_posts import render_text
    from studio.services.template_samples import HARD, draw_output, make_group, make_story
    from studio.story.model import GroupColors

    outlet = checked_pack(folder, builtin)
    press, made = RenderContext(load_catalog(builtin, None)), []
    for number, hard in enumerate(HARD):
        progress.report(number, len(HARD), hard.name)
        material = build_context(make_story(hard, ""), make_group("", GroupColors()), press.catalog.labels)
        stem = hard.name.replace(" ", "-")
        for output in outlet.outputs:
            path = out / f"{stem}-{output.file.replace('{', '').replace('}', '').replace(':', '')}"
            if isinstance(output, TextOutput):
                path.write_text(render_text(press, outlet, output, material).text + "\n", encoding="utf-8")
                made.append(path)
            elif isinstance(output, CardOutput) and outlet.subject == "story":
                path = path.with_suffix(".png")
                draw_output(press, outlet, output, material, hard).save(path)
                made.append(path)
    return tuple(made)
