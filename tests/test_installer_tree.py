"""packaging/: what the installers keep of the packages, held against those installed here; what desktops are told."""

import configparser
import re
import struct
import sys
import xml.etree.ElementTree as Xml
from importlib import import_module
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def scripts():
    """Modules of packaging/ by name; they import one another as the programs do."""
    sys.path.insert(0, str(ROOT / "packaging"))
    yield import_module
    sys.path.remove(str(ROOT / "packaging"))


@pytest.fixture(scope="module")
def tree(scripts):
    return scripts("tree")


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


def icu_package(items):
    """A common data package, as the ICU User Guide tells its format."""
    head = struct.pack("<HBB", 32, 0xDA, 0x27) + struct.pack("<HHBBBB", 20, 0, 0, 0, 2, 0) + b"CmnD"
    names = b"".join(f"icudt73l/{name}".encode() + b"\0" for name in items)
    at = 4 + 8 * len(items)
    start = -(-(at + len(names)) // 16) * 16
    table, bodies = struct.pack("<I", len(items)), b""
    for name, body in items.items():
        table += struct.pack("<II", at, start + len(bodies))
        at += len(f"icudt73l/{name}") + 1
        bodies += body + b"\0" * (-len(body) % 16)
    return head.ljust(32, b"\0") + (table + names).ljust(start, b"\0") + bodies


def icu_items(data):
    (count,) = struct.unpack_from("<I", data, 32)
    rows = [struct.unpack_from("<II", data, 36 + 8 * at) for at in range(count)]
    return {data[32 + n : data.index(b"\0", 32 + n)].decode(): data[32 + at :][:5] for n, at in rows}


def test_of_icu_what_indonesian_and_english_need_stays(scripts):
    kept = ["coll/id.res", "coll/ucadata.icu", "id.res", "nfkc.nrm", "pool.res", "root.res", "zone/en.res"]
    lost = ["brkitr/burmesedict.dict", "coll/zh.res", "de.res", "ibm-37_P100-1995.cnv", "translit/el.res", "unames.icu"]
    whole = icu_package({name: f"{number:05}".encode() for number, name in enumerate(sorted(kept + lost))})
    small = icu_items(scripts("small_icu").smaller_package(whole))
    assert list(small) == [f"icudt73l/{name}" for name in kept]
    assert small == {name: body for name, body in icu_items(whole).items() if name in small}
    with pytest.raises(ValueError, match="ICU"):
        scripts("small_icu").smaller_package(b"\x7fELF" + bytes(60))


def test_the_desktop_file_the_metadata_and_the_kind_of_package_agree(scripts):
    folder = ROOT / "packaging" / "linux"
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.optionxform = str
    desktop.read(folder / "id.kim.Studio.desktop", encoding="utf-8")
    entry = desktop["Desktop Entry"]
    kinds = Xml.parse(folder / "id.kim.Studio.xml").findall("{*}mime-type")
    assert entry["MimeType"] == "".join(f"{kind.get('type')};" for kind in kinds)
    assert [kind.find("{*}glob").get("pattern") for kind in kinds] == ["*.kim", "*.kimdata"]
    commands = scripts("build_linux")._COMMANDS
    assert entry["Exec"].split()[0] in commands
    packages = scripts("linux_packages")
    plain = Xml.fromstring(packages.metainfo_text(packages.HomeAddress()))
    assert plain.find("screenshots") is None
    assert plain.find("url") is None
    assert {one.text for one in plain.iterfind("provides/mediatype")} == {kind.get("type") for kind in kinds}
    assert plain.find("releases/release").get("version") == packages.studio_version()
    home = packages.HomeAddress("https://example.org/", "https://example.org/p/")
    pictured = Xml.fromstring(packages.metainfo_text(home))
    assert pictured.findtext("url") == home.page
    for image in pictured.iterfind("screenshots/screenshot/image"):
        assert (ROOT / "docs" / "pictures" / image.text.removeprefix("https://example.org/p/")).is_file()


def test_every_library_that_goes_along_has_a_place_and_no_two_have_the_same(scripts):
    parts = scripts("linux_parts")
    names = [name for _, name, _ in parts.LIBRARIES]
    assert len(names) == len(set(names))
    assert {place for _, _, place in parts.LIBRARIES} == {"lib", "qt", "av"}
