"""What goes into the video of a clip, for the key of its file: equal ones are made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.export.planning.file_metadata import clip_metadata
from studio.story.cover_path import without_doubts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.export.planning.video_specs import VideoTarget
    from studio.story.model import Group, Story, Video

ENGINE = 10
"""Raised when the same inputs give a different video."""


def video_key(
    story: Story, video: Video, target: VideoTarget, group: Group, templates: Mapping[str, str]
) -> tuple[object, ...]:
    """Everything that goes into a video and nothing else, for the key of a file and to share equal ones.

    Args:
        story: the story; only what its cards show counts.
        video: the clip with its edits; its ``file`` is named by its content.
        target: what the outlet wants; Reels, TikTok and Shorts want the same.
        group: whose name, colours and mark are shown.
        templates: digest of each template of the art.

    Returns:
        Plain values that msgspec can encode.
    """
    shown = visible_clip(video)
    who = (group.name, group.full_name, group.village, group.district, group.regency, group.site, group.phone)
    # Only full cards show accounts, and a motif by the province.
    marks = (tuple(group.accounts.values()), group.province) if video.title_card or video.closing_card else ()
    look = (group.logo, group.colors.main, group.colors.accent, group.font, group.family)
    card = (story.kicker, "cover frame") if video.title_card else ()
    said = clip_metadata(story, video, group)
    return (ENGINE, shown, target, who, marks, look, card, sorted(templates.items()), said)


def visible_clip(video: Video) -> Video:
    """The clip without what no frame shows: its caption, its description, who is in it, doubts about covers."""
    covers = tuple(without_doubts(cover) for cover in video.covers)
    said = {"rights": "", "copyright": "", "place": "", "origin_mark": "", "source_type": ""}
    return msgspec.structs.replace(
        video,
        caption="",
        alt="",
        name="",
        people=(),
        people_checked=False,
        poster=video.poster if video.title_card else None,  # the title lies on that frame
        covers=covers,
        extra={},
        **said,
    )
