"""A bug in one file: the rest is made, and the report that the message asks to send is there to be sent."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from studio.base.log import stop_log
from studio.cli import app
from studio.export.planning import story_plan
from studio.export.rendering import task_files

DRAFT = "---\nheadline: Panen raya\nbyline: [Siti]\nplace: Sukamaju\ndate: 2026-11-22\n---\nWarga panen, Minggu.\n"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "naskah.md").write_text(DRAFT, encoding="utf-8")
    made = CliRunner().invoke(app, ["new", str(tmp_path / "KIM"), str(tmp_path / "naskah.md")])
    assert made.exit_code == 0, made.output
    yield tmp_path / "KIM"
    stop_log()


def break_rendering(monkeypatch):
    real = task_files._render_task

    def render(task, *rest):
        return 1 // 0 if task.targets[0].outlet == "x" else real(task, *rest)

    monkeypatch.setattr(task_files, "_render_task", render)


def break_planning(monkeypatch):
    real = story_plan._plan_output

    def plan_output(plan, context, edition, output):
        return 1 // 0 if edition.outlet.id == "x" else real(plan, context, edition, output)

    monkeypatch.setattr(story_plan, "_plan_output", plan_output)


@pytest.mark.parametrize("break_it", [break_rendering, break_planning])
def test_the_report_of_a_bug_is_printed_logged_and_kept_and_the_rest_is_made(
    workspace, own_home, monkeypatch, break_it
):
    break_it(monkeypatch)
    done = CliRunner().invoke(app, ["export", str(workspace), "--outlet", "telegram", "--outlet", "x", "--json"])
    assert done.exit_code == 1, done.output
    (manifest,) = json.loads(done.stdout)
    assert {file["outlet"] for file in manifest["files"]} >= {"telegram"}
    broken = [problem for problem in manifest["problems"] if problem["code"] == "error.bug"]
    log = (own_home / "log" / "studio.log").read_text(encoding="utf-8")
    for report in (broken[0]["bug_report"], done.stderr, log):
        assert "KIM Studio" in report
        assert f"in {'render' if break_it is break_rendering else 'plan_output'}\n" in report, "the traceback itself"
        assert "ZeroDivisionError" in report
    assert log.count("Traceback") == len({problem["bug_report"] for problem in broken})
