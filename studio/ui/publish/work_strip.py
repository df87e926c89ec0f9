"""How far an export is, under the button that began it: a bar, words, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from studio.ui.widgets.basic_parts import button, label, row

if TYPE_CHECKING:
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import WindowTools


class WorkStrip(QWidget):
    """Follows one job; hidden while there is none.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._job: BackgroundJob | None = None
        px = tools.theme.px
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(180))
        self.bar.setAccessibleName(tools.t("status.progress"))
        self.text = label("", "hint")
        self.stop = button(
            tools.theme, tools.t("publishdesk.stop"), self._stop, look="link", tip=tools.t("status.stop")
        )
        inside = row(self.bar, self.text, self.stop, gap=px(10))
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    def follow(self, job: BackgroundJob) -> None:
        """Show a job until it ends."""
        self._job = job
        job.progressed.connect(self._show)
        job.ended.connect(self._end)
        self._show(job.done, job.total, job.what)
        self.show()

    def _show(self, done: float, total: float, what: str) -> None:
        share = round(1000 * done / total) if total else 0
        self.bar.setRange(0, 1000 if total else 0)  # without length: busy, nobody knows yet
        self.bar.setValue(share)
        t = self._tools.t
        left = self._job.left if self._job is not None else None
        words = [t("publishdesk.making", what=what) if what else t("publishdesk.preparing"), f"{share // 10} %"]
        if left is not None and left >= 5:
            words.append(t("status.minutes_left", n=round(left / 60)) if left > 90 else t("status.soon"))
        self.text.setText(" · ".join(words))
        if self._job is not None:
            self.stop.setEnabled(not self._job.cancel_asked)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)

    def _end(self) -> None:
        self._job = None
        self.hide()
