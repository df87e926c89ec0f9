"""The file for the Dinas: what the writer makes is read back; what is wrong with one is named."""

import contextlib
import hashlib
import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.group.answer_line import LINE_ORDER, read_line, read_lines, write_line
from studio.group.handover_file import handover_name, read_handover, seal_handover
from studio.group.handover_table import empty_form, read_form, read_known
from tests.group.handovers import handover, round_of, sealed

TODAY = date(2026, 11, 30)


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_handover(data, TODAY)
    return caught.value.code


def with_group(**fields):
    return sealed(1, **fields)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_damage_does_to_a_file_is_a_fault_with_a_name(data):
    good = seal_handover(handover() | {"extra": {"later": ["é", {"field": 1}]}})
    places = data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=3))
    damaged = bytearray(good)
    for at in places:
        damaged[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UserError):  # and nothing else
        read_handover(bytes(damaged), TODAY)


@pytest.mark.parametrize("wrong", [b'"format": 1', b'"format": "1"'], ids=["right otherwise", "wrong otherwise"])
def test_damage_in_a_field_that_is_not_read_is_named(wrong):
    plain = seal_handover(handover() | {"later": {"KL1": "XX"}})
    for sign in (b"\xff", b"\xed\xa0\x80", b"\\q"):
        data = plain.replace(b"XX", sign).replace(b'"format": 1', wrong)
        bare = re.sub(rb'"sha256": "[0-9a-f]{64}"', b'"sha256": ""', data)
        assert code_of(bare.replace(b'"sha256": ""', b'"sha256": "%s"' % hashlib.sha256(bare).hexdigest().encode()))


def test_a_file_is_read_back():
    checked = read_handover(sealed(rounds=[round_of(level="proven", scores={"US1": None})]), TODAY)
    found = checked.handover
    assert (found.group.name, found.group.decree.valid_until) == ("KIM Kelompok 1", "2028-03-01")
    assert found.rounds[0].answers["KD5"].level == "proven"
    assert "US1" not in found.rounds[0].answers
    assert checked.remarks == ()
    assert handover_name("35.01.10.2001", found.made) == "kim-kelompok-35.01.10.2001-20261121.json"


TWICE = sealed().replace(b'"KL1": {', b'"KL1": {"score": 1, "level": "claimed"}, "KL1": {', 1)
FAULTS = {
    "empty": (b"", "handover.empty"),
    "only zeros": (b"\0" * 5000, "handover.empty"),
    "cut off": (sealed()[:900], "handover.no_json"),
    "a photo": (b"\xff\xd8\xff\xe0 no json", "handover.no_json"),
    "nested": (b"[" * 50_000, "handover.no_json"),
    "a story": (json.dumps({"format": [1, 0], "headline": "x"}).encode(), "handover.foreign"),
    "a list": (b"[]", "handover.foreign"),
    "newer": (seal_handover(handover() | {"format": 2, "rounds": {"new": 1}}), "handover.newer"),
    "newer, alike": (seal_handover(handover() | {"format": 2}), "handover.newer"),
    "wrong type": (seal_handover(handover() | {"rounds": "many"}), "handover.field"),
    "altered": (sealed().replace(b'"score": 2', b'"score": 4', 1), "handover.altered"),
    "no seal": (json.dumps(handover()).encode(), "handover.no_seal"),
    "no id": (with_group(id="../../etc"), "handover.no_id"),
    "score 5": (sealed(rounds=[round_of(scores={"KP1": 5})]), "handover.score"),
    "score -1": (sealed(rounds=[round_of(scores={"KP1": -1})]), "handover.score"),
    "level": (sealed(rounds=[round_of(level="sure")]), "handover.level"),
    "odd indicator": (sealed(rounds=[round_of(scores={"<b>": 1})]), "handover.field"),
    "answered twice": (TWICE, "handover.altered"),
    "round twice": (sealed(rounds=[round_of(), round_of()]), "handover.twice"),
    "made tomorrow week": (sealed(1, "2026-12-07T08:00:00+07:00"), "handover.future"),
    "round in the future": (sealed(rounds=[round_of("2027-01-01")]), "handover.future"),
    "no date": (sealed(rounds=[round_of("kemarin")]), "handover.bad_date"),
    "too many rounds": (
        sealed(rounds=[round_of(f"{1950 + n}-01-01") for n in range(401 - 330)] * 6),
        "handover.too_many",
    ),
    "too large": (sealed(name="x" * (1 << 20)), "handover.too_large"),
}


@pytest.mark.parametrize(("data", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_has_its_name(data, code):
    assert code_of(data) == code


def test_an_answer_given_twice_is_refused_also_when_the_seal_is_right():
    text = seal_handover(handover()).decode()
    twice = text.replace('"KL1": {', '"KL1": {"score": 1, "level": "claimed"},\n"KL1": {', 1)
    import hashlib

    head, _, seal = twice.rpartition('"sha256": "')
    bare = head + '"sha256": "' + seal[64:]
    data = (head + '"sha256": "' + hashlib.sha256(bare.encode()).hexdigest() + seal[64:]).encode()
    assert code_of(data) == "handover.twice"


@pytest.mark.parametrize(
    "change", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n"), lambda b: b.rstrip()]
)
def test_what_mail_and_editors_add_alters_nothing(change):
    assert read_handover(change(sealed()), TODAY).handover.group.name == "KIM Kelompok 1"
    seal = json.loads(sealed())["sha256"].encode()
    bare = sealed().replace(seal, b"").rstrip()  # as another program may write it: without a line end
    written = sealed().rstrip().replace(seal, hashlib.sha256(bare).hexdigest().encode())
    assert read_handover(change(written), TODAY).handover.group.name == "KIM Kelompok 1"


def test_what_no_score_depends_on_is_left_out_and_told():
    checked = read_handover(
        with_group(
            founded="2091-01-01", region_code="<script>", counted={"women": -4}, decree={"valid_until": "besok"}
        ),
        TODAY,
    )
    assert [remark.code for remark in checked.remarks] == [
        *("handover.odd_date", "handover.odd_code", "handover.odd_date", "handover.odd_number")
    ]
    assert checked.handover.group.counted.women is None


def test_names_lose_what_nobody_sees():
    name = read_handover(with_group(name="KIM \u202egnakub\u202c\x00 Pena\n" + "a" * 900), TODAY).handover.group.name
    assert name.startswith("KIM gnakub Pena aaa")
    assert len(name) <= 200


# ------------------------------------------------------------------------------------------------ the line

answers = st.dictionaries(
    st.sampled_from(LINE_ORDER), st.tuples(st.integers(0, 4), st.sampled_from(["claimed", "proven", "verified"]))
)


@given(answers, st.sampled_from(["", "35.01.10.2001"]), st.integers(0, 2**64 - 1))
@settings(max_examples=40, deadline=None)
def test_a_line_is_read_back(given_answers, region, group):
    line = write_line(region, "2026-11-29", given_answers, f"{group:016x}")
    assert len(line) <= 96
    read = read_line(line, TODAY)
    assert (read.region_code, read.date, read.answers) == (region, "2026-11-29", given_answers)
    assert f"{group:016x}".startswith(read.group)


LINE = write_line("35.01.10.2001", "2026-11-29", dict.fromkeys(LINE_ORDER, (2, "proven")), "0b1f6c5e")


@given(st.integers(5, len(LINE) - 1), st.sampled_from("0123456789abcdefpv-"))
@settings(max_examples=60, deadline=None)
def test_a_slip_of_the_finger_is_noticed(at, sign):
    typed = LINE[:at] + sign + LINE[at + 1 :]
    if typed != LINE:
        with pytest.raises(UserError, match=r"line\."):
            read_line(typed, TODAY)


def test_lines_are_found_in_a_chat():
    chat = f"[29/11 09.14] Bu Rina: Assalamualaikum, ini peta kami:\n{LINE.lower()} terima kasih\nKIM1;35.01 terpotong"
    good, bad = read_lines(chat, TODAY)
    assert good[0].answers["KP1"] == (2, "proven")
    assert bad[0].code == "line.form"


def test_a_line_from_the_future_or_without_a_level_is_refused():
    future = write_line("", "2027-01-01", {"KL1": (1, "claimed")}, "00")
    with pytest.raises(UserError, match=r"line\.date"):
        read_line(future, TODAY)


# ------------------------------------------------------------------------------------------------ the tables


def form(*rows: str, head: str = "nama;desa;kode wilayah;tanggal;tingkat bukti;KL1;KL2;KP1;KP2;KP5") -> bytes:
    return "\r\n".join([head, *rows]).encode()


def test_the_form_of_a_group_without_the_studio():
    (line, row), *_ = read_form(form("KIM Pena;Ngumbul;3501102001;29/11/2026;ada bukti;2;-;3;;4"), TODAY)
    found = row.handover
    assert (line, found.group.region_code, found.made) == (2, "35.01.10.2001", "2026-11-29")
    assert {code: (a.score, a.level) for code, a in found.rounds[0].answers.items()} == {
        **{"KL1": (2, "proven"), "KP1": (3, "proven")},
        "KP5": (4, "proven"),
    }


ROWS = {
    "score": ("KIM A;B;;29/11/2026;;9;1;1;1;1", "handover.score"),
    "words": ("KIM A;B;;29/11/2026;;baik;1;1;1;1", "handover.score"),
    "future": ("KIM A;B;;29/11/2027;;1;1;1;1;1", "handover.future"),
    "no date": ("KIM A;B;;;;1;1;1;1;1", "handover.bad_date"),
    "no name": (";B;;29/11/2026;;1;1;1;1;1", "table.no_name"),
    "code": ("KIM A;B;35-kota;29/11/2026;;1;1;1;1;1", "table.odd_code"),
    "nothing": ("KIM A;B;;29/11/2026;;;;;;", "table.no_answers"),
    "level": ("KIM A;B;;29/11/2026;yakin;1;1;1;1;1", "handover.level"),
}


@pytest.mark.parametrize(("row", "code"), ROWS.values(), ids=ROWS)
def test_a_bad_row_is_named_and_the_next_is_taken(row, code):
    bad, good = [found for _, found in read_form(form(row, "KIM C;D;;1/11/2026;;1;1;1;1;1"), TODAY)]
    assert bad.code == code
    assert good.handover.group.name == "KIM C"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_whatever_excel_saves_is_understood(encoding, sign):
    text = form("KIM Café;Ngumbul;;29/11/2026;;1;2;3;4;0").decode().replace(";", sign)
    ((_, row),) = read_form(text.encode(encoding), TODAY)
    assert row.handover.group.name == "KIM Café"


def test_the_empty_form_is_understood_once_it_is_filled_in():
    text = empty_form("2026-11-29").decode("utf-8-sig")
    ((_, untouched),) = read_form(text.encode(), TODAY)
    assert untouched.code == "table.no_answers"
    ((_, row),) = read_form((text.rstrip().rstrip(";") + ";2" * 20).encode(), TODAY)
    assert {answer.score for answer in row.handover.rounds[0].answers.values()} == {2}
    assert len(row.handover.rounds[0].answers) == 20


def test_a_known_group_twice_is_named():
    rows = list(read_known(b"nama,desa,kecamatan\r\nKIM A,B,C\r\nKIM A,B,C\r\nKIM D,E,C\r\n", TODAY))
    assert [getattr(found, "code", "") for _, found in rows] == ["", "table.known_twice", ""]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "handover.empty"),
        (b"a;b\n1;2", "table.no_head"),
        (b"nama;nama\nx;y", "table.column_twice"),
        (b"\x89PNG\0", "table.damaged"),
    ],
)
def test_a_bad_table_is_named(data, code):
    with pytest.raises(UserError) as caught:
        list(read_known(data, TODAY))
    assert caught.value.code == code
