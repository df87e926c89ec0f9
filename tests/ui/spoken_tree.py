"""What a screen reader finds in the window and hears, over AT-SPI. Runs on the system's Python, which has pyatspi.

/usr/bin/python3 tests/ui/spoken_tree.py      waits for words on its input, answers each with one line of JSON

``tree`` answers with what is on the screen: role, name, description, whether it takes the keyboard, whether it is
chosen. ``heard`` answers with what was announced since it was last asked.
"""

import json
import sys
import threading
import time

import pyatspi
from gi.repository import Atspi

HEARD = []
CONTAINERS = {"application", "frame", "filler", "panel", "layered pane", "scroll pane", "viewport", "split pane"}


def tell(answer):
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()


def find_program():
    for _ in range(100):
        for each in pyatspi.Registry.getDesktop(0):
            if each is not None and "kim" in (each.name or "").lower():
                return each
        time.sleep(0.1)
    raise SystemExit("no program on the bus of screen readers")


def walk(part, found, depth=0):
    try:
        states = part.getState()
        if depth > 1 and not states.contains(pyatspi.STATE_SHOWING):
            return
        found.append(
            {
                "role": part.getRoleName(),
                "name": part.name or "",
                "told": part.description or "",
                "focusable": bool(states.contains(pyatspi.STATE_FOCUSABLE)),
                "chosen": bool(states.contains(pyatspi.STATE_CHECKED) or states.contains(pyatspi.STATE_SELECTED)),
            }
        )
        children = list(part) if depth < 30 else []
    except Exception:  # the window goes on: a part may be gone by now
        return
    for child in children:
        if child is not None:
            walk(child, found, depth + 1)


def main():
    program = find_program()
    program.set_cache_mask(Atspi.Cache.NONE)  # what was hidden meanwhile would be remembered as shown
    pyatspi.Registry.registerEventListener(lambda event: HEARD.append(event.any_data), "object:announcement")
    threading.Thread(target=pyatspi.Registry.start, daemon=True).start()
    tell("ready")
    for line in sys.stdin:
        if line.strip() == "tree":
            found = []
            walk(program, found)
            tell(json.dumps(found))
        else:
            time.sleep(0.3)
            tell(json.dumps([str(each) for each in HEARD]))
            HEARD.clear()


main()
