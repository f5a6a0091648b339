"""The prose keeps its promises: no typed numbers, French typography, records and works that exist.

Read are the pages of `book/` and the Markdown cells of the chapters. What is not prose (code,
roles that point elsewhere, addresses, options) is blanked out first, character by character, so
that an offender is reported at its own line.
"""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from pybtex.database import BibliographyData, parse_file

from actient.parameters.models import CombinedParameters, CoverageParameters
from actient.paths import checkout

ROOT = checkout(Path(__file__).parent)
SPACES = " \u00a0\u202f"


class Passage(NamedTuple):
    """A stretch of Markdown and where it stands."""

    where: str
    text: str
    in_book: bool


class Allowed(NamedTuple):
    """A number that prose may type, and why."""

    text: str
    reason: str


ALLOWED = (Allowed("95 %", "a confidence level is a convention, not a number of the study"),)


# ------------------------------------------------------------------------------------ what we read
def passages() -> list[Passage]:
    """Every page of the book and every Markdown cell of the chapters."""
    pages = [
        Passage(str(path.relative_to(ROOT.root)), path.read_text("utf-8"), in_book=True)
        for path in sorted(ROOT.book.glob("*.md"))
    ]
    return pages + [cell for path in ROOT.notebooks() for cell in markdown_cells(path)]


def markdown_cells(path: Path) -> list[Passage]:
    """The Markdown cells of one notebook, each with its number among all cells."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [
        Passage(f"{path.relative_to(ROOT.root)} cell {number}", source(cell), in_book=False)
        for number, cell in enumerate(cells, start=1)
        if cell["cell_type"] == "markdown"
    ]


def source(cell: dict[str, str | list[str]]) -> str:
    """The text of a cell, which the format allows to be one string or a list of lines."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def claim_values() -> list[str]:
    """The values of the claims, as the one table that holds them has them."""
    with (ROOT.data / "poster" / "claims.csv").open(encoding="utf-8", newline="") as table:
        return [row["value"] for row in csv.DictReader(table)]


def bibliography() -> BibliographyData:
    """The works the book may cite."""
    return parse_file(str(ROOT.book / "references.bib"), bib_format="bibtex")


# ------------------------------------------------------------------------------- what is not prose
BLANK = "\u2588"
"""Neither a space, a digit nor punctuation: no detector can fire on it or because of it."""

CODE_DIRECTIVES = {"code", "code-block", "code-cell", "literalinclude", "math", "mermaid"}
FENCE = re.compile(r"^\s*(?P<mark>`{3,}|~{3,}|:{3,})(?P<directive>\{[\w:-]+\})?(?P<rest>.*)$")
OPTION = re.compile(r"\s*:[\w-]+:")
RULE = re.compile(r"\s*%|\s*\([\w-]+\)=\s*$|[\s|:-]*-[\s|:-]*$")
"""Comments, targets, and the rules between paragraphs or under the head of a table."""
NOT_PROSE = re.compile(
    r"<!--.*?-->"  # comments
    r"|\{[\w:+-]+\}`[^`]*`"  # roles: glue, cite, doc, term
    r"|(?P<ticks>`+).+?(?P=ticks)"  # inline code
    r"|\$\$.+?\$\$|\$(?!\s)[^$\n]+?(?<!\s)\$"  # mathematics
    r"|(?<=\])\([^()\s]*\)"  # the target of a link
    r"|<https?://[^>]*>|https?://[^\s)]+"  # addresses
    r"|</?[a-zA-Z][^<>]*>",  # markup
    re.DOTALL,
)


def prose(text: str) -> str:
    """Blank out what is not prose, keeping every character and line in its place."""
    return NOT_PROSE.sub(lambda found: blank(found[0]), prose_lines(text))


def blank(text: str) -> str:
    """Replace everything but line ends."""
    return re.sub(r"[^\n]", BLANK, text)


def prose_lines(text: str) -> str:
    """Blank out the lines that are not prose: front matter, fences, code, options, rules."""
    front_matter, body = split_front_matter(text)
    kept: list[str] = []
    fences: list[str] = []
    in_code = options_may_come = False
    for line in body.split("\n"):
        fence = FENCE.match(line)
        if fence and closes(fence, fences):
            fences.pop()
            in_code = options_may_come = False
            kept.append(blank(line))
        elif in_code:
            kept.append(blank(line))
        elif fence:
            fences.append(fence["mark"])
            in_code = is_code(fence["directive"])
            options_may_come = not in_code
            kept.append(blank(line) if in_code else title_only(line, fence["rest"]))
        else:
            options_may_come = options_may_come and OPTION.match(line) is not None
            kept.append(blank(line) if options_may_come or RULE.match(line) else line)
    return front_matter + "\n".join(kept)


def split_front_matter(text: str) -> tuple[str, str]:
    """The front matter, of which only descriptions are prose, and the rest."""
    front_matter = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    if not front_matter:
        return "", text
    lines = front_matter[0].split("\n")
    shown = [title_only(line, line.partition("description:")[2]) for line in lines]
    return "\n".join(shown), text[front_matter.end() :]


def title_only(line: str, title: str) -> str:
    """Blank out a line up to the words that a reader sees at its end."""
    return blank(line[: len(line) - len(title)]) + title


def closes(fence: re.Match[str], fences: list[str]) -> bool:
    """Whether a line closes the innermost open fence."""
    return (
        bool(fences)
        and not fence["directive"]
        and not fence["rest"].strip()
        and fence["mark"].startswith(fences[-1])
    )


def is_code(directive: str | None) -> bool:
    """Whether a fence holds code, not prose; a fence without a directive always does."""
    return directive is None or directive.strip("{}") in CODE_DIRECTIVES


# --------------------------------------------------------------------------------------- detectors
def typed_numbers(text: str, values: list[str]) -> list[tuple[int, str]]:
    """Percentages, durations and values of claims that stand in prose, with their lines."""
    patterns = [
        rf"\d+(?:[.,]\d+)?[{SPACES}]*(?:%|pour[{SPACES}]cent\b)",
        rf"\b\d+[{SPACES}]*(?:h|heures?)\b(?:[{SPACES}]*\d+)?",
        rf"\b\d+[{SPACES}]*(?:min|minutes?)\b",
        *(rf"(?<![\w.,]){printed(value)}(?!\w|[.,]\d)" for value in values),
    ]
    visible = prose(text)
    for allowed in ALLOWED:
        visible = re.sub(rf"(?<![\d.,]){spaced(allowed.text)}", lambda m: blank(m[0]), visible)
    return found(patterns, visible)


def printed(value: str) -> str:
    """A pattern for a value however its thousands are spaced and its decimals marked."""
    whole, _, decimals = f"{Decimal(value):,f}".partition(".")
    return whole.replace(",", rf"[{SPACES}.,]?") + (rf"[.,]{decimals}" if decimals else "")


def spaced(text: str) -> str:
    """A pattern for a text with any kind of space in it."""
    return rf"[{SPACES}]".join(re.escape(word) for word in text.split(" "))


def breakable_spaces(text: str) -> list[tuple[int, str]]:
    """Ordinary spaces where French sets a non-breaking one, with their lines."""
    patterns = [
        r"\S*[ \t][:;!?%»](?!\[)",  # not the mark of an image
        r"^[ \t]*[;!?»](?=\s|$)",  # the line was broken just before
        r"«(?:[ \t]\S*|$)",
    ]
    return found(patterns, prose(text))


def straight_apostrophes(text: str) -> list[tuple[int, str]]:
    """Typewriter apostrophes outside « quotes », which keep the poster's own characters."""
    unquoted = re.sub(r"«[^«»]*»", lambda found: blank(found[0]), prose(text))
    return found([r"\w+'\w+"], unquoted)


def found(patterns: list[str], text: str) -> list[tuple[int, str]]:
    """Every match of any pattern: its line, counted from 1, and its words."""
    matches = (match for pattern in patterns for match in re.finditer(pattern, text, re.MULTILINE))
    return sorted({(text.count("\n", 0, m.start()) + 1, m[0].strip(BLANK)) for m in matches})


GLUE = re.compile(r"\{glue(?P<kind>:\w+)?\}`(?P<key>[^`]*)`")
RECORD = re.compile(r"(?P<folder>\.\./analysis/)?(?P<notebook>\d{2}_[a-z_]+\.ipynb)::\w+:s")


def unresolvable_glue(text: str, *, in_book: bool) -> list[tuple[int, str]]:
    """Quoted records that only resolve in one language, or not at all."""
    return [
        (text.count("\n", 0, role.start()) + 1, role[0])
        for role in GLUE.finditer(text)
        if not resolves(role, in_book=in_book)
    ]


def resolves(role: re.Match[str], *, in_book: bool) -> bool:
    """Whether a role names a chapter, from where it stands, a record and the format `s`."""
    record = RECORD.fullmatch(role["key"])
    if record is None or role["kind"] != ":text":
        return False
    return bool(record["folder"]) == in_book


def cited_keys(text: str) -> list[tuple[int, str]]:
    """Keys of the works cited, with their lines."""
    return [
        (text.count("\n", 0, role.start()) + 1, key.strip())
        for role in re.finditer(r"\{cite(?::\w+)?\}`([^`]*)`", text)
        for key in role[1].split(",")
    ]


def report(offenders: list[tuple[Passage, int, str]], advice: str) -> str:
    """What is wrong, where, and what to do."""
    lines = [f"  {passage.where}:{line}: {words}" for passage, line, words in offenders]
    return "\n".join([f"{len(offenders)} offender(s) in prose. {advice}", *lines])


# ---------------------------------------------------------------------------------- the book itself
def test_no_number_of_the_study_is_typed_in_prose() -> None:
    values = claim_values()
    offenders = [(p, *hit) for p in passages() for hit in typed_numbers(p.text, values)]
    assert not offenders, report(
        offenders, "Quote the recorded result instead: {glue:text}`NN_name.ipynb::key:s`."
    )


def test_french_punctuation_cannot_be_left_alone_on_a_line() -> None:
    offenders = [(p, *hit) for p in passages() for hit in breakable_spaces(p.text)]
    assert not offenders, report(
        offenders, "Set U+00A0 or U+202F before : ; ! ? % » and after «, not an ordinary space."
    )


def test_apostrophes_are_typographic() -> None:
    offenders = [(p, *hit) for p in passages() for hit in straight_apostrophes(p.text)]
    assert not offenders, report(offenders, "Write ’ (U+2019); only quotes of the poster keep '.")


def test_every_quoted_record_resolves_in_both_languages() -> None:
    offenders = [
        (p, *hit) for p in passages() for hit in unresolvable_glue(p.text, in_book=p.in_book)
    ]
    assert not offenders, report(
        offenders,
        "Write {glue:text}`NN_name.ipynb::key:s` in chapters, with ../analysis/ first in book/.",
    )


def test_every_cited_work_is_in_the_bibliography() -> None:
    known = {key.lower() for key in bibliography().entries}
    offenders = [
        (p, line, key) for p in passages() for line, key in cited_keys(p.text) if key not in known
    ]
    assert not offenders, report(offenders, "Add the work to book/references.bib, once verified.")


def test_identifiers_of_works_are_well_formed() -> None:
    wrong = [
        f"{key}: {field} = {value}"
        for key, entry in bibliography().entries.items()
        for field, value in entry.fields.items()
        if not well_formed(field, value)
    ]
    assert not wrong, f"A DOI is 10.NNNN/suffix, an address starts with https: {wrong}"


def well_formed(field: str, value: str) -> bool:
    """Whether a field that identifies a work has the form it should; other fields always do."""
    forms = {"doi": r"10\.\d{4,9}/[^\s{}]+", "url": r"https://[\w.-]+\.[a-z]{2,}(?:/\S*)?"}
    return re.fullmatch(forms.get(field.lower(), r".*"), value, re.DOTALL) is not None


def test_the_poster_is_cited_without_what_it_does_not_state() -> None:
    poster = bibliography().entries["delpech_poster"].fields
    assert not {"year", "month", "date", "booktitle", "address", "organization"} & {*poster}


def test_every_exception_is_still_needed() -> None:
    visible = "\n".join(prose(p.text) for p in passages())
    assert [a for a in ALLOWED if not re.search(spaced(a.text), visible)] == []


# ------------------------------------------------------------------------------ detectors that work
@pytest.mark.parametrize(
    "planted",
    [
        "Seuls 42 % vérifient.",
        "Seuls 42% vérifient.",
        "Seuls 42\u00a0% vérifient.",
        "Seuls 42\u202f% vérifient.",
        "Pour 15,5 % d’entre eux",
        "Only 15.5% of them",
        "Quarante ou 42 pour cent",
        "pendant 4 h 48 par jour",
        "pendant 4\u00a0h\u00a048",
        "pendant 288 minutes",
        "les 8 819 mentions",
        "les 8\u202f819 mentions",
        "les 600 000 rendez-vous",
        "les 600,000 appointments",
        "les 600000 rendez-vous",
        "le chiffre de 55,6 chez les médecins",
        "les 93 et les autres",
        "```{note}\nSeuls 42 % vérifient.\n```",
        "```{admonition} Seuls 42 %\nTexte.\n```",
        "```{glossary}\nterme\n  Part de 42 %.\n```",
        "| part | 42 % |",
        "---\nmyst:\n  html_meta:\n    description: 42 % vérifient\n---\n",
        "`code` puis 42 % et `code`",
        "Il coûte 5 $, soit 42 % du prix de 12 $.",
    ],
)
def test_a_typed_number_is_found(planted: str) -> None:
    assert typed_numbers(planted, ["42", "15.5", "8819", "600000", "55.6", "93"])


@pytest.mark.parametrize(
    "fine",
    [
        "{glue:text}`../analysis/04_results.ipynb::C11:s` vérifient.",
        "Le paramètre `share=42 %` vaut par défaut.",
        "```shell\nactient run -p share=42\n```",
        "```{code-block} python\nshare = 42  # 42 %\n```",
        "```{figure} image.svg\n:width: 42%\nUne légende.\n```",
        "au niveau de 95 %",
        "au niveau de 95\u00a0%",
        "en 2018 et en 2007",
        "les identifiants C01 à C16",
        "[lien](https://example.org/42%20a)",
        "la version 3.11 de Python",
        "le chiffre 142, ou 421, ou 4,2",
        "$42\\%$",
    ],
)
def test_what_is_not_a_typed_number_passes(fine: str) -> None:
    assert typed_numbers(fine, ["42", "15.5", "8819", "600000"]) == []


def test_an_exception_does_not_cover_another_number() -> None:
    assert typed_numbers("niveau de 195 % ou 0,95 %", []) == [(1, "0,95 %"), (1, "195 %")]


def test_an_offender_is_reported_at_its_line() -> None:
    text = "---\na: 1\n---\n\n```python\nx = '9 %'\n```\n\nun\ndeux 42 %\n"
    assert typed_numbers(text, []) == [(10, "42 %")]


@pytest.mark.parametrize(
    "planted",
    [
        "Pourquoi ?",
        "Enfin !",
        "Un ; deux",
        "Voici : un",
        "la part de 9 %.",
        "« mot\u00a0»",
        "«\u00a0mot »",
        "(pourquoi ?)",
        "**Pourquoi ?**",
        "Pourquoi\n? Parce que",
        "un mot «\nqui s’ouvre",
        "- liste : un",
        "```{note}\nPourquoi ?\n```",
        "| question ? | réponse |",
    ],
)
def test_a_breakable_space_is_found(planted: str) -> None:
    assert breakable_spaces(planted)


@pytest.mark.parametrize(
    "fine",
    [
        "Pourquoi\u202f? Voici\u00a0: un\u202f; deux\u202f! «\u00a0mot\u00a0»",
        "`a ? b : c`",
        "```text\na ? b : c\n```",
        "<https://example.org/?a=1 >",
        "[lien](page.md?x)",
        "```{figure} image.svg\n:name: figure\nUne légende.\n```",
        "| a | b |\n| :-- | --: |\n| 1 | 2 |",
        "% un commentaire ?",
        "texte ![image](image.svg)",
        "---\ntitle : x\n---\n",
        "(cible)=\n# Titre",
    ],
)
def test_what_is_not_a_breakable_space_passes(fine: str) -> None:
    assert breakable_spaces(fine) == []


def test_the_plain_page_says_in_words_what_the_chapters_count() -> None:
    """« En clair » shows one number only: its “almost all” and “more than half” must stay true."""
    stated = json.loads(ROOT.reference_results.read_text(encoding="utf-8"))
    of = stated["10_combined"]["statement_count"]["value"]
    fallen = of - stated["10_combined"]["surviving_count"]["value"]
    fallen_at_worst = of - stated["13_sensitivity"]["lowest_count"]["value"]
    uncovered = stated["10_combined"]["uncovered_count"]["value"]
    page = (ROOT.book / "summary.md").read_text(encoding="utf-8")
    assert "pour plus de la moitié, nous n’avons pas pu tenir compte" in page
    assert of / 2 < uncovered < of
    assert "presque toutes ces phrases tiennent" in page
    assert 0 < fallen <= of / 5
    assert "plus de la moitié ne tiennent plus" in page
    assert of / 2 < fallen_at_worst < of


def test_coverage_tips_sources_with_the_wider_difference_alone_as_pages_say_in_words() -> None:
    stated = json.loads(ROOT.reference_results.read_text(encoding="utf-8"))
    home = (ROOT.book / "index.md").read_text(encoding="utf-8")
    assert "l’écart supposé y est plus petit que dans l’image précédente" in home
    assert "un écart plus large y suffirait" in ROOT.notebook("10_combined").read_text("utf-8")
    near, far = CombinedParameters().difference[-1], CoverageParameters().max_difference
    assert near < far
    assert stated["10_combined"]["T11_coverage_fails"]["value"] == 0
    assert stated["06_coverage"]["T11_rung_1_high"]["value"] > 0.5


def test_a_straight_apostrophe_is_found_outside_quotes() -> None:
    assert straight_apostrophes("l'affiche") == [(1, "l'affiche")]
    assert straight_apostrophes("l’affiche dit «\u00a0homme de l'art\u00a0» et `l'un`") == []


@pytest.mark.parametrize(
    ("role", "in_book"),
    [
        ("{glue:text}`C11`", True),
        ("{glue:text}`../analysis/04_results.ipynb::C11`", True),
        ("{glue:text}`../analysis/04_results.ipynb::C11:.2f`", True),
        ("{glue:text}`04_results.ipynb::C11:s`", True),
        ("{glue:text}`../analysis/04_results.ipynb::C11:s`", False),
        ("{glue}`04_results.ipynb::C11:s`", False),
        ("{glue:text}`04_results::C11:s`", False),
    ],
)
def test_a_record_that_would_not_resolve_is_found(role: str, *, in_book: bool) -> None:
    assert unresolvable_glue(f"un\n{role}", in_book=in_book) == [(2, role)]


def test_a_record_that_resolves_passes() -> None:
    assert not unresolvable_glue("{glue:text}`../analysis/04_results.ipynb::C11:s`", in_book=True)
    assert not unresolvable_glue("{glue:text}`04_results.ipynb::T11_minimum_n:s`", in_book=False)


def test_cited_keys_are_found_one_by_one() -> None:
    assert cited_keys("a {cite}`x2000, y2001`\n{cite:t}`z2002`") == [
        (1, "x2000"),
        (1, "y2001"),
        (2, "z2002"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doi", "https://doi.org/10.1000/x"),
        ("doi", "10.1000"),
        ("url", "http://example.org"),
        ("url", "www.example.org"),
    ],
)
def test_a_malformed_identifier_is_found(field: str, value: str) -> None:
    assert not well_formed(field, value)
