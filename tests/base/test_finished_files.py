"""Files of an export on a disk that refuses."""

from __future__ import annotations

import errno

import pytest

from studio.base.errors import UserError
from studio.base.finished_files import finished_file


def test_a_disk_that_fills_up_under_a_file_is_called_full(tmp_path):
    with pytest.raises(UserError) as caught, finished_file(tmp_path / "teks.txt", tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "error.disk_full"
    assert not list(tmp_path.iterdir())
