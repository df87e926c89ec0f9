"""Where the apps put their own buttons and words over a tall video.

Shares of the canvas (left, top, right, bottom). Reels: Meta's own advice for advertisers (14 % above, 35 % below, 6 %
at the sides). The others publish no figures: these are what creators' guides of 2025-26 agree on, rounded up. They
differ from phone to phone; the desk calls them a guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Zone = tuple[float, float, float, float]

ZONES: Mapping[str, Zone] = {
    "instagram": (0.06, 0.14, 0.06, 0.35),
    "facebook": (0.06, 0.14, 0.06, 0.35),
    "tiktok": (0.06, 0.07, 0.13, 0.20),
    "youtube": (0.05, 0.08, 0.18, 0.20),
    "whatsapp": (0.04, 0.13, 0.04, 0.18),
}
"""By outlet, for 9:16."""
