"""Suggestions of faces to cover, by the optional extra ``kim-studio[wajah]`` (dlib). Never reliable: look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.story.model import Box

_LONGEST = 1600


def find_faces(source: Path, progress: Progress) -> tuple[Box, ...]:
    """Boxes around what looks like faces, as fractions of the upright photo.

    Raises:
        UserError: ``photodesk.no_faces_extra``: the extra is not installed; the photo cannot be opened.
    """
    progress.report(0, 1, source.name)
    try:
        import dlib  # type: ignore[import-not-found] # the optional extra
    except ImportError as error:
        raise UserError("photodesk.no_faces_extra") from error
    import numpy

    from studio.photo.preview import preview

    width, height, rgb = preview(source, _LONGEST)
    pixels = numpy.frombuffer(rgb, numpy.uint8).reshape(height, width, 3)
    found = dlib.get_frontal_face_detector()(pixels, 1)
    return tuple(
        (face.left() / width, face.top() / height, face.width() / width, face.height() / height) for face in found
    )
