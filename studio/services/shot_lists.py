"""Shot lists to take along: as lines for a chat, as a page for the phone, as paper.

Nothing of a story is on them: they leave the workspace before anybody could ask the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_error, write_atomic
from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.group.shot_lists import FOLDER, read_shot_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.shot_lists import ShotList
    from studio.story.model import Group

_LARGEST = 64 * 1024
SAVED_PAGE = "daftar-bidikan.html"
"""What the page is called on the phone."""


@dataclass(frozen=True, slots=True)
class ShotLists:
    """The lists that can be read, that for any event first, and an error for each other file."""

    lists: tuple[ShotList, ...]
    problems: tuple[UserError, ...] = ()

    def find(self, name: str) -> ShotList | None:
        """The list with an id; None for one that is not there."""
        return next((each for each in self.lists if each.id == name), None)


def load_shot_lists(workspace: Path | None = None) -> ShotLists:
    """All lists; a workspace's own replace the studio's by name.

    Args:
        workspace: its folder, whose ``shot_lists`` need not exist; None for the studio's alone.
    """
    folders = [assets_dir() / FOLDER, *([workspace / FOLDER] if workspace is not None else [])]
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("[!.]*.toml"))}
    lists: list[ShotList] = []
    problems: list[UserError] = []
    for name, path in found.items():
        try:
            if path.stat().st_size > _LARGEST:
                raise UserError("shots.broken", file=path.name, detail=f"> {_LARGEST // 1024} KB")
            lists.append(read_shot_list(path.read_text(encoding="utf-8-sig"), name))
        except UserError as error:
            problems.append(error)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(UserError("shots.broken", file=path.name, detail=str(error)))
    return ShotLists(tuple(sorted(lists, key=lambda each: (each.order, each.id))), tuple(problems))


def shot_text(chosen: ShotList, texts: MessageTexts) -> str:
    """A list as lines for a chat or a terminal."""
    language = texts.language
    lines = [f"*{_list_title(chosen, language)}*", ""]
    lines += [f"☐ {texts.text(f'shots.size.{shot.size}')}: {shot.words(language)}" for shot in chosen.shots]
    lines += ["", f"*{texts.text('shots.questions')}*", *(f"☐ {each}" for each in _questions(chosen, language))]
    return "\n".join([*lines, "", f"*{texts.text('shots.care')}* {_care(chosen, language)}"])


def shot_page(chosen: ShotList, texts: MessageTexts, *, served: bool = False) -> str:
    """A list as one HTML page for a phone: boxes to tick that it remembers, no address outside.

    Args:
        chosen: the list.
        texts: language.
        served: it is fetched from the laptop, so that the phone is asked to keep it.
    """
    language = texts.language
    shots = [(texts.text(f"shots.size.{shot.size}"), shot.words(language)) for shot in chosen.shots]
    rows = "".join(_shot_row(f"s{number}", words, size) for number, (size, words) in enumerate(shots))
    asked = "".join(_shot_row(f"t{number}", words) for number, words in enumerate(_questions(chosen, language)))
    keep = f'<p><a class="simpan" download href="{SAVED_PAGE}">{escape(texts.text("shots.keep"))}</a></p>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(_list_title(chosen, language))}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(_list_title(chosen, language))}</h1>{keep if served else ''}"
        f"<h2>{escape(texts.text('shots.pictures'))}</h2><ul>{rows}</ul>"
        f"<h2>{escape(texts.text('shots.questions'))}</h2><ul>{asked}</ul>"
        f'<p class="jaga"><b>{escape(texts.text("shots.care"))}</b> {escape(_care(chosen, language))}</p>'
        f"</main><script>{_SCRIPT.replace('@', chosen.id)}</script></body></html>\n"
    )


def write_shot_lists(path: Path, lists: Sequence[ShotList], group: Group, texts: MessageTexts) -> None:
    """Write a list as a page for the phone (``.html``), or lists as a PDF of an A4 page each (``.pdf``).

    Raises:
        UserError: ``shots.out_kind`` for another ending, ``shots.out_one`` for a page of several, or the disk refuses.
    """
    if path.suffix.lower() == ".pdf":
        _write_sheets(path, lists, group, texts)
        return
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UserError("shots.out_kind", file=path.name)
    if len(lists) != 1:
        raise UserError("shots.out_one", file=path.name)
    try:
        write_atomic(path, shot_page(lists[0], texts).encode())
    except OSError as error:
        raise disk_error(error, path) from error


def _write_sheets(path: Path, lists: Sequence[ShotList], group: Group, texts: MessageTexts) -> None:
    from studio.documents.shot_sheet import ShotSheet, write_sheets
    from studio.paint.qt_application import ensure_gui

    ensure_gui()

    language = texts.language

    def sheet(chosen: ShotList) -> ShotSheet:
        shots = tuple((texts.text(f"shots.size.{shot.size}"), shot.words(language)) for shot in chosen.shots)
        return ShotSheet(_list_title(chosen, language), shots, _questions(chosen, language), _care(chosen, language))

    write_sheets(path, [sheet(chosen) for chosen in lists], group, texts)


def _shot_row(name: str, words: str, size: str = "") -> str:
    told = f"<b>{escape(size)}</b> " if size else ""
    return f'<li><label><input type="checkbox" id="{name}"><span>{told}{escape(words)}</span></label></li>'


def _list_title(chosen: ShotList, language: str) -> str:
    return chosen.title.get(language) or chosen.title["id"]


def _questions(chosen: ShotList, language: str) -> tuple[str, ...]:
    return chosen.questions.get(language) or chosen.questions["id"]


def _care(chosen: ShotList, language: str) -> str:
    return chosen.care.get(language) or chosen.care["id"]


_STYLE = """
:root{--bg:#f3f5f4;--card:#fff;--ink:#14211f;--soft:#54645f;--main:#0b6b5c;--line:#cbd5d2;--warn:#fdeed1}
@media(prefers-color-scheme:dark){:root{--bg:#101615;--card:#1a2322;--ink:#edf3f1;--soft:#a9bab5;--main:#55cdb6;
--line:#3a4a47;--warn:#3d2f12}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:17px/1.45 system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:18px 16px 40px}h1{font-size:1.45rem;margin:.2em 0}
h2{font-size:1.05rem;color:var(--main);margin:1.4em 0 .5em}
ul{list-style:none;margin:0;padding:0}li{margin:0 0 8px}
label{display:flex;gap:12px;align-items:flex-start;min-height:48px;padding:11px 12px;background:var(--card);
border:1px solid var(--line);border-radius:10px}
input{flex:none;width:24px;height:24px;margin:0;accent-color:var(--main)}
input:checked+span{color:var(--soft);text-decoration:line-through}
.jaga{background:var(--warn);border-radius:10px;padding:12px;margin-top:1.4em}
.simpan{display:inline-block;padding:12px 16px;border-radius:10px;background:var(--main);color:var(--bg);
font-weight:600;text-decoration:none}
"""
_SCRIPT = """
const k='kim-bidikan-@';let m={};try{m=JSON.parse(localStorage.getItem(k)||'{}')}catch(e){}
for(const b of document.querySelectorAll('input')){b.checked=!!m[b.id];b.onchange=()=>{m[b.id]=b.checked;
try{localStorage.setItem(k,JSON.stringify(m))}catch(e){}}}
if(location.protocol==='file:'||location.protocol==='content:')document.querySelector('.simpan')?.remove();
"""
