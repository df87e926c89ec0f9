"""Around the window: first run, profile, settings, texts of Qt, theme, crash handler, start-up."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import tomllib

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from studio.app import broken_qt
from studio.base import paths
from studio.base.crash_handler import CrashHandler
from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.lexicon.region_search import find_villages
from studio.story import edits
from studio.ui.core.desk_context import DESKS
from studio.ui.shell.window_actions import ICONS
from studio.ui.widgets.drawn_marks import contrast

# ------------------------------------------------------------------------------------------------ first run


def test_the_first_run_offers_four_ways(make_studio):
    studio = make_studio()
    studio.start(None)
    assert set(studio.welcome.tiles) == {"new_workspace", "workspaces", "sample", "restore", "district", "joint"}
    assert all(tile.accessibleName() and tile.toolTip() for tile in studio.welcome.tiles.values())


def test_a_new_workspace_needs_a_name_and_keeps_the_profile(make_studio, answers, tmp_path):
    def fill(dialog):
        dialog.save.click()
        assert dialog._problem.text()
        dialog.inputs["name"].setText("KIM Pena: Jaya")
        dialog.accounts["instagram"].setText("@kimpena")
        dialog.hashtags.setText("KIMPena #Jaya")
        answers.color = "#884400"
        dialog._swatches["main"].click()
        dialog.save.click()
        return True

    answers.on_show = fill
    studio = make_studio()
    studio.start(None)
    studio.welcome.tiles["new_workspace"].click()
    group = studio.stories.workspace.group
    assert (group.name, group.accounts, group.hashtags) == (
        "KIM Pena: Jaya",
        {"instagram": "@kimpena"},
        ("#KIMPena", "#Jaya"),
    )
    assert group.colors.main == "#884400"
    assert studio.stories.workspace.path == tmp_path / "Dokumen" / "KIM Studio" / "KIM Pena Jaya"
    assert studio.welcome is None
    assert studio.window.shell.isVisible()


def test_the_sample_is_made_once_and_then_opened(make_studio):
    studio = make_studio()
    studio.start(None)
    studio.welcome.tiles["sample"].click()
    first = studio.stories.workspace.path
    studio.open_sample()
    assert studio.stories.workspace.path == first
    assert len(studio.stories.workspace.story_folders()) == 1


def test_a_folder_that_is_no_workspace_is_explained(make_studio, answers, tmp_path):
    studio = make_studio()
    answers.folder = tmp_path
    studio.start(None)
    studio.welcome.tiles["workspaces"].click()
    assert answers.said
    assert studio.welcome is not None


def test_several_workspaces_and_the_recent_list(studio, settings, tmp_path):
    from studio.store.workspace import create_workspace
    from studio.story.model import Group

    create_workspace(tmp_path / "Lain", Group(name="KIM Lain")).close()
    first = studio.stories.workspace.path
    studio.open_workspace(tmp_path / "Lain")
    assert studio.stories.workspace.group.name == "KIM Lain"
    assert settings.words("recent") == (str(tmp_path / "Lain"), str(first))
    studio.window._workspace_menu.aboutToShow.emit()
    assert first.name in [action.text() for action in studio.window._workspace_menu.actions()]


def test_villages_are_proposed_with_all_they_lie_in():
    from studio.base.progress import SilentProgress

    found = find_villages("Sukamaju, Depok", 5, SilentProgress())
    assert found
    assert found[0].village == "Sukamaju"
    assert found[0].regency == "Kota Depok"
    assert found[0].province == "Jawa Barat"
    assert find_villages("S", 5, SilentProgress()) == ()


def test_a_logo_is_copied_into_the_workspace(studio, answers, tmp_path):
    from PIL import Image

    Image.new("RGB", (40, 40), "red").save(tmp_path / "Logo KIM.PNG")
    answers.files = (tmp_path / "Logo KIM.PNG",)

    def fill(dialog):
        dialog._choose_logo()
        dialog.save.click()
        return True

    answers.on_show = fill
    studio.edit_profile()
    workspace = studio.stories.workspace
    assert workspace.group.logo == "logo.png"
    from PIL import Image

    with Image.open(workspace.path / "logo.png") as kept:
        assert (kept.size, kept.convert("RGB").getpixel((20, 20))) == ((40, 40), (255, 0, 0))


def test_a_drawing_becomes_a_logo_of_pixels(studio, answers, tmp_path):
    """An SVG logo showed in the window and was missing, without a word, from every export."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#f00"/></svg>'
    )
    (tmp_path / "Logo KIM.svg").write_text(drawing, encoding="utf-8")
    answers.files = (tmp_path / "Logo KIM.svg",)

    def choose(dialog):
        dialog._choose_logo()
        return True

    answers.on_show = choose
    studio.edit_profile()
    workspace = studio.stories.workspace
    assert workspace.group.logo == "logo.png"
    from PIL import Image

    with Image.open(workspace.path / "logo.png") as kept:
        assert (kept.size, kept.convert("RGB").getpixel((256, 128))) == ((512, 256), (255, 0, 0))


@pytest.mark.parametrize("content", [b"bukan gambar", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"])
def test_what_cannot_be_drawn_does_not_become_a_logo(studio, answers, tmp_path, content):
    before = studio.stories.workspace.group.logo
    (tmp_path / "rusak.svg").write_bytes(content)
    answers.files = (tmp_path / "rusak.svg",)
    said = []

    def choose(dialog):
        dialog._choose_logo()
        said.append(dialog._problem.text())
        return True

    answers.on_show = choose
    studio.edit_profile()
    assert studio.stories.workspace.group.logo == before
    assert "rusak.svg" in said[0]


def test_settings_are_changed_in_their_dialog(studio, answers, settings):
    def change(dialog):
        assert all(made.accessibleName() for made in dialog.inputs.values())
        dialog.inputs["author"].setText("Siti Aminah")
        dialog.inputs["language"].setCurrentIndex(1)
        return True

    answers.on_show = change
    studio.edit_settings()
    assert (settings.text("author"), settings.text("language")) == ("Siti Aminah", "en")
    assert studio.tools.texts.language == "en"


# ------------------------------------------------------------------------------------------------ Qt's own texts


@pytest.mark.parametrize(
    ("context", "source", "text"),
    [
        ("QPlatformTheme", "Cancel", "Batal"),
        ("QPlatformTheme", "Save", "Simpan"),
        ("QLineEdit", "&Paste", "T&empel"),
        ("QFileDialog", "Files of &type:", "&Jenis berkas:"),
        ("QColorDialog", "Select Color", "Pilih warna"),
    ],
)
def test_qt_speaks_indonesian(studio, context, source, text):
    assert QCoreApplication.translate(context, source) == text


def test_what_is_not_translated_stays_english_and_keys_keep_their_names(studio):
    assert QCoreApplication.translate("QFontDatabase", "Devanagari") == "Devanagari"
    assert QKeySequence("Ctrl+Del").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Del"


def test_buttons_menus_and_the_file_dialog_are_translated(studio):
    box = QMessageBox(
        QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Save
    )
    assert {button.text() for button in box.buttons()} == {"Batal", "Simpan"}
    line = QLineEdit("x")
    menu = line.createStandardContextMenu()
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["&Urungkan", "U&langi", "Po&tong", "&Salin", "T&empel", "Hapus", "Pilih semua"]
    files = QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert files.labelText(QFileDialog.DialogLabel.FileName) == "&Nama berkas:"
    for widget in (box, menu, line, files):
        widget.deleteLater()


def test_in_english_qt_speaks_english(studio, settings):
    settings.set("language", "en")
    studio.rebuild()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_every_text_the_window_asks_for_exists(repository):
    """Codes that are in the source as they are; those put together are covered by the tests that show them."""
    known = MessageTexts(paths.assets_dir() / "messages").codes()
    asks = re.compile(r'(?:tools\.|self\._tools\.|bench\.|\b)t\("([a-z_]+\.[a-z_.]+)"')
    files = [path for path in (repository / "studio" / "ui").rglob("*.py") if path.parent.name != "write"]
    asked = {code for path in files for code in asks.findall(path.read_text(encoding="utf-8"))}
    assert len(asked) > 50
    assert asked - known == set()


# ------------------------------------------------------------------------------------------------ look

PAIRS = [
    *[("text", ground) for ground in ("bg", "side", "card", "field", "hover", "press", "tint")],
    *[("muted", ground) for ground in ("bg", "side", "card", "field", "hover", "idle_bg", "tint")],
    *[("faint", ground) for ground in ("field", "card", "side")],
    *[("accent", ground) for ground in ("card", "side", "tint", "field", "bg")],
    *[(tone, f"{tone}_bg") for tone in ("ok", "warn", "bad", "info")],
    *[(tone, "card") for tone in ("ok", "warn", "bad", "info")],
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("select_text", "select"),
    ("bg", "text"),
]


@pytest.mark.parametrize(("mode", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7.0)])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(mode, least, text, ground):
    colors = tomllib.loads((paths.assets_dir() / "theme" / f"{mode}.toml").read_text(encoding="utf-8"))["colors"]
    assert contrast(QColor(colors[text]), QColor(colors[ground])) >= least


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
@pytest.mark.parametrize("ground", ["field", "card"])
def test_borders_of_controls_can_be_seen(mode, ground):
    colors = tomllib.loads((paths.assets_dir() / "theme" / f"{mode}.toml").read_text(encoding="utf-8"))["colors"]
    assert contrast(QColor(colors["edge"]), QColor(colors[ground])) >= 3.0


def test_all_palettes_have_the_same_roles():
    folder = paths.assets_dir() / "theme"
    modes = ("light", "dark", "contrast")
    read = [tomllib.loads((folder / f"{mode}.toml").read_text(encoding="utf-8"))["colors"].keys() for mode in modes]
    assert read[0] == read[1] == read[2]
    assert all((folder / f"{part}_{mode}.svg").is_file() for part in ("arrow", "check") for mode in modes)


def test_every_icon_exists_and_is_remembered(tmp_path):
    icons = LucideIcons(tmp_path / "icons.json")
    icons.load([*ICONS.values(), *(icon for _, icon in DESKS)])
    icons.remember()
    again = LucideIcons(tmp_path / "icons.json")
    assert "<path" in again.icon_svg("send")
    (tmp_path / "icons.json").write_text("[broken", encoding="utf-8")
    assert "<path" in LucideIcons(tmp_path / "icons.json").icon_svg("send")
    with pytest.raises(KeyError):
        icons.icon_svg("no-such-icon")


# ------------------------------------------------------------------------------------------------ crash


def crash(handler, error):
    try:
        raise error
    except type(error) as caught:
        handler.handle(type(caught), caught, caught.__traceback__)


def test_a_crash_saves_first_and_then_reports(opened):
    session = opened.stories.session
    session.edit(edits.set_field("headline", "Hampir hilang"))
    told = []

    def tell(line, report):
        assert opened.stories.workspace.load(session.folder).headline == "Hampir hilang"
        told.append((line, report))

    crash(CrashHandler(opened.flush, tell), ZeroDivisionError("oops"))
    assert told[0][0] == "ZeroDivisionError: oops"
    assert "test_programme.py" in told[0][1]
    assert "Hampir hilang" not in told[0][1]


def test_a_crash_while_saving_still_reports():
    told = []

    def save():
        raise OSError("disk")

    crash(CrashHandler(save, lambda line, report: told.append(line)), ValueError("x"))
    assert told == ["ValueError: x"]


def test_a_crash_in_the_report_does_not_go_round_in_circles():
    calls = []
    handler = CrashHandler(lambda: calls.append("save"), lambda line, report: crash(handler, KeyError("again")))
    crash(handler, ValueError("x"))
    assert calls == ["save"]


def test_a_crash_in_a_worker_saves_but_shows_no_window():
    calls = []
    handler = CrashHandler(lambda: calls.append("save"), lambda line, report: calls.append("tell"))
    thread = threading.Thread(target=crash, args=(handler, ValueError("x")))
    thread.start()
    thread.join()
    assert calls == ["save"]


def test_a_real_program_that_crashes_keeps_the_last_keystroke(tmp_path, repository):
    code = f"""
import sys
from pathlib import Path
from studio.base.crash_handler import CrashHandler
from studio.ui.core.story_session import StorySession
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.story import edits
from PySide6.QtCore import QCoreApplication, Qt
app = QCoreApplication([])
workspace = create_workspace(Path({str(tmp_path / "w")!r}), Group(name="KIM"))
session = StorySession(workspace, "", Story(id=""))
CrashHandler(session.flush, lambda line, report: print(line)).install()
session.edit(edits.set_field("body", "kata terakhir"))
raise RuntimeError("boom")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=repository, check=False)
    assert "RuntimeError: boom" in done.stdout
    stories = list((tmp_path / "w" / "stories").glob("*/story.json"))
    assert "kata terakhir" in stories[0].read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ start-up


@pytest.mark.parametrize(
    ("qt", "python", "broken"),
    [("6.12.0", (3, 11), True), ("6.12.0", (3, 12), False), ("6.11.3", (3, 11), False), ("7.0.0", (3, 11), True)],
)
def test_the_pair_that_crashes_is_refused(qt, python, broken):
    assert broken_qt(qt, python) is broken


def test_the_window_opens_without_heavy_libraries(workspace_path, repository, own_home):
    code = f"""
import sys
from pathlib import Path
import studio.app as app
qt = app.make_application()
from studio.ui.dialogs.qt_dialogs import QtDialogs
dialogs = lambda texts: QtDialogs(texts, Path("."))
places = app.ProgramPlaces(app.paths.assets_dir(), Path("."))
studio = app.StudioApplication(qt, app.UserSettings(), app.ThreadedJobs(), dialogs, app.LucideIcons(), places,
                               app.make_sample)
studio.open_workspace(Path({str(workspace_path)!r}))
qt.processEvents()
print("\\n".join(sys.modules))
studio.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=repository, check=True)
    heavy = {
        "PIL",
        "moviepy",
        "numpy",
        "jinja2",
        "av",
        "imageio_ffmpeg",
        "pi_heif",
        "lokal",
        "segno",
        "PySide6.QtMultimedia",
        "markdown_it",
        "yaml",
    }
    assert not heavy & set(done.stdout.split())
    # What the first list of stories does without; the worker imports it while the window is there already.
    later = {
        "studio.story.translations",
        "studio.story.comments",
        "studio.story.quotation",
        "studio.group.record_kinds",
    }
    later |= {"studio.services.data_offers", "studio.story.list_states", "studio.base.data_shelf", "subprocess"}
    later |= {"studio.story.comment_anchors", "studio.story.body"}
    assert not later & set(done.stdout.split())


# ------------------------------------------------------------------------------------------------ dialogs


def named(dialog) -> list[str]:
    missing = []
    for widget in dialog.findChildren(QWidget):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        inner = isinstance(widget.parent(), QAbstractScrollArea) or widget.window() is not dialog  # a combo box's list
        if not takes_focus or inner:
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip():
            missing.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return missing


def test_every_control_of_every_dialog_has_a_name_and_is_reached_by_tab_and_escape_leaves_it(opened, answers):
    left = []

    def go_round(dialog):
        left.extend(named(dialog))
        dialog.show()
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        wanted = {
            w
            for w in dialog.findChildren(QWidget)
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.window() is dialog
        }
        reached = set()
        for _ in range(len(wanted) * 2 + 5):
            reached.add(QApplication.focusWidget())
            dialog.focusNextChild()
        left.extend(f"{type(w).__name__} {w.accessibleName()}" for w in wanted - reached if not grouped(w, reached))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        return False

    answers.on_show = go_round
    for code in ("profile", "settings", "help", "bin", "history", "new_workspace"):
        answers.asked.clear()
        opened.window.actions.all[code].trigger()
        assert len(answers.asked) == 1, code
    assert left == []


def grouped(widget, reached) -> bool:
    """Of an exclusive group Tab reaches the chosen one, the arrows the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and any(mate in reached for mate in group.buttons())


def test_the_theme_follows_the_system_until_one_is_chosen(opened, settings):
    system = QApplication.styleHints().colorSchemeChanged
    system.emit(Qt.ColorScheme.Dark)
    assert opened.tools.theme.mode == "dark"
    system.emit(Qt.ColorScheme.Light)
    assert opened.tools.theme.mode == "light"
    opened.window.actions.all["theme"].trigger()
    assert opened.tools.theme.mode == settings.text("theme") == "dark"
    system.emit(Qt.ColorScheme.Dark)
    system.emit(Qt.ColorScheme.Light)
    assert opened.tools.theme.mode == "dark"


def test_every_control_of_the_first_page_has_a_name(make_studio):
    studio = make_studio()
    studio.start(None)
    assert named(studio.welcome) == []


def test_importing_qt_leaves_pythons_import_alone(repository):
    code = """
import builtins
original = builtins.__import__
from studio.ui.core.plain_import import import_qt
import_qt()
assert builtins.__import__ is original
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["x", "-platform", "offscreen"])
label = QLabel("Halo")
label.setText("Apa kabar")
print(label.text(), sorted(name for name in sys.modules if name == "PySide6.QtWidgets"))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=repository, check=True)
    assert done.stdout.strip() == "Apa kabar ['PySide6.QtWidgets']"
