"""Files of an export on a disk that refuses."""

from __future__ import annotations

import errno

import pytest

from studio.base.errors import UserError
from studio.base.finished_files import finished_file


def test_a_disk_that_fills_up_under_a_file_is_called_full(tmp_path):
    with pytest.raises(UserError) as caught, finished_file(tmp_path / "teks.txt", tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert (caught.value.code, caught.value.facts["file"]) == ("error.disk_filled", "teks.txt")
    assert not list(tmp_path.iterdir())


def test_a_writer_that_names_its_own_trouble_does_not_name_the_temporary_file(tmp_path):
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(UserError) as caught, finished_file(tmp_path / "laporan.pdf") as part:
        raise UserError("paint.save", file=part.name) from full
    assert (caught.value.code, caught.value.facts["file"]) == ("error.disk_filled", "laporan.pdf")
    with pytest.raises(UserError, match="paint\\.box"), finished_file(tmp_path / "laporan.pdf"):
        raise UserError("paint.box")
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory")
    with pytest.raises(UserError) as caught, finished_file(tmp_path / "laporan.pdf") as part:
        raise UserError("paint.save", file=part.name) from gone
    assert (caught.value.code, caught.value.facts["file"]) == ("export.cannot_write", "laporan.pdf")
