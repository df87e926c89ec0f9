"""Checks of the tasks about pictures and sound: thirds, horizon, an interview, five shots, trimming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.lesson_steps import TaskMatter, TaskStep, best_steps
from studio.story.clips import kept_pieces, pieces_length
from studio.story.model import LightAdjust
from studio.story.places import TextPlace
from studio.story.sources import sources_of

if TYPE_CHECKING:
    from studio.story.model import Cut, Photo, Point, Video

MOST_LEAN = 15.0
"""Degrees that the photo desk straightens by; more is a turn."""
LEAST_LEAN = 0.2
NEAR_THIRD = 0.1
"""Share of the picture's side within which a point counts as on a line of thirds."""
MOST_LIGHT = 0.5
LEAST_SHOTS = 5
SHOT_SECONDS = (2.0, 10.0)
RESULT_SECONDS = (3.0, 60.0)
_EDGE = 0.1
"""Seconds at a clip's end that are no cut: a frame or two are lost by rounding."""
_ROUNDING = 0.05


def check_thirds(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """A photo with its focus point near a line of thirds, and its light mended gently."""
    tries = [_third_steps(photo) for photo in matter.story.photos]
    return best_steps(tries) or (TaskStep("thirds_focus", met=False, place=TextPlace("photos")),)


def _third_steps(photo: Photo) -> tuple[TaskStep, ...]:
    light, place = photo.adjust, _photo_place(photo)
    gentle = max(abs(light.brightness), abs(light.contrast), abs(light.warmth)) <= MOST_LIGHT
    return (
        TaskStep("thirds_focus", photo.focus is not None, place),
        TaskStep("thirds_off", photo.focus is not None and _on_third(photo.focus), place),
        TaskStep("thirds_light", light != LightAdjust() and gentle, place),
    )


def _on_third(point: Point) -> bool:
    return any(abs(at - line) <= NEAR_THIRD for at in point for line in (1 / 3, 2 / 3))


def check_horizon(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """A photo that was straightened, and whose crops somebody settled."""
    tries = [
        (
            TaskStep("horizon_turned", LEAST_LEAN <= abs(_lean(photo.rotate)) <= MOST_LEAN, _photo_place(photo)),
            TaskStep("horizon_crop", bool(photo.focus or photo.crops or photo.crop), _photo_place(photo)),
        )
        for photo in matter.story.photos
    ]
    return best_steps(tries) or (TaskStep("horizon_turned", met=False, place=TextPlace("photos")),)


def _lean(rotate: float) -> float:
    """Degrees off the nearest quarter turn, -45..45."""
    return (rotate + 45) % 90 - 45


def check_sound(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """A clip that is heard, evened out, names who speaks as the list of sources does, and has subtitles."""
    tries = [_sound_steps(matter, video) for video in matter.story.videos]
    return best_steps(tries) or (TaskStep("sound_heard", met=False, place=TextPlace("videos")),)


def _sound_steps(matter: TaskMatter, video: Video) -> tuple[TaskStep, ...]:
    def at(field: str) -> TextPlace:
        return TextPlace(f"videos/{video.id}/{field}")

    known = {" ".join(source.name.casefold().split()) for source in sources_of(matter.story)}
    return (
        TaskStep("sound_heard", video.id in matter.heard and not video.mute, at("name")),
        TaskStep("sound_even", video.level_sound, at("name")),
        TaskStep("sound_named", " ".join(video.title.casefold().split()) in known, at("title")),
        TaskStep("sound_role", bool(video.title_detail.strip()), at("title_detail")),
        TaskStep("sound_subtitles", any(cue.text.strip() for cue in video.subtitles), at("title")),
    )


def check_shots(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """Five different pictures: photos and kept pieces together; pieces neither too short nor too long."""
    story = matter.story
    pieces = [(video, cut) for video in story.videos for cut in kept_pieces(video)]
    # The same photo twice, or a piece twice, is one picture: files are called by what is in them.
    shots = len({photo.file for photo in story.photos}) + len({_shot_key(video, cut) for video, cut in pieces})
    low, high = SHOT_SECONDS
    odd = [video for video, cut in pieces if not low - _ROUNDING <= cut.end - cut.start <= high + _ROUNDING]
    alts = [photo.alt.strip().casefold() for photo in story.photos]
    bare = next((photo for photo in story.photos if not photo.alt.strip()), story.photos[0] if story.photos else None)
    where = TextPlace("videos" if story.videos and not story.photos else "photos")
    return (
        TaskStep("shots_many", shots >= LEAST_SHOTS, where, {"count": shots, "least": LEAST_SHOTS}),
        TaskStep(
            "shots_steady",
            not odd and shots > 0,
            TextPlace(f"videos/{odd[0].id}/name") if odd else TextPlace("videos"),
            {"low": int(low), "high": int(high)},
        ),
        TaskStep(
            "shots_different",
            all(alts) and len(set(alts)) == len(alts) and shots > 0,
            TextPlace(f"photos/{bare.id}/alt") if bare is not None else where,
        ),
    )


def _shot_key(video: Video, cut: Cut) -> tuple[str, float, float]:
    return video.file, round(cut.start, 1), round(cut.end, 1)


def check_trim(matter: TaskMatter) -> tuple[TaskStep, ...]:
    """A clip without its beginning and end, of a length people watch, with a chosen cover picture that is used."""
    tries = [_trim_steps(video) for video in matter.story.videos]
    return best_steps(tries) or (TaskStep("trim_edges", met=False, place=TextPlace("videos")),)


def _trim_steps(video: Video) -> tuple[TaskStep, ...]:
    pieces = kept_pieces(video)
    place = TextPlace(f"videos/{video.id}/name")
    cut = bool(video.cuts) and _without_edges(pieces, video.seconds)
    seconds = pieces_length(pieces)
    low, high = RESULT_SECONDS
    poster = video.poster is not None and any(piece.start <= video.poster <= piece.end for piece in pieces)
    told = {"count": round(seconds), "low": int(low), "high": int(high)}
    return (
        TaskStep("trim_edges", cut, place),
        TaskStep("trim_length", low - _ROUNDING <= seconds <= high + _ROUNDING, place, told),
        TaskStep("trim_poster", poster, place),
    )


def _without_edges(pieces: tuple[Cut, ...], seconds: float) -> bool:
    return (
        min(piece.start for piece in pieces) >= _EDGE and max(piece.end for piece in pieces) <= seconds - _EDGE + 0.001
    )


def _photo_place(photo: Photo) -> TextPlace:
    return TextPlace(f"photos/{photo.id}/caption")
