"""Ways to a desk, each as soon as the desk is imported: by its tab or key, for a new story, for a place in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QTimer

from studio.ui.core.desk_context import BeginningDesk, DeskCode, HomelyDesk, QueueingDesk, RevealingDesk, WindowDesk
from studio.ui.core.focus_order import first_focus
from studio.ui.shell.window_frame import take_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import StorySession
    from studio.ui.library.library_panel import LibraryPanel
    from studio.ui.shell.desk_loading import DeskLoader
    from studio.ui.shell.story_actions import StoryActions
    from studio.ui.shell.window_frame import WindowFrame

_BREATH_MS = 15
"""Between two pauses: what the user did meanwhile comes first."""


class WindowWithDesks(Protocol):
    """What is used of the window."""

    tools: WindowTools
    stories: OpenWorkspace
    desk: DeskCode
    loader: DeskLoader
    shell: WindowFrame
    library: LibraryPanel
    story_actions: StoryActions

    @property
    def desks(self) -> Mapping[DeskCode, QWidget]:
        """Those made for the open story."""

    @property
    def page(self) -> QWidget:
        """The desk that is shown."""

    def go(self, code: str) -> None:
        """Show a desk."""

    def ready(self, desk: str) -> QWidget | None:
        """A desk, made now if need be; None without a story."""


def show_in_turns(window: WindowWithDesks, session: StorySession) -> None:
    """Show the desk for a story that was opened."""
    if window.stories.session is session:
        _in_turns(window, window.desk, lambda: window.go(window.desk))


def _in_turns(window: WindowWithDesks, code: str, then: Callable[[], object]) -> None:
    """Have a desk made, put into the window, and then shown by ``then``: in three turns of the event loop.

    Nothing more happens when another story is opened meanwhile.
    """
    session, soon = window.stories.session, window.tools.jobs.soon

    def put_in() -> None:
        if window.stories.session is session and (desk := window.ready(code)) is not None:
            take_desk(window.shell, desk, cast("WindowDesk", desk).side_panel)
            soon(window.shell, show)

    def show() -> None:
        if window.stories.session is session:
            then()

    if session is None or code in window.desks:
        then()
    else:
        window.ready(code)
        soon(window.shell, put_in)


def show_marked(window: WindowWithDesks, place: TextPlace) -> None:
    """Show the desk of a place, which marks it."""
    _in_turns(window, place.desk, partial(_mark_place, window, place))


def _mark_place(window: WindowWithDesks, place: TextPlace) -> None:
    window.go(place.desk)
    desk: object = window.desks.get(cast("DeskCode", place.desk))
    if isinstance(desk, RevealingDesk):
        desk.reveal(place)
        focus = window.shell.focusWidget()
        if focus is not None and not focus.isVisible() and cast("WindowDesk", desk).side_panel.isAncestorOf(focus):
            window.shell.toggle("panel")
            desk.reveal(place)


def enter_desk(window: WindowWithDesks, code: str) -> None:
    """The user goes to a desk, by its tab: the focus goes along."""
    go = partial(enter_at_once, window, code)
    window.loader.when_loaded(code, partial(_in_turns, window, code, go))


def enter_at_once(window: WindowWithDesks, code: str) -> None:
    """The user goes to a desk by a key: what is typed next must find it there, so nothing is put off."""
    window.go(code)
    page = window.page
    if isinstance(page, HomelyDesk):
        home = page.home if page.home.isVisible() else first_focus(page)  # a desk without photos or clips has buttons
        if home is not None:
            home.setFocus()


def begin_story(window: WindowWithDesks) -> None:
    """A new story, from whichever desk: on to its headline, for what is typed next."""
    window.go("write")
    desk: object = window.page
    if isinstance(desk, BeginningDesk):
        desk.begin()


def prepare_desk(window: WindowWithDesks, code: str) -> None:
    """The mouse is down on a tab: make its desk now, put it into the window next, and show it when the mouse goes up.

    Three pauses of 5 to 30 ms that nobody feels, instead of a long one.
    """
    window.loader.when_loaded(code, partial(_make_ready, window, code))


def _make_ready(window: WindowWithDesks, code: str) -> None:
    desk = window.ready(code)
    if desk is not None:
        QTimer.singleShot(_BREATH_MS, desk, partial(take_desk, window.shell, desk, cast("WindowDesk", desk).side_panel))


def queue_stories(window: WindowWithDesks, folders: tuple[str, ...]) -> None:
    """Ask where the stories picked in the library are to be exported to."""
    if window.library.current not in folders:
        window.story_actions.open(folders[0])
    ask = partial(_queue_there, window, folders)
    window.loader.when_loaded("publish", partial(_in_turns, window, "publish", ask))


def _queue_there(window: WindowWithDesks, folders: tuple[str, ...]) -> None:
    window.go("publish")
    desk: object = window.page
    if isinstance(desk, QueueingDesk):
        desk.queue_stories(folders)
