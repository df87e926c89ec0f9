"""The made-up group's own records: a complete registration and a self-map of two rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.demo.sample_activities import add_sample_activities
from studio.group.assessment import AnswerProof, Assessment, AssessmentAnswer, CountedScore, assessment_place
from studio.group.profile import (
    PRIVATE_PLACE,
    PROFILE_PLACE,
    Achievement,
    Decree,
    GroupBusiness,
    GroupChannel,
    GroupProfile,
    MemberCount,
    Officer,
    PrivateContact,
    PrivateContacts,
    SupervisingOffice,
)
from studio.store.group_folder import GroupFolder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.store.workspace import Workspace

PROFILE = GroupProfile(
    kind="desa",
    founded="2019-08-17",
    kim_id="KIM-0412",
    decree=Decree(number="188.45/12/2024", date="2024-03-04", issuer="Kepala Desa Sukamaju", valid_until="2027-03-03"),
    statutes=True,
    officers=(
        Officer(name="Rahmat Hidayat", role="ketua", since="2024-03-04"),
        Officer(name="Siti Aminah", role="sekretaris", since="2024-03-04"),
        Officer(name="Budi Santoso", role="grafis", since="2025-01-10"),
    ),
    counted=MemberCount(women=7, men=6, under_30=5, when="2026-11-01"),
    channels=(
        GroupChannel(
            kind="website",
            name="kimbinawarga.example",
            address="https://kimbinawarga.example",
            since="2021-02-01",
            by="Siti Aminah",
        ),
        GroupChannel(
            kind="instagram",
            name="@kimbinawarga.sukamaju",
            followers=842,
            counted="2026-11-01",
            since="2020-05-01",
            by="Budi Santoso",
        ),
        GroupChannel(
            kind="facebook", name="KIM Bina Warga Sukamaju", followers=1310, counted="2026-11-01", since="2019-09-01"
        ),
        GroupChannel(kind="bulletin", name="Mading Balai Desa", since="2019-08-17"),
    ),
    businesses=(
        GroupBusiness(
            name="Jasa foto acara", kind="jasa", sold_through=("WhatsApp",), turnover="di bawah 1 juta sebulan"
        ),
    ),
    partners=("Karang Taruna Sukamaju", "Posyandu Melati", "KIM Suara Tirtasari"),
    equipment=("1 laptop", "2 ponsel dengan tripod", "Perekam suara"),
    achievements=(Achievement(title="Juara II lomba konten desa digital", year=2025, by="Kabupaten Wanagiri"),),
    supervisor=SupervisingOffice(office="Dinas Kominfo Kabupaten Wanagiri", address="Jalan Merdeka 1, Wanagiri"),
    languages=("su",),
)
"""The decree of the sample ends within half a year of its stories, so that the reminder is seen."""
SCAN = "sk-kim-bina-warga.jpg"
"""The scan of its decree, drawn by ``tools/sample_media``."""
CONTACTS = PrivateContacts(
    contacts=(
        PrivateContact(name="Siti Aminah", phone="0812-0000-0142", note="sekretaris, surat dari Dinas", share=True),
        PrivateContact(name="Rahmat Hidayat", phone="0813-0000-0178", email="rahmat@kimbinawarga.example"),
    )
)
"""Made up. One may go into the file for the Dinas, the other stays at home, so that the difference is seen."""
_BEFORE = "1 2 1 | 1 1 1 1 0 1 1 1 | 1 1 1 1 | 2 1 1 1 2"
_NOW = "3 2 3 | 3 2 3 3 1 2 2 2 | 2 2 2 1 | 3 2 3 2 3"
_DIMENSIONS = (("KL", 3), ("KP", 8), ("US", 4), ("KD", 5))
_COUNTED = {"KP1": 3, "KP2": 1, "KP3": 3, "KP4": 3, "KP5": 1}
_PROOFS: Mapping[str, tuple[AnswerProof, ...]] = {
    "KL1": (AnswerProof(address="https://kimbinawarga.example/sk", note="SK 188.45/12/2024"),),
    "KL3": (AnswerProof(count=12, note="notula setahun"),),
    "KD3": (AnswerProof(note="Cadangan di stik biru, tiap tanggal 1"),),
    "KP8": (AnswerProof(count=3),),
}
_REASON = "Dua berita terbit lewat pengeras suara masjid, tidak tercatat di studio"


def sample_rounds(instrument: str = "kim-20/1") -> tuple[Assessment, Assessment]:
    """The round of May and the one of November."""
    before = {name: AssessmentAnswer(score=score) for name, score in _scores(_BEFORE).items()}
    now = {}
    for name, score in _scores(_NOW).items():
        proof = _PROOFS.get(name, ())
        counted = _COUNTED.get(name)
        now[name] = AssessmentAnswer(
            score=score,
            level="proven" if proof or counted == score else "claimed",
            proof=proof,
            counted=None
            if counted is None
            else CountedScore(score=counted, stories=3, begins="2026-08-31", ends="2026-11-28"),
            reason=_REASON if counted is not None and counted != score else "",
        )
    return (
        Assessment(instrument=instrument, date="2026-05-20", answers=before, by="Siti Aminah"),
        Assessment(instrument=instrument, date="2026-11-28", answers=now, by="Siti Aminah"),
    )


def _scores(text: str) -> dict[str, int]:
    digits = iter(int(sign) for sign in text if sign.isdigit())
    return {f"{code}{number}": next(digits) for code, many in _DIMENSIONS for number in range(1, many + 1)}


def add_group(workspace: Workspace, source: Path) -> None:
    """Add what is missing of the group's own records; what is there is left alone.

    Args:
        workspace: the sample workspace.
        source: folder of the photos.

    Raises:
        UserError: the disk refuses.
    """
    if workspace.read_only:
        return
    folder = GroupFolder(workspace)
    there = set(folder.places())
    profile = PROFILE
    if PROFILE_PLACE not in there:
        profile = replace(PROFILE, decree=replace(PROFILE.decree, file=folder.add_media(source / SCAN)))
    rounds = ((assessment_place(each.date), each) for each in sample_rounds())
    for place, record in ((PROFILE_PLACE, profile), (PRIVATE_PLACE, CONTACTS), *rounds):
        if place not in there:
            folder.write(place, record)
    add_sample_activities(folder, source, there)
