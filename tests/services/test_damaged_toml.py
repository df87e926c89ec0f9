"""Files that people write themselves: one that harms is named, the others are read, and the studio goes on."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.group.instrument import read_instrument
from studio.posts.catalog import load_catalog
from studio.posts.service_files import load_service_kinds
from studio.services.calendar_files import load_national_days
from studio.services.group_form_files import read_form
from studio.services.lesson_shelf import load_lessons
from studio.services.music_shelf import read_piece
from studio.services.shot_lists import load_shot_lists

HARM = {
    "no TOML": b'name = "',
    "another alphabet": b'name = "\xff\xfe"\n',
    "too many digits": b"format = " + b"9" * 5000 + b"\n",
    "too deep": b"a = " + b"[" * 5000,
    "no such day": b"day = 2026-02-30\n",
    "a key twice": b"a = 1\na = 2\n",
    "a list where text belongs": b"name = [1]\nid = [1]\n",
    "nothing": b"",
}


@pytest.fixture(params=HARM)
def harm(request):
    return HARM[request.param]


def told(problem):
    return MessageTexts(assets_dir() / "messages", "id").explain(problem)


CHEAP = {
    "lessons/buatan/pelajaran.toml": load_lessons,
    "shot_lists/buatan.toml": load_shot_lists,
    "services/buatan.toml": load_service_kinds,
}
# A catalogue takes long to be read: only with what no parser tells of by an error of its own.
DEAR = {
    name: lambda place: load_catalog(templates_dir(), place / "templates")
    for name in ("templates/buatan/outlet.toml", "templates/_families/buatan/family.toml")
}


@pytest.mark.parametrize(
    ("place", "load", "content"),
    [
        *((place, load, content) for place, load in CHEAP.items() for content in HARM.values()),
        *((place, load, HARM[name]) for place, load in DEAR.items() for name in ("too many digits", "too deep")),
    ],
)
def test_a_file_of_the_group_is_named_and_nothing_else_is_lost(tmp_path, place, load, content):
    before = load(tmp_path)
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    after = load(tmp_path)
    (problem,) = after.problems
    assert "buatan" in told(problem)
    # All but the problem is as it was.
    kept = [name for name in ("lessons", "lists", "kinds", "outlets", "families") if hasattr(after, name)]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept] != []


def test_a_file_of_days_is_named_and_the_national_days_stay(tmp_path, harm):
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "desa.toml").write_bytes(harm)
    found = load_national_days(tmp_path)
    # A file without a day is a file of days all the same.
    assert [problem.facts["file"] for problem in found.problems] == (["desa.toml"] if harm else [])
    assert (
        [each.name for each in found.days.days_on(date(2026, 8, 17))]
        == [each.name for each in load_national_days().days.days_on(date(2026, 8, 17))]
        != []
    )


# Letters of another alphabet become "?", and a list is a field like any other until it is filled in.
@pytest.mark.parametrize("name", sorted(HARM.keys() - {"another alphabet", "a list where text belongs"}))
def test_a_form_is_refused_with_its_name(tmp_path, name):
    (tmp_path / "isian.toml").write_bytes(HARM[name])
    with pytest.raises(UserError) as caught:
        read_form(tmp_path / "isian.toml")
    assert "isian.toml" in told(caught.value)


@pytest.mark.parametrize("text", ["{}", '{"a": ' + "9" * 5000 + "}", '{"a": ' * 5000, "{,}"])
def test_a_form_in_json_is_no_different(tmp_path, text):
    (tmp_path / "isian.json").write_text(text)
    with pytest.raises(UserError) as caught:
        read_form(tmp_path / "isian.json")
    assert "isian.json" in told(caught.value)


def test_a_piece_of_music_is_passed_by(tmp_path, harm):
    (tmp_path / "gamelan.toml").write_bytes(harm)
    shutil.copy(next(assets_dir().rglob("*.svg")), tmp_path / "gamelan.mp3")
    assert read_piece(tmp_path / "gamelan.toml") is None


def test_a_question_list_says_what_is_wrong(harm):
    with pytest.raises(UserError) as caught:
        read_instrument(harm.decode("utf-8", "replace"))
    assert caught.value.code == "group.instrument"


def test_a_rough_day_is_one_of_the_calendar(tmp_path, stopped_clock):
    from studio.services.group_form_files import fill_profile
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import create_workspace
    from studio.story.model import Group

    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as workspace:
        folder = GroupFolder(workspace)
        for typed, kept in [("2019", "2019"), ("2019-12", "2019-12"), ("17/8/19", "2019-08-17"), ("", "")]:
            (tmp_path / "isian.json").write_text(f'{{"founded": "{typed}"}}')
            assert fill_profile(folder, read_form(tmp_path / "isian.json"), date(2026, 11, 30)).founded == kept
        for typed in ("2019-13", "2019-00", "2019-1", "kemarin", "30/2/2019"):
            (tmp_path / "isian.json").write_text(f'{{"founded": "{typed}"}}')
            with pytest.raises(UserError) as caught:
                fill_profile(folder, read_form(tmp_path / "isian.json"), date(2026, 11, 30))
            assert (caught.value.code, caught.value.facts["name"]) == ("group.form.value", "founded")
        # A term that ended in the year it began in is none that ended before.
        (tmp_path / "isian.toml").write_text('[[officers]]\nname = "Sri"\nsince = 2020-01-05\nuntil = "2020"\n')
        after = fill_profile(folder, read_form(tmp_path / "isian.toml"), date(2026, 11, 30))
        assert (after.officers[0].since, after.officers[0].until) == ("2020-01-05", "2020")
