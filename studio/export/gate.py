"""What an export may let out: a finished post, a marked draft, or nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.checks.everything import check
from studio.checks.readiness import Readiness, readiness
from studio.export.findings import told, where
from studio.lexicon.pii import find_private
from studio.lexicon.word_list import is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import Texts
    from studio.checks.finding import Finding
    from studio.story.model import Group, Story

_SHOWN = 12
"""Hits that a refusal names; more than these are counted."""


def judge(story: Story, group: Group, folder: str = "") -> Readiness:
    """All findings but those of spelling, which never stop a story, as of today, sorted.

    ``folder`` is the story's folder name.

    ``refusals`` of the result forbid an export altogether, ``draft`` asks for the mark of a draft.
    """
    today = date.today().isoformat()
    return readiness(story, check(story, group, detect=find_private, known=is_word, folder=folder, today=today))


def refusal(found: Sequence[Finding], folder: str, texts: Texts) -> UserError:
    """The error of a refused story: every hit with its place and what to do.

    Args:
        found: ``Readiness.refusals``.
        folder: the story's folder.
        texts: language of the hits.
    """
    lines = [f"- {where(finding, texts)}: {told(finding, texts)}" for finding in found]
    if len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], texts.text("export.refused_more", count=len(lines) - _SHOWN)]
    return UserError("export.refused", story=folder, count=len(found), hits="\n".join(lines))
