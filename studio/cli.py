"""``kim-studio``: parses arguments and hands them to ``studio.commands``. Loads nothing heavy (ARCHITECTURE.md)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from studio import __version__

COMMANDS = (
    *("demo", "new", "export", "check", "outlets", "trim", "backup", "restore", "screenshots", "doctor", "window"),
    *("catalog", "group", "district", "handover", "report", "take-note"),
)

app = typer.Typer(
    name="kim-studio",
    help="KIM Studio: satu berita masuk, semua unggahan keluar. (One story in, every post out.)",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WorkspaceArgument = Annotated[Path, typer.Argument(help="Folder ruang kerja.", show_default=False)]
TakeOverOption = Annotated[
    bool, typer.Option("--take-over", help="Ambil alih ruang kerja yang ditinggalkan komputer lain yang mati.")
]
FrugalOption = Annotated[bool, typer.Option("--frugal", help="Hemat memori: klip dibuat lebih lama.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Cetak sebagai JSON.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"KIM Studio {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Cetak versi.")] = False,
) -> None:
    """KIM Studio: satu berita masuk, semua unggahan keluar."""


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(help="Folder contoh; bawaan: ./KIM-Studio-Demo.")] = None,
    window: Annotated[bool, typer.Option(help="Buka jendela setelah selesai, bila ada layar.")] = True,
    jobs: Annotated[int, typer.Option(min=1, max=2, help="Banyaknya proses.")] = 1,
    frugal: FrugalOption = False,
    json: JsonOption = False,
) -> None:
    """Buat ruang kerja contoh, ekspor ke semua kanal, dan tampilkan hasilnya."""
    from studio.commands.demo import run_demo

    raise typer.Exit(
        run_demo(folder or Path("KIM-Studio-Demo"), open_window=window, jobs=jobs, as_json=json, frugal=frugal)
    )


@app.command()
def new(
    workspace: WorkspaceArgument,
    draft: Annotated[Path, typer.Argument(help="Berkas Markdown dengan kepala YAML.", show_default=False)],
    take_over: TakeOverOption = False,
) -> None:
    """Tambahkan berita dari berkas Markdown; mencetak nama foldernya."""
    from studio.commands.new import run_new

    raise typer.Exit(run_new(workspace, draft, take_over=take_over))


@app.command()
def export(
    workspace: WorkspaceArgument,
    stories: Annotated[list[str] | None, typer.Argument(help="Nama folder berita; kosong berarti semua.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Hanya kanal ini; boleh diulang.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder tujuan; bawaan: exports/ di ruang kerja.")] = None,
    site: Annotated[bool, typer.Option("--site", help="Buat situs web dari seluruh pustaka.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=2, help="Banyaknya proses.")] = 1,
    frugal: FrugalOption = False,
    json: JsonOption = False,
) -> None:
    """Ekspor berita ke semua kanal; hanya yang belum ada atau berubah yang dibuat."""
    from studio.commands.export import run_export, run_site

    if site:
        raise typer.Exit(run_site(workspace, out, jobs=jobs, alone=not (stories or outlet), as_json=json))
    chosen = (tuple(stories or ()), tuple(outlet or ()))
    raise typer.Exit(run_export(workspace, *chosen, out, jobs=jobs, as_json=json, frugal=frugal))


@app.command()
def catalog(
    workspace: WorkspaceArgument,
    products: Annotated[list[str] | None, typer.Argument(help="Nama produk (--list); kosong berarti semua.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Hanya paket ini; boleh diulang.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder tujuan; bawaan: exports/_potensi.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Tampilkan produk saja.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=2, help="Banyaknya proses.")] = 1,
    json: JsonOption = False,
) -> None:
    """Buat kartu, katalog, daftar harga, dan etalase dari potensi dan usaha desa."""
    from studio.commands.catalog import run_catalog, run_list

    if listing:
        raise typer.Exit(run_list(workspace, as_json=json))
    raise typer.Exit(run_catalog(workspace, tuple(products or ()), tuple(outlet or ()), out, jobs=jobs, as_json=json))


@app.command()
def check(
    workspace: WorkspaceArgument,
    stories: Annotated[list[str] | None, typer.Argument(help="Nama folder berita; kosong berarti semua.")] = None,
    json: JsonOption = False,
    ready: Annotated[bool, typer.Option(help="Tandai siap terbit bila tidak ada yang menghalangi.")] = False,
    by: Annotated[str, typer.Option(help="Siapa yang menandai.")] = "",
    take_over: TakeOverOption = False,
) -> None:
    """Periksa berita: kelengkapan, bahasa, fakta, dan keselamatan orang."""
    from studio.commands.check import run_check

    raise typer.Exit(run_check(workspace, tuple(stories or ()), as_json=json, ready=ready, by=by, take_over=take_over))


@app.command()
def outlets(
    workspace: Annotated[Path | None, typer.Argument(help="Ruang kerja dengan templat sendiri.")] = None,
    json: JsonOption = False,
) -> None:
    """Tampilkan kanal beserta batas, sumber, dan tanggal pemeriksaannya."""
    from studio.commands.outlets import run_outlets

    raise typer.Exit(run_outlets(workspace, as_json=json))


@app.command()
def trim(
    source: Annotated[Path, typer.Argument(help="Berkas video.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Berkas hasil (.mp4).", show_default=False)],
    cut: Annotated[
        list[str] | None, typer.Option(help="Bagian yang disimpan, misalnya 2-9.5 atau 1:02-1:10; boleh diulang.")
    ] = None,
) -> None:
    """Potong video dengan tepat tanpa mengubah gambarnya; hanya gambar di tepi yang diolah ulang."""
    from studio.commands.trim import run_trim

    raise typer.Exit(run_trim(source, tuple(cut or ()), out))


@app.command()
def backup(
    workspace: WorkspaceArgument,
    folder: Annotated[Path, typer.Argument(help="Stik USB atau folder lain.", show_default=False)],
) -> None:
    """Cadangkan seluruh ruang kerja ke stik; hanya yang berubah yang disalin, dan semuanya diperiksa."""
    from studio.commands.backup import run_backup

    raise typer.Exit(run_backup(workspace, folder))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Stik atau folder cadangan.", show_default=False)],
    workspace: Annotated[Path, typer.Argument(help="Folder baru atau kosong.", show_default=False)],
) -> None:
    """Pulihkan ruang kerja dari cadangan ke folder baru atau kosong."""
    from studio.commands.backup import run_restore as run

    raise typer.Exit(run(folder, workspace))


group_app = typer.Typer(help="Kelompok itu sendiri: profil dan peta diri.", no_args_is_help=True)
app.add_typer(group_app, name="group")


@group_app.command("profile")
def group_profile(
    workspace: WorkspaceArgument,
    form: Annotated[
        Path | None,
        typer.Option("--from", help="Isi dari berkas TOML atau JSON; hanya bidang yang disebut yang berubah."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Tampilkan profil kelompok (SK, pengurus, kanal ...), atau isi dari berkas."""
    from studio.commands.group import run_profile

    raise typer.Exit(run_profile(workspace, form, as_json=json))


@group_app.command("map")
def group_map(
    workspace: WorkspaceArgument,
    form: Annotated[Path | None, typer.Option("--from", help="Jawaban dari berkas TOML atau JSON.")] = None,
    count: Annotated[
        bool, typer.Option("--count", help="Mulai putaran hari ini dengan yang dihitung dari berita.")
    ] = False,
    card: Annotated[Path | None, typer.Option(help="Tulis kartu (PNG).")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Tulis lembar A4 (PDF).")] = None,
    json: JsonOption = False,
) -> None:
    """Tampilkan hasil peta diri, isi jawabannya, dan buat kartu atau lembarnya."""
    from studio.commands.group import run_map

    raise typer.Exit(run_map(workspace, form, card, sheet, count=count, as_json=json))


@app.command()
def district(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(help="Ruang kerja, folder, ZIP, atau berkas dari kelompok.", show_default=False),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder hasil: HTML, XLSX, PDF.")] = None,
    known: Annotated[Path | None, typer.Option(help="Daftar semua KIM (CSV): yang belum mengirim disebut.")] = None,
    since: Annotated[str, typer.Option(help="Hanya putaran sejak tanggal ini, misalnya 2026-01-01.")] = "",
    same: Annotated[list[str] | None, typer.Option(help="Dua pengenal ini satu kelompok; boleh diulang.")] = None,
    different: Annotated[list[str] | None, typer.Option(help="Dua pengenal ini dua kelompok; boleh diulang.")] = None,
    contacts: Annotated[bool, typer.Option("--contacts", help="Sertakan kontak yang dicentang kelompok.")] = False,
    pdf: Annotated[bool, typer.Option(help="Buat PDF juga.")] = True,
    form: Annotated[Path | None, typer.Option(help="Tulis formulir CSV kosong ke berkas ini.")] = None,
    json: JsonOption = False,
) -> None:
    """Gabungkan peta diri banyak kelompok menjadi rekap untuk Dinas."""
    from studio.commands.district import run_district, run_empty_form

    if form is not None:
        raise typer.Exit(run_empty_form(form))
    if not sources or out is None:
        raise typer.BadParameter("SOURCES, --out")
    raise typer.Exit(
        run_district(
            sources,
            out,
            known=known,
            since=since,
            same=same or (),
            different=different or (),
            contacts=contacts,
            pdf=pdf,
            as_json=json,
        )
    )


@app.command()
def handover(
    workspace: WorkspaceArgument,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder tujuan; bawaan: folder ini.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Hanya tunjukkan isinya, jangan tulis.")] = False,
) -> None:
    """Buat berkas kelompok untuk Dinas; mencetak nama berkas, baris jawaban, dan QR-nya."""
    from studio.commands.handover import run_handover

    raise typer.Exit(run_handover(workspace, out, show=show))


@app.command("take-note")
def take_note(
    workspace: WorkspaceArgument,
    notes: Annotated[list[Path], typer.Argument(help="Catatan Dinas: kim-catatan-….json.", show_default=False)],
    take_over: TakeOverOption = False,
) -> None:
    """Masukkan catatan dari Dinas ke ruang kerja."""
    from studio.commands.handover import run_take_note

    raise typer.Exit(run_take_note(workspace, notes, take_over=take_over))


@app.command()
def report(
    workspace: WorkspaceArgument,
    first: Annotated[str, typer.Option("--from", help="Hari pertama, misalnya 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Hari terakhir.")] = "",
    period: Annotated[str, typer.Option(help="2026-11, 2026-Q4, 2026-S2, atau 2026; ganti --from dan --to.")] = "",
    out: Annotated[Path, typer.Option("--out", help="Folder tujuan.")] = Path("laporan"),
    only: Annotated[list[str] | None, typer.Option(help="xlsx, pdf, csv, atau kim-id; boleh diulang.")] = None,
) -> None:
    """Buat laporan kegiatan satu masa: XLSX, PDF, CSV, dan bahan salin untuk kim.id."""
    from studio.commands.report import run_report

    raise typer.Exit(run_report(workspace, first, last, period, out, tuple(only or ())))


@app.command()
def screenshots(folder: Annotated[Path, typer.Argument(help="Folder tujuan gambar.", show_default=False)]) -> None:
    """Gambar setiap meja kerja jendela, terang dan gelap, sebagai PNG."""
    from studio.commands.window import run_screenshots as draw

    raise typer.Exit(draw(folder))


@app.command()
def doctor(
    workspace: Annotated[Path | None, typer.Argument(help="Ruang kerja yang ikut diperiksa.")] = None,
    recover: Annotated[bool, typer.Option("--recover", help="Jadikan sisa impor yang terputus sebuah berita.")] = False,
    json: JsonOption = False,
) -> None:
    """Periksa versi, huruf, ffmpeg, ruang kosong; sebutkan yang kurang dan cara memperolehnya."""
    from studio.commands.doctor import run_doctor

    raise typer.Exit(run_doctor(workspace, recover=recover, as_json=json))


@app.command("window", hidden=True)
def open_window(workspace: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Buka jendela."""
    from studio.commands.window import run_window_command

    raise typer.Exit(run_window_command(workspace))


def main(arguments: list[str] | None = None) -> None:
    """Entry point of ``kim-studio``. A first word that is no command is a workspace to open."""
    if getattr(sys, "frozen", False):  # a process of an export is this very program again
        from multiprocessing import freeze_support

        freeze_support()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (not words[0].startswith("-") and words[0] not in COMMANDS):
        words.insert(0, "window")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe may be cp1252: a name with an emoji must not stop the work
            stream.reconfigure(errors="replace")
    app(words, prog_name="kim-studio")
