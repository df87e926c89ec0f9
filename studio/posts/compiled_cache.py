"""Compiled templates: in memory for the process, those of the studio also in the cache of this computer.

Compiling the forty templates of a story takes a third of the time until its first text lies there. What is read back is
code: only what was compiled from the studio's own templates is kept, in the user's own cache, where nothing of a
workspace, a pack or a stick leads; and it is taken only whole, and from this very Jinja, Python and studio.
"""

from __future__ import annotations

import hashlib
import marshal
import shutil
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio import __version__
from studio.base.atomic_files import write_cache
from studio.base.paths import cache_dir

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

_MOST_COMPILED = 500
"""Templates whose code is remembered: all packs have 120; who edits one makes a new one with each try."""
_DIGEST = hashlib.sha256().digest_size
_OLD = 30 * 86_400
"""Seconds after which code of another version, which nobody has added to, goes."""
_FOLDER = "compiled"


@cache
def compiled_code() -> BytecodeCache:
    """One for the process: the code of a template follows from its name, place and text alone.

    Environments say by ``is_own(name)`` which templates are the studio's own.
    """
    return _memory_class()()


@cache
def _memory_class() -> type[BytecodeCache]:
    """Compiled code by name and content: what all packs share is compiled once, not once per pack."""
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    class OwnBucket(Bucket):
        """Code and whether it may be kept on disk."""

        kept = False

    class Memory(BytecodeCache):
        """Keeps code in memory, and the studio's own on disk."""

        def __init__(self) -> None:
            self._code: dict[tuple[str, str], Any] = {}

        def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
            bucket = OwnBucket(environment, self.get_cache_key(name, filename), self.get_source_checksum(source))
            # Asked only where nothing is remembered: it looks the template up among the folders of its pack.
            known = (bucket.key, bucket.checksum) in self._code
            bucket.kept = not known and environment.is_own(name)  # type: ignore[attr-defined]  # of our subclass
            self.load_bytecode(bucket)
            return bucket

        def load_bytecode(self, bucket: Bucket) -> None:
            known = (bucket.key, bucket.checksum)
            if known not in self._code and _is_kept(bucket) and (code := _read_code(_code_file(bucket))):
                self._code[known] = code
            bucket.code = self._code.get(known)

        def dump_bytecode(self, bucket: Bucket) -> None:
            if len(self._code) >= _MOST_COMPILED:
                self._code.clear()
            self._code[bucket.key, bucket.checksum] = bucket.code
            if _is_kept(bucket) and bucket.code is not None:
                _keep_code(_code_file(bucket), bucket.code)

    def _is_kept(bucket: Bucket) -> bool:
        return isinstance(bucket, OwnBucket) and bucket.kept

    return Memory


def _code_file(bucket: Bucket) -> Path:
    return cache_dir() / _FOLDER / _makers() / f"{bucket.key[:20]}{bucket.checksum[:20]}"


@cache
def _makers() -> str:
    """What changes with everything that has a say in the code: Jinja folds what filters make of constants into it."""
    import jinja2

    here = Path(__file__).resolve().parent
    files = sorted(file for folder in (here, here.parent / "story", here.parent / "base") for file in folder.iterdir())
    facts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file()]
    told = repr((__version__, jinja2.__version__, sys.version, facts))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _read_code(file: Path) -> CodeType | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    # Half a file, after a power cut, could end the interpreter.
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        return None
    code: CodeType = marshal.loads(data[_DIGEST:])
    return code


def _keep_code(file: Path, code: CodeType) -> None:
    data = marshal.dumps(code)
    # A cache that is not ours to enter (once made as root) costs time, never the text.
    with suppress(OSError):
        if not file.parent.exists():
            _forget_old(file.parent.parent)
        write_cache(file, hashlib.sha256(data).digest() + data)


def _forget_old(folder: Path) -> None:
    for other in folder.glob("*"):
        with suppress(OSError):  # the other process of an export forgets at the same time
            if other.stat().st_mtime < time.time() - _OLD:
                shutil.rmtree(other, ignore_errors=True)
