"""What was done with a file, in words: for the reader, never naming anyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from actient.locale import LANGS
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
from actient.survey.responses.wording import bilingual

COUNTS: Final[dict[str, Message]] = {
    "rows": bilingual("lignes de réponses", "rows of answers"),
    "unreadable": bilingual("lignes illisibles", "unreadable rows"),
    "without_consent": bilingual("consentement refusé, non lues", "consent refused, not read"),
    "consent_empty": bilingual(
        "case du consentement vide, non lues", "cell of consent empty, not read"
    ),
    "under_age": bilingual("moins de 18 ans, non lues", "under 18, not read"),
    "consented": bilingual("adultes ayant consenti", "adults who consented"),
    "invalid": bilingual("non conformes", "invalid"),
    "duplicates": bilingual("codes répétés", "repeated codes"),
    "incomplete": bilingual("incomplètes", "incomplete"),
    "too_fast": bilingual("trop rapides", "too fast"),
    "set_aside": bilingual("écartées par une option", "left out by an option"),
    "kept": bilingual("gardées", "kept"),
}

_LEFT_OUT: Final = (
    "unreadable",
    "without_consent",
    "consent_empty",
    "under_age",
    "invalid",
    "set_aside",
)
_KEPT: Final = {
    "first": ("la première réponse est gardée", "the first answer is kept"),
    "last": ("la dernière réponse est gardée", "the last answer is kept"),
    "keep": ("toutes sont gardées, à votre demande", "all are kept, as you asked"),
}


def nothing(opened: Sequence[Message], found: Columns, source: Source) -> ResponsesError:
    """Make the error of a file without any row of answers: what was read, and what to do."""
    fr, en = (" ".join(note.text(lang) for note in opened) for lang in LANGS)
    summary = bilingual(
        "Le fichier ne contient aucune réponse : rien n'est écrit sous la ligne des noms de "
        f"colonnes (reconnues : {len(found.kept)}). {fr} Est-ce un modèle encore vide, une autre "
        "feuille, un export filtré ? Exportez à nouveau toutes les réponses.",
        "The file has no answers: nothing is written below the line of column names (recognised: "
        f"{len(found.kept)}). {en} Is it a template still empty, another sheet, an export with a "
        "filter? Export all the responses again.",
    )
    return ResponsesError(summary, source=source)


def nobody(read: Responses) -> ResponsesError:
    """Make the error of a file whose rows all had to be left out: why, and what to do."""
    reasons = [
        (getattr(read.counts, name), COUNTS[name])
        for name in _LEFT_OUT
        if getattr(read.counts, name)
    ]
    fr, en = (
        " ; ".join(f"{words.text(lang)} ({count})" for count, words in reasons) for lang in LANGS
    )
    summary = bilingual(
        "Aucune réponse ne peut être utilisée. Lignes lues : "
        f"{read.counts.rows}, dont : {fr}. Il faut au moins une personne de 18 ans ou plus qui "
        "accepte de participer. Vérifiez que l'export contient les réponses à ces deux questions, "
        "et les options qui écartent des lignes.",
        f"No answer can be used. Rows read: {read.counts.rows}, of which: "
        f"{en.replace(' ;', ';')}. At least one person of 18 or over who agrees to take part is "
        "needed. Check that the export holds the answers to these two questions, and the options "
        "that leave rows out.",
    )
    return ResponsesError(summary, read.problems, read.problem_total, read.source)


def left_out(counts: Counts, problem_total: int) -> list[Message]:
    """Say which rows were left out: without a consent, or with a value that is not accepted."""
    notes = []
    if counts.consent_empty:
        notes.append(
            bilingual(
                f"Lignes dont la case du consentement est vide : {counts.consent_empty}. Ce ne "
                "sont pas des refus : un questionnaire quitté avant la première réponse, une ligne "
                "de total, un suivi. Elles ne sont pas lues.",
                f"Rows whose cell of consent is empty: {counts.consent_empty}. They are no "
                "refusals: a questionnaire left before its first answer, a line of totals, a "
                "follow-up. They are not read.",
            )
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
