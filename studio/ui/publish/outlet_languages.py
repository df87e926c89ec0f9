"""In which languages each outlet gets the story: a chip beside its name, once there is a choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from studio.checks.finding_location import language_word
from studio.story.translations import languages_of, set_outlet_languages
from studio.ui.widgets.basic_parts import describe, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.publish.preview_outlets import OutletPanel


class OutletLanguages(QObject):
    """Keeps the chips of the outlets, and the choice in the story.

    Args:
        bench: what a desk works with.
        panel: the outlets.
    """

    def __init__(self, bench: DeskContext, panel: OutletPanel) -> None:
        super().__init__(panel)
        self._bench, self._panel = bench, panel
        self.menu = QMenu(panel)
        self._shown: tuple[str, bool] | None = None
        panel.language_asked.connect(self.ask)
        panel.ticked.connect(self.refresh)  # also when the outlets were listed anew
        # A method of this object, no lambda: the story outlives the window, which is built anew with each theme.
        bench.session.changed.connect(self._follow)
        self.refresh()

    def _follow(self, story: Story) -> None:
        """A story of one language says the same whatever its words become."""
        if story.texts or story.outlet_languages or self._shown != (story.language, self._bench.session.read_only):
            self.refresh()

    def refresh(self) -> None:
        """Show the languages of each outlet; nothing in a story of one language."""
        story = self._bench.session.story
        several = story.texts or story.outlet_languages
        self._shown = None if several else (story.language, self._bench.session.read_only)
        for outlet, chip in self._panel.languages.items():
            chosen = languages_of(story, outlet)
            waiting = [code for code in story.outlet_languages.get(outlet, ()) if code not in chosen]
            chip.setText(" + ".join(code.upper() for code in (*chosen, *waiting)))
            restyle(chip, "look", "chip")
            names = self._names((*chosen, *waiting))
            tip = self._bench.t("translation.outlet.waiting" if waiting else "translation.outlet.tip", languages=names)
            describe(
                chip, self._bench.t("translation.outlet", outlet=self._panel.name_of(outlet), languages=names), tip
            )
            chip.setVisible(bool(story.texts))
            chip.setEnabled(not self._bench.session.read_only)

    def _names(self, languages: Sequence[str]) -> str:
        return " + ".join(language_word(code, self._bench.tools.texts) for code in languages)

    def ask(self, outlet: str) -> None:
        """Open the menu of an outlet's languages below its chip."""
        story = self._bench.session.story
        now = story.outlet_languages.get(outlet) or (story.language,)
        self.menu.clear()
        for languages in language_choices(story):
            name = self._bench.t("translation.only", language=self._names(languages))
            action = self.menu.addAction(name if len(languages) == 1 else self._names(languages))
            action.setCheckable(True)
            action.setChecked(languages == now)
            action.triggered.connect(partial(self._choose, outlet, languages))
        chip = self._panel.languages[outlet]
        self.menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _choose(self, outlet: str, languages: Sequence[str], _checked: bool = False) -> None:
        self._bench.session.edit(set_outlet_languages(outlet, languages))


def language_choices(story: Story) -> list[tuple[str, ...]]:
    """What an outlet can get: each language alone, the story's own with each other one, and all of them."""
    own, others = story.language, [code for code in story.texts if code != story.language]
    pairs: list[tuple[str, ...]] = [(own, code) for code in others]
    every = [(own, *others)] if len(others) > 1 else []
    return [(own,), *((code,) for code in others), *pairs, *every]
