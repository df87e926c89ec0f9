"""exiftool kept open: starting its Perl takes 0.2 s of work, a question 0.02."""

from __future__ import annotations

import subprocess
from functools import cache


def run_exiftool(*words: object) -> str:
    """What exiftool prints with these words.

    Raises:
        subprocess.CalledProcessError: it ended with another status than 0.
    """
    lines = [str(word) for word in words]
    if any(line != line.strip() or line.startswith("#") or "\n" in line for line in lines):
        # As a line of its own such a word would be read otherwise.
        return subprocess.run(["exiftool", *lines], capture_output=True, text=True, check=True).stdout
    server = _exiftool_server()
    server.stdin.write("\n".join([*lines, "-echo3", "${status}", "-execute", ""]))
    server.stdin.flush()
    told = ""
    while not told.endswith("{ready}\n"):
        line = server.stdout.readline()
        assert line, "exiftool ended"
        told += line
    answer, _, status = told.removesuffix("\n{ready}\n").rpartition("\n")
    if int(status):
        raise subprocess.CalledProcessError(int(status), ["exiftool", *lines], answer)
    return answer


@cache
def _exiftool_server() -> subprocess.Popen[str]:
    """Started for the first question; it ends with this process, which closes its input."""
    command = ["exiftool", "-stay_open", "True", "-@", "-"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
