"""The window of an open workspace: brings list, desks, session and menus together."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from studio.base.errors import UserError
from studio.base.text_sizes import next_step
from studio.services.group_profile import ready_mark
from studio.store.lock import LOCKED_ELSEWHERE
from studio.ui.core.desk_context import (
    DESKS,
    DeskCode,
    DeskContext,
    IdentifyingDesk,
    WindowDesk,
)
from studio.ui.core.drop_import import DropImport
from studio.ui.core.focus_order import focus_next_region
from studio.ui.library.library_panel import LibraryPanel
from studio.ui.shell.backup_commands import restore_backup
from studio.ui.shell.calendar_place import CalendarPlace
from studio.ui.shell.data_commands import show_data, take_dropped, watch_sticks
from studio.ui.shell.desk_loading import DeskLoader, know_outlets
from studio.ui.shell.desk_stack import make_desk, no_story_page
from studio.ui.shell.desk_ways import (
    begin_story,
    enter_at_once,
    enter_desk,
    prepare_desk,
    queue_stories,
    show_in_turns,
    show_marked,
)
from studio.ui.shell.group_place import GroupPlace
from studio.ui.shell.guide_command import open_guide
from studio.ui.shell.message_banner import BannerMessage, ask_take_over
from studio.ui.shell.status_bar import StatusBar
from studio.ui.shell.story_actions import CALLS, STORY_CODES, StoryActions
from studio.ui.shell.window_actions import MORE_MENU, WORKSPACE_MENU, WindowActions
from studio.ui.shell.window_frame import WindowFrame
from studio.ui.shell.window_place import keep_place
from studio.ui.widgets.drawn_marks import logo_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap

    from studio.story.model import Group
    from studio.story.places import TextPlace
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import SaveState, StorySession
    from studio.ui.library.index_source import IndexSource
    from studio.ui.library.thumbnail_store import ThumbnailStore
    from studio.ui.shell.window_actions import WindowHost


_OPENABLE = frozenset(
    {"store.locked", LOCKED_ELSEWHERE, "store.locked_unknown", "store.place_full", "store.place_read_only"}
)
"""Why a workspace is read-only, where that may be over when it is opened again."""
_BREATH_MS = 15
"""Between two pauses: what the user did meanwhile comes first."""
_SETTLED_MS = 2000
"""After a desk was made, nothing of it is being drawn for the first time any more."""


class StoryWindow(QObject):
    """The window.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        source: finds stories.
        thumbs: small pictures.
        host: the program around.
    """

    def __init__(
        self, tools: WindowTools, stories: OpenWorkspace, source: IndexSource, thumbs: ThumbnailStore, host: WindowHost
    ) -> None:
        super().__init__()
        self.tools = tools
        self.stories = stories
        self._source = source
        self._thumbs = thumbs
        self._host = host
        self.desks: dict[DeskCode, QWidget] = {}
        self.desk: DeskCode = cast("DeskCode", tools.settings.text("desk"))
        if self.desk not in dict(DESKS):
            self.desk = "write"
        self.loader = DeskLoader(tools.jobs, self, partial(know_outlets, stories.workspace))
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(tools.theme.keep_icons)
        self._workspace_menu, self._more_menu = QMenu(), QMenu()
        self.library = LibraryPanel(tools, source, thumbs, *_group_and_logo(tools, stories), self._workspace_menu)
        self.status = StatusBar(tools, stories.workspace)
        self.shell = WindowFrame(tools, DESKS, self.library, self.status, self._more_menu)
        for menu in (self._workspace_menu, self._more_menu):  # they end with the window, not when Python gets to it
            menu.setParent(self.shell, menu.windowFlags())
        self.story_actions = StoryActions(tools, stories, self.shell)
        self.intake = DropImport(tools, stories, self.shell, self.go)
        self.group_place = GroupPlace(tools, stories, self.shell, partial(_open_place, self), self.story_actions.undo)
        self.story_actions.active = lambda: self.group_place.session or stories.session
        self.calendar = CalendarPlace(tools, stories, source, self.library, self.group_place, self.story_actions)
        new, practise = self.story_actions.new, partial(host.open_sample, practise=True)
        self._empty_page = no_story_page(self.library, stories.workspace, tools, new, practise)
        self.actions = WindowActions(tools, self.shell, self._calls())
        self._more_menu.aboutToShow.connect(partial(self.actions.fill, self._more_menu, MORE_MENU))
        self._workspace_menu.aboutToShow.connect(partial(_fill_workspaces, self))
        self.offers = watch_sticks(tools, host.rebuild, self.shell, self.show_banner, host.drives)
        self._connect()
        self._on_opened(stories.session)
        self.library.ask()
        self._count()
        self.library.view.setFocus()

    # ------------------------------------------------------------------------------------------- building

    def _calls(self) -> dict[str, Callable[[], object]]:
        actions, host, library = self.story_actions, self._host, self.library
        desks: dict[str, Callable[[], object]] = {code: partial(enter_at_once, self, code) for code, _ in DESKS}
        desks |= {code: getattr(actions, code) for code in CALLS}
        return desks | {
            "group": partial(_toggle_group, self),
            "calendar": partial(self.loader.when_loaded, "calendar", self.calendar.toggle),
            "search": lambda: self._focus_library(library.search),
            "list": lambda: self._focus_library(library.view),
            "next": partial(library.move_selection, 1),
            "previous": partial(library.move_selection, -1),
            "add": self.intake.choose,
            "delete": lambda: actions.remove(library.current),
            "library": partial(self.shell.toggle, "library"),
            "panel": partial(self.shell.toggle, "panel"),
            "region": lambda: focus_next_region([library, self.shell.tab_bar, self.shell.pages, self.shell.panels]),
            "theme": partial(self._toggle_setting, "theme"),
            "language": partial(self._toggle_setting, "language"),
            "bigger": partial(self._scale, 1),
            "smaller": partial(self._scale, -1),
            "usual_size": partial(self._scale, 0),
            "settings": host.edit_settings,
            "data": partial(show_data, self.tools, host.rebuild),
            "lessons": lambda: actions.show_lesson(self.desk),
            **_help_calls(self),
            "profile": host.edit_profile,
            "workspaces": host.choose_workspace,
            "new_workspace": host.make_workspace,
            "sample": host.open_sample,
            "quit": host.quit,
            "backup": partial(_back_up, host),
            "restore": partial(restore_backup, self.tools, host.open_workspace),
        }

    def _connect(self) -> None:
        self.stories.opened.connect(self._on_opened)
        self.stories.touched.connect(self._source.touch)
        self.stories.stayed.connect(self.library.select, Qt.ConnectionType.QueuedConnection)  # after the click
        self._source.changed.connect(self._on_listed)
        self._source.verdicts.judged.connect(self.library.show_verdicts)
        self.story_actions.begun.connect(partial(begin_story, self))
        self.story_actions.place_asked.connect(self.show_place)
        self.shell.lessons.clicked.connect(self.actions.all["lessons"].trigger)
        self.library.picked.connect(self.story_actions.open)
        self.library.opened.connect(partial(enter_at_once, self, "write"))
        self.library.step_asked.connect(lambda code: self.actions.all[code].trigger())
        self.library.removal_asked.connect(self.story_actions.remove)
        self.library.queue_asked.connect(partial(queue_stories, self))
        self.shell.tabs.approached.connect(self.loader.begin)
        self.shell.desk_pressed.connect(partial(prepare_desk, self))
        self.shell.desk_chosen.connect(partial(enter_desk, self))
        self.shell.desk_looked_at.connect(lambda code: self.loader.when_loaded(code, partial(self.go, code)))
        self.shell.dropped.connect(partial(_on_dropped, self))
        self.library.group_head.clicked.connect(partial(_toggle_group, self))
        self.group_place.changed.connect(partial(_on_group, self))
        self.group_place.state_changed.connect(self.status.show_state)
        self.group_place.saving_told.connect(partial(_heed, self))
        self.group_place.group_changed.connect(partial(_show_group, self))
        self.shell.closing.connect(self._on_closing)
        self.tools.jobs.troubled.connect(self._on_trouble)
        self.status.writer.chosen.connect(self.show_banner)

    # ------------------------------------------------------------------------------------------- stories and desks

    def _on_opened(self, session: StorySession | None) -> None:
        for desk in self.desks.values():
            self.shell.drop_desk(desk, cast("WindowDesk", desk).side_panel)
        self.desks.clear()
        self.shell.enable_tabs(session is not None)
        self.actions.enable(session is not None, "undo", "redo", "add", "history", "delete", "save", *STORY_CODES)
        self.library.select(session.folder if session else "")
        if session is None:
            _show_empty(self)
        else:
            self._thumbs.follow(session)
            session.save_state_changed.connect(self._on_state)
            session.changed.connect(self._show_undo)
            session.folder_made.connect(self._on_folder)
            session.refused.connect(self._on_refused)
            self.tools.jobs.soon(self, partial(show_in_turns, self, session))
        self._on_state(session.save_state if session else None)
        self._show_undo()
        self.show_banner()
        self._remember()

    def go(self, code: str) -> None:
        """Show a desk; it is made when it is first shown."""
        desk = self.ready(code)
        if desk is not None:
            self.desk = cast("DeskCode", code)
            self.tools.settings.set("desk", code)
            self.group_place.leave()
            self.shell.show_desk(self.desk, desk, cast("WindowDesk", desk).side_panel)

    def ready(self, desk: str) -> QWidget | None:
        """A desk for the open story, made now if need be; None without a story."""
        session, code = self.stories.session, cast("DeskCode", desk)
        if session is not None and code not in self.desks:
            bench = DeskContext(
                tools=self.tools,
                workspace=self.stories.workspace,
                session=session,
                thumbs=self._thumbs,
                go=self.go,
                show_place=self.show_place,
                bring_in=self.intake.bring_in,
                take_mime=self.intake.take_mime,
                learn=self.story_actions.show_lesson,
                from_phone=self.story_actions.from_phone,
                recorder=self.story_actions.recorder,
                toast=lambda text: self.shell.show_toast(text, self.tools.t("key.undo"), self.story_actions.undo),
                focus_mode=self.shell.set_focus_mode,
            )
            self.desks[code] = made = make_desk(code, bench)
            self._settling.start()
            if isinstance(made, IdentifyingDesk):
                made.identity_changed.connect(partial(_show_group, self))
        return self.desks.get(code)

    def show_place(self, place: TextPlace) -> None:
        """Go where something is to be fixed, and have the desk mark it."""
        where = place.desk
        if where == "profile":
            self._host.edit_profile(place.field.partition("/")[2])
            return
        self.loader.when_loaded(where, partial(show_marked, self, place))

    @property
    def page(self) -> QWidget:
        """The desk that is shown."""
        return self.desks.get(self.desk, self._empty_page)

    def _on_folder(self, folder: str) -> None:
        self.library.select(folder)
        self._remember()

    def _remember(self) -> None:
        session = self.stories.session
        if session is not None and session.folder:
            self.tools.settings.remember("story", str(self.stories.workspace.path), session.folder)

    def _on_state(self, state: SaveState | None) -> None:
        if not self.group_place.shown:
            self.status.show_state(state)
        _heed(self, state)

    def show_banner(self) -> None:
        """What must be known: work that is not saved, a drive that is gone, why the workspace is read-only."""
        safety, problems = self._host.safety, self.stories.workspace.problems
        if safety is not None:
            self.status.show_drive(here=safety.workspace_present)
        told = safety.banner_message() if safety is not None else BannerMessage("")
        if not told.actions and any(notice.code in _OPENABLE for notice in problems):
            again = partial(self._host.open_workspace, self.stories.workspace.path)
            actions = [(self.tools.t("window.open_again"), again)]
            if dead := next((notice for notice in problems if notice.code == LOCKED_ELSEWHERE), None):
                take = partial(ask_take_over, self.tools, partial(again, take_over=True), dead)
                actions.append((self.tools.t("window.take_over"), take))
            told = BannerMessage(told.text, tuple(actions), told.tone)
        rest = (self.offers.banner_message, self.status.writer.question)
        self.shell.banner.show_message(
            told if told.text else next((each for ask in rest if (each := ask()).text), told)
        )

    def _on_refused(self) -> None:
        self.shell.show_toast(self.tools.t("window.read_only"))

    def _show_undo(self, _: object = None) -> None:
        session = self.story_actions.active()
        for code, label in (
            ("undo", session.undo_label if session else ""),
            ("redo", session.redo_label if session else ""),
        ):
            action = self.actions.all[code]
            name = self.tools.t(f"key.{code}")
            action.setText(f"{name}: {self.tools.t(label)}" if label else name)
            action.setEnabled(bool(label))

    # ------------------------------------------------------------------------------------------- list

    def _on_listed(self) -> None:
        try:
            if self.stories.take_outside_changes():
                self.shell.show_toast(self.tools.t("window.changed_outside"))
        except UserError as error:
            if self._host.safety is None or not self._host.safety.excuses(error):
                self.tools.dialogs.explain(error)
        self.library.reload()
        self._count()

    def _count(self) -> None:
        with suppress(UserError):  # the list is a convenience: it stays as it was
            self.library.show_count(self._source.count("", ()))

    def _focus_library(self, part: QWidget) -> None:
        if not self.library.isVisible():
            self.shell.toggle("library")
        part.setFocus()

    # ------------------------------------------------------------------------------------------- the rest

    def _toggle_setting(self, setting: Literal["theme", "language"]) -> None:
        """Change to the other one of two."""
        tools = self.tools
        theme, language = (
            "dark" if tools.theme.mode == "light" else "light",
            "en" if tools.texts.language == "id" else "id",
        )
        tools.settings.set(setting, theme if setting == "theme" else language)
        self._host.rebuild()

    def _scale(self, way: int) -> None:
        now = self.tools.settings.number("text_scale")
        self.tools.settings.set("text_scale", next_step(now, way))
        if self.tools.settings.number("text_scale") != now:
            self._host.rebuild()

    def _on_trouble(self, job: BackgroundJob, error: UserError) -> None:
        self.tools.dialogs.explain(error, job.title)

    def _on_closing(self) -> None:
        self.shell.stays = not self._host.quit()

    def dispose(self) -> None:
        """Take the window down; stories and workspace stay open."""
        if self.shell.isVisible():
            keep_place(self.shell, self.tools.settings)
        session = self.stories.session
        if session is not None:
            session.save_state_changed.disconnect(self._on_state)
            session.changed.disconnect(self._show_undo)
            session.folder_made.disconnect(self._on_folder)
            session.refused.disconnect(self._on_refused)
        self.stories.opened.disconnect(self._on_opened)
        self.stories.stayed.disconnect(self.library.select)
        self.shell.closing.disconnect(self._on_closing)
        self.group_place.dispose()
        for desk in self.desks.values():  # at its own end, not the window's, it lets go of clips
            self.shell.drop_desk(desk, cast("WindowDesk", desk).side_panel)
        self.shell.close()
        self.shell.deleteLater()
        self.deleteLater()


def _help_calls(window: StoryWindow) -> dict[str, Callable[[], object]]:
    keys, parts = window.story_actions.shortcuts, (window.calendar, window.group_place)
    return {"guide": partial(open_guide, window.tools, *parts, lambda: window.desk, keys), "help": keys}


def _group_and_logo(tools: WindowTools, stories: OpenWorkspace) -> tuple[Group, QPixmap | None]:
    """Whose workspace it is, and its logo as the head of the library shows it."""
    path = ready_mark(stories.workspace)
    return stories.workspace.group, logo_mark(path, tools.theme.px(34) * 2) if path else None


def _show_empty(window: StoryWindow) -> None:
    window.group_place.leave()
    window.shell.show_desk(window.desk, window._empty_page, None)


def _toggle_group(window: StoryWindow, _: object = None) -> None:
    """To "Kelompok", or from there back to the story."""
    if not window.group_place.shown:
        window.loader.when_loaded("group", partial(_prepare_group, window))
        return
    if window.stories.session is None:
        _show_empty(window)
    else:
        enter_desk(window, window.desk)
    _on_group(window)


def _prepare_group(window: StoryWindow) -> None:
    """Make the group's place in this turn of the event loop, and show it in the next."""
    window.group_place.prepare()
    window.tools.jobs.soon(window, partial(_enter_group, window))


def _enter_group(window: StoryWindow) -> None:
    window.group_place.show()
    _on_group(window)


def _heed(window: StoryWindow, state: SaveState | None) -> None:
    """A drive that is gone shows where the story or the group's records cannot be saved."""
    if window._host.safety is not None:
        window._host.safety.follow_saving(state)
    if state is None or state.kind != "pending":
        window.show_banner()


def _on_group(window: StoryWindow) -> None:
    """The group's place was shown, left or edited."""
    shown, story = window.group_place.shown, window.stories.session
    window.library.group_head.setChecked(shown)
    window.actions.enable(story is not None and not shown, "add", "delete", *STORY_CODES)
    window.actions.enable(story is not None or shown, "save", "history")
    if not shown:
        window.status.show_state(story.save_state if story else None)
    window._show_undo()


def _on_dropped(window: StoryWindow, names: list[str]) -> None:
    if take_dropped(window.tools, window._host.rebuild, names):
        return
    if not window.group_place.take_files(names):
        window.intake.bring_in([Path(name) for name in names])


def _fill_workspaces(window: StoryWindow) -> None:
    menu = window._workspace_menu
    window.actions.fill(menu, WORKSPACE_MENU)
    here = str(window.stories.workspace.path)
    for path in window.tools.settings.words("recent"):
        if path != here and Path(path).is_dir():
            action = menu.addAction(window.tools.theme.icon("folder", size=16), Path(path).name)
            action.setToolTip(path)
            action.triggered.connect(partial(window._host.open_workspace, Path(path)))


def _show_group(window: StoryWindow) -> None:
    """The group has another name, region, colour or logo."""
    window.library.group_head.show_group(*_group_and_logo(window.tools, window.stories))


def _open_place(window: StoryWindow, place: str) -> None:
    """To a desk, or what an action of the window does: where a page of the group leads."""
    root, _, rest = place.partition("/")
    if root == "action":
        window.actions.all[rest].trigger()
    elif root == "lesson":
        window.story_actions.show_lesson(rest)
    elif window.stories.session is None:
        _show_empty(window)
    else:
        enter_desk(window, root)


def _back_up(host: WindowHost) -> None:
    """Copy the whole workspace to a stick."""
    if host.safety is not None:
        host.safety.backups.begin()
