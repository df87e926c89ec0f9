"""Reads RT and RW however they are written, alone or in a list: ``RT 03/RW 05``, ``RT 1, 2, dan 4 RW 05``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.checks.name_words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.checks.mark_units import StandardUnit

_HEADS = frozenset({"rt", "rw", "rtrw"})
_LIST_WORDS = word_set("dan serta atau maupun")
_RANGE_WORDS = word_set("hingga sampai s sd")
_COUNTED = word_set(
    "orang kk rumah warga kepala unit persen meter anak balita lansia keluarga hari jam kali buah titik"
)
"""Behind a figure they say that it counts something: "RT 2, 50 orang" is no list."""
_MOST = 99


@dataclass(frozen=True, slots=True)
class HamletUnits:
    """What one place of a text says: the RT and RW, empty where it names none, and where it stands."""

    rts: frozenset[int]
    rws: frozenset[int]
    start: int
    end: int


def hamlet_units(units: Sequence[StandardUnit]) -> Iterator[HamletUnits]:
    """All of them, first to last. A dash between two figures is read as a range and as RT and RW."""
    at = 0
    while at < len(units):
        if units[at].word not in _HEADS:
            at += 1
            continue
        reader = _UnitReader(units, at)
        yield from reader.read()
        at = max(reader.at, at + 1)


class _UnitReader:
    """Reads from one "RT" or "RW" on; ``at`` is past what was read."""

    def __init__(self, units: Sequence[StandardUnit], at: int) -> None:
        self._units, self._first, self.at = units, at, at

    def read(self) -> Iterator[HamletUnits]:
        """What stands there; nothing where no figure follows."""
        found: dict[str, set[int]] = {"rt": set(), "rw": set()}
        head = self._units[self.at].word
        # Both words before both figures: "RT/RW 03/05".
        both = head == "rtrw" or (head == "rt" and self._word_at(1) == "rw" and self._number_at(2) is not None)
        if both:
            self.at += 1 if head == "rtrw" else 2
            numbers, _ = self._listed_numbers("")
            pair = dict(zip(("rt", "rw"), numbers, strict=False))
            yield from self._read_units({name: {number} for name, number in pair.items()})
            return
        dashed: tuple[int, int] | None = None
        while self._starts_unit(head, found):
            head = self._units[self.at].word
            self.at += 1
            numbers, sign = self._listed_numbers(head)
            if sign == "/" and len(numbers) == 2 and head == "rt" and not found["rw"] and self._word_at(0) != "rw":
                found["rt"].add(numbers[0])
                found["rw"].add(numbers[1])
                break
            if sign == "-" and len(numbers) == 2:
                dashed = (numbers[0], numbers[1])
            found[head].update(_spread_range(numbers, sign))
        yield from self._read_units(found)
        if dashed and not found["rw"] and found["rt"]:
            yield from self._read_units({"rt": {dashed[0]}, "rw": {dashed[1]}})

    def _read_units(self, found: dict[str, set[int]]) -> Iterator[HamletUnits]:
        rts, rws = frozenset(found.get("rt", ())), frozenset(found.get("rw", ()))
        if rts or rws:
            yield HamletUnits(rts, rws, self._units[self._first].start, self._units[self.at - 1].end)

    def _word_at(self, on: int) -> str:
        return self._units[self.at + on].word if self.at + on < len(self._units) else ""

    def _number_at(self, on: int) -> int | None:
        at = self.at + on
        return self._units[at].number if at < len(self._units) else None

    def _gap_before(self, on: int) -> str:
        return self._units[self.at + on].gap if self.at + on < len(self._units) else "\n"

    def _starts_unit(self, before: str, found: dict[str, set[int]]) -> bool:
        """Whether the next word is "RT" or "RW" of the same place; "di" and "dan" between them are skipped."""
        if self.at == self._first:
            return self._number_at(1) is not None
        on = 1 if self._word_at(0) in {"di", "dan"} and not _ends_list(self._gap_before(0)) else 0
        other = self._word_at(on)
        if other not in {"rt", "rw"} or self._number_at(on + 1) is None or _ends_list(self._gap_before(on)):
            return False
        if found[other] and (other != before or found["rw" if other == "rt" else "rt"]):
            return False
        self.at += on
        return True

    def _listed_numbers(self, head: str) -> tuple[list[int], str]:
        """The figures of a list, and the sign between the last two: "," (a list), "-" (a range) or "/"."""
        numbers: list[int] = []
        sign = ""
        while (number := self._number_at(0)) is not None and number <= _MOST:
            numbers.append(number)
            self.at += 1
            step, next_sign = self._next_step(head)
            if not step and not next_sign:
                break
            # Two strokes make a list ("RT 3/4/5"); only a single one parts the RT from the RW.
            if numbers[1:] and sign == "/" and next_sign == "/":
                next_sign = ","
            sign = next_sign
            self.at += step
        return numbers, sign

    def _next_step(self, head: str) -> tuple[int, str]:
        """How many words to pass over to the next figure of the list, and the sign; ``(0, "")`` at its end."""
        gap, on, sign = self._gap_before(0), 0, ""
        if self._number_at(0) is None:
            words = 0
            while (
                # "s.d." comes as two words, s and d
                self._word_at(words) in _LIST_WORDS | _RANGE_WORDS | {"d"}
                and not _ends_list(self._gap_before(words))
                and words < 3
            ):
                sign = "-" if self._word_at(words) in _RANGE_WORDS | {"d"} else ","
                words += 1
            on = words
            if (
                head
                and self._word_at(on) == head
                and self._number_at(on + 1) is not None
                and not _ends_list(self._gap_before(on))
            ):
                return on + 1, sign or ","
            return (on, sign) if sign and self._number_at(on) is not None else (0, "")
        if self._word_at(1) in _COUNTED:
            return 0, ""
        joined = re.fullmatch(r"\s*([,/&+\-–])\s*", gap)
        if not joined:
            return 0, ""
        found = joined[1]
        return 0, "-" if found in "-–" else "/" if found == "/" else ","


def _ends_list(gap: str) -> bool:
    return re.search(r"[;:!?\n(]|\.\s+$", gap) is not None


def _spread_range(numbers: Sequence[int], sign: str) -> set[int]:
    """A range has all between its ends."""
    if sign == "-" and len(numbers) > 1 and numbers[-2] < numbers[-1]:
        return {*numbers, *range(numbers[-2], numbers[-1])}
    return set(numbers)
