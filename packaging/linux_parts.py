"""Tables of what a Linux package holds besides the Python packages: Python itself, libraries of Debian 12, FFmpeg."""

from __future__ import annotations

PYTHON = "python3.11"
"""Debian 12's: built for glibc 2.36, it runs on Debian 12 and 13 and on Ubuntu 24.04, from any folder."""

PYTHON_PACKAGES: tuple[str, ...] = ("python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib")

STANDARD_LIBRARY_LEFT_OUT: tuple[str, ...] = (
    *("test", "unittest/test", "idlelib", "tkinter", "turtledemo", "turtle.py", "ensurepip", "lib2to3", "distutils"),
    *("pydoc_data", "LICENSE.txt", "*__pycache__*", "config-*", "curses", "dbm", "EXTERNALLY-MANAGED", "msilib"),
    *("lib-dynload/_test*", "lib-dynload/xx*", "lib-dynload/_xx*", "lib-dynload/_ctypes_test*"),
    *("lib-dynload/_curses*", "lib-dynload/_dbm*", "lib-dynload/nis.*", "lib-dynload/readline.*"),
    *("lib-dynload/ossaudiodev.*", "lib-dynload/_crypt.*", "sitecustomize.py"),
)
"""Below ``lib/python3.11``: tests, windows of Tk, terminals of curses, and what needs further system libraries."""

LIBRARIES: tuple[tuple[str, str, str], ...] = (
    ("libexpat1", "libexpat.so.1", "lib"),
    ("zlib1g", "libz.so.1", "lib"),
    ("libssl3", "libssl.so.3", "lib"),
    ("libssl3", "libcrypto.so.3", "lib"),
    ("libffi8", "libffi.so.8", "lib"),
    ("libsqlite3-0", "libsqlite3.so.0", "lib"),
    ("liblzma5", "liblzma.so.5", "lib"),
    ("libbz2-1.0", "libbz2.so.1.0", "lib"),
    ("libuuid1", "libuuid.so.1", "lib"),
    ("libxcb-cursor0", "libxcb-cursor.so.0", "qt"),
    ("libxcb-icccm4", "libxcb-icccm.so.4", "qt"),
    ("libxcb-image0", "libxcb-image.so.0", "qt"),
    ("libxcb-keysyms1", "libxcb-keysyms.so.1", "qt"),
    ("libxcb-render-util0", "libxcb-render-util.so.0", "qt"),
    ("libxcb-util1", "libxcb-util.so.1", "qt"),
    ("libx264-164", "libx264.so.164", "av"),
    ("libx265-199", "libx265.so.199", "av"),
    ("libnuma1", "libnuma.so.1", "av"),
    ("libzimg2", "libzimg.so.2", "av"),
    ("libmp3lame0", "libmp3lame.so.0", "av"),
    ("libopus0", "libopus.so.0", "av"),
    ("libdav1d6", "libdav1d.so.6", "av"),
)
"""Debian package, library, and where it goes: beside Python, beside Qt (desktops often lack these), beside FFmpeg."""

DEPENDS: tuple[str, ...] = (
    *("libc6 (>= 2.36)", "libstdc++6", "libgl1", "libegl1", "libglib2.0-0t64 | libglib2.0-0", "libdbus-1-3"),
    *("libfontconfig1", "libfreetype6", "libx11-6", "libx11-xcb1", "libxext6", "libxrandr2", "libxcb1", "libxcb-glx0"),
    *("libxcb-randr0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0"),
    *("libxcb-xkb1", "libxkbcommon0", "libxkbcommon-x11-0", "libwayland-client0", "libwayland-cursor0"),
    *("libwayland-egl1", "libpulse0", "zlib1g", "libzstd1", "libdrm2", "libgssapi-krb5-2", "libbrotli1"),
    *("libbz2-1.0",),
)
"""What the .deb asks for: every desktop of Debian 12, 13 and Ubuntu 24.04 has all of it, so no network is needed."""

FROM_THE_SYSTEM: tuple[str, ...] = (
    *("ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1"),
    *("libstdc++.so.6", "libGL.so.1", "libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libdbus-1.so.3"),
    *("libfontconfig.so.1", "libfreetype.so.6", "libX11.so.6", "libX11-xcb.so.1", "libXext.so.6", "libXrandr.so.2"),
    *("libxcb.so.1", "libxcb-glx.so.0", "libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-shape.so.0"),
    *("libxcb-shm.so.0", "libxcb-sync.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1", "libxkbcommon.so.0"),
    *("libxkbcommon-x11.so.0", "libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"),
    *("libpulse.so.0", "libz.so.1", "libzstd.so.1", "libcups.so.2", "libgomp.so.1", "libdrm.so.2"),
    *("libgssapi_krb5.so.2", "libbrotlidec.so.1", "libbrotlicommon.so.1", "libresolv.so.2", "libbz2.so.1"),
)
"""Libraries that stay the system's; of these libcups serves printing only and may be missing."""

FFMPEG_VERSION = "8.1.2"
"""The version PyAV 18.1 is written for."""
FFMPEG_SHA256 = "464beb5e7bf0c311e68b45ae2f04e9cc2af88851abb4082231742a74d97b524c"
FFMPEG_ADDRESS = f"https://ffmpeg.org/releases/ffmpeg-{FFMPEG_VERSION}.tar.xz"
FFMPEG_BUILD_PACKAGES: tuple[str, ...] = (
    *("gcc", "make", "nasm", "pkg-config", "patchelf", "libx264-dev", "libx265-dev", "libzimg-dev"),
    *("libmp3lame-dev", "libopus-dev", "libdav1d-dev", "zlib1g-dev"),
)
FFMPEG_OPTIONS: tuple[str, ...] = (
    *("--disable-static", "--enable-shared", "--disable-doc", "--disable-ffplay", "--disable-ffprobe"),
    *("--disable-debug", "--disable-autodetect", "--disable-network", "--enable-gpl", "--enable-version3"),
    *("--enable-zlib", "--enable-libx264", "--enable-libx265", "--enable-libzimg", "--enable-libmp3lame"),
    *("--enable-libopus", "--enable-libdav1d"),
)
"""All decoders and filters of FFmpeg's own; of others the encoders the studio uses, zimg for high dynamic range and
dav1d for AV1. Without network: nothing goes out through a video."""
