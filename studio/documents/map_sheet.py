"""The self-map to show in a meeting: a card for the phone and an A4 sheet, both for ``paint``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.base.locale_forms import number_text
from studio.documents.office_paper import INK, MARGIN, PAGE, SOFT, paper_page, text_box
from studio.group.chart_geometry import line_points, net_points
from studio.group.group_region import place_line
from studio.group.map_words import class_words, figure_words, index_words, missing_words, step_words
from studio.group.scoring import next_steps, score_round
from studio.story.date_formats import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.assessment import Assessment
    from studio.group.instrument import Instrument
    from studio.group.scoring import MapResult
    from studio.story.model import Group

CARD = (1080, 1350)
"""Pixels of the card, 4:5."""
_NET = "#d3dad7"
_TONES = {True: "#0b7a4b", False: "#a03b13", None: SOFT}


def write_map_sheet(
    path: Path, group: Group, rounds: Sequence[Assessment], instrument: Instrument, texts: MessageTexts
) -> None:
    """Write the last round as a PDF of one A4 page. Needs a Qt application.

    Args:
        path: the file; it appears complete or not at all.
        group: whose map it is.
        rounds: oldest first, at least one; the last is shown, the others make the line of change.
        instrument: the questions.
        texts: language.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    title = texts.text("group.map.sheet_title", group=group.name)
    with finished_file(path) as part:
        paint_pdf([sheet_svg(group, rounds, instrument, texts)], part, title=title, author=group.name)


def write_map_card(
    path: Path, group: Group, rounds: Sequence[Assessment], instrument: Instrument, texts: MessageTexts
) -> None:
    """Write the last round as a PNG of 1080 x 1350 pixels; see ``write_map_sheet``."""
    from studio.base.finished_files import finished_file
    from studio.paint.image import paint_png

    with finished_file(path) as part:
        paint_png(card_svg(group, rounds, instrument, texts), *CARD, part)


def card_svg(group: Group, rounds: Sequence[Assessment], instrument: Instrument, texts: MessageTexts) -> str:
    """The card as SVG with text boxes."""
    last, language = rounds[-1], texts.language
    result = score_round(last, instrument)
    main, accent = group.colors.main, group.colors.accent
    wide: dict[str, Any] = {"left": 80, "width": 920}
    parts = [
        f'<rect width="{CARD[0]}" height="{CARD[1]}" fill="#ffffff"/>',
        f'<rect width="{CARD[0]}" height="26" fill="{main}"/><rect width="300" height="26" fill="{accent}"/>',
        text_box("grup", 80, 56, group.name, 44, weight=800, lines=1, **wide),
        text_box("desa", 140, 40, _place_and_day(group, texts, last), 27, lines=1, **{**wide, "color": SOFT}),
        text_box(
            "angka", 215, 150, index_words(result, texts), 132, weight=800, lines=1, color=main, left=80, width=430
        ),
        text_box("dari", 372, 36, texts.text("group.map.of_100"), 26, lines=1, color=SOFT, left=80, width=430),
        text_box("kelas", 425, 110, class_words(result, texts), 46, weight=700, lines=2, left=80, width=430),
        *_net(result, (760, 440), 190, main, texts, 24),
        *_bars(result, 80, 760, 920, 66, main, language, 28),
        *_figure_boxes(result, texts, 80, 1060, 920, 62, 29),
        text_box("tanda", 1270, 36, _claimed_words(result, texts), 23, lines=1, **{**wide, "color": SOFT}),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD[0]}" height="{CARD[1]}"'
        f' viewBox="0 0 {CARD[0]} {CARD[1]}">{"".join(parts)}</svg>'
    )


def sheet_svg(group: Group, rounds: Sequence[Assessment], instrument: Instrument, texts: MessageTexts) -> str:
    """The sheet as SVG with text boxes."""
    last, main = rounds[-1], group.colors.main
    result = score_round(last, instrument)
    half = (PAGE[0] - 2 * MARGIN) / 2
    title = texts.text("group.map.sheet_title", group=group.name)
    head = f"{index_words(result, texts)} · {class_words(result, texts)}"
    parts = [
        text_box("judul", 26, 30, title, 20, weight=800, lines=1),
        text_box("desa", 56, 16, _place_and_day(group, texts, last), 10.5, lines=1, color=SOFT),
        # At its smallest, small enough for "sementara, 19 dari 20 terjawab" behind the longest class.
        text_box("angka", 84, 34, head, 24, min=9, weight=800, lines=1, color=main, width=half),
        text_box("lagi", 120, 16, missing_words(result, instrument, texts), 10, lines=1, color=SOFT, width=half),
        *_bars(result, MARGIN, 144, half - 10, 19, main, texts.language, 9.5),
        *_figure_boxes(result, texts, MARGIN, 226, half - 10, 17, 9.5),
        *_net(result, (MARGIN + half + half / 2, 160), 62, main, texts, 9),
        *_rounds(rounds, instrument, texts, main),
        *_question_rows(last, instrument, texts, main, 306),
        *_step_rows(last, instrument, texts, 716),
        text_box("tanda", 806, 14, _claimed_words(result, texts), 8.5, lines=1, color=SOFT),
    ]
    return paper_page(group, *parts)


def _place_and_day(group: Group, texts: MessageTexts, last: Assessment) -> str:
    filled = texts.text("group.map.filled", date=long_date(last.date))
    return " · ".join(part for part in (place_line(group), filled) if part)


def _claimed_words(result: MapResult, texts: MessageTexts) -> str:
    return texts.text("group.map.claimed", n=result.claimed, answered=result.answered)


def _net(
    result: MapResult, center: tuple[float, float], radius: float, main: str, texts: MessageTexts, size: float
) -> list[str]:
    shares = [(each.score or 0) / 100 for each in result.dimensions]
    rings = [
        f'<polygon points="{_join_points(net_points([ring / 4] * len(shares), center, radius))}" fill="none"'
        f' stroke="{_NET}" stroke-width="{radius / 90:.2f}"/>'
        for ring in range(1, 5)
    ]
    shape = _join_points(net_points(shares, center, radius))
    net = [
        *rings,
        f'<polygon points="{shape}" fill="{main}" fill-opacity="0.25" stroke="{main}"'
        f' stroke-width="{radius / 45:.2f}"/>',
    ]
    for each, (across, down) in zip(
        result.dimensions, net_points([1.0] * len(shares), center, radius + size * 0.9), strict=True
    ):
        width = radius * 0.95
        left = across - width / 2
        # The labels at the top and bottom sit above and below their corner, those at the sides beside it at half their
        # height. Compared with a tolerance, as the sine of half a turn is not exactly 0.
        shift = size * 1.4 if abs(across - center[0]) < 1 and down < center[1] else 0.0
        box = text_box(
            f"jala-{each.dimension.id}",
            down - shift - (0 if abs(across - center[0]) < 1 else size * 0.7),
            size * 1.5,
            each.dimension.id,
            size,
            left=left,
            width=width,
            align="center",
            weight=700,
            lines=1,
            color=SOFT,
        )
        net.append(box)
    return net


def _join_points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{across:.2f},{down:.2f}" for across, down in points)


def _bars(
    result: MapResult, left: float, top: float, width: float, step: float, main: str, language: str, size: float
) -> list[str]:
    name, number = width * 0.42, width * 0.12
    room = width - name - number
    parts = []
    for at, each in enumerate(result.dimensions):
        line = top + at * step
        title = f"{each.dimension.id} · {each.dimension.title[language]}"
        value = "–" if each.score is None else number_text(each.score, "id", 0)
        bar = room * (each.score or 0) / 100
        height = size * 0.62
        parts += [
            text_box(f"nama-{each.dimension.id}", line, size * 1.5, title, size, left=left, width=name - 8, lines=1),
            f'<rect x="{left + name:.1f}" y="{line + size * 0.3:.1f}" width="{room:.1f}" height="{height:.1f}"'
            f' rx="{height / 2:.1f}" fill="#e7ecea"/>',
            f'<rect x="{left + name:.1f}" y="{line + size * 0.3:.1f}" width="{bar:.1f}" height="{height:.1f}"'
            f' rx="{height / 2:.1f}" fill="{main}"/>',
            text_box(
                f"nilai-{each.dimension.id}",
                line,
                size * 1.5,
                value,
                size,
                left=left + name + room + 4,
                width=number - 4,
                align="right",
                weight=700,
                lines=1,
            ),
        ]
    return parts


def _figure_boxes(
    result: MapResult, texts: MessageTexts, left: float, top: float, width: float, step: float, size: float
) -> list[str]:
    return [
        part
        for at, each in enumerate(result.figures)
        for part in (
            f'<rect x="{left}" y="{top + at * step + size * 0.12:.1f}" width="{size * 0.9:.1f}"'
            f' height="{size * 0.9:.1f}" rx="{size * 0.2:.1f}" fill="{_TONES[each.reached]}"/>',
            text_box(
                f"angka-{each.figure.id}",
                top + at * step,
                size * 1.5,
                figure_words(result, each.figure.id, texts),
                size,
                left=left + size * 1.5,
                width=width - size * 1.5,
                weight=600,
                lines=1,
            ),
        )
    ]


def _rounds(rounds: Sequence[Assessment], instrument: Instrument, texts: MessageTexts, main: str) -> list[str]:
    """The line of change, where there are two rounds to compare."""
    known = [(each.date, score_round(each, instrument).index) for each in rounds]
    scored = [(day, index) for day, index in known if index is not None][-8:]
    if len(scored) < 2:
        return []
    half = (PAGE[0] - 2 * MARGIN) / 2
    left, top, width, height = MARGIN + half + 34, 246, half - 60, 34
    points = line_points([index for _, index in scored], left, top, width, height)
    dots = "".join(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="2.6" fill="{main}"/>' for across, down in points)
    first, last = scored[0], scored[-1]
    change = texts.text(
        "group.map.change",
        start=number_text(first[1], texts.language, 0),
        end=number_text(last[1], texts.language, 0),
        date=long_date(first[0]),
    )
    return [
        f'<polyline points="{_join_points(points)}" fill="none" stroke="{main}" stroke-width="1.6"/>{dots}',
        text_box("perubahan", 288, 13, change, 8.5, left=left, width=width, lines=1, color=SOFT),
    ]


def _question_rows(last: Assessment, instrument: Instrument, texts: MessageTexts, main: str, top: float) -> list[str]:
    """Twenty rows: the question, five squares, the level in words."""
    parts = []
    language = texts.language
    for at, indicator in enumerate(instrument.indicator):
        # Twenty rows from 306 points end at 710, just above the next steps.
        line = top + at * 20.2
        answer = last.answers.get(indicator.id)
        applies = instrument.is_asked(indicator, no_business=last.no_business)
        said = texts.text("group.map.not_applicable") if not applies else "–"
        if answer is not None and applies:
            said = indicator.levels[language][answer.score]
        filled = answer.score if answer is not None and applies else 0
        squares = "".join(
            f'<rect x="{MARGIN + 238 + number * 13}" y="{line + 1.2:.1f}" width="11" height="8" rx="2"'
            f' fill="{main if number < filled else "#e7ecea"}"/>'
            for number in range(instrument.most)
        )
        title = f"{indicator.id}  {indicator.title[language]}"
        level = texts.text(f"group.map.level.{answer.level}") if answer is not None and applies else ""
        parts += [
            text_box(f"tanya-{at}", line, 14, title, 9, width=232, lines=1, color=INK),
            squares,
            text_box(f"jawab-{at}", line, 14, said, 9, left=MARGIN + 298, width=145, lines=1),
            text_box(f"bukti-{at}", line, 14, level, 8, left=MARGIN + 446, width=66, lines=1, color=SOFT),
        ]
    return parts


def _step_rows(last: Assessment, instrument: Instrument, texts: MessageTexts, top: float) -> list[str]:
    steps = next_steps(last, instrument)
    if not steps:
        return []
    head = text_box("langkah", top, 16, texts.text("group.map.steps"), 11, weight=700, lines=1)
    rows = [
        text_box(
            f"langkah-{at}",
            top + 20 + at * 20,
            18,
            f"{at + 1}. {step_words(step.indicator, step.score, step.target, texts)}",
            9.5,
            lines=1,
        )
        for at, step in enumerate(steps)
    ]
    return [head, *rows]
