"""What came along from the story before in a series: dates that nobody has looked at yet (KEJ pasal 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.finding import Finding
from studio.story.places import TextPlace, placed_texts

if TYPE_CHECKING:
    from studio.story.model import Story


def check_series(story: Story) -> tuple[Finding, ...]:
    """A warning for each date of the story before that still stands in a text as it stood there."""
    if story.series is None or not story.series.carried_dates:
        return ()
    texts = [*placed_texts(story), ("answers/when", story.answers.when)]
    found = []
    for words in story.series.carried_dates:
        exact = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        hits = [TextPlace(field, hit.start(), hit.end()) for field, text in texts for hit in exact.finditer(text)]
        if hits:
            facts = {"word": words}
            found.append(
                Finding("series_old_date", "warning", "facts", hits[0], facts, "KEJ pasal 3", more=tuple(hits[1:]))
            )
    return tuple(found)
