"""Leads the user to a place of the story on the writing desk: the right field, its words selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.body import plain_text
from studio.story.mending import text_at
from studio.ui.core.focus_order import go_to
from studio.ui.write.page_fields import LineField, TextField, select_in

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.write.body_editor import BodyEdit
    from studio.ui.write.question_starters import QuestionStarters
    from studio.ui.write.story_header import StoryHeader
    from studio.ui.write.writing_panel import SidePanel


def focus_shown(field: QWidget, panel: SidePanel, starters: QuestionStarters | None) -> None:
    """Put the focus into a field; an answer is asked for in two places, and only one of them is seen."""
    field = _twin(field, panel, starters)
    if field.isVisible() and not field.hasFocus():
        go_to(field)


def _twin(field: QWidget, panel: SidePanel, starters: QuestionStarters | None) -> QWidget:
    """The field of an answer that is seen: while the questions stand on the page, it is not the one at the side."""
    asked: list[tuple[str, QWidget]] = [*panel.fields.items(), *panel.service.form.fields.items()]
    name = next((name for name, each in asked if each is field), None)
    if name is not None and starters is not None and starters.isVisible() and starters.asking:
        return starters.field_of(name) or field
    return field


def reveal(
    header: StoryHeader,
    panel: SidePanel,
    starters: QuestionStarters | None,
    body: BodyEdit,
    story: Story,
    place: TextPlace,
) -> None:
    """Put the focus where ``place`` is edited; in the text, select its words."""
    name, _, rest = place.field.partition("/")
    if name == "body":
        _select_in_body(body, story, place)
        return
    fields: dict[str, QWidget] = {
        "headline": header.headline,
        "summary": header.summary,
        "date": header.date,
        "date_end": header.date,
        "hours": header.hours,
        **panel.details.fields,
    }
    if name == "sources":
        fields["sources"] = panel.sources.field_of(rest)
    if name == "service_answers" and rest in panel.service.form.fields:
        fields["service_answers"] = panel.service.form.fields[rest]
    target = fields.get(name) or _header_field(header, name) or _answer(panel, name, rest)
    if target is None:
        body.setFocus()
        return
    go_to(_twin(target, panel, starters))
    if isinstance(target, TextField | LineField) and place.end > place.start:
        select_in(target, place.start, place.end)


def _header_field(header: StoryHeader, name: str) -> QWidget | None:
    return next((field for code, field in header.lines.items() if code == name), None)


def _answer(panel: SidePanel, name: str, which: str) -> QWidget | None:
    return next((field for code, field in panel.fields.items() if code == which), None) if name == "answers" else None


def _select_in_body(body: BodyEdit, story: Story, place: TextPlace) -> None:
    """Select the words by what they say: the document shows no signs of Markdown, so that positions differ."""
    text = text_at(story, "body") or ""
    body.setFocus()
    words = plain_text(text[place.start : place.end]).strip().partition("\n")[0]
    if not words:
        return
    before = plain_text(text[: place.start])
    # Told apart from the same words elsewhere by how many of them stand before; where that fails, by less and less.
    if not body.select_words(words, before.count(words)) and not body.select_words(words, 0):
        first = words.split()[0]
        body.select_words(first, before.count(first))
    body.keep_in_sight()
