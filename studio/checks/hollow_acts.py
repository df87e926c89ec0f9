"""Acts that tell nothing: ``telah dilaksanakan suatu kegiatan`` says that something was done, and not what."""

from __future__ import annotations

import re

from studio.base.locale_forms import MONTHS, WEEKDAYS
from studio.story.text import word_set

_VERBS = word_set("""
    melaksanakan dilaksanakan terlaksana melakukan dilakukan mengadakan diadakan menggelar digelar gelar
    menyelenggarakan diselenggarakan terselenggara melangsungkan berlangsung berjalan dijalankan menjalankan
    mengikuti diikuti ikuti menghadiri dihadiri hadiri menyukseskan memeriahkan dimeriahkan
""")
"""Verbs that need a word beside them to say what was done."""
HOLLOW_WORDS = word_set("""
    kegiatan kegiatannya acara acaranya agenda program hal sesuatu aktivitas rangkaian pelaksanaan suatu sebuah satu
    beberapa berbagai berupa ini itu tersebut rutin bersama positif bermanfaat penting besar meriah lancar sukses
    baik tertib khidmat warga masyarakat desa kampung dusun kami kita telah sudah akan sedang kembali juga pun
    tahunan bulanan mingguan sosial kemasyarakatan selama secara
""")
"""Words that do not say it."""
_LEADS_ON = word_set("""
    di pada dalam ke dari oleh dengan untuk guna demi agar supaya karena sehingga bertempat bersama yang dan serta
    mulai sejak pukul hingga sampai selama setelah sebelum saat ketika
""")
"""What follows these is place, time, purpose or company."""
_DAYS = frozenset(
    word.lower() for word in (*WEEKDAYS, "Ahad", *MONTHS, "hari", "tanggal", "pagi", "siang", "sore", "malam")
)
_ASIDE = re.compile(
    r"\b(?:untuk|guna|demi|agar|supaya|rangka|yang|diharapkan|bisa|dapat)\s+(?:\w+\s+dan\s+)?$|\bbertujuan\s*$",
    re.IGNORECASE,
)
"""A verb behind these tells what an act is for, or what it is like."""
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_ENDS = re.compile(r"[,;:()“”\".]")


def is_hollow_act(text: str, start: int, end: int) -> bool:
    """Whether the verb at a place says that something was done and neither side of it says what.

    Args:
        text: a paragraph.
        start: where the verb begins.
        end: the code point after it.
    """
    verb = text[start:end].lower()
    if verb not in _VERBS:
        return False
    if _tells(_CLAUSE_ENDS.split(text[end:], maxsplit=1)[0]):
        return False
    # Who acts stands before "melaksanakan", what is done before "dilaksanakan".
    active = verb.startswith("me") or verb in {"gelar", "ikuti", "hadiri"}
    return active or not _tells(_CLAUSE_ENDS.split(text[:start])[-1])


def is_aside(text: str, start: int) -> bool:
    """Whether the verb at a place only tells what an act is for, or what it is like."""
    return _ASIDE.search(text[:start]) is not None


def _tells(words: str) -> bool:
    """Whether a stretch names something before it goes on to place, time, purpose or company."""
    for word in _WORD.findall(words.lower()):
        if word in _LEADS_ON:
            return False
        if word not in HOLLOW_WORDS and word not in _DAYS:
            return True
    return False
