"""One sample workspace for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from studio.base.paths import assets_dir
from studio.demo.sample import make_sample
from studio.store.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Story


@dataclass
class Watched:
    """A Progress that remembers what it was told."""

    said: list[tuple[float, float, str]] = field(default_factory=list)

    def report(self, done: float, total: float, what: str) -> None:
        self.said.append((done, total, what))


@dataclass(frozen=True)
class Sample:
    path: Path
    said: list[tuple[float, float, str]]

    def open(self) -> Workspace:
        return open_workspace(self.path, write=False)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    path = tmp_path_factory.mktemp("sample") / "Ruang Kerja"
    watched = Watched()
    make_sample(path, watched).close()
    return Sample(path, watched.said)


@pytest.fixture(scope="session")
def stories(sample: Sample) -> dict[str, Story]:
    workspace = sample.open()
    return {folder: workspace.load(folder) for folder in workspace.story_folders()}


@pytest.fixture(scope="session")
def drafts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((assets_dir() / "sample").glob("*.md"))}
