"""Every tool's export, in at least five honest variations, gives the same answers."""

import codecs
import random
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from exports import EVERYONE, google, kobo, limesurvey, redcap, template
from reading import ADULTS, QUESTIONNAIRE, Table, assert_answers, edited, read_bytes

from actient.survey.questionnaire import Choice, Item
from actient.survey.responses import Responses, ResponsesError, Tool
from actient.tables import Worded

Q, E = QUESTIONNAIRE, EVERYONE

AS_EXPORTED: dict[str, tuple[Tool, bytes]] = {
    "kobo, both layouts": ("kobo", kobo.kobo(Q, E)),
    "kobo, one column per question": ("kobo", kobo.kobo(Q, E, multiple="one")),
    "kobo, one column per answer": ("kobo", kobo.kobo(Q, E, multiple="split")),
    "kobo, without groups": ("kobo", kobo.kobo(Q, E, groups=False)),
    "kobo, commas and a byte-order mark": ("kobo", kobo.kobo(Q, E, separator=",", bom=True)),
    "odk": ("odk", kobo.central(Q, E)),
    "odk, answers apart": ("odk", kobo.central(Q, E, split=True)),
    "redcap, raw": ("redcap", redcap.raw(Q, E)),
    "redcap, French labels": ("redcap", redcap.labels(Q, E, "fr")),
    "redcap, English labels": ("redcap", redcap.labels(Q, E, "en")),
    "google, download in French": ("google", google.download(Q, E, "fr")),
    "google, download in English": ("google", google.download(Q, E, "en")),
    "google, sheet in French": ("google", google.sheet(Q, E, "fr")),
    "google, sheet in English": ("google", google.sheet(Q, E, "en")),
    "template": ("template", template.fill(Q, E)),
    "template, semicolons": ("template", template.fill(Q, E, separator=";")),
    **{
        f"limesurvey, {headings} headings, {answers} answers, {lang}": (
            "limesurvey",
            limesurvey.export(Q, E, headings=headings, answers=answers, lang=lang),
        )
        for headings in ("code", "full")
        for answers in ("code", "full")
        for lang in ("fr", "en")
    },
}

# One export per tool, and its separator: the variations below are made from these.
PLAIN: dict[str, tuple[bytes, str]] = {
    "kobo": (kobo.kobo(Q, E), ";"),
    "odk": (kobo.central(Q, E), ","),
    "redcap": (redcap.raw(Q, E), ","),
    "redcap, labels": (redcap.labels(Q, E, "fr"), ","),
    "limesurvey": (limesurvey.export(Q, E), ","),
    "limesurvey, full": (limesurvey.export(Q, E, headings="full", answers="full"), ","),
    "google": (google.download(Q, E), ","),
    "google, sheet": (google.sheet(Q, E), ","),
    "template": (template.fill(Q, E), ","),
}
every_tool = pytest.mark.parametrize(("data", "separator"), PLAIN.values(), ids=PLAIN)


def assert_everyone(found: Responses) -> None:
    assert_answers(found.frame, ADULTS)
    assert (found.counts.rows, found.counts.kept) == (4, 2)
    assert (found.counts.without_consent, found.counts.under_age) == (1, 1)
    assert found.source.missing == ()
    assert found.problem_total == 0


@pytest.mark.parametrize(("tool", "data"), AS_EXPORTED.values(), ids=AS_EXPORTED)
def test_an_export_is_read_and_its_tool_stated(tool: Tool, data: bytes, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, data)
    assert found.source.tool == tool
    assert_everyone(found)


def worded(french: str, english: str) -> Worded:
    return Worded((("fr", french), ("en", english)))


# A question of earlier forms, withdrawn on 2026-11-30: exports of these forms still hold it.
WITHDRAWN = Item(
    item_id="links_seen",
    section_id="diffusion",
    branch="all",
    type="select_multiple",
    choices=(
        Choice(
            "link_a",
            1,
            worded("Le lien A (publication du profil)", "Link A (the profile’s post)"),
            False,
            True,
        ),
        Choice(
            "link_b",
            2,
            worded(
                "Le lien B (partage d’un contact ou d’un groupe)",
                "Link B (shared by a contact or a group)",
            ),
            False,
            True,
        ),
        Choice("none", 3, worded("Aucun des deux", "Neither"), True, True),
    ),
    required=False,
    shown_if=None,
    minimum=None,
    maximum=None,
    question=worded(
        "Par lequel de ces liens avez-vous vu passer ce questionnaire, même sans l’ouvrir ?",
        "Through which of these links have you seen this questionnaire, even without opening it?",
    ),
    hint=worded(
        "Les deux liens permettent d’estimer combien de personnes l’ont vu.",
        "The two links make it possible to estimate how many people saw it.",
    ),
    claim_ids=(),
    stage_ids=(),
)
EARLIER = replace(Q, items=(*Q.items[:-3], WITHDRAWN, *Q.items[-3:]))
ANSWERED = (
    replace(E[0], answers={**E[0].answers, "links_seen": ["link_a", "link_b"]}),
    replace(E[1], answers={**E[1].answers, "links_seen": ["none"]}),
    *E[2:],
)
OF_EARLIER_FORMS: dict[str, bytes] = {
    "kobo, both layouts": kobo.kobo(EARLIER, ANSWERED),
    "kobo, one column per question": kobo.kobo(EARLIER, ANSWERED, multiple="one"),
    "kobo, one column per answer": kobo.kobo(EARLIER, ANSWERED, multiple="split"),
    "kobo, without groups": kobo.kobo(EARLIER, ANSWERED, groups=False),
    "odk": kobo.central(EARLIER, ANSWERED),
    "odk, answers apart": kobo.central(EARLIER, ANSWERED, split=True),
    "redcap, raw": redcap.raw(EARLIER, ANSWERED),
    "redcap, French labels": redcap.labels(EARLIER, ANSWERED, "fr"),
    "redcap, English labels": redcap.labels(EARLIER, ANSWERED, "en"),
    "google, download in French": google.download(EARLIER, ANSWERED, "fr"),
    "google, sheet in English": google.sheet(EARLIER, ANSWERED, "en"),
    "template": template.fill(EARLIER, ANSWERED),
    **{
        f"limesurvey, {headings} headings, {answers} answers": limesurvey.export(
            EARLIER, ANSWERED, headings=headings, answers=answers
        )
        for headings in ("code", "full")
        for answers in ("code", "full")
    },
}


@pytest.mark.parametrize("data", OF_EARLIER_FORMS.values(), ids=OF_EARLIER_FORMS)
def test_a_question_that_was_withdrawn_is_left_aside(data: bytes, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, data)
    assert_everyone(found)
    told = " ".join(found.source.dropped).casefold()
    assert "linksseen" in told.replace("_", "") or "ces liens" in told or "these links" in told
    assert not [name for name in found.frame if str(name).startswith(WITHDRAWN.item_id)]


@every_tool
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_another_encoding(data: bytes, separator: str, encoding: str, tmp_path: Path) -> None:
    # Windows-1252 has no narrow no-break space: programs that write it put the wide one.
    text = data.decode("utf-8-sig").replace("\u202f", "\u00a0")
    marked = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    found = read_bytes(tmp_path, marked + text.encode(encoding))
    assert_everyone(found)
    assert found.source.separator == separator


@every_tool
@pytest.mark.parametrize("other", [",", ";", "\t", "|"])
def test_another_separator(data: bytes, separator: str, other: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, edited(data, lambda table: table, separator, to=other))
    assert_everyone(found)
    assert found.source.separator == other


@every_tool
def test_columns_in_another_order(data: bytes, separator: str, tmp_path: Path) -> None:
    def shuffled(table: Table) -> Table:
        order = list(range(len(table[0])))
        random.Random(3).shuffle(order)  # noqa: S311 — any order will do
        return [[row[index] for index in order] for row in table]

    assert_everyone(read_bytes(tmp_path, edited(data, shuffled, separator)))


@every_tool
def test_columns_of_other_questions_are_dropped_unread(
    data: bytes, separator: str, tmp_path: Path
) -> None:
    private = ("E-mail", "ipaddr", "Votre nom", "uses[other]", "profession_other", "commentaire")

    def with_more(table: Table) -> Table:
        cells = [f"SECRET{number}" for number in range(len(private))]
        return [[*private, *table[0]], *([*cells, *row] for row in table[1:])]

    found = read_bytes(tmp_path, edited(data, with_more, separator))
    assert_everyone(found)
    assert set(private) <= set(found.source.dropped)
    assert "SECRET" not in repr(found) + found.frame.to_csv()


@every_tool
def test_missing_columns_are_named_and_all_missing(
    data: bytes, separator: str, tmp_path: Path
) -> None:
    whole = read_bytes(tmp_path, data)
    lost = {
        header
        for header, name in whole.source.columns.items()
        if name.partition("/")[0] in {"region", "uses", "contacts"}
    }

    def without(table: Table) -> Table:
        keep = [index for index, name in enumerate(table[0]) if name.strip() not in lost]
        return [[row[index] for index in keep] for row in table]

    found = read_bytes(tmp_path, edited(data, without, separator))
    assert found.source.missing == ("region", "uses", "contacts")
    assert_answers(found.frame, ADULTS, without=("region", "uses", "contacts"))
    assert list(found.frame.columns) == list(whole.frame.columns)
    assert list(found.frame.dtypes) == list(whole.frame.dtypes)


@every_tool
def test_a_partial_export(data: bytes, separator: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, edited(data, lambda table: table[:2], separator))
    assert_answers(found.frame, ADULTS[:1])
    assert found.counts.rows == 1


@every_tool
def test_a_download_cut_short_is_refused_with_its_line(
    data: bytes, separator: str, tmp_path: Path
) -> None:
    whole = edited(data, lambda table: table, separator, to="|").decode()
    lines = whole.splitlines(keepends=True)
    cut = "".join(lines[:-1]) + lines[-1][: lines[-1].index("|") + 1]
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, cut.encode())
    (problem,) = caught.value.problems
    assert (problem.line, problem.rule) == (5, "length")
    assert problem.expected.text("en").startswith(f"{lines[0].count('|') + 1} cells")


@pytest.mark.parametrize(
    ("name", "group", "joint"),
    [("kobo", "étude 2031/vague_1", "/"), ("odk", "study-wave_1", "-"), ("template", "data", ".")],
)
def test_extra_groups_before_the_names(name: str, group: str, joint: str, tmp_path: Path) -> None:
    data, separator = PLAIN[name]
    plain = group.replace(" ", "_").replace("é", "e")

    def grouped(table: Table) -> Table:
        return [[f"{plain}{joint}{header}" for header in table[0]], *table[1:]]

    assert_everyone(read_bytes(tmp_path, edited(data, grouped, separator)))


@every_tool
def test_headers_as_people_retype_them(data: bytes, separator: str, tmp_path: Path) -> None:
    def retyped(table: Table) -> Table:
        header = [f" {name.upper()} ".replace("’", "'").replace("\u202f", " ") for name in table[0]]
        return [header, *table[1:]]

    assert_everyone(read_bytes(tmp_path, edited(data, retyped, separator)))


@every_tool
def test_a_zip_archive_of_the_export(data: bytes, separator: str, tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("réponses/Questionnaire.csv", data)
        archive.writestr("__MACOSX/._Questionnaire.csv", b"\0\1")
    found = read_bytes(tmp_path, stream.getvalue())
    assert_everyone(found)
    assert found.source.separator == separator


def test_code_and_text_headings(tmp_path: Path) -> None:
    codes = limesurvey.export(Q, E)
    texts = limesurvey.export(Q, E, headings="full").decode("utf-8-sig").splitlines()[0]
    full = texts[1:-1].split('","')

    def both(table: Table) -> Table:
        return [
            [
                code if code == text else f"{code}. {text}"
                for code, text in zip(table[0], full, strict=True)
            ],
            *table[1:],
        ]

    assert_everyone(read_bytes(tmp_path, edited(codes, both)))


def test_groups_in_words_before_the_questions(tmp_path: Path) -> None:
    """KoboToolbox's export with labels writes the titles of groups before the questions."""
    titles = {section.section_id: section.title("fr") for section in Q.sections}

    def labelled(table: Table) -> Table:
        items = {item.question("fr"): titles[item.section_id] for item in Q.items}
        header = [f"{items[name]}/{name}" if name in items else name for name in table[0]]
        return [header, *table[1:]]

    assert_everyone(read_bytes(tmp_path, edited(google.download(Q, E), labelled)))
