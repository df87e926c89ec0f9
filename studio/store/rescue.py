"""Texts that could not be saved where they belong, kept on the laptop's own disk until they can be.

``rescued/<workspace>/<story>/`` holds ``story.json`` as it would have been saved, and ``base.json``: where it belongs
and what it was made from. The first save that succeeds takes it away; a workspace that is opened again offers what is
left.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import disk_error, write_atomic
from studio.base.errors import UserError
from studio.store.codec import decode_story, story_to_json, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Story

_STORY = "story.json"
_BASE = "base.json"


class RescueBase(msgspec.Struct, frozen=True):
    """base.json: folder of the story in its workspace, "" for a new one, and the digest of its story.json then."""

    folder: str
    seen: str = ""
    workspace: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class RescuedStory:
    """A story that waits to be saved."""

    key: str
    base: RescueBase
    story: Story


class RescuePlace:
    """What was rescued of one workspace.

    Args:
        folder: where rescued stories of all workspaces lie.
        workspace: folder of the workspace.
        group_id: of its profile; workspaces are distinguished by it, or by their place where it is "".
    """

    def __init__(self, folder: Path, workspace: Path, group_id: str) -> None:
        self._workspace = workspace
        name = hashlib.sha256((group_id or str(workspace)).encode()).hexdigest()[:16]
        self.folder = folder / name

    def keep(self, key: str, story: Story, folder: str, seen: str) -> None:
        """Keep a story, in place of what was kept under this key.

        Args:
            key: a plain name that stands for the story.
            story: as it is now.
            folder: its folder in the workspace, "" when it has none.
            seen: digest of story.json as it was last read or written here.

        Raises:
            UserError: this disk refuses, too.
        """
        place = self.folder / key
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        base = RescueBase(folder, seen, str(self._workspace), now)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, place / _STORY) from error
        write_atomic(place / _BASE, to_json(msgspec.to_builtins(base)))
        write_atomic(place / _STORY, story_to_json(story))

    def drop(self, key: str) -> None:
        """It was saved where it belongs, or is not wanted any more."""
        shutil.rmtree(self.folder / key, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def all(self) -> tuple[RescuedStory, ...]:
        """What waits, the oldest first; what cannot be read is left where it lies."""
        found = []
        for place in sorted(self.folder.glob("*/")) if self.folder.is_dir() else ():
            with contextlib.suppress(OSError, UserError, msgspec.MsgspecError):
                base = msgspec.json.decode((place / _BASE).read_bytes(), type=RescueBase)
                story = decode_story((place / _STORY).read_bytes(), _STORY).story
                found.append(RescuedStory(place.name, base, story))
        return tuple(sorted(found, key=lambda kept: kept.base.kept))
