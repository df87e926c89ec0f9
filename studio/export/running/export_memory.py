"""What this computer remembers of stories that were exported: the quick way past one that nobody touched since.

The gate reads every word of a story; for a library of thousands that are as they were, that is all an export costs.
What it said holds for as long as the story's bytes, the profile, the packs, the version and the day are the same, so
then only the files are looked at. It is kept in the cache of this computer, not in the workspace: nobody who hands a
workspace on can say what our gate has said.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import write_cache
from studio.base.json_text import decode_json
from studio.base.paths import cache_dir
from studio.base.workspace_places import WorkspacePlaces
from studio.export.planning.content_keys import key_of
from studio.export.running.export_manifest import JOURNAL, ExportManifest, ManifestEntry, read_manifest
from studio.export.running.plan_runner import untouched_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path


class _SeenStory(msgspec.Struct, frozen=True, array_like=True):
    """A story as the gate let it out, and what its export was then."""

    story: str
    files: str
    blocks: int


class _SeenStories(msgspec.Struct, frozen=True):
    """The file: ``run`` is the hash of all that is the same for every story."""

    run: str = ""
    stories: dict[str, _SeenStory] = {}


class ExportMemory:
    """What is remembered of one workspace's exports to some outlets in one place.

    Args:
        workspace: its folder.
        target: where its exports are.
        outlets: ids that were asked for; empty for all there are.
        run: hash of all that goes into every story alike: profile, packs, version, language, day.
    """

    def __init__(self, workspace: Path, target: Path, outlets: Collection[str], run: str) -> None:
        self._stories = WorkspacePlaces(workspace).stories_dir
        self._target = target
        self._outlets = frozenset(outlets)
        self._run = run
        name = key_of("export memory", (str(workspace), str(target), sorted(self._outlets)))
        self._file = cache_dir() / "exported" / f"{name}.json"
        self._seen = dict(_read_seen(self._file, run))
        self._changed = False

    def story_digest(self, folder: str) -> str:
        """A hash of a story's bytes as they are now; "" when they cannot be read."""
        try:
            return hashlib.sha256((self._stories / folder / "story.json").read_bytes()).hexdigest()
        except OSError:
            return ""

    def recall(self, folder: str, group: str) -> tuple[ExportManifest, int] | None:
        """The manifest of a story's export, when neither it nor the export was touched; and what blocks the story.

        Args:
            folder: of the story.
            group: id of the group that exports.
        """
        seen = self._seen.get(folder)
        if seen is None or seen.story != self.story_digest(folder):
            return None
        place = self._target / folder
        manifest = read_manifest(place)
        if manifest.group != group or (place / JOURNAL).exists():
            return None
        files = self._asked_files(manifest.files)
        if _digest_of(files) != seen.files or not untouched_files(place, files):
            return None
        return manifest, seen.blocks

    def remember_story(self, folder: str, digest: str, manifest: ExportManifest, blocks: int) -> None:
        """Remember a story whose files are all there.

        Args:
            folder: of the story.
            digest: of its bytes before it was judged; where they are others by now, nothing is remembered.
            manifest: of its export.
            blocks: how many findings stop it from being ready.
        """
        troubled = {problem.outlet for problem in manifest.problems}
        if self._outlets:
            troubled &= self._outlets
        if not digest or digest != self.story_digest(folder) or troubled:
            return
        self._seen[folder] = _SeenStory(digest, _digest_of(self._asked_files(manifest.files)), blocks)
        self._changed = True

    def save(self) -> None:
        """Keep what was learned; where it cannot be kept, the next run takes longer."""
        if self._changed:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_cache(self._file, msgspec.json.encode(_SeenStories(self._run, self._seen)))
            self._changed = False

    def _asked_files(self, files: Iterable[ManifestEntry]) -> list[ManifestEntry]:
        return [entry for entry in files if not self._outlets or entry.outlet in self._outlets]


def _digest_of(files: Iterable[ManifestEntry]) -> str:
    return key_of("files", [(entry.path, entry.key, entry.sha256) for entry in files])


def _read_seen(file: Path, run: str) -> dict[str, _SeenStory]:
    try:
        seen = decode_json(file.read_bytes(), _SeenStories)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return {}
    return seen.stories if seen.run == run else {}
