"""The page "Profil": the group's registration, region and, apart from it, personal contacts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from studio.base.locale_forms import long_day
from studio.group.profile import PRIVATE_PLACE, PROFILE_PLACE, GroupProfile, PrivateContacts, decree_state
from studio.group.profile_doubts import doubtful_fields
from studio.group.record_fields import PRIVATE_FORM, PROFILE_FORM
from studio.story.date_formats import parse_date
from studio.ui.group.record_form import FileEntry, RecordForm
from studio.ui.group.region_card import RegionCard
from studio.ui.shell.message_banner import BannerMessage, MessageBanner
from studio.ui.widgets.basic_parts import column, row, scroll_to, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.ui.group.group_context import GroupContext

_WIDTH = 860


class ProfilePage(QWidget):
    """Everything of the registration on one page that scrolls.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        theme = context.tools.theme
        self.banner = MessageBanner(theme)
        self.region = RegionCard(context)
        self.form = RecordForm(context, PROFILE_PLACE, GroupProfile(), PROFILE_FORM, "group.profile", self._doubts)
        self.private = RecordForm(context, PRIVATE_PLACE, PrivateContacts(), (PRIVATE_FORM,), "group.profile")
        inside = QWidget()
        inside.setProperty("look", "clear")
        inside.setLayout(column(self.region, self.form, self.private, 1, gap=theme.px(14)))
        inside.setMaximumWidth(theme.px(_WIDTH))
        holder = QWidget()
        holder.setLayout(row(inside, edges=(theme.px(20), theme.px(8), theme.px(20), theme.px(24))))
        self._area: QScrollArea = scrolled(holder)
        whole = column(self.banner, self._area, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.home = self.region.lines["village"]
        context.session.changed.connect(self._show_decree)
        self._show_decree()

    def _doubts(self, profile: GroupProfile) -> Mapping[tuple[str | int, ...], str]:
        return doubtful_fields(profile, self._context.today)

    def _show_decree(self, _: object = None) -> None:
        """Said from six months before the end of the decree on: a lapsed one keeps a group out of events."""
        until = self.form.record.decree.valid_until
        state, day = decree_state(until, self._context.today), parse_date(until)
        if day is None or state not in {"ending", "lapsed"}:
            self.banner.show_message(BannerMessage(""))
            return
        text = self._context.t(f"group.decree.{state}", date=long_day(day, self._context.tools.texts.language))
        renew = (self._context.t("group.decree.renew"), lambda: self.reveal("decree"))
        self.banner.show_message(BannerMessage(text, (renew,), "bad" if state == "lapsed" else ""))

    def reveal(self, field: str) -> None:
        """Scroll to a section (``"decree"``) and put the focus into its first field."""
        section = self.form.sections.get(field) or self.private.sections.get(field)
        if section is None:
            return
        first = next((each for each in section.findChildren(QWidget) if each.focusPolicy() and each.isEnabled()), None)
        if first is not None:
            first.setFocus()
        # When the page has its layout: before, there is no place to scroll to.
        QTimer.singleShot(0, section, lambda: scroll_to(self._area, section))

    def take_files(self, names: list[str]) -> None:
        """A file dropped here is the scan of the decree."""
        scan = self.form.fields["decree/file"]
        if names and isinstance(scan, FileEntry) and not self._context.session.read_only:
            scan.copy_in(Path(names[0]))
            self.reveal("decree")
