"""Stylesheets keep what pages can use, and lose the rest."""

import pytest

from actient.book.light.stylesheet import Names, StylesheetError, purge, without_scripts

PAGE = (
    '<html data-theme="auto"><body><p class="used both" id="here">x</p>'
    '<a href="#">y</a></body></html>'
)


def purged(sheet: str, *scripts: str) -> str:
    return purge(sheet, Names.from_texts([PAGE], scripts))


@pytest.mark.parametrize(
    "kept",
    [
        ".used{color:red}",
        "p.used.both>a:hover{color:red}",
        "#here::after{content:'}{;'}",
        "html[data-theme=dark] .used{color:red}",
        "a[href='#']{color:red}",
        "*{margin:0}",
        ":root{color:red}",
        "p:not(.absent){color:red}",
        "p:is(.absent,.used){color:red}",
        ".used{background:url(data:image/svg+xml;base64,AA==)}",
        ".used{content:'\\f054' \"\\201c\"}",  # quotes and escapes as they are written
        "@media print{.used{color:red}}",
        "@supports (display:grid){.used{color:red}}",
    ],
)
def test_what_a_page_can_use_is_kept(kept):
    assert purged(kept) == kept


@pytest.mark.parametrize(
    "lost",
    [
        ".absent{color:red}",
        ".used .absent{color:red}",
        "#absent{color:red}",
        "table{color:red}",
        "p[data-absent]{color:red}",
        "@media print{.absent{color:red}}",
        "@font-face{font-family:X;src:url(x.woff2)}",
        "/* a comment about .used {} */",
    ],
)
def test_what_no_page_can_use_is_lost(lost):
    assert purged(lost) == ""


def test_a_list_of_selectors_keeps_those_in_use():
    assert purged(".absent,.used,a:is(.absent,.other)>p{color:red}") == (
        ".used,a:is(.absent,.other)>p{color:red}"
    )


def test_a_class_that_a_script_may_add_is_kept():
    assert purged(".scrolled{color:red}") == ""
    kept = ".scrolled{color:red}"
    assert purged(kept, "document.body.classList.add('scrolled')") == kept


def test_an_escaped_name_is_understood():
    page = '<p class="sm:wide">x</p>'
    sheet = r".sm\:wide{width:100%}"
    assert purge(sheet, Names.from_texts([page])) == sheet


def test_variables_and_animations_that_nothing_mentions_go_and_take_others_with_them():
    sheet = (
        ":root{--a:var(--b);--b:1px;--c:var(--d);--d:2px}.used{margin:var(--c);animation:turn 1s}"
        "@keyframes turn{from{top:0}to{top:1px}}@keyframes never{from{top:0}}"
    )
    assert purged(sheet) == (
        ":root{--c:var(--d);--d:2px}.used{margin:var(--c);animation:turn 1s}"
        "@keyframes turn{from{top:0}to{top:1px}}"
    )


def test_a_variable_that_a_script_reads_is_kept():
    sheet = ":root{--width:1px}"
    assert purged(sheet) == ""
    assert purged(sheet, 'style.getPropertyValue("--width")') == sheet


def test_purging_twice_changes_nothing():
    sheet = ".used , .absent { color : red ; } @media  print { p { margin : 0 } }"
    once = purged(sheet)
    assert once == ".used{color:red}@media print{p{margin:0}}"
    assert purged(once) == once


@pytest.mark.parametrize("sheet", [".a{color:red", ".a{color:red}}", ".a{.b{color:red}}", ".a"])
def test_a_broken_stylesheet_is_told(sheet):
    with pytest.raises(StylesheetError, match="braces that do not match"):
        purged(sheet)


def test_dark_rules_also_hold_where_scripts_are_off_and_the_reader_prefers_dark():
    sheet = 'html[data-theme=light]{color:#000}html[data-theme="dark"]{color:#fff}p{margin:0}'
    assert without_scripts(sheet) == (
        "html:is([data-theme=light],[data-theme=auto]){color:#000}"
        'html[data-theme="dark"]{color:#fff}'
        "@media (prefers-color-scheme:dark){html[data-theme=auto]{color:#fff}}p{margin:0}"
    )


def test_dark_rules_inside_a_group_stay_in_it():
    sheet = "@media screen{[data-theme=dark] p,p{color:#fff}}"
    assert without_scripts(sheet) == (
        f"{sheet}@media (prefers-color-scheme:dark)"
        "{@media screen{[data-theme=auto] p{color:#fff}}}"
    )
