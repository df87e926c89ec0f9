"""The slides of an explainer carousel, proposed from a story: its own words, cut into pages that can be swiped.

Nothing is written anew: every sentence, figure, step and name stands in the story, where the gate has read it. Pure,
and the same for the same story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Literal

from studio.base.locale_forms import MONTHS, number_value
from studio.story.kept_words import NUMBER_WORDS, UNITS
from studio.story.key_points import content_words
from studio.story.reader_fields import NAMEABLE
from studio.story.sentence_units import whole_sentences
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.story.body import BodyBlock
    from studio.story.model import Photo, Source

SlideKind = Literal["cover", "points", "figures", "bars", "steps", "quote", "photo", "sources", "call"]
MOST_SLIDES = 10
"""Pictures of an album that every app takes (Instagram by its API, WhatsApp, Telegram)."""
MOST_BARS, MOST_FIGURES, MOST_STEPS, MOST_PHOTOS, MOST_SOURCES = 6, 3, 4, 3, 5
_LONGEST_DETAIL = 180
_ROOM = 300
"""Letters of the points on one slide: read in ten seconds, in a size that a phone shows well."""
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_BAR = re.compile(
    rf"^(?P<label>[^:]{{2,48}}):\s*(?P<money>Rp\s?)?(?P<number>{_NUMBER})\s*(?P<unit>%|/?[^\W\d][^\d:.;]{{0,20}})?[.;]?$"
)
_FIGURE = re.compile(
    rf"(?<![\w/.,:–-])(?P<money>Rp\s?)?(?P<number>{_NUMBER})(?P<percent>\s?%)?(?![\w:–-]|[.,/]\d)"
    r"(?P<after>(?:[ ](?:[^\W\d_]+[²³]?(?!\w)|°C)){0,4})"
)
_MONTHS = frozenset(month.lower() for month in MONTHS)
_NO_COUNT = _MONTHS | word_set("""
    pukul jam nomor no pasal ayat rt rw tanggal kelas jalan jl gang setiap tiap
    tahun nik telepon hp ke kode bab versi ip km juara peringkat usia berusia umur berumur edisi seri
""")
"""Words before a number that counts nothing: an hour, a house, a paragraph of a law, a year."""
_NO_UNIT = _MONTHS | word_set("""
    wib wita wit tahun pukul tanggal
    sampai hingga menjadi sebelum sesudah setelah sejak saat serta sedangkan tetapi oleh bagi sehingga karena
""")
_NAMING = word_set("nomor no kode")
_BEFORE_YEARS = word_set("pada sejak awal akhir per")
_NOUNS = word_set("""
    beras berkas beton berita ternak terigu terong teras terpal terminal dinding dinas meja mesin melon mentimun menit
    meter menu merpati media diesel
""")
"""Things that begin as verbs and prepositions do."""
_RANGE = re.compile(r"^\s*(?:\w+\s*)?(?:[–-]|sampai|hingga|s\.?/?d\.?)\s*(?:dengan\s+)?(?:Rp\s?)?\d", re.IGNORECASE)
_RANGE_BEGUN = re.compile(
    r"(?:\b(?:sampai|hingga)\s+(?:dengan\s+)?|\d\s*(?:\w+\s*)?[–-]\s*|\bantara\s+[^,;]*\d[^,;]*\sdan\s+|\d\s*[x×]\s*)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bantara\s+$", re.IGNORECASE)
_ABOUT = re.compile(
    rf"(?<!\w)(?P<about>(?:tidak\s+|tak\s+)?(?:lebih|kurang)\s+dari|hampir|rata-rata|sekitar|kira-kira|maksimal|minimal|setidaknya"
    rf"|sedikitnya|paling\s+(?:banyak|sedikit|tidak|lama)|(?:{_NUMBER}|separuh|setengah|sebagian|seorang|{'|'.join(NUMBER_WORDS)})\s+dari)"
    r"\s+$",
    re.IGNORECASE,
)
"""What makes a number another one: "kurang dari 50 persen", "2 dari 10 balita". It is told with it."""
_LOOKED_BACK = 80
"""Letters before a number that are asked what it is."""
_PART_OF = re.compile(r"^\s+dari\s+\d")
_NOT_SO = re.compile(
    r"\b(?:(?:bukan|tidak|tak|belum|tanpa)(?:\s+\w+)?"
    r"|(?:dit|men|t)arget(?:kan|nya)?(?:\s+\w+){0,2}|(?:kuota|(?:ber)?kapasitas|sisa|tersisa|rencana)(?:nya)?(?:\s+\w+){0,2})\s+$",
    re.IGNORECASE,
)
"""Before a number of what is not, is left, or is only wished: alone and large it would say that it is."""
_OLD = re.compile(r"\bdari\s+$", re.IGNORECASE)
_NEW = re.compile(r"^[^.;]{0,60}?\b(?:menjadi|jadi|ke)\s+(?:Rp\s?)?\d", re.IGNORECASE)
"""Of a change only the new figure is told: the old one, alone and large, would say the opposite."""
_ENDS = re.compile(
    r"^(?:me|di|ber|ter|yang|agar|dan|atau|untuk|dari|dengan|ke|pada|dalam|siap|sudah|telah|akan|itu|ini|sekali|setiap|selama|sepanjang|senilai|sebesar)"
)
"""What a unit does not go on with: a verb, a preposition, the next thought."""
MEASURES = UNITS | {"persen", "°c"}
"""Words of a measure: of these two figures of one story may have the same."""
_MOST_DIGITS = 7
"""Of a count without points between its thousands; longer ones are telephone numbers and codes."""
_OF_SUMS = word_set("sebesar senilai sejumlah sebanyak mencapai yaitu yakni")
_MOST_BEFORE = 6
_LARGE = frozenset({"ribu", "juta", "miliar", "triliun"})


@dataclass(frozen=True, slots=True)
class SlideItem:
    """One line of a slide: its text, what stands large before it, its bar (0 to 1), and the sentence it is from."""

    text: str
    head: str = ""
    share: float = 0.0
    detail: str = ""

    def values(self) -> dict[str, object]:
        """As templates see it."""
        return {"text": self.text, "head": self.head, "share": round(self.share, 4), "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes:
        kind: what it is.
        items: its lines: points, figures, bars, steps or sources.
        photo: id of the photo it shows, "" for none.
        first: number of its first step, where the steps before stand on another slide.
    """

    kind: SlideKind
    items: tuple[SlideItem, ...] = ()
    photo: str = ""
    first: int = 1


@dataclass(frozen=True, slots=True)
class SlideMatter:
    """What slides are made of.

    Attributes:
        blocks: the body.
        points: what matters after the lead.
        quote: the quotation for a card, "" for none.
        sources: those that readers may see.
        photos: of the story, the cover among them.
        cover: id of the cover photo, "" for none.
    """

    blocks: tuple[BodyBlock, ...]
    points: tuple[str, ...]
    quote: str
    sources: tuple[Source, ...]
    photos: tuple[Photo, ...]
    cover: str


def propose_slides(matter: SlideMatter) -> tuple[Slide, ...]:
    """The slides of a story, two (cover and call) to ten.

    Of more than ten the last photos go first, then further steps and points, the sources never: who says so belongs to
    what is said.
    """
    steps, bars = _step_slides(matter.blocks), _bar_slide(matter.blocks)
    listed = {item.text for slide in steps for item in slide.items}
    listed |= {_one_line(block) for block in matter.blocks if bars and block.kind == "bullet"}
    told = [point for point in matter.points if point not in listed]
    if matter.quote:  # it has a slide of its own
        told = [point for point in told if matter.quote.rstrip(".,!?") not in point]
    points = _point_slides(told)
    figures = () if bars else _figure_slide(matter.blocks)
    quote = (Slide("quote"),) if matter.quote else ()
    others = [photo for photo in matter.photos if photo.id != matter.cover]
    others.sort(key=lambda photo: not photo.caption.strip())  # a photo without words says least, and comes last
    photos = tuple(Slide("photo", photo=photo.id) for photo in others)[:MOST_PHOTOS]
    sources = _source_slide(matter.sources, matter.blocks)
    middle = [points, bars, figures, steps, quote, photos, sources]
    room = MOST_SLIDES - 2
    for at in (5, 3, 0):
        over = sum(map(len, middle)) - room
        if over > 0:
            # Of steps and points one slide stays, of photos none has to.
            middle[at] = middle[at][: max(0 if at == 5 else 1, len(middle[at]) - over)]
    return (Slide("cover", photo=matter.cover), *(slide for part in middle for slide in part), Slide("call"))


def _one_line(block: BodyBlock) -> str:
    return " ".join(block.text.split())


def _point_slides(points: Sequence[str]) -> tuple[Slide, ...]:
    """As many slides as the points need, each with about as many of them."""
    wanted = ceil(sum(map(len, points)) / _ROOM)
    each = ceil(len(points) / wanted) if wanted else 1
    pages = [points[at : at + each] for at in range(0, len(points), each)]
    return tuple(Slide("points", tuple(SlideItem(point) for point in page)) for page in pages)


def _step_slides(blocks: Sequence[BodyBlock]) -> tuple[Slide, ...]:
    """The first numbered list of at least two, four to a slide."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        steps = [SlideItem(_one_line(block)) for block in group] if kind == "number" else []
        if len(steps) > 1:
            starts = range(0, len(steps), MOST_STEPS)
            return tuple(Slide("steps", tuple(steps[at : at + MOST_STEPS]), first=at + 1) for at in starts)
    return ()


def _bar_slide(blocks: Sequence[BodyBlock]) -> tuple[Slide, ...]:
    """The first list that is a small table ("Dusun Krajan: 64 orang"), all in one unit; two to six lines."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        found = [_BAR.match(_one_line(block)) for block in group] if kind == "bullet" else []
        lines = [line for line in found if line]
        units = {(line["money"] or "", (line["unit"] or "").strip().casefold()) for line in lines}
        counted = all(map(_is_bar, lines)) and not {unit for _, unit in units} & _NO_UNIT
        if 2 <= len(lines) <= MOST_BARS and len(lines) == len(found) and len(units) == 1 and counted:
            values = [number_value(line["number"]) for line in lines]
            # A share is one of a hundred: the largest one is not all.
            longest = max(*values, 100.0 if {unit for _, unit in units} <= {"%", "persen"} else 0.0)
            heads = [_figure_head(line["money"], line["number"], line["unit"]) for line in lines]
            if longest > 0:
                items = zip(lines, heads, values, strict=True)
                bars = tuple(SlideItem(line["label"].strip(), head, value / longest) for line, head, value in items)
                return (Slide("bars", bars),)
    return ()


def _is_bar(line: re.Match[str]) -> bool:
    """Whether a line has an amount, and no number by which something is called: "Nomor antrean: 3", "RT: 2"."""
    label, number = line["label"].casefold(), line["number"]
    bare = not (line["money"] or line["unit"])
    called = label in _NO_COUNT or label.split()[0] in _NAMING or (number.isdigit() and 1900 <= int(number) <= 2100)
    return _is_count(number) and not (bare and called)


def _figure_head(money: str | None, number: str, unit: str | None) -> str:
    after = (unit or "").strip()
    return f"{'Rp' if money else ''}{number}{'' if after[:1] in '%/' else ' '}{after}"


def _is_count(number: str) -> bool:
    """Whether it is no telephone number, code or hour."""
    plain = number.isdigit() and (len(number) > _MOST_DIGITS or (number[0] == "0" and number != "0"))
    return not plain


def _figure_slide(blocks: Sequence[BodyBlock]) -> tuple[Slide, ...]:
    """Up to three figures that count something, each with what it counts; none for a single one of no weight."""
    found: list[SlideItem] = []
    seen: set[str] = set()
    for block in blocks:
        if block.kind not in {"paragraph", "bullet"}:
            continue
        for sentence in whole_sentences(_one_line(block)):
            for figure in _sentence_figures(sentence):
                said = figure.text.casefold().split(" ")[0]
                said = f"{figure.head} {said}" if said in MEASURES else said
                if said not in seen and len(found) < MOST_FIGURES:
                    # Of several figures of one sentence the first has it.
                    found.append(figure if sentence not in seen else replace(figure, detail=""))
                    seen |= {said, sentence}
    # A lone number without its sentence would say nothing.
    return (Slide("figures", tuple(found)),) if len(found) > 1 or any(item.detail for item in found) else ()


def _sentence_figures(sentence: str) -> Iterator[SlideItem]:
    for hit in _FIGURE.finditer(sentence):
        told = sentence[max(0, hit.start() - _LOOKED_BACK) : hit.start()]
        about = _ABOUT.search(told)
        before, after = told[: about.start()] if about else told, hit["after"].split()
        if (after and after[0].casefold() in _NO_UNIT) or not _is_count(hit["number"]) or _NOT_SO.search(before):
            continue
        if _is_half_told(told, sentence[hit.end("percent" if hit["percent"] else "number") :]):
            continue
        large = [after.pop(0)] if after and after[0].casefold() in _LARGE else []
        unit = _unit_of(after)
        if not (hit["money"] or hit["percent"]) and not (unit and _counts(before, hit["number"], unit[0])):
            continue
        head = " ".join([_figure_head(hit["money"], hit["number"], "%" if hit["percent"] else ""), *large])
        text = " ".join(unit) or _rest_of(sentence, hit) or _said_before(before)
        if text:
            whole = f"{about['about']} {head}" if about else head
            yield SlideItem(text, whole, detail=sentence if len(sentence) <= _LONGEST_DETAIL else "")


def _counts(before: str, number: str, unit: str) -> bool:
    """Whether a number counts what follows it, and does not belong to what stands before: "Posyandu Melati 2 buka"."""
    words = [word.strip('(.“"') for word in before.split()]
    last = words[-1] if words else ""
    year = number.isdigit() and 1900 <= int(number) <= 2100 and last.casefold() in _BEFORE_YEARS
    if year or last.casefold() in _NO_COUNT:
        return False
    if unit.casefold() in UNITS:
        return True
    named = last[:1].isupper() and (len(words) > 1 or (last.isupper() and len(last) > 1))
    return len(unit) > 1 and not named


def _is_half_told(before: str, after: str) -> bool:
    """Whether it is one end of a range, a part whose whole comes next, or what something was before it changed."""
    if _PART_OF.match(after) or _RANGE.match(after) or _RANGE_BEGUN.search(before):
        return True
    return bool((_OLD.search(before) and _NEW.match(after)) or (_BETWEEN.search(before) and " dan " in after))


def _unit_of(after: Sequence[str]) -> list[str]:
    """What a number counts: one to three words of those behind it."""
    unit: list[str] = []
    for word in after[:3]:
        # "UMKM" and "KPM" are counted, "Bandung" is not.
        known = word.casefold() in MEASURES | _NOUNS or (not unit and len(word) > 1 and word.isupper())
        if not known and (not word[0].islower() or _ENDS.match(word) or word.casefold() in _NO_UNIT):
            break
        if unit and unit[-1] != "per" and not content_words(word):
            break
        unit.append(word)
    return unit[:-1] if unit and unit[-1] == "per" else unit


def _rest_of(sentence: str, hit: re.Match[str]) -> str:
    """What a sum of money or a share is of: the words around it."""
    after = sentence[hit.end("percent") if hit["percent"] else hit.end("number") :].strip(" .,;")
    words = after.split()
    return " ".join(words[1:7] if words and words[0].casefold() in _LARGE else words[:6])


def _said_before(before: str) -> str:
    """What a sum at the end of its sentence is: all that stands before it, where that is short."""
    words = before.split()
    while words and words[-1].casefold() in _OF_SUMS:
        words.pop()
    return " ".join(words) if len(words) <= _MOST_BEFORE and len(before) < _LOOKED_BACK else ""


def _source_slide(sources: Sequence[Source], blocks: Sequence[BodyBlock]) -> tuple[Slide, ...]:
    """Who agreed to be named, and of whom nothing was noted those whom the text names already."""
    told = " ".join(_one_line(block) for block in blocks).casefold()
    named = [
        source
        for source in sources
        if source.name.strip() and (source.terms == "named" or (source.terms in NAMEABLE and _is_told(source, told)))
    ]
    items = tuple(SlideItem(" ".join(s.role.split()), " ".join(s.name.split())) for s in named[:MOST_SOURCES])
    return (Slide("sources", items),) if items else ()


def _is_told(source: Source, told: str) -> bool:
    return " ".join(source.name.split()).casefold() in told
