"""A real browser without a window, driven through its debugging pipe; nothing but the standard library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


class Browser:
    """Chromium. Messages of its protocol are JSON that ends with a zero byte, on descriptors 3 (in) and 4 (out)."""

    def __init__(self, program: str, folder: Path) -> None:
        to_read, self._in = os.pipe()
        self._out, to_write = os.pipe()

        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        flags += ["--hide-scrollbars", f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe"]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "bash", program, *flags, "about:blank"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._left = b""
        self._number = 0
        self.events: list[dict] = []
        self.folder = folder
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = ""
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for name in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{name}.enable")

    def _read(self) -> dict:
        while b"\0" not in self._left:
            more = os.read(self._out, 1 << 16)
            if not more:
                raise EOFError("the browser is gone")
            self._left += more
        message, _, self._left = self._left.partition(b"\0")
        return json.loads(message)

    def call(self, method: str, **params):
        """One call of the protocol; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if getattr(self, "_session", "") and not method.startswith(("Browser.", "Target.")):
            message["sessionId"] = self._session
        os.write(self._in, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def wait(self, method: str, **wanted) -> dict:
        """The first event of this name with these values."""
        while True:
            for number, event in enumerate(self.events):
                params = event.get("params", {})
                if event.get("method") == method and all(params.get(k) == v for k, v in wanted.items()):
                    return self.events.pop(number)["params"]
            self.events.append(self._read())

    def size(self, width: int, height: int = 800) -> None:
        """How large the page is shown."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def open(self, address: str) -> None:
        """Go there and wait until all is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait("Page.loadEventFired")

    def run(self, script: str):
        """The value of a JavaScript expression; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def troubles(self) -> list[str]:
        """Errors of scripts, and files that were not there."""
        found = []
        for event in self.events:
            params = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(str(params["exceptionDetails"].get("text")))
            if event.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
                found.append(params["entry"]["text"] + " " + params["entry"].get("url", ""))
        return found

    def picture(self, file: Path) -> Path:
        """A PNG of the whole page."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")["data"]
        file.write_bytes(base64.b64decode(data))
        return file

    def close(self) -> None:
        """End it."""
        os.close(self._in)
        os.close(self._out)
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium; CI has it."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("chromium is not installed")
    made = Browser(program, tmp_path_factory.mktemp("peramban"))
    yield made
    made.close()
