"""What was done with a file, in words: for the reader, never naming anyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from actient.locale import Lang
from actient.survey.responses.columns import Columns
from actient.survey.responses.model import (
    Counts,
    Message,
    Options,
    Responses,
    ResponsesError,
    Source,
)
from actient.survey.responses.people import Recruiters
from actient.words import N_, translator

COUNTS: Final = {
    "rows": N_("lignes de réponses"),
    "unreadable": N_("lignes illisibles"),
    "without_consent": N_("consentement refusé, non lues"),
    "consent_empty": N_("case du consentement vide, non lues"),
    "under_age": N_("moins de 18 ans, non lues"),
    "consented": N_("adultes ayant consenti"),
    "invalid": N_("non conformes"),
    "duplicates": N_("codes répétés"),
    "incomplete": N_("incomplètes"),
    "too_fast": N_("trop rapides"),
    "set_aside": N_("écartées par une option"),
    "kept": N_("gardées"),
}

_LEFT_OUT: Final = (
    "unreadable",
    "without_consent",
    "consent_empty",
    "under_age",
    "invalid",
    "set_aside",
)
_REPEATED: Final = {
    "first": N_("Codes répétés : {count} ; la première réponse est gardée."),
    "last": N_("Codes répétés : {count} ; la dernière réponse est gardée."),
    "keep": N_("Codes répétés : {count} ; toutes sont gardées, à votre demande."),
}


def nothing(opened: Sequence[Message], found: Columns, source: Source) -> ResponsesError:
    """Make the error of a file without any row of answers: what was read, and what to do."""

    def notes(lang: Lang) -> str:
        return " ".join(note.text(lang) for note in opened)

    summary = Message(
        N_(
            "Le fichier ne contient aucune réponse : rien n’est écrit sous la ligne "
            "des noms de colonnes (reconnues : {columns}). {notes} Est-ce un modèle "
            "encore vide, une autre feuille, un export filtré ? Exportez à nouveau "
            "toutes les réponses."
        ),
        {"columns": len(found.kept), "notes": notes},
    )
    return ResponsesError(summary, source=source)


def nobody(read: Responses) -> ResponsesError:
    """Make the error of a file whose rows all had to be left out: why, and what to do."""
    counted = {name: getattr(read.counts, name) for name in _LEFT_OUT}

    def reasons(lang: Lang) -> str:
        _ = translator(lang)
        told = (f"{_(COUNTS[name])} ({count})" for name, count in counted.items() if count)
        return _(" ; ").join(told)

    summary = Message(
        N_(
            "Aucune réponse ne peut être utilisée. Lignes lues : {rows}, dont : "
            "{reasons}. Il faut au moins une personne de 18 ans ou plus qui accepte de "
            "participer. Vérifiez que l’export contient les réponses à ces deux "
            "questions, et les options qui écartent des lignes."
        ),
        {"rows": read.counts.rows, "reasons": reasons},
    )
    return ResponsesError(summary, read.problems, read.problem_total, read.source)


def left_out(counts: Counts, problem_total: int) -> list[Message]:
    """Say which rows were left out: without a consent, or with a value that is not accepted."""
    notes = []
    if counts.consent_empty:
        notes.append(
            Message(
                N_(
                    "Lignes dont la case du consentement est vide : {rows}. Ce ne sont pas des "
                    "refus : un questionnaire quitté avant la première réponse, une ligne de "
                    "total, un suivi. Elles ne sont pas lues."
                ),
                {"rows": counts.consent_empty},
            )
        )
    if counts.invalid or counts.unreadable:
        rows = counts.invalid + counts.unreadable
        notes.append(
            Message(
                N_(
                    "Lignes non conformes écartées, à votre demande : {rows} (problèmes : "
                    "{problems}). Les résultats ne portent que sur les autres."
                ),
                {"rows": rows, "problems": problem_total},
            )
        )
    return notes


def duplicates(counts: Counts, options: Options, has_tokens: bool) -> Message:
    """Say how repeated answers were looked for, and what was done about them."""
    if not has_tokens:
        return Message(
            N_("Sans colonne « token », les réponses répétées ne peuvent pas être repérées.")
        )
    return Message(_REPEATED[options.duplicates], {"count": counts.duplicates})


def quality(counts: Counts, options: Options) -> list[Message]:
    """Say what was done about incomplete and too fast answers."""
    notes = []
    if counts.incomplete:
        told = (
            N_(
                "Réponses incomplètes : {count} (une question obligatoire au moins est "
                "sans réponse) ; écartées si leur part de questions obligatoires répondues "
                "est inférieure à {share}."
            )
            if options.completeness
            else N_(
                "Réponses incomplètes : {count} (une question obligatoire au moins est "
                "sans réponse) ; elles sont gardées."
            )
        )
        share = f"{options.completeness:g}"
        notes.append(Message(told, {"count": counts.incomplete, "share": share}))
    if options.minimum_duration:
        notes.append(
            Message(
                N_("Réponses en moins de {seconds} secondes, écartées : {count}."),
                {"seconds": f"{options.minimum_duration:g}", "count": counts.too_fast},
            )
        )
    return notes


def recruitment(found: Recruiters) -> list[Message]:
    """Say what became of the codes by which people name who sent them the questionnaire."""
    known = int((found.rows >= 0).sum())
    notes = [
        Message(
            N_(
                "Les codes rendent le fichier pseudonyme, et non anonyme. Ils ont servi à "
                "retrouver qui a transmis le questionnaire à qui (liens trouvés : {links}) ; "
                "ils ne sont pas conservés."
            ),
            {"links": known},
        )
    ]
    if found.unknown:
        notes.append(
            Message(
                N_("Codes reçus de personnes absentes des réponses gardées : {count}."),
                {"count": found.unknown},
            )
        )
    if found.loops:
        notes.append(
            Message(
                N_(
                    "Chaînes de transmission qui reviennent à leur point de départ : le lien de "
                    "{persons} personnes a été coupé."
                ),
                {"persons": found.loops},
            )
        )
    return notes


def times(unknown_duration: int, unknown_month: int, rows: int) -> list[Message]:
    """Say how many durations and months are unknown."""
    if not rows or not (unknown_duration or unknown_month):
        return []
    return [
        Message(
            N_(
                "Durée inconnue : {durations} ; mois inconnu : {months} ; réponses gardées : "
                "{rows}."
            ),
            {"durations": unknown_duration, "months": unknown_month, "rows": rows},
        )
    ]
