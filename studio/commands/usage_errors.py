"""What is wrong with the words of a command, in the user's language: Typer says it in English alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer._click.exceptions import BadParameter, ClickException, MissingParameter, NoSuchOption, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.base.i18n import MessageTexts

_SAID: Mapping[str, str] = {
    r"No such command '(?P<name>.*)'\.": "cli.usage.command",
    r"Missing command\.": "cli.usage.no_command",
    r"Got unexpected extra argument\(?s?\)? \((?P<name>.*)\)": "cli.usage.extra",
    r"Option '(?P<name>.*)' does not take a value\.": "cli.usage.no_value",
    r"Option '(?P<name>.*)' requires .*": "cli.usage.wants_value",
    r"Input should be a valid integer.*": "cli.usage.integer",
    r"Input should be greater than or equal to (?P<limit>.*)": "cli.usage.least",
    r"Input should be less than or equal to (?P<limit>.*)": "cli.usage.most",
}
"""Typer's sentences -> ours. The exceptions have no code of their own, so their words are all there is to go by; a
sentence that is not among them is shown as it came."""


def usage_error_text(error: ClickException, texts: MessageTexts) -> str:
    """Usage, where help is, and what was wrong.

    Args:
        error: from Typer; one that is not about usage is said in its own words.
        texts: language.
    """
    from studio.commands.localized_help import name_arguments, usage_text

    context = error.ctx if isinstance(error, UsageError) else None
    if context is not None:
        name_arguments(context.command, texts)
    wrong = f"{texts.text('cli.usage.error')}: {_error_reason(error, texts)}"
    if context is None:
        return wrong
    hint = texts.text("cli.usage.hint", command=f"{context.command_path} {context.help_option_names[0]}")
    return f"{usage_text(context, texts)}{hint}\n\n{wrong}"


def _error_reason(error: ClickException, texts: MessageTexts) -> str:
    if isinstance(error, NoSuchOption):
        near = ", ".join(sorted(error.possibilities or ()))
        return texts.text("cli.usage.option_near" if near else "cli.usage.option", name=error.option_name, near=near)
    parameter = error.param if isinstance(error, BadParameter) else None
    name = "" if parameter is None else parameter.get_error_hint().replace("'", "")
    if isinstance(error, MissingParameter):
        kind = "argument" if parameter is None else parameter.param_type_name
        return texts.text(f"cli.usage.missing_{kind}", name=name)
    said = _translated(error.message, texts)
    return texts.text("cli.usage.value", name=name, why=said) if name else said


def _translated(said: str, texts: MessageTexts) -> str:
    for pattern, code in _SAID.items():
        # What was typed is quoted in it, and may hold a new line.
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return texts.text(code, **found.groupdict())
    return said
