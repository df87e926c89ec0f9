"""Parts of a product's form that are no plain fields: its season, its maker, what the rules say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QFrame, QPushButton

from studio.base.locale_forms import FORMS
from studio.group.products import MAKER
from studio.release.finding_texts import finding_words
from studio.release.release_gate import judge_story
from studio.story.model import Person
from studio.ui.check.labelled_fields import DateEntry, LabelledChoice, LabelledEntry, make_tick, pair
from studio.ui.widgets.basic_parts import button, card, column, edges, label, row, show_tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studio.group.products import Product
    from studio.story.model import Group, Story
    from studio.ui.core.desk_context import WindowTools

    ChangeProduct = Callable[[Callable[[Product], Product], str], None]

_AGES = ("adult", "unknown", "child")


class SeasonCard(QFrame):
    """Twelve months to press; none is all year.

    Args:
        tools: what every part is given.
        change: takes an edit of the product and what joins such edits.
    """

    def __init__(self, tools: WindowTools, change: ChangeProduct) -> None:
        super().__init__()
        self._change = change
        theme = tools.theme
        self.setProperty("look", "card")
        names = FORMS[tools.texts.language].short_months
        self.months: list[QPushButton] = []
        for name in names:
            made = button(theme, name, self._change_season, look="chip")
            made.setCheckable(True)
            self.months.append(made)
        lines = [row(*self.months[at : at + 6], 1, gap=theme.px(6)) for at in (0, 6)]
        head = label(tools.t("group.products.section.season"), "title")
        hint = label(tools.t("group.products.section.season_hint"), "hint", wrap=True)
        self.setLayout(column(head, hint, *lines, gap=theme.px(8), edges=edges(theme, 18, 14)))

    def show_product(self, product: Product, *, locked: bool) -> None:
        """Show its months."""
        for month, made in enumerate(self.months, 1):
            made.setChecked(month in product.season)
            made.setEnabled(not locked)

    def _change_season(self) -> None:
        season = tuple(month for month, made in enumerate(self.months, 1) if made.isChecked())
        self._change(lambda product: replace(product, season=season), "")


class MakerCard(QFrame):
    """Who made it, and whether that person agreed to be named; args as for ``SeasonCard``, and the group's day."""

    def __init__(self, tools: WindowTools, change: ChangeProduct, today: Callable[[], date]) -> None:
        super().__init__()
        self._change, self._today = change, today
        self.setProperty("look", "card")

        def say(code: str) -> str:
            return tools.t(f"group.products.{code}")

        self.name = LabelledEntry(tools, say("field.maker"), say("hint.maker"))
        self.age = LabelledChoice(tools, say("field.age"), [(age, say(f"option.age.{age}")) for age in _AGES])
        self.given = make_tick(say("field.consent"), say("hint.consent"))
        self.protected = make_tick(say("field.protected"), say("hint.protected"))
        self.withdrawn = DateEntry(tools, say("field.withdrawn"), tools.t("group.date_hint"))
        theme = tools.theme
        head = label(say("section.maker"), "title")
        hint = label(say("section.maker_hint"), "hint", wrap=True)
        fields = pair(tools, self.name, self.age)
        self.setLayout(
            column(
                head,
                hint,
                fields,
                self.given,
                self.protected,
                self.withdrawn,
                gap=theme.px(8),
                edges=edges(theme, 18, 14),
            )
        )
        self.name.edited.connect(lambda text: self._maker("name", name=text))
        self.age.chosen.connect(lambda age: self._maker("", age_group=age))
        self.protected.toggled.connect(lambda on: self._maker("", protected=on))
        self.given.toggled.connect(self._give)
        self.withdrawn.day_edited.connect(lambda day: self._consent("withdrawn", withdrawn=day))

    def show_product(self, product: Product, *, locked: bool) -> None:
        """Show its maker."""
        maker = product.maker or Person(id=MAKER, name="", age_group="adult")
        self.name.show_value(maker.name, locked=locked)
        self.age.show_value(maker.age_group, locked=locked)
        show_tick(self.given, maker.consent.given, locked=locked)
        show_tick(self.protected, maker.protected, locked=locked)
        self.withdrawn.show_value(maker.consent.withdrawn[:10], locked=locked)
        self.withdrawn.setVisible(maker.consent.given)

    def _maker(self, merge: str, **changes: object) -> None:
        def apply(product: Product) -> Product:
            before = product.maker or Person(id=MAKER, name="", age_group="adult")
            return replace(product, maker=replace(before, **changes))

        self._change(apply, f"maker/{merge}" if merge else "")

    def _consent(self, merge: str, **changes: object) -> None:
        def apply(product: Product) -> Product:
            before = product.maker or Person(id=MAKER, name="", age_group="adult")
            return replace(product, maker=replace(before, consent=replace(before.consent, **changes)))

        self._change(apply, f"consent/{merge}" if merge else "")

    def _give(self, on: bool) -> None:
        # Consent that is given anew is not withdrawn; without consent there is nothing to withdraw.
        when = self._today().isoformat() if on else ""
        self._consent("", given=on, when=when, withdrawn="")


class ProductFindings(QFrame):
    """What the rules say of a product: first what keeps it from being made."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._texts = tools.texts
        self.words = label("", wrap=True)
        inside = card(column(self.words, edges=edges(tools.theme, 14, 10)))
        self.setLayout(column(inside, gap=0))

    def show_story(self, story: Story, group: Group, today: str) -> None:
        """Judge it as the gate does."""
        verdict = judge_story(story, group, today=today)
        found = dict.fromkeys(finding_words(each, self._texts) for each in (*verdict.blocks, *verdict.warnings))
        self.words.setText("\n".join(f"• {line}" for line in found))
        self.setVisible(bool(found))
