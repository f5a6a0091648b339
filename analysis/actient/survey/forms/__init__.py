"""Forms: the questionnaire as each collection tool takes it, from the one source.

Every file says that the wording is reconstructed from the poster. The same questionnaire always
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from actient.files import write_bytes
from actient.locale import LANGS
from actient.survey.forms import limesurvey, readme, redcap, template, xlsform
from actient.survey.questionnaire import Questionnaire

FORMS: Final[Mapping[str, Callable[[Questionnaire], bytes]]] = {
    "xlsform.xlsx": xlsform.workbook,
    **{f"redcap_{lang}.csv": partial(redcap.dictionary, lang=lang) for lang in LANGS},
    "limesurvey.txt": limesurvey.structure,
    "template.csv": template.header,
    "codes.csv": template.codes,
    "README.txt": lambda questionnaire: readme.note(),
}


class FormsFolderError(OSError):
    """The forms cannot be written where they were asked for."""

    @classmethod
    def from_path(cls, folder: Path, error: OSError) -> FormsFolderError:
        """Name the folder and the cause, and say what to do."""
        return cls(
            f"The forms cannot be written to {folder}: {error.strerror or error}. "
            "Give a folder that you may write to; it is created if it does not exist."
        )


class FormsTakenError(ValueError):
    """Other files stand where the forms would go."""

    @classmethod
    def from_files(cls, files: Sequence[Path]) -> FormsTakenError:
        """Name them, and say what to do."""
        return cls(
            "These files exist and are not what would be written there, so no form was written: "
            f"{', '.join(map(str, files))}. Choose another folder, or replace them with --force."
        )


def write_all(
    questionnaire: Questionnaire, folder: Path, *, force: bool = False
) -> tuple[Path, ...]:
    """Write every form of `FORMS` into a folder.

    All are made before the first is written, and each is written beside its place, then renamed:
    no half-written file. Other files of the folder stay as they are.

    Parameters
    ----------
    force
        Replace files of the same names that say something else: somebody's own, or edited forms.

    Returns
    -------
    tuple of Path
        The files, in the order of `FORMS`.

    Raises
    ------
    FormsFolderError
        If the folder cannot be made or written to.
    FormsTakenError
        If a file of the same name says something else.
    """
    contents = {name: make(questionnaire) for name, make in FORMS.items()}
    try:
        taken = [] if force else _taken(contents, folder)
        if taken:
            raise FormsTakenError.from_files(taken)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            write_bytes(folder / name, content)
    except OSError as error:
        raise FormsFolderError.from_path(folder, error) from error
    return tuple(folder / name for name in contents)


def _taken(contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    places = {folder / name: content for name, content in contents.items()}
    return [
        place
        for place, content in places.items()
        if place.exists() and not (place.is_file() and place.read_bytes() == content)
    ]
