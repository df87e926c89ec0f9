"""packaging/tree.py: what the installers keep of the packages, held against the packages that are installed here."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tree() -> ModuleType:
    spec = importlib.util.spec_from_file_location("installer_tree", ROOT / "packaging" / "tree.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


def test_every_module_of_qt_that_the_studio_imports_is_kept(tree):
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "studio").rglob("*.py"))
    used = {name for text in sources for name in re.findall(r"PySide6\.(Qt\w+)", text)}
    assert used >= {"QtCore", "QtWidgets", "QtMultimedia"}
    endings = {"linux": "abi3.so", "macos": "abi3.so", "windows": "pyd"}
    lost = [(s, name) for s, end in endings.items() for name in used if not tree.is_kept(f"PySide6/{name}.{end}", s)]
    assert not lost


def test_every_row_that_keeps_something_fits_a_file_of_qt(tree):
    package = Path(PySide6.__file__).parent
    names = [path.relative_to(package.parent).as_posix() for path in package.rglob("*")]
    assert tree.unused_rows(names, "linux") == []


@pytest.mark.parametrize(
    ("system", "path", "keep"),
    [
        ("linux", "PySide6/Qt/lib/libQt6WebEngineCore.so.6", False),
        ("linux", "PySide6/Qt/lib/libQt6Quick.so.6", True),
        ("linux", "PySide6/Qt/lib/libavcodec.so.61", True),
        ("linux", "PySide6/Qt/lib/libavcodec.so.61.19.101", False),
        ("linux", "PySide6/Qt/lib/libavcodec.so", False),
        ("linux", "PySide6/Qt/translations/qtbase_de.qm", False),
        ("windows", "PySide6/Qt6Qml.dll", True),
        ("windows", "PySide6/Qt6Designer.dll", False),
        ("windows", "PySide6/plugins/platforms/qwindows.dll", True),
        ("windows", "PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("macos", "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", True),
        ("macos", "PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("windows", "numpy/_core/_multiarray_umath.cp311-win_amd64.pyd", True),
        ("windows", "keyring-25.7.0.dist-info/entry_points.txt", True),
        ("macos", "numpy/linalg/tests/test_linalg.py", False),
    ],
)
def test_a_file_is_kept_or_left_out(tree, system, path, keep):
    assert tree.is_kept(path, system) is keep
