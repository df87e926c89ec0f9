"""Figures of a district report in words: the same in the page, the workbook, the paper and the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studio.base.locale_forms import long_day, number_text, short_day
from studio.group.district_figures import percent_of
from studio.group.handover_file import parse_day

if TYPE_CHECKING:
    from datetime import date

    from studio.base.i18n import MessageTexts
    from studio.group.district_areas import DistrictArea
    from studio.group.district_figures import AreaFigures, GroupFigures, KnownGroup, ValueSpread
    from studio.group.district_scores import DistrictInstrument


class KeyFigure(NamedTuple):
    """One of the figures on top: its code, its name, the figure, and what stands below it."""

    code: str
    label: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class DistrictWords:
    """Puts figures into words.

    Attributes:
        texts: the language.
        instrument: whose dimensions and classes are named.
    """

    texts: MessageTexts
    instrument: DistrictInstrument

    def say(self, code: str, **facts: object) -> str:
        """A text of the report."""
        return self.texts.text(f"district.report.{code}", **facts)

    def indicator(self, code: str) -> str:
        """The short name of an indicator; its code where a later instrument has more."""
        full = f"district.indicator.{code}"
        name = self.texts.text(full)
        return code if name == full else name

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with the language's signs; "–" for none, and never "-0"."""
        if value is None:
            return "–"
        # Rounding -0.3 gives -0.0, which would be printed with its sign; adding 0.0 takes it off.
        return number_text(round(value, digits) + 0.0, self.texts.language, digits)

    def signed(self, value: float | None) -> str:
        """A change in points: "+3,5", "−2,0", "0,0"."""
        if value is None:
            return "–"
        # By what is shown: a change that is rounded to 0,0 has no direction. The minus is U+2212, as wide as the plus.
        moved = round(value, 1)
        return ("+" if moved > 0 else "−" if moved < 0 else "") + self.number(abs(moved), 1)

    def day(self, text: str | date) -> str:
        """A day as people write it; "–" for none."""
        day = parse_day(text) if isinstance(text, str) else text
        return long_day(day, self.texts.language) if day else "–"

    def short_day(self, text: str) -> str:
        """A day in a table: "29 Nov 2026"; "–" for none."""
        day = parse_day(text)
        return short_day(day, self.texts.language, year=True) if day else "–"

    def area(self, area: DistrictArea) -> str:
        """The name of an area; its code where nobody gave a name."""
        if area.level == "all":
            return self.say("all")
        return area.name or area.code or self.say("nameless")

    def share(self, part: int, whole: int) -> str:
        """``12 (40 %)``; ``3`` alone where fewer than five make no percentage."""
        percent = percent_of(part, whole)
        return str(part) if percent is None else f"{part} ({percent} %)"

    def percent(self, part: int, whole: int) -> str:
        """``40 %``, or "n < 5" in words."""
        percent = percent_of(part, whole)
        return self.say("few") if percent is None else f"{percent} %"

    def spread(self, spread: ValueSpread, digits: int = 0) -> str:
        """Median and mean."""
        if spread.median is None:
            return self.say("no_data")
        return self.say("median_mean", median=self.number(spread.median, digits), mean=self.number(spread.mean, digits))

    def class_name(self, code: str) -> str:
        """The name of a class; of none, that nothing was filled in."""
        return self.titled(code) if code else self.say("class.none")

    def titled(self, code: str) -> str:
        """The name of a dimension or class."""
        return self.instrument.titles[code].get(self.texts.language, code)

    def decree(self, group: GroupFigures) -> str:
        """Until when the decree is valid, and whether that is soon."""
        state = self.say(f"decree.{group.decree_state}")
        until = group.merged.group.decree.valid_until
        return state if group.decree_state == "unknown" else f"{self.short_day(until)} ({state})"

    def proof(self, group: GroupFigures) -> str:
        """Whether anything of the round is proven."""
        if group.current is None:
            return "–"
        return self.say("level.claimed" if group.claimed_only else "level.mixed")

    def group_place(self, place: KnownGroup) -> str:
        """Where a known group is."""
        who = place.place
        return ", ".join(part for part in (who.village, who.district, who.regency) if part) or who.region_code

    def key_figures(self, area: AreaFigures) -> tuple[KeyFigure, ...]:
        """The figures that stand on top, in order."""
        # Shares are of those who answered and never of all known groups: who said nothing is neither good nor bad.
        n = area.respondents
        spread = area.spreads["index"]
        answered = self.say("respondents_only", count=n)
        if area.known is not None:
            answered = self.say("respondents_of", count=n, known=area.known)
        share = self.percent(n, area.known) if area.known is not None else self.say("no_known")
        moved = self.say("change_value", better=area.better, same=area.same, worse=area.worse)
        claimed_share = self.percent(area.claimed_answers, area.answers) if n >= 5 else self.say("few")
        return (
            KeyFigure("respondents", self.say("respondents"), answered, share),
            KeyFigure(
                "communication",
                self.say("communication"),
                self._part_of(area.communication, n),
                self.percent(area.communication, n),
            ),
            KeyFigure(
                "business",
                self.say("business"),
                self._part_of(area.business, n),
                self.say("business_of", count=area.business, whole=area.business_asked),
            ),
            KeyFigure(
                "both",
                f"{self.say('both')} / {self.say('neither')}",
                f"{area.both} / {area.neither}",
                self.percent(area.both, n),
            ),
            KeyFigure("index", self.say("index"), self.number(spread.median), self.spread(spread, 1)),
            KeyFigure(
                "change",
                self.say("change"),
                self.signed(area.change.median),
                moved if area.change.count else self.say("change_none"),
            ),
            KeyFigure(
                "active",
                self.say("active"),
                self._part_of(area.active, area.active_known),
                self.percent(area.active, area.active_known),
            ),
            KeyFigure(
                "decrees",
                self.say("decrees"),
                self.say("decrees_value", ending=area.ending, lapsed=area.lapsed),
                self.say("decrees_known", count=area.decree_known),
            ),
            KeyFigure(
                "claimed",
                self.say("claimed"),
                self._part_of(area.claimed_only, n),
                self.say("claimed_value", share=claimed_share),
            ),
        )

    def _part_of(self, part: int, whole: int) -> str:
        return self.say("part_of", part=self.number(part), whole=self.number(whole))
