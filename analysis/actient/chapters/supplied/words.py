"""Words of the pictures of one's own survey, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from actient.locale import Lang

SERIES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "printed": {"fr": "Imprimé sur l’affiche", "en": "Printed on the poster"},
    "supplied": {"fr": "Vos réponses", "en": "Your responses"},
    "weighted": {"fr": "Les mêmes, pondérées", "en": "The same, weighted"},
    "pooled": {"fr": "Ensemble, poids donnés", "en": "Pooled, weights given"},
    "bounds": {"fr": "Si l’on ignore les autres", "en": "If the others are unknown"},
    "bounds_confidence": {"fr": "… et le hasard du tirage", "en": "… and sampling error"},
    "selection": {"fr": "Selon qui a répondu", "en": "Depending on who responded"},
    "rds_i": {"fr": "Par la chaîne (RDS-I)", "en": "By the chain (RDS-I)"},
    "rds_ii": {"fr": "Par les contacts (RDS-II)", "en": "By contacts (RDS-II)"},
    "corrected": {"fr": "Réponses corrigées", "en": "Corrected responses"},
    "combined": {"fr": "Tous les biais ensemble", "en": "All biases together"},
}

INVENTED: Final[Mapping[str, Mapping[Lang, str]]] = {
    "supplied": {"fr": "Réponses inventées", "en": "Invented responses"},
    "weighted": {"fr": "Les mêmes, pondérées", "en": "The same, weighted"},
}

FRAMES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "social_networks": {"fr": "réseaux sociaux", "en": "social networks"},
    "home_connection": {"fr": "connexion à domicile", "en": "home connection"},
    "internet_use": {"fr": "usage d’internet", "en": "internet use"},
}

CAPTIONS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "results": {
        "fr": (
            "Ce que disent vos réponses, à côté du chiffre imprimé. Trait : intervalle de "
            "Wilson à {level}, pour votre effectif, qui ne mesure que le hasard du tirage."
        ),
        "en": (
            "What your responses say, beside the printed figure. Line: {level} Wilson "
            "interval for your own sample size; it measures sampling error only."
        ),
    },
    "populations": {
        "fr": (
            "La même question, posée à plusieurs groupes : jamais réunis, sauf avec des "
            "poids que vous avez donnés. Trait : intervalle à {level}."
        ),
        "en": (
            "The same question put to several groups: never pooled, unless with weights "
            "that you gave. Line: {level} interval."
        ),
    },
    "coverage": {
        "fr": (
            "Vos réponses et, en pointillé, ce que la part peut être dans toute la "
            "population visée si l’on ne suppose rien des personnes hors d’atteinte "
            "({reached}). La seconde ligne ajoute le hasard du tirage (Imbens et Manski, "
            "{level}). Là où la couverture est inconnue, rien n’est tracé."
        ),
        "en": (
            "Your responses and, dashed, what the share can be in the whole target "
            "population if nothing is assumed about those out of reach ({reached}). The "
            "second line adds sampling error (Imbens and Manski, {level}). Where coverage "
            "is unknown, nothing is drawn."
        ),
    },
    "selection": {
        "fr": (
            "Vos réponses et, en pointillé, la part qu’elles peuvent cacher si les "
            "personnes concernées ont répondu de deux fois moins à deux fois plus "
            "volontiers que les autres. Trait plein : intervalle de Wilson à {level}."
        ),
        "en": (
            "Your responses and, dashed, the share they may hide if the people concerned "
            "answered between half and twice as readily as the others. Solid line: "
            "{level} Wilson interval."
        ),
    },
    "diffusion": {
        "fr": (
            "Vos réponses et, en pointillé, ce que la chaîne de transmission et les "
            "nombres de contacts permettent d’estimer, sous les hypothèses de "
            "l’échantillonnage de proche en proche ; intervalles à {level}, par "
            "rééchantillonnage de l’arbre."
        ),
        "en": (
            "Your responses and, dashed, the estimates that the chain of recruitment and the "
            "numbers of contacts allow, under the assumptions of respondent-driven "
            "sampling; {level} intervals, by resampling the tree."
        ),
    },
    "reliability": {
        "fr": (
            "Vos réponses et, en pointillé, la part de personnes pour qui c’est vrai si la "
            "sensibilité des réponses est de {sensitivity} et leur spécificité de "
            "{specificity}. Intervalles à {level}. Sans ligne pointillée : hypothèses "
            "impossibles pour ce chiffre, ou énoncé qui ne repose pas sur ce que l’on dit "
            "de soi."
        ),
        "en": (
            "Your responses and, dashed, the share of people for whom it is true if answers "
            "have a sensitivity of {sensitivity} and a specificity of {specificity}. "
            "{level} intervals. Without a dashed line: assumptions impossible for this "
            "figure, or a statement that does not rest on what people say about themselves."
        ),
    },
    "combined": {
        "fr": (
            "Vos réponses et, en pointillé, la part simulée quand tous les biais de ce "
            "chapitre jouent ensemble, hasard du tirage compris. Intervalles à {level}."
        ),
        "en": (
            "Your responses and, dashed, the simulated share when all the biases of this "
            "chapter act together, sampling error included. {level} intervals."
        ),
    },
}

NOTES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "weighting": {
        "fr": (
            "Pondération ({group}) d’après : {variables}. Aucun poids ne dépasse {ratio} "
            "fois le poids moyen ; {at_limit}."
        ),
        "en": (
            "Weighting ({group}) by: {variables}. No weight exceeds {ratio} times the mean "
            "weight; {at_limit}."
        ),
    },
    "margins_met": {
        "fr": "Toutes les parts connues sont retrouvées.",
        "en": "All known shares are met.",
    },
    "margins_missed": {
        "fr": "Parts voulues, et atteintes sous cette limite : {shares}.",
        "en": "Shares wanted, and reached under that limit: {shares}.",
    },
    "worth": {
        "fr": "Ces réponses pondérées en valent {n} également pesées.",
        "en": "These weighted responses are worth {n} evenly weighted ones.",
    },
    "limit_none": {"fr": "aucun ne l’atteint", "en": "none reaches it"},
    "limit": {
        "fr": "réponses dont le poids l’atteint : {n}",
        "en": "responses whose weight reaches it: {n}",
    },
    "limit_withheld": {
        "fr": "combien l’atteignent n’est pas montré",
        "en": "how many reach it is not shown",
    },
    "from_weighted": {
        "fr": "Là où les réponses sont pondérées, le pointillé part de la part pondérée.",
        "en": "Where responses are weighted, dashed lines start from the weighted share.",
    },
    "pooled_weighted": {
        "fr": "« Ensemble » réunit les chiffres montrés : pondérés pour {weighted}.",
        "en": "“Pooled” puts together the figures shown: weighted for {weighted}.",
    },
    "pooled_mixed": {
        "fr": (
            "« Ensemble » réunit les chiffres montrés : pondérés pour {weighted}, sans "
            "pondération pour {plain}."
        ),
        "en": (
            "“Pooled” puts together the figures shown: weighted for {weighted}, without weights "
            "for {plain}."
        ),
    },
    "threshold": {
        "fr": "Trait vertical : la moitié, seuil de notre lecture.",
        "en": "Vertical line: one half, the threshold of our reading.",
    },
    "nothing": {
        "fr": (
            "Trop peu de réponses pour que quoi que ce soit puisse être montré ici sans "
            "désigner quelqu’un : il en faut au moins {threshold} de chaque côté de chaque "
            "chiffre."
        ),
        "en": (
            "Too few responses for anything to be shown here without pointing to someone: at "
            "least {threshold} are needed on each side of each figure."
        ),
    },
    "synthetic": {
        "fr": (
            "SYNTHÉTIQUE : ces réponses sont inventées, tirées au hasard pour s’accorder "
            "avec l’affiche."
        ),
        "en": (
            "SYNTHETIC: these responses are invented, drawn at random to agree with the poster."
        ),
    },
    "withheld": {
        "fr": (
            "Les mesures qui manquent ne sont pas montrées : moins de {threshold} "
            "personnes d’un côté, ou le risque d’en laisser deviner d’autres."
        ),
        "en": (
            "Measures that are missing are not shown: fewer than {threshold} people on one "
            "side, or the risk of giving others away."
        ),
    },
}

WORDS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "share": {"fr": "Part, en %", "en": "Share, %"},
    "figure": {"fr": "Chiffre et groupe", "en": "Figure and group"},
    "estimate": {"fr": "Estimation", "en": "Estimate"},
    "value": {"fr": "Valeur et intervalle", "en": "Value and interval"},
    "colon": {"fr": " : ", "en": ": "},
    "semicolon": {"fr": " ; ", "en": "; "},
    "lead": {"fr": "Une ligne par estimation. ", "en": "One line per estimate. "},
}
