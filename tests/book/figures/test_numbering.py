"""Numbers of figures reach captions and links in any page, as Sphinx writes them."""

import io

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from actient.book.figures import downloads, numbering

PAGES = {
    "index": "Book\n====\n\n.. toctree::\n\n   06_coverage\n   10_combined\n   method\n\n"
    "See :numref:`third`, then :numref:`alone`.\n",
    "06_coverage": "Six\n===\n\n.. numbered:: first\n\n.. numbered:: second\n",
    "10_combined": "Ten\n===\n\n.. numbered:: third\n",
    "method": "Method\n======\n\n.. numbered:: alone\n",
}
CONFIGURATION = """
from actient.book.figures import downloads, numbering


def setup(app):
    numbering.register(app)
    downloads.register(app)
"""


class Numbered(Directive):
    required_arguments = 1

    def run(self):
        (name,) = self.arguments
        node = nodes.figure("", nodes.caption("", "What it shows"), ids=[name], names=[name])
        node[numbering.NUMBER] = numbering.next_number(self.state.document.settings.env)
        node[downloads.FILES] = {".csv": f"{name};é\r\n"}
        self.state.document.note_explicit_target(node, node)
        return [node]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("numbered")
    for name, text in PAGES.items():
        (folder / f"{name}.rst").write_text(text, encoding="utf-8")
    (folder / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    warnings = io.StringIO()
    app = Sphinx(
        *(str(folder), str(folder), str(folder / "out"), str(folder / "trees"), "html"),
        confoverrides={"numfig": True, "html_theme": "basic", "root_doc": "index"},
        status=None,
        warning=warnings,
    )
    app.add_directive("numbered", Numbered, override=True)
    app.build()
    assert warnings.getvalue() == ""
    return folder / "out"


def captions(site, page):
    soup = BeautifulSoup((site / f"{page}.html").read_bytes(), "html.parser")
    return [one.get_text().strip() for one in soup.select(".caption-number")]


def test_captions_count_by_chapter(site):
    assert captions(site, "06_coverage") == ["Figure 6.1", "Figure 6.2"]
    assert captions(site, "10_combined") == ["Figure 10.1"]
    assert captions(site, "method") == ["Figure 1"]


def test_links_from_any_page_say_the_number(site):
    soup = BeautifulSoup((site / "index.html").read_bytes(), "html.parser")
    links = {link["href"]: link.get_text() for link in soup.select("p a.reference")}
    assert links == {"10_combined.html#third": "Figure 10.1", "method.html#alone": "Figure 1"}


def test_files_stand_beside_the_pictures_with_their_own_line_ends(site):
    written = site / downloads.FOLDER / "second.csv"
    assert written.read_bytes() == "second;é\r\n".encode()
    assert len(list(written.parent.iterdir())) == 4
