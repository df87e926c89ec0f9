"""``kim-studio doctor``: what is here, what is missing, and how to get it."""

from __future__ import annotations

import ctypes
import importlib
import importlib.metadata
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio import __version__
from studio.base import paths
from studio.base.installation import installer_kind
from studio.base.sizes import ByteCount, size_text
from studio.base.windows_habits import no_console_flags
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    opened_to_write,
    print_result,
    print_trouble,
    user_texts,
)
from studio.commands.window import has_display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from studio.base.i18n import MessageTexts

Level = Literal["ok", "warning", "missing"]

# Shared libraries Qt loads on Linux, and the Debian package of each (measured in a bare Debian 12).
_DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_MULTIMEDIA = {"libpulse.so.0": "libpulse0", "libXrandr.so.2": "libxrandr2", "libdrm.so.2": "libdrm2"}
_PACKAGES = {
    "PySide6": "PySide6.QtWidgets",
    "pillow": "PIL.Image",
    "pi-heif": "pi_heif",
    "av": "av",
    "imageio-ffmpeg": "imageio_ffmpeg",
    "moviepy": "moviepy",
    "Jinja2": "jinja2",
    "markdown-it-py": "markdown_it",
    "msgspec": "msgspec",
    "chunspell": "hunspell",
}
"""Each package with a module that loads its libraries: what an installer says it brought proves nothing."""
_FONTS = ("be-vietnam-pro", "ibm-plex-serif", "barlow-condensed", "poppins")
_ROOM_WANTED = 2_000_000_000
_ENCODERS = ("libx264", "aac")


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One line of the report: how it stands, what was found, and what to do when it is not well."""

    level: Level
    name: str
    found: str
    remedy: str = ""


def run_doctor(workspace: Path | None = None, *, recover: bool = False, as_json: bool) -> int:
    """Print the report.

    Args:
        workspace: also look there for what no list shows.
        recover: make a story of each folder of originals that has none.
        as_json: print it as JSON.

    Returns:
        0 when nothing needed is missing, 1 otherwise.
    """
    words = user_texts()
    if recover and workspace is None:
        print_trouble(words.text("doctor.recover_what"))
        return WRONG_USE
    with explain_errors(words):
        # A list, as the workspace has to be looked at (and errors explained) inside this block.
        found = list(_lost_checks(words, workspace, recover=recover)) if workspace is not None else []
    checks = [*examine_system(words), *found]
    if as_json:
        print_result(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        marks = {"ok": "✓", "warning": "!", "missing": "✗"}
        for check in checks:
            print_result(f"{marks[check.level]} {check.name}: {check.found}")
            if check.remedy:
                print_result(f"    → {check.remedy}")
        bad = sum(check.level == "missing" for check in checks)
        print_result(words.text("doctor.all_well") if not bad else words.text("doctor.missing", count=bad))
    return PARTLY if any(check.level == "missing" for check in checks) else DONE


def _lost_checks(words: MessageTexts, workspace: Path, *, recover: bool) -> Iterator[DoctorCheck]:
    """Folders of originals without a story; stories were made of them when ``recover`` is set.

    Raises:
        UserError: there is no workspace, or a story cannot be written.
    """
    from studio.services.lost_media import find_lost
    from studio.services.lost_media import recover_media as make_story

    name = words.text("doctor.lost")
    lost = find_lost(workspace)
    if not lost:
        yield DoctorCheck("ok", name, words.text("doctor.lost_none"))
    elif not recover:
        for one in lost:
            code = "doctor.lost_beside" if one.in_story else "doctor.lost_found"
            found = words.text(code, folder=one.folder, count=len(one.files), size=ByteCount(one.size))
            yield DoctorCheck("warning", name, found, words.text("doctor.lost_remedy", place=str(workspace)))
    else:
        with opened_to_write(workspace, words, take_over=False) as opened:
            for one in lost:
                left = make_story(opened, one, words.text("doctor.lost_headline"))
                code = "doctor.lost_own_story" if one.in_story else "doctor.lost_story"
                found = words.text(code, folder=one.folder, count=len(one.files) - len(left))
                yield DoctorCheck(
                    "ok", name, found, words.text("doctor.lost_left", files=", ".join(left)) if left else ""
                )


def examine_system(words: MessageTexts) -> Iterator[DoctorCheck]:
    """Every check, in the order of the report."""
    came = installer_kind() or "pip"
    told = f"{__version__} ({came}) · Python {platform.python_version()} · {platform.platform()}"
    yield DoctorCheck("ok", "KIM Studio", told)
    yield from _python_packages(words)
    yield _data_check(words)
    if sys.platform.startswith("linux"):
        yield _library_check(words, "doctor.drawing", _DRAWING, "missing")
        # Warnings only: the commands work without a window and without sound.
        yield _library_check(words, "doctor.screen", _SCREEN, "warning")
        yield _library_check(words, "doctor.multimedia", _MULTIMEDIA, "warning")
    yield _fonts_check(words)
    yield _ffmpeg_check(words)
    yield _heif_check(words)
    yield _player_check(words)
    yield _room_check(words, Path.cwd())
    yield _display_check(words)


def _remedy(words: MessageTexts, command: str) -> str:
    """What brings a missing part back: pip where it brought the rest, else the installer once more."""
    return words.text("doctor.install_again") if installer_kind() else command


def _python_packages(words: MessageTexts) -> Iterator[DoctorCheck]:
    for name, module in _PACKAGES.items():
        try:
            loaded = importlib.import_module(module)
        except ImportError as error:
            gone = isinstance(error, ModuleNotFoundError)
            found = words.text("doctor.not_installed") if gone else words.text("doctor.broken", detail=str(error))
            yield DoctorCheck("missing", name, found, _remedy(words, f"pip install {name}"))
            continue
        version = _version_of(name, loaded)
        if name == "PySide6" and version.startswith("6.12") and sys.version_info < (3, 12):
            yield DoctorCheck("missing", name, version, words.text("doctor.pyside_612"))
        else:
            yield DoctorCheck("ok", name, version)


def _version_of(name: str, loaded: ModuleType) -> str:
    """A package's version; a frozen program may have come without the notes of pip."""
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    package = sys.modules.get(loaded.__name__.partition(".")[0], loaded)
    return str(getattr(package, "__version__", "") or "?")


def _data_check(words: MessageTexts) -> DoctorCheck:
    name = words.text("doctor.data")
    try:
        return DoctorCheck("ok", name, f"{paths.assets_dir()}, {paths.templates_dir()}")
    except FileNotFoundError as error:
        again = "doctor.install_again" if installer_kind() else "doctor.reinstall"
        return DoctorCheck("missing", name, str(error), words.text(again))


def _loads_library(library: str) -> bool:
    # An installer brings libraries that desktops often lack, beside Qt's own: there the loader looks first too.
    found = importlib.util.find_spec("PySide6")
    beside = Path(found.origin).parent / "Qt" / "lib" / library if found and found.origin else Path(library)
    try:
        # Loaded, not looked for: a library that is there but lacks one of its own is as missing as none.
        ctypes.CDLL(str(beside) if beside.exists() else library)
    except OSError:
        return False
    return True


def _library_check(
    words: MessageTexts, name: str, wanted: dict[str, str], level: Level, loads: Callable[[str], bool] = _loads_library
) -> DoctorCheck:
    missing = [package for library, package in wanted.items() if not loads(library)]
    if not missing:
        return DoctorCheck("ok", words.text(name), words.text("doctor.complete"))
    return DoctorCheck(level, words.text(name), ", ".join(missing), "sudo apt-get install -y " + " ".join(missing))


def _fonts_check(words: MessageTexts) -> DoctorCheck:
    import fontpkg

    missing = [name for name in _FONTS if name not in fontpkg.families()]
    if missing:
        return DoctorCheck(
            *("missing", words.text("doctor.fonts"), ", ".join(missing)),
            _remedy(words, " ".join(["pip install", *(f"fontpkg-{name}" for name in missing)])),
        )
    return DoctorCheck("ok", words.text("doctor.fonts"), "Be Vietnam Pro, IBM Plex Serif, Barlow Condensed, Poppins")


def _ffmpeg_check(words: MessageTexts) -> DoctorCheck:
    try:
        import imageio_ffmpeg

        program = imageio_ffmpeg.get_ffmpeg_exe()
        done = subprocess.run(
            [program, "-hide_banner", "-encoders"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            creationflags=no_console_flags(),
        )
        version = imageio_ffmpeg.get_ffmpeg_version()
    except (ImportError, RuntimeError, OSError, subprocess.SubprocessError) as error:
        return DoctorCheck("missing", "ffmpeg", str(error), _remedy(words, "pip install imageio-ffmpeg"))
    listed = done.stdout.split()
    missing = [name for name in _ENCODERS if name not in listed]
    if missing:
        return DoctorCheck(
            *("missing", "ffmpeg", f"{version}: {', '.join(missing)}"),
            _remedy(words, "pip install --upgrade imageio-ffmpeg"),
        )
    return DoctorCheck("ok", "ffmpeg", f"{version} (libx264, aac)")


def _heif_check(words: MessageTexts) -> DoctorCheck:
    try:
        import pi_heif
    except ImportError as error:
        return DoctorCheck("warning", words.text("doctor.heif"), str(error), _remedy(words, "pip install pi-heif"))
    return DoctorCheck("ok", words.text("doctor.heif"), f"libheif {pi_heif.libheif_version()}")


def _player_check(words: MessageTexts) -> DoctorCheck:
    """Whether clips play in the window, asked of the player: a trimmed Qt loads and then plays nothing."""
    from studio.paint.qt_application import ensure_gui
    from studio.ui.video.media_sink import why_no_player

    ensure_gui()
    name, why = words.text("doctor.player"), why_no_player()
    if why is None:
        return DoctorCheck("ok", name, words.text("doctor.present"))
    # No more than a warning: clips are shown by PyAV then, without sound, and exported as ever.
    return DoctorCheck("warning", name, why or words.text("doctor.absent"), words.text("doctor.player_remedy"))


def _room_check(words: MessageTexts, folder: Path) -> DoctorCheck:
    free = shutil.disk_usage(folder).free
    name = words.text("doctor.room")
    if free < _ROOM_WANTED:
        return DoctorCheck("warning", name, size_text(free, words.language), words.text("doctor.make_room"))
    return DoctorCheck("ok", name, size_text(free, words.language))


def _display_check(words: MessageTexts) -> DoctorCheck:
    name = words.text("doctor.display")
    if has_display():
        return DoctorCheck("ok", name, words.text("doctor.present"))
    return DoctorCheck("warning", name, words.text("doctor.absent"), words.text("doctor.commands_work"))
