"""Colours, fonts, icons and the style sheet of the window, from one token file per palette.

A theme does not change: switching between light and dark, or the size of the text, rebuilds the window with
another one (the story stays open). So no widget has to listen for it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.base.font_table import OWN_SANS, OWN_SERIF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from studio.base.lucide_icons import LucideIcons

Mode = Literal["light", "dark", "contrast"]
IconRole = Literal["normal", "accent", "on_accent", "muted", "ok", "warn", "bad", "info", "text"]
FontRole = Literal["ui", "small", "tiny", "strong", "title", "headline", "body"]

UI_FAMILY, TEXT_FAMILY = OWN_SANS, OWN_SERIF
_PIXEL_RATIO = 2.0
_FONTS: Mapping[FontRole, tuple[str, float, QFont.Weight]] = {
    "ui": (UI_FAMILY, 13, QFont.Weight.Normal),
    "small": (UI_FAMILY, 12, QFont.Weight.Normal),
    "tiny": (UI_FAMILY, 11, QFont.Weight.DemiBold),
    "strong": (UI_FAMILY, 13, QFont.Weight.DemiBold),
    "title": (UI_FAMILY, 15, QFont.Weight.DemiBold),
    "headline": (TEXT_FAMILY, 28, QFont.Weight.Bold),
    "body": (TEXT_FAMILY, 17, QFont.Weight.Normal),
}


@dataclass(frozen=True)
class WindowTheme:
    """What the window looks like.

    Args:
        mode: which palette.
        colors: role -> ``#rrggbb``; the roles are those of ``assets/theme/light.toml``.
        scale: size of text and controls; 1.0 is normal, 2.0 double.
        icons: where the SVG of an icon comes from.
        sheet: the style sheet with its tokens still open.
    """

    mode: Mode
    colors: Mapping[str, str]
    scale: float
    icons: LucideIcons
    sheet: str
    _drawn: dict[tuple[str, str, int], QPixmap] = field(default_factory=dict, init=False, repr=False, compare=False)

    def px(self, size: float) -> int:
        """A length of the design (pixels at normal text size) as it is at this text size; at least 1."""
        return max(1, round(size * self.scale))

    def color(self, role: str) -> QColor:
        """The colour of a role.

        Raises:
            KeyError: there is no such role.
        """
        return QColor(self.colors[role])

    def font(self, role: FontRole = "ui") -> QFont:
        """The font of a role, at this text size."""
        family, size, weight = _FONTS[role]
        font = QFont(family)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def pixmap(self, name: str, role: str = "muted", size: float = 18) -> QPixmap:
        """A Lucide icon as a picture, ``size`` design pixels square, in the colour of ``role``."""
        return self._draw(name, (self._role_color(role),), size)[0]

    def icon(self, name: str, role: IconRole = "normal", size: float = 18) -> QIcon:
        """A Lucide icon for a button. ``normal`` is muted, and in the accent colour while checked."""
        off = self._role_color("muted" if role == "normal" else role)
        on = self._role_color("accent" if role == "normal" else role)
        usual, checked, disabled = self._draw(name, (off, on, self.colors["edge_soft"]), size)
        icon = QIcon()
        icon.addPixmap(usual, QIcon.Mode.Normal, QIcon.State.Off)
        icon.addPixmap(checked, QIcon.Mode.Normal, QIcon.State.On)
        icon.addPixmap(disabled, QIcon.Mode.Disabled, QIcon.State.Off)
        return icon

    def keep_icons(self) -> None:
        """Let go of the package of icons, and remember for the next start those that were read from it."""
        self.icons.remember()

    def icon_size(self, size: float = 18) -> QSize:
        """The size to give ``setIconSize``."""
        return QSize(self.px(size), self.px(size))

    def _role_color(self, role: str) -> str:
        return self.colors[role]

    def _draw(self, name: str, colors: tuple[str, ...], size: float) -> list[QPixmap]:
        side = round(self.px(size) * _PIXEL_RATIO)
        if missing := {color for color in colors if (name, color, side) not in self._drawn}:
            # The drawing is read once and then dyed: reading it is what takes the time.
            drawing = QPixmap(side, side)
            drawing.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawing)
            svg = self.icons.icon_svg(name).replace("currentColor", "#000")
            QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
            painter.end()
            for color in missing:
                self._drawn[name, color, side] = _dyed(drawing, color)
        return [self._drawn[name, color, side] for color in colors]

    def stylesheet(self) -> str:
        """The style sheet: ``@role@`` becomes a colour, ``12dp`` a length at this text size."""
        rules = re.sub(r"/\*.*?\*/", "", self.sheet, flags=re.DOTALL)
        colored = re.sub(r"@(\w+)@", lambda found: self.colors[found[1]], rules)
        return re.sub(r"\b(\d+(?:\.\d+)?)dp\b", lambda found: f"{self.px(float(found[1]))}px", colored)

    def palette(self) -> QPalette:
        """The palette, for everything that a style sheet does not reach."""
        roles = QPalette.ColorRole
        pairs = (
            (roles.Window, "bg"), (roles.WindowText, "text"), (roles.Base, "field"), (roles.AlternateBase, "side"),
            (roles.Text, "text"), (roles.Button, "card"), (roles.ButtonText, "text"), (roles.BrightText, "bad"),
            (roles.Highlight, "accent"), (roles.HighlightedText, "on_accent"), (roles.PlaceholderText, "faint"),
            (roles.Link, "accent"), (roles.LinkVisited, "accent_strong"), (roles.ToolTipBase, "text"),
            (roles.ToolTipText, "bg"), (roles.Light, "card"), (roles.Midlight, "hover"), (roles.Mid, "line"),
            (roles.Dark, "edge"), (roles.Shadow, "shadow"), (roles.Accent, "accent"),
        )  # fmt: skip
        palette = QPalette()
        for role, name in pairs:
            palette.setColor(role, self.color(name))
        for role in (roles.Text, roles.WindowText, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("faint"))
        return palette

    def apply(self, app: QApplication) -> None:
        """Give the application its colours and its type; windows are dressed one by one (``style_window``)."""
        app.setPalette(self.palette())
        app.setFont(self.font("ui"))

    def style_window(self, window: QWidget) -> None:
        """Lay the style sheet on a window, before or after it is filled; all that is ever put into it wears it too.

        On windows and not on the application: an application's sheet lies on every part from its birth and is worked
        out anew, with all that is in the part, each time that is put into another. A window is built from the inside
        out, so that was once for each of its layers (a third of the processor time of our desks' tests, Qt 6.11).
        """
        window.setStyleSheet(self.stylesheet())


def _dyed(drawing: QPixmap, color: str) -> QPixmap:
    picture = drawing.copy()
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(color))
    painter.end()
    picture.setDevicePixelRatio(_PIXEL_RATIO)
    return picture


def load_theme(folder: Path, mode: Mode, icons: LucideIcons, scale: float = 1.0) -> WindowTheme:
    """Read a theme.

    Args:
        folder: ``assets/theme``.
        mode: which palette.
        icons: the icon source.
        scale: text size, 0.8 to 2.5.
    """
    tokens = tomllib.loads((folder / f"{mode}.toml").read_text(encoding="utf-8"))
    more = ("contrast.qss",) if mode == "contrast" else ()
    sheets = (
        "studio.qss",
        "write.qss",
        *more,
    )  # one sheet for all: each sheet on a part of the window costs milliseconds
    sheet = "\n".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    sheet = sheet.replace("@folder@", folder.as_posix()).replace("@mode@", mode)
    return WindowTheme(mode, tokens["colors"], min(2.5, max(0.8, scale)), icons, sheet)
