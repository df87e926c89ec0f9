"""Makes the desks, each when it is first shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.services.saved_searches import StorySearch
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import button, column, edges, empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import DeskCode, DeskContext, WindowTools
    from studio.ui.dialogs.dialog_service import DialogService
    from studio.ui.library.library_panel import LibraryPanel
    from studio.ui.write.write_desk import WriteDesk

_CALENDAR = ("studio.ui.calendar.calendar_page", "studio.ui.core.plan_history", "dateutil.rrule")
_MORE: dict[str, tuple[str, ...]] = {
    "group": ("studio.ui.group.profile_page", "studio.ui.group.map_page", "studio.ui.group.report_page"),
    "write": (
        "studio.ui.write.field_spelling",
        "studio.services.text_lengths",
        "studio.ui.write.answers_highlighter",
        "studio.ui.write.comment_marks",
        "studio.ui.write.second_language",
        "studio.ui.write.spelling_marks",
        "markdown_it",
    ),
}
"""What a desk needs beyond its own module."""


def make_desk(code: DeskCode, bench: DeskContext) -> QWidget:
    """The desk for the open story; it has a ``side_panel``."""
    match code:
        case "write":
            return _write_desk(bench)
        case "check":
            from studio.ui.check.check_desk import CheckDesk

            return CheckDesk(bench)
        case "publish":
            from studio.ui.publish.publish_desk import PublishDesk

            return PublishDesk(bench)
        case "video":
            from studio.ui.video.video_desk import VideoDesk

            return VideoDesk(bench)
        case "photo":
            from studio.ui.photo.photo_desk import PhotoDesk

            return PhotoDesk(bench)


def load_desk(code: str, progress: Progress) -> None:
    """Import what a desk or the calendar consists of: in a worker, as that takes 50 to 250 ms.

    Raises:
        WorkCancelled: the window closes.
    """
    from importlib import import_module

    progress.report(0, 1, code)
    for name in desk_modules(code):
        import_module(name)


def desk_modules(code: str) -> tuple[str, ...]:
    """The modules by which all that a desk, or the calendar, consists of is imported."""
    return _CALENDAR if code == "calendar" else (f"studio.ui.{code}.{code}_desk", *_MORE.get(code, ()))


def _write_desk(bench: DeskContext) -> QWidget:
    from studio.services.notice_kinds import kinds_of
    from studio.services.text_lengths import OutletLengths
    from studio.ui.core.desk_context import now_stamp
    from studio.ui.write.date_button import tell_day
    from studio.ui.write.write_desk import WriteDesk

    tools, workspace = bench.tools, bench.workspace
    own = workspace.templates_dir
    lengths = OutletLengths(templates_dir(), own, lambda: workspace.group, bench.session.folder or "berita")
    kinds = kinds_of(workspace, lambda: now_stamp(bench))
    made = WriteDesk(
        bench.session,
        tools.texts,
        tools.theme,
        tools.dialogs,
        lengths=lengths,
        jobs=tools.jobs,
        zoom=tools.settings.number("zoom"),
        group=lambda: workspace.group,
        kinds=kinds,
    )
    tell_day((made.header, made.side_panel), kinds.today)
    made.place_asked.connect(bench.show_place)
    made.focus_mode_changed.connect(bench.focus_mode)
    made.zoom_changed.connect(lambda zoom: tools.settings.set("zoom", zoom))
    made.files_offered.connect(bench.take_mime)
    tools.jobs.soon(made, partial(_look_through, made, bench))
    tools.jobs.soon(made, partial(_look_for_answers, made, bench))
    return made


def _look_through(made: WriteDesk, bench: DeskContext) -> None:
    """Give the desk what looks through the text: spelling, comments, other languages."""
    from studio.ui.write.comment_marks import CommentMarks
    from studio.ui.write.field_spelling import FieldSpelling
    from studio.ui.write.second_language import SecondLanguage
    from studio.ui.write.spelling_marks import SpellingMarks

    tools, workspace = bench.tools, bench.workspace
    made.spelling = SpellingMarks(
        made.body,
        bench.session,
        lambda: workspace.group,
        partial(_learn_word, workspace, tools.dialogs),
        tools.texts,
        tools.theme,
        tools.jobs,
    )
    FieldSpelling(made.header.headline, "headline", bench.session, made.spelling)
    FieldSpelling(made.header.summary, "summary", bench.session, made.spelling)
    made.comments = CommentMarks(made, bench)
    made.languages = SecondLanguage(made, bench)


def _look_for_answers(made: WriteDesk, bench: DeskContext) -> None:
    from studio.ui.write.answers_highlighter import AnswersHighlighter

    made.opening = AnswersHighlighter(made.body, made.side_panel, bench.session, bench.tools.texts, bench.tools.theme)


def no_story_page(
    library: LibraryPanel,
    workspace: Workspace,
    tools: WindowTools,
    new: Callable[[], object],
    practise: Callable[[], object],
) -> QWidget:
    """What is in the middle while no story is open: three ways on at most.

    Args:
        library: the list of stories, beside it.
        workspace: whose stories.
        tools: what every part is given.
        new: begins a story.
        practise: opens the sample as an exercise.
    """
    theme, t = tools.theme, tools.t
    start = button(theme, t("library.new"), new, look="primary", icon="plus", key=KEYS["new"])
    start.setEnabled(not workspace.read_only)
    buttons, below = [start], list[QPushButton]()
    place = workspace.stories_dir
    if place.is_dir() and any(place.iterdir()):  # asking the workspace would look into every folder
        latest = partial(library.move_selection, 1)
        waiting = partial(library.choose_search, StorySearch(saved="comments"))
        buttons.append(button(theme, t("window.go_on"), latest, icon="history"))
        buttons.append(button(theme, t("library.saved_comments"), waiting, icon="message-square"))
    else:
        offer = button(theme, t("exercise.offer"), practise, look="link", icon="sparkles", tip=t("exercise.offer_tip"))
        below = [offer]
    inside = empty(theme, "newspaper", t("window.no_story"), t("window.no_story_hint"), *buttons, below=below)
    page = QWidget()
    page.setLayout(column(inside, edges=edges(theme, 20, 18)))
    return page


def _learn_word(workspace: Workspace, dialogs: DialogService, word: str) -> None:
    from studio.services.group_dictionary import learn_word

    try:
        learn_word(workspace, word)
    except UserError as error:
        dialogs.explain(error)
