"""Ctrl+V on the desks of photos and clips: files copied in a file manager, or a picture copied in a browser or chat."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut

from studio.base.errors import UserError
from studio.base.folders import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData, QObject
    from PySide6.QtWidgets import QWidget

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools


class PasteSession(Protocol):
    """What is pasted into."""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed."""


class PasteBench(Protocol):
    """What pasting needs of a desk: ``DeskContext`` has it."""

    @property
    def session(self) -> PasteSession:
        """What is pasted into."""

    @property
    def toast(self) -> Callable[[str], None]:
        """Says a short word."""

    @property
    def take_mime(self) -> Callable[[QMimeData], None]:
        """Takes in what is on the clipboard."""

    def t(self, code: str, **facts: object) -> str:
        """The text for a code."""


def bind_paste(bench: PasteBench, *parts: QWidget) -> None:
    """Have Ctrl+V bring files in while the focus is in one of these parts; a text field in them pastes text as ever."""
    for part in parts:
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), part)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(paste, bench))


def paste(bench: PasteBench) -> None:
    """Bring in what is on the clipboard, or say that there is nothing of use on it."""
    data = QGuiApplication.clipboard().mimeData()
    if bench.session.read_only:
        bench.toast(bench.t("window.read_only"))
    elif data.hasImage() or any(url.isLocalFile() for url in data.urls()):
        bench.take_mime(data)
    else:
        bench.toast(bench.t("import.paste_none"))


def take_pasted(
    tools: WindowTools,
    workspace: Workspace,
    data: QMimeData,
    bring_in: Callable[[Sequence[Path]], None],
    failed: Callable[[UserError], None],
    owner: QObject,
) -> None:
    """Bring in what was pasted: files that were copied, or a picture copied in a browser or chat.

    A picture has a file for its way in. None is left: it may be covered where it goes.
    """
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files or not data.hasImage() or workspace.read_only:
        bring_in(files)
        return
    path = workspace.private_dir / "pasted" / f"{tools.t('import.pasted_name')}.png"
    try:
        workspace.site.require_workspace()
    except UserError as error:
        failed(error)
        return

    def take_in(made: Path) -> None:
        bring_in([made])
        tools.jobs.start("", partial(_forget, made), quiet=True)  # in the same lane: after the copy

    # Read here, as the clipboard belongs to the window's thread; only the writing is the worker's.
    work = partial(_keep_picture, QImage(data.imageData()), path)
    tools.jobs.start(tools.t("import.job_media", n=1), work, done=take_in, failed=failed, owner=owner)


def _keep_picture(picture: QImage, path: Path, progress: Progress) -> Path:
    """Write a pasted picture to a file.

    Raises:
        UserError: ``import.pasted``: it is none, or cannot be written.
    """
    progress.report(0, 1, path.name)
    with suppress(OSError):
        make_folder(path.parent)
    if picture.isNull() or not picture.save(str(path)):
        raise UserError("import.pasted")
    return path


def _forget(path: Path, progress: Progress) -> None:
    progress.report(0, 1, path.name)
    with suppress(OSError):
        path.unlink(missing_ok=True)
