"""Whether everything the studio needs has a wheel for Windows and for Macs: nobody there has a compiler.

    packaging/check_wheels.py

Asks the package index and downloads metadata only; run by ``.ci/run``, as it needs the network. Needs uv.
"""

from __future__ import annotations

import os
import subprocess
import sys

from target_wheels import PLATFORMS, PYTHON_VERSION, ROOT, pip_index


def main() -> None:
    """Resolve for each system; the resolver says what has no wheel."""
    for platform in PLATFORMS:
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--extra", "wordpress"]
        command += ["--only-binary", ":all:", "--python-platform", platform, "--python-version", PYTHON_VERSION]
        done = subprocess.run(
            [*command, ROOT / "pyproject.toml"],
            env={**os.environ, **pip_index()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{platform}:\n{done.stderr}")
        print(f"{platform}: {sum('==' in line for line in done.stdout.splitlines())} packages, each with a wheel")


if __name__ == "__main__":
    main()
