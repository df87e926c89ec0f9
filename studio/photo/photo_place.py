"""Where a photo was taken: read from EXIF, and written only where the user asked for it to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    Position = tuple[float, float]

GPS_IFD = 0x8825
_PARTS_OF_SECOND = 1000


def read_position(image: Image.Image) -> Position | None:
    """Latitude and longitude in degrees (south and west negative) of an opened photo; None where it has none."""
    try:
        return position_of(image.getexif().get_ifd(GPS_IFD))
    except Exception:  # garbage in EXIF never costs the photo
        return None


def position_of(place: Mapping[int, Any]) -> Position | None:
    """The same of a GPS directory (Exif 2.32, 4.6.6); None when there is none that makes sense."""
    try:
        parts = []
        for value, reference, negative in ((2, 1, "S"), (4, 3, "W")):
            degrees, minutes, seconds = (float(part) for part in place[value])
            angle = degrees + minutes / 60 + seconds / 3600
            parts.append(-angle if str(place.get(reference, "")).strip("\0 ").upper() == negative else angle)
    except Exception:  # missing, of another type, or divided by zero
        return None
    # A comparison with a number that is none is false.
    return (parts[0], parts[1]) if abs(parts[0]) <= 90 and abs(parts[1]) <= 180 else None


def gps_directory(position: Position) -> dict[int, Any]:
    """A position as a GPS directory (Exif 2.32, 4.6.6), to a thousandth of a second of arc: 3 cm."""

    def angle(degrees: float) -> tuple[float, float, float]:
        whole, rest = divmod(round(abs(degrees) * 3600 * _PARTS_OF_SECOND), 3600 * _PARTS_OF_SECOND)
        minutes, seconds = divmod(rest, 60 * _PARTS_OF_SECOND)
        return float(whole), float(minutes), seconds / _PARTS_OF_SECOND

    latitude, longitude = position
    return {
        0: b"\x02\x03\x00\x00",
        1: "S" if latitude < 0 else "N",
        2: angle(latitude),
        3: "W" if longitude < 0 else "E",
        4: angle(longitude),
    }
