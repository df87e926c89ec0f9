"""Suggestions of faces to cover, by the optional extra ``kim-studio[wajah]`` (dlib). Never reliable: look again.

Why an extra: docs/decisions/face-suggestions.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.installation import installer_kind
from studio.story.model import Box

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress

_LONGEST = 1600
_AROUND, _ABOVE = 0.25, 0.5
"""Shares of a found face that are covered beside and below it, and above it."""


def has_face_finder() -> bool:
    """Whether faces can be looked for on this computer."""
    try:
        import dlib  # the optional extra  # noqa: F401
    except ImportError:
        return False
    return True


def find_faces(source: Path, progress: Progress) -> tuple[Box, ...]:
    """Boxes around what looks like faces, as fractions of the upright photo.

    Raises:
        UserError: ``photodesk.no_faces_extra``, ``photodesk.no_faces_here``: the extra is not installed; the photo
            cannot be opened.
    """
    progress.report(0, 1, source.name)
    try:
        import dlib
    except ImportError as error:
        # An installer brings no pip, and dlib has no wheels to bring along.
        raise UserError("photodesk.no_faces_here" if installer_kind() else "photodesk.no_faces_extra") from error
    import numpy

    from studio.photo.small_pictures import preview_pixels

    width, height, rgb = preview_pixels(source, _LONGEST)
    pixels = numpy.frombuffer(rgb, numpy.uint8).reshape(height, width, 3)
    # 1: the picture is doubled once, to find faces from about 40 pixels instead of 80.
    found = dlib.get_frontal_face_detector()(pixels, 1)
    return tuple(
        _whole_head(Box(face.left() / width, face.top() / height, face.width() / width, face.height() / height))
        for face in found
    )


def _whole_head(face: Box) -> Box:
    """The head around a face: what is found reaches from the brows to the lips, and an ellipse leaves its corners."""
    left, top, wide, high = face
    x, y = max(0.0, left - _AROUND * wide), max(0.0, top - _ABOVE * high)
    right, bottom = min(1.0, left + (1 + _AROUND) * wide), min(1.0, top + (1 + _AROUND) * high)
    return Box(x, y, right - x, bottom - y)
