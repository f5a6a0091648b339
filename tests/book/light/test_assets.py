"""A built folder is made light: one stylesheet, scripts in use, nothing unmentioned."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from actient.book.light.assets import AssetError, lighten

ICONS = 'x={"bars":[448,512,[],"f0c9","M3 3"]};'
HEAD = """<html><head>
<meta name="viewport" content="width=device-width" />
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="docsearch:language" content="fr"/>
<link href="{up}_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="preload" as="script" href="{up}_static/scripts/bootstrap.js" />
<link rel="stylesheet" type="text/css" href="{up}_static/own.css?v=1" />
<script defer src="{up}_static/scripts/fontawesome.js?digest=1"></script>
<script src="{up}_static/documentation_options.js"></script>
<script src="{up}_static/copybutton.js"></script>
<script>let toggleHintShow = 'x';</script>
<script>
  document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
</script>
<script>DOCUMENTATION_OPTIONS.pagename = 'x';</script>
<script>window.ours = 1;</script>
<script type="application/json">{{"a": 1}}</script>
<script src="{up}_static/searchtools.js"></script>
</head><body>{body}<script defer src="{up}_static/scripts/bootstrap.js"></script></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "index.html": HEAD.format(up="", body='<i class="fas fa-bars"></i><p class="own">x</p>'),
        "deep/code.html": HEAD.format(up="../", body='<div class="highlight">x</div>'),
        "search.html": HEAD.format(up="", body='<div id="search-results"></div>'),
        "_static/styles/theme.css": '/*! A notice */@import "../basic.css";.gone{color:red}',
        "_static/basic.css": "p{background:url(images/p.png)}",
        "_static/own.css": ".own{color:red}.added{color:blue}.gone{color:red}",
        "_static/scripts/fontawesome.js": ICONS,
        "_static/scripts/bootstrap.js": "'gone'",
        "_static/documentation_options.js": (
            "'added'; load('vega.js')\n//# sourceMappingURL=m.map\n"
        ),
        "_static/copybutton.js": "1",
        "_static/searchtools.js": "1",
        "_static/vega.js": "'gone'",
        "_static/unmentioned.js": "1",
        "_static/m.map": "1",
        "_static/images/p.png": "1",
        "_static/images/q.png": "1",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def scripts(folder: Path, page: str) -> list[str]:
    soup = BeautifulSoup((folder / page).read_bytes(), "html.parser")
    found = soup.select("script[src]")
    assert all(script.has_attr("defer") for script in found)
    return [script["src"].rsplit("/", 1)[-1] for script in found]


def test_one_stylesheet_holds_the_rules_in_use_in_their_order(folder):
    lighten(folder)
    [name] = [name for name in files(folder) if name.endswith(".css")]
    assert files(folder)[name] == (
        "/*! A notice */\np{background:url(images/p.png)}.own{color:red}.added{color:blue}\n"
    )
    for page, up in (("index.html", ""), ("deep/code.html", "../")):
        soup = BeautifulSoup((folder / page).read_bytes(), "html.parser")
        assert [link["href"] for link in soup.select("link")] == [f"{up}{name}"]


def test_scripts_are_loaded_where_something_needs_them(folder):
    lighten(folder)
    assert scripts(folder, "index.html") == ["documentation_options.js"]
    assert scripts(folder, "deep/code.html") == ["documentation_options.js", "copybutton.js"]
    assert scripts(folder, "search.html") == ["documentation_options.js", "searchtools.js"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "window.ours = 1;" in page
    assert '{"a": 1}' in page
    assert "toggleHintShow" not in page
    assert "DOCUMENTATION_OPTIONS" not in page


def test_icons_are_drawn_in_the_page(folder):
    lighten(folder)
    assert 'd="M3 3"' in (folder / "index.html").read_text(encoding="utf-8")


def test_what_nothing_mentions_is_gone(folder):
    lighten(folder)
    left = {name.removeprefix("_static/") for name in files(folder) if name.startswith("_static")}
    assert {name for name in left if not name.endswith(".css")} == {
        "documentation_options.js",
        "copybutton.js",
        "searchtools.js",
        "vega.js",  # a script mentions it
        "images/p.png",  # the stylesheet does
    }
    assert "sourceMappingURL" not in files(folder)["_static/documentation_options.js"]


def test_a_light_folder_stays_as_it_is(folder):
    lighten(folder)
    once = files(folder)
    lighten(folder)
    assert files(folder) == once


def test_a_page_written_again_joins_the_others(folder):
    before = files(folder)
    lighten(folder)
    once = files(folder)
    for name, text in before.items():  # what Sphinx does for one changed page
        if name.startswith("_static") or name == "index.html":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    lighten(folder)
    assert files(folder) == once


def test_a_missing_stylesheet_is_told(folder):
    (folder / "_static" / "own.css").unlink()
    with pytest.raises(AssetError, match=r"_static/own\.css.*html_css_files"):
        lighten(folder)


def test_the_head_says_nothing_twice_and_nothing_for_others(folder):
    lighten(folder)
    for path in folder.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert page.count("viewport") == 1
        assert "docsearch" not in page
        assert "localStorage" not in page  # the theme's own script stops where storage is refused
