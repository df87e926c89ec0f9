"""How long one key takes in a long story: key event, edit of the session and repaint, on the complete writing desk.

    python bench/keys.py [--words 5000] [--keys 400] [--comments 0]

Prints median, p95 and maximum in milliseconds, beside a bare QTextEdit with the same text in the same run. The keys are
typed at the end, in the middle and inside a formatted paragraph, interleaved with the bare editor so that both meet the
same moments of the machine. One word of every paragraph is misspelt and underlined. Runs offscreen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

# Before PySide6 is imported anywhere: drawing on a real screen would be part of what is measured.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec.structs import replace
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTextEdit, QWidget

from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.base.paths import assets_dir
from studio.store.workspace import create_workspace
from studio.story.body import parse_markdown, plain_text
from studio.story.claims import LedgerStamp
from studio.story.comment_anchors import anchored_text
from studio.story.comments import new_comment
from studio.story.model import Group, Story
from studio.ui.core.story_session import StorySession
from studio.ui.core.window_fonts import load_window_fonts
from studio.ui.core.window_theme import load_theme
from studio.ui.write.answers_highlighter import AnswersHighlighter
from studio.ui.write.spelling_marks import SpellingMarks
from studio.ui.write.write_desk import WriteDesk

if TYPE_CHECKING:
    from studio.story.newsroom_records import Comment

PARAGRAPH = (
    "Sekitar 80 warga **Dusun Cibeureum**, Desa Sukamaju, bergotong royong memperbaiki saluran irigasi yang jebol "
    "akibat hujan deras, _Minggu_ (22/11). Perbaikan sepanjang 120 meter itu selesai dalam sehari diatas rencana, "
    "kata [Asep](https://desa.id)."
)
SAMPLE = "kini air mengalir lagi ke sawah. "


def long_body(words: int) -> str:
    parts: list[str] = []
    have = 0
    while have < words:
        part = ("## Bagian\n\n" if len(parts) % 10 == 9 else "") + ("- " if len(parts) % 7 == 6 else "") + PARAGRAPH
        parts.append(part)
        have += len(part.split())
    return "\n\n".join(parts)


def spread_comments(story: Story, count: int) -> tuple[Comment, ...]:
    text, stamp = anchored_text(story, "body") or "", LedgerStamp("2026-11-30T09:00:00+07:00", "Budi")
    starts = [text.index("saluran", len(text) * number // (count + 1)) for number in range(count)]
    return tuple(new_comment(story, "body", start, start + len("saluran"), "Cek lagi.", stamp) for start in starts)


def timed_key(app: QApplication, widget: QWidget, char: str) -> tuple[float, float]:
    """Milliseconds on the clock and on the processor, of this thread."""
    start, used = time.perf_counter(), time.thread_time()
    QTest.keyClick(widget, char)
    app.processEvents()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - used) * 1000


def report(name: str, times: list[tuple[float, float]]) -> None:
    line = f"{name:32}"
    for label, values in zip(("clock", "processor"), zip(*times, strict=True), strict=True):
        ordered = sorted(values)
        p95 = ordered[int(len(ordered) * 0.95)]
        line += f" {label}: median {statistics.median(ordered):5.2f} p95 {p95:5.2f} max {ordered[-1]:6.2f} ms"
    print(line)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--words", type=int, default=5000)
    options.add_argument("--keys", type=int, default=400)
    options.add_argument("--comments", type=int, default=0, help="open comments spread over the text")
    asked = options.parse_args()
    app = QApplication(["typing", "-style", "Fusion"])
    load_window_fonts()
    theme = load_theme(assets_dir() / "theme", "light", LucideIcons())
    theme.apply(app)
    body = long_body(asked.words)
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "ruang", Group(name="KIM Sukamaju"))
        story = Story(id="panjang", headline="Warga Sukamaju perbaiki saluran", body=body)
        story = replace(story, comments=spread_comments(story, asked.comments))
        session = StorySession(workspace, workspace.add(story), story)
        texts = MessageTexts(assets_dir() / "messages")
        desk = WriteDesk(session, texts, theme, None)  # type: ignore[arg-type]
        desk.spelling = SpellingMarks(desk.body, session, lambda: workspace.group, lambda _word: None, texts, theme)
        desk.opening = AnswersHighlighter(desk.body, desk.side_panel, session, texts, theme)
        desk.opening.show_words.setChecked(True)
        window = QWidget()
        theme.style_window(window)
        row = QHBoxLayout(window)
        bare = QTextEdit()
        bare.setPlainText(plain_text(parse_markdown(body)))
        for each in (desk, desk.side_panel, bare):
            row.addWidget(each)
        window.resize(1366, 768)
        window.show()
        desk.spelling.check_spelling()
        while not desk.spelling.squiggles:
            app.processEvents()
        print(f"{len(desk.spelling.squiggles)} places underlined")
        desk_times: list[tuple[float, float]] = []
        bare_times: list[tuple[float, float]] = []
        for place in ("end", "middle"):
            for edit in (desk.body, bare):
                cursor = edit.textCursor()
                cursor.movePosition(QTextCursor.MoveOperation.End)
                if place == "middle":
                    cursor.setPosition(cursor.position() // 2)
                edit.setTextCursor(cursor)
            for number in range(asked.keys // 2):
                char = SAMPLE[number % len(SAMPLE)]
                desk_times.append(timed_key(app, desk.body, char))
                bare_times.append(timed_key(app, bare, char))
        print(f"{len(plain_text(parse_markdown(session.story.body)).split())} words, {asked.keys} keys each")
        report("writing desk (saved, undoable)", desk_times)
        report("bare QTextEdit, plain text", bare_times)
        session.close()


if __name__ == "__main__":
    main()
