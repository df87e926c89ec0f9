"""What a preview hands to the window: the texts and pictures of an outlet, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.errors import UserError, WorkNotice
    from studio.base.pixel_data import Pixels
    from studio.export.planning.file_specs import FileKind
    from studio.posts.output_kinds import TextOutput
    from studio.posts.packs import Outlet
    from studio.posts.text_posts import TextPost


@dataclass(frozen=True, slots=True)
class PostText:
    """One text of an outlet.

    Attributes:
        key: ``"<outlet>/<file>"``, the key of its override.
        output: its limits.
        post: what the templates made of it, and whether it was adjusted; without the mark of a draft.
        files: name and text of each file as it is exported, in order (several for a thread).
        notices: what the export will say about it.
    """

    key: str
    output: TextOutput
    post: TextPost
    files: tuple[tuple[str, str], ...]
    notices: tuple[WorkNotice, ...]


@dataclass(frozen=True, slots=True)
class OutletTexts:
    """All texts of one outlet; ``problems`` are outputs whose template fails (already in the user's words)."""

    outlet: Outlet
    texts: tuple[PostText, ...]
    problems: tuple[str, ...] = ()

    @property
    def overridden(self) -> bool:
        """Whether one of them was adjusted by hand."""
        return any(text.post.overridden for text in self.texts)


@dataclass(frozen=True, slots=True)
class PostPicture:
    """One picture, card, first sheet or video still of an outlet.

    ``size`` is that of the exported file (print: millimetres); ``photo`` the id of the photo or clip; ``pages`` counts
    printed sheets; without ``pixels`` the ``error`` says why.
    """

    path: str
    kind: FileKind
    key: str
    size: tuple[int, int]
    pixels: Pixels | None
    photo: str = ""
    seconds: float = 0.0
    pages: int = 1
    notices: tuple[WorkNotice, ...] = ()
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class OutletPictures:
    """Everything of an outlet but its texts: pictures in the order of the outputs, and the HTML of its page."""

    outlet: Outlet
    pictures: tuple[PostPicture, ...]
    html: str = ""
    problems: tuple[str, ...] = ()
