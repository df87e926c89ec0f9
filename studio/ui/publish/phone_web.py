"""The group's website: the whole library as one folder, and the story on the group's own WordPress if it has one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QLineEdit, QWidget

from studio.base.errors import UserError
from studio.publish.wordpress import WordPress, keep_password, kept_password
from studio.publish.wordpress_rest import WordPressAccount, plain_address, without_password
from studio.release.release_gate import release_story
from studio.services.outlet_packs import outlet_press
from studio.services.story_export import build_library_site, missing_lines, prepare_painting
from studio.services.web_post import render_web_post
from studio.story import publishing
from studio.story.edits import note_address
from studio.story.withdrawal import is_withdrawn
from studio.ui.core.desk_context import now_stamp
from studio.ui.core.story_session import amend_document
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.publish.export_results import open_folder
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.flow_layout import wrapped_row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.website.site_library import BuiltSite
    from studio.publish.wordpress import LeftoverPicture, PublishedPost, TakenBack
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import DeskContext

OUTLET = "website"
Purpose = Literal["send", "draft", "withdrawn", "take_back"]
_SENDING = (("draft", "wp_as_draft"), ("publish", "wp_as_public"))
_WAYS: dict[Purpose, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "send": ("wp_about", "wp_state", _SENDING),
    "draft": ("wp_draft_only", "wp_state", _SENDING[:1]),
    "withdrawn": ("wp_withdrawn", "wp_state", _SENDING),
    "take_back": ("wp_take_back_about", "wp_how", (("trash", "wp_to_trash"), ("draft", "wp_to_draft"))),
}
"""What the dialog says, what the list is called, and what is in it: what it stands for, and the code of its text."""
_SHOWN = 6
"""Stories named in the message about a site; more are counted."""


class PhoneWeb(QWidget):
    """The buttons for the website of the library and for WordPress, and what became of them.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.site = button(theme, self._t("site"), self.make_site, icon="globe", tip=self._t("site_tip"))
        self.joint = button(
            theme, self._t("joint"), self.open_joint, look="link", icon="network", tip=self._t("joint_tip")
        )
        self.wordpress = button(theme, self._t("wp"), self.send, icon="send", tip=self._t("wp_tip"))
        self.back = button(
            theme, self._t("wp_take_back"), self.take_back, icon="archive-x", tip=self._t("wp_take_back_tip")
        )
        self.told = label("", "hint", wrap=True)
        self.told.hide()
        inside = column(
            label(self._t("web"), "title"),
            label(self._t("web_about"), "hint", wrap=True),
            wrapped_row(theme, self.site, self.joint, last_right=False),
            row(self.wordpress, 1),
            row(self.back, 1),
            self.told,
            gap=px(8),
            edges=edges(theme, 16, 14),
        )
        self.setLayout(column(card(inside)))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"phone.{code}", **facts)

    def _show_outcome(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _save_first(self) -> bool:
        error = self._bench.session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error)
        return error is None

    def make_site(self) -> None:
        """Make or renew the website of all stories of the library."""
        if not self._save_first():
            return
        prepare_painting()
        workspace, texts = self._bench.workspace, self._bench.tools.texts
        self._bench.tools.jobs.start(
            self._t("site_job"),
            partial(build_library_site, workspace, texts),
            done=self._site_made,
            failed=self._explain,
            lane="queue",
        )

    def open_joint(self) -> None:
        """Make the website of many groups."""
        from studio.ui.dialogs.joint_site_dialog import show_joint_site

        if self._save_first():
            show_joint_site(self._bench.tools)

    def _site_made(self, site: BuiltSite) -> None:
        self._show_outcome(self._t("site_made", stories=site.stories, written=site.written, removed=site.removed))
        if site.troubles:
            lines = missing_lines(site, self._bench.tools.texts)
            more = self._bench.t("export.refused_more", count=len(lines) - _SHOWN) if len(lines) > _SHOWN else ""
            told = "\n\n".join([*lines[:_SHOWN], *([more] if more else [])])
            self._bench.tools.dialogs.tell(self._t("site"), told, tone="warning")
        open_folder(site.folder)

    def showEvent(self, event: QShowEvent) -> None:
        """Taking back is offered to who has sent something there."""
        super().showEvent(event)
        self.back.setVisible(bool(self._bench.tools.settings.text("wordpress")))

    def send(self) -> None:
        """Ask the gate, then for the account, and put this story there."""
        session, tools = self._bench.session, self._bench.tools
        if not self._save_first() or not session.folder:
            return
        session.settle_address()  # the post is found again by it
        try:
            released = release_story(self._bench.workspace, session.folder, tools.texts)
        except UserError as error:
            self._refused(error)
            return
        asked = self._ask(WordPressDialog(self._bench, _purpose(released)))
        if asked is None:
            return
        prepare_painting()
        account, choice = asked
        # Also a draft there is found again by its address: noted now, as the story may be left before it has arrived.
        folder = session.folder
        amend_document(session, lambda story: note_address(story, folder))
        session.flush()
        work = partial(_send, self._bench.workspace, session.folder, account, tools.texts, public=choice == "publish")
        tools.jobs.start(self._t("wp_job"), work, done=partial(self._sent, account), failed=self._explain)

    def _ask(self, dialog: WordPressDialog) -> tuple[WordPressAccount, str] | None:
        """The account and what was chosen; None when it was cancelled."""
        try:
            if not self._bench.tools.dialogs.show(dialog):
                return None
            asked = dialog.account(), dialog.chosen
            dialog.remember_access()
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return None
        finally:
            dialog.deleteLater()
        return asked

    def _explain(self, error: UserError) -> None:
        if error.code in {"export.refused", "wordpress.draft_is_public"}:
            self._refused(error)
        else:
            self._bench.tools.dialogs.explain(error)

    def _refused(self, error: UserError) -> None:
        """Say why it is not sent; what may already be there can be taken back."""
        tools = self._bench.tools
        # Nothing was ever sent there, so there is nothing to take back either.
        if not tools.settings.text("wordpress"):
            tools.dialogs.explain(error)
            return
        choices = [
            DialogChoice("close", self._t("close")),
            DialogChoice("back", self._t("wp_take_back"), destructive=True),
        ]
        if tools.dialogs.ask(self._t("wp"), tools.texts.explain(error), choices, tone="warning") == "back":
            self.take_back()

    def _sent(self, account: WordPressAccount, done: PublishedPost) -> None:
        self._show_outcome(self._t("wp_public" if done.status == "publish" else "wp_draft", link=done.link))
        story = self._bench.session.story
        # A draft on WordPress has no readers, and the notice of a withdrawal is no publication of the story.
        if done.status == "publish" and not is_withdrawn(story):
            stamp = now_stamp(self._bench)
            self._bench.session.edit(publishing.add_publication(OUTLET, stamp.when, done.link, stamp.by))
        if done.leftovers:
            self._offer_removal(account, done.leftovers)

    def _offer_removal(self, account: WordPressAccount, pictures: tuple[LeftoverPicture, ...]) -> None:
        tools = self._bench.tools
        choices = [
            DialogChoice("leave", self._t("wp_leave")),
            DialogChoice("remove", self._t("wp_remove"), destructive=True),
        ]
        text = self._t("wp_leftovers", links=_links(pictures))
        if tools.dialogs.ask(self._t("wp"), text, choices, tone="warning") != "remove":
            return
        tools.jobs.start(
            self._t("wp_take_back_job"),
            partial(_remove, account, pictures),
            done=lambda kept: self._removed(len(pictures) - len(kept), kept, "wp_removed"),
            failed=self._explain,
        )

    def _removed(self, count: int, kept: tuple[LeftoverPicture, ...], code: str) -> None:
        self._show_outcome(self._t(code, n=count))
        if kept:
            self._bench.tools.dialogs.tell(self._t("wp"), self._t("wp_kept", links=_links(kept)), tone="warning")

    def take_back(self) -> None:
        """Ask how, then take this story's post off the site."""
        folder = self._bench.session.folder
        asked = self._ask(WordPressDialog(self._bench, "take_back")) if folder else None
        if asked is None:
            return
        account, choice = asked
        names = (folder, *reversed(self._bench.session.story.former_folders))
        self._bench.tools.jobs.start(
            self._t("wp_take_back_job"),
            partial(_take_back, account, names, "draft" if choice == "draft" else "trash"),
            done=self._taken_back,
            failed=self._explain,
        )

    def _taken_back(self, done: TakenBack) -> None:
        if done.number:
            self._removed(done.pictures, done.kept, "wp_taken_back")
        else:
            self._show_outcome(self._t("wp_not_there"))


def _purpose(released: ReleasedStory) -> Purpose:
    return "withdrawn" if released.withdrawal is not None else "draft" if released.draft else "send"


def _links(pictures: tuple[LeftoverPicture, ...]) -> str:
    return "\n".join(picture.link for picture in pictures)


def _send(
    workspace: Workspace,
    folder: str,
    account: WordPressAccount,
    texts: MessageTexts,
    progress: Progress,
    *,
    public: bool,
) -> PublishedPost:
    """In a worker: the story as it is now, rendered for this sending."""
    press = outlet_press(workspace)
    site = WordPress(account)
    with TemporaryDirectory(prefix="kim-") as place:
        post = render_web_post(workspace, folder, press, Path(place), texts, progress)

        def confirm() -> None:
            now = release_story(workspace, folder, texts)
            # Rendering and uploading take minutes on a village line. What is made public must be the story as the gate
            # would let it out at that moment.
            if (now.story, now.group) != (post.released.story, post.released.group):
                raise UserError("hand_out.changed", story=folder)

        return site.publish_post(post, progress, public=public, confirm=confirm)


def _remove(
    account: WordPressAccount, pictures: tuple[LeftoverPicture, ...], progress: Progress
) -> tuple[LeftoverPicture, ...]:
    progress.report(0, 1, "")
    return WordPress(account).remove(pictures)


def _take_back(
    account: WordPressAccount, names: tuple[str, ...], to: Literal["draft", "trash"], progress: Progress
) -> TakenBack:
    """Take the post of a story back that is known by one of these names, the one it has now first."""
    found = WordPress(account).take_back(names[0], to, progress)
    return found if found.number or not names[1:] else _take_back(account, names[1:], to, progress)


class WordPressDialog(StyledDialog):
    """Address, user, application password; draft or public at once, or how to take the post back.

    Args:
        bench: what a desk works with.
        purpose: what it is for.
    """

    def __init__(self, bench: DeskContext, purpose: Purpose = "send") -> None:
        super().__init__(bench.tools.theme)
        self._bench = bench
        settings = bench.tools.settings
        known = settings.text("wordpress")
        if known != without_password(known):  # an older version kept whatever was typed
            settings.set("wordpress", without_password(known))
        self.address = QLineEdit(without_password(known))
        self.user = QLineEdit(settings.text("wordpress_user"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.state = combo_box()
        about, how, ways = _WAYS[purpose]
        for way, code in ways:
            self.state.addItem(bench.t(f"phone.{code}"), way)
        theme, back = bench.tools.theme, purpose == "take_back"
        go = bench.t("phone.wp_take_back" if back else "phone.wp_send")
        icon, look = ("archive-x", "danger") if back else ("send", "primary")
        self.go = button(theme, go, self.accept, look=look, icon=icon)
        cancel = button(theme, bench.t("phone.correct_cancel"), self.reject)
        self.setWindowTitle(bench.t("phone.wp_take_back" if back else "phone.wp"))
        self.setMinimumWidth(theme.px(460))
        fields: list[QWidget] = []
        for code, field in (("address", self.address), ("user", self.user), ("password", self.password)):
            name = bench.t(f"phone.wp_{code}")
            describe(field, name, bench.t(f"phone.wp_{code}_tip"))
            field.setPlaceholderText(bench.t(f"phone.wp_{code}_tip"))
            field.textChanged.connect(self._check)
            fields += [label(name, "strong"), field]
        describe(self.state, bench.t(f"phone.{how}"))
        fields += [label(bench.t(f"phone.{how}"), "strong"), self.state]
        hint = label(bench.t(f"phone.{about}"), "hint", wrap=True)
        self.setLayout(column(hint, *fields, row(1, cancel, self.go), gap=theme.px(8), edges=edges(theme, 20, 18)))
        self._check()

    @property
    def chosen(self) -> str:
        """``draft``, ``publish`` or ``trash``."""
        return str(self.state.currentData())

    @property
    def public(self) -> bool:
        """Whether readers are to see it at once."""
        return self.chosen == "publish"

    def account(self) -> WordPressAccount:
        """What was entered; an empty password is the one in the keyring.

        Raises:
            UserError: there is no keyring, or the address is none.
        """
        address, user = self.address.text().strip(), self.user.text().strip()
        # The password never goes into the settings file: it lives in the system's keyring, or is typed each time.
        return WordPressAccount(address, user, self.password.text().strip() or kept_password(address, user))

    def remember_access(self) -> None:
        """Remember address and user, and the password in the keyring if one was entered.

        Raises:
            UserError: there is no keyring, or the address is none: then nothing is kept.
        """
        address, user = plain_address(self.address.text()), self.user.text().strip()
        self._bench.tools.settings.set("wordpress", address)
        self._bench.tools.settings.set("wordpress_user", user)
        if self.password.text().strip():
            keep_password(address, user, self.password.text().strip())

    def _check(self) -> None:
        self.go.setEnabled(bool(self.address.text().strip() and self.user.text().strip()))
