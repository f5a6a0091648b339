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
from actient.locale import Lang
from actient.survey.responses.accounting import COUNTS
from actient.survey.responses.model import (
    Counts,
    Message,
    Problem,
    Responses,
    ResponsesError,
    Source,
)
from actient.survey.responses.wording import bilingual, listed

_HEADINGS: Final[dict[Lang, tuple[str, ...]]] = {
    "fr": ("ligne", "colonne", "valeur", "attendu"),
    "en": ("line", "column", "value", "expected"),
}
_LONGEST_HEAD: Final = 200  # bytes
_WIDTHS: Final = (7, 28, 30)
_SHOWN: Final = 40
_WIDE: Final = 100


def account(found: Responses, lang: Lang) -> str:
    """Say what was recognised, counted, dropped and done."""
    lines = [message.text(lang) for message in found.source.layout]
    lines += [_dropped(found.source).text(lang), _missing(found.source).text(lang)]
    if found.source.synthetic:
        lines.append(_SYNTHETIC.text(lang))
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
    rows = [_HEADINGS[lang], *(_row(problem, lang) for problem in problems[:_SHOWN])]
    lines = [line for row in rows for line in _laid_out(row)]
    if total > min(len(problems), _SHOWN):
        more = bilingual(
            f"… {total} problèmes en tout ; le fichier demandé par --out en donne davantage.",
            f"… {total} problems in all; the file asked for with --out gives more.",
        )
        lines.append(more.text(lang))
    return "\n".join(lines)


def write_problems(path: Path, problems: Sequence[Problem], lang: Lang) -> None:
    """Write problems as a CSV file that a spreadsheet opens; no value is taken for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS[lang])
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
    return tuple(head) in _HEADINGS.values()


def as_json(found: Responses | ResponsesError) -> dict[str, Any]:
    """Give the outcome to a machine: no answer of anyone, only counts, names and problems."""
    outcome: dict[str, Any] = {
        "accepted": isinstance(found, Responses),
        "problem_total": found.problem_total,
        "problems": [asdict(problem) for problem in found.problems],
        "source": None if found.source is None else _source(found.source),
    }
    if isinstance(found, Responses):
        outcome["counts"] = asdict(found.counts)
        outcome["notes"] = [asdict(message) for message in found.notes]
    else:
        outcome["summary"] = asdict(found.summary)
    return outcome


_SYNTHETIC: Final = bilingual(
    "Données synthétiques : toutes les lignes sont marquées SYNTHETIC.",
    "Synthetic data: every row is marked SYNTHETIC.",
)


def _source(source: Source) -> dict[str, Any]:
    return {**asdict(source), "columns": dict(source.columns)}


def _dropped(source: Source) -> Message:
    names = listed(source.dropped)
    return bilingual(
        f"Colonnes laissées à la porte, jamais lues : {names or 'aucune'}.",
        f"Columns left at the door, never read: {names or 'none'}.",
    )


def _missing(source: Source) -> Message:
    names = listed(source.missing)
    return bilingual(
        f"Questions, ou réponses d'une liste, absentes du fichier : {names or 'aucune'}.",
        f"Questions, or answers of a list, that the file does not have: {names or 'none'}.",
    )


def _counted(counts: Counts, lang: Lang) -> list[str]:
    numbers = asdict(counts)
    width = max(len(str(value)) for value in numbers.values())
    return [f"{numbers[name]:>{width}}  {words.text(lang)}" for name, words in COUNTS.items()]


def _row(problem: Problem, lang: Lang) -> tuple[str, ...]:
    return str(problem.line), problem.column, problem.value, problem.expected(lang)


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
