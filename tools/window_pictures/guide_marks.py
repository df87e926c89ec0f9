"""Pictures of the guide: scenes of the window with numbers at what the text calls by name.

What is numbered is looked up in the window by the words it bears there: a name that the window no longer has stops the
tool, so that no picture of the guide shows what its text does not tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QFrame, QTabBar, QWidget

from studio.base.font_table import OWN_SANS
from studio.ui.shell.window_frame import WindowFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

GUIDE = "panduan"
"""Screenshots for the guide are called ``panduan-<name>.png``."""
_INK, _PAPER = "#c2410c", "#ffffff"
_RADIUS, _FRAME, _AROUND = 14, 3, 4


@dataclass(frozen=True, slots=True)
class GuidePicture:
    """A picture of the guide.

    Attributes:
        name: of its file.
        marks: names of the parts that are numbered 1, 2, 3 ..., as the window says them; ``@panels`` is a part that the
            window's frame has under this name.
        part: all of the window, the page in its middle, the panel at its side, or the sheet that lies in it.
    """

    name: str
    marks: tuple[str, ...] = ()
    part: Literal["all", "page", "panel", "sheet"] = "all"


PICTURES: dict[str, GuidePicture] = {
    "welcome": GuidePicture(
        "selamat-datang",
        ("Buat ruang kerja baru", "Buka ruang kerja", "Latihan: buat", "Pulihkan dari cadangan"),
        "sheet",
    ),
    "write": GuidePicture("tulis", ("Judul berita", "Ringkasan", "Tempat kejadian", "Isi berita", "5W+1H")),
    "new": GuidePicture("jenis-berita", part="page"),
    "photo": GuidePicture("foto", ("Foto berita", "Fokus", "Pangkas", "Cakrawala", "Keterangan")),
    "photo-covers": GuidePicture("foto-tutup", part="page"),
    "video": GuidePicture(
        "video", ("Video berita", "Gambar video", "Garis waktu video asli", "Urutan hasil", "Lihat hasil")
    ),
    "video-cues": GuidePicture("takarir", part="panel"),
    "check": GuidePicture("periksa", ("Siap terbit?", "Penghalang", "Ke tempatnya", "Abaikan", "Status berita")),
    "check-people": GuidePicture("orang", part="page"),
    "publish": GuidePicture("terbitkan", ("Kanal", "Pratinjau", "Sesuaikan", "Kartu bergerak", "Ekspor ke")),
    "gallery": GuidePicture("desain", part="page"),
    "publish-results": GuidePicture("hasil", part="page"),
    "phone": GuidePicture("ke-ponsel", ("Ke ponsel", "Tampilkan kode QR", "Tandai sudah terbit"), "page"),
    "print": GuidePicture("cetak"),
    "notice-kinds": GuidePicture("layanan", part="page"),
    "calendar": GuidePicture("kalender"),
    "group-map": GuidePicture("peta-diri", part="page"),
    "group-products": GuidePicture("potensi", part="page"),
    "group-report": GuidePicture("laporan", part="page"),
    "pack": GuidePicture("paket-kerja"),
    "history": GuidePicture("riwayat"),
}
"""Scenes of ``kim-studio screenshots``, and what the guide makes of them."""
WINDOW = GuidePicture(
    "jendela", ("Berita baru", "Daftar berita", "@tab_bar", "@panels", "Kelompok: KIM Bina Warga", "Menu lain")
)
"""The window as a whole, from the same scene as the writing desk."""


class MissingPartError(LookupError):
    """The window has nothing in sight of what a picture is to number."""


def mark_scene(scene: str, widget: QWidget) -> dict[str, QPixmap]:
    """The pictures that the guide has of a scene, by name.

    Args:
        scene: as ``kim-studio screenshots`` calls it.
        widget: what is shown: the window or a dialog.

    Raises:
        MissingPartError: a part that is to be numbered is not there.
    """
    wanted = [PICTURES[scene]] if scene in PICTURES else []
    if scene == "write":
        wanted.append(WINDOW)
    return {f"{GUIDE}-{each.name}": _draw(each, widget) for each in wanted}


def _draw(picture: GuidePicture, widget: QWidget) -> QPixmap:
    shown = widget
    if picture.part == "sheet":
        shown = next(part for part in widget.findChildren(QFrame) if part.property("look") == "sheet")
    elif isinstance(widget, WindowFrame) and picture.part != "all":
        shown = widget.pages if picture.part == "page" else widget.panels
    places = {name: find_part(shown, name) for name in picture.marks}
    if missing := [name for name, place in places.items() if place is None]:
        raise MissingPartError(f"{picture.name}: {', '.join(missing)}")
    drawn = shown.grab()
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, place in enumerate(places.values(), 1):
        if place is not None:
            _mark(painter, place, number, drawn.rect())
    painter.end()
    return drawn


def find_part(root: QWidget, name: str) -> QRect | None:
    """Where in a window the first part in sight lies that bears a name, read on it or said of it; None for nowhere."""
    if name.startswith("@"):
        whole: QWidget = getattr(root, name[1:])
        return QRect(whole.mapTo(root, QPoint()), whole.size())
    begins = re.compile(rf"{re.escape(name)}(?:$|[\s(])")
    for part in root.findChildren(QWidget):
        seen = part.visibleRegion().boundingRect()
        if not part.isVisibleTo(root) or seen.isEmpty():
            continue
        if isinstance(part, QTabBar):
            for at in range(part.count()):
                if begins.match(_plain(part.tabText(at))):
                    seen = part.tabRect(at)
                    return QRect(part.mapTo(root, seen.topLeft()), seen.size())
        said = getattr(part, "text", None)
        words = (part.accessibleName(), said() if callable(said) else "")
        if any(isinstance(each, str) and begins.match(_plain(each)) for each in words):
            return QRect(part.mapTo(root, seen.topLeft()), seen.size())
    return None


def _plain(words: str) -> str:
    return words.replace("&&", "&").strip()


def _mark(painter: QPainter, place: QRect, number: int, room: QRect) -> None:
    """A frame around a part, and its number at the corner."""
    pen = QPen(QColor(_INK))
    pen.setWidth(_FRAME)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    frame = place.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(room.adjusted(2, 2, -2, -2))
    painter.drawRoundedRect(QRectF(frame), 6, 6)
    inner = room.adjusted(_RADIUS + 1, _RADIUS + 1, -_RADIUS - 1, -_RADIUS - 1)
    left, top = frame.left() - _RADIUS // 2, frame.top() - _RADIUS // 2
    at = QPoint(min(max(left, inner.left()), inner.right()), min(max(top, inner.top()), inner.bottom()))
    painter.setBrush(QColor(_INK))
    painter.setPen(QPen(QColor(_PAPER), 2))
    painter.drawEllipse(QPointF(at), _RADIUS, _RADIUS)
    font = QFont(OWN_SANS)
    font.setPixelSize(_RADIUS + 3)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(QRect(at.x() - _RADIUS, at.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS), _CENTRED, str(number))


_CENTRED = int(Qt.AlignmentFlag.AlignCenter)
