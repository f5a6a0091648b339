"""Each edition speaks its own language: text, attributes, interface, pictures and numbers.

Words of the other language may stand only where the page says so (`lang`), or in code. What tells
a language is its small words: no sentence goes far without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from playwright.sync_api import Browser

from actient import tables
from actient.locale import Lang

LANGS: Final[tuple[Lang, ...]] = ("fr", "en")

# Frequent words of one language that the other does not have.
_SMALL_WORDS: Final[dict[Lang, str]] = {
    "fr": "les des une est dans avec sur par qui que ne pas du aux au ces cette leur leurs nous "
    "vous sont sans sous entre comme où dont selon chaque cet ses même aussi très ils elles il "
    "elle le la un de et à été mais être afin notre votre",
    "en": "the of and to is with this that these those was were be been from it its they their not "
    "search show hide next previous skip toggle click copy close open download sidebar back theme "
    "light dark for your you what how when where",
}
TELLTALES: Final = {lang: frozenset(words.split()) for lang, words in _SMALL_WORDS.items()}
# One-letter words, told by their apostrophe.
ELIDED: Final = re.compile(r"\b(?:d|l|qu|n|s|j|c)'(?=\w)")

# What is in no language, or in both: identifiers, addresses, names of newspapers and bodies.
CHOICES = tables.read("questionnaire_choices").set_index("label_fr")["label_en"]
PROPER_NAMES = CHOICES.index[CHOICES.index == CHOICES]  # regions, brands: the same in both
NEUTRAL: Final = re.compile(
    "|".join(re.escape(name) for name in PROPER_NAMES if " " in name) + "|"
    r"https?://\S+|\bIT\.NET\S*|\bet\s+al\b|\b\w+(?:[-_]\w+){2,}"
    r"|(?<=Read in a relay: )[^.]+\.|(?<=Lu dans un relais : )[^.]+\."
    r"|We Are Social|Health On the Net|Journal of Medical Internet Research"
    # a revision, whose letters could spell "be"
    r"|\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b"
    # the value of a cell, in the description of its column
    r"|« not stated »"
)
ATTRIBUTES: Final = (
    *("alt", "title", "aria-label", "aria-description", "placeholder", "content", "label"),
    *("data-bs-title", "data-bs-original-title", "summary"),
)
SILENT: Final = ("script", "style", "code", "pre", "math", "template")


class Said(NamedTuple):
    """A text that a page says, and the language it says it in."""

    text: str
    lang: str
    where: str


# --------------------------------------------------------------------------------------- detectors
def sayings(html: str) -> Iterator[Said]:
    """Everything a page says, to the eye or to a screen reader."""
    page = BeautifulSoup(html, "html.parser")
    for string in page.find_all(string=True):
        around = [element.name for element in string.parents]
        if type(string) is NavigableString and string.strip() and not set(around) & set(SILENT):
            yield Said(str(string), language(string), string.parent.name)
    for element in page.find_all(True):
        for name in ATTRIBUTES:
            value = element.get(name)
            if isinstance(value, str) and element.get("name") not in ("viewport", "color-scheme"):
                yield Said(value, language(element), f"{element.name}[{name}]")
    for hint in re.findall(r"toggleHint(?:Show|Hide) = '([^']*)'", html):
        yield Said(hint, page.html["lang"], "script")


def language(node: Tag | NavigableString) -> str:
    """The language in force where a node stands; none in a page that only sends elsewhere."""
    own = node.get("lang") if isinstance(node, Tag) else None
    return own or next((one["lang"] for one in node.parents if one.get("lang")), "")


def foreign_words(text: str, lang: Lang) -> list[str]:
    """Small words of the other language in a text that should be in `lang`."""
    other: Lang = "en" if lang == "fr" else "fr"
    plain = NEUTRAL.sub(" ", " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " "))
    plain = plain.replace("’", "'").casefold()
    found = [word for word in re.findall(r"[^\W\d_]+", plain) if word in TELLTALES[other]]
    return found + (ELIDED.findall(plain) if other == "fr" else [])


def strangers(html: str, lang: Lang) -> list[str]:
    """Texts of a page of `lang` that are in the other language and do not say so."""
    return [
        f"{said.where}: “{' '.join(said.text.split())[:90]}” ({', '.join(words[:4])})"
        for said in sayings(html)
        if said.lang == lang and (words := foreign_words(said.text, lang))
    ]


def foreign_numbers(html: str, lang: Lang) -> list[str]:
    """Percentages written as the other language writes them."""
    pattern = {"fr": r"\d\.\d+\s?%|\d%", "en": r"\d,\d{1,2}\s?%|\d\s%"}[lang]
    return [
        said.text
        for said in sayings(html)
        # The poster's own words keep its own spaces.
        if said.lang == lang and said.where != "q" and re.search(pattern, unquoted(said.text))
    ]


def unquoted(text: str) -> str:
    return re.sub(r"«[^»]*»", "", text)


# ------------------------------------------------------------------------------- the built editions
def pages(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.html"))
    assert len(found) >= 20
    return found


def offenders(folder: Path, detector, lang: Lang) -> list[str]:
    return [
        f"{path.relative_to(folder)}: {offender}"
        for path in pages(folder)
        for offender in detector(path.read_text("utf-8"), lang)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_no_page_speaks_the_other_language_without_saying_so(built, lang) -> None:
    found = offenders(built.site / lang, strangers, lang)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_numbers_are_written_as_the_language_writes_them(built, lang) -> None:
    found = offenders(built.site / lang, foreign_numbers, lang)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "written"), [("fr", "55,6 %"), ("en", "55.6%")])
def test_a_known_figure_is_localised(built, lang, written) -> None:
    page = (built.site / lang / "book" / "provenance.html").read_text("utf-8")
    told = {" ".join(said.text.split()) for said in sayings(page) if said.lang == lang}
    assert written in told


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_pictures_speak_the_language_of_their_page(built, lang) -> None:
    pictures = sorted((built.site / lang).rglob("_images/*.svg"))
    assert len(pictures) >= 20
    found = []
    for path in pictures:
        drawing = BeautifulSoup(path.read_bytes(), "html.parser")
        said = [text.get_text() for text in drawing.find_all("text")]
        found += [f"{path.name}: {text}" for text in said if foreign_words(text, lang)]
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_both_editions_have_the_same_pages_and_anchors(built) -> None:
    french, english = (
        {anchored(path, built.site / lang) for path in pages(built.site / lang)} for lang in LANGS
    )
    assert {page for page, _ in french} == {page for page, _ in english}
    assert sorted(french ^ english) == []


def anchored(path: Path, folder: Path) -> tuple[str, tuple[str, ...]]:
    """A page and the anchors that addresses may end with."""
    page = BeautifulSoup(path.read_bytes(), "html.parser")
    kept = page.select("[id^=term-], section.actient-claim, tr[id], figure[id], details[id]")
    return str(path.relative_to(folder)), tuple(sorted(one["id"] for one in kept))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "fr",
            [
                "Passer au contenu principal",
                "Afficher le code",
                "précédent",
                "suivant",
                "Recherche",
            ],
        ),
        ("en", ["Skip to main content", "Show the code", "previous", "next", "Search"]),
    ],
)
def test_the_interface_speaks_the_language_of_the_page(built, lang, expected) -> None:
    path = built.site / lang / "analysis" / "06_coverage.html"
    told = " | ".join(" ".join(said.text.split()) for said in sayings(path.read_text("utf-8")))
    assert [words for words in expected if words.casefold() not in told.casefold()] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_glossary_terms_are_in_alphabetical_order(built, lang) -> None:
    page = BeautifulSoup((built.site / lang / "book" / "glossary.html").read_bytes(), "html.parser")
    terms = [term.contents[0].get_text().casefold() for term in page.select("dl.glossary dt")]
    plain = [term.translate(str.maketrans("éèêàç", "eeeac")) for term in terms]
    assert len(terms) >= 30
    assert plain == sorted(plain)


@pytest.mark.slow
def test_works_keep_their_own_language_and_say_which(built) -> None:
    works = {
        "fr": ("Statistical paradises and paradoxes", "en"),
        "en": ("Sécuriser les interfaces", "fr"),
    }
    for lang, (title, own) in works.items():
        page = (built.site / lang / "book" / "references.html").read_text("utf-8")
        assert [said.lang for said in sayings(page) if said.text.find(title) >= 0] == [own]
    english = (built.site / "en" / "book" / "references.html").read_text("utf-8")
    assert "Undated. Read in a transcription." in english


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "scripts", "opened"),
    [
        ("fr-FR", True, "fr/book/index.html"),
        ("en-GB", True, "en/book/index.html"),
        ("de-DE", True, "index.html"),
        ("fr-FR", False, "index.html"),
    ],
)
def test_the_front_door_follows_the_reader(built, browser: Browser, locale, scripts, opened):
    context = browser.new_context(locale=locale, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((built.site / "index.html").as_uri())
    page.wait_for_url((built.site / opened).as_uri())
    if opened == "index.html":
        for lang, name in (("fr", "Français"), ("en", "English")):
            page.goto((built.site / "index.html").as_uri())
            page.get_by_role("link", name=name).click()
            page.wait_for_url(f"{(built.site / lang).as_uri()}/**")
            assert page.locator("html").get_attribute("lang") == lang
    context.close()


# ------------------------------------------------------------------------------ detectors that work
PAGE = '<html lang="{lang}"><head><title>Actient</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "<p>Les mots de l’affiche</p>"),
        ("en", "<p>Nombre d’internautes</p>"),
        ("en", '<img alt="Une courbe qui descend">'),
        ("en", '<button aria-label="Afficher dans la page">+</button>'),
        ("en", '<input placeholder="Rechercher dans ce livre">'),
        ("en", '<a title="Lien vers cette rubrique">#</a>'),
        ("en", '<p lang="fr"><span lang="en">Les mots</span></p>'),
        ("en", "<script>let toggleHintShow = 'Cliquez pour afficher la suite';</script>"),
        ("en", '<meta name="description" content="Ce que l’on peut changer">'),
        ("fr", "<p>Volz and Heckathorn</p>"),
        ("fr", '<button title="Toggle primary sidebar"></button>'),
        ("fr", "<summary>Show code cell</summary>"),
        ("fr", '<div data-bs-title="Search the docs"></div>'),
    ],
)
def test_a_stranger_is_found(lang, body) -> None:
    assert strangers(PAGE.format(lang=lang, body=body), lang)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", '<p>The words <q lang="fr">les mots de l’affiche</q>, and the doctor’s.</p>'),
        ("en", "<p>Run <code>les mots</code></p><pre>les mots</pre><script>'les mots'</script>"),
        ("en", "<p>Ducrot et al., 2021. Read in a relay: La Tribune. Original not read.</p>"),
        ("fr", '<p>Le titre <span lang="en">The anatomy of the graph</span>, mais ou et donc.</p>'),
        ("fr", "<p>Notre but : une part, les gens, on a main forte.</p>"),
    ],
)
def test_what_is_marked_or_common_passes(lang, body) -> None:
    assert strangers(PAGE.format(lang=lang, body=body), lang) == []


@pytest.mark.parametrize(
    ("lang", "wrong", "right"),
    [
        ("fr", "<p>55.6 %</p>", "<p>55,6\u00a0%, 8\u202f819</p>"),
        ("fr", "<p>55%</p>", "<p>« 42% vérifications »</p>"),
        ("en", "<p>55,6%</p>", "<p>55.6%, 8,819</p>"),
        ("en", "<p>55 %</p>", "<p>55%</p>"),
    ],
)
def test_a_number_of_the_other_language_is_found(lang, wrong, right) -> None:
    assert foreign_numbers(PAGE.format(lang=lang, body=wrong), lang)
    assert foreign_numbers(PAGE.format(lang=lang, body=right), lang) == []
