"""The sentences of `actient.survey.reporting.answers`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from actient.locale import Lang


@dataclass(frozen=True)
class Words:
    """A sentence for what was found, another for what to record if it was not."""

    found: Mapping[Lang, str] = field(default_factory=dict)
    missing: Mapping[Lang, str] = field(default_factory=dict)


FEWER_THAN: Final[Mapping[Lang, str]] = {"fr": "moins de {}", "en": "fewer than {}"}

POPULATION: Final = Words(
    found={
        "fr": "Les réponses de personnes trop jeunes pour participer, s’il y en avait, ont "
        "été écartées. Restent à écrire la population visée et le moyen de la joindre.",
        "en": "Responses from people too young to take part, if any, were set aside. The "
        "population of interest and how it was reached remain to be written down.",
    },
    missing={
        "fr": "Les réponses ne disent pas qui l’on voulait entendre : l’écrire, avec le "
        "moyen de joindre ces personnes.",
        "en": "The responses do not say whom the survey wanted to hear from: write it down, "
        "with how these people were reached.",
    },
)

CONSENT: Final = Words(
    found={
        "fr": "L’accord de chaque personne a été demandé dans le formulaire. Reste à joindre "
        "la notice qu’elle a lue.",
        "en": "The form asked each person to agree. The notice they read remains to be attached.",
    },
    missing={
        "fr": "Rien dans les réponses ne montre que l’accord a été demandé : prévoir une "
        "case à cocher et garder la notice.",
        "en": "Nothing in the responses shows that people were asked to agree: plan a box to "
        "tick and keep the notice.",
    },
)

TOOLS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "template": {"fr": "le tableau vide de ce livre", "en": "this book’s empty table"},
    "unknown": {"fr": "non reconnu", "en": "not recognised"},
    "kobo": {"fr": "KoboToolbox", "en": "KoboToolbox"},
    "odk": {"fr": "ODK Central", "en": "ODK Central"},
    "redcap": {"fr": "REDCap", "en": "REDCap"},
    "limesurvey": {"fr": "LimeSurvey", "en": "LimeSurvey"},
    "google": {"fr": "Google Forms", "en": "Google Forms"},
}

TOOL: Final = Words(
    found={
        "fr": "Outil de collecte : {tool}. Restent à noter sa version et le chemin qui menait "
        "au formulaire.",
        "en": "Collection tool: {tool}. Its version and the way people came to the form remain "
        "to be noted.",
    },
    missing={
        "fr": "Les réponses ne disent pas de quel outil elles viennent : noter son nom et sa "
        "version.",
        "en": "The responses do not say which tool they come from: note its name and version.",
    },
)

DATES: Final = Words(
    found={
        "fr": "Réponses reçues de {first} à {last} ; mois où quelqu’un a répondu : {months}.",
        "en": "Responses received from {first} to {last}; months in which someone responded: "
        "{months}.",
    },
    missing={
        "fr": "Les réponses ne portent pas de date : noter le jour d’ouverture et le jour de "
        "fermeture.",
        "en": "The responses carry no date: note the day it opened and the day it closed.",
    },
)

ONE_MONTH: Final = Words(
    found={
        "fr": "Réponses toutes reçues en {first}.",
        "en": "All responses received in {first}.",
    },
)

UNIQUE: Final = Words(
    found={
        "fr": "Un même répondant se reconnaît d’une ligne à l’autre du fichier. Reste à "
        "écrire à quel signe.",
        "en": "One respondent can be recognised from one row of the file to the next. By "
        "what sign remains to be written down.",
    },
    missing={
        "fr": "Rien dans les réponses ne distingue deux personnes : prévoir un code "
        "aléatoire qui n’identifie personne.",
        "en": "Nothing in the responses tells two people apart: plan a random code that "
        "identifies no one.",
    },
)

VIEW: Final = Words(
    missing={
        "fr": "Les réponses ne contiennent pas les visites : relever, sans doublons, les "
        "visiteurs de la page d’annonce et ceux de la première page.",
        "en": "The responses do not hold the visits: record, without duplicates, the visitors "
        "to the page of the announcement and those to the first page.",
    },
)

PARTICIPATION: Final = Words(
    found={
        "fr": "{rate} des personnes qui ont ouvert la première page ont accepté de participer.",
        "en": "{rate} of the people who opened the first page agreed to take part.",
    },
    missing={
        "fr": "Il manque l’un des deux nombres : relever, sans doublons, les ouvertures de "
        "la première page et les accords.",
        "en": "One of the two numbers is missing: record, without duplicates, how many opened "
        "the first page and how many agreed.",
    },
)

COMPLETION: Final = Words(
    found={
        "fr": "{rate} des personnes qui ont accepté sont allées jusqu’au bout.",
        "en": "{rate} of the people who agreed went through to the end.",
    },
    missing={
        "fr": "Il manque l’un des deux nombres : garder la trace des accords et des "
        "questionnaires terminés.",
        "en": "One of the two numbers is missing: keep a record of agreements and of finished "
        "questionnaires.",
    },
)

INCOMPLETE: Final = Words(
    found={
        "fr": "Questionnaires commencés et non terminés : {count}. Reste à écrire ce que "
        "l’on en a fait.",
        "en": "Questionnaires started and not finished: {count}. What was done with them "
        "remains to be written down.",
    },
    missing={
        "fr": "Les réponses ne disent pas lesquelles sont terminées : garder la dernière "
        "page atteinte.",
        "en": "The responses do not say which are finished: keep the last page reached.",
    },
)

SPEED: Final = Words(
    found={
        "fr": "Réponses jugées trop rapides : {count}. Restent à écrire le seuil et ses raisons.",
        "en": "Responses judged too fast: {count}. The threshold and its reasons remain to "
        "be written down.",
    },
    missing={
        "fr": "Les réponses ne disent pas combien de temps elles ont pris : enregistrer "
        "l’heure de début et de fin.",
        "en": "The responses do not say how long they took: record start and end times.",
    },
)

MEDIAN: Final = Words(
    found={
        "fr": "Durée médiane : {duration}. Reste à écrire si des réponses trop rapides ont "
        "été écartées.",
        "en": "Median time: {duration}. Whether responses given too fast were set aside "
        "remains to be written down.",
    },
)

SPEED_AND_MEDIAN: Final = Words(
    found={
        "fr": "Réponses jugées trop rapides : {count} ; durée médiane : {duration}. Restent "
        "à écrire le seuil et ses raisons.",
        "en": "Responses judged too fast: {count}; median time: {duration}. The threshold "
        "and its reasons remain to be written down.",
    },
)

WEIGHTED: Final = Words(
    found={
        "fr": "Les résultats sont pondérés. Restent à nommer la méthode et les chiffres de "
        "référence.",
        "en": "The results are weighted. The method and the reference figures remain to be named.",
    },
    missing={
        "fr": "Les réponses ne disent pas si les résultats sont pondérés : l’écrire, et "
        "poser les questions qui le permettent.",
        "en": "The responses do not say whether the results are weighted: write it down, and "
        "ask the questions that allow it.",
    },
)

UNWEIGHTED: Final = Words(
    found={
        "fr": "Les résultats ne sont pas pondérés.",
        "en": "The results are not weighted.",
    },
)

WITHHELD: Final = Words(
    found={
        "fr": "Le résultat n’est pas montré : il porterait sur trop peu de personnes "
        "(seuil : {threshold}).",
        "en": "The result is not shown: it would be about too few people (threshold: {threshold}).",
    },
)

DUPLICATES: Final[Mapping[int, Words]] = {
    24: Words(
        found={
            "fr": "Réponses en double retirées : {count}. Reste à noter si un témoin de "
            "connexion y a servi.",
            "en": "Duplicate responses removed: {count}. Whether a cookie helped remains to be "
            "noted.",
        },
        missing={
            "fr": "Les réponses ne disent rien d’un témoin de connexion : noter s’il y en avait "
            "un.",
            "en": "The responses say nothing of a cookie: note whether there was one.",
        },
    ),
    25: Words(
        found={
            "fr": "Réponses en double retirées : {count}. Reste à noter si l’adresse de "
            "connexion y a servi.",
            "en": "Duplicate responses removed: {count}. Whether the IP address helped remains "
            "to be noted.",
        },
        missing={
            "fr": "Les réponses ne disent rien de l’adresse de connexion : noter si elle a "
            "servi, sans la garder.",
            "en": "The responses say nothing of the IP address: note whether it was used, "
            "without keeping it.",
        },
    ),
    26: Words(
        found={
            "fr": "Réponses en double retirées : {count}. Restent à nommer les traces qui ont "
            "servi.",
            "en": "Duplicate responses removed: {count}. The traces used remain to be named.",
        },
        missing={
            "fr": "Les réponses ne permettent pas de repérer un doublon : nommer les traces qui "
            "le permettraient.",
            "en": "The responses do not allow duplicates to be spotted: name the traces that "
            "would.",
        },
    ),
}
