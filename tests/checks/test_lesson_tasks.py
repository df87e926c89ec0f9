"""Each lesson's task is done on the sample story and passes its check; undone, the check says what is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.checks.finding import Finding
from studio.checks.lesson_steps import TaskMatter, is_done
from studio.checks.lesson_tasks import TASKS
from studio.checks.people_rules import check_people
from studio.store.draft import read_draft
from studio.story.model import Consent, Cue, Group, LeadAnswers, LightAdjust, Person, Photo, Point, Story
from studio.story.places import FIELDS, TextPlace, pattern_of

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample" / "saluran-irigasi.md"
Edit = Callable[[Story], Story]


@pytest.fixture(scope="module")
def sample() -> Story:
    story = read_draft(SAMPLE).story
    clip = replace(story.videos[0], seconds=12.0, subtitles=(Cue(start=1.0, end=3.0, text="Air mengalir."),))
    return replace(story, videos=(clip,))


def matter(story: Story) -> TaskMatter:
    findings = check_people(story, Group(), None, "", lambda _: True)
    return TaskMatter(story, tuple(findings), frozenset(video.id for video in story.videos))


def photo(story: Story, number: int = 0, **fields: object) -> Story:
    photos = list(story.photos)
    photos[number] = replace(photos[number], **fields)
    return replace(story, photos=tuple(photos))


def clip(story: Story, **fields: object) -> Story:
    return replace(story, videos=(replace(story.videos[0], **fields),))


def claim(story: Story, **fields: object) -> Story:
    return replace(story, claims=(replace(story.claims[0], **fields),))


def body(story: Story, old: str, new: str) -> Story:
    assert old in story.body
    return replace(story, body=story.body.replace(old, new))


STEPS = {"stop": "disalin", "investigate": "bendahara", "find": "papan balai desa", "trace": "nota asli"}
DOING: dict[str, Edit] = {
    "thirds": lambda s: photo(s, 2, adjust=LightAdjust(brightness=0.2)),
    "horizon": lambda s: photo(s, 1, rotate=91.5),
    "sound": lambda s: clip(s, title="Asep  hidayat", title_detail="Kepala Dusun Krajan"),
    "claim": lambda s: claim(s, steps=STEPS),
}
"""What the sample has not done yet; the other tasks it passes as it is."""

UNDOING: list[tuple[str, str, Edit]] = [
    ("lead", "lead_written", lambda s: replace(s, body="")),
    ("lead", "lead_short", lambda s: body(s, "Sebanyak", "Sebanyak " + "ramai " * 12)),
    ("lead", "lead_sentences", lambda s: body(s, "bergotong royong memperbaiki", "datang. Mereka memperbaiki")),
    (
        "lead",
        "lead_answers",
        lambda s: replace(s, answers=LeadAnswers(), body="Warga memperbaiki saluran air sepanjang 180 meter."),
    ),
    ("questions", "questions_noted", lambda s: replace(s, answers=replace(s.answers, why=" "))),
    ("questions", "questions_told", lambda s: replace(s, body="Saluran diperbaiki.\n\nBaik.\n\nSekali.")),
    ("headline", "headline_written", lambda s: replace(s, headline="Irigasi")),
    ("headline", "headline_short", lambda s: replace(s, headline=s.headline + " di tiga titik agar sawah siap tanam")),
    ("headline", "headline_calm", lambda s: replace(s, headline="Heboh, ini saluran irigasi Sukamaju")),
    ("headline", "headline_calm", lambda s: replace(s, headline=s.headline.upper())),
    ("headline", "headline_calm", lambda s: replace(s, headline=s.headline + "!")),
    ("headline", "headline_calm", lambda s: replace(s, headline="Inilah alasan warga perbaiki saluran irigasi")),
    ("headline", "headline_calm", lambda s: replace(s, headline=s.headline[:30] + "…")),
    ("headline", "headline_kept", lambda s: replace(s, headline="Jembatan gantung mulai dibangun pemuda")),
    ("quotation", "quote_there", lambda s: replace(s, body=re.sub("[“”>]", "", s.body))),
    ("quotation", "quote_length", lambda s: replace(s, body="Acara “sungguh baik”, kata Asep Hidayat.")),
    ("quotation", "quote_speaker", lambda s: replace(s, sources=(), people=())),
    (
        "quotation",
        "quote_speaker",  # words on a board are nobody's
        lambda s: replace(s, body="Spanduk “Selamat datang di desa wisata kami” terpasang. Asep Hidayat hadir."),
    ),
    ("quotation", "quote_role", lambda s: replace(s, sources=tuple(replace(one, role="") for one in s.sources))),
    ("caption", "caption_long", lambda s: photo(s, caption="Warga di Krajan, Minggu (22/11/2026).")),
    (
        "caption",
        "caption_answers",
        lambda s: photo(s, caption="Batu kali dan adukan semen siap dipasang untuk dinding."),
    ),
    ("caption", "caption_credit", lambda s: photo(s, credit="")),
    ("caption", "caption_alt", lambda s: photo(s, alt=s.photos[0].caption)),
    ("caption", "caption_photo", lambda s: replace(s, photos=())),
    ("thirds", "thirds_focus", lambda s: replace(s, photos=tuple(replace(p, focus=None) for p in s.photos))),
    ("thirds", "thirds_off", lambda s: replace(s, photos=tuple(replace(p, focus=Point(0.5, 0.5)) for p in s.photos))),
    ("thirds", "thirds_light", lambda s: photo(s, 2, adjust=LightAdjust(brightness=0.8))),
    ("horizon", "horizon_turned", lambda s: photo(s, 1, rotate=90.0)),
    ("horizon", "horizon_turned", lambda s: photo(s, 1, rotate=24.0)),
    ("horizon", "horizon_crop", lambda s: photo(s, 1, rotate=-2.0, focus=None)),
    ("sound", "sound_heard", lambda s: clip(s, mute=True)),
    ("sound", "sound_even", lambda s: clip(s, level_sound=False)),
    ("sound", "sound_named", lambda s: clip(s, title="Air kembali mengalir")),
    ("sound", "sound_role", lambda s: clip(s, title_detail="")),
    ("sound", "sound_subtitles", lambda s: clip(s, subtitles=())),
    ("shots", "shots_many", lambda s: replace(s, photos=s.photos[:1])),
    (
        "shots",
        "shots_many",  # the same photo again and again, under other words
        lambda s: replace(s, photos=tuple(replace(s.photos[0], id=f"p{n}", alt=f"Alt {n}") for n in range(5))),
    ),
    ("shots", "shots_many", lambda s: replace(clip(s, cuts=s.videos[0].cuts[:1] * 5), photos=s.photos[:1])),
    ("shots", "shots_steady", lambda s: clip(s, cuts=())),
    ("shots", "shots_different", lambda s: photo(s, 1, alt=s.photos[0].alt.upper())),
    ("trim", "trim_edges", lambda s: clip(s, cuts=(replace(s.videos[0].cuts[0], start=0.0), s.videos[0].cuts[1]))),
    ("trim", "trim_edges", lambda s: clip(s, cuts=())),
    ("trim", "trim_length", lambda s: clip(s, cuts=(replace(s.videos[0].cuts[0], end=1.0),), poster=0.5)),
    ("trim", "trim_poster", lambda s: clip(s, poster=4.3)),
    ("claim", "claim_noted", lambda s: replace(s, claims=())),
    ("claim", "claim_noted", lambda s: claim(s, closed="2026-11-30")),
    ("claim", "claim_steps", lambda s: claim(s, steps={**STEPS, "trace": " "})),
    ("claim", "claim_proof", lambda s: claim(s, asked=())),
    ("claim", "claim_verdict", lambda s: claim(s, verdict="checking")),
    ("claim", "claim_reason", lambda s: claim(s, explanation="Benar.")),
    ("consent", "consent_people", lambda s: replace(s, people=())),
    ("consent", "consent_ages", lambda s: replace(s, people=(replace(s.people[0], age_group="unknown"),))),
    ("consent", "consent_given", lambda s: replace(s, people=(replace(s.people[0], consent=Consent()),))),
    ("consent", "consent_seen", lambda s: photo(s, people_checked=False)),
    (
        "consent",
        "consent_clear",
        lambda s: replace(s, people=(Person(id="x", name="Sri Wahyuni", age_group="child", protected=True),)),
    ),
]


def done_story(sample: Story, task: str) -> Story:
    return DOING.get(task, lambda story: story)(sample)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_the_task_is_done_on_the_sample_story(task, sample):
    steps = TASKS[task](matter(done_story(sample, task)))
    assert is_done(steps), [step.code for step in steps if not step.met]
    if task in DOING:
        assert not is_done(TASKS[task](matter(sample)))


@pytest.mark.parametrize(
    ("task", "left", "undo"), UNDOING, ids=[f"{code}-{n}" for n, (_, code, _) in enumerate(UNDOING)]
)
def test_what_is_undone_is_told_with_its_place(task, left, undo, sample):
    found = [step for step in TASKS[task](matter(undo(done_story(sample, task)))) if not step.met]
    assert left in [step.code for step in found]
    # The button "go there" leads to a place that the window knows.
    assert all(step.place is not None and pattern_of(step.place.field) in FIELDS for step in found)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_an_empty_story_has_everything_to_do_and_nothing_breaks(task):
    steps = TASKS[task](TaskMatter(Story(id="s")))
    assert steps
    assert not is_done(steps)


@pytest.mark.parametrize(
    "told",
    [
        "Banjir setinggi 60 sentimeter merendam 40 rumah di RT 03/RW 05 Desa Sukamaju, Senin (23/11/2026) dini hari.",
        "Jembatan bambu di Kali Gede ambruk diterjang banjir, Rabu (4/11/2026) malam. Tiga dusun terputus.",
        "Listrik padam di Kecamatan Nawangan pada Selasa (1/12/2026) pukul 09.00 sampai 12.00.",
        "Harga cabai rawit naik di Pasar Minulyo, Senin (30/11/2026), karena hujan deras.",
        "Posyandu Melati melayani 48 balita di Balai Dusun Krajan, Selasa (1/12/2026).",
    ],
)
def test_what_acts_need_not_be_a_person(told):
    story = Story(id="s", body=told, photos=(Photo(id="p", file="a.jpg", caption=told, credit="Budi", alt="Air"),))
    assert is_done(TASKS["lead"](TaskMatter(story)))
    assert is_done(TASKS["caption"](TaskMatter(story)))


WORDS = "Kalau menunggu lama, petani di hilir terlambat menyemai"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (f"'{WORDS},' kata Asep Hidayat.", []),
        (f"‘{WORDS}’, ujar Asep Hidayat.", []),
        (f"Asep Hidayat berkata, '{WORDS}.'", []),
        (f"> {WORDS}. — Asep Hidayat, Kepala Dusun", []),
        (f"> “{WORDS}.”\n> — Asep Hidayat", []),
        (f"Begini kata Asep Hidayat:\n\n> {WORDS}.", []),
        (f"“{WORDS}.” — Asep Hidayat, Kepala Dusun", []),
        (f"Asep Hidayat hadir.\n\n> {WORDS}.", ["quote_speaker", "quote_role"]),  # who says it?
        (f"> {WORDS}. — Budi", ["quote_speaker", "quote_role"]),
        ("Warga Jum'at itu menunggu Asep Hidayat di rumah Pak Ma'ruf.", None),
    ],
)
def test_a_quotation_counts_in_whichever_form_it_is_set(told, left, sample):
    story = replace(sample, body=told)
    unmet = [step.code for step in TASKS["quotation"](matter(story)) if not step.met]
    assert unmet == left if left is not None else "quote_there" in unmet


PLACED = "di Balai Desa Sukamaju, Minggu (22/11/2026)"


@pytest.mark.parametrize(
    ("told", "hollow"),
    [
        (f"Bertempat {PLACED}, telah dilaksanakan suatu kegiatan yang dihadiri warga dan perangkat desa.", True),
        (f"Dalam rangka meningkatkan silaturahmi, warga Desa Sukamaju melaksanakan kegiatan {PLACED}.", True),
        (f"Sebuah acara rutin digelar {PLACED}, guna menjaga dan merawat lingkungan.", True),
        (f"Kegiatan positif {PLACED}, berlangsung meriah dan bermanfaat bagi masyarakat.", True),
        (f"Vaksinasi ternak gratis dari Dinas Pertanian dilaksanakan {PLACED}.", False),
        (f"Telah dilaksanakan kegiatan gotong royong oleh warga {PLACED}.", False),
        (f"Acara sedekah bumi warga Dusun Krajan berlangsung meriah {PLACED}.", False),
        (f"Warga berkumpul menanam pohon {PLACED}, dan acara berlangsung lancar.", False),
    ],
)
def test_an_activity_that_is_not_named_is_no_answer(told, hollow):
    story = Story(id="s", body=told, answers=LeadAnswers(what="Suatu kegiatan"))
    left = [step for step in TASKS["lead"](TaskMatter(story)) if not step.met]
    assert [step.code for step in left] == ["lead_answers"] * hollow
    assert all("what" in step.facts["missing"] for step in left)


def test_a_notice_needs_no_why_and_how(sample):
    told = replace(sample, kind="notice", answers=replace(sample.answers, why="", how=""))
    assert is_done(TASKS["questions"](matter(told)))


def test_findings_of_people_that_stop_the_story_stop_the_task(sample):
    block = Finding("people_named", "block", "people", TextPlace("body", 3, 9))
    steps = TASKS["consent"](TaskMatter(sample, (block,)))
    assert [step.place for step in steps if not step.met] == [block.place]
