"""What of each Python package goes into the installers, as one table for Linux, Windows and macOS.

Paths are those of a folder into which wheels were unpacked (``pip install --target``), with ``/`` on every system. The
first rule whose pattern fits decides; what no rule names is kept. PySide6 is told the other way round: of its 650 MB
only what is named is kept. Read by ``packaging/build_linux.py`` and by whatever assembles Windows and macOS.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

System = Literal["linux", "windows", "macos"]


@dataclass(frozen=True, slots=True)
class TreeRule:
    """One row: files that fit ``pattern`` (``*`` crosses folders) are kept or left out, on all systems or some."""

    pattern: str
    keep: bool
    why: str
    systems: tuple[System, ...] = ("linux", "windows", "macos")


QT_LIBRARIES: tuple[tuple[str, str], ...] = (
    ("Core", "the ground"),
    ("Gui", "painting, text, PDF"),
    ("Widgets", "the window"),
    ("Svg", "cards, icons"),
    ("PrintSupport", "printing from the window"),
    ("Multimedia", "playing and recording"),
    ("Network", "Multimedia and Qml link to it"),
    ("Concurrent", "Multimedia links to it"),
    ("OpenGL", "the FFmpeg plugin of Multimedia links to it"),
    ("Quick", "the same: without it and Qml no clip plays, and QMediaPlayer.error() says NoError"),
    ("Qml", "Quick links to it"),
    ("QmlMeta", "Quick links to it"),
    ("QmlModels", "Quick links to it"),
    ("QmlWorkerScript", "Quick links to it"),
    ("DBus", "Gui and Multimedia link to it; dialogs and themes of Linux desktops"),
    ("XcbQpa", "windows under X11"),
    ("WaylandClient", "windows under Wayland"),
)
"""Libraries of Qt: those the studio imports, and those these link to (readelf -d, PySide6 6.11)."""

_LINUX_ALONE = frozenset({"XcbQpa", "WaylandClient"})

QT_BINDINGS: tuple[str, ...] = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtMultimedia", "QtNetwork")
"""Python modules of PySide6: those the studio imports; QtMultimedia imports QtNetwork."""

QT_PLUGINS: tuple[tuple[str, str], ...] = (
    ("platforms", "qxcb qwayland qoffscreen qminimal qwindows qcocoa"),
    ("xcbglintegrations", "qxcb-egl-integration qxcb-glx-integration"),
    ("wayland-shell-integration", "xdg-shell"),
    ("wayland-graphics-integration-client", "qt-plugin-wayland-egl"),
    ("wayland-decoration-client", "adwaita bradient"),
    ("platforminputcontexts", "composeplatforminputcontextplugin ibusplatforminputcontextplugin"),
    ("platformthemes", "qxdgdesktopportal"),
    ("printsupport", "cupsprintersupport"),
    ("styles", "qmodernwindowsstyle qwindowsvistastyle qmacstyle"),
    ("iconengines", "qsvgicon"),
    ("imageformats", "qgif qico qjpeg qsvg qwebp"),
    ("multimedia", "ffmpegmediaplugin windowsmediaplugin darwinmediaplugin"),
)
"""Plugins of Qt by folder, without "lib" and ending: windows, input, pictures, printers, media. No network, no SQL."""

# On Linux the wheel holds each of these three times: as .so, .so.61 and .so.61.19.101. Loaded is the middle one.
_FFMPEG_OF_QT = ("avcodec", "avformat", "avutil", "swresample", "swscale")


def _kept(pattern: str, why: str, *systems: System) -> TreeRule:
    return TreeRule(pattern, keep=True, why=why, systems=systems or ("linux", "windows", "macos"))


def _left_out(pattern: str, why: str, *systems: System) -> TreeRule:
    return TreeRule(pattern, keep=False, why=why, systems=systems or ("linux", "windows", "macos"))


def _qt_rules() -> Iterator[TreeRule]:
    for ending in ("pyi", "prl", "h", "qmltypes"):
        yield _left_out(f"PySide6/*.{ending}", "for developers")
    yield _left_out("PySide6/Qt/lib/*.framework/*Headers/*", "for developers", "macos")
    for name, why in QT_LIBRARIES:
        yield _kept(f"PySide6/Qt/lib/libQt6{name}.so.6", why, "linux")
        if name not in _LINUX_ALONE:
            yield _kept(f"PySide6/Qt6{name}.dll", why, "windows")
            yield _kept(f"PySide6/Qt/lib/Qt{name}.framework/*", why, "macos")
    for name in _FFMPEG_OF_QT:
        yield _left_out(f"PySide6/Qt/lib/lib{name}.so.*.*", "a copy of what is kept", "linux")
        yield _left_out(f"PySide6/Qt/lib/lib{name}.*.*.*.dylib", "a copy of what is kept", "macos")
        yield _kept(f"PySide6/Qt/lib/lib{name}.so.[0-9]*", "playing", "linux")
        yield _kept(f"PySide6/{name}-*.dll", "playing", "windows")
        yield _kept(f"PySide6/Qt/lib/lib{name}.[0-9]*.dylib", "playing", "macos")
    yield _kept("PySide6/Qt/lib/libQt6FFmpegStub-*", "stand in for system libraries the FFmpeg of Qt asks for", "linux")
    yield _kept("PySide6/Qt/lib/libicu*.so.*", "Core links to it", "linux")
    for folder, names in QT_PLUGINS:
        for name in names.split():
            yield _kept(f"PySide6/Qt/plugins/{folder}/lib{name}.so", "plugin", "linux")
            yield _kept(f"PySide6/plugins/{folder}/{name}.dll", "plugin", "windows")
            yield _kept(f"PySide6/Qt/plugins/{folder}/lib{name}.dylib", "plugin", "macos")
    for name in QT_BINDINGS:
        yield _kept(f"PySide6/{name}.abi3.so", "binding", "linux", "macos")
        yield _kept(f"PySide6/{name}.pyd", "binding", "windows")
    yield _kept("PySide6/libpyside6.abi3.*", "binding", "linux", "macos")
    yield _kept("PySide6/pyside6.abi3.dll", "binding", "windows")
    for runtime in ("msvcp140*", "vcruntime140*", "concrt140*"):
        yield _kept(f"PySide6/{runtime}.dll", "run time of the compiler", "windows")
    for module in ("__init__", "_config", "_git_pyside_version"):
        yield _kept(f"PySide6/{module}.py", "binding")
    yield _left_out("PySide6/*", "no part of the studio uses it")
    yield _left_out("shiboken6/*.pyi", "for developers")


_PACKAGE_RULES: tuple[TreeRule, ...] = (
    *(
        _left_out(f"*.{ending}", "for developers")
        for ending in ("pyi", "pyx", "pxd", "h", "hpp", "c", "cpp", "f90", "typed")
    ),
    _left_out("*/__pycache__/*", "compiled anew by the build"),
    _left_out("bin/*", "commands of packages"),
    _left_out("Scripts/*", "commands of packages", "windows"),
    _left_out("share/man/*", "manuals of packages"),
    _left_out("*.dist-info/RECORD", "installed by no pip"),
    _left_out("*.dist-info/INSTALLER", "installed by no pip"),
    _left_out("*.dist-info/REQUESTED", "installed by no pip"),
    _left_out("*.dist-info/direct_url.json", "names the building machine"),
    _left_out("*.dist-info/sboms/*", "for developers"),
    _left_out("numpy/*/tests/*", "tests"),
    _left_out("numpy/tests/*", "tests"),
    _left_out("numpy/f2py/*", "compiles Fortran"),
    _left_out("numpy/_core/include/*", "for developers"),
    _left_out("numpy/_core/lib/*", "for developers"),
    _left_out("numpy/random/lib/*", "for developers"),
    _left_out("numpy/random/_examples/*", "for developers"),
    _left_out("imageio/resources/*", "sample pictures"),
    _left_out("tqdm/*/tests/*", "tests"),
    _left_out("icalendar/tests/*", "tests"),
    _left_out("hunspell/dictionaries/*", "the studio has its own dictionary (assets/language)"),
    _left_out("cffi/*", "compiles; what runs is _cffi_backend"),
    _left_out("cffi-*", "the same"),
    _left_out("pycparser*", "cffi's compiler"),
)

RULES: tuple[TreeRule, ...] = (*_qt_rules(), *_PACKAGE_RULES)
"""All rows in the order in which they are asked."""


def deciding_rule(path: str, system: System) -> TreeRule | None:
    """The first row that decides about a file; None when no row names it, which keeps it.

    Args:
        path: below the folder of packages, with ``/``.
        system: for which system the tree is made.
    """
    return next((rule for rule in RULES if system in rule.systems and fnmatchcase(path, rule.pattern)), None)


def is_kept(path: str, system: System) -> bool:
    """Whether a file of a package goes into the installers of ``system``."""
    rule = deciding_rule(path, system)
    return rule is None or rule.keep


def unused_rows(paths: Iterable[str], system: System) -> list[str]:
    """Patterns of kept rows that fit nothing in ``paths``: Qt has renamed or dropped what the table asks for.

    Plugins of other systems are no such rows; they stand in one line with those of this system.
    """
    wanted = [rule for rule in RULES if rule.keep and system in rule.systems and rule.why != "plugin"]
    names = list(paths)
    return [rule.pattern for rule in wanted if not any(fnmatchcase(name, rule.pattern) for name in names)]
