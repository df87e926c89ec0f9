"""Whether a word of a protected name belongs to someone or something else where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks import name_words as table
from studio.checks.protected_person import ADULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.checks.neighbours import WordNeighbours
    from studio.checks.protected_person import OpenNames, ProtectedName
    from studio.checks.token_stream import WordToken


class OtherBearers:
    """Answers for one text and one protected person.

    Args:
        around: the text.
        secret: the protected name.
        openly: names that may be used.
        bears: whether a word is one of the protected name, however it is spelled.
    """

    def __init__(
        self, around: WordNeighbours, secret: ProtectedName, openly: OpenNames, bears: Callable[[WordToken], bool]
    ) -> None:
        self._around = around
        self._tokens = around.tokens
        self._secret = secret
        self._openly = openly
        self._bears = bears

    def bears_word(self, at: int, word: str) -> bool:
        """Whether the word names another person or thing, not the protected person."""
        if self._is_revered(at) or self.names_somebody(at, word):
            return True
        return not self._openly.strict and (self._of_place(at) or self._of_group(at))

    def names_somebody(self, at: int, word: str, *, short: bool = False) -> bool:
        """Whether the word is another person's; ``short`` for one that would only be a short form of the name."""
        if self.of_listed(at, (word,)) or self._begins_other(at):
            return True
        return (short or not self._openly.strict) and self._of_grown_up(at, word)

    def _is_revered(self, at: int) -> bool:
        """Whether it is someone of religion or history, or a chapter: "Nabi Isa", "Isa as.", "Surah An-Nur"."""
        if not self._around.is_joined(at) or (at + 1 < self._around.run_end(at) and not self._is_blessed(at)):
            return False
        before = self._around.word_before(at)
        if before in {"an", "al", "as", "ar", "at", "az"} and self._tokens[at].gap == "-":
            before = self._around.word_before(at, 2)
        return self._is_blessed(at) or (before in table.REVERED and "," not in self._tokens[at].gap)

    def _is_blessed(self, at: int) -> bool:
        """Whether a blessing follows: "saw.", "as."."""
        close = at + 1 < len(self._tokens) and self._tokens[at + 1].gap == " "
        return close and self._around.word_after(at) in table.REVERED_AFTER

    def _begins_other(self, at: int) -> bool:
        """Whether a word that begins many names stands before another name: "Siti Romlah", "Wayan Koster"."""
        after = at + 1
        if self._tokens[at].word not in table.PREFIXES or after >= self._around.run_end(at) or self._around.stream.flat:
            return False
        return not self._bears(self._tokens[after]) and len(self._tokens[after].word) > 1

    def of_listed(self, at: int, written: Sequence[str]) -> bool:
        """Whether the words stand inside the name of someone who may be named."""
        for name in self._openly.others:
            for shift in (n for n, word in enumerate(name) if word == written[0]):
                first = at - shift
                low, high = self._shared_stretch(first, name)
                covered = low <= at and at + len(written) <= high
                # A stretch that holds nothing but the protected name's own words proves nobody else.
                foreign = any(word not in self._secret.words for word in name[low - first : high - first])
                if covered and high - low > 1 and foreign:
                    return True
        return len(written) == 1 and written[0] in self._openly.speakers and self._is_speaker(at)

    def _shared_stretch(self, first: int, name: Sequence[str]) -> tuple[int, int]:
        """The stretch of words that a name and the text have in common, around where the name would begin."""
        inside = [
            first + n
            for n, word in enumerate(name)
            if 0 <= first + n < len(self._tokens) and self._tokens[first + n].word == word
        ]
        if not inside:
            return 0, 0
        low = high = inside[0]
        stretch = (low, high)
        for place in inside:
            # A gap begins a new stretch; the longest one is taken.
            low = place if place > high else low
            high = place + 1
            stretch = max(stretch, (low, high), key=lambda part: part[1] - part[0])
        return stretch

    def _is_speaker(self, at: int) -> bool:
        """Whether it is the one who is quoted, or a grown-up by title."""
        before = self._around.word_before(at)
        titled = before in table.TITLES and at > 0 and self._tokens[at - 1].has_capital
        return before in table.SPEECH_BEFORE or self._around.word_after(at) in table.SPEECH_AFTER or titled

    def _of_place(self, at: int) -> bool:
        """Whether it belongs to the name of the group or its village."""
        for name in self._openly.places:
            for shift in (n for n, word in enumerate(name) if word == self._tokens[at].word):
                low, high = self._shared_stretch(at - shift, name)
                if low <= at < high and high - low == len(name):
                    return True
        return False

    def _of_group(self, at: int) -> bool:
        """Whether it is part of the name of a street, a group, an event: ``Posyandu Melati``."""
        start = self._around.run_start(at)
        run = [self._tokens[n].word for n in range(start, at)]
        if any(word in table.INSTITUTIONS for word in run):
            return True
        before = self._around.word_before(start)
        return before in table.INSTITUTIONS and re.fullmatch(r"\.?\s", self._tokens[start].gap) is not None

    def _of_grown_up(self, at: int, short: str) -> bool:
        """Whether a full name that is not the protected one has an office, a title or a grown-up's age.

        ``short`` is a word that could be a short form of the name.
        """
        start, end = self._around.run_start(at), self._around.run_end(at)
        run = [self._tokens[n] for n in range(start, end)]
        marks = table.OFFICES | table.TITLES | table.GENERIC
        foreign = [token.word for token in run if not self._bears(token) and token.word not in marks | {short}]
        # Single letters are initials of the same person as likely as of another one.
        if not foreign or self._around.stream.flat or all(len(word) == 1 for word in foreign):
            return False
        offices = table.OFFICES | {word for word in table.TITLES if len(word) > 1}
        if any(token.word in offices for token in run) or self._around.word_before(start) in table.OFFICES:
            return True
        if self._around.age(end) >= ADULT or self._is_introduced(start):
            return True
        near = [self._tokens[n] for n in range(end, min(end + 3, len(self._tokens)))]
        return bool(near) and near[0].gap.strip() == "," and any(token.word in table.OFFICES for token in near)

    def _is_introduced(self, start: int) -> bool:
        """Whether an office with a comma stands before a name: "Ketua karang taruna, Rizky Maulana"."""
        if self._tokens[start].gap.strip() != ",":
            return False
        for at in range(start - 1, max(start - 6, -1), -1):
            if self._tokens[at].word in table.OFFICES:
                return True
            if not re.fullmatch(r"[\s\-]*", self._tokens[at].gap):
                return False
        return False
