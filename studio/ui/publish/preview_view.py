"""The middle of the publishing desk: one outlet's phone on the left, its texts on the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from studio.services.carousel import has_carousel
from studio.services.group_profile import ready_mark
from studio.story.typed_names import initials
from studio.ui.publish.outlet_texts import VariantCards
from studio.ui.publish.preview_canvas import DESK_ICONS, ICONS
from studio.ui.publish.preview_outlets import ICONS as OUTLET_ICONS
from studio.ui.publish.preview_phone import PhoneView, screens_of
from studio.ui.publish.preview_shown import ShownOutlet, as_image
from studio.ui.publish.slides_card import SlidesCard
from studio.ui.publish.strip_choice import StripChoice
from studio.ui.widgets.basic_parts import ChoiceGroup, button, clear, column, label, row, scrolled
from studio.ui.widgets.drawn_marks import initials_mark, logo_mark
from studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent

    from studio.preview.preview_results import OutletPictures, OutletTexts
    from studio.services.text_variants import AdjustedText
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.publish.preview_phone import PhoneScreen

_PATIENCE_MS = 100
"""For so long a changed text waits on the phone for the pictures that are being made with it."""
_MARK = 160


class PreviewView(QWidget):
    """A phone with the screens of one outlet, and the cards of its texts.

    Args:
        bench: what a desk works with.
    """

    screen_changed = Signal()

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        tools = bench.tools
        px = tools.theme.px
        tools.theme.icons.load((*ICONS, *DESK_ICONS))
        self._texts: OutletTexts | None = None
        self._pictures: OutletPictures | None = None
        self._images: dict[str, QImage] = {}
        self._story: Story = bench.session.story
        self._screen = ""
        self._redraw = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._redraw.timeout.connect(self._show_phone)
        self._chips = FlowLayout(px(6), px(4))
        self._group = ChoiceGroup(self)
        self._codes: tuple[str, ...] = ()
        self._mark = self._make_mark()
        self.phone = PhoneView(tools.theme, tools.t("publishdesk.tab_preview"))
        self.cards = VariantCards(tools, read_only=bench.session.read_only)
        self.slides = SlidesCard(bench)
        self.slides.hide()
        self._sign, self._name = QLabel(), label("", "title")
        self._state = label("", "bad", wrap=True)
        self._state.hide()
        self._pages = label("", "muted")
        self.strip = StripChoice(bench)
        side = self._side = QWidget()
        side.setLayout(column(self._state, self.slides, self.cards, edges=(px(4), 0, px(14), px(14)), gap=px(8)))
        self.texts_area = scrolled(side)
        head = FlowLayout(px(10), px(4), last_right=True)
        head.add_all(row(self._sign, self._name, gap=px(8)), self._chips, self._pages, self.strip)
        body = row(self.phone, self.texts_area, gap=px(14))
        body.setStretch(1, 1)
        body.setAlignment(self.phone, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        body.setAlignment(self.phone, Qt.AlignmentFlag(0))
        whole = column(head, body, gap=px(8), edges=(px(20), px(8), 0, px(10)))
        self._gaps = px(20) + px(14)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _make_mark(self) -> QImage:
        workspace = self._bench.workspace
        group = workspace.group
        path = ready_mark(workspace)
        made = logo_mark(path, _MARK) if path else None
        return (made or initials_mark(initials(group.name), group.colors.main, _MARK)).toImage()

    def identity_changed(self) -> None:
        """The group has another logo, colour or font."""
        self._mark = self._make_mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The phone leaves room for the texts."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Half for the phone, less where the texts would be cut: they cannot be scrolled sideways."""
        bar = self.texts_area.verticalScrollBar().sizeHint().width()
        texts = bar + self._side.minimumSizeHint().width()
        self.phone.set_room(min(self.width() // 2, self.width() - self._gaps - texts))

    # ------------------------------------------------------------------------------------------- showing

    def show_texts(self, texts: OutletTexts, story: Story, variants: dict[str, AdjustedText]) -> None:
        """Show an outlet's texts; its pictures stay until newer ones come."""
        if self._texts is None or self._texts.outlet.id != texts.outlet.id:
            self._pictures, self._images = None, {}
            self._pages.setText("")
            self.texts_area.verticalScrollBar().setValue(0)
        same = texts is self._texts and story is self._story  # those of all outlets came, this one's were there before
        self._texts, self._story = texts, story
        self.cards.show_texts(texts, variants)
        self._share_width()
        self.strip.show_outlet(texts.outlet)
        self.slides.setVisible(has_carousel(texts.outlet))
        if has_carousel(texts.outlet):
            self.slides.show_story(story)
        if not same:
            self._show_troubles(texts.problems)
            self._show_screens()
            if self._pictures is None:
                self._show_phone()
            else:
                self._redraw.start()  # its new pictures are on their way: the phone is drawn once, with both

    def show_pictures(self, pictures: OutletPictures, story: Story) -> None:
        """Show an outlet's pictures."""
        if self._texts is None or pictures.outlet.id != self._texts.outlet.id:
            return
        before = {} if self._pictures is None else {p.path: p.pixels for p in self._pictures.pictures}
        self._images = {
            # Pixels that are the very same object were not painted again; converting them once more would cost the
            # window a frame.
            p.path: self._images[p.path] if before.get(p.path) is p.pixels and p.path in self._images else as_image(p)
            for p in pictures.pictures
            if p.pixels is not None
        }
        self._pictures, self._story = pictures, story
        t = self._bench.tools.texts
        errors = [
            t.text("publishdesk.cannot_show", file=p.path.partition("/")[2], why=t.explain(p.error))
            for p in pictures.pictures
            if p.error is not None
        ]
        pages = max((p.pages for p in pictures.pictures if p.kind == "print"), default=0)
        self._pages.setText(self._bench.t("publishdesk.pages", n=pages) if pages else "")
        self._show_troubles((*self._texts.problems, *pictures.problems, *errors))
        self._redraw.stop()
        self._show_phone()

    def _show_troubles(self, troubles: tuple[str, ...]) -> None:
        self._state.setText("\n".join(troubles))
        self._state.setVisible(bool(troubles))

    def _show_screens(self) -> None:
        assert self._texts is not None
        outlet = self._texts.outlet
        theme = self._bench.tools.theme
        self._sign.setPixmap(theme.pixmap(OUTLET_ICONS.get(outlet.id, "megaphone"), "accent", 20))
        self._name.setText(self._bench.tools.texts.outlet_name(outlet.name))
        screens = screens_of(outlet, self._story, cards=self._bench.workspace.group.moving_cards)
        codes = (outlet.id, *(screen.code for screen in screens))
        if codes == self._codes:
            return
        self._codes = codes
        clear(self._chips)
        if self._screen not in codes[1:]:
            self._screen = codes[1]
        for screen in screens:
            chip = self._chip(screen)
            self._chips.addWidget(chip)
            chip.setVisible(len(screens) > 1)

    def _chip(self, screen: PhoneScreen) -> QPushButton:
        tools = self._bench.tools
        made = button(tools.theme, tools.t(f"publishdesk.screen.{screen.code}"), look="chip")
        made.setCheckable(True)
        made.setChecked(screen.code == self._screen)
        made.clicked.connect(partial(self._choose, screen.code))
        self._group.addButton(made)
        return made

    def _choose(self, code: str, checked: bool = True) -> None:
        self._screen = code
        self._show_phone()
        self.screen_changed.emit()

    def _show_phone(self) -> None:
        if self._texts is None:
            return
        tools, outlet = self._bench.tools, self._texts.outlet
        screens = screens_of(outlet, self._story, cards=self._bench.workspace.group.moving_cards)
        screen = next((each for each in screens if each.code == self._screen), screens[0])
        night = tools.theme.mode == "dark"
        group = self._bench.workspace.group
        shown = ShownOutlet(
            self._texts, self._pictures, self._images, self._story, group, self._mark, night, tools.texts.text
        )
        name = tools.t(f"publishdesk.screen.{screen.code}")
        self.phone.set_name(tools.t("publishdesk.phone", outlet=outlet.name, screen=name))
        self.phone.body.setToolTip("")
        self.phone.show_post(screen, shown)
