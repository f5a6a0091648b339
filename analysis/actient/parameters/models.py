"""The models: each chapter's parameters with type, unit, bounds, default, meaning and source."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from actient.locale import Lang
from actient.words import N_

Proportion = Annotated[float, Field(ge=0, le=1)]
SampleSize = Annotated[int, Field(ge=1, le=10_000_000)]


def _parameter(default: Any, *, unit: str = "", source: str = "", **rest: Any) -> Any:
    """Declare a parameter; its description is French, marked with `N_`, and `rest` its bounds."""
    extra: JsonDict = {"unit": unit, "source": source}
    return Field(default, json_schema_extra=extra, validate_default=True, **rest)


class Parameters(BaseModel):
    """What every chapter takes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    # What its validators ask of several parameters together, in words.
    rules: ClassVar[str] = ""

    lang: Lang = _parameter("fr", description=N_("Langue des sorties."))


class SuppliedParameters(Parameters):
    """What chapters that can show responses take besides."""

    responses: str = _parameter(
        "",
        unit="path",
        description=N_(
            "Fichier de totaux tiré par `actient tabulate` des réponses à votre propre enquête, "
            "depuis la racine du dépôt ; vide : aucune n’est montrée."
        ),
    )


class ContextParameters(Parameters):
    """01_context."""

    rules = N_("`first_year` vient avant `last_year`.")

    first_year: int = _parameter(
        2007,
        ge=2000,
        le=2018,
        unit="years",
        description=N_("Première année des séries publiques montrées."),
        source="C02",
    )
    last_year: int = _parameter(
        2018,
        ge=2007,
        le=2019,
        unit="years",
        description=N_("Dernière année des séries publiques montrées."),
        source="C01",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_year >= self.last_year:
            raise ValueError(
                f"first_year = {self.first_year} must come before last_year = {self.last_year}"
            )
        return self


class FrameworkParameters(Parameters):
    """02_framework."""

    cluster: Literal["all", "patient", "care_relation", "networks", "setting"] = _parameter(
        "all",
        description=N_("Partie du cadre conceptuel montrée."),
    )


class PathwayParameters(Parameters):
    """03_pathway."""

    alignment: Literal["by_order", "extracted", "by_meaning"] = _parameter(
        "by_order",
        description=N_(
            "Façon de placer usages et risques face aux étapes (la transcription l’a perdue)."
        ),
        source="research: pathway table, three alignments",
    )


class ResultsParameters(SuppliedParameters):
    """04_results."""

    confidence: float = _parameter(
        0.95,
        gt=0.5,
        lt=1,
        unit="proportion",
        description=N_("Niveau de confiance des intervalles."),
    )
    sample_sizes: list[SampleSize] = _parameter(
        [30, 100, 300, 1000, 3000],
        min_length=1,
        max_length=12,
        unit="persons",
        description=N_("Tailles d’échantillon imaginées ; l’affiche n’en donne aucune."),
    )
    largest_sample_size: int = _parameter(
        300,
        ge=10,
        le=5000,
        unit="persons",
        description=N_(
            "Plus grande taille d’échantillon essayée dans la recherche des tailles possibles."
        ),
    )
    rule: Literal["rounding", "truncation"] = _parameter(
        "rounding",
        description=N_(
            "Façon dont les chiffres imprimés ont perdu leurs autres décimales (arrondi ou "
            "troncature)."
        ),
    )


class PopulationsParameters(SuppliedParameters):
    """05_populations."""

    professionals_in_sample: float = _parameter(
        0.5,
        ge=0,
        le=1,
        unit="proportion",
        description=N_("Part supposée de professionnels parmi les répondants."),
        source="assumption: the poster does not state it",
    )
    professionals_in_target: float = _parameter(
        0.2,
        ge=0,
        le=1,
        unit="proportion",
        description=N_("Part supposée de professionnels dans la population que l’on veut décrire."),
        source="assumption: the poster does not state it",
    )


class CoverageParameters(SuppliedParameters):
    """06_coverage."""

    rules = N_("`prevalence_ratio` va du plus petit au plus grand.")

    frame: Literal["social_networks", "home_connection", "internet_use"] = _parameter(
        "social_networks",
        description=N_(
            "Ce qu’il faut avoir ou utiliser pour que le questionnaire puisse vous atteindre."
        ),
        source="coverage_presets",
    )
    max_difference: float = _parameter(
        0.2,
        ge=0,
        le=1,
        unit="proportion",
        description=N_(
            "Plus grand écart supposé entre personnes joignables et non joignables (échelon 1)."
        ),
        source="assumption",
    )
    prevalence_ratio: list[Annotated[float, Field(ge=0, le=2)]] = _parameter(
        [0.8, 1.25],
        min_length=2,
        max_length=2,
        unit="ratio",
        description=N_(
            "Plus petit et plus grand rapport supposés entre la part chez les personnes hors "
            "d’atteinte et la part chez les personnes joignables (échelon 2)."
        ),
        source="assumption",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        low, high = self.prevalence_ratio
        if low >= high:
            raise ValueError(f"prevalence_ratio = [{low}, {high}] must go from lowest to highest")
        return self


class SelectionParameters(SuppliedParameters):
    """07_selection."""

    largest_ratio: float = _parameter(
        4.0,
        gt=1,
        le=20,
        unit="ratio",
        description=N_("Plus grand rapport de sélection tracé ; le plus petit est son inverse."),
    )
    bias: float = _parameter(
        0.10,
        gt=0,
        le=0.5,
        unit="proportion",
        description=N_("Biais supposé, pour demander quel tirage au sort valent les réponses."),
        source="assumption",
    )


class DiffusionParameters(SuppliedParameters):
    """08_diffusion."""

    contacts: float = _parameter(
        190.0,
        gt=0,
        le=5000,
        unit="persons",
        description=N_("Nombre moyen de contacts d’un participant."),
        source="Ugander et al. 2011",
    )
    seen: float = _parameter(
        0.35,
        ge=0,
        le=1,
        unit="proportion",
        description=N_("Part des contacts qui voient une publication."),
        source="Bernstein et al. 2013: about a third",
    )
    answered: float = _parameter(
        0.05,
        ge=0,
        le=1,
        unit="proportion",
        description=N_("Part de ceux qui répondent, parmi ceux qui la voient."),
        source="assumption",
    )
    shared: float = _parameter(
        0.10,
        ge=0,
        le=1,
        unit="proportion",
        description=N_("Part de ceux qui la transmettent, parmi ceux qui répondent."),
        source="assumption",
    )
    dispersion: float = _parameter(
        1.0,
        gt=0,
        le=100,
        unit="shape",
        description=N_("Forme de la loi binomiale négative des contacts (petite : très inégale)."),
        source="assumption",
    )
    runs: int = _parameter(
        3000, ge=100, le=200_000, unit="count", description=N_("Lancements simulés.")
    )
    seed: int = _parameter(20181, ge=0, description=N_("Graine des tirages aléatoires."))


class ReliabilityParameters(SuppliedParameters):
    """09_reliability."""

    rules = N_("`sensitivity` et `specificity` ont une somme supérieure à 1.")

    sensitivity: float = _parameter(
        0.90,
        gt=0,
        le=1,
        unit="proportion",
        description=N_("Parmi ceux qui le font, part supposée de ceux qui le disent."),
        source="assumption",
    )
    specificity: float = _parameter(
        0.80,
        gt=0,
        le=1,
        unit="proportion",
        description=N_(
            "Parmi ceux qui ne le font pas, part supposée de ceux qui disent ne pas le faire."
        ),
        source="assumption",
    )

    @model_validator(mode="after")
    def _informative(self) -> Self:
        if self.sensitivity + self.specificity <= 1:
            raise ValueError(
                f"sensitivity = {self.sensitivity} and specificity = {self.specificity} must add "
                "up to more than 1: otherwise the answer says nothing about the behaviour"
            )
        return self


class CombinedParameters(SuppliedParameters):
    """10_combined."""

    rules = N_(
        "Chaque loi va du plus petit au plus grand ; les plus petites `sensitivity` "
        "et `specificity` ont une somme supérieure à 1."
    )

    sensitivity: list[Proportion] = _parameter(
        [0.85, 0.95, 1.0],
        min_length=3,
        max_length=3,
        unit="proportion",
        description=N_("Loi triangulaire de la sensibilité : minimum, plus probable, maximum."),
        source="assumption",
    )
    specificity: list[Proportion] = _parameter(
        [0.70, 0.85, 0.98],
        min_length=3,
        max_length=3,
        unit="proportion",
        description=N_("Loi triangulaire de la spécificité : minimum, plus probable, maximum."),
        source="assumption",
    )
    selection_ratio: list[Annotated[float, Field(gt=0)]] = _parameter(
        [0.5, 2.0],
        min_length=2,
        max_length=2,
        unit="ratio",
        description=N_("Loi log-normale du rapport de sélection : bornes de ses 95 % centraux."),
        source="assumption",
    )
    difference: list[Annotated[float, Field(ge=-1, le=1)]] = _parameter(
        [-0.20, -0.05, 0.10],
        min_length=3,
        max_length=3,
        unit="proportion",
        description=N_(
            "Loi triangulaire de l’écart des personnes hors d’atteinte : minimum, plus probable, "
            "maximum."
        ),
        source="assumption",
    )
    draws: int = _parameter(
        100_000, ge=1000, le=10_000_000, unit="count", description=N_("Tirages.")
    )
    seed: int = _parameter(20181, ge=0, description=N_("Graine des tirages aléatoires."))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name in ("sensitivity", "specificity", "selection_ratio", "difference"):
            limits = getattr(self, name)
            if limits != sorted(limits) or limits[0] == limits[-1]:
                raise ValueError(f"{name} = {limits} must go from its lowest to its highest value")
        if self.sensitivity[0] + self.specificity[0] <= 1:
            raise ValueError(
                f"the lowest sensitivity {self.sensitivity[0]} and specificity "
                f"{self.specificity[0]} must add up to more than 1"
            )
        return self


class VigilanceParameters(Parameters):
    """11_vigilance."""

    exposures: list[SampleSize] = _parameter(
        [100, 300, 1000, 3000, 10_000],
        min_length=1,
        max_length=12,
        unit="count",
        description=N_("Nombres de consultations observées sans aucun incident."),
        source="assumption",
    )
    confidence: float = _parameter(
        0.95,
        gt=0.5,
        lt=1,
        unit="proportion",
        description=N_("Niveau de confiance des limites."),
    )


class SurveyParameters(SuppliedParameters):
    """12_your_survey."""

    demonstration_size: int = _parameter(
        600,
        ge=100,
        le=20_000,
        unit="persons",
        description=N_("Répondants synthétiques montrés quand aucune réponse n’est fournie."),
        source="synthetic",
    )
    seed: int = _parameter(20181, ge=0, description=N_("Graine des tirages aléatoires."))


class SensitivityParameters(Parameters):
    """13_sensitivity."""

    limit: float = _parameter(
        0.05,
        gt=0,
        lt=0.5,
        unit="proportion",
        description=N_("Part des tirages au-dessous de laquelle un énoncé est dit rarement faux."),
        source="assumption",
    )


MODELS: Final[Mapping[str, type[Parameters]]] = types.MappingProxyType(
    {
        "01_context": ContextParameters,
        "02_framework": FrameworkParameters,
        "03_pathway": PathwayParameters,
        "04_results": ResultsParameters,
        "05_populations": PopulationsParameters,
        "06_coverage": CoverageParameters,
        "07_selection": SelectionParameters,
        "08_diffusion": DiffusionParameters,
        "09_reliability": ReliabilityParameters,
        "10_combined": CombinedParameters,
        "11_vigilance": VigilanceParameters,
        "12_your_survey": SurveyParameters,
        "13_sensitivity": SensitivityParameters,
    }
)
