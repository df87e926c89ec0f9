"""Shot lists as data: what to photograph and to ask at an event, by its kind; and which list a story wants.

The lists are ``assets/shot_lists/*.toml``; those of a workspace's own ``shot_lists`` come on top by the same name.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec.structs import replace

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Story

FORMAT = 1
FOLDER = "shot_lists"
ShotSize = Literal["wide", "medium", "close", "detail", "shoulder", "angle"]
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Shot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture to take: how close, and of what, by language (``id``, ``en``)."""

    size: ShotSize
    id: Annotated[str, msgspec.Meta(min_length=1)]
    en: str = ""

    def words(self, language: str) -> str:
        """What to photograph."""
        return self.en if language == "en" and self.en else self.id


class ShotList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to take along to an event.

    Attributes:
        title, care: its name, and what to take care of, by language.
        shots: pictures, in the order of an event.
        questions: what to ask, by language.
        order: place in the list; the first is for any event.
        kinds, services, categories: stories it is for.
        words: of a headline, topic or text that speak for it, in small letters.
    """

    title: dict[str, str]
    shots: Annotated[tuple[Shot, ...], msgspec.Meta(min_length=1)]
    questions: dict[str, tuple[str, ...]]
    care: dict[str, str]
    order: Annotated[int, msgspec.Meta(ge=1)] = 99
    format: int = FORMAT
    id: str = ""
    kinds: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def read_shot_list(text: str, name: str) -> ShotList:
    """A list from its TOML.

    Args:
        text: of the file.
        name: of the file, without ``.toml``.

    Raises:
        UserError: ``shots.broken``: the first thing that is wrong.
    """
    try:
        found = msgspec.convert(tomllib.loads(text), ShotList)
    except (ValueError, RecursionError) as error:  # no TOML, a wrong field, or nested too deeply
        raise UserError("shots.broken", file=f"{name}.toml", detail=str(error)) from error
    wrong = next((field for field in ("title", "questions", "care") if not getattr(found, field).get("id")), "")
    if found.format != FORMAT:
        wrong = f"format {found.format}"
    elif not _ID.fullmatch(name):
        wrong = "id"
    if wrong:
        raise UserError("shots.broken", file=f"{name}.toml", detail=wrong)
    return replace(found, id=name)


def shot_list_of(story: Story, lists: Sequence[ShotList]) -> ShotList:
    """The list for a story: by its kind of notice, its kind, its words, its category; else the one for any event.

    Args:
        story: any story; a new one has nothing to go by.
        lists: at least one, that for any event first.
    """
    told = " ".join((story.headline, story.kicker, *story.tags, story.summary, story.answers.what)).casefold()

    def weight(each: ShotList) -> int:
        hits = sum(bool(re.search(rf"\b{re.escape(word)}", told)) for word in each.words)
        # A fact check is made in one way whatever it is about; a profile may be of a person, a market or a place.
        kind = (100 if story.kind == "factcheck" else 8) * (story.kind in each.kinds)
        service = 100 * (bool(story.service) and story.service in each.services)
        return service + kind + 10 * hits + 5 * (story.category.casefold() in each.categories)

    best = max(lists, key=weight)
    return best if weight(best) else lists[0]
