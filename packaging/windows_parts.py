"""Tables of what the installer for Windows holds besides the Python packages, and of what Windows itself brings."""

from __future__ import annotations

APP_FOLDER, PYTHON_FOLDER = "kim-studio-app", "kim-studio-python"
"""Below the folder of installation. Names that are nobody else's: these two are what the uninstaller removes whole."""

PYTHON_LEFT_OUT: tuple[str, ...] = (
    *("Lib/test/*", "Lib/idlelib/*", "Lib/tkinter/*", "Lib/turtledemo/*", "Lib/turtle.py", "Lib/ensurepip/*"),
    *("Lib/lib2to3/*", "Lib/site-packages/*", "Lib/pydoc_data/*", "*/__pycache__/*", "Lib/venv/*", "Lib/distutils/*"),
    *("DLLs/_test*", "DLLs/_tkinter*", "DLLs/tcl*", "DLLs/tk*", "DLLs/*.ico", "DLLs/*.cat", "DLLs/_ctypes_test*"),
    *("Doc/*", "include/*", "libs/*", "Scripts/*", "tcl/*", "Tools/*", "NEWS.txt", "python3*._pth", "share/*"),
)
"""Of an installed Python; the embeddable one has none of it, and comes with its library in a ZIP."""

SYSTEM_DLLS: frozenset[str] = frozenset(
    f"{name}.dll"
    for name in (
        *("kernel32", "user32", "gdi32", "advapi32", "shell32", "ole32", "oleaut32", "ws2_32", "winmm", "version"),
        *("imm32", "setupapi", "comdlg32", "comctl32", "shlwapi", "rpcrt4", "crypt32", "bcrypt", "ncrypt", "secur32"),
        *("iphlpapi", "dnsapi", "userenv", "netapi32", "wtsapi32", "dwmapi", "uxtheme", "psapi", "dbghelp", "msvcrt"),
        *(
            "d3d9",
            "d3d11",
            "d3d12",
            "dxgi",
            "dxva2",
            "d3dcompiler_47",
            "dwrite",
            "d2d1",
            "opengl32",
            "gdiplus",
            "usp10",
        ),
        *("mf", "mfplat", "mfreadwrite", "mfcore", "evr", "propsys", "avrt", "ksuser", "winspool.drv", "powrprof"),
        *(
            "authz",
            "mpr",
            "cfgmgr32",
            "shcore",
            "hid",
            "winhttp",
            "wininet",
            "wldap32",
            "normaliz",
            "avicap32",
            "vfw32",
        ),
        *(
            "avifil32",
            "msvfw32",
            "bcryptprimitives",
            "ntdll",
            "cabinet",
            "msimg32",
            "uiautomationcore",
            "dcomp",
            "wmvcore",
        ),
        *("msi", "strmiids", "mfuuid", "ucrtbase", "sspicli", "winsta", "pdh", "credui", "wintrust", "webauthn"),
        *("icuuc", "icuin", "icu"),  # ICU of Windows 10 since 1703
    )
) | {"winspool.drv"}
"""Libraries of every Windows 10 and 11; ``api-ms-win-*`` and ``ext-ms-*`` are its too."""

RUNTIME_DLLS: frozenset[str] = frozenset({"python3.dll", "python311.dll", "vcruntime140.dll", "vcruntime140_1.dll"})
"""What the Python that goes along brings, looked for only where it is there."""

SHARED_FOLDERS: tuple[str, ...] = ("PySide6", "shiboken6", "*.libs")
"""Folders of packages whose libraries others find: they add themselves by ``os.add_dll_directory``."""

LONGEST_PREFIX = "C:\\Users\\" + "n" * 20 + r"\AppData\Local\Programs\KIM Studio" + "\\"
"""Where it is installed for somebody with a long name (20 letters is what Windows allows for a local account)."""
MAX_PATH = 259
"""Letters of a path that every program of Windows opens (MAX_PATH without the closing zero)."""
