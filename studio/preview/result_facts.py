"""What the desk may know of a clip's result without loading what makes it: lengths, shades and areas of the engine."""

from __future__ import annotations

from studio.video.clip_job import CARD, timed_boxes
from studio.video.composition import PAD_SHADE, crop_area
from studio.video.job import CoverBox

__all__ = ["CARD", "PAD_SHADE", "CoverBox", "crop_area", "timed_boxes"]
