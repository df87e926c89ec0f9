"""``kim-studio certificates``: a page for each name of a list, as one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from studio.services.certificate_making import CertificateOrder

_WRONG = frozenset({"certificate.no_title", "certificate.kind", "certificate.day"})


def certificates(
    workspace: Annotated[Path, typer.Argument(show_default=False)],
    names: Annotated[Path, typer.Argument(show_default=False)],
    title: Annotated[str, typer.Option("--for")] = "",
    day: Annotated[str, typer.Option("--date")] = "",
    place: Annotated[str, typer.Option()] = "",
    signer: Annotated[str, typer.Option()] = "",
    signer_role: Annotated[str, typer.Option()] = "",
    out: Annotated[Path, typer.Option("--out", "-o")] = Path("sertifikat.pdf"),
) -> None:
    """Make certificates from a list of names."""
    from studio.services.certificate_making import CertificateOrder

    order = CertificateOrder(names, out, title, day, place, signer, signer_role)
    raise typer.Exit(run_certificates(workspace, order))


def run_certificates(workspace: Path, order: CertificateOrder) -> int:
    """Make the certificates and say what became of them.

    Returns:
        0 when every line of the list has its page, 1 when one has not or the list is refused, 2 for wrong usage.
    """
    # Here, not above: the command line reads this module for its arguments at every start.
    from studio.base.errors import UserError
    from studio.commands.common import (
        DONE,
        PARTLY,
        WRONG_USE,
        explain_errors,
        print_result,
        print_trouble,
        progress_bar,
        user_texts,
    )
    from studio.paint.qt_application import ensure_gui
    from studio.services.certificate_making import made_lines, make_certificates
    from studio.store.workspace import open_workspace

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        ensure_gui()
        try:
            with progress_bar(words.text("certificate.job")) as progress:
                made = make_certificates(order, opened, words, progress)
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE if error.code in _WRONG else PARTLY
        first, *troubles = made_lines(made, order, words)
    print_result(first)
    for line in troubles:
        print_trouble(line)
    return PARTLY if troubles else DONE
