"""The videos of a page with what lies beside them; which an edition in another language has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from studio.export.planning.slideshow_keys import chosen_photos
from studio.export.planning.video_keys import visible_clip
from studio.posts.output_kinds import VideoOutput

if TYPE_CHECKING:
    from studio.posts.language_editions import LanguageEdition
    from studio.posts.packs import Outlet
    from studio.story.model import Story


class PageMedia(TypedDict):
    """The videos of a page as ``render_page`` takes them."""

    videos: tuple[str, ...]
    tracks: dict[str, str]
    posters: dict[str, str]


def page_videos(story: Story, outlet: Outlet) -> tuple[str, ...]:
    """The video files that lie beside the page."""
    if not (story.videos or story.slideshow):
        return ()
    found: list[str] = []
    for output in outlet.outputs_of(VideoOutput):
        clips = len(story.videos[: output.max or None]) if output.numbered else 1
        found += [output.name(number) for number in range(1, max(1, clips) + 1)]
    return tuple(found)


def page_tracks(story: Story, outlet: Outlet) -> dict[str, str]:
    """The subtitle file that is beside each video that has one."""
    tracks: dict[str, str] = {}
    for output in (each for each in outlet.outputs_of(VideoOutput) if each.subtitles == "vtt"):
        clips = story.videos[: output.max or None] if output.numbered else story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.subtitles:
                tracks[output.name(number)] = f"{output.name(number).rpartition('.')[0]}.vtt"
    return tracks


def page_posters(story: Story, outlet: Outlet) -> dict[str, str]:
    """The cover picture that is beside each video for which one was chosen."""
    posters: dict[str, str] = {}
    for output in (each for each in outlet.outputs_of(VideoOutput) if each.poster):
        clips = story.videos[: output.max or None] if output.numbered else story.videos[:1]
        for number, clip in enumerate(clips, 1):
            if clip.poster is not None:
                posters[output.name(number)] = output.poster_name(number)
    return posters


def says_other_words(original: Story, told: Story, number: int) -> bool:
    """Whether a clip (from 1), or the video of photos, shows other words in a translation: then it is made anew."""
    if not original.videos:
        photos = zip(chosen_photos(original), chosen_photos(told), strict=True)
        captions = original.slideshow is None or original.slideshow.captions
        return captions and any(one.caption != other.caption for one, other in photos)
    clip, other = original.videos[number - 1], told.videos[number - 1]
    kicker = bool(other.title_card) and original.kicker != told.kicker
    return kicker or visible_clip(clip) != visible_clip(other)


def edition_media(edition: LanguageEdition, original: Story, told: Story) -> PageMedia:
    """The videos of an edition's page, as they are reached from there.

    Args:
        edition: of an outlet with a page.
        original: the story in its own language.
        told: the story in that of the edition.
    """
    outlet, folder = edition.outlet, edition.folder
    names, tracks, posters = page_videos(told, outlet), page_tracks(told, outlet), page_posters(told, outlet)
    own = {name: not folder or says_other_words(original, told, number) for number, name in enumerate(names, 1)}

    def way(video: str, file: str) -> str:
        return file.removeprefix(folder) if own.get(video, True) else f"{edition.up}{file.removeprefix(folder)}"

    return PageMedia(
        videos=tuple(way(name, name) for name in names),
        tracks={way(name, name): way(name, file) for name, file in tracks.items()},
        posters={way(name, name): way(name, file) for name, file in posters.items()},
    )
