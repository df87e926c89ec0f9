"""Edits of photos beyond single fields: several at once, covers, crops of one ratio, captions put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story import geometry
from studio.story.cover_geometry import hides_as_much
from studio.story.credits import is_ours, notice_holder
from studio.story.edits import StoryEdit, remove_photo
from studio.story.model import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.story.model import Box, Cover, Fit, Group, Photo, Story

ALT_LENGTH = 125
"""Longest alternative text that screen readers speak in one go (practice; WebAIM)."""


def find_photo(story: Story, photo_id: str) -> Photo | None:
    """The photo with this id."""
    return next((photo for photo in story.photos if photo.id == photo_id), None)


def change_many(ids: Iterable[str], **changes: object) -> StoryEdit:
    """The same fields of several photos, as one step.

    Raises (when applied):
        TypeError: there is no such field.
    """
    wanted = frozenset(ids)
    return _change_each(
        "edit.photo_many", wanted, lambda photo: replace(photo, **changes), f"many:{','.join(sorted(changes))}"
    )


def with_other_owners(story: Story, group: Group, ids: Iterable[str], credit: str) -> tuple[Photo, ...]:
    """Those of the photos that name someone as maker or owner who is none of the group, and not in ``credit``."""
    wanted = frozenset(ids)
    named = (
        photo
        for photo in story.photos
        if photo.id in wanted and (photo.credit.strip() or notice_holder(photo.copyright))
    )
    return tuple(
        photo
        for photo in named
        if photo.credit.strip().casefold() != credit.strip().casefold() and not is_ours(story, group, photo)
    )


def _change_each(label: str, ids: frozenset[str], change: Callable[[Photo], Photo], merge: str = "") -> StoryEdit:
    def apply(story: Story) -> Story:
        after = tuple(change(photo) if photo.id in ids else photo for photo in story.photos)
        return story if after == story.photos else replace(story, photos=after)

    return StoryEdit(label, apply, merge)


def remove_many(ids: Iterable[str]) -> StoryEdit:
    """Take several photos out of the story as one step; their originals stay in ``media/``."""
    steps = [remove_photo(photo) for photo in ids]

    def apply(story: Story) -> Story:
        for step in steps:
            story = step.apply(story)
        return story

    return StoryEdit("edit.photo_remove", apply)


def move_many(ids: Iterable[str], gap: int) -> StoryEdit:
    """Move photos, in the order they have, between two others: the order of the carousel.

    Args:
        ids: the photos.
        gap: how many photos, those that move counted too, lie before the place; 0 is the beginning.
    """
    wanted = frozenset(ids)

    def apply(story: Story) -> Story:
        before, after = story.photos[: max(0, gap)], story.photos[max(0, gap) :]
        moved = tuple(photo for photo in story.photos if photo.id in wanted)
        ordered = (*_other_photos(before, wanted), *moved, *_other_photos(after, wanted))
        return story if ordered == story.photos else replace(story, photos=ordered)

    return StoryEdit("edit.photo_move", apply)


def _other_photos(photos: tuple[Photo, ...], ids: frozenset[str]) -> tuple[Photo, ...]:
    return tuple(photo for photo in photos if photo.id not in ids)


def add_cover(photo_id: str, *covers: Cover) -> StoryEdit:
    """Hide one more place, or several in one step."""
    return _change_each(
        "edit.cover_add", frozenset({photo_id}), lambda photo: replace(photo, covers=(*photo.covers, *covers))
    )


def change_cover(photo_id: str, number: int, **changes: object) -> StoryEdit:
    """Move, resize or repaint a cover; ``number`` counts from 0.

    Where it hides less than before, that nobody can be recognised has to be confirmed again.
    """

    def change(photo: Photo) -> Photo:
        if not 0 <= number < len(photo.covers):
            return photo
        covers = list(photo.covers)
        covers[number] = replace(covers[number], **changes)
        checked = photo.people_checked and hides_as_much(photo.covers[number], covers[number])
        return replace(photo, covers=tuple(covers), people_checked=checked)

    return _change_each(
        "edit.cover_change", frozenset({photo_id}), change, f"cover:{photo_id}:{number}:{sorted(changes)}"
    )


def remove_cover(photo_id: str, number: int) -> StoryEdit:
    """Uncover a place. That nobody can be recognised has to be confirmed again: it was said of the covered photo."""

    def change(photo: Photo) -> Photo:
        kept = tuple(cover for at, cover in enumerate(photo.covers) if at != number)
        return photo if kept == photo.covers else replace(photo, covers=kept, people_checked=False)

    return _change_each("edit.cover_remove", frozenset({photo_id}), change)


def show_face(photo_id: str, number: int) -> StoryEdit:
    """What a cover hides is a face that may be seen: it becomes a mark, and the cover goes.

    That nobody can be recognised who must not be has to be confirmed again, as after any cover that is removed.
    """

    def change(photo: Photo) -> Photo:
        if not 0 <= number < len(photo.covers):
            return photo
        kept = tuple(cover for at, cover in enumerate(photo.covers) if at != number)
        return replace(photo, covers=kept, faces=(*photo.faces, photo.covers[number].box), people_checked=False)

    return _change_each("edit.face_show", frozenset({photo_id}), change)


def forget_faces(photo_id: str) -> StoryEdit:
    """Take the marks of all faces off a photo."""
    return _change_each("edit.face_forget", frozenset({photo_id}), lambda photo: replace(photo, faces=()))


def set_crop(photo_id: str, ratio: str, box: Box | None) -> StoryEdit:
    """Set the crop made by hand for one ratio (key of ``geometry.ratio_key``), or the general one for "".

    None goes back to the focus point. A ratio cropped by hand is no longer padded.
    """

    def change(photo: Photo) -> Photo:
        if not ratio:
            return replace(photo, crop=box)
        crops = {key: kept for key, kept in photo.crops.items() if key != ratio}
        if box is not None:
            crops[ratio] = box
        # Whoever draws a crop no longer wants all of the photo in this ratio.
        fits = {key: fit for key, fit in photo.fits.items() if key != ratio}
        return replace(photo, crops=crops, fits=fits)

    return _change_each("edit.crop", frozenset({photo_id}), change, f"crop:{photo_id}:{ratio}")


def set_fit(photo_id: str, ratio: str, *, whole: bool) -> StoryEdit:
    """Show all of the photo on a blurred ground in one ratio, or crop it again."""

    def change(photo: Photo) -> Photo:
        return replace(photo, fits={**photo.fits, ratio: "pad" if whole else "crop"})

    return _change_each("edit.fit", frozenset({photo_id}), change)


def settle_shapes(shapes: Mapping[str, Iterable[str]], *, whole: bool) -> StoryEdit:
    """Say of ratios that a crop would take much of whether they show all of the photo, all in one step.

    Args:
        shapes: keys of the ratios by id of the photo.
        whole: all of the photo on a blurred ground, else cropped.
    """
    fit: Fit = "pad" if whole else "crop"
    told = {photo_id: dict.fromkeys(keys, fit) for photo_id, keys in shapes.items()}

    def change(photo: Photo) -> Photo:
        return replace(photo, fits={**photo.fits, **told[photo.id]})

    return _change_each("edit.fit", frozenset(told), change)


def marked_focus(photo: Photo) -> Point | None:
    """What somebody marked as a photo's subject: its focus point, else the middle of its faces; None for nothing.

    Whoever plans a picture without decoding it, and whoever cuts it, must mean the same place: a guess from the pixels
    is for photos without marks.
    """
    if photo.focus is not None or not photo.faces:
        return photo.focus
    left, right = min(face.x for face in photo.faces), max(face.right for face in photo.faces)
    top, bottom = min(face.y for face in photo.faces), max(face.bottom for face in photo.faces)
    return Point((left + right) / 2, (top + bottom) / 2)


def shows_whole(photo: Photo, size: tuple[int, int], area: tuple[float, float], *, padded: bool = False) -> bool:
    """Whether a picture of a photo shows all of it on a blurred ground.

    What the user chose for that ratio counts: a fit, a crop by hand, a focus point. Without it nothing is cut off
    silently: a crop that would leave less than ``geometry.LEAST_SHOWN`` shows all of the photo.

    Args:
        photo: its choices.
        size: of the wanted picture.
        area: width and height of the part of the photo that is used (turned, generally cropped), in any unit.
        padded: what the outlet wants.
    """
    key = geometry.ratio_key(*size)
    if key in photo.fits:
        return photo.fits[key] == "pad"
    chosen = key in photo.crops or photo.focus is not None
    share = geometry.shown_share(*area, size[0] / size[1])
    return padded or (not chosen and share < geometry.LEAST_SHOWN)


def compose_caption(seen: str, who: str, where: str, when: str, context: str) -> str:
    """A caption in the Indonesian form: what is seen and who, where, when; then the context as a sentence of its own.

    >>> compose_caption("membersihkan saluran irigasi", "Warga", "Desa Sukamaju", "Minggu (22/11/2026)", "")
    'Warga membersihkan saluran irigasi di Desa Sukamaju, Minggu (22/11/2026).'
    """
    who, seen = who.strip(), seen.strip().rstrip(".")
    if who and seen:
        seen = seen[0].lower() + seen[1:]
    head = " ".join(part for part in (who, seen) if part)
    place = where.strip().rstrip(".,")
    if place:
        at = "" if place.lower().startswith(("di ", "ke ", "dari ")) else "di "
        head = f"{head} {at}{place}" if head else place
    sentence = ", ".join(part for part in (head, when.strip().rstrip(".,")) if part)
    told = [_full_sentence(part) for part in (sentence, context.strip()) if part]
    return " ".join(told)


def _full_sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."
