"""The program around its windows: which workspace is open, and rebuilding windows when their look changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.services.group_profile import save_profile
from studio.services.who_writes import adopt_writer
from studio.store.story_shelf import today_of
from studio.ui.core.desk_context import QueueingDesk, WindowTools
from studio.ui.core.open_workspace import OpenWorkspace
from studio.ui.core.phone_intake import may_end_intake
from studio.ui.core.qt_texts import QtTexts
from studio.ui.core.unsaved_work import UnsavedWork
from studio.ui.core.window_theme import Mode, load_theme
from studio.ui.library.index_source import IndexSource
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.shell.backup_commands import restore_backup
from studio.ui.shell.desk_loading import read_program
from studio.ui.shell.desk_stack import load_desk
from studio.ui.shell.guide_command import is_guide_open, open_first_page
from studio.ui.shell.interrupted_export import may_stop_work
from studio.ui.shell.story_window import StoryWindow
from studio.ui.shell.window_place import place_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from studio.base.locale_forms import Language
    from studio.base.lucide_icons import LucideIcons
    from studio.base.progress import Progress
    from studio.base.settings import UserSettings
    from studio.services.unfinished_exports import UnfinishedExport
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import JobRunner
    from studio.ui.dialogs.dialog_service import DialogService
    from studio.ui.dialogs.profile_dialog import ProfileAnswer
    from studio.ui.shell.welcome_window import WelcomeWindow

# Milliseconds: what follows the first painting must not hold up the picture of the window.
_AFTER_PAINT_MS = 20
_ASK_AGAIN_MS = 200
"""How often it is looked whether the question that holds up a new window is answered."""
_UNPAINTED_MS = 1000
"""When a window is not painted at all (minimised), what follows the first painting comes after this time."""

_PRACTISED = "saluran-irigasi"
"""In the folder's name of the sample's story that is practised on: two photos, and nothing holds it back."""


@dataclass(frozen=True)
class ProgramPlaces:
    """Folders the program uses: what it came with, where a new workspace is offered, what may be forgotten.

    ``rescued`` holds what could not be saved where it belongs; None keeps nothing. ``drives`` names the sticks that are
    plugged in; None asks the system.
    """

    assets: Path
    documents: Path
    cache: Path | None = None
    rescued: Path | None = None
    drives: Callable[[], Iterable[Path]] | None = None


class StudioApplication(QObject):
    """Opens workspaces and windows.

    Args:
        app: the Qt application.
        settings: the user's settings.
        jobs: runs long work.
        dialogs: makes the questions, once the texts are known.
        icons: where icons come from.
        places: folders.
        sample: fills a folder with the sample workspace.
        settled: called once everything the window consists of is imported.
    """

    def __init__(
        self,
        app: QApplication,
        settings: UserSettings,
        jobs: JobRunner,
        dialogs: Callable[[MessageTexts], DialogService],
        icons: LucideIcons,
        places: ProgramPlaces,
        sample: Callable[[Path, Progress], None],
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._jobs = jobs
        self._make_dialogs = dialogs
        self._icons = icons
        self._places = places
        self.drives = places.drives
        self._sample = sample
        self._settled: Callable[[], None] | None = settled
        self._translator: QtTexts | None = None
        self.window: StoryWindow | None = None
        self.welcome: WelcomeWindow | None = None
        self.stories: OpenWorkspace | None = None
        self.safety: UnsavedWork | None = None
        self.source: IndexSource | None = None
        self._thumbs: ThumbnailStore | None = None
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._after_paint)
        self._rebuilding = QTimer(self, singleShot=True, interval=_ASK_AGAIN_MS)
        self._rebuilding.timeout.connect(self.rebuild)
        # Kept: PySide6 6.11 takes what hangs on them for gone when Python holds them no more.
        self._hints = app.styleHints()
        self._scheme = self._hints.colorScheme()
        self._hints.accessibility().contrastPreferenceChanged.connect(self.rebuild)
        self.tools = self._renew_tools()
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)

    def _renew_tools(self) -> WindowTools:
        """Texts, theme and questions as the settings want them now."""
        language = cast("Language", self._settings.text("language"))
        kept = self._places.cache / "messages.json" if self._places.cache else None
        texts = MessageTexts(self._places.assets / "messages", language, kept)
        theme = load_theme(
            self._places.assets / "theme", self._mode(), self._icons, self._settings.number("text_scale")
        )
        theme.apply(self._app)
        if self._translator is not None:
            self._translator.remove(self._app)
        self._translator = QtTexts(texts)
        self._translator.install(self._app)
        return WindowTools(texts, theme, self._make_dialogs(texts), self._jobs, self._settings)

    def _mode(self) -> Mode:
        """Light, dark or high contrast: as it was set, else as the system is."""
        wanted = self._settings.text("theme")
        if wanted != "system":
            return cast("Mode", wanted)
        if self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if self._scheme == Qt.ColorScheme.Dark else "light"

    def _on_system_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        if self._mode() != self.tools.theme.mode:
            self.rebuild()

    def start(self, workspace: Path | None) -> None:
        """Open the workspace given, else the last one, else the first page."""
        recent = self._settings.words("recent")
        if workspace is not None:
            self.open_workspace(workspace)
        elif recent and self._settings.flag("reopen") and (Path(recent[0]) / "workspace.json").exists():
            self.open_workspace(Path(recent[0]))
        if self.window is None:
            self.show_welcome()

    def open_workspace(self, path: Path, *, take_over: bool = False) -> None:
        """Open a workspace in place of the one open now. What is wrong is said; the old one then stays."""
        from studio.store.workspace import open_workspace

        if self.stories is not None and self.stories.workspace.path == path.resolve():
            if not (self.safety and self.safety.check_workspace() and self._may_leave()):
                return
            self._let_go()  # the lock is asked for again
        try:
            opened = open_workspace(path, take_over=take_over)
        except UserError as error:
            self.tools.dialogs.explain(error)
            if self.stories is None:
                self._settings.drop_recent([str(path)])
                self.show_welcome()
            return
        self._take_workspace(opened)

    def _take_workspace(self, workspace: Workspace) -> None:
        from studio.store.index import SearchIndex
        from studio.store.rescue import RescuePlace

        if not self._may_leave():
            workspace.close()
            return
        self._let_go()
        self._settings.add_recent(str(workspace.path))
        adopt_writer(self._settings, workspace.path)
        rescue = RescuePlace(self._places.rescued, workspace.path, workspace.group.id) if self._places.rescued else None
        self.stories = OpenWorkspace(workspace, partial(self._settings.text, "author"), self, rescue)
        self.safety = _guard(self, self.stories)
        title, today = self.tools.t("library.job"), partial(today_of, workspace)
        self.source = IndexSource(SearchIndex(workspace), self._jobs, title, self, today=today)
        self.source.day_turned.connect(self.stories.show_day)
        self._thumbs = ThumbnailStore(workspace, self._jobs, self)
        self._show_window()

    def _may_leave(self) -> bool:
        """Whether the group's records and the open story are saved, or may be left as they are."""
        if self.safety is not None and not self.safety.may_leave_group():
            return False
        return self.stories is None or (may_end_intake(self.tools, self.stories) and self.stories.may_leave())

    def _after_paint(self) -> None:
        """The window was painted from what the index knew: now the story that was open, then a look at the folders."""
        self._icons.remember()
        if self.window is not None:  # its desk is imported first: in the worker, as that would stall the window
            load = partial(load_desk, self.window.desk)
            self._jobs.start("", load, done=self._reopen_story, failed=self._explain, lane="desks", quiet=True)
        if self.source is not None:
            self.source.refresh()
        settled, self._settled = self._settled, None
        if settled is not None:  # once: the program stays read, and no window built later may be frozen with the rest
            load = partial(read_program, self.window.desk if self.window is not None else "")
            self._jobs.start("", load, done=lambda _: settled(), quiet=True)

    def _reopen_story(self, _: object = None) -> None:
        """Where the user was: after a crash or power cut too."""
        if self.stories is None or self.stories.session is not None:
            return
        folder = self._settings.note("story", str(self.stories.workspace.path))
        folder = _practised_story(self) or folder
        if folder:
            try:
                self.stories.open(folder)
            except UserError:
                self._settings.remember("story", str(self.stories.workspace.path), "")

    def _show_window(self, before: QWidget | None = None) -> None:
        if self.stories is None or self.source is None or self._thumbs is None:
            return
        self._drop_welcome()
        if self.window is not None:
            self.window.dispose()
        self.window = StoryWindow(self.tools, self.stories, self.source, self._thumbs, self)
        place_window(self.window.shell, self._settings.text("geometry"), before)
        self.window.shell.first_painted.connect(partial(self._later.start, _AFTER_PAINT_MS))
        _present_window(self)

    def show_welcome(self, before: QWidget | None = None) -> None:
        """Show the first page, in the place of the one ``before``."""
        from studio.ui.shell.welcome_window import WelcomeWindow

        self._let_go()
        self._drop_welcome()
        self.welcome = WelcomeWindow(self.tools, _welcome_calls(self), self.open_workspace)
        self.welcome.closing.connect(self.quit)
        place_window(self.welcome, before=before)
        self.welcome.show()
        self._later.start(_UNPAINTED_MS)

    def _switch(self, key: str, value: str) -> None:
        self._settings.set(key, value)
        self.rebuild()

    def rebuild(self) -> None:
        """Rebuild the window; the story stays open, with all its undo. What is open over it is closed first."""
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            self._rebuilding.start()  # it goes down with the window, and whoever asked waits for its answer
            return
        self._rebuilding.stop()
        if self.window is None and self.welcome is None:
            return
        self.tools = self._renew_tools()
        renew = _renew_welcome if self.window is None else _renew_window
        # In one turn: events between the old window and the new one ended in a segmentation fault (soak.py).
        renew(self)

    def choose_workspace(self) -> None:
        """Ask for a folder and open it."""
        chosen = self.tools.dialogs.choose_folder(self.tools.t("key.workspaces"), self._places.documents)
        if chosen is not None:
            self.open_workspace(chosen)

    def make_workspace(self) -> None:
        """Ask for the profile of a new group and make its workspace."""
        if (made := _make_new(self)) is not None:
            self._take_workspace(made)

    def open_sample(self, *, practise: bool = False) -> None:
        """Make the sample workspace, or complete the one that is there, and open it, also as an exercise."""
        path = _sample_path(self)
        if practise:
            self._settings.set("exercise", 1.0)
        if self.stories is not None and self.stories.workspace.path == path.resolve():
            if practise:
                self.rebuild()
            return
        self._jobs.start(
            self.tools.t("welcome.sample_job"),
            partial(self._sample, path),
            done=lambda _: self.open_workspace(path),
            failed=self._explain,
        )

    def edit_profile(self, field: str = "") -> None:
        """Let the user change the group's profile, beginning at a field of it."""
        from studio.ui.dialogs.profile_dialog import ask_change

        asked = ask_change(self.tools, self.stories.workspace, field) if self.stories else None
        if asked is None or self.stories is None:
            return
        _take_profile(self.stories, asked, self.tools.dialogs)
        self.rebuild()

    def edit_settings(self) -> None:
        """Let the user change the settings."""
        from studio.ui.dialogs.settings_dialog import edit_settings

        if edit_settings(self.tools, self.stories.workspace.path if self.stories else None):
            self.rebuild()

    def quit(self) -> bool:
        """Have everything on disk, then end; False when the user stays, with work that could not be saved."""
        if not (may_stop_work(self.tools) and self._may_leave()):
            return False
        for job in self._jobs.running():
            if not job.quiet:
                job.cancel()
        self.close()
        self._app.quit()
        return True

    def flush(self) -> UserError | None:
        """Have the open story on disk now; safe to call while the program is falling apart."""
        session = self.stories.session if self.stories else None
        return session.flush() if session else None

    def close(self) -> None:
        """Take everything down."""
        self._icons.remember()  # those of the desks that were shown too
        self._let_go()
        self._drop_welcome()
        self._jobs.close()

    def _let_go(self) -> None:
        self._later.stop()
        if self.window is not None:
            self.window.dispose()
            self.window = None
        if self.source is not None:
            self.source.stop()
            self.source.deleteLater()
            self.source = None
        if self._thumbs is not None:
            self._thumbs.let_go()
            self._thumbs.deleteLater()
            self._thumbs = None
        if self.stories is not None:
            self.stories.close()
            self.stories.deleteLater()
            self.stories = self.safety = None

    def _drop_welcome(self) -> None:
        if self.welcome is not None:
            self.welcome.closing.disconnect(self.quit)
            self.welcome.close()
            self.welcome.deleteLater()
            self.welcome = None

    def _explain(self, error: UserError) -> None:
        self.tools.dialogs.explain(error)


def _sample_path(studio: StudioApplication) -> Path:
    return studio._places.documents / "KIM Studio" / studio.tools.t("welcome.sample_folder")


def _practising(studio: StudioApplication) -> bool:
    """Whether the sample is open, and its exercise is not over."""
    known = studio.stories is not None and studio.stories.workspace.path == _sample_path(studio).resolve()
    return known and studio.tools.settings.number("exercise") > 0


def _lead_exercise(studio: StudioApplication) -> None:
    if _practising(studio) and studio.window is not None and studio.stories is not None:
        from studio.ui.shell.first_exercise import FirstExercise

        FirstExercise(studio.window, studio.tools, studio.stories)


def _practised_story(studio: StudioApplication) -> str:
    """The story to begin the exercise with; "" for the one that was open last."""
    if studio.stories is None or not _practising(studio) or studio.tools.settings.number("exercise") > 1:
        return ""
    folders = studio.stories.workspace.story_folders()
    return next((name for name in folders if _PRACTISED in name), folders[0] if folders else "")


def _make_new(studio: StudioApplication) -> Workspace | None:
    """Ask for the profile of a new group and make its workspace."""
    from studio.store.workspace import create_workspace
    from studio.ui.dialogs.profile_dialog import ask_new

    asked = ask_new(studio.tools, studio._places.documents / "KIM Studio")
    if asked is None:
        return None
    try:
        made = create_workspace(asked.place, asked.group)
        save_profile(made, asked.group, asked.logo)
    except UserError as error:
        studio.tools.dialogs.explain(error)
        return None
    return made


def _places_open(window: StoryWindow) -> list[str]:
    """The actions that lead to what stands in the place of a desk, or beside it."""
    there = {
        "group": window.group_place.shown,
        "calendar": window.calendar.shown,
        "guide": is_guide_open(window.shell),
    }
    return [code for code, is_shown in there.items() if is_shown]


def _present_window(studio: StudioApplication) -> None:
    if studio.window is not None:
        studio.window.shell.show()
    _lead_exercise(studio)
    studio._later.start(_UNPAINTED_MS)


def _renew_window(studio: StudioApplication) -> None:
    """Build the window anew, and open in it what stood in the place of a desk."""
    if (window := studio.window) is not None:
        open_again = _places_open(window)
        studio._show_window(window.shell)
        for code in open_again:
            studio._jobs.soon(studio, partial(_open_again, studio, code))


def _open_again(studio: StudioApplication, code: str) -> None:
    if studio.window is not None:
        studio.window.actions.all[code].trigger()


def _renew_welcome(studio: StudioApplication) -> None:
    """Show the first page anew, with what was merged on its page of many groups."""
    before = studio.welcome
    district = before.district if before is not None else None
    studio.show_welcome(before)
    if studio.welcome is not None and district is not None:
        studio.welcome.open_district(district.work)


def _take_profile(stories: OpenWorkspace, asked: ProfileAnswer, dialogs: DialogService) -> None:
    """Save a changed profile; the region is a record of the group, too, which has to hear of it."""
    try:
        save_profile(stories.workspace, asked.group, asked.logo)
    except UserError as error:
        dialogs.explain(error)
    if stories.open_group is not None:
        stories.open_group.take_outside_changes()


def _welcome_calls(studio: StudioApplication) -> dict[str, Callable[[], object]]:
    """What the tiles and buttons of the first page do."""
    return {
        "new_workspace": studio.make_workspace,
        "workspaces": studio.choose_workspace,
        "sample": partial(studio.open_sample, practise=True),
        "restore": partial(restore_backup, studio.tools, studio.open_workspace),
        "language": lambda: studio._switch("language", "en" if studio.tools.texts.language == "id" else "id"),
        "theme": lambda: studio._switch("theme", "light" if studio.tools.theme.mode == "dark" else "dark"),
        "guide": lambda: open_first_page(studio.tools, studio.welcome),
        "quit": studio.quit,
    }


def _guard(studio: StudioApplication, stories: OpenWorkspace) -> UnsavedWork:
    """The watcher over unsaved work in ``stories``, and what the studio does on its signals."""
    safety = UnsavedWork(stories, lambda: studio.tools)
    safety.changed.connect(lambda: studio.window.show_banner() if studio.window else None)
    safety.returned.connect(lambda: studio.source.refresh(quiet=True) if studio.source else None)
    safety.taken.connect(studio.rebuild)
    safety.exports.resume_asked.connect(partial(_resume_export, studio))
    return safety


def _resume_export(studio: StudioApplication, found: UnfinishedExport) -> None:
    """Go on with an export that was cut off: on the publishing desk of its story, or in the queue."""
    if studio.window is None or studio.stories is None:
        return
    session = studio.stories.session
    if found.folder and (session is None or session.folder != found.folder):
        studio.stories.open(found.folder)
    elif session is None:
        studio.window.library.move_selection(1)
    studio.window.go("publish")
    desk: object = studio.window.page
    if isinstance(desk, QueueingDesk):
        desk.resume_export(found)
