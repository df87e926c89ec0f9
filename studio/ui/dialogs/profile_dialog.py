"""The group's profile: who signs the posts. Short: a name and a village are enough to begin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, QStringListModel, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from studio.base.errors import UserError
from studio.lexicon.region_search import VillageRegion, find_villages, keep_region, with_region
from studio.story.new_group import new_group
from studio.story.photo_strips import STRIP_KINDS, strip_kind, with_strip
from studio.story.regions import RegionLine
from studio.story.typed_names import folder_name, initials, lines_of
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled, separator_line
from studio.ui.widgets.calm_inputs import combo_box, completer
from studio.ui.widgets.drawn_marks import initials_mark, logo_mark, swatch
from studio.ui.widgets.proposal_list import ProposalList
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace
    from studio.story.model import Group
    from studio.ui.core.desk_context import WindowTools

ACCOUNTS = ("instagram", "facebook", "tiktok", "youtube", "x", "telegram", "whatsapp")
_TEXTS = ("name", "full_name", "village", "district", "regency", "province")
_MORE = ("site", "phone", "email", "address", "license")
ZONES = ("WIB", "WITA", "WIT")
_LICENSES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC BY-ND 4.0", "CC0 1.0")
_ASK_AFTER_MS = 250
_PROPOSALS = 12


class ProfileDialog(StyledDialog):
    """Asks for the profile. Once accepted, ``group`` is it, ``logo`` the picture chosen for it (None: as before).

    Args:
        tools: what every part is given.
        group: the profile now.
        logo: where its logo lies, None for none.
        place: for a new workspace: the folder it is to be made in, which can be changed here.
    """

    def __init__(self, tools: WindowTools, group: Group, logo: Path | None = None, place: Path | None = None) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self.group = group
        self.logo: Path | None = None
        self._logo_now = logo
        self.place = place
        self._colors = {"main": group.colors.main, "accent": group.colors.accent}
        self.inputs = {name: self._field(name, getattr(group, name)) for name in (*_TEXTS, *_MORE)}
        self.accounts = {name: self._account(name, group.accounts.get(name, "")) for name in ACCOUNTS}
        self.hashtags = self._field("hashtags", " ".join(group.hashtags))
        self.members = self._members_field(group.members)
        self.zone = self._zone_box(group.time_zone)
        self.moving_cards = QCheckBox(tools.t("profile.moving_cards"))
        self.moving_cards.setChecked(group.moving_cards)
        describe(self.moving_cards, tools.t("profile.moving_cards"), tools.t("profile.moving_cards_hint"))
        self.strip = self._strip_box(strip_kind((group.designs,)))
        self.inputs["license"].setCompleter(completer(QStringListModel(_LICENSES, self), self))
        self._swatches = {name: self._swatch(name) for name in self._colors}
        self._mark = QLabel()
        self._pause = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._pause.timeout.connect(self._ask_regions)
        self.villages: ProposalList[VillageRegion] = ProposalList(self.inputs["village"])
        self.villages.chosen.connect(self._take_region)
        self.inputs["village"].textEdited.connect(lambda _: self._pause.start())
        self._lay_out()
        self._show_mark()
        self.inputs["name"].textChanged.connect(lambda _: self._show_mark())

    # ------------------------------------------------------------------------------------------- parts

    def _field(self, name: str, value: str) -> QLineEdit:
        made = QLineEdit(value)
        hint = self._tools.t(f"profile.{name}_hint")
        made.setPlaceholderText(hint)
        describe(made, self._tools.t(f"profile.{name}"), hint)
        return made

    def _members_field(self, members: tuple[str, ...]) -> QPlainTextEdit:
        made = QPlainTextEdit("\n".join(members))
        made.setTabChangesFocus(True)
        made.setFixedHeight(self._tools.theme.px(84))
        hint = self._tools.t("profile.members_hint")
        made.setPlaceholderText(hint)
        describe(made, self._tools.t("profile.members"), hint)
        return made

    def _zone_box(self, zone: str) -> QComboBox:
        made = combo_box()
        for name in ZONES:
            made.addItem(self._tools.t(f"profile.zone_{name}"), name)
        made.setCurrentIndex(max(0, made.findData(zone)))
        describe(made, self._tools.t("profile.time_zone"), self._tools.t("profile.time_zone_hint"))
        return made

    def _strip_box(self, kind: str) -> QComboBox:
        made = combo_box()
        for name in STRIP_KINDS:
            made.addItem(self._tools.t(f"strip.{name}"), name)
        made.setCurrentIndex(made.findData(kind))
        describe(made, self._tools.t("strip.name"), self._tools.t("strip.group_tip"))
        return made

    def begin_at(self, field: str) -> None:
        """Put the focus where a field of the profile is filled in, by its name in the model; "" leaves it."""
        name, _, key = field.partition("/")
        fields: dict[str, QWidget] = {
            **self.inputs,
            "hashtags": self.hashtags,
            "members": self.members,
            "time_zone": self.zone,
            "logo": self.logo_button,
            "accounts": self.accounts.get(key, self.accounts[ACCOUNTS[0]]),
        }
        target = fields.get(name)
        if target is not None:
            target.setFocus()
            # When the dialog has its layout: before, there is no place to scroll to.
            QTimer.singleShot(0, target, lambda: self._area.ensureWidgetVisible(target))

    def _account(self, name: str, value: str) -> QLineEdit:
        made = QLineEdit(value)
        title = self._tools.t(f"outlet.{name}")
        made.setPlaceholderText("@kim.sukamaju" if name != "whatsapp" else "08…")
        describe(made, self._tools.t("profile.account_of", outlet=title))
        return made

    def _swatch(self, name: str) -> QPushButton:
        made = button(self._tools.theme, self._tools.t(f"profile.color_{name}"), partial(self._choose_color, name))
        made.setText(f"  {made.text()}")
        self._paint_swatch(made, self._colors[name])
        return made

    def _paint_swatch(self, made: QPushButton, color: str) -> None:
        side = self._tools.theme.px(18)
        made.setIcon(QIcon(swatch(color, side * 2)))
        made.setIconSize(QSize(side, side))
        made.setToolTip(color)

    def _lay_out(self) -> None:
        tools, px = self._tools, self._tools.theme.px
        title = tools.t("profile.new_title" if self.place is not None else "profile.title")
        self.save = button(
            tools.theme,
            tools.t("profile.create" if self.place is not None else "dialog.save"),
            self._accept,
            look="primary",
            icon="check",
        )
        cancel = button(tools.theme, tools.t("dialog.cancel"), self.reject)
        inside = QWidget()
        inside.setLayout(column(*self._sections(), 1, gap=px(12), edges=(0, 0, px(12), 0)))
        self._area = scrolled(inside)
        head = row(
            column(label(title, "page"), label(tools.t("profile.intro"), "hint", wrap=True), gap=px(2)), self._mark
        )
        head.setStretch(0, 1)
        self._problem = label("", "bad", wrap=True)
        whole = column(
            head,
            self._area,
            row(self._problem, 1, cancel, self.save, gap=px(8)),
            gap=px(14),
            edges=edges(tools.theme, 24, 20),
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setWindowTitle(title)
        self.resize(px(640), px(640))
        self.inputs["name"].setFocus()

    def _sections(self) -> list[QWidget]:
        tools, px = self._tools, self._tools.theme.px
        sections: list[QWidget] = []
        if self.place is not None:
            self._place_label = label(str(self.place), "muted", wrap=True)
            change = button(tools.theme, tools.t("profile.change_place"), self._choose_place, icon="folder-open")
            folder = row(self._place_label, change, gap=px(10))
            folder.setStretch(0, 1)
            sections += [self._section("profile.place", folder), separator_line()]
        self.logo_button = button(tools.theme, tools.t("profile.logo"), self._choose_logo, icon="image-plus")
        look = row(self.logo_button, *self._swatches.values(), 1, gap=px(8))
        accounts = self._form({tools.t(f"outlet.{name}"): made for name, made in self.accounts.items()})
        more = self._form({tools.t(f"profile.{name}"): self.inputs[name] for name in _MORE})
        more.addRow(self._buddy(tools.t("profile.hashtags"), self.hashtags), self.hashtags)
        more.addRow(self._buddy(tools.t("profile.time_zone"), self.zone), self.zone)
        more.addRow(self._buddy(tools.t("strip.name"), self.strip), self.strip)
        more.addRow(self.moving_cards)
        team = QFormLayout()
        team.addRow(self._buddy(tools.t("profile.members"), self.members), self.members)
        names = self._form({tools.t(f"profile.{name}"): self.inputs[name] for name in _TEXTS})
        return [
            *sections,
            self._section("profile.who", names),
            separator_line(),
            self._section("profile.team", team),
            separator_line(),
            self._section("profile.look", look),
            separator_line(),
            self._section("profile.accounts", accounts),
            separator_line(),
            self._section("profile.more", more),
        ]

    def _section(self, code: str, layout: QLayout) -> QWidget:
        made = QWidget()
        made.setLayout(column(label(self._tools.t(code), "title"), layout, gap=self._tools.theme.px(8)))
        return made

    def _form(self, fields: dict[str, QLineEdit]) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(self._tools.theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, made in fields.items():
            form.addRow(self._buddy(name, made), made)
        return form

    def _buddy(self, name: str, made: QWidget) -> QLabel:
        caption = label(name)
        caption.setMinimumWidth(self._tools.theme.px(130))
        caption.setBuddy(made)
        return caption

    def _show_mark(self) -> None:
        side = self._tools.theme.px(56)
        logo = self.logo or self._logo_now
        mark = logo_mark(logo, side * 2) if logo is not None else None
        if mark is None:
            mark = initials_mark(initials(self.inputs["name"].text()), self._colors["main"], side * 2)
        mark.setDevicePixelRatio(2)
        self._mark.setPixmap(mark)

    # ------------------------------------------------------------------------------------------- doing

    def _ask_regions(self) -> None:
        text = self.inputs["village"].text()
        self._tools.jobs.start(
            "", partial(find_villages, text, _PROPOSALS), done=partial(self._propose, text), lane="quick", quiet=True
        )

    def _propose(self, asked: str, found: tuple[VillageRegion, ...]) -> None:
        if self.inputs["village"].text() == asked:  # else more was typed meanwhile
            self.villages.show_items([(region.title, region) for region in found])

    def _take_region(self, region: VillageRegion) -> None:
        self._pause.stop()
        self.group = with_region(self.group, region)
        for name in ("village", "district", "regency", "province"):
            self.inputs[name].setText(getattr(self.group, name))
        self.zone.setCurrentIndex(max(0, self.zone.findData(self.group.time_zone)))

    def _choose_color(self, name: str) -> None:
        chosen = self._tools.dialogs.choose_color(self._tools.t(f"profile.color_{name}"), self._colors[name])
        if chosen:
            self._colors[name] = chosen
            self._paint_swatch(self._swatches[name], chosen)
            self._show_mark()

    def _choose_logo(self) -> None:
        found = self._tools.dialogs.choose_files(self._tools.t("profile.logo"), "picture", many=False)
        if not found:
            return
        from studio.services.group_profile import draw_logo

        try:
            self.logo = draw_logo(found[0])
        except UserError as error:
            self._problem.setText(self._tools.texts.explain(error))
            return
        self._problem.clear()
        self._show_mark()

    def _choose_place(self) -> None:
        found = self._tools.dialogs.choose_folder(self._tools.t("profile.place"), self.place)
        if found is not None:
            self.place = found
            self._place_label.setText(str(found))

    def _chosen_designs(self) -> dict[str, str]:
        now, chosen = self.group.designs, str(self.strip.currentData())
        return now if chosen == strip_kind((now,)) else with_strip(now, chosen)

    def _accept(self) -> None:
        if not self.inputs["name"].text().strip():
            self._problem.setText(self._tools.t("profile.name_needed"))
            self.inputs["name"].setFocus()
            return
        values = {name: made.text().strip() for name, made in self.inputs.items()}
        # Accounts the dialog has no field for were written by hand or by a newer version: they stay.
        accounts = {key: text for key, text in self.group.accounts.items() if key not in ACCOUNTS}
        accounts |= {name: text for name, made in self.accounts.items() if (text := made.text().strip())}
        values["site"] = values["site"].rstrip("/")
        self.group = keep_region(self.group, RegionLine(*(values[name] for name in RegionLine._fields)))
        # The list of regions may have written a name in its official way.
        values |= {name: getattr(self.group, name) for name in RegionLine._fields}
        self.group = replace(
            self.group,
            **values,
            accounts=accounts,
            time_zone=self.zone.currentData(),
            moving_cards=self.moving_cards.isChecked(),
            designs=self._chosen_designs(),
            members=lines_of(self.members.toPlainText()),
            hashtags=tuple(word if word.startswith("#") else f"#{word}" for word in self.hashtags.text().split()),
            colors=replace(self.group.colors, **self._colors),
        )
        self.accept()


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """What the user said: the folder, the profile, a picture to take as logo (None: as before)."""

    place: Path
    group: Group
    logo: Path | None


def ask_new(tools: WindowTools, place: Path) -> ProfileAnswer | None:
    """Ask for a new group; None when it was cancelled.

    Args:
        tools: for texts and the dialog.
        place: offered as the folder in which the workspace gets one of its own, named after the group.
    """
    dialog = ProfileDialog(tools, new_group(), place=place)
    accepted = tools.dialogs.show(dialog)
    chosen = dialog.place or place
    asked = ProfileAnswer(
        place / folder_name(dialog.group.name) if chosen == place else chosen, dialog.group, dialog.logo
    )
    dialog.deleteLater()
    return asked if accepted else None


def ask_change(tools: WindowTools, workspace: Workspace, field: str = "") -> ProfileAnswer | None:
    """Ask for changes of the profile, beginning at ``field``; None when it was cancelled."""
    from studio.services.group_profile import ready_mark

    dialog = ProfileDialog(tools, workspace.group, ready_mark(workspace))
    dialog.begin_at(field)
    accepted = tools.dialogs.show(dialog)
    asked = ProfileAnswer(workspace.path, dialog.group, dialog.logo)
    dialog.deleteLater()
    return asked if accepted else None
