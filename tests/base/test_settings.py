"""Settings: never an error, bad values are defaults, unknown keys stay."""

from __future__ import annotations

import json
import logging
import logging.config
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.base.i18n import MessageTexts
from studio.base.log import part_logger, start_log, stop_log
from studio.base.paths import assets_dir
from studio.base.settings import MOST_RECENT, TABLE, UserSettings


def stored(path, **values) -> UserSettings:
    path.write_text(json.dumps(values), encoding="utf-8")
    return UserSettings(path)


def test_values_are_stored_and_read_again(tmp_path):
    first = UserSettings(tmp_path / "deep" / "settings.json")
    first.set("language", "en")
    first.set("text_scale", 1.5)
    first.set("reopen", False)
    first.remember("story", "/kerja", "2026-11-22-berita")
    again = UserSettings(tmp_path / "deep" / "settings.json")
    assert (again.text("language"), again.number("text_scale"), again.flag("reopen")) == ("en", 1.5, False)
    assert again.note("story", "/kerja") == "2026-11-22-berita"
    assert again.note("story", "/lain") == ""


def test_settings_written_late_do_not_wait_for_the_disk_and_the_last_state_stays(tmp_path, monkeypatch):
    gate, begun, written = threading.Event(), threading.Event(), []
    real = Path.replace

    def slow(self, target):
        begun.set()
        gate.wait()
        written.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", slow)
    late = UserSettings(tmp_path / "s.json", late=True)
    late.set("zoom", 1.1)
    assert begun.wait(30)
    for zoom in (1.2, 1.3, 1.4):
        late.set("zoom", zoom)
    assert late.number("zoom") == 1.4
    assert not written
    gate.set()
    for thread in threading.enumerate():
        if thread.name == "settings":
            thread.join()
    assert len(written) == 2  # the first, and the last of the three that came meanwhile
    assert UserSettings(tmp_path / "s.json").number("zoom") == 1.4


def test_a_program_that_ends_right_after_a_late_setting_has_it_on_disk(tmp_path):
    path = tmp_path / "s.json"
    code = (
        "import sys; from pathlib import Path; from studio.base.settings import UserSettings;"
        "UserSettings(Path(sys.argv[1]), late=True).set('language', 'en')"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert UserSettings(path).text("language") == "en"


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("language", "fr"),
        ("language", 3),
        ("text_scale", 9),
        ("text_scale", "besar"),
        ("text_scale", True),
        ("reopen", "ya"),
        ("recent", "satu"),
        ("recent", [1, 2]),
        ("story", []),
        ("story", {"a": 1}),
    ],
)
def test_a_bad_value_is_the_default(tmp_path, key, bad):
    default = next(setting.default for setting in TABLE if setting.key == key)
    assert stored(tmp_path / "s.json", **{key: bad})._value(key) == default
    with pytest.raises(ValueError, match=key):
        UserSettings().set(key, bad)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "\x00"])
def test_a_broken_file_is_all_defaults_and_can_be_written_again(tmp_path, text):
    path = tmp_path / "s.json"
    path.write_text(text, encoding="utf-8")
    settings_ = UserSettings(path)
    assert settings_.text("language") == "id"
    settings_.set("language", "en")
    assert UserSettings(path).text("language") == "en"


def test_unknown_keys_are_kept(tmp_path):
    settings_ = stored(tmp_path / "s.json", of_a_later_version={"a": [1]})
    settings_.set("language", "en")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["of_a_later_version"] == {"a": [1]}


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings_ = UserSettings(tmp_path / "file" / "s.json")
    settings_.set("language", "en")
    assert settings_.text("language") == "en"


@given(st.lists(st.sampled_from([f"/ruang/{n}" for n in range(12)]), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_recent_workspaces_have_no_doubles_and_the_last_one_comes_first(opened):
    settings_ = UserSettings()
    for path in opened:
        settings_.add_recent(path)
    recent = settings_.words("recent")
    assert list(recent) == list(dict.fromkeys(reversed(opened)))[:MOST_RECENT]
    settings_.drop_recent(recent[:1])
    assert settings_.words("recent") == recent[1:]


def test_everything_that_can_be_set_has_a_title_in_both_languages():
    codes = MessageTexts(assets_dir() / "messages").codes()
    for setting in TABLE:
        if setting.title:
            assert setting.title in codes
            assert {f"{setting.title}.{choice}" for choice in setting.choices} <= codes


def test_the_log_is_written_turned_over_and_closed(tmp_path):
    path = start_log(tmp_path / "log", name="test-log")
    part_logger("test-log").info("mulai")
    for _ in range(6_000):
        part_logger("test-log").info("x" * 200)
    stop_log(name="test-log")
    assert sorted(found.name for found in path.parent.iterdir()) == ["studio.log", "studio.log.1", "studio.log.2"]
    assert logging.getLogger("test-log").handlers == []


def test_a_library_that_configures_logging_does_not_silence_the_log(tmp_path):
    part_logger("test-log")
    logging.config.dictConfig({"version": 1})
    path = start_log(tmp_path / "log", name="test-log")
    part_logger("test-log").error("a bug")
    stop_log(name="test-log")
    assert "a bug" in path.read_text(encoding="utf-8")


def test_without_a_place_for_the_log_the_program_runs(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert start_log(tmp_path / "file" / "log", name="test-log") is None
