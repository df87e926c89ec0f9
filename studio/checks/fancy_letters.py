"""Words in "bold", "script" or circled letters, as chats make them: who listens or searches does not meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.rule import RuleMark
from studio.story.drawn import fancy_words
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage

_SHOWN = 60
"""Letters of a long run that the finding quotes."""


def check_fancy_letters(passage: TextPassage) -> Iterator[RuleMark]:
    """Every run of such words, with the same words in plain letters as its fix.

    Screen readers spell mathematical letters out or skip them, and no search finds them (Unicode UTR 25, 2.2).
    """
    for start, end, said in fancy_words(passage.clean_text):
        told = passage.clean_text[start:end]
        facts = {"word": cut_line(told, _SHOWN), "fix": cut_line(said, _SHOWN)}
        yield RuleMark("language_fancy_letters", "warning", start, end, "aksesibilitas", (said,), facts)
