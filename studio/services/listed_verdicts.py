"""Whether stories that are called finished in lists are so to the gate now: judged in pieces, kept by what decides."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.kept_verdicts import keep_verdict, kept_verdicts
from studio.store.story_shelf import today_of
from studio.story.model import ANNOUNCED
from studio.story.story_status import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.base.progress import Progress
    from studio.services.story_list import StoryRow
    from studio.store.index import SearchIndex

AT_ONCE = 4
"""Stories judged in one go, each about 30 ms: what else waits for the worker does not wait longer."""


def claims_ready(row: StoryRow) -> bool:
    """Whether the gate has anything to say of a story in a list: a draft is one whatever it says."""
    return row.status in PUBLIC and not row.broken


def verdict_key(index: SearchIndex) -> Callable[[str], str]:
    """What decides beside the story itself, by the kind of the story: the group, its day; for a notice the hour too.

    Data packs have a say as well: a checklist can hold a story back.
    """
    import hashlib

    import msgspec

    from studio import __version__
    from studio.base.data_shelf import program_shelf

    workspace = index.workspace
    about = (
        msgspec.json.encode(workspace.group) + f"{today_of(workspace)} {__version__} {program_shelf().packs()}".encode()
    )
    usual = hashlib.sha256(about).hexdigest()[:16]
    hour = workspace.clock().isoformat()[:13]
    return lambda kind: f"{usual} {hour}" if kind in ANNOUNCED else usual


def known_standing(index: SearchIndex, rows: Sequence[StoryRow]) -> dict[str, tuple[bool, bool]]:
    """What is known of the stories that claim to be ready: held back or not, and whether that was said of them as now.

    Returns:
        By folder; a story that was never judged is missing. Empty where the cache cannot be used.
    """
    asked = {row.folder: row.kind for row in rows if claims_ready(row)}
    key = verdict_key(index)
    with suppress(UserError):
        found = kept_verdicts(index, tuple(asked))
        return {folder: (said.held, said.current and said.key == key(asked[folder])) for folder, said in found.items()}
    return {}


def judge_listed(index: SearchIndex, folders: Sequence[str], progress: Progress) -> dict[str, bool]:
    """Ask the gate about some stories, as they are on disk, and keep what it says.

    Returns:
        Whether it holds each of them back, by folder; those that could not be read are missing.

    Raises:
        WorkCancelled: from ``progress``; what was judged is kept.
        UserError: the cache cannot be used.
    """
    from studio.release.release_gate import judge_here

    key, said = verdict_key(index), dict[str, bool]()
    for number, folder in enumerate(folders):
        progress.report(number, len(folders), folder)
        story, stamp = index.read_story(folder)
        if story is None or stamp is None:
            continue
        verdict = judge_here(index.workspace, story, folder)
        held = said[folder] = not verdict.withdrawn and not verdict.ready
        keep_verdict(index, folder, stamp, key(story.kind), held=held)
    return said
