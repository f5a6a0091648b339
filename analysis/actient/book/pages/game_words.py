"""The words of the game and of the precautions, in both languages."""

from __future__ import annotations

from typing import Final

from actient.locale import Lang

WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "risk": "Risque",
        "stages": "Étapes",
        "patient": "Patient",
        "professional": "Professionnel",
        "precautions": "Une habitude pour le patient et une pour le professionnel, risque par "
        "risque",
        "printed_there": "L’affiche y place : {}.",
        "which_risk": "Quel risque y voit-elle ?",
        "poster_prints": "L’affiche écrit : {}.",
        "doubtful": "Place incertaine : la transcription a perdu l’alignement du tableau.",
        "printed_figure": "L’affiche imprime {}. Nous en tirons :",
        "how_solid": "Jusqu’où s’y fier ?",
        "steady": "Il tient sous toutes les hypothèses essayées",
        "shaken": "Il tient sous nos hypothèses de départ, pas sous toutes",
        "fragile": "Il ne tient pas, même sous nos hypothèses de départ",
        "unsuited": "On ne peut rien en conclure\N{NO-BREAK SPACE}: nos hypothèses conviennent mal "
        "à ce chiffre",
        "told_unsuited": "Dès nos hypothèses de départ, beaucoup de tirages ont dû être écartés ou "
        "ramenés à une limite\N{NO-BREAK SPACE}: ceux qui restent ne disent rien de sûr.",
        "uncovered": "Prudence\N{NO-BREAK SPACE}: nous ne savons pas combien de ces personnes le "
        "questionnaire pouvait atteindre. Ce biais n’est pas compté, et l’énoncé paraît plus "
        "solide qu’il ne l’est.",
        "told_steady": "L’énoncé est faux dans moins de {limit} des tirages, quel que soit le "
        "jeu d’hypothèses essayé.",
        "told_shaken": "Au départ, l’énoncé est faux dans moins de {limit} des tirages ; sous "
        "certaines des autres hypothèses, il l’est plus souvent.",
        "told_fragile": "L’énoncé est faux dans plus de {limit} des tirages dès nos hypothèses "
        "de départ.",
        "draws": "Il est faux dans {own} des tirages gardés sous nos hypothèses de départ, et "
        "dans {lowest} à {highest} selon les autres.",
        "warned": "Prudence : quelque part, nos hypothèses s’accordent mal avec ce chiffre, et "
        "beaucoup de tirages ont été écartés ou ramenés à une limite.",
        "draws_same": "Il est faux dans {own} des tirages gardés, sous toutes les hypothèses "
        "essayées.",
        "proposed": "Ce que nous proposons\N{NO-BREAK SPACE}:",
        "see_stage": "Voir l’étape {}",
        "where_from": "D’où vient {}",
        "less_than": "moins de {}",
        "score": "Bonnes réponses : {right} sur {answered}. Questions à venir : {left}.",
        "done": "Manche finie. Bonnes réponses : {right} sur {answered}.",
        "join": "\N{NARROW NO-BREAK SPACE}; ",
        "again": "Rejouer cette manche",
        "check": "Valider",
        "yes": "C’est cela.",
        "no": "Ce n’est pas cela.",
        "none": "Choisissez d’abord une réponse.",
        "answer": "La réponse",
        "answers": "Les réponses",
    },
    "en": {
        "risk": "Risk",
        "stages": "Stages",
        "patient": "Patient",
        "professional": "Professional",
        "precautions": "A habit for the patient and one for the professional, risk by risk",
        "printed_there": "Here the poster has: {}.",
        "which_risk": "Which risk does it see?",
        "poster_prints": "The poster says: {}.",
        "doubtful": "Its place is uncertain: the transcription lost the alignment of the table.",
        "printed_figure": "The poster prints {}. From it we draw:",
        "how_solid": "How far would you trust it?",
        "steady": "It holds under every set of assumptions tried",
        "shaken": "It holds under our initial assumptions, but not under all",
        "fragile": "It does not hold, even under our initial assumptions",
        "unsuited": "Nothing can be concluded: our assumptions suit this figure badly",
        "told_unsuited": "Under our initial assumptions themselves, many draws had to be discarded "
        "or moved to a limit: those that remain say nothing certain.",
        "uncovered": "Caution: we do not know how many of these people the questionnaire could "
        "reach. That bias is left out, so the statement looks stronger than it is.",
        "told_steady": "The statement is false in fewer than {limit} of draws, whichever "
        "assumptions are tried.",
        "told_shaken": "Under the initial assumptions the statement is false in fewer than "
        "{limit} of draws; under some of the others, more often.",
        "told_fragile": "The statement is false in more than {limit} of draws under the initial "
        "assumptions themselves.",
        "draws": "It is false in {own} of the draws kept under our initial assumptions, and in "
        "{lowest} to {highest} under the others.",
        "warned": "Caution: somewhere our assumptions suit this figure badly, and many draws "
        "were discarded or moved to a limit.",
        "draws_same": "It is false in {own} of the draws kept, under every set of assumptions "
        "tried.",
        "proposed": "What we suggest:",
        "see_stage": "See stage {}",
        "where_from": "Where {} comes from",
        "less_than": "less than {}",
        "score": "Right answers: {right} of {answered}. Questions to come: {left}.",
        "done": "The round is over. Right answers: {right} of {answered}.",
        "join": "; ",
        "again": "Play this round again",
        "check": "Check",
        "yes": "That is it.",
        "no": "That is not it.",
        "none": "Choose an answer first.",
        "answer": "The answer",
        "answers": "The answers",
    },
}
