"""Outlets and their template packs: which there are, taking one in, giving one away, how a card is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base import paths
from studio.posts.output_kinds import CardOutput

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.posts.catalog import OutletCatalog
    from studio.posts.families import DesignFamily
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story

__all__ = [
    "CardOutput",
    "automatic_design",
    "hand_on_family",
    "hand_on_pack",
    "outlet_catalog",
    "outlet_press",
    "own_family",
    "remove_family",
    "remove_outlet",
    "take_pack",
]


def outlet_catalog(workspace: Workspace) -> OutletCatalog:
    """All outlets, the group's own too."""
    from studio.posts.catalog import load_catalog

    return load_catalog(paths.templates_dir(), workspace.templates_dir)


def outlet_press(workspace: Workspace) -> RenderContext:
    """What fills the templates of all outlets."""
    from studio.posts.render_context import RenderContext

    return RenderContext(outlet_catalog(workspace))


def take_pack(workspace: Workspace, source: Path, progress: Progress, *, replace: bool) -> Outlet | DesignFamily:
    """Take in an outlet or a design family that another person made, from a ZIP; cards of a family are filled first.

    Raises:
        UserError: the workspace is read-only; ``posts.zip_there``: there is one of that name and ``replace`` is off;
            see ``import_pack``.
    """
    from studio.posts.pack_zip import import_pack
    from studio.services.template_making import prove_family

    workspace.site.require_workspace()
    builtin = paths.templates_dir()
    return import_pack(
        source,
        workspace.templates_dir,
        builtin,
        replace=replace,
        prove=lambda folder: prove_family(folder, builtin, progress),
    )


def hand_on_pack(outlet: Outlet, target: Path) -> Path:
    """Write an outlet as a ZIP for another group; see ``export_pack``.

    Raises:
        UserError: it cannot be written.
    """
    from studio.posts.pack_zip import export_pack

    return export_pack(outlet.folder, target if target.suffix else target.with_suffix(".zip"))


def own_family(workspace: Workspace, name: str) -> Path | None:
    """The folder of a design family that the group took in or made; None for those of the studio."""
    from studio.posts.families import FAMILIES

    folder = workspace.templates_dir / FAMILIES / name
    return folder if name and (folder / "family.toml").is_file() else None


def hand_on_family(folder: Path, target: Path) -> Path:
    """Write a design family as a ZIP for another group; see ``export_pack``.

    Raises:
        UserError: it cannot be written.
    """
    from studio.posts.pack_zip import export_pack

    return export_pack(folder, target if target.suffix else target.with_suffix(".zip"))


def remove_family(workspace: Workspace, folder: Path) -> None:
    """Remove a design family of the group's own; what has it looks plain again.

    Raises:
        UserError: the workspace is read-only, or it cannot be removed.
    """
    from studio.posts.pack_zip import remove_pack

    workspace.site.require_workspace()
    remove_pack(folder)


def remove_outlet(outlet: Outlet) -> None:
    """Remove an outlet of the group's own.

    Raises:
        UserError: it cannot be removed.
    """
    from studio.posts.pack_zip import remove_pack

    remove_pack(outlet.folder)


def automatic_design(catalog: OutletCatalog, outlet: Outlet, file: str, story: Story, group: Group, folder: str) -> str:
    """The design a card gets when neither the story nor the group has chosen one."""
    from msgspec.structs import replace

    from studio.posts.card_choice import card_design
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import build_context

    press = RenderContext(catalog)
    story, group = replace(story, designs={}), replace(group, designs={})
    material = build_context(story, group, press.catalog.labels, folder or "berita")
    return card_design(press, outlet, outlet.card(file), material)
