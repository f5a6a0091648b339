"""Problems and account for people and machines: a table, a CSV file, JSON."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from actient import files
from actient.locale import LANGS, Lang
from actient.survey.responses.accounting import COUNTS
from actient.survey.responses.model import (
    Counts,
    Message,
    Problem,
    Responses,
    ResponsesError,
    Source,
)
from actient.survey.responses.wording import listed
from actient.words import N_, translator

_LONGEST_HEAD: Final = 200  # bytes
_WIDTHS: Final = (7, 28, 30)
_SHOWN: Final = 40
_WIDE: Final = 100


def account(found: Responses, lang: Lang) -> str:
    """Say what was recognised, counted, dropped and done."""
    lines = [message.text(lang) for message in found.source.layout]
    dropped, missing = listed(found.source.dropped), listed(found.source.missing)
    none = Message(N_("aucune")).text
    told = [
        Message(
            N_("Colonnes laissées à la porte, jamais lues : {names}."), {"names": dropped or none}
        ),
        Message(
            N_("Questions, ou réponses d’une liste, absentes du fichier : {names}."),
            {"names": missing or none},
        ),
    ]
    if found.source.synthetic:
        told.append(
            Message(N_("Données synthétiques : toutes les lignes sont marquées SYNTHETIC."))
        )
    lines += [message.text(lang) for message in told]
    lines += ["", *_counted(found.counts, lang), ""]
    lines += [message.text(lang) for message in found.notes]
    if found.problems:
        lines += ["", problem_table(found.problems, found.problem_total, lang)]
    return "\n".join(lines)


def problem_table(problems: Sequence[Problem], total: int, lang: Lang) -> str:
    """Lay problems out for a terminal: line, column, value, what was expected.

    Parameters
    ----------
    problems
        Those known.
    total
        How many there are in all.
    """
    rows = [_headings(lang), *(_row(problem, lang) for problem in problems[:_SHOWN])]
    lines = [line for row in rows for line in _laid_out(row)]
    if total > min(len(problems), _SHOWN):
        more = Message(
            N_("… {total} problèmes en tout ; le fichier demandé par --out en donne davantage."),
            {"total": total},
        )
        lines.append(more.text(lang))
    return "\n".join(lines)


def write_problems(path: Path, problems: Sequence[Problem], lang: Lang) -> None:
    """Write problems as a CSV file that a spreadsheet opens; no value is taken for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(_headings(lang))
    writer.writerows([files.harmless(cell) for cell in _row(problem, lang)] for problem in problems)
    files.write(path, "\N{ZERO WIDTH NO-BREAK SPACE}" + stream.getvalue())


def holds_problems(path: Path) -> bool:
    """Tell whether a file begins as those that `write_problems` writes."""
    with path.open("rb") as stream:
        first = stream.readline(_LONGEST_HEAD)
    try:
        head = next(csv.reader([first.decode("utf-8-sig")]), [])
    except (UnicodeDecodeError, csv.Error):
        return False
    return tuple(head) in map(_headings, LANGS)


def as_json(found: Responses | ResponsesError) -> dict[str, Any]:
    """Give the outcome to a machine: no answer of anyone, only counts, names and problems."""
    outcome: dict[str, Any] = {
        "accepted": isinstance(found, Responses),
        "problem_total": found.problem_total,
        "problems": [_problem(problem) for problem in found.problems],
        "source": None if found.source is None else _source(found.source),
    }
    if isinstance(found, Responses):
        outcome["counts"] = asdict(found.counts)
        outcome["notes"] = [_in_each_language(message) for message in found.notes]
    else:
        outcome["summary"] = _in_each_language(found.summary)
    return outcome


def _source(source: Source) -> dict[str, Any]:
    layout = [_in_each_language(message) for message in source.layout]
    return {**asdict(source), "layout": layout, "columns": dict(source.columns)}


def _problem(problem: Problem) -> dict[str, Any]:
    told = {f"expected_{lang}": problem.expected.text(lang) for lang in LANGS}
    shown = {"line": problem.line, "column": problem.column, "value": problem.value}
    return {**shown, **told, "rule": problem.rule}


def _in_each_language(message: Message) -> dict[Lang, str]:
    return {lang: message.text(lang) for lang in LANGS}


def _headings(lang: Lang) -> tuple[str, ...]:
    _ = translator(lang)
    return _("ligne"), _("colonne"), _("valeur"), _("attendu")


def _counted(counts: Counts, lang: Lang) -> list[str]:
    numbers = asdict(counts)
    width = max(len(str(value)) for value in numbers.values())
    _ = translator(lang)
    return [f"{numbers[name]:>{width}}  {_(counted)}" for name, counted in COUNTS.items()]


def _row(problem: Problem, lang: Lang) -> tuple[str, ...]:
    return str(problem.line), problem.column, problem.value, problem.expected.text(lang)


def _laid_out(row: Sequence[str]) -> list[str]:
    """Lay a row out on as many lines as it needs."""
    widths = (*_WIDTHS, _WIDE - sum(_WIDTHS))
    cells = [
        textwrap.wrap(cell, width - 2) or [""] for cell, width in zip(row, widths, strict=True)
    ]
    height = max(len(cell) for cell in cells)
    padded = [cell + [""] * (height - len(cell)) for cell in cells]
    return [
        "".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]
