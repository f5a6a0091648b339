"""Actient: a conference poster turned into a research compendium.

The package is what the notebooks call. Read it from the ground floor up: `tables` and `claims`
hold the facts, `bias` and `survey` the estimators, `charts` the pictures, `book` the pipeline.
"""

from importlib.metadata import version

__version__ = version("actient")
