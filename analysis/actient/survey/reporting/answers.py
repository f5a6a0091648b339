"""What supplied responses already answer of CHERRIES, and what remains to record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from actient.locale import NBSP, Lang, Unit, date, duration, number, percent
from actient.survey.disclosure import THRESHOLD
from actient.survey.reporting.checklist import (
    CHECKLISTS,
    ChecklistItem,
    UnknownChecklistError,
    load_checklist,
)
from actient.survey.reporting.conduct import Conduct, ConductError
from actient.survey.responses.dialects import TOOL_NAMES
from actient.words import translator

__all__ = [
    "CHECKLISTS",
    "Answer",
    "ChecklistItem",
    "Conduct",
    "ConductError",
    "ThresholdError",
    "UnknownChecklistError",
    "answers",
    "completion_rate",
    "load_checklist",
    "participation_rate",
]

State = Literal["answered", "partly", "withheld", "to_record"]
"""Answered; answered in part; known, but of too few persons to show; not in the responses."""


class ThresholdError(ValueError):
    """A threshold below which there is nothing to hide."""

    @classmethod
    def from_value(cls, threshold: int) -> ThresholdError:
        """Say what was given and what is expected."""
        return cls(
            f"threshold is {threshold!r}: expected 1 or more, the smallest number of persons shown "
            "as it is (1 hides no count)."
        )


@dataclass(frozen=True)
class Answer:
    """What supplied responses say of one item of CHERRIES.

    Attributes
    ----------
    item
        Number of the item, 1 to 30.
    state
        How far the responses answer it.
    text
        The answer, or what to record for want of one.
    value, unit
        The number that the text gives first, rounded as it is shown; None where there is none, or
        where it is of too few persons to be shown.
    """

    item: int
    state: State
    text: str
    value: float | None = None
    unit: Unit | None = None


def participation_rate(conduct: Conduct) -> float | None:
    """Share of the persons who opened the first page that agreed to take part.

    ``consented / opened``, each person counted once: item 22 of CHERRIES.

    Parameters
    ----------
    conduct
        What the responses tell.

    Returns
    -------
    float or None
        A proportion; None if either count is unknown, or nobody opened the page.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    return _ratio(conduct.consented, conduct.opened)


def completion_rate(conduct: Conduct) -> float | None:
    """Share of the persons who agreed to take part that reached the last page.

    ``complete / consented``, each person counted once: item 23 of CHERRIES.

    Parameters
    ----------
    conduct
        What the responses tell.

    Returns
    -------
    float or None
        A proportion; None if either count is unknown, or nobody agreed.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    return _ratio(conduct.complete, conduct.consented)


def answers(conduct: Conduct, lang: Lang, threshold: int = THRESHOLD) -> Mapping[int, Answer]:
    """Answer the items of CHERRIES that supplied responses bear on.

    Where the responses cannot tell, the answer says what to record. So that nobody is singled
    out, a count from 1 to ``threshold - 1`` is given as "fewer than `threshold`"; a rate is
    given to a tenth of a percentage, and withheld if its numerator or its complement is below
    `threshold`. The numbers of persons who agreed or finished are never stated: a difference
    between two of them could give a hidden one away.

    Parameters
    ----------
    conduct
        What the responses tell.
    lang
        Language of the answers.
    threshold
        Smallest number of persons, or of rows, that is shown as it is.

    Returns
    -------
    mapping of int to Answer
        By number of the item, in the order of the checklist.

    Raises
    ------
    ThresholdError
        If `threshold` is below 1.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    if threshold < 1:
        raise ThresholdError.from_value(threshold)
    answered = (
        _population(conduct, lang),
        _consent(conduct, lang),
        _tool(conduct, lang),
        _dates(conduct, lang),
        _unique(conduct, lang),
        _view(lang),
        _participation(conduct, threshold, lang),
        _completion(conduct, threshold, lang),
        *_duplicates(conduct, threshold, lang),
        _incomplete(conduct, threshold, lang),
        _speed(conduct, threshold, lang),
        _weighting(conduct, lang),
    )
    return {answer.item: answer for answer in answered}


def _population(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if conduct.under_age is None:
        return _to_record(
            1,
            _(
                "Les réponses ne disent pas qui l’on voulait entendre : l’écrire, avec le "
                "moyen de joindre ces personnes."
            ),
        )
    return _partly(
        1,
        _(
            "Les réponses de personnes trop jeunes pour participer, s’il y en avait, ont "
            "été écartées. Restent à écrire la population visée et le moyen de la joindre."
        ),
    )


def _consent(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if _first(conduct.consented, conduct.refused) is None:
        return _to_record(
            3,
            _(
                "Rien dans les réponses ne montre que l’accord a été demandé : prévoir une "
                "case à cocher et garder la notice."
            ),
        )
    return _partly(
        3,
        _(
            "L’accord de chaque personne a été demandé dans le formulaire. Reste à joindre "
            "la notice qu’elle a lue."
        ),
    )


def _tool(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if not conduct.tool:
        return _to_record(
            9,
            _(
                "Les réponses ne disent pas de quel outil elles viennent : noter son nom et sa "
                "version."
            ),
        )
    own = {"template": _("le tableau vide de ce livre"), "unknown": _("non reconnu")}
    names: dict[str, str] = {**own, **{str(tool): name for tool, name in TOOL_NAMES.items()}}
    tool = names.get(conduct.tool, conduct.tool)
    return _partly(
        9,
        _(
            "Outil de collecte : {tool}. Restent à noter sa version et le chemin qui "
            "menait au formulaire."
        ).format(tool=tool),
    )


def _dates(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if not conduct.months:
        return _to_record(
            13,
            _(
                "Les réponses ne portent pas de date : noter le jour d’ouverture et le jour de "
                "fermeture."
            ),
        )
    first, last, months = min(conduct.months), max(conduct.months), len({*conduct.months})
    text = (
        _("Réponses toutes reçues en {first}.")
        if months == 1
        else _("Réponses reçues de {first} à {last} ; mois où quelqu’un a répondu : {months}.")
    )
    text = text.format(
        first=date(first, lang), last=date(last, lang), months=number(months, 0, lang)
    )
    return Answer(13, "answered", text, months, "count")


def _unique(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if conduct.duplicates_removed is None:
        return _to_record(
            20,
            _(
                "Rien dans les réponses ne distingue deux personnes : prévoir un code "
                "aléatoire qui n’identifie personne."
            ),
        )
    return _partly(
        20,
        _(
            "Un même répondant se reconnaît d’une ligne à l’autre du fichier. Reste à "
            "écrire à quel signe."
        ),
    )


def _view(lang: Lang) -> Answer:
    _ = translator(lang)
    return _to_record(
        21,
        _(
            "Les réponses ne contiennent pas les visites : relever, sans doublons, les "
            "visiteurs de la page d’annonce et ceux de la première page."
        ),
    )


def _participation(conduct: Conduct, threshold: int, lang: Lang) -> Answer:
    _ = translator(lang)
    agreed, opened = conduct.consented, conduct.opened
    if agreed is None or opened is None:
        return _to_record(
            22,
            _(
                "Il manque l’un des deux nombres : relever, sans doublons, les ouvertures de "
                "la première page et les accords."
            ),
        )
    told = _("{rate} des personnes qui ont ouvert la première page ont accepté de participer.")
    return _rate(22, agreed, opened, threshold, told, lang)


def _completion(conduct: Conduct, threshold: int, lang: Lang) -> Answer:
    _ = translator(lang)
    complete, agreed = conduct.complete, conduct.consented
    if complete is None or agreed is None:
        return _to_record(
            23,
            _(
                "Il manque l’un des deux nombres : garder la trace des accords et des "
                "questionnaires terminés."
            ),
        )
    told = _("{rate} des personnes qui ont accepté sont allées jusqu’au bout.")
    return _rate(23, complete, agreed, threshold, told, lang)


def _duplicates(conduct: Conduct, threshold: int, lang: Lang) -> Iterator[Answer]:
    _ = translator(lang)
    removed = conduct.duplicates_removed
    if removed is None:
        yield _to_record(
            24,
            _("Les réponses ne disent rien d’un témoin de connexion : noter s’il y en avait un."),
        )
        yield _to_record(
            25,
            _(
                "Les réponses ne disent rien de l’adresse de connexion : noter si elle a "
                "servi, sans la garder."
            ),
        )
        yield _to_record(
            26,
            _(
                "Les réponses ne permettent pas de repérer un doublon : nommer les traces qui "
                "le permettraient."
            ),
        )
        return
    told = {
        24: _(
            "Réponses en double retirées : {count}. Reste à noter si un témoin de "
            "connexion y a servi."
        ),
        25: _(
            "Réponses en double retirées : {count}. Reste à noter si l’adresse de "
            "connexion y a servi."
        ),
        26: _("Réponses en double retirées : {count}. Restent à nommer les traces qui ont servi."),
    }
    for item, text in told.items():
        yield _counted(item, removed, threshold, text, lang)


def _incomplete(conduct: Conduct, threshold: int, lang: Lang) -> Answer:
    _ = translator(lang)
    incomplete, complete = conduct.incomplete, conduct.complete
    if incomplete is None:
        return _to_record(
            28,
            _(
                "Les réponses ne disent pas lesquelles sont terminées : garder la dernière "
                "page atteinte."
            ),
        )
    if complete is None and conduct.consented is not None:
        complete = conduct.consented - incomplete
    if complete is not None and 0 < complete < threshold:
        return _withheld(28, threshold, lang)  # what is left would be the few complete ones
    told = _(
        "Questionnaires commencés et non terminés : {count}. Reste à écrire ce que l’on en a fait."
    )
    return _counted(28, incomplete, threshold, told, lang)


def _speed(conduct: Conduct, threshold: int, lang: Lang) -> Answer:
    _ = translator(lang)
    seconds, too_fast = conduct.median_seconds, conduct.too_fast
    if seconds is None:
        if too_fast is None:
            return _to_record(
                29,
                _(
                    "Les réponses ne disent pas combien de temps elles ont pris : enregistrer "
                    "l’heure de début et de fin."
                ),
            )
        told = _(
            "Réponses jugées trop rapides : {count}. Restent à écrire le seuil et ses raisons."
        )
        return _counted(29, too_fast, threshold, told, lang)
    responses = _first(conduct.complete, conduct.consented, conduct.received)
    if responses is not None and responses < threshold:
        return _withheld(29, threshold, lang)  # the median of very few is nearly one person's
    median = _seconds(seconds, lang)
    if too_fast is None:
        return _partly(
            29,
            _(
                "Durée médiane : {duration}. Reste à écrire si des réponses trop rapides ont "
                "été écartées."
            ).format(duration=median),
        )
    told = _(
        "Réponses jugées trop rapides : {count} ; durée médiane : {duration}. Restent "
        "à écrire le seuil et ses raisons."
    )
    return _counted(29, too_fast, threshold, told, lang, duration=median)


def _weighting(conduct: Conduct, lang: Lang) -> Answer:
    _ = translator(lang)
    if conduct.weighted is None:
        return _to_record(
            30,
            _(
                "Les réponses ne disent pas si les résultats sont pondérés : l’écrire, et "
                "poser les questions qui le permettent."
            ),
        )
    if conduct.weighted:
        return _partly(
            30,
            _(
                "Les résultats sont pondérés. Restent à nommer la méthode et les chiffres de "
                "référence."
            ),
        )
    return Answer(30, "answered", _("Les résultats ne sont pas pondérés."))


def _to_record(item: int, text: str) -> Answer:
    return Answer(item, "to_record", text)


def _partly(item: int, text: str) -> Answer:
    """Answer in part what the responses only bear on."""
    return Answer(item, "partly", text)


def _rate(item: int, part: int, whole: int, threshold: int, told: str, lang: Lang) -> Answer:
    if min(part, whole - part) < threshold:
        return _withheld(item, threshold, lang)
    share = round(part / whole, 3)
    return Answer(item, "answered", told.format(rate=percent(share, 1, lang)), share, "proportion")


def _counted(item: int, count: int, threshold: int, told: str, lang: Lang, **more: str) -> Answer:
    """Answer in part with a count; one that is too small is not given."""
    _ = translator(lang)
    if 0 < count < threshold:
        few = _("moins de {threshold}").format(threshold=number(threshold, 0, lang))
        return _partly(item, told.format(count=few, **more))
    text = told.format(count=number(int(count), 0, lang), **more)
    return Answer(item, "partly", text, int(count), "count")


def _withheld(item: int, threshold: int, lang: Lang) -> Answer:
    _ = translator(lang)
    told = _(
        "Le résultat n’est pas montré : il porterait sur trop peu de personnes "
        "(seuil : {threshold})."
    )
    return Answer(item, "withheld", told.format(threshold=number(threshold, 0, lang)))


def _ratio(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None


def _first(*counts: int | None) -> int | None:
    return next((count for count in counts if count is not None), None)


def _seconds(seconds: float, lang: Lang) -> str:
    return duration(seconds / 60, lang) if seconds >= 60 else f"{seconds:.0f}{NBSP}s"
