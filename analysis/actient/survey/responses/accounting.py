"""What was done with a file, in words: for the reader, never naming anyone."""

from __future__ import annotations

from typing import Final

from actient.survey.responses.model import Counts, Message, Options
from actient.survey.responses.people import Recruiters
from actient.survey.responses.wording import bilingual

_KEPT: Final = {
    "first": ("la première réponse est gardée", "the first answer is kept"),
    "last": ("la dernière réponse est gardée", "the last answer is kept"),
    "keep": ("toutes sont gardées, à votre demande", "all are kept, as you asked"),
}


def left_out(counts: Counts, problem_total: int) -> list[Message]:
    """Say which rows were left out because a value cannot be accepted."""
    notes = []
    if counts.rows == 0:
        notes.append(
            bilingual("Le fichier ne contient aucune réponse.", "The file has no answers.")
        )
    if counts.invalid or counts.unreadable:
        rows = counts.invalid + counts.unreadable
        notes.append(
            bilingual(
                f"Lignes non conformes écartées, à votre demande : {rows} "
                f"(problèmes : {problem_total}). Les résultats ne portent que sur les autres.",
                f"Invalid rows left out, as you asked: {rows} (problems: {problem_total}). "
                "Results rest on the others only.",
            )
        )
    return notes


def duplicates(counts: Counts, options: Options, has_tokens: bool) -> Message:
    """Say how repeated answers were looked for, and what was done about them."""
    if not has_tokens:
        return bilingual(
            "Sans colonne « token », les réponses répétées ne peuvent pas être repérées.",
            "Without a “token” column, repeated answers cannot be found.",
        )
    fr, en = _KEPT[options.duplicates]
    return bilingual(
        f"Codes répétés : {counts.duplicates} ; {fr}.",
        f"Repeated codes: {counts.duplicates}; {en}.",
    )


def quality(counts: Counts, options: Options) -> list[Message]:
    """Say what was done about incomplete and too fast answers."""
    notes = []
    if counts.incomplete:
        kept = not options.completeness
        notes.append(
            bilingual(
                f"Réponses incomplètes : {counts.incomplete} (une question obligatoire au moins "
                + (
                    "est sans réponse) ; elles sont gardées."
                    if kept
                    else "est sans réponse) ; écartées si leur part de questions obligatoires "
                    f"répondues est inférieure à {options.completeness:g}."
                ),
                f"Incomplete answers: {counts.incomplete} (at least one required question is "
                + (
                    "unanswered); they are kept."
                    if kept
                    else "unanswered); left out if their share of required questions answered is "
                    f"below {options.completeness:g}."
                ),
            )
        )
    if options.minimum_duration:
        notes.append(
            bilingual(
                f"Réponses en moins de {options.minimum_duration:g} secondes, écartées : "
                f"{counts.too_fast}.",
                f"Answers in less than {options.minimum_duration:g} seconds, left out: "
                f"{counts.too_fast}.",
            )
        )
    return notes


def recruitment(found: Recruiters) -> list[Message]:
    """Say what became of the codes by which people name who sent them the questionnaire."""
    known = int((found.rows >= 0).sum())
    notes = [
        bilingual(
            "Les codes rendent le fichier pseudonyme, et non anonyme. Ils ont servi à retrouver "
            f"qui a transmis le questionnaire à qui (liens trouvés : {known}) ; ils ne sont pas "
            "conservés.",
            "Codes make the file pseudonymous, not anonymous. They served to find who passed the "
            f"questionnaire on to whom (links found: {known}); they are not kept.",
        )
    ]
    if found.unknown:
        notes.append(
            bilingual(
                f"Codes reçus de personnes absentes des réponses gardées : {found.unknown}.",
                f"Codes received from people who are not among the answers kept: {found.unknown}.",
            )
        )
    if found.loops:
        notes.append(
            bilingual(
                f"Chaînes de transmission qui reviennent à leur point de départ : le lien de "
                f"{found.loops} personnes a été coupé.",
                f"Chains of transmission that come back to where they began: the link of "
                f"{found.loops} persons was cut.",
            )
        )
    return notes


def times(unknown_duration: int, unknown_month: int, rows: int) -> list[Message]:
    """Say how many durations and months are unknown."""
    if not rows or not (unknown_duration or unknown_month):
        return []
    return [
        bilingual(
            f"Durée inconnue : {unknown_duration} ; mois inconnu : {unknown_month} ; "
            f"réponses gardées : {rows}.",
            f"Duration unknown: {unknown_duration}; month unknown: {unknown_month}; "
            f"answers kept: {rows}.",
        )
    ]
