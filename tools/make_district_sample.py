"""Makes ``assets/sample/kabupaten-wanagiri.zip``: 40 made-up groups of a made-up regency, and its list of groups.

Run ``python -m tools.make_district_sample`` after a change of the format or of the questions. Each run gives the same
bytes. Codes begin with 99, which no province has.
"""

from __future__ import annotations

import io
import random
import uuid
import zipfile
from typing import Any

from studio.base.paths import assets_dir
from studio.group.answer_line import LINE_INSTRUMENT, LINE_ORDER
from studio.group.handover_file import handover_name, seal_handover

NAME = "kabupaten-wanagiri.zip"
KNOWN = "daftar-kim-wanagiri.csv"
_DISTRICTS = (
    ("Tirtasari", ("Sukamaju", "Karanganyar", "Sumberejo", "Banyuasih", "Mekarwangi")),
    ("Giripurno", ("Wonosari", "Jatimulyo", "Kaliputih", "Tegalrejo", "Ngadirojo")),
    ("Rawabening", ("Rawajaya", "Sidamukti", "Cempakasari", "Pulosari", "Bojongkulon")),
    ("Lembahwangi", ("Kembangarum", "Margamulya", "Sindangraja", "Pasirlangu", "Cibeureum")),
    ("Batuampar", ("Labuhanratu", "Tanjungsari", "Karangsewu", "Muaraindah", "Pesisirbaru")),
    ("Wanakerta", ("Wanasari", "Talangagung", "Kertaraharja", "Mulyoharjo", "Sukorejo")),
)
_NAMES = (
    *(
        "Bina Warga",
        "Cahaya Desa",
        "Suara Tani",
        "Pelita",
        "Mitra Kabar",
        "Lentera",
        "Sinar Pagi",
        "Gema",
        "Swara Rakyat",
    ),
    *("Warta Kita", "Jendela Desa", "Kabar Baik", "Tunas Muda", "Sahabat", "Citra Mandiri", "Harapan", "Nusa Indah"),
    *("Mekar", "Karya Bersama", "Pena"),
)


def main() -> None:
    """Write the archive."""
    folder = assets_dir() / "sample"
    for name, data in ((NAME, sample_archive()), (KNOWN, known_list())):
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")


def sample_archive() -> bytes:
    """The archive: 40 files, one of them cut off on its way."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number, document in enumerate(_documents()[:40]):
            data = seal_handover(document)
            made = handover_name(document["group"]["region_code"], document["made"])
            _add(archive, made.replace(".json", f"-{number:02}.json"), data[: len(data) // 2] if number == 33 else data)
    return out.getvalue()


def known_list() -> bytes:
    """The list of the 46 groups that the made-up Dinas knows."""
    keys = ("name", "village", "district", "regency", "province", "region_code")
    lines = ["nama;desa;kecamatan;kabupaten;provinsi;kode wilayah"]
    lines += [";".join(document["group"][key] for key in keys) for document in _documents()]
    return b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode()


def _documents() -> list[dict[str, Any]]:
    luck = random.Random(1809)
    places = [
        (d, district, v, village)
        for d, (district, all_of) in enumerate(_DISTRICTS, 1)
        for v, village in enumerate(all_of)
    ]
    extra = [places[at] for at in (0, 6, 7, 11, 12, 17, 18, 22, 23, 28, 3, 8, 13, 19, 24, 29)]
    return [_document(number, place, luck) for number, place in enumerate([*places, *extra])]


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    # A fixed time, so that each run gives the same bytes.
    info = zipfile.ZipInfo(name, (2026, 11, 29, 8, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _document(number: int, place: tuple[int, str, int, str], luck: random.Random) -> dict[str, Any]:
    district_code, district, village_code, village = place
    strength = luck.betavariate(2.2, 2.6)
    business = luck.random() > 0.15
    day = 1 + luck.randrange(28)
    before = {code: _score(strength - 0.12, code, luck) for code in LINE_ORDER}
    after = {code: min(4, score + (luck.random() < 0.35)) for code, score in before.items()}
    rounds = [(f"2026-05-{day:02}", before)] * (luck.random() < 0.7) + [(f"2026-11-{day:02}", after)]
    proven = luck.random() < 0.6
    name = _NAMES[number % len(_NAMES)] if number else _NAMES[0]
    followers = int(40 + 2400 * strength * luck.random())
    return {
        "format": 1,
        "group": {
            "id": str(uuid.UUID(int=luck.getrandbits(128), version=4)),
            "name": f"KIM {name} {village}" if number % 3 else f"KIM {name}",
            "village": f"Desa {village}",
            "district": f"Kecamatan {district}",
            "regency": "Kabupaten Wanagiri",
            "province": "Jawa Selatan",
            "region_code": f"99.01.{district_code:02}.{2001 + village_code}",
            "kind": "desa",
            "founded": f"{2012 + luck.randrange(12)}-{1 + luck.randrange(12):02}-15",
            "kim_id": f"KIM-{luck.randrange(10**5):05}" if strength > 0.5 else "",
            "decree": {
                "number": f"{luck.randrange(1, 90)}/SK/{2022 + luck.randrange(4)}",
                "date": f"{2022 + luck.randrange(4)}-03-01",
                "issuer": f"Kepala Desa {village}",
                "valid_until": f"{2026 + luck.randrange(3)}-{1 + luck.randrange(12):02}-28"
                if luck.random() < 0.85
                else "",
            },
            "counted": {
                "women": 2 + luck.randrange(8),
                "men": 2 + luck.randrange(9),
                "under_30": luck.randrange(6),
                "when": "2026-11-01",
            },
            "channels": [
                {
                    "kind": "instagram",
                    "name": f"@kim.{village.lower()}",
                    "address": "",
                    "followers": followers,
                    "counted": "2026-11-01",
                    "since": "2023-01-01",
                }
            ],
            "languages": ["jv"] if luck.random() < 0.5 else ["su"],
        },
        "contacts": [],
        "rounds": [_round(found, scores, business, proven, luck) for found, scores in rounds],
        "counts": {
            "stories": int(30 * strength),
            "published": int(24 * strength),
            "active_days": int(20 * strength) if strength > 0.2 else 0,
            "outlets": 1 + int(4 * strength),
            "claims": int(6 * strength),
            "products": int(12 * strength) if business else 0,
            "activities": int(8 * strength),
        },
        "made": f"2026-11-{day:02}T{8 + luck.randrange(9):02}:{luck.randrange(60):02}:00+07:00",
        "app": "KIM Studio",
    }


def _score(strength: float, code: str, luck: random.Random) -> int:
    """Safety and verification lag behind, as the national surveys found; equipment is ahead."""
    lean = {"KD3": -0.25, "KP5": -0.2, "KP7": -0.1, "US3": -0.15, "KD5": 0.15, "KL1": 0.2}.get(code, 0.0)
    return max(0, min(4, round(4 * (strength + lean) + luck.gauss(0, 0.7))))


def _round(day: str, scores: dict[str, int], business: bool, proven: bool, luck: random.Random) -> dict[str, object]:
    answers = {}
    for code, score in scores.items():
        if code.startswith("US") and not business:
            continue
        level = luck.choice(("claimed", "proven", "verified")) if proven else "claimed"
        answers[code] = {"score": score, "level": level, "proof": [], "counted": None, "reason": "", "note": ""}
    return {"instrument": LINE_INSTRUMENT, "date": day, "answers": answers, "no_business": not business}


if __name__ == "__main__":
    main()
