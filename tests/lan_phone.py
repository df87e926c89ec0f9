"""Phones that send files: one by hand, request by request, and a real browser's own field."""

from __future__ import annotations

import hashlib
import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

from studio.services.phone_uploads import PIECE


class Phone:
    """A phone that says what it is told to."""

    def __init__(self, address: str, name: str = "a") -> None:
        parts = urlsplit(address)
        self.port, self.token = parts.port, parts.path.strip("/")
        self.name = name

    def ask(self, method: str, path: str, body: bytes = b"", **heads: str) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, f"/{self.token}/{path}", body, heads)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if content.startswith(b"{") else {}
        finally:
            connection.close()

    def begin(self, data: bytes, name: str = "klip.mp4", **more) -> dict:
        order = {"phone": self.name, "name": name, "size": len(data), "stamp": "1", **more}
        return self.ask("POST", "mulai", json.dumps(order).encode())[1]

    def piece(self, key: str, data: bytes, number: int, **heads: str) -> tuple[int, dict]:
        part = data[number * PIECE :][:PIECE]
        return self.ask("PUT", f"{key}/{number}", part, **{"X-Hash": hashlib.sha256(part).hexdigest(), **heads})

    def finish(self, key: str, data: bytes) -> dict:
        parts = [hashlib.sha256(data[at : at + PIECE]).digest() for at in range(0, len(data), PIECE)]
        root = hashlib.sha256(b"".join(parts)).hexdigest()
        return self.ask("POST", f"selesai/{key}", json.dumps({"root": root}).encode())[1]

    def send(self, data: bytes, name: str) -> dict:
        """All of a file."""
        key = self.begin(data, name)["id"]
        for number in range(-(-len(data) // PIECE)):
            told = self.piece(key, data, number)[1]
            if "error" in told:
                return told
        return self.finish(key, data)


def choose(browser, *files: Path) -> None:
    """Choose files in the page's own field, as a hand does."""
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    field = browser.call("DOM.querySelector", nodeId=root, selector="#files")["nodeId"]
    browser.call("DOM.setFileInputFiles", nodeId=field, files=[str(file) for file in files])
