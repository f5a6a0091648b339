"""Reading a file of responses: from any tool's export to one checked table."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from actient.survey.questionnaire import AGE, CONSENT, RECRUITER_TOKEN, TOKEN, Questionnaire
from actient.survey.responses import (
    accounting,
    columns,
    delimited,
    dialects,
    exports,
    frame,
    people,
    times,
    workbook,
)
from actient.survey.responses.checker import Adults, Checker
from actient.survey.responses.columns import Columns, Names
from actient.survey.responses.delimited import Table
from actient.survey.responses.model import (
    Counts,
    Message,
    Options,
    Responses,
    ResponsesError,
    Source,
)
from actient.survey.responses.problems import Ledger
from actient.survey.responses.wording import listed
from actient.words import N_

_DEFAULT = Options()


class _Tally(NamedTuple):
    """What was counted while reading."""

    pieces: list[Adults]
    ledger: Ledger
    counts: Counts
    marked: int
    unmarked: int
    mismarked: int


def read(path: Path, questionnaire: Questionnaire, *, options: Options = _DEFAULT) -> Responses:
    """Read, check and reduce a file of responses.

    Rows without consent, or of people under 18, are dropped before anything else of them is read.
    Columns that are not of the questionnaire are never read. Times become a duration and a month,
    referral codes become links between rows; then both are forgotten. Memory and time grow
    linearly with the file.

    Parameters
    ----------
    path
        An export: delimited text, a zip archive of one such file, or an .xlsx workbook.
    questionnaire
        The questions.
    options
        What to do with invalid, repeated, too fast and incomplete rows.

    Raises
    ------
    ResponsesError
        If the file cannot be read, lacks consent or age band, holds values that cannot be
        accepted and `options.exclude_invalid` is not set, or leaves nobody's answers to use.
    """
    try:
        return _read(path, questionnaire, options)
    except (OSError, UnicodeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise exports.refused(
            N_(
                "Le fichier ne se lit pas jusqu’au bout : il est abîmé, ou a changé pendant "
                "la lecture. Exportez-le à nouveau."
            )
        ) from error


def _read(path: Path, questionnaire: Questionnaire, options: Options) -> Responses:
    opened = _open(path, Names(questionnaire))
    found = Names(questionnaire).columns(opened.header)
    columns.require(found, (CONSENT, AGE))
    source = _source(opened, found, questionnaire)
    try:
        columns.check(found)
        tally = _tally(opened, Checker(found, questionnaire), questionnaire)
    except ResponsesError as error:
        error.source = source
        raise
    source = replace(source, synthetic=_synthetic(tally, source))
    if tally.ledger.total and not options.exclude_invalid:
        raise _invalid(tally.ledger, source)
    if not tally.counts.rows:
        raise accounting.nothing(opened.notes, found, source)
    read = _reduced(tally, found, source, questionnaire, options)
    if not read.counts.kept:
        raise accounting.nobody(read)
    return read


def _open(path: Path, names: Names) -> Table:
    kind = exports.recognise(path)
    if isinstance(kind, exports.Workbook):
        return workbook.opened(kind, names.fitness)
    return delimited.delimited(kind, names.fitness)


def _source(opened: Table, found: Columns, questionnaire: Questionnaire) -> Source:
    tool, layout = dialects.recognise(found)
    notes = [*opened.notes, layout]
    if found.start is not None or found.end is not None:
        notes.append(
            Message(N_("Les dates et heures donnent une durée et un mois, puis sont effacées."))
        )
    if found.unlisted:
        names = listed(found.unlisted)
        notes.append(
            Message(
                N_(
                    "Colonnes d’un choix multiple dont la réponse n’est pas dans la liste (code "
                    "de donnée manquante, texte libre), laissées de côté : {names}."
                ),
                {"names": names},
            )
        )
    return Source(
        tool=tool,
        separator=opened.separator,
        encoding=opened.encoding,
        layout=tuple(notes),
        columns={column.header: column.name for column in found.kept},
        dropped=found.dropped,
        missing=columns.missing(found, questionnaire),
        synthetic=False,
    )


def _tally(opened: Table, checker: Checker, questionnaire: Questionnaire) -> _Tally:
    ledger = Ledger()
    pieces = []
    sums = np.zeros(10, dtype=np.int64)
    for chunk in opened.chunks():
        checked = checker.check(chunk)
        ledger.add(checked.flaws, chunk.ragged, len(opened.header))
        pieces.append(frame.compact(checked.adults, questionnaire))
        sums += (
            len(chunk.rows),
            len(chunk.ragged),
            checked.without_consent,
            checked.consent_empty,
            checked.consent_unclear,
            checked.under_age,
            checked.invalid,
            checked.marked,
            checked.unmarked,
            checked.mismarked,
        )
    rows, ragged, without, empty, unclear, under, invalid, *marks = (int(each) for each in sums)
    counts = Counts(
        rows=rows + ragged,
        unreadable=ragged + unclear,
        without_consent=without,
        consent_empty=empty,
        under_age=under,
        consented=rows - without - empty - unclear - under,
        invalid=invalid,
        duplicates=0,
        incomplete=0,
        too_fast=0,
        set_aside=0,
        kept=0,
    )
    return _Tally(pieces, ledger, counts, *marks)


def _synthetic(tally: _Tally, source: Source) -> bool:
    """Tell whether all rows are marked as synthetic; a mixture is refused."""
    if tally.mismarked or (tally.marked and tally.unmarked):
        raise ResponsesError(
            Message(
                N_(
                    "Certaines lignes seulement sont marquées SYNTHETIC. Des réponses réelles et "
                    "des réponses synthétiques ne se mélangent pas : séparez-les."
                )
            ),
            source=source,
        )
    return tally.marked > 0


def _invalid(ledger: Ledger, source: Source) -> ResponsesError:
    summary = Message(
        N_(
            "Valeurs non conformes : {count}. Corrigez-les dans le fichier, ou demandez "
            "d’écarter ces lignes avec --exclude-invalid."
        ),
        {"count": ledger.total},
    )
    return ResponsesError(summary, ledger.first, ledger.total, source)


def _reduced(
    tally: _Tally,
    found: Columns,
    source: Source,
    questionnaire: Questionnaire,
    options: Options,
) -> Responses:
    everyone = frame.joined(tally.pieces)
    tally.pieces.clear()
    again = people.repeated(
        everyone.tokens, "first" if options.duplicates == "keep" else options.duplicates
    )
    kept = np.ones(everyone.rows, dtype=bool) if options.duplicates == "keep" else ~again
    moments = times.kept(everyone.start, everyone.end, day_first=_french(found))
    fast = kept & (moments.duration < options.minimum_duration)
    incomplete = kept & (everyone.completeness < 1)
    aside = fast | (kept & (everyone.completeness < options.completeness))
    kept &= ~aside
    linked = people.recruiters(everyone.tokens[kept], everyone.recruiters[kept])
    moments = times.Times(moments.duration[kept], moments.month[kept], moments.notes)
    counts = replace(
        tally.counts,
        duplicates=int(again.sum()),
        incomplete=int(incomplete.sum()),
        too_fast=int(fast.sum()),
        set_aside=int(aside.sum()),
        kept=int(kept.sum()),
    )
    answers = {name: array[kept] for name, array in everyone.values.items()}
    return Responses(
        frame=frame.build(answers, linked.rows, moments, questionnaire, source.missing),
        source=source,
        counts=counts,
        problems=tuple(tally.ledger.first),
        problem_total=tally.ledger.total,
        notes=_notes(counts, tally, found, linked, moments, options),
    )


def _notes(
    counts: Counts,
    tally: _Tally,
    found: Columns,
    linked: people.Recruiters,
    moments: times.Times,
    options: Options,
) -> tuple[Message, ...]:
    coded = bool(found.of(TOKEN) or found.of(RECRUITER_TOKEN))
    return (
        *accounting.left_out(counts, tally.ledger.total),
        accounting.duplicates(counts, options, bool(found.of(TOKEN))),
        *accounting.quality(counts, options),
        *(accounting.recruitment(linked) if coded else ()),
        *moments.notes,
        *accounting.times(
            int(np.isnan(moments.duration).sum()),
            int((moments.month == times.NO_MONTH).sum()),
            counts.kept,
        ),
    )


def _french(found: Columns) -> bool:
    """Tell whether the times are those of a spreadsheet in French."""
    return found.end is not None and found.header[found.end].strip().casefold() == "horodateur"
