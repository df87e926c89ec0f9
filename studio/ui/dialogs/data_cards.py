"""The cards of "Data dan pembaruan": an offer of a stick, a kind of data with its packs, a trusted key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.services.data_packs import OLD_MONTHS
from studio.ui.widgets.basic_parts import button, card, column, edges, label, pill, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton

    from studio.services.data_offers import DataOffer
    from studio.services.data_packs import KnownData, KnownPack
    from studio.store.pack_signatures import PublicKey
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.widgets.basic_parts import Tone


class DataCards:
    """Makes cards; ``buttons`` has those on them by what they are about: ``offer/<id>``, ``back/<id>``, ``key/<key>``.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        self._tools = tools
        self.buttons: dict[str, QPushButton] = {}

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"data.{code}", **facts)

    def offer(self, offer: DataOffer, act: Callable[[], object]) -> QFrame:
        """What lies on a stick, and what can be done with it."""
        language, about = self._tools.texts.language, offer.manifest
        name, trusted = offer.key.name or "?", offer.state == "new"
        words = column(
            label(f"{about.name_in(language)} · {self._t('version', version=about.version)}", "strong", wrap=True),
            label(
                f"{self._t(f'kind.{about.kind}')}, {self._t('day', day=about.day)}. {about.source_in(language)}",
                "muted",
                wrap=True,
            ),
            label(
                self._t("signed_by" if trusted else "key_strange", name=name), "muted" if trusted else "warn", wrap=True
            ),
            gap=2,
        )
        code = "compare" if not trusted else "fetch" if about.kind == "installer" else "take"
        return self._card(self._action_line(words, self._button(f"offer/{about.id}", self._t(code), act, "primary")))

    def kind(
        self, known: KnownData, today: date, back: Callable[[str], object], use: Callable[[str, str], object]
    ) -> QFrame:
        """A kind of data, its age and its packs, each with the way back or forth again."""
        months = known.months(today)
        ahead = known.day > today  # either the pack or this computer's clock is wrong
        age = self._t("ahead") if ahead else self._t("months", months=months) if months else self._t("fresh")
        tone: Tone = "warn" if ahead or months >= OLD_MONTHS else "ok"
        head = row(label(self._t(f"kind.{known.kind}"), "strong"), pill(age, tone), 1)
        source = known.builtin.source_in(self._tools.texts.language)
        told = label(self._t("builtin_told", day=known.builtin.day, source=source), "muted", wrap=True)
        packs = [self._pack(each, back, use) for each in known.packs]
        return self._card(column(head, told, *packs, gap=self._tools.theme.px(4)))

    def _pack(self, known: KnownPack, back: Callable[[str], object], use: Callable[[str, str], object]) -> QWidget:
        language, about, pack = self._tools.texts.language, known.manifest, known.pack
        name = about.name_in(language) if about is not None else pack.id
        used = self._t("version", version=pack.used) if pack.used else self._t("unused")
        source = f"{about.source_in(language)}, {self._t('day', day=about.day)}. " if about is not None else ""
        words = column(
            label(f"{name} · {used}", wrap=True),
            label(f"{source}{self._t('signed_by', name=known.signer or '?')}", "muted", wrap=True),
            gap=2,
        )
        if pack.used:
            text = self._t("back_version" if known.before else "back_builtin", version=known.before)
            act = self._button(f"back/{pack.id}", text, partial(back, pack.id), icon="undo-2")
        else:
            # Nothing is deleted when one goes back: the newest version can be used again without its stick.
            newest = pack.versions[-1].version
            again = partial(use, pack.id, newest)
            act = self._button(f"use/{pack.id}", self._t("use_again", version=newest), again, icon="redo-2")
        made = QWidget()
        made.setLayout(self._action_line(words, act))
        return made

    def key(self, key: PublicKey, revoke: Callable[[], object]) -> QFrame:
        """A key that is trusted."""
        words = column(label(key.name, "strong", wrap=True), label(key.fingerprint, "muted", wrap=True), gap=2)
        return self._card(self._action_line(words, self._button(f"key/{key.key}", self._t("distrust"), revoke)))

    def _card(self, inside: QLayout) -> QFrame:
        inside.setContentsMargins(*edges(self._tools.theme, 14, 10))
        return card(inside)

    def _action_line(self, words: QLayout, act: QWidget) -> QHBoxLayout:
        line = row(words, act, gap=self._tools.theme.px(14))
        line.setStretch(0, 1)
        return line

    def _button(self, name: str, text: str, on: Callable[[], object], look: str = "", icon: str = "") -> QPushButton:
        made = button(self._tools.theme, text, on, look=look, icon=icon)
        self.buttons[name] = made
        return made
