"""What stands around a word: the words beside it, the run of capitals it belongs to, an age behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.checks.token_stream import TokenStream, WordToken

_SPACE = re.compile(r"['’]?\.?[ \-]")


class WordNeighbours:
    """Answers about the words of one text; words are named by their number."""

    def __init__(self, stream: TokenStream) -> None:
        self.stream = stream
        self.tokens: Sequence[WordToken] = stream.tokens

    def word_before(self, at: int, back: int = 1) -> str:
        """The word before, in lower case; "" for none."""
        return self.tokens[at - back].word if at >= back else ""

    def word_after(self, at: int, on: int = 1) -> str:
        """The word after; "" for none."""
        return self.tokens[at + on].word if at + on < len(self.tokens) else ""

    def is_joined(self, at: int) -> bool:
        """Whether nothing but spaces and small signs stands before a word."""
        return re.fullmatch(r"[\s.,\-_/*~&+|]{0,4}", self.tokens[at].gap) is not None

    def age(self, after: int) -> int:
        """The age behind a name, 0 for none: ``(9)``, ``, 9 tahun``, ``- 9 tahun``. ``after`` is the next word."""
        if after >= len(self.tokens):
            return 0
        token = self.tokens[after]
        if not re.fullmatch(r"\d{1,2}|\d{1,2}th", token.word):
            return 0
        bracket = token.gap.strip().endswith(("(", "["))
        years = self.word_after(after) in {"tahun", "th", "thn", "bulan"} or token.word.endswith("th")
        return int(re.sub(r"\D", "", token.word)) if bracket or (years and re.search(r"[,/–—-]", token.gap)) else 0

    def run_start(self, at: int) -> int:
        """The first of the words with capitals around this one that only spaces part."""
        while at and self.tokens[at - 1].has_capital and _SPACE.fullmatch(self.tokens[at].gap):
            at -= 1
        return at

    def run_end(self, at: int) -> int:
        """Past the last of them."""
        at += 1
        while at < len(self.tokens) and self.tokens[at].has_capital and _SPACE.fullmatch(self.tokens[at].gap):
            at += 1
        return at
