"""Card and sheet of the self-map: none of the studio's own words is cut off, whatever was answered."""

from __future__ import annotations

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.documents.map_sheet import card_svg, sheet_svg
from studio.group.assessment import Assessment, AssessmentAnswer
from studio.paint.sheet import typeset_sheet
from studio.services.self_map_rounds import load_instrument
from studio.story.model import Group

GROUP = Group(name="KIM Ngumbul", village="Desa Ngumbul", district="Tulakan", regency="Kabupaten Pacitan")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("draw", [card_svg, sheet_svg])
@pytest.mark.parametrize(("answered", "score"), [(0, 0), (16, 2), (20, 4), (19, 3)])
def test_nothing_is_cut_off(qapp, language, draw, answered, score):
    instrument, texts = load_instrument(), MessageTexts(assets_dir() / "messages", language)
    codes = [each.id for each in instrument.indicator][:answered]
    answers = {code: AssessmentAnswer(score=score, level="verified") for code in codes}
    rounds = [Assessment(instrument=instrument.key, date=f"2026-11-{day}", answers=answers) for day in (10, 28)]
    svg = draw(GROUP, rounds, instrument, texts)
    assert [each.text for each in typeset_sheet(svg).overflow] == []
