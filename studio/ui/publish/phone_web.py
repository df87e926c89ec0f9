"""The group's website: the whole library as one folder, and the story on the group's own WordPress if it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from studio.base import paths
from studio.base.errors import UserError
from studio.export.package import files_for
from studio.export.site_library import build_site
from studio.export.web_post import web_post
from studio.publish.wordpress import Account, Image, Post, WordPress, keep_password, kept_password
from studio.story import publishing
from studio.ui.check.acts import now_stamp
from studio.ui.inputs import combo_box
from studio.ui.parts import button, card, column, describe, edges, label, row
from studio.ui.publish.results import open_folder

if TYPE_CHECKING:
    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.export.site_library import Site
    from studio.publish.wordpress import Published
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.ui.desk import Bench

OUTLET = "website"


class PhoneWeb(QWidget):
    """Two buttons and what became of them.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.site = button(theme, self._t("site"), self.make_site, icon="globe", tip=self._t("site_tip"))
        self.wordpress = button(theme, self._t("wp"), self.send, icon="send", tip=self._t("wp_tip"))
        self.told = label("", "hint", wrap=True)
        self.told.hide()
        inside = column(
            label(self._t("web"), "title"),
            label(self._t("web_about"), "hint", wrap=True),
            row(self.site, 1),
            row(self.wordpress, 1),
            self.told,
            gap=px(8),
            edges=edges(theme, 16, 14),
        )
        self.setLayout(column(card(inside)))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"phone.{code}", **facts)

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _ready(self) -> bool:
        error = self._bench.session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error)
        return error is None

    def make_site(self) -> None:
        """Make or renew the website of the whole library."""
        if not self._ready():
            return
        from studio.paint.app import ensure_gui

        ensure_gui()  # fonts are loaded in the window's thread; the worker then paints with them
        workspace, texts = self._bench.workspace, self._bench.tools.texts
        self._bench.tools.jobs.start(
            self._t("site_job"), lambda progress: _site(workspace, texts, progress), done=self._site_made, lane="queue"
        )

    def _site_made(self, site: Site) -> None:
        self._say(self._t("site_made", stories=site.stories, written=site.written, removed=site.removed))
        if site.troubles:
            told = "\n\n".join(self._bench.tools.texts.explain(error) for _, error in site.troubles[:5])
            self._bench.tools.dialogs.tell(self._t("site"), told, tone="warning")
        open_folder(site.folder)

    def send(self) -> None:
        """Ask for the account and put this story there."""
        story, session = self._bench.session.story, self._bench.session
        if not self._ready():
            return
        folder = self._bench.workspace.path / "exports" / (session.folder or "-")
        if not files_for(folder, (OUTLET,)) or publishing.correction_due(story):
            self._bench.tools.dialogs.tell(self._t("wp"), self._t("wp_export_first"))
            return
        dialog = WordPressDialog(self._bench)
        try:
            if not self._bench.tools.dialogs.show(dialog):
                return
            account, public = dialog.account(), dialog.public
            dialog.keep()
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        finally:
            dialog.deleteLater()
        workspace, name = self._bench.workspace, session.folder
        self._bench.tools.jobs.start(
            self._t("wp_job"),
            lambda progress: _send(workspace, story, name, account, progress, public=public),
            done=self._sent,
        )

    def _sent(self, done: Published) -> None:
        self._say(self._t("wp_public" if done.status == "publish" else "wp_draft", link=done.link))
        if done.status == "publish":
            stamp = now_stamp(self._bench)
            self._bench.session.edit(publishing.publish(OUTLET, stamp.when, done.link, stamp.by))


def _site(workspace: Workspace, texts: Texts, progress: Progress) -> Site:
    return build_site(workspace, paths.templates_dir(), texts, None, progress)


def _send(
    workspace: Workspace, story: Story, folder: str, account: Account, progress: Progress, *, public: bool
) -> Published:
    """In a worker."""
    exported = workspace.path / "exports" / folder
    made = web_post(story, workspace.group, folder, exported, files_for(exported, (OUTLET,)))
    images = tuple(Image(*image) for image in made.images)
    post = Post(folder, made.title, made.html, made.summary, made.tags, images)
    return WordPress(account).publish(post, "publish" if public else "draft", progress)


class WordPressDialog(QDialog):
    """Address, user, application password; draft or public at once.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        settings = bench.tools.settings
        self.address = QLineEdit(settings.text("wordpress"))
        self.user = QLineEdit(settings.text("wordpress_user"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.state = combo_box()
        self.state.addItems([bench.t("phone.wp_as_draft"), bench.t("phone.wp_as_public")])
        theme = bench.tools.theme
        self.go = button(theme, bench.t("phone.wp_send"), self.accept, look="primary", icon="send")
        cancel = button(theme, bench.t("phone.correct_cancel"), self.reject)
        self.setWindowTitle(bench.t("phone.wp"))
        self.setMinimumWidth(theme.px(460))
        fields: list[QWidget] = []
        for code, field in (("address", self.address), ("user", self.user), ("password", self.password)):
            name = bench.t(f"phone.wp_{code}")
            describe(field, name, bench.t(f"phone.wp_{code}_tip"))
            field.setPlaceholderText(bench.t(f"phone.wp_{code}_tip"))
            field.textChanged.connect(self._check)
            fields += [label(name, "strong"), field]
        describe(self.state, bench.t("phone.wp_state"))
        about = label(bench.t("phone.wp_about"), "hint", wrap=True)
        fields += [label(bench.t("phone.wp_state"), "strong"), self.state]
        self.setLayout(column(about, *fields, row(1, cancel, self.go), gap=theme.px(8), edges=edges(theme, 20, 18)))
        self._check()

    @property
    def public(self) -> bool:
        """Whether readers are to see it at once."""
        return self.state.currentIndex() == 1

    def account(self) -> Account:
        """What was entered; an empty password is the one in the keyring.

        Raises:
            UserError: there is no keyring.
        """
        address, user = self.address.text().strip(), self.user.text().strip()
        return Account(address, user, self.password.text().strip() or kept_password(address, user))

    def keep(self) -> None:
        """Remember address and user, and the password in the keyring if one was entered.

        Raises:
            UserError: there is no keyring.
        """
        address, user = self.address.text().strip(), self.user.text().strip()
        self._bench.tools.settings.set("wordpress", address)
        self._bench.tools.settings.set("wordpress_user", user)
        if self.password.text().strip():
            keep_password(address, user, self.password.text().strip())

    def _check(self) -> None:
        self.go.setEnabled(bool(self.address.text().strip() and self.user.text().strip()))
