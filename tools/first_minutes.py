"""The first ten minutes of a newcomer, by real mouse and keys: clicks, keys, seconds, and a picture of each step.

python -m tools.first_minutes FOLDER [small|full]

An empty home, the real program under an X server of 1366 x 768 with xdotool: a group is made, a story written, its
media brought in and captioned, its findings settled, its posts exported. Prints one line of JSON a step and the sum;
ends with 1 when there were more clicks than allowed, a text got lost, or an outlet has no files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint

MOST_CLICKS = {"small": 25, "full": 90}
OUTLETS = ("whatsapp", "instagram", "facebook", "tiktok", "youtube", "x", "telegram", "website", "mading")
Steps = Generator[tuple[str, ...], None, None]
_BODY = (
    "Dua puluh warga Desa Sukamaju membersihkan saluran irigasi pada Minggu (22/11) pagi karena lumpur menutup aliran."
    " Mereka mencangkul bergiliran dari hulu ke hilir."
)
_QUOTE = "“Airnya mengalir lagi sampai sawah paling ujung,” kata Asep Hidayat, Kepala Dusun Krajan."


class Newcomer:
    """Somebody who sits in front of the program for the first time.

    Args:
        studio: the program, its first page shown.
        folder: takes the pictures.
        media: the phone's folder.
    """

    def __init__(self, studio: Any, folder: Path, media: Path) -> None:
        self.studio, self.folder, self.media = studio, folder, media
        self.clicks = self.keys = 0
        self.steps: list[dict[str, Any]] = []
        self._since = time.monotonic()

    # ------------------------------------------------------------------------------------------- hands

    def click(self, widget: Any, place: Any = None) -> Steps:
        """Bring it into sight by the wheel's way, move there and click."""
        from studio.ui.core.focus_order import into_sight
        from tests.ui.hands import click

        into_sight(widget)
        yield ("sleep", "0.15")
        self.clicks += 1
        yield click(widget, place)
        yield ("sleep", "0.15")

    def press(self, *names: str) -> Steps:
        """Keys."""
        from tests.ui.hands import keys

        self.keys += len(names)
        yield keys(*names)

    def write(self, text: str) -> Steps:
        """Type; letters that no keyboard here has are pasted by xdotool itself."""
        from tests.ui.hands import typed

        self.keys += len(text)
        yield typed(text)

    def wait(self, what: Any, seconds: float = 90) -> Steps:
        """Until something is so.

        Raises:
            RuntimeError: it is not.
        """
        end = time.monotonic() + seconds
        while not what():
            if time.monotonic() > end:
                raise RuntimeError(f"waited for nothing after {self.steps[-1:]}")
            yield ("sleep", "0.1")

    def done(self, name: str) -> Steps:
        """A step is over: note it and take its picture."""
        from PySide6.QtWidgets import QApplication

        yield ("sleep", "0.4")
        now = time.monotonic()
        number = len(self.steps) + 1
        step = {"step": name, "clicks": self.clicks, "keys": self.keys, "seconds": round(now - self._since, 1)}
        self.steps.append(step)
        sys.stdout.write(json.dumps(step) + "\n")
        screen = QApplication.primaryScreen()
        screen.grabWindow(0).save(str(self.folder / f"{number:02}-{name}.png"))

    # ------------------------------------------------------------------------------------------- the window

    @property
    def window(self) -> Any:
        """The window of the workspace."""
        return self.studio.window

    def desk(self, code: str) -> Steps:
        """Go to a desk by its tab."""
        tabs = self.window.shell.tabs
        yield from self.click(tabs, tabs.tab_middle(code))
        yield from self.wait(lambda: self.window.desk == code)
        yield ("sleep", "0.5")

    def button(self, text: str, root: Any = None) -> Any:
        """The visible button with this text."""
        from PySide6.QtWidgets import QAbstractButton, QApplication

        roots = [root] if root is not None else QApplication.topLevelWidgets()
        for top in roots:
            for one in top.findChildren(QAbstractButton):
                if one.isVisible() and one.text().strip() == text:
                    return one
        raise RuntimeError(f"no button {text!r}")

    def t(self, code: str, **facts: object) -> str:
        """A text of the window."""
        return str(self.studio.tools.t(code, **facts))


def begin_group(one: Newcomer) -> Steps:
    """The first page and the form of the group."""
    yield from one.done("halaman-pertama")
    yield from one.click(one.studio.welcome.tiles["new_workspace"])
    yield from one.wait(_dialog)
    yield from one.write("KIM Bina Warga")
    yield from one.press("Tab", "Tab")
    yield from one.write("Sukamaju")
    yield from one.wait(_list)
    yield from one.press("Down", "Return")
    yield ("sleep", "0.3")
    yield from one.done("kelompok")
    yield from one.click(one.button(one.t("profile.create"), _dialog()))
    yield from one.wait(lambda: one.window is not None)
    one.window.shell.move(0, 0)
    one.window.shell.resize(1366, 728)
    one.window.shell.activateWindow()
    yield ("sleep", "0.5")


def write_story(one: Newcomer, *, quoted: bool) -> Steps:
    """Headline, summary, text, and who told it."""
    yield from one.click(one.button(one.t("library.new")))
    yield from one.write("Warga Sukamaju bersihkan saluran irigasi")
    yield from one.press("Return")
    yield from one.write("Air kembali mengalir ke sawah setelah lumpur diangkat bersama.")
    page = one.window.page
    yield from one.click(page.starters.tiles["blank"])
    yield from one.write(_BODY)
    if quoted:
        yield from one.press("Return")
        yield from one.write(_QUOTE)
    sources = page.side_panel.sources
    yield from one.click(sources.add)
    yield from one.write("Asep Hidayat")
    yield from one.click(sources.rows[0].fields["role"])
    yield from one.write("Kepala Dusun Krajan")
    yield from one.click(page.header.lines["byline"])
    yield ("sleep", "0.4")
    yield from one.write("Siti Aminah")
    yield from one.press("Return")
    yield ("sleep", "0.3")
    yield from one.done("tulisan")


def add_photos(one: Newcomer, names: tuple[str, ...]) -> Steps:
    """Bring photos in; each gets caption, credit and a text for those who cannot see."""
    yield from one.desk("photo")
    yield from one.click(one.window.page.first)
    yield from one.wait(_dialog)
    yield ("sleep", "0.5")
    files = [str(one.media / name) for name in names]
    yield from one.write(" ".join(f'"{file}"' for file in files) if len(files) > 1 else files[0])
    yield from one.press("Return")
    yield from one.wait(lambda: len(one.studio.stories.session.story.photos) == len(names))
    desk = one.window.page
    yield ("sleep", "1.0")
    inputs = desk.words.form.inputs
    for number in range(len(names)):
        if number:
            desk.strip.setFocus()
            yield from one.press("Right")
        yield from one.click(inputs["caption"].viewport())
        yield from one.write(f"Warga membersihkan saluran di Sukamaju, Minggu (22/11), bagian {number + 1}.")
        yield from one.click(inputs["credit"])
        yield from one.write("Siti Aminah/KIM Bina Warga")
        yield from one.click(inputs["alt"].viewport())
        yield from one.write("Saluran air di antara sawah")
        yield from one.click(desk.words.form.checked.box)
    yield from one.done("foto")


def cut_clip(one: Newcomer, name: str) -> Steps:
    """A clip in two pieces, a name over it, two subtitles."""
    yield from one.desk("video")
    desk = one.window.page
    yield from one.click(desk.add)
    yield from one.wait(_dialog)
    yield ("sleep", "0.5")
    yield from one.write(str(one.media / name))
    yield from one.press("Return")
    yield from one.wait(lambda: desk.player.position is not None and desk.editing.state.cuts)
    yield ("sleep", "2.0")
    timeline, scale = desk.view.timeline, desk.view.timeline.chart.scale
    for second, key in ((1.0, "s"), (2.0, "s")):
        yield from one.click(timeline, QPoint(round(scale.x_of(second)), 4))
        yield from one.press(key)
    yield from one.click(timeline, QPoint(round(scale.x_of(1.5)), timeline.height() // 2))
    yield from one.press("x")
    yield from one.click(desk.side_panel.tabs["words"])
    yield ("sleep", "0.4")
    for field, text in (("title", "Asep Hidayat"), ("title_detail", "Kepala Dusun Krajan")):
        yield from one.click(desk.side_panel.words.form.inputs[field])
        yield from one.write(text)
    for second, text in ((0.2, "Air kembali mengalir."), (3.0, "Sawah siap ditanami.")):
        yield from one.click(timeline, QPoint(round(scale.x_of(second)), 4))
        yield from one.press("t")
        yield ("sleep", "0.6")
        yield from one.write(text)
        yield from one.press("Return")
    yield from one.click(desk.side_panel.tabs["about"])
    yield ("sleep", "0.4")
    form = desk.side_panel.about.form
    for field, text in (("caption", "Air mengalir di saluran Sukamaju."), ("credit", "Siti Aminah/KIM Bina Warga")):
        place = form.inputs[field]
        yield from one.click(place.viewport() if hasattr(place, "viewport") else place)
        yield from one.write(text)
    if form.checked is not None:
        yield from one.click(form.checked.box)
    yield from one.done("video")


def settle_findings(one: Newcomer) -> Steps:
    """What the check asks: ticks of what only a person can say, then "ready"."""
    yield from one.desk("check")
    desk = one.window.page
    yield from one.wait(lambda: desk.findings.rows or desk.findings.declared.boxes)
    yield ("sleep", "1.0")
    yield from one.done("temuan")
    for name in list(desk.findings.declared.boxes):
        yield from one.click(desk.findings.declared.boxes[name])
        yield ("sleep", "0.8")
    yield from one.click(desk.status.steps["ready"])
    yield ("sleep", "0.8")
    yield from one.done("siap")


def export_posts(one: Newcomer, outlets: tuple[str, ...]) -> Steps:
    """Tick the outlets and export."""
    yield from one.desk("publish")
    desk = one.window.page
    yield ("sleep", "1.0")
    if len(outlets) < 5:
        yield from one.click(one.button(one.t("publishdesk.none")))
        for outlet in outlets:
            yield from one.click(desk.boxes[outlet])
    yield from one.click(desk.export)
    yield ("sleep", "0.5")
    yield from one.done("ekspor")
    yield from one.wait(desk.results.isVisible, 600)
    yield ("sleep", "1.5")
    yield from one.done("hasil")


def walk(one: Newcomer, kind: str) -> Steps:
    """The whole way."""
    yield from begin_group(one)
    yield from write_story(one, quoted=kind == "full")
    photos = ("saluran-irigasi.jpg", "sawah-berteras.jpg", "batu-kali.jpg", "padi-menguning.jpg")
    yield from add_photos(one, photos if kind == "full" else photos[:1])
    if kind == "full":
        yield from cut_clip(one, "air-mengalir.mp4")
    yield from settle_findings(one)
    yield from export_posts(one, OUTLETS if kind == "full" else ("whatsapp",))


def judge(one: Newcomer, kind: str) -> dict[str, Any]:
    """What came of it."""
    from studio.services.story_export import exported_files

    stories = one.studio.stories
    story, files = stories.session.story, exported_files(stories.workspace.exports_dir(stories.session.folder))
    return {
        "kind": kind,
        "clicks": one.clicks,
        "allowed": MOST_CLICKS[kind],
        "keys": one.keys,
        "seconds": one.steps[-1]["seconds"],
        "draft": files.draft,
        "status": story.status,
        "outlets": sorted({file.outlet for file in files.files}),
        "problems": [problem.text for problem in files.problems],
        "pieces": [len(clip.cuts) for clip in story.videos],
        "subtitles": [cue.text for clip in story.videos for cue in clip.subtitles],
        "strips": [clip.title for clip in story.videos],
        "kept": story.body.startswith(_BODY[:40]) and story.headline.startswith("Warga Sukamaju"),
    }


def _dialog() -> Any:
    from PySide6.QtWidgets import QApplication

    return QApplication.activeModalWidget()


def _list() -> Any:
    from PySide6.QtWidgets import QApplication

    return QApplication.activePopupWidget()


def run_here(folder: Path, kind: str) -> int:
    """The program and the hands, in this process, under the X server there is."""
    from PySide6.QtCore import QTimer

    from studio.app import make_application
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication
    from tests.ui.hands import Player

    app = make_application()
    home = Path(tempfile.mkdtemp(prefix="kim-first-"))
    places = ProgramPlaces(paths.assets_dir(), home / "Documents")
    settings = UserSettings(home / "settings.json")
    studio = StudioApplication(
        app, settings, ThreadedJobs(), lambda texts: QtDialogs(texts, home), LucideIcons(), places, lambda *_: None
    )
    studio.start(None)
    first: Any = studio.welcome
    first.setGeometry(0, 0, 1366, 728)
    first.activateWindow()
    one = Newcomer(studio, folder, paths.assets_dir() / "sample")
    player = Player(walk(one, kind), lambda _: app.exit(0))

    def fail(*trouble: Any) -> None:
        sys.__excepthook__(*trouble)
        app.exit(3)

    sys.excepthook = fail
    QTimer.singleShot(800, player.go_on)
    code = app.exec()
    told = judge(one, kind) if code == 0 else {"failed after": one.steps[-1:]}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    good = code == 0 and told["kept"] and told["outlets"] and told["clicks"] <= told["allowed"]
    os._exit(0 if good else 1)  # threads of a window that nobody closes


def main() -> int:
    """Start an X server around it."""
    folder, kind = Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "small"
    folder.mkdir(parents=True, exist_ok=True)
    if "--here" in sys.argv:
        return run_here(folder, kind)
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24"]
    command = [*screen, sys.executable, "-m", "tools.first_minutes", str(folder), kind, "--here"]
    return subprocess.run(command, check=False, env={**os.environ, "QT_QPA_PLATFORM": "xcb"}).returncode


if __name__ == "__main__":
    raise SystemExit(main())
