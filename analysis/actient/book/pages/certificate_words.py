"""The words of certificates, times and tolerances, in both languages."""

from __future__ import annotations

from typing import Final

from actient.locale import Lang, Unit

CHECKS: Final[dict[str, dict[Lang, str]]] = {
    "records": {
        "fr": "Résultats enregistrés, dans les deux langues",
        "en": "Recorded results, in both languages",
    },
    "charts": {
        "fr": "Figures (spécification entière), dans les deux langues",
        "en": "Charts (whole specification), in both languages",
    },
    "outputs": {
        "fr": "Sorties conservées dans les carnets : textes et résultats",
        "en": "Outputs stored in the notebooks: texts and results",
    },
    "data": {
        "fr": "Fichiers de données (taille et empreinte)",
        "en": "Data files (size and checksum)",
    },
    "pages": {
        "fr": "Pages du sommaire construites, dans les deux langues",
        "en": "Pages of the contents built, in both languages",
    },
    "editions": {
        "fr": "Résultats égaux d’une langue à l’autre",
        "en": "Results equal across languages",
    },
    "versions": {
        "fr": "Versions des logiciels, face à la liste verrouillée",
        "en": "Versions of packages, against the lock",
    },
}
VERDICTS: Final[dict[str, dict[Lang, str]]] = {
    "matched": {"fr": "Tout correspond.", "en": "Everything matched."},
    "differences": {"fr": "Des différences ont été trouvées.", "en": "Differences were found."},
}
KINDS: Final[dict[str, dict[Lang, str]]] = {
    "whole": {"fr": "Nombres entiers", "en": "Whole numbers"},
    "share": {"fr": "Parts et rapports", "en": "Shares and ratios"},
    "points": {"fr": "Écarts et taux", "en": "Gaps and rates"},
    "measure": {"fr": "Effectifs et durées", "en": "Numbers of people and durations"},
}
UNITS: Final[dict[Unit, dict[Lang, str]]] = {
    "count": {"fr": "décompte", "en": "count"},
    "appointments": {"fr": "rendez-vous", "en": "appointments"},
    "likes": {"fr": "mentions « J’aime »", "en": "likes"},
    "years": {"fr": "années", "en": "years"},
    "proportion": {"fr": "proportion", "en": "proportion"},
    "ratio": {"fr": "rapport", "en": "ratio"},
    "percentage points": {"fr": "point de pourcentage", "en": "percentage point"},
    "per 1000": {"fr": "pour mille", "en": "per 1000"},
    "persons": {"fr": "personnes", "en": "persons"},
    "minutes": {"fr": "minutes", "en": "minutes"},
    "minutes per day": {"fr": "minutes par jour", "en": "minutes per day"},
}
_TEN_DIGITS: Final[dict[Lang, str]] = {
    "fr": "Un résultat garde dix chiffres significatifs ; d’un processeur à l’autre, le dixième "
    "peut changer d’une unité.",
    "en": "A result keeps ten significant digits; from one processor to another, the tenth may "
    "change by one.",
}
REASONS: Final[dict[str, dict[Lang, str]]] = {
    "whole": {
        "fr": "Ce qui se compte ne s’arrondit pas.",
        "en": "What is counted is not rounded.",
    },
    "share": _TEN_DIGITS,
    "points": {
        "fr": f"{_TEN_DIGITS['fr']} Près de zéro, la tolérance absolue suit l’échelle de l’unité.",
        "en": f"{_TEN_DIGITS['en']} Near zero, the absolute tolerance follows the unit’s scale.",
    },
    "measure": {
        "fr": f"{_TEN_DIGITS['fr']} Un effectif calculé, une moyenne par exemple, n’est pas "
        "toujours entier.",
        "en": f"{_TEN_DIGITS['en']} A computed number of people, a mean for instance, is not "
        "always whole.",
    },
}
WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "check": "Ce qui est comparé",
        "compared": "Comparés",
        "matched": "Concordants",
        "differ": "Différents",
        "counts": "Ce qui a été comparé",
        "reach": "Une formule n’est vérifiée ici que par les résultats et les figures des "
        "chapitres qui l’appellent : si elle change alors qu’aucun chapitre ne l’appelle, rien ne "
        "diffère. Seuls les tests du dépôt (make test), qui ne sont pas lancés ici, le verraient.",
        "about": "Le {date}, l’état {commit} du livre (du {commit_date}) a été cloné, installé "
        "dans un environnement neuf de {packages} logiciels verrouillés, réexécuté en entier et "
        "comparé à ses références, sur {system} {processor} avec {python}.",
        "earlier": "Un certificat porte toujours sur un état antérieur à celui qui le contient : "
        "il ne peut être rangé dans le livre qu’une fois établi. Pour certifier l’état que vous "
        "lisez, lancez la commande vous-même.",
        "none": "Aucun certificat n’a encore été rangé dans ce livre.",
        "times": "Temps d’exécution des chapitres",
        "times_about": "Exécution du {date}, sur {system} {processor} ; autant de chapitres à la "
        "fois que de cœurs ({cores}), si bien que chacun prend plus de temps que seul. Les "
        "premiers attendent aussi que les bibliothèques se chargent, dans un environnement tout "
        "neuf.",
        "chapter": "Chapitre",
        "seconds_fr": "Secondes, en français",
        "seconds_en": "Secondes, en anglais",
        "sum": "Somme",
        "tolerances": "Les tolérances de la comparaison",
        "kind": "Nombres",
        "units": "Unités",
        "absolute": "Tolérance absolue",
        "relative": "Tolérance relative",
        "why": "Pourquoi",
        "none_allowed": "aucune",
        "exact_rest": "Il suffit que l’une des deux tolérances soit respectée. Tout le reste est "
        "comparé sans tolérance : l’unité, l’origine et l’hypothèse de chaque résultat, chaque "
        "valeur des figures (dont les données sont déjà arrondies à la précision qu’elles "
        "montrent), chaque texte conservé dans un carnet, l’empreinte des données, la version de "
        "chaque logiciel.",
    },
    "en": {
        "check": "What is compared",
        "compared": "Compared",
        "matched": "Matched",
        "differ": "Different",
        "counts": "What was compared",
        "reach": "A formula is checked here only through the results and charts of the chapters "
        "that call it: if it changes and no chapter calls it, nothing differs. Only the "
        "repository’s tests (make test), which are not run here, would see it.",
        "about": "On {date}, commit {commit} of the book (of {commit_date}) was cloned, installed "
        "in a new environment of {packages} locked packages, executed again in full and compared "
        "with its references, on {system} {processor} with {python}.",
        "earlier": "A certificate is always of an earlier commit than the one that holds it: it "
        "can be put into the book only once it exists. To certify the state you are reading, run "
        "the command yourself.",
        "none": "No certificate has been put into this book yet.",
        "times": "Execution times of the chapters",
        "times_about": "Run of {date}, on {system} {processor}; as many chapters at a time as "
        "cores ({cores}), so that each takes longer than alone. The first also wait for libraries "
        "to load, in a brand-new environment.",
        "chapter": "Chapter",
        "seconds_fr": "Seconds, in French",
        "seconds_en": "Seconds, in English",
        "sum": "Sum",
        "tolerances": "The tolerances of the comparison",
        "kind": "Numbers",
        "units": "Units",
        "absolute": "Absolute tolerance",
        "relative": "Relative tolerance",
        "why": "Why",
        "none_allowed": "none",
        "exact_rest": "Keeping one of the two tolerances is enough. All the rest is compared "
        "without any: the unit, origin and assumption of each result, every value of the charts "
        "(whose data are already rounded to the precision they show), every text stored in a "
        "notebook, the checksums of the data, the version of every package.",
    },
}
