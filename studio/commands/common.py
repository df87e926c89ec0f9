"""What the commands share: texts in the user's language, tables, progress, exit codes."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts, language_from_environment
from studio.base.paths import assets_dir, cache_dir, config_dir
from studio.base.settings import UserSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.locale_forms import Language
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace

DONE, PARTLY, WRONG_USE = 0, 1, 2


def user_texts() -> MessageTexts:
    """The texts in the user's language, read from what the window or an earlier command has kept."""
    return MessageTexts(assets_dir() / "messages", user_language(), cache_dir() / "messages.json")


def user_language() -> Language:
    """The language chosen in the window; before there was a choice, or with LC_ALL, that of the environment.

    No desktop sets LC_ALL: whoever does asks for a language this once.
    """
    settings = UserSettings(config_dir() / "settings.json")
    if os.environ.get("LC_ALL") or not settings.is_chosen("language"):
        return language_from_environment()
    return "en" if settings.text("language") == "en" else "id"


def print_trouble(message: str) -> None:
    """Print a trouble on stderr."""
    typer.echo(_harmless_words(message), err=True)


def print_result(message: str) -> None:
    """Print a result on stdout."""
    typer.echo(_harmless_words(message))


def _harmless_words(message: str) -> str:
    """Without what a terminal obeys: names and texts in it may come from another person's file."""
    return "".join(sign for sign in message if sign in "\n\t" or unicodedata.category(sign) != "Cc")


@contextmanager
def explain_errors(words: MessageTexts) -> Iterator[None]:
    """Turn a UserError into its text on stderr and exit code 1; Ctrl+C into a short word and 1."""
    try:
        yield
    except UserError as error:
        print_trouble(words.explain(error))
        raise SystemExit(PARTLY) from error
    except KeyboardInterrupt:
        print_trouble(words.text("cli.interrupted"))
        raise SystemExit(PARTLY) from None


@contextmanager
def opened_to_write(workspace: Path, words: MessageTexts, *, take_over: bool) -> Iterator[Workspace]:
    """Open a workspace in which something is to be changed; end with the reason and exit code 1 where it cannot be.

    Args:
        workspace: its folder.
        words: language of the reason.
        take_over: write although another computer left its lock there.
    """
    from studio.store.lock import LOCKED_ELSEWHERE
    from studio.store.workspace import open_workspace

    with explain_errors(words), open_workspace(workspace, take_over=take_over) as opened:
        if opened.read_only:
            for problem in opened.problems:
                print_trouble(words.explain(problem))
            if any(problem.code == LOCKED_ELSEWHERE for problem in opened.problems):
                print_trouble(words.text("cli.take_over"))
            raise SystemExit(PARTLY)
        yield opened


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """A table: drawn with rich on a terminal, tab-separated in a pipe.

    Args:
        head: column names.
        rows: cells as text.
        numbers: columns to align right.
    """
    # Tabs in a pipe: cut, awk and spreadsheets read them, and no cell is wrapped or shortened.
    if not sys.stdout.isatty():
        for row in (head, *rows):
            print_result("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", box=None, pad_edge=False)
    for index, name in enumerate(head):
        table.add_column(name, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        # As text: "[/b]" in a headline is no markup to rich, which would leave words out or stop at it.
        table.add_row(*(Text(_harmless_words(cell)) for cell in row))
    Console(no_color="NO_COLOR" in os.environ or None).print(table)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal; silence in a pipe."""
    from studio.base.progress import SilentProgress

    if not sys.stderr.isatty():
        yield SilentProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    # On stderr, so that what is piped on holds the result alone.
    console = Console(stderr=True, no_color="NO_COLOR" in os.environ or None)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)

        class Bar:
            def report(self, done: float, total: float, what: str) -> None:
                bar.update(task, completed=done, total=total, description=_harmless_words(what[-40:]))

        yield Bar()
