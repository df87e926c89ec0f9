"""Commands in processes of their own that need not import the studio again: a server has, and forks for each.

Half of what a short command costs is importing. A fork is a process like any other (arguments, environment, output,
exit code, locks); what a start from nothing imports, and that it works, other tests ask of real starts.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PRELOADED = (
    *("studio.commands.new", "studio.commands.export", "studio.commands.check", "studio.commands.outlets"),
    *("studio.release.release_gate", "studio.export.running.story_exporter", "studio.preview.outlet_previews"),
    *("studio.paint.image", "studio.services.media_import", "typer._adapters"),
)


def run_command(*words: str, env: dict[str, str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """``python -m studio`` with these words in this environment, in a process of its own."""
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", "studio", *words]
        return subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False)
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        server = _command_server()
        server.stdin.write(json.dumps([words, env, str(cwd or Path.cwd()), str(out), str(err)]) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, code, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _command_server() -> subprocess.Popen[str]:
    """Started for the first command; it ends with this process, which closes its input."""
    command, environment = [sys.executable, __file__], os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, encoding="utf-8", text=True
    )


def _next_request() -> list | None:
    """What the process that returns shall do: a fork for each request, and None in the server at the end."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            return json.loads(line)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
    return None


def _become(request: list) -> list[str]:
    """Take on the environment, folder and outputs of a request; its words."""
    words, environment, folder, out, err = request
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in enumerate((os.devnull, out, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    return words


def _leave(code: int | None) -> None:
    """End as a program does, but leave what was imported to the system: to take it down costs as much as a command."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def _warm_up() -> None:
    """Write, check and preview a story: rules, messages and templates are read and compiled once for all forks."""
    from studio.base.i18n import MessageTexts
    from studio.base.paths import assets_dir, templates_dir
    from studio.checks.all_checks import check_story
    from studio.preview.outlet_previews import OutletPreviewer
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Story

    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder, "KIM"), Group(name="KIM")) as workspace:
        name = workspace.add(Story(id="", headline="Panen", body="Warga memanen padi, Minggu (22/11/2026)."))
        check_story(story := workspace.load(name), workspace.group)
        OutletPreviewer(workspace, templates_dir(), MessageTexts(assets_dir() / "messages")).texts(name, story)


if __name__ == "__main__":
    from importlib import import_module

    from studio.cli import main

    for module in _PRELOADED:
        import_module(module)
    _warm_up()
    gc.freeze()
    request = _next_request()
    if request is not None:
        try:
            main(_become(request))
        except SystemExit as ended:
            _leave(ended.code)
