"""Merging: the order of files does not matter, twice is once, nothing is dropped, and people decide who is who."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.documents.district_web import page_name
from studio.group.district_areas import EVERYWHERE
from studio.group.district_figures import KnownGroup, areas_below, district_figures, percent_of
from studio.group.district_merge import ReceivedFile, RefusedFile, are_alike, merge_files
from studio.group.district_scores import district_instrument, score_round
from studio.group.handover_file import ReadGroup, read_handover, seal_handover
from studio.services.district_sources import DistrictIntake
from studio.services.self_map_rounds import load_instrument
from tests.group.handovers import handover, round_of, sealed

TODAY = date(2026, 11, 30)
KIM = district_instrument(load_instrument())


def received(data: bytes, source: str) -> ReceivedFile:
    return ReceivedFile(source, read_handover(data, TODAY))


def figures(*files: bytes, known=(), since=None, decisions=None):
    merge = merge_files([received(data, f"{n}.json") for n, data in enumerate(files)], (), decisions)
    return district_figures(merge, KIM, TODAY, known=known, since=since)


@st.composite
def some_files(draw):
    """Files of a few groups in a few villages, with several rounds, moments, and copies."""
    count = draw(st.integers(1, 7))
    files = []
    for number in range(count):
        days = draw(st.lists(st.sampled_from(["2026-01-05", "2026-06-05", "2026-11-05"]), unique=True, max_size=3))
        data = sealed(
            draw(st.integers(1, 4)),
            f"2026-11-2{draw(st.integers(0, 3))}T10:00:00+07:00",
            [round_of(day, draw(st.integers(0, 4))) for day in days],
            name=draw(st.sampled_from(["KIM Pena", "KIM Penna", "KIM Lentera", ""])),
            region_code=draw(st.sampled_from(["", "99.01.01.2001", "99.01.02.2001"])),
            village=draw(st.sampled_from(["Desa Sukamaju", "ds. SUKAMAJU", "Karangsewu"])),
        )
        files += [(data, f"{number}-{copy}") for copy in range(draw(st.integers(1, 2)))]
    return files


def merged(files):
    return merge_files([received(*file) for file in files], [RefusedFile("rusak", UserError("handover.empty"))])


@given(some_files(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_files_does_not_matter(files, luck):
    shuffled = list(files)
    luck.shuffle(shuffled)
    one, other = merged(files), merged(shuffled)
    assert (one.groups, one.twice, one.rivals) == (other.groups, other.twice, other.rivals)
    assert [q.key for q in one.questions] == [q.key for q in other.questions]
    a, b = (district_figures(m, KIM, TODAY) for m in (one, other))
    assert a.areas == b.areas


@given(some_files())
@settings(max_examples=40, deadline=None)
def test_every_file_is_accounted_for_once(files):
    assert merged(files).sources() == sorted([*(source for _, source in files), "rusak"])


@given(some_files())
@settings(max_examples=30, deadline=None)
def test_taking_all_in_again_changes_nothing(files):
    once, again = merged(files), merged([*files, *((data, f"{source}-lagi") for data, source in files)])
    strip = [(g.id, g.group, g.made, g.rounds, g.counts) for g in once.groups]
    assert strip == [(g.id, g.group, g.made, g.rounds, g.counts) for g in again.groups]


@given(some_files())
@settings(max_examples=30, deadline=None)
def test_no_round_is_lost(files):
    told = {(r.date) for data, _ in files for r in read_handover(data, TODAY).handover.rounds}
    assert {found.date for group in merged(files).groups for found in group.rounds} == told


def test_the_newest_file_counts_and_older_ones_lengthen_the_row():
    old = sealed(1, "2026-01-10T10:00:00+07:00", [round_of("2026-01-05", 1)], name="KIM Lama")
    new = sealed(1, "2026-11-20T10:00:00+07:00", [round_of("2026-11-05", 3)], name="KIM Baru")
    found = figures(new, old)
    (group,) = found.groups
    assert group.name == "KIM Baru"
    assert [r.date for r in group.merged.rounds] == ["2026-01-05", "2026-11-05"]
    assert (group.current.index, group.previous.index, group.change) == (75, 25, 50)
    assert found.areas[EVERYWHERE].better == 1


def test_moments_are_compared_across_time_zones():
    west = sealed(1, "2026-11-20T10:00:00+07:00", name="KIM Barat")
    east = sealed(1, "2026-11-20T11:30:00+09:00", name="KIM Timur")
    assert figures(east, west).groups[0].name == "KIM Barat"


def test_two_ids_in_one_village_with_alike_names_ask_and_the_answer_holds():
    one, other = sealed(1, name="KIM Bina Warga"), sealed(2, name='Kelompok "Bina Wargo"', region_code="99.01.01.2001")
    asked = figures(one, other)
    (question,) = asked.merge.questions
    assert len(asked.groups) == 2
    same = figures(one, other, decisions={question.key: True})
    assert (len(same.groups), same.merge.questions) == (1, ())
    apart = figures(one, other, decisions={question.key: False})
    assert (len(apart.groups), apart.merge.questions) == (2, ())


def test_alike_names():
    assert are_alike("KIM Pena", "Komunitas Informasi Masyarakat PENA Ngumbul")
    assert are_alike("KIM Bina Warga", "KIM Bina Wargo")
    assert not are_alike("KIM Lentera", "KIM Suara Tani")
    assert not are_alike("KIM Karya 1", "KIM Karya 2")


def test_other_versions_compare_what_is_common():
    later = round_of("2026-11-20", 3, instrument="kim-20/2", scores={"KP4": None, "KP9": 4})
    (group,) = figures(sealed(1, rounds=[round_of("2026-05-20", 2, scores={"KP4": 0}), later])).groups
    assert group.current.dimensions["KP"] == 75
    assert "KP9" not in group.current.scores
    assert group.change == 25  # KP4, which only the first round asked, moves nothing


def test_below_five_there_is_no_percentage():
    assert [percent_of(2, n) for n in (4, 5)] == [None, 40]


def test_figures_of_a_small_regency():
    def one(number, score, **more):
        return sealed(
            number,
            rounds=[round_of(score=score, **more)],
            region_code=f"99.01.{1 + number % 2:02}.200{number}",
            district=f"Kecamatan {'AB'[number % 2]}",
            decree={"valid_until": ["2026-01-01", "2027-02-01", "2029-01-01", ""][number % 4]},
        )

    files = [one(1, 0), one(2, 1), one(3, 2, level="proven"), one(4, 3), one(5, 4), one(6, 3, no_business=True)]
    known = [
        KnownGroup(ReadGroup(id=f"{n:032x}", name=f"KIM {w}", village=w, region_code="99.01.01"), "d")
        for n, w in enumerate(["Jauh", "Sepi"])
    ]
    found = figures(*files, known=known)
    all_of = found.areas[EVERYWHERE]
    assert (all_of.respondents, all_of.known, len(found.absent)) == (6, 8, 2)
    assert all_of.classes == {"class-0": 1, "class-1": 1, "class-2": 1, "class-3": 3}
    assert (all_of.communication, all_of.business, all_of.business_asked, all_of.both) == (4, 3, 5, 3)
    assert all_of.spreads["index"].median == 62.5
    assert (all_of.ending, all_of.lapsed, all_of.decree_known) == (2, 1, 5)
    assert all_of.claimed_only == 5
    assert all_of.active == 6
    assert [(a.area.name, a.respondents) for a in areas_below(found, EVERYWHERE)] == [
        ("Kecamatan A", 3),
        ("Kecamatan B", 3),
    ]


def test_only_rounds_since_a_day_count():
    found = figures(sealed(1, rounds=[round_of("2025-01-05")]), sealed(2), since=date(2026, 6, 1))
    assert [(g.current is None, g.outdated) for g in found.groups] == [(True, True), (False, False)]
    assert found.areas[EVERYWHERE].respondents == 1


def test_a_group_without_code_joins_the_district_that_others_gave_a_code():
    found = figures(sealed(1), sealed(2, region_code="", district="Kec. TIRTASARI"))
    assert len(found.table.children("99.01")) == 1


def test_typed_names_below_a_known_code_become_neither_code_nor_file_name():
    found = figures(sealed(1, region_code="99", regency="Wana/../../giri", district="..\\Tirta"))
    areas = [area for area in found.table.areas.values() if area.level in {"regency", "district"}]
    assert [area.code for area in areas] == ["", ""]
    assert all(re.fullmatch(r"wilayah/w-[0-9a-f]{12}\.html", page_name(area)) for area in areas)


def test_a_line_of_answers_finds_its_group_by_eight_digits():
    from studio.group.answer_line import write_line

    intake = DistrictIntake(TODAY)
    data = seal_handover(handover(1, id="0b1f6c5e7d434c1b"))
    line = write_line("99.01.01.2001", "2026-11-25", {"KP1": (4, "proven")}, "0b1f6c5e")
    intake.received.append(received(data, "a.json"))
    assert intake.take_text(line, "tempel") == 1
    (group,) = merge_files(intake.received).groups
    assert (group.group.name, len(group.rounds)) == ("KIM Kelompok 1", 2)


@given(
    st.dictionaries(st.sampled_from([*KIM.codes, "KP9"]), st.integers(0, 4)),
    st.booleans(),
    st.sampled_from(["kim-20/1", "kim-20/7", "lain/1"]),
)
@settings(max_examples=60, deadline=None)
def test_groups_are_scored_as_their_own_studio_scores_them(scores, no_business, instrument):
    from studio.group import scoring
    from studio.group.assessment import Assessment, AssessmentAnswer
    from studio.group.handover_file import ReadAnswer, ReadRound

    facts = {"instrument": instrument, "date": "2026-11-20", "no_business": no_business}
    answers = {code: AssessmentAnswer(score=score) for code, score in scores.items()}
    own = scoring.score_round(Assessment(**facts, answers=answers), load_instrument())
    ours = score_round(ReadRound(**facts, answers={c: ReadAnswer(s) for c, s in scores.items()}), KIM)
    assert ours.index == own.index
    assert ours.dimensions == {each.dimension.id: each.score for each in own.dimensions if each.score is not None}
    assert (ours.communication, ours.business) == (own.figure("communication") is True, own.figure("business") is True)
    assert ours.class_code == (
        "" if own.map_class is None else f"class-{load_instrument().classes.index(own.map_class)}"
    )
    assert (ours.answered, ours.claimed) == (own.answered, own.claimed)
