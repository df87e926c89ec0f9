"""Recordings of a story: edits, and what stays at home when the story is handed on."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from studio.store.media_files import media_files
from studio.story.foreign_story import as_changed_there, without_contacts
from studio.story.model import Source, Story
from studio.story.newsroom_records import VoiceRecording
from studio.story.reader_fields import for_readers
from studio.story.recordings import add_recordings, remove_recording, rename_recording

VOICE = VoiceRecording(id="r1", file="0123456789abcdef.ogg", name="Wawancara Asep", seconds=61.5)
STORY = Story(id="s1", headline="Panen", sources=(Source(name="Asep", contact="0812"),), recordings=(VOICE,))


def test_recordings_are_added_named_and_removed_and_their_files_are_the_storys():
    more = VoiceRecording(id="r2", file="fedcba9876543210.flac", name="Rekaman 2")
    story = rename_recording("r2", "Pembuka").apply(add_recordings([more]).apply(STORY))
    assert [each.name for each in story.recordings] == ["Wawancara Asep", "Pembuka"]
    assert add_recordings([replace(more, id="r3")]).apply(story) is story, "the same take, found once more"
    assert media_files(story) == (VOICE.file, more.file)
    assert remove_recording("r1").apply(story).recordings == (replace(more, name="Pembuka"),)
    assert msgspec.json.decode(msgspec.json.encode(story), type=Story) == story
    assert for_readers(story).recordings == (), "no reader gets to see them"


def test_a_voice_stays_at_home_with_the_contacts_and_is_still_here_when_the_story_comes_back():
    sent = without_contacts(STORY)
    assert (sent.recordings, sent.sources[0].contact, media_files(sent)) == ((), "", ())
    back = as_changed_there(replace(sent, headline="Panen raya"), STORY)
    assert (back.headline, back.recordings) == ("Panen raya", (VOICE,))
