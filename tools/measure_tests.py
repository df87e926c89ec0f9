"""How much processor time each test needs: a pytest plugin.

Wall time says nothing on a machine that does other work; this counts user and system time of the test process and of
the children it waited for, for each phase of each test, also with ``-n``::

    python -m pytest -q -p tools.measure_tests --cpu-report cpu.json tests/photo

One line a phase is printed for the most expensive ones, and one a file; the JSON holds them all. Fixtures of a session
or a module are counted in the setup of the first test that asks for them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

SHOWN = 25
"""How many phases and files the summary names."""


def processor_seconds() -> float:
    """User and system time so far, of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class ProcessorTimes:
    """Measures the three phases of every test and the collection."""

    def __init__(self, report: Path | None) -> None:
        self.report = report
        self.phases: dict[tuple[str, str], float] = {}
        self.collected = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Iterator[None]:
        """Collecting imports every test module and what it needs."""
        before = processor_seconds()
        result = yield
        self.collected = processor_seconds() - before
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        """Fixtures."""
        return (yield from self._measure(item, "setup"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """The test itself."""
        return (yield from self._measure(item, "call"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """The end of fixtures."""
        return (yield from self._measure(item, "teardown"))

    def _measure(self, item: pytest.Item, phase: str) -> Iterator[None]:
        before = processor_seconds()
        try:
            return (yield)
        finally:
            self.phases[item.nodeid, phase] = processor_seconds() - before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, pytest.TestReport]:
        """Send the time with the report: of tests in several processes only that reaches the one that prints."""
        report: pytest.TestReport = yield
        vars(report)["processor_seconds"] = self.phases.get((item.nodeid, call.when), 0.0)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the time of a phase, from whichever process it comes."""
        self.phases[report.nodeid, report.when] = getattr(report, "processor_seconds", 0.0)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The most expensive phases and files, and the sum."""
        terminalreporter.section("processor time")
        slowest = sorted(self.phases.items(), key=lambda pair: -pair[1])
        for (test, phase), seconds in slowest[:SHOWN]:
            terminalreporter.write_line(f"{seconds:7.2f} s {phase:8} {test}")
        files: Counter[str] = Counter()
        for (test, _), seconds in self.phases.items():
            files[test.split("::")[0]] += seconds  # type: ignore[assignment]
        for name, seconds in files.most_common(SHOWN):
            terminalreporter.write_line(f"{seconds:7.2f} s {name}")
        total = sum(self.phases.values())
        tests = len({test for test, _ in self.phases})
        terminalreporter.write_line(f"{total:7.2f} s in {tests} tests, {self.collected:.2f} s to collect them")
        if self.report is not None:
            rows = [[test, phase, round(seconds, 4)] for (test, phase), seconds in self.phases.items()]
            self.report.write_text(json.dumps({"collected": self.collected, "phases": rows}), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write every phase."""
    parser.addoption("--cpu-report", type=Path, default=None, help="JSON file for the processor time of every phase")


def pytest_configure(config: pytest.Config) -> None:
    """Measure."""
    config.pluginmanager.register(ProcessorTimes(config.getoption("--cpu-report")), "processor-times")
