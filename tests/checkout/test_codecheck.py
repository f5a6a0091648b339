"""codecheck.yml: the author's part of CODECHECK 2.0, with nothing in it that does not exist.

The rules are those of https://codecheck.org.uk/spec/config/2.0/, as published in the register's
`rules-2.0.yml`; each is named by its identifier there.
"""

import re

import pytest
import yaml

from actient.book.provenance import citation
from actient.paths import checkout

PATHS = checkout()
TEXT = (PATHS.root / "codecheck.yml").read_text(encoding="utf-8")
OF_THE_CODECHECKER = ("codechecker", "report", "summary", "certificate", "check_time", "repository")
PLACEHOLDER = re.compile(r"FIXME|TODO|XXXX|0000-0000", re.IGNORECASE)


def problems(text):
    """What the author's part of a configuration breaks; the ORCIDs are apart."""
    found = []
    if not re.match(r"(%YAML 1\.\d\n)?---\n", text):
        return ["CC-CFG-002 explicit-document"]
    stated = yaml.safe_load(text)
    manifest = stated.get("manifest")
    if not (isinstance(manifest, list) and manifest):
        return ["CC-CFG-004 manifest-present"]
    for item in manifest:
        if "file" not in item:
            found.append("CC-CFG-005 manifest-item-file")
        elif item["file"].startswith(("/", "..")) or "://" in item["file"]:
            found.append(f"CC-CFG-006 manifest-path-relative {item['file']}")
        elif not (PATHS.root / item["file"]).is_file():
            found.append(f"CC-BUN-001 manifest-files-exist {item['file']}")
        if not item.get("comment"):
            found.append("CC-CFG-007 manifest-item-comment")
    if not re.fullmatch(r"https://codecheck\.org\.uk/spec/config/2\.0/", stated.get("version", "")):
        found.append("CC-CFG-015 version-known")
    paper = stated.get("paper") or {}
    if not paper.get("title"):
        found.append("CC-CFG-017 paper-title")
    authors = paper.get("authors") or [{}]
    if not all(author.get("name") for author in authors):
        found.append("CC-CFG-019 paper-author-name")
    if not paper.get("reference"):
        found.append("CC-CFG-021 paper-reference")
    if PLACEHOLDER.search(text):
        found.append("CC-CFG-023 no-placeholder-values")
    return found


def test_the_author_part_keeps_every_rule_but_the_orcids():
    assert problems(TEXT) == []


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("CC-CFG-002", "---\n", ""),
        ("CC-CFG-004", "manifest:", "files:"),
        ("CC-CFG-005", "- file: data/", "- name: data/"),
        ("CC-CFG-006", "file: data/", "file: /data/"),
        ("CC-CFG-007", "comment: ", "about: "),
        ("CC-CFG-015", "config/2.0/", "config/9.0/"),
        ("CC-CFG-017", "  title:", "  name:"),
        ("CC-CFG-019", "- name: Actient contributors", "- ORCID: 1234"),
        ("CC-CFG-021", "  reference:", "  article:"),
        ("CC-CFG-023", "# ORCID: pending", "ORCID: 0000-0000-0000-0000 #"),
        ("CC-BUN-001", "results.json", "resultats.json"),
    ],
)
def test_a_planted_fault_is_named(rule, before, after):
    assert before in TEXT
    assert any(one.startswith(rule) for one in problems(TEXT.replace(before, after)))


def test_it_lists_every_chapter_and_the_recorded_results():
    listed = [item["file"] for item in yaml.safe_load(TEXT)["manifest"]]
    wanted = [PATHS.relative(one) for one in (PATHS.reference_results, *PATHS.notebooks())]
    assert listed[: len(wanted)] == wanted, "add or remove the chapter in codecheck.yml"
    assert len(listed) == len(set(listed))


def test_title_and_authors_are_those_of_the_citation_file():
    paper, cited = yaml.safe_load(TEXT)["paper"], citation.load(PATHS)
    assert paper["title"] == cited.work.title
    assert tuple(author["name"] for author in paper["authors"]) == cited.work.authors


def test_no_orcid_and_no_doi_is_invented_and_the_missing_one_is_said_to_be_pending():
    assert not re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", TEXT)
    assert "doi.org" not in TEXT
    assert all("ORCID" not in author for author in yaml.safe_load(TEXT)["paper"]["authors"])
    assert "ORCID: pending" in TEXT


def test_the_codecheckers_part_is_left_to_the_codechecker():
    assert not set(OF_THE_CODECHECKER) & set(yaml.safe_load(TEXT))
