"""Follows what a box holds from one grey picture to the next: template matching, and a box that grows with doubt.

What was drawn is the first template. A later look is added when it changed little by little while it was surely seen;
each is found by normalised correlation, weighted towards the middle of the box. Where the best place is not good, not
the only one, or partly overlaid, the box stands for everywhere the face may be by now: around where it was last surely
seen and where it would have gone, growing with every picture, at last all of the picture. Nothing is let go in silence:
each such picture carries the reason for which someone has to look at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot
from typing import TYPE_CHECKING

from studio.story.geometry import WHOLE
from studio.story.model import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Map = NDArray[np.float64]

SIDE = 24
"""Pixels of a template's longer side."""
LOOKS = 5
"""Templates kept at once: the first one, and those that were added last."""
SURE = 0.70
"""Correlation from which a place counts as surely found."""
FIRM = 0.80
"""Correlation from which what is found may become a new template."""
KNOWN = 0.90
"""Correlation above which nothing new is to be learned."""
KIN = 0.60
"""Correlation with what was drawn that a new template must have: else the face could slowly become what hides it."""
SHRINK = 0.25
"""Share of its size by which a cover may shrink in a second: part of a face is no smaller face."""
FOUND_AGAIN = 0.80
"""Correlation that ends a search, in ``AGAIN`` pictures one after the other."""
AGAIN = 3
RIVAL = 0.12
"""Another place whose correlation is as little lower could be meant as well."""
OVERLAID = 0.85
"""Contrasts by which one ninth of the box may differ more than the rest: above that something lies over it."""
SCENE = 0.5
"""Correlation of small copies of two pictures in a row below which the scene changed: 0.8 for a shaken camera."""
LOST = 0.7
"""Seconds of doubt after which all of the picture is covered."""
_SCALES = (1.0, 0.95, 1.05)


@dataclass(frozen=True, slots=True)
class TrackedBox:
    """What was found in one picture.

    Attributes:
        seconds: of the picture.
        box: what to hide, in fractions; larger than what was followed where that is in doubt.
        doubt: why someone has to look: ``turned``, ``crossed``, ``similar``, ``edge``, ``lost``, ``scene``; or "".
    """

    seconds: float
    box: Box
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _BoxPlace:
    """Middle and size of the box in pixels of the grey picture."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def side(self) -> float:
        return max(self.wide, self.high)


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a template was found best: how well, whether another place is nearly as good, whether it is overlaid."""

    place: _BoxPlace
    score: float
    rival: bool
    overlaid: bool


@dataclass(slots=True)
class CoverTracker:
    """Follows one box. Make it with the picture the box was drawn on, then hand it the pictures in their order.

    Attributes:
        place: where it was last seen or would have gone.
        looks: templates, the first one first.
    """

    place: _BoxPlace
    looks: list[Map]
    seconds: float
    gist: Map
    speed: tuple[float, float] = (0.0, 0.0)
    seen: _BoxPlace = field(init=False)
    unsure: float = 0.0
    again: int = 0
    why: str = ""
    pace: float = 0.0
    shown: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        self.seen = self.place
        self.shown = self.place.wide, self.place.high

    def follow(self, seconds: float, grey: Grey) -> TrackedBox:
        """The next picture."""
        step = max(1e-3, abs(seconds - self.seconds))
        self.seconds = seconds
        gist = picture_gist(grey)
        cut = float((gist * self.gist).mean()) < SCENE
        self.gist = gist
        if cut:
            self.unsure, self.why, self.again = LOST + step, "scene", 0
        match = self._search(grey, step)
        if self._is_sure(match, grey):
            return self._take_match(match, grey, step)
        return self._doubt(match, grey, step)

    # ------------------------------------------------------------------------------------------- finding

    def _search(self, grey: Grey, step: float) -> _Match:
        ahead = _BoxPlace(
            self.place.x + self.speed[0] * step, self.place.y + self.speed[1] * step, self.place.wide, self.place.high
        )
        if self.unsure > LOST:
            return _find(grey, ahead, self.looks, None)
        reach = 0.7 * ahead.side + hypot(*self.speed) * step + self._growth()
        return _find(grey, ahead, self.looks, reach)

    def _is_sure(self, match: _Match, grey: Grey) -> bool:
        if match.rival or match.overlaid or _outside(match.place, grey) > 0.3:
            self.again = 0
            return False
        if not self.unsure:
            return match.score >= SURE
        self.again = self.again + 1 if match.score >= FOUND_AGAIN else 0
        return self.again >= AGAIN

    def _take_match(self, match: _Match, grey: Grey, step: float) -> TrackedBox:
        place = match.place
        moved = (place.x - self.place.x) / step, (place.y - self.place.y) / step
        fresh = bool(self.unsure)
        self.speed = (0.0, 0.0) if fresh else tuple(0.5 * a + 0.5 * b for a, b in zip(self.speed, moved, strict=True))  # type: ignore[assignment]
        self.pace = max(self.pace * 0.9, hypot(*self.speed))
        self.place = place
        kept = max(0.0, 1 - SHRINK * step)
        self.shown = max(place.wide, kept * self.shown[0]), max(place.high, kept * self.shown[1])
        self.seen = replace(place, wide=self.shown[0], high=self.shown[1])
        self.unsure, self.again, self.why = 0.0, 0, ""
        if FIRM <= match.score < KNOWN:
            self._learn(grey)
        return TrackedBox(self.seconds, _shares(self.seen, grey))

    def _learn(self, grey: Grey) -> None:
        look = _template(grey, self.place, self.looks[0].shape)
        if float(_correlations(look, self.looks[:1])[0, 0]) < KIN:
            return
        self.looks.append(look)
        if len(self.looks) > LOOKS:
            # The first one always stays: it is what a person drew.
            del self.looks[1]

    # ------------------------------------------------------------------------------------------- doubt

    def _doubt(self, match: _Match, grey: Grey, step: float) -> TrackedBox:
        if not self.why:
            self.why = _loss_reason(match, grey)
        self.unsure += step
        self.place = replace(self.place, x=self.place.x + self.speed[0] * step, y=self.place.y + self.speed[1] * step)
        self.speed = self.speed[0] * 0.97, self.speed[1] * 0.97
        if self.unsure > LOST:
            self.why = self.why if self.why in {"scene", "edge"} else "lost"
            if match.score >= FOUND_AGAIN:
                self.place = match.place
            return TrackedBox(self.seconds, WHOLE, self.why)
        grown = self._growth()
        if match.score >= 0.5 and not match.rival:  # what is seen of it leads, as far as it can be believed
            self.place = match.place
        boxes = [_edges(self.seen), _edges(self.place), _edges(match.place)]
        left, top = (min(box[at] for box in boxes) - grown for at in (0, 1))
        right, bottom = (max(box[at] for box in boxes) + grown for at in (2, 3))
        return TrackedBox(self.seconds, _clip_to_picture((left, top, right, bottom), grey), self.why)

    def _growth(self) -> float:
        """Pixels by which the box has grown on every side since it was surely seen."""
        return self.unsure * (self.pace + 0.8 * self.seen.side) if self.unsure else 0.0


def start_tracker(grey: Grey, seconds: float, box: Box) -> CoverTracker:
    """A tracker of what a box holds.

    Args:
        grey: the picture the box was drawn on.
        seconds: its time.
        box: in fractions of it.
    """
    high, wide = grey.shape
    x, y, width, height = box
    place = _BoxPlace((x + width / 2) * wide, (y + height / 2) * high, max(4.0, width * wide), max(4.0, height * high))
    return CoverTracker(place, [_template(grey, place)], seconds, picture_gist(grey))


def picture_size(box: Box, width: int, height: int) -> int:
    """Pixels of the longer side of grey pictures in which a box is large enough to be followed, and not larger.

    Args:
        box: in fractions.
        width: of the original in pixels.
        height: of the original.
    """
    _, _, across, down = box
    side = max(across * width, down * height, 1.0)
    return int(min(max(1.5 * SIDE / side * max(width, height), 160), 960))


def _loss_reason(match: _Match, grey: Grey) -> str:
    if _outside(match.place, grey) > 0.12:
        return "edge"
    if match.rival:
        return "similar"
    return "crossed" if match.overlaid else "turned"


# ------------------------------------------------------------------------------------------------ places


def _edges(place: _BoxPlace) -> tuple[float, float, float, float]:
    across, down = place.wide / 2, place.high / 2
    return place.x - across, place.y - down, place.x + across, place.y + down


def _shares(place: _BoxPlace, grey: Grey) -> Box:
    return _clip_to_picture(_edges(place), grey)


def _clip_to_picture(edges: tuple[float, float, float, float], grey: Grey) -> Box:
    """Edges as a box in fractions inside the picture, at the edge where they lie beyond it."""
    from studio.story.clips import tidy_box

    high, wide = grey.shape
    left, right = (float(min(max(edge / wide, 0.0), 1.0)) for edge in (edges[0], edges[2]))
    top, bottom = (float(min(max(edge / high, 0.0), 1.0)) for edge in (edges[1], edges[3]))
    return tidy_box(Box(left, top, right - left, bottom - top))


def _outside(place: _BoxPlace, grey: Grey) -> float:
    """Share of a box that lies beyond the picture."""
    left, top, right, bottom = _edges(place)
    across = max(0.0, min(right, grey.shape[1]) - max(left, 0.0))
    down = max(0.0, min(bottom, grey.shape[0]) - max(top, 0.0))
    return float(1 - across * down / (place.wide * place.high))


# ------------------------------------------------------------------------------------------------ matching


def _sample(grey: Grey, edges: tuple[float, float, float, float], size: tuple[int, int]) -> Map:
    """A part of a picture in another size; beyond its edges the last pixels go on."""
    import numpy as np
    from PIL import Image

    left, top, right, bottom = edges
    out = [max(0, int(-left) + 1), max(0, int(-top) + 1), max(0, int(right - grey.shape[1]) + 1)]
    pad_left, pad_top, pad_right = out
    pad_bottom = max(0, int(bottom - grey.shape[0]) + 1)
    if pad_left or pad_top or pad_right or pad_bottom:
        grey = np.pad(grey, ((pad_top, pad_bottom), (pad_left, pad_right)), mode="edge")
    box = (left + pad_left, top + pad_top, right + pad_left, bottom + pad_top)
    picture = Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR, box)
    return np.asarray(picture, np.float64)


def _template_size(place: _BoxPlace) -> tuple[int, int]:
    share = SIDE / place.side
    return max(6, round(place.wide * share)), max(6, round(place.high * share))


def _template(grey: Grey, place: _BoxPlace, shape: tuple[int, ...] | None = None) -> Map:
    size = _template_size(place) if shape is None else (shape[1], shape[0])
    return _sample(grey, _edges(place), size)


def _weights(shape: tuple[int, ...]) -> Map:
    """How much each pixel of a template counts: the middle most; the corners, which hold background, nothing."""
    import numpy as np

    down = np.linspace(-1, 1, shape[0])[:, None]
    across = np.linspace(-1, 1, shape[1])[None, :]
    off = down**2 + across**2
    return np.asarray(np.exp(-0.7 * off) * np.clip((0.95 - off) / 0.25, 0.0, 1.0), np.float64)


def _find(grey: Grey, around: _BoxPlace, looks: list[Map], reach: float | None) -> _Match:
    """The best place of any template within ``reach`` pixels; None looks everywhere, in one size."""
    import numpy as np

    best: tuple[float, _BoxPlace, Map, tuple[int, int], float] | None = None
    for scale in _SCALES if reach is not None else _SCALES[:1]:
        wide, high = around.wide * scale, around.high * scale
        unit = looks[0].shape[1] / wide  # pixels of the template for one of the picture
        if reach is None:
            edges = (-wide / 2, -high / 2, grey.shape[1] + wide / 2, grey.shape[0] + high / 2)
        else:
            edges = (
                around.x - wide / 2 - reach,
                around.y - high / 2 - reach,
                around.x + wide / 2 + reach,
                around.y + high / 2 + reach,
            )
        size = max(1, round((edges[2] - edges[0]) * unit)), max(1, round((edges[3] - edges[1]) * unit))
        region = _sample(grey, edges, size)
        scores = _correlations(region, looks)
        if reach is not None:
            rows, columns = np.indices(scores.shape)
            off = np.hypot(rows - (scores.shape[0] - 1) / 2, columns - (scores.shape[1] - 1) / 2)
            judged = scores - 0.10 * (off / SIDE) ** 2 - (0.012 if scale != 1.0 else 0.0)
        else:
            judged = scores
        at = np.unravel_index(int(judged.argmax()), judged.shape)
        value = float(judged[at])
        if best is None or value > best[0]:
            row, column = _between(judged, int(at[0]), int(at[1]))
            across, down = (edges[2] - edges[0]) / size[0], (edges[3] - edges[1]) / size[1]
            x = edges[0] + (column + looks[0].shape[1] / 2) * across
            y = edges[1] + (row + looks[0].shape[0] / 2) * down
            found = region[at[0] : at[0] + looks[0].shape[0], at[1] : at[1] + looks[0].shape[1]]
            best = value, _BoxPlace(x, y, wide, high), found, (int(at[0]), int(at[1])), float(scores[at])
            chosen = scores
    assert best is not None
    return _Match(best[1], best[4], _has_rival(chosen, best[3], best[4]), _is_overlaid(best[2], looks))


def _correlations(region: Map, looks: list[Map]) -> Map:
    """The best weighted correlation of any template at each place of a region."""
    import numpy as np

    weights = _weights(looks[0].shape)
    total = float(weights.sum())
    shape = region.shape
    spectrum, squares = np.fft.rfft2(region), np.fft.rfft2(region * region)

    def slide(spectrum_of: NDArray[np.complex128], kernel: Map) -> Map:
        whole = np.fft.irfft2(spectrum_of * np.conj(np.fft.rfft2(kernel, shape)), shape)
        return np.asarray(whole[: shape[0] - kernel.shape[0] + 1, : shape[1] - kernel.shape[1] + 1])

    mean = slide(spectrum, weights)
    spread = np.sqrt(np.maximum(slide(squares, weights) - mean * mean / total, 4.0 * total))
    best = np.full(mean.shape, -1.0)
    for look in looks:
        centred = look - float((look * weights).sum()) / total
        power = float(np.sqrt(max((weights * centred * centred).sum(), 4.0 * total)))
        best = np.maximum(best, slide(spectrum, weights * centred) / (spread * power))
    return best


def _between(scores: Map, row: int, column: int) -> tuple[float, float]:
    """The top of a parabola through the best place and its neighbours."""

    def top(before: float, best: float, after: float) -> float:
        bend = before - 2 * best + after
        return 0.0 if bend >= 0 else max(-0.5, min(0.5, 0.5 * (before - after) / bend))

    down = top(*scores[row - 1 : row + 2, column]) if 0 < row < scores.shape[0] - 1 else 0.0
    across = top(*scores[row, column - 1 : column + 2]) if 0 < column < scores.shape[1] - 1 else 0.0
    return row + down, column + across


def _has_rival(scores: Map, at: tuple[int, int], best: float) -> bool:
    import numpy as np

    rows, columns = np.indices(scores.shape)
    far = np.hypot(rows - at[0], columns - at[1]) > 0.55 * SIDE
    return bool(best >= 0.5 and far.any() and scores[far].max() > max(best - RIVAL, 0.6))


def _is_overlaid(found: Map, looks: list[Map]) -> bool:
    """Whether a part of what was found looks like in none of the templates while the rest does."""
    if found.shape != looks[0].shape:
        return True
    return min(_worst_part(found, look) for look in looks) > OVERLAID


def _worst_part(found: Map, look: Map) -> float:
    """By how much one ninth of what was found differs more from a template than the better half does.

    In shares of the template's own contrast, after its light was fitted.
    """
    import numpy as np

    weights = _weights(look.shape)
    total = float(weights.sum())

    def fit(part: Map) -> Map:
        centred = part - float((part * weights).sum()) / total
        spread = float(np.sqrt((weights * centred * centred).sum() / total))
        return np.asarray(centred / max(4.0, spread))

    off = weights * np.abs(fit(found) - fit(look))
    cells = []
    for rows in np.array_split(np.arange(look.shape[0]), 3):
        for columns in np.array_split(np.arange(look.shape[1]), 3):
            part = np.ix_(rows, columns)
            cells.append(float(off[part].sum()) / max(float(weights[part].sum()), total / 18))
    cells.sort()
    return cells[-1] - cells[4]


# ------------------------------------------------------------------------------------------------ scenes


def picture_gist(grey: Grey) -> Map:
    """A small copy of a picture without its light and contrast: tells whether the scene is still the same."""
    import numpy as np
    from PIL import Image

    small = np.asarray(Image.fromarray(grey).resize((48, 36), Image.Resampling.BOX), np.float64)
    return np.asarray((small - small.mean()) / max(3.0, float(small.std())))
