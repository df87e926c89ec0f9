"""When the words of a script are spoken in a recording of it: sentences by their pauses, what is shown by syllables.

Nothing is recognised: what was read is known. The longest pauses lie between sentences, and a sentence takes about the
share of the speech that its syllables have; both together say which pause ends which sentence. No Qt.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from studio.posts.speech_timing import FASTEST_PACE, syllable_count
from studio.story.motion_records import SpokenCaption
from studio.story.text import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.base.progress import Progress

MOST_LETTERS = 64
"""Letters of a caption: two lines of large type on a phone held upright."""
_LINGER = 0.25
"""Seconds a caption stays after its last word, as far as the next one lets it."""
_UNEVEN = 3.0
"""What it weighs, in seconds of a longer pause, that a sentence would take twice as long as its syllables say."""


def captions_of(narration: Path, script: str, progress: Progress) -> tuple[SpokenCaption, ...]:
    """The words of a narration with their times.

    Args:
        narration: what was recorded.
        script: what was read, as it is spoken; "" where nobody knows.
        progress: may cancel.

    Returns:
        Captions in order; none where speech and silence cannot be told apart.

    Raises:
        UserError: there is no sound in it.
        WorkCancelled: asked for.
    """
    from studio.video.voice_files import speech_spans

    progress.report(0, 1, narration.name)
    return lay_out_captions(script, speech_spans(narration)) if script.strip() else ()


def lay_out_captions(script: str, spans: Sequence[tuple[float, float]]) -> tuple[SpokenCaption, ...]:
    """Put the words of a script where speech is.

    Args:
        script: as it is spoken.
        spans: stretches of speech, begin and end in seconds, in order.
    """
    rows = list(sentences(script))
    speech = sum(end - begin for begin, end in spans)
    # Who stops early has not read the rest: nobody speaks faster than that.
    while len(rows) > 1 and sum(map(_spoken_weight, rows)) > FASTEST_PACE * speech:
        rows.pop()
    if not rows or not spans:
        return ()
    made: list[SpokenCaption] = []
    clock = _SpeechClock(spans)
    for row, (begin, end) in zip(rows, _sentence_places([_spoken_weight(row) for row in rows], clock), strict=True):
        pieces = _pieces(row)
        whole, at = sum(map(_spoken_weight, pieces)), begin
        for piece in pieces:
            until = at + (end - begin) * _spoken_weight(piece) / whole
            made.append(SpokenCaption(start=clock.begins(at), end=clock.ends(until) + _LINGER, text=piece))
            at = until
    ends = [min(each.end, after.start) for each, after in itertools.pairwise(made)] + [made[-1].end]
    return tuple(
        SpokenCaption(start=round(each.start, 3), end=round(max(end, each.start + 0.1), 3), text=each.text)
        for each, end in zip(made, ends, strict=True)
    )


class _SpeechClock:
    """Turns seconds of speech, pauses left out, into seconds of the recording."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        import numpy as np

        self._begins, self._ends = (np.array(side) for side in zip(*spans, strict=True))
        self.spoken: NDArray[np.float64] = np.cumsum(self._ends - self._begins)
        """Seconds of speech by the end of each stretch."""
        self.pauses: NDArray[np.float64] = self._begins[1:] - self._ends[:-1]

    def begins(self, speech: float) -> float:
        """When what follows after so much speech begins: behind a pause."""
        import numpy as np

        at = min(int(np.searchsorted(self.spoken, speech + 1e-6, "right")), len(self.spoken) - 1)
        return float(self._ends[at] - max(0.0, self.spoken[at] - speech))

    def ends(self, speech: float) -> float:
        """When so much speech is over: before a pause."""
        import numpy as np

        at = min(int(np.searchsorted(self.spoken, speech - 1e-6, "left")), len(self.spoken) - 1)
        return float(self._ends[at] - max(0.0, self.spoken[at] - speech))


def _sentence_places(weights: Sequence[float], clock: _SpeechClock) -> list[tuple[float, float]]:
    """Begin and end of each sentence in seconds of speech: the best row of pauses of all there are."""
    import numpy as np

    whole, total = float(clock.spoken[-1]), sum(weights)
    costs, places = np.zeros(1), np.zeros(1)
    steps: list[tuple[NDArray[np.float64], NDArray[np.intp]]] = []
    done = 0.0
    for number, weight in enumerate(weights):
        done += weight
        last = number == len(weights) - 1
        # A reader need not stop after a sentence: where it should be over is one more place, without a pause.
        ends = np.array([whole]) if last else np.append(clock.spoken[:-1], whole * done / total)
        worth = np.zeros(1) if last else np.append(np.minimum(clock.pauses, 1.0), 0.0)
        lengths = ends[None, :] - places[:, None]
        uneven = (lengths / (whole * weight / total) - 1) ** 2 * _UNEVEN
        found = np.where(lengths > 0, costs[:, None] + uneven - worth[None, :], np.inf)
        steps.append((ends, found.argmin(axis=0)))
        costs, places = found.min(axis=0), ends
    at, made = 0, [whole]
    for number in range(len(weights) - 1, 0, -1):
        at = int(steps[number][1][at])
        made.append(float(steps[number - 1][0][at]))
    borders = [0.0, *reversed(made)]
    return list(itertools.pairwise(borders))


def _spoken_weight(text: str) -> float:
    return float(max(1, syllable_count(text)))


def _pieces(sentence: str) -> list[str]:
    """A sentence in pieces of at most ``MOST_LETTERS``, broken behind a comma rather than elsewhere, of like length."""
    words = sentence.split()
    if len(sentence) <= MOST_LETTERS or len(words) < 2:
        return [" ".join(words)]
    middle = len(sentence) / 2
    ends = [len(" ".join(words[:at])) for at in range(1, len(words))]
    # A comma may be a fifth of the sentence off the middle and still be the better place.
    off = [abs(end - middle) - (middle * 0.4 if words[at][-1] in ",;:–—" else 0) for at, end in enumerate(ends)]
    at = off.index(min(off)) + 1
    return [*_pieces(" ".join(words[:at])), *_pieces(" ".join(words[at:]))]
