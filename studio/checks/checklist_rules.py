"""Questions of a checklist from a data pack: asked of a person beside the studio's own, which none can take away.

A pack of the kind ``checklist`` has a ``daftar_periksa.toml`` (docs/format.md, "Data packs"). What it asks is ticked in
the panel "Siap terbit?" like the statements of ``studio.checks.statement_rules``.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.base.errors import UserError
from studio.checks.finding import Finding, Level
from studio.story.places import TextPlace, placed_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Story

PREFIX = "daftar-"
"""Before the id of a question, where its tick is kept in ``Story.declarations``."""
_MOST = 40


class ChecklistQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question.

    Attributes:
        id: by which a tick is remembered.
        statement: what is ticked, by language ("id" at least).
        ask: what the finding says; ``statement`` where it is empty.
        level: ``block`` keeps a story a draft until it is ticked.
        source: the rule behind it.
        kinds: stories it is asked of; empty for all.
        categories: the same, by category.
        words: asked only where readers are to read one of these, in whatever case; empty for always.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}\Z")]
    statement: dict[str, str]
    ask: dict[str, str] = {}
    level: Level = "warning"
    source: str = ""
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in ``Story.declarations``."""
        return f"{PREFIX}{self.id}"

    def is_asked(self, story: Story, read: str) -> bool:
        """Whether it is asked of a story whose words are ``read``, in lower case."""
        return (
            (not self.kinds or story.kind in self.kinds)
            and (not self.categories or story.category in self.categories)
            and (not self.words or any(word.casefold() in read for word in self.words))
        )


class _ChecklistFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: Annotated[tuple[ChecklistQuestion, ...], msgspec.Meta(min_length=1, max_length=_MOST)]
    format: int = 1


def read_checklist(text: str, file: str) -> tuple[ChecklistQuestion, ...]:
    """The questions in a TOML text.

    Args:
        text: the content of the file.
        file: how errors call it.

    Raises:
        UserError: ``data.checklist``: it is no such file, two questions have one id, or one says nothing in Indonesian.
    """
    try:
        questions = msgspec.convert(tomllib.loads(text), _ChecklistFile).question
    except (ValueError, RecursionError) as error:
        raise UserError("data.checklist", file=file, detail=str(error)) from error
    silent = [each.id for each in questions if not each.statement.get("id", "").strip()]
    ids = [each.id for each in questions]
    if silent or len(set(ids)) < len(ids):
        raise UserError("data.checklist", file=file, detail=", ".join(silent) or "id")
    return questions


def asked_questions(story: Story, questions: Sequence[ChecklistQuestion]) -> tuple[ChecklistQuestion, ...]:
    """Those that a story gives reason to ask, in order."""
    if not questions:
        return ()
    read = "\n".join(text for _, text in placed_texts(story)).casefold()
    return tuple(each for each in questions if each.is_asked(story, read))


def check_checklist(story: Story, questions: Sequence[ChecklistQuestion]) -> tuple[Finding, ...]:
    """A finding for each question that is asked of a story and that nobody has ticked."""
    return tuple(
        Finding(
            "checklist",
            each.level,
            "form",
            TextPlace(f"declarations/{each.name}"),
            {"question": each.ask or each.statement, "name": each.id},
            each.source,
        )
        for each in asked_questions(story, questions)
        if each.name not in story.declarations
    )
