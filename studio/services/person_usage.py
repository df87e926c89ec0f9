"""What used a person's name or picture: photos and clips, files that were exported, posts that went out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from studio.export.running.export_manifest import read_manifest
from studio.release.release_gate import export_place
from studio.story import people, places
from studio.story.comments import comment_words
from studio.story.date_formats import short_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.running.export_manifest import ManifestEntry
    from studio.store.workspace import Workspace
    from studio.story.model import Person, Story


def used_by(workspace: Workspace, folder: str, story: Story, person: Person, texts: MessageTexts) -> tuple[str, ...]:
    """Every use, one line each, in the user's language.

    Args:
        workspace: where exports are.
        folder: of the story; "" where it has none yet.
        story: as it is now.
        person: whose name, aliases and pictures are meant.
        texts: the user's language.
    """
    found = [*_in_story(story, person, texts)]
    if folder:
        found += _exported_files(export_place(workspace, folder, story), story, person, texts)
    for line in story.publications:
        day = short_date(line.when) or line.when
        told = texts.text("consent.used_published", outlet=line.outlet, when=day)
        found.append(f"{told} {line.link}".strip())
    return tuple(found)


def _person_names(person: Person) -> re.Pattern[str]:
    """Finds the person's names as words of their own, in folded text: "Ani" is not in "petani"."""
    names = [r"\s+".join(map(re.escape, name.casefold().split())) for name in (person.name, *person.aliases)]
    known = "|".join(name for name in names if name)
    # Without any name the pattern fits nowhere.
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)" if known else r"(?!)")


def _in_story(story: Story, person: Person, texts: MessageTexts) -> Iterator[str]:
    seen = {item.id for item in people.appears_in(story, person.id)}
    for number, photo in enumerate(story.photos, 1):
        if photo.id in seen:
            yield texts.text("consent.used_photo", number=number)
    for number, video in enumerate(story.videos, 1):
        if video.id in seen:
            yield texts.text("consent.used_video", number=number)
    if named := _times_named(story, person):
        yield texts.text("consent.used_named", count=named)
    if said := _times_said(story, person):
        yield texts.text("consent.used_commented", count=said)


def _times_named(story: Story, person: Person) -> int:
    """How many texts of the story name the person."""
    names = _person_names(person)
    return sum(names.search(text.casefold()) is not None for _, text in places.placed_texts(story))


def _times_said(story: Story, person: Person) -> int:
    """How many comments and suggestions name the person; they are not published, but go along in a package."""
    names = _person_names(person)
    return sum(names.search(" ".join(comment_words(said)).casefold()) is not None for said in story.comments)


def _exported_files(folder: Path, story: Story, person: Person, texts: MessageTexts) -> Iterator[str]:
    """Exported files that show or name the person."""
    shown, named = bool(people.appears_in(story, person.id)), _times_named(story, person) > 0
    # By what a file was made as: text is searched, and in pictures the person is wherever the story says so.
    for entry in read_manifest(folder).files:
        if _uses_person(entry, folder, person, shown=shown, named=named):
            yield texts.text("consent.used_file", file=entry.path)


def _uses_person(entry: ManifestEntry, folder: Path, person: Person, *, shown: bool, named: bool) -> bool:
    """Whether a file may show or name the person; drawn letters cannot be read, so they count as naming them."""
    match entry.kind:
        case "text" | "subtitles":
            return _mentions_person(folder / entry.path, person)
        case "page":
            return shown or _mentions_person(folder / entry.path, person)
        case "photo" | "poster":
            return shown
        case "card" | "video" | "print":
            return shown or named
        case _:
            assert_never(entry.kind)


def _mentions_person(path: Path, person: Person) -> bool:
    try:
        # Bytes that are no text must not hide a name in the rest.
        text = path.read_text(encoding="utf-8", errors="ignore").casefold()
    except OSError:
        return False
    return _person_names(person).search(text) is not None
