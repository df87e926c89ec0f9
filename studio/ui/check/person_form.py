"""One person of the story to fill in: who it is, whether they are protected, where they can be seen."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from studio.story import people
from studio.ui.check.labelled_fields import LabelledChoice, LabelledEntry, make_tick, pair
from studio.ui.widgets.basic_parts import card, clear, column, describe, edges, label, picture, row, show_tick
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.thumbnail_picture import ThumbnailPicture

if TYPE_CHECKING:
    from studio.story.model import Person, Photo, Story, Video
    from studio.story.people import MediaList
    from studio.ui.core.desk_context import DeskContext

_AGES = ("unknown", "child", "adult")
_ROLES = ("subject", "source", "victim", "witness", "suspect", "official", "other")
_LISTS = frozenset({"aliases", "identifiers"})


class PersonForm(QWidget):
    """The form of a person.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self.person_id = ""
        tools = bench.tools
        self.entries: dict[str, LabelledEntry] = {
            name: LabelledEntry(
                tools, self._t(f"ask.{name}"), self._t(f"hint.{name}"), tall=name in {"identifiers", "note"}
            )
            for name in ("name", "aliases", "identifiers", "note")
        }
        self.age = LabelledChoice(tools, self._t("ask.age"), [(key, self._t(f"age.{key}")) for key in _AGES])
        self.role = LabelledChoice(tools, self._t("ask.role"), [(key, self._t(f"role.{key}")) for key in _ROLES])
        self.protected = make_tick(self._t("ask.protected"), self._t("hint.protected"))
        self.missing = make_tick(self._t("ask.missing"), self._t("hint.missing"))
        self.why = label("", "muted", wrap=True)
        self.seen: dict[str, QCheckBox] = {}
        self._pictures: dict[str, tuple[str, ThumbnailPicture]] = {}
        self._media = FlowLayout(tools.theme.px(10), tools.theme.px(10))
        self._nothing = label(self._t("no_media"), "muted", wrap=True)
        self._shape: tuple[object, ...] = ()
        self._lay_out()
        for name, entry in self.entries.items():
            entry.edited.connect(partial(self._write, name))
        self.age.chosen.connect(partial(self._set, "age_group"))
        self.role.chosen.connect(partial(self._set, "role"))
        self.protected.toggled.connect(partial(self._set, "protected"))
        self.missing.toggled.connect(partial(self._set, "missing"))
        bench.thumbs.ready.connect(self._on_thumb)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"people.{code}", **facts)

    def _lay_out(self) -> None:
        theme, tools = self._bench.tools.theme, self._bench.tools
        who = column(
            label(self._t("section.who"), "title"),
            pair(tools, self.entries["name"], self.entries["aliases"]),
            pair(tools, self.role, self.age),
            self.entries["note"],
            gap=theme.px(10),
            edges=edges(theme, 16, 12),
        )
        shield = row(picture(theme, "shield", "accent"), label(self._t("section.shield"), "title"), 1, gap=theme.px(8))
        safe = column(
            shield,
            self.why,
            self.protected,
            self.entries["identifiers"],
            self.missing,
            gap=theme.px(8),
            edges=edges(theme, 16, 12),
        )
        holder = QVBoxLayout()
        holder.addLayout(self._media)
        seen = column(
            label(self._t("section.seen"), "title"),
            label(self._t("seen_hint"), "muted", wrap=True),
            self._nothing,
            holder,
            gap=theme.px(8),
            edges=edges(theme, 16, 12),
        )
        self.setLayout(column(card(who), card(safe), card(seen), gap=theme.px(12)))

    # ------------------------------------------------------------------------------------------- showing

    def show_person(self, story: Story, person_id: str) -> None:
        """Show a person; fields that say the same already are left alone."""
        person = people.find_person(story, person_id)
        self.person_id = person_id if person else ""
        self.setVisible(person is not None)
        if person is None:
            return
        locked = self._bench.session.read_only
        for name, entry in self.entries.items():
            value = getattr(person, name)
            if name in _LISTS:
                # By what it means: a comma that was just typed must not vanish.
                if _parts(entry.text()) != value or locked:
                    entry.show_value(", ".join(value), locked=locked)
            else:
                entry.show_value(value, locked=locked)
        self.age.show_value(person.age_group, locked=locked)
        self.role.show_value(person.role, locked=locked)
        show_tick(self.protected, person.protected, locked=locked)
        show_tick(self.missing, person.missing, locked=locked)
        self.why.setText(self._t(self._reason(person)))
        self._show_media(story, person, locked=locked)

    @staticmethod
    def _reason(person: Person) -> str:
        if person.age_group == "child" and person.role in people.CASE_ROLES:
            return "why.case"
        if people.is_shielded(person):
            return "why.shielded"
        if person.missing:
            return "why.missing"
        return "why.open"

    def _show_media(self, story: Story, person: Person, *, locked: bool) -> None:
        items: list[Photo | Video] = [*story.photos, *story.videos]
        shape = tuple(item.id for item in items)
        if shape != self._shape:
            self._shape = shape
            clear(self._media)
            self.seen, self._pictures = {}, {}
            for number, photo in enumerate(story.photos, 1):
                self._media.addWidget(self._tile("photos", number, photo))
            for number, video in enumerate(story.videos, 1):
                self._media.addWidget(self._tile("videos", number, video))
        self._nothing.setVisible(not items)
        for item in items:
            show_tick(self.seen[item.id], person.id in item.people, locked=locked)

    def _tile(self, which: MediaList, number: int, item: Photo | Video) -> QWidget:
        theme = self._bench.tools.theme
        shown = ThumbnailPicture(theme, "image" if which == "photos" else "film", 84)
        shown.show_picture(self._bench.thumbs.get(self._bench.session.folder, item.file))
        self._pictures[item.id] = (item.file, shown)
        name = self._t(f"seen_{which}", number=number)
        box = QCheckBox(name)
        describe(box, self._t("seen_name", name=name), item.caption or item.name or name)
        box.toggled.connect(partial(self._mark_appearance, which, item.id))
        self.seen[item.id] = box
        holder = QWidget()
        holder.setProperty("look", "clear")
        holder.setLayout(column(shown, box, gap=theme.px(3)))
        return holder

    def _on_thumb(self, folder: str, file: str) -> None:
        if folder == self._bench.session.folder:
            for name, shown in self._pictures.values():
                if name == file:
                    shown.show_picture(self._bench.thumbs.get(folder, file))

    def field_of(self, name: str) -> QWidget:
        """Where a field of a person is filled in, by its name in the model."""
        fields: dict[str, QWidget] = {field: entry.field for field, entry in self.entries.items()}
        fields |= {"age_group": self.age.box, "role": self.role.box, "protected": self.protected}
        fields["missing"] = self.missing
        return fields.get(name, self.entries["name"].field)

    # ------------------------------------------------------------------------------------------- writing

    def _write(self, name: str, text: str) -> None:
        value: object = _parts(text) if name in _LISTS else " ".join(text.split()) if name == "name" else text
        self._set(name, value)

    def _set(self, name: str, value: object) -> None:
        if self.person_id:
            self._bench.session.edit(people.change_person(self.person_id, **{name: value}))

    def _mark_appearance(self, which: MediaList, media_id: str, on: bool) -> None:
        story = self._bench.session.story
        items: tuple[Photo | Video, ...] = getattr(story, which)
        item = next((one for one in items if one.id == media_id), None)
        if item is None or not self.person_id:
            return
        others = [name for name in item.people if name != self.person_id]
        marked = [*others, self.person_id] if on else others
        self._bench.session.edit(people.mark_people(which, media_id, marked))


def _parts(text: str) -> tuple[str, ...]:
    """What is listed with commas or line by line."""
    return tuple(part for piece in re.split(r"[,;\n]", text) if (part := " ".join(piece.split())))
