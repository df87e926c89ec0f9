"""Start of KIM Studio on Windows, by pythonw.exe: no console, and its own place on the taskbar."""

import ctypes
import sys

# Without a name of its own Windows would show it as one of all programs that run by pythonw.exe, with Python's icon.
ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("id.kim.Studio")
sys.argv[0] = "kim-studio"

from studio.commands.window import main

if __name__ == "__main__":  # an export's processes import this file and must open no window
    main()
