"""The commands of a reviewer: reproduce the commit, and keep the checksums of data in step."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from actient.cli.exits import Exit, or_exit, refuse, stopped, terminable
from actient.cli.overwriting import FORCE, check_out
from actient.paths import checkout

_SHOWN = 20  # differences told one by one: what was found must stay in sight


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the certificate and its logs (default: _build/certificate).",
)
@FORCE
@click.option("--json", "as_json", is_flag=True, help="Print the certificate as JSON.")
@click.option("--keep", is_flag=True, help="Leave the clean clone and environment, and name them.")
def reproduce(out: Path | None, force: bool, as_json: bool, keep: bool) -> None:
    """Rerun the checked-out commit from nothing, compare everything, write a certificate.

    Clean clone, clean environment from the lock, every chapter in both languages, then: every
    recorded result, chart, stored output, data file, page and package version against its
    reference.

    Exit code: 0 all matched; 1 differences, each named; 2 no certificate: it could not run here, or
    a step of it stopped; 130 interrupted; 143 asked to stop, as batch systems do.

    \b
    Examples
      actient reproduce
      actient reproduce --out ../certificate
      actient reproduce --json                 the certificate, for a program
    """  # noqa: D301
    from actient.reproduce import certificate, findings, reproduction, steps

    paths = or_exit(checkout)
    folder = out or paths.build / "certificate"
    for name, is_ours in reproduction.IS_OURS.items():
        check_out(folder / name, writes="a certificate", is_ours=is_ours, force=force)
    try:
        with terminable():
            made = reproduction.reproduce(
                paths,
                folder,
                lambda line: click.echo(line, err=True),
                keep=keep,
            )
    except KeyboardInterrupt as error:
        click.echo(
            f"\nactient: interrupted. {_none_written(reproduction.logs_in(folder))}", err=True
        )
        sys.exit(stopped(error))
    except reproduction.ERRORS as error:
        refuse(error, Exit.USAGE, f"\n{_none_written(None)}")
    except (steps.StepError, certificate.CertificateError, OSError) as error:
        refuse(error, Exit.USAGE, f"\n{_none_written(reproduction.logs_in(folder))}")

    found = made.certificate
    if as_json:
        click.echo(certificate.as_json(found), nl=False)
    else:
        for count in findings.in_order(found.examined.counts):
            click.echo(f"{count.check:<9} {count.matched} of {count.compared} matched")
        told = findings.found(found.examined.differences)
        for one in findings.some_of_each(told, _SHOWN):
            for line in one.lines:
                click.echo(f"  {line}")
        if (more := len(told) - _SHOWN) > 0:
            click.echo(f"  … and {more} more; the certificate has them all.")
        said = "Everything matched." if found.verdict == "matched" else "Differences were found."
        click.echo(f"{said} Certificate: {made.html}")
    sys.exit(Exit.DONE if found.verdict == "matched" else Exit.REFUSED)


def _none_written(logs: Path | None) -> str:
    """Say what a run that did not reach its end leaves."""
    return "No certificate was written." + (f" The logs are in {logs}." if logs else "")


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a checksum is not in step.")
def checksums(check: bool) -> None:
    """Write the size and checksum of each data file into data/datapackage.json.

    \b
    Examples
      actient checksums
      actient checksums --check
    """  # noqa: D301
    paths = or_exit(checkout)

    from actient.reproduce import compare
    from actient.runs import checksums as held

    if check:
        stated = or_exit(lambda: held.stated(paths), held.DescriptionError)
        differences = compare.data(stated, held.present(paths)).differences
        for one in differences:
            click.echo(str(one))
        sys.exit(1 if differences else 0)
    for path in or_exit(lambda: held.rewrite(paths), held.DescriptionError, OSError):
        click.echo(path)
