"""What the screens of the apps draw from: the texts, pictures and names of one outlet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from studio.preview.post_markup import PostInk, rich_text
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.export.planning.file_specs import FileKind
    from studio.preview.post_markup import Markup
    from studio.preview.preview_results import OutletPictures, OutletTexts, PostPicture, PostText
    from studio.story.model import Group, Story

_TALL = 0.65
"""Width by height: below this a picture is meant to fill a phone (9:16)."""


@dataclass(frozen=True)
class PhoneState:
    """What the user did on the phone: the page of the carousel, whether the text is unfolded."""

    page: int = 0
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class PreviewShot:
    """A picture with its proportions (width by height); ``image`` is None while it is being made."""

    image: QImage | None
    ratio: float
    seconds: float = 0.0
    kind: FileKind = "photo"


@dataclass(frozen=True)
class ShownOutlet:
    """One outlet of one story.

    Args:
        texts: its texts.
        pictures: its pictures; None while they are being made.
        images: the same as Qt's pictures, by path.
        story: for names and dates.
        group: who posts.
        mark: its logo or initials.
        night: whether the phone is set to dark.
        t: texts of the window.
    """

    texts: OutletTexts
    pictures: OutletPictures | None
    images: Mapping[str, QImage]
    story: Story
    group: Group
    mark: QImage
    night: bool
    t: Callable[..., str]

    @property
    def outlet_id(self) -> str:
        """The outlet."""
        return self.texts.outlet.id

    @property
    def outlet_name(self) -> str:
        """The outlet in the language of the window."""
        return self.say("outlet_name", outlet=self.texts.outlet.name)

    @property
    def name(self) -> str:
        """What the account is called."""
        return self.group.name or self.group.full_name or "KIM"

    @property
    def handle(self) -> str:
        """The account, without ``@``."""
        account = self.group.accounts.get(self.outlet_id, "").rstrip("/").rpartition("/")[2].lstrip("@")
        return account or slugify(self.name).replace("-", ".")

    def pick(self, light: str, dark: str) -> str:
        """One of two colours."""
        return dark if self.night else light

    def say(self, code: str, **facts: object) -> str:
        """A word of the app, such as "Suka"."""
        return self.t(f"preview.{code}", **facts)

    # ------------------------------------------------------------------------------------------- texts

    def written(self, *files: str) -> PostText | None:
        """The first of these texts that there is; without names the outlet's first."""
        for text in self.texts.texts:
            if not files or text.output.file in files:
                return text
        return None

    def ink(self, link: str, quiet: str) -> PostInk:
        """Colours of a text."""
        return PostInk(link, self.pick("#b3261e", "#ffb4ab"), self.pick("#fbd7d3", "#5c1a16"), quiet)

    def html(
        self, text: PostText | None, ink: PostInk, view: PhoneState, *, markup: Markup = "", number: int = 0
    ) -> str:
        """A text, or one post of a thread, folded where the app folds it."""
        if text is None or number >= len(text.files):
            return ""
        output = text.output
        return rich_text(
            text.files[number][1],
            ink,
            markup=markup,
            limit=output.limit,
            unit=output.count,
            visible=0 if view.unfolded else output.visible,
            more=self.say("more"),
        )

    @property
    def folds(self) -> bool:
        """Whether the first text is longer than what is seen at once."""
        text = self.written()
        return bool(text and text.output.visible and text.post.length > text.output.visible)

    # ------------------------------------------------------------------------------------------- pictures

    def shot(self, picture: PostPicture) -> PreviewShot:
        """A picture of the outlet."""
        image = self.images.get(picture.path)
        size = (image.width(), image.height()) if image is not None else picture.size
        ratio = size[0] / size[1] if size[1] else 1.0
        return PreviewShot(image, ratio, picture.seconds, picture.kind)

    def _all(self, *kinds: FileKind) -> list[PreviewShot]:
        return [
            self.shot(picture) for picture in (self.pictures.pictures if self.pictures else ()) if picture.kind in kinds
        ]

    def photos(self) -> list[PreviewShot]:
        """The photos, in order."""
        return self._all("photo")

    def cards(self, *, tall: bool = False) -> list[PreviewShot]:
        """The cards for a feed, or those that fill a phone."""
        return [shot for shot in self._all("card") if (shot.ratio < _TALL) == tall]

    def feed(self) -> list[PreviewShot]:
        """What a post shows: its cards, then its photos; a blank one while they are being made."""
        found = [*self.cards(), *self.photos()]
        return found[:10] if found or self.pictures is not None else [PreviewShot(None, 0.8)]

    def video(self, *, tall: bool) -> PreviewShot | None:
        """The upright or the wide video."""
        return next((shot for shot in self._all("video") if (shot.ratio < _TALL) == tall), None)

    def sheet(self) -> PreviewShot | None:
        """The printed sheet."""
        return next(iter(self._all("print")), None)


def as_image(picture: PostPicture) -> QImage:
    """The pixels as Qt's picture, with a copy of its own."""
    pixels = picture.pixels
    if pixels is None:
        return QImage()
    # QImage does not own bytes it is given: without the copy it would show freed memory once the pixels are gone.
    return QImage(pixels.rgb, pixels.width, pixels.height, pixels.width * 3, QImage.Format.Format_RGB888).copy()
