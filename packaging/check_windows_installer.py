"""Install for real, under Wine: what lies where, what the registry says, an update, and what removing it leaves.

    packaging/check_windows_installer.py

Needs makensis and 64-bit Wine (apt: nsis, wine, wine64). The tree is a small one: whether the studio runs on Windows is
tried there (``.github/workflows/installers.yml``). By hand, as Wine is large.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from build_windows import draw_icon, make_installer
from windows_parts import APP_FOLDER, PYTHON_FOLDER

_FILES = (f"{APP_FOLDER}/studio/cli.py", f"{PYTHON_FOLDER}/pythonw.exe", "KIM Studio.pyw", "kim-studio.cmd", "LICENSE")
_MOST_SECONDS = 300


class WineComputer:
    """A Windows 10 that Wine makes in a folder.

    Args:
        folder: new.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "WINEPREFIX": str(folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "DISPLAY": "",
        }
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        user = next(path for path in (folder / "drive_c" / "users").iterdir() if path.name != "Public")
        self.programs = user / "AppData" / "Local" / "Programs"
        self.start_menu = user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"

    def run(self, *command: str | Path) -> str:
        """Run a program of Windows; what it prints.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        done = subprocess.run(
            ["wine", *map(str, command)],
            env=self._environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_MOST_SECONDS,
            check=True,
        )
        return done.stdout

    def value(self, key: str, name: str = "") -> str:
        """A value of the registry of the user; "" for none."""
        try:
            told = self.run("reg", "query", f"HKCU\\{key}", *(("/v", name) if name else ("/ve",)))
        except subprocess.CalledProcessError:
            return ""
        return told.partition("REG_SZ")[2].strip()

    def close(self) -> None:
        """Wait until all its processes have ended."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False)


def _expect(what: str, *, holds: bool) -> None:
    if not holds:
        sys.exit(f"not so: {what}")
    print(f"  {what}")


def check_installer(computer: WineComputer, scratch: Path) -> None:
    """Install, update and remove.

    Raises:
        SystemExit: the first thing that is not so.
    """
    tree, place = scratch / "tree", computer.programs / "KIM Studio"
    for name in _FILES:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(name)
    draw_icon(tree / "kim-studio.ico")
    (tree / APP_FOLDER / "studio" / "old_module.py").touch()
    first = make_installer(tree, scratch, trial=True, quick=True, target64=True)
    computer.run(first, "/S")
    _expect("every file is there", holds=all((place / name).is_file() for name in _FILES))
    _expect("it is in the start menu", holds=(computer.start_menu / "KIM Studio" / "KIM Studio.lnk").is_file())
    _expect(".kim belongs to it", holds=computer.value("Software\\Classes\\.kim") == "KIMStudio.Package")
    opened = computer.value("Software\\Classes\\KIMStudio.Package\\shell\\open\\command")
    _expect(".kim is opened by the window", holds="pythonw.exe" in opened and '"%1"' in opened)
    listed = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\KIMStudio"
    _expect("it is among the installed programs", holds=computer.value(listed, "DisplayName") == "KIM Studio")

    (tree / APP_FOLDER / "studio" / "old_module.py").unlink()
    computer.run(make_installer(tree, scratch, trial=True, quick=True, target64=True), "/S")
    _expect("an update leaves no old module", holds=not (place / APP_FOLDER / "studio" / "old_module.py").exists())

    workspace = place / "Ruang kerja Siti" / "workspace.json"
    workspace.parent.mkdir()
    workspace.write_text("{}")
    computer.run("reg", "add", "HKCU\\Software\\Classes\\.kim", "/ve", "/d", "Lain.Program", "/f")
    # With _?= the uninstaller runs where it lies and is waited for, as the system's settings do.
    inside = f"C:\\users\\{place.parents[3].name}\\AppData\\Local\\Programs\\KIM Studio"
    computer.run(place / "Hapus KIM Studio.exe", "/S", f"_?={inside}")
    _expect("the program is gone", holds=not (place / APP_FOLDER).exists() and not (place / PYTHON_FOLDER).exists())
    _expect("a workspace in its folder stays", holds=workspace.is_file())
    _expect("the start menu is empty again", holds=not (computer.start_menu / "KIM Studio").exists())
    _expect("it is listed no more", holds=not computer.value(listed, "DisplayName"))
    _expect("what others took over stays theirs", holds=computer.value("Software\\Classes\\.kim") == "Lain.Program")


def main() -> None:
    """Make the computer and check."""
    with tempfile.TemporaryDirectory(prefix="kim-wine-", ignore_cleanup_errors=True) as folder:
        computer = WineComputer(Path(folder) / "prefix")
        try:
            check_installer(computer, Path(folder))
        finally:
            computer.close()


if __name__ == "__main__":
    main()
