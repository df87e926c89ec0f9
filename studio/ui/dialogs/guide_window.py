"""F1: the guide beside the window one works in, at the page for where one stands, and searched as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QTextEdit

from studio.base.errors import UserError
from studio.services.guide_pages import PLACE_PAGES, GuideHit, GuidePage, find_page, load_guide, page_html, search_guide
from studio.services.guide_printing import write_guide
from studio.ui.core.shortcut_table import KEYS
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.dialogs.paper_button import PaperButton, PaperWords
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from studio.base.progress import Progress
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

_PAPER = PaperWords("guide.save", "guide.save_tip", "guide.job", "guide.file")
_TYPING_MS = 150
_RESIZE_MS = 80
_WIDEST = 760
_SIDE = 244
_ROOM = 44
"""Beside a picture: the margins of the page and its scroll bar."""


class GuideView(QTextBrowser):
    """A page of the guide. Its pictures are as wide as there is room, drawn smoothly.

    Args:
        theme: colours and sizes.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._page: GuidePage | None = None
        self._wide = 0
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.px(14))
        colors, px = theme.colors, theme.px
        self.document().setDefaultStyleSheet(
            f"h1 {{ font-size: {px(24)}px; font-weight: 700; }}"
            f" h2 {{ font-size: {px(17)}px; font-weight: 700; margin-top: {px(18)}px; }}"
            f" p, li, td {{ font-size: {px(14)}px; line-height: 140%; }} li {{ margin-bottom: {px(4)}px; }}"
            f" .picture {{ line-height: 100%; }}"
            f" .caption {{ font-size: {px(12)}px; color: {colors['muted']}; }} a {{ color: {colors['accent']}; }}"
            f" td {{ padding: {px(3)}px {px(14)}px {px(3)}px 0; }}"
            f" code {{ font-family: inherit; font-weight: 700; background-color: {colors['tint']}; }}"
        )
        self._later = QTimer(self, singleShot=True, interval=_RESIZE_MS)
        self._later.timeout.connect(self._fit)

    @property
    def page(self) -> GuidePage | None:
        """What is shown."""
        return self._page

    def show_page(self, page: GuidePage, anchor: str = "") -> None:
        """Show a page from its beginning, or from a named place of it."""
        self._page = page
        self._wide = self._picture_width()
        self.setHtml(page_html(page, self._width_of))
        self.setAccessibleName(page.title)
        if anchor:
            self.scrollToAnchor(anchor)
            # Once more when the page has its size: pictures above the place are counted only then.
            QTimer.singleShot(0, self, partial(self.scrollToAnchor, anchor))

    def mark_words(self, words: Sequence[str]) -> None:
        """Mark every place where one of the words stands."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in words:
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(found)
                mark.format.setBackground(QColor(self._theme.colors["select"]))
                mark.format.setForeground(QColor(self._theme.colors["select_text"]))
                marks.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)

    def loadResource(self, kind: int, address: QUrl | str) -> object:
        """Qt asks for a picture: from the folder of the guide, at the width it is shown in."""
        name = QUrl(address).toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or self._page is None or ".." in name or ":" in name:
            return None
        ratio = self.devicePixelRatioF()
        drawn = QImage(str(self._page.folder / name)).scaledToWidth(
            round(self._width_of(name) * ratio), Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the window, a moment later."""
        super().resizeEvent(event)
        self._later.start()

    def _picture_width(self) -> int:
        return max(self._theme.px(200), min(self.viewport().width() - self._theme.px(_ROOM), self._theme.px(_WIDEST)))

    def _width_of(self, name: str) -> int:
        """As wide as it is, where there is room for it."""
        file = "" if self._page is None else str(self._page.folder / name)
        return min(self._wide, round(QImageReader(file).size().width() * self._theme.scale))

    def _fit(self) -> None:
        """The page anew in the width there is now; what was read stays in sight."""
        if self._page is None or abs(self._picture_width() - self._wide) < 2:
            return
        bar = self.verticalScrollBar()
        share, marks = bar.value() / max(1, bar.maximum()), self.extraSelections()
        words = {mark.cursor.selectedText() for mark in marks}
        self.show_page(self._page)
        self.mark_words(sorted(words))
        bar.setValue(round(share * bar.maximum()))


class GuideWindow(StyledDialog):
    """The guide, a window of its own: one reads a step and does it.

    Args:
        tools: what every part is given.
        pages: of the guide.
        show_keys: shows the keyboard shortcuts.
    """

    def __init__(self, tools: WindowTools, pages: Sequence[GuidePage], show_keys: Callable[[], object] | None) -> None:
        super().__init__(tools.theme)
        self._tools, self._pages = tools, pages
        self._hits: tuple[GuideHit, ...] = ()
        theme, px = tools.theme, tools.theme.px
        self.setWindowTitle(tools.t("guide.title"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tools.t("guide.search"))
        self.search.setClearButtonEnabled(True)
        describe(self.search, tools.t("guide.search"))
        self.list = QListWidget()
        self.list.setProperty("look", "framed")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told = label("", "hint", wrap=True)
        self.view = GuideView(theme)
        self.paper = _guide_paper(tools, pages)
        self.keys = button(theme, tools.t("key.help"), show_keys, icon="keyboard", key=KEYS["help"])
        self.keys.setVisible(show_keys is not None)
        side = column(self.search, self.list, self.told, gap=px(8))
        side.setStretch(1, 1)
        middle = row(side, self.view, gap=px(12))
        middle.setStretch(1, 1)
        self.list.setFixedWidth(px(_SIDE))
        self.told.setFixedWidth(px(_SIDE))
        self.search.setFixedWidth(px(_SIDE))
        close = button(theme, tools.t("dialog.close"), self.reject)
        foot = row(self.keys, self.paper.button, 1, close, gap=px(8))
        whole = column(middle, foot, gap=px(12), edges=edges(theme, 16, 14))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        resize_to_screen(self, px(900), px(660))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._connect()
        self._fill()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._fill)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._open_first)
        self.list.currentRowChanged.connect(self._show_row)
        self.view.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence(KEYS["guide"]), self).activated.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._search_now)

    def open_place(self, place: str) -> None:
        """Show the page for where one stands (``PLACE_PAGES``), with the whole list beside it."""
        page = find_page(self._pages, PLACE_PAGES.get(place, "")) or self._pages[0]
        self.open_page(page)
        self.search.setFocus()

    def open_page(self, page: GuidePage) -> None:
        """Show a page; what was searched for is let go."""
        self.search.clear()
        self._typing.stop()
        self._fill()
        self.list.setCurrentRow(self._pages.index(page))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows of the search go into the list, as in any list that is filtered."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus() and self.list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """A PDF that is being written is given up."""
        self.paper.stop()
        super().done(result)

    # ------------------------------------------------------------------------------------------------ list and search

    def _words(self) -> list[str]:
        return self.search.text().split()

    def _fill(self) -> None:
        """Into the list: all pages, or the places that hold the words."""
        t, words = self._tools.t, self._words()
        self._hits = search_guide(self._pages, self.search.text())
        self.list.blockSignals(True)
        self.list.clear()
        if words:
            for hit in self._hits:
                item = QListWidgetItem(_hit_text(hit), self.list)
                item.setToolTip(hit.page.title)
        else:
            for number, page in enumerate(self._pages, 1):
                QListWidgetItem(f"{number}.  {page.title}", self.list)
        self.list.blockSignals(False)
        describe(self.list, t("guide.hits" if words else "guide.pages"))
        self._tell_found(words)
        # The first place is shown at once; without words the page that was read stays.
        if self._hits:
            self.list.setCurrentRow(0)
        elif not words:
            self._show_where_it_is()
            self.view.mark_words(())

    def _tell_found(self, words: Sequence[str]) -> None:
        t = self._tools.t
        if not words:
            told = t("guide.language") if self._tools.texts.language != "id" else ""
        else:
            told = t("guide.found", n=len(self._hits)) if self._hits else t("guide.nothing", words=self.search.text())
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def _show_where_it_is(self) -> None:
        """In the list of pages the one that is shown is chosen, and stays as far down as it was read."""
        self.list.blockSignals(True)
        if self.view.page is not None:
            self.list.setCurrentRow(self._pages.index(self.view.page))
        self.list.blockSignals(False)

    def _show_row(self, at: int) -> None:
        if at < 0:
            return
        if not self._words():
            self.view.show_page(self._pages[at])
            self.view.mark_words(())
        elif at < len(self._hits):
            hit = self._hits[at]
            self.view.show_page(hit.page, hit.section.anchor)
            self.view.mark_words(self._words())

    def _open_first(self) -> None:
        """Enter does not wait for the pause in typing."""
        self._typing.stop()
        self._fill()
        if self.list.count():
            self.view.setFocus()

    def _search_now(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _follow(self, address: QUrl) -> None:
        """A link: to a page of the guide, or out of it by the system's own means."""
        page = find_page(self._pages, address.fileName())
        if page is not None:
            self.open_page(page)
        elif address.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(address)


def _hit_text(hit: GuideHit) -> str:
    """Where it is, and a line of it."""
    page, heading = hit.page.title, hit.section.heading
    return f"{heading if heading == page else f'{page}: {heading}'}\n{hit.excerpt}"


def show_guide(tools: WindowTools, window: QWidget, place: str, show_keys: Callable[[], object] | None = None) -> None:
    """Show the guide beside a window, at the page for where one stands; one that is open comes to the front.

    Args:
        tools: what every part is given.
        window: it goes down with this one.
        place: of ``PLACE_PAGES``.
        show_keys: shows the keyboard shortcuts; None where there are none.
    """
    guide = window.findChild(GuideWindow)
    if guide is None:
        try:
            pages = load_guide()
        except UserError as error:
            tools.dialogs.explain(error)
            return
        guide = GuideWindow(tools, pages, show_keys)
        guide.setObjectName("guide")
        # A window of its own that goes down with this one: a parent without the flags would put it inside.
        guide.setParent(window, guide.windowFlags())
    guide.show()
    guide.open_place(place)
    guide.raise_()
    guide.activateWindow()


def _guide_paper(tools: WindowTools, pages: Sequence[GuidePage]) -> PaperButton[int]:
    """The button for these pages of the guide."""

    def write(target: Path, progress: Progress) -> int:
        return write_guide(target, pages, tools.texts, progress)

    def tell(target: Path, sheets: int) -> None:
        tools.dialogs.tell(tools.t("guide.title"), tools.t("guide.written", file=str(target), n=sheets))

    return PaperButton(tools, _PAPER, "printer", write, tell)
