"""The words of the export queue: which states go on, which can be tried again, and the days of a weekly plan."""

from __future__ import annotations

from studio.export.running.export_queue import AGAIN, OPEN, plan_week

__all__ = ["AGAIN", "OPEN", "plan_week"]
