"""What is put into a filled SVG later: its pictures, and how bright the photo is.

A card is filled once, for its key, when nobody has cut its photo yet. The pictures stand in it as tokens; what the
template calculates with the brightness of the photo (the scrim below white words) is noted down step by step and
calculated again, in the same steps, once it is known: the text is the same to the last digit.
"""

from __future__ import annotations

import operator
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOKEN = "kim:"
"""What every token begins with."""
MIDDLING = 0.5
"""How bright a photo is taken to be in the key of a card: the photo itself is in the key too."""
_NUMBER = re.compile(r"kim:n\[([^\]]*)\]")
_MOST_STEPS = 30
_OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


class LateNumber:
    """A number that is not known yet: it can be calculated with and written, and nothing else.

    Comparing it, rounding it or turning it into a number ends the filling; the template is filled again with the
    number itself then.
    """

    __slots__ = ("_steps", "_written")

    def __init__(self, steps: tuple[str, ...] = (), written: list[str] | None = None) -> None:
        self._steps = steps
        self._written: list[str] = [] if written is None else written

    def is_kept_in(self, text: str) -> bool:
        """Whether all that was written of it stands in ``text`` as it was written."""
        # A template may write the number and then change the text (cut it, escape it, look at its length). Only if
        # every token arrived unchanged can it be replaced later.
        return Counter(found[0] for found in _NUMBER.finditer(text)) == Counter(self._written)

    def __str__(self) -> str:
        self._written.append(f"kim:n[{' '.join(self._steps)}]")
        return self._written[-1]

    def _step(self, sign: str, other: object, side: str) -> LateNumber:
        if not isinstance(other, int | float) or len(self._steps) >= _MOST_STEPS:
            self._refuse()
        # repr() gives a float back exactly, so the steps give the same again later, to the last digit. The side
        # matters: 1 - x is not x - 1.
        return LateNumber((*self._steps, f"{side}{sign}{other!r}"), self._written)

    def __add__(self, other: object) -> LateNumber:
        return self._step("+", other, "l")

    def __radd__(self, other: object) -> LateNumber:
        return self._step("+", other, "r")

    def __sub__(self, other: object) -> LateNumber:
        return self._step("-", other, "l")

    def __rsub__(self, other: object) -> LateNumber:
        return self._step("-", other, "r")

    def __mul__(self, other: object) -> LateNumber:
        return self._step("*", other, "l")

    def __rmul__(self, other: object) -> LateNumber:
        return self._step("*", other, "r")

    def __truediv__(self, other: object) -> LateNumber:
        return self._step("/", other, "l")

    def __rtruediv__(self, other: object) -> LateNumber:
        return self._step("/", other, "r")

    def _refuse(self, *_: object) -> NoReturn:
        raise ArithmeticError("not known yet")  # Jinja's filters catch other errors and go on with 0

    __float__ = __int__ = __bool__ = __round__ = __abs__ = __len__ = __iter__ = __format__ = _refuse
    # A template that decides by the number ("if luminance > 0.6") cannot be filled before it is known.
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse


@dataclass(frozen=True, slots=True)
class LateSvg:
    """A filled SVG that lacks its pictures and their brightness.

    Attributes:
        text: with tokens.
        tokens: name of a picture (``photo``, ``logo``) and its token.
        complete: whether what it lacks can be put in; else its template is to be filled again.
    """

    text: str
    tokens: tuple[tuple[str, str], ...]
    complete: bool

    def with_luminance(self, luminance: float) -> str:
        """The SVG for a photo of this mean brightness (0 to 1), with tokens for its pictures."""
        return _NUMBER.sub(lambda found: _reckon(found[1], luminance), self.text) if self.complete else self.text

    def finish(self, pictures: Mapping[str, str], luminance: float) -> str:
        """The SVG with its pictures (data URIs by name)."""
        text = self.with_luminance(luminance)
        for name, token in self.tokens:
            text = text.replace(token, pictures[name])
        return text


def _reckon(steps: str, number: float) -> str:
    value = number
    for step in steps.split():
        # Integers stay integers: 2 and 2.0 are written differently.
        operation, other = _OPERATIONS[step[1]], float(step[2:]) if "." in step or "e" in step[2:] else int(step[2:])
        value = operation(value, other) if step[0] == "l" else operation(other, value)
    return str(value)
