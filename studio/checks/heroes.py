"""Heroes and statesmen after whom streets, schools and hospitals are named all over the country.

Made by hand from the list of national heroes (Kementerian Sosial) and from names of streets that every town has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.name_words import word_set
from studio.checks.token_stream import sounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.checks.neighbours import WordNeighbours

HEROES = tuple(
    tuple(name.split("-"))
    for name in sorted(
        word_set(
            "sudirman ahmad-yani gatot-subroto diponegoro imam-bonjol hasanuddin sukarno suharto hatta kartini "
            "cut-nyak-dien cut-meutia wahid-hasyim hasyim-asyari ahmad-dahlan sutomo budi-utomo cokroaminoto "
            "wage-rudolf-supratman supratman ki-hajar-dewantara hajar-dewantara teuku-umar pattimura sisingamangaraja "
            "antasari agus-salim sam-ratulangi wolter-monginsidi yos-sudarso halim-perdanakusuma adisucipto "
            "urip-sumoharjo suprapto sutoyo haryono panjaitan tendean parman katamso sugiyono ahmad-subarjo "
            "muhammad-yamin martha-christina-tiahahu nyi-ageng-serang rasuna-said hamengkubuwono hamka natsir "
            "tan-malaka syahrir cipto-mangunkusumo otto-iskandardinata dewi-sri gajah-mada hayam-wuruk raden-wijaya "
            "siliwangi basuki-rahmat ngurah-rai sultan-agung trunojoyo untung-suropati jenderal-sudirman fatmawati "
            "wahidin-sudirohusodo kusuma-bangsa kariadi sarjito cipto zainal-abidin muwardi iskak saiful-anwar "
            "mohammad-hoesin hasan-sadikin dewi-sartika slamet-riyadi cut-nyak-din jos-sudarso "
        )
    )
)
"""Their names, word by word; compared by sound."""
HERO_TITLES = word_set(
    "presiden bung jenderal jend letjen mayjen pangeran sultan tuanku tengku raden ajeng ra panglima kapitan "
    "proklamator pahlawan laksamana marsekal sunan untung raja ki nyi"
)
HERO_RANKS = HERO_TITLES | word_set("dr drg prof ir kh k h r a haji hj mr dokter brigjen kolonel kapten i")
"""What may stand between a street and such a name."""
NAMED_AFTER = word_set(
    "jalan jl jln gang gg lapangan stadion gedung rs rsud rsu rsup rumkit sakit bandara universitas sekolah sd sdn smp "
    "smpn sma sman smk smkn taman alun museum monumen patung makam terminal pelabuhan pasar masjid hari lahir lahirnya "
    "peringatan haul kampus perguruan institut gelora kodam korem makam pemakaman"
)


def named_after(around: WordNeighbours, at: int, end: int) -> bool:
    """Whether words belong to a hero's name, behind a title of theirs or in "Jalan Ahmad Yani".

    Args:
        around: the text.
        at: the first of the words.
        end: past the last of them.
    """
    return any(
        first >= 0 and first + len(name) >= end and _reads_name(around, first, name) and _stands_named(around, first)
        for name in HEROES
        for first in range(at - len(name) + 1, at + 1)
    )


def _reads_name(around: WordNeighbours, first: int, name: Sequence[str]) -> bool:
    tokens = around.tokens[first : first + len(name)]
    return len(tokens) == len(name) and all(
        sounds_of(token.word) & sounds_of(word) for token, word in zip(tokens, name, strict=True)
    )


def _stands_named(around: WordNeighbours, first: int) -> bool:
    start = first
    while start and around.tokens[start - 1].word in HERO_RANKS and around.is_joined(start):
        start -= 1
    ranks = [token.word for token in around.tokens[start:first]]
    if HERO_TITLES.intersection(ranks) or ranks[-2:] == ["r", "a"]:
        return True
    return around.word_before(start) in NAMED_AFTER and around.is_joined(start)
