"""What the forms say besides the questions, in both languages."""

from __future__ import annotations

from typing import Final

from actient.locale import Lang, number
from actient.survey.questionnaire import Choice, Item

Words = dict[Lang, str]

TOKEN_PATTERN: Final = "^[A-Za-z0-9]{4,16}$"  # noqa: S105 — what a referral code looks like

TITLE: Final[Words] = {
    "fr": "Internet, réseaux sociaux et soins — questionnaire reconstitué",
    "en": "The internet, social networks and care — reconstructed questionnaire",
}
REQUIRED: Final[Words] = {
    "fr": "Merci de répondre à cette question pour continuer.",
    "en": "Please answer this question to go on.",
}
DECLINED: Final[Words] = {
    "fr": "Merci de votre visite. Le questionnaire s’arrête ici ; aucune autre question ne vous "
    "est posée.",
    "en": "Thank you for your visit. The questionnaire stops here; you are asked nothing more.",
}
TOO_YOUNG: Final[Words] = {
    "fr": "Ce questionnaire s’adresse aux personnes de 18 ans ou plus. Merci de votre intérêt ; "
    "aucune autre question ne vous est posée.",
    "en": "This questionnaire is for people aged 18 or over. Thank you for your interest; you are "
    "asked nothing more.",
}
TOKEN_ERROR: Final[Words] = {
    "fr": "Un code compte de 4 à 16 lettres ou chiffres, sans accent ni espace.",
    "en": "A code has 4 to 16 letters or digits, with no accent and no space.",
}
_EXCLUSIVE: Final[Words] = {
    "fr": "La réponse « {label} » ne va pas avec une autre : gardez-la seule, ou retirez-la.",
    "en": "The answer “{label}” does not go with another: keep it alone, or remove it.",
}
_BOUNDS: Final[Words] = {
    "fr": "Un nombre entier de {low} à {high} est attendu.",
    "en": "A whole number from {low} to {high} is expected.",
}


def exclusive(choice: Choice, lang: Lang) -> str:
    """Explain that an answer excludes the others."""
    return _EXCLUSIVE[lang].format(label=choice.label(lang))


def bounds(item: Item, lang: Lang) -> str:
    """Explain between which bounds a whole number is expected."""
    low, high = (number(bound, 0, lang) for bound in limits(item))
    return _BOUNDS[lang].format(low=low, high=high)


def limits(item: Item) -> tuple[int, int]:
    """Give the bounds of a whole number.

    Raises
    ------
    UnboundedError
        If the questionnaire gives it none.
    """
    if item.minimum is None or item.maximum is None:
        raise UnboundedError.from_item(item)
    return item.minimum, item.maximum


class UnboundedError(ValueError):
    """A whole number without bounds, which no form can check."""

    @classmethod
    def from_item(cls, item: Item) -> UnboundedError:
        """Name the question and say what to add."""
        return cls(
            f"The question {item.item_id!r} asks for a whole number without bounds. "
            "Give it a minimum and a maximum in data/questionnaire/items.csv."
        )
