"""What reading a file of responses gives: answers, where they came from, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from actient.locale import Lang, typeset
from actient.words import SOURCE, translator

Tool = Literal["kobo", "odk", "redcap", "limesurvey", "google", "template", "unknown"]
Duplicates = Literal["first", "last", "keep"]
Rule = Literal[
    "file",
    "column",
    "synthetic",
    "choice",
    "number",
    "token",
    "exclusive",
    "skipped",
    "length",
    "no_value",
]

SHOWN_CHARACTERS: Final = 60
SHOWN_PROBLEMS: Final = 1000


@dataclass(frozen=True)
class Message:
    """One sentence, said later in the language asked.

    Attributes
    ----------
    french
        The sentence, marked with `N_`.
    fields
        What stands in its places: as it is, or what says it in a language.
    """

    french: str
    fields: Mapping[str, int | str | Callable[[Lang], str]] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """Say the sentence; in French, what files and people typed in its places is typeset too."""
        said = {name: each(lang) if callable(each) else each for name, each in self.fields.items()}
        text = translator(lang)(self.french).format(**said)
        return typeset(text) if lang == SOURCE else text


@dataclass(frozen=True)
class Problem:
    """One value that cannot be accepted.

    Attributes
    ----------
    line
        Line of the file as a spreadsheet shows it: the header is line 1; 0 where the file as a
        whole is meant.
    column
        Header of the column, always one that was recognised; empty where the line or the file as
        a whole is meant.
    value
        What was found, at most 60 characters; never from a dropped column, never a code.
    expected
        What was expected.
    rule
        The rule that it breaks.
    """

    line: int
    column: str
    value: str
    expected: Message
    rule: Rule


@dataclass(frozen=True)
class Counts:
    """How many answered, and what became of their rows.

    `rows = unreadable + without_consent + consent_empty + under_age + consented`, and
    `consented = invalid + duplicates left out + set_aside + kept`.

    Attributes
    ----------
    rows
        Rows of answers in the file; empty lines are not counted.
    unreadable
        Rows dropped unread: not as many cells as the header, or a consent that cannot be read.
    without_consent, consent_empty, under_age
        Rows dropped unread: consent refused; nothing in the cell of consent, which is no refusal;
        age band under 18.
    consented
        Rows of adults who consented.
    invalid
        Rows left out because a value cannot be accepted.
    duplicates
        Rows that repeat the code of another; left out unless `duplicates` is `keep`.
    incomplete, too_fast
        Rows with a required answer missing; rows faster than the minimum duration. They are
        counted among the valid rows that are not duplicates, and left out only if an option asks
        for it (then `set_aside` counts them).
    set_aside
        Rows left out for being incomplete or too fast, as an option asked.
    kept
        Rows of the frame.
    """

    rows: int
    unreadable: int
    without_consent: int
    consent_empty: int
    under_age: int
    consented: int
    invalid: int
    duplicates: int
    incomplete: int
    too_fast: int
    set_aside: int
    kept: int


@dataclass(frozen=True)
class Source:
    """What was recognised in the file.

    Attributes
    ----------
    tool
        The collection tool whose layout it has.
    separator
        The character between columns; empty for a workbook.
    encoding
        How characters are written; empty for a workbook.
    layout
        What was recognised, in words.
    columns
        Header to question (`item`, or `item/code` for one answer of a multiple choice).
    dropped
        Names of the columns that are never read.
    missing
        Questions of which the file has no column; `item/code` for one answer of a multiple choice
        that lacks its own.
    synthetic
        Whether every row is marked as synthetic.
    """

    tool: Tool
    separator: str
    encoding: str
    layout: tuple[Message, ...]
    columns: Mapping[str, str]
    dropped: tuple[str, ...]
    missing: tuple[str, ...]
    synthetic: bool


@dataclass(frozen=True)
class Options:
    """What to do with rows that are invalid, repeated, too fast or incomplete.

    Attributes
    ----------
    exclude_invalid
        Leave invalid rows out and go on, instead of refusing the file.
    duplicates
        Which row of a repeated code is kept.
    minimum_duration
        Seconds; faster rows are left out. 0: none is.
    completeness
        Share of the required questions, among those asked, that must be answered, in [0, 1]; less
        complete rows are left out. 0: none is.

    Raises
    ------
    ValueError
        If an option is out of bounds.
    """

    exclude_invalid: bool = False
    duplicates: Duplicates = "first"
    minimum_duration: float = 0.0
    completeness: float = 0.0

    def __post_init__(self) -> None:
        """Check the bounds."""
        if self.duplicates not in {"first", "last", "keep"}:
            raise ValueError(f"duplicates is {self.duplicates!r}; expected first, last or keep.")
        if not 0 <= self.minimum_duration < float("inf"):
            raise ValueError(
                f"minimum_duration is {self.minimum_duration!r}; expected seconds, 0 or more."
            )
        if not 0 <= self.completeness <= 1:
            raise ValueError(f"completeness is {self.completeness!r}; expected a share in [0, 1].")


@dataclass(frozen=True)
class Responses:
    """Answers of the adults who consented, without anything that names them.

    Attributes
    ----------
    frame
        One row per person kept. Single choice: categorical of codes, missing where not answered or
        not asked. Multiple choice: one boolean column `item/code` per answer, NA where not
        answered or where the file has no column for it. Whole numbers: `Int32`. `recruiter`: row of
        the person whose code was given, -1 where none or unknown. `duration`: seconds, NaN where
        unknown. `month`: `YYYY-MM`, NA where unknown. Questions that the file does not have are
        there, all missing; codes are not.
    problems
        The first problems; `problem_total` counts them all.
    notes
        What was done about repeated codes, incomplete and too fast answers, and recruiters.
    """

    frame: pd.DataFrame
    source: Source
    counts: Counts
    problems: tuple[Problem, ...]
    problem_total: int
    notes: tuple[Message, ...]


class ResponsesError(ValueError):
    """The file cannot be read, holds values that cannot be accepted, or no answer to use.

    Attributes
    ----------
    summary
        What is wrong and what to do.
    problems, problem_total
        The first problems, and how many there are in all.
    source
        What had been recognised before reading stopped, if anything.
    """

    def __init__(
        self,
        summary: Message,
        problems: Sequence[Problem] = (),
        problem_total: int | None = None,
        source: Source | None = None,
    ) -> None:
        super().__init__(summary)
        self.summary = summary
        self.problems = tuple(problems)
        self.problem_total = len(self.problems) if problem_total is None else problem_total
        self.source = source

    def __str__(self) -> str:
        """Say what is wrong in the language of errors."""
        return self.summary.text("en")
