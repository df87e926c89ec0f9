"""Pictures of the window: every desk and dialog with the sample workspace, light and dark, at 1366 x 768."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from studio.base.atomic_files import disk_error
from studio.base.lucide_icons import LucideIcons
from studio.base.settings import UserSettings
from studio.story import edits
from studio.story.model import Group
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.core.desk_context import DESKS
from studio.ui.dialogs.qt_dialogs import QtDialogs
from studio.ui.shell.application import ProgramPlaces, StudioApplication
from tools.window_pictures.check_scenes import check_scenes
from tools.window_pictures.group_scenes import calendar_scenes, group_scenes
from tools.window_pictures.guide_marks import mark_scene
from tools.window_pictures.newsroom_scenes import comment_scenes, newsroom_dialogs, notice_scenes
from tools.window_pictures.photo_scenes import photo_scenes, settle_photos
from tools.window_pictures.video_scenes import settle_clip, video_scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from studio.base.progress import Progress
    from studio.ui.core.window_theme import Mode
    from studio.ui.publish.publish_desk import PublishDesk

SIZE = (1366, 768)
_MODES: tuple[Mode, ...] = ("light", "dark")


def draw_screenshots(folder: Path) -> None:
    """What ``kim-studio screenshots`` does: everything as PNG into ``folder``, their names on stdout.

    Raises:
        UserError: the folder cannot be written to.
    """
    from studio.app import make_application, make_sample
    from studio.base import paths

    scratch = Path(tempfile.mkdtemp(prefix="kim-screen-"))
    os.environ.setdefault("QT_QPA_PLATFORM", _offscreen(scratch))
    app = make_application()
    shutil.rmtree(scratch, ignore_errors=True)
    for path in draw_all(app, folder, ProgramPlaces(paths.assets_dir(), paths.documents_dir()), make_sample):
        sys.stdout.write(f"{path}\n")


def _offscreen(folder: Path) -> str:
    """Qt's platform with a screen of a small laptop; its own is 800 pixels wide, and dialogs are squeezed into it."""
    if os.name == "nt":  # a drive's colon would end the name of the file
        return "offscreen"
    screen = {"name": "laptop", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "logicalDpi": 96, "dpr": 1}
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return f"offscreen:configfile={path}"


def draw_all(
    app: QApplication, folder: Path, places: ProgramPlaces, sample: Callable[[Path, Progress], None]
) -> tuple[Path, ...]:
    """Draw everything.

    Args:
        app: the application; an offscreen one will do.
        folder: where the PNG files go; made when missing, files of the same name are replaced.
        places: where assets are.
        sample: fills a folder with the sample workspace.

    Returns:
        The files, ``<name>-<light|dark>.png``, and those of the guide.
    """
    from studio.base.progress import SilentProgress

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, folder / "x.png") from error
    scratch = Path(tempfile.mkdtemp(prefix="kim-screenshots-"))
    made: list[Path] = []
    try:
        workspace = scratch / "KIM Bina Warga"
        sample(workspace, SilentProgress())
        for mode in _MODES:
            studio = _studio(app, mode, scratch, places, sample)
            try:
                for name, widget in _scenes(studio, workspace):
                    made.append(_draw(app, widget, folder / f"{name}-{mode}.png"))
                    if mode == "light":
                        made += _draw_for_guide(name, widget, folder)
            finally:
                studio.close()
                studio.deleteLater()
                # ``processEvents`` leaves deferred deletes alone: the window would still be there in the next mode.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return tuple(made)


def _studio(
    app: QApplication, mode: Mode, scratch: Path, places: ProgramPlaces, sample: Callable[[Path, Progress], None]
) -> StudioApplication:
    settings = UserSettings()
    settings.set("writer_asked", True)
    settings.set("theme", mode)
    settings.set("author", "Siti Aminah")
    # What happens to be plugged into the machine that draws belongs in no picture.
    home = ProgramPlaces(places.assets, scratch / "Dokumen", drives=tuple)
    return StudioApplication(
        app, settings, InlineJobs(), lambda texts: QtDialogs(texts, scratch), LucideIcons(), home, sample
    )


def _draw(app: QApplication, widget: QWidget, path: Path) -> Path:
    # Layouts follow one another by posted events: after a single round widgets may still have their old size.
    for _ in range(12):
        app.processEvents()
    widget.grab().save(str(path))
    return path


def _draw_for_guide(scene: str, widget: QWidget, folder: Path) -> list[Path]:
    made = []
    for name, drawn in mark_scene(scene, widget).items():
        made.append(folder / f"{name}.png")
        drawn.save(str(made[-1]))
    return made


def _scenes(studio: StudioApplication, workspace: Path) -> Iterator[tuple[str, QWidget]]:
    """Everything to draw, one after the other; each is set up when it is asked for."""
    studio.show_welcome()
    if studio.welcome is not None:
        studio.welcome.resize(*SIZE)
        yield "welcome", studio.welcome
        studio.welcome.open_district()
        if studio.welcome.district is not None:
            studio.welcome.district.take_sample()
            yield "district", studio.welcome
    studio.open_workspace(workspace)
    if studio.window is None or studio.stories is None or studio.source is None:
        return
    studio.source.refresh()
    shell = studio.window.shell
    shell.resize(*SIZE)
    folders = studio.stories.workspace.story_folders()
    best = max(folders, key=lambda name: _richness(studio, name))
    studio.stories.open(best)
    for code, _ in DESKS:
        studio.window.go(code)
        settle_clip(studio.window.page)
        settle_photos(studio.window.page)
        yield code, shell
        yield from _of_desk(studio, code, shell)
    yield from group_scenes(studio, shell)
    yield from calendar_scenes(studio, shell)
    studio.stories.new()
    studio.window.go("write")
    yield "new", shell
    yield from notice_scenes(studio, shell)
    studio.stories.open(best)
    yield from comment_scenes(studio, shell)
    yield from _dialogs(studio, best)


def _of_desk(studio: StudioApplication, code: str, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """What a desk shows beyond its first sight."""
    page = studio.window.page if studio.window is not None else shell
    match code:
        case "photo":
            for name in photo_scenes(page):
                yield f"photo-{name}", shell
        case "video":
            yield from video_scenes(page, shell)
        case "check":
            yield from check_scenes(studio, page, shell)
        case "publish":
            yield from _publishing(page, shell)


def _publishing(desk: QWidget, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The previews of several outlets, the gallery, and what an export of those without a video made."""
    from studio.ui.publish.publish_desk import PublishDesk

    if not isinstance(desk, PublishDesk):
        return
    for outlet in ("whatsapp", "facebook", "tiktok", "youtube", "x", "telegram", "website", "mading"):
        desk.look_at(outlet)
        yield f"publish-{outlet}", shell
    desk.look_at("instagram")
    desk.show_tab("designs")
    yield "gallery", shell
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet in {"telegram", "x", "website", "mading"})
    desk.export.click()
    yield "publish-results", shell
    yield from _sending(desk, shell)
    desk.show_tab("preview")


def _sending(desk: PublishDesk, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The queue with some stories, and the way to the phone."""
    from studio.ui.publish.phone_panel import PhonePanel
    from studio.ui.publish.queue_panel import QueuePanel

    desk.show_tab("queue")
    yield "queue-empty", shell
    panel = desk.pages.currentWidget()
    if isinstance(panel, QueuePanel):
        names = panel.work.workspace.story_folders()
        stories = [(name, panel.work.workspace.load(name).headline) for name in names]
        panel.work.change_queue(lambda queue: queue.add(stories, ("whatsapp", "x")))
        panel.work.change_queue(
            lambda queue: queue.change_item(queue.items[0].id, state="done", files=6, bytes=1_840_000, made=6)
        )
        yield "queue", shell
        for item in panel.work.queue.items:
            panel.work.queue.remove(item.id)
        panel.refresh()
    desk.show_tab("phone")
    phone = desk.pages.currentWidget()
    if isinstance(phone, PhonePanel):
        yield "phone", shell


def _richness(studio: StudioApplication, folder: str) -> tuple[int, int]:
    if studio.stories is None:
        return 0, 0
    story = studio.stories.workspace.load(folder)
    return len(story.videos), len(story.photos)


def _dialogs(studio: StudioApplication, folder: str) -> Iterator[tuple[str, QWidget]]:
    from studio.export.planning.group_logo import ready_mark
    from studio.ui.dialogs.bin_dialog import BinDialog
    from studio.ui.dialogs.history_dialog import HistoryDialog
    from studio.ui.dialogs.profile_dialog import ProfileDialog
    from studio.ui.dialogs.settings_dialog import SettingsDialog
    from studio.ui.dialogs.shortcuts_dialog import ShortcutsDialog

    if studio.stories is None or studio.stories.session is None:
        return
    tools, session = studio.tools, studio.stories.session
    session.edit(edits.set_field("headline", session.story.headline + " bersama"))
    session.flush()
    workspace = studio.stories.workspace
    dialogs: dict[str, QWidget] = {
        "profile": ProfileDialog(tools, workspace.group, ready_mark(workspace)),
        "new-workspace": ProfileDialog(tools, Group(), place=Path("Dokumen") / "KIM Studio"),
        "settings": SettingsDialog(tools),
        "shortcuts": ShortcutsDialog(tools),
        "history": HistoryDialog(tools, workspace, folder, session.story),
        "bin": BinDialog(tools, studio.stories),
    }
    history = dialogs["history"]
    if isinstance(history, HistoryDialog):  # the latest version but one differs by the headline and little else
        history.list.setCurrentRow(history.list.count() - 1)
    for name, dialog in (*dialogs.items(), *newsroom_dialogs(studio, folder)):
        dialog.show()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
    session.undo()
    session.flush()
