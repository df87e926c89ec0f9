"""The checking desk: findings, 5W+1H, the ledger of claims, people and consent, and the evidence kit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.story.claims import open_claims
from studio.story.comments import open_comments
from studio.ui.check.background_checker import BackgroundChecker
from studio.ui.check.finding_row import FindingActions
from studio.ui.check.findings_page import FindingsPage
from studio.ui.check.status_panel import StatusPanel
from studio.ui.core.shortcut_table import KEYS
from studio.ui.core.spoken_news import announce
from studio.ui.widgets.basic_parts import button, column, describe, row, scrolled
from studio.ui.widgets.calm_inputs import tab_bar

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.check.background_checker import CheckedStory
    from studio.ui.core.desk_context import DeskContext

PageName = Literal["findings", "answers", "ledger", "people", "comments"]
PAGES: tuple[PageName, ...] = ("findings", "answers", "ledger", "people", "comments")


class CheckDesk(QWidget):
    """Everything about whether a story may go out.

    Args:
        bench: what a desk works with.
    """

    panel_waits = 1.3
    """See ``WindowFrame.fit_width``."""
    picture_width = 700
    """What tabs and forms need, in design pixels: the list makes way for it."""

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self.bench = bench
        self.checker = BackgroundChecker(bench, self)
        self.status = StatusPanel(bench)
        self.side_panel: QWidget = scrolled(self.status)
        self.findings = FindingsPage(bench, FindingActions(bench))
        self.tabs = tab_bar()
        self._stack = QStackedWidget()
        self._said = ""
        self._made: dict[PageName, QWidget] = {"findings": self.findings}
        self._lay_out()
        self._bind_keys()
        self.checker.checked.connect(self._on_checked)
        bench.session.changed.connect(self._name_tabs)
        self._name_tabs(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self.bench.t(f"checkdesk.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self.bench.tools.theme
        px = theme.px
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(self._t("tabs"))
        for name in PAGES:
            number = self.tabs.addTab(self._t(f"tab.{name}"))
            self.tabs.setTabToolTip(number, self._t(f"tab_tip.{name}"))
        self.kit = button(theme, self._t("kit"), self.open_kit, icon="microscope", key=KEYS["evidence"])
        if theme.scale > self.panel_waits:
            self.kit.setText("")  # the tabs have no other room
        describe(self.kit, self._t("kit"), self._t("kit_tip"), KEYS["evidence"])
        top = row(self.tabs, 1, self.kit, gap=px(8), edges=(px(20), px(10), px(20), px(2)))
        self._stack.addWidget(self.findings)
        self.setLayout(column(top, self._stack, gap=0))
        self.tabs.currentChanged.connect(lambda number: self.show_page(PAGES[number]))

    def _bind_keys(self) -> None:
        for code, act in (
            ("next_finding", lambda: self._step(1)),
            ("previous_finding", lambda: self._step(-1)),
            ("evidence", self.open_kit),
        ):
            QShortcut(QKeySequence(KEYS[code]), self).activated.connect(act)

    # ------------------------------------------------------------------------------------------- pages

    def show_page(self, name: PageName) -> QWidget:
        """Show one of the pages; it is made when it is first shown."""
        if name not in self._made:
            self._made[name] = self._make(name)
            self._stack.addWidget(self._made[name])
        self._stack.setCurrentWidget(self._made[name])
        # Its signal calls this method once more, which then changes nothing.
        self.tabs.setCurrentIndex(PAGES.index(name))
        return self._made[name]

    def _make(self, name: PageName) -> QWidget:
        match name:
            case "answers":
                from studio.ui.check.answers_page import AnswersPage

                return AnswersPage(self.bench)
            case "ledger":
                from studio.ui.check.ledger_page import LedgerPage

                return LedgerPage(self.bench, self.open_kit)
            case "people":
                from studio.ui.check.people_page import PeoplePage

                return PeoplePage(self.bench)
            case "comments":
                from studio.ui.check.comments_page import CommentsPage

                return CommentsPage(self.bench)
            case _:
                return self.findings

    def reveal(self, place: TextPlace) -> None:
        """Lead to a claim, a person or a comment."""
        root = place.field.partition("/")[0]
        # Pages are made when they are first shown, so each is imported on the way to it.
        if root == "claims":
            from studio.ui.check.ledger_page import LedgerPage

            page = self.show_page("ledger")
            if isinstance(page, LedgerPage):
                page.reveal(place)
        elif root == "people":
            from studio.ui.check.people_page import PeoplePage

            page = self.show_page("people")
            if isinstance(page, PeoplePage):
                page.reveal(place)
        elif root == "comments":
            from studio.ui.check.comments_page import CommentsPage

            page = self.show_page("comments")
            if isinstance(page, CommentsPage):
                page.reveal(place)
        else:
            self.show_page("findings")
            if root == "declarations":
                self.findings.declared.reveal(place.field.partition("/")[2])

    def open_kit(self, file: str = "") -> None:
        """Look closer at a photo, clip or piece of evidence of the story."""
        from studio.ui.check.evidence_page import EvidenceKit

        self.bench.tools.dialogs.show(EvidenceKit(self.bench, file))

    def _step(self, by: int) -> None:
        self.show_page("findings")
        self.findings.step(by)

    # ------------------------------------------------------------------------------------------- showing

    def _on_checked(self, checked: CheckedStory) -> None:
        self.findings.show_checked(checked)
        self.status.show_checked(checked)
        count = len(checked.readiness.blocks)
        told = self._t("spoken", blocks=count, others=len(checked.readiness.warnings) + len(checked.readiness.advice))
        if told != self._said:  # said again only where it is another number
            self._said = told
            announce(self, told)
        self.tabs.setTabText(0, self._t("tab.findings_blocks", count=count) if count else self._t("tab.findings"))

    def _name_tabs(self, story: Story) -> None:
        claims, people = len(open_claims(story)), len(story.people)
        self.tabs.setTabText(2, self._t("tab.ledger_count", count=claims) if claims else self._t("tab.ledger"))
        self.tabs.setTabText(3, self._t("tab.people_count", count=people) if people else self._t("tab.people"))
        said = len(open_comments(story))
        self.tabs.setTabText(4, self._t("tab.comments_count", count=said) if said else self._t("tab.comments"))

    def showEvent(self, event: QShowEvent) -> None:
        """Start checking: the desk is on screen now."""
        super().showEvent(event)
        self.checker.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.checker.set_active(False)
