"""Install the .deb in a bare system and use it there: commands without a network, the window under Xvfb.

    packaging/check_linux.py kim-studio_0.1.0_amd64.deb --root /tmp/bare12 [--suite bookworm]

As root, on Debian with debootstrap and xvfb. ``--root`` is filled by debootstrap unless something lies there; ``noble``
(Ubuntu) comes from ``--mirror``. Prints what was seen; ends with 1 where something was not as it should be. Pictures of
the window lie in ``--out``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIRROR = "http://deb.debian.org/debian"
_CHROOT = "/usr/sbin/chroot"
_SEEN = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtSvg import QSvgRenderer
app = QGuiApplication(["seen", "-platform", "offscreen"])
assert QMediaPlayer().isAvailable(), "Qt plays nothing: libQt6Quick or libQt6Qml is missing"
import av, hunspell, keyring, moviepy, nacl.signing, numpy, pi_heif, xlsxwriter
from studio.video.binary import can_tone_map, ffmpeg_path
assert can_tone_map(), "zscale is missing"
assert "libx265" in av.codecs_available and "libdav1d" in av.codecs_available
print(ffmpeg_path())
"""


class BareSystem:
    """A root folder with nothing but the base system and what is installed by the check.

    Args:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failed: list[str] = []

    def fill(self, suite: str, mirror: str) -> None:
        """Have debootstrap make the system, unless it is there."""
        if not (self.root / "usr" / "bin" / "apt-get").exists():
            script = ["/usr/share/debootstrap/scripts/gutsy"] if "ubuntu" in mirror else []
            kind = ("--variant=minbase", *(["--no-check-gpg"] if script else []))
            subprocess.run(["debootstrap", *kind, suite, str(self.root), mirror, *script], check=True)

    def as_root(self, *command: str) -> None:
        """Run a command of the bare system as root, with the network."""
        shutil.copyfile("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}
        subprocess.run([_CHROOT, str(self.root), *command], check=True, env=environment, stdout=subprocess.DEVNULL)

    def as_user(self, command: str, *, network: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a line of shell as an ordinary user, without a network unless it is needed for the display."""
        apart = [] if network else ["unshare", "-n"]
        given = {"PATH": "/usr/bin:/bin", "HOME": "/home/warga", "LANG": "C.UTF-8", **environment}
        whole = [*apart, _CHROOT, "--userspec=warga", str(self.root), "sh", "-c", command]
        return subprocess.run(whole, capture_output=True, text=True, check=False, env=given)

    def expect(self, what: str, good: object, told: str = "") -> None:
        """Say how a check ended, and remember what did not."""
        print(f"{'ok    ' if good else 'FAILED'} {what}")
        if not good:
            self.failed.append(what)
            print(told[-3000:])


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """The folders of the kernel and the sockets of X in the bare system."""
    places = [("proc", "-t proc proc"), ("dev", "--bind /dev"), ("tmp/.X11-unix", "--bind /tmp/.X11-unix")]
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)
    for place, how in places:
        (root / place).mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", *how.split(), str(root / place)], check=True)
    try:
        yield
    finally:
        for place, _ in reversed(places):
            subprocess.run(["umount", "-l", str(root / place)], check=False)


def install(system: BareSystem, deb: Path) -> None:
    """Install the package with what it depends on, and nothing it only recommends."""
    shutil.copyfile(deb, system.root / "tmp" / "kim-studio.deb")
    system.as_root("apt-get", "update", "-q")
    needed = ("shared-mime-info", "desktop-file-utils", "hicolor-icon-theme", "xdg-utils", "appstream")
    system.as_root("apt-get", "install", "-qy", "--no-install-recommends", "/tmp/kim-studio.deb", *needed)
    if "warga" not in (system.root / "etc" / "passwd").read_text(encoding="utf-8"):
        system.as_root("useradd", "-m", "warga")


def check_commands(system: BareSystem) -> None:
    """The commands, without network, display, fonts or a home that can be written to."""
    made = system.as_user("rm -rf ~/Demo && kim-studio demo --no-window ~/Demo")
    exports = [path for path in (system.root / "home/warga/Demo/exports").rglob("*") if path.is_file()]
    system.expect(f"demo without network: {len(exports)} files", made.returncode == 0 and exports, made.stderr)
    kinds = {path.suffix for path in exports}
    system.expect("with texts, pictures, videos, pages and paper", kinds >= {".txt", ".jpg", ".mp4", ".html", ".pdf"})
    told = system.as_user("kim-studio doctor")
    system.expect("doctor: nothing is missing", told.returncode == 0 and "(deb)" in told.stdout, told.stdout)
    program = system.as_user(f"/usr/lib/kim-studio/bin/kim-studio-python -c '{_SEEN}'")
    system.expect("Qt plays, one ffmpeg tone-maps, PyAV encodes HEVC", "/usr/lib" in program.stdout, program.stderr)
    for name, home in (("missing", "/nowhere"), ("read-only", "/usr")):
        done = system.as_user("kim-studio outlets && kim-studio check /home/warga/Demo", HOME=home, LANG="C")
        system.expect(f"HOME {name}, LANG=C: commands run", done.returncode == 0, done.stderr)


def check_desktop(system: BareSystem) -> None:
    """Desktop file, metadata, kind of ``.kim`` files."""
    share = "/usr/share"
    done = system.as_user(f"desktop-file-validate {share}/applications/id.kim.Studio.desktop")
    system.expect("desktop-file-validate", done.returncode == 0, done.stdout + done.stderr)
    done = system.as_user(f"appstreamcli validate --no-net {share}/metainfo/id.kim.Studio.metainfo.xml")
    found = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W:"))]
    # Whoever builds without --homepage has none to tell; that alone is no fault of the metadata.
    wrong = [line for line in found if "url-homepage-missing" not in line]
    system.expect("appstreamcli", not wrong and (found or done.returncode == 0), done.stdout + done.stderr)
    system.as_user("cd ~/Demo/stories && kim-studio pack ~/Demo $(ls | head -1) -o ~/berita.kim")
    # The table every desktop reads; xdg-mime itself asks tools of one desktop or another, which a bare system lacks.
    kinds = (system.root / "usr/share/mime/globs2").read_text(encoding="utf-8").splitlines()
    opener = system.as_user("xdg-mime query default application/vnd.kim-studio.package").stdout.strip()
    there = (system.root / "home/warga/berita.kim").is_file()
    system.expect(".kim is a working package", there and "60:application/vnd.kim-studio.package:*.kim" in kinds)
    system.expect(".kim opens the studio", opener == "id.kim.Studio.desktop", opener)


def check_window(system: BareSystem, out: Path) -> None:
    """The window opens with a workspace, and takes a package that was double-clicked; its pictures lie in ``out``."""
    screen = ("-screen", "0", "1366x768x24", "-fbdir", str(out), "-displayfd", "1")
    server = subprocess.Popen(["Xvfb", *screen], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    display = ":" + server.stdout.readline().strip()
    environment = {"DISPLAY": display, "PATH": "/usr/bin:/bin", "HOME": "/home/warga", "LANG": "id_ID.UTF-8"}
    inside = [_CHROOT, "--userspec=warga", str(system.root)]
    try:
        for name, given in (("window", "/home/warga/Demo"), ("package", "/home/warga/berita.kim")):
            window = subprocess.Popen([*inside, "kim-studio-window", given], env=environment, stderr=subprocess.PIPE)
            time.sleep(25)
            alive = window.poll() is None
            picture = out / f"{name}.xwd"
            shutil.copyfile(out / "Xvfb_screen0", picture)
            window.terminate()
            said = (window.communicate()[1] or b"").decode("utf-8", "replace")
            colours = len(set(picture.read_bytes()[100_000:2_000_000:7]))
            system.expect(f"{name} is open and painted ({colours} tones)", alive and colours > 30, said)
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Read the command line and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--mirror", default=_MIRROR)
    parser.add_argument("--out", type=Path, default=Path("dist"))
    asked = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("a bare system needs root: sudo packaging/check_linux.py ...")
    asked.out.mkdir(parents=True, exist_ok=True)
    system = BareSystem(asked.root.resolve())
    system.fill(asked.suite, asked.mirror)
    with mounted(system.root):
        install(system, asked.deb.resolve())
        check_commands(system)
        check_desktop(system)
        check_window(system, asked.out.resolve())
    sys.exit(1 if system.failed else 0)


if __name__ == "__main__":
    main()
