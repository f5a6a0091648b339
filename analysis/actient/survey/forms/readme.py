"""The note that travels with the forms, in each language."""

from __future__ import annotations

from typing import Final

from actient.locale import LANGS, Lang
from actient.survey.questionnaire import reconstructed
from actient.words import translator

_RULE: Final = "\n" + "-" * 72 + "\n\n"


def note() -> bytes:
    """Write the note: what each file is for, and what to do before any collection."""
    return _RULE.join(map(_text, LANGS)).encode("utf-8-sig")


def _text(lang: Lang) -> str:
    _ = translator(lang)
    return _("""\
QUESTIONNAIRE ACTIENT

{reconstructed}

Avant toute collecte
- Faites relire la notice d’information par votre délégué à la protection des
  données, et complétez ce qu’elle laisse entre crochets.
- À cause des codes de transmission, les réponses sont pseudonymes, et non
  anonymes, tant que ces codes ne sont pas effacés.
- Essayez le formulaire dans votre outil, du début à la fin, dans chaque langue
  et pour chaque profil. Nous avons vérifié sa structure, pas votre serveur.

Les fichiers
- xlsform.xlsx : pour KoboToolbox et ODK, dans les deux langues.
- redcap_fr.csv, redcap_en.csv : dictionnaire de données de REDCap, un par langue.
  Activez l’enquête, puis l’affichage d’une section par page : le code du
  répondant se sert du numéro de sa fiche, attribué après la première page. Ces
  codes se suivent : ils se devinent.
- limesurvey.txt : structure de questionnaire à importer dans LimeSurvey, dans les
  deux langues. Le code du répondant est un nombre de huit chiffres.
- template.csv : tableau vide, une colonne par question, pour tout autre outil.
  Une ligne par personne ; plusieurs réponses d’une même question se séparent par
  un point-virgule.
- codes.csv : pour chaque colonne, les codes admis, leur numéro et leur libellé.

Pour vérifier les réponses recueillies : actient validate FICHIER
""").format(reconstructed=reconstructed(lang))
