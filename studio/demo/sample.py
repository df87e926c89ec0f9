"""The sample workspace: a made-up group with three stories, their pictures and clips."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.demo.sample_group import add_group
from studio.demo.sample_products import add_products
from studio.services.draft_import import add_draft_file
from studio.store.workspace import create_workspace, open_workspace
from studio.story.audience_readings import add_reading
from studio.story.model import Group, GroupColors
from studio.story.newsroom_records import AudienceReading
from studio.story.publishing import add_publication

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
READINGS = (
    AudienceReading(when="2026-11-22", seen=34, by="Budi Santoso"),
    AudienceReading(when="2026-11-28", seen=61, by="Budi Santoso"),
)
"""How many stood before the notice, as a person counted them."""
LOGO = "logo.png"
GROUP = Group(
    id="0b1f6c5e-7d43-4c1b-9a26-5a0e3f2d9c77",
    name="KIM Bina Warga",
    full_name="Komunitas Informasi Masyarakat Bina Warga",
    village="Desa Sukamaju",
    district="Kecamatan Tirtasari",
    regency="Kabupaten Wanagiri",
    logo=LOGO,
    colors=GroupColors(main="#0f6b5c", accent="#f2b705"),
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


def make_sample(workspace_dir: Path, progress: Progress, *, source: Path | None = None) -> Workspace:
    """Make the sample workspace, or complete one: stories that are there (or in the bin) are left alone.

    Args:
        workspace_dir: a new or empty folder, or an earlier sample workspace.
        progress: told which story is being made; 100 units in all.
        source: folder of the drafts with their pictures and clips; the one in ``assets`` by default.

    Returns:
        The open workspace; the caller closes it.

    Raises:
        UserError: the folder holds something else, or the disk refuses; stories already added stay.
        WorkCancelled: from ``progress``; likewise.
    """
    source = source or assets_dir() / "sample"
    workspace = _sample_workspace(Path(workspace_dir), source)
    try:
        _add_drafts(workspace, source, _missing_drafts(workspace), progress)
        add_group(workspace, source)
        add_products(workspace, source)
        progress.report(100, 100, "")
    # Also when the user stops it: the caller has no workspace yet that it could close.
    except BaseException:
        workspace.close()
        raise
    return workspace


def _sample_workspace(path: Path, source: Path) -> Workspace:
    if (path / "workspace.json").exists():
        workspace = open_workspace(path)
        if workspace.group.id != GROUP.id:
            name = workspace.group.name
            workspace.close()
            raise UserError("demo.other_workspace", place=str(path), group=name)
    else:
        workspace = create_workspace(path, GROUP)
    # A sample whose making was cut off may lack it.
    if workspace.group.logo == LOGO and not (workspace.path / LOGO).exists() and not workspace.read_only:
        write_atomic(workspace.path / LOGO, (source / LOGO).read_bytes())
    return workspace


def _missing_drafts(workspace: Workspace) -> tuple[str, ...]:
    """Drafts of which no story is in the workspace or its bin."""
    if workspace.read_only:
        return ()
    there = {*workspace.story_folders(), *workspace.bin.names()}
    return tuple(draft for draft, folder in DRAFTS if folder not in there)


def _add_drafts(workspace: Workspace, source: Path, names: tuple[str, ...], progress: Progress) -> None:
    """Add the drafts ``names`` with the media beside them."""
    for done, name in enumerate(names):
        progress.report(100 * done / len(names), 100, name)
        made = add_draft_file(workspace, source / name).folder
        if name in PUBLISHED:
            outlet, when = PUBLISHED[name]
            story = add_publication(outlet, when, by="Siti Aminah").apply(workspace.load(made))
            for reading in READINGS:
                story = add_reading(outlet, reading).apply(story)
            workspace.save(made, story)
