"""``kim-studio data``: data packs from a stick, and making them. To hand a story on there is ``kim-studio pack``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio.commands.localized_help import LocalizedCommand, LocalizedGroup

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.services.data_packs import KnownData, KnownPack
    from studio.store.data_archive import DataPack
    from studio.store.pack_shelf import PackShelf

data_app = typer.Typer(cls=LocalizedGroup, no_args_is_help=True)
_command = partial(data_app.command, cls=LocalizedCommand)
FileArgument = Annotated[Path, typer.Argument(show_default=False)]
PackArgument = Annotated[str, typer.Argument(show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json")]


def _packs() -> PackShelf:
    from studio.base.data_shelf import program_shelf
    from studio.store.pack_shelf import PackShelf

    return PackShelf(program_shelf())


@_command("list")
def show(json: JsonOption = False) -> None:
    """Show all data, its age and where it is from."""
    from studio.commands.common import print_result, print_table, user_texts
    from studio.services.data_packs import known_data

    words = user_texts()
    rows = known_data(_packs())
    if json:
        print_result(_as_json(rows))
        return
    lines = [line for row in rows for line in _lines(row, words)]
    print_table([words.text(f"data.column.{name}") for name in ("kind", "pack", "version", "age", "source")], lines)


def _lines(row: KnownData, words: MessageTexts) -> list[list[str]]:
    from datetime import date

    from studio.services.data_packs import months_between

    today, language = date.today(), words.language

    def age(day: date) -> str:
        if day > today:
            return words.text("data.age_ahead", day=day)
        return words.text("data.age", day=day, months=months_between(day, today))

    kind = words.text(f"data.kind.{row.kind}")
    builtin = [kind, words.text("data.builtin"), "", age(row.builtin.day), row.builtin.source_in(language)]
    lines = [builtin]
    for known in row.packs:
        about, used = known.manifest, known.pack.used or words.text("data.unused")
        name = about.name_in(language) if about is not None else "?"
        source = about.source_in(language) if about is not None else "?"
        signer = words.text("data.signed_by", name=known.signer or "?")
        lines.append([kind, f"{name} ({known.pack.id})", used, age(about.day) if about else "?", f"{source}. {signer}"])
    return lines


def _as_json(rows: tuple[KnownData, ...]) -> str:
    import json

    def pack(known: KnownPack) -> dict[str, object]:
        about = known.manifest
        return {
            "id": known.pack.id,
            "used": known.pack.used,
            "versions": [each.version for each in known.pack.versions],
            "date": str(about.day) if about else None,
            "name": about.name if about else None,
            "source": about.source if about else None,
            "signer": known.signer,
        }

    def row_facts(row: KnownData) -> dict[str, object]:
        days = {"kind": row.kind, "date": str(row.day), "builtin": str(row.builtin.day)}
        return {**days, "packs": [pack(each) for each in row.packs]}

    return json.dumps([row_facts(row) for row in rows], ensure_ascii=False, indent=1)


@_command("install")
def install(pack: FileArgument) -> None:
    """Take a pack in."""
    from datetime import date

    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.data_packs import take_data

    words = user_texts()
    with explain_errors(words), progress_bar(words.text("data.reading")) as progress:
        taken = take_data(_packs(), pack, date.today(), progress)
    print_result(words.text("data.taken", pack=taken.pack.id, version=taken.pack.used, name=taken.signer))


@_command("rollback")
def roll_back(pack: PackArgument) -> None:
    """Use the version before."""
    from studio.commands.common import explain_errors, print_result, user_texts

    words = user_texts()
    with explain_errors(words):
        now = _packs().roll_back(pack)
    print_result(words.text("data.back_to" if now.used else "data.back_to_builtin", pack=pack, version=now.used))


@_command("use")
def use(pack: PackArgument, version: Annotated[str, typer.Argument(show_default=False)]) -> None:
    """Use a version that is on this computer."""
    from studio.commands.common import explain_errors, print_result, user_texts

    words = user_texts()
    with explain_errors(words):
        now = _packs().use(pack, version)
    print_result(words.text("data.back_to", pack=pack, version=now.used))


@_command("check")
def check(pack: FileArgument, json: JsonOption = False) -> None:
    """Look a pack over without taking it in."""
    from tempfile import TemporaryDirectory

    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.data_offers import prove_installer
    from studio.services.data_packs import check_data

    words = user_texts()
    scratch = TemporaryDirectory(prefix="kim-data-", ignore_cleanup_errors=True)
    with explain_errors(words), scratch as place, progress_bar(words.text("data.reading")) as progress:
        found = check_data(pack, Path(place), progress)
        prove_installer(pack, found, progress)
    print_result(_told_json(found) if json else _pack_lines(found, words))


def _pack_lines(found: DataPack, words: MessageTexts) -> str:
    from studio.store.pack_signatures import fingerprint_of

    about, key = found.manifest, found.signature
    kind = words.text(f"data.kind.{about.kind}")
    lines = [words.text("data.fine", pack=about.id, version=about.version, kind=kind, files=len(found.hashes) - 1)]
    day = words.text("data.day", day=about.day)
    lines.append(f"{about.name_in(words.language)}, {day}. {about.source_in(words.language)}")
    if key is None:
        return "\n".join([*lines, words.text("data.not_signed")])
    trusted = _packs().trusted(key.key)
    code, name = ("data.strange_key", key.name) if trusted is None else ("data.known_key", trusted.name)
    return "\n".join([*lines, words.text(code, name=name, fingerprint=fingerprint_of(key.key))])


def _told_json(found: DataPack) -> str:
    import json

    from studio.store.pack_signatures import fingerprint_of

    about, key = found.manifest, found.signature
    told: dict[str, object] = {"id": about.id, "kind": about.kind, "version": about.version, "date": str(about.day)}
    told |= {"size": found.size, "signed": None, "files": dict(found.hashes)}
    if key is not None:
        trusted = _packs().trusted(key.key) is not None
        told["signed"] = {"fingerprint": fingerprint_of(key.key), "name": key.name, "trusted": trusted}
    return json.dumps(told, ensure_ascii=False, indent=1)


@_command("find")
def find(folders: Annotated[list[Path] | None, typer.Argument()] = None, json: JsonOption = False) -> None:
    """Show what sticks offer."""
    import json as writer

    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.data_offers import find_offers, removable_drives

    words = user_texts()
    with explain_errors(words):
        offers = find_offers(_packs(), folders or removable_drives())
    if json:
        rows = [
            {"file": str(each.path), "id": each.manifest.id, "version": each.manifest.version, "state": each.state}
            for each in offers
        ]
        print_result(writer.dumps(rows, ensure_ascii=False, indent=1))
        return
    for each in offers:
        about = each.manifest
        facts = {"name": about.name_in(words.language), "version": about.version, "day": about.day}
        print_result(words.text(f"data.offer.{each.state}", file=str(each.path), signer=each.key.name or "?", **facts))
    if not offers:
        print_result(words.text("data.no_offer"))


@_command("fetch")
def fetch(pack: FileArgument, folder: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Copy a newer installer from a stick."""
    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.data_offers import fetch_installer

    words = user_texts()
    with explain_errors(words), progress_bar(words.text("data.copying")) as progress:
        copied = fetch_installer(_packs(), pack, folder, progress)
    print_result(words.text("data.fetched", file=str(copied)))


# ------------------------------------------------------------------------------------------------ keys


@_command("keys")
def keys() -> None:
    """Show the keys that are trusted."""
    from studio.commands.common import print_result, user_texts

    words = user_texts()
    known = _packs().trusted_keys()
    for key in known:
        print_result(f"{key.fingerprint}  {key.name}  {key.added}")
    if not known:
        print_result(words.text("data.no_keys"))


@_command("trust")
def trust(
    file: FileArgument,
    fingerprint: Annotated[str, typer.Option("--fingerprint")],
    name: Annotated[str, typer.Option("--name")] = "",
) -> None:
    """Trust a key after comparing its fingerprint."""
    from datetime import date

    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.data_packs import key_in, trust_key

    words = user_texts()
    with explain_errors(words):
        known = trust_key(_packs(), key_in(file), fingerprint, name, date.today())
    print_result(words.text("data.trusted", name=known.name, fingerprint=known.fingerprint))


@_command("distrust")
def distrust(fingerprint: Annotated[str, typer.Argument(show_default=False)]) -> None:
    """Trust a key no longer."""
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.data_packs import distrust_key

    words = user_texts()
    with explain_errors(words):
        key, changed = distrust_key(_packs(), fingerprint)
    print_result(words.text("data.distrusted", name=key.name, packs=", ".join(each.id for each in changed) or "-"))


# ------------------------------------------------------------------------------------------------ making


@_command("key")
def key(folder: FileArgument, name: Annotated[str, typer.Option("--name")]) -> None:
    """Make a pair of keys."""
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.data_packs import write_keys

    words = user_texts()
    with explain_errors(words):
        public, secret, fingerprint = write_keys(folder, name)
    print_result(words.text("data.keys_made", public=str(public), secret=str(secret), fingerprint=fingerprint))


@_command("make")
def make(folder: FileArgument, out: Annotated[Path | None, typer.Option("--out", "-o")] = None) -> None:
    """Make a pack of a folder."""
    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.data_packs import make_data

    words = user_texts()
    with explain_errors(words), progress_bar(words.text("data.reading")) as progress:
        made = make_data(folder, out, progress)
    print_result(str(made))


@_command("sign")
def sign(pack: FileArgument, secret: FileArgument) -> None:
    """Sign a pack with a secret key."""
    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.data_packs import sign_data
    from studio.store.pack_signatures import fingerprint_of

    words = user_texts()
    with explain_errors(words), progress_bar(words.text("data.reading")) as progress:
        signature = sign_data(pack, secret, progress).signature
    print_result(
        words.text("data.signed", file=str(pack), fingerprint=fingerprint_of(signature.key) if signature else "")
    )
