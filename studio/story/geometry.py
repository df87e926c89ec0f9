"""Where things are in a picture: crops for any ratio, and positions after rotating and mirroring.

Pure arithmetic on numbers. Fractions are 0..1 of the upright original (origin top left, x before y); pixel boxes are
``(left, top, right, bottom)`` integers with right and bottom excluded, because a box of floats picks up float dust
and Pillow then refuses it ("box offset can't be negative").
"""

from __future__ import annotations

from math import cos, gcd, hypot, isfinite, radians, sin, sqrt
from typing import NamedTuple

from studio.story.model import Box, Point


class PixelBox(NamedTuple):
    """An area in full pixels; ``right`` and ``bottom`` are excluded."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def size(self) -> tuple[int, int]:
        """Pixels across and down."""
        return self.right - self.left, self.bottom - self.top

    def moved_by(self, x: int, y: int) -> PixelBox:
        """The same box, so many pixels further right and down."""
        return PixelBox(self.left + x, self.top + y, self.right + x, self.bottom + y)


class Turn(NamedTuple):
    """How an upright picture is turned: its size in pixels, degrees clockwise, then mirrored left to right.

    What the rotation leaves empty at the corners is cut off (``turned_size``).
    """

    width: int
    height: int
    rotate: float = 0.0
    flip: bool = False


CENTRE = Point(0.5, 0.5)
WHOLE = Box(0.0, 0.0, 1.0, 1.0)

WELL_KNOWN = (
    (1, 1, "1:1"),
    (4, 5, "4:5"),
    (5, 4, "5:4"),
    (3, 4, "3:4"),
    (4, 3, "4:3"),
    (2, 3, "2:3"),
    (3, 2, "3:2"),
    (9, 16, "9:16"),
    (16, 9, "16:9"),
    (191, 100, "1.91:1"),
)
"""Ratios the platforms have names for. 1.91:1 is what link previews call 1200x630 (which is really 1.905:1)."""

_SAME = 0.006
"""Two ratios closer than 0.6 % are one: 1200x630 is 1.91:1, 1080x607 is 16:9; no two well-known ones are that close."""


def ratio_key(width: int, height: int) -> str:
    """The name of a picture's ratio, used as key in ``Photo.crops`` and ``Photo.fits``.

    Args:
        width: pixels, at least 1.
        height: pixels, at least 1.

    Returns:
        The well-known name within 0.6 % (``"4:5"``, ``"1.91:1"``), else the reduced fraction where both parts are
        at most 32 (``"5:7"``), else a decimal (``"2.35:1"``).
    """
    ratio = width / height
    # Compared as a quotient: 0.01 is much in 9:16 and nothing in 1.91:1.
    nearest = min(WELL_KNOWN, key=lambda known: abs(ratio * known[1] / known[0] - 1))
    if abs(ratio * nearest[1] / nearest[0] - 1) <= _SAME:
        return nearest[2]
    # Keys are stored in stories: the rule may only be extended, or crops that people made would no longer be found.
    common = gcd(width, height)
    if max(width, height) // common <= 32:
        return f"{width // common}:{height // common}"
    # Sides of 1081 by 607 have no ratio one could read; two digits are near enough to be the same crop.
    return f"{ratio:.2f}:1"


def _finite_value(value: float, otherwise: float) -> float:
    return min(1.0, max(0.0, value)) if isfinite(value) else otherwise


def tidy_point(point: Point | None) -> Point:
    """The point held inside the picture; the centre when it is None or not a number."""
    if point is None:
        return CENTRE
    x, y = point
    return Point(_finite_value(x, 0.5), _finite_value(y, 0.5))


def tidy_box(box: Box | None) -> Box:
    """The part of ``box`` that is in the picture; all of the picture when it is None, empty or not a number."""
    if box is None or not all(map(isfinite, box)):
        return WHOLE
    x, y, width, height = box
    left, top = _finite_value(x, 0.0), _finite_value(y, 0.0)
    right, bottom = _finite_value(x + width, 1.0), _finite_value(y + height, 1.0)
    if right <= left or bottom <= top:
        return WHOLE
    return Box(left, top, right - left, bottom - top)


def pixel_box(box: Box | None, width: int, height: int) -> PixelBox:
    """The box in full pixels, each edge at the nearest one, never empty and never outside.

    Args:
        box: fractions of the picture; None is all of the picture.
        width: of the picture in pixels, at least 1.
        height: of the picture in pixels, at least 1.
    """
    x, y, box_width, box_height = tidy_box(box)
    # Edges are rounded, and not the size: two boxes that touch as fractions touch in pixels, too, without a gap.
    left = min(width - 1, round(x * width))
    top = min(height - 1, round(y * height))
    right = min(width, max(left + 1, round((x + box_width) * width)))
    bottom = min(height, max(top + 1, round((y + box_height) * height)))
    return PixelBox(left, top, right, bottom)


def _fit_size(width: int, height: int, ratio: float) -> tuple[int, int]:
    """Size of the largest box of that ratio in an area: one side is the area's, the other exact to a pixel."""
    # The side that is too long is the one to be cut; comparing by multiplication needs no case for a height of one.
    if width >= height * ratio:
        return min(width, max(1, round(height * ratio))), height
    return width, min(height, max(1, round(width / ratio)))


def _slide_start(low: int, high: int, size: int, at: int) -> int:
    """Start of a stretch of ``size`` with ``at`` as near to its middle as ``low..high`` allows."""
    return min(max(at - size // 2, low), high - size)


def crop_box(width: int, height: int, ratio: float, focus: Point | None, crop: Box | None = None) -> PixelBox:
    """The largest crop of a ratio, with the focus as near to its middle as possible.

    An explicit ``crop`` is the area the result is taken from. The focus is always inside the result; a focus
    outside the explicit crop counts as the nearest point of that crop.

    Args:
        width: of the picture in pixels, at least 1.
        height: of the picture in pixels, at least 1.
        ratio: width divided by height of the wanted crop, above 0.
        focus: what must stay in the picture, as fractions; None is the middle of the area.
        crop: the part of the picture to take from, as fractions; None is all of it.

    Returns:
        left, top, right, bottom in full pixels. One side equals the area's, the other is the exact one rounded to
        the nearest pixel (at least 1, which a ratio beyond the area's pixels cannot undercut).

    Raises:
        ValueError: ratio is not a finite number above 0, or a side is below 1.
    """
    if not (isfinite(ratio) and ratio > 0 and width >= 1 and height >= 1):
        raise ValueError(f"no crop of ratio {ratio} in {width}x{height}")
    area = pixel_box(crop, width, height)
    left, top, right, bottom = area
    new_width, new_height = _fit_size(area.width, area.height, ratio)
    if focus is None:
        at_x, at_y = (left + right) // 2, (top + bottom) // 2
    else:
        x, y = tidy_point(focus)
        # The pixel the point is in, not the nearest edge: 1.0 would lie beyond the last pixel.
        at_x = min(max(int(x * width), left), right - 1)
        at_y = min(max(int(y * height), top), bottom - 1)
    new_left = _slide_start(left, right, new_width, at_x)
    new_top = _slide_start(top, bottom, new_height, at_y)
    return PixelBox(new_left, new_top, new_left + new_width, new_top + new_height)


def split_turn(rotate: float) -> tuple[int, float]:
    """Quarter turns clockwise (0..3) and the tilt that remains (-45..45 degrees) of a rotation in degrees."""
    if not isfinite(rotate):
        return 0, 0.0
    # Quarter turns are exact (pixels change places), only the rest has to be computed and costs corners.
    quarters = round(rotate / 90)
    return quarters % 4, rotate - 90.0 * quarters


def turned_size(turn: Turn) -> tuple[int, int]:
    """Size of the picture after rotating clockwise and cutting off the empty corners.

    The photo keeps its shape: what is left is the largest box of the same ratio around the centre. With the sides
    w, h and the tilt t, the rotated photo holds a box s times as large when s*(w cos t + h sin t) <= w and
    s*(w sin t + h cos t) <= h.
    """
    width, height = turn.width, turn.height
    quarters, tilt = split_turn(turn.rotate)
    if quarters % 2:
        width, height = height, width
    if not tilt:
        return width, height
    across, along = cos(radians(tilt)), abs(sin(radians(tilt)))
    share = min(width / (width * across + height * along), height / (width * along + height * across))
    # Downwards: a pixel more would show the empty corner.
    return max(1, int(width * share)), max(1, int(height * share))


def turn_point(point: Point, turn: Turn) -> Point:
    """Where a point of the upright picture is after rotating (clockwise), cutting the corners off and mirroring.

    Args:
        point: fractions of the upright picture.
        turn: of the upright picture.

    Returns:
        Fractions of the turned picture; beyond 0..1 where the point was cut off with a corner.
    """
    new_width, new_height = turned_size(turn)
    angle = radians(turn.rotate) if isfinite(turn.rotate) else 0.0
    old_x, old_y = point
    from_x, from_y = (old_x - 0.5) * turn.width, (old_y - 0.5) * turn.height
    x = (from_x * cos(angle) - from_y * sin(angle)) / new_width + 0.5
    y = (from_x * sin(angle) + from_y * cos(angle)) / new_height + 0.5
    return Point(1.0 - x if turn.flip else x, y)


def upright_point(point: Point, turn: Turn) -> Point:
    """The inverse of ``turn_point``: where a click on the turned picture is on the upright original.

    Args:
        point: fractions of the turned picture.
        turn: of the upright picture.
    """
    new_width, new_height = turned_size(turn)
    angle = radians(turn.rotate) if isfinite(turn.rotate) else 0.0
    new_x, new_y = point
    from_x = ((1.0 - new_x if turn.flip else new_x) - 0.5) * new_width
    from_y = (new_y - 0.5) * new_height
    x = (from_x * cos(angle) + from_y * sin(angle)) / turn.width + 0.5
    y = (from_y * cos(angle) - from_x * sin(angle)) / turn.height + 0.5
    return Point(x, y)


def _carry_box(box: Box, at: Point, size: tuple[int, int], new: tuple[int, int], quarters: int) -> Box:
    """A box of the same pixels around another centre of another picture, sides swapped by odd quarter turns."""
    box_width, box_height = box.width * size[0], box.height * size[1]
    if quarters % 2:
        box_width, box_height = box_height, box_width
    share_x, share_y = min(1.0, box_width / new[0]), min(1.0, box_height / new[1])
    left = min(max(at.x - share_x / 2, 0.0), 1.0 - share_x)
    top = min(max(at.y - share_y / 2, 0.0), 1.0 - share_y)
    return Box(left, top, share_x, share_y)


def turn_box(box: Box, turn: Turn) -> Box:
    """The crop of the upright picture as a crop of the turned one.

    Exact for quarter turns. Under a tilt a box stays level: its centre moves with the picture, its size in pixels
    stays, and it is pushed back inside where a corner was cut off.

    Args:
        box: fractions of the upright picture.
        turn: of the upright picture.

    Returns:
        Fractions of the turned picture, always inside it.
    """
    box = tidy_box(box)
    centre = turn_point(box.middle, turn)
    new = turned_size(turn)
    return _carry_box(box, centre, (turn.width, turn.height), new, split_turn(turn.rotate)[0])


def upright_box(box: Box, turn: Turn) -> Box:
    """A crop drawn on the turned picture as a crop of the upright original: the inverse of ``turn_box``.

    Args:
        box: fractions of the turned picture.
        turn: of the upright picture.
    """
    box = tidy_box(box)
    centre = upright_point(box.middle, turn)
    new = turned_size(turn)
    return _carry_box(box, centre, new, (turn.width, turn.height), split_turn(turn.rotate)[0])


def turn_cover(box: Box, turn: Turn) -> Box:
    """The level box around which a cover leans on the turned picture.

    A cover is burned into the upright photo and turns with it: on the turned picture it is this box, turned by the tilt
    around its middle. Unlike ``turn_box`` nothing is pushed inside: it may reach beyond the picture.

    Args:
        box: fractions of the upright picture; may reach beyond it.
        turn: of the upright picture.
    """
    x, y, box_width, box_height = box
    at = turn_point(Point(x + box_width / 2, y + box_height / 2), turn)
    new_width, new_height = turned_size(turn)
    across, down = box_width * turn.width, box_height * turn.height
    if split_turn(turn.rotate)[0] % 2:
        across, down = down, across
    share_x, share_y = across / new_width, down / new_height
    return Box(at.x - share_x / 2, at.y - share_y / 2, share_x, share_y)


def upright_around(box: Box, turn: Turn, *, ellipse: bool = False) -> Box:
    """The smallest box of the upright picture that holds all of a box drawn on the turned one: for what must be hidden.

    Args:
        box: fractions of the turned picture.
        turn: of the upright picture.
        ellipse: the ellipse in the found box, not only the box, is to hold the one in the drawn box.
    """
    x, y, box_width, box_height = tidy_box(box)
    corners = [upright_point(Point(at_x, at_y), turn) for at_x in (x, x + box_width) for at_y in (y, y + box_height)]
    left, top = min(at.x for at in corners), min(at.y for at in corners)
    wide, high = max(at.x for at in corners) - left, max(at.y for at in corners) - top
    if ellipse:
        new_width, new_height = turned_size(turn)
        more = _ellipse_excess((box_width * new_width, box_height * new_height), split_turn(turn.rotate)[1])
        left, top, wide, high = left - wide * more, top - high * more, wide * (1 + 2 * more), high * (1 + 2 * more)
    return tidy_box(Box(left, top, wide, high))


def _ellipse_excess(sides: tuple[float, float], tilt: float) -> float:
    """By which share of its sides the level box around a leaning box must grow until its ellipse holds the leaning one.

    A long ellipse that leans puts its tips beyond the level one, which is narrow there. The leaning ellipse reaches
    ``hypot(a cos(v - t), b sin(v - t))`` in the direction v, the level one ``hypot(A cos v, B sin v)``; where both are
    scaled so that the level one is a circle, the largest reach is the greater eigenvalue of a 2 x 2 matrix.
    """
    a, b = sides[0] / 2, sides[1] / 2
    along, down = cos(radians(tilt)), abs(sin(radians(tilt)))
    wide, high = a * along + b * down, a * down + b * along
    if not (wide and high):
        return 0.0
    across = ((a * along) ** 2 + (b * down) ** 2) / wide**2
    upward = ((a * down) ** 2 + (b * along) ** 2) / high**2
    mixed = (a * a - b * b) * along * down / (wide * high)
    reach = (across + upward) / 2 + hypot((across - upward) / 2, mixed)
    return max(0.0, (sqrt(reach) - 1) / 2)


def shown_tilt(rotate: float, flip: bool = False) -> float:
    """Degrees clockwise by which a turned picture is seen to lean: mirroring comes last, and mirrors the tilt too."""
    tilt = split_turn(rotate)[1]
    return -tilt if flip else tilt


def grow_box(box: Box, share: float) -> Box:
    """The box enlarged by ``share`` of its own size on every side (0.05: 10 % larger), cut at the picture's edges."""
    x, y, width, height = box
    return tidy_box(Box(x - width * share, y - height * share, width * (1 + 2 * share), height * (1 + 2 * share)))


LEAST_SHOWN = 0.85
"""The least share of a photo that a crop nobody chose may show: below it all of the photo is shown."""


def shown_share(width: float, height: float, ratio: float) -> float:
    """The share of a picture that is left when it is cropped to a ratio (width by height), 0 to 1."""
    own = width / height if width > 0 and height > 0 else ratio
    return min(own / ratio, ratio / own)


def inside_size(width: int, height: int, limit: tuple[int, int], enlarge: bool = False) -> tuple[int, int]:
    """Size of a picture fitted into ``limit`` with its ratio kept.

    Args:
        width: of the picture in pixels.
        height: of the picture in pixels.
        limit: largest width and height in pixels.
        enlarge: whether a smaller picture grows to the limit; otherwise it stays as it is.
    """
    scale = min(limit[0] / width, limit[1] / height)
    if scale > 1 and not enlarge:
        return width, height
    return max(1, min(limit[0], round(width * scale))), max(1, min(limit[1], round(height * scale)))
