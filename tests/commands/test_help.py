"""``--help`` of every command, in both languages, with a text for every parameter and no text left over."""

from __future__ import annotations

import io
import re
import tomllib
from contextlib import redirect_stdout
from functools import cache

import pytest
import typer.main

from studio.base.paths import assets_dir
from studio.cli import app, main
from studio.commands.called_command import with_called_command

TEXTS = tomllib.loads((assets_dir() / "messages" / "help.toml").read_text(encoding="utf-8"))
ENGLISH = "Usage", "Options", "Arguments", "Commands", "required", "default:", "Show this"


@cache
def program():
    """Made once: Typer reads all signatures for it."""
    return typer.main.get_command(app)


def commands(command=None, words=()):
    """(words of a command, names of its parameters, names of its commands), for the program and all below it."""
    command = command or program()
    below = getattr(command, "commands", {})
    yield words, [parameter.name for parameter in command.params], [n for n, part in below.items() if not part.hidden]
    for name, part in below.items():
        yield from commands(part, (*words, name))


def arguments(words):
    """Names of the arguments of a command."""
    command = program()
    for word in words:
        command = command.commands[word]
    return [parameter.name for parameter in command.params if parameter.param_type_name == "argument"]


def help_of(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The help of every command, by language and words, in one line each."""
    found = {"id": {}, "en": {}}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KIM_STUDIO_HOME", str(tmp_path_factory.mktemp("help")))
        for language, texts in found.items():
            patched.setenv("LC_ALL", {"id": "id_ID.UTF-8", "en": "en_GB.UTF-8"}[language])
            for words, _, _ in commands():
                with redirect_stdout(io.StringIO()) as told, pytest.raises(SystemExit) as ended:
                    main([*words, "--help"])
                assert ended.value.code == 0
                texts[words] = " ".join(told.getvalue().split())
    return found


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_every_command_and_parameter_is_explained_in_the_language(language, other, pages):
    used = {code for code in TEXTS if code.startswith(("help.head.", "help.mark.", "help.usage.", "help.type."))}
    for words, parameters, below in commands():
        code = ".".join(["help", *words])
        shared = [name if f"{code}.{name}" in TEXTS else f"any.{name}" for name in (*parameters, "help")]
        codes = [code, *(name if name.startswith("any.") else f"{code}.{name}" for name in (*shared, *below))]
        codes = [f"help.{name}" if name.startswith("any.") else name for name in codes]
        shown = pages[language][words]
        for each in codes:
            assert TEXTS[each][language] in shown, (words, each)
            assert TEXTS[each][language] == TEXTS[each][other] or TEXTS[each][other] not in shown, (words, each)
        assert language == "en" or not [word for word in ENGLISH if word in shown], words
        assert not re.search(r"<(?!angka|teks|lokasi|number|text|path)|<=", shown), words
        for name in arguments(words):
            assert TEXTS[f"help.name.{name}"][language] in shown.split("\n")[0], (words, name)
            codes.append(f"help.name.{name}")
        used.update(codes)
    assert used == set(TEXTS)


def test_a_start_makes_the_called_command_alone():
    for word in program().commands:
        assert list(typer.main.get_command(with_called_command(app, word)).commands) == [word]
    assert with_called_command(app, "--help") is app


def test_a_group_without_a_command_explains_itself(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit):
        main(["group"])
    told = capsys.readouterr()
    assert TEXTS["help.group"]["en"] in told.out + told.err


WRONG = {
    "argument": (("export",), "Argumen ruang-kerja belum diisi."),
    "option": (("export", "w", "--joobs", "2"), "Opsi --joobs tidak ada. Mungkin maksudnya: --jobs, --json."),
    "far option": (("export", "w", "-z"), "Opsi -z tidak ada."),
    "number": (("export", "w", "--jobs", "dua"), "Nilai --jobs tidak bisa dipakai: harus bilangan bulat."),
    "too many": (("export", "w", "--jobs", "5"), "Nilai --jobs tidak bisa dipakai: paling banyak 2."),
    "too few": (("export", "w", "--jobs", "0"), "Nilai --jobs tidak bisa dipakai: paling sedikit 1."),
    "no value": (("export", "w", "--jobs"), "Opsi --jobs perlu nilai di belakangnya."),
    "a value": (("export", "w", "--frugal=1"), "Opsi --frugal tidak memakai nilai."),
    "command": (("group", "peeta"), "Perintah peeta tidak ada."),
    "more": (("doctor", "a", "b", "c"), "Terlalu banyak argumen: b c."),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_words_are_explained_in_the_language(case, monkeypatch, capsys):
    words, told = WRONG[case]
    for language in ("id_ID.UTF-8", "en_GB.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        assert ended.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith(("Pemakaian: ", "Salah: ") if language[0] == "i" else ("Usage: ", "Error: "))
        assert (told in said) is (language[0] == "i")
        assert language[0] == "e" or not [
            word for word in ("Error", "Usage", "Try", "No such", "Missing") if word in said
        ]


@pytest.mark.parametrize(
    ("chosen", "surroundings", "begins"),
    [
        ('{"language": "en"}', {"LANG": "id_ID.UTF-8"}, "Usage: "),
        ('{"language": "id"}', {"LANG": "en_GB.UTF-8"}, "Pemakaian: "),
        ('{"language": "id"}', {"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "Usage: "),
        ('{"language": "xx"}', {"LANG": "en_GB.UTF-8"}, "Usage: "),
        ("{}", {"LANG": "en_GB.UTF-8"}, "Usage: "),
    ],
)
def test_commands_speak_the_language_chosen_in_the_window(chosen, surroundings, begins, own_home, monkeypatch, capsys):
    (own_home / "config").mkdir(parents=True, exist_ok=True)
    (own_home / "config" / "settings.json").write_text(chosen, encoding="utf-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert help_of(["doctor"], capsys).startswith(begins)


def test_a_switch_says_in_the_language_whether_it_is_on(pages):
    for words, shown in pages["id"].items():
        assert not re.search(r"bawaan: (no-|pdf|window|services)", shown), words
    assert "--no-ready" not in pages["id"]["check",]
    assert "[bawaan: ya]" in pages["id"]["district",]
