"""What can be done with the text of one outlet: adjust it, take over what the story changed, leave it, drop it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from studio.base.errors import UserError
from studio.story.adjusted_posts import drop_override, merge_changes, set_override, settle_override
from studio.story.edits import note_address
from studio.ui.core.story_session import amend_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.preview.outlet_previews import OutletPreviewer
    from studio.preview.preview_results import PostText
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.core.story_session import StorySession

_NAMED = 5
"""Passages named in a message at most."""


class VariantActions(QObject):
    """Turns what the text cards ask for into edits of the story.

    Args:
        bench: what a desk works with.
        find: gives the newest text of a key, None when it is not known yet.
        previewer: makes the text that is copied; used in the worker only.
    """

    opened = Signal(str)
    """A text can be typed in now."""

    def __init__(
        self,
        bench: DeskContext,
        find: Callable[[str], PostText | None],
        previewer: OutletPreviewer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._find, self._previewer = bench, find, previewer

    def edit(self, key: str, text: str) -> None:
        """What was typed."""
        found = self._find(key)
        if found is not None:
            self._bench.session.edit(set_override(key, text, found.post.base, found.post.made, _now_stamp()))

    def run_action(self, key: str, what: str) -> None:
        """See ``TextCard.asked``."""
        found = self._find(key)
        if found is None:
            return
        doing: dict[str, Callable[[str, PostText], None]] = {
            "adjust": self._adjust,
            "automatic": self._drop_text,
            "update": self._update,
            "leave": self._leave,
            "copy": self._copy,
            "pause": self._pause,
        }
        doing[what](key, found)

    def _pause(self, key: str, text: PostText) -> None:
        if key in self._bench.session.story.overrides:
            self._bench.session.break_merge()

    def _adjust(self, key: str, text: PostText) -> None:
        self._bench.session.edit(set_override(key, text.post.text, text.post.base, text.post.made, _now_stamp()))
        self._bench.session.break_merge()
        self.opened.emit(key)

    def _drop_text(self, key: str, text: PostText) -> None:
        self._bench.session.edit(drop_override(key))

    def _update(self, key: str, text: PostText) -> None:
        override = self._bench.session.story.overrides.get(key)
        if override is None:
            return
        made = merge_changes(override.made, override.text, text.post.made)
        self._bench.session.edit(settle_override(key, made.text, text.post.base, text.post.made, _now_stamp()))
        if not made.left:
            self._bench.toast(self._bench.t("publishdesk.updated", n=len(made.taken)))
            return
        words = "; ".join(f"“{passage.before}” → “{passage.after}”" for passage in made.left[:_NAMED])
        facts = {"n": len(made.taken), "left": len(made.left), "passages": words}
        self._bench.tools.dialogs.tell(
            self._bench.t("publishdesk.update"), self._bench.t("publishdesk.updated_partly", **facts)
        )

    def _leave(self, key: str, text: PostText) -> None:
        override = self._bench.session.story.overrides.get(key)
        if override is not None:
            self._bench.session.edit(settle_override(key, override.text, text.post.base, text.post.made, _now_stamp()))

    def _copy(self, key: str, text: PostText) -> None:
        """What is copied leaves the workspace: it is the text of the story the gate lets out, not of the preview."""
        session, tools = self._bench.session, self._bench.tools
        if (error := session.flush()) is not None:
            tools.dialogs.explain(error)
            return
        session.settle_address()
        work = partial(_released_text, self._previewer, self._bench.workspace, session.folder, key, tools.texts)
        done = partial(self._copied, session, session.folder)
        tools.jobs.start("", work, done=done, failed=self._failed, lane="quick", quiet=True)

    def _copied(self, session: StorySession, folder: str, text: str) -> None:
        if folder in text and session.folder == folder:  # its link is out, and has to lead to the story for ever
            amend_document(session, lambda story: note_address(story, folder))
        QGuiApplication.clipboard().setText(text)
        self._bench.toast(self._bench.t("publishdesk.copied"))

    def _failed(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(error)


def _released_text(
    previewer: OutletPreviewer, workspace: Workspace, folder: str, key: str, texts: MessageTexts, progress: Progress
) -> str:
    """In the worker.

    Raises:
        UserError: the gate refuses, or the story was taken back.
    """
    from studio.release.release_gate import release_story

    progress.report(0, 1, "")
    released = release_story(workspace, folder, texts)
    if released.withdrawal is not None:
        raise UserError("hand_out.withdrawn", story=folder)
    (outlet,) = previewer.texts(folder, released.story, (key.partition("/")[0],))
    found = next(text for text in outlet.texts if text.key == key)
    return "\n\n".join(words for _, words in found.files)


def _now_stamp() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
