"""``--help`` of every command, in both languages, with a text for every parameter and no text left over."""

from __future__ import annotations

import tomllib

import pytest
import typer.main

from studio.base.paths import assets_dir
from studio.cli import app, main

TEXTS = tomllib.loads((assets_dir() / "messages" / "help.toml").read_text(encoding="utf-8"))
ENGLISH = "Usage", "Options", "Arguments", "Commands", "required", "default:", "Show this"


def commands(command=None, words=()):
    """(words of a command, names of its parameters, names of its commands), for the program and all below it."""
    command = command or typer.main.get_command(app)
    below = getattr(command, "commands", {})
    yield words, [parameter.name for parameter in command.params], [n for n, part in below.items() if not part.hidden]
    for name, part in below.items():
        yield from commands(part, (*words, name))


def help_of(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_every_command_and_parameter_is_explained_in_the_language(language, other, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", {"id": "id_ID.UTF-8", "en": "en_GB.UTF-8"}[language])
    used = {code for code in TEXTS if code.startswith(("help.head.", "help.mark.", "help.usage."))}
    for words, parameters, below in commands():
        code = ".".join(["help", *words])
        shared = [name if f"{code}.{name}" in TEXTS else f"any.{name}" for name in (*parameters, "help")]
        codes = [code, *(name if name.startswith("any.") else f"{code}.{name}" for name in (*shared, *below))]
        codes = [f"help.{name}" if name.startswith("any.") else name for name in codes]
        shown = " ".join(help_of(words, capsys).split())
        for each in codes:
            assert TEXTS[each][language] in shown, (words, each)
            assert TEXTS[each][language] == TEXTS[each][other] or TEXTS[each][other] not in shown, (words, each)
        assert language == "en" or not [word for word in ENGLISH if word in shown], words
        used.update(codes)
    assert used == set(TEXTS)


def test_a_group_without_a_command_explains_itself(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit):
        main(["group"])
    told = capsys.readouterr()
    assert TEXTS["help.group"]["en"] in told.out + told.err
