"""``kim-studio demo``: the sample workspace, exported to every outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.commands.common import DONE, explained, progress_bar, say, texts
from studio.commands.doctor import has_display

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, *, open_window: bool, jobs: int, as_json: bool) -> int:
    """Make the sample workspace in ``folder`` (again: only what is missing), export it, print a table of what was made.

    Opens the window afterwards when there is a display and ``open_window`` is set.
    """
    from studio.commands.export import export_all, report
    from studio.demo.sample import make_sample

    words = texts()
    with explained(words):
        with progress_bar(words.text("cli.making_sample")) as progress:
            make_sample(folder, progress).close()
        from studio.store.workspace import open_workspace

        with open_workspace(folder, write=False) as opened:
            done = export_all(opened, (), (), None, jobs, words)
            code = report(opened, done, opened.path / "exports", words, as_json=as_json)
    if open_window and not as_json:
        if has_display():
            from studio.commands.window import run as show

            return max(code, show(folder))
        say(words.text("cli.open_later", folder=str(folder)))
    return code or DONE
