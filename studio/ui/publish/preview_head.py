"""The head of the publishing desk: its parts as tabs, the export button, and one line about how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.ui.publish.motion_tick import MotionTick
from studio.ui.publish.past_tick import PastTick
from studio.ui.publish.work_strip import WorkStrip
from studio.ui.widgets.basic_parts import button, column, label, restyle, row
from studio.ui.widgets.calm_inputs import tab_bar
from studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.checks.readiness import StoryReadiness
    from studio.ui.core.desk_context import DeskContext

TABS = ("preview", "designs", "results", "queue", "phone")

_TIGHT = 1.3
"""Size of text above which the tabs stand closer, as they have to find room beside the panel."""


class DeskHead(QWidget):
    """Tabs, buttons, a note and what the gate of the export says.

    Args:
        bench: what a desk works with.
        start: exports.
        open_folder: shows what was exported.
    """

    def __init__(self, bench: DeskContext, start: Callable[[], object], open_folder: Callable[[], object]) -> None:
        super().__init__()
        self._bench = bench
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.export = button(theme, self._t("export"), start, look="primary", icon="send")
        self.open = button(theme, self._t("open"), open_folder, icon="folder-open")
        self.open.setText("")
        self.tabs = tab_bar()
        self.tabs.setAccessibleName(self._t("tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setProperty("tight", theme.scale > _TIGHT)
        for code in TABS:
            self.tabs.addTab(self._t(f"tab_{code}"))
        self.note = label("", "hint", wrap=True)
        self.note.hide()
        self._verdict = label("", "warn", wrap=True)
        check = button(theme, self._t("gate_go"), lambda: bench.go("check"), look="link")
        gate = row(self._verdict, check, gap=px(6))
        gate.setStretch(0, 1)
        self.gate = QWidget()
        self.gate.setLayout(gate)
        gate.setContentsMargins(0, 0, 0, 0)
        self.gate.hide()
        self.working = WorkStrip(bench.tools)
        self.past = PastTick(bench)
        self.motion = MotionTick(bench)
        lines = column(self.working, self.note, self.gate, self.past, self.motion, gap=px(2), edges=(px(6), 0, 0, 0))
        bar = FlowLayout(px(8), px(4), last_right=True)  # beside the panel, large letters need two rows
        bar.add_all(self.tabs, row(self.open, self.export, gap=px(8)))
        self.setLayout(column(bar, lines, gap=px(3), edges=(px(14), px(8), px(20), 0)))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"publishdesk.{code}", **facts)

    def show_outcome(self, text: str, look: str) -> None:
        """A line about what was just done."""
        self.note.setText(text)
        self.note.show()
        restyle(self.note, "look", look)

    def show_gate(self, verdict: StoryReadiness) -> None:
        """Whether the export comes out clean, as a marked draft, or not at all."""
        refused = len(verdict.refusals)
        refused = 0 if verdict.withdrawn else refused  # nothing of it goes out but the notices
        code = "gate_withdrawn" if verdict.withdrawn else "gate_draft"
        self._verdict.setText(self._t("gate_refused", n=refused) if refused else self._t(code))
        restyle(self._verdict, "look", "bad" if refused else "warn")
        self.gate.setVisible(bool(refused) or verdict.draft or verdict.withdrawn)

    def count(self, number: int, *, running: bool) -> None:
        """To how many outlets the button exports."""
        self.export.setText("  " + self._t("export_to", n=number) if number else "  " + self._t("export"))
        self.export.setEnabled(bool(number) and not running)


def make_part(bench: DeskContext, code: str) -> QWidget:
    """The export queue (``"queue"``) or the way to the phone (``"phone"``)."""
    if code == "queue":
        from studio.ui.publish.queue_panel import make_queue_panel

        return make_queue_panel(bench)
    from studio.ui.publish.phone_panel import make_phone_panel

    return make_phone_panel(bench)
