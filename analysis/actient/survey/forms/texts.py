"""What the forms say besides the questions."""

from __future__ import annotations

from typing import Final

from actient.locale import Lang, number
from actient.survey.questionnaire import Choice, Item
from actient.words import translator

TOKEN_PATTERN: Final = "^[A-Za-z0-9]{4,16}$"  # noqa: S105 — what a referral code looks like


def title(lang: Lang) -> str:
    """Name the form."""
    _ = translator(lang)
    return _("Internet, réseaux sociaux et soins — questionnaire reconstitué")


def required(lang: Lang) -> str:
    """Ask for an answer that is needed."""
    _ = translator(lang)
    return _("Merci de répondre à cette question pour continuer.")


def declined(lang: Lang) -> str:
    """Thank those who do not take part."""
    _ = translator(lang)
    return _(
        "Merci de votre visite. Le questionnaire s’arrête ici ; aucune autre question ne "
        "vous est posée."
    )


def too_young(lang: Lang) -> str:
    """Thank those who are under age."""
    _ = translator(lang)
    return _(
        "Ce questionnaire s’adresse aux personnes de 18 ans ou plus. Merci de votre "
        "intérêt ; aucune autre question ne vous est posée."
    )


def token_error(lang: Lang) -> str:
    """Explain what a referral code looks like."""
    _ = translator(lang)
    return _("Un code compte de 4 à 16 lettres ou chiffres, sans accent ni espace.")


def exclusive(choice: Choice, lang: Lang) -> str:
    """Explain that an answer excludes the others."""
    _ = translator(lang)
    return _(
        "La réponse « {label} » ne va pas avec une autre : gardez-la seule, ou retirez-la."
    ).format(label=choice.label(lang))


def bounds(item: Item, lang: Lang) -> str:
    """Explain between which bounds a whole number is expected."""
    _ = translator(lang)
    low, high = (number(bound, 0, lang) for bound in limits(item))
    return _("Un nombre entier de {low} à {high} est attendu.").format(low=low, high=high)


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
