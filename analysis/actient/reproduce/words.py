"""The words of the certificate's own page, in both languages."""

from __future__ import annotations

from typing import Final

from actient.locale import Lang

NOT_RUN: Final[dict[Lang, tuple[str, ...]]] = {
    "fr": (
        "Les tests du dépôt (make test), l’impression en PDF et les mesures de vitesse n’ont pas "
        "été refaits.",
        "Aucun navigateur n’a ouvert les pages : leur présence est vérifiée, pas leur apparence.",
        "Seuls les paramètres par défaut ont été exécutés, sans réponses à une enquête.",
        "Les sources publiques n’ont pas été relues ; refaire un calcul ne prouve pas ses données "
        "d’entrée.",
        "Une seule machine a servi : rien n’est dit des autres systèmes ni des autres processeurs.",
        "Rien ne remplace la relecture par une personne indépendante.",
    ),
    "en": (
        "The repository’s tests (make test), printing to PDF and the speed measurements were "
        "not run.",
        "No browser opened the pages: that they exist was checked, not how they look.",
        "Only the default parameters were run, without responses to a survey.",
        "Public sources were not read again; redoing a computation does not prove its inputs.",
        "One machine was used: nothing is said of other systems or processors.",
        "None of this stands in for the review of an independent person.",
    ),
}
STEPS: Final[dict[str, dict[Lang, str]]] = {
    "clone": {"fr": "Cloner l’état vérifié", "en": "Clone the verified commit"},
    "environment": {"fr": "Installer l’environnement neuf", "en": "Install the new environment"},
    "rerun": {"fr": "Tout réexécuter, construire le livre", "en": "Rerun all, build the book"},
    "examine": {"fr": "Comparer", "en": "Compare"},
}
DIFFERENCES: Final[dict[str, dict[Lang, str]]] = {
    "what": {"fr": "Comparaison", "en": "Comparison"},
    "where": {"fr": "Où", "en": "Where"},
    "expected": {"fr": "Attendu", "en": "Expected"},
    "found": {"fr": "Trouvé", "en": "Found"},
    "gap": {"fr": "Écart", "en": "Gap"},
    "missing": {"fr": "absent", "en": "missing"},
    "everywhere": {"fr": "(dans les deux langues)", "en": "(in both languages)"},
    "absolute": {"fr": "absolu", "en": "absolute"},
    "relative": {"fr": "relatif", "en": "relative"},
    "allowed": {"fr": "admis (absolu / relatif)", "en": "allowed (absolute / relative)"},
    "another": {"fr": "{}\N{NO-BREAK SPACE}: {} autre", "en": "{}: {} more"},
    "others": {"fr": "{}\N{NO-BREAK SPACE}: {} autres", "en": "{}: {} more"},
    "checksum_only": {
        "fr": "la référence est une empreinte : on sait ce qui diffère, pas de combien",
        "en": "the reference is a checksum: what differs is known, not by how much",
    },
    "further": {
        "fr": "et {} autres dans cette partie de la figure",
        "en": "and {} more in this part of the figure",
    },
}
WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "title": "Certificat de reproduction d’Actient",
        "sentence": "Le {date}, l’état <code>{commit}</code> (du {commit_date}) a été cloné, "
        "installé dans un environnement neuf, réexécuté en entier et comparé à ses propres "
        "références : {matched} comparaisons sur {compared} concordent.",
        "compared": "Ce qui a été comparé",
        "differed": "Ce qui diffère",
        "no_difference": "Rien.",
        "where": "Où, et avec quoi",
        "not_run": "Ce qui n’a pas été fait",
        "times": "Durées",
        "tolerances": "Tolérances",
        "system": "Système",
        "size": "Taille",
        "size_value": "{} cœurs, {} Go de mémoire",
        "lock": "Empreinte de la liste verrouillée (SHA-256)",
        "left_out": "Laissés de côté",
        "files": "{} fichiers de la copie de travail, modifiés sans être enregistrés dans git",
        "no_file": "aucun fichier : la copie de travail était celle de l’état vérifié",
        "packages": "Les {} logiciels installés et leurs versions",
        "step": "Étape",
        "steps": "Durée des étapes",
        "seconds": "Secondes",
        "sum": "Somme",
        "beside": "Les chapitres s’exécutent à plusieurs à la fois, autant que de cœurs : chacun "
        "prend plus de temps que seul.",
    },
    "en": {
        "title": "Certificate of reproduction of Actient",
        "sentence": "On {date}, commit <code>{commit}</code> (of {commit_date}) was cloned, "
        "installed in a new environment, executed again in full and compared with its own "
        "references: {matched} of {compared} comparisons agree.",
        "compared": "What was compared",
        "differed": "What differs",
        "no_difference": "Nothing.",
        "where": "Where, and with what",
        "not_run": "What was not done",
        "times": "Times",
        "tolerances": "Tolerances",
        "system": "System",
        "size": "Size",
        "size_value": "{} cores, {} GB of memory",
        "lock": "Checksum of the lock (SHA-256)",
        "left_out": "Left out",
        "files": "{} files of the working copy, changed and not committed",
        "no_file": "no file: the working copy was that of the commit",
        "packages": "The {} installed packages and their versions",
        "step": "Step",
        "steps": "Time of each step",
        "seconds": "Seconds",
        "sum": "Sum",
        "beside": "Chapters run several at a time, as many as cores: each takes longer than alone.",
    },
}
