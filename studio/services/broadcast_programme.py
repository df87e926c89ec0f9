"""A programme to read aloud: the scripts of one story or of several, with a greeting and a farewell.

The words of each story come from the pack ``siaran`` and through the gate, as any post does; what stands between them
comes from ``_common/labels.toml``, because it is content and not interface.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.media_types import media_name
from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.posts.draft_mark import on_text
from studio.posts.language_editions import material_in
from studio.posts.output_kinds import TextOutput
from studio.posts.read_aloud import aloud_text, breath_marks, long_sentences, without_marks
from studio.posts.render_context import RenderContext
from studio.posts.service_files import kind_or_none
from studio.posts.speech_timing import (
    FASTEST_PACE,
    SLOWEST_PACE,
    USUAL_PACE,
    measured_pace,
    reading_seconds,
)
from studio.posts.spoken_text import spoken_text
from studio.posts.template_context import build_context
from studio.posts.text_posts import fill_text
from studio.release.cross_story_protection import protected_everywhere, release_beside
from studio.store.story_shelf import today_of
from studio.story import date_formats
from studio.story.model import Story
from studio.story.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.i18n import MessageTexts
    from studio.posts.template_context import TemplateContext
    from studio.store.story_shelf import StoryShelf
    from studio.store.workspace import Workspace
    from studio.story.model import Group

OUTLET = "siaran"
_PAPER = "application/pdf"
SCRIPT_TYPES = (_PAPER, "text/plain")
"""What a script can be written as (``studio.base.media_types``)."""
LENGTHS = (0, 30, 60, 90)
"""Seconds a script of one story may be asked for; 0 is all of it."""
_ITEM_SECONDS = 45
"""What a story takes in a programme of several, unless another length is asked for."""


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """A story of a programme.

    Attributes:
        folder, headline: of the story.
        text: its script with breath marks, a sentence a line, a blank line between paragraphs.
        long: its sentences that are too long for the ear, as they are written.
        language: the name of its language where numbers and dates are spoken in another one, Indonesian; else "".
    """

    folder: str
    headline: str
    text: str
    long: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastProgramme:
    """What is read, from greeting to farewell; a programme of one story is its script alone.

    Attributes:
        group: who speaks.
        opening, closing: with breath marks; "" for a single story, whose script has its own.
        items: the stories in order.
        refused: a line of reason for each story the gate held back.
    """

    group: Group
    opening: str
    items: tuple[ProgrammeItem, ...]
    closing: str
    refused: tuple[UserError, ...] = ()

    @property
    def text(self) -> str:
        """All of it, with breath marks."""
        return "\n\n".join(part for part in (self.opening, *(item.text for item in self.items), self.closing) if part)

    def seconds(self, pace: float = USUAL_PACE) -> float:
        """How long it takes a reader of ``pace`` syllables a second."""
        return reading_seconds(without_marks(self.text), pace)


def make_programme(
    workspace: Workspace,
    folders: Sequence[str],
    press: RenderContext,
    texts: MessageTexts,
    day: str,
    seconds: int = 0,
) -> BroadcastProgramme:
    """The scripts of stories as one programme.

    Args:
        workspace: open; reading is enough.
        folders: of the stories, in the order they are read.
        press: the template packs.
        texts: language of a refusal.
        day: ISO date the greeting names.
        seconds: for each story; 0 takes all of a single one, and 45 seconds of each of several.

    Raises:
        UserError: a single story is refused; the pack is gone or broken; ``siaran.nothing`` when no story is left.
    """
    outlet = press.catalog.outlet(OUTLET)
    alone = len(folders) == 1
    neighbours = () if alone else protected_everywhere(workspace)
    items: list[ProgrammeItem] = []
    refused: list[UserError] = []
    for folder in folders:
        try:
            released = release_beside(workspace, folder, texts, neighbours)
            if released.withdrawal is not None:
                raise UserError("siaran.withdrawn", story=folder)
        except UserError as error:
            if alone:
                raise
            refused.append(error)
            continue
        material = build_context(
            released.story,
            released.group,
            press.catalog.labels,
            folder,
            draft=released.draft,
            past=released.past,
            service=kind_or_none(workspace.path, released.story.service),
        )
        material = material_in(material, languages_of(material.story, OUTLET)[0], press.catalog)
        output = _script_output(seconds) if alone else _item_output(seconds or _ITEM_SECONDS)
        made = fill_text(press, outlet, output, material).text
        items.append(_programme_item(folder, material, made))
    if not items:
        raise UserError("siaran.nothing")
    words = press.catalog.labels.get("broadcast", {})
    opening, closing = ("", "") if alone else _frame_texts(words, workspace.group, items, day)
    return BroadcastProgramme(workspace.group, opening, tuple(items), closing, tuple(refused))


def programme_of_today(
    workspace: Workspace, texts: MessageTexts, folders: Sequence[str], seconds: int = 0
) -> BroadcastProgramme:
    """``make_programme`` with the workspace's own packs and the day on the group's calendar.

    Raises:
        UserError: as ``make_programme``.
    """
    press = RenderContext(load_catalog(templates_dir(), workspace.templates_dir))
    return make_programme(workspace, folders, press, texts, today_of(workspace), seconds)


def _script_output(seconds: int) -> TextOutput:
    name = f"naskah-{seconds}.txt" if seconds else "naskah.txt"
    return TextOutput(file=name, template=f"{name}.j2")


def _item_output(seconds: int) -> TextOutput:
    # ``aim`` is how a template gets a length: here the seconds there are.
    return TextOutput(file="acara.txt", template="acara.txt.j2", aim=seconds)


def _programme_item(folder: str, material: TemplateContext, made: str) -> ProgrammeItem:
    # The first line of a script is for the reader's eye: its length and its marks.
    text = "\n".join(line for line in made.splitlines() if not line.startswith("[")).strip()
    text = on_text(text) if material.draft else text
    language = str(material.base["language"])
    name = "" if language == "id" else material.labels.get("language", {}).get(language, language)
    return ProgrammeItem(folder, material.base["headline"], text, long_sentences(aloud_text(material.blocks)), name)


def _frame_texts(known: Mapping[str, str], group: Group, items: Iterable[ProgrammeItem], day: str) -> tuple[str, str]:
    facts = {"group": group.name or "KIM", "day": date_formats.full_date(day)}
    heads = " ".join(f"{item.headline.rstrip('.')}." for item in items)
    opening = " ".join((known.get("opening", "").format(**facts), known.get("headlines", ""), heads))
    return _aloud(opening), _aloud(known.get("closing", "").format(**facts))


def _aloud(text: str) -> str:
    return breath_marks(spoken_text(text))


def line_seconds(lines: Iterable[str], pace: float) -> list[float]:
    """How long each line of a marked script takes, with the breath after it."""
    # A word follows, so that the stop at the end of the line is one between two sentences and counts.
    return [reading_seconds(f"{without_marks(line)} a", pace) for line in lines]


def spoken_words(marked: str) -> str:
    """What is spoken of a marked script."""
    return without_marks(marked)


def within_bounds(pace: float = USUAL_PACE) -> float:
    """The nearest pace a reader can have, in syllables a second; the usual one where none is given."""
    return min(FASTEST_PACE, max(SLOWEST_PACE, pace))


def reader_pace(marked: str, seconds: float) -> float | None:
    """The pace of a reader who read a marked script in ``seconds``; None for a time in which nobody reads it."""
    pace = measured_pace(without_marks(marked), seconds)
    return pace if seconds > 0 and SLOWEST_PACE + 0.01 < pace < FASTEST_PACE - 0.01 else None


def story_titles(workspace: StoryShelf, most: int = 60) -> tuple[tuple[str, str], ...]:
    """The newest stories that can be read, as (folder, headline or ""); the name of a folder begins with its day."""
    found: list[tuple[str, str]] = []
    for folder in sorted(workspace.story_folders(), reverse=True)[:most]:
        with suppress(UserError):  # a damaged story is named where it is opened
            story = workspace.load(folder)
            if type(story) is Story and story.status != "withdrawn":
                found.append((folder, story.headline.strip()))
    return tuple(found)


def write_programme(
    programme: BroadcastProgramme, path: Path, pace: float, texts: MessageTexts
) -> tuple[WorkNotice, ...]:
    """Write a programme as large type (``.pdf``; a Qt application is made where there is none) or as text.

    Args:
        programme: what to write.
        path: the file; it appears complete or not at all.
        pace: of the reader, for the time that stands on it.
        texts: language of what is not read.

    Returns:
        A warning when it was too long for one document.

    Raises:
        UserError: it cannot be written there.
    """
    clock = texts.text("siaran.clock", seconds=round(programme.seconds(pace)))
    if media_name(path) != _PAPER:
        from studio.base.finished_files import finished_file

        with finished_file(path) as part:
            part.write_text(f"[{clock}]\n\n{programme.text}\n", encoding="utf-8", newline="\n")
        return ()
    from studio.documents.broadcast_sheet import write_broadcast_pdf
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    alone = len(programme.items) == 1
    title = programme.items[0].headline if alone else texts.text("siaran.programme", count=len(programme.items))
    return write_broadcast_pdf(path, programme.text, title, clock, programme.group, texts)
