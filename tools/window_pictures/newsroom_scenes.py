"""Pictures of the newsroom: notices of a service, comments, series, packages, reading aloud, folders of photos."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.services.broadcast_programme import programme_of_today
from studio.services.lesson_shelf import load_lessons
from studio.services.shot_lists import load_shot_lists
from studio.story.claims import LedgerStamp
from studio.story.comment_anchors import anchored_text
from studio.story.comment_places import CommentTarget
from studio.story.comments import add_comments, new_comment, suggest_words
from studio.story.three_way_merge import merge_stories
from studio.ui.check.check_desk import CheckDesk
from studio.ui.comments.comment_dialog import CommentDialog
from studio.ui.dialogs.lessons_dialog import LessonsDialog
from studio.ui.dialogs.merge_dialog import MergeDialog
from studio.ui.dialogs.pack_dialog import PackDialog
from studio.ui.dialogs.photo_folder_dialog import PhotoFolderDialog
from studio.ui.dialogs.print_dialog import PrintDialog
from studio.ui.dialogs.read_aloud_dialog import ReadAloudDialog
from studio.ui.dialogs.series_dialog import SeriesDialog
from studio.ui.dialogs.shots_dialog import ShotsDialog
from studio.ui.write.page_fields import TextField
from studio.ui.write.write_desk import WriteDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from studio.story.model import Story
    from studio.story.newsroom_records import Comment
    from studio.ui.shell.application import StudioApplication

_KIND = "banjir"
_ANSWERS = ("hari ini pukul 05.00", "Dusun Krajan", "setinggi lutut", "40 keluarga", "balai desa", "matikan listrik")
_WHEN = "2026-11-30T09:05:00+07:00"
_TODAY = date(2026, 11, 30)
_EDITOR = "Rahmat Hidayat"


def notice_scenes(studio: StudioApplication, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The kinds of notices, and the form of one as it is filled in; the notice goes into the bin.

    Args:
        studio: with the sample workspace.
        shell: the window.
    """
    if studio.window is None or studio.stories is None or studio.stories.session is None:
        return
    studio.window.story_actions.new("notice")
    page = studio.window.page
    if not isinstance(page, WriteDesk):
        return
    yield "notice-kinds", shell
    notice = page.starters.notice
    notice.tiles[_KIND].click()
    for field, words in zip(notice.form.fields.values(), _ANSWERS, strict=False):
        if isinstance(field, TextField):
            field.setText(words)
    yield "notice-form", shell
    studio.stories.remove(studio.stories.session.ensure_folder())


def comment_scenes(studio: StudioApplication, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Comments beside the text and on the checking desk; the open story is as it was afterwards.

    Args:
        studio: with a story open.
        shell: the window.
    """
    if studio.window is None or studio.stories is None or studio.stories.session is None:
        return
    session = studio.stories.session
    session.edit(add_comments(_comments(session.story)))
    studio.window.go("write")
    page = studio.window.page
    if isinstance(page, WriteDesk) and page.comments is not None:
        page.comments.show_marks()
        yield "comments", shell
    studio.window.go("check")
    page = studio.window.page
    if isinstance(page, CheckDesk):
        page.checker.run()
        page.show_page("comments")
        yield "check-comments", shell
        page.show_page("findings")
    session.undo()
    studio.window.go("write")


def newsroom_dialogs(studio: StudioApplication, folder: str) -> Iterator[tuple[str, QWidget]]:
    """The dialogs of this room, as they are made; the caller shows and closes them.

    Args:
        studio: with a story open.
        folder: of that story.
    """
    if studio.stories is None or studio.stories.session is None:
        return
    tools, workspace = studio.tools, studio.stories.workspace
    story = studio.stories.session.story
    words = story.headline.split()[0]
    yield "comment", CommentDialog(tools, story, CommentTarget("headline", 0, len(words)), suggesting=True)
    series = SeriesDialog(tools, replace(story, date="2026-12-06"), "contoh", _TODAY)
    series.words.setText("setiap Minggu Pon")
    yield "series", series
    yield "pack", PackDialog(tools, story)
    merged = merge_stories(story, _edited(story, "pagi"), _edited(story, "sore"))
    yield "merge", MergeDialog(tools, merged.conflicts, merged.story, workspace.group.name, {}, known=True)
    make = partial(programme_of_today, workspace, tools.texts)
    yield "read-aloud", ReadAloudDialog(tools, workspace, folder, make)
    yield "print", PrintDialog(tools, workspace, folder)
    for start in ("write", "lima-bidikan"):
        lessons = LessonsDialog(tools, studio.stories, load_lessons(), start)
        lessons.check.click()
        yield f"lessons-{start}", lessons
    yield "shots", ShotsDialog(tools, workspace.group, load_shot_lists(), story)
    photos = PhotoFolderDialog(tools, workspace)
    photos.form.take_source(workspace.media_path(folder, story.photos[0].file).parent)
    yield "photo-folder", photos


def _comments(story: Story) -> list[Comment]:
    """A question about the headline, a required remark about the text, and words that would be better."""
    stamp = LedgerStamp(when=_WHEN, by=_EDITOR)
    body = anchored_text(story, "body") or ""
    first, middle, end = (len(" ".join(body.split(" ")[:count])) for count in (3, 4, 6))
    asked = new_comment(story, "headline", 0, len(story.headline), "Bagus. Bisa lebih pendek?", stamp)
    required = new_comment(story, "body", 0, first, "Sebut jamnya.", stamp)
    better = suggest_words(story, "body", middle + 1, end, "lapak sayur dan buah", "", stamp)
    return [asked, replace(required, required=True), *([better] if better is not None else [])]


def _edited(story: Story, word: str) -> Story:
    """The story as one side changed it: its headline, its first paragraph and a caption."""
    first, _, rest = story.body.partition("\n\n")
    photo = story.photos[0]
    return replace(
        story,
        headline=f"{story.headline} {word} ini",
        body=f"{first} Kegiatan itu berlangsung sejak {word}.\n\n{rest}",
        photos=(replace(photo, caption=f"{photo.caption} Foto {word}."), *story.photos[1:]),
    )
