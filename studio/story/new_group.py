"""What a group that begins today gets, and an older workspace only when it asks for it."""

from __future__ import annotations

from studio.story.model import Group
from studio.story.photo_strips import NEW, STRIP_KEY


def new_group(name: str = "") -> Group:
    """The profile of a new group: moving cards for stories without a clip, captions on rows of photos."""
    return Group(name=name, moving_cards=True, designs={STRIP_KEY: NEW})
