"""``kim-studio``: parses arguments and hands them to ``studio.commands``. Loads nothing heavy (ARCHITECTURE.md)."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from studio import __version__
from studio.commands.called_command import with_called_command
from studio.commands.certificates import certificates
from studio.commands.cluster import scheduler, worker
from studio.commands.data import data_app
from studio.commands.export_arguments import export
from studio.commands.guide import guide
from studio.commands.localized_help import LocalizedCommand, LocalizedGroup
from studio.commands.templates import templates_app

COMMANDS = (
    *(
        "demo",
        "new",
        "export",
        "worker",
        "scheduler",
        "check",
        "outlets",
        "trim",
        "backup",
        "restore",
        "screenshots",
        "doctor",
        "window",
    ),
    *("catalog", "group", "district", "handover", "report", "take-note", "pack", "take"),
    *("next", "read-aloud", "print", "photos", "calendar", "lessons", "shots", "certificates", "templates", "data"),
    "guide",
)

app = typer.Typer(
    name="kim-studio",
    cls=LocalizedGroup,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
command = partial(app.command, cls=LocalizedCommand)

WorkspaceArgument = Annotated[Path, typer.Argument(show_default=False)]
TakeOverOption = Annotated[bool, typer.Option("--take-over")]
FrugalOption = Annotated[bool, typer.Option("--frugal")]
JsonOption = Annotated[bool, typer.Option("--json")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"KIM Studio {__version__}")
        raise typer.Exit


@app.callback()
def _root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False) -> None:
    """What stands before the name of a command."""


@command()
def demo(
    folder: Annotated[Path | None, typer.Argument()] = None,
    window: Annotated[bool, typer.Option()] = True,
    jobs: Annotated[int, typer.Option(min=1, max=2)] = 1,
    frugal: FrugalOption = False,
    json: JsonOption = False,
) -> None:
    """Make a sample workspace and export it."""
    from studio.commands.demo import run_demo

    raise typer.Exit(
        run_demo(folder or Path("KIM-Studio-Demo"), open_window=window, jobs=jobs, as_json=json, frugal=frugal)
    )


@command()
def new(
    workspace: WorkspaceArgument,
    draft: Annotated[Path, typer.Argument(show_default=False)],
    take_over: TakeOverOption = False,
) -> None:
    """Add a story from a Markdown file."""
    from studio.commands.new import run_new

    raise typer.Exit(run_new(workspace, draft, take_over=take_over))


@command("next")
def next_story(
    workspace: WorkspaceArgument,
    story: Annotated[str, typer.Argument(show_default=False)],
    rule: Annotated[str, typer.Option("--rule")] = "",
    day: Annotated[str, typer.Option("--date")] = "",
    days: Annotated[bool, typer.Option("--days")] = False,
    again: Annotated[bool, typer.Option("--again")] = False,
    take_over: TakeOverOption = False,
) -> None:
    """Make the next story of a series."""
    from studio.commands.next import NextWish, run_next

    raise typer.Exit(run_next(workspace, story, NextWish(rule, day, days, again), take_over=take_over))


command(name="export")(export)
command(name="worker")(worker)
command(name="scheduler")(scheduler)


@command()
def catalog(
    workspace: WorkspaceArgument,
    products: Annotated[list[str] | None, typer.Argument()] = None,
    outlet: Annotated[list[str] | None, typer.Option()] = None,
    out: Annotated[Path | None, typer.Option()] = None,
    listing: Annotated[bool, typer.Option("--list")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=2)] = 1,
    json: JsonOption = False,
) -> None:
    """Make what shows the products of a village."""
    from studio.commands.catalog import run_catalog, run_list

    if listing:
        raise typer.Exit(run_list(workspace, as_json=json))
    raise typer.Exit(run_catalog(workspace, tuple(products or ()), tuple(outlet or ()), out, jobs=jobs, as_json=json))


@command()
def check(
    workspace: WorkspaceArgument,
    stories: Annotated[list[str] | None, typer.Argument()] = None,
    json: JsonOption = False,
    ready: Annotated[bool, typer.Option()] = False,
    by: Annotated[str, typer.Option()] = "",
    take_over: TakeOverOption = False,
) -> None:
    """Check stories."""
    from studio.commands.check import run_check

    raise typer.Exit(run_check(workspace, tuple(stories or ()), as_json=json, ready=ready, by=by, take_over=take_over))


@command()
def outlets(workspace: Annotated[Path | None, typer.Argument()] = None, json: JsonOption = False) -> None:
    """List outlets and their limits."""
    from studio.commands.outlets import run_outlets

    raise typer.Exit(run_outlets(workspace, as_json=json))


@command()
def trim(
    source: Annotated[Path, typer.Argument(show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", show_default=False)],
    cut: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Trim a video."""
    from studio.commands.trim import run_trim

    raise typer.Exit(run_trim(source, tuple(cut or ()), out))


@command()
def photos(
    source: Annotated[Path, typer.Argument(show_default=False)],
    out: Annotated[Path, typer.Argument(show_default=False)],
    size: Annotated[str, typer.Option()] = "wa",
    credit: Annotated[str, typer.Option()] = "",
    caption: Annotated[str, typer.Option()] = "",
    title: Annotated[str, typer.Option()] = "",
    rename: Annotated[str, typer.Option()] = "",
    mark: Annotated[bool, typer.Option("--mark")] = False,
    logo: Annotated[Path | None, typer.Option()] = None,
    mark_name: Annotated[str, typer.Option()] = "",
    corner: Annotated[str, typer.Option()] = "",
    faces: Annotated[str, typer.Option()] = "",
    keep_place: Annotated[bool, typer.Option("--keep-place")] = False,
    sheet: Annotated[bool, typer.Option("--sheet")] = False,
    group: Annotated[Path | None, typer.Option("--workspace")] = None,
    json: JsonOption = False,
) -> None:
    """Make a folder of photos ready."""
    from studio.commands.photos import FolderWish, run_photos

    signed = (mark, logo, mark_name, corner)
    wish = FolderWish(size, credit, caption, title, rename, *signed, faces, keep_place, sheet, group)
    raise typer.Exit(run_photos(source, out, wish, as_json=json))


@command()
def backup(workspace: WorkspaceArgument, folder: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Back up a workspace."""
    from studio.commands.backup import run_backup

    raise typer.Exit(run_backup(workspace, folder))


@command()
def restore(
    folder: Annotated[Path, typer.Argument(show_default=False)],
    workspace: Annotated[Path, typer.Argument(show_default=False)],
) -> None:
    """Restore a workspace."""
    from studio.commands.backup import run_restore as run

    raise typer.Exit(run(folder, workspace))


group_app = typer.Typer(cls=LocalizedGroup, no_args_is_help=True)
app.add_typer(group_app, name="group")
app.add_typer(templates_app, name="templates")
app.add_typer(data_app, name="data")
group_command = partial(group_app.command, cls=LocalizedCommand)


@group_command("profile")
def group_profile(
    workspace: WorkspaceArgument, form: Annotated[Path | None, typer.Option("--from")] = None, json: JsonOption = False
) -> None:
    """Show or fill in the group's profile."""
    from studio.commands.group import run_profile

    raise typer.Exit(run_profile(workspace, form, as_json=json))


@group_command("map")
def group_map(
    workspace: WorkspaceArgument,
    form: Annotated[Path | None, typer.Option("--from")] = None,
    count: Annotated[bool, typer.Option("--count")] = False,
    card: Annotated[Path | None, typer.Option()] = None,
    sheet: Annotated[Path | None, typer.Option()] = None,
    json: JsonOption = False,
) -> None:
    """Show, answer or draw the self-map."""
    from studio.commands.group import run_map

    raise typer.Exit(run_map(workspace, form, card, sheet, count=count, as_json=json))


@command()
def district(
    sources: Annotated[list[Path] | None, typer.Argument(show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
    known: Annotated[Path | None, typer.Option()] = None,
    since: Annotated[str, typer.Option()] = "",
    same: Annotated[list[str] | None, typer.Option()] = None,
    different: Annotated[list[str] | None, typer.Option()] = None,
    contacts: Annotated[bool, typer.Option("--contacts")] = False,
    pdf: Annotated[bool, typer.Option()] = True,
    form: Annotated[Path | None, typer.Option()] = None,
    json: JsonOption = False,
) -> None:
    """Join the self-maps of groups."""
    from studio.commands.district import run_district, run_empty_form

    if form is not None:
        raise typer.Exit(run_empty_form(form))
    raise typer.Exit(
        run_district(
            sources or (),
            out,
            known=known,
            since=since,
            same=same or (),
            different=different or (),
            contacts=contacts,
            pdf=pdf,
            as_json=json,
        )
    )


@command()
def handover(
    workspace: WorkspaceArgument,
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
    show: Annotated[bool, typer.Option("--show")] = False,
) -> None:
    """Make the group's file for the Dinas."""
    from studio.commands.handover import run_handover

    raise typer.Exit(run_handover(workspace, out, show=show))


@command("take-note")
def take_note(
    workspace: WorkspaceArgument,
    notes: Annotated[list[Path], typer.Argument(show_default=False)],
    take_over: TakeOverOption = False,
) -> None:
    """Take notes of the Dinas in."""
    from studio.commands.handover import run_take_note

    raise typer.Exit(run_take_note(workspace, notes, take_over=take_over))


@command()
def pack(
    workspace: WorkspaceArgument,
    story: Annotated[str, typer.Argument(show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
    consents: Annotated[bool, typer.Option("--consents")] = False,
    contacts: Annotated[bool, typer.Option("--contacts")] = False,
    originals: Annotated[bool, typer.Option("--originals")] = False,
) -> None:
    """Make a story a package."""
    from studio.commands.handoff import run_pack
    from studio.store.packages import PackageChoice

    raise typer.Exit(run_pack(workspace, story, out, PackageChoice(consents, originals, contacts)))


@command()
def take(
    workspace: WorkspaceArgument,
    files: Annotated[list[Path], typer.Argument(show_default=False)],
    prefer: Annotated[str, typer.Option()] = "",
    copy: Annotated[bool, typer.Option("--copy")] = False,
    take_over: TakeOverOption = False,
) -> None:
    """Take packages in."""
    from studio.commands.handoff import run_take

    raise typer.Exit(run_take(workspace, files, prefer, copy=copy, take_over=take_over))


@command()
def report(
    workspace: WorkspaceArgument,
    first: Annotated[str, typer.Option("--from")] = "",
    last: Annotated[str, typer.Option("--to")] = "",
    period: Annotated[str, typer.Option()] = "",
    out: Annotated[Path, typer.Option("--out")] = Path("laporan"),
    only: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Make the activity report of a period."""
    from studio.commands.report import run_report

    raise typer.Exit(run_report(workspace, first, last, period, out, tuple(only or ())))


@command(name="read-aloud")
def read_aloud(
    workspace: WorkspaceArgument,
    stories: Annotated[list[str], typer.Argument(show_default=False)],
    seconds: Annotated[int, typer.Option(show_default=False)] = 0,
    pace: Annotated[float, typer.Option(min=2.5, max=9.0)] = 5.3,
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
) -> None:
    """Make a script to read aloud."""
    from studio.commands.read_aloud import run_read_aloud

    raise typer.Exit(run_read_aloud(workspace, tuple(stories), seconds, pace, out))


@command(name="print")
def print_paper(
    workspace: WorkspaceArgument,
    out: Annotated[Path, typer.Option("--out", "-o")],
    stories: Annotated[list[str] | None, typer.Argument(show_default=False)] = None,
    kind: Annotated[str, typer.Option("--as")] = "bulletin",
    pages: Annotated[int, typer.Option(show_default=False)] = 0,
    title: Annotated[str, typer.Option()] = "",
    issue: Annotated[str, typer.Option()] = "",
    services: Annotated[bool, typer.Option("--services/--no-services")] = True,
    save_ink: Annotated[bool, typer.Option("--save-ink")] = False,
    keep: Annotated[bool, typer.Option("--keep")] = False,
    again: Annotated[str, typer.Option()] = "",
) -> None:
    """Print stories on paper."""
    from studio.commands.print_paper import PrintOrder, run_print

    order = PrintOrder(kind, tuple(stories or ()), pages, title, issue, services, save_ink, keep, again)
    raise typer.Exit(run_print(workspace, order, out))


@command()
def lessons(
    lesson: Annotated[str, typer.Argument()] = "",
    handout: Annotated[Path | None, typer.Option()] = None,
    check: Annotated[tuple[Path, str] | None, typer.Option()] = None,
    member: Annotated[str, typer.Option()] = "",
    certificate: Annotated[Path | None, typer.Option()] = None,
    group: Annotated[Path | None, typer.Option("--workspace")] = None,
) -> None:
    """Read lessons, print them, check their tasks."""
    from studio.commands.lessons import LessonWish, run_lessons

    raise typer.Exit(run_lessons(LessonWish(lesson, handout, check, member, certificate, group)))


@command()
def shots(
    kind: Annotated[str, typer.Argument()] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
    story: Annotated[tuple[Path, str] | None, typer.Option()] = None,
    group: Annotated[Path | None, typer.Option("--workspace")] = None,
) -> None:
    """Print the pictures to take along to an event."""
    from studio.commands.shots import ShotWish, run_shots

    raise typer.Exit(run_shots(ShotWish(kind, out, story, group)))


command(name="certificates")(certificates)
command(name="guide")(guide)


@command()
def screenshots(folder: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Draw the window's desks."""
    from studio.commands.window import run_screenshots as draw

    raise typer.Exit(draw(folder))


@command()
def calendar(
    workspace: WorkspaceArgument,
    month: Annotated[str, typer.Option("--month")] = "",
    pdf: Annotated[Path | None, typer.Option("--pdf")] = None,
    paper: Annotated[str, typer.Option("--paper")] = "a4",
    ics: Annotated[Path | None, typer.Option("--ics")] = None,
    json: JsonOption = False,
) -> None:
    """Show what is planned, and write it for wall and phone."""
    from studio.commands.calendar import CalendarWish, run_calendar

    raise typer.Exit(run_calendar(workspace, CalendarWish(month, pdf, paper, ics), as_json=json))


@command()
def doctor(
    workspace: Annotated[Path | None, typer.Argument()] = None,
    recover: Annotated[bool, typer.Option("--recover")] = False,
    json: JsonOption = False,
) -> None:
    """Check what the studio needs."""
    from studio.commands.doctor import run_doctor

    raise typer.Exit(run_doctor(workspace, recover=recover, as_json=json))


@command("window", hidden=True)
def open_window(workspace: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Open the window."""
    from studio.commands.window import run_window_command

    raise typer.Exit(run_window_command(workspace))


def main(arguments: list[str] | None = None) -> None:
    """Entry point of ``kim-studio``. A first word that is no command is a workspace to open."""
    if getattr(sys, "frozen", False):  # a process of an export is this very program again
        from multiprocessing import freeze_support

        freeze_support()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (not words[0].startswith("-") and words[0] not in COMMANDS):
        words.insert(0, "window")
    if words[0] == "export":
        # It ends with its work: looking for circles of garbage takes a twelfth of the time until its first text.
        gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe may be cp1252: a name with an emoji must not stop the work
            stream.reconfigure(errors="replace")
    sys.exit(_run_words(words))


def _run_words(words: list[str]) -> int:
    """Run a command; its exit code. What Typer has to say about usage is said in the user's language."""
    try:
        # Standalone, Typer would print its English sentence and leave before anybody could translate it.
        return with_called_command(app, words[0])(words, prog_name="kim-studio", standalone_mode=False) or 0
    except ClickException as error:
        from studio.commands.common import print_trouble, user_texts
        from studio.commands.usage_errors import usage_error_text

        if isinstance(error, NoArgsIsHelpError):  # its words are the help, which is in that language already
            print_trouble(error.format_message())
        else:
            print_trouble(usage_error_text(error, user_texts()))
        return error.exit_code
    except typer.Abort:
        return 1
