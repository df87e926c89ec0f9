"""``kim-studio demo``: the sample workspace, exported to every outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.paths import assets_dir
from studio.commands.common import DONE, explain_errors, print_result, progress_bar, user_texts
from studio.commands.window import has_display

if TYPE_CHECKING:
    from pathlib import Path


SAMPLE_FILES = "kabupaten-wanagiri.zip"
"""Files of 40 made-up groups, for the page of many groups."""


def run_demo(folder: Path, *, open_window: bool, jobs: int, as_json: bool, frugal: bool = False) -> int:
    """Make the sample workspace in ``folder`` (again: only what is missing), export it, print a table of what was made.

    Opens the window afterwards when there is a display and ``open_window`` is set.
    """
    from studio.commands.export import export_all, print_manifests, print_report
    from studio.demo.sample import make_sample

    words = user_texts()
    show_window = open_window and not as_json and has_display()
    if show_window:
        from studio.app import make_application

        # Held until the window opens: the export paints, and the first Qt application of a process stays its only one.
        application = make_application()
    with explain_errors(words):
        with progress_bar(words.text("cli.making_sample")) as progress:
            make_sample(folder, progress).close()
        from studio.store.workspace import open_workspace

        with open_workspace(folder, write=False) as opened:
            # The sample is there to show every outlet, also with the mark of a notice that is over.
            done = export_all(opened, (), (), None, jobs, words, frugal=frugal, expired=True)
            if as_json:
                print_manifests(done)
            code = print_report(opened, done, opened.exports_dir(), words, table=not as_json)
            if not as_json:
                from studio.commands.catalog import make_catalog, print_catalog

                made = make_catalog(opened, (), (), None, jobs, words)
                code = max(code, print_catalog(made, None, opened, words, as_json=False))
                print_result(words.text("cli.demo_done", place=str(opened.exports_dir())))
        if not as_json:
            print_result(words.text("district.cli.demo", sample=str(assets_dir() / "sample" / SAMPLE_FILES)))
    if show_window:
        from studio.commands.window import run_window_command as show

        code = max(code, show(folder))
        del application
    elif open_window and not as_json:
        print_result(words.text("cli.open_later", folder=str(folder)))
    return code or DONE
