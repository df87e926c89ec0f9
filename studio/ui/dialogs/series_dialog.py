"""Asks when a story comes again: typed or picked, with the next five days to look at before anybody relies on them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem

from studio.base.errors import UserError
from studio.base.locale_forms import FORMS, WEEKDAYS, long_day
from studio.story.date_formats import parse_date
from studio.story.next_in_series import require_day
from studio.story.series_days import MARKET_DAYS, SHOWN_DAYS, market_day, series_days, without_count
from studio.story.series_words import read_series, series_text
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box, date_edit
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from datetime import date

    from studio.story.model import Story
    from studio.story.newsroom_records import StorySeries
    from studio.ui.core.desk_context import WindowTools

SeriesWish = Literal["", "keep", "make", "end"]
"""What is to be done: keep the series, make the next story as well, or take the story out of its series."""
_DAY = Qt.ItemDataRole.UserRole
_OFTEN = (
    *("setiap", "pertama", "kedua", "ketiga", "keempat", "terakhir"),
    *("2 pekan", "3 pekan", "tanggal", "akhir bulan", "tahun"),
)
"""What can be picked; the words are those that ``read_series`` reads."""
_WITHOUT_DAY = frozenset({"tanggal", "akhir bulan", "tahun"})


class SeriesDialog(StyledDialog):
    """The form; accepted with ``wish`` and ``series`` set, and ``day`` when the next story is to be made.

    Args:
        tools: what every part is given.
        story: with the day of its event.
        series_id: of the series it would begin.
        today: on the group's calendar: a day before it is not proposed.

    Raises:
        UserError: ``series.no_date``: there is nothing to count from.
    """

    def __init__(self, tools: WindowTools, story: Story, series_id: str, today: date) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._start = require_day(story)
        self._today = today
        self._id = story.series.id if story.series is not None else series_id
        self._filling = False
        self.wish: SeriesWish = ""
        self.day: date | None = None
        self.series = without_count(story.series, self._start) if story.series is not None else None
        theme = tools.theme
        self.words = QLineEdit(series_text(self.series) if self.series is not None else "")
        self.often, self.weekday, self.market = combo_box(), combo_box(), combo_box()
        self.ends = QCheckBox(self._t("ends"))
        self.until = date_edit(tools, QDate(self._start.year + 1, self._start.month, 1))
        self.days = QListWidget()
        self.trouble = label("", "bad", wrap=True)
        self.make = button(theme, self._t("make"), self._make, look="primary", icon="copy-plus")
        self.keep = button(theme, self._t("keep"), self._keep_series, icon="check")
        self.end = button(theme, self._t("end"), self._end, icon="unlink")
        self.end.setVisible(story.series is not None)
        self._fill_picks()
        self._lay_out()
        self.words.textChanged.connect(self._read)
        for pick in (self.often, self.weekday, self.market):
            pick.activated.connect(self._pick)
        self.ends.toggled.connect(self._pick_end)
        self.until.dateChanged.connect(self._pick_end)
        self.days.itemChanged.connect(self._leave_out)
        self.days.currentRowChanged.connect(self._show_day)
        self._read()
        self.words.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"series.{code}", **facts)

    def _fill_picks(self) -> None:
        names = FORMS[self._tools.texts.language].weekdays
        for pick, words, code in (
            (self.often, [self._t(f"often.{word.replace(' ', '_')}") for word in _OFTEN], "often"),
            (self.weekday, list(names), "weekday"),
            (self.market, [self._t("any_market"), *MARKET_DAYS], "market"),
        ):
            pick.addItems(words)
            describe(pick, self._t(code))
        self.weekday.setCurrentIndex(self._start.weekday())

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        self.setWindowTitle(self._t("title"))
        self.setMinimumWidth(px(600))
        describe(self.words, self._t("words"), self._t("words_tip"))
        describe(self.days, self._t("days"), self._t("days_tip"))
        describe(self.until, self._t("until"))
        self.words.setPlaceholderText("setiap Selasa pertama")
        self.days.setProperty("look", "framed")
        self.days.setMinimumHeight(px(96))
        self.resize(px(600), px(540))  # with room for what was not understood: the list gives way to it
        about = self._t("about", day=self._day_words(self._start))
        self.setLayout(
            column(
                label(self._t("title"), "page"),
                label(about, "hint", wrap=True),
                *(label(self._t("words"), "strong"), self.words),
                row(label(self._t("or"), "muted"), self.often, self.weekday, self.market, 1, gap=px(8)),
                row(self.ends, self.until, 1, gap=px(8)),
                *(
                    self.trouble,
                    label(self._t("days"), "strong"),
                    self.days,
                    label(self._t("days_tip"), "hint", wrap=True),
                ),
                row(self.end, 1, button(theme, self._t("cancel"), self.reject), self.keep, self.make, gap=px(8)),
                gap=px(8),
                edges=edges(theme, 20, 18),
            )
        )

    def _day_words(self, day: date) -> str:
        language = self._tools.texts.language
        name = FORMS[language].weekdays[day.weekday()]
        return f"{name} {market_day(day)}, {long_day(day, language)}"

    # ------------------------------------------------------------------------------------------- from words to days

    def _read(self) -> None:
        """Understand what is typed and show its days, or say what is not understood."""
        if self._filling:
            return
        typed, trouble = self.words.text().strip(), ""
        self.series = None
        if typed:
            try:
                self.series = read_series(typed, self._start, self._id)
            except UserError as error:
                trouble = self._tools.texts.explain(error)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self._show_picks()
        self._show_days()

    def _shown_days(self, series: StorySeries) -> list[date]:
        """The next five days, and among them those that are left out: a tick brings them back."""
        left_out = len(series.except_days)
        every = series_days(replace(series, except_days=()), self._start, SHOWN_DAYS + left_out)
        kept = series_days(series, self._start, SHOWN_DAYS)
        return [day for day in every if not kept or day <= kept[-1]]

    def _show_days(self) -> None:
        self._filling = True
        self.days.clear()
        series = self.series
        first = -1
        for number, day in enumerate(self._shown_days(series) if series is not None else ()):
            item = QListWidgetItem(self._day_words(day))
            item.setData(_DAY, day)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            there = series is not None and day.isoformat() not in series.except_days
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
            self.days.addItem(item)
            # The next day that will take place is where one looks first.
            first = number if first < 0 and there and day >= self._today else first
        until = parse_date(series.until) if series is not None else None
        self.ends.setChecked(until is not None)
        self.until.setEnabled(until is not None)
        if until is not None:
            self.until.setDate(QDate(until.year, until.month, until.day))
        self._filling = False
        self.days.setCurrentRow(first)
        self._show_day(first)
        for part in (self.keep, self.days, self.ends):
            part.setEnabled(series is not None)

    def _show_day(self, _: int) -> None:
        item = self.days.currentItem()
        there = item is not None and item.checkState() is Qt.CheckState.Checked
        self.make.setEnabled(there)
        text = (
            self._t("make_for", day=long_day(item.data(_DAY), self._tools.texts.language)) if there else self._t("make")
        )
        self.make.setText(f"  {text}")
        self.make.setAccessibleName(text)

    # ------------------------------------------------------------------------------------------- from picks to words

    def _pick(self) -> None:
        words = self._picked_words(self.often.currentIndex(), self.weekday.currentIndex(), self.market.currentIndex())
        end = parse_date(self.series.until) if self.series is not None else None
        self.words.setText(f"{words} sampai {long_day(end)}" if end else words)

    def _picked_words(self, often_at: int, day_at: int, market_at: int) -> str:
        """What these places of the three lists say, in words that ``read_series`` reads."""
        often, day = _OFTEN[often_at], WEEKDAYS[day_at]
        if often == "tanggal":
            return f"setiap tanggal {self._start.day}"
        if often in _WITHOUT_DAY:
            return f"setiap {often}"
        if often.endswith("pekan"):
            return f"setiap {often} hari {day}"
        every = often == _OFTEN[0]
        market = MARKET_DAYS[market_at - 1] if every and market_at else ""
        return " ".join(filter(None, ("setiap", day, "" if every else often, market)))

    def _show_picks(self) -> None:
        """The lists say what the words say, where they can: picking in one of them keeps the rest."""
        if self.series is not None:
            said = series_text(replace(self.series, except_days=(), until=""))
            now = self.weekday.currentIndex()
            days = [now, *(day for day in range(len(WEEKDAYS)) if day != now)]
            places = product(range(len(_OFTEN)), days, range(len(MARKET_DAYS) + 1))
            found = next((place for place in places if self._picked_words(*place) == said), None)
            if found is not None:
                for pick, place in zip((self.often, self.weekday, self.market), found, strict=True):
                    pick.setCurrentIndex(place)
        often = _OFTEN[self.often.currentIndex()]
        self.weekday.setEnabled(often not in _WITHOUT_DAY)
        self.market.setEnabled(often == _OFTEN[0])

    def _change(self, **fields: object) -> None:
        if self.series is not None and not self._filling:
            self.words.setText(series_text(replace(self.series, **fields)))

    def _pick_end(self) -> None:
        day = self.until.date()
        end = f"{day.year():04}-{day.month():02}-{day.day():02}"
        self._change(until=end if self.ends.isChecked() else "")

    def _leave_out(self, changed: QListWidgetItem) -> None:
        if self._filling or self.series is None:
            return
        day = changed.data(_DAY).isoformat()
        days = {*self.series.except_days} ^ {day}
        self._change(except_days=tuple(sorted(days)))

    # ------------------------------------------------------------------------------------------- done

    def _make(self) -> None:
        item = self.days.currentItem()
        if item is not None and self.series is not None:
            self.wish, self.day = "make", item.data(_DAY)
            self.accept()

    def _keep_series(self) -> None:
        self.wish = "keep"
        self.accept()

    def _end(self) -> None:
        self.wish, self.series = "end", None
        self.accept()
