"""Actient: a conference poster turned into a research compendium.

The package is what the notebooks call. Read it from the ground floor up: `tables` and `claims`
hold the facts, `bias` and `survey` the estimators, `charts` the pictures, `book` the pipeline.
"""


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # slow to import, and help must answer at once

    return version("actient")
