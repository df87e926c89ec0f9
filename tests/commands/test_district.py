"""``kim-studio district`` and ``handover`` from end to end: files in, report out."""

import json
import re
import subprocess
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from studio.base.paths import assets_dir
from studio.cli import app
from studio.documents.district_tiles import HEAT
from studio.group.answer_line import LINE_ORDER
from tests.group.handovers import round_of, sealed

pytestmark = pytest.mark.usefixtures("qapp")  # the paper is painted in this very process
SAMPLE = assets_dir() / "sample" / "kabupaten-wanagiri.zip"
KNOWN = assets_dir() / "sample" / "daftar-kim-wanagiri.csv"


def studio(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


class PageReader(HTMLParser):
    """Every tag with its attributes, and all text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def report(tmp_path_factory, qapp):
    out = tmp_path_factory.mktemp("rekap") / "hasil"
    done = studio("district", SAMPLE, "--known", KNOWN, "--out", out, "--json")
    return out, done


def test_the_sample_of_a_regency(report):
    out, done = report
    assert done.exit_code == 1  # one file was cut off on its way
    told = json.loads(done.stdout)
    assert (told["groups"], told["respondents"], told["known"]) == (39, 39, 46)
    assert [file["code"] for file in told["refused"]] == ["handover.no_json"]
    assert len(told["absent"]) == 7
    assert sum(told["classes"].values()) == 39
    pages = sorted(path.name for path in (out / "wilayah").iterdir())
    assert pages == [*(f"99.01.0{number}.html" for number in range(1, 7)), "99.01.html", "99.html"]
    assert all(path.stat().st_size < 300_000 for path in out.rglob("*.html"))


def test_pages_lead_only_to_what_is_there_and_to_no_network(report):
    out, _ = report
    for page in out.rglob("*.html"):
        read = PageReader(page.read_text(encoding="utf-8"))
        ids = {attrs["id"] for _, attrs in read.tags if attrs.get("id")}
        for _, attrs in read.tags:
            for link in filter(None, (attrs.get("href"), attrs.get("src"))):
                assert not re.match(r"[a-z]+:|//", link), link
                file, _, anchor = link.partition("#")
                assert (page.parent / file).exists() if file else anchor in ids, (page.name, link)


def test_a_page_of_a_district_shows_that_district_alone(report):
    out, _ = report
    read = PageReader((out / "wilayah" / "99.01.01.html").read_text(encoding="utf-8"))
    rows = [attrs for tag, attrs in read.tags if tag == "tr" and attrs.get("id")]
    dots = [attrs for tag, attrs in read.tags if tag == "circle"]
    text = " ".join(read.words)
    assert len(rows) == 6
    assert 0 < len(dots) <= 6
    assert "6 dari 7 KIM" in text
    assert "Giripurno" not in text


def test_the_workbook_says_what_the_pages_say(report):
    out, done = report
    told = json.loads(done.stdout)
    book = load_workbook(out / "rekap.xlsx")
    assert len(book.sheetnames) == 7
    groups = book["Daftar KIM"]
    assert groups.max_row == 40
    areas = list(book["Wilayah"].iter_rows(min_row=2, values_only=True))
    assert areas[0][3:6] == (46, 39, 39)
    assert list(areas[0][6:10]) == list(told["classes"].values())
    problems = [row[1] for row in book["Bermasalah"].iter_rows(min_row=2, values_only=True)]
    assert [name.endswith("-33.json") for name in problems] == [True]
    assert not any(str(cell.value).startswith("=") for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_paper_can_be_read(report):
    out, _ = report
    text = subprocess.run(["pdftotext", out / "rekap.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "39 dari 46 KIM" in text
    assert "Halaman 1 dari" in text
    assert "KIM Bina Warga" in text


def test_each_row_on_paper_stays_with_its_group(tmp_path):
    names = [
        "W" * 150,
        "KIM مجتمع المعلومات القرية الخضراء الجميلة جدا",
        "KIM 村民信息小组" * 9,
        "KIM 👩‍🌾" * 30,
        "Zona Akhir",
    ]
    for number, name in enumerate(names, 1):
        scored = round_of(score=0, scores={"KL1": number - 1})
        village = {"village": "M" * 90, "region_code": f"99.01.01.200{number}"}
        (tmp_path / f"{number}.json").write_bytes(sealed(number, name=name, rounds=[scored], **village))
    done = studio("district", *sorted(tmp_path.glob("*.json")), "--out", tmp_path / "o")
    assert done.exit_code == 0
    words = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "o" / "rekap.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    last = next(page for page in words.split("<page ") if ">Akhir<" in page)
    tops = {word: float(top) for top, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)<', last)}
    assert abs(tops["Akhir"] - tops["33"]) < 1  # KL of the last group: 4 of 12


def test_a_link_to_another_folder_is_named(tmp_path):
    (tmp_path / "lain").mkdir()
    (tmp_path / "kirim").mkdir()
    (tmp_path / "kirim" / "a.json").write_bytes(sealed(1))
    (tmp_path / "kirim" / "pintasan").symlink_to(tmp_path / "lain", target_is_directory=True)
    done = studio("district", tmp_path / "kirim", "--out", tmp_path / "o", "--no-pdf")
    assert done.exit_code == 1
    assert "kirim/pintasan: Ini pintasan" in done.stderr


def test_names_that_would_be_markup_or_formulas_stay_names(tmp_path):
    name = '=HYPERLINK("x")<script>mark()</script>"><i id=mark'
    path = tmp_path / "a.json"
    path.write_bytes(sealed(1, name=name, village="<b>Desa</b>", district="'-->{{ 7*7 }}", region_code=""))
    done = studio("district", path, "--out", tmp_path / "o", "--no-pdf")
    assert done.exit_code == 0
    for page in (tmp_path / "o").rglob("*.html"):
        read = PageReader(page.read_text(encoding="utf-8"))
        assert "i" not in [tag for tag, attrs in read.tags if attrs.get("id") == "mark"]
        assert all(attrs.get("src") for tag, attrs in read.tags if tag == "script")
        assert "49" not in re.findall(r"-->(\S*)", " ".join(read.words))
    script = (tmp_path / "o" / "kim.js").read_text(encoding="utf-8")
    assert json.loads(script.removeprefix("window.KIM=").removesuffix(";\n"))[0][0] == name
    cell = load_workbook(tmp_path / "o" / "rekap.xlsx")["Daftar KIM"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_contacts_appear_only_where_they_are_ticked(tmp_path):
    from studio.group.handover_file import seal_handover
    from tests.group.handovers import handover

    path = tmp_path / "a.json"
    path.write_bytes(seal_handover(handover() | {"contacts": [{"name": "Bu Rina", "phone": "081234567890"}]}))
    for words, there in (((), False), (("--contacts",), True)):
        out = tmp_path / f"o{len(words)}"
        studio("district", path, "--out", out, *words)
        found = ["081234567890" in page.read_text(encoding="utf-8") for page in out.rglob("*.html")]
        assert any(found) == there
        cells = {cell.value for row in load_workbook(out / "rekap.xlsx")["Daftar KIM"].iter_rows() for cell in row}
        assert any("081234567890" in str(cell) for cell in cells) == there
    assert b"081234567890" not in (tmp_path / "o0" / "rekap.pdf").read_bytes()


def test_fewer_than_five_groups_have_no_percentages(tmp_path):
    path = tmp_path / "kiriman"
    path.mkdir()
    for number in range(1, 5):
        (path / f"{number}.json").write_bytes(sealed(number))
    studio("district", path, "--out", tmp_path / "o", "--no-pdf")
    text = " ".join(PageReader((tmp_path / "o" / "index.html").read_text(encoding="utf-8")).words)
    assert not re.search(r"\d\s*%", text)
    assert "n < 5" in text


def test_questions_are_asked_and_answered(tmp_path):
    path = tmp_path / "kiriman"
    path.mkdir()
    (path / "a.json").write_bytes(sealed(1, name="KIM Bina Warga"))
    (path / "b.json").write_bytes(sealed(2, name="KIM Bina Wargo", region_code="99.01.01.2001"))
    told = json.loads(studio("district", path, "--out", tmp_path / "o", "--no-pdf", "--json").stdout)
    (key,) = told["questions"]
    again = json.loads(studio("district", path, "--out", tmp_path / "o", "--no-pdf", "--json", "--same", key).stdout)
    assert (told["groups"], again["groups"], again["questions"]) == (2, 1, [])


def test_slips_on_the_command_line_are_named(tmp_path):
    (tmp_path / "a.json").write_bytes(sealed(1, name="KIM Bina Warga"))
    (tmp_path / "b.json").write_bytes(sealed(2, name="KIM Bina Wargo", region_code="99.01.01.2001"))
    (tmp_path / "kosong.csv").touch()
    ids = [json.loads((tmp_path / name).read_bytes())["group"]["id"] for name in ("a.json", "b.json")]

    def said(*more, code=1):
        done = studio("district", tmp_path / "a.json", tmp_path / "b.json", "--no-pdf", "--out", tmp_path / "o", *more)
        assert done.exit_code == code
        return done.stderr

    assert studio("district", "--out", tmp_path / "o").exit_code == 2
    assert "2027 belum tiba" in said("--since", "1/1/2027")
    assert "31/2/2026" in said("--since", "31/2/2026")
    assert "kosong.csv" in said("--known", tmp_path / "kosong.csv")
    assert ids[0] in said("--same", ids[0])
    assert "tidak dipakai" in said("--same", f"{ids[0]}+ffffffffffffffff", code=0)
    assert "Berkas ini tidak ada" in said(tmp_path / "hilang")
    asked = said("--since", "1/1/2026", code=0)
    assert f"--same {'+'.join(sorted(ids))}" in asked
    assert "--same" not in said("--different", "+".join(sorted(ids, reverse=True)), code=0)


def test_several_provinces_are_a_map_on_paper_too_and_fields_have_one_table_of_colours(tmp_path):
    for number, province in enumerate(("11", "35", "35"), 1):
        (tmp_path / f"{number}.json").write_bytes(sealed(number, region_code=f"{province}.01.0{number}.2001"))
    studio("district", *tmp_path.glob("*.json"), "--out", tmp_path / "o")
    text = subprocess.run(["pdftotext", tmp_path / "o" / "rekap.pdf", "-"], capture_output=True, text=True, check=True)
    page = next(page for page in text.stdout.split("\f") if "GORONTALO" in page)
    assert {"ACEH", "JATIM", "PAPUA"} <= set(page.split())
    style = (assets_dir() / "district" / "gaya.css").read_text(encoding="utf-8")
    assert re.findall(r"\.h(\d)\{background:(#\w{6})", style) == [(str(at), color) for at, color in enumerate(HEAT)]
    sheet = load_workbook(tmp_path / "o" / "rekap.xlsx")["Indikator"]
    assert sum(len(found.rules) for found in sheet.conditional_formatting) == 1


def test_villages_of_one_name_in_two_regencies_are_not_asked_about(tmp_path):
    names = {"name": "KIM Bina Warga", "village": "Desa Sukamaju", "district": "Tirtasari", "regency": "Wanagiri"}
    (tmp_path / "a.json").write_bytes(sealed(1, **names, region_code="99.01.01.2001"))
    (tmp_path / "b.json").write_bytes(sealed(2, **names, region_code="98.01.01.2001"))
    (tmp_path / "c.json").write_bytes(sealed(3, **names, region_code="99.01.01.2010"))
    told = json.loads(studio("district", tmp_path, "--out", tmp_path / "o", "--no-pdf", "--json").stdout)
    assert len(told["questions"]) == 1


def test_a_second_report_takes_pages_away_that_are_of_no_area_any_more(tmp_path):
    out = tmp_path / "o"
    for number, district in ((1, "99.01.01.2001"), (2, "99.01.02.2001")):
        (tmp_path / "a.json").write_bytes(sealed(number, region_code=district))
        studio("district", tmp_path / "a.json", "--out", out, "--no-pdf")
    assert sorted(p.name for p in (out / "wilayah").iterdir()) == ["99.01.02.html", "99.01.html", "99.html"]


def test_a_folder_of_somebody_else_is_not_written_into(tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "skripsi.docx").write_bytes(b"x")
    (tmp_path / "a.json").write_bytes(sealed(1))
    done = studio("district", tmp_path / "a.json", "--out", tmp_path / "o")
    assert done.exit_code == 1
    assert "bukan folder hasil rekap" in done.stderr
    assert [p.name for p in (tmp_path / "o").iterdir()] == ["skripsi.docx"]


def test_nothing_to_merge_and_wrong_words(tmp_path):
    (tmp_path / "x.json").write_bytes(b"")
    done = studio("district", tmp_path / "x.json", "--out", tmp_path / "o")
    assert done.exit_code == 1
    assert "Berkas kosong" in done.stderr
    assert "Tidak ada berkas kelompok" in done.stderr
    assert studio("district", SAMPLE, "--out", tmp_path / "o", "--since", "kemarin").exit_code == 1
    assert studio("district", SAMPLE).exit_code == 2


def test_the_empty_form(tmp_path):
    assert studio("district", "--form", tmp_path / "formulir.csv").exit_code == 0
    head = (tmp_path / "formulir.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    assert head[:2] == ["nama", "desa"]
    assert head[-20:] == list(LINE_ORDER)


@pytest.fixture
def workspace(tmp_path):
    from studio.group.assessment import Assessment, AssessmentAnswer
    from studio.group.profile import GroupChannel, GroupProfile, Officer, PrivateContact, PrivateContacts
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import create_workspace
    from studio.story.model import Group

    group = Group(id="0b1f6c5e7d434c1b", name="KIM Pena", village="Ngumbul", region_code="35.01.10.2001")
    with create_workspace(tmp_path / "kim", group) as opened:
        folder = GroupFolder(opened)
        channel = GroupChannel(kind="instagram", name="@pena", by="Joko Rahasia")
        folder.write("profile.json", GroupProfile(channels=(channel,), officers=(Officer(name="Siti Rahasia"),)))
        contacts = (
            PrivateContact(name="Bu Rina", phone="0811", share=True),
            PrivateContact(name="Pak Rahasia", phone="0822"),
        )
        folder.write("private.json", PrivateContacts(contacts=contacts))
        answers = {"KP1": AssessmentAnswer(score=3, level="proven")}
        found = Assessment(instrument="kim-20/1", date="2026-11-20", answers=answers, by="Wati Rahasia")
        folder.write("assessments/2026-11-20.json", found)
    return tmp_path / "kim"


def test_what_a_group_hands_over_is_taken_by_the_dinas_and_holds_no_names(workspace, tmp_path):
    shown = studio("handover", workspace, "--show")
    done = studio("handover", workspace, "--out", tmp_path / "kirim")
    assert done.exit_code == 0
    (file,) = (tmp_path / "kirim").iterdir()
    assert re.fullmatch(r"kim-kelompok-35\.01\.10\.2001-\d{8}\.json", file.name)
    text = file.read_text(encoding="utf-8")
    assert "Rahasia" not in text
    assert "Bu Rina" in text
    assert '"share"' not in text
    moment = re.compile(r'"(made|sha256)": "[^"]*"')
    assert moment.sub("", shown.stdout).startswith(moment.sub("", text))
    line = done.stdout.splitlines()[1]
    (tmp_path / "baris.txt").write_text(line, encoding="utf-8")
    told = json.loads(
        studio(
            "district", file, tmp_path / "baris.txt", workspace, "--out", tmp_path / "o", "--no-pdf", "--json"
        ).stdout
    )
    assert (told["groups"], told["respondents"]) == (1, 1)


def test_words_that_name_somebody_protected_stay_at_home(workspace, tmp_path):
    from studio.group.assessment import AnswerProof, Assessment, AssessmentAnswer
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import open_workspace
    from studio.story.model import Person, Story

    with open_workspace(workspace) as opened:
        opened.add(Story(id="", people=(Person(id="d", name="Dewi Lindung", role="victim", protected=True),)))
        proof = (
            AnswerProof(address="https://desa.example/kunjungan-dewi-lindung", note="foto bersama"),
            AnswerProof(note="NIK 3501104101900001"),
        )
        answers = {
            "KP1": AssessmentAnswer(score=3, reason="Menurut Dewi Lindung dua kanal", note="Hitungan Oktober"),
            "KP2": AssessmentAnswer(score=2, proof=proof),
        }
        found = Assessment(instrument="kim-20/1", date="2026-11-21", answers=answers)
        GroupFolder(opened).write("assessments/2026-11-21.json", found)
    done = studio("handover", workspace, "--show")
    assert done.exit_code == 0
    assert "Hitungan Oktober" in done.stdout
    assert "foto bersama" in done.stdout
    assert not [word for word in ("Lindung", "lindung", "3501104101900001") if word in done.stdout]
    assert "KP1, KP2" in done.stderr


def test_a_map_that_cannot_be_read_is_told_by_the_exit_code_too(workspace, tmp_path):
    (workspace / "group" / "assessments" / "2026-11-20.json").write_bytes(b"{")
    done = studio("handover", workspace, "--out", tmp_path)
    assert done.exit_code == 1
    assert "2026-11-20.json" in done.stderr


def test_a_note_of_the_dinas_travels_back(workspace, tmp_path):
    from studio.group.notes import GroupNote, note_bytes

    note = GroupNote(
        id="6f0c1f60-0000-4000-8000-000000000001",
        group="0b1f6c5e7d434c1b",
        office="Dinas Kominfo",
        date="2026-11-28",
        text="Bagus.\nLengkapi KP5.",
        indicator="KP5",
    )
    (tmp_path / "catatan.json").write_bytes(note_bytes(note))
    (tmp_path / "lain.json").write_bytes(note_bytes(GroupNote(id=note.id, group="ffff", date="2026-11-28", text="x")))
    (tmp_path / "rusak.json").write_bytes(b"{")
    done = studio("take-note", workspace, *(tmp_path / n for n in ("catatan.json", "lain.json", "rusak.json")))
    assert done.exit_code == 1
    assert "Lengkapi KP5." in done.stdout
    assert "kelompok lain" in done.stderr
    assert "rusak.json rusak" in done.stderr
    assert (workspace / "group" / "notes" / f"{note.id}.json").is_file()


def test_a_note_written_today_is_taken_on_a_computer_of_another_time_zone(tmp_path, workspace, stopped_clock, far_west):
    from studio.group.notes import GroupNote, note_bytes

    day, name = stopped_clock.date().isoformat(), "6f0c1f60-0000-4000-8000-000000000009"
    note = GroupNote(id=name, group="0b1f6c5e7d434c1b", office="Dinas", date=day, text="Terima kasih.")
    (tmp_path / "catatan.json").write_bytes(note_bytes(note))
    done = studio("take-note", workspace, tmp_path / "catatan.json")
    assert done.exit_code == 0, done.output


def test_rounds_of_two_years_make_a_row(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(sealed(1, rounds=[round_of("2025-11-20", 1), round_of("2026-11-20", 3)]))
    studio("district", path, "--out", tmp_path / "o", "--no-pdf")
    rows = list(
        load_workbook(tmp_path / "o" / "rekap.xlsx")["Rangkaian putaran"].iter_rows(min_row=2, values_only=True)
    )
    assert [row[4] for row in rows] == [25, 75]


def test_what_a_group_hands_over_names_nobody_who_is_shielded(tmp_path):
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Person, Source, Story

    child = Person(id="d", name="Dimas Prakoso", age_group="child", role="victim", protected=True)
    silent = Source(name="Wati Rahasia", terms="off_record")
    place = {"id": "0b1f6c5e7d434c1b", "name": "KIM Pena", "region_code": "99.01.01.2001"}
    with create_workspace(tmp_path / "KIM", Group(**place)) as made:
        made.add(Story(id="", headline="Sidang", body="Ditunda.", people=(child,), sources=(silent,)))
    channels = [
        {"kind": "facebook", "name": "FB Dimas", "address": "https://fb.example/kim", "followers": 12},
        {"kind": "tiktok", "name": "KIM", "address": "https://tt.example/dimas.prakoso"},
        {"kind": "whatsapp", "name": "WA KIM 0812-3456-7890", "address": "https://wa.me/6281234567890"},
    ]
    notes = {"KL1": "menurut W. Rahasia", "KL2": "rapatnya Wati hari Senin", "KL3": "kata Wati  Rahasianya"}
    answers = {code: {"score": 2, "level": "claimed", "note": note} for code, note in notes.items()}
    group = tmp_path / "KIM" / "group"
    (group / "assessments").mkdir(parents=True)
    (group / "profile.json").write_text(json.dumps({"channels": channels, "decree": {"issuer": "Ayah Dimas Prakoso"}}))
    round_ = {"instrument": "kim-20/1", "date": "2026-11-01", "answers": answers}
    (group / "assessments" / "2026-11-01.json").write_text(json.dumps(round_))
    done = studio("handover", tmp_path / "KIM", "--out", tmp_path / "o")
    assert "KL1, KL3, Profil" in done.stderr
    (file,) = (tmp_path / "o").glob("*.json")
    sent = json.loads(file.read_text("utf-8"))
    assert [one["name"] for one in sent["group"]["channels"]] == ["", "", "WA KIM 0812-3456-7890"]
    assert sent["group"]["channels"][0]["followers"] == 12
    assert sent["rounds"][0]["answers"]["KL2"]["note"] == notes["KL2"]
    assert not re.search("dimas|rahasia", file.read_text("utf-8"), re.IGNORECASE)


def test_a_report_without_paper_leaves_none_of_an_earlier_one(tmp_path):
    (tmp_path / "a.json").write_bytes(sealed())
    out = tmp_path / "rekap"
    studio("district", tmp_path / "a.json", "--out", out)
    assert (out / "rekap.pdf").exists()
    studio("district", tmp_path / "a.json", "--since", "2026-01-02", "--out", out, "--no-pdf")
    assert sorted(path.name for path in out.glob("rekap.*")) == ["rekap.xlsx"]
    assert re.search(
        r"\d{4}\. Hanya putaran sejak 2 Januari 2026|\d{4}\. Only rounds since", (out / "index.html").read_text()
    )


def test_the_terminal_names_files_that_contradict_one_another_and_what_was_left_out_of_one(tmp_path):
    (tmp_path / "a.json").write_bytes(sealed(1))
    (tmp_path / "b.json").write_bytes(sealed(1, name="KIM Lain"))
    (tmp_path / "c.json").write_bytes(sealed(2, region_code="99x"))
    done = studio("district", tmp_path, "--out", tmp_path / "o", "--no-pdf")
    assert done.exit_code == 0, done.stderr
    assert re.search(r"/[ab]\.json: Sama kelompok dan saat.*/[ab]\.json", done.stderr)
    assert re.search(r"/c\.json: Kode wilayah “99x”", done.stderr)
