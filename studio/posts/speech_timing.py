"""How long a text takes to read aloud, from its syllables and its stops.

A reader's pace is one number, syllables a second, that is measured once ("baca ini, tekan berhenti") and kept. Stops do
not shrink as fast as syllables when someone reads faster, so they are counted in seconds of their own, scaled by the
square root of the pace.
"""

from __future__ import annotations

import math
import re

USUAL_PACE = 5.3
"""Syllables a second of a reader who was never measured: news read calmly (shared research, capabilities (e))."""
SLOWEST_PACE, FASTEST_PACE = 2.5, 9.0
"""Bounds of a measured pace: outside them the watch was stopped too late or too early."""
_COMMA, _STOP, _PARAGRAPH = 0.35, 0.7, 0.4
"""Seconds at the usual pace after a comma or colon, after a sentence, and in addition after a paragraph."""

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile(r"[aiueoéèêå]", re.IGNORECASE)
_GLIDES = re.compile(r"(?:ai|au|oi|ei)$", re.IGNORECASE)


def syllable_count(text: str) -> int:
    """The syllables of ``text``, words only (``spoken_text``): one a vowel; ``ai au oi ei`` at an end are one."""
    count = 0
    for word in _WORD.findall(text):
        vowels = len(_VOWELS.findall(word)) - (1 if len(word) > 3 and _GLIDES.search(word) else 0)
        count += max(1, vowels)
    return count


def pause_seconds(text: str) -> float:
    """What the stops of ``text`` take at the usual pace; the last is silence after the reading and counts nothing."""
    text = text.strip().rstrip('.!?…,;:"”’»')
    commas = len(re.findall(r"[,;:](?=\s)|\s[–—-]\s", text))
    stops = len(re.findall(r"[.!?…]+[\"”’»)]*(?=\s)", text)) + len(re.findall(r"[^.!?…\s\"”’»]\s*\n", text))
    return commas * _COMMA + stops * _STOP + len(re.findall(r"\n\s*\n", text)) * _PARAGRAPH


def reading_seconds(spoken: str, pace: float = USUAL_PACE) -> float:
    """How long ``spoken`` takes to read.

    Args:
        spoken: what ``studio.posts.spoken_text.spoken_text`` made.
        pace: syllables a second between the stops, ``SLOWEST_PACE`` to ``FASTEST_PACE``.

    Returns:
        Seconds; 0 for no text.
    """
    return syllable_count(spoken) / pace + pause_seconds(spoken) * math.sqrt(USUAL_PACE / pace)


def measured_pace(spoken: str, seconds: float) -> float:
    """The pace of someone who read ``spoken`` in ``seconds``, within the bounds; the usual one for no text or time."""
    if seconds <= 0 or not syllable_count(spoken):
        return USUAL_PACE
    low, high = SLOWEST_PACE, FASTEST_PACE
    # The pauses shrink with the pace too: halving the bounds finds the pace without solving for it, to a thousandth.
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (middle, high) if reading_seconds(spoken, middle) > seconds else (low, middle)
    return round((low + high) / 2, 3)
