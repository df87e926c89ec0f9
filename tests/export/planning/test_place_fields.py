"""Where a picture says it was taken: as its file says, else at the story's place, never simply where the group is."""

from __future__ import annotations

import pytest

from studio.export.planning.file_metadata import metadata_for
from studio.story.model import Group, Photo, Story

GROUP = Group(name="KIM Tani", village="Tani", district="Tirtasari", regency="Wanagiri", province="Jawa Selatan")
HERE = ("", "Tani", "Jawa Selatan", "Indonesia")


@pytest.mark.parametrize(
    ("dateline", "taken_at", "said"),
    [
        ("Tani", "", HERE),
        (" TANI ", "", ("", "TANI", "Jawa Selatan", "Indonesia")),
        ("Balai Desa Tani", "", ("Balai Desa Tani", "Tani", "Jawa Selatan", "Indonesia")),
        ("Pasar Tirtasari, Krajan", "", ("Pasar Tirtasari, Krajan", "Tirtasari", "Jawa Selatan", "Indonesia")),
        # A village of four letters is in many words.
        ("Balai Petani", "", ("", "Balai Petani", "", "Indonesia")),
        ("Taniwel", "", ("", "Taniwel", "", "Indonesia")),
        ("Surabaya", "", ("", "Surabaya", "", "Indonesia")),
        ("Tani", "Surabaya", ("", "Surabaya", "", "")),
        ("Surabaya", "Tani", HERE),
        ("", "", ("", "", "", "")),
    ],
)
def test_places(dateline, taken_at, said):
    photo = Photo(id="f", file="a.jpg", credit="KIM Tani", place=taken_at)
    found = metadata_for(Story(id="s", place=dateline), photo, GROUP)
    assert (found.location, found.city, found.state, found.country) == said


def test_a_group_without_a_village_is_at_home_nowhere():
    found = metadata_for(
        Story(id="s", place="Balai Desa"), Photo(id="f", file="a.jpg", credit="KIM"), Group(name="KIM")
    )
    assert (found.location, found.city, found.state) == ("", "Balai Desa", "")
