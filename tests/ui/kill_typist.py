"""Kills a typing studio with SIGKILL at random moments and looks at what is left on disk.

python tests/ui/kill_typist.py KILLS SEED WORKSPACE     prints one JSON line for every kill

Every typist is a fork of this process, made before Qt starts in it: so a kill costs no start of an interpreter. The
typist works through the session as the desks do (typing, crops, photos, undo, redo) and writes a diary of every state
with its time (the monotonic clock is one for all processes). The story found after the kill must be in the diary, and
must still have been true two seconds before the kill or later.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QTimer

from studio.base.errors import UserError
from studio.store.workspace import create_workspace, open_workspace
from studio.story import edits
from studio.story.model import Group, Photo, Story
from studio.ui.core.story_session import StorySession

KEY_MS = 15


def fingerprint(story: Story) -> str:
    """What the user made; the store fills in id and times."""
    plain = msgspec.structs.replace(story, id="", created="", modified="")
    return msgspec.json.encode(plain).decode()


def type_for_ever(path: Path, diary: Path, seed: int) -> None:
    chance = random.Random(seed)
    app = QCoreApplication([])
    workspace = open_workspace(path)
    session = StorySession(workspace, "", Story(id=""))
    notes = diary.open("w", encoding="utf-8")
    typed = 0

    def note() -> None:
        notes.write(json.dumps([time.monotonic(), fingerprint(session.story)]) + "\n")
        notes.flush()

    def act() -> None:
        nonlocal typed
        typed += 1
        deed = chance.random()
        photos = session.story.photos
        if typed == 1 or deed < 0.7:
            session.edit(edits.set_field("body", session.story.body + chance.choice(["a", "u ", "n", ".\n\n"])))
        elif deed < 0.75 or not photos:
            session.edit(edits.add_photos([Photo(id=edits.new_id(), file="0123456789abcdef.jpg")]))
        elif deed < 0.9:
            x, y = round(chance.random() / 2, 3), round(chance.random() / 2, 3)
            session.edit(edits.change_photo(chance.choice(photos).id, crop=(x, y, 0.5, 0.5)))
        elif deed < 0.97:
            session.undo()
        else:
            session.redo()
        note()

    timer = QTimer(interval=KEY_MS)
    timer.timeout.connect(act)
    timer.start()
    app.exec()


def one_kill(root: Path, number: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed * 1000 + number)
    path, diary = root / f"w{number}", root / f"diary{number}"
    create_workspace(path, Group(name="KIM")).close()
    child = os.fork()
    if child == 0:
        try:
            type_for_ever(path, diary, seed + number)
        finally:
            os._exit(1)
    while not (diary.exists() and diary.stat().st_size):
        time.sleep(0.005)
    time.sleep(chance.uniform(0.0, 2.6))
    killed = time.monotonic()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return {"kill": number, **look(path, diary, killed)}


def look(path: Path, diary: Path, killed: float) -> dict[str, object]:
    notes = [json.loads(line) for line in diary.read_text(encoding="utf-8").splitlines() if line.endswith("]")]
    began = notes[0][0]
    with open_workspace(path) as workspace:
        folders = workspace.story_folders()
        if not folders:
            return {"found": False, "lost": killed - began, "unreadable": 0, "known": True, "edits": len(notes)}
        try:
            found = fingerprint(workspace.load(folders[0]))
        except UserError:
            return {"found": True, "lost": killed - began, "unreadable": 1, "known": False, "edits": len(notes)}
    last = max((at for at, (_, state) in enumerate(notes) if state == found), default=None)
    if last is None:
        return {"found": True, "lost": killed - began, "unreadable": 0, "known": False, "edits": len(notes)}
    lost = killed - notes[last + 1][0] if last + 1 < len(notes) else 0.0
    return {"found": True, "lost": lost, "unreadable": 0, "known": True, "edits": len(notes)}


def main(kills: int, seed: int, root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for number in range(kills):
        sys.stdout.write(json.dumps(one_kill(root, number, seed)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
