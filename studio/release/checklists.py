"""The checklists of the data packs in use: what the gate, the checking desk and ``kim-studio check`` ask on top."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.checks.checklist_rules import read_checklist

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.checks.checklist_rules import ChecklistQuestion

CHECKLIST_FILE = "daftar_periksa.toml"
_LOG = logging.getLogger(__name__)


def load_questions(shelf: DataShelf | None = None) -> tuple[ChecklistQuestion, ...]:
    """The questions of all packs; of two with one id the later pack's.

    Args:
        shelf: of data packs; None for this computer's.

    Raises:
        UserError: ``data.checklist``: the file of a pack that is tried out is broken; one in use is passed over.
    """
    shelf = program_shelf() if shelf is None else shelf
    found: dict[str, ChecklistQuestion] = {}
    for path in shelf.files("checklist", CHECKLIST_FILE):
        try:
            found |= {each.id: each for each in _read_file(path)}
        except (UserError, OSError, UnicodeDecodeError) as error:
            if shelf.trial is not None:
                raise
            _LOG.warning("%s: %s", path, error)
    return tuple(found.values())


@lru_cache(maxsize=8)
def _read_file(path: Path) -> tuple[ChecklistQuestion, ...]:
    """What a file says; files of packs lie still once they are taken in."""
    return read_checklist(path.read_text(encoding="utf-8-sig"), path.name)
