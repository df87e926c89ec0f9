"""Python's garbage is collected in the window's thread, and in no other.

Python collects in whichever thread happens to allocate. What a window leaves behind when it is rebuilt are widgets
in circles of references; collected by a worker, they are destroyed while Qt goes through its list of widgets in the
window's thread, and the program ends with a segmentation fault (PySide6 6.11: seen after a few changes of theme).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class GarbageCollector(QObject):
    """Takes collecting over from Python until it is closed. Made in the window's thread.

    Args:
        parent: lives as long as it should.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collect what is due by Python's own measure: the oldest generation whose count is over its threshold."""
        due = [
            generation
            for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if most and count > most
        ]
        if due:
            gc.collect(due[-1])

    def collect_all(self) -> None:
        """Collect everything: 13 MB after an export and a change of theme, in 20 ms."""
        gc.collect()

    def close(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.enable()
