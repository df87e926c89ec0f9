"""One open story: what it is now, what it was before, and whether it is on disk.

Desks read ``session.story``, listen to ``changed`` and call ``edit``; they never talk to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.core.document_session import DocumentSession

if TYPE_CHECKING:
    from studio.story.model import Story


class StorySession(DocumentSession["Story"]):
    """The open story."""

    @property
    def story(self) -> Story:
        """The story as it is now."""
        return self.document
