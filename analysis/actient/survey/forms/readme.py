"""The note that travels with the forms, in both languages."""

from __future__ import annotations

from typing import Final

from actient.locale import LANGS, Lang
from actient.survey.questionnaire import RECONSTRUCTED

_RULE: Final = "\n" + "-" * 72 + "\n\n"
_TEXT: Final[dict[Lang, str]] = {
    "fr": """\
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
""",
    "en": """\
THE ACTIENT QUESTIONNAIRE

{reconstructed}

Before any collection
- Have the information notice reviewed by your own data protection officer, and
  fill in what it leaves in square brackets.
- Because of the referral codes, answers are pseudonymous, not anonymous, until
  those codes are deleted.
- Try the form in your tool, from beginning to end, in each language and for each
  profile. We checked its structure, not your server.

The files
- xlsform.xlsx: for KoboToolbox and ODK, in both languages.
- redcap_fr.csv, redcap_en.csv: REDCap data dictionary, one per language. Enable
  the survey, then one section per page: the respondent’s code uses the record
  number, which is given after the first page. These codes follow one another, so
  they can be guessed.
- limesurvey.txt: survey structure to import into LimeSurvey, in both languages.
  The respondent’s code is a number of eight digits.
- template.csv: an empty table, one column per question, for any other tool. One
  row per person; several answers to one question are separated by a semicolon.
- codes.csv: for each column, the codes allowed, their number and their wording.

To check the responses you have collected: actient validate FILE
""",
}


def note() -> bytes:
    """Write the note: what each file is for, and what to do before any collection."""
    texts = (_TEXT[lang].format(reconstructed=RECONSTRUCTED[lang]) for lang in LANGS)
    return _RULE.join(texts).encode("utf-8-sig")
