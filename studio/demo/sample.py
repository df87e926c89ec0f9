"""The sample workspace: a made-up group with three stories, their pictures and clips."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.services.draft_import import add_draft_file
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Colors, Group
from studio.story.publishing import publish

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace

DRAFTS = (
    ("pasar-minggu-pagi.md", "2026-11-15-pasar-minggu-pagi-sukamaju-tempat-hasil-panen-bertemu"),
    ("saluran-irigasi.md", "2026-11-22-warga-sukamaju-gotong-royong-perbaiki-saluran-irigasi"),
    ("vaksinasi-ternak.md", "2026-11-28-vaksinasi-ternak-gratis-di-balai-desa-sukamaju-sabtu-28"),
)
"""The drafts in ``assets/sample``, oldest event first, and the folders that their stories get."""
PUBLISHED = {"vaksinasi-ternak.md": ("mading", "2026-11-21T16:00:00+07:00")}
"""Where and when a notice of the sample appeared: one whose day has passed would be held back, whenever the sample is
made."""
LOGO = "logo.png"
GROUP = Group(
    id="0b1f6c5e-7d43-4c1b-9a26-5a0e3f2d9c77",
    name="KIM Bina Warga",
    full_name="Komunitas Informasi Masyarakat Bina Warga",
    village="Desa Sukamaju",
    district="Kecamatan Tirtasari",
    regency="Kabupaten Wanagiri",
    logo=LOGO,
    colors=Colors(main="#0f6b5c", accent="#f2b705"),
    accounts={
        "instagram": "@kimbinawarga.sukamaju",
        "facebook": "KIM Bina Warga Sukamaju",
        "tiktok": "@kimbinawarga.sukamaju",
        "youtube": "@kimbinawargasukamaju",
        "x": "@kimbinawarga_sm",
        "telegram": "@kimbinawarga_sukamaju",
        "whatsapp": "Kabar Sukamaju",
    },
    site="https://kimbinawarga.example",
    hashtags=("KIMBinaWarga", "DesaSukamaju"),
    address="Balai Desa Sukamaju, Kecamatan Tirtasari, Kabupaten Wanagiri",
    license="CC BY 4.0",
    members=("Siti Aminah", "Budi Santoso", "Rahmat Hidayat"),
)
"""Village, district and regency are made up; ``.example`` is reserved (RFC 2606), so nobody's site is meant."""


def make_sample(workspace_dir: Path, progress: Progress, *, scale: float = 1.0) -> Workspace:
    """Make the sample workspace, or complete one: stories that are there (or in the bin) are left alone.

    Args:
        workspace_dir: a new or empty folder, or an earlier sample workspace.
        progress: told which picture, clip or story is being made; 100 units in all.
        scale: of the size of pictures and clips, for tests.

    Returns:
        The open workspace; the caller closes it.

    Raises:
        UserError: the folder holds something else, the disk refuses, or ffmpeg fails; stories already added stay.
        Cancelled: from ``progress``; likewise.
    """
    workspace = _workspace(Path(workspace_dir))
    try:
        missing = _missing(workspace)
        if missing:
            with tempfile.TemporaryDirectory(prefix="kim-studio-") as name:
                _add(workspace, Path(name), missing, progress, scale)
        progress.report(100, 100, "")
    except BaseException:
        workspace.close()
        raise
    return workspace


def _workspace(path: Path) -> Workspace:
    if (path / "workspace.json").exists():
        workspace = open_workspace(path)
        if workspace.group.id != GROUP.id:
            name = workspace.group.name
            workspace.close()
            raise UserError("demo.other_workspace", place=str(path), group=name)
    else:
        workspace = create_workspace(path, GROUP)
    if workspace.group.logo == LOGO and not (workspace.path / LOGO).exists() and not workspace.read_only:
        from studio.demo.logo import logo_png

        write_atomic(workspace.path / LOGO, logo_png(GROUP.colors.main, GROUP.colors.accent))
    return workspace


def _missing(workspace: Workspace) -> tuple[str, ...]:
    """Drafts of which no story is in the workspace or its bin."""
    if workspace.read_only:
        return ()
    there = {*workspace.story_folders(), *workspace.bin.names()}
    return tuple(draft for draft, folder in DRAFTS if folder not in there)


def _add(workspace: Workspace, folder: Path, names: tuple[str, ...], progress: Progress, scale: float) -> None:
    """Draw what the drafts name into ``folder`` and add them from there."""
    from studio.demo import clips, pictures

    for source in (assets_dir() / "sample").iterdir():
        shutil.copyfile(source, folder / source.name)
    text = "".join((folder / name).read_text(encoding="utf-8") for name in names)
    photos = [picture for picture in pictures.PICTURES if f"file: {picture.file}\n" in text]
    videos = [clip for clip in clips.CLIPS if f"file: {clip.file}\n" in text]
    pictures.draw_all(folder, _Part(progress, 0, 55), photos, scale)
    clips.make_all(folder, _Part(progress, 55, 95), videos, scale)
    for done, name in enumerate(names):
        progress.report(95 + 5 * done / len(names), 100, name)
        made = add_draft_file(workspace, folder / name).folder
        if name in PUBLISHED:
            outlet, when = PUBLISHED[name]
            workspace.save(made, publish(outlet, when, by="Siti Aminah").apply(workspace.load(made)))


class _Part:
    """A Progress that fills the stretch from ``start`` to ``end`` of another, of 100."""

    def __init__(self, progress: Progress, start: float, end: float) -> None:
        self._progress, self._start, self._end = progress, start, end

    def report(self, done: float, total: float, what: str) -> None:
        """Pass on, stretched."""
        share = done / total if total else 1.0
        self._progress.report(self._start + (self._end - self._start) * share, 100, what)
