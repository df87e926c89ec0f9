"""The installer for Windows: what its script packs comes out again, what its tree lacks is named, workspaces stay."""

from __future__ import annotations

import importlib
import plistlib
import re
import shutil
import struct
import sys

import pytest

NSIS = pytest.mark.skipif(
    shutil.which("makensis") is None or shutil.which("7z") is None,
    reason="needs makensis and 7z (apt: nsis, p7zip-full)",
)


@pytest.fixture(scope="module")
def builders(repository):
    """The modules of packaging/, which lie in no package."""
    pytest.importorskip("pefile")
    sys.path.insert(0, str(repository / "packaging"))
    yield {
        name: importlib.import_module(name)
        for name in ("build_windows", "build_macos", "pe_files", "windows_parts", "wheel_licences")
    }
    sys.path.remove(str(repository / "packaging"))


@pytest.fixture
def tree(tmp_path, builders):
    """A tree with a file of each place."""
    parts, root = builders["windows_parts"], tmp_path / "KIM Studio"
    for name in (
        f"{parts.APP_FOLDER}/studio/cli.py",
        f"{parts.PYTHON_FOLDER}/pythonw.exe",
        "KIM Studio.pyw",
        "LICENSE",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"isi {name}\n")
    builders["build_windows"].draw_icon(root / "kim-studio.ico")
    return root


def _library(*imports: str) -> bytes:
    """A library for Windows that asks for others and does nothing (PE32+: headers, one section, a table of imports)."""
    thunk = 0x1000 + 20 * (len(imports) + 1)  # of each library its function with the number 1
    at, table, names = thunk + 16, b"", b""
    for name in imports:
        table += struct.pack("<5I", thunk, 0, 0, at + len(names), thunk)
        names += name.encode() + b"\0"
    content = (table + bytes(20) + struct.pack("<QQ", 1 << 63 | 1, 0) + names).ljust(0x200, b"\0")
    head = struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 112 + 16 * 8, 0x2022)
    sizes = (0x20B, 0, 0, 0, 0x200, 0, 0, 0x1000, 0x180000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0)
    optional = struct.pack("<HBBIIIIIQIIHHHHHHIIII", *sizes)
    optional += struct.pack("<HHQQQQII", 2, 0, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    places = bytes(8) + struct.pack("<II", 0x1000, len(table) + 20) + bytes(14 * 8)
    section = struct.pack("<8sIIIIIIHHI", b".rdata", len(content), 0x1000, 0x200, 0x200, 0, 0, 0, 0, 0x40000040)
    start = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    return (start + b"PE\0\0" + head + optional + places + section).ljust(0x200, b"\0") + content


@NSIS
def test_the_installer_brings_what_it_packs(builders, tree, tmp_path):
    build = builders["build_windows"]
    made = build.make_installer(tree, tmp_path, trial=True)
    build.unpack_installer(made, tmp_path / "unpacked")
    assert build.compare_trees(tree, tmp_path / "unpacked") == []
    (tree / "LICENSE").write_text("other")
    assert build.compare_trees(tree, tmp_path / "unpacked") == ["LICENSE"]


def test_what_the_uninstaller_removes_is_what_was_installed_and_no_folder_of_anybody(repository, builders):
    """Workspaces are kept: only the two folders with names of our own go whole."""
    parts = builders["windows_parts"]
    script = (repository / "packaging" / "windows" / "kim-studio.nsi").read_text(encoding="utf-8")
    uninstall = script.partition('Section "Uninstall"')[2]
    whole = re.findall(r'RMDir /r "([^"]+)"', uninstall)
    assert whole == [r"$INSTDIR\${CODE}", r"$INSTDIR\${PYTHON}"]
    assert f'!define CODE "{parts.APP_FOLDER}"' in script
    assert f'!define PYTHON "{parts.PYTHON_FOLDER}"' in script
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    # Every key that is written goes again.
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', script))
    gone = set(re.findall(r'DeleteReg(?:Key|Value) HKCU "([^"]+)"', uninstall))
    assert {key for key in written if not any(key.startswith(each) for each in gone)} == set()


def test_a_library_that_finds_not_what_it_asks_for_is_told(builders, tmp_path):
    parts, look = builders["windows_parts"], builders["pe_files"]
    app = tmp_path / parts.APP_FOLDER
    for name, imports in {
        "PySide6/Qt6Gui.dll": ("KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "Qt6Core.dll"),
        "PySide6/Qt6Core.dll": ("icuuc.dll", "MSVCP140.dll"),
        "numpy/core.pyd": ("python311.dll", "openblas.dll", "Qt6Core.dll"),
        "numpy.libs/openblas.dll": ("VCRUNTIME140.dll",),
        "av/beside.pyd": ("own.dll",),
        "av/own.dll": (),
    }.items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_bytes(_library(*imports))
    assert look.imports_of(app / "PySide6" / "Qt6Core.dll") == ("icuuc.dll", "msvcp140.dll")
    assert look.missing_dlls(tmp_path) == [f"{parts.APP_FOLDER}/PySide6/Qt6Core.dll asks for msvcp140.dll"]
    # The Python that goes along is looked at once it is there.
    (tmp_path / parts.PYTHON_FOLDER).mkdir()
    (tmp_path / parts.PYTHON_FOLDER / "vcruntime140.dll").write_bytes(_library())
    assert f"{parts.APP_FOLDER}/numpy/core.pyd asks for python311.dll" in look.missing_dlls(tmp_path)


def test_names_that_windows_does_not_take_are_told(builders):
    bad = builders["pe_files"].bad_names
    assert bad(["a/b.py", "kim-studio-app/studio/cli.py"]) == []
    for names in (["a/con.py"], ["a/b?.py"], ["a/b. "], ["a/" + "n" * 200], ["a/b.py", "A/B.py"]):
        assert len(bad(names)) == 1


def test_a_python_for_windows_is_told_where_to_look_and_what_it_needs_not_stays_out(builders, tmp_path):
    build, parts = builders["build_windows"], builders["windows_parts"]
    with pytest.raises(SystemExit, match=r"python\.exe"):
        build.copy_python(tmp_path, tmp_path / "target")
    for name in ("python.exe", "pythonw.exe", "python311.dll", "Lib/os.py", "Lib/test/x.py", "DLLs/_ssl.pyd"):
        (tmp_path / "given" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "given" / name).touch()
    build.copy_python(tmp_path / "given", tmp_path / "target")
    assert (tmp_path / "target" / "Lib" / "os.py").exists()
    assert not (tmp_path / "target" / "Lib" / "test").exists()
    told = (tmp_path / "target" / "python311._pth").read_text().split()
    assert told == ["Lib", "DLLs", ".", f"..\\{parts.APP_FOLDER}"]


def test_the_application_of_macs_opens_packages(builders, repository):
    told = plistlib.loads(builders["build_macos"].info_plist().encode())
    assert told["CFBundleShortVersionString"] == builders["build_windows"].studio_version()
    [kind] = told["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["kim"]
    assert told["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


def test_frameworks_are_links_again(builders, tmp_path):
    framework = tmp_path / "Qt" / "QtCore.framework"
    for name in ("QtCore", "Versions/A/QtCore", "Versions/Current/QtCore", "Versions/A/Resources/Info.plist"):
        (framework / name).parent.mkdir(parents=True, exist_ok=True)
        (framework / name).write_bytes(b"program")
    assert builders["build_macos"].link_frameworks(tmp_path) == 14
    assert (framework / "QtCore").read_bytes() == b"program"
    assert (framework / "Versions" / "Current").is_symlink()
    assert (framework / "QtCore").is_symlink()


def test_the_notices_name_what_is_under_the_gpl_and_stop_at_what_nobody_knows(builders, tmp_path):
    notices, app = builders["wheel_licences"].write_wheel_notices, tmp_path / "app"
    for name, text in {
        "av-1.dist-info/METADATA": "Name: av\nVersion: 1\nLicense-Expression: BSD-3-Clause\n",
        "av-1.dist-info/licenses/LICENSE": "words",
        "av.libs/avcodec-62.dll": "",
    }.items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(text)
    notices(tmp_path / "NOTICES.md", app)
    told = (tmp_path / "NOTICES.md").read_text(encoding="utf-8")
    assert "| FFmpeg as PyAV builds it, with x264 and x265 |  | GPL-3.0-or-later |" in told
    assert "| av | 1 | BSD-3-Clause | licences/av/ |" in told
    assert (app / "licences" / "av" / "licenses-LICENSE").read_text() == "words"
    (app / "av-1.dist-info" / "METADATA").write_text("Name: av\nVersion: 1\n")
    with pytest.raises(SystemExit, match="av"):
        notices(tmp_path / "NOTICES.md", app)
