"""``--help`` in the user's language: what commands and parameters are for stands in ``assets/messages/help.toml``.

Typer would take these texts when commands are defined, so every start would have to read them; here they are looked
up when help is asked for. Codes are made of names: ``help.group.map`` is the command, ``help.group.map.card`` its
parameter, ``help.any.json`` a parameter that several commands share.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from typer.core import TyperArgument, TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer.core import TyperOption

    from studio.base.i18n import MessageTexts

_MARKS = ("required", "default")
"""Words that Typer writes in brackets behind a parameter."""
_RANGE = re.compile(r"([\d.]+)<=x<=([\d.]+)")
_DEFAULT = re.compile(r"default: [\w-]+")
_TYPE = re.compile(r"<([^<>]+)>(?:\.\.\.)?")
_LIST = re.compile(r"list\[(.+)\]")
_TYPES = {"path": "path", "Path": "path", "int": "number", "float": "number", "str": "text"}
"""What Typer calls a type, and the code of what people call it."""
_PIECES = (("[OPTIONS]", "help.usage.options"), ("COMMAND [ARGS]...", "help.usage.command"))
"""Words that Typer writes into the line of usage."""


class LocalizedCommand(TyperCommand):
    """A command whose help is written in the user's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """See ``write_help``."""
        write_help(self, ctx, formatter)


class LocalizedGroup(TyperGroup):
    """Several commands whose help is written in the user's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """See ``write_help``."""
        write_help(self, ctx, formatter)


def write_help(command: TyperCommand | TyperGroup, ctx: Context, formatter: HelpFormatter) -> None:
    """Usage, what it is for, arguments, options and commands.

    Args:
        command: what is asked about.
        ctx: click's context of it; the names of its parents make the code of its text.
        formatter: click's formatter, which wraps lines to the terminal.
    """
    from studio.commands.common import user_texts

    texts = user_texts()
    name_arguments(command, texts)
    code = ".".join(["help", *_names(ctx)])
    _write_usage(command, ctx, formatter, texts)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(texts.text(code))
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(ctx):
        if record := _parameter_record(parameter, ctx, code, texts):
            rows[parameter.param_type_name].append(record)
    rows["command"] = list(_command_rows(command, code, texts))
    for kind, lines in rows.items():
        if lines:
            with formatter.section(texts.text(f"help.head.{kind}s")):
                formatter.write_dl(lines)


def name_arguments(command: Command, texts: MessageTexts) -> None:
    """Call the arguments of a command, in its usage and in what is said of them, by words of the language."""
    for parameter in command.params:
        if isinstance(parameter, TyperArgument):
            parameter.metavar = texts.text(f"help.name.{parameter.name}")


def usage_text(ctx: Context, texts: MessageTexts) -> str:
    """The line of usage of the command that ``ctx`` is about, wrapped to the terminal."""
    formatter = ctx.make_formatter()
    _write_usage(ctx.command, ctx, formatter, texts)
    return formatter.getvalue()


def _write_usage(command: Command, ctx: Context, formatter: HelpFormatter, texts: MessageTexts) -> None:
    usage = " ".join(command.collect_usage_pieces(ctx))
    for piece, part in _PIECES:
        usage = usage.replace(piece, texts.text(part))
    formatter.write_usage(ctx.command_path, usage, prefix=f"{texts.text('help.head.usage')}: ")


def parameter_code(command_code: str, name: str, codes: frozenset[str]) -> str:
    """The code of a parameter's text: its own, or the one it shares with other commands."""
    own = f"{command_code}.{name}"
    return own if own in codes else f"help.any.{name}"


def _names(ctx: Context) -> list[str]:
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name or "")
        ctx = ctx.parent
    return names


def _parameter_record(parameter: Parameter, ctx: Context, code: str, texts: MessageTexts) -> tuple[str, str] | None:
    cast("TyperOption", parameter).help = ""  # what is left are the marks behind it
    record = parameter.get_help_record(ctx)
    if record is None:
        return None
    name, marks = _switch_record(cast("TyperOption", parameter), record, texts)
    marks = _RANGE.sub(lambda found: texts.text("help.mark.range", low=found[1], high=found[2]), marks)
    for mark in _MARKS:
        # Typer writes these words in English and offers no way to translate them.
        marks = marks.replace(mark, texts.text(f"help.mark.{mark}"))
    told = texts.text(parameter_code(code, parameter.name, texts.codes()))
    if isinstance(parameter, TyperArgument) and parameter.nargs != 1:
        name = name.replace(" <", "... <", 1)
    name = _TYPE.sub(lambda found: _type_words(found[1], texts), name)
    return name, f"{told}  {marks.strip()}".strip()


def _switch_record(parameter: TyperOption, record: tuple[str, str], texts: MessageTexts) -> tuple[str, str]:
    """Of ``--pdf / --no-pdf  [default: pdf]``: one name for what is off unless asked for, "yes" for what is on."""
    name, marks = record
    if not getattr(parameter, "is_flag", False) or not parameter.secondary_opts:
        return name, marks
    if not parameter.default:
        return name.split(" / ")[0], _DEFAULT.sub("", marks).replace("[]", "")
    return name, _DEFAULT.sub(f"default: {texts.text('help.mark.on')}", marks)


def _type_words(label: str, texts: MessageTexts) -> str:
    """What Typer writes of a type ("int range", "list[str]", "Path,str") in words of the language."""
    words = []
    for part in label.split(","):
        plain = _LIST.sub(r"\1", part).removesuffix(" range")
        words.append(f"<{texts.text(f'help.type.{_TYPES[plain]}') if plain in _TYPES else plain}>")
    return " ".join(words)


def _command_rows(command: TyperCommand | TyperGroup, code: str, texts: MessageTexts) -> Iterator[tuple[str, str]]:
    for name, part in getattr(command, "commands", {}).items():
        if not part.hidden:
            yield name, texts.text(f"{code}.{name}")
