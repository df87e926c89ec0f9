"""What PySide6 compiles from source at each start is compiled once."""

from __future__ import annotations

import marshal
import subprocess
import sys
from importlib.util import source_hash

import pytest

from studio.ui.core.plain_import import KeptBytecode

_COUNTED = """
import builtins, sys
from pathlib import Path
compiled, real = [], builtins.compile
def count(source, filename, *rest, **how):
    compiled.append(filename)
    return real(source, filename, *rest, **how)
builtins.compile = count
from studio.ui.core.plain_import import import_qt
import_qt(Path(sys.argv[1]))
assert builtins.compile is count
from PySide6.QtCore import QPoint
assert "argparse" not in sys.modules  # which only PySide6's writer of .pyi files imports
try:
    QPoint("a", "b")
except TypeError as error:
    print(sum("shibokensupport" in name for name in compiled), "(xpos: int, ypos: int, /)" in str(error))
"""


def test_a_second_start_compiles_nothing_of_pyside_and_explains_wrong_calls_as_before(tmp_path, repository):
    command = [sys.executable, "-c", _COUNTED, str(tmp_path / "cache" / "qt-bytecode")]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, cwd=repository, check=True).stdout for _ in range(2)
    )
    count, explained = first.split()
    assert int(count) > 5
    assert (explained, second.split()) == ("True", ["0", "True"])


def answer(cache, source):
    """What ``x`` is after a source was compiled through the cache."""
    kept, space = KeptBytecode(cache), {}
    with kept.in_use():
        code = compile(source, "part.py", "exec")
    exec(code, space)
    return space["x"]


def whole(kept: object) -> bytes:
    """Bytes of a cache that nothing has damaged."""
    written = marshal.dumps(kept)
    return source_hash(written) + written


@pytest.mark.parametrize("damage", [b"", b"no bytecode", whole(5), whole(((b"old", 0), {}))])
def test_another_source_or_a_damaged_cache_is_compiled_anew(tmp_path, damage):
    cache = tmp_path / "qt-bytecode"
    assert answer(cache, b"x = 1") == 1
    assert answer(cache, b"x = 2") == 2
    cache.write_bytes(damage)
    assert answer(cache, b"x = 3") == 3
    assert b"old" not in cache.read_bytes()


def test_bytecode_with_a_damaged_byte_is_not_run(tmp_path):
    cache = tmp_path / "qt-bytecode"
    assert answer(cache, b"x = 'padi'") == "padi"
    cache.write_bytes(cache.read_bytes().replace(b"padi", b"pagi"))
    assert answer(cache, b"x = 'padi'") == "padi"


def test_what_is_no_whole_module_is_compiled_as_ever(tmp_path):
    cache = tmp_path / "qt-bytecode"
    with KeptBytecode(cache).in_use():
        assert eval(compile("1 + 1", "line.py", "eval")) == 2
    assert not cache.exists()
