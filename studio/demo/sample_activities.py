"""What the made-up group did beside its stories: two activities a month, an aspiration, an obstacle, a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.group.activities import ACTIVITIES, Activity
from studio.story.model import Photo

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from studio.store.group_folder import GroupFolder

_PHOTOGRAPHED = "sinyal-lemah"

SAMPLE_ACTIVITIES = (
    Activity(
        id="rapat-redaksi-september",
        date="2026-09-06",
        title="Rapat redaksi September",
        kind="meeting",
        place="Balai Desa Sukamaju",
        text="Membagi tugas liputan panen dan posyandu.",
        people=9,
    ),
    Activity(
        id="pelatihan-foto-ponsel",
        date="2026-09-19",
        date_end="2026-09-20",
        title="Pelatihan foto dengan ponsel",
        kind="training",
        place="Balai Desa Sukamaju",
        text="Cahaya, jarak, dan izin orang yang difoto.",
        people=17,
    ),
    Activity(
        id="rapat-redaksi-oktober",
        date="2026-10-04",
        title="Rapat redaksi Oktober",
        kind="meeting",
        place="Balai Desa Sukamaju",
        people=8,
    ),
    Activity(
        id="kunjungan-kim-suara-tirtasari",
        date="2026-10-17",
        title="Kunjungan ke KIM Suara Tirtasari",
        kind="visit",
        place="Kecamatan Tirtasari",
        text="Belajar menyusun jadwal terbit.",
        people=6,
    ),
    Activity(
        id="lampu-jalan-dusun-krajan",
        date="2026-11-05",
        title="Lampu jalan Dusun Krajan padam",
        kind="aspiration",
        text="Warga meminta tiga lampu jalan diperbaiki.",
        forwarded_to="Pemerintah Desa Sukamaju",
        forwarded="2026-11-06",
        outcome="Dua lampu sudah diganti, satu menunggu suku cadang.",
    ),
    Activity(
        id="rapat-redaksi-november",
        date="2026-11-08",
        title="Rapat redaksi November",
        kind="meeting",
        place="Balai Desa Sukamaju",
        people=10,
    ),
    Activity(
        id="kelas-periksa-kabar",
        date="2026-11-21",
        title="Kelas memeriksa kabar untuk Karang Taruna",
        kind="training",
        place="Balai Desa Sukamaju",
        people=21,
    ),
    Activity(
        id="sinyal-lemah",
        date="2026-11-22",
        title="Sinyal lemah di saluran irigasi",
        kind="obstacle",
        text="Unggahan baru bisa dikirim malam hari.",
    ),
    Activity(
        id="liputan-musyawarah-desa",
        date="2026-12-12",
        title="Liputan musyawarah desa",
        kind="plan",
        place="Balai Desa Sukamaju",
    ),
)


def sample_activity_place(activity: Activity) -> str:
    """Where an activity lies below ``group/``."""
    return f"{ACTIVITIES}/{activity.date}-{activity.id}.json"


def add_sample_activities(folder: GroupFolder, source: Path, there: Container[str]) -> None:
    """Add the activities that are missing, the obstacle with its photo.

    Args:
        folder: of the group.
        source: folder of the photos.
        there: places of what is there: it is left alone.

    Raises:
        UserError: the disk refuses.
    """
    for activity in SAMPLE_ACTIVITIES:
        place = sample_activity_place(activity)
        if place not in there:
            folder.write(place, _with_photo(folder, source, activity) if activity.id == _PHOTOGRAPHED else activity)


def _with_photo(folder: GroupFolder, source: Path, activity: Activity) -> Activity:
    photo = Photo(
        id="p1",
        file=folder.add_media(source / "saluran-irigasi.jpg"),
        name="saluran-irigasi.jpg",
        caption="Di tepi saluran irigasi ini sinyal telepon hilang.",
        credit="Siti Aminah",
        alt="Saluran irigasi lurus di antara sawah",
        people_checked=True,
    )
    return replace(activity, photos=(photo,))
